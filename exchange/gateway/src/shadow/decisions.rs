//! What the chain says to each question about each record of a patient who is linked, as the release would be told.

use super::records::{Record, Whose};
use crate::{
	chain::Node,
	config::Question,
	decide::{Decided, Decider, Undecided},
	release::{asks_of, may_leave},
};
use salus_exchange_policy::{Ask, Classified};
use salus_exchange_protocol::Hash;
use std::collections::{BTreeMap, HashMap};

/// What would become of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
	/// All of it would leave.
	Whole,
	/// It would leave without something that it contains.
	Part,
	/// It would not leave: the kind of the chain's reason.
	Refused(String),
}

/// What was decided.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decisions {
	/// By the place of the question and the record's type and id.
	fates: Vec<HashMap<String, Fate>>,
	/// Why not all could be decided, by the place of the question.
	undecided: Vec<Option<String>>,
}

const NO_NODE: &str = "no node is configured (chain.node)";

impl Decisions {
	/// Asks about all records that are classified, and whose patient is linked.
	pub async fn ask(node: Option<&Node>, questions: &[Question], records: &[&Record]) -> Self {
		let mut by_patient: BTreeMap<Hash, Vec<(&Record, &Classified)>> = BTreeMap::new();
		for record in records {
			if let (Whose::Linked(_, handle), Ok(judged)) = (&record.whose, &record.judged) {
				by_patient.entry(*handle).or_default().push((record, judged));
			}
		}
		let mut decisions = Self::default();
		for question in questions {
			let mut fates = HashMap::new();
			let mut undecided = node.is_none().then(|| NO_NODE.to_owned());
			for (handle, records) in &by_patient {
				let Some(node) = node.filter(|_| undecided.is_none()) else { break };
				match decide(node, question, *handle, records).await {
					Ok(decided) => fates.extend(fates_of(&decided, records)),
					Err(why) => undecided = Some(why),
				}
			}
			decisions.fates.push(fates);
			decisions.undecided.push(undecided);
		}
		decisions
	}

	/// What would become of a record; none if that was not decided.
	pub fn fate(&self, question: usize, record: &Record) -> Option<&Fate> {
		self.fates.get(question)?.get(&record.reference)
	}

	/// Why not all could be decided.
	pub fn undecided(&self, question: usize) -> Option<&str> {
		self.undecided.get(question)?.as_deref()
	}
}

/// Decides about the records of one patient, by the two blocks of this moment.
async fn decide(
	node: &Node,
	question: &Question,
	handle: Hash,
	records: &[(&Record, &Classified)],
) -> Result<Decided, String> {
	let words = |undecided: Undecided| match undecided {
		Undecided::Silent(silent) => silent.to_string(),
		Undecided::Failure(failure) => failure.to_string(),
	};
	let present = node.present().await.map_err(|stale| stale.to_string())?;
	let begun = Decider::begin(node, present, handle, question.asker, Vec::new()).await;
	let mut decider = begun.map_err(|silent| silent.to_string())?;
	let asks = records.iter().flat_map(|(_, judged)| asks_of(judged)).collect();
	decider.decide(asks).await.map_err(words)
}

fn fates_of(decided: &Decided, records: &[(&Record, &Classified)]) -> Vec<(String, Fate)> {
	let each = records.iter();
	each.map(|(record, judged)| (record.reference.clone(), fate(decided, judged))).collect()
}

fn fate(decided: &Decided, judged: &Classified) -> Fate {
	let is = |ask: &Ask| decided.permitted.get(ask) == Some(&true);
	if may_leave(judged, &decided.permitted) {
		let goes = judged.contained.iter().all(|part| part.asks.iter().all(is));
		return if goes { Fate::Whole } else { Fate::Part };
	}
	let refused = judged.asks.iter().find(|ask| !is(ask));
	let why = refused.and_then(|ask| decided.reasons.get(ask));
	Fate::Refused(why.map_or_else(|| "not decided".into(), |why| kind_of(&why.words)))
}

/// The words of a decision without the number of a directive, so that there are a few kinds.
fn kind_of(words: &str) -> String {
	let is_number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
	let words: Vec<&str> = words.split(' ').filter(|word| !is_number(word)).collect();
	words.join(" ")
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn reasons_are_of_a_few_kinds() {
		for (words, kind) in [
			("Deny by directive 12", "Deny by directive"),
			("Deny: no directive speaks", "Deny: no directive speaks"),
			("Deny: sealed denial 3 is not opened", "Deny: sealed denial is not opened"),
			("", ""),
		] {
			assert_eq!(kind_of(words), kind);
		}
	}
}
