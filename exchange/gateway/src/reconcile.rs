//! Comparing the access log with another organisation's: each disclosure from one to the other stands in both. An officer of the other one asks
//! for the entries about it, of a day and the days around it, and gets no others.

use crate::{
	chain::Stale,
	fetch::{signed_by, NotFetched, LIFE},
	gateway::{Failure, Gateway},
	openings::Sent,
	release::Refusal,
	vault::random,
};
use salus_exchange_protocol::{
	account::{Account, Address},
	codes::{Action, Purpose},
	event::Event,
	log::Line,
	reconcile::{entries, is_about, reconcile, Comparison, DAY},
	request::ReleaseRequest,
	Hash,
};
use std::sync::Arc;

/// The last day that can be asked about: the end of the year 9999.
const LAST_DAY: u64 = 2_932_896;
/// The most lines of an answer.
const MAX_LINES: usize = 100_000;

/// The query for a day, counted from 1970.
fn query(day: u64) -> String {
	format!("day={day}")
}

/// What is signed to ask for the entries of a day.
pub fn target(query: &str) -> String {
	format!("$counterpart?{}", Hash::of(query.as_bytes()))
}

impl Gateway {
	/// The lines of the log about another organisation, of a day, the one before and the one after.
	async fn lines_about(self: &Arc<Self>, other: u32, day: u64) -> Result<Vec<Line>, Failure> {
		let from = day.saturating_sub(1).saturating_mul(DAY);
		let until = day.saturating_add(2).saturating_mul(DAY);
		self.blocking(move |gateway| {
			let mut found = Vec::new();
			for line in gateway.store.log_between(from, until)? {
				let is_theirs = match line.event() {
					Ok(Event::Access(access)) => is_about(&access, other),
					_ => false,
				};
				if is_theirs {
					found.push(line);
				}
			}
			Ok(found)
		})
		.await
	}

	/// The entries about the organisation of whoever asks, for its privacy officer, data steward, auditor or administrator.
	pub async fn counterpart(self: &Arc<Self>, sent: Sent, query: &str) -> Result<String, Refusal> {
		let day = query.strip_prefix("day=").and_then(|day| day.parse().ok());
		let day = day.filter(|day| *day <= LAST_DAY && self::query(*day) == query);
		let day =
			day.ok_or_else(|| Refusal::Search("offered is day=NUMBER, counted from 1970".into()))?;
		let caller = self.caller(sent, &target(query)).await?;
		let done = async {
			let nothing = || Refusal::NotFound("no officer of an organisation asks".into());
			let other = caller.request.organisation.ok_or_else(nothing)?;
			let who = caller.request.requester.account();
			for block in [&caller.present.best, &caller.present.finalised] {
				let found = self.node.credential(block, other, who).await.map_err(Stale::from)?;
				if !found.is_some_and(|found| found.is_officer()) {
					return Err(nothing());
				}
			}
			let lines = self.lines_about(other, day).await?;
			if lines.len() > MAX_LINES {
				return Err(Refusal::Search(
					"there are more entries than are handed out at once".into(),
				));
			}
			Ok(lines.iter().map(|line| line.to_text() + "\n").collect())
		};
		let done = done.await;
		self.ended(&caller, done).await
	}

	/// Compares a day with another organisation's gateway.
	pub async fn reconcile(
		self: &Arc<Self>,
		url: Option<&str>,
		custodian: u32,
		day: u64,
	) -> Result<Comparison, NotFetched> {
		let key = self.signer.as_ref().ok_or(NotFetched::NoKey)?;
		if custodian == self.config.organisation {
			return Err(NotFetched::Order("custodian"));
		}
		let place = self.place_of(custodian, url).await?;
		let query = query(day);
		let request = ReleaseRequest {
			id: Hash(random::<32>().map_err(Failure::Io)?),
			custodian,
			record_id: target(&query),
			requester: Address::from(Account(key.account())),
			organisation: Some(self.config.organisation),
			purpose: Purpose::Hoperat,
			action: Action::Read,
			expiry: crate::chain::now().saturating_add(LIFE),
		};
		let signed = signed_by(key, &request, &self.node.genesis()).await?;
		let answer = self.ask_other(&place, &format!("/counterpart?{query}"), &signed, &[]).await?;
		let lines = answer.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
		let theirs: Result<Vec<Line>, _> = lines.map(Line::read).collect();
		let theirs = theirs.map_err(|_| NotFetched::Malformed("a line of the log"))?;
		let theirs = entries(custodian, &theirs)
			.map_err(|_| NotFetched::Malformed("an entry that is none of that log"))?;
		let ours = self.lines_about(custodian, day).await?;
		let ours = entries(self.config.organisation, &ours)
			.map_err(|_| Failure::Vault("the access log does not hold together"))?;
		Ok(reconcile((self.config.organisation, &ours), (custodian, &theirs), day))
	}
}
