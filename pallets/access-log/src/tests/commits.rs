//! A log has one chain of heads, without gaps and forks, and is stale as soon as two days go by without a commit.

use super::*;
use crate::heads::Link;

#[test]
fn each_commit_continues_the_chain() {
	build_and_execute(|| {
		let genesis = Log::genesis();
		let root = LogHash::repeat_byte(7);
		commit(10);
		let link = Link { number: 0, epoch: 0, root, seq_from: 0, seq_until: 10 };
		let first = heads::head(&genesis, HOSPITAL, &LogHash::zero(), &link);
		assert_eq!(head(HOSPITAL), first);
		pass(HOUR);
		commit(5);
		let link = Link { number: 1, epoch: 0, root, seq_from: 10, seq_until: 15 };
		let second = heads::head(&genesis, HOSPITAL, &first, &link);
		assert_eq!(head(HOSPITAL), second);
		let stands = Custodian {
			commits: 2,
			epoch: 0,
			entries: 15,
			head: second,
			last_at: now(),
			unpaid: 0,
		};
		assert_eq!(Log::custodian(HOSPITAL), Some(stands));
		assert_eq!(
			System::events().pop().map(|record| record.event),
			Some(RuntimeEvent::Log(Event::LogCommitted {
				organisation: HOSPITAL,
				number: 1,
				head: second,
				seq_until: 15,
				by: STEWARD
			}))
		);
		assert_eq!(Log::custodian(CLINIC), None);
	});
}

#[test]
fn a_log_has_no_gap_no_overlap_and_no_fork() {
	build_and_execute(|| {
		commit(10);
		let before = head(HOSPITAL);
		commit(10);
		let root = LogHash::repeat_byte(9);
		let with = |from, until, root, previous| {
			Log::commit(signed(STEWARD), HOSPITAL, from, until, root, previous)
		};
		let last = head(HOSPITAL);
		wait();
		for (from, until) in [(19, 25), (21, 25), (0, 5), (20, 19), (u64::MAX, u64::MAX)] {
			assert_noop!(with(from, until, root, last), PalletError::WrongSequence);
		}
		for previous in [before, LogHash::zero(), root] {
			assert_noop!(with(20, 25, root, previous), PalletError::WrongPrevious);
		}
		assert_noop!(with(20, 25, empty_root(), last), PalletError::WrongRoot);
		assert_noop!(with(20, 20, root, last), PalletError::WrongRoot);
		assert_ok!(with(20, 25, root, last));
	});
}

#[test]
fn one_commit_has_a_bound_so_that_the_numbers_of_a_log_are_never_used_up() {
	build_and_execute(|| {
		commit(10);
		wait();
		let root = LogHash::repeat_byte(9);
		let until = |until| Log::commit(signed(STEWARD), HOSPITAL, 10, until, root, head(HOSPITAL));
		for too_far in [10 + MAX_ENTRIES + 1, u64::MAX] {
			assert_noop!(until(too_far), PalletError::TooManyEntries);
		}
		assert_ok!(until(10 + MAX_ENTRIES));
		commit(MAX_ENTRIES);
		assert_eq!(entries(HOSPITAL), 10 + 2 * MAX_ENTRIES);
	});
}

#[test]
fn a_commit_waits_ten_minutes_for_the_one_before_and_not_for_anothers() {
	build_and_execute(|| {
		commit(10);
		assert_noop!(commit_by(STEWARD, HOSPITAL, 1), PalletError::TooSoon);
		assert_ok!(commit_by(OFFICER, CLINIC, 1));
		pass(INTERVAL - 1);
		assert_noop!(commit_by(HOSPITAL_ADMIN, HOSPITAL, 1), PalletError::TooSoon);
		pass(1);
		assert_ok!(commit_by(STEWARD, HOSPITAL, 1));
	});
}

#[test]
fn two_custodians_with_the_same_entries_have_other_heads() {
	build_and_execute(|| {
		commit(10);
		assert_ok!(commit_by(OFFICER, CLINIC, 10));
		assert_ne!(head(HOSPITAL), head(CLINIC));
		pass(INTERVAL);
		// The head of one is no use for another.
		let root = LogHash::repeat_byte(7);
		assert_noop!(
			Log::commit(signed(OFFICER), CLINIC, 10, 20, root, head(HOSPITAL)),
			PalletError::WrongPrevious
		);
	});
}

#[test]
fn the_administrator_the_privacy_officer_and_the_data_steward_commit_licensed_or_not() {
	build_and_execute(|| {
		for (n, role) in Role::ALL.iter().copied().enumerate() {
			let who = 500 + n as u64;
			hire(HOSPITAL, who, role);
			wait();
			if LOG_ROLES.contains(role) {
				assert_ok!(commit_by(who, HOSPITAL, 1));
			} else {
				assert_noop!(commit_by(who, HOSPITAL, 1), PalletError::NotAuthorised);
			}
		}
		wait();
		assert_ok!(commit_by(HOSPITAL_ADMIN, HOSPITAL, 1));
		wait();
		assert_noop!(commit_by(OFFICER, HOSPITAL, 1), PalletError::NotAuthorised);
		assert_noop!(commit_by(STEWARD, 77, 1), PalletError::NotAuthorised);
		dismiss(HOSPITAL, STEWARD);
		assert_noop!(commit_by(STEWARD, HOSPITAL, 1), PalletError::NotAuthorised);
	});
}

#[test]
fn two_days_without_a_commit_are_seen_also_long_afterwards() {
	const BEAT: Moment = 2 * DAY;
	build_and_execute(|| {
		assert_eq!(Log::was_stale(HOSPITAL, now()), None, "there is no log");
		commit(3);
		let first = now();
		assert_eq!(Log::was_stale(HOSPITAL, first), Some(false));
		// Whoever commits each night at the same hour is not stale for the seconds that a block takes.
		pass(DAY + HOUR);
		assert_eq!(Log::was_stale(HOSPITAL, now()), Some(false));
		set_now(first + BEAT - 1);
		assert_eq!(Log::was_stale(HOSPITAL, now()), Some(false));
		pass(1);
		assert_eq!(Log::was_stale(HOSPITAL, now()), Some(true));
		pass(HOUR);
		// That nobody looked is committed to as well.
		commit(0);
		assert_eq!(Log::was_stale(HOSPITAL, now()), Some(false));
		for _ in 0..40 {
			pass(BEAT - 1);
			commit(0);
		}
		for (at, stale) in [
			(first, false),
			(first + BEAT - 1, false),
			(first + BEAT, true),
			(first + BEAT + HOUR - 1, true),
			(first + BEAT + HOUR, false),
			(first + 20 * DAY, false),
			(now(), false),
		] {
			assert_eq!(Log::was_stale(HOSPITAL, at), Some(stale), "{}", at - first);
		}
		assert_eq!(Log::was_stale(HOSPITAL, first - 1), None);
		assert_eq!(Log::was_stale(HOSPITAL, now() + 1), None);
		assert_eq!(entries(HOSPITAL), 3);
	});
}

#[test]
fn the_commit_that_stood_at_a_moment_is_found() {
	build_and_execute(|| {
		for n in 0..9 {
			commit(n);
			// At once after the wait, now and then.
			if n % 3 == 0 {
				commit(1);
			}
			pass(INTERVAL + 10);
		}
		let all = Log::log_commits(HOSPITAL, 0);
		assert_eq!(all.len(), 12);
		assert_eq!(Log::log_commits(HOSPITAL, 10).len(), 2);
		assert!(Log::log_commits(CLINIC, 0).is_empty());
		let around = all.iter().flat_map(|commit| [commit.at - 1, commit.at, commit.at + 1]);
		for at in around.chain([START - 1, now()]) {
			let expected = all.iter().rev().find(|commit| commit.at <= at).copied();
			assert_eq!(Log::commit_by(HOSPITAL, at), expected, "{at}");
		}
	});
}

#[test]
fn a_commit_costs_a_deposit_and_is_made_without_it_where_the_administrator_cannot_pay() {
	build_and_execute(|| {
		commit(1);
		let deposit = deposit(Log::commit_footprint());
		assert_eq!(held(HOSPITAL_ADMIN), deposit);
		impoverish(HOSPITAL_ADMIN);
		commit(1);
		commit(0);
		let stands = Log::custodian(HOSPITAL).unwrap();
		assert_eq!((stands.commits, stands.entries, stands.unpaid), (3, 2, 2));
		assert_eq!(held(HOSPITAL_ADMIN), deposit);
		// Nor does an organisation without tokens stay silent for ever.
		add_organisation(50, STRANGER);
		impoverish_stranger();
		assert_ok!(commit_by(STRANGER, 50, 1));
		assert_eq!(Log::custodian(50).unwrap().unpaid, 1);
	});
}

/// Burns what the strangers have been given.
fn impoverish_stranger() {
	use frame_support::traits::fungible::Mutate;
	Balances::set_balance(&STRANGER, 0);
}

#[test]
fn numbers_that_are_used_up_are_not_given_again() {
	new_test_ext().execute_with(|| {
		commit(1);
		wait();
		Custodians::<Test>::mutate(HOSPITAL, |found| found.as_mut().unwrap().commits = u32::MAX);
		assert_noop!(commit_by(STEWARD, HOSPITAL, 1), PalletError::IdsExhausted);
		let anew = || Log::begin_anew(signed(STEWARD), HOSPITAL, head(HOSPITAL));
		assert_noop!(anew(), PalletError::IdsExhausted);
		Custodians::<Test>::mutate(HOSPITAL, |found| {
			let found = found.as_mut().unwrap();
			(found.commits, found.epoch) = (1, u32::MAX);
		});
		assert_noop!(anew(), PalletError::IdsExhausted);
	});
}

#[test]
fn a_head_is_the_hash_of_these_bytes() {
	use codec::Encode;
	let (genesis, previous, root) =
		(LogHash::repeat_byte(1), LogHash::repeat_byte(2), LogHash::repeat_byte(3));
	let bytes = [
		b"salus:access-log:head:v1".to_vec(),
		vec![1; 32],
		10u32.to_le_bytes().to_vec(),
		4u32.to_le_bytes().to_vec(),
		3u32.to_le_bytes().to_vec(),
		vec![2; 32],
		vec![3; 32],
		100u64.to_le_bytes().to_vec(),
		200u64.to_le_bytes().to_vec(),
	]
	.concat();
	let link = Link { number: 4, epoch: 3, root, seq_from: 100, seq_until: 200 };
	let head = heads::head(&genesis, 10, &previous, &link);
	assert_eq!(head.encode(), sp_io::hashing::blake2_256(&bytes).to_vec());
}
