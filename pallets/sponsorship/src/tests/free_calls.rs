//! Calls that are free: what a wallet sees of them, and what the pool does with them.

use crate::{mock::*, FreeCalls};
use codec::{Decode, Encode};
use frame_support::{assert_ok, dispatch::GetDispatchInfo, weights::Weight};
use pallet_skip_feeless_payment::SkipCheckIfFeeless;
use pallet_transaction_payment::ChargeTransactionPayment;
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{DispatchTransaction, TransactionExtension},
	transaction_validity::{InvalidTransaction, TransactionSource},
};

type Payment = ChargeTransactionPayment<Test>;
type Skip = SkipCheckIfFeeless<Test, Payment>;
type Free = FreeCalls<Test, Payment>;

fn close(reason: u8) -> ward::Call<Test> {
	ward::Call::close { reason }
}

fn open_door_of(who: AccountId) {
	ward::Open::<Test>::insert(who, ());
}

fn skipped() -> usize {
	System::read_events_for_pallet::<pallet_skip_feeless_payment::Event<Test>>().len()
}

#[test]
fn a_wallet_sees_no_difference() {
	assert_eq!(<Free as TransactionExtension<RuntimeCall>>::IDENTIFIER, "ChargeTransactionPayment");
	assert_eq!(
		<Free as TransactionExtension<RuntimeCall>>::IDENTIFIER,
		<Skip as TransactionExtension<RuntimeCall>>::IDENTIFIER
	);
	assert_eq!(Free::type_info(), Skip::type_info());
	assert_eq!(Free::type_info(), Payment::type_info());

	let (ours, theirs) = (
		<Free as TransactionExtension<RuntimeCall>>::metadata(),
		<Skip as TransactionExtension<RuntimeCall>>::metadata(),
	);
	assert_eq!(ours.len(), theirs.len());
	for (our, their) in ours.iter().zip(&theirs) {
		assert_eq!(our.identifier, their.identifier);
		assert_eq!(our.ty, their.ty);
		assert_eq!(our.implicit, their.implicit);
	}

	for tip in [0, 1, 63, 64, 16_384, u64::MAX] {
		let ours = Free::from(Payment::from(tip));
		assert_eq!(ours.encode(), Skip::from(Payment::from(tip)).encode());
		assert_eq!(Free::decode(&mut &ours.encode()[..]), Ok(ours.clone()));
		assert_eq!(TransactionExtension::<RuntimeCall>::implicit(&ours), Ok(()));
	}
}

#[test]
fn a_tightening_call_is_free_for_an_account_without_anything() {
	build_and_execute(|| {
		open_door_of(PATIENT);
		assert_ok!(send(PATIENT, close(0), 0).unwrap());
		assert!(!ward::Open::<Test>::contains_key(PATIENT));
		assert_eq!(skipped(), 1);
		assert_eq!(sponsored(), vec![]);
		assert_eq!(Balances::free_balance(Sponsorship::pot()), POT);
		assert_eq!(super::used(PATIENT), 0);
	});
}

#[test]
fn it_works_when_allowance_and_pot_are_empty() {
	build_and_execute(|| {
		use frame_support::traits::fungible::Mutate;
		Allowed::set(1);
		Balances::set_balance(&Sponsorship::pot(), 1);
		open_door_of(PATIENT);
		assert_ok!(send(PATIENT, close(0), 0).unwrap());
	});
}

#[test]
fn a_second_time_it_is_not_free_and_nobody_sponsors_it() {
	build_and_execute(|| {
		open_door_of(PATIENT);
		open_door_of(RICH);
		assert_ok!(send(PATIENT, close(0), 0).unwrap());
		// The mock's list of sponsored calls names it, and it is refused all the same.
		assert_eq!(send(PATIENT, close(0), 0), Err(InvalidTransaction::Custom(160).into()));

		assert_ok!(send(RICH, close(0), 0).unwrap());
		assert_eq!(Balances::free_balance(RICH), FORTUNE);
		assert!(send(RICH, close(0), 0).unwrap().is_err());
		assert!(Balances::free_balance(RICH) < FORTUNE);
	});
}

#[test]
fn a_free_call_goes_first_and_once() {
	build_and_execute(|| {
		open_door_of(PATIENT);
		open_door_of(NURSE);
		let first = validate(PATIENT, close(0), 0).unwrap();
		let again = validate(PATIENT, close(0), 0).unwrap();
		let other_call = validate(PATIENT, close(1), 0).unwrap();
		let other_signer = validate(NURSE, close(0), 0).unwrap();
		let paid = validate(RICH, ward::Call::visit {}, 1_000_000).unwrap();

		assert!(first.priority >= Priority::get());
		assert!(first.priority > paid.priority);
		// The pool refuses a transaction that provides what another one of the same priority does.
		let tag = |validity: &sp_runtime::transaction_validity::ValidTransaction| {
			validity.provides.last().unwrap().clone()
		};
		assert_eq!(tag(&first), tag(&again));
		assert_ne!(tag(&first), tag(&other_call));
		assert_ne!(tag(&first), tag(&other_signer));

		// Also with the next nonce: it is the call that counts.
		System::inc_account_nonce(PATIENT);
		let next = validate(PATIENT, close(0), 0).unwrap();
		assert_eq!(tag(&first), tag(&next));
		assert_ne!(first.provides[0], next.provides[0]);
	});
}

#[test]
fn a_paid_call_has_no_tag_of_ours() {
	build_and_execute(|| {
		assert_eq!(validate(RICH, close(0), 0).unwrap().provides.len(), 1);
		open_door_of(RICH);
		assert_eq!(validate(RICH, close(0), 0).unwrap().provides.len(), 2);
	});
}

#[test]
fn a_wrapped_call_is_not_free() {
	build_and_execute(|| {
		open_door_of(PATIENT);
		open_door_of(RICH);
		let wrapped = ward::Call::wrap { call: Box::new(close(0).into()) };
		assert!(send(PATIENT, wrapped.clone(), 0).is_err());
		assert_ok!(send(RICH, wrapped, 0).unwrap());
		assert!(Balances::free_balance(RICH) < FORTUNE);
		assert_eq!(skipped(), 0);
	});
}

#[test]
fn a_call_that_the_runtime_does_not_name_is_not_free() {
	build_and_execute(|| {
		assert!(send(PATIENT, ward::Call::smuggle {}, 0).is_err());
		assert_ok!(send(RICH, ward::Call::smuggle {}, 0).unwrap());
		assert!(Balances::free_balance(RICH) < FORTUNE);
	});
}

#[test]
fn a_filtered_call_gets_into_no_block() {
	build_and_execute(|| {
		open_door_of(PATIENT);
		open_door_of(RICH);
		Filtered::set(true);
		for who in [PATIENT, RICH] {
			assert_eq!(send(who, close(0), 0), Err(InvalidTransaction::Call.into()));
		}
		assert_eq!(Balances::free_balance(RICH), FORTUNE);
		Filtered::set(false);
		assert_ok!(send(PATIENT, close(0), 0).unwrap());
	});
}

#[test]
fn what_must_not_stand_beside_the_name_of_its_signer_gets_into_no_block() {
	build_and_execute(|| {
		Unnamed::set(vec![RICH]);
		let refused = Err(InvalidTransaction::Call.into());
		assert_eq!(send(RICH, ward::Call::report {}, 0), refused);
		assert_eq!(validate(RICH, ward::Call::report {}, 0), Err(InvalidTransaction::Call.into()));
		assert_eq!(Balances::free_balance(RICH), FORTUNE);
		assert_ok!(send(RICH, ward::Call::visit {}, 0).unwrap());
		assert_ok!(send(RICH_PATIENT, ward::Call::report {}, 0).unwrap());
		// What it costs to find out is weighed.
		let extension = Free::from(Payment::from(0));
		let (one, other) = (ward::Call::report {}.into(), ward::Call::visit {}.into());
		assert_eq!(extension.weight(&one), extension.weight(&other) + SIGNATURE);
	});
}

#[test]
fn an_unsigned_origin_gets_nothing_for_free() {
	build_and_execute(|| {
		let call = RuntimeCall::from(close(0));
		let result = Free::from(Payment::from(0)).validate_only(
			RuntimeOrigin::none(),
			&call,
			&call.get_dispatch_info(),
			10,
			TransactionSource::External,
			0,
		);
		assert!(result.is_err());
	});
}

#[test]
fn a_free_call_weighs_its_condition_and_not_its_payment() {
	build_and_execute(|| {
		use crate::WeightInfo;
		let payment = <() as pallet_transaction_payment::WeightInfo>::charge_transaction_payment();
		let added = CONDITION + <() as WeightInfo>::free_call();
		let extension = Free::from(Payment::from(0));
		let call = RuntimeCall::from(close(0));
		assert_eq!(extension.weight(&call), payment + added);
		assert_eq!(extension.weight(&ward::Call::open {}.into()), payment);

		open_door_of(PATIENT);
		let mut info = call.get_dispatch_info();
		info.extension_weight = extension.weight(&call);
		let post = extension
			.dispatch_transaction(RuntimeOrigin::signed(PATIENT), call, &info, 10, 0)
			.unwrap()
			.unwrap();
		assert_eq!(post.actual_weight, Some(DECLARED + added));
	});
}

#[test]
fn what_was_not_looked_up_of_who_signs_is_given_back() {
	build_and_execute(|| {
		let payment = <() as pallet_transaction_payment::WeightInfo>::charge_transaction_payment();
		let extension = Free::from(Payment::from(0));
		let call = RuntimeCall::from(ward::Call::report {});
		let mut info = call.get_dispatch_info();
		info.extension_weight = extension.weight(&call);
		let post = extension
			.dispatch_transaction(RuntimeOrigin::signed(RICH_PATIENT), call, &info, 10, 0)
			.unwrap()
			.unwrap();
		assert_eq!(post.actual_weight, Some(DECLARED + payment + LOOKED_UP));
		assert_eq!(info.extension_weight.saturating_sub(payment + SIGNATURE), super::sponsorship());
	});
}

/// By each dispatch of what it carries again, so it is in the weight of the carrier. Never more is given back than was declared.
#[test]
fn what_the_filter_did_not_look_up_is_given_back() {
	let payment = <() as pallet_transaction_payment::WeightInfo>::charge_transaction_payment();
	let carrier = || {
		let carried = Box::new(RuntimeCall::from(ward::Call::visit {}));
		RuntimeCall::from(ward::Call::wrap { call: carried })
	};
	let declared = payment + FILTER;
	for (took, left) in [
		(Weight::zero(), payment),
		(Weight::from_parts(2_000, 0), payment + Weight::from_parts(2_000, 0)),
		(FILTER, declared),
		// What is wrong in it costs nobody else anything.
		(FILTER.saturating_mul(2), declared),
	] {
		build_and_execute(|| {
			FilterTook::set(took);
			let extension = Free::from(Payment::from(0));
			assert_eq!(extension.weight(&carrier()), declared);
			let mut info = carrier().get_dispatch_info();
			info.extension_weight = extension.weight(&carrier());
			let post = extension
				.dispatch_transaction(RuntimeOrigin::signed(RICH), carrier(), &info, 10, 0)
				.unwrap()
				.unwrap();
			assert_eq!(post.actual_weight, Some(DECLARED + left), "{took:?}");
		});
	}
}
