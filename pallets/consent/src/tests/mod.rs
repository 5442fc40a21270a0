//! One file per topic; what several of them need is here.

mod as_of;
mod asked_for;
mod base;
mod base_term;
mod care;
mod corrupted;
mod directives;
mod emergencies;
mod feeless;
mod lifts;
mod limits;
mod many;
mod migration;
mod origins;
mod own;
mod random;
mod requests;
mod revoked;
mod sealed;
mod treatment;
mod vetoes;
mod weights;

use crate::{mock::*, types::*, *};
use frame_support::{assert_noop, assert_ok};
use salus_primitives::{time::*, *};

type Id = DirectiveId;

/// Whether a call went well, whatever it used.
fn plain(
	result: frame_support::dispatch::DispatchResultWithPostInfo,
) -> sp_runtime::DispatchResult {
	result.map(|_| ()).map_err(|refused| refused.error)
}

/// Reading and exporting laboratory results and medications, for treatment.
fn scope() -> Scope {
	Scope {
		actions: ActionSet::of(&[Action::Read, Action::Export]),
		purposes: PurposeSet::of(&[Purpose::Treat]),
		classes: DataClassSet::of(&[DataClass::Laboratory, DataClass::Medications]),
		labels: LabelSet::EMPTY,
		data: Interval::ALWAYS,
	}
}

fn scope_for(purposes: &[Purpose]) -> Scope {
	Scope { purposes: PurposeSet::of(purposes), ..scope() }
}

/// That, for 30 days from now.
fn access() -> Access {
	access_to(scope())
}

fn access_to(scope: Scope) -> Access {
	Access {
		scope,
		until: now() + 30 * DAY,
		max_uses: None,
		redisclose_depth: 0,
		erase_after: None,
	}
}

fn next_id(patient: PatientId) -> Id {
	Live::<Test>::get(patient).next
}

/// Lets `grantee` do it; the directive's number.
fn permit(grantee: Grantee<u64>) -> Id {
	let id = next_id(PATIENT);
	assert_ok!(Consent::permit(RuntimeOrigin::signed(WALLET), grantee, access()));
	id
}

/// Forbids `grantee` to do it, for ever; the directive's number.
fn deny(grantee: Grantee<u64>) -> Id {
	let id = next_id(PATIENT);
	assert_ok!(Consent::deny(RuntimeOrigin::signed(VIEWER), grantee, scope(), Moment::MAX));
	id
}

fn revoke(directive: Id) {
	assert_ok!(Consent::revoke(RuntimeOrigin::signed(VIEWER), directive));
}

const HOSPITAL_CLINICIAN: Actor<u64> =
	Actor::Practitioner { who: CLINICIAN, organisation: HOSPITAL };
const CLINIC_SPECIALIST: Actor<u64> = Actor::Practitioner { who: SPECIALIST, organisation: CLINIC };

/// May `actor` read a laboratory result for treatment?
fn question(actor: Actor<u64>) -> Question<u64> {
	Question {
		subject: PATIENT,
		actor,
		purpose: Purpose::Treat,
		action: Action::Read,
		class: DataClass::Laboratory,
		labels: LabelSet::EMPTY,
		data_time: None,
		at: None,
	}
}

/// The answer for now.
fn ask(actor: Actor<u64>) -> Verdict {
	Consent::decide(&question(actor)).unwrap()
}

/// The answer for `at`.
fn ask_at(actor: Actor<u64>, at: Moment) -> Verdict {
	Consent::decide(&Question { at: Some(at), ..question(actor) }).unwrap()
}

const BY_DEFAULT: Verdict = Verdict::Deny(Reason::Default);

fn permitted(directive: Id) -> Verdict {
	Verdict::Permit(Basis::Directive(directive))
}

fn denied(directive: Id) -> Verdict {
	Verdict::Deny(Reason::Directive(directive))
}

fn last_event() -> Event<Test> {
	match System::events().pop().expect("an event").event {
		RuntimeEvent::Consent(event) => event,
		other => panic!("an event of another pallet: {other:?}"),
	}
}

/// The clinic's specialist asks for `access`, for the whole clinic; the request's number.
fn request(access: Access) -> RequestId {
	request_for(RequestFor::Organisation, access)
}

fn request_for(whom: RequestFor, access: Access) -> RequestId {
	let id = OpenRequests::<Test>::get(PATIENT).next;
	assert_ok!(Consent::request_access(
		RuntimeOrigin::signed(SPECIALIST),
		CLINIC,
		PATIENT,
		whom,
		access,
		Commitment::repeat_byte(7)
	));
	id
}
