//! What the shared tests must know of the consensus of this chain: a relay chain that is made up.

use codec::Encode;
use cumulus_primitives_core::{
	relay_chain::{HeadData, UpgradeGoAhead},
	InboundDownwardMessage, PersistedValidationData,
};
use cumulus_primitives_parachain_inherent::{
	MessageQueueChain, ParachainInherentData, INHERENT_IDENTIFIER,
};
use cumulus_test_relay_sproof_builder::RelayStateSproofBuilder;
use frame_support::inherent::{InherentData, ProvideInherent};
use salus_parachain_runtime::*;
use salus_primitives::policy::Clock;
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_runtime::{generic::Era, DigestItem};
use std::cell::RefCell;

/// The pallets of the consensus.
pub const PALLETS: [&str; 2] = ["ParachainSystem", "ParachainInfo"];

/// Calls of those pallets that only the kind of proxy that may do everything makes; and the others.
pub const DELEGATION: [(&str, &str, &str); 2] = [
	("ParachainSystem", "sudo_send_upward_message", "set_validation_data"),
	("ParachainInfo", "", ""),
];

/// What Root may do with the consensus, once it is enacted: nothing.
pub const CATALOGUE: &[&str] = &[];

/// The clocks of those pallets, and where they are set.
pub const CLOCKS: &[(Clock, &str)] = &[];

/// Clocks that this chain does not have: nobody reports collators. The relay chain's validators check their blocks.
pub const CLOCKS_OF_OTHERS: &[Clock] = &[Clock::MisbehaviourReport];

/// How many collators the presets `development` and `local_testnet` have.
pub const VALIDATORS: [usize; 2] = [1, 2];

/// What the relay chain says in the next block, besides what it says in every block.
#[derive(Default)]
pub struct Relay {
	/// Its answer to new code.
	pub upgrade: Option<UpgradeGoAhead>,
	/// Messages from it that this chain has not had yet.
	pub messages: Vec<Vec<u8>>,
	/// The chain of the hashes of all messages before.
	sent: MessageQueueChain,
}

thread_local! {
	/// The relay chain of the test that runs on this thread.
	pub static RELAY: RefCell<Relay> = RefCell::default();
}

/// The only collator, or the first of two, makes every block: its turn comes round.
pub fn pre_digest(millis: u64) -> DigestItem {
	DigestItem::PreRuntime(AURA_ENGINE_ID, Slot::from(millis / SLOT_DURATION).encode())
}

/// What a block brings besides its time: what the relay chain says.
pub fn inherents(_: BlockNumber, millis: u64, parent: Option<Header>) -> Vec<RuntimeCall> {
	let relay_block = ((millis - crate::common::START) / SLOT_DURATION + 1) as u32;
	// The parent was included at once. Before the first block it is genesis, whose header nobody here has.
	let parent_head = HeadData(parent.map(|parent| parent.encode()).unwrap_or_default());
	let (state, downward_messages) = RELAY.with_borrow_mut(|relay| {
		let messages: Vec<_> = std::mem::take(&mut relay.messages)
			.into_iter()
			.map(|msg| InboundDownwardMessage { sent_at: relay_block, msg })
			.collect();
		for message in &messages {
			relay.sent.extend_downward(message);
		}
		let state = RelayStateSproofBuilder {
			para_id: ParachainInfo::parachain_id(),
			current_slot: (millis / SLOT_DURATION).into(),
			included_para_head: Some(parent_head.clone()),
			upgrade_go_ahead: relay.upgrade.take(),
			dmq_mqc_head: Some(relay.sent.head()),
			..Default::default()
		};
		(state, messages)
	});
	let (relay_parent_storage_root, relay_chain_state) = state.into_state_root_and_proof();
	let validation_data = PersistedValidationData {
		parent_head,
		relay_parent_number: relay_block,
		relay_parent_storage_root,
		max_pov_size: cumulus_primitives_core::relay_chain::MAX_POV_SIZE,
	};
	let mut data = InherentData::new();
	data.put_data(
		INHERENT_IDENTIFIER,
		&ParachainInherentData {
			validation_data,
			relay_chain_state,
			downward_messages,
			horizontal_messages: Default::default(),
			relay_parent_descendants: Vec::new(),
			collator_peer_id: None,
		},
	)
	.expect("it is put once");
	vec![ParachainSystem::create_inherent(&data).expect("there is data for it").into()]
}

/// Session keys of a development account.
pub fn session_keys() -> SessionKeys {
	SessionKeys { aura: sp_keyring::Sr25519Keyring::Alice.public().into() }
}

/// The extensions of a transaction by an account with that nonce.
pub fn extensions(nonce: Nonce, tip: Balance) -> TxExtension {
	(
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(Era::Immortal),
		frame_system::CheckNonce::from(nonce),
		frame_system::CheckWeight::new(),
		pallet_sponsorship::FreeCalls::from(
			pallet_transaction_payment::ChargeTransactionPayment::from(tip),
		),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
	)
		.into()
}
