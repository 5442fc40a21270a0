//! Random sequences of calls: whatever happens, the storage stays sound, answers about the past stay as they were
//! given, nothing free can be repeated, and no word of the patient's is good for two relationships.

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
const STEPS: usize = 400;

/// One step: somebody calls something, or the world moves on.
#[derive(Clone, Debug)]
enum Step {
	Call(u64, Box<Call<Test>>),
	/// Somebody hands in a signature that the wallet has made now, or made before.
	HandIn(OrgId, bool),
	/// The patient invites the organisation, and its staff records the relationship.
	Admit(OrgId, Moment),
	/// The first organisation sends the patient to the second with its signature, which then records the relationship.
	Refer(OrgId, OrgId),
	SetPolicy(CarePolicy),
	/// The patient opts in towards all, if it has opted out.
	Return,
	Pass(Moment),
	State(PatientState),
	Suspend(OrgId),
	Reinstate(OrgId),
}

fn organisation() -> impl Strategy<Value = OrgId> {
	prop_oneof![6 => Just(HOSPITAL), 6 => Just(CLINIC), 1 => Just(HIV_CLINIC)]
}

fn towards() -> impl Strategy<Value = Towards> {
	prop_oneof![Just(Towards::Everybody), organisation().prop_map(Towards::Organisation)]
}

fn kind() -> impl Strategy<Value = RelationshipKind> {
	prop_oneof![
		8 => Just(RelationshipKind::Admission),
		1 => Just(RelationshipKind::Referral),
	]
}

fn call() -> impl Strategy<Value = Call<Test>> {
	prop_oneof![
		8 => (organisation(), 1u64..100).prop_map(|(organisation, days)| Call::invite {
			organisation,
			until: START + days * DAY
		}),
		1 => (0u32..20).prop_map(|invitation| Call::withdraw_invitation { invitation }),
		12 => (organisation(), kind(), 1u64..100).prop_map(|(organisation, kind, days)| {
			Call::open { organisation, patient: PATIENT, kind, until: START + days * DAY }
		}),
		4 => (0u64..12).prop_map(|relationship| Call::end { relationship }),
		1 => (0u64..12).prop_map(|relationship| Call::leave { relationship }),
		3 => (organisation(), 0u64..12)
			.prop_map(|(organisation, relationship)| Call::end_for { organisation, relationship }),
		1 => Just(Call::opt_out {}),
		1 => organisation().prop_map(|organisation| Call::opt_out_of { organisation }),
		4 => towards().prop_map(|towards| Call::opt_in { towards }),
		6 => towards().prop_map(|towards| Call::apply_opt_in { patient: PATIENT, towards }),
		1 => towards().prop_map(|towards| Call::cancel_opt_in { towards }),
	]
}

fn step() -> impl Strategy<Value = Step> {
	let who = prop_oneof![
		8 => Just(WALLET),
		2 => Just(VIEWER),
		6 => Just(CLINICIAN),
		6 => Just(SPECIALIST),
		1 => Just(OTHER_WALLET),
		1 => Just(STRANGER),
	];
	let state = prop_oneof![
		12 => Just(PatientState::Active),
		2 => Just(PatientState::Frozen),
		1 => Just(PatientState::DeceasedProvisional),
		2 => Just(PatientState::Retired),
	];
	let policy = prop_oneof![Just(CarePolicy::CareTeam), Just(CarePolicy::ConsentOnly)];
	prop_oneof![
		30 => (who, call()).prop_map(|(who, call)| Step::Call(who, Box::new(call))),
		6 => (organisation(), any::<bool>()).prop_map(|(org, old)| Step::HandIn(org, old)),
		6 => (organisation(), 1u64..60).prop_map(|(org, days)| Step::Admit(org, days * DAY)),
		6 => (organisation(), organisation()).prop_map(|(from, to)| Step::Refer(from, to)),
		2 => policy.prop_map(Step::SetPolicy),
		2 => Just(Step::Return),
		8 => prop_oneof![3 => Just(1), 3 => Just(HOUR), 3 => Just(DAY), 1 => Just(40 * DAY)].prop_map(Step::Pass),
		1 => state.prop_map(Step::State),
		1 => organisation().prop_map(Step::Suspend),
		3 => organisation().prop_map(Step::Reinstate),
	]
}

/// What was told of a moment: which relationship lasted, whether it counted, and which policy was in force.
type Told = (Option<RelationshipId>, bool, CarePolicy);

fn ask(organisation: OrgId, at: Moment) -> Told {
	let found = <Care as CareRelations>::relationship(&PATIENT, organisation, at);
	let outs = <Care as CareRelations>::opt_outs(&PATIENT);
	let counts =
		found.is_some_and(|(_, treatment)| !outs.iter().any(|out| out.voids(&treatment, at)));
	(found.map(|(id, _)| id), counts, <Care as CareRelations>::policy(at))
}

/// Who records for the organisation.
fn staff(organisation: OrgId) -> u64 {
	if organisation == HOSPITAL {
		CLINICIAN
	} else {
		SPECIALIST
	}
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
	opened: u32,
	signed: u32,
	replayed: u32,
	free: u32,
	counted: u32,
	referred: u32,
	/// Moments at which the policy was no longer the first one.
	changed: u32,
	/// Calls that a retired handle's key was refused.
	retired: u32,
}

fn play(steps: Vec<Step>, met: &mut Met) {
	let mut told = BTreeMap::<(OrgId, Moment), Told>::new();
	let mut old: Vec<(OrgId, u32, u64, Moment, Moment, TestSignature)> = vec![];
	for (number, step) in steps.into_iter().enumerate() {
		if number % 25 == 0 {
			check_everything();
		}
		let before = NextRelationship::<Test>::get();
		match step {
			Step::Call(who, call) => {
				let opens = matches!(*call, Call::open { .. });
				let call = RuntimeCall::Care(*call);
				let free = call.is_feeless(&signed(who));
				let retired = People::state(&PATIENT)
					.is_some_and(|(state, _)| state == PatientState::Retired);
				let done = call.clone().dispatch(signed(who)).is_ok();
				if retired && matches!(who, WALLET | VIEWER) {
					assert!(!done && !free, "{call:?} of a retired handle");
					met.retired += 1;
				}
				if free {
					assert!(done, "{call:?} was free and failed");
					assert!(!call.is_feeless(&signed(who)), "{call:?} is free again");
					met.free += 1;
				}
				let opened = NextRelationship::<Test>::get() - before;
				assert_eq!(opened, u64::from(opens && done), "{call:?}");
				met.opened += opened as u32;
			},
			Step::HandIn(organisation, again) => {
				let by = staff(organisation);
				let kind = RelationshipKind::Admission;
				let hand = |word: &(OrgId, u32, u64, Moment, Moment, TestSignature)| {
					let (org, id, block, until, expiry, signature) = word.clone();
					Care::open_for(
						signed(by),
						org,
						WALLET,
						kind,
						until,
						id,
						block,
						expiry,
						signature,
					)
				};
				if again {
					for word in &old {
						// Used ones, and those that an end or an opt-out came after, are never good again.
						let due = Care::next_word(&PATIENT, word.0) == Some(word.1);
						let done = hand(word).is_ok();
						assert!(!done || due);
						met.replayed += u32::from(!done);
					}
				} else {
					pass(1);
					let id = Care::next_word(&PATIENT, organisation).unwrap();
					let (until, expiry) = (now() + 9 * DAY, now() + HOUR);
					let genesis = Care::genesis();
					let message = messages::open_for(
						&genesis,
						organisation,
						&PATIENT,
						kind,
						until,
						id,
						&seen(),
						expiry,
					);
					let word =
						(organisation, id, seen().0, until, expiry, TestSignature(WALLET, message));
					met.signed += u32::from(hand(&word).is_ok());
					assert!(Care::next_word(&PATIENT, organisation) >= Some(id));
					old.push(word);
				}
			},
			Step::Admit(organisation, term) => {
				let by = staff(organisation);
				let (kind, until) = (RelationshipKind::Ambulatory, now() + term);
				if Care::invite(signed(WALLET), organisation, until).is_ok()
					&& Care::open(signed(by), organisation, PATIENT, kind, until).is_ok()
				{
					met.opened += 1;
				}
			},
			Step::Refer(from, to) => {
				pass(1);
				let (until, expiry, seen) = (now() + 9 * DAY, now() + HOUR, seen());
				let id = Care::next_word(&PATIENT, to).unwrap();
				let genesis = Care::genesis();
				let message =
					messages::refer(&genesis, from, &PATIENT, to, until, id, &seen, expiry);
				let word = TestSignature(WALLET, message);
				let refer = || {
					let word = word.clone();
					let by = signed(staff(from));
					Care::refer(by, from, to, WALLET, until, id, seen.0, expiry, word)
				};
				if refer().is_ok() {
					assert!(from != to && to != HIV_CLINIC);
					assert!(ask(from, now()).1, "{from} sent a patient whom it did not treat");
					assert_eq!(refer(), Err(PalletError::WrongId.into()), "its word is used up");
					let open = |kind| Care::open(signed(staff(to)), to, PATIENT, kind, until);
					assert!(open(RelationshipKind::Admission).is_err());
					if open(RelationshipKind::Referral).is_ok() {
						let found = Relationships::<Test>::get(before).unwrap();
						assert_eq!(found.referred_by, Some(from));
						met.referred += 1;
					}
				}
			},
			Step::SetPolicy(policy) => {
				let _ = Care::set_policy(RuntimeOrigin::root(), policy);
			},
			Step::Return => {
				let all = [
					Towards::Everybody,
					Towards::Organisation(HOSPITAL),
					Towards::Organisation(CLINIC),
				];
				for towards in all {
					let _ = Care::opt_in(signed(WALLET), towards);
				}
				pass(DAY);
				for towards in all {
					let _ = Care::apply_opt_in(signed(STRANGER), PATIENT, towards);
				}
			},
			Step::Pass(seconds) => {
				for organisation in [HOSPITAL, CLINIC] {
					told.insert((organisation, now()), ask(organisation, now()));
				}
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
		for ((organisation, at), answer) in &told {
			assert_eq!(ask(*organisation, *at), *answer, "{organisation} at {at}");
		}
	}
	met.counted += told.values().filter(|(_, counts, _)| *counts).count() as u32;
	let changed = told.values().filter(|(.., policy)| *policy == CarePolicy::CareTeam).count();
	met.changed += changed as u32;
	check_everything();
}

#[test]
fn whatever_happens_the_past_stays_and_no_word_is_good_twice() {
	let met = RefCell::new(Met::default());
	runner()
		.run(&vec(step(), STEPS), |steps| {
			new_test_ext().execute_with(|| play(steps, &mut met.borrow_mut()));
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
	let Met { opened, signed, replayed, free, counted, referred, changed, retired } =
		met.into_inner();
	println!("opened {opened}, by signature {signed}, replayed {replayed}, free {free}, counted {counted}");
	println!("referred {referred}, another policy {changed}, refused when retired {retired}");
	for (what, times) in [
		("opened", opened),
		("signed", signed),
		("replayed", replayed),
		("free", free),
		("counted", counted),
		("another policy", changed),
		("retired", retired),
	] {
		assert!(times > 100, "{what}: {times} times only");
	}
	assert!(referred > 20, "referred: {referred} times only");
}
