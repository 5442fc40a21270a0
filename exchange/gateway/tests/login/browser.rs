//! A browser, and gateways at which staff signs in.

use super::{
	common::{configured, openapi, secret, start_in, world, Got, Running, CUSTODIAN},
	provider::{Provider, CLIENT, SECRET},
};
use crate::common::node::Node;
use serde_json::{json, Value};
use std::{collections::BTreeMap, fs};
use tempfile::TempDir;

pub const DESK: &str = "a-token-of-the-desk-that-is-long-enough";
/// How browsers write the inside face in these tests.
pub const URL: &str = "https://inside.example";

/// Who may do what, beside what a test adds.
pub fn rows() -> String {
	let clinician = hex::encode(clinician().account());
	format!(
		"[[login.staff]]\nvalue = \"officer\"\nroles = [\"privacy-officer\"]\n\
		 [[login.staff]]\nvalue = \"registrar\"\nroles = [\"registration\"]\n\
		 [[login.staff]]\nvalue = \"clinician\"\nroles = [\"clinician\", \"emergency\"]\ncredential = \"0x{clinician}\"\n\
		 [[login.staff]]\nclaim = \"groups\"\nvalue = \"clinicians\"\nroles = [\"clinician\"]\n"
	)
}

/// A clinician of the house.
pub fn clinician() -> super::common::Person {
	super::common::Person::new(50, Some(CUSTODIAN))
}

/// The folder of a gateway whose staff signs in at this provider.
pub fn folder(node: &Node, provider: &Provider, settings: &str, rows: &str) -> TempDir {
	let folder = configured(node, CUSTODIAN, "");
	let at = |name: &str| folder.path().join(name);
	secret(&at("desk.token"), DESK);
	secret(&at("login.secret"), SECRET);
	let issuer = provider.world().issuer.clone();
	let login = format!(
		"[emergency]\ntoken = \"{}\"\n[login]\nissuer = \"{issuer}\"\nclient_id = \"{CLIENT}\"\nclient_secret = \"{}\"\nurl = \"{URL}\"\n{settings}{rows}",
		at("desk.token").display(),
		at("login.secret").display(),
	);
	let file = at("gateway.toml");
	fs::write(&file, fs::read_to_string(&file).unwrap() + &login).unwrap();
	folder
}

/// A gateway with a provider.
pub async fn house() -> (Node, Provider, Running) {
	let (node, provider) = (world().await, Provider::start().await);
	let running = start_in(folder(&node, &provider, "", &rows())).await;
	(node, provider, running)
}

/// A browser with its cookies, of the gateway alone.
#[derive(Clone)]
pub struct Browser {
	pub base: String,
	pub client: reqwest::Client,
	pub cookies: BTreeMap<String, String>,
	/// What it sends as `Salus-Csrf` with what changes something.
	pub guard: Option<String>,
}

impl Browser {
	pub fn of(running: &Running) -> Self {
		Self::at(&running.faces.inside)
	}

	pub fn at(base: &str) -> Self {
		let none = reqwest::redirect::Policy::none();
		let client = reqwest::Client::builder().no_proxy().redirect(none).build().unwrap();
		Self { base: base.into(), client, cookies: BTreeMap::new(), guard: None }
	}

	pub async fn send(
		&mut self,
		method: &str,
		path: &str,
		body: Option<Value>,
		headers: &[(&str, &str)],
	) -> Got {
		let url = format!("{}{path}", self.base);
		let mut request = self.client.request(method.parse().unwrap(), url);
		let cookies: Vec<_> =
			self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
		if !cookies.is_empty() {
			request = request.header("cookie", cookies.join("; "));
		}
		for (name, value) in headers {
			request = request.header(*name, *value);
		}
		if let Some(body) = body {
			request = request.body(body.to_string());
		}
		let request = request.build().unwrap();
		let path = request.url().path().to_owned();
		let response = self.client.execute(request).await.unwrap();
		let status = response.status().as_u16();
		let content_type = response.headers().get("content-type").map(|it| it.to_str().unwrap());
		openapi::check(true, method, &path, status, content_type);
		let headers: Vec<(String, String)> = response
			.headers()
			.iter()
			.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
			.collect();
		for (_, value) in headers.iter().filter(|(name, _)| name == "set-cookie") {
			let (pair, attributes) = value.split_once("; ").unwrap();
			let (name, value) = pair.split_once('=').unwrap();
			match attributes.contains("Max-Age=0;") {
				true => drop(self.cookies.remove(name)),
				false => drop(self.cookies.insert(name.into(), value.into())),
			}
		}
		Got { status, headers, body: response.bytes().await.unwrap().to_vec() }
	}

	pub async fn get(&mut self, path: &str) -> Got {
		self.send("GET", path, None, &[]).await
	}

	/// Changes something, as the page of the gateway would.
	pub async fn post(&mut self, path: &str, body: Value) -> Got {
		let guard = self.guard.clone().unwrap_or_default();
		self.send("POST", path, Some(body), &[("salus-csrf", &guard), ("origin", URL)]).await
	}

	/// Goes to the provider, and gives the query with which that sends the browser back.
	pub async fn visit_provider(&mut self) -> String {
		let got = self.get("/login").await;
		assert_eq!(got.status, 303, "{got:?}");
		let response = self.client.get(header(&got, "location")).send().await.unwrap();
		assert_eq!(response.status(), 303);
		let back = response.headers()["location"].to_str().unwrap();
		back.strip_prefix(&format!("{URL}/login/callback?")).unwrap().to_owned()
	}

	/// Comes back from the provider.
	pub async fn back(&mut self, query: &str) -> Got {
		self.get(&format!("/login/callback?{query}")).await
	}

	/// All of a login.
	pub async fn login(&mut self) -> Got {
		let query = self.visit_provider().await;
		self.back(&query).await
	}

	/// Who is signed in, and with what it changes something from now on.
	pub async fn session(&mut self) -> Value {
		let got = self.get("/session").await;
		assert_eq!(got.status, 200, "{got:?}");
		let session = got.json();
		self.guard = session["csrf"].as_str().map(str::to_owned);
		session
	}
}

pub fn header(got: &Got, name: &str) -> String {
	got.headers.iter().find(|(there, _)| there == name).unwrap().1.clone()
}

/// Somebody who is signed in.
pub async fn signed_in(running: &Running, provider: &Provider, subject: &str) -> Browser {
	provider.change(|world| world.subject = subject.into());
	let mut browser = Browser::of(running);
	let got = browser.login().await;
	assert_eq!(got.status, 200, "{got:?}");
	browser.session().await;
	browser
}

/// Status and code.
pub fn told(got: &Got) -> (u16, String) {
	(got.status, got.code())
}

pub fn changes(name: &str, value: impl Into<Value>) -> Value {
	json!({ name: value.into() })
}
