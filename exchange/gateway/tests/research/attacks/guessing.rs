//! Which query is behind a commitment on the chain, and which result: all that are plausible are tried out. The commitments are hashes with 32 random
//! bytes, and whoever tries does not know those.

use crate::common::{
	counting::{ask, group, job, site},
	node::Node,
	research::{values, CONSENT},
};
use salus_counts::{
	job::SignedJob,
	query::{Band, Group, Month, Query, Sex},
	reply::{Answer, Count, Says, SignedReply},
	told::Told,
	Hash,
};
use std::{collections::BTreeSet, iter::once};

/// A code, and all windows from a month of half a year until one of the next year, ages and sexes: what somebody would try out.
fn queries() -> Vec<Query> {
	let values = values().reference();
	let ages: Vec<Option<Band>> = once(None).chain((0..=90).step_by(5).map(Band::from)).collect();
	let sexes: Vec<Option<Sex>> = once(None).chain(Sex::ALL.map(Some)).collect();
	let mut all = Vec::new();
	for (from, until) in (7..=12).flat_map(|from| (1..=12).map(move |until| (from, until))) {
		let (from, until) = (Month::of(2025, from).unwrap(), Month::of(2026, until).unwrap());
		for age in &ages {
			for sex in &sexes {
				let group = Group { from, until, age: *age, sex: *sex, ..group("2026-01") };
				all.push(Query::new(values.clone(), vec![group]).unwrap());
			}
		}
	}
	all
}

/// All results about a few hundred people; of all else that was told, whoever tries knows everything.
fn results(told: &Count) -> Vec<Count> {
	let about = (10..=500).step_by(5).map(Told::About);
	let all = once(Told::FewerThan(10)).chain(about);
	all.map(|result| Count { result, ..*told }).collect()
}

/// The places of what has one of these commitments, under a salt.
fn found<T>(
	tried: &[T],
	commitment: impl Fn(&T, &Hash) -> Hash,
	salt: &Hash,
	on_chain: &BTreeSet<[u8; 32]>,
) -> Vec<usize> {
	let is_there = |each: &T| on_chain.contains(&commitment(each, salt).0);
	(0..tried.len()).filter(|at| is_there(&tried[*at])).collect()
}

/// Salts that need no guess: none, what is known of the chain, and those that others have been told.
fn known_salts(node: &Node, on_chain: &BTreeSet<[u8; 32]>, own: &SignedJob) -> Vec<Hash> {
	let mut salts = vec![Hash([0; 32]), node.genesis(), own.job.salt, own.job.id];
	salts.extend(on_chain.iter().map(|commitment| Hash(*commitment)));
	salts
}

fn answer(reply: &SignedReply) -> Answer {
	match &reply.reply.says {
		Says::Answer(answer) => **answer,
		Says::Refusal(refusal) => panic!("{refusal:?}"),
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_a_query_nor_its_result_is_found_by_trying_out_all() {
	let (node, mailbox, running) = site(20, CONSENT).await;
	let queries = queries();
	// The last one asks another dataset the same as the first one.
	let asked: [(u32, usize); 4] = [(12, 17), (12, 1_234), (13, 4_321), (14, 17)];
	let (mut jobs, mut answers) = (Vec::new(), Vec::new());
	for (permit, at) in asked {
		let job = job(&node, permit, &queries[at]);
		answers.push(answer(&ask(&node, &running, &mailbox, &job).await));
		jobs.push(job);
	}
	let reserved = node.world().research.queries;
	let on_chain: BTreeSet<[u8; 32]> = reserved.iter().map(|(_, it)| it.commitment).collect();
	let settled: BTreeSet<[u8; 32]> = reserved.iter().map(|(_, it)| it.result.unwrap().0).collect();
	assert_eq!((on_chain.len(), settled.len()), (4, 4), "the same question looks the same");

	// Queries.
	let own = job(&node, 13, &queries[0]);
	let mut tries = 0;
	for salt in known_salts(&node, &on_chain, &own) {
		assert!(found(&queries, Query::commitment, &salt, &on_chain).is_empty(), "{salt:?}");
		tries += queries.len();
	}
	let without_salt = |query: &Query, _: &Hash| Hash::of(query.canonical().as_bytes());
	assert!(found(&queries, without_salt, &Hash([0; 32]), &on_chain).is_empty());
	tries += queries.len();
	// Control: with the salt of a job its query is found, and no other.
	let mut opened = 0;
	for (job, (_, at)) in jobs.iter().zip(asked) {
		assert_eq!(found(&queries, Query::commitment, &job.job.salt, &on_chain), [at]);
		opened += 1;
	}
	println!(
		"{} queries against {} commitments on the chain: {tries} tries open 0; with the right salt {opened} of {} are opened, each by one query. A try with any salt opens one with a probability of 2^-254",
		queries.len(),
		on_chain.len(),
		jobs.len(),
	);

	// Results. A salt of its own for each: that of the query, which was told with it, does not do.
	let mut tries = 0;
	for answer in &answers {
		let results = results(&answer.count);
		let mut salts = known_salts(&node, &settled, &own);
		salts.push(answer.query_salt);
		for salt in salts {
			assert!(found(&results, Count::commitment, &salt, &settled).is_empty(), "{salt:?}");
			tries += results.len();
		}
		let right = found(&results, Count::commitment, &answer.result_salt, &settled);
		let right: Vec<Count> = right.into_iter().map(|at| results[at]).collect();
		assert_eq!(right, [answer.count]);
	}
	let salts: BTreeSet<[u8; 32]> =
		answers.iter().flat_map(|answer| [answer.query_salt.0, answer.result_salt.0]).collect();
	assert_eq!(salts.len(), 8, "each commitment has a salt of its own");
	println!(
		"results: {tries} tries open 0 of {} commitments; with the right salt each is opened by one result",
		settled.len(),
	);

	// Nor does anything else that was handed in say what was asked.
	let told = node.world().done;
	assert!(told.len() >= 8, "four reservations and four results");
	assert!(told.iter().all(|call| !call.windows(5).any(|some| some == b"2025-")));
}
