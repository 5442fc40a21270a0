//! Where a token is used: it lives, whoever shows it has the key that it is bound to, it covers what is asked for, and what it rests on
//! lasts. That permits nothing yet.

use super::{faults::NoProof, Holder, NoToken, Token};
use crate::{
	chain::{now, Present},
	gateway::Gateway,
	quotas::{Party, TooOften},
	release::Refusal,
};
use salus_exchange_protocol::{
	account::Account,
	dpop::{Expected, Proof},
	Hash,
};
use std::sync::Arc;

/// A token as it is shown, with the proof beside it.
#[derive(Clone, PartialEq, Eq)]
pub struct Presented {
	/// The token.
	pub token: String,
	/// The proof; none if there is none, or several.
	pub proof: Option<String>,
	/// The method of the request.
	pub method: String,
	/// The path of the request, as it stands in it.
	pub path: String,
}

/// Says nothing of the token.
impl std::fmt::Debug for Presented {
	fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
		f.debug_struct("Presented").finish_non_exhaustive()
	}
}

impl Gateway {
	/// The token that is shown, and the blocks of the present in which it stands.
	pub(crate) async fn shown(
		self: &Arc<Self>,
		presented: &Presented,
		target: &str,
	) -> Result<(Token, Present), Refusal> {
		let shown = self.shown_token(presented, target).await;
		if let Err(Refusal::Token(no)) = &shown {
			self.tally.count(no.counted());
		}
		shown
	}

	async fn shown_token(
		self: &Arc<Self>,
		presented: &Presented,
		target: &str,
	) -> Result<(Token, Present), Refusal> {
		let Presented { token, proof, method, path } = presented;
		let hash = Hash::of(token.as_bytes());
		let found = self.blocking(move |gateway| Ok(gateway.store.token(&hash, now())?)).await?;
		let found = found.filter(|_| self.config.auth.is_some()).ok_or(NoToken::Unknown)?;
		let proof = proof.as_deref().ok_or(NoToken::from(NoProof::Missing))?;
		let proof = Proof::read(proof).map_err(|fault| NoToken::from(NoProof::from(fault)))?;
		let url = format!("{}{path}", self.config.url);
		let expected = Expected { method, url: &url, now: now(), token: Some(token) };
		proof.check(&expected).map_err(|fault| NoToken::from(NoProof::from(fault)))?;
		if proof.key.thumbprint() != found.bound_to {
			return Err(NoToken::from(NoProof::OtherKey).into());
		}
		if !found.scope.covers(target) {
			return Err(NoToken::Scope.into());
		}
		let taken = self.take_quota(&found.holder)?;
		let present = self.present().await?;
		if !self.lasts(&present, &found).await? {
			self.quotas.forget(&found.holder.who());
			return Err(NoToken::Ended.into());
		}
		self.believe(&found.holder, taken)?;
		let (id, until) = (proof.id(), proof.until());
		// Last, so that who has no token leaves nothing behind.
		if !self.blocking(move |gateway| Ok(gateway.store.claim(&id, until, now())?)).await? {
			return Err(NoToken::from(NoProof::Replayed).into());
		}
		Ok((found, present))
	}

	/// Takes a request from the quota of whoever has signed, before the node is asked and before anything is used up. Whether a profile is the
	/// organisation's, and whether a key is a patient's, only the chain tells. Of whom it did not in the last minutes, a key in a profile has a
	/// quota for itself, for there are only as many as the house took in, and all others share that of strangers. So nobody takes anything
	/// from an organisation by a profile that is not believed, or is no more.
	pub(super) fn take_quota(&self, holder: &Holder) -> Result<Party, TooOften> {
		let unknown = match holder {
			Holder::Organisation { key, .. } => Party::Key(Account(key.0)),
			Holder::Patient(_) => Party::Strangers,
		};
		self.quotas.take_first(&holder.who(), holder.party(), unknown)
	}

	/// That the chain has told so.
	pub(super) fn believe(&self, holder: &Holder, taken: Party) -> Result<(), TooOften> {
		self.quotas.believe(holder.who(), taken, holder.party())
	}

	/// Whether a token with which something was begun still is good, in the blocks of now.
	pub(crate) async fn still_good(
		self: &Arc<Self>,
		present: &Present,
		token: &Token,
	) -> Result<(), Refusal> {
		let hash = token.hash;
		let found = self.blocking(move |gateway| Ok(gateway.store.token(&hash, now())?)).await?;
		match found {
			Some(found) if self.lasts(present, &found).await? => Ok(()),
			Some(_) => Err(NoToken::Ended.into()),
			None => Err(NoToken::Unknown.into()),
		}
	}
}
