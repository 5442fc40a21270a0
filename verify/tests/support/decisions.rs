//! A chain's state as far as answers of consent depend on it, made by hand, and decision receipts of it.

use super::{header, hex, prove, state_with, Authority, Chain, Draft, State, NOW};
use codec::{Compact, Encode};
use salus_consent_decision::{
	BaseDecision, Directive, DirectiveBasis, DirectiveId, Effect, EndReason, Ended, GrantedBy,
	Grantee, PurposeVeto, Scope, SealedDirective, SealedId,
};
use salus_primitives::{
	Action, ActionSet, AdvanceDirective, CarePolicy, DataClass, DataClassSet, EmergencyAccess,
	EmergencyReason, Interval, KeyPurpose, KeyPurposeSet, LabelSet, OptOut, OrgKind, OrgKindSet,
	PatientId, PatientState, Purpose, PurposeSet, Role, Towards, Treatment,
};
use salus_verify::{
	decision::{
		Account, Actor, Basis, Facts, Item, LawfulCode, Question, Reason, Runtime, Source, Verdict,
		LAYOUTS,
	},
	Error, Hash,
};
use serde_json::{json, Value};
use std::cell::RefCell;

pub const PATIENT: PatientId = salus_primitives::Commitment::repeat_byte(0x77);
pub const OTHER: PatientId = salus_primitives::Commitment::repeat_byte(0x78);
pub const OWN_KEY: Account = [0x11; 32];
pub const DOCTOR: Account = [0xd0; 32];
pub const COLLEAGUE: Account = [0xd1; 32];
pub const NURSE: Account = [0xd2; 32];
pub const ADMIN: Account = [0xad; 32];
pub const HOSPITAL: u32 = 7;
pub const DAY: u64 = 86_400;
/// When all of it began.
pub const BEGAN: u64 = NOW - 30 * DAY;
const FOREVER: u64 = NOW + 300 * DAY;
const TICKET: u128 = 1_000_000;

/// The storage of a state by item, with what was read of it.
pub struct Storage<'a> {
	pub state: &'a State,
	pub read: RefCell<Vec<Item>>,
}

impl<'a> Storage<'a> {
	pub fn new(state: &'a State) -> Self {
		Self { state, read: RefCell::default() }
	}
}

impl Source for Storage<'_> {
	fn get(&self, item: Item) -> Result<Option<Vec<u8>>, Error> {
		self.read.borrow_mut().push(item);
		Ok(self.state.get(&item.key()).cloned())
	}
}

pub fn put(state: &mut State, item: Item, value: impl Encode) {
	state.insert(item.key(), value.encode());
}

/// A value over time.
pub fn line<V>(value: V, from: u64, past: u32) -> ((V, u64), Option<(V, u64)>, u32) {
	((value, from), None, past)
}

pub fn put_handle(state: &mut State, id: PatientId, now: PatientState, from: u64, past: u32) {
	let deposit = Some((ADMIN, TICKET));
	let left = (past > 0).then_some(from);
	let whole = (
		(BEGAN, Some(HOSPITAL), deposit, vec![OWN_KEY], line(now, from, past)),
		(left, None::<u64>, line([9_u8; 32], BEGAN, 0)),
	);
	put(state, Item::Handle(id), whole);
}

pub fn directive(effect: Effect, from: u64, ended: Option<u64>) -> Directive<Account> {
	Directive {
		effect,
		grantee: Grantee::Organisation(HOSPITAL),
		scope: Scope {
			actions: ActionSet::ALL,
			purposes: PurposeSet::of(&[Purpose::Treat, Purpose::Hpaymt]),
			classes: DataClassSet::ALL,
			labels: LabelSet::EMPTY,
			data: Interval::ALWAYS,
		},
		period: Interval::new(from, FOREVER),
		max_uses: None,
		redisclose_depth: 1,
		erase_after: None,
		granted_by: GrantedBy::Key,
		basis: DirectiveBasis::SelfMade,
		ended: ended.map(|at| Ended { at, why: EndReason::Revoked }),
	}
}

pub fn put_directives(
	state: &mut State,
	swept: u32,
	entries: Vec<(DirectiveId, Directive<Account>)>,
) {
	put(state, Item::Directives(PATIENT), (100_u32, swept, entries));
}

/// A sealed denial that nobody has opened.
pub fn sealed(effect: Effect, from: u64, ended: Option<u64>) -> SealedDirective {
	SealedDirective {
		effect,
		commitment: salus_primitives::Commitment::repeat_byte(0x5e),
		period: Interval::new(from, FOREVER),
		ended: ended.map(|at| Ended { at, why: EndReason::Revoked }),
		version: 1,
	}
}

pub fn put_sealed(state: &mut State, swept: u32, entries: Vec<(SealedId, SealedDirective)>) {
	put(state, Item::Sealed(PATIENT), (100_u32, swept, entries));
}

/// The patient's base decisions, each with the moment at which it began.
pub fn put_base(state: &mut State, terms: &[(u64, BaseDecision)]) {
	put(state, Item::BaseDecisions(PATIENT), terms.to_vec());
}

/// When an organisation was flagged: from when, and until when.
pub fn put_flags(state: &mut State, id: u32, times: &[(u64, Option<u64>)]) {
	put(state, Item::Flags(id), times.to_vec());
}

/// An organisation, flagged or not, as it stands beside its flags' history.
pub fn put_organisation(state: &mut State, id: u32, flagged: bool) {
	let kinds = OrgKindSet::of(&[OrgKind::Provider, OrgKind::Pharmacy]);
	let value = (
		(ADMIN, None::<Account>, [3_u8; 32], OrgKindSet::EMPTY, kinds),
		(flagged, true, Some(TICKET)),
	);
	put(state, Item::Organisation(id), value);
}

pub fn put_policy(state: &mut State, policy: CarePolicy) {
	put(state, Item::CarePolicies, vec![(BEGAN, policy), (FOREVER, CarePolicy::ConsentOnly)]);
}

pub fn put_relationship(
	state: &mut State,
	id: u64,
	from: u64,
	ended: Option<u64>,
	previous: Option<u64>,
) {
	let treatment =
		Treatment { organisation: HOSPITAL, period: Interval::new(from, FOREVER), ended };
	let ended_by = ended.map(|_| 0_u8);
	let value = (
		(PATIENT, treatment, 0_u8, (0_u8, 4_u32), None::<u32>, ended_by),
		(previous, ADMIN, TICKET),
	);
	put(state, Item::Relationship(id), value);
	put(state, Item::Pair(PATIENT, HOSPITAL), (Some(id), 3_u32));
}

/// An emergency, perhaps found unjustified: when, and for which organisation. Its own finding stops it.
pub fn put_emergency(
	state: &mut State,
	id: u32,
	from: u64,
	unjustified: Option<(u64, u32)>,
	previous: Option<u32>,
) {
	let access = EmergencyAccess {
		who: DOCTOR,
		organisation: HOSPITAL,
		classes: DataClassSet::ALL,
		period: Interval::new(from, from + 4 * 3_600),
	};
	let review = unjustified.map(|(at, acting_for)| (1_u8, at, ADMIN, acting_for));
	let stopped_at = unjustified.filter(|(_, by)| *by == HOSPITAL).map(|(at, _)| at);
	let value = (
		(PATIENT, access, EmergencyReason::UrgentCare, [5_u8; 32], from, false, true, stopped_at),
		(review, None::<u64>, None::<(u8, u64, Account, u32)>, previous, Some((ADMIN, TICKET))),
	);
	put(state, Item::Emergency(id), value);
	put(state, Item::LatestEmergency(PATIENT, HOSPITAL, DOCTOR), id);
}

/// A state in which the patient exists, the hospital is licensed and the doctor works there; and others around.
pub fn world() -> State {
	let mut state = state_with(&[]);
	put(&mut state, Item::Runtime, (Compact(2_000_u32), "salus"));
	for (pallet, version) in LAYOUTS {
		put(&mut state, Item::Layout(pallet), version);
	}
	for id in [PATIENT, OTHER] {
		put_handle(&mut state, id, PatientState::Active, BEGAN, 0);
	}
	let key = |purposes: &[KeyPurpose]| (PATIENT, KeyPurposeSet::of(purposes), BEGAN, None::<u64>);
	put(&mut state, Item::Key(OWN_KEY), key(&[KeyPurpose::View, KeyPurpose::Consent]));
	put(&mut state, Item::Key([0x12; 32]), key(&[KeyPurpose::Consent]));
	for id in [HOSPITAL, HOSPITAL + 1, HOSPITAL + 2] {
		put_organisation(&mut state, id, false);
		// Suspended for a day, and reinstated.
		let suspended = (BEGAN, FOREVER, Some((BEGAN + DAY, 0_u8)));
		let since = (BEGAN + 2 * DAY, FOREVER, None::<(u64, u8)>);
		put(
			&mut state,
			Item::Licence(id, OrgKind::Provider),
			(None::<u64>, vec![suspended, since]),
		);
		let revoked = (Some(BEGAN + DAY), vec![(BEGAN, FOREVER, Some((BEGAN + DAY, 1_u8)))]);
		put(&mut state, Item::Licence(id, OrgKind::Pharmacy), revoked);
		let works = (Role::Clinician, BEGAN, FOREVER, None::<u64>);
		let worked = (Role::Auditor, BEGAN, FOREVER, Some(BEGAN + DAY));
		let nurses = (Role::Nurse, BEGAN, FOREVER, None::<u64>);
		for (who, role) in [(DOCTOR, works), (COLLEAGUE, works), (NURSE, nurses)] {
			let affiliation = (Some((ADMIN, TICKET)), vec![worked, role]);
			put(&mut state, Item::Affiliation(id, who), affiliation);
		}
	}
	for id in [PATIENT, OTHER] {
		let lifted = PurposeVeto {
			purpose: Purpose::Treat,
			from: BEGAN + DAY,
			until: Some(BEGAN + 2 * DAY),
		};
		put(&mut state, Item::Vetoes(id), vec![lifted]);
		put(&mut state, Item::AdvanceDirectives(id), vec![(BEGAN, AdvanceDirective::NoLabelled)]);
	}
	let doctors = vec![HOSPITAL, HOSPITAL + 1, HOSPITAL + 2];
	for who in [DOCTOR, COLLEAGUE, NURSE] {
		put(&mut state, Item::Employers(who), doctors.clone());
	}
	// Of others, so that it takes nodes to show that the patient has none.
	for other in 0x80..0x90 {
		let id = PatientId::repeat_byte(other);
		put(&mut state, Item::OptOuts(id), opted_out(BEGAN));
		put(&mut state, Item::Vetoes(id), vec![0_u8; 40]);
		put(&mut state, Item::BaseDecisions(id), vec![(BEGAN, BaseDecision::Deny); 4]);
		put(
			&mut state,
			Item::Sealed(id),
			(9_u32, 0_u32, vec![(8_u32, sealed(Effect::Deny, BEGAN, None))]),
		);
		put(&mut state, Item::Flags(other.into()), vec![(BEGAN, Some(NOW)); 3]);
	}
	put_policy(&mut state, CarePolicy::CareTeam);
	state
}

pub fn question(purpose: Purpose, at: u64) -> Question<Account> {
	Question {
		subject: PATIENT,
		actor: Actor::Practitioner { who: DOCTOR, organisation: HOSPITAL },
		purpose,
		action: Action::Read,
		class: DataClass::Laboratory,
		labels: LabelSet::EMPTY,
		data_time: None,
		at: Some(at),
	}
}

/// The items that the answer to `question` depends on in `state`, and all that a receipt proves.
pub fn items(state: &State, question: &Question<Account>) -> Vec<Item> {
	let storage = Storage::new(state);
	let _ = Runtime::of(&storage);
	let _ = storage.get(Item::Time);
	let _ = Facts::read(question, NOW, &storage);
	storage.read.into_inner()
}

pub fn verdict_json(verdict: &Verdict) -> Value {
	let (kind, rule, number): (_, _, Option<u64>) = match verdict {
		Verdict::Permit(Basis::Directive(id)) => ("Permit", "Directive", Some((*id).into())),
		Verdict::Permit(Basis::SealedDirective(id)) => {
			("Permit", "SealedDirective", Some((*id).into()))
		},
		Verdict::Permit(Basis::Own) => ("Permit", "Own", None),
		Verdict::Permit(Basis::Base) => ("Permit", "Base", None),
		Verdict::Deny(Reason::Directive(id)) => ("Deny", "Directive", Some((*id).into())),
		Verdict::Deny(Reason::SealedDirective(id)) => {
			("Deny", "SealedDirective", Some((*id).into()))
		},
		Verdict::Deny(Reason::Sealed(id)) => ("Deny", "Sealed", Some((*id).into())),
		Verdict::Deny(Reason::Default) => ("Deny", "Default", None),
		Verdict::Deny(Reason::Veto) => ("Deny", "Veto", None),
		Verdict::Deny(Reason::State) => ("Deny", "State", None),
		Verdict::Deny(Reason::Credential) => ("Deny", "Credential", None),
		Verdict::Emergency(id) => ("Emergency", "Emergency", Some((*id).into())),
		Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(id)) => {
			("LawfulBasis", "TreatmentRelationship", Some(*id))
		},
	};
	json!({ "kind": kind, "rule": rule, "number": number.map(|number| number.to_string()) })
}

pub fn question_json(question: &Question<Account>) -> Value {
	let actor = match &question.actor {
		Actor::Organisation(id) => {
			json!({ "kind": "Organisation", "organisation": id, "account": null })
		},
		Actor::Practitioner { who, organisation } => {
			json!({ "kind": "Practitioner", "organisation": organisation, "account": Hash(*who) })
		},
		Actor::Own(key) => json!({ "kind": "Own", "organisation": null, "account": Hash(*key) }),
	};
	json!({
		"subject": Hash(question.subject.0), "actor": actor,
		"purpose": question.purpose, "action": question.action, "dataClass": question.class,
		"labels": question.labels.iter().collect::<Vec<_>>(),
		"dataTime": question.data_time.map(|time| time.to_string()),
		"at": question.at.map(|at| at.to_string()),
	})
}

/// A block with that state, final by the set 1 of `chain`, and a receipt of it with a proof of `keys`.
pub fn receipt_of(
	chain: &Chain,
	state: &State,
	keys: &[Vec<u8>],
	question: &Question<Account>,
	verdict: &Verdict,
) -> Value {
	let voters: &[Authority] = &chain.sets[1];
	let (root, proof) = prove(state, keys);
	let block = header(Hash([1; 32]), 12, root, &[]);
	let draft = Draft::new(1, &block, 12, voters);
	json!({
		"format": "salus-decision", "version": 1, "genesis": chain.genesis.hash,
		"header": hex(&block),
		"finality": { "setId": 1, "justification": hex(draft.encode()) },
		"proof": proof.iter().map(hex).collect::<Vec<_>>(),
		"specVersion": 2_000,
		"question": question_json(question),
		"verdict": verdict_json(verdict),
	})
}

/// A genuine receipt, as somebody makes it who has the whole state.
pub fn receipt(
	chain: &Chain,
	state: &State,
	question: &Question<Account>,
	verdict: &Verdict,
) -> Value {
	let keys: Vec<_> = items(state, question).iter().map(Item::key).collect();
	receipt_of(chain, state, &keys, question, verdict)
}

pub fn opted_out(from: u64) -> Vec<OptOut> {
	vec![OptOut { towards: Towards::Everybody, from, until: None }]
}
