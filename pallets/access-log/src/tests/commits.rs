//! A log has one chain of heads, without gaps and forks, and is stale as soon as a day goes by without a commit.

use super::*;

#[test]
fn each_commit_continues_the_chain() {
	build_and_execute(|| {
		let genesis = Log::genesis();
		let root = LogHash::repeat_byte(7);
		commit(10);
		let first = heads::head(&genesis, HOSPITAL, 0, &LogHash::zero(), &root, 0, 10);
		assert_eq!(head(HOSPITAL), first);
		pass(HOUR);
		commit(5);
		let second = heads::head(&genesis, HOSPITAL, 1, &first, &root, 10, 15);
		assert_eq!(head(HOSPITAL), second);
		let stands = Custodian { commits: 2, entries: 15, head: second, last_at: now() };
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
		for (from, until) in [(19, 25), (21, 25), (0, 5), (20, 19), (u64::MAX, u64::MAX)] {
			assert_noop!(with(from, until, root, last), PalletError::WrongSequence);
		}
		for previous in [before, LogHash::zero(), root] {
			assert_noop!(with(20, 25, root, previous), PalletError::WrongPrevious);
		}
		assert_noop!(with(20, 25, empty_root(), last), PalletError::WrongRoot);
		assert_noop!(with(20, 20, root, last), PalletError::WrongRoot);
		assert_ok!(with(20, u64::MAX, root, last));
		assert_ok!(with(u64::MAX, u64::MAX, empty_root(), head(HOSPITAL)));
	});
}

#[test]
fn two_custodians_with_the_same_entries_have_other_heads() {
	build_and_execute(|| {
		commit(10);
		assert_ok!(commit_by(OFFICER, CLINIC, 10));
		assert_ne!(head(HOSPITAL), head(CLINIC));
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
			if LOG_ROLES.contains(role) {
				assert_ok!(commit_by(who, HOSPITAL, 1));
			} else {
				assert_noop!(commit_by(who, HOSPITAL, 1), PalletError::NotAuthorised);
			}
		}
		assert_ok!(commit_by(HOSPITAL_ADMIN, HOSPITAL, 1));
		assert_noop!(commit_by(OFFICER, HOSPITAL, 1), PalletError::NotAuthorised);
		assert_noop!(commit_by(STEWARD, 77, 1), PalletError::NotAuthorised);
		dismiss(HOSPITAL, STEWARD);
		assert_noop!(commit_by(STEWARD, HOSPITAL, 1), PalletError::NotAuthorised);
	});
}

#[test]
fn a_day_without_a_commit_is_seen_also_long_afterwards() {
	build_and_execute(|| {
		assert_eq!(Log::was_stale(HOSPITAL, now()), None, "there is no log");
		commit(3);
		let first = now();
		assert_eq!(Log::was_stale(HOSPITAL, first), Some(false));
		pass(DAY - 1);
		assert_eq!(Log::was_stale(HOSPITAL, now()), Some(false));
		pass(1);
		assert_eq!(Log::was_stale(HOSPITAL, now()), Some(true));
		pass(HOUR);
		// That nobody looked is committed to as well.
		commit(0);
		assert_eq!(Log::was_stale(HOSPITAL, now()), Some(false));
		for _ in 0..40 {
			pass(DAY - 1);
			commit(0);
		}
		for (at, stale) in [
			(first, false),
			(first + DAY - 1, false),
			(first + DAY, true),
			(first + DAY + HOUR - 1, true),
			(first + DAY + HOUR, false),
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
			// Two in the same second, now and then.
			if n % 3 == 0 {
				commit(1);
			}
			pass(10);
		}
		let all = Log::log_commits(HOSPITAL, 0);
		assert_eq!(all.len(), 12);
		assert_eq!(Log::log_commits(HOSPITAL, 10).len(), 2);
		assert!(Log::log_commits(CLINIC, 0).is_empty());
		for at in START - 1..now() {
			let expected = all.iter().rev().find(|commit| commit.at <= at).copied();
			assert_eq!(Log::commit_by(HOSPITAL, at), expected, "{at}");
		}
	});
}

#[test]
fn a_commit_costs_a_deposit_and_without_it_there_is_none() {
	build_and_execute(|| {
		add_organisation(50, STRANGER);
		assert!(commit_by(STRANGER, 50, 1).is_err());
		commit(1);
		assert_eq!(held(HOSPITAL_ADMIN), deposit(Log::commit_footprint()));
	});
}

#[test]
fn numbers_that_are_used_up_are_not_given_again() {
	new_test_ext().execute_with(|| {
		commit(1);
		Custodians::<Test>::mutate(HOSPITAL, |found| found.as_mut().unwrap().commits = u32::MAX);
		assert_noop!(commit_by(STEWARD, HOSPITAL, 1), PalletError::IdsExhausted);
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
		vec![2; 32],
		vec![3; 32],
		100u64.to_le_bytes().to_vec(),
		200u64.to_le_bytes().to_vec(),
	]
	.concat();
	let head = heads::head(&genesis, 10, 4, &previous, &root, 100, 200);
	assert_eq!(head.encode(), sp_io::hashing::blake2_256(&bytes).to_vec());
}
