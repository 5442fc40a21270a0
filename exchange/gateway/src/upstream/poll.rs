//! Takes in what is new or changed on the server, again and again, each version once, across restarts; and notices what is not there
//! any more.
//!
//! Each type is read by when its resources were changed. How far it is, is on the disk after each page, after the page's resources. How it
//! goes on after a page: [`super::onward`]. Now and then all is read, for what was missed all the same; a resource that is not among all,
//! and not there if one asks for it, is gone.

use super::{
	client::{Offered, Server, Unread},
	page::moment,
	take::Counts,
	Onward, Page, Progress,
};
use crate::{
	chain::now,
	config::Upstream,
	gateway::{Failure, Gateway},
	ingest::GONE_UPSTREAM,
	store::Cursor,
};
use salus_exchange_policy::{attachments, BINARY};
use salus_exchange_protocol::Hash;
use std::{
	collections::{BTreeSet, HashSet},
	fmt,
	sync::Arc,
	time::Duration,
};
use tokio::time::Instant;

/// The least time from the beginning of one look to the next.
const BETWEEN: Duration = Duration::from_secs(2);
/// How far back it is looked each time, in seconds: what was begun earlier may be there later.
const OVERLAP: u64 = 60;
/// How many of those that were not among all are asked for in one go.
const SOME: u32 = 500;
/// After how many that cannot be read again it is not asked for more of them in one look.
const MAX_UNREAD: u64 = 20;
/// After how many Binaries that do not come it is not asked for more of them in one look at a type.
const MAX_SILENT: u64 = 3;
/// What is said of what is gone.
const DETAIL: &str =
	"the house's FHIR server does not have it any more; erase it here, or put it back there";

/// Why something was not taken in.
#[derive(Debug)]
pub enum Unpolled {
	/// The server.
	Server(Unread),
	/// Something here.
	House(Failure),
}

impl fmt::Display for Unpolled {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Server(unread) => unread.fmt(f),
			Self::House(failure) => failure.fmt(f),
		}
	}
}

impl From<Unread> for Unpolled {
	fn from(unread: Unread) -> Self {
		Self::Server(unread)
	}
}

impl From<Failure> for Unpolled {
	fn from(failure: Failure) -> Self {
		Self::House(failure)
	}
}

/// What became of one look at the server.
#[derive(Debug, Default)]
pub struct Polled {
	/// What was taken.
	pub counts: Counts,
	/// Types of which not all could be read, and why.
	pub failed: Vec<(String, Unpolled)>,
}

/// The number of a server in the database.
fn number_of(upstream: &Upstream) -> i64 {
	let Hash(hash) = Hash::of(upstream.url.as_bytes());
	let mut first = [0; 8];
	first.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
	i64::from_be_bytes(first)
}

/// A type that is read.
struct Reading<'a> {
	server: &'a Server,
	number: i64,
	resource_type: &'a str,
	cursor: Cursor,
	/// Whether all is read, and not only what changed.
	is_whole: bool,
	counts: Counts,
	/// What could not be read by itself in this look: it is asked for once.
	unread: HashSet<String>,
	/// The Binaries that were asked for in this look: each is once.
	asked: HashSet<String>,
	/// How many Binaries were asked for and did not come.
	silent: u64,
}

impl Gateway {
	/// Looks once at all types. One that cannot be read does not keep back the others.
	pub async fn poll(self: &Arc<Self>, server: &Server, upstream: &Upstream) -> Polled {
		let mut polled = Polled::default();
		let offered = match server.offered().await {
			Ok(offered) => offered,
			Err(unread) => {
				polled.failed.push(("metadata".into(), unread.into()));
				return polled;
			},
		};
		for resource_type in &upstream.types {
			let can = match &offered {
				Some(offered) => offered.get(resource_type).copied().unwrap_or_default(),
				None => Offered { search: true, history: false },
			};
			if !can.search {
				continue;
			}
			let (counts, done) = self.poll_type(server, upstream, resource_type, can).await;
			polled.counts.add(counts);
			if let Err(why) = done {
				let ends = matches!(&why, Unpolled::Server(unread) if unread.is_of_the_server())
					|| matches!(why, Unpolled::House(_));
				polled.failed.push((resource_type.clone(), why));
				if ends {
					break;
				}
			}
		}
		// What waits for a record that has come, here or by itself; and for a link, of which somebody was kept from looking.
		let again = self.blocking(|gateway| {
			gateway.look_at_links()?;
			gateway.look_at_given()
		});
		if let Err(failure) = again.await {
			polled.failed.push(("quarantine".into(), failure.into()));
		}
		self.meters.polled(&polled.counts, polled.failed.len(), now());
		polled
	}

	async fn poll_type(
		self: &Arc<Self>,
		server: &Server,
		upstream: &Upstream,
		resource_type: &str,
		can: Offered,
	) -> (Counts, Result<(), Unpolled>) {
		let number = number_of(upstream);
		let name = resource_type.to_owned();
		let cursor = self.blocking(move |gateway| Ok(gateway.store.cursor(number, &name)?)).await;
		let mut cursor = match cursor {
			Ok(cursor) => cursor,
			Err(failure) => return (Counts::default(), Err(failure.into())),
		};
		let is_due = now().saturating_sub(cursor.ended) >= upstream.whole_every.as_secs();
		if is_due && cursor.at.is_none() {
			cursor.round = cursor.round.saturating_add(1);
			cursor.at = Some(0);
		}
		let is_whole = cursor.at.is_some();
		let counts = Counts::default();
		let (unread, asked, silent) = (HashSet::new(), HashSet::new(), 0);
		let mut reading = Reading {
			server,
			number,
			resource_type,
			cursor,
			is_whole,
			counts,
			unread,
			asked,
			silent,
		};
		let done = self.read_type(&mut reading, can).await;
		(reading.counts, done)
	}

	async fn read_type(
		self: &Arc<Self>,
		reading: &mut Reading<'_>,
		can: Offered,
	) -> Result<(), Unpolled> {
		let from = match reading.cursor.at {
			Some(at) => at,
			None => reading.cursor.since.saturating_sub(OVERLAP),
		};
		self.read_pages(reading, from).await?;
		if reading.is_whole {
			self.look_for_missed(reading).await?;
			reading.cursor.at = None;
			reading.cursor.ended = now();
			self.keep_cursor(reading).await?;
		} else {
			// What was not read before, before what is found to be unread now.
			self.look_for_unread(reading).await?;
			if can.history {
				self.look_for_deleted(reading, from).await?;
			}
		}
		Ok(())
	}

	async fn read_pages(
		self: &Arc<Self>,
		reading: &mut Reading<'_>,
		from: u64,
	) -> Result<(), Unpolled> {
		let since = |from: u64| (from > 0).then(|| moment(from));
		let (name, server) = (reading.resource_type, reading.server);
		let mut page = server.first(name, since(from).as_deref()).await?;
		let (mut progress, mut newest) = (Progress::new(from), from);
		loop {
			let updated = page.entries.iter().filter_map(super::Entry::updated).max();
			newest = newest.max(updated.unwrap_or(0));
			let onward = progress.after(&page);
			page = self.take(reading, page).await?;
			if let Some(moment) = progress.reached() {
				self.reached(reading, moment).await?;
			}
			page = match onward? {
				Onward::End => break,
				Onward::Since(moment) => server.first(name, Some(&moment)).await?,
				Onward::Link => match server.next(&page).await? {
					Some(next) => next,
					None => break,
				},
			};
		}
		reading.cursor.since = reading.cursor.since.max(newest.min(now()));
		self.keep_cursor(reading).await
	}

	/// Takes a page, and gives it back.
	async fn take(
		self: &Arc<Self>,
		reading: &mut Reading<'_>,
		page: Page,
	) -> Result<Page, Unpolled> {
		let (number, round) = (reading.number, reading.cursor.round);
		let name = reading.resource_type.to_owned();
		let taken = self.blocking(move |gateway| {
			gateway.take_page(number, &name, round, &page).map(|taken| (taken, page))
		});
		let ((counts, fresh), page) = taken.await?;
		reading.counts.add(counts);
		self.take_attached(reading, &page, &fresh).await?;
		Ok(page)
	}

	/// Takes the Binaries that the resources of a page have attached: servers mostly offer no search for them. Asked for are those that are not here yet;
	/// those of resources that are `fresh`; and, when all is read, each once, so that one that was changed, or is gone, is noticed then. One that the
	/// server does not tell as FHIR, or does not answer for, is asked for again when its document is read again: it keeps nothing else back.
	async fn take_attached(
		self: &Arc<Self>,
		reading: &mut Reading<'_>,
		page: &Page,
		fresh: &BTreeSet<String>,
	) -> Result<(), Unpolled> {
		let (mut all, mut again) = (BTreeSet::new(), BTreeSet::new());
		for entry in &page.entries {
			let Some(resource) = entry.value.get("resource") else { continue };
			let urls = attachments(resource).into_iter().map(str::to_owned);
			let is_fresh = entry.text("id").is_some_and(|id| fresh.contains(id));
			match reading.is_whole || is_fresh {
				true => again.extend(urls),
				false => all.extend(urls),
			}
		}
		if all.is_empty() && again.is_empty() {
			return Ok(());
		}
		let ids = self.blocking(move |gateway| {
			let mut ids = gateway.binaries_at(&all, true)?;
			ids.extend(gateway.binaries_at(&again, false)?);
			Ok(ids)
		});
		for id in ids.await? {
			// A resource of the type that is read has no `/` in its id.
			let name = format!("{BINARY}/{id}");
			let is_again = reading.asked.contains(&id) || reading.unread.contains(&name);
			if is_again || reading.silent >= MAX_SILENT {
				continue;
			}
			reading.asked.insert(id.clone());
			let number = reading.number;
			let taken = match reading.server.read_once(BINARY, &id).await {
				Ok(record) if Self::is_binary(&id, &record) => {
					let page = Page::of(record);
					let taken = self.blocking(move |gateway| {
						// Of a server that lets itself be searched for Binaries these have rounds of their own.
						let round = gateway.store.cursor(number, BINARY)?.round;
						gateway.take_page(number, BINARY, round, &page)
					});
					Ok(taken.await?.0)
				},
				Ok(_) => Err("malformed"),
				Err(Unread::Gone) => {
					let gone = self.blocking(move |gateway| {
						Ok(gateway.store.put_gone(number, BINARY, &id, GONE_UPSTREAM, DETAIL)?)
					});
					Ok(Counts { gone: u64::from(gone.await?), ..Counts::default() })
				},
				// If it is the server that cannot be reached, the next page tells that.
				Err(unread @ Unread::Unreachable(_)) => {
					reading.silent = reading.silent.saturating_add(1);
					Err(unread.code())
				},
				Err(unread) if !unread.is_of_the_server() => Err(unread.code()),
				Err(unread) => return Err(unread.into()),
			};
			match taken {
				Ok(counts) => reading.counts.add(counts),
				Err(why) => {
					tracing::warn!(why, "an attachment on the FHIR server cannot be read");
					reading.unread.insert(name);
					reading.counts.unread = reading.counts.unread.saturating_add(1);
				},
			}
		}
		Ok(())
	}

	/// All up to that moment was taken. A server whose clock is ahead does not make us wait for it.
	async fn reached(
		self: &Arc<Self>,
		reading: &mut Reading<'_>,
		moment: u64,
	) -> Result<(), Unpolled> {
		let moment = moment.min(now());
		match reading.is_whole {
			true => reading.cursor.at = Some(moment),
			false => reading.cursor.since = reading.cursor.since.max(moment),
		}
		self.keep_cursor(reading).await
	}

	async fn keep_cursor(self: &Arc<Self>, reading: &Reading<'_>) -> Result<(), Unpolled> {
		let (number, cursor) = (reading.number, reading.cursor);
		let name = reading.resource_type.to_owned();
		let kept =
			self.blocking(move |gateway| Ok(gateway.store.put_cursor(number, &name, &cursor)?));
		Ok(kept.await?)
	}

	/// Asks for each that was there once and not among all.
	async fn look_for_missed(self: &Arc<Self>, reading: &mut Reading<'_>) -> Result<(), Unpolled> {
		let mut after = String::new();
		loop {
			let (number, round) = (reading.number, reading.cursor.round);
			let name = reading.resource_type.to_owned();
			let some = self.blocking(move |gateway| {
				Ok(gateway.store.missed(number, &name, round, &after, SOME)?)
			});
			let some = some.await?;
			let Some(last) = some.last() else { return Ok(()) };
			after = last.clone();
			for id in some {
				self.look_for(reading, id).await?;
			}
		}
	}

	/// Asks for each that the server says was deleted since a moment.
	async fn look_for_deleted(
		self: &Arc<Self>,
		reading: &mut Reading<'_>,
		from: u64,
	) -> Result<(), Unpolled> {
		let mut page = reading.server.history(reading.resource_type, &moment(from)).await?;
		let mut followed = HashSet::new();
		loop {
			for (name, id) in std::mem::take(&mut page.deleted) {
				if name == reading.resource_type {
					self.look_for(reading, id).await?;
				}
			}
			if page.next.as_ref().is_some_and(|next| !followed.insert(next.clone())) {
				return Err(Unread::Circle.into());
			}
			let Some(next) = reading.server.next(&page).await? else { return Ok(()) };
			page = next;
		}
	}

	/// Asks again for what could not be read, until so many cannot be read again: the rest waits for the next reading of all.
	async fn look_for_unread(self: &Arc<Self>, reading: &mut Reading<'_>) -> Result<(), Unpolled> {
		let (number, round) = (reading.number, reading.cursor.round);
		let name = reading.resource_type.to_owned();
		let some = self
			.blocking(move |gateway| Ok(gateway.store.missed(number, &name, round, "", SOME)?));
		let most = reading.counts.unread.saturating_add(MAX_UNREAD);
		for id in some.await? {
			if reading.counts.unread >= most {
				break;
			}
			self.look_for(reading, id).await?;
		}
		Ok(())
	}

	/// Asks for one resource: it is taken, or it is gone, or it is noted that it could not be read.
	async fn look_for(
		self: &Arc<Self>,
		reading: &mut Reading<'_>,
		id: String,
	) -> Result<(), Unpolled> {
		if reading.unread.contains(&id) {
			return Ok(());
		}
		let number = reading.number;
		let name = reading.resource_type.to_owned();
		match reading.server.read(reading.resource_type, &id).await {
			Ok(record) => self.take(reading, Page::of(record)).await.map(drop),
			Err(Unread::Gone) => {
				let gone = self.blocking(move |gateway| {
					Ok(gateway.store.put_gone(number, &name, &id, GONE_UPSTREAM, DETAIL)?)
				});
				let one = u64::from(gone.await?);
				reading.counts.gone = reading.counts.gone.saturating_add(one);
				Ok(())
			},
			// Else one resource would keep from all others that it is noticed if they are gone.
			Err(unread) if !unread.is_of_the_server() => {
				tracing::warn!(
					resource_type = name,
					why = unread.code(),
					"a resource of the FHIR server cannot be read; it is asked for again"
				);
				reading.unread.insert(id.clone());
				let kept = self
					.blocking(move |gateway| Ok(gateway.store.put_unread(number, &name, &id)?));
				kept.await?;
				reading.counts.unread = reading.counts.unread.saturating_add(1);
				Ok(())
			},
			Err(unread) => Err(unread.into()),
		}
	}

	/// Looks at the server again and again, if it is to be.
	pub async fn keep_polling(self: Arc<Self>) {
		let Some(upstream) = self.config.upstream.clone().filter(|upstream| upstream.ingest) else {
			return;
		};
		let server = match Server::new(&upstream) {
			Ok(server) => server,
			Err(error) => {
				tracing::error!(%error, "the FHIR server cannot be asked");
				return;
			},
		};
		let mut ticks = tokio::time::interval(upstream.every);
		ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
		loop {
			tokio::select! {
				_ = ticks.tick() => {},
				() = self.changed_upstream.notified() => {},
			}
			let begun = Instant::now();
			let Polled { counts, failed } = self.poll(&server, &upstream).await;
			for (what, why) in failed {
				tracing::error!(what, %why, "the FHIR server");
			}
			let Counts { held, quarantined, known, refused, gone, unread } = counts;
			if held.saturating_add(quarantined).saturating_add(gone).saturating_add(unread) > 0 {
				tracing::info!(
					held,
					quarantined,
					known,
					refused,
					gone,
					unread,
					"the FHIR server was read"
				);
			}
			// However often it tells: what it tells meanwhile is looked at then.
			tokio::time::sleep_until(begun.checked_add(BETWEEN).unwrap_or(begun)).await;
		}
	}
}
