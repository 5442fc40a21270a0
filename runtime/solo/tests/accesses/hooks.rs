//! What a block touches before and after its transactions. Hooks take time of every block, and nobody pays for them: none is added unseen.

use crate::{
	common::{Chain, START},
	of_consensus,
	runtime::*,
	scenes::{touched_but, Touched},
	Accesses,
};
use sp_runtime::{traits::Header as _, Digest};

/// The items that a block without transactions reads and writes; how many keys of each. Those that every block has in memory anyway are not
/// counted: its number, its events, its weight. The time is, which calls find in memory: here it is read and written for them.
const EMPTY_BLOCK: &[(&str, u32, u32)] = &[
	(":extrinsic_index", 0, 1),
	(":intrablock_entropy", 0, 1),
	("Babe::CurrentSlot", 1, 1),
	("Babe::EpochIndex", 1, 0),
	("Babe::GenesisSlot", 1, 0),
	("Babe::Initialized", 1, 1),
	("Babe::Lateness", 0, 1),
	("Grandpa::PendingChange", 1, 0),
	("Grandpa::State", 1, 0),
	("MultiBlockMigrations::Cursor", 1, 0),
	("SafeMode::EnteredUntil", 1, 0),
	("Scheduler::Agenda", 1, 1),
	("Scheduler::IncompleteSince", 1, 1),
	("Session::DisabledValidators", 1, 0),
	("Session::Validators", 1, 0),
	("System::Account", 1, 0),
	("System::BlockHash", 0, 1),
	("System::BlocksTillUpgrade", 1, 0),
	("System::ExtrinsicData", 0, 1),
	("System::LastRuntimeUpgrade", 1, 0),
	("System::ParentHash", 0, 1),
	("Timestamp::DidUpdate", 1, 1),
	("Timestamp::Now", 1, 1),
	("Treasury::Deactivated", 1, 0),
	("Treasury::LastSpendPeriod", 1, 0),
	("ValidatorSet::SessionLength", 1, 0),
];

/// A block in the middle of a session. Of our pallets none has a hook.
#[test]
fn an_empty_block_touches_what_is_listed() {
	let mut chain = Chain::development();
	for _ in 0..3 {
		chain.next_block();
	}
	let millis = chain.now() * 1_000 + SLOT_DURATION;
	assert_eq!(millis, START + 4 * SLOT_DURATION);
	let uncounted = apis::uncounted_keys(b"pallet_timestamp");
	let found = touched_but(&mut chain, uncounted, Executive::finalize_block, |parent| {
		let digest = Digest { logs: vec![of_consensus::pre_digest(millis)] };
		let (number, hash) = (parent.number() + 1, parent.hash());
		let header = Header::new(number, Default::default(), Default::default(), hash, digest);
		Executive::initialize_block(&header);
		let set = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: millis });
		let inherents = of_consensus::inherents(number, millis, Some(parent));
		for call in [set].into_iter().chain(inherents) {
			let included = Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(call));
			assert_eq!(included, Ok(Ok(())));
		}
		Executive::finalize_block();
	});
	let listed = EMPTY_BLOCK.iter().map(|(item, reads, writes)| {
		let accesses = Accesses { reads: *reads, writes: *writes };
		((*item).to_owned(), accesses)
	});
	let listed: Touched = listed.collect();
	// As the list has them.
	let row = |(item, found): (&String, &Accesses)| {
		format!("\t(\"{item}\", {}, {}),\n", found.reads, found.writes)
	};
	assert!(found == listed, "it touches:\n{}", found.iter().map(row).collect::<String>());
}
