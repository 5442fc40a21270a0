//! How many bytes of state one thing of each kind takes: a patient's handle, a Permit, a record's anchor, a claim.
//! `docs/state-sizes.md` is the table; this test compares it with what a chain in memory has before and after, and writes
//! it when `SALUS_WRITE_TABLES` is set.

use crate::{
	claims::{lines, world, World},
	common::{account, Chain},
};
use frame_support::traits::PalletsInfoAccess;
use pallet_claims::Call as Claim;
use pallet_consent::Grantee;
use pallet_record_anchor::{RetentionClass, Seq};
use salus_primitives::{
	commitment::{merkle_root, Form},
	time::YEAR,
	OrgId, PatientId,
};
use salus_runtime::*;
use sp_core::H256;
use sp_io::hashing::twox_128;
use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

/// What blocks write anew and do not keep, or what has the same size whatever was done.
const PASSING: [&str; 5] = ["System", "Timestamp", "TransactionPayment", "Babe", "Authorship"];

/// Bytes of keys and values, by the pallet.
type Sizes = BTreeMap<&'static str, i64>;

/// What the state has now.
fn sizes() -> Sizes {
	let prefixes: BTreeMap<[u8; 16], &'static str> = AllPalletsWithSystem::infos()
		.into_iter()
		.map(|info| (twox_128(info.name.as_bytes()), info.name))
		.collect();
	let (mut sizes, mut key) = (Sizes::new(), Vec::new());
	while let Some(next) = sp_io::storage::next_key(&key) {
		key = next;
		let Some(prefix) = key.first_chunk::<16>() else { continue };
		let Some(pallet) = prefixes.get(prefix) else { continue };
		if PASSING.contains(pallet) {
			continue;
		}
		let value = sp_io::storage::get(&key).map_or(0, |value| value.len());
		*sizes.entry(pallet).or_default() += (key.len() + value) as i64;
	}
	// An account is of the pallet that holds tokens.
	let accounts = frame_system::Account::<Runtime>::iter_keys()
		.map(|who| frame_system::Account::<Runtime>::hashed_key_for(who).len() as i64 + 80)
		.sum();
	sizes.insert("System.Account", accounts);
	sizes
}

/// The table's rows: what was done, and by how much the state of each pallet grew.
struct Table(Vec<(&'static str, Sizes)>);

impl Table {
	fn row<R>(
		&mut self,
		what: &'static str,
		chain: &mut Chain,
		act: impl FnOnce(&mut Chain) -> R,
	) -> R {
		let before = chain.run(sizes);
		let done = act(chain);
		let mut grown = chain.run(sizes);
		for (pallet, size) in before {
			*grown.entry(pallet).or_default() -= size;
		}
		grown.retain(|_, size| *size != 0);
		self.0.push((what, grown));
		done
	}

	fn written(&self) -> String {
		let mut text = String::from(
			"# Bytes of state\n\n\
			 What one thing of each kind adds to the state: bytes of keys and values, as the pallets store them. The trie above them \
			 and the node's database take more. Written by a test, which fails when a thing \
			 grows. `System.Account` is an account that did not exist before. What is negative was let go.\n\n\
			 | What | Bytes | By pallet |\n|---|---:|---|\n",
		);
		for (what, sizes) in &self.0 {
			let all: i64 = sizes.values().sum();
			let parts: Vec<String> =
				sizes.iter().map(|(pallet, size)| format!("{pallet} {size}")).collect();
			writeln!(text, "| {what} | {all} | {} |", parts.join(", ")).expect("a string");
		}
		text
	}
}

fn anchor(
	org: OrgId,
	commitment: u8,
	about: Option<PatientId>,
	previous: Option<Seq>,
) -> RuntimeCall {
	let call = pallet_record_anchor::Call::anchor {
		org,
		commitment: H256::repeat_byte(commitment),
		form: Form::Bytes,
		subject: about,
		previous: previous.map(|seq| (seq, pallet_record_anchor::Relation::Supersedes)),
		retention: RetentionClass::Standard,
	};
	call.into()
}

fn people(table: &mut Table) {
	let (mut chain, org, patient) = Chain::with_patient();
	let chain = &mut chain;
	table.row("A patient's handle, registered by a hospital", chain, |chain| {
		chain.register(org, "Another")
	});
	for what in ["A patient's first Permit, to an organisation", "A further Permit of hers"] {
		table.row(what, chain, |chain| {
			let permit = chain.permit(Grantee::Organisation(org));
			chain.succeed("Patient", permit);
		});
	}
	table.row("A Permit that she revokes", chain, |chain| {
		chain.succeed("Patient", pallet_consent::Call::revoke { directive: 0 });
	});
	for (what, commitment) in
		[("An organisation's first record about a patient", 1), ("A further one about her", 2)]
	{
		table.row(what, chain, |chain| {
			chain.succeed("Hospital", anchor(org, commitment, Some(patient), None))
		});
	}
	table.row("A record about nobody who is named", chain, |chain| {
		chain.succeed("Hospital", anchor(org, 3, None, None));
	});
	table.row("A later version of that record", chain, |chain| {
		chain.succeed("Hospital", anchor(org, 4, None, Some(2)));
	});
	for (what, root) in [("The first batch of records, of any number", 5), ("A further batch", 6)] {
		table.row(what, chain, |chain| {
			chain.succeed(
				"Hospital",
				pallet_record_anchor::Call::anchor_batch {
					org,
					root: H256::repeat_byte(root),
					leaves: 1_000_000,
					form: Form::Bytes,
					retention: RetentionClass::Standard,
				},
			);
		});
	}
	for (what, root) in [("The first head of an access log", 1), ("A further head", 2)] {
		table.row(what, chain, |chain| {
			let previous = match root {
				1 => H256::zero(),
				_ => {
					chain
						.run(|| pallet_access_log::Custodians::<Runtime>::get(org))
						.expect("begun")
						.head
				},
			};
			let (organisation, seq_from) = (org, root - 1);
			chain.succeed(
				"Hospital",
				pallet_access_log::Call::commit {
					organisation,
					seq_from,
					seq_until: root,
					root: H256::repeat_byte(3),
					previous,
				},
			);
		});
		// Of one day there is one head.
		chain.pass_a_day();
	}
}

fn claims(table: &mut Table) {
	let World { mut chain, hospital, insurer } = world();
	let chain = &mut chain;
	table.row("A coverage, accepted by the member", chain, |chain| {
		let (now, member) = (chain.now(), account("Member"));
		let period = salus_primitives::Interval::new(now, now + YEAR);
		chain.succeed("Adjuster", Claim::enrol { org: insurer, plan: 0, member, period });
		chain.succeed("Member", Claim::accept_coverage { coverage: 0 });
	});
	for (what, encounter, detail) in [
		("A visit with its claim of one line, settled: the member's first", 0, 5),
		("A further visit with its claim", 1, 6),
	] {
		table.row(what, chain, |chain| {
			chain.succeed("Clerk", Claim::open_encounter { org: hospital });
			chain.succeed("Member", Claim::attest { encounter, coverage: 0 });
			let mut lines = lines(15_000);
			lines[0].detail = H256::repeat_byte(detail);
			let root = merkle_root(&[lines[0].detail]).expect("one leaf");
			chain.succeed(
				"Clerk",
				Claim::close_encounter { org: hospital, encounter, root, lines: 1 },
			);
			chain.succeed("Clerk", Claim::submit { org: hospital, encounter, lines });
			let claim =
				chain.run(|| pallet_claims::Claims::<Runtime>::get(encounter)).expect("made");
			assert!(matches!(claim.state, pallet_claims::ClaimState::Settled { .. }), "{claim:?}");
		});
	}
}

#[test]
fn the_table_of_state_sizes_is_that_of_the_chain() {
	let mut table = Table(Vec::new());
	people(&mut table);
	claims(&mut table);
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/state-sizes.md");
	if std::env::var_os("SALUS_WRITE_TABLES").is_some() {
		fs::write(&path, table.written()).expect("writable");
	}
	let written = fs::read_to_string(&path).expect("docs/state-sizes.md");
	assert_eq!(
		written,
		table.written(),
		"something takes another number of bytes; if it must, write the table anew with SALUS_WRITE_TABLES=1"
	);
}
