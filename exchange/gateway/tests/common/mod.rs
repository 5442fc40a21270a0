//! What the tests of gateways share: a node that is none, gateways with stores of their own, and people who ask.

#![allow(dead_code)] // Each test program uses a part of it.

pub mod consent;
pub mod counting;
pub mod database;
pub mod download;
pub mod fhir;
pub mod kept;
pub mod node;
pub mod oauth;
pub mod openapi;
pub mod research;
pub mod transactions;
pub mod votes;

use base64::{engine::general_purpose::STANDARD, Engine};
use ed25519_zebra::{SigningKey, VerificationKey};
use node::{Grant, Node, ALWAYS};
use salus_exchange_protocol::{
	account::{Account, Address},
	codes::{Action, Purpose},
	request::ReleaseRequest,
	Hash,
};
use salus_gateway::{
	chain::now, config::Config, fetch::signed_header, gateway::Gateway, http::Listening,
	vault::random,
};
use serde_json::{json, Value};
use std::{fs, os::unix::fs::PermissionsExt, path::Path, sync::Arc, time::Duration};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};

pub const TOKEN: &str = "a-token-of-the-house-that-is-long-enough";
pub const PATIENT: Hash = Hash([0x11; 32]);
/// Another patient.
pub const OTHER: Hash = Hash([0x22; 32]);
/// The custodian, and who asks.
pub const CUSTODIAN: u32 = 3;
pub const CLINIC: u32 = 4;

/// Writes a file that nobody else may read.
pub fn secret(file: &Path, text: &str) {
	fs::write(file, text).unwrap();
	fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}

/// A folder with a configuration and its secrets; both faces at a port that is free.
pub fn configured(node: &Node, organisation: u32, more: &str) -> TempDir {
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().display();
	let key = format!("0x{}", hex::encode([organisation as u8; 32]));
	secret(&folder.path().join("vault.key"), &format!("0x{}", hex::encode([9; 32])));
	secret(&folder.path().join("signing.key"), &key);
	secret(&folder.path().join("token"), TOKEN);
	let database = database::fresh(folder.path())
		.map_or_else(String::new, |url| format!("[database]\nurl = \"{}\"\n", url.display()));
	let text = format!(
		"organisation = {organisation}\ndata = \"{path}\"\nvault_key = \"{path}/vault.key\"\nsigning_key = \"{path}/signing.key\"\n\
		 [outside]\nlisten = \"127.0.0.1:0\"\nurl = \"https://gateway.example\"\n[inside]\nlisten = \"127.0.0.1:0\"\ntoken = \"{path}/token\"\n\
		 {database}[chain]\nnode = \"{}\"\ngenesis = \"{}\"\nkind = \"solo\"\n{more}",
		node.url,
		node.genesis(),
	);
	fs::write(folder.path().join("gateway.toml"), text).unwrap();
	folder
}

/// The part of a configuration that says where others' gateways are.
pub fn others(all: &[(u32, &str)]) -> String {
	let row = |(organisation, url): &(u32, &str)| {
		format!(
			"[[others.gateway]]\norganisation = {organisation}\nurl = \"{url}\"\nlocal = true\n"
		)
	};
	all.iter().map(row).collect()
}

/// A gateway that listens.
pub struct Running {
	pub gateway: Arc<Gateway>,
	pub faces: Faces,
	pub folder: TempDir,
	pub hl7: Option<std::net::SocketAddr>,
	stop: oneshot::Sender<()>,
	served: JoinHandle<()>,
}

/// Where a gateway listens.
#[derive(Clone)]
pub struct Faces {
	pub outside: String,
	pub inside: String,
	client: reqwest::Client,
}

/// An answer: status, headers and body.
#[derive(Clone, Debug, PartialEq)]
pub struct Got {
	pub status: u16,
	pub headers: Vec<(String, String)>,
	pub body: Vec<u8>,
}

impl Got {
	pub fn json(&self) -> Value {
		serde_json::from_slice(&self.body)
			.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&self.body)))
	}

	/// The code of an OperationOutcome.
	pub fn code(&self) -> String {
		self.json()
			.pointer("/issue/0/details/coding/0/code")
			.and_then(Value::as_str)
			.unwrap_or_default()
			.into()
	}
}

impl Faces {
	pub fn new(outside: impl std::fmt::Display, inside: impl std::fmt::Display) -> Self {
		// A gateway ends connections that are idle for ten seconds: one that is just being ended is not used once more.
		let idle = std::time::Duration::from_secs(5);
		let client = reqwest::Client::builder().no_proxy().pool_idle_timeout(idle).build().unwrap();
		Self { outside: format!("http://{outside}"), inside: format!("http://{inside}"), client }
	}

	/// The client, for requests that are like no others.
	pub fn client(&self) -> &reqwest::Client {
		&self.client
	}

	pub async fn send(&self, request: reqwest::RequestBuilder) -> reqwest::Result<Got> {
		let request = request.build()?;
		let (method, url) = (request.method().to_string(), request.url().clone());
		let response = self.client.execute(request).await?;
		let status = response.status().as_u16();
		let is_inside = url.as_str().starts_with(&self.inside);
		let content_type = response.headers().get("content-type").map(|it| it.to_str().unwrap());
		openapi::check(is_inside, &method, url.path(), status, content_type);
		let content_type = content_type.map(str::to_owned);
		let headers = response.headers().iter();
		let headers = headers
			.filter(|(name, _)| *name != "date")
			.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
		let headers = headers.collect();
		let body = response.bytes().await?.to_vec();
		kept::keep(content_type.as_deref(), &body);
		Ok(Got { status, headers, body })
	}

	/// Asks outside, as somebody.
	pub async fn ask(
		&self,
		who: &Person,
		custodian: u32,
		path: &str,
		target: &str,
		genesis: Hash,
	) -> Got {
		let header = who.signed(custodian, target, genesis);
		self.get(path, &header).await.unwrap()
	}

	/// Asks outside with openings of sealed directives.
	pub async fn get_with(&self, path: &str, header: &str, openings: &str) -> Got {
		let request = self
			.client
			.get(format!("{}{path}", self.outside))
			.header("authorization", format!("Salus-Signed {header}"));
		self.send(request.header("salus-openings", openings)).await.unwrap()
	}

	pub async fn get(&self, path: &str, header: &str) -> reqwest::Result<Got> {
		self.send(
			self.client
				.get(format!("{}{path}", self.outside))
				.header("authorization", format!("Salus-Signed {header}")),
		)
		.await
	}

	pub async fn anybody(&self, path: &str) -> Got {
		self.send(self.client.get(format!("{}{path}", self.outside))).await.unwrap()
	}

	pub async fn post(
		&self,
		path: &str,
		content_type: &str,
		body: impl Into<reqwest::Body>,
	) -> reqwest::Result<Got> {
		let request = self
			.client
			.post(format!("{}{path}", self.inside))
			.bearer_auth(TOKEN)
			.header("content-type", content_type);
		self.send(request.body(body)).await
	}

	pub async fn house(&self, path: &str) -> Got {
		self.send(self.client.get(format!("{}{path}", self.inside)).bearer_auth(TOKEN))
			.await
			.unwrap()
	}

	pub async fn delete(&self, path: &str) -> Got {
		self.send(self.client.delete(format!("{}{path}", self.inside)).bearer_auth(TOKEN))
			.await
			.unwrap()
	}

	/// Takes a resource, and tells what became of it.
	pub async fn ingest(&self, resource: &Value) -> Value {
		let got =
			self.post("/ingest", "application/fhir+json", resource.to_string()).await.unwrap();
		assert_eq!(got.status, 200, "{got:?}");
		got.json()["results"][0].clone()
	}

	/// The entries of the access log.
	pub async fn log(&self) -> Vec<Value> {
		let mut entries: Vec<Value> = Vec::new();
		loop {
			let got = self.house(&format!("/log?from={}", entries.len())).await;
			let page: Vec<Value> = String::from_utf8(got.body)
				.unwrap()
				.lines()
				.map(|line| serde_json::from_str(line).unwrap())
				.collect();
			if page.is_empty() {
				return entries;
			}
			entries.extend(page);
		}
	}
}

/// Starts a gateway in this process.
pub async fn start(node: &Node, organisation: u32, more: &str) -> Running {
	start_in(configured(node, organisation, more)).await
}

pub async fn start_in(folder: TempDir) -> Running {
	let config = Config::read_file(&folder.path().join("gateway.toml")).unwrap();
	assert_eq!(config.on_this_host(), []);
	let gateway = Gateway::open(config).unwrap();
	let listening = Listening::bind(gateway.clone()).await.unwrap();
	let faces = Faces::new(listening.outside, listening.inside);
	let hl7 = listening.hl7;
	let (stop, stopped) = oneshot::channel();
	let stopped = async { drop(stopped.await) };
	let served = tokio::spawn(async move { listening.serve(stopped).await.unwrap() });
	Running { gateway, faces, folder, hl7, stop, served }
}

/// Starts the custodian's gateway, where the patient is `p`.
pub async fn linked(node: &Node, more: &str) -> Running {
	let running = start(node, CUSTODIAN, more).await;
	assert_eq!(running.link(PATIENT, "p").await.status, 200);
	running
}

/// Waits until nothing of the gateway is at work, so that its store is closed.
async fn let_go(gateway: Arc<Gateway>) {
	let begun = std::time::Instant::now();
	let mut held = gateway;
	while let Err(still) = Arc::try_unwrap(held) {
		held = still;
		let at_work = Arc::strong_count(&held) - 1;
		assert!(begun.elapsed().as_secs() < 30, "{at_work} still hold a gateway that was stopped");
		tokio::time::sleep(std::time::Duration::from_millis(10)).await;
	}
}

impl Running {
	/// Stops it, and starts another one from its folder, after `change`.
	pub async fn again(self, change: impl FnOnce(&Path)) -> Self {
		let Self { gateway, faces, folder, stop, served, .. } = self;
		drop(faces);
		stop.send(()).unwrap();
		served.await.unwrap();
		let_go(gateway).await;
		change(folder.path());
		start_in(folder).await
	}

	/// Starts it anew, with a security label of the house's own that is explained: it asks for nothing.
	pub async fn explains(self, code: &str) -> Self {
		self.again(|folder| {
			let file = folder.join("gateway.toml");
			let text = std::fs::read_to_string(&file).unwrap();
			let label =
				format!("[[label]]\nsystem = \"urn:house\"\ncode = \"{code}\"\nlabels = []\n");
			std::fs::write(&file, format!("{text}{label}")).unwrap();
		})
		.await
	}

	/// Starts it anew where it is, and tells it where another's gateway is.
	pub async fn knows(self, organisation: u32, url: &str) -> Self {
		let here = self.faces.outside.trim_start_matches("http://").to_owned();
		self.again(|folder| {
			let file = folder.join("gateway.toml");
			let text = fs::read_to_string(&file).unwrap();
			let text = text.replacen("127.0.0.1:0", &here, 1);
			fs::write(&file, format!("{text}{}", others(&[(organisation, url)]))).unwrap();
		})
		.await
	}

	/// It listens no more, and does nothing by itself.
	pub async fn stopped(mut self) -> Self {
		let (stop, _) = oneshot::channel();
		std::mem::replace(&mut self.stop, stop).send(()).unwrap();
		std::mem::replace(&mut self.served, tokio::spawn(async {})).await.unwrap();
		self
	}

	pub fn genesis(&self) -> Hash {
		self.gateway.node.genesis()
	}

	/// One resource, as somebody.
	pub async fn read(&self, who: &Person, reference: &str) -> Got {
		self.faces
			.ask(who, CUSTODIAN, &format!("/fhir/{reference}"), reference, self.genesis())
			.await
	}

	/// What `/readyz` says, as soon as it is that; it follows within a second or two.
	pub async fn ready(&self, status: u16, why: &str) -> Value {
		let begun = std::time::Instant::now();
		loop {
			let got = self.faces.anybody("/readyz").await;
			let told = got.json();
			if got.status == status && told["why"].as_str().unwrap_or_default() == why {
				return told;
			}
			assert!(begun.elapsed().as_secs() < 60, "{status} {why}: {got:?}");
			tokio::time::sleep(Duration::from_millis(50)).await;
		}
	}

	/// Until the gateway itself has found that the chain is silent, or that it is not.
	pub async fn silence(&self, is_silent: bool) {
		let begun = std::time::Instant::now();
		while self.gateway.watch.is_silent() != is_silent {
			assert!(begun.elapsed().as_secs() < 60);
			tokio::time::sleep(Duration::from_millis(50)).await;
		}
	}

	/// A page of a search, as somebody.
	pub async fn search(&self, who: &Person, name: &str, query: &str) -> Got {
		let target = salus_gateway::search::target(name, query);
		self.faces
			.ask(who, CUSTODIAN, &format!("/fhir/{name}?{query}"), &target, self.genesis())
			.await
	}

	pub async fn link(&self, handle: Hash, local: &str) -> Got {
		let body = json!({ "handle": handle.to_string(), "patient": local }).to_string();
		self.faces.post("/links", "application/json", body).await.unwrap()
	}
}

/// Somebody with a key.
pub struct Person {
	pub key: SigningKey,
	pub organisation: Option<u32>,
}

impl Person {
	pub fn new(byte: u8, organisation: Option<u32>) -> Self {
		Self { key: SigningKey::from([byte; 32]), organisation }
	}

	pub fn account(&self) -> [u8; 32] {
		VerificationKey::from(&self.key).into()
	}

	pub fn request(&self, custodian: u32, target: &str) -> ReleaseRequest {
		ReleaseRequest {
			id: Hash(random::<32>().unwrap()),
			custodian,
			record_id: target.into(),
			requester: Address::from(Account(self.account())),
			organisation: self.organisation,
			requester_kind: None,
			purpose: Purpose::Treat,
			action: Action::Read,
			expiry: now() + 60,
		}
	}

	pub fn signed(&self, custodian: u32, target: &str, genesis: Hash) -> String {
		signed_header(&self.request(custodian, target), &genesis, &self.key)
	}
}

/// The doctor of the clinic, who asks; her key is that of the clinic's gateway.
pub fn doctor() -> Person {
	Person::new(CLINIC as u8, Some(CLINIC))
}

/// A world with two organisations, their people, and a patient who lets the clinic see all without labels.
pub async fn world() -> Node {
	let node = Node::start().await;
	node.change(|world| {
		world.organisations.extend([CUSTODIAN, CLINIC]);
		world.members.insert((CLINIC, doctor().account()));
		world.patients.insert(PATIENT);
		world.grants.push(Grant {
			patient: PATIENT,
			organisation: CLINIC,
			classes: vec![],
			data: ALWAYS,
			ended: None,
		});
	});
	node
}

/// The same, with another patient, who lets nobody see anything.
pub async fn world_of_two() -> Node {
	let node = world().await;
	node.change(|world| _ = world.patients.insert(OTHER));
	node
}

/// A laboratory result of the patient `p`.
pub fn result(id: &str) -> Value {
	json!({
		"resourceType": "Observation", "id": id, "status": "final", "subject": { "reference": "Patient/p" }, "effectiveDateTime": "2026-03-01",
		"category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory" }] }],
		"code": { "coding": [{ "system": "http://loinc.org", "code": "718-7" }] },
		"valueQuantity": { "value": 7.0, "unit": "mmol/L" },
	})
}

/// Bytes of an answer in base64.
pub fn decoded(text: &Value) -> Vec<u8> {
	STANDARD.decode(text.as_str().unwrap()).unwrap()
}
