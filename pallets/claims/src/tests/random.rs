//! Random histories: whatever is called by whom, and whatever time does, the pallet does what a plain
//! ledger says, to the unit; nobody is paid twice; what is refused leaves nothing behind; and in the
//! end everything is settled.

mod acts;
mod covers;
mod ledger;
mod money;
mod steps;
mod world;

use crate::mock::*;
use frame_support::traits::GetCallName;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use std::{
	cell::RefCell,
	thread,
	time::{SystemTime, UNIX_EPOCH},
};
use steps::History;
use world::{Seen, World};

/// The histories are run side by side.
const WORKERS: u32 = 2;
/// How many histories each of the workers runs: 10,000 together.
const CASES: u32 = 5_000;

/// What has to have happened a hundred times at least, or the histories show nothing.
const EVENTS: [&str; 32] = [
	"CO 16",
	"CO 226",
	"CO 29",
	"CO B7",
	"PR 26",
	"PR 27",
	"corrected downwards, and given back",
	"corrected upwards, and paid more",
	"decided at once",
	"history",
	"lapsed",
	"paid",
	"paid in part",
	"paid interest",
	"pended with a hold",
	"pended without a hold",
	"pended, and attested in time",
	"pended, and decided",
	"pended, and ended by time",
	"replaced undecided",
	"superseded",
	"voided",
	"voided, and given back",
	"waited, and paid by anybody's call",
	"waited, and paid by funding",
	"waiting",
	"InsufficientFunds",
	"LineAlreadyClaimed",
	"LinesNotRecorded",
	"NotAuthorised",
	"NotYourClaim",
	"Unbalanced",
];

fn play(history: &History, seen: &RefCell<Seen>) {
	let mut seen = seen.borrow_mut();
	new_test_ext().execute_with(|| {
		let mut world = World::new(history, &mut seen);
		for (index, step) in history.moves.iter().enumerate() {
			world.take(step);
			if index % 12 == 11 {
				world.audit();
			}
		}
		world.audit();
		world.finish();
		world.audit();
		world.count("history");
	});
}

/// Runs one worker's share, and tells what was seen.
fn work(seed: u64) -> Seen {
	let bytes: Vec<u8> = (0..4u64).flat_map(|i| seed.wrapping_add(i).to_le_bytes()).collect();
	let mut runner = TestRunner::new_with_rng(
		Config { cases: CASES, failure_persistence: None, ..Config::default() },
		TestRng::from_seed(RngAlgorithm::ChaCha, &bytes),
	);
	let seen = RefCell::new(Seen::new());
	let run = |history| -> Result<(), TestCaseError> {
		play(&history, &seen);
		Ok(())
	};
	runner.run(&steps::history(), run).unwrap_or_else(|failure| panic!("{failure}"));
	seen.into_inner()
}

#[test]
fn whatever_happens_nothing_is_lost_and_nobody_is_paid_twice() {
	let seed: u64 = match std::env::var("SALUS_SEED") {
		Ok(seed) => seed.parse().expect("SALUS_SEED is a number"),
		Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64,
	};
	println!("SALUS_SEED={seed}");
	let workers: Vec<_> = (0..WORKERS)
		.map(|n| thread::spawn(move || work(seed.wrapping_add(1_000 * u64::from(n)))))
		.collect();
	let mut seen = Seen::new();
	for worker in workers {
		let one = worker.join().unwrap_or_else(|failure| std::panic::resume_unwind(failure));
		for (what, times) in one {
			*seen.entry(what).or_default() += times;
		}
	}
	println!("{seen:#?}");
	assert!(seen["history"] >= 10_000);
	let calls = <crate::Call<Test> as GetCallName>::get_call_names();
	for what in EVENTS.iter().chain(calls) {
		let times = seen.get(what).copied().unwrap_or_default();
		assert!(times >= 100, "{what}: {times} times");
	}
}
