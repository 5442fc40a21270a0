//! What the presets of every chain have: accounts, bodies, organisations, the settlement asset.
//!
//! Development keys (`//Alice`) exist in presets and nowhere else. A real network is made from a file of its
//! members, and refuses them.

use crate::{
	configs::{fees::SponsorPotId, governance::TreasuryAccount},
	*,
};
use alloc::{format, vec};
use frame_support::{build_struct_json_patch, BoundedVec};
use salus_primitives::{CapabilitySet, OrgKind, OrgKindSet};
use sp_core::{sr25519, Pair};
use sp_genesis_builder::PresetId;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	traits::{AccountIdConversion, IdentifyAccount},
	MultiSigner,
};

/// The shortest delays of enactment in the presets, in seconds.
pub const SHORT_FLOORS: pallet_enactment::DelayTable =
	pallet_enactment::DelayTable { upgrade: 30, parameter: 20, emergency: 6 };
/// What each development account holds.
const ENDOWMENT: Balance = 1_000_000 * UNIT;
/// The settlement asset of the presets: dollars, in cents.
pub const SETTLEMENT_ASSET: AssetId = 1;
/// What those who pay and are paid hold of it: ten million dollars.
const SETTLEMENT: Balance = 1_000_000_000;
/// Until when the presets' licences and terms run: the last second of 2099.
const FAR: u64 = 4_102_444_799;
/// Accounts besides those of the validators: those of the registrar and of the three
/// organisations of the care journey.
const JOURNEY: [&str; 4] = ["Registrar", "Hospital", "Clinic", "Insurer"];

/// The account of a development key such as `//Hospital`.
fn development_account(name: &str) -> Option<AccountId> {
	let pair = sr25519::Pair::from_string(&format!("//{name}"), None).ok()?;
	Some(MultiSigner::from(pair.public()).into_account())
}

/// A genesis with the given validators, of which never fewer than `min_validators` are left.
///
/// Organisation 0 is the health authority, whose registrar licenses every kind; organisations 1
/// and up run the validators. `of_consensus` is what the chain's consensus wants in its genesis.
pub(super) fn genesis(
	validators: &[(Sr25519Keyring, SessionKeys)],
	min_validators: u32,
	session_length: u64,
	of_consensus: serde_json::Value,
) -> serde_json::Value {
	let accounts = validators.iter().map(|(who, _)| who.to_account_id()).collect::<Vec<_>>();
	let members = [Sr25519Keyring::Alice, Sr25519Keyring::Bob, Sr25519Keyring::Charlie]
		.map(|member| member.to_account_id());
	let registrar = development_account("Registrar");
	let endowed = Sr25519Keyring::well_known()
		.map(|who| who.to_account_id())
		.chain(JOURNEY.iter().filter_map(|name| development_account(name)))
		.chain([TreasuryAccount::get(), SponsorPotId::get().into_account_truncating()])
		.map(|who| (who, ENDOWMENT))
		.collect::<Vec<_>>();

	let settlement = ["Alice", "Hospital", "Clinic", "Insurer"]
		.iter()
		.filter_map(|name| development_account(name))
		.map(|who| (SETTLEMENT_ASSET, who, SETTLEMENT))
		.collect::<Vec<_>>();

	let mut patch = build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig { balances: endowed },
		assets: AssetsConfig {
			// The smallest unit is the least that an account may hold: no payment is too small.
			assets: vec![(SETTLEMENT_ASSET, TreasuryAccount::get(), false, 1)],
			metadata: vec![(SETTLEMENT_ASSET, b"Test dollar".to_vec(), b"eUSD".to_vec(), 2)],
			accounts: settlement,
		},
		validator_set: ValidatorSetConfig {
			validators: (1u32..)
				.zip(accounts.iter())
				.map(|(org, who)| (who.clone(), org))
				.collect(),
			min_validators,
			session_length,
		},
		session: SessionConfig {
			keys: validators
				.iter()
				.map(|(who, keys)| {
					let account = who.to_account_id();
					(account.clone(), account, keys.clone())
				})
				.collect::<Vec<_>>(),
		},
		membership: MembershipConfig {
			members: BoundedVec::try_from(members.to_vec()).unwrap_or_default()
		},
		technical_membership: TechnicalMembershipConfig {
			members: BoundedVec::try_from(members.to_vec()).unwrap_or_default(),
		},
		care: CareConfig { policy: salus_primitives::CarePolicy::CareTeam, ..Default::default() },
		enactment: EnactmentConfig { floors: SHORT_FLOORS, ..Default::default() },
		registry: RegistryConfig {
			organisations: registrar
				.iter()
				.map(|who| (who.clone(), OrgKindSet::of(&[OrgKind::Auditor]).0, FAR, false))
				.chain(accounts.iter().map(|who| (who.clone(), OrgKindSet::EMPTY.0, FAR, false)))
				.collect::<Vec<_>>(),
			registrars: registrar
				.iter()
				.map(|who| (who.clone(), 0, OrgKindSet::ALL.0, CapabilitySet::ALL.0, FAR))
				.collect::<Vec<_>>(),
		},
	});
	if let (Some(patch), serde_json::Value::Object(more)) = (patch.as_object_mut(), of_consensus) {
		patch.extend(more);
	}
	patch
}

/// The preset named `id`, as a JSON patch on the default genesis.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		sp_genesis_builder::DEV_RUNTIME_PRESET => super::development(),
		sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET => super::local_testnet(),
		_ => return None,
	};
	serde_json::to_string(&patch).ok().map(|json| json.into_bytes())
}

/// The names of the presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![
		PresetId::from(sp_genesis_builder::DEV_RUNTIME_PRESET),
		PresetId::from(sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET),
	]
}
