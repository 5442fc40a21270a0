//! How a permit comes to its end: what is owed before, who can give it, and what follows a revocation.

use super::*;

fn close(who: u64, permit: AccessRequestId, report: Option<u8>) -> DispatchResult {
	let report = report.map(commitment);
	Research::close_out(signed(who), INSTITUTE, permit, commitment(7), report)
}

fn output(who: u64, permit: AccessRequestId, kind: OutputKind) -> DispatchResult {
	Research::record_output(signed(who), INSTITUTE, permit, kind, commitment(6))
}

/// A permit under terms that demand a publication and a return.
fn owing() -> AccessRequestId {
	let modifiers = ModifierSet::of(&[Modifier::Pub, Modifier::Rtn]);
	let promises = Request { publishes: Stated::Yes, returns: Stated::Yes, ..statement() };
	permitted_for(Offer { modifiers, ..terms() }, promises)
}

#[test]
fn the_institution_gives_all_that_is_owed_when_the_investigator_has_left() {
	build_and_execute(|| {
		let permit = owing();
		pass(YEAR);
		dismiss(INSTITUTE, INVESTIGATOR);
		assert_noop!(report(permit, 1), PalletError::NotAuthorised);
		for who in [INVESTIGATOR, STRANGER, HOSPITAL_ADMIN] {
			assert_noop!(output(who, permit, OutputKind::Publication), PalletError::NotAuthorised);
		}
		let by = signed(INSTITUTE_ADMIN);
		assert_ok!(Research::report(by, INSTITUTE, permit, 1, commitment(5)));
		for kind in OutputKind::ALL {
			assert_ok!(output(INSTITUTE_ADMIN, permit, kind));
		}
		assert_ok!(close(INSTITUTE_ADMIN, permit, Some(5)));
		assert_eq!(standing(permit), Standing::Ended(Ending::Closed));
	});
}

#[test]
fn a_place_is_kept_for_the_kind_of_output_of_which_there_is_none() {
	for (many, other) in [
		(OutputKind::Publication, OutputKind::Return),
		(OutputKind::Return, OutputKind::Publication),
	] {
		build_and_execute(|| {
			let permit = owing();
			for _ in 1..MAX_OUTPUTS {
				assert_ok!(output(INVESTIGATOR, permit, many));
			}
			assert_noop!(output(INVESTIGATOR, permit, many), PalletError::HistoryFull);
			assert_ok!(output(INVESTIGATOR, permit, other));
			assert_noop!(output(INVESTIGATOR, permit, other), PalletError::HistoryFull);
			assert_ok!(close(INVESTIGATOR, permit, Some(5)));
		});
	}
}

#[test]
fn the_destruction_of_data_is_attested_after_a_revocation_and_changes_nothing_else() {
	build_and_execute(|| {
		let permit = owing();
		pass(10);
		let reason = RevocationReason::TermsBroken;
		assert_ok!(Research::revoke(signed(STEWARD), HOSPITAL, permit, reason));
		let revoked_at = now();
		let due = Research::permit(permit).unwrap().close_out_due;
		assert_eq!(due, revoked_at + 180 * DAY);
		pass(10);
		assert_noop!(close(STRANGER, permit, None), PalletError::NotAuthorised);
		// No report is taken any more, and no publication asked.
		assert_noop!(close(INVESTIGATOR, permit, Some(5)), PalletError::PermitEnded);
		assert_ok!(close(INVESTIGATOR, permit, None));
		let record = Permits::<Test>::get(permit).unwrap();
		let attested = Destruction { commitment: commitment(7), at: now() };
		assert_eq!(record.destruction, Some(attested));
		let end = PermitEnd { at: revoked_at, how: Ending::Revoked };
		assert_eq!(record.permit.ended, Some(end));
		assert_eq!(standing(permit), Standing::Ended(Ending::Revoked));
		assert!(events().contains(&Event::DestructionAttested { permit }));
		assert!(!events().contains(&Event::PermitClosed { permit }));
		assert_noop!(close(INVESTIGATOR, permit, None), PalletError::PermitEnded);
	});
}

#[test]
fn a_permit_is_closed_with_the_reports_of_all_years_that_have_begun() {
	build_and_execute(|| {
		let permit = permitted();
		pass(10);
		assert_noop!(close(INVESTIGATOR, permit, None), PalletError::ReportMissing);
		assert_ok!(close(INVESTIGATOR, permit, Some(5)));
		let record = Permits::<Test>::get(permit).unwrap();
		let filed: Vec<_> = record.reports.iter().map(|one| one.filed).collect();
		assert_eq!(filed, [YearlyReport { year: 1, at: now() }]);
		assert!(events().contains(&Event::ReportFiled { permit, year: 1 }));
	});
	build_and_execute(|| {
		let permit = permitted();
		pass(YEAR);
		// In the second year that of the first is owed as well, and cannot be left out.
		assert_noop!(close(INVESTIGATOR, permit, Some(5)), PalletError::ReportMissing);
		assert_ok!(report(permit, 1));
		assert_noop!(close(INVESTIGATOR, permit, None), PalletError::ReportMissing);
		// Long after the end no further year has begun.
		pass(3 * YEAR);
		assert_ok!(report(permit, 2));
		assert_noop!(close(INVESTIGATOR, permit, Some(5)), PalletError::AlreadyReported);
		assert_ok!(close(INVESTIGATOR, permit, None));
	});
}

#[test]
fn a_permit_is_renewed_with_the_reports_of_all_years_that_have_begun() {
	build_and_execute(|| {
		let permit = permitted_for(terms(), Request { months: Some(3), ..statement() });
		let renew = || Research::renew(signed(INVESTIGATOR), INSTITUTE, permit);
		set_now(now() + 3 * MONTH - 60 * DAY - 1);
		assert_ok!(publish(0, terms(), 1));
		assert_noop!(report(permit, 1), PalletError::WrongYear);
		assert_noop!(renew(), PalletError::NotRenewable);
		pass(1);
		assert_noop!(renew(), PalletError::ReportMissing);
		assert_ok!(report(permit, 1));
		assert_ok!(renew());
	});
}
