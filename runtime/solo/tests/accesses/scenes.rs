//! What calls touch in scenes that were made by calls, item by item, beside what their weights declare of each. A benchmark that is
//! not the worst case is found by a scene that takes more, though the benchmark and its weight agree.

use crate::{
	common::{account, Chain},
	declared_in, on,
	runtime::{genesis_config_presets::SETTLEMENT_ASSET as ASSET, policy::fees::FreeConditions, *},
	weights_of, Accesses,
};
use frame_benchmarking::benchmarking;
use frame_support::{
	dispatch::CheckIfFeeless,
	traits::{StorageInfoTrait, UnfilteredDispatchable, WhitelistedStorageKeys},
};
use pallet_care::{Call as Relate, RelationshipKind};
use pallet_claims::{Call as Claim, ClaimState, Line, PerLine, Terms};
use pallet_consent::Grantee;
use pallet_record_anchor::RetentionClass;
use pallet_registry::Call as Register;
use pallet_sponsorship::FreeCallConditions;
use salus_claims_adjudication::{Benefit, BenefitCategory, Plan};
use salus_primitives::{
	commitment::{merkle_root, Form},
	time::{DAY, HOUR, YEAR},
	DataClassSet, EmergencyReason, Interval, OrgId, OrgKind, OrgKindSet, PatientId, Role,
};
use sc_client_db::BenchmarkingState;
use sp_core::{storage::Storage, H256};
use std::collections::BTreeMap;

/// What was touched, by storage item.
type Touched = BTreeMap<String, Accesses>;

/// A part of what a call declares: the pallet, the function of its `weights.rs`, and the values of its components.
type Part = (&'static str, &'static str, &'static [(&'static str, u32)]);

/// The whole state that `chain` is in.
fn state_of(chain: &mut Chain) -> Storage {
	let top = chain.run(|| {
		let mut all = BTreeMap::new();
		let mut last = Vec::new();
		while let Some(key) = sp_io::storage::next_key(&last) {
			all.insert(key.clone(), sp_io::storage::get(&key).expect("it is there").to_vec());
			last = key;
		}
		all
	});
	Storage { top, children_default: Default::default() }
}

/// The names of all storage items of pallets, by their prefix.
fn items() -> BTreeMap<Vec<u8>, String> {
	let name = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
	let infos = AllPalletsWithSystem::storage_info().into_iter();
	infos
		.map(|info| {
			(info.prefix, format!("{}::{}", name(&info.pallet_name), name(&info.storage_name)))
		})
		.collect()
}

/// What `call` of `who`, which succeeds, touches in the state that `chain` is in.
fn touched(chain: &mut Chain, who: &str, call: impl Into<RuntimeCall>) -> Touched {
	let (call, origin) = (call.into(), RuntimeOrigin::signed(account(who)));
	touched_by(chain, || {
		call.dispatch_bypass_filter(origin).expect("it succeeds");
	})
}

/// What `act` touches in the state that `chain` is in. Counted as the benchmarks' is.
fn touched_by(chain: &mut Chain, act: impl FnOnce()) -> Touched {
	let items = items();
	let state = BenchmarkingState::new(state_of(chain), None, false, true).expect("a state");
	let keys = on(&state, || {
		benchmarking::set_whitelist(AllPalletsWithSystem::whitelisted_storage_keys());
		benchmarking::reset_read_write_count();
		act();
		benchmarking::commit_db();
		benchmarking::get_read_and_written_keys()
	});
	// How deep transactions are nested is never written to a disk; the benchmark tool leaves it out as well.
	let is_counted =
		|prefix: &[u8], whitelisted: bool| !whitelisted && prefix != b":transaction_level:";
	let touched =
		keys.into_iter().filter(|(prefix, .., whitelisted)| is_counted(prefix, *whitelisted));
	let touched = touched.filter(|(_, reads, writes, _)| reads + writes > 0);
	touched
		.map(|(prefix, reads, writes, _)| {
			let name = items.get(&prefix).cloned();
			(name.unwrap_or_else(|| format!("{prefix:02x?}")), Accesses { reads, writes })
		})
		.collect()
}

/// Asserts that `parts` together declare what was touched: of each storage item, and in all.
#[track_caller]
fn assert_declared(touched: &Touched, parts: &[Part]) {
	assert_declared_but_for(&[], touched, parts);
}

/// The same; of some items it is not asserted one by one: the benchmark has something else in their place, and both never happen together.
#[track_caller]
fn assert_declared_but_for(others: &[&str], touched: &Touched, parts: &[Part]) {
	let (mut all, mut of_items) = (Accesses::default(), Touched::new());
	for (pallet, function, components) in parts {
		let file = weights_of(&format!("pallet_{pallet}")).expect("a pallet of ours");
		let mut functions = declared_in(&file);
		let part = functions.remove(*function).unwrap_or_else(|| panic!("{pallet}::{function}"));
		let says = part.of(components);
		all = Accesses { reads: all.reads + says.reads, writes: all.writes + says.writes };
		for (item, most) in part.items {
			let sum = of_items.entry(item).or_default();
			*sum = Accesses { reads: sum.reads + most.reads, writes: sum.writes + most.writes };
		}
	}
	for (item, found) in touched.iter().filter(|(item, _)| !others.contains(&item.as_str())) {
		let most = of_items.get(item).copied().unwrap_or_default();
		let fits = found.reads <= most.reads && found.writes <= most.writes;
		assert!(fits, "{item}: {found:?}, declared {most:?} by {parts:?}");
	}
	let reads = touched.values().map(|found| found.reads).sum::<u32>();
	let writes = touched.values().map(|found| found.writes).sum::<u32>();
	let found = Accesses { reads, writes };
	assert!(reads <= all.reads && writes <= all.writes, "{found:?}, declared {all:?}: {touched:?}");
}

/// An organisation of `who`, admitted to `kinds`.
fn admitted(chain: &mut Chain, who: &str, kinds: OrgKindSet) -> OrgId {
	chain.succeed(who, Register::apply { kinds, profile: H256::repeat_byte(1) });
	let org = chain.run(|| Registry::administers(&account(who))).expect("applied");
	let until = chain.now() + YEAR;
	for kind in kinds.iter() {
		chain.succeed("Registrar", Register::admit { org, kind, until });
	}
	org
}

/// `who` works for `org` of `admin`.
fn employed(chain: &mut Chain, org: OrgId, admin: &str, who: &str, role: Role) {
	let until = chain.now() + YEAR;
	chain.succeed(admin, Register::invite { org, account: account(who), role, until });
	chain.succeed(who, Register::accept_affiliation { org, role });
}

/// A hospital with a patient, and a clinic; `//Doctor` works at both.
fn hospital_and_clinic() -> (Chain, OrgId, PatientId, OrgId) {
	let (mut chain, hospital, patient) = Chain::with_patient();
	let clinic = admitted(&mut chain, "Clinic", OrgKindSet::of(&[OrgKind::Provider]));
	chain.next_block();
	for (org, admin) in [(hospital, "Hospital"), (clinic, "Clinic")] {
		employed(&mut chain, org, admin, "Doctor", Role::Clinician);
	}
	(chain, hospital, patient, clinic)
}

#[test]
fn a_permit_to_a_person() {
	let (mut chain, ..) = hospital_and_clinic();
	let permit = chain.permit(Grantee::Practitioner(account("Doctor")));
	let found = touched(&mut chain, "Patient", permit.clone());
	let looked_up: Part = ("consent", "practitioner", &[("e", 2)]);
	assert_declared(&found, &[("consent", "permit", &[("l", 0)]), looked_up]);
	// Beside another one.
	chain.succeed("Patient", permit.clone());
	let found = touched(&mut chain, "Patient", permit);
	assert_declared(&found, &[("consent", "permit", &[("l", 1)]), looked_up]);
}

#[test]
fn an_anchor_about_a_patient() {
	let (mut chain, hospital, patient, clinic) = hospital_and_clinic();
	let anchor = |org| pallet_record_anchor::Call::anchor {
		org,
		commitment: H256::repeat_byte(7),
		form: Form::Bytes,
		subject: Some(patient),
		previous: None,
		retention: RetentionClass::Standard,
	};
	let found = touched(&mut chain, "Doctor", anchor(hospital));
	assert_declared(&found, &[("record_anchor", "anchor_own", &[])]);
	// Of an organisation that did not register the patient, whose consent is asked.
	let permit = chain.permit(Grantee::Organisation(clinic));
	chain.succeed("Patient", permit);
	let found = touched(&mut chain, "Doctor", anchor(clinic));
	assert_declared(&found, &[("record_anchor", "anchor_about", &[])]);
}

/// Of a moment before the hospital's licences, of every kind, were suspended and reinstated.
#[test]
fn an_emergency_recorded_late_after_the_licences_were_reinstated() {
	let mut chain = Chain::development();
	let org = admitted(&mut chain, "Hospital", OrgKindSet::ALL);
	let patient = chain.register(org, "Patient");
	chain.next_block();
	employed(&mut chain, org, "Hospital", "Doctor", Role::Clinician);
	let clinic = admitted(&mut chain, "Clinic", OrgKindSet::of(&[OrgKind::Provider]));
	employed(&mut chain, clinic, "Clinic", "Doctor", Role::Nurse);
	let an_hour = |chain: &mut Chain| {
		chain.advance(HOUR * 1_000);
		// A block that begins a session may take no transactions.
		chain.next_block();
	};
	an_hour(&mut chain);
	let happened_at = chain.now();
	an_hour(&mut chain);
	for kind in OrgKindSet::ALL.iter() {
		chain.succeed("Registrar", Register::suspend { org, kind });
	}
	an_hour(&mut chain);
	let until = chain.now() + YEAR;
	for kind in OrgKindSet::ALL.iter() {
		chain.succeed("Registrar", Register::reinstate { org, kind, until });
	}
	chain.next_block();
	let late = pallet_emergency::Call::break_glass_late {
		organisation: org,
		patient,
		reason: EmergencyReason::UrgentCare,
		classes: DataClassSet::ALL,
		happened_at,
		detail: H256::repeat_byte(7),
	};
	let found = touched(&mut chain, "Doctor", late);
	let kinds = OrgKindSet::ALL.iter().count() as u32;
	assert_eq!(found.get("Registry::Licences").map(|found| found.reads), Some(kinds));
	let parts: [Part; 2] =
		[("emergency", "break_glass_late", &[]), ("emergency", "signer", &[("e", 2)])];
	assert_declared(&found, &parts);
}

/// Of a relationship that was renewed five times, by the patient who names the first.
#[test]
fn whether_leaving_an_organisation_is_free() {
	let (mut chain, organisation, patient) = Chain::with_patient();
	let (kind, until) = (RelationshipKind::Admission, chain.now() + DAY);
	for _ in 0..6 {
		chain.succeed("Patient", Relate::invite { organisation, until });
		chain.succeed("Hospital", Relate::open { organisation, patient, kind, until });
	}
	let call = RuntimeCall::from(Relate::leave { relationship: 0 });
	let weight = FreeConditions::condition_weight(&call).expect("it may be free");
	let found = touched_by(&mut chain, || {
		assert!(call.is_feeless(&RuntimeOrigin::signed(account("Patient"))));
	});
	let reads: u64 = found.values().map(|found| u64::from(found.reads)).sum();
	assert_eq!(weight, <Runtime as frame_system::Config>::DbWeight::get().reads(reads));
}

/// The terms of a plan that pays what is charged, but for a copay of 20.00.
fn terms() -> Terms<AssetId> {
	let mut rules = Plan::default();
	rules.benefits.primary_care = Benefit { covered: true, copay: 2_000, ..Benefit::default() };
	Terms {
		asset: ASSET,
		rules,
		auto_limit: 100_000,
		filing_limit: 180 * DAY,
		decision_time: 30 * DAY,
		answer_time: 30 * DAY,
		payment_time: 30 * DAY,
		interest: 100_000,
	}
}

/// One line of its own for a charge.
fn line(detail: u8, charge: Balance) -> PerLine<Line> {
	let category = BenefitCategory::PrimaryCare;
	let detail = H256::repeat_byte(detail);
	PerLine::truncate_from(vec![Line { category, quantity: 1, charge, detail }])
}

fn root(lines: &PerLine<Line>) -> H256 {
	merkle_root(&[lines[0].detail]).expect("one leaf")
}

/// A hospital and an insurer with a member.
struct Insured {
	chain: Chain,
	hospital: OrgId,
}

impl Insured {
	/// The insurer can pay `funds`.
	fn with(funds: Balance) -> Self {
		let mut chain = Chain::development();
		let hospital = admitted(&mut chain, "Hospital", OrgKindSet::of(&[OrgKind::Provider]));
		let insurer = admitted(&mut chain, "Insurer", OrgKindSet::of(&[OrgKind::Payer]));
		chain.next_block();
		employed(&mut chain, hospital, "Hospital", "Clerk", Role::Biller);
		employed(&mut chain, insurer, "Insurer", "Adjuster", Role::Biller);
		let terms = Box::new(terms());
		chain.succeed("Insurer", Claim::create_plan { org: insurer, terms });
		chain.succeed("Insurer", Claim::fund { org: insurer, asset: ASSET, amount: funds });
		let (member, now) = (account("Member"), chain.now());
		let period = Interval::new(now, now + YEAR);
		chain.succeed("Adjuster", Claim::enrol { org: insurer, plan: 0, member, period });
		chain.succeed("Member", Claim::accept_coverage { coverage: 0 });
		Self { chain, hospital }
	}

	/// Encounter and claim `number` of the hospital, of one line.
	fn claimed(&mut self, number: u8, charge: Balance) {
		let (org, encounter, lines) = (self.hospital, u64::from(number), line(number, charge));
		let root = root(&lines);
		let chain = &mut self.chain;
		// So that nobody has used up what a day allows.
		chain.pass_a_day();
		chain.succeed("Clerk", Claim::open_encounter { org });
		chain.succeed("Member", Claim::attest { encounter, coverage: 0 });
		chain.succeed("Clerk", Claim::close_encounter { org, encounter, root, lines: 1 });
		chain.succeed("Clerk", Claim::submit { org, encounter, lines });
	}

	/// Amends encounter `number` to another line, with which its claim is then to be corrected.
	fn amended(&mut self, number: u8, charge: Balance) -> PerLine<Line> {
		let (org, encounter, lines) =
			(self.hospital, u64::from(number), line(100 + number, charge));
		let root = root(&lines);
		let amend = Claim::amend_encounter { org, encounter, root, lines: 1 };
		self.chain.succeed("Clerk", amend);
		lines
	}

	fn waits(&mut self, claim: u64) -> bool {
		let found = self.chain.run(|| pallet_claims::Claims::<Runtime>::get(claim));
		matches!(found.expect("submitted").state, ClaimState::Waiting { .. })
	}
}

/// It has what was paid for the claim that it corrected, and waits for the rest between two others.
#[test]
fn a_claim_that_was_paid_in_part_and_waits_is_voided() {
	let mut insured = Insured::with(13_000);
	insured.claimed(0, 15_000);
	assert!(!insured.waits(0), "it is paid");
	insured.claimed(1, 15_000);
	let lines = insured.amended(0, 50_000);
	let org = insured.hospital;
	insured.chain.succeed("Clerk", Claim::correct { org, claim: 0, lines });
	insured.claimed(2, 15_000);
	let claim = 2;
	assert!(insured.waits(1) && insured.waits(claim) && insured.waits(3));
	let found = touched(&mut insured.chain, "Clerk", Claim::void { org, claim });
	assert_eq!(found["Claims::Neighbouring"], Accesses { reads: 3, writes: 3 });
	// All that the insurer had was paid, so that its account is made anew, and the hospital's ends. In the benchmark something is on hold in
	// the insurer's, which is released instead.
	assert_declared_but_for(&["System::Account"], &found, &[("claims", "void", &[("n", 1)])]);
}

#[test]
fn a_claim_that_waits_between_two_others_is_corrected() {
	let mut insured = Insured::with(1);
	for number in 0..3 {
		insured.claimed(number, 15_000);
		assert!(insured.waits(number.into()));
	}
	let lines = insured.amended(1, 20_000);
	let org = insured.hospital;
	let found = touched(&mut insured.chain, "Clerk", Claim::correct { org, claim: 1, lines });
	assert_eq!(found["Claims::Neighbouring"], Accesses { reads: 3, writes: 4 });
	assert_declared(&found, &[("claims", "correct", &[("n", 1), ("p", 1)])]);
}
