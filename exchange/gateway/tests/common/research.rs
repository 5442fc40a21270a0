//! What a small chain has of research, in the layouts of the pallet, and a mailbox.

use super::secret;
use axum::{
	extract::{Path, RawQuery, State},
	http::{HeaderMap, StatusCode},
	routing::{get, put as put_route},
	Router,
};
use codec::Encode;
use salus_counts::{job::SignedJob, mailbox::Page, reply::SignedReply, values::ValueSet, Hash};
use salus_gateway::chain::research::{
	by_commitment_key, dataset_key, layout_key, permit_key, population_key, query_key, study_key,
	version_key, Reserved,
};
use salus_primitives::Interval;
use salus_research_data_use::{Offer, Permission};
use salus_research_permits::{Ending, Lapse, LapseSet, PermitEnd, Standing};
use std::{
	collections::{BTreeMap, HashMap},
	sync::{Arc, Mutex},
};

/// A dataset: its custodian, its basis as the chain encodes it, its version and epoch, and when that was published.
#[derive(Clone)]
pub struct Dataset {
	pub custodian: u32,
	pub basis: Vec<u8>,
	pub version: u32,
	pub epoch: u32,
	pub epoch_at: u64,
	pub retired: Option<u64>,
}

/// A permit: the dataset, the investigator, and whether it is alive, as the node says. What is stored of it: its last moment, and whether it was
/// revoked.
#[derive(Clone)]
pub struct Permit {
	pub dataset: u32,
	pub investigator: [u8; 32],
	pub standing: Standing,
	pub until: u64,
	pub revoked: Option<u64>,
}

impl Permit {
	pub fn new(dataset: u32, investigator: [u8; 32]) -> Self {
		let (standing, until) = (Standing::Active, u64::MAX);
		Self { dataset, investigator, standing, until, revoked: None }
	}

	/// As the pallet stores it: a permit of this study whose terms were accepted once.
	fn stored(&self, study: u32) -> Vec<u8> {
		let ended = self.revoked.map(|at| PermitEnd { at, how: Ending::Revoked });
		let permit = salus_research_permits::Permit {
			period: Interval::new(7, self.until),
			renewal: None,
			ended,
		};
		// Version 0 of the terms, of the dataset's version 0; no reports, no outputs, no reason, no attestation.
		let accepted = vec![((0_u32, 7_u64), 0_u32)];
		(study, self.dataset, permit, accepted, [0_u8; 4]).encode()
	}
}

/// A version that was published: the root, the size, the epoch, when that was published, and when the version was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Published {
	pub root: Hash,
	pub size: u8,
	pub epoch: u32,
	pub epoch_at: u64,
	pub at: u64,
}

/// What datasets may be used for.
pub fn terms() -> Offer {
	Offer { months: Some(12), ..Offer::new(Permission::Gru) }
}

/// What the chain has of research.
#[derive(Clone, Default)]
pub struct Research {
	pub datasets: BTreeMap<u32, Dataset>,
	pub permits: BTreeMap<u32, Permit>,
	/// Versions that are not as all others are, by dataset and number.
	pub published: BTreeMap<(u32, u32), Published>,
	/// Custodians with the total of their budgets.
	pub budgets: BTreeMap<u32, u64>,
	/// The queries of custodians.
	pub queries: Vec<(u32, Reserved)>,
	/// Patients who said yes to an organisation, and when they took it back.
	pub yes: BTreeMap<Hash, (u32, Option<u64>)>,
	/// Patients who vetoed research, and when.
	pub vetoes: BTreeMap<Hash, u64>,
}

pub const CONSENT: u8 = 0;
pub const OPT_OUT: u8 = 1;

impl Research {
	fn of(&self, custodian: u32) -> impl Iterator<Item = &Reserved> {
		self.queries.iter().filter(move |(of, _)| *of == custodian).map(|(_, query)| query)
	}

	/// What was reserved and settled of a custodian's budget.
	pub fn used(&self, custodian: u32) -> (u64, u64) {
		let sum = |settled: bool| {
			self.of(custodian)
				.filter(|it| it.result.is_some() == settled)
				.map(|it| it.epsilon)
				.sum()
		};
		(sum(false), sum(true))
	}

	/// The call, as the pallet has it.
	pub fn reserve(
		&mut self,
		custodian: u32,
		(permit, version): (u32, u32),
		commitment: Hash,
		epsilon: u64,
		time: u64,
	) -> bool {
		let Some(found) = self.permits.get(&permit) else { return false };
		let dataset = &self.datasets[&found.dataset];
		let (reserved, settled) = self.used(custodian);
		let total = self.budgets.get(&custodian).copied().unwrap_or(0);
		let fits = found.standing == Standing::Active
			&& dataset.custodian == custodian
			&& dataset.retired.is_none()
			&& dataset.version == version
			&& (10_000..=1_000_000).contains(&epsilon)
			&& !self.of(custodian).any(|it| it.commitment == commitment.0)
			&& reserved + settled + epsilon <= total;
		if fits {
			let commitment = commitment.0;
			let query =
				Reserved { permit, version, commitment, epsilon, reserved_at: time, result: None };
			self.queries.push((custodian, query));
		}
		fits
	}

	/// A version, as it is stored.
	pub fn version(&self, dataset: u32, version: u32) -> Published {
		let found = self.published.get(&(dataset, version)).cloned();
		found.unwrap_or_else(|| {
			let Dataset { epoch, epoch_at, .. } = self.datasets[&dataset];
			Published { root: Hash([4; 32]), size: 2, epoch, epoch_at, at: 7 }
		})
	}

	/// The call, as the pallet has it.
	pub fn publish(
		&mut self,
		custodian: u32,
		(id, offer, root, size, epoch): (u32, Offer, [u8; 32], u8, u32),
		time: u64,
	) -> bool {
		let Some(dataset) = self.datasets.get(&id).cloned() else { return false };
		let before = self.version(id, dataset.version);
		let is_next = epoch == before.epoch + 1;
		let fits = dataset.custodian == custodian
			&& dataset.retired.is_none()
			&& offer.keeps_or_tightens(&terms())
			&& (is_next || epoch == before.epoch);
		if fits {
			let epoch_at = if is_next { time } else { before.epoch_at };
			// What was not told before is so from now on.
			self.published.insert((id, dataset.version), before);
			let published = Published { root: Hash(root), size, epoch, epoch_at, at: time };
			self.published.insert((id, dataset.version + 1), published);
			let dataset = Dataset { version: dataset.version + 1, epoch, epoch_at, ..dataset };
			self.datasets.insert(id, dataset);
		}
		fits
	}

	/// The call, as the pallet has it.
	pub fn settle(&mut self, custodian: u32, query: u64, result: Hash, time: u64) -> bool {
		let mut own = self.queries.iter_mut().filter(|(of, _)| *of == custodian);
		let found = own.nth(usize::try_from(query).unwrap());
		let Some((_, found)) = found.filter(|(_, found)| found.result.is_none()) else {
			return false;
		};
		found.result = Some((result.0, time));
		true
	}

	pub fn suspend(&mut self, permit: u32, lapse: Lapse) {
		let standing = Standing::Suspended(LapseSet::EMPTY.with(lapse));
		self.permits.get_mut(&permit).unwrap().standing = standing;
	}

	pub fn revoke(&mut self, permit: u32) {
		self.permits.get_mut(&permit).unwrap().standing = Standing::Ended(Ending::Revoked);
	}
}

/// The answer of `ResearchApi_permit_at`.
pub fn standing(research: &Research, permit: u32) -> Vec<u8> {
	research.permits.get(&permit).map(|found| found.standing).encode()
}

/// Puts what is stored into the state.
pub fn put(research: &Research, state: &mut BTreeMap<Vec<u8>, Vec<u8>>) {
	const DEPOSIT: ([u8; 32], u128) = ([0xAD; 32], 1);
	state.insert(layout_key(), 1_u16.encode());
	for (id, dataset) in &research.datasets {
		let mut value = dataset.custodian.encode();
		value.extend(&dataset.basis);
		let rule = (9_u32, 3_u32, 86_400_u64);
		let versions = (dataset.version + 1, 0_u32);
		let rest = (5_u32, rule, false, versions, 7_u64, dataset.retired, DEPOSIT);
		value.extend(rest.encode());
		state.insert(dataset_key(*id), value);
		let known = research.published.keys().filter(|(of, _)| of == id).map(|(_, number)| *number);
		for number in known.chain([dataset.version]) {
			let Published { root, size, epoch, epoch_at, at } = research.version(*id, number);
			let version = (terms(), 0_u32, root.0, size, epoch, epoch_at, at, Some(DEPOSIT));
			state.insert(version_key(*id, number), version.encode());
		}
	}
	for (id, permit) in &research.permits {
		// A study for each permit.
		state.insert(permit_key(*id), permit.stored(*id));
		state.insert(study_key(*id), (8_u32, permit.investigator, 6_u32).encode());
	}
	for (custodian, total) in &research.budgets {
		let (reserved, settled) = research.used(*custodian);
		let numbers = (u64::try_from(research.of(*custodian).count()).unwrap(), 0_u32);
		let began = (*total, 0_u64, numbers, None::<u64>, 7_u64, DEPOSIT);
		let value = (9_u32, 3_u32, (*total, reserved, settled), began);
		state.insert(population_key(*custodian), value.encode());
		for (number, query) in (0_u64..).zip(research.of(*custodian)) {
			state.insert(query_key(*custodian, number), query.encode());
			let key = by_commitment_key(*custodian, &Hash(query.commitment));
			state.insert(key, number.encode());
		}
	}
}

/// A mailbox in this process.
#[derive(Clone)]
pub struct Mailbox {
	inner: Arc<Mutex<Inner>>,
	pub url: String,
}

struct Inner {
	id: Hash,
	/// Dataset, number and job.
	jobs: Vec<(u32, u64, SignedJob)>,
	replies: HashMap<Hash, String>,
	/// How many times a reply was put.
	puts: u32,
	/// Whether it takes nothing.
	is_down: bool,
}

pub const MAILBOX_TOKEN: &str = "a-token-of-the-mailbox-that-is-long-enough";

impl Mailbox {
	pub async fn start() -> Self {
		let inner = Inner {
			id: Hash([0x3c; 32]),
			jobs: Vec::new(),
			replies: HashMap::new(),
			puts: 0,
			is_down: false,
		};
		let inner = Arc::new(Mutex::new(inner));
		let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
		let url = format!("http://{}", listener.local_addr().unwrap());
		let router = Router::new()
			.route("/v1/datasets/{dataset}/jobs", get(page))
			.route("/v1/datasets/{dataset}/jobs/{id}/reply", put_route(reply))
			.with_state(inner.clone());
		tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
		Self { inner, url }
	}

	/// Leaves a job as it is, whatever it says.
	pub fn leave(&self, job: SignedJob) {
		let mut inner = self.inner.lock().unwrap();
		let seq = inner.jobs.len() as u64 + 1;
		inner.jobs.push((job.job.dataset, seq, job));
	}

	pub fn down(&self, is_down: bool) {
		self.inner.lock().unwrap().is_down = is_down;
	}

	/// The same jobs, in another mailbox under the same URL.
	pub fn begins_anew(&self) {
		self.inner.lock().unwrap().id = Hash([0x3d; 32]);
	}

	pub fn reply(&self, id: &Hash) -> Option<SignedReply> {
		let inner = self.inner.lock().unwrap();
		inner.replies.get(id).map(|text| SignedReply::read(text).unwrap())
	}

	pub fn puts(&self) -> u32 {
		self.inner.lock().unwrap().puts
	}
}

fn is_allowed(headers: &HeaderMap) -> bool {
	headers["authorization"] == format!("Bearer {MAILBOX_TOKEN}")
}

async fn page(
	State(inner): State<Arc<Mutex<Inner>>>,
	Path(dataset): Path<u32>,
	RawQuery(query): RawQuery,
	headers: HeaderMap,
) -> Result<String, StatusCode> {
	let inner = inner.lock().unwrap();
	if inner.is_down || !is_allowed(&headers) {
		return Err(StatusCode::UNAUTHORIZED);
	}
	let query = query.unwrap();
	let number = |name: &str| -> u64 {
		let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
		pairs.find(|(there, _)| *there == name).unwrap().1.parse().unwrap()
	};
	let (after, count) = (number("after"), usize::try_from(number("count")).unwrap());
	let jobs = inner
		.jobs
		.iter()
		.filter(|(of, seq, _)| *of == dataset && *seq > after)
		.take(count)
		.map(|(_, seq, job)| (*seq, job));
	Ok(Page::write(&inner.id, jobs))
}

async fn reply(
	State(inner): State<Arc<Mutex<Inner>>>,
	Path((_, id)): Path<(u32, String)>,
	headers: HeaderMap,
	body: String,
) -> StatusCode {
	let mut inner = inner.lock().unwrap();
	if inner.is_down || !is_allowed(&headers) {
		return StatusCode::SERVICE_UNAVAILABLE;
	}
	inner.puts += 1;
	let id: Hash = id.parse().unwrap();
	match inner.replies.entry(id).or_insert_with(|| body.clone()) == &body {
		true => StatusCode::NO_CONTENT,
		false => StatusCode::CONFLICT,
	}
}

/// The value set of the tests: one code, of LOINC.
pub fn values() -> ValueSet {
	let text = r#"{"id":"tests","version":1,"codes":[{"code":"hb","of":[{"system":"http://loinc.org","code":"718-7"}]}]}"#;
	ValueSet::read(text.as_bytes()).unwrap()
}

/// The private key with which the gateway of tests signs replies.
pub const KEY: [u8; 48] = [9; 48];

/// One more mailbox in the configuration of a gateway.
pub fn one_more(folder: &std::path::Path, url: &str) {
	let token = folder.join("mailbox.token").display().to_string();
	let file = folder.join("gateway.toml");
	let before = std::fs::read_to_string(&file).unwrap();
	let more = format!("[[research.mailbox]]\nurl = \"{url}\"\ntoken = \"{token}\"\n");
	std::fs::write(file, before + &more).unwrap();
}

/// The configuration of a gateway that counts in these datasets, each with its epsilon, and its files in a folder.
pub fn configured(folder: &std::path::Path, mailbox: &Mailbox, datasets: &[(u32, u64)]) {
	let at = |name: &str| folder.join(name).display().to_string();
	secret(&folder.join("counts.key"), &format!("0x{}", hex::encode(KEY)));
	secret(&folder.join("chain.key"), &format!("0x{}", hex::encode([0x77; 32])));
	secret(&folder.join("mailbox.token"), MAILBOX_TOKEN);
	std::fs::write(folder.join("values.json"), values().canonical()).unwrap();
	let mut text = format!(
		"key = \"{}\"\n[research]\nkey = \"{}\"\nkid = \"counts-1\"\nevery = 86400\n\
		 [[research.mailbox]]\nurl = \"{}\"\ntoken = \"{}\"\n",
		at("chain.key"),
		at("counts.key"),
		mailbox.url,
		at("mailbox.token"),
	);
	for (id, epsilon) in datasets {
		text.push_str(&format!(
			"[[research.dataset]]\nid = {id}\nvalues = [\"{}\"]\nepsilon = {epsilon}\n",
			at("values.json")
		));
	}
	let file = folder.join("gateway.toml");
	let before = std::fs::read_to_string(&file).unwrap();
	std::fs::write(file, format!("{before}{text}")).unwrap();
}
