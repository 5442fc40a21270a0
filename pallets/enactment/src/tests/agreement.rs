//! Approving and cancelling.

use crate::{mock::*, Body::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn the_first_approval_proposes_and_the_second_starts_the_delay() {
	build_and_execute(|| {
		let call = upgrade(7);
		let proposal = hash_of(&call);
		assert_ok!(approve(Council, &call));
		let stored = Proposals::<Test>::get(proposal).unwrap();
		assert_eq!(stored.approvals, Approvals { council: true, technical: false });
		assert_eq!((stored.due, stored.lapses), (None, START + APPROVAL_WINDOW));
		assert_eq!(stored.class, EnactmentClass::Upgrade);

		wait(50);
		assert_ok!(approve(TechnicalCommittee, &call));
		let due = START + 50 + FLOORS.upgrade;
		let stored = Proposals::<Test>::get(proposal).unwrap();
		assert!(stored.approvals.are_complete());
		assert_eq!((stored.due, stored.lapses), (Some(due), due + ENACTMENT_WINDOW));
		assert_eq!(stored.proposed_at, START);
		assert_eq!(
			events(),
			vec![
				Event::Approved { proposal, body: Council },
				Event::Approved { proposal, body: TechnicalCommittee },
				Event::Agreed { proposal, due },
			]
		);
	});
}

#[test]
fn either_body_may_be_first() {
	build_and_execute(|| {
		assert_ok!(approve(TechnicalCommittee, &upgrade(1)));
		assert_ok!(approve(Council, &upgrade(1)));
		assert!(Proposals::<Test>::get(hash_of(&upgrade(1))).unwrap().due.is_some());
	});
}

#[test]
fn one_body_alone_never_agrees() {
	build_and_execute(|| {
		assert_ok!(approve(Council, &upgrade(1)));
		assert_noop!(approve(Council, &upgrade(1)), Error::<Test>::AlreadyApproved);
		agree(&upgrade(2));
		for body in [Council, TechnicalCommittee] {
			assert_noop!(approve(body, &upgrade(2)), Error::<Test>::AlreadyApproved);
		}
	});
}

#[test]
fn approvals_of_different_calls_do_not_add_up() {
	build_and_execute(|| {
		assert_ok!(approve(Council, &upgrade(1)));
		assert_ok!(approve(TechnicalCommittee, &upgrade(2)));
		for pages in [1, 2] {
			assert_eq!(Proposals::<Test>::get(hash_of(&upgrade(pages))).unwrap().due, None);
		}
	});
}

#[test]
fn what_is_not_in_the_catalogue_is_refused() {
	build_and_execute(|| {
		let calls: [RuntimeCall; 3] = [
			frame_system::Call::remark { remark: vec![1] }.into(),
			frame_system::Call::set_storage { items: vec![] }.into(),
			Call::approve { call: Box::new(upgrade(1)) }.into(),
		];
		for call in calls {
			assert_noop!(approve(Council, &call), Error::<Test>::NotInCatalogue);
		}
	});
}

#[test]
fn a_call_may_be_as_long_as_the_limit_and_no_longer() {
	build_and_execute(|| {
		// Two bytes name the call, one is the length of the list, one that of the key.
		let call = |key| frame_system::Call::kill_storage { keys: vec![vec![0; key]] }.into();
		assert_ok!(approve(Council, &call(60)));
		assert_noop!(approve(Council, &call(61)), Error::<Test>::CallTooLong);
	});
}

#[test]
fn a_call_that_is_too_heavy_is_refused() {
	build_and_execute(|| {
		let call = frame_system::Call::set_code { code: vec![] }.into();
		assert_noop!(approve(Council, &call), Error::<Test>::CallTooHeavy);
	});
}

#[test]
fn there_are_so_many_proposals_and_no_more() {
	build_and_execute(|| {
		for pages in 1..=3 {
			assert_ok!(approve(Council, &upgrade(pages)));
		}
		assert_noop!(approve(Council, &upgrade(4)), Error::<Test>::TooManyProposals);
		// The second approval of one of them takes no room.
		assert_ok!(approve(TechnicalCommittee, &upgrade(3)));
		// Lapsed ones count until somebody clears them.
		wait(APPROVAL_WINDOW);
		assert_noop!(approve(Council, &upgrade(4)), Error::<Test>::TooManyProposals);
		assert_ok!(Enactment::clear(anybody(), hash_of(&upgrade(1))));
		assert_ok!(approve(Council, &upgrade(4)));
	});
}

#[test]
fn a_proposal_that_lapsed_begins_anew() {
	build_and_execute(|| {
		assert_ok!(approve(Council, &upgrade(1)));
		wait(APPROVAL_WINDOW);
		// Were it still alive, it would be agreed now.
		assert_ok!(approve(TechnicalCommittee, &upgrade(1)));
		let stored = Proposals::<Test>::get(hash_of(&upgrade(1))).unwrap();
		assert_eq!(stored.approvals, Approvals { council: false, technical: true });
		assert_eq!(stored.proposed_at, START + APPROVAL_WINDOW);
	});
}

#[test]
fn the_second_approval_comes_in_time_until_the_last_second() {
	build_and_execute(|| {
		assert_ok!(approve(Council, &upgrade(1)));
		wait(APPROVAL_WINDOW - 1);
		assert_ok!(approve(TechnicalCommittee, &upgrade(1)));
		assert!(Proposals::<Test>::get(hash_of(&upgrade(1))).unwrap().due.is_some());
	});
}

#[test]
fn either_body_cancels_at_any_time() {
	build_and_execute(|| {
		for body in [Council, TechnicalCommittee] {
			let proposal = agree(&upgrade(1));
			wait(FLOORS.upgrade);
			assert_ok!(Enactment::cancel(by(body), proposal));
			assert_eq!(events().last(), Some(&Event::Cancelled { proposal, body }));
			assert_noop!(
				Enactment::enact(anybody(), proposal).map_err(|failure| failure.error),
				Error::<Test>::NoSuchProposal
			);
		}
		// Also the other's proposal, before it is agreed.
		assert_ok!(approve(Council, &upgrade(1)));
		assert_ok!(Enactment::cancel(by(TechnicalCommittee), hash_of(&upgrade(1))));
		assert_noop!(
			Enactment::cancel(by(Council), hash_of(&upgrade(1))),
			Error::<Test>::NoSuchProposal
		);
	});
}

#[test]
fn only_what_has_lapsed_is_cleared() {
	build_and_execute(|| {
		let clear =
			|call| Enactment::clear(anybody(), hash_of(&call)).map_err(|failure| failure.error);
		assert_noop!(clear(upgrade(1)), Error::<Test>::NoSuchProposal);
		assert_ok!(approve(Council, &upgrade(1)));
		let proposal = agree(&upgrade(2));
		wait(FLOORS.upgrade + ENACTMENT_WINDOW - 1);
		assert_noop!(clear(upgrade(1)), Error::<Test>::NotLapsed);
		assert_noop!(clear(upgrade(2)), Error::<Test>::NotLapsed);
		wait(1);
		assert_ok!(clear(upgrade(2)));
		assert_eq!(events().last(), Some(&Event::Cleared { proposal }));
		wait(APPROVAL_WINDOW);
		assert_ok!(clear(upgrade(1)));
		assert_eq!(Proposals::<Test>::count(), 0);
	});
}
