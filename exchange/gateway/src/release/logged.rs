//! The entries of the log, of what is released and of what is refused: they are on the disk before anything leaves.

use super::{Caller, Leaving, Refusal};
use crate::{
	chain::{now, Present},
	gateway::{Failure, Gateway},
};
use salus_exchange_protocol::{
	account::Address,
	event::{Access, Event, Outcome},
	log::Line,
};
use std::sync::Arc;

pub(super) const NO_ENTRY: Failure = Failure::Vault("an entry of the log is missing");

impl Caller {
	/// An entry of the log.
	pub(crate) fn event(
		&self,
		custodian: u32,
		record_id: String,
		outcome: Outcome,
		decision: &str,
	) -> Event {
		let Present { best, finalised, .. } = &self.present;
		let (a, b) = (best.hash.to_string(), finalised.hash.to_string());
		let by = if self.token.is_some() { "; asked with a token" } else { "" };
		Event::Access(Access {
			time: now(),
			organisation: Some(custodian),
			outcome,
			request_id: self.request.id,
			record_id,
			// As its key, and not as the address that came: else one account would have as many names here as it has addresses.
			requester: Address::from(self.request.requester.account()),
			requester_organisation: self.request.organisation,
			requester_kind: Some(self.request.kind()),
			purpose: self.request.purpose,
			action: self.request.action,
			decision: format!(
				"{decision}; best block {} {a}, final block {} {b}{by}",
				best.number, finalised.number
			),
		})
	}
}

impl Gateway {
	/// Writes what is released into the log, if the blocks are still of the present. When this returns, the entries are on the disk.
	pub(crate) async fn logged(
		self: &Arc<Self>,
		caller: &Caller,
		leaving: &[Leaving],
	) -> Result<Vec<Line>, Refusal> {
		caller.present.check(now())?;
		let events: Vec<Event> = leaving
			.iter()
			.map(|each| {
				let record_id = format!("{}/{}", each.found.resource_type, each.found.id);
				let custodian = self.config.organisation;
				caller.event(custodian, record_id, Outcome::Released, &each.reason)
			})
			.collect();
		let about = caller.about();
		let appended =
			self.blocking(move |gateway| Ok(gateway.store.append_about(&events, about)?)).await?;
		Ok(appended.into_iter().map(|each| each.line).collect())
	}

	/// Writes into the log that the patient was shown what is no record: the log itself, or what she has said.
	pub(crate) async fn logged_view(
		self: &Arc<Self>,
		caller: &Caller,
		decision: &str,
	) -> Result<Line, Refusal> {
		caller.present.check(now())?;
		let record_id = caller.request.record_id.clone();
		let event = caller.event(self.config.organisation, record_id, Outcome::Released, decision);
		let about = caller.about();
		let appended =
			self.blocking(move |gateway| Ok(gateway.store.append_about(&[event], about)?)).await?;
		Ok(appended.into_iter().next().ok_or(NO_ENTRY)?.line)
	}

	/// Logs that a request was refused, if it was, and is used up.
	pub(crate) async fn ended<T>(
		self: &Arc<Self>,
		caller: &Caller,
		done: Result<T, Refusal>,
	) -> Result<T, Refusal> {
		let refusal = match done {
			Err(refusal) if caller.is_claimed() => refusal,
			done => return done,
		};
		let record_id = caller.request.record_id.clone();
		let event =
			caller.event(self.config.organisation, record_id, Outcome::Refused, &refusal.words());
		let about = caller.about();
		self.blocking(move |gateway| Ok(gateway.store.append_about(&[event], about)?)).await?;
		Err(refusal)
	}
}
