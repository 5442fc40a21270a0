//! Who pays for a transaction, through the whole pipeline.

use super::used;
use crate::{mock::*, Refusal};
use frame_support::{assert_ok, traits::fungible::Mutate};
use pallet_transaction_payment::OnChargeTransaction;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

fn visit() -> ward::Call<Test> {
	ward::Call::visit {}
}

fn custom(code: u8) -> TransactionValidityError {
	InvalidTransaction::Custom(code).into()
}

#[test]
fn the_pot_pays_for_a_welcomed_account_without_tokens() {
	build_and_execute(|| {
		let issued = Balances::total_issuance();
		assert_ok!(validate(PATIENT, visit(), 0));
		assert_ok!(send(PATIENT, visit(), 0).unwrap());

		let (who, fee) = sponsored()[0];
		assert_eq!(who, PATIENT);
		assert!(fee > 0);
		assert_eq!(Balances::free_balance(Sponsorship::pot()), POT - fee);
		assert_eq!(Balances::total_issuance(), issued - fee);
		assert_eq!(Balances::free_balance(PATIENT), 0);
		assert_eq!(used(PATIENT), fee);
		assert_eq!(System::account_nonce(PATIENT), 1);
	});
}

#[test]
fn validating_writes_nothing() {
	build_and_execute(|| {
		frame_support::assert_storage_noop!({
			assert_ok!(validate(PATIENT, visit(), 0));
		});
	});
}

#[test]
fn the_refund_goes_to_the_pot_and_to_the_allowance() {
	build_and_execute(|| {
		let advanced = fee_of(PATIENT, visit());
		assert_ok!(send(PATIENT, visit(), 0).unwrap());
		let unused = (DECLARED - ACTUAL).ref_time();
		assert_eq!(sponsored(), vec![(PATIENT, advanced - unused)]);
		assert_eq!(Balances::free_balance(Sponsorship::pot()), POT - (advanced - unused));
		assert_eq!(used(PATIENT), advanced - unused);
		assert_eq!(Balances::free_balance(PATIENT), 0);
	});
}

#[test]
fn a_call_that_turns_out_free_costs_nobody_anything() {
	build_and_execute(|| {
		assert_ok!(send(PATIENT, ward::Call::report {}, 0).unwrap());
		assert_eq!(Balances::free_balance(Sponsorship::pot()), POT);
		assert_eq!(sponsored(), vec![]);
		assert_eq!(used(PATIENT), 0);
	});
}

#[test]
fn a_call_that_fails_consumes_the_allowance_too() {
	build_and_execute(|| {
		let fee = fee_of(PATIENT, ward::Call::stumble {});
		let result = send(PATIENT, ward::Call::stumble {}, 0).unwrap();
		assert_eq!(result.unwrap_err().error, ward::Error::<Test>::Stumbled.into());
		assert_eq!(used(PATIENT), fee);
		assert_eq!(sponsored(), vec![(PATIENT, fee)]);
	});
}

#[test]
fn whoever_can_pay_pays() {
	build_and_execute(|| {
		for who in [RICH_PATIENT, RICH] {
			assert_ok!(send(who, visit(), 0).unwrap());
			assert!(Balances::free_balance(who) < FORTUNE);
		}
		assert_eq!(sponsored(), vec![]);
		assert_eq!(used(RICH_PATIENT), 0);
		assert_eq!(Balances::free_balance(Sponsorship::pot()), POT);
	});
}

/// What it costs to sponsor is weighed beforehand, because nobody knows yet who pays.
#[test]
fn whoever_pays_itself_does_not_pay_for_being_sponsored() {
	use frame_support::dispatch::{GetDispatchInfo, PostDispatchInfo};
	use sp_runtime::traits::{DispatchTransaction, TransactionExtension};
	build_and_execute(|| {
		let sponsorship = super::sponsorship();
		let used_by = |who: AccountId| -> PostDispatchInfo {
			let call = RuntimeCall::from(visit());
			let extension = crate::FreeCalls::<Test, _>::from(
				pallet_transaction_payment::ChargeTransactionPayment::<Test>::from(0),
			);
			let mut info = call.get_dispatch_info();
			info.extension_weight = extension.weight(&call);
			let origin = RuntimeOrigin::signed(who);
			extension.dispatch_transaction(origin, call, &info, 10, 0).unwrap().unwrap()
		};
		let sponsored = used_by(PATIENT).actual_weight.unwrap();
		let paid = used_by(RICH_PATIENT).actual_weight.unwrap();
		assert_eq!(paid + sponsorship, sponsored);
		// One unit of weight costs one unit of money here.
		let (advanced, fee) = (used(PATIENT), FORTUNE - Balances::free_balance(RICH_PATIENT));
		assert_eq!(advanced - fee, sponsorship.ref_time());
	});
}

#[test]
fn an_account_with_too_little_keeps_what_it_has() {
	build_and_execute(|| {
		Balances::set_balance(&PATIENT, 100);
		assert_ok!(send(PATIENT, visit(), 0).unwrap());
		assert_eq!(Balances::free_balance(PATIENT), 100);
		assert_eq!(sponsored().len(), 1);
	});
}

#[test]
fn a_fee_that_would_reap_its_payer_is_sponsored() {
	build_and_execute(|| {
		// Exactly the fee: to pay it would take the account below the existential deposit.
		Balances::set_balance(&PATIENT, fee_of(PATIENT, visit()));
		assert_ok!(send(PATIENT, visit(), 0).unwrap());
		assert_eq!(sponsored().len(), 1);
	});
}

#[test]
fn a_rich_account_may_tip_and_a_sponsor_never_does() {
	build_and_execute(|| {
		assert_ok!(send(RICH_PATIENT, visit(), 5).unwrap());
		assert_eq!(validate(PATIENT, visit(), 1), Err(custom(161)));
		assert_eq!(send(PATIENT, visit(), 1), Err(custom(161)));
		assert_eq!(used(PATIENT), 0);
	});
}

#[test]
fn a_stranger_without_tokens_is_refused_as_ever() {
	build_and_execute(|| {
		assert_eq!(send(STRANGER, visit(), 0), Err(InvalidTransaction::Payment.into()));
		// The adapter says so too, whatever the check of the nonce before it says.
		type Adapter = <Test as pallet_transaction_payment::Config>::OnChargeTransaction;
		let call = RuntimeCall::from(visit());
		assert_eq!(
			<Adapter as OnChargeTransaction<Test>>::can_withdraw_fee(
				&STRANGER,
				&call,
				&Default::default(),
				1,
				0
			),
			Err(InvalidTransaction::Payment.into())
		);
	});
}

#[test]
fn a_call_that_is_not_sponsored_says_so() {
	build_and_execute(|| {
		assert_eq!(send(PATIENT, ward::Call::open {}, 0), Err(custom(160)));
	});
}

#[test]
fn a_wrapped_call_is_not_sponsored() {
	build_and_execute(|| {
		let wrapped = ward::Call::wrap { call: Box::new(visit().into()) };
		assert_eq!(validate(PATIENT, wrapped.clone(), 0), Err(custom(160)));
		assert_eq!(send(PATIENT, wrapped, 0), Err(custom(160)));
	});
}

#[test]
fn an_empty_pot_says_so() {
	build_and_execute(|| {
		Balances::set_balance(&Sponsorship::pot(), 1_000);
		assert_eq!(send(PATIENT, visit(), 0), Err(custom(163)));
		assert_eq!(used(PATIENT), 0);
	});
}

#[test]
fn the_pot_is_never_reaped() {
	build_and_execute(|| {
		let fee = fee_of(PATIENT, visit());
		Balances::set_balance(&Sponsorship::pot(), fee);
		assert_eq!(send(PATIENT, visit(), 0), Err(custom(163)));
		Balances::set_balance(&Sponsorship::pot(), fee + 1);
		assert_ok!(send(PATIENT, visit(), 0).unwrap());
	});
}

#[test]
fn an_exhausted_allowance_says_so() {
	build_and_execute(|| {
		Allowed::set(fee_of(PATIENT, ward::Call::stumble {}));
		assert!(send(PATIENT, ward::Call::stumble {}, 0).unwrap().is_err());
		assert_eq!(validate(PATIENT, ward::Call::stumble {}, 0), Err(custom(162)));
		assert_eq!(send(PATIENT, ward::Call::stumble {}, 0), Err(custom(162)));
		// Another account has its own.
		assert!(send(NURSE, ward::Call::stumble {}, 0).unwrap().is_err());
	});
}

#[test]
fn every_refusal_has_its_own_number() {
	let numbers: Vec<_> = [
		Refusal::CallNotSponsored,
		Refusal::TipOffered,
		Refusal::AllowanceExhausted { until: None },
		Refusal::PotEmpty,
		Refusal::NotEntitled,
	]
	.iter()
	.map(|refusal| refusal.code().unwrap())
	.collect();
	assert_eq!(numbers, vec![160, 161, 162, 163, 164]);
	assert_eq!(
		TransactionValidityError::from(Refusal::NotWelcomed),
		InvalidTransaction::Payment.into()
	);
}

#[test]
fn a_sponsored_call_weighs_its_sponsorship() {
	build_and_execute(|| {
		let difference = fee_of(PATIENT, visit()) - fee_of(PATIENT, ward::Call::open {});
		let sponsorship = super::sponsorship();
		assert_eq!(difference, sponsorship.ref_time());
	});
}
