//! E2: what the participants' terms exclude no committee lets in, and no approval outlasts the terms under which it was given.

use super::*;

/// Health research and a use on which the table abstains.
fn sensitive() -> Request {
	Request { uses: UseSet::of(&[Use::Biomedical, Use::Vulnerable]), ..statement() }
}

fn npu() -> Offer {
	Offer { modifiers: ModifierSet::of(&[Modifier::Npu]), ..terms() }
}

fn excluded(offer: Offer, statement: Request, rule: Rule) {
	build_and_execute(|| {
		let request = asked_for(offered(offer), statement);
		assert_eq!(stage(request), Stage::Excluded(rule), "{offer:?}");
		assert_noop!(vote(MEMBERS[0], request, true), PalletError::VoteClosed);
		pass(DAY);
		assert_noop!(conclude(request), PalletError::VoteClosed);
		assert_noop!(accept(request), PalletError::NotGranted);
		// Before a study asks, it can see that.
		assert_eq!(Research::excluded_by(&offer, &statement, None), Some(rule));
	});
}

#[test]
fn no_sensitive_use_leads_what_the_terms_exclude_to_the_committee() {
	let for_profit = Request { for_profit: Stated::Yes, ..sensitive() };
	excluded(npu(), for_profit, Rule::Npu);
	let general = Request { uses: UseSet::of(&[Use::General, Use::Vulnerable]), ..statement() };
	excluded(terms(), general, Rule::General);
}

#[test]
fn no_condition_without_a_rule_leads_what_the_terms_exclude_to_the_committee() {
	let general = Request { uses: UseSet::of(&[Use::General]), ..statement() };
	for bit in [Modifier::Npoa.index(), Modifier::Rs.index(), Modifier::Other.index(), 31] {
		let offer = Offer { modifiers: ModifierSet(1 << bit), ..terms() };
		assert!(offer.keeps_or_tightens(&terms()));
		excluded(offer, general, Rule::General);
	}
}

/// What the table says stays what it says; which rule excludes is told beside it.
#[test]
fn the_answer_of_the_table_and_the_rule_that_excludes_are_both_told() {
	build_and_execute(|| {
		let for_profit = Request { for_profit: Stated::Yes, ..sensitive() };
		let request = asked_for(offered(npu()), for_profit);
		let answer = Answer::Abstain(Code::Use(Use::Vulnerable.index()));
		assert_eq!(Research::request_info(request).unwrap().answer, Some(answer));
		let decision = Decision { version: TABLE_VERSION, answer };
		let (excluded, by) = (Some(Rule::Npu), INSTITUTE_ADMIN);
		let told = Event::RequestCosigned { request, decision, excluded, by };
		assert!(events().contains(&told));
	});
}

/// The terms are those on which was voted; what they demand is so no more.
#[test]
fn what_is_excluded_when_the_terms_are_accepted_is_not_permitted_by_a_vote() {
	build_and_execute(|| {
		let irb = Offer { modifiers: ModifierSet::of(&[Modifier::Irb]), ..terms() };
		let request = approved_for(offered(irb), sensitive());
		assert_ok!(Research::suspend_ethics(signed(ETHICIST), ETHICS, 0));
		pass(1);
		assert_noop!(accept(request), PalletError::TermsExclude);
		assert_ok!(approve(0, now() + YEAR));
		assert_ok!(accept(request));
	});
}

#[test]
fn what_a_committee_let_in_needs_its_vote_again_once_the_terms_are_tighter() {
	let tighter = Offer { months: Some(60), ..terms() };
	// Before the permit has begun.
	build_and_execute(|| {
		let request = approved_for(offered(terms()), sensitive());
		assert_ok!(publish(0, tighter, 0));
		assert_noop!(accept(request), PalletError::TermsExclude);
		// Asked again, the committee sees the terms in force.
		let request = approved_for(0, sensitive());
		assert_ok!(accept(request));
	});
	// And after.
	build_and_execute(|| {
		let permit = permitted_for(terms(), sensitive());
		pass(1);
		assert_ok!(publish(0, tighter, 0));
		assert_noop!(accept(permit), PalletError::TermsExclude);
		assert_eq!(standing(permit), suspended(&[Lapse::Terms]));
	});
}

#[test]
fn what_matches_is_accepted_under_tighter_terms_whoever_approved_it() {
	build_and_execute(|| {
		let permit = permitted();
		pass(1);
		assert_ok!(publish(0, Offer { months: Some(60), ..terms() }, 0));
		assert_ok!(accept(permit));
		assert_eq!(standing(permit), Standing::Active);
	});
}

/// A new version or epoch under the same terms is nothing that a committee has to look at.
#[test]
fn a_vote_stands_as_long_as_the_terms_do() {
	build_and_execute(|| {
		let months = Some(1);
		let request = approved_for(offered(terms()), Request { months, ..sensitive() });
		assert_ok!(publish(0, terms(), 1));
		assert_ok!(accept(request));
		pass(10);
		assert_ok!(publish(0, terms(), 1));
		assert_ok!(report(request, 1));
		assert_ok!(Research::renew(signed(INVESTIGATOR), INSTITUTE, request));
		assert_eq!(standing(request), Standing::Active);
	});
}

#[test]
fn a_renewed_permit_stays_within_the_months_of_tighter_terms() {
	let months = |n| Offer { months: Some(n), ..terms() };
	for (allowed, accepted) in [(4, Ok(())), (3, Err(PalletError::RenewalTooLong))] {
		build_and_execute(|| {
			let two = Request { months: Some(2), ..statement() };
			let permit = permitted_for(terms(), two);
			let begun = now();
			pass(DAY);
			assert_ok!(report(permit, 1));
			assert_ok!(Research::renew(signed(INVESTIGATOR), INSTITUTE, permit));
			let told = Research::permit(permit).unwrap();
			assert_eq!(told.record.permit.renewal.unwrap().until, begun + 4 * MONTH);
			assert_ok!(publish(0, months(allowed), 0));
			assert_eq!(accept(permit), accepted.map_err(Into::into));
			let lapsed = match allowed {
				4 => Standing::Active,
				_ => suspended(&[Lapse::Terms]),
			};
			assert_eq!(standing(permit), lapsed);
		});
	}
}
