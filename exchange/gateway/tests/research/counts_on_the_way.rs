//! What may happen to a count for research on its way: to its permit, to its transactions, to those who wait for it, and in other mailboxes.

use crate::common::{
	counting::{
		ask, chain, count, custodian, go_on, group, handle, job, pulled, query, refused, replied,
		reserve, reserved, rows, signed, site, Running, EPSILON,
	},
	research::{self, Mailbox, CONSENT},
	result, CUSTODIAN,
};
use salus_counts::{
	query::{Group, Month, Query},
	reply::Code,
	told::Told,
	Hash,
};
use salus_gateway::{
	chain::now,
	store::{CountState, JobRow},
	vault::random,
};
use serde_json::json;
use std::{
	sync::Arc,
	time::{Duration, Instant},
};

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_one_permit_is_no_word_about_the_others_that_wait_for_the_same() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let [first, second] = [12, 13].map(|permit| job(&node, permit, &query("2026-01")));
	[&first, &second].into_iter().for_each(|each| mailbox.leave(each.clone()));
	running.gateway.pull_jobs().await.unwrap();
	assert_eq!(rows(&running, CountState::Reserving).len(), 1, "both wait for one count");
	node.change(|world| world.research.revoke(12));
	running.gateway.go_on_counting().await.unwrap();
	let code = |id: &Hash| refused(&mailbox.reply(id).unwrap());
	assert_eq!(code(&first.job.id), Code::PermitRevoked);
	assert_eq!(code(&second.job.id), Code::NotReserved);
	// Who asks again under the permit that is alive is answered.
	let reply = ask(&node, &running, &mailbox, &job(&node, 13, &query("2026-01"))).await;
	assert_eq!(count(&reply).permit, 13);
	assert_eq!(node.world().research.used(CUSTODIAN), (0, EPSILON));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_licence_of_the_house_nothing_is_handed_in_and_whoever_asks_is_told_at_once() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let begun = pulled(&node, &running, &mailbox).await;
	node.change(|world| _ = world.stopped.insert(CUSTODIAN, now() - 1));
	running.gateway.go_on_counting().await.unwrap();
	assert_eq!(refused(&mailbox.reply(&begun.job.id).unwrap()), Code::NotReserved);
	let new = job(&node, 12, &query("2026-02"));
	mailbox.leave(new.clone());
	running.gateway.pull_jobs().await.unwrap();
	running.gateway.go_on_counting().await.unwrap();
	assert_eq!(refused(&mailbox.reply(&new.job.id).unwrap()), Code::NotReserved);
	for _ in 0..4 {
		running.gateway.hand_in().await.unwrap();
		let sent = running.gateway.store.submissions().unwrap();
		assert!(!sent.iter().any(|it| it.what.starts_with("reservation")), "{sent:?}");
		node.block();
	}
	// With a licence it goes on, also of a house that has taken back the keys of its systems.
	node.change(|world| {
		world.stopped.remove(&CUSTODIAN);
		world.client_keys.insert(CUSTODIAN, (Hash([0; 32]), now() - 60));
	});
	count(&ask(&node, &running, &mailbox, &job(&node, 12, &query("2026-02"))).await);
	assert_eq!(node.world().research.used(CUSTODIAN), (0, EPSILON));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_house_has_no_licence_nobody_is_counted_as_somebody_who_says_no() {
	let (node, mailbox, running) = site(40, CONSENT).await;
	let asked = pulled(&node, &running, &mailbox).await;
	reserve(&node, &running).await;
	node.change(|world| _ = world.stopped.insert(CUSTODIAN, now() - 1));
	for _ in 0..3 {
		go_on(&running).await;
		node.block();
	}
	assert_eq!(rows(&running, CountState::Reserved).len(), 1);
	assert!(mailbox.reply(&asked.job.id).is_none());
	node.change(|world| _ = world.stopped.remove(&CUSTODIAN));
	let told = count(&replied(&node, &running, &mailbox, &asked.job.id).await);
	assert!(matches!(told.result, Told::About(_)), "{told:?}");
	assert_eq!(node.world().research.used(CUSTODIAN), (0, EPSILON));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_a_count_that_was_given_up_is_told_also_if_the_gateway_was_killed_then() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let asked = pulled(&node, &running, &mailbox).await;
	let row = rows(&running, CountState::Reserving).remove(0);
	running.gateway.store.count_void(row.number).unwrap();
	let running = running.again();
	running.gateway.go_on_counting().await.unwrap();
	assert_eq!(refused(&mailbox.reply(&asked.job.id).unwrap()), Code::NotReserved);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_calls_a_permit_live_whose_record_says_no_gets_no_answer_that_is_there() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let told = count(&ask(&node, &running, &mailbox, &job(&node, 12, &query("2026-01"))).await);
	// The node goes on to say that the permit is alive.
	let as_it_was = node.world().research;
	for (part, code) in [
		("revoked", Code::PermitRevoked),
		("until", Code::PermitSuspended),
		("epoch", Code::EpochOverdue),
	] {
		node.change(|world| {
			let permit = world.research.permits.get_mut(&13).unwrap();
			match part {
				"revoked" => permit.revoked = Some(8),
				"until" => permit.until = 8,
				_ => world.research.datasets.get_mut(&7).unwrap().epoch_at = now() - 31 * 86_400,
			}
		});
		let reply = ask(&node, &running, &mailbox, &job(&node, 13, &query("2026-01"))).await;
		assert_eq!(refused(&reply), code, "{part}");
		node.change(|world| world.research = as_it_was.clone());
	}
	let reply = ask(&node, &running, &mailbox, &job(&node, 13, &query("2026-01"))).await;
	assert_eq!(count(&reply), told);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_that_is_full_of_jobs_keeps_out_no_other() {
	let (node, mailbox) = (chain(20, CONSENT).await, Mailbox::start().await);
	let folder = custodian(&node, &mailbox, 20).await.stopped();
	let other = Mailbox::start().await;
	(0..14).for_each(|at| research::one_more(folder.path(), &format!("http://127.0.0.1:1/{at}")));
	research::one_more(folder.path(), &other.url);
	let running = Running::open(folder);
	// A sixteenth of all that are kept.
	let of = |mailbox: &Mailbox| Hash::of(mailbox.url.as_bytes());
	for _ in 0..625 {
		let row = JobRow {
			mailbox: of(&mailbox),
			id: Hash(random::<32>().unwrap()),
			dataset: 7,
			permit: None,
			expires: now() + 3_600,
			reply: Some("refused".into()),
			attempts: 0,
		};
		running.gateway.store.put_replied(&row).unwrap();
	}
	let jobs = ["2026-01", "2026-02"].map(|from| job(&node, 12, &query(from)));
	mailbox.leave(jobs[0].clone());
	other.leave(jobs[1].clone());
	running.gateway.pull_jobs().await.unwrap();
	let knows = |mailbox: &Mailbox, at: usize| {
		running.gateway.store.knows_job(&of(mailbox), &jobs[at].job.id).unwrap()
	};
	assert_eq!((knows(&mailbox, 0), knows(&other, 1)), (false, true));
	// When there is room again, the job is still there.
	running.gateway.store.forget_jobs(now() + 7_200).unwrap();
	running.gateway.pull_jobs().await.unwrap();
	assert_eq!((knows(&mailbox, 0), knows(&other, 1)), (true, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_of_what_nobody_has_signed_is_kept_for_an_hour_whatever_it_says() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let mut good = job(&node, 12, &query("2026-01"));
	good.job.expires = good.job.issued + 7 * 86_400;
	let unknown =
		signed(salus_counts::job::Job { permit: 99, id: Hash([1; 32]), ..good.job.clone() });
	let mut forged = good.clone();
	forged.job.id = Hash([2; 32]);
	[&unknown, &forged].into_iter().for_each(|each| mailbox.leave(each.clone()));
	running.gateway.pull_jobs().await.unwrap();
	running.gateway.go_on_counting().await.unwrap();
	let code = |id: &Hash| refused(&mailbox.reply(id).unwrap());
	assert_eq!(code(&unknown.job.id), Code::UnknownPermit);
	assert_eq!(code(&forged.job.id), Code::Signature);
	let of = Hash::of(mailbox.url.as_bytes());
	let knows = |id: &Hash| running.gateway.store.knows_job(&of, id).unwrap();
	running.gateway.store.forget_jobs(now() + 3_700).unwrap();
	assert_eq!((knows(&unknown.job.id), knows(&forged.job.id)), (true, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reservation_of_which_the_answer_got_lost_is_not_given_up_while_it_may_be_included() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	mailbox.leave(job(&node, 12, &query("2026-01")));
	running.gateway.pull_jobs().await.unwrap();
	// No block comes but those of this test.
	node.stands(true);
	node.loses_answers(true);
	running.gateway.hand_in().await.unwrap();
	node.loses_answers(false);
	assert_eq!((node.handed_in(), reserved(&node)), (1, 0));
	// Nobody waits for it any more.
	running.gateway.store.forget_jobs(now() + 200_000).unwrap();
	running.gateway.hand_in().await.unwrap();
	assert_eq!(node.handed_in(), 1, "what is on its way is not forgotten, and is waited for");
	running.gateway.go_on_counting().await.unwrap();
	assert_eq!(rows(&running, CountState::Void).len(), 0, "it may still be included");
	node.block();
	node.stands(false);
	running.gateway.go_on_counting().await.unwrap();
	assert_eq!((reserved(&node), rows(&running, CountState::Reserved).len()), (1, 1));
	// Who asks the same pays nothing more.
	let reply = ask(&node, &running, &mailbox, &job(&node, 13, &query("2026-01"))).await;
	assert_eq!(count(&reply).reservation, 0);
	assert_eq!(node.world().research.used(CUSTODIAN), (0, EPSILON));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_for_which_the_node_proves_nothing_keeps_no_other_from_going_on() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	// Of all but the first there is something of the year before.
	for number in 2..=20 {
		let mut record = result(&format!("before{number}"));
		record["subject"]["reference"] = json!(format!("Patient/p{number}"));
		record["effectiveDateTime"] = json!("2025-03-01");
		running.gateway.ingest(record.to_string().as_bytes()).unwrap();
	}
	let before = Group { until: Month::read("2025-12").unwrap(), ..group("2025-01") };
	let before = Query::new(research::values().reference(), vec![before]).unwrap();
	let stuck = job(&node, 12, &query("2026-01"));
	let other = job(&node, 12, &before);
	[&stuck, &other].into_iter().for_each(|each| mailbox.leave(each.clone()));
	running.gateway.pull_jobs().await.unwrap();
	reserve(&node, &running).await;
	node.hides(Some(handle(1)));
	count(&replied(&node, &running, &mailbox, &other.job.id).await);
	assert_eq!(mailbox.reply(&stuck.job.id), None);
	node.hides(None);
	count(&replied(&node, &running, &mailbox, &stuck.job.id).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_settled_is_told_and_jobs_are_taken_while_a_count_takes_long() {
	let (node, mailbox, running) = site(30, CONSENT).await;
	let told = count(&ask(&node, &running, &mailbox, &job(&node, 12, &query("2026-01"))).await);
	let (long, again) = (job(&node, 12, &query("2025-01")), job(&node, 13, &query("2026-01")));
	mailbox.leave(long.clone());
	running.gateway.pull_jobs().await.unwrap();
	reserve(&node, &running).await;
	mailbox.leave(again.clone());
	// It looks into mailboxes each ten seconds.
	let folder = running.stopped();
	let file = folder.path().join("gateway.toml");
	let seldom = std::fs::read_to_string(&file).unwrap();
	// And waits longer for its node than this test takes: what is broken off keeps nobody waiting.
	let often = seldom.replace("every = 86400", "every = 10");
	let patient = often.replace("[chain]\n", "[chain]\ntimeout = 60\n");
	assert!(often != seldom && patient != often);
	std::fs::write(&file, patient).unwrap();
	let running = Running::open(folder);
	// Whoever is counted is asked about for longer than this test takes.
	node.slow(Duration::from_secs(60));
	let counting = tokio::spawn(Arc::clone(&running.gateway).keep_counting());
	let end = Instant::now() + Duration::from_secs(40);
	while mailbox.reply(&again.job.id).is_none() {
		assert!(Instant::now() < end, "who waits for what is settled waits for another count");
		tokio::time::sleep(Duration::from_millis(100)).await;
	}
	assert_eq!(count(&mailbox.reply(&again.job.id).unwrap()), told);
	assert_eq!(
		(rows(&running, CountState::Reserved).len(), mailbox.reply(&long.job.id)),
		(1, None)
	);
	counting.abort();
	node.slow(Duration::ZERO);
	go_on(&running).await;
}
