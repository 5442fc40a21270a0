//! Mailboxes over HTTP: bounded answers, no redirections, no proxy.

use super::{Counting, NotNow, MOST};
use crate::{
	chain::now,
	config::Dataset,
	gateway::{Failure, Gateway},
};
use salus_counts::{
	mailbox::{jobs_path, reply_path, Page, MAX_PAGE_BYTES},
	Hash,
};
use std::{fmt, io, sync::Arc, time::Duration};

/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How many pages of one mailbox are read for one dataset in one go.
const MOST_PAGES: usize = 4;
/// How long a reply that was not taken waits, at first and at most, in seconds.
const WAIT: (u64, u64) = (30, 3_600);

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
	async fn page(
		&self,
		(url, token): (&str, &str),
		dataset: u32,
		after: u64,
	) -> Result<Page, Unread> {
		let request = self.client.get(format!("{url}{}", jobs_path(dataset, after)));
		let mut response = request.bearer_auth(token).send().await.map_err(unreachable)?;
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
	/// Reads what a mailbox has for a dataset.
	pub(super) async fn pull(
		self: &Arc<Self>,
		counting: &Counting,
		(mailbox, url, token): (Hash, &str, &str),
		dataset: &Dataset,
	) -> Result<(), Unread> {
		let id = dataset.id;
		for _ in 0..MOST_PAGES {
			let known = self.blocking(move |it| Ok(it.store.read_until(&mailbox, id)?)).await?;
			let mut after = known.map_or(0, |(_, seq)| seq);
			let mut page = counting.page((url, token), id, after).await?;
			// Another mailbox under the same URL counts anew.
			if after > 0 && known.is_some_and(|(there, _)| there != page.mailbox) {
				after = 0;
				page = counting.page((url, token), id, after).await?;
			}
			let of = page.mailbox;
			let Some(last) = page.jobs.last().map(|entry| entry.seq) else { return Ok(()) };
			for entry in page.jobs {
				let seq = entry.seq;
				if !self.take_job(counting, &mailbox, dataset, entry).await? {
					return Ok(());
				}
				self.blocking(move |it| Ok(it.store.put_read_until(&mailbox, id, &of, seq)?))
					.await?;
			}
			tracing::debug!(dataset = id, after, last, "a page of jobs");
		}
		Ok(())
	}

	/// Tells mailboxes the replies that they do not have.
	pub(super) async fn send_replies(self: &Arc<Self>, counting: &Counting) -> Result<(), NotNow> {
		for (mailbox, url, token) in &counting.mailboxes {
			let mailbox = *mailbox;
			let unsent =
				self.blocking(move |it| Ok(it.store.unsent(&mailbox, now(), MOST)?)).await?;
			for row in unsent {
				let Some(reply) = row.reply.clone() else { continue };
				let request = counting
					.client
					.put(format!("{url}{}", reply_path(row.dataset, &row.id)))
					.bearer_auth(token)
					.header("content-type", "application/jose")
					.body(reply);
				let status = request.send().await.map(|response| response.status().as_u16());
				let attempts = row.attempts;
				// What it does not have, or does not take, it does not take a second time either.
				let again = match status {
					Ok(204 | 400 | 404 | 409 | 413) => None,
					_ => {
						let wait = WAIT.0.saturating_mul(2_u64.saturating_pow(attempts));
						Some(now().saturating_add(wait.min(WAIT.1)))
					},
				};
				let is_down = status.is_err();
				self.blocking(move |it| Ok(it.store.told(&row, again)?)).await?;
				// The others would wait for the same.
				if is_down {
					break;
				}
			}
		}
		Ok(())
	}
}
