//! Random sequences of calls: whatever happens, the storage stays sound, answers about the past stay as they were
//! given, nothing free can be repeated, and nothing loosens without its delay.

use super::*;
use frame_support::dispatch::CheckIfFeeless;
use proptest::{
	collection::vec,
	prelude::*,
	test_runner::{Config as Proptest, RngAlgorithm, TestRng, TestRunner},
};
use salus_primitives::traits::Patients;
use sp_runtime::traits::Dispatchable;
use std::{
	cell::RefCell,
	collections::{BTreeMap, BTreeSet},
	time::{SystemTime, UNIX_EPOCH},
};

const CASES: u32 = 96;
const STEPS: usize = 200;

/// One step: somebody calls something, or the world moves on.
#[derive(Clone, Debug)]
enum Step {
	Call(u64, Box<Call<Test>>),
	/// Somebody makes the call about one of the last sealed directives, counted back from the newest.
	Recent(u64, Recent, u32),
	Pass(Moment),
	State(PatientState),
}

#[derive(Clone, Copy, Debug)]
enum Recent {
	Revoke,
	Lift,
	Apply,
	Cancel,
}

fn step() -> impl Strategy<Value = Step> {
	let who = || {
		prop_oneof![
			10 => Just(WALLET),
			4 => Just(VIEWER),
			1 => Just(OTHER_WALLET),
			1 => Just(STRANGER),
		]
	};
	// What is added to the next number, and seconds beside the grid: mostly nothing.
	let ahead = prop_oneof![12 => Just(0u32), 1 => Just(1u32)];
	let beside = prop_oneof![12 => Just(0u64), 1 => Just(DAY)];
	let call = (any::<bool>(), any::<u8>(), 0u64..4, beside, ahead).prop_map(
		|(permits, byte, ends, beside, sealed)| {
			let until = (START / GRID + ends) * GRID + beside;
			let commitment = Commitment::repeat_byte(byte);
			match permits {
				true => Call::permit_sealed { sealed, commitment, until },
				false => Call::deny_sealed { sealed, commitment, until },
			}
		},
	);
	let recent = prop_oneof![
		2 => Just(Recent::Revoke),
		2 => Just(Recent::Lift),
		3 => Just(Recent::Apply),
		1 => Just(Recent::Cancel),
	];
	let state = prop_oneof![
		12 => Just(PatientState::Active),
		2 => Just(PatientState::Frozen),
		1 => Just(PatientState::DeceasedProvisional),
	];
	prop_oneof![
		10 => (who(), call).prop_map(|(who, call)| Step::Call(who, Box::new(call))),
		12 => (who(), recent, 0u32..12).prop_map(|(who, call, back)| Step::Recent(who, call, back)),
		4 => prop_oneof![3 => Just(1), 3 => Just(HOUR), 3 => Just(DAY), 1 => Just(9 * DAY)].prop_map(Step::Pass),
		1 => state.prop_map(Step::State),
	]
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

#[derive(Default)]
struct Met {
	permits: u32,
	denials: u32,
	revoked: u32,
	lifted: u32,
	free: u32,
	moved: u32,
}

/// The denials in force, and how long each would be by its own end.
fn denials() -> BTreeMap<SealedId, Moment> {
	let found = Sealed::sealed(&PATIENT, now()).unwrap();
	let denials = found.into_iter().filter(|(_, it)| it.effect == Effect::Deny);
	denials.map(|(id, it)| (id, it.period.until)).collect()
}

fn permits() -> BTreeSet<SealedId> {
	let found = Sealed::sealed(&PATIENT, now()).unwrap();
	found.into_iter().filter(|(_, it)| it.effect == Effect::Permit).map(|(id, _)| id).collect()
}

fn play(steps: Vec<Step>, met: &mut Met) {
	let mut told = BTreeMap::<Moment, Vec<SealedId>>::new();
	// When the lift of each was last asked for.
	let mut asked = BTreeMap::<SealedId, Moment>::new();
	for step in steps {
		let (denied, permitted) = (denials(), permits());
		let call = match step {
			Step::Call(who, mut call) => {
				if let Call::permit_sealed { sealed, .. } | Call::deny_sealed { sealed, .. } =
					call.as_mut()
				{
					*sealed += next_of(who);
				}
				Some((who, *call))
			},
			Step::Recent(who, recent, back) => {
				let sealed = Sealed::next_sealed(&PATIENT).saturating_sub(1 + back);
				let patient = PATIENT;
				let call = match recent {
					Recent::Revoke => Call::revoke { sealed },
					Recent::Lift => Call::lift { sealed },
					Recent::Apply => Call::apply_lift { patient, sealed },
					Recent::Cancel => Call::cancel_lift { sealed },
				};
				Some((who, call))
			},
			Step::Pass(seconds) => {
				told.insert(now(), in_force());
				pass(seconds);
				None
			},
			Step::State(state) => {
				if People::state(&PATIENT).is_some_and(|(present, _)| present != state) {
					set_state(PATIENT, state);
				}
				None
			},
		};
		if let Some((who, call)) = call {
			let (made, runtime_call) = (call.clone(), RuntimeCall::Sealed(call));
			let free = runtime_call.is_feeless(&signed(who));
			let done = runtime_call.clone().dispatch(signed(who)).is_ok();
			if free {
				assert!(done, "{made:?} was free and failed");
				assert!(!runtime_call.is_feeless(&signed(who)), "{made:?} is free again");
				met.free += 1;
			}
			let more = permits().difference(&permitted).count() as u32;
			let after = denials();
			let less = denied.keys().filter(|id| !after.contains_key(*id)).count() as u32;
			match made {
				Call::permit_sealed { .. } => {
					assert_eq!(more, u32::from(done && who == WALLET), "{made:?}");
					met.permits += more;
				},
				Call::apply_lift { sealed, .. } if done => {
					assert_eq!((more, less), (0, 1));
					assert!(asked[&sealed] + DAY <= now(), "lifted without its delay");
					met.lifted += 1;
				},
				_ => assert_eq!((more, less), (0, 0), "{made:?} let more than before"),
			}
			match made {
				Call::deny_sealed { .. } => {
					met.denials += (after.len() - denied.len()) as u32;
				},
				Call::revoke { .. } => met.revoked += u32::from(done),
				Call::lift { sealed } if done && who != OTHER_WALLET => {
					asked.insert(sealed, now());
				},
				_ => {},
			}
		}
		for (at, answer) in told.range(..now()) {
			assert_eq!(in_force_at(*at), *answer, "at {at}");
		}
	}
	met.moved += Live::<Test>::get(PATIENT).swept;
	Sealed::do_try_state().unwrap();
}

#[test]
fn whatever_happens_the_past_stays_and_nothing_loosens_without_its_delay() {
	let met = RefCell::new(Met::default());
	runner()
		.run(&vec(step(), STEPS), |steps| {
			new_test_ext().execute_with(|| play(steps, &mut met.borrow_mut()));
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	let Met { permits, denials, revoked, lifted, free, moved } = met.into_inner();
	println!("permits {permits}, denials {denials}, revoked {revoked}, lifted {lifted}, free {free}, moved {moved}");
	for (what, times) in [
		("permits", permits),
		("denials", denials),
		("revoked", revoked),
		("lifted", lifted),
		("free", free),
		("moved", moved),
	] {
		assert!(times > 50, "{what}: {times} times only");
	}
}
