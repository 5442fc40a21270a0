//! Attacks on the privacy of counts for research: scripts that ask a gateway what any researcher may ask. Each shows what bounds it, and has a control:
//! the same script where what stops it is missing. There it wins, so it is an attack, and a gateway without that would not pass. What each has
//! found out is printed: `cargo test --test research attacks -- --nocapture`.
//!
//! - [`averaging`]: the same question again and again, also by two researchers together; and the same in other words.
//! - [`differencing`]: all, and all but one person.
//! - [`one_person`]: a query that only one person fits, and one that she alone makes the difference in.
//! - [`resets`]: a new version of the dataset, and a second dataset of the same people.
//! - [`guessing`]: which query, and which result, is behind a commitment on the chain.
//!
//! What each lets somebody learn by what is calculated: [`bound`]. Answers for which nothing was reserved are refused, and named, by the
//! researcher's program: `clients/research/src/tests/answers.test.ts`.

mod averaging;
mod bound;
mod differencing;
mod guessing;
mod one_person;
mod resets;

use crate::common::{
	counting::{chain, custodian_at, group, handle, Running},
	node::Node,
	research::{values, Mailbox, CONSENT},
	result, CUSTODIAN,
};
use salus_counts::query::{Group, Month, Query};
use serde_json::json;

/// How many others there are. Without noise 22 are told as 20, and with one more as 25: nowhere does one person make a greater difference.
const OTHERS: u8 = 22;
/// The number of her whom the attacks are about.
const HER: u8 = 23;

/// A gateway with its chain, and the mailbox of whoever asks.
struct House {
	node: Node,
	mailbox: Mailbox,
	running: Running,
}

impl House {
	/// A house that has a result of each of the others, of March 2026, and of her a result of each of these days. Two houses differ in her alone. Each
	/// answer costs `epsilon` of the `budget`.
	async fn new(epsilon: u64, budget: u64, of_her: &[&str]) -> Self {
		let (node, mailbox) = (chain(HER, CONSENT).await, Mailbox::start().await);
		node.change(|world| world.research.budgets.extend([(CUSTODIAN, budget)]));
		let running = custodian_at(&node, &mailbox, OTHERS, [epsilon; 2]).await;
		if !of_her.is_empty() {
			assert!(running.gateway.link(&handle(HER), "her").unwrap());
		}
		for (number, day) in of_her.iter().enumerate() {
			let mut record = result(&format!("her{number}"));
			record["subject"]["reference"] = json!("Patient/her");
			record["effectiveDateTime"] = json!(day);
			running.gateway.ingest(record.to_string().as_bytes()).unwrap();
		}
		Self { node, mailbox, running }
	}
}

/// Whoever has a result from a month on, until another.
fn between(from: &str, until: Month) -> Query {
	let group = Group { until, ..group(from) };
	Query::new(values().reference(), vec![group]).unwrap()
}

/// A month in which nobody has anything yet: two queries that end with two of them ask the same in other words.
fn later(number: u32) -> Month {
	Month::of(2030 + number, 12).unwrap()
}
