//! Mailboxes over HTTP: bounded answers, no redirections, no proxy. Each is read and told by itself and for some seconds at a time, so that none
//! waits for the server of another.

use super::{take::Taken, Counting, NotNow};
use crate::{
	chain::now,
	config::Dataset,
	gateway::{Failure, Gateway},
};
use salus_counts::{
	mailbox::{jobs_path, reply_path, Page, MAX_PAGE_BYTES},
	Hash,
};
use std::{
	fmt, io,
	sync::{
		atomic::{AtomicUsize, Ordering},
		Arc,
	},
	time::{Duration, Instant},
};

/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// After what time nothing more is asked of a mailbox, and nothing more is told it, in one go.
const TURN: Duration = Duration::from_secs(20);
/// How many pages of one mailbox are read for one dataset in one go.
const MOST_PAGES: usize = 4;
/// How many replies a mailbox is told in one go.
const TOLD_AT_ONCE: u32 = 64;
/// How long a reply that was not taken waits, at first and at most, in seconds.
const WAIT: (u64, u64) = (30, 3_600);

/// A mailbox.
pub(super) struct Mailbox {
	/// A hash of the URL.
	id: Hash,
	url: String,
	token: String,
	/// The place of the dataset that it is asked about first the next time.
	first: AtomicUsize,
}

impl Mailbox {
	/// The mailbox under that URL.
	pub(super) fn new(url: &str, token: String) -> Self {
		let (id, first) = (Hash::of(url.as_bytes()), AtomicUsize::new(0));
		Self { id, url: url.into(), token, first }
	}
}

/// Why a mailbox was not read.
#[derive(Debug)]
pub(crate) enum Unread {
	/// It cannot be reached, or not in time.
	Unreachable(String),
	/// It answers with this status.
	Refused(u16),
	/// Its answer is no page: which part of it.
	Malformed(&'static str),
	/// What was read could not be judged.
	NotNow(NotNow),
}

impl fmt::Display for Unread {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Unreachable(why) => write!(f, "the mailbox cannot be reached: {why}"),
			Self::Refused(status) => write!(f, "the mailbox answers with the status {status}"),
			Self::Malformed(part) => write!(f, "the mailbox's page is malformed: {part}"),
			Self::NotNow(why) => why.fmt(f),
		}
	}
}

impl Unread {
	/// Whether the mailbox would say the same of another dataset.
	const fn is_down(&self) -> bool {
		matches!(self, Self::Unreachable(_) | Self::Refused(408 | 429 | 500..=u16::MAX))
	}
}

impl From<NotNow> for Unread {
	fn from(why: NotNow) -> Self {
		Self::NotNow(why)
	}
}

impl From<Failure> for Unread {
	fn from(failure: Failure) -> Self {
		Self::NotNow(failure.into())
	}
}

pub(super) fn client() -> io::Result<reqwest::Client> {
	reqwest::Client::builder()
		.timeout(TIMEOUT)
		.redirect(reqwest::redirect::Policy::none())
		.no_proxy()
		.build()
		.map_err(io::Error::other)
}

fn unreachable(error: reqwest::Error) -> Unread {
	Unread::Unreachable(error.without_url().to_string())
}

impl Counting {
	async fn page(&self, mailbox: &Mailbox, dataset: u32, after: u64) -> Result<Page, Unread> {
		let url = format!("{}{}", mailbox.url, jobs_path(dataset, after));
		let request = self.client.get(url).bearer_auth(&mailbox.token);
		let mut response = request.send().await.map_err(unreachable)?;
		if response.status().as_u16() != 200 {
			return Err(Unread::Refused(response.status().as_u16()));
		}
		let mut bytes = Vec::new();
		while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
			if bytes.len().saturating_add(chunk.len()) > MAX_PAGE_BYTES {
				return Err(Unread::Malformed("document"));
			}
			bytes.extend_from_slice(&chunk);
		}
		let page = Page::read(&bytes).map_err(|malformed| Unread::Malformed(malformed.0))?;
		// One that begins before where it was asked to would be read again and again.
		match page.jobs.first().is_none_or(|first| first.seq > after) {
			true => Ok(page),
			false => Err(Unread::Malformed("seq")),
		}
	}
}

impl Gateway {
	/// Reads what a mailbox has, for one dataset after the other: until there is no time left, or the mailbox is down. The next time it begins where
	/// it ended.
	pub(super) async fn pull_from(self: &Arc<Self>, counting: &Counting, mailbox: &Mailbox) {
		let (begun, datasets) = (Instant::now(), &counting.config.datasets);
		let first = mailbox.first.load(Ordering::Relaxed);
		for (at, dataset) in datasets.iter().enumerate().cycle().skip(first).take(datasets.len()) {
			if begun.elapsed() >= TURN {
				return mailbox.first.store(at, Ordering::Relaxed);
			}
			let Err(why) = self.pull(counting, mailbox, (dataset, begun)).await else { continue };
			// Neither the URL nor what came from there.
			tracing::warn!(dataset = dataset.id, %why, "jobs are not pulled");
			if why.is_down() {
				// Another dataset is the first the next time, so that one page that never comes keeps back no other.
				let next = Some(at.saturating_add(1)).filter(|next| *next < datasets.len());
				return mailbox.first.store(next.unwrap_or(0), Ordering::Relaxed);
			}
		}
	}

	/// Reads what a mailbox has for a dataset. What cannot be taken yet keeps nothing behind it from being taken; it is read from there the next time.
	async fn pull(
		self: &Arc<Self>,
		counting: &Counting,
		from: &Mailbox,
		(dataset, begun): (&Dataset, Instant),
	) -> Result<(), Unread> {
		let (mailbox, id) = (from.id, dataset.id);
		let known = self.blocking(move |it| Ok(it.store.read_until(&mailbox, id)?)).await?;
		let mut there = known.map(|(there, _)| there);
		let mut after = known.map_or(0, |(_, seq)| seq);
		// Whether one before has to be looked at again.
		let mut is_behind = false;
		for _ in 0..MOST_PAGES {
			if begun.elapsed() >= TURN {
				return Ok(());
			}
			let mut page = counting.page(from, id, after).await?;
			// Another mailbox under the same URL counts anew.
			if after > 0 && there.is_some_and(|there| there != page.mailbox) {
				(after, is_behind) = (0, false);
				page = counting.page(from, id, after).await?;
			}
			let of = page.mailbox;
			let Some(last) = page.jobs.last().map(|entry| entry.seq) else { return Ok(()) };
			for entry in page.jobs {
				// Each time those that wait are looked at once more, which takes its time.
				if is_behind && begun.elapsed() >= TURN {
					return Ok(());
				}
				let seq = entry.seq;
				match self.take_job(counting, &mailbox, dataset, entry).await? {
					Taken::Yes if is_behind => {},
					Taken::Yes => {
						let keep =
							move |it: &Self| Ok(it.store.put_read_until(&mailbox, id, &of, seq)?);
						self.blocking(keep).await?;
					},
					Taken::Later => {
						if !is_behind {
							tracing::info!(
								dataset = id,
								"jobs wait for the next epoch, or for what is not final yet"
							);
						}
						is_behind = true;
					},
					Taken::NoneNow => return Ok(()),
				}
			}
			tracing::debug!(dataset = id, after, last, "a page of jobs");
			(there, after) = (Some(of), last);
		}
		Ok(())
	}

	/// Tells a mailbox the replies that it does not have: until there is no time left, or the first of them that is to be told again.
	pub(super) async fn tell(
		self: &Arc<Self>,
		counting: &Counting,
		mailbox: &Mailbox,
	) -> Result<(), NotNow> {
		counting.sealed.get_or_try_init(|| self.seal_replies()).await?;
		let (begun, id) = (Instant::now(), mailbox.id);
		let unsent =
			self.blocking(move |it| Ok(it.store.unsent(&id, now(), TOLD_AT_ONCE)?)).await?;
		for row in unsent {
			if begun.elapsed() >= TURN {
				break;
			}
			let Some(reply) = self.opened_reply(&row) else {
				tracing::error!(
					dataset = row.dataset,
					"a reply that is kept does not open: it is not told"
				);
				self.blocking(move |it| Ok(it.store.told(&row, None)?)).await?;
				continue;
			};
			let request = counting
				.client
				.put(format!("{}{}", mailbox.url, reply_path(row.dataset, &row.id)))
				.bearer_auth(&mailbox.token)
				.header("content-type", "application/jose")
				.body(reply);
			let status = request.send().await.map(|response| response.status().as_u16());
			// What it does not have, or does not take, it does not take a second time either.
			let is_final = matches!(status, Ok(204 | 400 | 404 | 409 | 413));
			let again = (!is_final).then(|| {
				let wait = WAIT.0.saturating_mul(2_u64.saturating_pow(row.attempts));
				now().saturating_add(wait.min(WAIT.1))
			});
			self.blocking(move |it| Ok(it.store.told(&row, again)?)).await?;
			// The others would wait for the same.
			if !is_final {
				break;
			}
		}
		Ok(())
	}
}
