//! JSON-RPC over HTTP, as nodes of the Polkadot SDK have it.

use crate::config::Chain;
use salus_verify::{bytes::from_hex, Error};
use serde::Deserialize;
use serde_json::{json, Value};
use std::{
	fmt,
	sync::atomic::{AtomicU64, Ordering},
};
use tokio::sync::Semaphore;

/// The largest answer of a node that is read, in bytes.
const MAX_ANSWER: usize = 16 << 20;

/// The most calls at a time. Nodes refuse connections above a limit of theirs, and who asks the gateway often must not make the chain silent.
const MAX_CALLS: usize = 32;

/// The errors by which a node says that it is asked too often: its own limit of calls (`rpc-rate-limit`), and that its server is busy (jsonrpsee).
const TOO_OFTEN: [i64; 2] = [-32_999, -32_009];

/// Why there is no answer of the node that can be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Silent {
	/// It could not be reached, or not in time.
	Unreachable(String),
	/// It is there, and was asked too often: by status 429, or by an error that says so.
	Busy,
	/// It said that it cannot.
	Refused(String),
	/// What it said cannot be, or does not have the proof that it must have.
	Wrong(String),
	/// The chain's rules, or its storage, are of a version that is not known here: which one.
	OtherRules(String),
}

impl fmt::Display for Silent {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Unreachable(why) => write!(f, "the node does not answer: {why}"),
			Self::Busy => f.write_str("the node is asked too often"),
			Self::Refused(why) => write!(f, "the node refuses: {why}"),
			Self::Wrong(why) => write!(f, "what the node says cannot be relied on: {why}"),
			Self::OtherRules(which) => write!(f, "the chain's rules are not known here: {which}"),
		}
	}
}

impl std::error::Error for Silent {}

impl From<salus_verify::Error> for Silent {
	fn from(error: salus_verify::Error) -> Self {
		match error {
			Error::UnknownRuntime { .. } | Error::UnknownLayout { .. } => {
				Self::OtherRules(error.to_string())
			},
			error => Self::Wrong(error.to_string()),
		}
	}
}

/// A node's JSON-RPC.
#[derive(Debug)]
pub(crate) struct Rpc {
	client: reqwest::Client,
	url: String,
	next: AtomicU64,
	places: Semaphore,
}

#[derive(Deserialize)]
struct Answer {
	id: Option<u64>,
	#[serde(default)]
	result: Value,
	error: Option<Failure>,
}

#[derive(Deserialize)]
struct Failure {
	#[serde(default)]
	code: i64,
	message: String,
}

impl Rpc {
	pub(crate) fn new(chain: &Chain) -> Result<Self, Silent> {
		// Only the node that is configured is asked: no proxy, no redirection.
		let client = reqwest::Client::builder()
			.timeout(chain.timeout)
			.redirect(reqwest::redirect::Policy::none())
			.no_proxy()
			.build()
			.map_err(|error| Silent::Unreachable(error.to_string()))?;
		Ok(Self {
			client,
			url: chain.node.clone(),
			next: AtomicU64::new(0),
			places: Semaphore::new(MAX_CALLS),
		})
	}

	/// Calls a method. What it gives is `null` where the node knows nothing.
	pub(crate) async fn call(&self, method: &str, params: Value) -> Result<Value, Silent> {
		// It is never closed.
		let _place = self.places.acquire().await;
		let id = self.next.fetch_add(1, Ordering::Relaxed);
		let body =
			json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string();
		let unreachable =
			|error: reqwest::Error| Silent::Unreachable(error.without_url().to_string());
		let mut response = self
			.client
			.post(&self.url)
			.header("content-type", "application/json")
			.body(body)
			.send()
			.await
			.map_err(unreachable)?;
		if response.status() == reqwest::StatusCode::TOO_MANY_REQUESTS {
			return Err(Silent::Busy);
		}
		// Something on the way answers in the place of the node.
		if !response.status().is_success() {
			return Err(Silent::Unreachable(format!("HTTP status {}", response.status().as_u16())));
		}
		let mut bytes = Vec::new();
		while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
			if bytes.len().saturating_add(chunk.len()) > MAX_ANSWER {
				return Err(Silent::Wrong(format!(
					"the answer to {method} is larger than {MAX_ANSWER} bytes"
				)));
			}
			bytes.extend_from_slice(&chunk);
		}
		let answer: Answer = serde_json::from_slice(&bytes)
			.map_err(|_| Silent::Wrong(format!("the answer to {method} is no JSON-RPC")))?;
		match answer {
			Answer { error: Some(failure), .. } if TOO_OFTEN.contains(&failure.code) => {
				Err(Silent::Busy)
			},
			Answer { error: Some(failure), .. } => Err(Silent::Refused(format!(
				"{method}: {}",
				failure.message.chars().take(300).collect::<String>()
			))),
			Answer { id: there, .. } if there != Some(id) => {
				Err(Silent::Wrong(format!("the answer to {method} is to something else")))
			},
			Answer { result, .. } => Ok(result),
		}
	}
}

/// A member of an answer that is bytes in hexadecimal digits.
pub(crate) fn bytes(value: &Value, what: &str) -> Result<Vec<u8>, Silent> {
	let bytes = value.as_str().and_then(|text| from_hex(text).ok());
	bytes.ok_or_else(|| Silent::Wrong(format!("{what} is not hexadecimal")))
}

/// A member of an answer that is a hash.
pub(crate) fn hash(value: &Value, what: &str) -> Result<salus_exchange_protocol::Hash, Silent> {
	let hash = value.as_str().and_then(|text| text.parse().ok());
	hash.ok_or_else(|| Silent::Wrong(format!("{what} is no hash")))
}
