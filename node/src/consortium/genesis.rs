//! The genesis of a network that was checked.

use salus_primitives::{CarePolicy, OrgId};
use salus_runtime::{
	AssetId, Balance, RuntimeGenesisConfig, SessionKeys, BABE_GENESIS_EPOCH_CONFIG,
};
use sc_service::config::MultiaddrWithPeerId;
use serde_json::{json, Value};
use sp_core::{crypto::AccountId32, ed25519, sr25519};

/// A network without contradictions, in the chain's own terms.
#[derive(Clone, Debug, Default)]
pub struct Checked {
	/// Name of the chain.
	pub name: String,
	/// Id of the chain.
	pub id: String,
	/// Slots of a session.
	pub session_length: u64,
	/// The smallest set of validators.
	pub min_validators: u32,
	/// What a care relationship means by itself.
	pub care_policy: CarePolicy,
	/// Enactment's floors: upgrade, parameter, emergency, in seconds.
	pub floors: [u64; 3],
	/// Organisations: administrator, kinds, end of the licences, flag.
	pub organisations: Vec<(AccountId32, u16, u64, bool)>,
	/// Validators: account, organisation, session keys.
	pub validators: Vec<(AccountId32, OrgId, sr25519::Public, ed25519::Public)>,
	/// The members' nodes.
	pub peers: Vec<MultiaddrWithPeerId>,
	/// The Council.
	pub council: Vec<AccountId32>,
	/// The Technical Committee.
	pub technical_committee: Vec<AccountId32>,
	/// Registrars: account, organisation, kinds, capabilities, end of the term.
	pub registrars: Vec<(AccountId32, OrgId, u16, u8, u64)>,
	/// Assets: id, owner, minimum balance.
	pub assets: Vec<(AssetId, AccountId32, Balance)>,
	/// Names of the assets: id, name, symbol, decimals.
	pub asset_names: Vec<(AssetId, String, String, u8)>,
	/// Who holds which asset.
	pub asset_holders: Vec<(AssetId, AccountId32, Balance)>,
	/// Who holds native tokens.
	pub balances: Vec<(AccountId32, Balance)>,
}

impl Checked {
	/// The genesis, as a patch on the runtime's default.
	pub fn patch(&self) -> Value {
		let mut patch = json!({
			"balances": { "balances": self.balances },
			"assets": {
				"assets": self
					.assets
					.iter()
					.map(|(id, owner, minimum)| json!([id, owner, false, minimum]))
					.collect::<Vec<_>>(),
				"metadata": self
					.asset_names
					.iter()
					.map(|(id, name, symbol, decimals)| {
						json!([id, name.as_bytes(), symbol.as_bytes(), decimals])
					})
					.collect::<Vec<_>>(),
				"accounts": self.asset_holders,
			},
			"babe": { "epochConfig": BABE_GENESIS_EPOCH_CONFIG },
			"validatorSet": {
				"validators": self
					.validators
					.iter()
					.map(|(who, organisation, ..)| (who, organisation))
					.collect::<Vec<_>>(),
				"minValidators": self.min_validators,
				"sessionLength": self.session_length,
			},
			"session": {
				"keys": self
					.validators
					.iter()
					.map(|(who, _, babe, grandpa)| {
						let keys =
							SessionKeys { babe: (*babe).into(), grandpa: (*grandpa).into() };
						(who, who, keys)
					})
					.collect::<Vec<_>>(),
			},
			"care": { "policy": self.care_policy },
			"membership": { "members": self.council },
			"technicalMembership": { "members": self.technical_committee },
			"registry": {
				"organisations": self.organisations,
				"registrars": self.registrars,
			},
		});
		if has_enactment() {
			let [upgrade, parameter, emergency] = self.floors;
			patch["enactment"] = json!({
				"floors": { "upgrade": upgrade, "parameter": parameter, "emergency": emergency },
			});
		}
		patch
	}
}

/// Whether the runtime in this binary has the pallet whose floors the file states.
fn has_enactment() -> bool {
	serde_json::to_value(RuntimeGenesisConfig::default())
		.is_ok_and(|genesis| genesis.get("enactment").is_some())
}
