//! Servers of researchers that are slow, or down: each keeps back nobody but whoever asks by it.

use crate::common::{
	counting::{ask, count, job, query, signed, site, Running},
	node::Node,
	research::{self, Mailbox, CONSENT},
};
use axum::{
	extract::{Path, RawQuery, State},
	http::StatusCode,
	routing::{get, put},
	Router,
};
use salus_counts::{
	job::{Job, SignedJob},
	mailbox::Page,
	Hash,
};
use salus_gateway::{chain::now, vault::random};
use std::{
	fs,
	sync::{Arc, Mutex},
	time::{Duration, Instant},
};

/// How many jobs such a server has. Each is refused, so that there are as many replies.
const JOBS: usize = 8;
/// How many datasets are counted in: as many as there may be.
const DATASETS: u32 = 16;
/// How late it answers. A gateway waits for longer.
const LATE: Duration = Duration::from_secs(25);
/// By when whoever waits for none of that is told. One after the other would take 200 s for replies, and 400 s for pages.
const END: Duration = Duration::from_secs(120);

/// A server that answers late, and then with 503: to whoever asks for jobs, or, if it has some, to whoever tells it a reply.
#[derive(Clone)]
struct Slow {
	jobs: Arc<Vec<SignedJob>>,
	late: Duration,
	/// About which datasets it was asked, and how many times it was told a reply.
	asked: Arc<Mutex<(Vec<u32>, usize)>>,
	url: String,
}

impl Slow {
	async fn start(jobs: Vec<SignedJob>, late: Duration) -> Self {
		let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
		let url = format!("http://{}", listener.local_addr().unwrap());
		let slow = Self { jobs: Arc::new(jobs), late, asked: Arc::default(), url };
		let router = Router::new()
			.route("/v1/datasets/{dataset}/jobs", get(page))
			.route("/v1/datasets/{dataset}/jobs/{id}/reply", put(reply))
			.with_state(slow.clone());
		tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
		slow
	}

	fn datasets(&self) -> Vec<u32> {
		self.asked.lock().unwrap().0.clone()
	}

	fn puts(&self) -> usize {
		self.asked.lock().unwrap().1
	}

	/// What it was not told yet, to its end.
	fn unsent(&self, running: &Running) -> usize {
		let of = Hash::of(self.url.as_bytes());
		running.gateway.store.unsent(&of, now() + 80_000, 99).unwrap().len()
	}
}

async fn page(
	State(slow): State<Slow>,
	Path(dataset): Path<u32>,
	RawQuery(query): RawQuery,
) -> Result<String, StatusCode> {
	slow.asked.lock().unwrap().0.push(dataset);
	if slow.jobs.is_empty() {
		tokio::time::sleep(slow.late).await;
		return Err(StatusCode::SERVICE_UNAVAILABLE);
	}
	let is_first = query.unwrap().split('&').any(|pair| pair == "after=0");
	let jobs = (1..).zip(slow.jobs.iter()).filter(|_| is_first && dataset == 7);
	Ok(Page::write(&Hash([0x55; 32]), jobs))
}

async fn reply(State(slow): State<Slow>) -> StatusCode {
	slow.asked.lock().unwrap().1 += 1;
	tokio::time::sleep(slow.late).await;
	StatusCode::SERVICE_UNAVAILABLE
}

/// Jobs under a permit that is not there.
fn refused_jobs(node: &Node) -> Vec<SignedJob> {
	let good = job(node, 12, &query("2026-01")).job;
	let id = || Hash(random::<32>().unwrap());
	(0..JOBS).map(|_| signed(Job { permit: 99, id: id(), ..good.clone() })).collect()
}

/// The same gateway, which asks the slow mailbox before the other one, so often, and counts in as many datasets as it may.
fn with(running: Running, (slow, mailbox): (&Slow, &Mailbox), every: u32) -> Running {
	let folder = running.stopped();
	let file = folder.path().join("gateway.toml");
	let before = fs::read_to_string(&file).unwrap();
	let seldom = "kid = \"counts-1\"\nevery = 86400\n";
	assert!(before.contains(&mailbox.url) && before.contains(seldom));
	let often = seldom.replace("86400", &every.to_string());
	let text = before.replace(&mailbox.url, &slow.url).replace(seldom, &often);
	let values = folder.path().join("values.json").display().to_string();
	let more = (20..20 + DATASETS - 2).map(|id| {
		format!("[[research.dataset]]\nid = {id}\nvalues = [\"{values}\"]\nepsilon = 500000\n")
	});
	fs::write(&file, text + &more.collect::<String>()).unwrap();
	research::one_more(folder.path(), &mailbox.url);
	Running::open(folder)
}

async fn until(what: &str, is_so: impl Fn() -> bool) {
	let end = Instant::now() + END;
	while !is_so() {
		assert!(Instant::now() < end, "{what}");
		tokio::time::sleep(Duration::from_millis(100)).await;
	}
}

/// Whether a count is told while a server is slow with what `begun` tells.
async fn told_meanwhile(
	has_jobs: bool,
	begun: impl Fn(&Slow, &Running) -> bool,
) -> (Slow, Running) {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let told = count(&ask(&node, &running, &mailbox, &job(&node, 12, &query("2026-01"))).await);
	let jobs = if has_jobs { refused_jobs(&node) } else { Vec::new() };
	let slow = Slow::start(jobs, LATE).await;
	let running = with(running, (&slow, &mailbox), 10);
	let counting = tokio::spawn(Arc::clone(&running.gateway).keep_counting());
	until("the slow one is not asked", || begun(&slow, &running)).await;
	let again = job(&node, 13, &query("2026-01"));
	mailbox.leave(again.clone());
	until("one mailbox waits for another", || mailbox.reply(&again.job.id).is_some()).await;
	assert_eq!(count(&mailbox.reply(&again.job.id).unwrap()), told);
	counting.abort();
	(slow, running)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_that_is_slow_to_take_replies_keeps_no_other_from_being_told() {
	let is_begun = |slow: &Slow, running: &Running| slow.puts() > 0 && slow.unsent(running) == JOBS;
	let (slow, running) = told_meanwhile(true, is_begun).await;
	// It was told some of them, has taken none, and is told again.
	assert_eq!(slow.unsent(&running), JOBS);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_that_is_slow_to_tell_its_jobs_keeps_no_other_from_being_read() {
	let is_begun = |slow: &Slow, _: &Running| !slow.datasets().is_empty();
	let (slow, _) = told_meanwhile(false, is_begun).await;
	// It was not asked about all datasets before.
	assert!(slow.datasets().len() < usize::try_from(DATASETS).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_is_left_at_its_first_answer_that_is_not_final() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let slow = Slow::start(refused_jobs(&node), Duration::ZERO).await;
	let running = with(running, (&slow, &mailbox), 86_400);
	for _ in 0..20 {
		if slow.unsent(&running) < JOBS {
			running.gateway.pull_jobs().await.unwrap();
		}
	}
	for puts in 1..=3 {
		running.gateway.go_on_counting().await.unwrap();
		assert_eq!(slow.puts(), puts, "the others would wait for the same");
	}
	// Those that were told once are told again after those that were not told at all.
	let of = Hash::of(slow.url.as_bytes());
	let unsent = running.gateway.store.unsent(&of, now() + 80_000, 99).unwrap();
	let attempts: Vec<u32> = unsent.iter().map(|row| row.attempts).collect();
	assert_eq!(attempts, [0, 0, 0, 0, 0, 1, 1, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_that_is_down_is_asked_once_and_about_another_dataset_the_next_time() {
	let (_node, mailbox, running) = site(20, CONSENT).await;
	let slow = Slow::start(Vec::new(), Duration::ZERO).await;
	let running = with(running, (&slow, &mailbox), 86_400);
	for _ in 0..=DATASETS {
		running.gateway.pull_jobs().await.unwrap();
	}
	let all = [7, 8].into_iter().chain(20..20 + DATASETS - 2).chain([7]);
	assert_eq!(slow.datasets(), all.collect::<Vec<_>>());
}
