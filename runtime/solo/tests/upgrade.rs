//! The present version takes over the state that released versions left behind.
//!
//! The fixtures hold the whole state, without the code, of a chain on which that version played the
//! care journey (`salus-node export-state`). Layouts, counters and deposits are as it wrote them.
#![cfg(feature = "try-runtime")]

use frame_support::{
	migrations::SteppedMigration,
	traits::{
		GetStorageVersion, OnRuntimeUpgrade, PalletInfoAccess, StorageVersion, TryState,
		TryStateSelect,
	},
	weights::{Weight, WeightMeter},
};
use salus_runtime::{migrations::rehearsal::RecodeAnchors, *};
use sp_core::{bytes::from_hex, storage::Storage};
use std::collections::BTreeMap;

/// The state that a released version left behind, and that version's number.
const STATES: [(u32, &str); 1] = [(1_000, include_str!("fixtures/state-1000.json"))];

fn with_state(json: &str) -> sp_io::TestExternalities {
	let entries: BTreeMap<String, String> = serde_json::from_str(json).expect("a flat object");
	let bytes = |hex: &String| from_hex(hex).expect("hex");
	let top = entries.iter().map(|(key, value)| (bytes(key), bytes(value))).collect();
	sp_io::TestExternalities::new(Storage { top, children_default: Default::default() })
}

fn every_invariant_holds() {
	let number = System::block_number();
	AllPalletsWithSystem::try_state(number, TryStateSelect::All).expect("every invariant holds");
}

#[test]
fn the_state_of_every_released_version_is_carried_over() {
	for (version, json) in STATES {
		with_state(json).execute_with(|| {
			assert_eq!(System::last_runtime_upgrade_spec_version(), version);
			assert!(VERSION.spec_version > version);
			let (anchors, directives, claims) = contents();
			assert!(anchors > 0 && directives > 0 && claims > 0, "the journey left its traces");

			// Runs what a block of the upgrade runs, with the hooks before and after, and every
			// invariant on either side.
			Executive::try_runtime_upgrade(frame_try_runtime::UpgradeCheckSelect::All)
				.expect("the upgrade succeeds");

			every_invariant_holds();
			assert_eq!(contents(), (anchors, directives, claims), "nothing was lost");
		});
	}
}

/// How many anchors, patients' directives and claims there are, and thus can be read.
fn contents() -> (usize, usize, usize) {
	(
		pallet_record_anchor::Anchors::<Runtime>::iter().count(),
		pallet_consent::Live::<Runtime>::iter().count(),
		pallet_claims::Claims::<Runtime>::iter().count(),
	)
}

/// The journey's patient approved what a clinician asked for itself, and revoked it. Had it not, the
/// upgrade would narrow it.
#[test]
fn a_permit_that_a_person_asked_for_holds_for_the_asking_organisation_after_the_upgrade() {
	use pallet_consent::{EndReason, Grantee, Live};
	let (_, json) = STATES[0];
	with_state(json).execute_with(|| {
		let (patient, mut live) = Live::<Runtime>::iter().next().expect("a patient");
		let (old, directive) = live.entries.get_mut(0).expect("a directive");
		let Grantee::Practitioner(who) = directive.grantee.clone() else {
			panic!("not a person: {directive:?}")
		};
		let (old, basis, until) = (*old, directive.basis, directive.period.until);
		directive.ended = None;
		Live::<Runtime>::insert(patient, live);
		let agreed = pallet_consent::Agreements::<Runtime>::get(patient, old).expect("agreed");
		let last_second = Timestamp::get() / 1_000;

		Executive::try_runtime_upgrade(frame_try_runtime::UpgradeCheckSelect::All)
			.expect("the upgrade succeeds");

		let history = Consent::history(&patient, 0).expect("a page");
		let (id, ended) = history.first().expect("the one that ended");
		assert_eq!((*id, ended.ended.expect("ended").why), (old, EndReason::Replaced));
		assert!(ended.in_force(last_second), "who asked in the last second was answered by it");
		let directives = Consent::directives(&patient);
		let [(new, directive)] = &directives[..] else { panic!("one: {directives:?}") };
		assert_eq!(directive.grantee, Grantee::PractitionerAt(who, agreed.organisation));
		assert_eq!((directive.basis, directive.period.until), (basis, until));
		assert_eq!(directive.ended, None);
		assert_eq!(directive.period.from, last_second + 1, "the block of the upgrade is later");
		let kept = pallet_consent::Agreements::<Runtime>::get(patient, new).expect("kept");
		assert_eq!((kept.organisation, kept.terms), (agreed.organisation, agreed.terms));
		every_invariant_holds();
	});
}

#[test]
fn a_pallet_that_comes_with_the_upgrade_has_its_storage_version_and_its_defaults() {
	for (_, json) in STATES {
		with_state(json).execute_with(|| {
			assert_eq!(StorageVersion::get::<Enactment>(), StorageVersion::new(0));
			<AllPalletsWithSystem as frame_support::traits::BeforeAllRuntimeMigrations>::before_all_runtime_migrations();
			<migrations::SingleBlockMigrations as OnRuntimeUpgrade>::on_runtime_upgrade();
			assert_eq!(Enactment::on_chain_storage_version(), Enactment::in_code_storage_version());
			assert_eq!(
				pallet_enactment::Floors::<Runtime>::get(),
				configs::governance::EnactmentFloors::get(),
				"a real network's floors, since no genesis wrote others"
			);
			assert_eq!(Enactment::name(), "Enactment");
			// A chain that exists changes nothing until its bodies decide.
			assert_eq!(Care::on_chain_storage_version(), Care::in_code_storage_version());
			assert_eq!(Emergency::on_chain_storage_version(), Emergency::in_code_storage_version());
			assert_eq!(AccessLog::on_chain_storage_version(), AccessLog::in_code_storage_version());
			assert_eq!(Research::on_chain_storage_version(), Research::in_code_storage_version());
			assert_eq!(Sealed::on_chain_storage_version(), Sealed::in_code_storage_version());
			assert!(pallet_care::Policies::<Runtime>::get().is_empty(), "consent alone");
			assert_eq!(
				Acknowledgement::on_chain_storage_version(),
				Acknowledgement::in_code_storage_version()
			);
			let now = Timestamp::get() / 1_000;
			let since = pallet_acknowledgement::Since::<Runtime>::get();
			assert!(now > 0 && since == now, "nobody is overdue because of the upgrade");
		});
	}
}

#[test]
fn a_migration_over_several_blocks_ends_within_its_bound_and_loses_nothing() {
	for (_, json) in STATES {
		with_state(json).execute_with(|| {
			// Those of one block come before it, as in every upgrade.
			<migrations::SingleBlockMigrations as OnRuntimeUpgrade>::on_runtime_upgrade();
			let anchors = pallet_record_anchor::Anchors::<Runtime>::iter().count() as u32;
			let before = RecodeAnchors::pre_upgrade().expect("it can be read");
			let blocks = step_through::<RecodeAnchors>(configs::chain::MAXIMUM_BLOCK_WEIGHT);
			let needed = anchors / migrations::rehearsal::ANCHORS_PER_BLOCK + 1;
			assert_eq!(blocks, needed, "{anchors} anchors");
			RecodeAnchors::post_upgrade(before).expect("nothing was changed");
			every_invariant_holds();
		});
	}
}

/// Steps a migration to its end, with `limit` for each block. How many blocks it took.
fn step_through<M: SteppedMigration>(limit: Weight) -> u32 {
	let bound = M::max_steps().expect("it is bounded");
	let (mut cursor, mut blocks) = (None, 0);
	loop {
		let mut meter = WeightMeter::with_limit(limit);
		cursor = M::transactional_step(cursor, &mut meter).expect("a step");
		blocks += 1;
		assert!(blocks <= bound);
		if cursor.is_none() {
			return blocks;
		}
	}
}

/// Who is licensed is answered from the licences until the migration has come to an organisation, and afterwards from what it kept.
#[test]
fn the_last_times_under_licences_are_kept_over_several_blocks_and_no_answer_changes() {
	use pallet_registry::{LastLicensed, Licences, Organisations};
	use salus_primitives::traits::Credentials;
	type Keep = migrations::UnreleasedSteps;
	for (_, json) in STATES {
		with_state(json).execute_with(|| {
			<migrations::SingleBlockMigrations as OnRuntimeUpgrade>::on_runtime_upgrade();
			let now = Timestamp::get() / 1_000;
			let kinds = || {
				let mut organisations: Vec<_> = Organisations::<Runtime>::iter_keys().collect();
				organisations.sort_unstable();
				let kinds = |org| <Registry as Credentials<AccountId>>::licensed_kinds(org, now);
				organisations.into_iter().map(kinds).collect::<Vec<_>>()
			};
			assert_eq!(LastLicensed::<Runtime>::iter().count(), 0, "that version did not keep it");
			let before = kinds();
			assert!(before.iter().any(|kinds| !kinds.is_empty()), "some are licensed");
			every_invariant_holds();

			let licences: Vec<_> = Licences::<Runtime>::iter().map(|(org, ..)| org).collect();
			// With room for one organisation in each block; and once more, which changes nothing, with what a block has.
			let all = configs::system::MigrationsMaxServiceWeight::get();
			for (limit, blocks) in [(Keep::of_one(), before.len()), (all, 0)] {
				let seen = Keep::pre_upgrade().expect("it can be read");
				assert_eq!(step_through::<Keep>(limit) as usize, blocks + 1);
				Keep::post_upgrade(seen).expect("it is what the licences say");
				assert_eq!(kinds(), before);
				assert!(licences.iter().all(LastLicensed::<Runtime>::contains_key));
				every_invariant_holds();
			}
		});
	}
}

#[test]
fn a_step_without_enough_weight_says_so_and_changes_nothing() {
	use frame_support::migrations::SteppedMigrationError;
	let (_, json) = STATES[0];
	with_state(json).execute_with(|| {
		let mut meter = WeightMeter::with_limit(Default::default());
		let outcome = RecodeAnchors::transactional_step(None, &mut meter);
		assert!(matches!(outcome, Err(SteppedMigrationError::InsufficientWeight { .. })));
	});
}
