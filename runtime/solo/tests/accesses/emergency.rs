//! Emergencies, in time and recorded late.

use super::*;
use pallet_emergency::{Call as Break, PersonalUse, SETTLED_AT_ONCE};
use salus_primitives::{DataClass, DataClassSet, EmergencyReason};

fn break_glass(organisation: OrgId, patient: PatientId, classes: DataClassSet) -> RuntimeCall {
	let (reason, detail) = (EmergencyReason::UrgentCare, H256::repeat_byte(7));
	Break::break_glass { organisation, patient, reason, classes, detail }.into()
}

/// `//Doctor` declares an emergency for each of these classes.
fn declare(
	chain: &mut Chain,
	organisation: OrgId,
	patient: PatientId,
	classes: impl Iterator<Item = &'static DataClass>,
) {
	for class in classes {
		let one = break_glass(organisation, patient, DataClassSet::of(&[*class]));
		make(chain, "Doctor", one);
	}
}

/// As many that nobody reviewed are to be settled as one call does; one for each class has just lapsed, and for each class but one
/// another lasts.
#[test]
fn an_emergency_after_as_many_as_are_looked_at() {
	let (mut chain, hospital, patient) = Chain::with_patient();
	chain.next_block();
	employed(&mut chain, hospital, "Hospital", "Doctor", Role::Clinician);
	declare(&mut chain, hospital, patient, DataClass::ALL.iter().take(SETTLED_AT_ONCE as usize));
	hours(&mut chain, 65);
	declare(&mut chain, hospital, patient, DataClass::ALL.iter());
	hours(&mut chain, 6);
	declare(&mut chain, hospital, patient, DataClass::ALL.iter().skip(1));
	hours(&mut chain, 1);
	let last = break_glass(hospital, patient, DataClassSet::ALL);
	let found = touched(&mut chain, "Doctor", last.clone());
	let parts: [Part; 1] = [("emergency", "break_glass", &[])];
	// Who declares so many within four hours has no credit left of its own, and nobody puts down a deposit.
	let deposit: [Less; 3] =
		[("Balances::Holds", 1, 1), ("Registry::Organisations", 1, 0), ("System::Account", 1, 1)];
	assert_reached(&found, &parts, &deposit);
	// The benchmark gives that person all its credit, which no calls do.
	let found = touched_by(&mut chain, || {
		PersonalUse::<Runtime>::remove(hospital, account("Doctor"));
		last.dispatch_bypass_filter(RuntimeOrigin::signed(account("Doctor"))).expect("it succeeds");
	});
	// What was just written is not read out of the state.
	assert_reached(&found, &parts, &[("Emergency::PersonalUse", 1, 0)]);
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
		hours(chain, 1);
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
	let late = Break::break_glass_late {
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
