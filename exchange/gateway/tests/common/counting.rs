//! A custodian that counts for research, its chain, and a researcher who asks it.

#![allow(dead_code)] // Each test program uses a part of it.

use super::{
	configured,
	node::Node,
	research::{self, Dataset, Mailbox, Permit, CONSENT},
	result, world, Person, CUSTODIAN,
};
use salus_counts::{
	job::{Job, SignedJob},
	query::{Group, Month, Query},
	reply::{Code, Count, Says, SignedReply},
	Hash,
};
use salus_exchange_protocol::account::Account;
use salus_gateway::{
	chain::now,
	config::Config,
	gateway::Gateway,
	store::{CountRow, CountState},
	vault::{random, Kind},
};
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};
use tempfile::TempDir;

pub const EPSILON: u64 = 500_000;
/// The key of the investigator.
pub fn investigator() -> Person {
	Person::new(0x21, None)
}

pub fn handle(number: u8) -> Hash {
	Hash([number; 32])
}

/// A chain with a dataset (7) and a permit for it (12), and people who said yes.
pub async fn chain(people: u8, basis: u8) -> Node {
	let node = world().await;
	node.change(|world| {
		world.patients.extend((1..=people).map(handle));
		let all = (1..=people).map(|number| (handle(number), (CUSTODIAN, None)));
		world.research.yes.extend(all.filter(|_| basis == CONSENT));
		let dataset = Dataset {
			custodian: CUSTODIAN,
			basis: vec![basis],
			version: 3,
			epoch: 2,
			epoch_at: now(),
			retired: None,
		};
		world.research.datasets.extend([(7, dataset.clone()), (8, dataset)]);
		for (number, dataset) in [(12, 7), (13, 7), (14, 8)] {
			let permit = Permit::new(dataset, investigator().account());
			world.research.permits.insert(number, permit);
		}
		world.research.budgets.insert(CUSTODIAN, 10 * EPSILON);
	});
	node
}

/// A gateway without anything that it does by itself: each step is the test's.
pub struct Running {
	pub gateway: Arc<Gateway>,
	pub folder: TempDir,
}

impl Running {
	pub fn open(folder: TempDir) -> Self {
		// What the gateway says is shown of a test that fails.
		let _ = tracing_subscriber::fmt().with_test_writer().try_init();
		let config = Config::read_file(&folder.path().join("gateway.toml")).unwrap();
		assert_eq!(config.on_this_host(), []);
		Self { gateway: Gateway::open(config).unwrap(), folder }
	}

	/// Ends it. What is in the folder stays.
	pub fn stopped(self) -> TempDir {
		let Self { gateway, folder } = self;
		// What was on its way when a count was given up ends soon after it.
		let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
		while Arc::strong_count(&gateway) > 1 {
			assert!(std::time::Instant::now() < end, "something still uses the gateway");
			std::thread::sleep(std::time::Duration::from_millis(10));
		}
		drop(gateway);
		folder
	}

	/// Another process, in the same folder.
	pub fn again(self) -> Self {
		Self::open(self.stopped())
	}
}

/// A gateway that counts, with a laboratory result of each of so many people.
pub async fn custodian(node: &Node, mailbox: &Mailbox, people: u8) -> Running {
	custodian_at(node, mailbox, people, [EPSILON; 2]).await
}

/// The same, with the epsilon of each of its two datasets.
pub async fn custodian_at(
	node: &Node,
	mailbox: &Mailbox,
	people: u8,
	[one, other]: [u64; 2],
) -> Running {
	let folder = configured(node, CUSTODIAN, "");
	research::configured(folder.path(), mailbox, &[(7, one), (8, other)]);
	let running = Running::open(folder);
	for number in 1..=people {
		assert!(running.gateway.link(&handle(number), &format!("p{number}")).unwrap());
		let mut record = result(&format!("r{number}"));
		record["subject"]["reference"] = json!(format!("Patient/p{number}"));
		running.gateway.ingest(record.to_string().as_bytes()).unwrap();
	}
	running
}

/// Such a gateway with its chain, and the mailbox of whoever asks.
pub async fn site(people: u8, basis: u8) -> (Node, Mailbox, Running) {
	let (node, mailbox) = (chain(people, basis).await, Mailbox::start().await);
	let running = custodian(&node, &mailbox, people).await;
	(node, mailbox, running)
}

pub fn group(from: &str) -> Group {
	Group {
		code: "hb".into(),
		from: Month::read(from).unwrap(),
		until: Month::read("2026-12").unwrap(),
		age: None,
		sex: None,
		region: None,
	}
}

pub fn query(from: &str) -> Query {
	Query::new(research::values().reference(), vec![group(from)]).unwrap()
}

pub fn signed(job: Job) -> SignedJob {
	let signature: [u8; 64] = investigator().key.sign(&job.message()).into();
	SignedJob { job, signature: signature.to_vec() }
}

pub fn job(node: &Node, permit: u32, query: &Query) -> SignedJob {
	let dataset = node.world().research.permits[&permit].dataset;
	let version = node.world().research.datasets[&dataset].version;
	signed(Job {
		genesis: node.genesis(),
		id: Hash(random::<32>().unwrap()),
		permit,
		dataset,
		version,
		investigator: Account(investigator().account()),
		query: query.clone(),
		salt: Hash(random::<32>().unwrap()),
		issued: now() - 1,
		expires: now() + 86_400,
	})
}

/// A job that was left in the mailbox and that the gateway has pulled.
pub async fn pulled(node: &Node, running: &Running, mailbox: &Mailbox) -> SignedJob {
	let asked = job(node, 12, &query("2026-01"));
	mailbox.leave(asked.clone());
	running.gateway.pull_jobs().await.unwrap();
	asked
}

/// Goes on once, with what takes long.
pub async fn go_on(running: &Running) {
	running.gateway.go_on_counting().await.unwrap();
	running.gateway.make_counts().await.unwrap();
	running.gateway.go_on_counting().await.unwrap();
}

/// Goes on until budget is reserved, and noise is drawn; nobody is counted. Of two counts at most: no more are reserved before one of them is made.
pub async fn reserve(node: &Node, running: &Running) {
	for _ in 0..200 {
		if rows(running, CountState::Reserving).is_empty() {
			return;
		}
		running.gateway.hand_in().await.unwrap();
		node.block();
		running.gateway.go_on_counting().await.unwrap();
	}
	panic!("nothing is reserved: {:?}", running.gateway.store.submissions());
}

/// The counts in a state.
pub fn rows(running: &Running, state: CountState) -> Vec<CountRow> {
	running.gateway.store.counts_in(state, 0, 1_000).unwrap()
}

/// Goes on until there is a reply.
pub async fn replied(node: &Node, running: &Running, mailbox: &Mailbox, id: &Hash) -> SignedReply {
	for _ in 0..200 {
		running.gateway.pull_jobs().await.unwrap();
		go_on(running).await;
		if let Some(reply) = mailbox.reply(id) {
			return reply;
		}
		running.gateway.hand_in().await.unwrap();
		node.block();
	}
	panic!("there is no reply: {:?}", running.gateway.store.submissions());
}

pub async fn ask(
	node: &Node,
	running: &Running,
	mailbox: &Mailbox,
	job: &SignedJob,
) -> SignedReply {
	mailbox.leave(job.clone());
	replied(node, running, mailbox, &job.job.id).await
}

pub fn count(reply: &SignedReply) -> Count {
	match &reply.reply.says {
		Says::Answer(answer) => answer.count,
		Says::Refusal(refusal) => panic!("{refusal:?}"),
	}
}

pub fn refused(reply: &SignedReply) -> Code {
	match &reply.reply.says {
		Says::Answer(answer) => panic!("{answer:?}"),
		Says::Refusal(refusal) => refusal.code,
	}
}

pub fn reserved(node: &Node) -> usize {
	node.world().research.queries.len()
}

/// What was told, and the noise that is in it.
#[derive(Clone, Copy, Debug)]
pub struct Noisy {
	pub told: Count,
	pub noise: i64,
}

/// The noise of a count that is reserved, opened with the key of its house.
pub fn noise_of(running: &Running, row: &CountRow) -> i64 {
	let sealed = row.noise.as_ref().unwrap();
	let opened = running.gateway.vault.open(Kind::Noise, &row.of.commitment.0, sealed);
	i64::from_le_bytes(opened.unwrap().try_into().unwrap())
}

/// How often a step is tried: a machine that has no time for the node lets its blocks grow old, and then nothing goes on.
const STEPS: usize = 20;

/// Has many jobs answered of which none asks the same as another, and tells what came of each, with its noise: that which the gateway draws, or
/// `instead` for each of them. At most 32 jobs of one permit, and 64 in all: as many as a gateway takes, and tells, in one go.
///
/// The chain takes all reservations in one block, and all results in another, as if somebody took them from the outbox and handed them in
/// together. Handed in one after the other, each block would have the gateway ask about all that still wait.
pub async fn noisy(
	node: &Node,
	running: &Running,
	mailbox: &Mailbox,
	jobs: &[SignedJob],
	instead: Option<i64>,
) -> Vec<Noisy> {
	jobs.iter().for_each(|each| mailbox.leave(each.clone()));
	for _ in 0..STEPS {
		running.gateway.pull_jobs().await.unwrap();
		if rows(running, CountState::Reserving).len() == jobs.len() {
			break;
		}
	}
	let begun = rows(running, CountState::Reserving);
	assert_eq!(begun.len(), jobs.len(), "each begins a count of its own");
	reserve_all(node, &begun);
	if let Some(noise) = instead {
		begun.iter().for_each(|row| put_noise(node, running, row, noise));
	}
	for _ in 0..STEPS {
		running.gateway.go_on_counting().await.unwrap();
		if rows(running, CountState::Reserving).is_empty() {
			break;
		}
	}
	let noise: BTreeMap<[u8; 32], i64> = rows(running, CountState::Reserved)
		.iter()
		.map(|row| (row.of.commitment.0, noise_of(running, row)))
		.collect();
	assert_eq!(noise.len(), jobs.len(), "each has noise of its own");
	for _ in 0..STEPS {
		running.gateway.make_counts().await.unwrap();
		if rows(running, CountState::Reserved).is_empty() {
			break;
		}
	}
	settle_all(node, &rows(running, CountState::Counted));
	for _ in 0..STEPS {
		running.gateway.go_on_counting().await.unwrap();
		if jobs.iter().all(|each| mailbox.reply(&each.job.id).is_some()) {
			break;
		}
	}
	let told = |each: &SignedJob| {
		let told = count(&mailbox.reply(&each.job.id).expect("it has no reply"));
		Noisy { told, noise: noise[&told.query.0] }
	};
	jobs.iter().map(told).collect()
}

/// The chain reserves budget for all of these, in one block.
fn reserve_all(node: &Node, rows: &[CountRow]) {
	node.change(|world| {
		for CountRow { of, .. } in rows {
			let under = (of.permit, of.version);
			let is_done =
				world.research.reserve(CUSTODIAN, under, of.commitment, of.epsilon, now());
			assert!(is_done, "the chain reserves nothing for {of:?}");
		}
	});
}

/// The chain settles all of these, in one block.
fn settle_all(node: &Node, rows: &[CountRow]) {
	node.change(|world| {
		for row in rows {
			let (reservation, result) = (row.reservation.unwrap(), row.result.unwrap());
			let is_done = world.research.settle(CUSTODIAN, reservation, result, now());
			assert!(is_done, "the chain does not settle {row:?}");
		}
	});
}

/// Puts noise where the gateway would put what it draws when it finds that budget is reserved.
fn put_noise(node: &Node, running: &Running, row: &CountRow, noise: i64) {
	let commitment = row.of.commitment.0;
	let queries = node.world().research.queries;
	let number = queries.iter().position(|(_, query)| query.commitment == commitment).unwrap();
	let sealed = running.gateway.vault.seal(Kind::Noise, &commitment, &noise.to_le_bytes());
	let number = u64::try_from(number).unwrap();
	let store = &running.gateway.store;
	assert!(store.count_reserved(row.number, number, &sealed.unwrap()).unwrap());
}
