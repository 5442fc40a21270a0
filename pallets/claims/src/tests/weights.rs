//! What a call declares is what its largest arguments would take; what it gives back is what they did not.

use crate::{
	mock::*, ClaimState, CoverageId, Decision, Line, PerLine, ServiceLines, WeightInfo, BOND_STEP,
	MAX_LINES,
};
use frame_support::{
	dispatch::{DispatchResultWithPostInfo, GetDispatchInfo},
	weights::{constants::RocksDbWeight, Weight},
};
use salus_claims_adjudication::Money;
use salus_primitives::{time::DAY, Interval, OrgKind};

/// What the mock weighs with.
type Weights = ();

/// What a call that went well has used.
fn used_by(result: DispatchResultWithPostInfo) -> Weight {
	result.unwrap().actual_weight.expect("it gives back what it did not use")
}

fn declared(call: crate::Call<Test>) -> Weight {
	call.get_dispatch_info().call_weight
}

/// With what it takes that a bond moves to another administrator.
fn moved(weight: Weight) -> Weight {
	weight.saturating_add(Weights::move_bond().max(Weights::grow_bond()))
}

/// With what it takes that more is put down for a bond.
fn grown(weight: Weight) -> Weight {
	weight.saturating_add(Weights::grow_bond())
}

/// With what it takes that a payment begins or ends an account.
fn ended(weight: Weight) -> Weight {
	weight.saturating_add(Weights::end_account())
}

/// With what it takes to look a licence up in its history.
fn looked_up(weight: Weight) -> Weight {
	weight.saturating_add(Weights::past_licences())
}

/// What a call has used that claims the `n`-th visit of many.
fn submitted(coverage: CoverageId, n: u64) -> Weight {
	let encounter = attested(coverage);
	let lines = visits(n, 1, 100);
	close(encounter, &lines).unwrap();
	used_by(Claims::submit(signed(biller()), HOSPITAL, encounter, lines))
}

/// Leaves `amount` in the payer's account.
fn leave(amount: Money) {
	let free = balance(PAYER) - amount;
	Claims::withdraw(signed(payer_admin()), PAYER, USD, free).unwrap();
}

/// Lets the hospital have no licence for a moment, a day from now, and then one again.
fn interrupted() {
	pass(DAY);
	suspend(HOSPITAL);
	pass(1);
	let licence = (OrgKind::Provider, Interval::new(now(), END));
	edit_orgs(|orgs| orgs.get_mut(&HOSPITAL).unwrap().licences.push(licence));
}

/// `count` visits, from the `first`-th of many on.
fn visits(first: u64, count: u32, charge: u128) -> PerLine<Line> {
	let lines = (first..).take(count as usize).map(|n| visit(n, charge));
	PerLine::truncate_from(lines.collect())
}

/// How many lines are claimed.
fn claimed_lines() -> usize {
	ServiceLines::<Test>::iter().count()
}

#[test]
fn a_decision_about_one_line_is_not_charged_for_64() {
	build_and_execute(|| {
		fund(10_000);
		let claim = claimed(covered(), &[visit(1, 2_000)]);
		let call = crate::Call::decide { org: PAYER, claim, decision: Decision::AsAdjudicated };
		let most = ended(looked_up(Weights::decide_by_rules(MAX_LINES, MAX_LINES)));
		assert_eq!(declared(call), most);
		let before = claimed_lines();
		let by = signed(payer_biller());
		let used = used_by(Claims::decide(by, PAYER, claim, Decision::AsAdjudicated));
		assert_eq!(used, ended(Weights::decide_by_rules(1, 0)), "it is the first that is paid");
		assert_eq!(claimed_lines(), before, "no line was freed");
		let saved = most.saturating_sub(used);
		assert!(saved.all_gte(RocksDbWeight::get().writes(MAX_LINES.into())));
	});
}

/// The number of lines decided about is known before; that of the lines of the claim that is replaced is not.
#[test]
fn a_decision_line_by_line_declares_as_many_lines_as_it_has() {
	let decision = lines_decision(vec![line_decision(1, &[]); 3]);
	let call = crate::Call::decide { org: PAYER, claim: 0, decision };
	assert_eq!(declared(call), ended(Weights::decide(3, MAX_LINES)), "no licence is asked for");
}

#[test]
fn a_bond_that_moves_is_charged_where_it_does() {
	build_and_execute(|| {
		fund(10_000);
		let coverage = covered();
		let open = || used_by(Claims::open_encounter(signed(doctor()), HOSPITAL));
		let call = crate::Call::open_encounter { org: HOSPITAL };
		assert_eq!(declared(call), moved(Weights::open_encounter()));
		assert_eq!(open(), grown(Weights::open_encounter()), "there was none");
		assert_eq!(open(), Weights::open_encounter());
		let bond = crate::Bonds::<Test>::get(HOSPITAL).unwrap();
		assert_eq!(bond.payer, admin());

		edit_orgs(|orgs| orgs.get_mut(&HOSPITAL).unwrap().admin = stranger());
		assert_eq!(open(), moved(Weights::open_encounter()));
		assert_eq!(open(), Weights::open_encounter());
		let emergency = used_by(Claims::open_emergency(signed(doctor()), HOSPITAL, coverage));
		assert_eq!(emergency, Weights::open_emergency());

		let encounter = attested(coverage);
		let lines = visits(1, 2, 10);
		close(encounter, &lines).unwrap();
		let call = crate::Call::submit { org: HOSPITAL, encounter, lines: lines.clone() };
		assert_eq!(declared(call), moved(ended(looked_up(Weights::submit(2)))));
		edit_orgs(|orgs| orgs.get_mut(&HOSPITAL).unwrap().admin = admin());
		let used = used_by(Claims::submit(signed(biller()), HOSPITAL, encounter, lines));
		assert_eq!(used, moved(Weights::submit(2)));
		assert_eq!(crate::Bonds::<Test>::get(HOSPITAL).unwrap().payer, admin());
	});
}

#[test]
fn a_correction_is_charged_for_the_lines_that_it_replaces() {
	build_and_execute(|| {
		fund(10_000);
		let claim = claimed(covered(), &visits(1, 5, 10));
		let lines = visits(10, 2, 10);
		amend(0, &lines).unwrap();
		let call = crate::Call::correct { org: HOSPITAL, claim, lines: lines.clone() };
		assert_eq!(declared(call), moved(ended(looked_up(Weights::correct(2, MAX_LINES)))));
		let used = used_by(Claims::correct(signed(biller()), HOSPITAL, claim, lines));
		assert_eq!(used, Weights::correct(2, 5));
		assert_eq!(claimed_lines(), 2, "five were freed");

		// Lines that it keeps are charged as if they were freed: the claim before has to be looked through.
		let used =
			used_by(Claims::correct(signed(biller()), HOSPITAL, claim + 1, visits(10, 2, 10)));
		assert_eq!(used, Weights::correct(2, 2));
	});
}

#[test]
fn a_correction_that_awaits_the_payer_replaces_nothing_yet() {
	build_and_execute(|| {
		fund(10_000);
		let claim = claimed(covered(), &visits(1, 5, 10));
		let lines = visits(10, 2, 2_000);
		amend(0, &lines).unwrap();
		let used = used_by(Claims::correct(signed(biller()), HOSPITAL, claim, lines));
		assert_eq!(used, Weights::correct(2, 0));
		assert_eq!(claimed_lines(), 7, "both stand");

		let decision = Decision::AsAdjudicated;
		let used = used_by(Claims::decide(signed(payer_biller()), PAYER, claim + 1, decision));
		assert_eq!(used, ended(Weights::decide_by_rules(2, 5)));
		assert_eq!(claimed_lines(), 2);
	});
}

/// What is replaced undecided is freed by the correction, although that awaits the payer.
#[test]
fn a_correction_of_an_undecided_claim_is_charged_for_its_lines() {
	build_and_execute(|| {
		fund(10_000);
		let claim = claimed(covered(), &visits(1, 4, 2_000));
		let lines = visits(10, 3, 2_000);
		amend(0, &lines).unwrap();
		let used = used_by(Claims::correct(signed(biller()), HOSPITAL, claim, lines));
		assert_eq!(used, Weights::correct(3, 4));
		assert_eq!(claimed_lines(), 3);
		let decision = Decision::AsAdjudicated;
		let used = used_by(Claims::decide(signed(payer_biller()), PAYER, claim + 1, decision));
		assert_eq!(used, ended(Weights::decide_by_rules(3, 0)), "it was replaced before");
	});
}

#[test]
fn what_is_taken_back_is_charged_for_its_lines() {
	build_and_execute(|| {
		fund(10_000);
		let claim = claimed(covered(), &visits(1, 3, 10));
		let call = crate::Call::void { org: HOSPITAL, claim };
		assert_eq!(declared(call), Weights::void(MAX_LINES));
		let used = used_by(Claims::void(signed(biller()), HOSPITAL, claim));
		assert_eq!(used, Weights::void(3));
		assert_eq!(claimed_lines(), 0);
	});
}

/// A correction that is called off frees its own lines, and has the standing claim's to compare with.
#[test]
fn a_correction_that_is_called_off_is_charged_for_the_longer_of_two_claims() {
	for (standing, correction) in [(5, 2), (2, 5)] {
		build_and_execute(|| {
			fund(10_000);
			let claim = claimed(covered(), &visits(1, standing, 10));
			let lines = visits(10, correction, 2_000);
			amend(0, &lines).unwrap();
			Claims::correct(signed(biller()), HOSPITAL, claim, lines).unwrap();
			let used = used_by(Claims::void(signed(biller()), HOSPITAL, claim + 1));
			assert_eq!(used, Weights::void(5));
			assert_eq!(claimed_lines(), standing as usize);
		});
	}
}

#[test]
fn time_is_charged_for_what_it_did() {
	build_and_execute(|| {
		fund(10_000);
		let claim = claimed(covered(), &visits(1, 3, 2_000));
		let most = ended(looked_up(Weights::poke(MAX_LINES, MAX_LINES)));
		assert_eq!(declared(crate::Call::poke { claim }), most);
		pass(30 * DAY);
		let used = used_by(Claims::poke(signed(stranger()), claim));
		assert_eq!(used, ended(Weights::poke(3, 0)));
		assert!(matches!(state(claim), ClaimState::Settled { .. }));
	});
}

/// For most claims nothing is put down, since that was for all of the step.
#[test]
fn a_bond_that_grows_is_charged_at_the_end_of_a_step() {
	build_and_execute(|| {
		fund(100_000);
		let coverage = covered();
		let open = || used_by(Claims::open_encounter(signed(doctor()), HOSPITAL));
		let size = || crate::Bonds::<Test>::get(HOSPITAL).map_or(0, |bond| bond.size);
		let mut grew = 0;
		for n in 0..60 {
			let before = size();
			let used = open();
			let after = size();
			let more = stepped(before) < stepped(after);
			let expected =
				if more { grown(Weights::open_encounter()) } else { Weights::open_encounter() };
			assert_eq!(used, expected);
			let used = submitted(coverage, n);
			// The visit that it claims was opened in between.
			let opened = after + (after - before);
			let claimed = stepped(opened) < stepped(size());
			let expected = if claimed { grown(Weights::submit(1)) } else { Weights::submit(1) };
			assert_eq!(used, if n == 0 { ended(expected) } else { expected });
			grew += u64::from(more) + u64::from(claimed);
		}
		assert!(0 < grew && grew <= size().div_ceil(BOND_STEP));
	});
}

/// Between accounts that stay a payment touches nothing else.
#[test]
fn an_account_that_begins_or_ends_is_charged_where_it_does() {
	build_and_execute(|| {
		fund(1_000);
		let coverage = covered();
		opened();
		assert_eq!(submitted(coverage, 1), ended(Weights::submit(1)), "the hospital's begins");
		assert_eq!(submitted(coverage, 2), Weights::submit(1));
		let each = totals(0).paid;
		assert!(each > 0 && totals(1).paid == each);
		leave(each);
		assert_eq!(submitted(coverage, 3), ended(Weights::submit(1)), "the payer's ends");
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (0, 3 * each));

		// Nothing moves for a claim that waits.
		assert_eq!(submitted(coverage, 4), Weights::submit(1));
		assert_eq!(submitted(coverage, 5), Weights::submit(1));
		assert_eq!(submitted(coverage, 6), Weights::submit(1));
		let settle = |limit| used_by(Claims::settle_waiting(signed(stranger()), PAYER, USD, limit));
		let call = crate::Call::settle_waiting { payer: PAYER, asset: USD, limit: 3 };
		assert_eq!(declared(call), ended(Weights::settle_waiting(3)));
		let payer = Claims::settlement_account(PAYER);
		let send =
			|amount| Assets::transfer(signed(payer_admin()), USD, payer.clone(), amount).unwrap();
		send(each + 1);
		assert_eq!(settle(1), Weights::settle_waiting(1));
		send(each - 1);
		assert_eq!(settle(1), ended(Weights::settle_waiting(1)));

		let fund = |amount| used_by(Claims::fund(signed(payer_admin()), PAYER, USD, amount));
		let settled = Weights::settle_waiting(1);
		let call = crate::Call::fund { org: PAYER, asset: USD, amount: each };
		let most = Weights::fund().saturating_add(Weights::settle_waiting(2));
		assert_eq!(declared(call), ended(most));
		assert_eq!(fund(each), ended(Weights::fund().saturating_add(settled)));
		assert_eq!(submitted(coverage, 7), Weights::submit(1));
		assert_eq!(fund(each + 1), Weights::fund().saturating_add(settled));
		assert_eq!((balance(PAYER), balance(HOSPITAL)), (1, 7 * each));
	});
}

/// The provider gives back the last that it has: with a correction, with a decision, and after a silence.
#[test]
fn an_account_that_ends_by_giving_back_is_charged() {
	type Act = fn(u64) -> Weight;
	let ways: [(u128, Act, Weight); 3] = [
		(1_000, |_| Weight::zero(), Weights::correct(1, 1)),
		(
			0,
			|claim| {
				let decision = Decision::AsAdjudicated;
				used_by(Claims::decide(signed(payer_biller()), PAYER, claim, decision))
			},
			Weights::decide_by_rules(1, 1),
		),
		(
			0,
			|claim| {
				pass(30 * DAY);
				used_by(Claims::poke(signed(stranger()), claim))
			},
			Weights::poke(1, 1),
		),
	];
	for (auto_limit, act, weight) in ways {
		for last in [true, false] {
			build_and_execute(|| {
				fund(10_000);
				let mut terms = terms();
				terms.auto_limit = auto_limit;
				let coverage = covered_by(terms);
				let claim = claimed(coverage, &[visit(1, 1_000)]);
				if state(claim).is_pending() {
					decide(claim, Decision::AsAdjudicated).unwrap();
				}
				let (paid, lines) = (balance(HOSPITAL), visits(2, 1, 100));
				amend(0, &lines).unwrap();
				let less = 64;
				if last {
					Claims::withdraw(signed(admin()), HOSPITAL, USD, less).unwrap();
				}
				let mut used = used_by(Claims::correct(signed(biller()), HOSPITAL, claim, lines));
				if state(claim + 1).is_pending() {
					used = act(claim + 1);
				}
				assert_eq!(totals(claim + 1).paid, less);
				assert_eq!(balance(HOSPITAL), if last { 0 } else { less });
				assert!(paid > less);
				assert_eq!(used, if last { ended(weight) } else { weight });
			});
		}
	}
}

/// A visit before the last gap is looked up in the history, whether the provider had a licence then or not.
#[test]
fn the_history_of_a_licence_is_charged_where_it_was_read() {
	build_and_execute(|| {
		fund(100_000);
		let coverage = covered();
		opened();
		submitted(coverage, 1);
		let encounters = [(); 3].map(|()| attested(coverage));
		interrupted();
		let submit = |n: u64, charge| {
			let lines = visits(10 + n, 1, charge);
			let encounter = encounters[n as usize];
			close(encounter, &lines).unwrap();
			used_by(Claims::submit(signed(biller()), HOSPITAL, encounter, lines))
		};
		assert_eq!(submit(0, 100), looked_up(Weights::submit(1)));
		assert_eq!(submitted(coverage, 2), Weights::submit(1), "since then there was no gap");

		// Also where it awaits the payer, who decides by the rules, line by line, or not at all.
		assert_eq!(submit(1, 2_000), looked_up(Weights::submit(1)));
		assert_eq!(submit(2, 2_000), looked_up(Weights::submit(1)));
		let silent = claimed(coverage, &[visit(20, 2_000)]);
		let [by_rules, by_line] = [silent - 2, silent - 1];
		let decide = |claim, decision| {
			used_by(Claims::decide(signed(payer_biller()), PAYER, claim, decision))
		};
		assert_eq!(
			decide(by_rules, Decision::AsAdjudicated),
			looked_up(Weights::decide_by_rules(1, 0))
		);
		let all = lines_decision(vec![line_decision(2_000, &[])]);
		assert_eq!(decide(by_line, all), Weights::decide(1, 0));
		pass(30 * DAY);
		assert_eq!(used_by(Claims::poke(signed(stranger()), silent)), Weights::poke(1, 0));
	});
}

#[test]
fn the_history_of_a_licence_is_charged_where_time_decides_and_where_a_claim_is_corrected() {
	build_and_execute(|| {
		fund(100_000);
		let coverage = covered();
		submitted(coverage, 1);
		let claim = claimed(coverage, &[visit(2, 2_000)]);
		interrupted();
		let encounter = self::claim(claim).encounter;
		let lines = visits(3, 1, 2_100);
		amend(encounter, &lines).unwrap();
		let used = used_by(Claims::correct(signed(biller()), HOSPITAL, claim, lines));
		assert_eq!(used, looked_up(Weights::correct(1, 1)));
		pass(30 * DAY);
		let used = used_by(Claims::poke(signed(stranger()), claim + 1));
		assert_eq!(used, looked_up(Weights::poke(1, 0)));
		assert!(matches!(state(claim + 1), ClaimState::Settled { .. }));
	});
}
