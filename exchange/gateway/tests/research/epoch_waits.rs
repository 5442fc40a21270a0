//! An epoch that falls due while counts are on their way: these are told before it, unless they hang.

use crate::common::{
	counting::{
		chain, count, custodian, handle, job, pulled, query, refused, replied, reserve, reserved,
		rows, site, Running, EPSILON,
	},
	node::Node,
	research::{Mailbox, CONSENT},
	CUSTODIAN,
};
use salus_counts::{job::SignedJob, reply::Code, Hash};
use salus_gateway::{
	chain::now,
	research::epochs::{EPOCH, HELD},
	store::{CountState, EpochRow},
};

/// A gateway that counts, and publishes the epochs of both of its datasets.
async fn publishing(node: &Node, mailbox: &Mailbox) -> Running {
	let folder = custodian(node, mailbox, 20).await.stopped();
	let file = folder.path().join("gateway.toml");
	let mut text = std::fs::read_to_string(&file).unwrap();
	for id in ["id = 7\n", "id = 8\n"] {
		assert!(text.contains(id));
		text = text.replace(id, &format!("{id}publish = true\n"));
	}
	std::fs::write(&file, text).unwrap();
	Running::open(folder)
}

/// The epochs of both datasets were published so many seconds ago.
fn published_before(node: &Node, seconds: u64) {
	node.change(|world| {
		for dataset in world.research.datasets.values_mut() {
			dataset.epoch_at = now() - seconds;
		}
	});
}

/// How many epochs of a dataset were made.
async fn made(running: &Running, dataset: u32) -> usize {
	running.gateway.look_at_epochs().await.unwrap();
	running.gateway.store.epochs(dataset).unwrap().len()
}

/// A job of which the budget is reserved.
async fn paid(node: &Node, running: &Running, mailbox: &Mailbox) -> SignedJob {
	let asked = pulled(node, running, mailbox).await;
	reserve(node, running).await;
	assert_eq!(rows(running, CountState::Reserved).len(), 1);
	asked
}

/// Leaves jobs, and tells which of them were taken.
async fn taken(running: &Running, mailbox: &Mailbox, jobs: &[&SignedJob]) -> Vec<bool> {
	jobs.iter().for_each(|each| mailbox.leave((*each).clone()));
	running.gateway.pull_jobs().await.unwrap();
	let of = Hash::of(mailbox.url.as_bytes());
	let is_known = |job: &&SignedJob| running.gateway.store.knows_job(&of, &job.job.id).unwrap();
	jobs.iter().map(is_known).collect()
}

/// Looks and hands in until the chain has the next version of dataset 7. Nobody is counted.
async fn publishes(node: &Node, running: &Running) {
	for _ in 0..20 {
		running.gateway.look_at_epochs().await.unwrap();
		running.gateway.hand_in().await.unwrap();
		node.block();
		if node.world().research.datasets[&7].version == 4 {
			return running.gateway.look_at_epochs().await.unwrap();
		}
	}
	panic!("nothing is published: {:?}", running.gateway.store.submissions());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_that_is_on_its_way_is_told_before_the_epoch_and_none_is_begun_meanwhile() {
	let (node, mailbox) = (chain(20, CONSENT).await, Mailbox::start().await);
	let running = publishing(&node, &mailbox).await;
	let asked = paid(&node, &running, &mailbox).await;
	published_before(&node, EPOCH / 2 + 60);
	// Whoever asks the same is told the same, also behind what is new: that waits.
	let same = job(&node, 13, &query("2026-01"));
	let other = job(&node, 12, &query("2026-02"));
	assert_eq!(taken(&running, &mailbox, &[&other, &same]).await, [false, true]);
	for _ in 0..3 {
		assert_eq!(made(&running, 7).await, 0);
		running.gateway.hand_in().await.unwrap();
		node.block();
	}
	// Nobody waits for a count of the other one.
	assert_eq!(made(&running, 8).await, 1);
	let told = count(&replied(&node, &running, &mailbox, &asked.job.id).await);
	assert_eq!((told.version, told.epoch), (3, 2));
	assert_eq!(count(&replied(&node, &running, &mailbox, &same.job.id).await), told);
	assert_eq!(rows(&running, CountState::Reserving).len(), 0);
	publishes(&node, &running).await;
	// It costs nothing.
	let reply = replied(&node, &running, &mailbox, &other.job.id).await;
	assert_eq!(refused(&reply), Code::OldVersion);
	assert_eq!((reserved(&node), node.world().research.used(CUSTODIAN)), (1, (0, EPSILON)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_that_hangs_holds_the_epoch_for_a_day_and_no_longer() {
	let (node, mailbox) = (chain(20, CONSENT).await, Mailbox::start().await);
	let running = publishing(&node, &mailbox).await;
	let asked = paid(&node, &running, &mailbox).await;
	published_before(&node, EPOCH / 2 + HELD - 1_800);
	assert_eq!(made(&running, 7).await, 0);
	published_before(&node, EPOCH / 2 + HELD + 60);
	assert_eq!(made(&running, 7).await, 1);
	// What comes now would be told no more, either.
	let other = job(&node, 12, &query("2026-02"));
	assert_eq!(taken(&running, &mailbox, &[&other]).await, [false]);
	publishes(&node, &running).await;
	let reply = replied(&node, &running, &mailbox, &asked.job.id).await;
	assert_eq!(refused(&reply), Code::OldVersion);
	assert_eq!(node.world().research.used(CUSTODIAN), (EPSILON, 0), "nothing is given back");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_count_is_begun_while_an_epoch_that_was_not_taken_is_not_made_anew() {
	let (node, mailbox) = (chain(20, CONSENT).await, Mailbox::start().await);
	let running = publishing(&node, &mailbox).await;
	published_before(&node, EPOCH / 2 + 60);
	assert_eq!(made(&running, 7).await, 1);
	// The chain has not taken it in half an hour, and for an hour from then on it is not made again.
	let store = &running.gateway.store;
	let row = store.epochs(7).unwrap().remove(0);
	let content = store.epoch_content(7, row.epoch).unwrap().unwrap();
	let before = EpochRow { made: row.made - 1_900, ..row };
	assert!(store.put_epoch(&before, &content).unwrap());
	assert_eq!(made(&running, 7).await, 1);
	assert_eq!(store.epochs(7).unwrap(), [before]);
	let asked = job(&node, 12, &query("2026-01"));
	assert_eq!(taken(&running, &mailbox, &[&asked]).await, [false]);
	assert_eq!(rows(&running, CountState::Reserving).len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_epoch_that_breaks_off_is_not_begun_again_at_once_unless_its_steward_asks_anew() {
	let (node, mailbox) = (chain(20, CONSENT).await, Mailbox::start().await);
	let running = publishing(&node, &mailbox).await;
	published_before(&node, EPOCH / 2 + 60);
	let counting = running.gateway.counting.as_ref().unwrap();
	// Of one of the two it was asked for.
	assert!(counting.ask_for_epoch(8));
	// The node proves nothing of somebody who is in both.
	node.hides(Some(handle(1)));
	assert_eq!([made(&running, 7).await, made(&running, 8).await], [0, 0]);
	node.hides(None);
	assert_eq!([made(&running, 7).await, made(&running, 8).await], [0, 0]);
	for dataset in [7, 8] {
		assert!(counting.ask_for_epoch(dataset));
		assert_eq!(made(&running, dataset).await, 1);
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn no_epoch_is_drawn_while_the_house_has_no_licence() {
	let (node, mailbox) = (chain(20, CONSENT).await, Mailbox::start().await);
	let running = publishing(&node, &mailbox).await;
	let counting = running.gateway.counting.as_ref().unwrap();
	node.change(|world| _ = world.stopped.insert(CUSTODIAN, now() - 1));
	assert!(counting.ask_for_epoch(7));
	assert_eq!(made(&running, 7).await, 0);
	node.change(|world| _ = world.stopped.remove(&CUSTODIAN));
	assert!(counting.ask_for_epoch(7));
	assert_eq!(made(&running, 7).await, 1);
	let row = running.gateway.store.epochs(7).unwrap().pop().unwrap();
	assert_eq!(row.people, 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_steward_asks_for_waits_for_no_count() {
	let (node, mailbox) = (chain(20, CONSENT).await, Mailbox::start().await);
	let running = publishing(&node, &mailbox).await;
	paid(&node, &running, &mailbox).await;
	assert_eq!(made(&running, 7).await, 0);
	assert!(running.gateway.counting.as_ref().unwrap().ask_for_epoch(7));
	assert_eq!(made(&running, 7).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_publish_takes_jobs_as_long_as_permits_are_alive() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	published_before(&node, EPOCH / 2 + 60);
	let job = job(&node, 12, &query("2026-01"));
	assert_eq!(taken(&running, &mailbox, &[&job]).await, [true]);
	assert_eq!(rows(&running, CountState::Reserving).len(), 1);
}
