//! Asks the server: one request at a time, with limits on time and size, again if it may help, and never another server.

use super::{page::Page, Credentials};
use crate::config::Upstream;
use reqwest::{
	header::{ACCEPT, AUTHORIZATION, RETRY_AFTER},
	redirect::Policy,
	Client, Response, StatusCode, Url,
};
use serde_json::Value;
use std::{collections::BTreeMap, fmt, io, time::Duration};

/// The largest answer that is read, in bytes.
pub const MAX_ANSWER: usize = 32 << 20;
/// How often something is asked for before it is given up.
pub const ATTEMPTS: u32 = 5;
/// The longest time before it is asked again.
const MAX_WAIT: Duration = Duration::from_secs(60);
/// How long something may take that is asked for once, and that nothing else waits for.
const SHORT: Duration = Duration::from_secs(10);
/// How often a server may say that something is elsewhere in itself.
const MAX_REDIRECTS: usize = 3;

/// Why nothing could be read. Nothing of it names a record or a URL.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unread {
	/// It cannot be reached, or not in time.
	Unreachable(String),
	/// It answers with this status.
	Refused(u16),
	/// There is no such thing, or not any more: 404 or 410.
	Gone,
	/// The answer is larger than [`MAX_ANSWER`].
	TooLarge,
	/// The answer is none: which part.
	Malformed(&'static str),
	/// It sends to another server.
	Elsewhere,
	/// Its pages lead back to where they began.
	Circle,
	/// It has more than it gives, and no link leads to that.
	NoLink,
	/// What it is asked with cannot be read.
	Credentials(String),
}

impl Unread {
	/// Its name.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::Unreachable(_) => "unreachable",
			Self::Refused(_) => "refused",
			Self::Gone => "gone",
			Self::TooLarge => "too-large",
			Self::Malformed(_) => "malformed",
			Self::Elsewhere => "elsewhere",
			Self::Circle => "circle",
			Self::NoLink => "no-link",
			Self::Credentials(_) => "credentials",
		}
	}

	/// Whether it concerns the server, and not what was asked: then nothing else can be read either.
	pub const fn is_of_the_server(&self) -> bool {
		matches!(self, Self::Unreachable(_) | Self::Refused(401) | Self::Credentials(_))
	}
}

impl fmt::Display for Unread {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Unreachable(why) => write!(f, "the server cannot be reached: {why}"),
			Self::Refused(401) => f.write_str("the server refuses what it is asked with: 401"),
			Self::Refused(status) => write!(f, "the server answers with the status {status}"),
			Self::Gone => f.write_str("the server does not have it"),
			Self::TooLarge => write!(
				f,
				"an answer of the server is larger than {MAX_ANSWER} bytes: make upstream.count smaller"
			),
			Self::Malformed(part) => write!(f, "an answer of the server is malformed: {part}"),
			Self::Elsewhere => f.write_str(
				"the server sends to another one, which is not asked: write in upstream.url how it calls itself",
			),
			Self::Circle => f.write_str("the server's pages lead back to where they began"),
			Self::NoLink => f.write_str(
				"the server has more than it gives on a page, and no link leads to that: make upstream.count larger",
			),
			Self::Credentials(problem) => f.write_str(problem),
		}
	}
}

impl std::error::Error for Unread {}

/// What the server says that it can do with one type.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Offered {
	/// It can be searched for.
	pub search: bool,
	/// It tells what became of all resources of this type.
	pub history: bool,
}

/// The server.
#[derive(Debug)]
pub struct Server {
	client: Client,
	base: Url,
	credentials: Credentials,
	count: u64,
	first_wait: Duration,
}

/// Scheme, host and port are the same, and nobody is named.
fn is_there(base: &Url, other: &Url) -> bool {
	base.origin() == other.origin() && other.username().is_empty() && other.password().is_none()
}

impl Server {
	/// The server of a configuration. It is not asked yet.
	pub fn new(upstream: &Upstream) -> io::Result<Self> {
		let mut base = Url::parse(&upstream.url).map_err(io::Error::other)?;
		// A slash at the end: what is joined to it is then below it.
		base.set_path(&format!("{}/", base.path().trim_end_matches('/')));
		let origin = base.clone();
		let redirects = Policy::custom(move |attempt| {
			match is_there(&origin, attempt.url()) && attempt.previous().len() <= MAX_REDIRECTS {
				true => attempt.follow(),
				false => attempt.stop(),
			}
		});
		let client = Client::builder()
			.timeout(upstream.timeout)
			.redirect(redirects)
			.no_proxy()
			.build()
			.map_err(io::Error::other)?;
		let (credentials, count) = (upstream.credentials.clone(), upstream.count);
		Ok(Self { client, base, credentials, count, first_wait: upstream.first_wait })
	}

	/// A URL below the base, with these parameters.
	fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Url, Unread> {
		let mut url = self.base.clone();
		match url.path_segments_mut() {
			Ok(mut segments) => {
				segments.pop_if_empty().extend(path);
			},
			Err(()) => return Err(Unread::Malformed("upstream.url")),
		}
		if !query.is_empty() {
			url.query_pairs_mut().extend_pairs(query);
		}
		Ok(url)
	}

	/// What the server says that it offers, by type; none if it does not say it so that it can be read.
	pub async fn offered(&self) -> Result<Option<BTreeMap<String, Offered>>, Unread> {
		let bytes = match self.get(self.url(&["metadata"], &[])?).await {
			Ok(bytes) => bytes,
			Err(unread) if unread.is_of_the_server() => return Err(unread),
			Err(_) => return Ok(None),
		};
		let told: Value = serde_json::from_slice(&bytes).unwrap_or_default();
		let rests = told.get("rest").and_then(Value::as_array);
		let resources = rests
			.into_iter()
			.flatten()
			.filter_map(|rest| rest.get("resource").and_then(Value::as_array))
			.flatten();
		let offered: BTreeMap<String, Offered> = resources
			.filter_map(|each| {
				let does = |code: &str| {
					let all = each.get("interaction").and_then(Value::as_array);
					all.into_iter()
						.flatten()
						.any(|it| it.get("code").and_then(Value::as_str) == Some(code))
				};
				let offered =
					Offered { search: does("search-type"), history: does("history-type") };
				Some((each.get("type")?.as_str()?.to_owned(), offered))
			})
			.collect();
		Ok(Some(offered).filter(|offered| !offered.is_empty()))
	}

	/// The first page of all resources of a type; of those changed at this moment or later, by when they were, if one is told: as text of
	/// FHIR.
	pub async fn first(&self, resource_type: &str, since: Option<&str>) -> Result<Page, Unread> {
		let count = self.count.to_string();
		let mut query = vec![("_sort", "_lastUpdated"), ("_count", count.as_str())];
		let since = since.map(|since| format!("ge{since}"));
		query.extend(since.as_deref().map(|since| ("_lastUpdated", since)));
		self.page(self.url(&[resource_type], &query)?).await
	}

	/// The first page of what became of all resources of a type since a moment.
	pub async fn history(&self, resource_type: &str, since: &str) -> Result<Page, Unread> {
		let count = self.count.to_string();
		let query = [("_since", since), ("_count", count.as_str())];
		self.page(self.url(&[resource_type, "_history"], &query)?).await
	}

	/// The page that another one names as the next.
	pub async fn next(&self, page: &Page) -> Result<Option<Page>, Unread> {
		let Some(next) = &page.next else { return Ok(None) };
		let next = self.base.join(next).map_err(|_| Unread::Malformed("link next"))?;
		if !is_there(&self.base, &next) {
			return Err(Unread::Elsewhere);
		}
		self.page(next).await.map(Some)
	}

	/// One resource, with the bytes that it has.
	pub async fn read(&self, resource_type: &str, id: &str) -> Result<Vec<u8>, Unread> {
		self.get(self.url(&[resource_type, id], &[])?).await
	}

	/// The same, asked for once and not waited for long.
	pub async fn read_once(&self, resource_type: &str, id: &str) -> Result<Vec<u8>, Unread> {
		let once = self.once(self.url(&[resource_type, id], &[])?);
		match tokio::time::timeout(SHORT, once).await {
			Ok(read) => read.map_err(|(unread, _)| unread),
			Err(_) => Err(Unread::Unreachable("it took too long".into())),
		}
	}

	async fn page(&self, url: Url) -> Result<Page, Unread> {
		let mut attempt = 1;
		loop {
			match Page::read(&self.get(url.clone()).await?) {
				// It may have broken off in the middle.
				Err(Unread::Malformed(_)) if attempt < ATTEMPTS => self.wait(attempt, None).await,
				read => return read,
			}
			attempt = attempt.saturating_add(1);
		}
	}

	async fn get(&self, url: Url) -> Result<Vec<u8>, Unread> {
		let mut attempt = 1;
		loop {
			let (unread, after) = match self.once(url.clone()).await {
				Ok(bytes) => return Ok(bytes),
				Err(failed) => failed,
			};
			let may_help = match unread {
				Unread::Unreachable(_) => true,
				Unread::Refused(status) => matches!(status, 408 | 429 | 500 | 502 | 503 | 504),
				_ => false,
			};
			if !may_help || attempt >= ATTEMPTS {
				return Err(unread);
			}
			self.wait(attempt, after).await;
			attempt = attempt.saturating_add(1);
		}
	}

	/// Waits before something is asked for once more: twice as long each time, or as long as the server asks for.
	async fn wait(&self, attempt: u32, after: Option<Duration>) {
		let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
		let wait = after.unwrap_or_else(|| self.first_wait.saturating_mul(doubled));
		tokio::time::sleep(wait.min(MAX_WAIT)).await;
	}

	async fn once(&self, url: Url) -> Result<Vec<u8>, (Unread, Option<Duration>)> {
		let mut request = self.client.get(url).header(ACCEPT, "application/fhir+json");
		if let Some(header) =
			self.credentials.header().map_err(|problem| (Unread::Credentials(problem), None))?
		{
			request = request.header(AUTHORIZATION, header);
		}
		let unreachable = |error: reqwest::Error| {
			let why = match error.is_timeout() {
				true => "it took too long".into(),
				false => error.without_url().to_string(),
			};
			(Unread::Unreachable(why), None)
		};
		let mut response = request.send().await.map_err(unreachable)?;
		if let Some(unread) = refused(&response) {
			return Err((unread, after(&response)));
		}
		let mut bytes = Vec::new();
		while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
			if bytes.len().saturating_add(chunk.len()) > MAX_ANSWER {
				return Err((Unread::TooLarge, None));
			}
			bytes.extend_from_slice(&chunk);
		}
		Ok(bytes)
	}
}

fn refused(response: &Response) -> Option<Unread> {
	match response.status() {
		StatusCode::OK => None,
		StatusCode::NOT_FOUND | StatusCode::GONE => Some(Unread::Gone),
		status if status.is_redirection() => Some(Unread::Elsewhere),
		status => Some(Unread::Refused(status.as_u16())),
	}
}

/// For how long the server asks to be left alone, in seconds. Dates are not read.
fn after(response: &Response) -> Option<Duration> {
	let seconds = response.headers().get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
	Some(Duration::from_secs(seconds))
}
