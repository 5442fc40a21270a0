//! Every call that costs its signer nothing has a party that limits it, and every call that leaves an
//! account for ever has somebody who has put something down for it. A new call must be entered here.

use crate::common::{account, every_call, Chain};
use crate::runtime::*;
use frame_support::{
	assert_ok,
	storage::{with_transaction, TransactionOutcome},
};
use pallet_sponsorship::{Budget, Entitlement, FreeCallConditions};
use salus_primitives::{time::DAY, Interval, Role};
use sp_runtime::DispatchError;
use std::{
	collections::{BTreeMap, BTreeSet},
	fs,
	path::Path,
};

/// What limits a call that costs its signer nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Bound {
	/// The budget that an organisation has for its staff; for breaking the glass, also the one that it has for that alone.
	Staff,
	/// The budget that an organisation has for what patients can make it answer, and for nothing else; of staff that answers them
	/// besides, as clinicians do, the one for staff.
	Answers,
	/// The budget that an organisation has for the patients whom it registered.
	Patients,
	/// The same, and what is set aside for the patient: less than the deposit for its handle, of which an
	/// organisation registers so many a day.
	Tightening,
	/// The budget that a payer has for its members, and what is set aside for the member: less than the
	/// bond for its coverage.
	Members,
	/// It is free, and uses up what these calls have made. They are paid for, by a signer or a sponsor.
	UsesUp(&'static [&'static str]),
}
use Bound::*;

const BOUNDS: &[(&str, Bound)] = &[
	("Registry.accept_affiliation", Staff),
	("Registry.decline", UsesUp(&["Registry.apply"])),
	("Registry.suspend", UsesUp(&["Registry.admit", "Registry.renew", "Registry.reinstate"])),
	("Registry.revoke", UsesUp(&["Registry.admit"])),
	("Registry.decline_affiliation", UsesUp(&["Registry.invite"])),
	("Registry.cancel_invitation", UsesUp(&["Registry.invite"])),
	("Registry.end_affiliation", UsesUp(&["Registry.accept_affiliation"])),
	("PatientIdentity.register_for", Staff),
	("PatientIdentity.add_key", Patients),
	("PatientIdentity.remove_key", Patients),
	("PatientIdentity.rotate_agreement_key", Patients),
	("PatientIdentity.unfreeze", Patients),
	("PatientIdentity.retire", Patients),
	("PatientIdentity.complete_retirement", Patients),
	("PatientIdentity.cancel_pending_key", UsesUp(&["PatientIdentity.add_key"])),
	("PatientIdentity.cancel_key_removal", UsesUp(&["PatientIdentity.remove_key"])),
	("PatientIdentity.cancel_rotation", UsesUp(&["PatientIdentity.rotate_agreement_key"])),
	("PatientIdentity.cancel_unfreeze", UsesUp(&["PatientIdentity.unfreeze"])),
	("PatientIdentity.cancel_retirement", UsesUp(&["PatientIdentity.retire"])),
	(
		"PatientIdentity.freeze",
		UsesUp(&[
			"PatientIdentity.register",
			"PatientIdentity.register_for",
			"PatientIdentity.unfreeze",
		]),
	),
	(
		"PatientIdentity.remove_own_key",
		UsesUp(&[
			"PatientIdentity.register",
			"PatientIdentity.register_for",
			"PatientIdentity.add_key",
		]),
	),
	("Consent.permit", Patients),
	("Consent.approve", Patients),
	("Consent.lift", Patients),
	("Consent.lift_veto", Patients),
	("Consent.apply_lift", Patients),
	("Consent.expire_request", Patients),
	("Consent.unblock_requester", Patients),
	("Consent.deny", Tightening),
	("Consent.block_requester", Tightening),
	("Consent.request_access", Staff),
	("Consent.revoke", UsesUp(&["Consent.permit", "Consent.approve"])),
	(
		"Consent.veto_purpose",
		UsesUp(&["PatientIdentity.register", "PatientIdentity.register_for", "Consent.lift_veto"]),
	),
	(
		"Consent.set_base_decision",
		UsesUp(&[
			"PatientIdentity.register",
			"PatientIdentity.register_for",
			"Consent.relax_base_decision",
		]),
	),
	("Consent.relax_base_decision", Patients),
	("Consent.decline", UsesUp(&["Consent.request_access"])),
	(
		"Consent.cancel_lift",
		UsesUp(&[
			"Consent.lift",
			"Consent.lift_veto",
			"Consent.unblock_requester",
			"Consent.relax_base_decision",
		]),
	),
	("RecordAnchor.anchor", Staff),
	("RecordAnchor.anchor_batch", Staff),
	("RecordAnchor.anchor_many", Staff),
	("RecordAnchor.retract", Staff),
	("RecordAnchor.answer_dispute", Answers),
	("RecordAnchor.extend_dispute", Answers),
	("RecordAnchor.extend_retention", Staff),
	("RecordAnchor.refuse_erasure", Answers),
	("RecordAnchor.shred", Answers),
	("RecordAnchor.acknowledge", Patients),
	("RecordAnchor.dispute", Tightening),
	("RecordAnchor.request_erasure", Patients),
	("RecordAnchor.withdraw_erasure", Tightening),
	("Claims.enrol", Staff),
	("Claims.rekey_coverage", Staff),
	("Claims.open_encounter", Staff),
	("Claims.open_emergency", Staff),
	("Claims.attest_for", Staff),
	("Claims.close_encounter", Staff),
	("Claims.amend_encounter", Staff),
	("Claims.submit", Staff),
	("Claims.correct", Staff),
	("Claims.void", Staff),
	("Claims.request_information", Staff),
	("Claims.answer", Staff),
	("Claims.decide", Staff),
	("Claims.accept_coverage", Members),
	("Claims.terminate_coverage", Members),
	("Claims.accept_rekey", Members),
	("Claims.attest", Members),
	("Claims.cancel_rekey", UsesUp(&["Claims.rekey_coverage"])),
	("Care.invite", Patients),
	("Care.withdraw_invitation", UsesUp(&["Care.invite", "Care.refer"])),
	("Care.open", Staff),
	("Care.open_for", Staff),
	("Care.refer", Staff),
	("Care.end", UsesUp(&["Care.open", "Care.open_for"])),
	("Care.leave", UsesUp(&["Care.open", "Care.open_for"])),
	("Care.end_for", Staff),
	(
		"Care.opt_out",
		UsesUp(&["PatientIdentity.register", "PatientIdentity.register_for", "Care.opt_in"]),
	),
	("Care.opt_out_of", Tightening),
	("Care.opt_in", Patients),
	("Care.apply_opt_in", Patients),
	("Care.cancel_opt_in", UsesUp(&["Care.opt_in"])),
	("Emergency.break_glass", Staff),
	("Emergency.break_glass_late", Staff),
	("Emergency.review", Staff),
	("Emergency.dispute", UsesUp(&["Emergency.review"])),
	("Emergency.rule", Staff),
	(
		"Emergency.set_advance_directive",
		UsesUp(&[
			"PatientIdentity.register",
			"PatientIdentity.register_for",
			"Emergency.relax_advance_directive",
		]),
	),
	("Emergency.relax_advance_directive", Patients),
	("Emergency.apply_relaxation", Patients),
	("Emergency.cancel_relaxation", UsesUp(&["Emergency.relax_advance_directive"])),
	("AccessLog.commit", Staff),
	("AccessLog.attest_reconciled", Staff),
	("AccessLog.begin_anew", Staff),
	("Acknowledgement.acknowledge", Answers),
	("Acknowledgement.mark_overdue", Patients),
	("Research.open_population", Staff),
	("Research.propose_budget", Staff),
	("Research.vote_budget", Staff),
	("Research.conclude_budget", Staff),
	("Research.offer_dataset", Staff),
	("Research.publish_version", Staff),
	("Research.retire_dataset", Staff),
	("Research.register_study", Staff),
	("Research.amend_study", Staff),
	("Research.approve_ethics", Staff),
	("Research.suspend_ethics", Staff),
	("Research.withdraw_ethics", Staff),
	("Research.request", Staff),
	("Research.vote", Staff),
	("Research.conclude", Staff),
	("Research.accept_terms", Staff),
	("Research.renew", Staff),
	("Research.report", Staff),
	("Research.record_output", Staff),
	("Research.close_out", Staff),
	("Research.revoke", Staff),
	("Research.reserve_query", Staff),
	("Research.settle_query", Staff),
	("Sealed.permit_sealed", Patients),
	("Sealed.deny_sealed", Tightening),
	("Sealed.revoke", UsesUp(&["Sealed.permit_sealed"])),
	("Sealed.lift", Patients),
	("Sealed.apply_lift", Patients),
	("Sealed.cancel_lift", UsesUp(&["Sealed.lift"])),
];

fn is_free(call: &RuntimeCall) -> bool {
	<Runtime as pallet_sponsorship::Config>::FreeCallConditions::condition_weight(call).is_some()
}

#[test]
fn every_call_that_costs_its_signer_nothing_has_its_bound() {
	let mut chain = Chain::development();
	chain.run(|| {
		let known: BTreeMap<_, _> = BOUNDS.iter().copied().collect();
		assert_eq!(known.len(), BOUNDS.len(), "a call is entered twice");
		let calls: BTreeMap<_, _> = every_call().into_iter().collect();
		let mut expected = BTreeSet::new();
		for (name, call) in &calls {
			let (free, sponsored) = (is_free(call), Sponsorship::is_sponsored(call));
			assert!(!(free && sponsored), "{name} is free and sponsored");
			if free || sponsored {
				expected.insert(name.as_str());
				let bound = known.get(name.as_str());
				let bound =
					bound.unwrap_or_else(|| panic!("who limits {name}? Enter it in BOUNDS"));
				assert_eq!(free, matches!(bound, UsesUp(_)), "{name}");
			}
		}
		for (name, bound) in BOUNDS {
			assert!(expected.contains(name), "{name} costs its signer something, or is not there");
			let UsesUp(makers) = bound else { continue };
			assert!(!makers.is_empty(), "{name}");
			for maker in *makers {
				let made = calls.get(*maker).unwrap_or_else(|| panic!("{maker} is no call"));
				assert!(!is_free(made), "{name} uses up what {maker} makes for nothing");
			}
		}
	});
}

/// The budgets with which the runtime really pays for each call, by whoever can make it: what is
/// entered above is true, and the last of them is kept by an organisation, which nobody multiplies.
#[test]
fn what_is_sponsored_is_on_the_budget_that_is_entered_and_an_organisation_keeps_it() {
	let (mut chain, _, _) = Chain::with_patient();
	// All calls are made of zeros: organisation 0, coverage 0 and the role 0.
	let until = chain.now() + 10 * DAY;
	for (name, role) in [
		("Staff", Role::Nurse),
		("Doctor", Role::Clinician),
		("Officer", Role::PrivacyOfficer),
		("Guest", Role::Clinician),
	] {
		let invite = pallet_registry::Call::invite { org: 0, account: account(name), role, until };
		chain.succeed("Registrar", invite);
		if name != "Guest" {
			chain.succeed(name, pallet_registry::Call::accept_affiliation { org: 0, role });
		}
	}
	chain.run(|| {
		let outcome = with_transaction(|| {
			let coverage = pallet_claims::Coverage {
				payer: 0,
				plan: 0,
				version: 0,
				member: account("Member"),
				period: Interval::ALWAYS,
				accepted: None,
				next_key: None,
			};
			pallet_claims::Coverages::<Runtime>::insert(0, coverage);
			every_budget_is_as_entered();
			TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
		});
		assert_ok!(outcome);
	});
}

fn every_budget_is_as_entered() {
	use pallet_sponsorship::Budgeting;
	type Budgets = <Runtime as pallet_sponsorship::Config>::Budgeting;
	let calls: BTreeMap<_, _> = every_call().into_iter().collect();
	for (name, bound) in BOUNDS {
		let Some(call) = calls.get(*name) else { panic!("{name} is no call") };
		if matches!(bound, UsesUp(_)) {
			continue;
		}
		let entitled: Vec<Entitlement> =
			["Staff", "Doctor", "Officer", "Guest", "Patient", "Member"]
				.iter()
				.filter_map(|who| Budgets::entitlement(&account(who), call))
				.collect();
		assert!(!entitled.is_empty(), "{name} is sponsored for nobody");
		let apart = entitled.iter().filter(|of| matches!(of, Entitlement::StaffAnswering { .. }));
		assert_eq!(apart.count(), usize::from(*bound == Answers), "{name}");
		for entitlement in entitled {
			let found = match entitlement {
				// Who is no officer, and answers all the same.
				Entitlement::Staff(0) if *bound == Answers => Answers,
				Entitlement::Staff(0) => Staff,
				Entitlement::StaffAnswering { organisation: 0, .. } => Answers,
				Entitlement::StaffInEmergency { organisation: 0, .. } => {
					assert!(name.starts_with("Emergency.break_glass"), "{name} is no emergency");
					Staff
				},
				Entitlement::Patient { tightens: true, .. } => Tightening,
				Entitlement::Patient { tightens: false, .. } => Patients,
				Entitlement::Member { payer: 0, coverage: 0 } => Members,
				other => panic!("{name} is on {other:?}"),
			};
			assert_eq!(found, *bound, "{name}");
			let ways = Sponsorship::ways(&entitlement);
			for (position, way) in ways.iter().enumerate() {
				let last = way.last().and_then(|limit| limit.budget).expect("a shared budget");
				match last {
					// What is set aside, and only where nothing else suffices.
					Budget::PatientReserve(_) => assert_eq!((found, position), (Tightening, 1)),
					Budget::MemberReserve(_) => assert_eq!((found, position), (Members, 1)),
					kept => assert!(kept.organisation().is_some(), "{name} is on {kept:?}"),
				}
			}
		}
	}
}

/// The benchmarks of the fee adapter weigh calls that the pot really pays for.
#[cfg(feature = "runtime-benchmarks")]
#[test]
fn the_calls_of_the_benchmarks_are_sponsored() {
	use configs::fees::{PatientReserve, SponsoredCallHelper};
	use pallet_sponsorship::BenchmarkHelper;
	type Helper = SponsoredCallHelper;
	let mut chain = Chain::development();
	chain.run(|| {
		let outcome = with_transaction(|| {
			let staff = <Helper as BenchmarkHelper<AccountId, RuntimeCall>>::sponsored_staff();
			let patient = <Helper as BenchmarkHelper<AccountId, RuntimeCall>>::sponsored_patient();
			for (who, call) in [staff, patient] {
				let quote = Sponsorship::quote(who, call, PatientReserve::get());
				assert_eq!(quote.map(|quote| quote.payer), Ok(Sponsorship::pot()));
			}
			TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
		});
		assert_ok!(outcome);
	});
}

/// Where accounts are let in that hold no tokens, and let go, in which function of which file; and what pays
/// for each. letting_go.rs plays every way in and out.
const WELCOMES: &[(&str, &str, &str)] = &[
	// A deposit, of which a part stays when the handle is retired.
	("patient-identity/src/impls/registration.rs", "create", "welcome"),
	// Forgotten when the key is cancelled; the call is on the budget of the patients of an organisation.
	("patient-identity/src/impls/keys.rs", "do_add_key", "invite"),
	("patient-identity/src/impls/keys.rs", "forget", "dismiss"),
	// Forgotten when the invitation is taken back or declined; so many a day of each organisation.
	("registry/src/impls/affiliations.rs", "do_invite", "invite"),
	("registry/src/impls/affiliations.rs", "remove_invitation", "dismiss"),
	// The deposit of the affiliation, which stays.
	("registry/src/impls/affiliations.rs", "do_accept_affiliation", "welcome"),
	// The bond of the payer, which stays.
	("claims/src/impls/coverages.rs", "offer", "welcome"),
	// A decision of the Council, or the genesis.
	("registry/src/impls/registrars.rs", "do_appoint_registrar", "welcome"),
	("registry/src/genesis.rs", "build_genesis", "welcome"),
	// What all of the above comes to.
	("sponsorship/src/impls.rs", "let_in", "reference"),
	// One settlement account of each organisation.
	("claims/src/impls/mod.rs", "ensure_account", "reference"),
];

/// Reads the sources: there is no other way to see a call that forgets it.
#[test]
fn every_place_that_lets_an_account_in_for_ever_is_paid_for() {
	let pallets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pallets");
	let mut found = Vec::new();
	visit(&pallets, &mut |path| {
		let relative = path.strip_prefix(&pallets).expect("below").to_string_lossy().into_owned();
		let is_test = ["/tests/", "mock.rs", "/mock/", "benchmarking.rs", "primitives/"];
		if !relative.ends_with(".rs") || is_test.iter().any(|part| relative.contains(part)) {
			return;
		}
		let mut function = String::new();
		for line in fs::read_to_string(path).expect("readable").lines() {
			if let Some((_, rest)) = line.split_once("fn ") {
				let name = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_');
				function = name.collect();
			}
			let code = line.split("//").next().unwrap_or_default();
			for kind in ["welcome", "invite", "dismiss"] {
				if code.contains("Tokenless") && code.contains(&format!("::{kind}(")) {
					found.push((relative.clone(), function.clone(), kind));
				}
			}
			if code.contains("inc_sufficients") || code.contains("inc_providers") {
				found.push((relative.clone(), function.clone(), "reference"));
			}
		}
	});
	let mut expected: Vec<_> = WELCOMES
		.iter()
		.map(|(file, function, kind)| (file.to_string(), function.to_string(), *kind))
		.collect();
	found.sort();
	expected.sort();
	assert_eq!(found, expected, "who pays for the account? Enter it in WELCOMES");
}

fn visit(folder: &Path, each: &mut impl FnMut(&Path)) {
	for entry in fs::read_dir(folder).expect("a folder") {
		let path = entry.expect("an entry").path();
		if path.is_dir() {
			visit(&path, each);
		} else {
			each(&path);
		}
	}
}
