//! A log that cannot be gone on with is begun anew, which is seen and counted for ever.

use super::*;
use crate::heads::Link;

fn anew(who: u64, organisation: OrgId) -> DispatchResult {
	Log::begin_anew(signed(who), organisation, head(organisation))
}

#[test]
fn a_log_that_was_ruined_is_begun_anew_and_counts_from_zero_again() {
	build_and_execute(|| {
		commit(10);
		// A data steward, or a program, commits to entries that do not exist.
		commit(MAX_ENTRIES);
		let ruined = head(HOSPITAL);
		wait();
		assert_noop!(
			Log::commit(signed(STEWARD), HOSPITAL, 10, 15, LogHash::repeat_byte(1), ruined),
			PalletError::WrongSequence
		);
		assert_ok!(anew(STEWARD, HOSPITAL));
		let link = Link { number: 2, epoch: 1, root: empty_root(), seq_from: 0, seq_until: 0 };
		let expected = heads::head(&Log::genesis(), HOSPITAL, &ruined, &link);
		assert_eq!(
			System::events().pop().map(|record| record.event),
			Some(RuntimeEvent::Log(Event::LogBegunAnew {
				organisation: HOSPITAL,
				number: 2,
				epoch: 1,
				head: expected,
				by: STEWARD
			}))
		);
		commit(15);
		begin_anew();
		let told: Vec<_> = Log::log_commits(HOSPITAL, 0)
			.iter()
			.map(|commit| (commit.epoch, commit.seq_from, commit.seq_until))
			.collect();
		let all = [(0, 0, 10), (0, 10, 10 + MAX_ENTRIES), (1, 0, 0), (1, 0, 15), (2, 0, 0)];
		assert_eq!(told, all);
		let stands = Log::custodian(HOSPITAL).unwrap();
		assert_eq!((stands.commits, stands.epoch, stands.entries), (5, 2, 0));
	});
}

#[test]
fn the_epoch_is_in_the_head() {
	build_and_execute(|| {
		let link = Link { number: 3, epoch: 0, root: empty_root(), seq_from: 0, seq_until: 0 };
		let of = |epoch| {
			heads::head(&Log::genesis(), HOSPITAL, &heads::origin(), &Link { epoch, ..link })
		};
		assert_ne!(of(0), of(1));
	});
}

#[test]
fn whoever_commits_to_a_log_begins_it_anew_once_there_is_one_and_on_its_head() {
	build_and_execute(|| {
		assert_noop!(anew(STEWARD, HOSPITAL), PalletError::LogNotCommitted);
		commit(10);
		assert_noop!(anew(STEWARD, HOSPITAL), PalletError::TooSoon);
		pass(INTERVAL);
		for who in [CLINICIAN, OFFICER, STRANGER] {
			assert_noop!(anew(who, HOSPITAL), PalletError::NotAuthorised);
		}
		for previous in [heads::origin(), LogHash::repeat_byte(9)] {
			assert_noop!(
				Log::begin_anew(signed(STEWARD), HOSPITAL, previous),
				PalletError::WrongPrevious
			);
		}
		assert_ok!(anew(HOSPITAL_ADMIN, HOSPITAL));
		assert_noop!(commit_by(STEWARD, HOSPITAL, 1), PalletError::TooSoon);
	});
}

#[test]
fn it_is_a_sign_of_life_as_a_commit_is_and_is_made_without_a_deposit_if_it_must() {
	build_and_execute(|| {
		commit(10);
		pass(2 * DAY);
		assert_eq!(Log::was_stale(HOSPITAL, now()), Some(true));
		impoverish(HOSPITAL_ADMIN);
		assert_ok!(anew(STEWARD, HOSPITAL));
		assert_eq!(Log::was_stale(HOSPITAL, now()), Some(false));
		assert_eq!(Log::custodian(HOSPITAL).unwrap().unpaid, 1);
		assert_eq!(Log::commit_by(HOSPITAL, now()).unwrap().epoch, 1);
	});
}
