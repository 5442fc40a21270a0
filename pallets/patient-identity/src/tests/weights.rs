//! Whoever signs beside a patient is looked up at every employer: a call declares as many as there can be, and gives back those
//! that the signer has not.

use super::*;
use crate::{Call, WeightInfo};
use frame_support::{dispatch::GetDispatchInfo, weights::Weight};

/// What the mock weighs with.
type Weights = ();

/// The most employers that a person has here.
const EMPLOYERS: u32 = 16;

fn used_by(result: DispatchResultWithPostInfo) -> Weight {
	result.unwrap().actual_weight.expect("it gives back what it did not use")
}

fn declared(call: Call<Test>) -> Weight {
	call.get_dispatch_info().call_weight
}

#[test]
fn a_signer_is_charged_by_its_employers() {
	build_and_execute(|| {
		let (wallet, expiry) = (Wallet::new(200), now() + SIGNATURE_LIFE);
		let call = Call::register_for {
			org: HOSPITAL,
			key: wallet.account(),
			agreement_key: AGREEMENT,
			expiry,
			signature: registration(&wallet, HOSPITAL, expiry),
		};
		let base = Weights::register_for();
		assert_eq!(declared(call), base.saturating_add(Weights::signer(EMPLOYERS)));
		for employers in [0, 1, 3] {
			has_employers(&member(HOSPITAL), employers);
			let used = used_by(register_for(&Wallet::new(200 + employers as u8)));
			assert_eq!(used, base.saturating_add(Weights::signer(employers)));
		}
	});
}
