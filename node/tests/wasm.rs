//! The runtime as it runs on the chain: its wasm, in which a `usize` has 32 bits. Native tests have 64 and
//! see nothing of what does not fit.

use codec::{Decode, Encode};
use pallet_claims::{Call as Claims, ClaimState, Line, PerLine, Terms};
use pallet_record_anchor::{Call as Anchors, RetentionClass, RetractReason};
use pallet_registry::Call as Registry;
use salus_claims_adjudication::{Benefit, BenefitCategory, Plan};
use salus_primitives::{
	commitment::{merkle_root, Form},
	time::{DAY, YEAR},
	Interval, OrgId, OrgKind, OrgKindSet,
};
use salus_runtime::{
	configs::health::{DepositBase, DepositPerByte},
	genesis_config_presets::SETTLEMENT_ASSET as ASSET,
	AccountId, Balance, Header, Runtime, RuntimeCall, SignedPayload, System, UncheckedExtrinsic,
	SLOT_DURATION, WASM_BINARY,
};
use sc_chain_spec::{json_patch, DEV_RUNTIME_PRESET};
use sc_executor::WasmExecutor;
use sp_consensus_babe::{
	digests::{PreDigest, SecondaryPlainPreDigest},
	BABE_ENGINE_ID,
};
use sp_core::{
	sr25519,
	traits::{CallContext, CodeExecutor, RuntimeCode, WrappedRuntimeCode},
	Pair, H256,
};
use sp_runtime::{
	generic::Era,
	traits::{Header as _, IdentifyAccount},
	ApplyExtrinsicResult, Digest, DigestItem, MultiSigner,
};
use sp_state_machine::BasicExternalities;

/// More than 32 bits can say.
const MANY: u64 = u32::MAX as u64 + 6;
/// 2026-01-01 00:00:00 UTC, in milliseconds.
const START: u64 = 1_767_225_600_000;

fn pair(name: &str) -> sr25519::Pair {
	sr25519::Pair::from_string(&format!("//{name}"), None).expect("a valid derivation")
}

fn account(name: &str) -> AccountId {
	MultiSigner::from(pair(name).public()).into_account()
}

/// A block of the development chain, in which the wasm executes transactions.
struct Chain {
	state: BasicExternalities,
	executor: WasmExecutor,
	code: &'static [u8],
}

impl Chain {
	fn new() -> Self {
		let code = WASM_BINARY.expect("the wasm is built");
		let executor = WasmExecutor::builder().build();
		let mut chain = Self { state: BasicExternalities::new_empty(), executor, code };
		chain.begin();
		let digest = PreDigest::SecondaryPlain(SecondaryPlainPreDigest {
			authority_index: 0,
			slot: (START / SLOT_DURATION).into(),
		});
		let logs = vec![DigestItem::PreRuntime(BABE_ENGINE_ID, digest.encode())];
		let none = H256::zero();
		let header = Header::new(1, none, none, none, Digest { logs });
		chain.ask("Core_initialize_block", &header.encode());
		let set = pallet_timestamp::Call::set { now: START };
		chain.apply(UncheckedExtrinsic::new_bare(set.into()));
		chain
	}

	/// Lets the wasm write the genesis of the preset. By the same executor: another one would compile it once more.
	fn begin(&mut self) {
		let mut config = self.preset(None);
		json_patch::merge(&mut config, self.preset(Some(DEV_RUNTIME_PRESET)));
		let built = self.ask("GenesisBuilder_build_state", &config.to_string().encode());
		assert_eq!(Result::<(), String>::decode(&mut &built[..]), Ok(Ok(())));
	}

	/// A preset of this name, or what the wasm has by default.
	fn preset(&mut self, name: Option<&str>) -> serde_json::Value {
		let preset = self.ask("GenesisBuilder_get_preset", &name.encode());
		let preset = Option::<Vec<u8>>::decode(&mut &preset[..]).expect("it is of this type");
		serde_json::from_slice(&preset.expect("there is such a preset")).expect("it is JSON")
	}

	/// Calls a function of the wasm, with the state as it is.
	fn ask(&mut self, function: &str, arguments: &[u8]) -> Vec<u8> {
		let code = RuntimeCode {
			code_fetcher: &WrappedRuntimeCode(self.code.into()),
			heap_pages: None,
			hash: b"the same throughout".to_vec(),
		};
		let context = CallContext::Onchain { import: false };
		let (answer, native) =
			self.executor.call(&mut self.state, &code, function, arguments, context);
		assert!(!native);
		answer.unwrap_or_else(|error| panic!("{function}: {error}"))
	}

	fn apply(&mut self, extrinsic: UncheckedExtrinsic) {
		let answer = self.ask("BlockBuilder_apply_extrinsic", &extrinsic.encode());
		let outcome = ApplyExtrinsicResult::decode(&mut &answer[..]).expect("an outcome");
		assert_eq!(outcome, Ok(Ok(())), "{:?}", extrinsic.function);
	}

	/// Lets the wasm execute a call that is signed by a development key.
	fn send(&mut self, who: &str, call: impl Into<RuntimeCall>) {
		let (key, call) = (pair(who), call.into());
		let extrinsic = self.native(|| {
			let extensions = (
				frame_system::CheckNonZeroSender::new(),
				frame_system::CheckSpecVersion::new(),
				frame_system::CheckTxVersion::new(),
				frame_system::CheckGenesis::new(),
				frame_system::CheckEra::from(Era::Immortal),
				frame_system::CheckNonce::from(System::account_nonce(account(who))),
				frame_system::CheckWeight::new(),
				pallet_sponsorship::FreeCalls::from(
					pallet_transaction_payment::ChargeTransactionPayment::from(0),
				),
				frame_metadata_hash_extension::CheckMetadataHash::new(false),
				frame_system::WeightReclaim::new(),
			);
			let payload = SignedPayload::new(call.clone(), extensions.clone()).expect("a payload");
			let signature = payload.using_encoded(|bytes| key.sign(bytes));
			UncheckedExtrinsic::new_signed(call, account(who).into(), signature.into(), extensions)
		});
		self.apply(extrinsic);
	}

	/// Reads or writes the state, without executing anything of the runtime.
	fn native<R>(&mut self, f: impl FnOnce() -> R) -> R {
		self.state.execute_with(f)
	}

	fn admitted(&mut self, who: &str, kind: OrgKind) -> OrgId {
		let (kinds, profile) = (OrgKindSet::of(&[kind]), H256::repeat_byte(1));
		self.send(who, Registry::apply { kinds, profile });
		let org = self.native(|| salus_runtime::Registry::administers(&account(who)));
		let (org, until) = (org.expect("applied"), START / 1_000 + YEAR);
		self.send("Registrar", Registry::admit { org, kind, until });
		org
	}
}

/// Lets `org` have written more than 4 GiB into claims, and put down what that costs.
fn wrote_a_lot(org: OrgId) {
	pallet_claims::Bonds::<Runtime>::mutate(org, |stored| {
		let mut bond = stored.take().expect("it has written something");
		let price: Balance = DepositBase::get() + DepositPerByte::get() * Balance::from(MANY);
		bond.size = MANY;
		bond.ticket = Decode::decode(&mut &price.encode()[..]).expect("a ticket is its amount");
		*stored = Some(bond);
	});
}

/// Every number of 64 bits that the pallets give is beyond 32 bits, and so is what each organisation keeps.
#[test]
fn numbers_beyond_32_bits_stop_nobody() {
	let mut chain = Chain::new();
	chain.native(|| {
		pallet_claims::NextCoverage::<Runtime>::put(MANY);
		pallet_claims::NextEncounter::<Runtime>::put(MANY);
		pallet_claims::NextClaim::<Runtime>::put(MANY);
	});
	let hospital = chain.admitted("Hospital", OrgKind::Provider);
	let insurer = chain.admitted("Insurer", OrgKind::Payer);

	let mut rules = Plan::default();
	rules.benefits.primary_care = Benefit { covered: true, copay: 2_000, ..Benefit::default() };
	let terms = || {
		Box::new(Terms {
			asset: ASSET,
			rules: rules.clone(),
			auto_limit: 100_000,
			filing_limit: 180 * DAY,
			decision_time: 30 * DAY,
			answer_time: 30 * DAY,
			payment_time: 30 * DAY,
			interest: 100_000,
		})
	};
	let plan = chain.native(pallet_claims::NextPlan::<Runtime>::get);
	chain.send("Insurer", Claims::create_plan { org: insurer, terms: terms() });
	chain.native(|| wrote_a_lot(insurer));
	chain.send("Insurer", Claims::revise_plan { org: insurer, plan, terms: terms() });
	chain.send("Insurer", Claims::fund { org: insurer, asset: ASSET, amount: 1_000_000 });
	let (now, member) = (START / 1_000, account("Bob"));
	let period = Interval::new(now, now + YEAR);
	chain.send("Insurer", Claims::enrol { org: insurer, plan, member, period });
	chain.send("Bob", Claims::accept_coverage { coverage: MANY });

	chain.send("Hospital", Claims::open_encounter { org: hospital });
	chain.native(|| wrote_a_lot(hospital));
	chain.send("Hospital", Claims::open_encounter { org: hospital });
	let encounter = MANY + 1;
	chain.send("Bob", Claims::attest { encounter, coverage: MANY });
	let lines = |charge| {
		PerLine::truncate_from(vec![Line {
			category: BenefitCategory::PrimaryCare,
			quantity: 1,
			charge,
			detail: H256::repeat_byte(5),
		}])
	};
	let root = merkle_root(&[H256::repeat_byte(5)]).expect("one leaf");
	chain.send("Hospital", Claims::close_encounter { org: hospital, encounter, root, lines: 1 });
	chain.send("Hospital", Claims::submit { org: hospital, encounter, lines: lines(15_000) });
	chain.send("Hospital", Claims::correct { org: hospital, claim: MANY, lines: lines(14_000) });
	let claims = chain.ask("ClaimsApi_claims_of", &(MANY, None::<u64>).encode());
	assert_eq!(Vec::<u64>::decode(&mut &claims[..]), Ok(vec![MANY, MANY + 1]));
	let corrected = chain.native(|| pallet_claims::Claims::<Runtime>::get(MANY + 1));
	let corrected = corrected.expect("corrected");
	assert_eq!(corrected.state, ClaimState::Settled { at: now });
	assert_eq!(corrected.transferred, 12_000);
	let size =
		chain.native(|| pallet_claims::Bonds::<Runtime>::get(hospital)).expect("a bond").size;
	assert!(size > MANY);

	// Records, and leaves of a batch.
	chain.native(|| pallet_record_anchor::NextSeq::<Runtime>::insert(hospital, MANY));
	let (org, form, retention) = (hospital, Form::Bytes, RetentionClass::Standard);
	let leaves = 1 << 32;
	let root = H256::repeat_byte(7);
	chain.send("Hospital", Anchors::anchor_batch { org, root, leaves, form, retention });
	let (leaf, reason) = (Some(leaves - 1), RetractReason::Duplicate);
	chain.send("Hospital", Anchors::retract { org, seq: MANY, leaf, reason });
	let anchored = |seq| pallet_record_anchor::Anchors::<Runtime>::contains_key(org, seq);
	assert!(chain.native(|| anchored(MANY)));

	chain.ask("BlockBuilder_finalize_block", &[]);
}
