//! Profiles of organisations, as far as this gateway was shown any. They say nothing by themselves: which of them is an organisation's, its
//! commitment on the chain says, each time anew.

use crate::{
	chain::{now, Present, Stale},
	gateway::{Failure, Gateway},
	release::Refusal,
};
use salus_exchange_protocol::profile::{Profile, MAX_PROFILE};
use std::{io, sync::Arc};

impl Gateway {
	/// The profiles that there are of an organisation: those handed in, and the one in the folder. A file that is none is passed over, and named
	/// in the program's log: it takes nothing away from the others.
	pub(crate) fn profiles_of(&self, organisation: u32) -> Result<Vec<Profile>, Failure> {
		let mut profiles = self.store.profiles(organisation)?;
		let folder = self.config.auth.as_ref().and_then(|auth| auth.profiles.as_ref());
		if let Some(folder) = folder {
			match std::fs::read(folder.join(format!("{organisation}.json"))) {
				Ok(bytes) if bytes.len() <= MAX_PROFILE.saturating_mul(2) => {
					match Profile::shown(&bytes) {
						Ok((number, profile)) if number == organisation => profiles.push(profile),
						Ok(_) => {
							tracing::warn!(organisation, "the file of a profile is of another one")
						},
						Err(fault) => tracing::warn!(organisation, %fault, "the file of a profile"),
					}
				},
				Ok(_) => tracing::warn!(organisation, "the file of a profile is too large"),
				Err(error) if error.kind() == io::ErrorKind::NotFound => {},
				Err(error) => tracing::warn!(organisation, %error, "the file of a profile"),
			}
		}
		Ok(profiles)
	}

	/// Keeps a profile, and tells whether it is the one with which the organisation is licensed now. It is kept also if it is not: it may be
	/// handed in ahead of time.
	pub async fn keep_profile(
		self: &Arc<Self>,
		organisation: u32,
		profile: Profile,
	) -> Result<bool, Refusal> {
		let present = self.present().await?;
		let is_believed = self.opens(&present, organisation, &profile).await?;
		self.blocking(move |gateway| {
			Ok(gateway.store.keep_profile(organisation, &profile, now())?)
		})
		.await?;
		Ok(is_believed)
	}

	/// Whether this is the profile with which the organisation is licensed, in both blocks.
	pub(crate) async fn opens(
		&self,
		present: &Present,
		organisation: u32,
		profile: &Profile,
	) -> Result<bool, Stale> {
		for block in [&present.best, &present.finalised] {
			let found = self.node.licensed(block, organisation, block.time).await?;
			if !found.is_some_and(|commitment| profile.is_of(&commitment)) {
				return Ok(false);
			}
		}
		Ok(true)
	}
}
