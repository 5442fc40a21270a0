//! A budget that is spent, begun anew: by a new version of the dataset with a new withdrawal epoch, and by a second dataset of the same people.

use crate::common::{
	counting::{ask, chain, custodian, job, query, reserved, EPSILON},
	research::{Mailbox, CONSENT},
	CUSTODIAN,
};
use salus_counts::reply::{Code, Says};
use std::collections::BTreeSet;

/// How many answers the population's budget is for.
const ANSWERS: u64 = 10;

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_and_a_second_dataset_of_the_same_people_are_no_fresh_budget() {
	let (node, mailbox) = (chain(30, CONSENT).await, Mailbox::start().await);
	node.change(|world| world.research.budgets.extend([(CUSTODIAN, ANSWERS * EPSILON)]));
	let running = custodian(&node, &mailbox, 30).await;
	let (mut answered, mut told) = (0_u64, Vec::new());
	let mut refusals = BTreeSet::new();
	// Two questions that differ by a little, by turns, of both datasets, in version after version.
	for round in 0..7 {
		let from = format!("2026-0{}", round % 2 + 1);
		for permit in [12, 14] {
			let reply = ask(&node, &running, &mailbox, &job(&node, permit, &query(&from))).await;
			match reply.reply.says {
				Says::Answer(answer) => {
					answered += 1;
					told.push((answer.count.dataset, answer.count.version, answer.count.result));
				},
				Says::Refusal(refusal) => drop(refusals.insert(refusal.code)),
			}
		}
		node.change(|world| {
			for dataset in world.research.datasets.values_mut() {
				(dataset.version, dataset.epoch) = (dataset.version + 1, dataset.epoch + 1);
			}
		});
	}
	println!(
		"two datasets of the same 30 people, seven versions of each: {answered} answers of 14, all of the budget of {ANSWERS}: {told:?}"
	);
	// Whatever was asked, no more than the budget: ten answers of half an epsilon, and then none.
	assert_eq!((answered, refusals), (ANSWERS, BTreeSet::from([Code::BudgetSpent])));
	assert_eq!(node.world().research.used(CUSTODIAN), (0, ANSWERS * EPSILON));

	// Control: nothing but the budget refused. When a committee has added to it, there is so much more for both datasets together.
	node.change(|world| world.research.budgets.extend([(CUSTODIAN, (ANSWERS + 1) * EPSILON)]));
	let mut says = Vec::new();
	for permit in [14, 12] {
		let reply = ask(&node, &running, &mailbox, &job(&node, permit, &query("2026-01"))).await;
		says.push(match reply.reply.says {
			Says::Answer(_) => None,
			Says::Refusal(refusal) => Some(refusal.code),
		});
	}
	assert_eq!(says, [None, Some(Code::BudgetSpent)]);
	assert_eq!(reserved(&node), 11);
	assert_eq!(node.world().research.used(CUSTODIAN), (0, (ANSWERS + 1) * EPSILON));
}
