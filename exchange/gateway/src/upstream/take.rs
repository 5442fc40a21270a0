//! Takes in the resources of one page, each version of the server's once.

use super::Page;
use crate::{
	gateway::{Failure, Gateway},
	group::{Around, Coming},
	ingest::{by_target, is_id, Taken, GONE_UPSTREAM},
	said::Lists,
	store::State,
};
use salus_exchange_protocol::Hash;
use std::{borrow::Cow, collections::BTreeSet};

/// What became of resources of the server.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
	/// They are held.
	pub held: u64,
	/// They are in quarantine.
	pub quarantined: u64,
	/// They were taken before.
	pub known: u64,
	/// They cannot be taken: they have no id, are no FHIR, or were erased here.
	pub refused: u64,
	/// They are not there any more.
	pub gone: u64,
	/// They could not be read by themselves, and are asked for again later.
	pub unread: u64,
}

impl Counts {
	/// Adds others.
	pub fn add(&mut self, other: Self) {
		let pairs = [
			(&mut self.held, other.held),
			(&mut self.quarantined, other.quarantined),
			(&mut self.known, other.known),
			(&mut self.refused, other.refused),
			(&mut self.gone, other.gone),
			(&mut self.unread, other.unread),
		];
		for (sum, one) in pairs {
			*sum = sum.saturating_add(one);
		}
	}

	/// Adds one that was taken.
	fn count(&mut self, taken: &Taken) {
		let which = match taken {
			Taken::Held { .. } => &mut self.held,
			Taken::Quarantined { .. } => &mut self.quarantined,
			Taken::Same { .. } => &mut self.known,
			Taken::Refused(_) => &mut self.refused,
		};
		*which = which.saturating_add(1);
	}
}

impl Gateway {
	/// Takes the resources of a page that are of this type, with the bytes that they have there. When this returns they are on the disk,
	/// and it is known that they were there in this reading. Told is also which of them are new here, or another version than before, by their ids.
	pub(super) fn take_page(
		&self,
		server: i64,
		resource_type: &str,
		round: u64,
		page: &Page,
	) -> Result<(Counts, BTreeSet<String>), Failure> {
		let by_target = by_target(page.entries.iter().map(|entry| &entry.value));
		// A server may label what it hands out by the page alone, without another version of anything.
		let labels = page.bundle.get("meta").and_then(|meta| meta.get("security"));
		let around = labels.map(|labels| format!(" {}", Hash::of(&labels.canonical())));
		let around = around.unwrap_or_default();
		let (mut counts, mut seen) = (Counts::default(), Vec::new());
		let (mut coming, mut back, mut fresh) = (Vec::new(), Vec::new(), BTreeSet::new());
		for entry in &page.entries {
			if entry.text("resourceType").is_some_and(|name| name != resource_type) {
				continue;
			}
			let (version, updated) = entry.version();
			let version = match version.is_empty() {
				true => String::new(),
				false => format!("{version} {}{around}", entry.labels()),
			};
			let row = |id: &str| (id.to_owned(), version.clone(), updated.to_owned());
			let before = match entry.text("id") {
				Some(id) => self.store.seen(server, resource_type, id)?,
				None => None,
			};
			// Without a version or a moment only its bytes tell whether it is another one.
			let is_known = before.as_ref().is_some_and(|before| {
				!before.gone
					&& !version.is_empty()
					&& !updated.is_empty()
					&& before.version == version
					&& before.updated == updated
			});
			if is_known {
				counts.known = counts.known.saturating_add(1);
				seen.extend(entry.text("id").map(row));
				continue;
			}
			let around = Some((&page.bundle, &entry.value));
			coming.push(Coming { record: Cow::Borrowed(entry.record.as_slice()), around });
			let Some(id) = entry.text("id").filter(|id| is_id(id)) else { continue };
			fresh.insert(id.to_owned());
			if before.is_some_and(|before| before.gone) {
				back.push(id);
			}
			seen.push(row(id));
		}
		let around = Around { by_target, lists: Lists::default() };
		for outcome in self.ingest_all(coming, &around)? {
			counts.count(&outcome.taken);
		}
		for id in back {
			self.back(resource_type, id)?;
		}
		self.store.put_seen(server, resource_type, round, &seen)?;
		Ok((counts, fresh))
	}

	/// A resource is there again: if its record does not leave because it was gone, it is judged anew.
	fn back(&self, resource_type: &str, id: &str) -> Result<(), Failure> {
		let Some(found) = self.store.current(resource_type, id)? else { return Ok(()) };
		if let (State::Quarantined { fault, .. }, Some(blob)) = (&found.state, &found.blob) {
			if fault == GONE_UPSTREAM {
				self.judge_again(&found, blob, false)?;
			}
		}
		Ok(())
	}
}
