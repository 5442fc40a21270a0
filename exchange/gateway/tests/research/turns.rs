//! For which jobs budget is reserved, and in which order: nothing is given back, and a house counts one after the other.

use crate::common::{
	counting::{
		ask, count, go_on, handle, job, pulled, query, refused, replied, reserved, rows, signed,
		site, Running, EPSILON,
	},
	database,
	node::Node,
	research::{Mailbox, CONSENT},
	CUSTODIAN,
};
use salus_counts::{
	job::{Job, SignedJob},
	reply::Code,
};
use salus_gateway::{chain::now, store::CountState};

/// How long one count may take unless it is said (`research.longest`), in seconds.
const LONGEST: u64 = 1_200;

/// A job that expires so many seconds from now on.
fn expiring(node: &Node, from: &str, seconds: u64) -> SignedJob {
	let asked = job(node, 12, &query(from)).job;
	signed(Job { expires: now() + seconds, ..asked })
}

/// Leaves jobs, and takes them.
async fn left(running: &Running, mailbox: &Mailbox, jobs: &[SignedJob]) {
	jobs.iter().for_each(|each| mailbox.leave(each.clone()));
	// A machine that has no time for the node lets its blocks grow old, and then no job is taken.
	for _ in 0..20 {
		running.gateway.pull_jobs().await.unwrap();
		if rows(running, CountState::Reserving).len() == jobs.len() {
			return;
		}
	}
	panic!("each begins a count of its own: {:?}", rows(running, CountState::Reserving));
}

/// Hands in for many blocks, and tries to count.
async fn goes_on_for_long(node: &Node, running: &Running) {
	for _ in 0..10 {
		running.gateway.hand_in().await.unwrap();
		node.block();
		go_on(running).await;
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_is_reserved_than_is_counted_next_and_what_expires_meanwhile_costs_nothing() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let jobs: Vec<SignedJob> =
		(1..=6).map(|month| job(&node, 12, &query(&format!("2025-{month:02}")))).collect();
	left(&running, &mailbox, &jobs).await;
	// The node proves nothing of somebody who is in each of them: no count is made.
	node.hides(Some(handle(1)));
	goes_on_for_long(&node, &running).await;
	assert_eq!((reserved(&node), rows(&running, CountState::Reserved).len()), (2, 2));
	// Those who wait for the others are gone.
	running.gateway.store.forget_jobs(now() + 100_000).unwrap();
	goes_on_for_long(&node, &running).await;
	assert_eq!(rows(&running, CountState::Reserving).len(), 0);
	assert_eq!(node.world().research.used(CUSTODIAN), (2 * EPSILON, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_reserved_for_jobs_that_may_expire_before_they_are_told() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let short = expiring(&node, "2026-01", LONGEST);
	assert_eq!(refused(&ask(&node, &running, &mailbox, &short).await), Code::Expired);
	// One that was taken in time, and has waited too long for its turn.
	let asked = pulled(&node, &running, &mailbox).await;
	let folder = running.stopped();
	let sql = format!(
		"UPDATE research_job SET expires = {} WHERE reply IS NULL RETURNING CAST(permit AS TEXT)",
		now() + LONGEST
	);
	assert_eq!(database::texts(folder.path(), &sql), ["12"]);
	let running = Running::open(folder);
	for _ in 0..4 {
		running.gateway.hand_in().await.unwrap();
		node.block();
	}
	assert_eq!(reserved(&node), 0);
	running.gateway.go_on_counting().await.unwrap();
	assert_eq!(refused(&mailbox.reply(&asked.job.id).unwrap()), Code::Expired);
	// Whoever asks for what there is pays nothing, and is told.
	let told = count(&ask(&node, &running, &mailbox, &job(&node, 12, &query("2026-01"))).await);
	let short = expiring(&node, "2026-01", LONGEST);
	assert_eq!(count(&ask(&node, &running, &mailbox, &short).await), told);
	assert_eq!((reserved(&node), node.world().research.used(CUSTODIAN)), (1, (0, EPSILON)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_expire_behind_a_count_that_takes_long_waits_until_that_is_made() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let jobs = [
		job(&node, 12, &query("2026-01")),
		// As long as one count may take, and not as two.
		expiring(&node, "2026-02", LONGEST + LONGEST / 2),
	];
	left(&running, &mailbox, &jobs).await;
	node.hides(Some(handle(1)));
	goes_on_for_long(&node, &running).await;
	let states = [CountState::Reserving, CountState::Reserved];
	assert_eq!(states.map(|state| rows(&running, state).len()), [1, 1]);
	node.hides(None);
	for each in &jobs {
		count(&replied(&node, &running, &mailbox, &each.job.id).await);
	}
	assert_eq!(reserved(&node), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn permits_take_turns_whoever_has_asked_first() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let many = ["2025-01", "2025-02", "2025-03"].map(|from| job(&node, 12, &query(from)));
	let jobs = [many.as_slice(), &[job(&node, 13, &query("2025-04"))]].concat();
	left(&running, &mailbox, &jobs).await;
	for each in &jobs {
		count(&replied(&node, &running, &mailbox, &each.job.id).await);
	}
	let queries = node.world().research.queries;
	let permits: Vec<u32> = queries.iter().map(|(_, query)| query.permit).collect();
	assert_eq!(permits, [12, 13, 12, 12]);
}
