//! `try_state` notices each kind of broken storage.

use super::*;
use frame_support::traits::{fungible::MutateHold, tokens::Precision};

/// Something of everything.
fn rich() {
	commit(10);
	pass(HOUR);
	commit(0);
	let day = today();
	pass(DAY);
	commit(3);
	assert_ok!(attest(STEWARD, HOSPITAL, CLINIC, day, COUNTS));
	begin_anew();
	commit(2);
}

fn log_commit(number: u32, change: impl FnOnce(&mut CommitOf<Test>)) {
	Commits::<Test>::mutate(HOSPITAL, number, |found| change(found.as_mut().unwrap()));
}

fn custodian(change: impl FnOnce(&mut Custodian)) {
	Custodians::<Test>::mutate(HOSPITAL, |found| change(found.as_mut().unwrap()));
}

fn attested(one: OrgId, other: OrgId, day: Day) {
	let found = Attestations::<Test>::iter_values().next().unwrap();
	Attestations::<Test>::insert(one, (other, day), found);
}

#[test]
fn good_storage_passes() {
	build_and_execute(rich);
}

#[test]
fn broken_storage_is_noticed() {
	let cases: Vec<(&'static str, Box<dyn Fn()>)> = vec![
		("a commit is lost", Box::new(|| Commits::<Test>::remove(HOSPITAL, 1))),
		("a log with a gap", Box::new(|| log_commit(2, |found| found.seq_from += 1))),
		("an epoch out of order", Box::new(|| log_commit(4, |found| found.epoch = 3))),
		("an epoch out of order", Box::new(|| log_commit(4, |found| found.epoch = 0))),
		("an epoch out of order", Box::new(|| log_commit(0, |found| found.epoch = 1))),
		("an epoch that begins with entries", Box::new(|| log_commit(2, |found| found.epoch = 1))),
		(
			"too many entries at once",
			Box::new(|| log_commit(4, |found| found.seq_until = MAX_ENTRIES + 1)),
		),
		(
			"a root of nothing, or none",
			Box::new(|| log_commit(2, |found| found.root = empty_root())),
		),
		("commits out of order", Box::new(|| log_commit(2, |found| found.at = START))),
		(
			"a head that is not its commits'",
			Box::new(|| log_commit(0, |found| found.root = LogHash::repeat_byte(8))),
		),
		(
			"a log that does not stand where its last commit does",
			Box::new(|| custodian(|found| found.commits = 2)),
		),
		(
			"a log that does not stand where its last commit does",
			Box::new(|| custodian(|found| found.epoch = 2)),
		),
		(
			"what has no deposit is not what the custodian counts",
			Box::new(|| custodian(|found| found.unpaid = 1)),
		),
		(
			"what has no deposit is not what the custodian counts",
			Box::new(|| log_commit(0, |found| found.deposit = None)),
		),
		(
			"a commit from the future",
			Box::new(|| {
				log_commit(4, |found| found.at = now() + 1);
				custodian(|found| found.last_at = now() + 1);
			}),
		),
		(
			"a commit that no custodian counts",
			Box::new(|| {
				let found = Commits::<Test>::get(HOSPITAL, 0).unwrap();
				Commits::<Test>::insert(HOSPITAL, 9, found);
			}),
		),
		("a log compared with itself", Box::new(|| attested(HOSPITAL, HOSPITAL, today() - 1))),
		("a day that was not over", Box::new(|| attested(HOSPITAL, CLINIC, today()))),
		(
			"a comparison by whoever has no log",
			Box::new(|| attested(CLINIC, HOSPITAL, today() - 1)),
		),
		(
			"what is on hold is not what commits and attestations are for",
			Box::new(|| {
				Balances::release(&Hold::get(), &HOSPITAL_ADMIN, 1, Precision::Exact).unwrap();
			}),
		),
	];
	for (noticed, damage) in cases {
		new_test_ext().execute_with(|| {
			rich();
			assert_ok!(Log::do_try_state());
			damage();
			assert_eq!(Log::do_try_state(), Err(noticed.into()), "{noticed}");
		});
	}
}
