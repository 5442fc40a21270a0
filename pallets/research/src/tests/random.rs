//! Random histories of all calls by two custodians, researchers, institutions, ethics bodies and committees, of patients who
//! withdraw, of administrations that change hands, of what the registry does, and of time: whatever happens, the storage stays sound,
//! answers about the past and protocols stay as they were given, each budget is exact and is spent by its own queries alone, no query is
//! reserved under a permit of which an input has lapsed, nobody decides who has a part in what is decided, and each permit is what was
//! done with it by those who might.
//!
//! 300 histories, always the same ones, because enough of each kind must come up in them; 10,000 that nobody has seen before with
//! `SALUS_LONG` set. `SALUS_SEED` repeats one run.

mod judges;
mod met;
mod model;
mod permits;
mod sessions;
mod steps;
mod terms;

use super::*;
use met::Met;
use model::{Model, SUCCESSOR};
use proptest::{
	collection::vec,
	test_runner::{Config as Proptest, RngAlgorithm, TestRng, TestRunner},
};
use std::{
	cell::RefCell,
	time::{SystemTime, UNIX_EPOCH},
};
use steps::{step, Step};

const CASES: u32 = 300;
const MANY: u32 = 10_000;
const STEPS: usize = 400;
/// Played at the same time; each has as many histories.
const LOTS: u64 = 4;

const USUAL_SEED: u64 = 17;

fn is_long() -> bool {
	std::env::var_os("SALUS_LONG").is_some()
}

fn seed() -> u64 {
	match std::env::var("SALUS_SEED") {
		Ok(seed) => seed.parse().expect("SALUS_SEED is a number"),
		Err(_) if !is_long() => USUAL_SEED,
		Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64,
	}
}

/// For one of the [`LOTS`], each of which has histories of its own.
fn runner(seed: u64, lot: u64, cases: u32) -> TestRunner {
	let word = |i: u64| seed.wrapping_add(4 * lot + i).to_le_bytes();
	let bytes: Vec<u8> = (0..4u64).flat_map(word).collect();
	TestRunner::new_with_rng(
		Proptest { cases, failure_persistence: None, ..Proptest::default() },
		TestRng::from_seed(RngAlgorithm::ChaCha, &bytes),
	)
}

fn play(steps: Vec<Step>, met: &mut Met) {
	use frame_support::traits::fungible::Mutate;
	// Whoever may come to administer something can pay.
	for who in MEMBERS.into_iter().chain([SUCCESSOR, STRANGER]) {
		assert_ok!(Balances::mint_into(&who, 1_000_000_000));
	}
	// What is always there says nothing of the histories, but that it can be done.
	let mut always = Met::default();
	let mut model = Model::begin(&mut always);
	met.opened(&always);
	for (n, step) in steps.into_iter().enumerate() {
		model.take(step, met);
		model.check_budgets();
		if n % 20 == 0 {
			Research::do_try_state().unwrap();
		}
	}
	model.check_past(met);
	model.check_protocols(met);
	model.close(met);
	Research::do_try_state().unwrap();
}

/// Plays `cases` histories of a lot; what came up in them.
fn play_lot(seed: u64, lot: u64, cases: u32) -> Met {
	let met = RefCell::new(Met::default());
	runner(seed, lot, cases)
		.run(&vec(step(), STEPS), |steps| {
			new_test_ext().execute_with(|| play(steps, &mut met.borrow_mut()));
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("lot {lot}: {failure}"));
	met.into_inner()
}

#[test]
fn whatever_happens_no_permit_outlives_its_inputs_and_the_past_and_the_budget_stay() {
	let cases = if is_long() { MANY } else { CASES };
	let seed = seed();
	println!("SALUS_SEED={seed}");
	let met = std::thread::scope(|scope| {
		let lots =
			(0..LOTS).map(|lot| scope.spawn(move || play_lot(seed, lot, cases / LOTS as u32)));
		let lots: Vec<_> = lots.collect();
		lots.into_iter()
			.map(|lot| lot.join().expect("a history failed"))
			.fold(Met::default(), Met::and)
	});
	println!("{cases} histories: {met:?}");
	met.check(cases / CASES);
}
