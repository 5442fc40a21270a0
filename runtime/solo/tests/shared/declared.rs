//! What the calls that are made most declare of their own: what they compute, and how often they touch the state; and how near to
//! a plain transfer each could come. `docs/performance-declared.md` is the table; this test compares it with the weights, and
//! writes it when `SALUS_WRITE_TABLES` is set.

use crate::{
	claims::lines,
	common::{account, pair, sign, Chain, AGREEMENT},
};
use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo},
	weights::{RuntimeDbWeight, Weight},
};
use pallet_balances::WeightInfo as _;
use pallet_claims::WeightInfo as _;
use pallet_consent::{Grantee, WeightInfo as _};
use pallet_patient_identity::WeightInfo as _;
use pallet_record_anchor::{RetentionClass, WeightInfo as _};
use salus_primitives::commitment::Form;
use salus_runtime::*;
use sp_core::H256;
use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

/// How many directives a patient has in force, for the calls that go by them: half of those that the bench gives each
/// (`e2e/src/bench/weighed.ts`).
const DIRECTIVES: u32 = 16;

/// A function of a pallet's `weights.rs`, by the pallet's folder, and its components.
type Function = (&'static str, &'static str, &'static [(&'static str, u64)]);

/// Other calls, each with the parts that it adds where somebody works for one organisation, a patient has three more directives, and no
/// bond and no account changes; and the fees of those who do not pay for themselves. `docs/scaling.md` reckons with them.
const OTHERS: &[(&str, &[Function])] = &[
	(
		"consent.request_access",
		&[("consent", "request_access", &[]), ("consent", "practitioner", &[("e", 1)])],
	),
	("consent.approve", &[("consent", "approve", &[("l", 3)]), ("consent", "sweep", &[])]),
	(
		"acknowledgement.acknowledge",
		&[("acknowledgement", "acknowledge", &[]), ("acknowledgement", "signer", &[("e", 1)])],
	),
	("care.open", &[("care", "open", &[]), ("care", "signer", &[("e", 1)])]),
	("claims.enrol", &[("claims", "enrol", &[])]),
	("claims.accept_coverage", &[("claims", "accept_coverage", &[])]),
	("claims.open_encounter", &[("claims", "open_encounter", &[])]),
	("claims.attest", &[("claims", "attest", &[])]),
	("claims.close_encounter", &[("claims", "close_encounter", &[])]),
	("access_log.commit", &[("access-log", "commit", &[])]),
	(
		"patient_identity.register_for",
		&[("patient-identity", "register_for", &[]), ("patient-identity", "signer", &[("e", 1)])],
	),
	("sponsored_staff_fee", &[("sponsorship", "sponsored_staff_fee", &[])]),
	("sponsored_patient_fee", &[("sponsorship", "sponsored_patient_fee", &[])]),
];

/// A function of `weights.rs`: what it computes, in picoseconds, and how often it touches the state.
#[derive(Clone, Copy, Default)]
struct Own {
	time: u64,
	reads: u64,
	writes: u64,
}

impl Own {
	fn of_database(&self, database: RuntimeDbWeight) -> u64 {
		self.reads * database.read + self.writes * database.write
	}
}

/// A file, from the root of the repository.
fn read(file: &str) -> String {
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file);
	fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

fn number(digits: &str) -> u64 {
	digits.replace('_', "").parse().unwrap_or_else(|_| panic!("{digits} is no number"))
}

/// A function as the text of `file` has it, whose form is that of `scripts/frame-weight-template.hbs`: a `Weight` does not tell
/// computing and accesses apart.
fn written_in(file: &str, function: &str, components: &BTreeMap<&str, u64>) -> Own {
	let text = read(file);
	let body = text
		.split("WeightInfo for SubstrateWeight<T> {")
		.nth(1)
		.and_then(|rest| rest.split(&format!("\n\tfn {function}(")).nth(1))
		.and_then(|rest| rest.split("\n\t}").next())
		.unwrap_or_else(|| panic!("{file} has no {function}"));
	let mut own = Own::default();
	for line in body.lines() {
		let component =
			line.split(".saturating_mul(").nth(1).and_then(|rest| rest.split('.').next());
		let times = component.map_or(1, |name| components[name]);
		if let Some(rest) = line.split("Weight::from_parts(").nth(1) {
			own.time += times * number(rest.split(',').next().expect("a time"));
		}
		if let Some((what, rest)) =
			line.split("DbWeight::get().").nth(1).and_then(|rest| rest.split_once('('))
		{
			let count =
				number(rest.trim_start_matches('(').split("_u64").next().expect("a number"));
			match what {
				"reads" => own.reads += times * count,
				"writes" => own.writes += times * count,
				other => panic!("{file}: what is {other}?"),
			}
		}
	}
	own
}

/// A call, and where its weight is written.
struct Hot {
	name: &'static str,
	file: &'static str,
	own: Own,
	call: RuntimeCall,
}

/// Takes a function of weights apart, and makes sure that the runtime declares the same.
fn hot(
	name: &'static str,
	(file, function): (&'static str, &str),
	components: &[(&str, u64)],
	declared: Weight,
	call: RuntimeCall,
) -> Hot {
	let own = written_in(file, function, &components.iter().copied().collect());
	let database = <Runtime as frame_system::Config>::DbWeight::get();
	assert_eq!(own.time + own.of_database(database), declared.ref_time(), "{name}: {file}");
	Hot { name, file, own, call }
}

/// The first is the one that the others are compared with.
fn every_hot(chain: &Chain) -> Vec<Hot> {
	type Transfers = <Runtime as pallet_balances::Config>::WeightInfo;
	type Handles = <Runtime as pallet_patient_identity::Config>::WeightInfo;
	type Directives = <Runtime as pallet_consent::Config>::WeightInfo;
	type Anchors = <Runtime as pallet_record_anchor::Config>::WeightInfo;
	type OfClaims = <Runtime as pallet_claims::Config>::WeightInfo;
	let live = [("l", u64::from(DIRECTIVES))];
	let (consent, anchors) =
		("pallets/consent/src/weights.rs", "pallets/record-anchor/src/weights.rs");
	let retention = RetentionClass::Standard;
	vec![
		hot(
			"balances.transfer_keep_alive",
			("runtime/common/composed/measured/pallet_balances.rs", "transfer_keep_alive"),
			&[],
			Transfers::transfer_keep_alive(),
			pallet_balances::Call::<Runtime>::transfer_keep_alive {
				dest: account("Bob").into(),
				value: 1,
			}
			.into(),
		),
		hot(
			"patient_identity.register",
			("pallets/patient-identity/src/weights.rs", "register"),
			&[],
			Handles::register(),
			pallet_patient_identity::Call::register { agreement_key: AGREEMENT }.into(),
		),
		hot(
			"consent.permit (to an organisation)",
			(consent, "permit"),
			&live,
			Directives::permit(DIRECTIVES),
			chain.permit(Grantee::Organisation(0)),
		),
		hot(
			"consent.revoke",
			(consent, "revoke"),
			&live,
			Directives::revoke(DIRECTIVES),
			pallet_consent::Call::revoke { directive: 0 }.into(),
		),
		hot(
			"record_anchor.anchor",
			(anchors, "anchor"),
			&[],
			Anchors::anchor(),
			pallet_record_anchor::Call::anchor {
				org: 0,
				commitment: H256::repeat_byte(1),
				form: Form::Bytes,
				subject: None,
				previous: None,
				retention,
			}
			.into(),
		),
		hot(
			"record_anchor.anchor_batch",
			(anchors, "anchor_batch"),
			&[],
			Anchors::anchor_batch(),
			pallet_record_anchor::Call::anchor_batch {
				org: 0,
				root: H256::repeat_byte(1),
				leaves: 65_536,
				form: Form::Bytes,
				retention,
			}
			.into(),
		),
		hot(
			"claims.submit (one line)",
			("pallets/claims/src/weights.rs", "submit"),
			&[("n", 1)],
			OfClaims::submit(1),
			pallet_claims::Call::submit { org: 0, encounter: 0, lines: lines(15_000) }.into(),
		),
	]
}

fn base() -> u64 {
	let weights = <Runtime as frame_system::Config>::BlockWeights::get();
	weights.get(DispatchClass::Normal).base_extrinsic.ref_time()
}

/// What the extensions of a transaction with `call` declare, and what the whole of it does before it is made.
fn of_transaction(chain: &mut Chain, call: RuntimeCall) -> (u64, u64) {
	let info = chain.run(|| sign(&pair("Alice"), call, 0).get_dispatch_info());
	let extensions = info.extension_weight.ref_time();
	(extensions, base() + extensions + info.call_weight.ref_time())
}

/// Microseconds, with one decimal.
fn micros(picoseconds: u64) -> String {
	let tenths = (picoseconds + 50_000) / 100_000;
	format!("{}.{}", tenths / 10, tenths % 10)
}

/// Hundredths of one, rounded down: a ceiling is not reached sooner than it is.
fn share(part: u64, whole: u64) -> String {
	let hundredths = part * 100 / whole;
	format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Which machine measured a file, by its header.
fn measured(file: &str) -> String {
	let text = read(file);
	let said = text.lines().filter_map(|line| line.strip_prefix("//! "));
	let said = said.filter(|line| line.starts_with("Date: ") || line.starts_with("Reference: "));
	said.collect::<Vec<_>>().join(" ")
}

/// What a call declares with all of its parts.
fn sum(functions: &[Function]) -> Own {
	functions.iter().fold(Own::default(), |sum, (pallet, function, components)| {
		let file = format!("pallets/{pallet}/src/weights.rs");
		let own = written_in(&file, function, &components.iter().copied().collect());
		Own {
			time: sum.time + own.time,
			reads: sum.reads + own.reads,
			writes: sum.writes + own.writes,
		}
	})
}

/// What `scripts/overhead.mjs` takes off the measured base of a transaction is what its extensions declare again, and all of it but the
/// fee. An extension that comes or goes must be in both.
#[test]
fn what_is_taken_off_the_base_of_a_transaction_is_declared_by_its_extensions() {
	let script = read("scripts/overhead.mjs");
	let list = script.split("const DECLARED = [").nth(1).and_then(|rest| rest.split(']').next());
	let mut own = ["charge_transaction_payment"]
		.map(|name| ("pallet_transaction_payment", name))
		.into_iter()
		.chain(
			list.expect("a list")
				.split('\'')
				.skip(1)
				.step_by(2)
				.map(|name| ("frame_system_extensions", name)),
		)
		.map(|(file, name)| {
			let file = format!("runtime/common/composed/measured/{file}.rs");
			written_in(&file, name, &BTreeMap::new())
		});
	let database = <Runtime as frame_system::Config>::DbWeight::get();
	let mut sum = own.next().expect("the fee").time;
	for extension in own {
		sum += extension.time + extension.of_database(database);
	}
	let mut chain = Chain::development();
	let remark = frame_system::Call::remark { remark: Vec::new() };
	let (extensions, _) = of_transaction(&mut chain, remark.into());
	assert_eq!(extensions, sum);
}

fn table() -> String {
	let mut chain = Chain::development();
	let calls = every_hot(&chain);
	let database = <Runtime as frame_system::Config>::DbWeight::get();
	let transfer = calls.first().expect("transfers");
	let (extensions, _) = of_transaction(&mut chain, transfer.call.clone());
	let fixed = base() + extensions;
	let of_transfer = fixed + transfer.own.time + transfer.own.of_database(database);
	let mut text = String::from(
		"# What hot calls declare\n\n\
		 What the calls that are made most declare, by the weights that the runtime is built from. Written by a test, which fails when a weight \
		 changes. What it means for the rate of a call, and what is aimed at: [performance.md](performance.md).\n\n",
	);
	let _ = write!(
		text,
		"Times are in µs. A read of the state declares {}, a write {}; every signed transaction {} for itself and {} for its extensions, if it is \
		 neither sponsored nor free. *Without computing* is that and the accesses of the call; *ceiling* the share of the rate of transfers that \
		 a call would reach if it declared no more than that. *Before it is made* is what the transaction declares with all that the state may \
		 turn out to need, and gives back if not. The two calls of consent have {DIRECTIVES} directives in force. A revocation is free: it gives back what taking the fee \
		 declares, and declares what its condition reads, so its ceiling is not exact.\n\n\
		 | Call | its own computing | reads | writes | database | without computing | together | ceiling | with its computing | before it is made |\n\
		 |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n",
		micros(database.read),
		micros(database.write),
		micros(base()),
		micros(extensions),
	);
	for Hot { name, own, call, .. } in &calls {
		let floor = fixed + own.of_database(database);
		let together = floor + own.time;
		let (_, before) = of_transaction(&mut chain, call.clone());
		let _ = writeln!(
			text,
			"| `{name}` | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
			micros(own.time),
			own.reads,
			own.writes,
			micros(own.of_database(database)),
			micros(floor),
			micros(together),
			share(of_transfer, floor),
			share(of_transfer, together),
			micros(before),
		);
	}
	let _ = write!(
		text,
		"\nOther calls that [scaling.md](scaling.md) reckons with, and fees, after what was given back: with one employer of whoever signs or is named, \
		 three more directives of the patient, some of which go to the history, and no bond and no account that begins, grows or ends.\n\n\
		 | Of its own | computing | reads | writes | together |\n|---|---:|---:|---:|---:|\n"
	);
	for (name, functions) in OTHERS {
		let own = sum(functions);
		let _ = writeln!(
			text,
			"| `{name}` | {} | {} | {} | {} |",
			micros(own.time),
			own.reads,
			own.writes,
			micros(own.time + own.of_database(database)),
		);
	}
	text.push_str("\n| Measured | |\n|---|---|\n");
	let of_machine = ["database", "extrinsic"];
	let of_machine = of_machine.map(|name| format!("runtime/common/composed/measured/{name}.rs"));
	let files: Vec<&str> =
		calls.iter().map(|call| call.file).chain(of_machine.iter().map(String::as_str)).collect();
	for (at, file) in files.iter().enumerate() {
		if !files[..at].contains(file) {
			let _ = writeln!(text, "| `{file}` | {} |", measured(file));
		}
	}
	text
}

#[test]
fn the_table_of_what_hot_calls_declare_is_that_of_the_weights() {
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/performance-declared.md");
	if std::env::var_os("SALUS_WRITE_TABLES").is_some() {
		fs::write(&path, table()).expect("writable");
	}
	let written = fs::read_to_string(&path).expect("docs/performance-declared.md");
	assert_eq!(
		written,
		table(),
		"write it anew with SALUS_WRITE_TABLES=1: see 'Adding a call' in CONTRIBUTING.md"
	);
}
