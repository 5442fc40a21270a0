//! The file of a decision receipt, read as strictly as the others.

use super::items::Account;
use crate::{
	bytes::{decimal, Bytes, Hash},
	files::{
		at_most, body, null_or, read, unmeant, version, Evidence, Final, RawFinality,
		RawRelayFinality, MAX_NODES, MAX_RECEIPT,
	},
	header::Header,
	Error,
};
use alloc::{string::String, vec::Vec};
use salus_consent_decision::{Actor, Basis, LawfulCode, Question, Reason, Verdict};
use salus_primitives::{Action, DataClass, LabelSet, PatientId, Purpose, SensitivityLabel};
use serde::Deserialize;

/// What errors call the file.
const WHAT: &str = "decision receipt";

/// A decision receipt: what was asked, what is said to have been the answer, and what shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DecisionReceipt {
	/// The chain.
	pub genesis: Hash,
	/// The block whose state shows it.
	pub header: Header,
	/// How the block became final.
	pub finality: Evidence,
	/// Nodes of the state's trie after the block.
	pub proof: Vec<Vec<u8>>,
	/// The `spec_version` of the runtime by whose rules it was answered.
	pub version: u32,
	/// What was asked, with the moment as of which.
	pub question: Question<Account>,
	/// The answer that is claimed.
	pub verdict: Verdict,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Raw<F> {
	#[serde(rename = "format")]
	_format: String,
	#[serde(rename = "version")]
	_version: u32,
	genesis: Hash,
	header: Bytes,
	finality: F,
	proof: Vec<Bytes>,
	spec_version: u32,
	question: RawQuestion,
	verdict: RawVerdict,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct RawQuestion {
	subject: Hash,
	actor: RawActor,
	purpose: Purpose,
	action: Action,
	data_class: DataClass,
	labels: Vec<SensitivityLabel>,
	#[serde(deserialize_with = "null_or")]
	data_time: Option<Decimal>,
	at: Decimal,
}

/// A number of 64 bits, as a text.
#[derive(Deserialize)]
#[serde(transparent)]
struct Decimal(#[serde(with = "decimal")] u64);

#[derive(Deserialize)]
enum ActorKind {
	Organisation,
	Practitioner,
	Own,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawActor {
	kind: ActorKind,
	#[serde(deserialize_with = "null_or")]
	organisation: Option<u32>,
	#[serde(deserialize_with = "null_or")]
	account: Option<Hash>,
}

#[derive(Deserialize)]
enum VerdictKind {
	Permit,
	Deny,
	Emergency,
	LawfulBasis,
}

#[derive(Deserialize)]
enum Rule {
	Directive,
	SealedDirective,
	Own,
	Base,
	Default,
	Sealed,
	Veto,
	State,
	Credential,
	Emergency,
	TreatmentRelationship,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVerdict {
	kind: VerdictKind,
	rule: Rule,
	#[serde(deserialize_with = "null_or")]
	number: Option<Decimal>,
}

impl DecisionReceipt {
	/// Reads a decision receipt.
	///
	/// # Errors
	/// [`Error::MalformedFile`], and [`Error::Malformed`] for a header or justification that does not decode.
	pub fn parse(json: &[u8]) -> Result<Self, Error> {
		let file = read(WHAT, json, MAX_RECEIPT)?;
		match version(WHAT, "salus-decision", &file, &[1, 2])? {
			1 => Self::of(body::<Raw<RawFinality>>(WHAT, &file)?),
			_ => Self::of(body::<Raw<RawRelayFinality>>(WHAT, &file)?),
		}
	}

	fn of<F: Final>(raw: Raw<F>) -> Result<Self, Error> {
		let finality = raw.finality.evidence()?;
		at_most(WHAT, "proof nodes", raw.proof.len(), MAX_NODES)?;
		let question = raw.question.question()?;
		Ok(Self {
			genesis: raw.genesis,
			header: Header::decode(&raw.header.0)?,
			finality,
			proof: raw.proof.into_iter().map(|node| node.0).collect(),
			version: raw.spec_version,
			question,
			verdict: raw.verdict.verdict()?,
		})
	}
}

impl RawQuestion {
	fn question(self) -> Result<Question<Account>, Error> {
		let mut labels = LabelSet::EMPTY;
		for label in self.labels {
			if labels.contains(label) {
				return Err(unmeant(WHAT, "its question names a label twice"));
			}
			labels = labels.with(label);
		}
		Ok(Question {
			subject: PatientId::from(self.subject.0),
			actor: self.actor.actor()?,
			purpose: self.purpose,
			action: self.action,
			class: self.data_class,
			labels,
			data_time: self.data_time.map(|time| time.0),
			at: Some(self.at.0),
		})
	}
}

impl RawActor {
	fn actor(self) -> Result<Actor<Account>, Error> {
		let account = self.account.map(|account| account.0);
		match (self.kind, self.organisation, account) {
			(ActorKind::Organisation, Some(organisation), None) => {
				Ok(Actor::Organisation(organisation))
			},
			(ActorKind::Practitioner, Some(organisation), Some(who)) => {
				Ok(Actor::Practitioner { who, organisation })
			},
			(ActorKind::Own, None, Some(account)) => Ok(Actor::Own(account)),
			_ => Err(unmeant(
				WHAT,
				"its actor has an organisation or an account too many or too few",
			)),
		}
	}
}

impl RawVerdict {
	fn verdict(self) -> Result<Verdict, Error> {
		let Self { kind, rule, number } = self;
		let number = number.map(|number| number.0);
		let small = number.and_then(|number| u32::try_from(number).ok());
		let found = match (kind, rule, number, small) {
			(VerdictKind::Permit, Rule::Directive, _, Some(id)) => {
				Some(Verdict::Permit(Basis::Directive(id)))
			},
			(VerdictKind::Deny, Rule::Directive, _, Some(id)) => {
				Some(Verdict::Deny(Reason::Directive(id)))
			},
			(VerdictKind::Permit, Rule::SealedDirective, _, Some(id)) => {
				Some(Verdict::Permit(Basis::SealedDirective(id)))
			},
			(VerdictKind::Deny, Rule::SealedDirective, _, Some(id)) => {
				Some(Verdict::Deny(Reason::SealedDirective(id)))
			},
			(VerdictKind::Deny, Rule::Sealed, _, Some(id)) => {
				Some(Verdict::Deny(Reason::Sealed(id)))
			},
			(VerdictKind::Emergency, Rule::Emergency, _, Some(id)) => Some(Verdict::Emergency(id)),
			(VerdictKind::LawfulBasis, Rule::TreatmentRelationship, Some(id), _) => {
				Some(Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(id)))
			},
			(VerdictKind::Permit, Rule::Own, None, _) => Some(Verdict::Permit(Basis::Own)),
			(VerdictKind::Permit, Rule::Base, None, _) => Some(Verdict::Permit(Basis::Base)),
			(VerdictKind::Deny, Rule::Default, None, _) => Some(Verdict::Deny(Reason::Default)),
			(VerdictKind::Deny, Rule::Veto, None, _) => Some(Verdict::Deny(Reason::Veto)),
			(VerdictKind::Deny, Rule::State, None, _) => Some(Verdict::Deny(Reason::State)),
			(VerdictKind::Deny, Rule::Credential, None, _) => {
				Some(Verdict::Deny(Reason::Credential))
			},
			_ => None,
		};
		found.ok_or_else(|| unmeant(WHAT, "no verdict rests on that rule with that number"))
	}
}
