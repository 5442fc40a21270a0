//! Neither an answer, nor how long it takes, nor how often the node is asked for it, tells what is behind it: whether a record is unknown, hidden, in
//! quarantine or erased, and whether a patient has hidden records or none. How long it takes needs minutes:
//! `SALUS_LONG=1 cargo test --release --test timing -- --nocapture`.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/smirnov.rs"]
mod smirnov;

mod measure;
mod records;
mod several;

use common::{linked, node::Node, world, Person, Running, PATIENT};
use salus_primitives::AdvanceDirective;

/// An organisation with a licence, to which the patient has permitted nothing; one that treats the patient; and one where somebody has declared
/// an emergency.
const OTHERS: u32 = 5;
const TREATING: u32 = 6;
const RESCUING: u32 = 7;

/// Somebody who works at one of these.
fn of(organisation: u32) -> Person {
	Person::new(organisation as u8, Some(organisation))
}

/// A gateway with a patient, of whom each of the three, and a clinic, knows as much as its standing lets.
async fn gateway() -> (Node, Running) {
	let node = world().await;
	node.change(|world| {
		for organisation in [OTHERS, TREATING] {
			world.organisations.insert(organisation);
			world.members.insert((organisation, of(organisation).account()));
		}
		// The second one works elsewhere too.
		world.members.insert((OTHERS, of(TREATING).account()));
		world.treated.insert((PATIENT, TREATING));
		world.members.insert((RESCUING, of(RESCUING).account()));
		world.organisations.insert(RESCUING);
		world.emergencies.insert((PATIENT, of(RESCUING).account()));
		world.advance.insert(PATIENT, AdvanceDirective::NoLabelled);
	});
	let running = linked(&node, "[limits]\nrate = 100000\n").await;
	(node, running)
}
