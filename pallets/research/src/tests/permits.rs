//! Permits: begun, renewed, reported on, closed, revoked.

use super::*;

fn renew(permit: AccessRequestId) -> DispatchResult {
	Research::renew(signed(INVESTIGATOR), INSTITUTE, permit)
}

fn output(permit: AccessRequestId, kind: OutputKind) -> DispatchResult {
	Research::record_output(signed(INVESTIGATOR), INSTITUTE, permit, kind, commitment(6))
}

fn close(permit: AccessRequestId) -> DispatchResult {
	let report = Some(commitment(5));
	Research::close_out(signed(INVESTIGATOR), INSTITUTE, permit, commitment(7), report)
}

fn revoke(who: u64, acting_for: OrgId, permit: AccessRequestId) -> DispatchResult {
	Research::revoke(signed(who), acting_for, permit, RevocationReason::TermsBroken)
}

#[test]
fn a_permit_begins_when_the_terms_in_force_are_accepted() {
	build_and_execute(|| {
		let request = approved_for(offered(terms()), statement());
		assert_noop!(
			Research::accept_terms(signed(INVESTIGATOR), INSTITUTE, request, 1),
			PalletError::WrongVersion
		);
		assert_noop!(
			Research::accept_terms(signed(STRANGER), INSTITUTE, request, 0),
			PalletError::NotAuthorised
		);
		assert_ok!(accept(request));
		let told = Research::permit(request).unwrap();
		assert_eq!(told.standing, Standing::Active);
		let until = now() + 24 * MONTH;
		assert_eq!(told.record.permit.period, Interval::new(now(), until));
		assert_eq!(told.close_out_due, until + 180 * DAY);
		assert_eq!(stage(request), Stage::Permitted);
		assert_noop!(accept(request), PalletError::AlreadyAccepted);
		assert_noop!(accept_unknown(), PalletError::UnknownRequest);
	});
}

fn accept_unknown() -> DispatchResult {
	Research::accept_terms(signed(INVESTIGATOR), INSTITUTE, 77, 0)
}

/// E2: what the participants' terms exclude by now is not permitted because it was approved before.
#[test]
fn an_approval_does_not_outlast_tighter_terms_that_exclude_it() {
	build_and_execute(|| {
		let dataset = offered(terms());
		let request = approved_for(dataset, statement());
		assert_ok!(publish(dataset, Offer { months: Some(12), ..terms() }, 0));
		assert_noop!(accept(request), PalletError::TermsExclude);
	});
	build_and_execute(|| {
		let permit = permitted();
		assert_ok!(publish(0, Offer { months: Some(12), ..terms() }, 0));
		assert_noop!(accept(permit), PalletError::TermsExclude);
	});
}

#[test]
fn what_was_approved_as_a_match_is_not_accepted_once_the_terms_leave_it_to_people() {
	build_and_execute(|| {
		let dataset = offered(terms());
		assert_ok!(Research::set_shortcut(signed(COMMITTEE_ADMIN), COMMITTEE, dataset, true));
		let by_match = asked_for(dataset, statement());
		let modifiers = ModifierSet::of(&[Modifier::Us]);
		let tighter = Offer { modifiers, ..terms() };
		assert_ok!(publish(dataset, tighter, 0));
		assert_noop!(accept(by_match), PalletError::TermsExclude);
		// A committee that has voted has decided just that.
		let by_vote = approved_for(dataset, statement());
		assert_ok!(accept(by_vote));
	});
}

#[test]
fn so_many_changes_of_terms_are_accepted() {
	build_and_execute(|| {
		let permit = permitted();
		for n in 1..=MAX_ACCEPTED {
			let moratorium = Some(Moment::from(n));
			assert_ok!(publish(0, Offer { moratorium, ..terms() }, 0));
			let wanted = Requests::<Test>::get(permit).unwrap().statement;
			Requests::<Test>::mutate(permit, |request| {
				let statement = Request { publishes_from: Some(Moment::MAX), ..wanted };
				request.as_mut().unwrap().statement = statement;
			});
			if n < MAX_ACCEPTED {
				assert_ok!(accept(permit));
			} else {
				assert_noop!(accept(permit), PalletError::HistoryFull);
			}
		}
	});
}

#[test]
fn a_permit_is_renewed_once_around_its_end_while_all_else_is_in_order() {
	build_and_execute(|| {
		let permit = permitted_for(terms(), Request { months: Some(1), ..statement() });
		let until = now() + MONTH;
		assert_noop!(renew(9), PalletError::UnknownPermit);
		suspend(INSTITUTE);
		assert_noop!(renew(permit), PalletError::NotActive);
		license(INSTITUTE, OrgKind::Research);
		assert_ok!(report(permit, 1));
		assert_ok!(renew(permit));
		assert_eq!(Research::permit(permit).unwrap().close_out_due, until + MONTH + 180 * DAY);
		assert_noop!(renew(permit), PalletError::AlreadyRenewed);
	});
	build_and_execute(|| {
		let permit = permitted();
		assert_noop!(renew(permit), PalletError::NotRenewable);
		pass(24 * MONTH - 60 * DAY - 1);
		assert_noop!(renew(permit), PalletError::NotRenewable);
		pass(1);
		// Reports and epochs are overdue by then.
		assert_noop!(renew(permit), PalletError::NotActive);
		pass(120 * DAY);
		assert_noop!(renew(permit), PalletError::NotRenewable);
	});
}

#[test]
fn a_renewal_stays_within_the_months_of_the_terms() {
	build_and_execute(|| {
		let months = |n| Request { months: Some(n), ..statement() };
		let permit = permitted_for(Offer { months: Some(3), ..terms() }, months(2));
		assert_ok!(report(permit, 1));
		assert_noop!(renew(permit), PalletError::RenewalTooLong);
	});
	build_and_execute(|| {
		let months = |n| Request { months: Some(n), ..statement() };
		let permit = permitted_for(Offer { months: Some(4), ..terms() }, months(2));
		assert_ok!(report(permit, 1));
		assert_ok!(renew(permit));
	});
}

/// The first end is over by then.
#[test]
fn whoever_accepts_terms_is_told_the_end_of_the_permit_with_its_renewal() {
	build_and_execute(|| {
		let permit = permitted_for(terms(), Request { months: Some(1), ..statement() });
		let from = now();
		let told = |version, until| {
			let told = Event::TermsAccepted { permit, version, until };
			assert!(events().contains(&told), "{:?}", events().last());
		};
		told(0, from + MONTH);
		assert_ok!(report(permit, 1));
		assert_ok!(renew(permit));
		pass(MONTH + 1);
		assert_ok!(publish(0, Offer { months: Some(2), ..terms() }, 1));
		assert_ok!(accept(permit));
		told(1, from + 2 * MONTH);
		assert_eq!(standing(permit), Standing::Active);
	});
}

#[test]
fn a_report_is_of_a_year_that_is_nearly_over_and_filed_once() {
	build_and_execute(|| {
		let permit = permitted();
		let begun = now();
		assert_noop!(report(permit, 0), PalletError::WrongYear);
		assert_noop!(report(permit, 1), PalletError::WrongYear);
		assert_noop!(report(7, 1), PalletError::UnknownPermit);
		set_now(begun + YEAR - 60 * DAY - 1);
		assert_noop!(report(permit, 1), PalletError::WrongYear);
		pass(1);
		assert_ok!(report(permit, 1));
		assert_noop!(report(permit, 1), PalletError::AlreadyReported);
		// The permit ends before its second year does.
		let end = begun + 24 * MONTH;
		set_now(end - 60 * DAY - 1);
		assert_noop!(report(permit, 2), PalletError::WrongYear);
		pass(1);
		assert_ok!(report(permit, 2));
		pass(30 * YEAR);
		assert_noop!(report(permit, MAX_YEARS + 1), PalletError::WrongYear);
		for year in 3..=MAX_YEARS {
			assert_ok!(report(permit, year));
		}
	});
}

/// Whether a result is positive or not is nothing that the chain knows: an output is an output (E10).
#[test]
fn what_the_terms_demand_is_recorded_before_a_permit_is_closed() {
	build_and_execute(|| {
		let modifiers = ModifierSet::of(&[Modifier::Pub, Modifier::Rtn]);
		let promises = Request { publishes: Stated::Yes, returns: Stated::Yes, ..statement() };
		let permit = permitted_for(Offer { modifiers, ..terms() }, promises);
		assert_noop!(close(permit), PalletError::OutputMissing);
		assert_ok!(output(permit, OutputKind::Publication));
		assert_noop!(close(permit), PalletError::OutputMissing);
		assert_ok!(output(permit, OutputKind::Return));
		assert_ok!(close(permit));
		assert_eq!(standing(permit), Standing::Ended(Ending::Closed));
		assert_noop!(close(permit), PalletError::PermitEnded);
		assert_noop!(output(permit, OutputKind::Return), PalletError::PermitEnded);
		assert_noop!(report(permit, 1), PalletError::PermitEnded);
		assert_noop!(renew(permit), PalletError::PermitEnded);
		assert_noop!(accept(permit), PalletError::PermitEnded);
		assert_noop!(revoke(STEWARD, HOSPITAL, permit), PalletError::PermitEnded);
		assert_noop!(reserve(permit, 1, 100_000), PalletError::NotActive);
	});
}

#[test]
fn nothing_is_published_before_the_moratorium_ends() {
	build_and_execute(|| {
		let end = START + 100 * DAY;
		let waits = Request { publishes_from: Some(end), ..statement() };
		let permit = permitted_for(Offer { moratorium: Some(end), ..terms() }, waits);
		assert_noop!(output(permit, OutputKind::Publication), PalletError::Moratorium);
		assert_ok!(output(permit, OutputKind::Return));
		set_now(end - 1);
		assert_noop!(output(permit, OutputKind::Publication), PalletError::Moratorium);
		set_now(end);
		assert_ok!(output(permit, OutputKind::Publication));
	});
}

#[test]
fn so_many_outputs_are_recorded() {
	build_and_execute(|| {
		let permit = permitted();
		for kind in OutputKind::ALL {
			assert_ok!(output(permit, kind));
		}
		for _ in 2..MAX_OUTPUTS {
			assert_ok!(output(permit, OutputKind::Publication));
		}
		assert_noop!(output(permit, OutputKind::Publication), PalletError::HistoryFull);
	});
}

#[test]
fn the_institution_closes_when_the_investigator_has_left() {
	build_and_execute(|| {
		let permit = permitted();
		dismiss(INSTITUTE, INVESTIGATOR);
		assert_noop!(close(permit), PalletError::NotAuthorised);
		assert_noop!(
			Research::close_out(signed(HOSPITAL_ADMIN), HOSPITAL, permit, commitment(7), None),
			PalletError::NotAuthorised
		);
		let (by, report) = (signed(INSTITUTE_ADMIN), Some(commitment(5)));
		assert_ok!(Research::close_out(by, INSTITUTE, permit, commitment(7), report));
	});
}

#[test]
fn custodian_and_committee_revoke_at_once_and_nobody_else() {
	for (who, organisation) in [
		(STEWARD, HOSPITAL),
		(HOSPITAL_ADMIN, HOSPITAL),
		(COMMITTEE_ADMIN, COMMITTEE),
		(MEMBERS[4], COMMITTEE),
	] {
		build_and_execute(|| {
			let permit = permitted();
			for (who, organisation) in [
				(STRANGER, HOSPITAL),
				(STEWARD, COMMITTEE),
				(CLINIC_STEWARD, CLINIC),
				(INVESTIGATOR, INSTITUTE),
				(ETHICIST, ETHICS),
			] {
				assert_noop!(revoke(who, organisation, permit), PalletError::NotAuthorised);
			}
			pass(10);
			// Also without a licence.
			suspend(organisation);
			assert_ok!(revoke(who, organisation, permit));
			assert_eq!(standing(permit), Standing::Ended(Ending::Revoked));
			assert_eq!(Research::permit_at(permit, now() - 1), Some(Standing::Active));
			assert_noop!(revoke(who, organisation, permit), PalletError::PermitEnded);
		});
	}
}
