//! A small FHIR R4 server for tests: it searches by type with pages, has histories, and misbehaves when told to.

use axum::{
	body::Body,
	extract::{Path, RawQuery, Request, State},
	http::{header, StatusCode},
	middleware::{from_fn_with_state, Next},
	response::{IntoResponse, Response},
	routing::get,
	Router,
};
use salus_gateway::upstream::page::moment;
use serde_json::{json, Value};
use std::{
	collections::{BTreeMap, HashMap, VecDeque},
	sync::{Arc, Mutex},
};
use tokio::{net::TcpListener, task::JoinHandle};

/// When the server's clock begins, in seconds since 1970.
pub const BEGIN: u64 = 1_760_000_000;

/// What is wrong with an answer.
#[derive(Clone)]
pub enum Trouble {
	/// It is this status.
	Status(u16),
	/// It never comes.
	Silence,
	/// It is this.
	Body(String),
	/// It is so many bytes.
	Huge(usize),
	/// It breaks off after so many bytes.
	Cut(usize),
	/// It is a redirection.
	Moved(String),
	/// Nothing.
	None,
}

/// Where the link to the next page leads.
#[derive(Clone, Default)]
pub enum Links {
	/// To the next page.
	#[default]
	Right,
	/// To this URL.
	To(String),
	/// To the same page.
	Back,
	/// There is none: a total alone tells that there is more.
	None,
}

#[derive(Clone)]
struct Stored {
	version: u32,
	updated: u64,
	/// None of what was deleted.
	resource: Option<Value>,
}

type Hook = Box<dyn FnOnce(&mut Inner) + Send>;

#[derive(Default)]
pub struct Inner {
	resources: BTreeMap<(String, String), Stored>,
	/// The server's clock, after [`BEGIN`].
	pub clock: u64,
	/// How much time passes with each change.
	pub step: u64,
	/// What each request must have in its header.
	pub authorization: Option<String>,
	/// Ids of resources that are not handed out by themselves, with the status in their place.
	pub denied: BTreeMap<String, u16>,
	/// What is wrong with the next answers, one after the other.
	pub troubles: VecDeque<Trouble>,
	/// Done after that many further answers of searches.
	pub hooks: VecDeque<Option<Hook>>,
	pub links: Links,
	/// Whether it sorts by change.
	pub sorts: bool,
	pub history: bool,
	/// A member of each Bundle.
	pub bundle_meta: Option<Value>,
	/// Methods and targets of all requests.
	pub requests: Vec<String>,
}

impl Inner {
	/// Puts a resource, or a new version of one.
	pub fn put(&mut self, resource: Value) {
		let text = |name: &str| resource[name].as_str().unwrap().to_owned();
		let key = (text("resourceType"), text("id"));
		let version = self.resources.get(&key).map_or(0, |it| it.version) + 1;
		self.clock += self.step;
		let mut resource = resource;
		let meta = resource.as_object_mut().unwrap().entry("meta").or_insert(json!({}));
		let updated = BEGIN + self.clock;
		meta["versionId"] = json!(version.to_string());
		meta["lastUpdated"] = json!(moment(updated));
		self.resources.insert(key, Stored { version, updated, resource: Some(resource) });
	}

	/// Labels a resource, without making another version of it.
	pub fn label(&mut self, name: &str, id: &str, security: Value) {
		let stored = self.resources.get_mut(&(name.into(), id.into())).unwrap();
		stored.resource.as_mut().unwrap()["meta"]["security"] = security;
	}

	pub fn delete(&mut self, name: &str, id: &str) {
		self.clock += self.step;
		let updated = BEGIN + self.clock;
		let stored = self.resources.get_mut(&(name.into(), id.into())).unwrap();
		(stored.version, stored.updated, stored.resource) = (stored.version + 1, updated, None);
	}
}

/// A server that listens until it is dropped.
pub struct Fhir {
	pub url: String,
	inner: Arc<Mutex<Inner>>,
	task: JoinHandle<()>,
}

impl Drop for Fhir {
	fn drop(&mut self) {
		self.task.abort();
	}
}

type Shared = State<(Arc<Mutex<Inner>>, String)>;

impl Fhir {
	pub async fn start() -> Self {
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let url = format!("http://{}/fhir", listener.local_addr().unwrap());
		let inner = Inner { step: 1, sorts: true, history: true, ..Inner::default() };
		let inner = Arc::new(Mutex::new(inner));
		let shared = (inner.clone(), url.clone());
		let router = Router::new()
			.route("/fhir/metadata", get(metadata))
			.route("/fhir/{type}", get(search))
			.route("/fhir/{type}/_history", get(history))
			.route("/fhir/{type}/{id}", get(read))
			.layer(from_fn_with_state(shared.clone(), trouble))
			.with_state(shared);
		let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
		Self { url, inner, task }
	}

	pub fn change<T>(&self, change: impl FnOnce(&mut Inner) -> T) -> T {
		change(&mut self.inner.lock().unwrap())
	}

	pub fn put(&self, resource: Value) {
		self.change(|inner| inner.put(resource));
	}

	/// What is wrong with the next answers.
	pub fn troubles(&self, troubles: impl IntoIterator<Item = Trouble>) {
		self.change(|inner| inner.troubles.extend(troubles));
	}

	/// The requests since it was asked last.
	pub fn requests(&self) -> Vec<String> {
		self.change(|inner| std::mem::take(&mut inner.requests))
	}

	/// Those that search for a type.
	pub fn searches(&self, name: &str) -> Vec<String> {
		let begin = format!("GET /fhir/{name}?");
		self.requests().into_iter().filter(|request| request.starts_with(&begin)).collect()
	}
}

async fn trouble(State((inner, _)): Shared, request: Request, next: Next) -> Response {
	let target = request.uri().path_and_query().unwrap().to_string();
	let found = {
		let mut inner = inner.lock().unwrap();
		inner.requests.push(format!("{} {target}", request.method()));
		let sent = request.headers().get(header::AUTHORIZATION);
		if inner.authorization.as_deref() != sent.map(|value| value.to_str().unwrap()) {
			return StatusCode::UNAUTHORIZED.into_response();
		}
		let id = target.rsplit('/').next().unwrap_or_default();
		if let Some(status) = inner.denied.get(id) {
			return StatusCode::from_u16(*status).unwrap().into_response();
		}
		match target.ends_with("/metadata") {
			true => Trouble::None,
			false => inner.troubles.pop_front().unwrap_or(Trouble::None),
		}
	};
	match found {
		Trouble::None => next.run(request).await,
		Trouble::Status(status) => StatusCode::from_u16(status).unwrap().into_response(),
		Trouble::Silence => std::future::pending().await,
		Trouble::Body(body) => body.into_response(),
		Trouble::Huge(size) => vec![b' '; size].into_response(),
		Trouble::Moved(to) => {
			(StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response()
		},
		Trouble::Cut(size) => {
			let body = next.run(request).await.into_body();
			let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
			Body::from(bytes.slice(..size.min(bytes.len()))).into_response()
		},
	}
}

fn answer(body: &Value) -> Response {
	// With blanks, as many servers have them: bytes of records are to be kept as they stand.
	let body = serde_json::to_string_pretty(body).unwrap();
	([(header::CONTENT_TYPE, "application/fhir+json")], body).into_response()
}

async fn metadata(State((inner, _)): Shared) -> Response {
	let inner = inner.lock().unwrap();
	let types: std::collections::BTreeSet<&String> =
		inner.resources.keys().map(|(name, _)| name).collect();
	let does = |code: &str| json!({ "code": code });
	let resources = types.into_iter().map(|name| {
		let mut all = vec![does("read"), does("search-type")];
		all.extend(inner.history.then(|| does("history-type")));
		json!({ "type": name, "interaction": all })
	});
	let resources: Vec<Value> = resources.collect();
	answer(
		&json!({ "resourceType": "CapabilityStatement", "rest": [{ "mode": "server", "resource": resources }] }),
	)
}

fn parameters(query: Option<String>) -> HashMap<String, String> {
	let url = format!("http://x/?{}", query.unwrap_or_default());
	let url = reqwest::Url::parse(&url).unwrap();
	url.query_pairs().into_owned().collect()
}

fn number(query: &HashMap<String, String>, name: &str, unless: usize) -> usize {
	query.get(name).map_or(unless, |text| text.parse().unwrap())
}

/// A page of entries; the link to the next one has an offset in what there is at that moment.
fn page(
	inner: &Inner,
	base: &str,
	kind: &str,
	path: &str,
	query: &HashMap<String, String>,
	entries: &[Value],
) -> Value {
	let (from, count) = (number(query, "_offset", 0), number(query, "_count", 10));
	let some: Vec<&Value> = entries.iter().skip(from).take(count).collect();
	let to = |offset: usize| {
		let mut url = reqwest::Url::parse(&format!("{base}/{path}")).unwrap();
		let kept = query.iter().filter(|(name, _)| *name != "_offset");
		url.query_pairs_mut().extend_pairs(kept).append_pair("_offset", &offset.to_string());
		url.to_string()
	};
	let mut links = vec![json!({ "relation": "self", "url": to(from) })];
	if from + count < entries.len() {
		let next = match &inner.links {
			Links::Right => Some(to(from + count)),
			Links::To(url) => Some(url.clone()),
			Links::Back => Some(to(from)),
			Links::None => None,
		};
		links.extend(next.map(|next| json!({ "relation": "next", "url": next })));
	}
	let mut bundle =
		json!({ "resourceType": "Bundle", "type": kind, "link": links, "entry": some });
	if matches!(inner.links, Links::None) {
		bundle["total"] = json!(entries.len());
	}
	if let Some(meta) = &inner.bundle_meta {
		bundle["meta"] = meta.clone();
	}
	bundle
}

/// The moments of FHIR that are told here sort as texts.
async fn search(
	State((inner, base)): Shared,
	Path(name): Path<String>,
	RawQuery(query): RawQuery,
) -> Response {
	let query = parameters(query);
	let mut inner = inner.lock().unwrap();
	let since = query.get("_lastUpdated").map(|text| text.strip_prefix("ge").unwrap().to_owned());
	let mut found: Vec<(u64, String, Value)> = inner
		.resources
		.iter()
		.filter(|((there, _), stored)| {
			*there == name && since.as_ref().is_none_or(|since| moment(stored.updated) >= *since)
		})
		.filter_map(|((_, id), stored)| {
			Some((stored.updated, id.clone(), stored.resource.clone()?))
		})
		.collect();
	if inner.sorts {
		assert_eq!(query.get("_sort").map(String::as_str), Some("_lastUpdated"));
		found.sort_by_key(|(updated, id, _)| (*updated, id.clone()));
	}
	let entries: Vec<Value> = found
		.into_iter()
		.map(|(_, id, resource)| {
			json!({ "fullUrl": format!("{base}/{name}/{id}"), "resource": resource, "search": { "mode": "match" } })
		})
		.collect();
	let answered = answer(&page(&inner, &base, "searchset", &name, &query, &entries));
	if let Some(Some(hook)) = inner.hooks.pop_front() {
		hook(&mut inner);
	}
	answered
}

async fn history(
	State((inner, base)): Shared,
	Path(name): Path<String>,
	RawQuery(query): RawQuery,
) -> Response {
	let query = parameters(query);
	let inner = inner.lock().unwrap();
	let since = &query["_since"];
	let mut found: Vec<(u64, Value)> = inner
		.resources
		.iter()
		.filter(|((there, _), stored)| *there == name && moment(stored.updated) >= *since)
		.map(|((_, id), stored)| {
			let entry = match &stored.resource {
				Some(resource) => {
					json!({ "resource": resource, "request": { "method": "PUT", "url": format!("{name}/{id}") } })
				},
				None => json!({ "request": { "method": "DELETE", "url": format!("{name}/{id}") } }),
			};
			(stored.updated, entry)
		})
		.collect();
	found.sort_by_key(|(updated, _)| std::cmp::Reverse(*updated));
	let entries: Vec<Value> = found.into_iter().map(|(_, entry)| entry).collect();
	let path = format!("{name}/_history");
	answer(&page(&inner, &base, "history", &path, &query, &entries))
}

async fn read(State((inner, _)): Shared, Path(key): Path<(String, String)>) -> Response {
	let inner = inner.lock().unwrap();
	match inner.resources.get(&key) {
		None => StatusCode::NOT_FOUND.into_response(),
		Some(Stored { resource: None, .. }) => StatusCode::GONE.into_response(),
		Some(Stored { resource: Some(resource), .. }) => answer(resource),
	}
}
