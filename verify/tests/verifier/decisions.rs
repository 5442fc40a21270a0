//! Decision receipts: what is proven is judged as the chain judges it, and each forgery is refused in its own words.

use crate::support::{
	cases::{decisions::permitted, decisions_sealed::with_past_seal},
	decisions::*,
	header, hex, prove, Chain, Draft, State, NOW,
};
use salus_consent_decision::{Effect, PurposeVeto};
use salus_primitives::{
	AdvanceDirective, CarePolicy, DataClass, LabelSet, PatientState, Purpose, SensitivityLabel,
};
use salus_verify::{
	decision::{
		led_to, sentence, Account, Actor, Basis, Decided, DecisionReceipt, Item, LawfulCode,
		Question, Reason, Verdict,
	},
	Error, Hash, Sets,
};
use serde_json::{json, Value};

const TREAT: Purpose = Purpose::Treat;

fn verify(receipt: &Value, sets: &Sets) -> Result<Decided, Error> {
	DecisionReceipt::parse(receipt.to_string().as_bytes())?.verify(sets)
}

/// A chain, and what follows from its trail.
fn chain() -> (Chain, Sets) {
	let chain = Chain::usual();
	let sets = chain.follow();
	(chain, sets)
}

#[track_caller]
fn expect(state: &State, question: &Question<Account>, verdict: Verdict) -> Decided {
	let (chain, sets) = chain();
	match verify(&receipt(&chain, state, question, &verdict), &sets) {
		Ok(decided) => {
			assert_eq!(decided.verdict, verdict);
			decided
		},
		Err(error) => panic!("{error}"),
	}
}

#[track_caller]
fn code(found: Result<Decided, Error>) -> &'static str {
	match found {
		Ok(decided) => panic!("not refused: {}", sentence(&decided)),
		Err(error) => error.code(),
	}
}

#[test]
fn a_permit_is_recomputed_from_the_proof_alone_and_told_in_words() {
	let decided = expect(&permitted(), &question(TREAT, NOW), Verdict::Permit(Basis::Directive(3)));
	assert_eq!(decided.block.number, 12);
	assert_eq!(decided.facts.at, NOW);
	assert_eq!(
		sentence(&decided),
		format!(
			"Verified: at 2026-03-01 10:00:00 UTC it was permitted by the patient's directive 3, \
			 for account {}, acting for organisation 7, to read laboratory results of patient {}, without \
			 sensitivity labels, of unknown date, for the purpose TREAT; as of block 12 (2026-03-01 \
			 10:00:00 UTC), by the rules of salus 2000; 4 of 4 authorities of set 1 made that final.",
			Hash(DOCTOR),
			Hash(PATIENT.0)
		)
	);
}

#[test]
fn each_rule_is_found_again() {
	let base = permitted();
	let with = |change: &dyn Fn(&mut State)| {
		let mut state = base.clone();
		change(&mut state);
		state
	};
	let treat = question(TREAT, NOW);
	let as_organisation = Question { actor: Actor::Organisation(HOSPITAL), ..treat.clone() };
	let own = |key| Question { actor: Actor::Own(key), ..treat.clone() };
	let labelled =
		Question { labels: LabelSet::of(&[SensitivityLabel::Psy]), ..question(Purpose::Btg, NOW) };
	expect(&base, &as_organisation, Verdict::Permit(Basis::Directive(3)));
	expect(&base, &own(OWN_KEY), Verdict::Permit(Basis::Own));
	expect(&base, &own([0x12; 32]), Verdict::Deny(Reason::Credential));
	expect(&base, &own([0x13; 32]), Verdict::Deny(Reason::Credential));
	let elsewhere = Actor::Practitioner { who: DOCTOR, organisation: 99 };
	let elsewhere = Question { actor: elsewhere, ..treat.clone() };
	expect(&base, &elsewhere, Verdict::Deny(Reason::Credential));
	expect(&base, &question(Purpose::Hmarkt, NOW), Verdict::Deny(Reason::Default));
	let denied = with(&|state| {
		let (permit, deny) =
			(directive(Effect::Permit, BEGAN, None), directive(Effect::Deny, NOW, None));
		put_directives(state, 0, vec![(3, permit), (4, deny)]);
	});
	expect(&denied, &treat, Verdict::Deny(Reason::Directive(4)));
	let vetoed = with(&|state| {
		let veto = PurposeVeto { purpose: TREAT, from: NOW, until: None };
		put(state, Item::Vetoes(PATIENT), vec![veto]);
	});
	expect(&vetoed, &treat, Verdict::Deny(Reason::Veto));
	let dead = with(&|state| put_handle(state, PATIENT, PatientState::DeceasedFinal, NOW, 0));
	expect(&dead, &treat, Verdict::Deny(Reason::State));
	let related = with(&|state| {
		put_directives(state, 0, vec![]);
		put_relationship(state, 40, BEGAN, None, Some(12));
	});
	let code = LawfulCode::TreatmentRelationship(40);
	expect(&related, &treat, Verdict::LawfulBasis(code));
	expect(&related, &as_organisation, Verdict::LawfulBasis(code));
	let mut left = related.clone();
	put(&mut left, Item::OptOuts(PATIENT), opted_out(NOW));
	expect(&left, &treat, Verdict::Deny(Reason::Default));
	let mut strict = related.clone();
	put_policy(&mut strict, CarePolicy::ConsentOnly);
	expect(&strict, &treat, Verdict::Deny(Reason::Default));
	let emergency = with(&|state| put_emergency(state, 9, NOW - 60, None, Some(2)));
	let mut emergency = emergency;
	put_emergency(&mut emergency, 2, BEGAN, None, None);
	put_emergency(&mut emergency, 9, NOW - 60, None, Some(2));
	let glass = question(Purpose::Btg, NOW);
	expect(&emergency, &glass, Verdict::Emergency(9));
	expect(&emergency, &labelled, Verdict::Deny(Reason::Default));
	put(
		&mut emergency,
		Item::AdvanceDirectives(PATIENT),
		vec![(BEGAN, AdvanceDirective::NoEmergency), (NOW, AdvanceDirective::Unrestricted)],
	);
	expect(&emergency, &labelled, Verdict::Emergency(9));
	put_emergency(&mut emergency, 9, NOW - 60, Some((NOW, HOSPITAL)), Some(2));
	expect(&emergency, &glass, Verdict::Deny(Reason::Default));
	// What an auditor finds stops nothing.
	put_emergency(&mut emergency, 9, NOW - 60, Some((NOW, HOSPITAL + 1)), Some(2));
	expect(&emergency, &glass, Verdict::Emergency(9));
}

/// What held at a moment is answered from any later state, however it has changed since.
#[test]
fn a_later_block_answers_for_an_earlier_moment() {
	let then = NOW - DAY;
	let mut state = world();
	// Revoked an hour later, and moved to the second page of the history since.
	let revoked = directive(Effect::Permit, BEGAN, Some(then + 3_600));
	let ended_before = directive(Effect::Deny, BEGAN, Some(BEGAN + DAY));
	put_directives(&mut state, 33, vec![]);
	put(
		&mut state,
		Item::PastDirectives(PATIENT, 0),
		(BEGAN + 2 * DAY, vec![(1_u32, ended_before)]),
	);
	put(&mut state, Item::PastDirectives(PATIENT, 1), (NOW, vec![(34_u32, revoked)]));
	expect(&state, &question(TREAT, then), Verdict::Permit(Basis::Directive(34)));
	expect(&state, &question(TREAT, NOW), Verdict::Deny(Reason::Default));
	let pages = |at| {
		let read = items(&state, &question(TREAT, at));
		read.iter().filter(|item| matches!(item, Item::PastDirectives(..))).count()
	};
	assert_eq!((pages(NOW), pages(then), pages(BEGAN + DAY)), (0, 2, 2));

	// The handle was frozen for an hour, five days ago.
	let frozen = NOW - 5 * DAY;
	put_handle(&mut state, PATIENT, PatientState::Active, frozen + 3_600, 2);
	put(&mut state, Item::PastState(PATIENT, 0), (PatientState::Active, BEGAN));
	put(&mut state, Item::PastState(PATIENT, 1), (PatientState::Frozen, frozen));
	let pay = |at| question(Purpose::Hpaymt, at);
	expect(&state, &pay(frozen - 1), Verdict::Permit(Basis::Directive(34)));
	expect(&state, &pay(frozen), Verdict::Deny(Reason::State));
	expect(&state, &pay(frozen + 3_600), Verdict::Permit(Basis::Directive(34)));

	// Two relationships since, and one of then; the same with emergencies.
	put_directives(&mut state, 0, vec![]);
	put_relationship(&mut state, 5, BEGAN, Some(then + 60), None);
	put_relationship(&mut state, 8, then + 60, Some(then + 90), Some(5));
	put_relationship(&mut state, 9, then + 90, None, Some(8));
	let code = |id| Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(id));
	expect(&state, &question(TREAT, then), code(5));
	expect(&state, &question(TREAT, then + 60), code(8));
	expect(&state, &question(TREAT, NOW), code(9));
	put_emergency(&mut state, 1, then - 60, None, None);
	put_emergency(&mut state, 6, NOW - 60, None, Some(1));
	expect(&state, &question(Purpose::Btg, then), Verdict::Emergency(1));
	expect(&state, &question(Purpose::Btg, NOW), Verdict::Emergency(6));

	// Suspended on the second day.
	expect(&state, &question(TREAT, BEGAN + DAY), Verdict::Deny(Reason::Credential));
}

#[test]
fn another_question_is_refused() {
	let (chain, sets) = chain();
	let verdict = Verdict::Permit(Basis::Directive(3));
	let genuine = receipt(&chain, &permitted(), &question(TREAT, NOW), &verdict);
	assert!(verify(&genuine, &sets).is_ok());
	for (path, value, expected) in [
		// What leads to other keys is not in the proof.
		("/question/subject", json!(Hash(OTHER.0)), "fact-unproven"),
		("/question/actor/organisation", json!(HOSPITAL + 1), "fact-unproven"),
		("/question/actor/account", json!(Hash(COLLEAGUE)), "fact-unproven"),
		// What does not has another answer.
		("/question/purpose", json!("Hmarkt"), "other-verdict"),
		("/question/labels", json!(["Psy"]), "other-verdict"),
	] {
		let mut forged = genuine.clone();
		*forged.pointer_mut(path).unwrap() = value;
		assert_eq!(code(verify(&forged, &sets)), expected, "{path}");
	}
	// The same answer to another question is true as well: the Permit is for every class.
	let mut other = genuine.clone();
	other["question"]["dataClass"] = json!("Imaging");
	let decided = verify(&other, &sets).unwrap();
	assert_eq!(decided.question.class, DataClass::Imaging);
	assert!(sentence(&decided).contains("to read images of patient"));
}

#[test]
fn another_verdict_is_refused() {
	let (chain, sets) = chain();
	let genuine = Verdict::Permit(Basis::Directive(3));
	for other in [
		Verdict::Permit(Basis::Directive(4)),
		Verdict::Permit(Basis::Base),
		Verdict::Deny(Reason::Directive(3)),
		Verdict::Deny(Reason::Default),
		Verdict::Emergency(3),
		Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(3)),
	] {
		let forged = receipt(&chain, &permitted(), &question(TREAT, NOW), &other);
		let error = verify(&forged, &sets).unwrap_err();
		let (claimed, found) = [&other, &genuine].map(salus_verify::decision::in_words).into();
		assert_eq!(error, Error::OtherVerdict { claimed, found });
	}
}

/// Each key counts, also those where there is nothing: without its nodes the receipt is refused, and the refusal says
/// what is not proven.
#[test]
fn no_key_can_be_left_out() {
	let (chain, sets) = chain();
	let mut state = permitted();
	put_directives(&mut state, 0, vec![]);
	put_relationship(&mut state, 40, BEGAN, None, Some(12));
	put_emergency(&mut state, 2, BEGAN, None, None);
	put_emergency(&mut state, 9, NOW - 60, None, Some(2));
	let mut past = state.clone();
	put_handle(&mut past, PATIENT, PatientState::Active, NOW, 2);
	put(&mut past, Item::PastState(PATIENT, 0), (PatientState::Active, BEGAN));
	put(&mut past, Item::PastState(PATIENT, 1), (PatientState::Frozen, NOW - 60));
	put_directives(&mut past, 32, vec![]);
	put(
		&mut past,
		Item::PastDirectives(PATIENT, 0),
		(NOW, vec![(1_u32, directive(Effect::Deny, NOW - 2 * DAY, Some(NOW)))]),
	);
	let mut flagged = with_past_seal();
	put_sealed(&mut flagged, 33, vec![(9, sealed(Effect::Deny, NOW - 60, None))]);
	put_flags(&mut flagged, HOSPITAL + 1, &[(BEGAN, Some(NOW))]);
	let own = Question { actor: Actor::Own(OWN_KEY), ..question(TREAT, NOW) };
	let mut missing = Vec::new();
	for (state, question, verdict) in [
		(&permitted(), question(TREAT, NOW), Verdict::Permit(Basis::Directive(3))),
		(&state, question(TREAT, NOW), Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(40))),
		(&state, question(Purpose::Btg, NOW), Verdict::Emergency(9)),
		(&past, question(TREAT, NOW - DAY), Verdict::Deny(Reason::Directive(1))),
		(&state, own, Verdict::Permit(Basis::Own)),
		(&flagged, question(TREAT, NOW - 30), Verdict::Deny(Reason::Sealed(9))),
	] {
		let items = items(state, &question);
		expect(state, &question, verdict);
		for left_out in &items {
			let keys: Vec<_> =
				items.iter().filter(|item| *item != left_out).map(Item::key).collect();
			let forged = receipt_of(&chain, state, &keys, &question, &verdict);
			match verify(&forged, &sets) {
				// Short values can stand in a node that another key needs as well.
				Ok(_) => assert!(!needs_nodes(state, left_out, &keys), "{left_out}"),
				Err(error) => {
					assert_eq!(error, Error::FactUnproven { item: *left_out });
					assert!(error.to_string().contains(&left_out.to_string()));
					missing.push(*left_out);
				},
			}
		}
	}
	for kind in [
		Item::Directives(PATIENT),
		Item::PastDirectives(PATIENT, 0),
		Item::Vetoes(PATIENT),
		Item::Handle(PATIENT),
		Item::Organisation(HOSPITAL),
		Item::Affiliation(HOSPITAL, DOCTOR),
		Item::Relationship(40),
		Item::Emergency(9),
		Item::OptOuts(PATIENT),
		Item::Key(OWN_KEY),
		Item::BaseDecisions(PATIENT),
		Item::Sealed(PATIENT),
		Item::PastSealed(PATIENT, 1),
		Item::Flags(HOSPITAL),
		Item::Flags(HOSPITAL + 1),
		Item::Employers(DOCTOR),
		Item::Affiliation(HOSPITAL + 1, DOCTOR),
	] {
		assert!(missing.contains(&kind), "{kind} was never missing");
	}
}

/// Whether a proof of `item` needs nodes that one of `keys` does not have.
fn needs_nodes(state: &State, item: &Item, keys: &[Vec<u8>]) -> bool {
	let (_, others) = prove(state, keys);
	let (_, own) = prove(state, &[item.key()]);
	own.iter().any(|node| !others.contains(node))
}

#[test]
fn a_directive_that_was_left_out_changes_the_state_and_so_the_block() {
	let (chain, sets) = chain();
	let mut state = permitted();
	let deny = (4, directive(Effect::Deny, BEGAN, None));
	put_directives(&mut state, 0, vec![(3, directive(Effect::Permit, BEGAN, None)), deny]);
	let asked = question(TREAT, NOW);
	let genuine = receipt(&chain, &state, &asked, &Verdict::Deny(Reason::Directive(4)));
	assert!(verify(&genuine, &sets).is_ok());
	// The state without the Deny, under the block's own signatures; and its proof, under the block's own header.
	let without = receipt(&chain, &permitted(), &asked, &Verdict::Permit(Basis::Directive(3)));
	let mut forged = without.clone();
	forged["finality"] = genuine["finality"].clone();
	assert_eq!(code(verify(&forged, &sets)), "other-target");
	let mut forged = without.clone();
	forged["header"] = genuine["header"].clone();
	forged["finality"] = genuine["finality"].clone();
	assert_eq!(code(verify(&forged, &sets)), "other-state");
	// The genuine nodes, and among them the other value in place of the true one.
	let mut forged = genuine.clone();
	let value = hex(&permitted()[&Item::Directives(PATIENT).key()]);
	let true_value = hex(&state[&Item::Directives(PATIENT).key()]);
	let nodes = forged["proof"].as_array_mut().unwrap();
	let place = nodes.iter().position(|node| *node == json!(true_value)).unwrap();
	nodes[place] = json!(value);
	forged["verdict"] = verdict_json(&Verdict::Permit(Basis::Directive(3)));
	let error = verify(&forged, &sets).unwrap_err();
	assert_eq!(error, Error::FactUnproven { item: Item::Directives(PATIENT) });
}

#[test]
fn an_older_state_does_not_answer_for_a_later_moment() {
	let (chain, sets) = chain();
	let older = permitted();
	let verdict = Verdict::Permit(Basis::Directive(3));
	let mut forged = receipt(&chain, &older, &question(TREAT, NOW), &verdict);
	forged["question"]["at"] = json!((NOW + 1).to_string());
	let error = verify(&forged, &sets).unwrap_err();
	assert_eq!(error, Error::FutureMoment { at: NOW + 1, now: NOW });
	// Its proof, under the header of the block in which the Permit was revoked.
	let mut newer = world();
	put_directives(&mut newer, 0, vec![(3, directive(Effect::Permit, BEGAN, Some(NOW)))]);
	let asked = question(TREAT, NOW);
	let mut forged = receipt(&chain, &newer, &asked, &Verdict::Deny(Reason::Default));
	assert!(verify(&forged, &sets).is_ok());
	forged["proof"] = receipt(&chain, &older, &asked, &verdict)["proof"].clone();
	forged["verdict"] = verdict_json(&verdict);
	assert_eq!(code(verify(&forged, &sets)), "other-state");
}

#[test]
fn rules_and_layouts_that_are_not_known_are_refused() {
	let (chain, sets) = chain();
	let (asked, verdict) = (question(TREAT, NOW), Verdict::Permit(Basis::Directive(3)));
	let with = |item: Item, value: Vec<u8>| {
		let mut state = permitted();
		state.insert(item.key(), value);
		// As complete as a maker can make it who has the rules.
		let keys: Vec<_> = items(&permitted(), &asked).iter().map(Item::key).collect();
		verify(&receipt_of(&chain, &state, &keys, &asked, &verdict), &sets)
	};
	use codec::{Compact, Encode};
	for (version, name) in [(2_001_u32, "salus"), (1_000, "salus"), (2_000, "other\u{1b}[2J")] {
		let error = with(Item::Runtime, (Compact(version), name).encode()).unwrap_err();
		let name = name.replace('\u{1b}', "");
		assert_eq!(error, Error::UnknownRuntime { name, version });
	}
	for (pallet, expected) in salus_verify::decision::LAYOUTS {
		let found = expected + 1;
		let error = with(Item::Layout(pallet), found.encode()).unwrap_err();
		assert_eq!(error, Error::UnknownLayout { pallet, found, expected });
	}
	let cut = permitted()[&Item::Directives(PATIENT).key()][1..].to_vec();
	let item = Item::Directives(PATIENT);
	assert_eq!(with(item, cut).unwrap_err(), Error::UnreadableFact { item });
	let mut forged = receipt(&chain, &permitted(), &asked, &verdict);
	forged["specVersion"] = json!(1_999);
	let error = verify(&forged, &sets).unwrap_err();
	assert_eq!(error, Error::OtherRuntime { claimed: 1_999, found: 2_000 });
}

#[test]
fn a_chain_of_relationships_or_emergencies_that_leads_in_a_circle_is_refused() {
	let (chain, sets) = chain();
	let mut state = world();
	put_relationship(&mut state, 9, NOW, None, Some(9));
	put_emergency(&mut state, 6, NOW, None, Some(6));
	for (purpose, item) in [(TREAT, Item::Relationship(9)), (Purpose::Btg, Item::Emergency(6))] {
		let forged =
			receipt(&chain, &state, &question(purpose, NOW - 1), &Verdict::Deny(Reason::Default));
		assert_eq!(verify(&forged, &sets).unwrap_err(), Error::UnreadableFact { item });
	}
}

/// A gateway has them proven in one go, so that nobody tells by how often it asks its node whether there is a record.
#[test]
fn what_facts_lead_to_is_as_much_whoever_the_patient_is_and_is_all_that_is_read() {
	let mut state = with_past_seal();
	put_sealed(&mut state, 33, vec![(9, sealed(Effect::Deny, NOW - 60, None))]);
	put_flags(&mut state, HOSPITAL + 1, &[(BEGAN, Some(NOW))]);
	put_relationship(&mut state, 40, BEGAN, Some(NOW - 60), Some(12));
	put_emergency(&mut state, 9, NOW - DAY, None, Some(2));
	let nobody = salus_primitives::Commitment::repeat_byte(0x79);
	let kind = |item: &Item| match item {
		Item::Relationship(_) => Item::Relationship(0),
		Item::Emergency(_) => Item::Emergency(0),
		other => *other,
	};
	let organisation = Actor::Organisation(HOSPITAL);
	for asked in [
		question(TREAT, NOW),
		question(Purpose::Btg, NOW),
		question(Purpose::Hresch, NOW),
		Question { actor: organisation, ..question(TREAT, NOW) },
		Question { actor: Actor::Own(OWN_KEY), ..question(TREAT, NOW) },
	] {
		let led = led_to(&asked, NOW, &Storage::new(&state)).unwrap();
		let of_nobody = Question { subject: nobody, ..asked.clone() };
		let led_of_nobody = led_to(&of_nobody, NOW, &Storage::new(&state)).unwrap();
		assert!(led.iter().map(kind).eq(led_of_nobody.iter().map(kind)), "{led:?}");
		let elsewhere = |id: &u32| *id != HOSPITAL;
		for item in items(&state, &asked) {
			let is_led_to = match &item {
				Item::Relationship(_) | Item::Emergency(_) => true,
				Item::Flags(id) | Item::Organisation(id) | Item::Affiliation(id, _) => {
					elsewhere(id)
				},
				_ => false,
			};
			assert!(!is_led_to || led.contains(&item), "{item} is read and not led to");
		}
	}
}

#[test]
fn a_patient_who_was_not_there_has_no_verdict() {
	let (chain, sets) = chain();
	let verdict = Verdict::Deny(Reason::State);
	let asked = question(TREAT, BEGAN - 1);
	let found = verify(&receipt(&chain, &permitted(), &asked, &verdict), &sets);
	assert_eq!(found.unwrap_err(), Error::NoSuchPatient { at: BEGAN - 1 });
	let nobody = salus_primitives::Commitment::repeat_byte(0x79);
	let asked = Question { subject: nobody, ..question(TREAT, NOW) };
	assert_eq!(
		code(verify(&receipt(&chain, &permitted(), &asked, &verdict), &sets)),
		"no-such-patient"
	);
}

/// What shows that a block is final is shared with receipts of records, whose tests try the rest.
#[test]
fn a_block_that_is_not_final_or_of_another_chain_shows_nothing() {
	let (chain, sets) = chain();
	let (state, asked) = (permitted(), question(TREAT, NOW));
	let genuine = receipt(&chain, &state, &asked, &Verdict::Permit(Basis::Directive(3)));
	let block = header(Hash([1; 32]), 12, prove(&state, &[]).0, &[]);
	let mut forged = genuine.clone();
	let draft = Draft::new(1, &block, 12, &chain.sets[1][..2]);
	forged["finality"]["justification"] = json!(hex(draft.encode()));
	assert_eq!(code(verify(&forged, &sets)), "minority");
	let mut forged = genuine.clone();
	forged["genesis"] = json!(Hash([1; 32]));
	let error = verify(&forged, &sets).unwrap_err();
	assert!(error.to_string().starts_with("the decision receipt is of another chain"), "{error}");
}
