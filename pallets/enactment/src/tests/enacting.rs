//! Carrying out.

use crate::{mock::*, Body::*, *};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{GetDispatchInfo, Pays},
	storage::unhashed,
	BoundedVec,
};
use sp_core::storage::well_known_keys::HEAP_PAGES;
use sp_runtime::{traits::Hash, DispatchError};

fn enact(proposal: sp_core::H256) -> Result<(), DispatchError> {
	Enactment::enact(anybody(), proposal).map(|_| ()).map_err(|failure| failure.error)
}

#[test]
fn anybody_enacts_what_is_due_once() {
	build_and_execute(|| {
		let proposal = agree(&upgrade(77));
		wait(FLOORS.upgrade);
		let info = Enactment::enact(anybody(), proposal).unwrap();
		assert_eq!(info.pays_fee, Pays::No);
		assert_eq!(unhashed::get::<u64>(HEAP_PAGES), Some(77));
		assert_eq!(events().last(), Some(&Event::Enacted { proposal }));
		assert_noop!(enact(proposal), Error::<Test>::NoSuchProposal);
	});
}

#[test]
fn nothing_is_enacted_before_both_bodies_agree() {
	build_and_execute(|| {
		assert_ok!(approve(TechnicalCommittee, &upgrade(1)));
		wait(APPROVAL_WINDOW - 1);
		assert_noop!(enact(hash_of(&upgrade(1))), Error::<Test>::NotAgreed);
	});
}

#[test]
fn not_a_second_too_early_and_not_a_second_too_late() {
	build_and_execute(|| {
		let (early, late) = (agree(&upgrade(1)), agree(&upgrade(2)));
		wait(FLOORS.upgrade - 1);
		assert_noop!(enact(early), Error::<Test>::TooEarly);
		wait(1);
		assert_ok!(enact(early));
		wait(ENACTMENT_WINDOW - 1);
		assert_eq!(Proposals::<Test>::get(late).unwrap().lapses, Now::get() + 1);
		wait(1);
		assert_noop!(enact(late), Error::<Test>::Lapsed);
	});
}

#[test]
fn at_the_last_second_it_is_enacted() {
	build_and_execute(|| {
		let proposal = agree(&upgrade(2));
		wait(FLOORS.upgrade + ENACTMENT_WINDOW - 1);
		assert_ok!(enact(proposal));
	});
}

#[test]
fn a_call_that_fails_takes_all_with_it_and_can_be_tried_again() {
	build_and_execute(|| {
		let proposal = agree(&delay(EnactmentClass::Upgrade, FLOORS.upgrade - 1));
		wait(FLOORS.parameter);
		assert_noop!(enact(proposal), Error::<Test>::BelowFloor);
		assert!(Proposals::<Test>::contains_key(proposal));
		assert_noop!(enact(proposal), Error::<Test>::BelowFloor);
	});
}

#[test]
fn weight_is_declared_for_the_heaviest_call_and_given_back() {
	build_and_execute(|| {
		let proposal = agree(&upgrade(1));
		wait(FLOORS.upgrade);
		let declared = Call::<Test>::enact { proposal }.get_dispatch_info().call_weight;
		assert!(declared.all_gte(MaxCallWeight::get()));
		let used = Enactment::enact(anybody(), proposal).unwrap().actual_weight.unwrap();
		assert!(used.all_lte(declared) && used != declared, "{used:?} of {declared:?}");
	});
}

#[test]
fn a_catalogue_that_was_shortened_since_keeps_the_call_from_root() {
	build_and_execute(|| {
		let proposal = agree(&upgrade(1));
		wait(FLOORS.upgrade);
		Shortened::set(true);
		assert_noop!(enact(proposal), Error::<Test>::NotInCatalogue);
		Shortened::set(false);
		assert_ok!(enact(proposal));
	});
}

#[test]
fn a_call_that_the_present_code_cannot_read_is_refused() {
	build_and_execute(|| {
		for bytes in [vec![0xff, 0xff], vec![], vec![0; 40]] {
			let call: BoundedVec<u8, _> = bytes.try_into().unwrap();
			let proposal = <Test as frame_system::Config>::Hashing::hash(&call);
			let agreed = Proposal::<Test> {
				call,
				class: EnactmentClass::Emergency,
				proposed_at: START,
				approvals: Approvals { council: true, technical: true },
				due: Some(START + FLOORS.emergency),
				lapses: START + 5_000,
			};
			Proposals::<Test>::insert(proposal, agreed);
			Now::set(START + FLOORS.emergency);
			assert_noop!(enact(proposal), Error::<Test>::Undecodable);
		}
	});
}
