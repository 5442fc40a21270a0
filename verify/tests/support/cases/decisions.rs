//! Decision receipts, genuine and not: each with what must be said of it. They are also the vectors in
//! `docs/vectors/decisions`, of which `tests/verifier/decisions.rs` and the client judge each.

use super::super::{
	decisions::*,
	hex,
	relay::{genesis_of, para_state, relay_state, Under, PARA},
	Chain, Draft, State, NOW,
};
use super::Maker;
use salus_consent_decision::{Effect, PurposeVeto};
use salus_primitives::{LabelSet, PatientState, Purpose, SensitivityLabel};
use salus_verify::{
	decision::{
		Account, Actor, Basis, Decided, DecisionReceipt, Item, LawfulCode, Question, Reason,
		Verdict,
	},
	state::genesis_key,
	Error, Genesis, GenesisFile, Hash, Parachain, Sets, Trail,
};
use serde_json::{json, Value};
use std::collections::BTreeMap;

const TREAT: Purpose = Purpose::Treat;

/// A decision receipt with all that belongs to it.
pub struct DecisionCase {
	pub name: &'static str,
	pub about: &'static str,
	pub receipt: Value,
	/// The hash of the chain's block 0.
	pub expect: Hash,
	/// Of a parachain: its number, and the hash of the relay chain's block 0.
	pub relay: Option<(u32, Hash)>,
	/// Of a genuine one, what the answer depends on: each key, with what stands there.
	pub items: Option<BTreeMap<String, Option<String>>>,
	/// The exit code: 0 let, 3 refused by the chain; and the code of the refusal, if it proves nothing.
	pub verdict: (u8, Option<&'static str>),
}

impl DecisionCase {
	/// The whole check, as the program does it, with the usual genesis and trail.
	pub fn judge(&self, usual: &Value) -> Result<Decided, Error> {
		let text = |value: &Value| value.to_string().into_bytes();
		let receipt = DecisionReceipt::parse(&text(&self.receipt))?;
		let pinned = self.relay.map_or(self.expect, |(_, relay)| relay);
		let genesis = Genesis::from_file(&GenesisFile::parse(&text(&usual["genesis"]))?, pinned)?;
		let sets = Sets::follow(&genesis, Some(&Trail::parse(&text(&usual["trail"]))?), &[])?;
		match self.relay {
			None => receipt.verify(&sets),
			Some((id, _)) => receipt.verify(Parachain { relay: &sets, id, genesis: self.expect }),
		}
	}

	pub fn json(&self) -> Value {
		let (exit, error) = self.verdict;
		json!({
			"name": self.name, "about": self.about, "expectGenesis": self.expect,
			"relay": self.relay.map(|(para, genesis)| json!({ "paraId": para, "expectGenesis": genesis })),
			"receipt": self.receipt, "items": self.items,
			"verdict": { "exit": exit, "error": error },
		})
	}
}

/// The usual state, with a Permit for the hospital under the number 3.
pub fn permitted() -> State {
	let mut state = world();
	put_directives(&mut state, 0, vec![(3, directive(Effect::Permit, BEGAN, None))]);
	state
}

/// A state with a past: a Permit that ended and was moved to the second page of the history, a handle that was frozen, two
/// relationships and two emergencies.
pub fn with_past() -> State {
	let mut state = world();
	let then = NOW - DAY;
	put_directives(&mut state, 33, vec![]);
	let ended_before = directive(Effect::Deny, BEGAN, Some(BEGAN + DAY));
	let revoked = directive(Effect::Permit, BEGAN, Some(then));
	put(
		&mut state,
		Item::PastDirectives(PATIENT, 0),
		(BEGAN + 2 * DAY, vec![(1_u32, ended_before)]),
	);
	put(&mut state, Item::PastDirectives(PATIENT, 1), (NOW, vec![(34_u32, revoked)]));
	put_handle(&mut state, PATIENT, PatientState::Active, NOW - 5 * DAY + 3_600, 2);
	put(&mut state, Item::PastState(PATIENT, 0), (PatientState::Active, BEGAN));
	put(&mut state, Item::PastState(PATIENT, 1), (PatientState::Frozen, NOW - 5 * DAY));
	put_relationship(&mut state, 5, BEGAN, Some(then + 60), None);
	put_relationship(&mut state, 8, then + 60, Some(then + 90), Some(5));
	put_relationship(&mut state, 9, then + 90, None, Some(8));
	put_emergency(&mut state, 1, then - 60, None, None);
	put_emergency(&mut state, 6, NOW - 60, None, Some(1));
	state
}

fn told(state: &State, question: &Question<Account>) -> BTreeMap<String, Option<String>> {
	let items = items(state, question);
	items.iter().map(|item| (hex(item.key()), state.get(&item.key()).map(hex))).collect()
}

pub fn genuine(
	chain: &Chain,
	name: &'static str,
	about: &'static str,
	state: &State,
	question: &Question<Account>,
	verdict: Verdict,
) -> DecisionCase {
	DecisionCase {
		name,
		about,
		receipt: receipt(chain, state, question, &verdict),
		expect: chain.genesis.hash,
		relay: None,
		items: Some(told(state, question)),
		verdict: (if verdict.allows() { 0 } else { 3 }, None),
	}
}

impl Maker {
	/// All cases of decision receipts.
	pub fn of_decisions(&self) -> Vec<DecisionCase> {
		let mut cases = self.genuine_decisions();
		cases.extend(self.forged_decisions());
		cases.extend(self.decisions_of_base_and_seals());
		cases.push(self.decision_of_parachain());
		cases
	}

	fn genuine_decisions(&self) -> Vec<DecisionCase> {
		let chain = &self.chain;
		let (state, past) = (permitted(), with_past());
		let with = |change: &dyn Fn(&mut State)| {
			let mut state = permitted();
			change(&mut state);
			state
		};
		let treat = question(TREAT, NOW);
		let asked_by = |actor| Question { actor, ..treat.clone() };
		let denied = with(&|state| {
			let permit = directive(Effect::Permit, BEGAN, None);
			put_directives(state, 0, vec![(3, permit), (4, directive(Effect::Deny, NOW, None))]);
		});
		let vetoed = with(&|state| {
			let veto = PurposeVeto { purpose: TREAT, from: NOW, until: None };
			put(state, Item::Vetoes(PATIENT), vec![veto]);
		});
		let dead = with(&|state| put_handle(state, PATIENT, PatientState::DeceasedFinal, NOW, 0));
		let mut left = past.clone();
		put(&mut left, Item::OptOuts(PATIENT), opted_out(NOW));
		let stopped = |by| {
			let mut state = with_past();
			put_emergency(&mut state, 6, NOW - 60, Some((NOW, by)), Some(1));
			state
		};
		let glass = question(Purpose::Btg, NOW);
		let nurse = Actor::Practitioner { who: NURSE, organisation: HOSPITAL };
		let labels = LabelSet::of(&[SensitivityLabel::Psy, SensitivityLabel::Hiv]);
		let labelled = Question { labels, data_time: Some(BEGAN), ..treat.clone() };
		let elsewhere = Actor::Practitioner { who: DOCTOR, organisation: 99 };
		let relationship = |id| Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(id));
		let permit = |id| Verdict::Permit(Basis::Directive(id));
		let (refused, system) = (Verdict::Deny, Actor::Organisation(HOSPITAL));
		vec![
			genuine(chain, "permit", "A directive permits.", &state, &treat, permit(3)),
			genuine(
				chain,
				"permit-to-system",
				"The same to the organisation as such.",
				&state,
				&asked_by(system),
				permit(3),
			),
			genuine(
				chain,
				"own",
				"The patient's own key.",
				&state,
				&asked_by(Actor::Own(OWN_KEY)),
				Verdict::Permit(Basis::Own),
			),
			genuine(
				chain,
				"own-stranger",
				"A key that is nobody's.",
				&state,
				&asked_by(Actor::Own([0x13; 32])),
				refused(Reason::Credential),
			),
			genuine(
				chain,
				"deny",
				"A Deny before a Permit.",
				&denied,
				&treat,
				refused(Reason::Directive(4)),
			),
			genuine(
				chain,
				"veto",
				"A veto before a Permit.",
				&vetoed,
				&treat,
				refused(Reason::Veto),
			),
			genuine(chain, "state", "The patient is dead.", &dead, &treat, refused(Reason::State)),
			genuine(
				chain,
				"credential",
				"Of an organisation that there is not.",
				&state,
				&asked_by(elsewhere),
				refused(Reason::Credential),
			),
			genuine(
				chain,
				"labelled",
				"Nothing permits labelled data.",
				&state,
				&labelled,
				refused(Reason::Default),
			),
			genuine(
				chain,
				"relationship",
				"A care relationship, under the care policy.",
				&past,
				&treat,
				relationship(9),
			),
			genuine(
				chain,
				"opted-out",
				"The same after an opt-out.",
				&left,
				&treat,
				refused(Reason::Default),
			),
			genuine(
				chain,
				"emergency-stopped",
				"An emergency that the organisation found unjustified.",
				&stopped(HOSPITAL),
				&glass,
				refused(Reason::Default),
			),
			genuine(
				chain,
				"emergency-found",
				"One that an auditor found unjustified goes on.",
				&stopped(HOSPITAL + 1),
				&glass,
				Verdict::Emergency(6),
			),
			genuine(
				chain,
				"emergency-nurse",
				"No clinician.",
				&past,
				&Question { actor: nurse, ..glass.clone() },
				refused(Reason::Default),
			),
			genuine(
				chain,
				"emergency",
				"An emergency.",
				&past,
				&question(Purpose::Btg, NOW),
				Verdict::Emergency(6),
			),
			genuine(
				chain,
				"past-permit",
				"As of a moment before a Permit ended, out of the history.",
				&past,
				&question(TREAT, NOW - DAY - 1),
				permit(34),
			),
			genuine(
				chain,
				"past-state",
				"As of a moment at which the handle was frozen.",
				&past,
				&question(Purpose::Hpaymt, NOW - 5 * DAY),
				refused(Reason::State),
			),
			genuine(
				chain,
				"past-relationship",
				"As of a moment in an earlier relationship.",
				&past,
				&question(TREAT, NOW - DAY),
				relationship(5),
			),
			genuine(
				chain,
				"past-emergency",
				"As of a moment in an earlier emergency.",
				&past,
				&question(Purpose::Btg, NOW - DAY),
				Verdict::Emergency(1),
			),
		]
	}

	fn forged_decisions(&self) -> Vec<DecisionCase> {
		let (chain, state) = (&self.chain, permitted());
		let treat = question(TREAT, NOW);
		let verdict = Verdict::Permit(Basis::Directive(3));
		let usual = receipt(chain, &state, &treat, &verdict);
		let case = |name, about, code, receipt| DecisionCase {
			name,
			about,
			receipt,
			expect: chain.genesis.hash,
			relay: None,
			items: None,
			verdict: (if code == "malformed" { 2 } else { 1 }, Some(code)),
		};
		let with = |path: &str, value: Value| {
			let mut receipt = usual.clone();
			*receipt.pointer_mut(path).expect("it is there") = value;
			receipt
		};
		let without = |state: &State, question: &Question<Account>, verdict, item: Item| {
			let keys: Vec<_> = items(state, question)
				.iter()
				.filter(|each| **each != item)
				.map(Item::key)
				.collect();
			receipt_of(chain, state, &keys, question, &verdict)
		};
		let past = with_past();
		let of = |item: Item, value: Vec<u8>| {
			let mut state = permitted();
			state.insert(item.key(), value);
			let keys: Vec<_> = items(&permitted(), &treat).iter().map(Item::key).collect();
			receipt_of(chain, &state, &keys, &treat, &verdict)
		};
		let mut newer = world();
		put_directives(&mut newer, 0, vec![(3, directive(Effect::Permit, BEGAN, Some(NOW)))]);
		let mut older = receipt(chain, &newer, &treat, &verdict);
		older["proof"] = usual["proof"].clone();
		let mut minority = usual.clone();
		let block =
			super::super::header(Hash([1; 32]), 12, super::super::prove(&state, &[]).0, &[]);
		let draft = Draft::new(1, &block, 12, &chain.sets[1][..2]);
		minority["finality"]["justification"] = json!(hex(draft.encode()));
		let then = question(TREAT, NOW - DAY - 1);
		let page = Item::PastDirectives(PATIENT, 0);
		let early = Question { at: Some(BEGAN - 1), ..treat.clone() };
		let stranger = receipt(chain, &state, &early, &verdict);
		let mut round = world();
		put_relationship(&mut round, 9, NOW, None, Some(9));
		let circle =
			receipt(chain, &round, &question(TREAT, NOW - 1), &Verdict::Deny(Reason::Default));
		let salus = |version: u32| codec::Encode::encode(&(codec::Compact(version), "salus"));
		vec![
			case(
				"other-verdict",
				"The verdict was changed.",
				"other-verdict",
				with("/verdict", verdict_json(&Verdict::Deny(Reason::Default))),
			),
			case(
				"other-rule",
				"The number of the directive was changed.",
				"other-verdict",
				with("/verdict/number", json!("4")),
			),
			case(
				"other-purpose",
				"The purpose was changed.",
				"other-verdict",
				with("/question/purpose", json!("Hmarkt")),
			),
			case(
				"other-labels",
				"A label was added.",
				"other-verdict",
				with("/question/labels", json!(["Psy"])),
			),
			case(
				"other-patient",
				"The patient was changed.",
				"fact-unproven",
				with("/question/subject", json!(Hash(OTHER.0))),
			),
			case(
				"other-organisation",
				"The organisation was changed.",
				"fact-unproven",
				with("/question/actor/organisation", json!(HOSPITAL + 1)),
			),
			case(
				"later-moment",
				"The state is older than the moment.",
				"future-moment",
				with("/question/at", json!((NOW + 1).to_string())),
			),
			case("before-patient", "There was no such handle yet.", "no-such-patient", stranger),
			case(
				"no-directives",
				"The nodes of the directives are left out.",
				"fact-unproven",
				without(&state, &treat, verdict, Item::Directives(PATIENT)),
			),
			case(
				"no-vetoes",
				"The nodes of the vetoes are left out.",
				"fact-unproven",
				without(&state, &treat, verdict, Item::Vetoes(PATIENT)),
			),
			case(
				"no-page",
				"A page of the past is left out.",
				"fact-unproven",
				without(&past, &then, Verdict::Permit(Basis::Directive(34)), page),
			),
			case(
				"no-opt-outs",
				"That there are no opt-outs is left out.",
				"fact-unproven",
				without(
					&past,
					&treat,
					Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(9)),
					Item::OptOuts(PATIENT),
				),
			),
			case("older-state", "The proof of an older block's state.", "other-state", older),
			case("minority", "Too few voted for the block.", "minority", minority),
			case(
				"unknown-runtime",
				"Of a runtime whose rules are not known.",
				"unknown-runtime",
				of(Item::Runtime, salus(2_001)),
			),
			case(
				"unknown-layout",
				"Consent stores in a later version.",
				"unknown-layout",
				of(Item::Layout("Consent"), vec![4, 0]),
			),
			case(
				"unreadable",
				"The directives are laid out otherwise.",
				"unreadable-fact",
				of(Item::Directives(PATIENT), vec![1; 40]),
			),
			case(
				"circle",
				"A relationship that names itself as the one before.",
				"unreadable-fact",
				circle,
			),
			case(
				"other-runtime",
				"The file names another version.",
				"other-runtime",
				with("/specVersion", json!(1_999)),
			),
			case(
				"other-genesis",
				"Of another chain.",
				"other-genesis",
				with("/genesis", json!(Hash([1; 32]))),
			),
			case(
				"malformed-actor",
				"A person without an account.",
				"malformed",
				with("/question/actor/account", Value::Null),
			),
		]
	}

	/// Of a parachain: the same question, with the relay chain's evidence and the chain's own genesis in the proof.
	fn decision_of_parachain(&self) -> DecisionCase {
		let genesis = genesis_of("salus");
		let asked = question(TREAT, NOW);
		let mut state = para_state(permitted(), genesis);
		put(&mut state, Item::Runtime, (codec::Compact(2_000_u32), "salus-parachain"));
		let under = Under {
			genesis,
			state: state.clone(),
			number: 33,
			para: PARA,
			head_of: PARA,
			relay_state: relay_state(&[]),
			relay_number: 12,
			set: 1,
			voters: self.chain.sets[1].clone(),
		};
		let verdict = Verdict::Permit(Basis::Directive(3));
		let mut keys: Vec<_> = items(&state, &asked).iter().map(Item::key).collect();
		keys.push(genesis_key());
		let (_, proof) = super::super::prove(&state, &keys);
		let of_records = under.receipt(&self.chain, &[]);
		let receipt = json!({
			"format": "salus-decision", "version": 2, "genesis": genesis,
			"header": of_records["header"], "finality": of_records["finality"],
			"proof": proof.iter().map(hex).collect::<Vec<_>>(),
			"specVersion": 2_000, "question": question_json(&asked), "verdict": verdict_json(&verdict),
		});
		DecisionCase {
			name: "parachain",
			about: "Of a parachain.",
			receipt,
			expect: genesis,
			relay: Some((PARA, self.chain.genesis.hash)),
			items: Some(told(&state, &asked)),
			verdict: (0, None),
		}
	}
}
