//! Whether the node's own runtime answers as was decided here. Both rest on the same rules, compiled twice and fed twice: a difference means that one of
//! the two is wrong, and somebody must look. Some of the questions are asked once more, after they were answered: nobody waits for it.

use super::{
	facts::{Question, Word},
	Block, Node, Silent,
};
use codec::{DecodeAll, Encode};
use salus_consent_decision::Verdict;
use std::sync::{
	atomic::{AtomicU64, Ordering},
	Mutex, PoisonError,
};

/// Of so many questions one is asked once more.
const ONE_IN: u64 = 50;
/// The most that wait to be asked: what comes on top is not.
const MOST: usize = 256;

/// One question with what was decided, of the state after a block.
#[derive(Clone, Debug)]
struct Asked {
	at: Block,
	question: Question,
	word: Word,
}

/// The questions that are to be asked once more.
#[derive(Default, Debug)]
pub(crate) struct Sample {
	seen: AtomicU64,
	waiting: Mutex<Vec<Asked>>,
}

/// What came of asking once more.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Agreement {
	/// How many questions were asked.
	pub compared: u64,
	/// How many of them the runtime answers otherwise.
	pub differing: u64,
}

/// What the runtime says to one question: an error by its number, of which one means that there is no such patient.
type Said = Result<Verdict, u8>;
const UNKNOWN_PATIENT: u8 = 1;

impl Sample {
	/// Takes up some of what is decided without openings: these no node gets to see.
	pub(crate) fn take(&self, at: &Block, question: &Question, word: Word) {
		if !self.seen.fetch_add(1, Ordering::Relaxed).is_multiple_of(ONE_IN) {
			return;
		}
		let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
		if waiting.len() < MOST {
			waiting.push(Asked { at: *at, question: question.clone(), word });
		}
	}

	/// Those that wait, of one block.
	fn of_one_block(&self) -> Vec<Asked> {
		let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
		let Some(at) = waiting.first().map(|first| first.at.hash) else { return Vec::new() };
		let (of_it, others) = waiting.drain(..).partition(|each: &Asked| each.at.hash == at);
		*waiting = others;
		of_it
	}
}

impl Node {
	/// Asks the node's runtime what waits to be asked once more, block by block. None waits afterwards, also if the node does not answer: it may have
	/// forgotten the state by then.
	pub(crate) async fn compare(&self) -> (Agreement, Option<Silent>) {
		let mut sum = Agreement::default();
		let mut silent = None;
		loop {
			let asked = self.sample.of_one_block();
			let Some(first) = asked.first() else { break };
			match self.answers(&first.at, &asked).await {
				Ok(said) => {
					let pairs = asked.iter().zip(said);
					let differing =
						pairs.filter(|(asked, said)| !agrees(asked.word, *said)).count();
					let differing = u64::try_from(differing).unwrap_or(u64::MAX);
					if differing > 0 {
						// Not which questions: a log is read by more people than the record is.
						let (block, number) = (first.at.hash, first.at.number);
						tracing::error!(%block, number, differing, "the node's runtime decides otherwise than this gateway");
					}
					sum.compared =
						sum.compared.saturating_add(u64::try_from(asked.len()).unwrap_or(0));
					sum.differing = sum.differing.saturating_add(differing);
				},
				Err(error) => silent = Some(error),
			}
		}
		(sum, silent)
	}

	async fn answers(&self, at: &Block, asked: &[Asked]) -> Result<Vec<Said>, Silent> {
		let questions: Vec<&Question> = asked.iter().map(|each| &each.question).collect();
		let told = self.ask(at, "ConsentApi_decide_many", &questions.encode()).await?;
		let said = Result::<Vec<Said>, u8>::decode_all(&mut told.as_slice());
		match said {
			Ok(Ok(said)) if said.len() == asked.len() => Ok(said),
			_ => Err(Silent::Wrong("the runtime's answer to questions of consent is none".into())),
		}
	}
}

/// Whether the two say the same, to the number of the directive.
fn agrees(word: Word, said: Said) -> bool {
	match (word, said) {
		(Word::Says(verdict), Ok(said)) => verdict == said,
		(Word::UnknownPatient, Err(error)) => error == UNKNOWN_PATIENT,
		_ => false,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::facts::tests::question;
	use salus_consent_decision::{Basis, Reason};
	use salus_exchange_protocol::Hash;

	fn block(number: u8) -> Block {
		let hash = Hash([number; 32]);
		Block { hash, number: number.into(), state_root: hash, time: 0 }
	}

	#[test]
	fn one_of_so_many_is_taken_and_no_more_than_fit() {
		let sample = Sample::default();
		for each in 0..ONE_IN * 1_000 {
			let at = if each % (2 * ONE_IN) == 0 { block(1) } else { block(2) };
			sample.take(&at, &question(each), Word::UnknownPatient);
		}
		assert_eq!(sample.waiting.lock().unwrap().len(), MOST);
		let first = sample.of_one_block();
		assert_eq!(first[0].question, question(0), "the first of all is one of them");
		assert!(first.iter().all(|each| each.at == first[0].at));
		assert_eq!(first.len() + sample.of_one_block().len(), MOST);
		assert!(sample.of_one_block().is_empty());
	}

	#[test]
	fn both_must_say_the_same_to_the_number() {
		let permit = |id| Verdict::Permit(Basis::Directive(id));
		assert!(agrees(Word::Says(permit(1)), Ok(permit(1))));
		assert!(!agrees(Word::Says(permit(1)), Ok(permit(2))));
		assert!(!agrees(Word::Says(permit(1)), Ok(Verdict::Deny(Reason::Default))));
		assert!(!agrees(Word::Says(permit(1)), Err(UNKNOWN_PATIENT)));
		assert!(agrees(Word::UnknownPatient, Err(UNKNOWN_PATIENT)));
		assert!(!agrees(Word::UnknownPatient, Err(2)));
		assert!(!agrees(Word::UnknownPatient, Ok(Verdict::Deny(Reason::Default))));
	}
}
