//! Records are erased, and files that are nobody's are removed. What is to go is written down with what makes it nobody's: a file that cannot be
//! removed then is removed later, and an erasure is told only when all files are gone.

use crate::{
	chain::now,
	gateway::{Failure, Gateway},
	ingest::PATIENT,
};
use std::{sync::Arc, time::Duration};

/// How often files are removed that could not be before.
const EVERY: Duration = Duration::from_secs(60);
/// After how many files in a row that cannot be removed no more is tried: then it is all of the store, which may take long to say so.
const MOST_FAULTS: usize = 5;
/// How many are looked up in one go.
const SOME: u32 = 500;

impl Gateway {
	/// Erases a record in all its versions; with a Patient, offers to link that patient. False if there is none. Whoever asks again is told the same,
	/// as soon as no file of it is left.
	pub fn erase(&self, resource_type: &str, id: &str) -> Result<bool, Failure> {
		if resource_type == PATIENT {
			self.store.erase_offers(&self.vault.index("patient", id.as_bytes()))?;
		}
		if !self.store.erase(resource_type, id)? {
			return Ok(false);
		}
		match self.remove(&self.store.leaving_of(resource_type, id)?)? {
			(_, None) => Ok(true),
			(_, Some(error)) => Err(error.into()),
		}
	}

	/// Removes files that are to go. Gives up after some in a row that cannot be removed. How many were tried, and the first fault, if there is
	/// one.
	fn remove(&self, names: &[String]) -> Result<(usize, Option<std::io::Error>), Failure> {
		let (mut gone, mut first, mut in_a_row, mut tried) = (Vec::new(), None, 0_usize, 0_usize);
		for name in names {
			tried = tried.saturating_add(1);
			match self.blobs.remove(name) {
				Ok(()) => {
					gone.push(name.as_str());
					in_a_row = 0;
				},
				Err(error) => {
					first = first.or(Some(error));
					in_a_row = in_a_row.saturating_add(1_usize);
				},
			}
			if in_a_row >= MOST_FAULTS {
				break;
			}
		}
		self.store.left(&gone)?;
		Ok((tried, first))
	}

	/// Removes files that no record has. From the first one on that cannot be removed now they are written down: a store that does not answer
	/// is not asked for each of them. Their names may not be used again then. Whether all are gone.
	pub(crate) fn discard(&self, names: &[&str]) -> bool {
		for (at, name) in names.iter().enumerate() {
			let Err(error) = self.blobs.remove(name) else { continue };
			let noted = self.store.leaves(names.get(at..).unwrap_or_default()).is_ok();
			tracing::warn!(%error, noted, "files of the vault that are nobody's could not be removed");
			return false;
		}
		true
	}

	/// Removes all files that are to go. If it gives up, the next time begins behind what could not be removed, so that these keep no others.
	pub fn remove_leaving(&self) -> Result<(), Failure> {
		let mut after = std::mem::take(&mut *self.left_at());
		let mut fault = None;
		loop {
			let some = self.store.leaving(&after, SOME)?;
			let (tried, first) = self.remove(&some)?;
			fault = fault.or(first);
			let last = tried.checked_sub(1).and_then(|at| some.get(at));
			if tried < some.len() {
				*self.left_at() = last.cloned().unwrap_or_default();
				break;
			}
			match last {
				Some(last) => after.clone_from(last),
				None => break,
			}
		}
		fault.map_or(Ok(()), |error| Err(error.into()))
	}

	/// Behind which file it goes on.
	fn left_at(&self) -> std::sync::MutexGuard<'_, String> {
		self.leaving_after.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
	}

	/// Does so again and again, looks who is named in records of patients who have other identifiers now, removes offers of links that ended, and notes in the folder of data how far its database is.
	pub async fn keep_removing(self: Arc<Self>) {
		let mut ticks = tokio::time::interval(EVERY);
		ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
		loop {
			ticks.tick().await;
			if let Err(failure) = self.blocking(Self::remove_leaving).await {
				tracing::error!(%failure, "files of the vault that are to go are still there");
			}
			let named = self.blocking(|gateway| {
				while gateway.look_at_numbered()? {}
				Ok(())
			});
			if let Err(failure) = named.await {
				tracing::error!(%failure, "who is named in records of patients with other identifiers is not looked at");
			}
			if let Err(failure) =
				self.blocking(|gateway| Ok(gateway.store.forget_offers(now())?)).await
			{
				tracing::error!(%failure, "offers of links that ended are still there");
			}
			if let Err(failure) =
				self.blocking(|gateway| Ok(gateway.store.note_commits(false)?)).await
			{
				tracing::error!(%failure, "how far the database is cannot be noted");
			}
		}
	}
}
