//! Random sequences of calls: whatever happens, the storage stays sound, answers about the past
//! stay as they were given, and nothing free can be repeated.

use super::*;
use frame_support::dispatch::CheckIfFeeless;
use proptest::{
	collection::vec,
	prelude::*,
	test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use sp_runtime::traits::Dispatchable;
use std::{
	cell::RefCell,
	collections::{BTreeMap, BTreeSet},
	time::{SystemTime, UNIX_EPOCH},
};

const CASES: u32 = 192;
const STEPS: usize = 250;

/// One step: somebody calls something, or the world moves on.
#[derive(Clone, Debug)]
enum Step {
	/// A call, and a number that helps it to meet something.
	Call(u64, Box<Call<Test>>, usize),
	Pass(Moment),
	State(PatientState),
	Suspend(OrgId),
	Reinstate(OrgId),
}

const ORGANISATIONS: [OrgId; 3] = [HOSPITAL, CLINIC, HIV_CLINIC];

fn purpose() -> impl Strategy<Value = Purpose> {
	prop_oneof![
		4 => Just(Purpose::Treat),
		2 => Just(Purpose::Hpaymt),
		1 => Just(Purpose::Hresch),
		1 => Just(Purpose::Btg),
	]
}

fn organisation() -> impl Strategy<Value = OrgId> {
	prop_oneof![6 => Just(HOSPITAL), 6 => Just(CLINIC), 1 => Just(HIV_CLINIC)]
}

fn grantee() -> impl Strategy<Value = Grantee<u64>> {
	prop_oneof![
		Just(Grantee::Any),
		organisation().prop_map(Grantee::Organisation),
		organisation().prop_map(|org| Grantee::RoleAt(org, Role::Clinician)),
		prop_oneof![Just(CLINICIAN), Just(SPECIALIST)].prop_map(Grantee::Practitioner),
		organisation().prop_map(|org| Grantee::PractitionerAt(SPECIALIST, org)),
	]
}

/// Mostly acceptable, with a taste of everything that is not.
fn some_scope() -> impl Strategy<Value = Scope> {
	(0u8..16, vec(purpose(), 0..3), any::<u8>(), 0u16..60, 0u8..6).prop_map(
		|(actions, mut purposes, classes, labels, data)| {
			purposes.push(Purpose::Treat);
			Scope {
				actions: ActionSet(actions | 1),
				purposes: PurposeSet::of(&purposes),
				classes: DataClassSet(u32::from(classes) | (1 << 3)),
				labels: if labels == 0 { LabelSet::ALL } else { LabelSet::EMPTY },
				data: if data == 0 { Interval::new(5, START) } else { Interval::ALWAYS },
			}
		},
	)
}

fn some_access() -> impl Strategy<Value = Access> {
	(some_scope(), 1u64..4_000_000, prop_oneof![9 => 1u8..3, 1 => Just(3)]).prop_map(
		|(scope, term, depth)| Access {
			redisclose_depth: if scope.actions.contains(Action::Redisclose) { depth } else { 0 },
			scope,
			until: START + term,
			max_uses: None,
			erase_after: None,
		},
	)
}

fn target() -> impl Strategy<Value = LiftTarget> {
	prop_oneof![
		3 => (0u32..40).prop_map(LiftTarget::Directive),
		1 => purpose().prop_map(LiftTarget::Veto),
		1 => organisation().prop_map(LiftTarget::Requester),
		1 => base().prop_map(LiftTarget::BaseDecision),
	]
}

fn base() -> impl Strategy<Value = BaseDecision> {
	prop_oneof![
		1 => Just(BaseDecision::Unset),
		1 => Just(BaseDecision::Deny),
		2 => Just(BaseDecision::Permit)
	]
}

fn call() -> impl Strategy<Value = Call<Test>> {
	let ids = || 0u32..40;
	prop_oneof![
		8 => (grantee(), some_access())
			.prop_map(|(grantee, access)| Call::permit { grantee, access }),
		4 => (grantee(), some_scope(), 1u64..4_000_000)
			.prop_map(|(grantee, scope, term)| Call::deny { grantee, scope, until: START + term }),
		8 => ids().prop_map(|directive| Call::revoke { directive }),
		3 => ids().prop_map(|directive| Call::lift { directive }),
		1 => purpose().prop_map(|purpose| Call::veto_purpose { purpose }),
		3 => purpose().prop_map(|purpose| Call::lift_veto { purpose }),
		6 => target().prop_map(|target| Call::apply_lift { patient: PATIENT, target }),
		1 => target().prop_map(|target| Call::cancel_lift { target }),
		6 => (organisation(), some_access(), 0u8..3).prop_map(|(organisation, access, whom)| {
			let request_for = match whom {
				0 => RequestFor::Organisation,
				1 => RequestFor::Role(Role::Clinician),
				_ => RequestFor::Requester,
			};
			let terms = Commitment::repeat_byte(whom);
			Call::request_access { organisation, patient: PATIENT, request_for, access, terms }
		}),
		5 => (0u32..20, some_access())
			.prop_map(|(request, access)| Call::approve { request, access }),
		2 => (0u32..20).prop_map(|request| Call::decline { request }),
		1 => (0u32..20)
			.prop_map(|request| Call::expire_request { patient: PATIENT, request }),
		1 => organisation().prop_map(|organisation| Call::block_requester { organisation }),
		1 => organisation().prop_map(|organisation| Call::unblock_requester { organisation }),
		1 => base().prop_map(|decision| Call::set_base_decision { decision }),
		2 => base().prop_map(|decision| Call::relax_base_decision { decision }),
	]
}

fn step() -> impl Strategy<Value = Step> {
	let by = prop_oneof![
		12 => Just(WALLET), 3 => Just(VIEWER), 1 => Just(OTHER_WALLET), 1 => Just(STRANGER),
		6 => Just(SPECIALIST), 3 => Just(CLINICIAN),
	];
	prop_oneof![
		60 => (by, call(), any::<usize>())
			.prop_map(|(by, call, pick)| Step::Call(by, Box::new(call), pick)),
		12 => prop_oneof![4 => 1u64..3, 6 => 60u64..30_000, 1 => DAY..4 * DAY]
			.prop_map(Step::Pass),
		1 => Just(Step::State(PatientState::Frozen)),
		8 => Just(Step::State(PatientState::Active)),
		1 => (0usize..3).prop_map(|i| Step::Suspend(ORGANISATIONS[i])),
		6 => (0usize..3).prop_map(|i| Step::Reinstate(ORGANISATIONS[i])),
	]
}

/// Who might ask, and for what.
fn questions() -> Vec<Question<u64>> {
	let actors =
		[HOSPITAL_CLINICIAN, CLINIC_SPECIALIST, Actor::Organisation(CLINIC), Actor::Own(WALLET)];
	let purposes = [Purpose::Treat, Purpose::Hpaymt];
	let each = |actor| {
		purposes
			.iter()
			.flat_map(move |purpose| {
				[None, Some(10)].map(|data_time| Question {
					purpose: *purpose,
					data_time,
					..question(actor)
				})
			})
			.collect::<Vec<_>>()
	};
	actors.into_iter().flat_map(each).collect()
}

/// Most calls about something at random would be about nothing: this one is about something, as a
/// rule.
fn aimed(mut call: Call<Test>, pick: usize) -> Call<Test> {
	let some = |length: usize| pick.checked_rem(length).filter(|_| !pick.is_multiple_of(7));
	let open = OpenRequests::<Test>::get(PATIENT).open;
	let pending = PendingLifts::<Test>::get(PATIENT);
	match &mut call {
		Call::revoke { directive } | Call::lift { directive } => {
			*directive %= next_id(PATIENT) + 1;
		},
		Call::approve { request, access } => {
			if let Some((id, _)) = some(open.len()).map(|i| open[i]) {
				*request = id;
				if pick.is_multiple_of(2) {
					*access = Requests::<Test>::get(PATIENT, id).unwrap().access;
				}
			}
		},
		Call::decline { request } | Call::expire_request { request, .. } => {
			if let Some((id, _)) = some(open.len()).map(|i| open[i]) {
				*request = id;
			}
		},
		Call::apply_lift { target, .. } | Call::cancel_lift { target } => {
			if let Some(lift) = some(pending.len()).map(|i| pending[i]) {
				*target = lift.target;
			}
		},
		_ => (),
	}
	call
}

/// Who signs: as a rule somebody who may, else whoever the dice named.
fn signer(call: &Call<Test>, by: u64, pick: usize) -> u64 {
	if pick.is_multiple_of(5) {
		return by;
	}
	match call {
		Call::request_access { organisation: HOSPITAL, .. } => CLINICIAN,
		Call::request_access { .. } => SPECIALIST,
		_ => WALLET,
	}
}

#[derive(Default)]
struct Seen {
	calls: BTreeSet<&'static str>,
	verdicts: BTreeMap<String, u32>,
	events: u32,
	/// The longest history of any case.
	swept: u32,
}

fn play(steps: &[Step], seen: &RefCell<Seen>) {
	use frame_support::traits::GetCallName;
	let questions = questions();
	let mut given: Vec<(Moment, usize, Verdict)> = vec![];
	let note = |given: &mut Vec<(Moment, usize, Verdict)>| {
		for (i, question) in questions.iter().enumerate() {
			let verdict = Consent::decide(question).unwrap();
			given.push((now(), i, verdict));
			let kind = format!("{verdict:?}").replace(|c: char| c.is_ascii_digit(), "");
			*seen.borrow_mut().verdicts.entry(kind).or_default() += 1;
		}
	};
	// A past of nearly a page, so that what follows goes over its end.
	for _ in 0..PAGE - 6 {
		let id = permit(Grantee::Organisation(CLINIC));
		note(&mut given);
		pass(1);
		revoke(id);
	}
	for step in steps {
		match step {
			Step::Pass(seconds) => {
				note(&mut given);
				pass(*seconds);
			},
			Step::State(state) => set_state(PATIENT, *state),
			Step::Suspend(org) => suspend(*org),
			Step::Reinstate(org) => reinstate(*org),
			Step::Call(by, call, pick) => {
				let name = call.get_call_name();
				let call = aimed((**call).clone(), *pick);
				let origin = RuntimeOrigin::signed(signer(&call, *by, *pick));
				let call = RuntimeCall::Consent(call);
				let free = call.is_feeless(&origin);
				System::reset_events();
				let done = frame_support::storage::with_storage_layer(|| {
					call.clone().dispatch(origin.clone()).map_err(|refused| refused.error)
				});
				if done.is_ok() {
					seen.borrow_mut().calls.insert(name);
					let ours: Vec<_> = System::events()
						.into_iter()
						.filter_map(|record| match record.event {
							RuntimeEvent::Consent(event) => Some(event),
							_ => None,
						})
						.collect();
					// A word about the base decision calls off what waits, which is told by itself.
					let called_off = |event: &Event<Test>| {
						matches!(
							event,
							Event::LiftCancelled { target: LiftTarget::BaseDecision(_), .. }
						)
					};
					let about_base = matches!(
						call,
						RuntimeCall::Consent(
							Call::set_base_decision { .. }
								| Call::relax_base_decision { .. }
								| Call::apply_lift { target: LiftTarget::BaseDecision(_), .. }
						)
					);
					let also = ours.iter().filter(|event| about_base && called_off(event)).count();
					let told = ours.len() - also;
					assert!(
						told == 1 && also <= 1 || told == 0 && also == 1,
						"{call:?} is told once: {ours:?}"
					);
					seen.borrow_mut().events += 1;
				} else {
					assert!(!free, "{call:?} was free and failed: {done:?}");
				}
				if free {
					assert!(!call.is_feeless(&origin), "{call:?} is free again");
				}
			},
		}
	}
	note(&mut given);
	pass(1);
	check_everything();
	let swept = Live::<Test>::get(PATIENT).swept;
	let longest = seen.borrow().swept.max(swept);
	seen.borrow_mut().swept = longest;
	// Every answer as it was given last at its moment.
	let last: BTreeMap<(Moment, usize), Verdict> =
		given.into_iter().map(|(at, i, verdict)| ((at, i), verdict)).collect();
	let mut together = vec![];
	for ((at, i), verdict) in last {
		let again = Question { at: Some(at), ..questions[i].clone() };
		assert_eq!(Consent::decide(&again), Ok(verdict), "{again:?} after {}", at - START);
		together.push((again, Ok(verdict)));
	}
	// And whatever else is asked with it.
	for some in together.chunks(MAX_QUESTIONS as usize) {
		let (asked, answers): (Vec<_>, Vec<_>) = some.iter().cloned().unzip();
		assert_eq!(Consent::decide_many(asked), Ok(answers));
	}
}

#[test]
fn whatever_is_called_the_storage_is_sound_and_the_past_stays() {
	let seed: u64 = match std::env::var("SALUS_SEED") {
		Ok(seed) => seed.parse().expect("SALUS_SEED is a number"),
		Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64,
	};
	println!("SALUS_SEED={seed}");
	let bytes: Vec<u8> = (0..4u64).flat_map(|i| seed.wrapping_add(i).to_le_bytes()).collect();
	let mut runner = TestRunner::new_with_rng(
		Config { cases: CASES, failure_persistence: None, ..Config::default() },
		TestRng::from_seed(RngAlgorithm::ChaCha, &bytes),
	);
	let seen = RefCell::new(Seen::default());
	runner
		.run(&vec(step(), STEPS), |steps| {
			new_test_ext().execute_with(|| play(&steps, &seen));
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));

	let seen = seen.into_inner();
	println!("{} effective calls, {} swept at most: {seen:?}", seen.events, seen.swept);
	assert!(seen.swept > PAGE, "some history had more than a page");
	assert_eq!(seen.calls.len(), 16, "every call took effect somewhere: {:?}", seen.calls);
	for kind in [
		"Permit(Directive())",
		"Permit(Own)",
		"Permit(Base)",
		"Deny(Directive())",
		"Deny(Default)",
		"Deny(Veto)",
		"Deny(State)",
		"Deny(Credential)",
	] {
		assert!(seen.verdicts.get(kind).is_some_and(|times| *times >= 20), "{kind}: {seen:?}");
	}
}

impl std::fmt::Debug for Seen {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		write!(f, "{:?}", self.verdicts)
	}
}
