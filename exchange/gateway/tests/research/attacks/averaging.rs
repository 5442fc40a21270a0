//! The same question again and again, so that the average has less noise: under one permit, by two researchers together, and in other words.

use super::{
	between,
	bound::{deviation, ones, size, LEAST},
	later,
};
use crate::common::{
	counting::{
		ask, chain, count, custodian_at, investigator, job, noisy, query, refused, reserved,
	},
	node::Node,
	research::{Mailbox, CONSENT},
	Person, CUSTODIAN,
};
use salus_counts::{
	job::SignedJob,
	query::Query,
	reply::Code,
	told::{tell, Told},
};
use salus_exchange_protocol::account::Account;
use salus_research_permits::Lapse;
use std::collections::BTreeSet;

const PEOPLE: u8 = 30;
/// What an answer costs, and how many answers the budget is for.
const COST: u64 = 50_000;
const ANSWERS: u32 = 10;
/// How often the same is asked by each of the two.
const ROUNDS: usize = 10;

/// Somebody else, with a permit of their own for the same dataset.
fn second_researcher() -> Person {
	Person::new(0x22, None)
}

fn signed_by(who: &Person, node: &Node, permit: u32, query: &Query) -> SignedJob {
	let mut job = job(node, permit, query).job;
	job.investigator = Account(who.account());
	let signature: [u8; 64] = who.key.sign(&job.message()).into();
	SignedJob { job, signature: signature.to_vec() }
}

fn average(told: &[Told]) -> f64 {
	told.iter().map(|each| size(*each) as f64).sum::<f64>() / told.len() as f64
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_question_has_one_answer_for_one_cost_however_often_and_whoever_asks() {
	let (node, mailbox) = (chain(PEOPLE, CONSENT).await, Mailbox::start().await);
	node.change(|world| {
		world.research.budgets.extend([(CUSTODIAN, u64::from(ANSWERS) * COST)]);
		let permit = world.research.permits.get_mut(&13).unwrap();
		permit.investigator = second_researcher().account();
	});
	let running = custodian_at(&node, &mailbox, PEOPLE, [COST; 2]).await;
	let question = query("2026-01");
	let first = [job(&node, 12, &question)];
	let first = noisy(&node, &running, &mailbox, &first, None).await[0];
	assert_eq!(first.told.result, tell(u64::from(PEOPLE), first.noise, LEAST));

	// Each time with a salt and an id of its own, and once after a restart.
	let two = [(12, investigator()), (13, second_researcher())];
	let mut told = vec![first.told];
	for _ in 0..ROUNDS {
		for (permit, who) in &two {
			let again = signed_by(who, &node, *permit, &question);
			let reply = ask(&node, &running, &mailbox, &again).await;
			assert_eq!(reply.reply.permit, Some(*permit));
			told.push(count(&reply));
		}
	}
	let running = running.again();
	let again = signed_by(&second_researcher(), &node, 13, &question);
	told.push(count(&ask(&node, &running, &mailbox, &again).await));
	assert!(told.iter().all(|each| *each == first.told), "{told:?}");
	assert_eq!((reserved(&node), node.world().research.used(CUSTODIAN)), (1, (0, COST)));
	let (epsilon, times) = (ones(COST), told.len());
	let told: Vec<Told> = told.iter().map(|each| each.result).collect();
	println!(
		"{PEOPLE} people, asked {times} times by two, epsilon {epsilon}: {:?}, noise {}; their average is {:.1}, off by {:.1} (standard deviation); drawn anew each time, off by {:.1}",
		first.told.result,
		first.noise,
		average(&told),
		deviation(epsilon),
		deviation(epsilon) / (times as f64).sqrt(),
	);

	// Control: in other words it is drawn anew. Each costs, and the budget ends it.
	let jobs: Vec<SignedJob> =
		(1..ANSWERS).map(|at| job(&node, 12, &between("2026-01", later(at)))).collect();
	let mut spelled = noisy(&node, &running, &mailbox, &jobs, None).await;
	spelled.push(first);
	let noise: BTreeSet<i64> = spelled.iter().map(|each| each.noise).collect();
	// That ten draws are the same comes less often than once in 10^14.
	assert!(noise.len() > 1, "what is drawn anew would not be seen: {noise:?}");
	let spent = u64::from(ANSWERS) * COST;
	assert_eq!(node.world().research.used(CUSTODIAN), (0, spent));
	let eleventh = signed_by(&second_researcher(), &node, 13, &between("2026-01", later(0)));
	let reply = ask(&node, &running, &mailbox, &eleventh).await;
	assert_eq!(refused(&reply), Code::BudgetSpent);
	let told: Vec<Told> = spelled.iter().map(|each| each.told.result).collect();
	println!(
		"  in {ANSWERS} spellings: {told:?}; their average is {:.1}, off by {:.1} and more, for {}; one more is refused",
		average(&told),
		deviation(epsilon) / f64::from(ANSWERS).sqrt(),
		ones(spent),
	);

	// Under a permit that is not alive, what others were told is not told.
	node.change(|world| world.research.suspend(13, Lapse::Ethics));
	let again = signed_by(&second_researcher(), &node, 13, &question);
	let reply = ask(&node, &running, &mailbox, &again).await;
	assert_eq!(refused(&reply), Code::PermitSuspended);
}
