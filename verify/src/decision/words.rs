//! Verdicts in words.

use super::{items::Account, Decided};
use crate::{
	sentence::{finality, moment},
	Hash,
};
use alloc::{format, string::String, vec::Vec};
use salus_consent_decision::{Actor, Basis, LawfulCode, Question, Reason, Verdict};
use salus_primitives::{Action, DataClass, Purpose};

/// A verdict, and by which rule.
pub fn in_words(verdict: &Verdict) -> String {
	let by = match verdict {
		Verdict::Permit(Basis::Directive(id)) => {
			return format!("permitted by the patient's directive {id}")
		},
		Verdict::Permit(Basis::SealedDirective(id)) => {
			return format!("permitted by the patient's sealed directive {id}, opened")
		},
		Verdict::Permit(Basis::Own) => "permitted as access to the patient's own data",
		Verdict::Permit(Basis::Base) => "permitted by the patient's base decision",
		Verdict::Deny(Reason::Directive(id)) => {
			return format!("refused by the patient's directive {id}")
		},
		Verdict::Deny(Reason::SealedDirective(id)) => {
			return format!("refused by the patient's sealed directive {id}, opened")
		},
		Verdict::Deny(Reason::Sealed(id)) => {
			return format!(
				"refused because of the patient's sealed denial {id}, which the chain cannot open"
			)
		},
		Verdict::Deny(Reason::Default) => "refused because nothing permits it",
		Verdict::Deny(Reason::Veto) => "refused by the patient's veto of the purpose",
		Verdict::Deny(Reason::State) => "refused because of the state of the patient's handle",
		Verdict::Deny(Reason::Credential) => {
			"refused for want of a live licence, affiliation or key of who asked"
		},
		Verdict::Emergency(id) => {
			return format!("let without the patient's consent by emergency {id}")
		},
		Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(id)) => {
			return format!(
				"let on the lawful basis of care relationship {id} under the network's care policy"
			);
		},
	};
	by.into()
}

fn account(account: &Account) -> Hash {
	Hash(*account)
}

fn action(action: Action) -> &'static str {
	match action {
		Action::Read => "read",
		Action::Export => "take a copy of",
		Action::Amend => "amend",
		Action::Redisclose => "pass on",
	}
}

fn class(class: DataClass) -> &'static str {
	match class {
		DataClass::Demographics => "demographics",
		DataClass::Problems => "problems and diagnoses",
		DataClass::Medications => "medicines",
		DataClass::Laboratory => "laboratory results",
		DataClass::Observations => "observations",
		DataClass::Imaging => "images",
		DataClass::Procedures => "procedures",
		DataClass::Encounters => "encounters",
		DataClass::Documents => "documents",
		DataClass::CarePlans => "care plans",
		DataClass::Questionnaires => "questionnaires",
		DataClass::Genomics => "genomic data",
		DataClass::Financial => "financial data",
	}
}

/// The purpose by its code of HL7 v3.
fn purpose(purpose: Purpose) -> String {
	format!("{purpose:?}").to_uppercase()
}

/// What was asked, as the end of "for ... to".
fn asked(question: &Question<Account>) -> String {
	let who = match &question.actor {
		Actor::Organisation(id) => format!("organisation {id}, as such,"),
		Actor::Practitioner { who, organisation } => {
			format!("account {}, acting for organisation {organisation},", account(who))
		},
		Actor::Own(key) => format!("account {}", account(key)),
	};
	let labels: Vec<_> =
		question.labels.iter().map(|label| format!("{label:?}").to_uppercase()).collect();
	let labels = match labels.as_slice() {
		[] => "without sensitivity labels".into(),
		labels => format!("labelled {}", labels.join(", ")),
	};
	let of =
		question.data_time.map_or("of unknown date".into(), |time| format!("of {}", moment(time)));
	format!(
		"for {who} to {} {} of patient {}, {labels}, {of}, for the purpose {}",
		action(question.action),
		class(question.class),
		Hash(question.subject.0),
		purpose(question.purpose),
	)
}

/// The sentence about a verdict that was recomputed.
pub fn sentence(decided: &Decided) -> String {
	let Decided { block, runtime, question, facts, verdict } = decided;
	format!(
		"Verified: at {} it was {}, {}; as of block {} ({}), by the rules of {} {}; {}.",
		moment(facts.at),
		in_words(verdict),
		asked(question),
		block.number,
		moment(block.time),
		runtime.name,
		runtime.version,
		finality(block),
	)
}
