//! Random sequences of calls: whatever happens, the storage stays sound, answers about the past stay as they were given,
//! each emergency has one outcome, and nobody judges an own one.

use super::*;
use frame_support::dispatch::CheckIfFeeless;
use proptest::{
	collection::vec,
	prelude::*,
	test_runner::{Config as Proptest, RngAlgorithm, TestRng, TestRunner},
};
use sp_runtime::traits::Dispatchable;
use std::{
	cell::RefCell,
	collections::BTreeMap,
	time::{SystemTime, UNIX_EPOCH},
};

const CASES: u32 = 96;
const STEPS: usize = 150;

/// One step: somebody calls something, or the world moves on.
#[derive(Clone, Debug)]
enum Step {
	Call(u64, Box<Call<Test>>),
	Pass(Moment),
	State(PatientState),
	Suspend(OrgId),
	Reinstate(OrgId),
}

fn finding() -> impl Strategy<Value = Finding> {
	prop_oneof![3 => Just(Finding::Justified), 1 => Just(Finding::Unjustified)]
}

fn classes() -> impl Strategy<Value = DataClassSet> {
	prop_oneof![8 => (1u32..16).prop_map(DataClassSet), 1 => Just(DataClassSet(1 << 30))]
}

fn advance() -> impl Strategy<Value = AdvanceDirective> {
	prop_oneof![
		3 => Just(AdvanceDirective::Unrestricted),
		2 => Just(AdvanceDirective::NoLabelled),
		1 => Just(AdvanceDirective::NoEmergency),
	]
}

fn ids() -> impl Strategy<Value = EmergencyId> {
	0u32..10
}

/// A call, and by whom: mostly by somebody who may.
fn call() -> impl Strategy<Value = (u64, Call<Test>)> {
	let (reason, detail) = (EmergencyReason::UrgentCare, Commitment::zero());
	let clinician = || {
		prop_oneof![
			6 => Just((CLINICIAN, HOSPITAL)),
			4 => Just((SPECIALIST, CLINIC)),
			2 => Just((HIV_CLINICIAN, HIV_CLINIC)),
			1 => Just((NURSE, HOSPITAL)),
			1 => Just((OFFICER, HOSPITAL)),
		]
	};
	let reviewer = || {
		prop_oneof![
			6 => Just((OFFICER, HOSPITAL)),
			4 => Just((AUDITOR, AUDITORS)),
			3 => Just((SECOND_AUDITOR, OTHER_AUDITORS)),
			1 => Just((CLINICIAN, HOSPITAL)),
		]
	};
	let key = || prop_oneof![6 => Just(WALLET), 2 => Just(VIEWER), 1 => Just(OTHER_WALLET)];
	let patient = PATIENT;
	prop_oneof![
		12 => (clinician(), classes()).prop_map(move |((who, organisation), classes)| {
			(who, Call::break_glass { organisation, patient, reason, classes, detail })
		}),
		3 => (clinician(), classes(), 0u64..3).prop_map(
			move |((who, organisation), classes, days)| {
				let happened_at = START + days * DAY;
				(who, Call::break_glass_late {
					organisation, patient, reason, classes, happened_at, detail
				})
			}
		),
		14 => (reviewer(), ids(), finding()).prop_map(
			|((who, acting_for), emergency, finding)| {
				(who, Call::review { acting_for, emergency, finding })
			}
		),
		14 => (key(), ids()).prop_map(|(who, emergency)| (who, Call::dispute { emergency })),
		14 => (reviewer(), ids(), finding()).prop_map(
			|((who, acting_for), emergency, finding)| {
				(who, Call::rule { acting_for, emergency, finding })
			}
		),
		1 => (key(), advance())
			.prop_map(|(who, value)| (who, Call::set_advance_directive { value })),
		4 => (key(), advance())
			.prop_map(|(who, value)| (who, Call::relax_advance_directive { value })),
		4 => Just((STRANGER, Call::apply_relaxation { patient })),
		1 => key().prop_map(|who| (who, Call::cancel_relaxation {})),
	]
}

fn step() -> impl Strategy<Value = Step> {
	let state = prop_oneof![
		12 => Just(PatientState::Active),
		2 => Just(PatientState::Frozen),
		1 => Just(PatientState::DeceasedProvisional),
	];
	let organisation = || prop_oneof![Just(HOSPITAL), Just(CLINIC)];
	prop_oneof![
		40 => call().prop_map(|(who, call)| Step::Call(who, Box::new(call))),
		12 => prop_oneof![3 => Just(1), 4 => Just(3 * HOUR), 3 => Just(DAY), 1 => Just(90 * DAY)]
			.prop_map(Step::Pass),
		1 => state.prop_map(Step::State),
		1 => organisation().prop_map(Step::Suspend),
		2 => organisation().prop_map(Step::Reinstate),
	]
}

/// What was told of a moment.
type Told = (Vec<EmergencyId>, Vec<EmergencyId>, AdvanceDirective, Vec<Outcome>);

fn ask(at: Moment, known: u32) -> Told {
	let of = |organisation, who| {
		<Glass as Answers<u64>>::emergencies(&PATIENT, organisation, &who, at)
			.into_iter()
			.map(|(id, _)| id)
			.collect()
	};
	let outcomes = (0..known).filter_map(|id| Glass::outcome_at(id, at)).collect();
	(of(HOSPITAL, CLINICIAN), of(CLINIC, SPECIALIST), advance_at(at), outcomes)
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
	declared: u32,
	over: u32,
	reviewed: u32,
	silent: u32,
	disputed: u32,
	ruled: u32,
	free: u32,
}

fn play(steps: Vec<Step>, met: &mut Met) {
	let mut told = BTreeMap::<Moment, (u32, Told)>::new();
	for step in steps {
		match step {
			Step::Call(who, call) => {
				let call = RuntimeCall::Glass(*call);
				let free = call.is_feeless(&signed(who));
				let done = call.clone().dispatch(signed(who)).is_ok();
				if free {
					assert!(done, "{call:?} was free and failed");
					assert!(!call.is_feeless(&signed(who)), "{call:?} is free again");
					met.free += 1;
				}
			},
			Step::Pass(seconds) => {
				let known = NextEmergency::<Test>::get();
				told.insert(now(), (known, ask(now(), known)));
				pass(seconds);
			},
			Step::State(state) => {
				if People::state(&PATIENT).is_some_and(|(present, _)| present != state) {
					set_state(PATIENT, state);
				}
			},
			Step::Suspend(organisation) => suspend(organisation),
			Step::Reinstate(organisation) => reinstate(organisation),
		}
		for (at, (known, answer)) in &told {
			assert_eq!(ask(*at, *known), *answer, "at {at}");
		}
	}
	check_everything();
	pass(YEAR);
	for found in Emergencies::<Test>::iter_values() {
		met.declared += 1;
		met.over += u32::from(found.over_credit);
		match Glass::outcome(&found, now()) {
			Outcome::Pending => panic!("an emergency without an outcome"),
			Outcome::Found(_) | Outcome::Disputed(_) => met.reviewed += 1,
			Outcome::UnjustifiedBySilence | Outcome::Unreviewed => met.silent += 1,
			Outcome::Ruled(_) => met.ruled += 1,
		}
		met.disputed += u32::from(found.disputed_at.is_some());
	}
	for organisation in [HOSPITAL, CLINIC, HIV_CLINIC] {
		let standing = Glass::standing(organisation);
		let Counts { timely, late, justified, unjustified, by_silence, late_unreviewed, .. } =
			standing.counts;
		// Each has reached exactly one outcome.
		let reached = justified + unjustified + by_silence + late_unreviewed;
		assert_eq!(timely + late, reached, "{organisation}");
		assert_eq!(standing.pending, 0);
	}
}

#[test]
fn whatever_happens_the_past_stays_and_each_emergency_has_one_outcome() {
	let met = RefCell::new(Met::default());
	runner()
		.run(&vec(step(), STEPS), |steps| {
			new_test_ext().execute_with(|| play(steps, &mut met.borrow_mut()));
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	let Met { declared, over, reviewed, silent, disputed, ruled, free } = met.into_inner();
	println!(
		"declared {declared}, over credit {over}, reviewed {reviewed}, silent {silent}, \
		 disputed {disputed}, ruled {ruled}, free {free}"
	);
	for (what, times, least) in [
		("declared", declared, 500),
		("over credit", over, 1),
		("reviewed", reviewed, 20),
		("silent", silent, 20),
		("disputed", disputed, 5),
		("ruled", ruled, 5),
		("free", free, 20),
	] {
		assert!(times >= least, "{what}: {times} times only");
	}
}
