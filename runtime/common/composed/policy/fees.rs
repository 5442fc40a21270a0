//! Which calls are free, which are sponsored, and on whose budget.

use super::{is_free_when_effective, is_tightening, names, policy};
use crate::*;
use frame_support::{
	traits::{Contains, UnixTime},
	weights::Weight,
};
use pallet_sponsorship::{Budgeting, Entitlement};
use salus_primitives::{
	policy::{Fee, Payer},
	traits::{Credentials, Patients},
	OrgId, Role,
};

/// The calls whose fee the sponsor pays for accounts without tokens. A call that is free where it takes
/// effect is never sponsored, and neither is a carrier, whatever it carries.
pub struct SponsoredCalls;

impl Contains<RuntimeCall> for SponsoredCalls {
	fn contains(call: &RuntimeCall) -> bool {
		matches!(policy(call).fee, Fee::Sponsored(_))
	}
}

/// Whose budget a fee is on, if the signer is entitled to it now: see [`Payer`].
pub struct FeeBudgets;

impl Budgeting<AccountId, RuntimeCall> for FeeBudgets {
	fn entitlement(who: &AccountId, call: &RuntimeCall) -> Option<Entitlement> {
		let Fee::Sponsored(payer) = policy(call).fee else { return None };
		let names = names(call);
		match payer {
			Payer::Organisation => of_staff(who, names.org?),
			Payer::OrganisationInEmergency => in_emergency(who, names.org?),
			Payer::OrganisationAnswering => answering(who, names.org?),
			Payer::Patient => of_patient(who, is_tightening(call)),
			Payer::Coverage => of_member(who, names.coverage?),
			Payer::Inviter => {
				let org = names.org?;
				Registry::is_invited(org, who, names.role?).then_some(Entitlement::Staff(org))
			},
		}
	}
}

fn of_staff(who: &AccountId, org: OrgId) -> Option<Entitlement> {
	Registry::is_on_staff(org, who).then_some(Entitlement::Staff(org))
}

/// Whoever is no clinician cannot break the glass, and does not use up what is for that.
fn in_emergency(who: &AccountId, organisation: OrgId) -> Option<Entitlement> {
	let staff = of_staff(who, organisation)?;
	let now = Timestamp::now().as_secs();
	let clinician = Registry::was_affiliated(organisation, who, Role::Clinician, now);
	let person = who.clone().into();
	Some(if clinician { Entitlement::StaffInEmergency { organisation, person } } else { staff })
}

/// Whoever else of its staff may give such an answer does so as part of its other work, and does not use up what is for those who
/// have to.
fn answering(who: &AccountId, organisation: OrgId) -> Option<Entitlement> {
	let staff = of_staff(who, organisation)?;
	let now = Timestamp::now().as_secs();
	let roles = <Registry as Credentials<AccountId>>::roles(organisation, who, now);
	let person = who.clone().into();
	let answers = roles.intersects(pallet_acknowledgement::ACKNOWLEDGING_ROLES);
	Some(if answers { Entitlement::StaffAnswering { organisation, person } } else { staff })
}

/// A patient is sponsored whom a licensed provider has registered. A wallet that registered itself
/// has tokens, and else anybody could register a thousand.
fn of_patient(who: &AccountId, tightens: bool) -> Option<Entitlement> {
	let now = Timestamp::now().as_secs();
	let key = <PatientIdentity as Patients<AccountId>>::key(who).filter(|key| key.was_live(now))?;
	let party = <PatientIdentity as Patients<AccountId>>::party(&key.patient)?;
	Some(Entitlement::Patient { patient: key.patient, party, tightens })
}

/// What a member does is on its payer, which has put down a bond for every key.
fn of_member(who: &AccountId, coverage: u64) -> Option<Entitlement> {
	pallet_claims::Coverages::<Runtime>::get(coverage)
		.filter(|found| Claims::stands_for(who, found))
		.map(|found| Entitlement::Member { payer: found.payer, coverage })
}

/// What it costs to find out whether a tightening call is free.
///
/// Each asks for that what the call itself asks first, so what is read for it the call declares. What it takes beyond the reads is
/// measured for two: `Consent.revoke` (beside a full set of directives, the largest item that any of them reads) and `Care.leave` (of
/// a relationship that was renewed, which reads most items). Any other declares the larger of the two.
pub struct FreeConditions;

impl pallet_sponsorship::FreeCallConditions<RuntimeCall> for FreeConditions {
	fn condition_weight(call: &RuntimeCall) -> Option<Weight> {
		use pallet_care::WeightInfo as _;
		use pallet_consent::WeightInfo as _;
		if !is_free_when_effective(call) {
			return None;
		}
		let revoke = <Runtime as pallet_consent::Config>::WeightInfo::revoke_condition();
		let revoke = without_reads(revoke, READS_OF_REVOKE);
		if matches!(call, RuntimeCall::Consent(pallet_consent::Call::revoke { .. })) {
			return Some(revoke);
		}
		let leave = <Runtime as pallet_care::Config>::WeightInfo::leave_condition();
		Some(without_reads(leave, READS_OF_LEAVE).max(revoke))
	}
}

/// The reads of the condition of `Consent.revoke`: the key, the patient, and its directives.
const READS_OF_REVOKE: u64 = 3;

/// The reads of the condition of `Care.leave`, the most that there are: the key, the patient, the relationship that is
/// named, which is the latest of the two, that one, four renewals between them, and the opt-outs. A test compares both with what was
/// measured.
const READS_OF_LEAVE: u64 = 10;

/// What of `weight` is left without so many reads.
fn without_reads(weight: Weight, reads: u64) -> Weight {
	let reads = <Runtime as frame_system::Config>::DbWeight::get().reads(reads);
	Weight::from_parts(weight.saturating_sub(reads).ref_time(), 0)
}
