//! What leaves: which records may, by what was decided, how many in one go, and what is left of each.

use super::Refusal;
use crate::{
	decide::Decided,
	gateway::{Failure, Gateway},
	quotas::Party,
	room::Held,
	store::{Found, State},
};
use salus_exchange_policy::{Answer, Ask, Classified, DataClass, Judged, Released};
use std::{
	collections::{BTreeMap, BTreeSet},
	iter,
	sync::Arc,
};

/// What is released in one go, each with the words of its decision.
pub(crate) struct Leaving {
	pub(crate) found: Found,
	pub(crate) bytes: Vec<u8>,
	pub(crate) released: Released,
	pub(crate) reason: String,
	/// What the chain says of it, for whoever reads it.
	pub(crate) standing: Vec<&'static str>,
}

/// After how many bytes a page, or a part of a download, ends: in memory is what is sent in one go.
const MAX_AT_ONCE: u64 = 16 << 20;

impl Leaving {
	/// Whether all of it, but for what it contains, is of that class.
	pub(crate) fn is_of_class(&self, class: DataClass) -> bool {
		match &self.found.state {
			State::Held(judged) => judged.asks.iter().all(|ask| ask.data_class == class),
			_ => false,
		}
	}
}

/// Whether a record may leave, be it without some of what it contains: that does not depend on its bytes.
pub(crate) fn may_leave(judged: &Classified, permitted: &BTreeMap<Ask, bool>) -> bool {
	let whole = Classified { contained: Vec::new(), ..judged.clone() };
	let answer = Answer::of(vec![(&[], Judged::Classified(whole))]);
	!answer.leaving(permitted).released.is_empty()
}

/// All that must be permitted, or may be, for a record to go.
pub(crate) fn asks_of(judged: &Classified) -> BTreeSet<Ask> {
	let parts = judged.contained.iter().flat_map(|part| &part.asks);
	judged.asks.iter().chain(parts).cloned().collect()
}

/// What is to leave in one go, before it is opened.
#[derive(Default)]
struct Chosen {
	records: Vec<Found>,
	/// How many bytes their files have.
	bytes: u64,
	/// What is behind them, from the next one on that may leave.
	behind: Vec<Found>,
}

impl Gateway {
	/// What of these records may leave, given what was decided, and the room that it takes of its party's. Of what may not, nothing is even opened,
	/// and it takes none. There is an end after [`MAX_AT_ONCE`] bytes, but never before the first that leaves: whoever asks goes on after the last
	/// that is there. What has places of its own is of no `party`.
	pub(crate) async fn leaving(
		self: &Arc<Self>,
		records: Vec<Found>,
		decided: Decided,
		party: Option<Party>,
	) -> Result<(Vec<Leaving>, bool, Held), Refusal> {
		let (decided, mut left) = (Arc::new(decided), records);
		loop {
			let by = Arc::clone(&decided);
			let chosen = self.blocking(move |gateway| gateway.in_one_go(left, &by.permitted));
			let Chosen { records, bytes, behind } = chosen.await?;
			let held = match party {
				Some(party) => self.room.take(party, bytes).await?,
				None => None,
			};
			let by = Arc::clone(&decided);
			let leaving = self.blocking(move |gateway| gateway.opened_to_leave(records, &by));
			let leaving = leaving.await?;
			// Without a last one that is there nobody could go on after it.
			if !leaving.is_empty() || behind.is_empty() {
				return Ok((leaving, !behind.is_empty(), held));
			}
			left = behind;
		}
	}

	/// How a record is to be treated at this moment, if it may leave.
	fn judged_to_leave(
		&self,
		found: &Found,
		permitted: &BTreeMap<Ask, bool>,
	) -> Result<Option<Classified>, Failure> {
		let judged = self.judged_now(found)?.filter(|_| found.blob.is_some());
		Ok(judged.filter(|judged| may_leave(judged, permitted)))
	}

	/// Those of these records that may leave in one go. One of which the file cannot be read is none of them.
	fn in_one_go(
		&self,
		records: Vec<Found>,
		permitted: &BTreeMap<Ask, bool>,
	) -> Result<Chosen, Failure> {
		let (mut chosen, mut left) = (Chosen::default(), records.into_iter());
		while let Some(found) = left.next() {
			let Some(blob) = &found.blob else { continue };
			if self.judged_to_leave(&found, permitted)?.is_none() {
				continue;
			}
			if chosen.bytes > MAX_AT_ONCE {
				chosen.behind = iter::once(found).chain(left).collect();
				break;
			}
			let size = self.blobs.size(blob).map_err(Failure::from);
			let Some(size) = self.or_withheld(found.number, blob, size)? else { continue };
			chosen.bytes = chosen.bytes.saturating_add(size);
			chosen.records.push(found);
		}
		Ok(chosen)
	}

	/// A record as it stands now, if it is still the current version, and of the same patient.
	fn as_it_stands(&self, before: &Found) -> Result<Option<Found>, Failure> {
		let now = self.store.current(&before.resource_type, &before.id)?;
		Ok(now.filter(|now| now.number == before.number && now.patient == before.patient))
	}

	fn opened_to_leave(
		&self,
		records: Vec<Found>,
		decided: &Decided,
	) -> Result<Vec<Leaving>, Failure> {
		let mut leaving: Vec<Leaving> = Vec::new();
		for before in records {
			// Once more, and from the database: the node was asked since it was read, and it may have waited for room. What was retracted or erased
			// meanwhile, or has another label or a newer version, does not leave by what was known before.
			let Some(found) = self.as_it_stands(&before)? else { continue };
			let judged = self.judged_to_leave(&found, &decided.permitted)?;
			let (Some(judged), Some(blob)) = (judged, &found.blob) else { continue };
			let reason = judged.asks.iter().find_map(|ask| decided.reasons.get(ask));
			let reason = reason.map_or_else(String::new, |why| why.words.clone());
			let Some(bytes) = self.opened_or_withheld(found.number, blob)? else { continue };
			let answer = Answer::of(vec![(bytes.as_slice(), Judged::Classified(judged))]);
			let released = answer.leaving(&decided.permitted).released.into_iter().next();
			let standing = Vec::new();
			leaving.extend(released.map(|released| Leaving {
				found,
				bytes,
				released,
				reason,
				standing,
			}));
		}
		// Only of what leaves: of what does not, nobody is told anything.
		let numbers: Vec<u64> = leaving.iter().map(|each| each.found.number).collect();
		for (each, standing) in leaving.iter_mut().zip(self.standing_of(&numbers)?) {
			each.standing = standing;
		}
		Ok(leaving)
	}
}
