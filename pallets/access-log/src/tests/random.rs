//! Random sequences of calls: whatever happens, each log is one chain without a gap, and what was told of the past stays.

use super::*;
use proptest::{
	collection::vec,
	prelude::*,
	test_runner::{Config as Proptest, RngAlgorithm, TestRng, TestRunner},
};
use std::{
	cell::RefCell,
	collections::BTreeMap,
	time::{SystemTime, UNIX_EPOCH},
};

const CASES: u32 = 96;
const STEPS: usize = 120;

#[derive(Clone, Debug)]
enum Step {
	/// A commit to so many entries, by that far beside the next one, on that head.
	Commit(OrgId, u64, u64, bool),
	Attest(OrgId, u32, u32),
	/// The log begins anew on its head, or on another one.
	Anew(OrgId, bool),
	/// The administrators have no tokens any more.
	Impoverish,
	Pass(Moment),
}

fn step() -> impl Strategy<Value = Step> {
	let organisation = || prop_oneof![2 => Just(HOSPITAL), 1 => Just(CLINIC)];
	let beside = prop_oneof![8 => Just(0u64), 1 => 1u64..3];
	let good = prop_oneof![8 => Just(true), 1 => Just(false)];
	prop_oneof![
		6 => (organisation(), 0u64..4, beside, good)
			.prop_map(|(org, count, beside, good)| Step::Commit(org, count, beside, good)),
		2 => (organisation(), 0u32..4, 0u32..3)
			.prop_map(|(org, ago, count)| Step::Attest(org, ago, count)),
		1 => (organisation(), prop_oneof![8 => Just(true), 1 => Just(false)])
			.prop_map(|(org, good)| Step::Anew(org, good)),
		1 => prop_oneof![1 => Just(Step::Impoverish), 19 => Just(Step::Pass(1))],
		5 => prop_oneof![Just(1), Just(INTERVAL), Just(HOUR), Just(DAY), Just(3 * DAY)]
			.prop_map(Step::Pass),
	]
}

/// What was told of a moment: the commit that stood, and whether the log was stale.
type Told = [(Option<CommitInfo>, Option<bool>); 2];

fn ask(at: Moment) -> Told {
	[HOSPITAL, CLINIC].map(|org| (Log::commit_by(org, at), Log::was_stale(org, at)))
}

fn runner() -> TestRunner {
	let seed: u64 = match std::env::var("SALUS_SEED") {
		Ok(seed) => seed.parse().expect("SALUS_SEED is a number"),
		Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64,
	};
	println!("SALUS_SEED={seed}");
	let bytes: Vec<u8> = (0..4u64).flat_map(|i| seed.wrapping_add(i).to_le_bytes()).collect();
	TestRunner::new_with_rng(
		Proptest { cases: CASES, failure_persistence: None, ..Proptest::default() },
		TestRng::from_seed(RngAlgorithm::ChaCha, &bytes),
	)
}

/// Whether the last commit of the organisation is long enough ago.
fn may_commit(organisation: OrgId) -> bool {
	Log::custodian(organisation).is_none_or(|found| found.last_at + INTERVAL <= now())
}

fn play(steps: Vec<Step>, met: &mut [u32; 6]) {
	let mut told = BTreeMap::<Moment, Told>::new();
	for step in steps {
		match step {
			Step::Commit(organisation, count, beside, good) => {
				let by = if organisation == HOSPITAL { STEWARD } else { OFFICER };
				let from = entries(organisation) + beside;
				let root =
					if count == 0 { empty_root() } else { LogHash::repeat_byte(count as u8) };
				let previous = if good { head(organisation) } else { LogHash::repeat_byte(9) };
				let may = may_commit(organisation);
				let call =
					Log::commit(signed(by), organisation, from, from + count, root, previous);
				assert_eq!(call.is_ok(), good && beside == 0 && may);
				met[usize::from(call.is_ok())] += 1;
			},
			Step::Attest(organisation, ago, count) => {
				let (by, other) =
					if organisation == HOSPITAL { (STEWARD, CLINIC) } else { (OFFICER, HOSPITAL) };
				let counts = Counts { matched: count, only_ours: 0, only_theirs: 0 };
				let done = attest(by, organisation, other, today() - ago, counts).is_ok();
				met[2] += u32::from(done);
			},
			Step::Anew(organisation, good) => {
				let by = if organisation == HOSPITAL { STEWARD } else { OFFICER };
				let previous = if good { head(organisation) } else { LogHash::repeat_byte(9) };
				let before = Log::custodian(organisation);
				let may = may_commit(organisation);
				let call = Log::begin_anew(signed(by), organisation, previous);
				assert_eq!(call.is_ok(), good && may && before.is_some());
				if call.is_ok() {
					let after = Log::custodian(organisation).unwrap();
					let before = before.unwrap();
					assert_eq!((after.epoch, after.entries), (before.epoch + 1, 0));
					assert_eq!(after.commits, before.commits + 1);
					met[4] += 1;
				}
			},
			Step::Impoverish => [HOSPITAL_ADMIN, CLINIC_ADMIN].into_iter().for_each(impoverish),
			Step::Pass(seconds) => {
				told.insert(now(), ask(now()));
				pass(seconds);
			},
		}
		for (at, answer) in &told {
			assert_eq!(ask(*at), *answer, "at {at}");
		}
	}
	met[5] += Custodians::<Test>::iter_values().map(|found| found.unpaid).sum::<u32>();
	met[3] += told.values().filter(|[(_, stale), _]| *stale == Some(true)).count() as u32;
	check_everything();
}

#[test]
fn whatever_happens_each_log_is_one_chain_and_the_past_stays() {
	let met = RefCell::new([0; 6]);
	runner()
		.run(&vec(step(), STEPS), |steps| {
			new_test_ext().execute_with(|| play(steps, &mut met.borrow_mut()));
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	let met = met.into_inner();
	println!("refused, committed, attested, stale, begun anew, unpaid: {met:?}");
	assert!(met.iter().all(|times| *times > 50), "{met:?}");
}
