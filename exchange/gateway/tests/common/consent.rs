//! What of a small world stands in the chain's state for decisions, in the layouts of the pallets.

use super::node::{Grant, World};
use codec::{Compact, DecodeAll, Encode};
use salus_consent_decision::{
	Directive, DirectiveBasis, Effect, EndReason, Ended, GrantedBy, Grantee, PurposeVeto, Question,
	Reason, Scope, SealedDirective, SealedId, Verdict,
};
use salus_exchange_protocol::Hash;
use salus_gateway::chain::outgoing::custodian_key;
use salus_primitives::{
	ActionSet, CarePolicy, DataClassSet, EmergencyAccess, EmergencyReason, Interval, KeyPurpose,
	KeyPurposeSet, LabelSet, OrgKind, OrgKindSet, PatientId, PatientState, Purpose, PurposeSet,
	Role, Treatment,
};
use salus_verify::{
	decision::{Facts, Item, Source, LAYOUTS},
	Error,
};
use std::collections::{BTreeMap, BTreeSet};

type State = BTreeMap<Vec<u8>, Vec<u8>>;
/// A time under a licence: from when, until when, and its early end.
type Time = (u64, u64, Option<(u64, u8)>);

const FOREVER: u64 = u64::MAX;
const ADMIN: [u8; 32] = [0xAD; 32];
const TICKET: u128 = 1;

fn set(state: &mut State, item: Item, value: impl Encode) {
	state.insert(item.key(), value.encode());
}

/// A value over time that has always been that.
fn line<V>(value: V) -> ((V, u64), Option<(V, u64)>, u32) {
	((value, 0), None, 0)
}

fn directive(grant: &Grant) -> Directive<[u8; 32]> {
	let classes = match grant.classes.is_empty() {
		true => DataClassSet::ALL,
		false => DataClassSet(grant.classes.iter().fold(0, |bits, class| bits | 1 << class)),
	};
	Directive {
		effect: Effect::Permit,
		grantee: Grantee::Organisation(grant.organisation),
		scope: Scope {
			actions: ActionSet::ALL,
			purposes: PurposeSet::of(&[Purpose::Treat]),
			classes,
			labels: LabelSet::EMPTY,
			data: Interval::new(grant.data.0, grant.data.1),
		},
		period: Interval::ALWAYS,
		max_uses: None,
		redisclose_depth: 1,
		erase_after: None,
		granted_by: GrantedBy::Key,
		basis: DirectiveBasis::SelfMade,
		ended: grant.ended.map(|at| Ended { at, why: EndReason::Revoked }),
	}
}

/// Puts what decisions rest on into the state.
pub fn put(world: &World, state: &mut State) {
	set(state, Item::Runtime, (Compact(world.runtime), "salus"));
	for (pallet, version) in LAYOUTS {
		set(state, Item::Layout(pallet), version);
	}
	let keyed = world.keys.iter().map(|(patient, _)| *patient);
	for handle in world.patients.iter().copied().chain(keyed) {
		put_patient(world, state, handle);
	}
	for (patient, key) in &world.keys {
		let purposes = KeyPurposeSet::of(&[KeyPurpose::View]);
		let until = world.removed.get(key).copied();
		set(state, Item::Key(*key), (PatientId::from(patient.0), purposes, 0_u64, until));
	}
	for id in &world.organisations {
		let held = OrgKindSet::of(&[OrgKind::Provider]);
		let profile = world.profiles.get(id).map_or([3_u8; 32], |found| found.0);
		let value = (
			(ADMIN, None::<[u8; 32]>, profile, OrgKindSet::EMPTY, held),
			(false, true, Some(TICKET)),
		);
		set(state, Item::Organisation(*id), value);
		if let Some((keys, since)) = world.client_keys.get(id) {
			set(state, Item::ClientKeys(*id), (keys.0, *since));
		}
		let always = vec![(0, world.stopped.get(id).copied())];
		// Ended ones were suspended.
		let times = world.licences.get(id).unwrap_or(&always).iter();
		let times = times.map(|(from, ended)| (*from, FOREVER, ended.map(|at| (at, 0_u8))));
		let since: Vec<Time> = times.collect();
		set(state, Item::Licence(*id, OrgKind::Provider), (None::<u64>, since));
	}
	for (organisation, (commits, entries, head, last_at)) in &world.logs {
		let stands = (*commits, 0_u32, *entries, *head, *last_at, 0_u32);
		state.insert(custodian_key(*organisation), stands.encode());
	}
	let mut employers: BTreeMap<[u8; 32], Vec<u32>> = BTreeMap::new();
	let mut works: BTreeMap<(u32, [u8; 32]), Vec<_>> = BTreeMap::new();
	let clinicians = world.members.iter().map(|each| (*each, Role::Clinician));
	let officers = world.officers.iter().map(|each| (*each, Role::PrivacyOfficer));
	for (each, role) in clinicians.chain(officers) {
		works.entry(each).or_default().push((role, 0_u64, FOREVER, None::<u64>));
	}
	for ((id, who), works) in works {
		set(state, Item::Affiliation(id, who), (Some((ADMIN, TICKET)), works));
		employers.entry(who).or_default().push(id);
	}
	for (who, at) in employers {
		set(state, Item::Employers(who), at);
	}
	put_late(world, state);
	if !world.treated.is_empty() {
		set(state, Item::CarePolicies, vec![(0_u64, CarePolicy::CareTeam)]);
	}
	for (id, (patient, organisation)) in (6_u64..).zip(&world.treated) {
		let (patient, organisation) = (PatientId::from(patient.0), *organisation);
		let treatment = Treatment { organisation, period: Interval::ALWAYS, ended: None };
		let value = (
			(patient, treatment, 0_u8, (0_u8, 4_u32), None::<u32>, None::<u8>),
			(None::<u64>, ADMIN, TICKET),
		);
		set(state, Item::Relationship(id), value);
		set(state, Item::Pair(patient, organisation), (Some(id), 3_u32));
	}
	for (id, (patient, who)) in (5_u32..).zip(&world.emergencies) {
		let patient = PatientId::from(patient.0);
		for organisation in world.organisations.iter().copied() {
			let classes = DataClassSet::ALL;
			let access =
				EmergencyAccess { who: *who, organisation, classes, period: Interval::ALWAYS };
			let value = emergency(patient, access, EmergencyReason::UrgentCare, ([5; 32], 0), None);
			// One for each organisation; the numbers of the first world's are those of tests.
			if world.members.contains(&(organisation, *who)) {
				set(state, Item::Emergency(id), value);
				set(state, Item::LatestEmergency(patient, organisation, *who), id);
			}
		}
	}
}

/// An emergency, as the pallet stores it.
fn emergency(
	patient: PatientId,
	access: EmergencyAccess<[u8; 32]>,
	reason: impl Encode,
	(detail, recorded): ([u8; 32], u64),
	previous: Option<u32>,
) -> impl Encode {
	type Opinion = Option<(u8, u64, [u8; 32], u32)>;
	let first = (patient, access, reason, detail, recorded, false, true, None::<u64>);
	let found: Opinion = None;
	(first, (found, None::<u64>, found, previous, Some((ADMIN, TICKET))))
}

fn put_late(world: &World, state: &mut State) {
	let mut last: BTreeMap<(Hash, u32, [u8; 32]), u32> = BTreeMap::new();
	for (id, late) in (50_u32..).zip(&world.late) {
		let patient = PatientId::from(late.patient.0);
		let access = EmergencyAccess {
			who: late.who,
			organisation: late.organisation,
			classes: DataClassSet(late.classes),
			period: Interval::new(late.happened, late.happened),
		};
		let previous = last.insert((late.patient, late.organisation, late.who), id);
		let noted = (late.detail.0, late.recorded);
		let value = emergency(patient, access, late.reason, noted, previous);
		set(state, Item::Emergency(id), value);
		set(state, Item::LatestLate(patient, late.organisation, late.who), id);
	}
}

fn put_patient(world: &World, state: &mut State, handle: Hash) {
	let patient = PatientId::from(handle.0);
	let keys: BTreeSet<[u8; 32]> =
		world.keys.iter().filter(|(of, _)| *of == handle).map(|(_, key)| *key).collect();
	let value = (
		(
			0_u64,
			None::<u32>,
			Some((ADMIN, TICKET)),
			keys.into_iter().collect::<Vec<_>>(),
			line(world.states.get(&handle).copied().unwrap_or(PatientState::Active)),
		),
		(None::<u64>, None::<u64>, line([9_u8; 32])),
	);
	set(state, Item::Handle(patient), value);
	if let Some(advance) = world.advance.get(&handle) {
		set(state, Item::AdvanceDirectives(patient), vec![(0_u64, *advance)]);
	}
	let grants = world.grants.iter().filter(|grant| grant.patient == handle);
	let mut entries: Vec<(u32, Directive<[u8; 32]>)> = (1..).zip(grants.map(directive)).collect();
	if let Some((organisation, ended)) = world.research.yes.get(&handle) {
		let grant = Grant {
			patient: handle,
			organisation: *organisation,
			classes: vec![],
			data: (0, FOREVER),
			ended: *ended,
		};
		let mut yes = directive(&grant);
		yes.scope.purposes = PurposeSet::of(&[Purpose::Hresch]);
		entries.push((90, yes));
	}
	let said = world.said.iter().filter(|(of, _)| *of == handle);
	entries.extend(said.map(|(_, each)| each.clone()));
	set(state, Item::Directives(patient), (100_u32, 0_u32, entries));
	if let Some(from) = world.research.vetoes.get(&handle) {
		let veto = PurposeVeto { purpose: Purpose::Hresch, from: *from, until: None };
		set(state, Item::Vetoes(patient), vec![veto]);
	}
	let sealed = world.sealed.iter().filter(|(of, _)| *of == handle);
	let sealed: Vec<(SealedId, SealedDirective)> = sealed.map(|(_, each)| *each).collect();
	if !sealed.is_empty() {
		set(state, Item::Sealed(patient), (100_u32, 0_u32, sealed));
	}
}

/// What of a state is asked for.
struct All<'a>(&'a State);

impl Source for All<'_> {
	fn get(&self, item: Item) -> Result<Option<Vec<u8>>, Error> {
		Ok(self.0.get(&item.key()).cloned())
	}
}

/// The answer of `ConsentApi_decide_many` at a moment: by the chain's rules, or by rules of its own, which refuse all.
pub fn decide_many(state: &State, time: u64, argument: &[u8], otherwise: bool) -> Vec<u8> {
	let questions = Vec::<Question<[u8; 32]>>::decode_all(&mut &*argument).unwrap();
	let answers = questions.iter().map(|question| match Facts::read(question, time, &All(state)) {
		_ if otherwise => Ok(Verdict::Deny(Reason::State)),
		Ok(facts) => Ok(facts.verdict(question)),
		Err(Error::NoSuchPatient { .. }) => Err(1_u8),
		Err(error) => panic!("{error}"),
	});
	Ok::<_, u8>(answers.collect::<Vec<_>>()).encode()
}
