//! Epochs of datasets: who is in them, what the chain is told of it, and when; and what whoever opens one is shown.

use crate::{
	common::{
		configured, database,
		node::Node,
		research::{self, Dataset, Mailbox, Published, CONSENT, OPT_OUT},
		result, world, CUSTODIAN,
	},
	counts::put_base_permits,
	program::Program,
};
use salus_counts::{
	epoch::{commitment, EpochOf, Ground, Participant},
	Hash,
};
use salus_exchange_protocol::tree::MerkleTree;
use salus_gateway::{
	chain::now, config::Config, gateway::Gateway, research::epochs::EPOCH, store::EpochRow,
};
use serde_json::{json, Value};
use std::{
	collections::{BTreeMap, BTreeSet},
	fs,
	os::unix::fs::PermissionsExt,
	process::Command,
	sync::Arc,
};
use tempfile::TempDir;

const DATASET: u32 = 7;
const DAY: u64 = 86_400;
/// The directive by which whoever said yes did so, in the world of tests.
const YES: u32 = 90;

fn handle(number: u8) -> Hash {
	Hash([number; 32])
}

/// A chain with a dataset at epoch 2, which was published so many days ago, and people who said yes.
async fn chain(people: u8, basis: u8, days: u64) -> Node {
	let node = world().await;
	node.change(|world| {
		world.patients.extend((1..=people).map(handle));
		let all = (1..=people).map(|number| (handle(number), (CUSTODIAN, None)));
		world.research.yes.extend(all.filter(|_| basis == CONSENT));
		let basis = vec![basis];
		let (version, epoch, epoch_at, retired) = (3, 2, now() - days * DAY, None);
		let dataset = Dataset { custodian: CUSTODIAN, basis, version, epoch, epoch_at, retired };
		world.research.datasets.insert(DATASET, dataset);
		let published = Published { root: Hash([4; 32]), size: 0, epoch, epoch_at, at: epoch_at };
		world.research.published.insert((DATASET, version), published);
	});
	node
}

struct Running {
	gateway: Arc<Gateway>,
	folder: TempDir,
}

fn open(folder: TempDir) -> Running {
	let _ = tracing_subscriber::fmt().with_test_writer().try_init();
	let config = Config::read_file(&folder.path().join("gateway.toml")).unwrap();
	assert_eq!(config.on_this_host(), []);
	Running { gateway: Gateway::open(config).unwrap(), folder }
}

/// A gateway with a laboratory result of each of so many people, which publishes epochs or does not.
async fn custodian(node: &Node, people: u8, publishes: bool) -> Running {
	let folder = configured(node, CUSTODIAN, "");
	research::configured(folder.path(), &Mailbox::start().await, &[(DATASET, 500_000)]);
	let file = folder.path().join("gateway.toml");
	let text = fs::read_to_string(&file).unwrap();
	fs::write(&file, format!("{text}publish = {publishes}\n")).unwrap();
	let running = open(folder);
	for number in 1..=people {
		assert!(running.gateway.link(&handle(number), &format!("p{number}")).unwrap());
		let mut record = result(&format!("r{number}"));
		record["subject"]["reference"] = json!(format!("Patient/p{number}"));
		running.gateway.ingest(record.to_string().as_bytes()).unwrap();
	}
	running
}

impl Running {
	/// Another process, in the same folder.
	fn again(self) -> Self {
		let Self { gateway, folder } = self;
		while Arc::strong_count(&gateway) > 1 {
			std::thread::sleep(std::time::Duration::from_millis(10));
		}
		drop(gateway);
		open(folder)
	}

	fn rows(&self) -> Vec<EpochRow> {
		self.gateway.store.epochs(DATASET).unwrap()
	}

	/// The last epoch that was made, as if that had been so many seconds before.
	fn made_before(&self, seconds: u64) {
		let row = self.rows().remove(0);
		let content = self.gateway.store.epoch_content(DATASET, row.epoch).unwrap().unwrap();
		let row = EpochRow { made: row.made - seconds, ..row };
		assert!(self.gateway.store.put_epoch(&row, &content).unwrap());
	}

	async fn look(&self) {
		self.gateway.look_at_epochs().await.unwrap();
	}

	/// Looks and hands in until the chain has a version more.
	async fn publishes(&self, node: &Node) {
		let before = node.world().research.datasets[&DATASET].version;
		for _ in 0..20 {
			self.look().await;
			self.gateway.hand_in().await.unwrap();
			node.block();
			if node.world().research.datasets[&DATASET].version > before {
				return self.look().await;
			}
		}
		panic!("nothing is published: {:?}", self.gateway.store.submissions());
	}

	/// The opening of an epoch: its first line, and who is in it by which directive.
	fn opened(&self, node: &Node, epoch: u32) -> (Value, BTreeMap<Hash, Ground>) {
		let text = self.gateway.epoch_opening(DATASET, epoch).unwrap().unwrap();
		read(node, epoch, &text)
	}
}

/// Reads an opening, and looks whether it is that of the root on the chain.
fn read(node: &Node, epoch: u32, text: &str) -> (Value, BTreeMap<Hash, Ground>) {
	let mut lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
	let head = lines.next().unwrap();
	let of = EpochOf { genesis: node.genesis(), dataset: DATASET, epoch };
	let mut leaves = Vec::new();
	let mut who = BTreeMap::new();
	for leaf in lines {
		let hash = |name: &str| leaf[name].as_str().unwrap().parse::<Hash>().unwrap();
		let number = leaf["number"].as_u64().map(|number| u32::try_from(number).unwrap());
		let by = match (leaf["by"].as_str().unwrap(), number) {
			("directive", Some(number)) => Ground::Directive(number),
			("unspoken", None) => Ground::Unspoken,
			("nobody", None) => Ground::Nobody,
			other => panic!("{other:?}"),
		};
		let patient = hash("patient");
		let participant = Participant { patient: patient.0, by };
		leaves.push(commitment(&of, &hash("salt"), &participant));
		assert_eq!(who.insert(patient, by), None, "each once");
	}
	assert!(leaves.windows(2).all(|two| two[0].0 < two[1].0), "sorted by their commitments");
	let version = u32::try_from(head["version"].as_u64().unwrap()).unwrap();
	let on_chain = node.world().research.version(DATASET, version);
	assert_eq!(MerkleTree::new(&leaves).unwrap().root(), on_chain.root);
	assert_eq!((on_chain.epoch, head["at"].as_u64().unwrap()), (epoch, on_chain.at));
	assert_eq!(head["leaves"].as_u64().unwrap(), leaves.len() as u64);
	(head, who)
}

fn everybody(people: u8, by: Ground) -> BTreeMap<Hash, Ground> {
	(1..=people).map(|number| (handle(number), by)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_withdraws_is_not_in_the_next_epoch() {
	for (basis, by) in [(CONSENT, Ground::Directive(YES)), (OPT_OUT, Ground::Unspoken)] {
		let node = chain(130, basis, 16).await;
		let running = custodian(&node, 130, true).await;
		running.publishes(&node).await;
		let published = node.world().research.version(DATASET, 4);
		assert_eq!((published.epoch, published.size), (3, 1));
		assert_eq!(running.opened(&node, 3).1, everybody(130, by));
		// Nothing more until half of its time is over.
		running.look().await;
		running.gateway.hand_in().await.unwrap();
		node.block();
		assert_eq!(node.world().research.datasets[&DATASET].version, 4);
		let gone = [handle(7), handle(80)];
		node.change(|world| {
			for patient in gone {
				match basis {
					CONSENT => world.research.yes.get_mut(&patient).unwrap().1 = Some(now() - 1),
					_ => drop(world.research.vetoes.insert(patient, now() - 1)),
				}
			}
			let version = world.research.published.get_mut(&(DATASET, 4)).unwrap();
			version.epoch_at -= 16 * DAY;
		});
		running.publishes(&node).await;
		let (head, who) = running.opened(&node, 4);
		assert_eq!((head["version"].as_u64(), head["epoch"].as_u64()), (Some(5), Some(4)));
		let mut left = everybody(130, by);
		assert!(gone.iter().all(|patient| left.remove(patient).is_some()));
		assert_eq!(who, left);
		assert_eq!(node.world().done.iter().filter(|call| call[..2] == [60, 5]).count(), 2);
		// Neither handles nor salts are on the chain, and the handles of those in it are not in the database by themselves.
		let text = running.gateway.epoch_opening(DATASET, 4).unwrap().unwrap();
		let last: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
		let salt: Hash = last["salt"].as_str().unwrap().parse().unwrap();
		assert!(!database::holds(running.folder.path(), &salt.0));
		assert!(database::holds(
			running.folder.path(),
			&node.world().research.version(7, 5).root.0
		));
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn under_consent_nobody_is_in_an_epoch_by_a_base_decision() {
	for basis in [CONSENT, OPT_OUT] {
		let node = chain(30, basis, 16).await;
		let running = custodian(&node, 30, true).await;
		node.change(|world| {
			// Of eight alone, and of eight besides a yes that was revoked.
			put_base_permits(world, (1..=16).map(handle));
			for number in 1..=8 {
				world.research.yes.remove(&handle(number));
			}
			for number in 9..=16 {
				world.research.yes.insert(handle(number), (CUSTODIAN, Some(now() - 30)));
			}
		});
		running.publishes(&node).await;
		let expected: BTreeMap<Hash, Ground> = match basis {
			CONSENT => (17..=30).map(|number| (handle(number), Ground::Directive(YES))).collect(),
			_ => everybody(30, Ground::Unspoken),
		};
		assert_eq!(running.opened(&node, 3).1, expected);
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_veto_of_a_block_that_was_given_up_is_heard_until_it_is_final_that_it_was() {
	let node = chain(20, OPT_OUT, 16).await;
	let running = custodian(&node, 20, true).await;
	let people = || running.rows().first().map(|row| row.people);
	// Made so long before that it is made anew.
	let anew = || running.made_before(5_500);
	node.change_best(|world| {
		world.research.vetoes.extend((1..=5).map(|number| (handle(number), now() - 1)));
	});
	running.look().await;
	assert_eq!(people(), Some(15));
	// The best block, and the last final one, have no veto.
	node.change_best(|world| world.research.vetoes.clear());
	anew();
	running.look().await;
	assert_eq!(people(), Some(15));
	node.finality_goes_on();
	anew();
	running.look().await;
	assert_eq!(people(), Some(20));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_killed_before_it_hands_in_hands_in_the_same_root_once() {
	let node = chain(20, CONSENT, 16).await;
	let mut running = custodian(&node, 20, true).await;
	running.look().await;
	let made = running.rows();
	assert_eq!((made.len(), made[0].epoch, made[0].people), (1, 3, 20));
	for _ in 0..3 {
		running = running.again();
		running.look().await;
		assert_eq!(running.rows(), made, "nothing is drawn anew");
	}
	// Killed after it is handed in, before the chain has it: it is not handed in twice.
	running.gateway.hand_in().await.unwrap();
	running = running.again();
	running.look().await;
	running.gateway.hand_in().await.unwrap();
	node.block();
	running = running.again();
	running.look().await;
	running.gateway.hand_in().await.unwrap();
	assert_eq!(node.world().research.version(DATASET, 4).root, made[0].root);
	assert_eq!(running.rows()[0].published.map(|(version, _)| version), Some(4));
	let mine = || node.world().done.into_iter().filter(|call| call[..2] == [60, 5]).count();
	assert_eq!(mine(), 1);
	assert_eq!(running.opened(&node, 3).1.len(), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_waited_too_long_is_made_anew_without_who_withdrew_meanwhile() {
	let node = chain(20, CONSENT, 16).await;
	let running = custodian(&node, 20, true).await;
	node.loses(true);
	running.look().await;
	running.gateway.hand_in().await.unwrap();
	node.change(|world| world.research.yes.get_mut(&handle(3)).unwrap().1 = Some(now() - 1));
	// Half an hour later it may still be on its way, so it stays.
	running.made_before(1_900);
	let made = running.rows();
	running.look().await;
	assert_eq!(running.rows(), made);
	// It cannot be included any more.
	node.blocks(70);
	node.loses(false);
	running.gateway.hand_in().await.unwrap();
	node.block();
	// Nor is it tried again at once: the chain may not take it at all.
	running.look().await;
	assert_eq!(running.rows(), made);
	running.made_before(3_600);
	running.look().await;
	let anew = running.rows();
	assert_eq!((anew.len(), anew[0].people), (1, 19));
	assert_ne!(anew[0].root, made[0].root);
	running.publishes(&node).await;
	assert!(!running.opened(&node, 3).1.contains_key(&handle(3)));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_is_there_is_a_root_too_and_it_tells_nothing() {
	let (node, other) = (chain(0, CONSENT, 20).await, chain(0, CONSENT, 20).await);
	let (running, again) = (custodian(&node, 0, true).await, custodian(&other, 0, true).await);
	running.publishes(&node).await;
	again.publishes(&other).await;
	let (head, who) = running.opened(&node, 3);
	assert_eq!(who, BTreeMap::from([(Hash([0; 32]), Ground::Nobody)]));
	assert_eq!((head["leaves"].as_u64(), running.rows()[0].people), (Some(1), 0));
	assert_eq!(node.world().research.version(DATASET, 4).size, 0);
	let roots = [&node, &other].map(|node| node.world().research.version(DATASET, 4).root);
	assert_ne!(roots[0], roots[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_published_too_early_or_by_whom_it_is_not_asked_and_the_end_is_told() {
	// Early, not asked, retired, of another custodian.
	for (days, publishes, retired, keeper) in [
		(14, true, None, CUSTODIAN),
		(29, false, None, CUSTODIAN),
		(29, true, Some(1), CUSTODIAN),
		(29, true, None, 9),
	] {
		let node = chain(5, CONSENT, days).await;
		node.change(|world| {
			let dataset = world.research.datasets.get_mut(&DATASET).unwrap();
			(dataset.retired, dataset.custodian) = (retired, keeper);
		});
		let running = custodian(&node, 5, publishes).await;
		let watch = tokio::spawn(Arc::clone(&running.gateway).keep_watch());
		running.look().await;
		running.gateway.hand_in().await.unwrap();
		node.block();
		assert_eq!((running.rows(), node.world().research.published.len()), (vec![], 1));
		let is_ours = retired.is_none() && keeper == CUSTODIAN;
		let ends = node.world().research.version(DATASET, 3).epoch_at + EPOCH;
		let told = running.gateway.standing_now().await.unwrap();
		assert_eq!(told.epochs_end, if is_ours { vec![(DATASET, ends)] } else { vec![] });
		let line = format!("salus_gateway_research_epoch_ends_seconds{{dataset=\"7\"}} {ends}");
		assert_eq!(running.gateway.meters.text(&told).contains(&line), is_ours);
		watch.abort();
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_steward_asks_for_is_published_before_its_time_and_once() {
	let node = chain(12, CONSENT, 1).await;
	let running = custodian(&node, 12, true).await;
	running.look().await;
	assert_eq!(running.rows(), []);
	let counting = running.gateway.counting.as_ref().unwrap();
	assert!(counting.ask_for_epoch(DATASET) && counting.ask_for_epoch(DATASET));
	assert!(!counting.ask_for_epoch(DATASET + 1));
	running.publishes(&node).await;
	assert_eq!(running.opened(&node, 3).1, everybody(12, Ground::Directive(YES)));
	for _ in 0..3 {
		running.look().await;
		running.gateway.hand_in().await.unwrap();
		node.block();
	}
	assert_eq!((running.rows().len(), node.world().research.datasets[&DATASET].version), (1, 4));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_epoch_that_its_steward_has_published_is_not_published_once_more() {
	let node = chain(5, CONSENT, 16).await;
	let running = custodian(&node, 5, true).await;
	running.look().await;
	assert_eq!(running.rows().len(), 1);
	let by_steward = (DATASET, research::terms(), [8; 32], 0, 3);
	node.change(|world| assert!(world.research.publish(CUSTODIAN, by_steward, now())));
	running.gateway.hand_in().await.unwrap();
	node.block();
	assert_eq!(node.world().research.datasets[&DATASET].version, 4);
	// What is kept of it opens nothing, and goes once nothing of it can be on its way.
	running.look().await;
	assert_eq!(running.rows().len(), 1);
	running.made_before(2 * 3_600 + 60);
	running.look().await;
	assert_eq!(running.rows(), []);
	assert_eq!(running.gateway.epoch_opening(DATASET, 3).unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_steward_is_told_where_the_epochs_stand_and_gets_the_opening_in_a_file_of_his_own() {
	let node = chain(12, CONSENT, 16).await;
	let running = custodian(&node, 12, true).await;
	running.publishes(&node).await;
	let Running { gateway, folder } = running;
	drop(gateway);
	let program = Program::start(folder.path());
	// The port is one that was free: the file tells it to whoever asks.
	let (file, asking) = (folder.path().join("gateway.toml"), folder.path().join("asking.toml"));
	let text = fs::read_to_string(&file).unwrap();
	let listen = "[inside]\nlisten = \"127.0.0.1:0\"";
	let at = format!("[inside]\nlisten = \"{}\"", program.inside);
	assert!(text.contains(listen));
	fs::write(&asking, text.replace(listen, &at)).unwrap();
	let ask = |more: &[&str]| {
		let mut command = Command::new(env!("CARGO_BIN_EXE_salus-gateway"));
		let done = command.arg("research-epoch").arg(&asking).args(more).output().unwrap();
		let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
		(done.status.success(), text(done.stdout), text(done.stderr))
	};
	let (is_well, told, _) = ask(&["7"]);
	assert!(is_well && told.contains("epoch 3: 12 participants"), "{told}");
	assert!(told.contains("published as version 4"), "{told}");
	let opening = folder.path().join("opening.jsonl");
	let (is_well, told, why) = ask(&["7", "--open", opening.to_str().unwrap()]);
	assert!(is_well && told.contains("names everybody"), "{told}{why}");
	assert_eq!(fs::metadata(&opening).unwrap().permissions().mode() & 0o777, 0o600);
	let (_, who) = read(&node, 3, &fs::read_to_string(&opening).unwrap());
	assert_eq!(who, everybody(12, Ground::Directive(YES)));
	// The next one is asked for, and not for what is not published from here.
	let (is_well, told, why) = ask(&["7", "--now"]);
	assert!(is_well && told.contains("handed in now"), "{told}{why}");
	assert!(!ask(&["8", "--now"]).0);
	// Nothing is written over, and what is not there is said.
	let before = fs::read(&opening).unwrap();
	assert!(!ask(&["7", "--open", opening.to_str().unwrap()]).0);
	assert_eq!(fs::read(&opening).unwrap(), before);
	let other = folder.path().join("other").display().to_string();
	for wrong in [&["8"][..], &["7", "--open", &other, "--epoch", "9"]] {
		let (is_well, _, why) = ask(wrong);
		assert!(!is_well && why.contains("has no such dataset"), "{why}");
	}
	let names: BTreeSet<_> =
		fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
	assert!(!names.contains(std::ffi::OsStr::new("other")));
}
