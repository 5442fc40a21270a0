//! Fees that the pot pays: taken before a call is dispatched, and of which dispatch leaves a part, so that each limit is written twice.

use super::*;
use crate::runtime::configs::fees::PatientReserve;
use frame_support::dispatch::{GetDispatchInfo, PostDispatchInfo};
use pallet_sponsorship::{Budget, Budgets};
use pallet_transaction_payment::OnChargeTransaction;
use salus_primitives::{Allowance, DataClassSet, EmergencyReason};

/// What takes a fee.
type Fees = <Runtime as pallet_transaction_payment::Config>::OnChargeTransaction;

/// What is touched for a fee of `who` for `call`, once these budgets are used up.
pub(super) fn touched_for_fee(
	chain: &mut Chain,
	who: &str,
	call: impl Into<RuntimeCall>,
	fee: Balance,
	used_up: &[Budget],
) -> Touched {
	let (who, call) = (account(who), call.into());
	let info = call.get_dispatch_info();
	let used = Allowance { used: Balance::MAX / 2, since: chain.now() };
	let use_up = || {
		for budget in used_up {
			Budgets::<Runtime>::insert(budget, used);
		}
	};
	touched_after(chain, use_up, |()| {
		let charged =
			<Fees as OnChargeTransaction<Runtime>>::withdraw_fee(&who, &call, &info, fee, 0)
				.expect("somebody pays");
		assert!(charged.is_sponsored());
		let (post, spent) = (PostDispatchInfo::default(), fee / 2);
		<Fees as OnChargeTransaction<Runtime>>::correct_and_deposit_fee(
			&who, &info, &post, spent, 0, charged,
		)
		.expect("it is settled");
	})
}

/// By a clinician, where what staff shares is used up: what is for emergencies is read after it, and written.
#[test]
fn a_fee_of_staff_in_an_emergency() {
	let (mut chain, organisation, patient, _) = hospital_and_clinic();
	let call = pallet_emergency::Call::break_glass {
		organisation,
		patient,
		reason: EmergencyReason::UrgentCare,
		classes: DataClassSet::ALL,
		detail: H256::repeat_byte(7),
	};
	let used_up = [Budget::Organisation(organisation)];
	let found = touched_for_fee(&mut chain, "Doctor", call, PatientReserve::get(), &used_up);
	assert_reached(&found, &[("sponsorship", "sponsored_staff_fee", &[])], &[]);
}

/// While it is not used up, the same call writes what the account itself has used instead, and reads less.
#[test]
fn a_fee_of_staff_on_what_it_shares() {
	let (mut chain, organisation, patient, _) = hospital_and_clinic();
	let call = pallet_emergency::Call::break_glass {
		organisation,
		patient,
		reason: EmergencyReason::UrgentCare,
		classes: DataClassSet::ALL,
		detail: H256::repeat_byte(7),
	};
	let found = touched_for_fee(&mut chain, "Doctor", call, PatientReserve::get(), &[]);
	assert_eq!(found["Sponsorship::Accounts"], Accesses { reads: 1, writes: 1 });
	assert_eq!(found["Sponsorship::Budgets"], Accesses { reads: 1, writes: 1 });
	let parts: [Part; 1] = [("sponsorship", "sponsored_staff_fee", &[])];
	assert_declared_but_for(&["Sponsorship::Accounts"], &found, &parts);
}

/// Of an answer that patients can force, which has budgets to itself.
#[test]
fn a_fee_of_staff_that_answers() {
	let (mut chain, organisation, patient) = Chain::with_patient();
	chain.next_block();
	employed(&mut chain, organisation, "Hospital", "Officer", Role::PrivacyOfficer);
	let call = pallet_acknowledgement::Call::acknowledge { organisation, patient, directive: 0 };
	let found = touched_for_fee(&mut chain, "Officer", call, PatientReserve::get(), &[]);
	assert_eq!(found["Sponsorship::Budgets"], Accesses { reads: 2, writes: 2 });
	assert_declared(&found, &[("sponsorship", "sponsored_staff_fee", &[])]);
}

/// Registered by an organisation, so that all its limits are read and written.
#[test]
fn a_fee_of_a_patient() {
	let (mut chain, organisation, _) = Chain::with_patient();
	let call = pallet_consent::Call::block_requester { organisation };
	let found = touched_for_fee(&mut chain, "Patient", call, PatientReserve::get(), &[]);
	assert_reached(&found, &[("sponsorship", "sponsored_patient_fee", &[])], &[]);
}

/// Where what the patient shares with others is used up, all of that is read before its reserve, which alone is written.
#[test]
fn a_fee_of_a_patient_that_is_taken_from_its_reserve() {
	let (mut chain, organisation, patient) = Chain::with_patient();
	let call = pallet_consent::Call::block_requester { organisation };
	let used_up = [Budget::Patient(patient)];
	let found = touched_for_fee(&mut chain, "Patient", call, PatientReserve::get(), &used_up);
	assert_reached(&found, &[("sponsorship", "sponsored_reserve_fee", &[])], &[]);
}
