//! The lapse of each input suspends a permit at that second, without a transaction; and the answer for the moment before stays.

use super::*;

/// Asks about the second before now and now; the first must be `before`, and both must be the same when they are asked
/// again a year later.
fn lapses_now(permit: AccessRequestId, lapse: &[Lapse]) {
	let at = now();
	assert_eq!(Research::permit_at(permit, at - 1), Some(Standing::Active), "{lapse:?} too early");
	assert_eq!(standing(permit), suspended(lapse));
	let told = Research::permit(permit).unwrap().standing;
	assert_eq!(told, suspended(lapse));
	let listed = Research::lapsed(0).into_iter().find(|one| one.id == permit);
	assert_eq!(listed.map(|one| Standing::Suspended(one.lapses)), Some(suspended(lapse)));
	pass(YEAR);
	assert_eq!(Research::permit_at(permit, at - 1), Some(Standing::Active), "{lapse:?} later");
	assert_eq!(Research::permit_at(permit, at), Some(suspended(lapse)), "{lapse:?} later");
	set_now(at);
}

#[test]
fn the_end_of_an_ethics_approval_suspends_at_its_second() {
	build_and_execute(|| {
		let dataset = offered(terms());
		let study = registered();
		assert_ok!(approve(study, now() + 10 * DAY));
		assert_ok!(ask(study, dataset, statement()));
		assert_ok!(cosign(0));
		for member in &MEMBERS[..3] {
			assert_ok!(vote(*member, 0, true));
		}
		pass(DAY);
		assert_ok!(conclude(0));
		assert_ok!(accept(0));
		// Nothing is dispatched from here on.
		set_now(START + 10 * DAY);
		lapses_now(0, &[Lapse::Ethics]);
		assert_noop!(reserve(0, 1, 100_000), PalletError::NotActive);
		// Approved again: active again from that second.
		pass(5);
		assert_ok!(approve(study, now() + YEAR));
		assert_eq!(standing(0), Standing::Active);
		assert_eq!(Research::permit_at(0, now() - 1), Some(suspended(&[Lapse::Ethics])));
	});
}

#[test]
fn each_end_of_an_ethics_approval_by_hand_suspends_at_once() {
	let ends: [fn(); 3] = [
		|| {
			assert_ok!(Research::suspend_ethics(signed(ETHICIST), ETHICS, 0));
		},
		|| {
			assert_ok!(Research::withdraw_ethics(signed(ETHICIST), ETHICS, 0));
		},
		|| {
			let (by, protocol) = (signed(INVESTIGATOR), commitment(9));
			assert_ok!(Research::amend_study(by, INSTITUTE, 0, protocol));
		},
	];
	for end in ends {
		build_and_execute(|| {
			let permit = permitted();
			pass(10);
			end();
			lapses_now(permit, &[Lapse::Ethics]);
		});
	}
}

#[test]
fn the_end_of_the_licence_suspends_at_its_second() {
	build_and_execute(|| {
		let permit = permitted();
		pass(10);
		suspend(INSTITUTE);
		lapses_now(permit, &[Lapse::Licence]);
		assert_noop!(reserve(permit, 1, 100_000), PalletError::NotActive);
		pass(10);
		license(INSTITUTE, OrgKind::Research);
		assert_eq!(standing(permit), Standing::Active);
		assert_eq!(Research::permit_at(permit, now() - 1), Some(suspended(&[Lapse::Licence])));
	});
}

#[test]
fn the_end_of_the_investigators_affiliation_suspends_at_its_second() {
	build_and_execute(|| {
		let permit = permitted();
		pass(10);
		dismiss(INSTITUTE, INVESTIGATOR);
		lapses_now(permit, &[Lapse::Affiliation]);
		// Another role at the institution is not enough.
		pass(10);
		hire(INSTITUTE, INVESTIGATOR, Role::Nurse);
		assert_eq!(standing(permit), suspended(&[Lapse::Affiliation]));
		hire(INSTITUTE, INVESTIGATOR, Role::Researcher);
		assert_eq!(standing(permit), Standing::Active);
	});
}

#[test]
fn tighter_terms_suspend_at_their_second_until_they_are_accepted() {
	build_and_execute(|| {
		let permit = permitted();
		pass(10);
		// A version with the same terms suspends nothing.
		assert_ok!(publish(0, terms(), 0));
		assert_eq!(standing(permit), Standing::Active);
		pass(10);
		assert_ok!(publish(0, Offer { months: Some(36), ..terms() }, 1));
		let at = now();
		assert_eq!(Research::permit_at(permit, at - 1), Some(Standing::Active));
		assert_eq!(standing(permit), suspended(&[Lapse::Terms]));
		assert_noop!(reserve(permit, 1, 100_000), PalletError::NotActive);
		pass(10);
		assert_ok!(accept(permit));
		assert_eq!(standing(permit), Standing::Active);
		assert_eq!(Research::permit_at(permit, at), Some(suspended(&[Lapse::Terms])));
		assert_eq!(Research::permit_at(permit, at - 1), Some(Standing::Active));
	});
}

#[test]
fn an_overdue_withdrawal_epoch_suspends_at_its_second_until_it_is_published() {
	build_and_execute(|| {
		let permit = permitted();
		// The dataset was offered at the start.
		set_now(START + 30 * DAY);
		lapses_now(permit, &[Lapse::Epoch]);
		assert_noop!(reserve(permit, 1, 100_000), PalletError::NotActive);
		// A version without the next epoch does not help.
		assert_ok!(publish(0, terms(), 0));
		assert_eq!(standing(permit), suspended(&[Lapse::Epoch]));
		pass(10);
		assert_ok!(publish(0, terms(), 1));
		assert_eq!(standing(permit), Standing::Active);
		assert_eq!(Research::permit_at(permit, now() - 1), Some(suspended(&[Lapse::Epoch])));
		set_now(START + 60 * DAY + 9);
		assert_eq!(standing(permit), Standing::Active);
		pass(1);
		lapses_now(permit, &[Lapse::Epoch]);
	});
}

/// Publishes every epoch that is due up to `until`, and goes there.
fn keep_epochs_until(until: Moment) {
	while now() + 29 * DAY < until {
		pass(29 * DAY);
		let epoch = Research::dataset(0).unwrap().version.epoch;
		assert_ok!(publish(0, terms(), epoch + 1));
	}
	set_now(until);
}

#[test]
fn an_overdue_report_suspends_at_its_second_until_it_is_filed() {
	build_and_execute(|| {
		let permit = permitted();
		let begun = now();
		keep_epochs_until(begun + YEAR + 30 * DAY - 1);
		assert_eq!(standing(permit), Standing::Active);
		pass(1);
		let at = now();
		assert_eq!(standing(permit), suspended(&[Lapse::Report]));
		pass(10);
		let report =
			|year| Research::report(signed(INVESTIGATOR), INSTITUTE, permit, year, commitment(5));
		assert_ok!(report(1));
		assert_eq!(standing(permit), Standing::Active);
		assert_eq!(Research::permit_at(permit, at), Some(suspended(&[Lapse::Report])));
		assert_eq!(Research::permit_at(permit, at - 1), Some(Standing::Active));
	});
}

#[test]
fn the_end_of_its_time_suspends_at_its_second_until_it_is_renewed() {
	build_and_execute(|| {
		let permit = permitted_for(terms(), Request { months: Some(6), ..statement() });
		let begun = now();
		let until = begun + 6 * MONTH;
		keep_epochs_until(until - 1);
		assert_eq!(standing(permit), Standing::Active);
		pass(1);
		lapses_expired(permit, until);
		pass(10);
		let renew = || Research::renew(signed(INVESTIGATOR), INSTITUTE, permit);
		assert_ok!(report(permit, 1));
		assert_ok!(renew());
		assert_eq!(standing(permit), Standing::Active);
		assert_eq!(Research::permit_at(permit, until), Some(suspended(&[Lapse::Expired])));
		assert_noop!(renew(), PalletError::AlreadyRenewed);
		keep_epochs_until(until + 6 * MONTH - 1);
		assert_eq!(standing(permit), Standing::Active);
		pass(1);
		assert_eq!(standing(permit), suspended(&[Lapse::Expired]));
	});
}

fn lapses_expired(permit: AccessRequestId, at: Moment) {
	assert_eq!(now(), at);
	assert_eq!(Research::permit_at(permit, at - 1), Some(Standing::Active));
	assert_eq!(standing(permit), suspended(&[Lapse::Expired]));
}

#[test]
fn a_dataset_that_is_taken_back_suspends_at_its_second_and_for_good() {
	build_and_execute(|| {
		let permit = permitted();
		pass(10);
		assert_ok!(Research::retire_dataset(signed(STEWARD), HOSPITAL, 0));
		lapses_now(permit, &[Lapse::Retired]);
		pass(10);
		assert_eq!(standing(permit), suspended(&[Lapse::Retired]));
	});
}

#[test]
fn everything_that_has_lapsed_is_told_and_nothing_of_the_future() {
	build_and_execute(|| {
		let permit = permitted();
		pass(10);
		suspend(INSTITUTE);
		dismiss(INSTITUTE, INVESTIGATOR);
		assert_eq!(standing(permit), suspended(&[Lapse::Licence, Lapse::Affiliation]));
		assert_eq!(Research::permit_at(permit, now() + 1), None);
		assert_eq!(Research::permit_at(7, now()), None);
		// Nobody had asked for it. Once somebody had, it had not begun.
		let asked = Requests::<Test>::get(permit).unwrap().asked_at;
		assert_eq!(Research::permit_at(permit, asked.saturating_sub(1)), None);
		assert_eq!(Research::permit_at(permit, asked), Some(Standing::NotYet));
	});
}
