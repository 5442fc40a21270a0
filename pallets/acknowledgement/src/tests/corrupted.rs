//! `try_state` notices each kind of broken storage.

use super::*;
use frame_support::traits::{fungible::MutateHold, tokens::Precision};

/// Something of everything: 0 is on time, 1 late, 2 marked and late, 3 marked, 4 the clinic's.
fn rich() {
	assert_ok!(Acknowledgement::do_try_state());
	Since::<Test>::put(now());
	for directive in 0..4 {
		revoke(directive, HOSPITAL);
	}
	revoke(4, CLINIC);
	assert_ok!(acknowledge(0));
	assert_ok!(acknowledge_by(OFFICER, CLINIC, 4));
	pass(DEADLINE);
	assert_ok!(mark_overdue(2));
	assert_ok!(mark_overdue(3));
	pass(DAY);
	assert_ok!(acknowledge(1));
	assert_ok!(acknowledge(2));
}

fn notice(directive: DirectiveId, change: impl FnOnce(&mut NoticeOf<Test>)) {
	Notices::<Test>::mutate(PATIENT, directive, |found| change(found.as_mut().unwrap()));
}

fn counts(change: impl FnOnce(&mut Tally)) {
	Tallies::<Test>::mutate(HOSPITAL, change);
}

#[test]
fn good_storage_passes() {
	build_and_execute(|| {
		rich();
		assert_eq!(tally(), (1, 2, 1));
	});
}

#[test]
fn broken_storage_is_noticed() {
	let counted = "counts that are not those of the notices";
	let moments = "a notice before its revocation, or from the future";
	let cases: Vec<(&'static str, Box<dyn Fn()>)> = vec![
		(
			"acknowledgements are asked for from the future on",
			Box::new(|| Since::<Test>::put(now() + 1)),
		),
		("a revocation that nobody had to acknowledge", Box::new(|| Since::<Test>::put(START + 1))),
		(
			"a revocation that consent knows otherwise",
			Box::new(|| notice(3, |found| found.organisation = CLINIC)),
		),
		(
			"a revocation that consent knows otherwise",
			Box::new(|| notice(3, |found| found.revoked_at += 1)),
		),
		(
			moments,
			Box::new(|| {
				forget(0);
				notice(0, |found| found.revoked_at += 1);
			}),
		),
		(
			moments,
			Box::new(|| {
				notice(3, |found| {
					found.state = NoticeState::Overdue { marked_at: now() + 1 };
				});
			}),
		),
		(
			moments,
			Box::new(|| {
				notice(0, |found| match &mut found.state {
					NoticeState::Acknowledged { at, .. } => *at = now() + 1,
					NoticeState::Overdue { .. } => panic!("it is acknowledged"),
				});
			}),
		),
		(
			"a deadline before the revocation",
			Box::new(|| notice(3, |found| found.due = found.revoked_at)),
		),
		(
			"marked overdue before the deadline was over",
			Box::new(|| {
				notice(3, |found| {
					found.state = NoticeState::Overdue { marked_at: found.due - 1 };
				});
			}),
		),
		(counted, Box::new(|| counts(|tally| tally.unpaid += 1))),
		(counted, Box::new(|| notice(1, |found| found.due = Moment::MAX))),
		(counted, Box::new(|| counts(|tally| tally.on_time += 1))),
		(counted, Box::new(|| counts(|tally| tally.late -= 1))),
		(counted, Box::new(|| counts(|tally| tally.overdue += 1))),
		(counted, Box::new(|| Tallies::<Test>::remove(HOSPITAL))),
		(counted, Box::new(|| Tallies::<Test>::insert(99, Tally::default()))),
		(counted, Box::new(|| Notices::<Test>::remove(PATIENT, 3))),
		(
			"what is on hold is not what acknowledgements are for",
			Box::new(|| {
				Balances::release(&Hold::get(), &HOSPITAL_ADMIN, 1, Precision::Exact).unwrap();
			}),
		),
		(
			"what is on hold is not what acknowledgements are for",
			Box::new(|| Balances::hold(&Hold::get(), &CLINIC_ADMIN, 1).unwrap()),
		),
	];
	for (noticed, damage) in cases {
		new_test_ext().execute_with(|| {
			rich();
			assert_ok!(Acknowledgement::do_try_state());
			damage();
			assert_eq!(Acknowledgement::do_try_state(), Err(noticed.into()), "{noticed}");
		});
	}
}
