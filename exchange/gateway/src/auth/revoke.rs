//! Where a token is ended before its time (RFC 7009).

use super::{Form, Holder, NoClient, NotIssued};
use crate::{chain::now, gateway::Gateway};
use salus_exchange_protocol::Hash;
use std::sync::Arc;

impl Gateway {
	/// Ends a token. To end one of an organisation, its system authenticates as where it asked for it. That there is none is no fault: then it
	/// has ended.
	pub async fn revoke(self: &Arc<Self>, form: &Form) -> Result<(), NotIssued> {
		let token = form.get("token").ok_or(NotIssued::Request("token"))?;
		let hash = Hash::of(token.as_bytes());
		let found = self.blocking(move |gateway| Ok(gateway.store.token(&hash, now())?)).await?;
		let Some(found) = found else {
			// An assertion beside it is used up, and may not be shown again for something else.
			if form.get("client_assertion").is_some() {
				if let Ok((_, assertion)) = self.client(form).await {
					let (id, until) = (assertion.id(), assertion.exp);
					self.blocking(move |gateway| Ok(gateway.store.claim(&id, until, now())?))
						.await?;
				}
			}
			return Ok(());
		};
		let mut once = None;
		if let Holder::Organisation { number, .. } = found.holder {
			let (_, assertion) = self.client(form).await?;
			// Another organisation is told what is told of a token that there is not.
			if assertion.organisation != number {
				let (id, until) = (assertion.id(), assertion.exp);
				self.blocking(move |gateway| Ok(gateway.store.claim(&id, until, now())?)).await?;
				return Ok(());
			}
			once = Some((assertion.id(), assertion.exp));
		}
		self.blocking(move |gateway| {
			if let Some((id, until)) = once {
				if !gateway.store.claim(&id, until, now())? {
					return Ok(Err(NoClient::Replayed.into()));
				}
			}
			gateway.store.end_token(&hash)?;
			Ok(Ok(()))
		})
		.await?
	}
}
