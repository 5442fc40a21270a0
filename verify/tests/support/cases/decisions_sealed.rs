//! Decision receipts about base decisions, sealed directives and flagged organisations, genuine and not.

use super::super::{decisions::*, Chain, State, NOW};
use super::{
	decisions::{genuine, permitted, with_past, DecisionCase},
	Maker,
};
use salus_consent_decision::{BaseDecision, Effect, BASE_PERMIT_TERM};
use salus_primitives::{LabelSet, Purpose, SensitivityLabel};
use salus_verify::decision::{Account, Actor, Basis, Item, LawfulCode, Question, Reason, Verdict};
use serde_json::Value;

const TREAT: Purpose = Purpose::Treat;
/// What the vectors deny under seal.
pub const SEALED: Verdict = Verdict::Deny(Reason::Sealed(7));
const DEFAULT: Verdict = Verdict::Deny(Reason::Default);
const PERMIT: Verdict = Verdict::Permit(Basis::Directive(3));
const RELATED: Verdict = Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(9));

/// A care relationship, and base decisions.
pub fn with_base(terms: &[(u64, BaseDecision)]) -> State {
	let mut state = with_past();
	put_base(&mut state, terms);
	state
}

/// A Permit in plain, and a denial under seal that began a day ago.
pub fn with_seal() -> State {
	let mut state = permitted();
	put_sealed(&mut state, 0, vec![(7, sealed(Effect::Deny, NOW - DAY, None))]);
	state
}

/// The same, and times at which an organisation was flagged.
pub fn with_flags(organisation: u32, times: &[(u64, Option<u64>)]) -> State {
	let mut state = with_seal();
	put_flags(&mut state, organisation, times);
	state
}

/// A denial under seal that ended an hour ago, and was moved to the second page of the history since.
pub fn with_past_seal() -> State {
	let mut state = permitted();
	let old = sealed(Effect::Deny, BEGAN, Some(BEGAN + DAY));
	let ended = sealed(Effect::Deny, NOW - DAY, Some(NOW - 3_600));
	put_sealed(&mut state, 33, vec![]);
	put(&mut state, Item::PastSealed(PATIENT, 0), (BEGAN + 2 * DAY, vec![(1_u32, old)]));
	put(&mut state, Item::PastSealed(PATIENT, 1), (NOW, vec![(7_u32, ended)]));
	state
}

/// A question about labelled data.
pub fn labelled(at: u64) -> Question<Account> {
	Question { labels: LabelSet::of(&[SensitivityLabel::Hiv]), ..question(TREAT, at) }
}

fn without(
	chain: &Chain,
	state: &State,
	question: &Question<Account>,
	verdict: &Verdict,
	item: Item,
) -> Value {
	let items = items(state, question);
	assert!(items.contains(&item), "{item} is not asked for");
	let keys: Vec<_> = items.iter().filter(|each| **each != item).map(Item::key).collect();
	receipt_of(chain, state, &keys, question, verdict)
}

impl Maker {
	pub fn decisions_of_base_and_seals(&self) -> Vec<DecisionCase> {
		let mut cases = self.genuine_ones();
		cases.extend(self.forged_ones());
		cases
	}

	fn genuine_ones(&self) -> Vec<DecisionCase> {
		let chain = &self.chain;
		let (now, market) = (question(TREAT, NOW), question(Purpose::Hmarkt, NOW));
		let system = Question { actor: Actor::Organisation(HOSPITAL), ..now.clone() };
		let permit = BaseDecision::Permit;
		let mut always = with_seal();
		put_organisation(&mut always, HOSPITAL, true);
		let mut permit_sealed = permitted();
		put_sealed(&mut permit_sealed, 0, vec![(7, sealed(Effect::Permit, NOW - DAY, None))]);
		let of = |name, about, state: &State, question: &Question<Account>, verdict| {
			genuine(chain, name, about, state, question, verdict)
		};
		vec![
			of(
				"base-deny",
				"A base decision of Deny, before a care relationship.",
				&with_base(&[(BEGAN, BaseDecision::Deny)]),
				&now,
				DEFAULT,
			),
			of(
				"base-permit",
				"A base decision of Permit, where nothing else speaks.",
				&with_base(&[(BEGAN, permit)]),
				&market,
				Verdict::Permit(Basis::Base),
			),
			of(
				"base-permit-ended",
				"A base decision of Permit in the second after its term.",
				&with_base(&[(NOW - BASE_PERMIT_TERM, permit)]),
				&market,
				DEFAULT,
			),
			of(
				"past-base",
				"As of a moment before a base decision of Deny was given up.",
				&with_base(&[(BEGAN, BaseDecision::Deny), (NOW - DAY + 1, BaseDecision::Unset)]),
				&question(TREAT, NOW - DAY),
				DEFAULT,
			),
			of(
				"sealed-labelled",
				"A sealed denial forbids labelled data.",
				&with_seal(),
				&labelled(NOW),
				SEALED,
			),
			of(
				"sealed-unlabelled",
				"A sealed denial says nothing of unlabelled data to who was never flagged.",
				&with_seal(),
				&now,
				PERMIT,
			),
			of(
				"sealed-permit",
				"A sealed Permit lets nothing as long as nobody opens it.",
				&permit_sealed,
				&labelled(NOW),
				DEFAULT,
			),
			of(
				"sealed-flagged",
				"A sealed denial, and an organisation that is flagged.",
				&with_flags(HOSPITAL, &[(BEGAN, Some(BEGAN + DAY)), (NOW - 60, None)]),
				&system,
				SEALED,
			),
			of(
				"sealed-flag-ended",
				"A sealed denial, and a flag that was taken off after it began.",
				&with_flags(HOSPITAL, &[(BEGAN, Some(NOW - DAY))]),
				&now,
				SEALED,
			),
			of(
				"sealed-flag-before",
				"A sealed denial, and a flag that was taken off before it began.",
				&with_flags(HOSPITAL, &[(BEGAN, Some(NOW - DAY - 1))]),
				&now,
				PERMIT,
			),
			of(
				"sealed-always-flagged",
				"A sealed denial, and an organisation of which the flag never changed.",
				&always,
				&now,
				SEALED,
			),
			of(
				"sealed-employer",
				"A sealed denial, and a person who works at a flagged organisation too.",
				&with_flags(HOSPITAL + 1, &[(NOW - 60, None)]),
				&now,
				SEALED,
			),
			of(
				"past-sealed",
				"As of a moment before a sealed denial ended, out of the history.",
				&with_past_seal(),
				&labelled(NOW - 3_601),
				SEALED,
			),
		]
	}

	fn forged_ones(&self) -> Vec<DecisionCase> {
		let chain = &self.chain;
		let now = question(TREAT, NOW);
		let base = with_base(&[(BEGAN, BaseDecision::Deny)]);
		let (seal, past) = (with_seal(), with_past_seal());
		let flagged = with_flags(HOSPITAL, &[(BEGAN, None)]);
		let employed = with_flags(HOSPITAL + 1, &[(BEGAN, None)]);
		let without = |state: &State, asked: &Question<Account>, verdict: &Verdict, item| {
			without(chain, state, asked, verdict, item)
		};
		let case = |name, about, code, receipt| DecisionCase {
			name,
			about,
			receipt,
			expect: chain.genesis.hash,
			relay: None,
			items: None,
			verdict: (1, Some(code)),
		};
		let unproven = "fact-unproven";
		let mut former = seal.clone();
		former.insert(Item::Layout("Consent").key(), vec![2, 0]);
		let keys: Vec<_> = items(&seal, &now).iter().map(Item::key).collect();
		vec![
			case(
				"no-base",
				"A base decision of Deny is left out.",
				unproven,
				without(&base, &now, &RELATED, Item::BaseDecisions(PATIENT)),
			),
			case(
				"other-base",
				"A base decision of Deny is shown, and said to have let.",
				"other-verdict",
				receipt(chain, &base, &now, &RELATED),
			),
			case(
				"no-sealed",
				"A sealed denial is left out.",
				unproven,
				without(&seal, &labelled(NOW), &DEFAULT, Item::Sealed(PATIENT)),
			),
			case(
				"no-sealed-page",
				"A page of the sealed directives of the past is left out.",
				unproven,
				without(&past, &labelled(NOW - 3_601), &DEFAULT, Item::PastSealed(PATIENT, 1)),
			),
			case(
				"no-flags",
				"That the organisation was flagged is left out.",
				unproven,
				without(&flagged, &now, &PERMIT, Item::Flags(HOSPITAL)),
			),
			case(
				"no-employers",
				"Where else the person works is left out.",
				unproven,
				without(&employed, &now, &PERMIT, Item::Employers(DOCTOR)),
			),
			case(
				"no-flags-of-employer",
				"That another employer was flagged is left out.",
				unproven,
				without(&employed, &now, &PERMIT, Item::Flags(HOSPITAL + 1)),
			),
			case(
				"other-flagged",
				"A flag is shown, and said to have let.",
				"other-verdict",
				receipt(chain, &flagged, &now, &PERMIT),
			),
			case(
				"opened",
				"A verdict that rests on what is in a sealed directive.",
				"needs-opening",
				receipt(chain, &seal, &labelled(NOW), &Verdict::Permit(Basis::SealedDirective(7))),
			),
			case(
				"opened-denial",
				"A denial that rests on what is in a sealed directive.",
				"needs-opening",
				receipt(chain, &seal, &labelled(NOW), &Verdict::Deny(Reason::SealedDirective(7))),
			),
			case(
				"former-layout",
				"Consent stores in the version that had no base decisions.",
				"unknown-layout",
				receipt_of(chain, &former, &keys, &now, &PERMIT),
			),
		]
	}
}
