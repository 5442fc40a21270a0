//! Whether the standing behind a token lasts, and that tokens end with it: looked at where one is asked for, where one is used, and in between
//! every few seconds, so that a licence that ends for a moment ends its tokens for good.

use super::{Holder, NotIssued, Token};
use crate::{
	chain::{now, Present, Stale},
	gateway::{Failure, Gateway},
	release::Refusal,
};
use salus_exchange_protocol::Hash;
use std::{sync::Arc, time::Duration};

/// Why it is not known whether a standing lasts.
#[derive(Debug)]
pub(crate) enum Unknown {
	/// The node.
	Stale(Stale),
	/// Something here.
	Failure(Failure),
}

impl Unknown {
	/// As where a token is asked for.
	pub(crate) fn issued(self) -> NotIssued {
		match self {
			Self::Stale(stale) => NotIssued::Stale(stale),
			Self::Failure(failure) => NotIssued::Failure(failure),
		}
	}
}

impl From<Unknown> for Refusal {
	fn from(unknown: Unknown) -> Self {
		match unknown {
			Unknown::Stale(stale) => Self::Stale(stale),
			Unknown::Failure(failure) => Self::Failure(failure),
		}
	}
}

impl Gateway {
	/// Whether the standing of a holder lasts in both blocks, and has since `since`.
	pub(crate) async fn stands(
		self: &Arc<Self>,
		present: &Present,
		holder: &Holder,
		since: u64,
	) -> Result<bool, Unknown> {
		let silent = |silent: crate::chain::Silent| Unknown::Stale(silent.into());
		let blocks = [&present.best, &present.finalised];
		match *holder {
			Holder::Patient(account) => {
				for block in blocks {
					let stands = self.node.is_patients_key(block, account, since).await;
					if !stands.map_err(silent)? {
						return Ok(false);
					}
				}
			},
			Holder::Organisation { number, key } => {
				let profiles = self.blocking(move |gateway| gateway.profiles_of(number)).await;
				let profiles = profiles.map_err(Unknown::Failure)?;
				let with_key = profiles
					.iter()
					.filter(|profile| profile.keys.iter().any(|each| each.key.thumbprint() == key));
				let commitments: Vec<Hash> = with_key.map(|profile| profile.commitment()).collect();
				for block in blocks {
					let found = self.node.licensed(block, number, since).await.map_err(silent)?;
					if !found.is_some_and(|found| commitments.contains(&found)) {
						return Ok(false);
					}
				}
			},
		}
		Ok(true)
	}

	/// The same of a token; if it does not last, all tokens of the holder end, whenever they were issued.
	pub(crate) async fn lasts(
		self: &Arc<Self>,
		present: &Present,
		token: &Token,
	) -> Result<bool, Unknown> {
		let lasts = self.stands(present, &token.holder, token.since).await?;
		if !lasts {
			self.end_all(token.holder).await.map_err(Unknown::Failure)?;
		}
		Ok(lasts)
	}

	async fn end_all(self: &Arc<Self>, holder: Holder) -> Result<(), Failure> {
		let ended = self.blocking(move |gateway| Ok(gateway.store.end_tokens(&holder)?));
		let ended = ended.await?;
		tracing::info!(ended, "tokens ended with what they rest on");
		Ok(())
	}

	/// Looks once whether what the tokens rest on lasts. Where that is not known, nothing ends, and nothing is answered either.
	pub async fn look_after_tokens(self: &Arc<Self>) -> Result<(), Refusal> {
		let holders = self.blocking(|gateway| Ok(gateway.store.holders(now())?)).await?;
		if holders.is_empty() {
			return Ok(());
		}
		let present = self.present().await?;
		for (holder, since) in holders {
			if !self.stands(&present, &holder, since).await? {
				self.end_all(holder).await?;
			}
		}
		Ok(())
	}

	/// Looks at each block, about.
	pub(crate) async fn keep_tokens(self: Arc<Self>) {
		let mut ticks =
			tokio::time::interval(Duration::from_secs(self.config.chain.limits.block_time));
		ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
		loop {
			ticks.tick().await;
			match self.look_after_tokens().await {
				Ok(()) | Err(Refusal::Stale(_)) => {},
				Err(refusal) => tracing::error!(?refusal, "tokens could not be looked after"),
			}
		}
	}
}
