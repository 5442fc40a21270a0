//! How much of a block's proof of validity each call may take. The relay chain's validators get the parts of the state
//! that a block reads, and refuse a block for which these are too large. `docs/proof-sizes.md` is the table; this test
//! compares it with the weights, and writes it when `SALUS_WRITE_TABLES` is set.

use crate::common::{every_call, pair, Chain};
use codec::Encode;
use frame_support::{dispatch::GetDispatchInfo, traits::Get};
use pallet_claims::WeightInfo as _;
use pallet_consent::WeightInfo as _;
use pallet_record_anchor::WeightInfo as _;
use salus_parachain_runtime::*;
use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

/// The pallets of which the table tells every call, and their folders; of the others it tells the largest.
const OURS: [(&str, &str); 13] = [
	("Registry", "registry"),
	("PatientIdentity", "patient-identity"),
	("Consent", "consent"),
	("RecordAnchor", "record-anchor"),
	("Claims", "claims"),
	("Care", "care"),
	("Emergency", "emergency"),
	("AccessLog", "access-log"),
	("Acknowledgement", "acknowledgement"),
	("Sealed", "sealed"),
	("Research", "research"),
	("ValidatorSet", "validator-set"),
	("Enactment", "enactment"),
];

/// Calls that may take a tenth of a block's proof or more, and why that is borne.
const LARGE: [(&str, &str); 2] = [
	("Enactment.enact", "what it carries out may take a tenth, and it declares that besides its own"),
	(
		"RecordAnchor.anchor_many",
		"each of 64 records may be about another patient, whose consent is asked; what most of them do not have is given back",
	),
];

/// The calls of which the weight hangs on an argument.
const BY_ARGUMENT: [&str; 10] = [
	"Claims.submit",
	"Claims.correct",
	"Claims.decide",
	"Claims.settle_waiting",
	"Consent.permit",
	"Consent.deny",
	"RecordAnchor.anchor",
	"RecordAnchor.anchor_many",
	"RecordAnchor.evict",
	"RecordAnchor.sweep",
];
/// Weights with a number that are parts of those, or other ways to take them.
const PARTS: [&str; 8] = [
	"Acknowledgement.signer",
	"Care.signer",
	"Claims.decide_by_rules",
	"Consent.practitioner",
	"Emergency.signer",
	"PatientIdentity.signer",
	"RecordAnchor.anchor_many_about",
	"RecordAnchor.anchor_many_versions",
];
/// Weights with a number that the call declares at its largest, whatever its arguments, or that are of a hook.
const DECLARED_AT_LARGEST: [&str; 8] = [
	"Claims.poke",
	"Claims.void",
	"Consent.approve",
	"Consent.revoke",
	"ValidatorSet.on_offence",
	"ValidatorSet.plan_session",
	"ValidatorSet.remove_validator",
	"ValidatorSet.retire",
];

/// The proof that a call declares, with the largest arguments that it takes.
fn declared() -> BTreeMap<String, u64> {
	type Anchors = <Runtime as pallet_record_anchor::Config>::WeightInfo;
	type OfClaims = <Runtime as pallet_claims::Config>::WeightInfo;
	type OfConsent = <Runtime as pallet_consent::Config>::WeightInfo;
	let mut sizes: BTreeMap<_, _> = every_call()
		.into_iter()
		.map(|(name, call)| (name, call.get_dispatch_info().call_weight.proof_size()))
		.collect();
	let lines = pallet_claims::MAX_LINES;
	let page = <Runtime as pallet_claims::Config>::Page::get();
	let records = <Runtime as pallet_record_anchor::Config>::MaxRecords::get();
	let evicted = <Runtime as pallet_record_anchor::Config>::MaxEvicted::get();
	// To a person, who is looked up, beside as many directives as there can be, some of which go over to the history.
	let to_a_person =
		OfConsent::practitioner(common::health::MAX_EMPLOYERS).saturating_add(OfConsent::sweep());
	let live = pallet_consent::MAX_LIVE;
	// What a claim takes only sometimes: the bond that it is written down in, an account that ends, an older licence.
	let of_bond = OfClaims::move_bond().max(OfClaims::grow_bond());
	let parts = OfClaims::end_account().saturating_add(OfClaims::past_licences());
	let largest = [
		("Claims.submit", OfClaims::submit(lines).saturating_add(of_bond).saturating_add(parts)),
		(
			"Claims.correct",
			OfClaims::correct(lines, lines).saturating_add(of_bond).saturating_add(parts),
		),
		(
			"Claims.decide",
			OfClaims::decide(lines, lines)
				.saturating_add(OfClaims::end_account())
				.max(OfClaims::decide_by_rules(lines, lines).saturating_add(parts)),
		),
		(
			"Claims.settle_waiting",
			OfClaims::settle_waiting(page).saturating_add(OfClaims::end_account()),
		),
		("Consent.permit", OfConsent::permit(live).saturating_add(to_a_person)),
		("Consent.deny", OfConsent::deny(live).saturating_add(to_a_person)),
		("RecordAnchor.anchor", Anchors::anchor_about()),
		(
			"RecordAnchor.anchor_many",
			Anchors::anchor_many_about(records)
				.saturating_add(Anchors::anchor_about().saturating_mul((records - 1).into())),
		),
		("RecordAnchor.evict", Anchors::evict(evicted)),
		("RecordAnchor.sweep", Anchors::sweep(evicted)),
	];
	assert_eq!(largest.each_ref().map(|(name, _)| *name), BY_ARGUMENT);
	for (name, weight) in largest {
		let before = sizes.insert(name.into(), weight.proof_size());
		assert!(before.is_some(), "there is no {name}");
	}
	sizes
}

/// What the extensions of a transaction declare, by its call: fee and nonce, what finds out whether the call is sponsored or
/// free, and where those work who sign it.
fn of_extensions() -> BTreeMap<String, u64> {
	let mut chain = Chain::development();
	chain.run(|| {
		let calls = every_call().into_iter();
		calls.map(|(name, call)| (name, of_extensions_of(call))).collect()
	})
}

fn of_extensions_of(call: RuntimeCall) -> u64 {
	let extrinsic = crate::common::sign(&pair("Alice"), call, 0);
	assert!(extrinsic.encoded_size() > 100);
	extrinsic.get_dispatch_info().extension_weight.proof_size()
}

/// The extensions that declare most: of a multisignature of as many as may make a call that names a patient.
fn of_the_largest_extensions() -> u64 {
	let call = pallet_multisig::Call::as_multi {
		threshold: 2,
		other_signatories: (0..12u8).map(|n| AccountId::from([n; 32])).collect(),
		maybe_timepoint: None,
		call: Box::new(pallet_claims::Call::open_encounter { org: 0 }.into()),
		max_weight: Default::default(),
	};
	Chain::development().run(|| of_extensions_of(call.into()))
}

#[test]
fn every_weight_with_a_number_is_reckoned_at_its_largest() {
	let pallets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pallets");
	let mut found = Vec::new();
	for (pallet, folder) in OURS {
		let weights =
			fs::read_to_string(pallets.join(folder).join("src/weights.rs")).expect("weights");
		let signatures = weights.split("pub trait WeightInfo").nth(1).expect("the trait");
		let signatures = signatures.split("\n}").next().expect("its end");
		for line in signatures.lines().filter(|line| line.contains(": u32")) {
			let name = line.trim().trim_start_matches("fn ").split('(').next().expect("a name");
			found.push(format!("{pallet}.{name}"));
		}
	}
	// One way of several has no number.
	let by_number = BY_ARGUMENT.iter().filter(|name| **name != "RecordAnchor.anchor");
	let mut known: Vec<_> = by_number.chain(&PARTS).chain(&DECLARED_AT_LARGEST).collect();
	known.sort();
	found.sort();
	assert_eq!(found.iter().collect::<Vec<_>>(), known);
}

fn limit() -> u64 {
	use frame_support::dispatch::DispatchClass;
	let weights = configs::chain::RuntimeBlockWeights::get();
	weights.get(DispatchClass::Normal).max_total.expect("limited").proof_size()
}

/// Hundredths of a percent, as text.
fn share(size: u64) -> String {
	let share = size * 10_000 / limit();
	format!("{}.{:02} %", share / 100, share % 100)
}

fn table() -> String {
	let (sizes, extensions) = (declared(), of_extensions());
	let mut text = String::from(
		"# Proof sizes\n\n\
		 How much of the proof of validity of one block each call declares; calls whose weight hangs on an argument, with the largest. Only a\n\
		 parachain has such a proof: it goes to the relay chain's validators. The benchmark tool declares the largest of the maps that a call\n\
		 reads, and not the sum of them. So after each transaction what it really took counts: what it did not use is given back, and what\n\
		 it used beyond what it declared is added.\n\n",
	);
	let worst = of_the_largest_extensions();
	let _ = write!(
		text,
		"Ordinary transactions may fill {} bytes of a block's proof. The extensions of a transaction declare bytes besides the call: for fee\n\
		 and nonce, for what finds out whether it is sponsored or free, and, where the call names a patient, for where those work who sign\n\
		 it. The last grows with the signatories: a multisignature of 13 that carries such a call declares {worst} bytes ({}), as if\n\
		 each of them had 16 employers.\n\n\
		 | Call | Bytes of the call | Of its extensions | Together, of a block |\n|---|---:|---:|---:|\n",
		limit(),
		share(worst)
	);
	let (ours, others): (Vec<_>, Vec<_>) = sizes
		.into_iter()
		.partition(|(name, _)| OURS.iter().any(|(own, _)| name.split('.').next() == Some(own)));
	for (name, size) in &ours {
		let more = extensions[name];
		let _ = writeln!(text, "| `{name}` | {size} | {more} | {} |", share(size + more));
	}
	let largest = others.iter().max_by_key(|(_, size)| *size).expect("there are others");
	let _ = write!(
		text,
		"\nThe largest of the SDK's calls that carry no others is `{}`, with {} bytes ({}). A batch, a motion and the like declare what they \
		 carry besides. The hooks of a block (the end of a session, the scheduler) are not in the table.\n",
		largest.0,
		largest.1,
		share(largest.1)
	);
	text
}

#[test]
fn no_call_takes_a_tenth_of_a_blocks_proof() {
	let extensions = of_extensions();
	let mut large: Vec<_> = declared()
		.into_iter()
		.filter(|(name, size)| size + extensions[name] >= limit() / 10)
		.map(|(name, _)| name)
		.collect();
	large.sort();
	let known: Vec<_> = LARGE.iter().map(|(name, _)| *name).collect();
	assert_eq!(
		large, known,
		"too large, to be explained in LARGE, or large no more and to be taken out there"
	);
}

/// A sixth of a block, at the very most, where thirteen people with sixteen employers each sign together.
#[test]
fn the_extensions_that_declare_most_leave_room_for_others() {
	let worst = of_the_largest_extensions();
	assert!(worst > limit() / 20 && worst < limit() / 6, "{worst}");
}

#[test]
fn the_table_of_proof_sizes_is_that_of_the_weights() {
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/proof-sizes.md");
	if std::env::var_os("SALUS_WRITE_TABLES").is_some() {
		fs::write(&path, table()).expect("writable");
	}
	let written = fs::read_to_string(&path).expect("docs/proof-sizes.md");
	assert_eq!(
		written,
		table(),
		"write it anew with SALUS_WRITE_TABLES=1: see 'Adding a call' in CONTRIBUTING.md"
	);
}
