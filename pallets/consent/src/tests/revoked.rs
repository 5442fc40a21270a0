//! What others are told of revocations: of which organisation, since when, and how far back.

use super::*;
use salus_primitives::traits::{Revocation, RevokedDirectives};

fn revoked(directive: Id) -> Option<Revocation> {
	<Consent as RevokedDirectives>::revoked(&PATIENT, directive)
}

#[test]
fn a_revoked_permit_is_told_with_the_organisation_that_it_named_however_it_did() {
	build_and_execute(|| {
		for (grantee, organisation) in [
			(Grantee::Organisation(HOSPITAL), HOSPITAL),
			(Grantee::RoleAt(CLINIC, Role::Nurse), CLINIC),
			(Grantee::PractitionerAt(SPECIALIST, CLINIC), CLINIC),
		] {
			let id = permit(grantee);
			pass(HOUR);
			assert_eq!(revoked(id), None, "it is in force");
			revoke(id);
			let at = now();
			assert_eq!(revoked(id), Some(Revocation { organisation, at }));
			pass(HOUR);
			assert_eq!(revoked(id), Some(Revocation { organisation, at }));
			assert_eq!(<Consent as RevokedDirectives>::revoked(&OTHER_PATIENT, id), None);
		}
	});
}

#[test]
fn what_named_no_organisation_or_ended_otherwise_is_not_told() {
	build_and_execute(|| {
		for grantee in [Grantee::Any, Grantee::Practitioner(CLINICIAN)] {
			let id = permit(grantee);
			revoke(id);
			assert_eq!(revoked(id), None);
		}
		let expired = permit(Grantee::Organisation(HOSPITAL));
		let lifted = deny(Grantee::Organisation(HOSPITAL));
		assert_ok!(Consent::lift(RuntimeOrigin::signed(WALLET), lifted));
		pass(30 * DAY);
		assert_ok!(Consent::apply_lift(
			RuntimeOrigin::signed(STRANGER),
			PATIENT,
			LiftTarget::Directive(lifted)
		));
		for id in [expired, lifted, next_id(PATIENT), Id::MAX] {
			assert_eq!(revoked(id), None, "{id}");
		}
	});
}

/// What an upgrade put another Permit in place of is not told either.
#[test]
fn what_was_replaced_is_not_told() {
	build_and_execute(|| {
		let id = permit(Grantee::Organisation(HOSPITAL));
		Live::<Test>::mutate(PATIENT, |live| {
			live.entries[0].1.ended = Some(Ended { at: now(), why: EndReason::Replaced });
		});
		assert_eq!(revoked(id), None);
	});
}

/// Moves to the history until it holds `count` directives.
fn move_to_history(count: u32) {
	while Live::<Test>::get(PATIENT).swept < count {
		let id = permit(Grantee::Organisation(CLINIC));
		revoke(id);
	}
	assert_eq!(Live::<Test>::get(PATIENT).swept, count);
}

#[test]
fn it_is_told_while_it_is_on_one_of_the_newest_pages_and_then_no_more() {
	build_and_execute(|| {
		let all = LOOK_BACK * PAGE;
		let (first, last_of_first_page) = (0, PAGE - 1);
		move_to_history(all);
		let found = Some(Revocation { organisation: CLINIC, at: START });
		for id in [first, last_of_first_page, PAGE, all - 1, next_id(PATIENT) - 1] {
			assert_eq!(revoked(id), found, "{id}");
		}
		// Of the last of the first page 224 were moved after it; with one more it is gone.
		assert_eq!(all - 1 - last_of_first_page, 224);
		move_to_history(all + 1);
		for id in [first, last_of_first_page] {
			assert_eq!(revoked(id), None, "{id}");
			// Whoever has the time to look through everything finds it.
			let ever = <Consent as RevokedDirectives>::ever_revoked(&PATIENT, id);
			assert_eq!(ever, found, "{id}");
		}
		assert_eq!(revoked(PAGE), found);
		// Of the second page each is told for as long.
		move_to_history(all + PAGE);
		assert_eq!(revoked(PAGE), found);
		move_to_history(all + PAGE + 1);
		assert_eq!(revoked(PAGE), None);
		assert_eq!(revoked(2 * PAGE), found);
	});
}
