//! Reservations in words.

use super::Reserved;
use crate::sentence::{finality, moment};
use alloc::{format, string::String};

/// Millionths of epsilon as a decimal fraction, without zeros at its end.
fn epsilon(millionths: u64) -> String {
	let (whole, part) = (millionths / 1_000_000, millionths % 1_000_000);
	let text = format!("{whole}.{part:06}");
	text.trim_end_matches('0').trim_end_matches('.').into()
}

/// What was held against the commitments of a reservation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
	/// Nothing.
	Nothing,
	/// The answer, against that with which it was settled.
	Answer,
	/// The query too, against that with which it was reserved.
	AnswerAndQuery,
}

/// The sentence about a reservation.
pub fn sentence(reserved: &Reserved, shown: Shown) -> String {
	let Reserved { block, runtime, reservation: it } = reserved;
	let asked = match shown {
		Shown::AnswerAndQuery => "for this very query, by",
		Shown::Answer | Shown::Nothing => "with",
	};
	let settled = match (&it.settled, shown) {
		(Some(settled), Shown::Answer | Shown::AnswerAndQuery) => {
			format!(" and settled with this very answer on {}", moment(settled.at))
		},
		(Some(settled), Shown::Nothing) => format!(
			" and settled with an answer of which the commitment is {} on {}",
			settled.commitment,
			moment(settled.at)
		),
		(None, _) => " and not settled".into(),
	};
	format!(
		"Verified: organisation {} reserved an epsilon of {} on {} as its query {}, under permit {} for its dataset {}, version {} with \
		 withdrawal epoch {}, and {asked} the commitment {} to the query,{settled}; as of block {} ({}), of {} {}; {}.",
		it.custodian,
		epsilon(it.epsilon),
		moment(it.reserved_at),
		it.query,
		it.permit,
		it.dataset,
		it.version,
		it.epoch,
		it.commitment,
		block.number,
		moment(block.time),
		runtime.name,
		runtime.version,
		finality(block),
	)
}
