//! A chain in memory that executes real blocks: inherents, then signed transactions through every
//! extension, as a node would apply them.
#![allow(dead_code)]

pub mod calls;

use crate::{
	of_consensus,
	runtime::{genesis_config_presets, *},
};
use codec::Encode;
use pallet_consent::{Access, Grantee, Scope};
use pallet_patient_identity::messages;
use salus_primitives::{
	Action, ActionSet, DataClassSet, Interval, KeyPurposeSet, LabelSet, OrgId, OrgKind, OrgKindSet,
	PatientId, Purpose, PurposeSet, Role, SensitivityLabel,
};
use sp_core::{sr25519, Pair, H256};
use sp_runtime::{
	traits::Header as _, transaction_validity::TransactionValidityError, ApplyExtrinsicResult,
	Digest, DispatchResult, MultiSigner,
};

/// The first block's time: 2026-01-01 00:00:00 UTC, in milliseconds.
pub const START: u64 = 1_767_225_600_000;

/// The agreement key of `//Patient`.
pub const AGREEMENT: [u8; 32] = [9; 32];

/// A development key such as `//Hospital`.
pub fn pair(name: &str) -> sr25519::Pair {
	sr25519::Pair::from_string(&format!("//{name}"), None).expect("a valid derivation")
}

/// Its account.
pub fn account(name: &str) -> AccountId {
	use sp_runtime::traits::IdentifyAccount;
	MultiSigner::from(pair(name).public()).into_account()
}

/// A chain in memory.
pub struct Chain {
	pub ext: sp_io::TestExternalities,
	number: BlockNumber,
	millis: u64,
	parent: Option<Header>,
}

impl Chain {
	/// A chain from the `development` preset, in its first block.
	pub fn development() -> Self {
		Self::from_preset(genesis_config_presets::development())
	}

	/// A chain from a preset, in its first block.
	pub fn from_preset(patch: serde_json::Value) -> Self {
		let mut ext = sp_io::TestExternalities::new_empty();
		ext.execute_with(|| {
			let config = genesis_of(patch);
			<RuntimeGenesisConfig as frame_support::traits::BuildGenesisConfig>::build(&config);
		});
		let mut chain = Self { ext, number: 0, millis: START, parent: None };
		chain.begin();
		chain
	}

	/// A chain with an admitted hospital, and a patient that it registered, `//Patient`, who holds
	/// no tokens.
	pub fn with_patient() -> (Self, OrgId, PatientId) {
		let mut chain = Self::development();
		let (kinds, until) = (OrgKindSet::of(&[OrgKind::Provider]), chain.now() + 1_000_000);
		let org = chain.organisation("Hospital", kinds, until);
		let patient = chain.register(org, "Patient");
		assert_eq!(chain.run(|| Balances::free_balance(account("Patient"))), 0);
		(chain, org, patient)
	}

	/// An organisation that `admin` administers, admitted as each of `kinds`.
	#[track_caller]
	pub fn organisation(&mut self, admin: &str, kinds: OrgKindSet, until: u64) -> OrgId {
		let profile = H256::repeat_byte(1);
		self.succeed(admin, pallet_registry::Call::apply { kinds, profile });
		let org = self.run(|| Registry::administers(&account(admin))).expect("applied");
		for kind in kinds.iter() {
			self.succeed("Registrar", pallet_registry::Call::admit { org, kind, until });
		}
		org
	}

	/// Takes `who` on at `org`, which `admin` administers.
	#[track_caller]
	pub fn employ(&mut self, org: OrgId, admin: &str, who: &str, role: Role, until: u64) {
		let invite = pallet_registry::Call::invite { org, account: account(who), role, until };
		self.succeed(admin, invite);
		self.succeed(who, pallet_registry::Call::accept_affiliation { org, role });
	}

	/// A handle that `//Hospital`, of `org`, registers for the development key `name`.
	pub fn register(&mut self, org: OrgId, name: &str) -> PatientId {
		let (key, expiry) = (account(name), self.now() + 600);
		let message = self.run(|| {
			let genesis = System::block_hash(0);
			messages::register_for(&genesis, org, &key, &AGREEMENT, expiry)
		});
		self.succeed(
			"Hospital",
			pallet_patient_identity::Call::register_for {
				org,
				key: key.clone(),
				agreement_key: AGREEMENT,
				expiry,
				signature: pair(name).sign(&message).into(),
			},
		);
		self.run(|| PatientIdentity::patient_of(&key)).expect("registered")
	}

	/// Access to read everything that `labels` name, to treat, for a while.
	pub fn access(&self, labels: &[SensitivityLabel]) -> Access {
		Access {
			scope: Scope {
				actions: ActionSet::of(&[Action::Read]),
				purposes: PurposeSet::of(&[Purpose::Treat]),
				classes: DataClassSet::ALL,
				labels: LabelSet::of(labels),
				data: Interval::ALWAYS,
			},
			until: self.now() + 100_000,
			max_uses: None,
			redisclose_depth: 0,
			erase_after: None,
		}
	}

	/// Permits `grantee` to read, to treat.
	pub fn permit(&self, grantee: Grantee<AccountId>) -> RuntimeCall {
		pallet_consent::Call::permit { grantee, access: self.access(&[]) }.into()
	}

	/// Lets a day and an hour pass.
	pub fn pass_a_day(&mut self) {
		for _ in 0..25 {
			self.advance(3_600_000);
		}
		// A block that begins a session may take no transactions.
		self.next_block();
	}

	/// Asks for the development key `new` as a further key of `//Patient`.
	pub fn add_key(&mut self, patient: PatientId, new: &str) {
		let (key, purposes, expiry) = (account(new), KeyPurposeSet::ALL, self.now() + 600);
		let message = self.run(|| {
			let genesis = System::block_hash(0);
			messages::add_key(&genesis, &patient, &key, purposes, expiry)
		});
		let signature = pair(new).sign(&message).into();
		self.succeed(
			"Patient",
			pallet_patient_identity::Call::add_key { key, purposes, expiry, signature },
		);
	}

	/// Runs `f` in the current block's state.
	pub fn run<R>(&mut self, f: impl FnOnce() -> R) -> R {
		self.ext.execute_with(f)
	}

	/// Now, in seconds.
	pub fn now(&self) -> u64 {
		self.millis / 1_000
	}

	fn begin(&mut self) {
		self.number += 1;
		let (number, millis, parent) = (self.number, self.millis, self.parent.clone());
		self.ext.execute_with(|| {
			let parent_hash = parent.as_ref().map(|parent| parent.hash()).unwrap_or_default();
			let digest = Digest { logs: vec![of_consensus::pre_digest(millis)] };
			let header =
				Header::new(number, Default::default(), Default::default(), parent_hash, digest);
			Executive::initialize_block(&header);
			let set = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: millis });
			let inherents = of_consensus::inherents(number, millis, parent);
			for call in [set].into_iter().chain(inherents) {
				Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(call))
					.expect("a valid inherent")
					.expect("it succeeds");
			}
		});
	}

	/// Ends the block, checks every invariant, and begins the next one a slot later.
	pub fn next_block(&mut self) {
		self.advance(SLOT_DURATION);
	}

	/// Ends the block, checks every invariant, and begins the next one after `millis`.
	pub fn advance(&mut self, millis: u64) {
		assert!(millis.is_multiple_of(SLOT_DURATION) && millis > 0);
		self.end();
		self.millis += millis;
		self.begin();
	}

	fn end(&mut self) {
		let number = self.number;
		self.parent = Some(self.ext.execute_with(|| {
			let header = Executive::finalize_block();
			assert_eq!(*header.number(), number);
			#[cfg(feature = "try-runtime")]
			check_invariants(number);
			header
		}));
	}

	/// Signs `call` by the development key `who` and applies it in the current block.
	pub fn apply(&mut self, who: &str, call: impl Into<RuntimeCall>) -> ApplyExtrinsicResult {
		self.apply_by(&pair(who), call.into(), 0)
	}

	/// Signs `call` by `key`, with a tip, and applies it in the current block.
	pub fn apply_by(
		&mut self,
		key: &sr25519::Pair,
		call: RuntimeCall,
		tip: Balance,
	) -> ApplyExtrinsicResult {
		self.ext.execute_with(|| {
			let extrinsic = sign(key, call, tip);
			Executive::apply_extrinsic(extrinsic)
		})
	}

	/// Applies and expects success.
	#[track_caller]
	pub fn succeed(&mut self, who: &str, call: impl Into<RuntimeCall>) {
		let outcome = self.apply(who, call);
		assert_eq!(outcome, Ok(Ok(())), "by {who}");
	}

	/// Applies, expects that it is included, and returns what its dispatch said.
	#[track_caller]
	pub fn dispatch(&mut self, who: &str, call: impl Into<RuntimeCall>) -> DispatchResult {
		self.apply(who, call).expect("included")
	}

	/// Applies, expects that it is refused before inclusion, and returns why.
	#[track_caller]
	pub fn refused(&mut self, who: &str, call: impl Into<RuntimeCall>) -> TransactionValidityError {
		self.apply(who, call).expect_err("refused")
	}
}

impl Drop for Chain {
	fn drop(&mut self) {
		if !std::thread::panicking() {
			self.end();
		}
	}
}

/// `call` signed by `key` with its next nonce.
pub fn sign(key: &sr25519::Pair, call: RuntimeCall, tip: Balance) -> UncheckedExtrinsic {
	use sp_runtime::traits::IdentifyAccount;
	let who = MultiSigner::from(key.public()).into_account();
	let extensions = of_consensus::extensions(System::account_nonce(&who), tip);
	let payload = SignedPayload::new(call.clone(), extensions.clone()).expect("a payload");
	let signature = payload.using_encoded(|bytes| key.sign(bytes));
	UncheckedExtrinsic::new_signed(call, who.into(), signature.into(), extensions)
}

/// One of every call that the runtime has, by its name. Every argument is made of zeros: what a call
/// is for does not depend on them.
pub fn every_call() -> Vec<(String, RuntimeCall)> {
	use codec::Decode;
	use frame_support::traits::{GetCallMetadata, PalletsInfoAccess};
	let mut calls = Vec::new();
	for pallet in AllPalletsWithSystem::infos() {
		let module = pallet.name;
		if !RuntimeCall::get_module_names().contains(&module) {
			continue;
		}
		let mut names = RuntimeCall::get_call_names(module).to_vec();
		for index in 0..=u8::MAX {
			// Indices may have gaps, and the variants of an argument may begin at 1.
			let call = [0, 1].into_iter().find_map(|variant| {
				let mut bytes = vec![pallet.index as u8, index, variant];
				bytes.resize(4_096, 0);
				RuntimeCall::decode(&mut &bytes[..]).ok()
			});
			let Some(call) = call else { continue };
			let name = call.get_call_metadata();
			assert_eq!(name.pallet_name, module);
			names.retain(|known| *known != name.function_name);
			calls.push((format!("{module}.{}", name.function_name), call));
		}
		assert!(names.is_empty(), "{module} has calls that zeros do not make: {names:?}");
	}
	calls
}

#[cfg(feature = "try-runtime")]
fn check_invariants(number: BlockNumber) {
	use frame_support::traits::{TryState, TryStateSelect};
	AllPalletsWithSystem::try_state(number, TryStateSelect::All).expect("every invariant holds");
	// It may be missing while an upgrade is under way, and none is in these tests.
	for (org, ..) in pallet_registry::Licences::<Runtime>::iter() {
		assert!(pallet_registry::LastLicensed::<Runtime>::contains_key(org), "{org} has no entry");
	}
}

/// The genesis of a preset: what the preset does not say is as by default.
pub fn genesis_of(preset: serde_json::Value) -> RuntimeGenesisConfig {
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).expect("JSON");
	merge(&mut config, preset);
	serde_json::from_value(config).expect("genesis")
}

fn merge(into: &mut serde_json::Value, patch: serde_json::Value) {
	match (into, patch) {
		(serde_json::Value::Object(into), serde_json::Value::Object(patch)) => {
			for (key, value) in patch {
				merge(into.entry(key).or_insert(serde_json::Value::Null), value);
			}
		},
		(into, patch) => *into = patch,
	}
}
