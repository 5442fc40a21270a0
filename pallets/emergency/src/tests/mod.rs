//! One file per topic; what several of them need is here.

mod advance;
mod corrupted;
mod credit;
mod feeless;
mod glass;
mod late;
mod origins;
mod random;
mod reviews;
mod weights;

use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResultWithPostInfo};
use salus_primitives::{
	time::*,
	traits::{Emergencies as Answers, Patients},
	*,
};
use sp_runtime::DispatchResult;

type PalletError = Error<Test>;

fn signed(who: u64) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

fn laboratory() -> DataClassSet {
	DataClassSet::of(&[DataClass::Laboratory])
}

fn break_glass_for(who: u64, organisation: OrgId, classes: DataClassSet) -> DispatchResult {
	let detail = Commitment::repeat_byte(7);
	let reason = EmergencyReason::UrgentCare;
	Glass::break_glass(signed(who), organisation, PATIENT, reason, classes, detail)
}

fn break_glass(who: u64, organisation: OrgId) -> DispatchResult {
	break_glass_for(who, organisation, laboratory())
}

/// The hospital's clinician breaks the glass; the emergency's number.
fn broken() -> EmergencyId {
	let id = NextEmergency::<Test>::get();
	assert_ok!(break_glass(CLINICIAN, HOSPITAL));
	id
}

fn late(who: u64, organisation: OrgId, happened_at: Moment) -> DispatchResultWithPostInfo {
	late_for(who, organisation, laboratory(), happened_at)
}

fn late_for(
	who: u64,
	organisation: OrgId,
	classes: DataClassSet,
	happened_at: Moment,
) -> DispatchResultWithPostInfo {
	let detail = Commitment::repeat_byte(7);
	let reason = EmergencyReason::MajorIncident;
	Glass::break_glass_late(
		signed(who),
		organisation,
		PATIENT,
		reason,
		classes,
		happened_at,
		detail,
	)
}

/// The emergencies of the hospital's clinician that lasted at `at`.
fn open_at(at: Moment) -> Vec<EmergencyId> {
	<Glass as Answers<u64>>::emergencies(&PATIENT, HOSPITAL, &CLINICIAN, at)
		.into_iter()
		.map(|(id, _)| id)
		.collect()
}

fn advance_at(at: Moment) -> AdvanceDirective {
	<Glass as Answers<u64>>::advance_directive(&PATIENT, at)
}

fn review(by: u64, acting_for: OrgId, id: EmergencyId, finding: Finding) -> DispatchResult {
	Glass::review(signed(by), acting_for, id, finding)
}

/// A ruling for the body of the second auditor.
fn rule(by: u64, id: EmergencyId, finding: Finding) -> DispatchResult {
	Glass::rule(signed(by), OTHER_AUDITORS, id, finding)
}

fn outcome(id: EmergencyId) -> Outcome {
	Glass::outcome_at(id, now()).unwrap()
}

fn counts() -> Counts {
	Glass::standing(HOSPITAL).counts
}

fn set_advance(value: AdvanceDirective) {
	assert_ok!(Glass::set_advance_directive(signed(WALLET), value));
}

fn events() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Glass(event) => Some(event),
			_ => None,
		})
		.collect()
}
