//! Anchoring several records by one call.

use crate::{mock::*, *};
use codec::{Decode, Encode};
use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold, BoundedVec};
use sp_runtime::{traits::Convert, DispatchResult, TokenError};

fn anchor_many(records: Vec<NewAnchor>) -> DispatchResult {
	let records = records.try_into().unwrap();
	RecordAnchor::anchor_many(RuntimeOrigin::signed(DOCTOR), HOSPITAL, records)
		.map(|_| ())
		.map_err(|refused| refused.error)
}

#[test]
fn each_record_is_anchored_as_if_alone() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		events();
		set_now(START + 7);
		let about = NewAnchor { subject: Some(patient()), ..record(1) };
		let corrected = NewAnchor { previous: Some((0, Relation::Corrects)), ..record(2) };
		let image = NewAnchor {
			form: salus_primitives::commitment::Form::FhirJson,
			retention: RetentionClass::Imaging,
			..record(3)
		};
		assert_ok!(anchor_many(vec![about, corrected, image]));
		assert_eq!(NextSeq::<Test>::get(HOSPITAL), 4);
		assert_eq!(Subjects::<Test>::get(HOSPITAL, 1), Some(patient()));
		assert_eq!(info(0).successor, Some(Successor { seq: 2, at: START + 7 }));
		assert_eq!((info(2).anchor.version, info(0).head), (2, 2));
		assert_eq!(info(3).anchor.form, image.form);
		assert_eq!(info(3).retention_until, START + 7 + 800);
		let anchored = |seq, version, previous, relation| Event::Anchored {
			author: HOSPITAL,
			seq,
			version,
			previous,
			relation,
		};
		assert_eq!(
			events(),
			[
				anchored(1, 1, None, Relation::New),
				anchored(2, 2, Some(0), Relation::Corrects),
				anchored(3, 1, None, Relation::New),
			]
		);
		for seq in 1..4 {
			assert_ok!(verify(seq, seq, None));
		}
	});
}

#[test]
fn a_record_may_succeed_one_before_it_in_the_list() {
	build_and_execute(|| {
		let after = |n, seq| NewAnchor { previous: Some((seq, Relation::Amends)), ..record(n) };
		assert_ok!(anchor_many(vec![record(0), after(1, 0), after(2, 1)]));
		assert_eq!((info(0).head, info(2).anchor.version), (2, 3));
		// Not one that comes later, and not one twice.
		assert_noop!(anchor_many(vec![after(3, 4), record(4)]), Error::<Test>::PreviousNotFound);
		assert_noop!(anchor_many(vec![after(3, 2), after(4, 2)]), Error::<Test>::PreviousNotHead);
	});
}

#[test]
fn all_are_anchored_or_none() {
	build_and_execute(|| {
		assert_ok!(anchor(0));
		let zero = NewAnchor { commitment: Default::default(), ..record(1) };
		let foreign = NewAnchor { subject: Some(other_patient()), ..record(1) };
		for (bad, error) in [
			(zero, Error::<Test>::ZeroCommitment),
			(record(0), Error::AlreadyAnchored),
			(record(5), Error::AlreadyAnchored),
			(foreign, Error::NotRelated),
		] {
			assert_noop!(anchor_many(vec![record(5), record(6), bad]), error);
		}
		assert_eq!(NextSeq::<Test>::get(HOSPITAL), 1);
	});
}

#[test]
fn one_to_sixty_four_records_fit_in_a_call() {
	build_and_execute(|| {
		assert_noop!(anchor_many(vec![]), Error::<Test>::EmptyList);
		assert_ok!(anchor_many((0..64).map(record).collect()));
		assert_eq!(NextSeq::<Test>::get(HOSPITAL), 64);
		// One more does not even decode.
		let more: Vec<_> = (0..65).map(record).collect();
		let decode = |records: &[NewAnchor]| {
			type Records = BoundedVec<NewAnchor, <Test as Config>::MaxRecords>;
			Records::decode(&mut &records.encode()[..])
		};
		assert!(decode(&more[..64]).is_ok() && decode(&more).is_err());
	});
}

#[test]
fn each_slot_has_its_own_deposit() {
	build_and_execute(|| {
		let about = NewAnchor { subject: Some(patient()), ..record(1) };
		assert_ok!(anchor_many(vec![record(0), about]));
		let price = |subject| Price::convert(RecordAnchor::anchor_footprint(subject));
		let held = || Balances::balance_on_hold(&AnchorHold::get(), &ADMIN);
		assert_eq!(held(), price(false) + price(true));
		// Enough for one more and not for two.
		let rest = Balances::free_balance(ADMIN) - price(false) - 10;
		assert_ok!(Balances::transfer_allow_death(RuntimeOrigin::signed(ADMIN), STRANGER, rest));
		assert_noop!(anchor_many(vec![record(2), record(3)]), TokenError::FundsUnavailable);
		assert_ok!(anchor_many(vec![record(2)]));
	});
}

#[test]
fn the_weight_grows_with_the_records() {
	use frame_support::dispatch::GetDispatchInfo;
	let weight = |count| {
		let records = (0..count).map(record).collect::<Vec<_>>().try_into().unwrap();
		Call::<Test>::anchor_many { org: HOSPITAL, records }.get_dispatch_info().call_weight
	};
	assert!(weight(64).all_gt(weight(2)) && weight(2).all_gt(weight(1)));
}
