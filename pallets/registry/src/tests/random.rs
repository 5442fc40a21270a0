//! Random sequences of calls, against a naive model of who was what and when.
//!
//! The model remembers each answer of the registry about the present, second by second. Whatever
//! happens later, the registry must still answer the same about those seconds.

use crate::{mock::*, *};
use proptest::prelude::*;
use salus_primitives::{
	traits::{Credentials, Registrars as _},
	CapabilitySet, Commitment, Moment, OrgId, OrgKind, OrgKindSet, Role, RoleSet,
};
use sp_runtime::traits::Dispatchable;

const ORGS: u32 = 4;
const KINDS: [OrgKind; 2] = [PROVIDER, LABORATORY];
const ROLES: [Role; 2] = [Role::Clinician, Role::Nurse];
const ADMINS: [AccountId; 4] = [AUTHORITY, HOSPITAL, INSURER, STRANGER];
const PEOPLE: [AccountId; 3] = [DOCTOR, NURSE, REGISTRAR];

fn any_kind() -> impl Strategy<Value = OrgKind> {
	prop::sample::select(&KINDS[..])
}

fn any_role() -> impl Strategy<Value = Role> {
	prop::sample::select(&ROLES[..])
}

fn any_account() -> impl Strategy<Value = AccountId> {
	prop::sample::select([&ADMINS[..], &PEOPLE[..]].concat())
}

/// How far ahead of the present an end lies.
fn any_term() -> impl Strategy<Value = Moment> {
	0u64..30
}

#[derive(Clone, Debug)]
enum Step {
	Wait(Moment),
	/// A call whose `until` is still relative to the present.
	Call(AccountId, Call<Test>),
	Governance(Call<Test>),
}

fn any_call() -> impl Strategy<Value = Call<Test>> {
	let org = 0..ORGS;
	prop_oneof![
		1 => prop::sample::subsequence(KINDS.to_vec(), 1..=2)
			.prop_map(|k| Call::apply { kinds: kinds(&k), profile: profile() }),
		3 => (org.clone(), any_kind(), any_term())
			.prop_map(|(org, kind, until)| Call::admit { org, kind, until }),
		1 => (org.clone(), any_kind()).prop_map(|(org, kind)| Call::decline { org, kind }),
		1 => org.clone().prop_map(|org| Call::withdraw { org }),
		3 => (org.clone(), any_kind(), any_term())
			.prop_map(|(org, kind, until)| Call::renew { org, kind, until }),
		3 => (org.clone(), any_kind()).prop_map(|(org, kind)| Call::suspend { org, kind }),
		3 => (org.clone(), any_kind(), any_term())
			.prop_map(|(org, kind, until)| Call::reinstate { org, kind, until }),
		1 => (org.clone(), any_kind()).prop_map(|(org, kind)| Call::revoke { org, kind }),
		1 => (org.clone(), any::<bool>())
			.prop_map(|(org, flagged)| Call::set_flag { org, flagged }),
		1 => (org.clone(), any_account())
			.prop_map(|(org, new)| Call::rotate_admin { org, new }),
		1 => org.clone().prop_map(|org| Call::accept_admin { org }),
		4 => (org.clone(), any_account(), any_role(), any_term())
			.prop_map(|(org, account, role, until)| Call::invite { org, account, role, until }),
		4 => (org.clone(), any_role())
			.prop_map(|(org, role)| Call::accept_affiliation { org, role }),
		1 => (org.clone(), any_role())
			.prop_map(|(org, role)| Call::decline_affiliation { org, role }),
		1 => (org.clone(), any_account(), any_role())
			.prop_map(|(org, account, role)| Call::cancel_invitation { org, account, role }),
		2 => (org.clone(), any_account(), any_role())
			.prop_map(|(org, account, role)| Call::end_affiliation { org, account, role }),
		1 => (org.clone(), any_account())
			.prop_map(|(org, account)| Call::assume_deposit { org, account }),
		1 => (org.clone(), 8u8..11)
			.prop_map(|(org, key)| Call::set_agreement_key { org, agreement_key: [key; 32] }),
		1 => (org, 0u8..3).prop_map(|(org, keys)| {
			Call::set_client_keys { org, keys: Commitment::repeat_byte(keys) }
		}),
	]
}

fn any_step() -> impl Strategy<Value = Step> {
	prop_oneof![
		2 => (0u64..4).prop_map(Step::Wait),
		8 => (any_account(), any_call()).prop_map(|(who, call)| Step::Call(who, call)),
		// Most calls have one right caller.
		8 => (any::<prop::sample::Index>(), any_call()).prop_map(|(index, call)| {
			let who = match &call {
				Call::apply { .. } => *index.get(&ADMINS),
				Call::admit { .. }
				| Call::decline { .. }
				| Call::renew { .. }
				| Call::suspend { .. }
				| Call::reinstate { .. }
				| Call::revoke { .. }
				| Call::set_flag { .. } => REGISTRAR,
				Call::accept_affiliation { .. } | Call::decline_affiliation { .. } => {
					*index.get(&PEOPLE)
				},
				_ => HOSPITAL,
			};
			Step::Call(who, call)
		}),
		1 => (any_account(), 0..ORGS, any_term()).prop_map(|(account, org, until)| {
			let (kinds, capabilities) = (OrgKindSet::ALL, CapabilitySet::ALL);
			Step::Governance(Call::appoint_registrar { account, org, kinds, capabilities, until })
		}),
		1 => any_account().prop_map(|account| Step::Governance(Call::dismiss_registrar { account })),
	]
}

/// Moves the call's end from "so far ahead" to a moment.
fn at_present(mut call: Call<Test>) -> Call<Test> {
	match &mut call {
		Call::admit { until, .. }
		| Call::renew { until, .. }
		| Call::reinstate { until, .. }
		| Call::invite { until, .. }
		| Call::appoint_registrar { until, .. } => *until += now(),
		_ => {},
	}
	call
}

/// Every answer of the registry about one moment.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Answers {
	licences: Vec<Option<u32>>,
	roles: Vec<RoleSet>,
	registrars: Vec<Option<(OrgId, CapabilitySet)>>,
	/// Of organisations with a licence then: nobody asks for others.
	flags: Vec<Option<bool>>,
}

fn answers(at: Moment) -> Answers {
	let everybody = [&ADMINS[..], &PEOPLE[..]].concat();
	let mut answers = Answers {
		licences: Vec::new(),
		roles: Vec::new(),
		registrars: Vec::new(),
		flags: Vec::new(),
	};
	for org in 0..ORGS {
		let licensed = !Registry::licensed_kinds(org, at).is_empty();
		answers.flags.push(licensed.then(|| Registry::was_flagged(org, at)));
		for kind in KINDS {
			let interval = Registry::licence_interval(org, kind, at);
			assert_eq!(interval.is_some(), Registry::was_licensed(org, kind, at));
			assert_eq!(interval.is_some(), Registry::licensed_kinds(org, at).contains(kind));
			// What is kept of the last time says to the second what the whole history does.
			let licence = Licences::<Test>::get(org, kind).unwrap_or_default();
			assert_eq!(interval, licence.interval_at(at).map(|(index, _)| index));
			answers.licences.push(interval);
		}
		for who in &everybody {
			answers.roles.push(Registry::roles(org, who, at));
		}
	}
	for who in &everybody {
		answers.registrars.push(Registry::registrar(who, at));
	}
	answers
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]

	#[test]
	fn whatever_happens_the_state_is_sound_and_past_answers_stay(
		steps in prop::collection::vec(any_step(), 1..120),
	) {
		let mut builder = licensed();
		builder.organisations[1].1 = kinds(&KINDS).0;
		builder.build_and_execute(|| {
			let mut past: Vec<(Moment, Answers)> = Vec::new();
			for step in steps {
				match step {
					Step::Wait(seconds) => {
						for _ in 0..seconds {
							past.push((now(), answers(now())));
							set_now(now() + 1);
						}
					},
					Step::Call(who, call) => {
						let call = RuntimeCall::from(at_present(call));
						let free = frame_support::dispatch::CheckIfFeeless::is_feeless(
							&call,
							&signed(who),
						);
						let result = call.clone().dispatch(signed(who));
						assert!(!free || result.is_ok(), "{call:?} was free and failed");
					},
					Step::Governance(call) => {
						let _ = RuntimeCall::from(at_present(call)).dispatch(root());
					},
				}
				Registry::do_try_state().unwrap();
			}
			// Whatever was in force leaves a second in which it was, or went on from what was before.
			let empty = |tenure: &dyn Tenure| tenure.span().until <= tenure.span().from;
			for (_, _, licence) in Licences::<Test>::iter() {
				for interval in licence.intervals.iter().filter(|interval| empty(*interval)) {
					assert!(licence.intervals.iter().any(|before| {
						before.span().contains(interval.from) || before.span().contains(interval.from - 1)
					}), "{licence:?}");
				}
			}
			for (_, _, affiliation) in Affiliations::<Test>::iter() {
				assert!(!affiliation.intervals.iter().any(|interval| empty(interval)), "{affiliation:?}");
			}
			for (at, then) in past {
				assert_eq!(answers(at), then, "about {at}");
			}
		});
	}
}
