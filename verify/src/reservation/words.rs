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

/// The sentence about a reservation; `is_opened` says that the answer was held against the commitment with which it was settled.
pub fn sentence(reserved: &Reserved, is_opened: bool) -> String {
	let Reserved { block, runtime, reservation: it } = reserved;
	let settled = match (&it.settled, is_opened) {
		(Some(settled), true) => {
			format!(" and settled with this very answer on {}", moment(settled.at))
		},
		(Some(settled), false) => format!(
			" and settled with an answer of which the commitment is {} on {}",
			settled.commitment,
			moment(settled.at)
		),
		(None, _) => " and not settled".into(),
	};
	format!(
		"Verified: organisation {} reserved an epsilon of {} on {} as its query {}, under permit {} for its dataset {}, version {} with \
		 withdrawal epoch {}, and with the commitment {} to the query,{settled}; as of block {} ({}), of {} {}; {}.",
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
