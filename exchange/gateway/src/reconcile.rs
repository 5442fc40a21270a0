//! Comparing the access log with another organisation's: each disclosure from one to the other stands in both. An officer of the other one asks
//! for the entries about it, of a day and the days around it, and gets no others. That they were shown is logged.

use crate::{
	chain::Stale,
	downloads::Place,
	fetch::{signed_by, NotFetched, LIFE},
	gateway::{Failure, Gateway},
	openings::Sent,
	release::Refusal,
	vault::random,
};
use salus_exchange_protocol::{
	account::{Account, Address},
	codes::{Action, Purpose},
	event::RequesterKind,
	log::Line,
	reconcile::{entries, reconcile, Comparison, COUNTERPART, DAY},
	request::ReleaseRequest,
	Hash,
};
use std::{
	convert::Infallible,
	pin::Pin,
	sync::Arc,
	task::{Context, Poll},
};

/// The last day that can be asked about: the end of the year 9999.
const LAST_DAY: u64 = 2_932_896;
/// The most lines of an answer.
const MAX_LINES: usize = 100_000;
/// How many are handed over at a time while an answer is sent.
const IN_ONE: usize = 100;
/// How many may be told at a time what the log has about them: what is not read yet is in memory. One organisation is told once at a time.
pub(crate) const MOST_TOLD: usize = 4;

/// The lines of an answer, until all have left or nobody reads any more.
#[derive(Debug)]
pub struct Told {
	lines: std::vec::IntoIter<String>,
	_place: Place,
}

impl futures_core::Stream for Told {
	type Item = Result<String, Infallible>;

	fn poll_next(mut self: Pin<&mut Self>, _: &mut Context) -> Poll<Option<Self::Item>> {
		let mut some = String::new();
		for line in self.lines.by_ref().take(IN_ONE) {
			some.push_str(&line);
			some.push('\n');
		}
		Poll::Ready((!some.is_empty()).then_some(Ok(some)))
	}
}

/// The query for a day, counted from 1970.
fn query(day: u64) -> String {
	format!("day={day}")
}

/// What is signed to ask for the entries of a day.
pub fn target(query: &str) -> String {
	format!("{COUNTERPART}{}", Hash::of(query.as_bytes()))
}

impl Gateway {
	/// The lines of the log about another organisation, of a day, the one before and the one after. None if there are more than are handed out.
	async fn lines_about(
		self: &Arc<Self>,
		other: u32,
		day: u64,
	) -> Result<Option<Vec<String>>, Failure> {
		let from = day.saturating_sub(1).saturating_mul(DAY);
		let until = day.saturating_add(2).saturating_mul(DAY);
		self.blocking(move |gateway| {
			let most = MAX_LINES.saturating_add(1);
			let found = gateway.store.log_with(other, (from, until), most)?;
			Ok(Some(found).filter(|found| found.len() <= MAX_LINES))
		})
		.await
	}

	/// The entries about the organisation of whoever asks, for its privacy officer, data steward, auditor or administrator.
	pub async fn counterpart(self: &Arc<Self>, sent: Sent, query: &str) -> Result<Told, Refusal> {
		let day = query.strip_prefix("day=").and_then(|day| day.parse().ok());
		let day = day.filter(|day| *day <= LAST_DAY && self::query(*day) == query);
		let day =
			day.ok_or_else(|| Refusal::Search("offered is day=NUMBER, counted from 1970".into()))?;
		let mut caller = self.vouched(sent, &target(query)).await?;
		let nothing = || Refusal::NotFound("no officer of an organisation asks".into());
		let other = match caller.request.organisation {
			Some(other) => other,
			None => return self.ended(&caller, Err(nothing())).await,
		};
		// Before the request is used up: whoever is told to wait asks with the same one.
		let place = match self.telling.place(self.party(&caller)) {
			Ok(place) => place,
			Err(full) => return self.ended(&caller, Err(full.into())).await,
		};
		self.claim_of_organisation(&mut caller).await?;
		let done = async {
			let who = caller.request.requester.account();
			for block in [&caller.present.best, &caller.present.finalised] {
				let found = self.node.credential(block, other, who).await.map_err(Stale::from)?;
				if !found.is_some_and(|found| found.is_officer()) {
					return Err(nothing());
				}
			}
			let lines = self.lines_about(other, day).await?.ok_or_else(|| {
				Refusal::Search("there are more entries than are handed out at once".into())
			})?;
			self.logged_view(&caller, "an officer there sees what the access log has about it")
				.await?;
			Ok(Told { lines: lines.into_iter(), _place: place })
		};
		let done = done.await;
		self.ended(&caller, done).await
	}

	/// Compares a day with another organisation's gateway, for a person of the house or by itself.
	pub async fn reconcile(
		self: &Arc<Self>,
		url: Option<&str>,
		custodian: u32,
		day: u64,
		kind: RequesterKind,
	) -> Result<Comparison, NotFetched> {
		let key = self.signer.as_ref().ok_or(NotFetched::NoKey)?;
		if custodian == self.config.organisation {
			return Err(NotFetched::Order("custodian"));
		}
		let place = self.place_of(custodian, url).await?;
		// Before the request is signed, which is good for a minute.
		let _one = self.comparing.lock().await;
		let query = query(day);
		let request = ReleaseRequest {
			id: Hash(random::<32>().map_err(Failure::Io)?),
			custodian,
			record_id: target(&query),
			requester: Address::from(Account(key.account())),
			organisation: Some(self.config.organisation),
			requester_kind: Some(kind),
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
		let broken = || Failure::Vault("the access log does not hold together");
		let ours = self.lines_about(custodian, day).await?;
		let ours =
			ours.ok_or(Failure::Vault("the access log has more entries than are compared"))?;
		let ours: Result<Vec<Line>, _> =
			ours.iter().map(|line| Line::read(line.as_bytes())).collect();
		let ours = entries(self.config.organisation, &ours.map_err(|_| broken())?)
			.map_err(|_| broken())?;
		Ok(reconcile((self.config.organisation, &ours), (custodian, &theirs), day))
	}
}
