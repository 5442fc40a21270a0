//! What the shared tests must know of the consensus of this chain.

use codec::Encode;
use salus_primitives::policy::Clock;
use salus_runtime::*;
use sp_consensus_babe::{
	digests::{PreDigest, SecondaryPlainPreDigest},
	BABE_ENGINE_ID,
};
use sp_runtime::{generic::Era, DigestItem};

/// The pallets of the consensus.
pub const PALLETS: [&str; 2] = ["Babe", "Grandpa"];

/// Calls of those pallets that only the kind of proxy that may do everything makes; and the others.
pub const DELEGATION: [(&str, &str, &str); 2] = [
	("Babe", "plan_config_change", "report_equivocation report_equivocation_unsigned"),
	("Grandpa", "note_stalled", "report_equivocation report_equivocation_unsigned"),
];

/// What Root may do with the consensus, once it is enacted.
pub const CATALOGUE: &[&str] = &["Grandpa.note_stalled"];

/// The clocks of those pallets, and where they are set.
pub const CLOCKS: &[(Clock, &str)] =
	&[(Clock::MisbehaviourReport, "Grandpa.MaxSetIdSessionEntries")];

/// Clocks that this chain does not have.
pub const CLOCKS_OF_OTHERS: &[Clock] = &[];

/// How many validators the presets `development` and `local_testnet` have.
pub const VALIDATORS: [usize; 2] = [1, 4];

/// The author of every block is the first validator.
pub fn pre_digest(millis: u64) -> DigestItem {
	let pre = PreDigest::SecondaryPlain(SecondaryPlainPreDigest {
		authority_index: 0,
		slot: (millis / SLOT_DURATION).into(),
	});
	DigestItem::PreRuntime(BABE_ENGINE_ID, pre.encode())
}

/// What a block brings besides its time: nothing.
pub fn inherents(_: BlockNumber, _: u64, _: Option<Header>) -> Vec<RuntimeCall> {
	Vec::new()
}

/// Session keys of a development account.
pub fn session_keys() -> SessionKeys {
	SessionKeys {
		babe: sp_keyring::Sr25519Keyring::Alice.public().into(),
		grandpa: sp_keyring::Ed25519Keyring::Alice.public().into(),
	}
}

/// The extensions of a transaction by `who`.
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
		frame_system::WeightReclaim::new(),
	)
}
