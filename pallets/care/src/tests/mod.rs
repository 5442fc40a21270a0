//! One file per topic; what several of them need is here.

mod as_of;
mod corrupted;
mod feeless;
mod opt_outs;
mod origins;
mod policies;
mod random;
mod relationships;
mod signatures;
mod weights;

use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResultWithPostInfo};
use salus_primitives::{
	time::*,
	traits::{CareRelations, Patients},
	*,
};
use sp_runtime::{testing::TestSignature, DispatchResult};

type PalletError = Error<Test>;

fn signed(who: u64) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// The patient invites `organisation` for 60 days.
fn invite(organisation: OrgId) -> InvitationId {
	let id = Invitations::<Test>::get(PATIENT).next;
	assert_ok!(Care::invite(signed(WALLET), organisation, now() + 60 * DAY));
	id
}

fn open_by(who: u64, organisation: OrgId) -> DispatchResultWithPostInfo {
	Care::open(signed(who), organisation, PATIENT, RelationshipKind::Admission, now() + 30 * DAY)
}

/// The hospital treats the patient for 30 days from now.
fn open() -> RelationshipId {
	invite(HOSPITAL);
	let id = NextRelationship::<Test>::get();
	assert_ok!(open_by(CLINICIAN, HOSPITAL));
	id
}

/// The signature of `key`, made now, that lets `organisation` treat its patient for 30 days, with the id `id`.
fn word(key: u64, organisation: OrgId, id: u32, expiry: Moment) -> TestSignature {
	let patient = People::key(&key).expect("a patient's key").patient;
	TestSignature(
		key,
		messages::open_for(
			&Care::genesis(),
			organisation,
			&patient,
			RelationshipKind::Admission,
			now() + 30 * DAY,
			id,
			&seen(),
			expiry,
		),
	)
}

/// The hospital's clinician hands in such a signature of the patient's.
fn open_for(id: u32) -> DispatchResultWithPostInfo {
	let expiry = now() + HOUR;
	let signature = word(WALLET, HOSPITAL, id, expiry);
	hand_in(CLINICIAN, HOSPITAL, id, expiry, signature)
}

fn hand_in(
	by: u64,
	organisation: OrgId,
	id: u32,
	expiry: Moment,
	signature: TestSignature,
) -> DispatchResultWithPostInfo {
	Care::open_for(
		signed(by),
		organisation,
		WALLET,
		RelationshipKind::Admission,
		now() + 30 * DAY,
		id,
		seen().0,
		expiry,
		signature,
	)
}

fn next_word() -> u32 {
	Care::next_word(&PATIENT, HOSPITAL).unwrap()
}

/// Whether the hospital's relationship counts now.
fn treats() -> bool {
	treats_at(now())
}

/// Whether the hospital's relationship counted at `at`, as consent will find it.
fn treats_at(at: Moment) -> bool {
	<Care as CareRelations>::relationship(&PATIENT, HOSPITAL, at).is_some_and(|(_, treatment)| {
		!<Care as CareRelations>::opt_outs(&PATIENT).iter().any(|out| out.voids(&treatment, at))
	})
}

fn last_event() -> Event<Test> {
	match System::events().pop().expect("an event").event {
		RuntimeEvent::Care(event) => event,
		other => panic!("an event of another pallet: {other:?}"),
	}
}
