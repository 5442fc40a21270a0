//! Who occurs in the tests: organisations, and accounts by their keys.

use super::{AccountId, RuntimeOrigin};
use salus_primitives::OrgId;
use sp_core::{sr25519, Pair};
use sp_runtime::traits::IdentifyAccount;

/// An insurer, with [`payer_admin`] and [`payer_biller`].
pub const PAYER: OrgId = 1;
/// Another insurer.
pub const OTHER_PAYER: OrgId = 2;
/// A hospital, with [`admin`], [`doctor`] and [`biller`].
pub const HOSPITAL: OrgId = 3;
/// A clinic, with [`clinic_admin`].
pub const CLINIC: OrgId = 4;

/// The n-th of many key pairs.
pub fn pair(n: u8) -> sr25519::Pair {
	sr25519::Pair::from_seed(&[n; 32])
}

pub fn account_of(pair: &sr25519::Pair) -> AccountId {
	sp_runtime::MultiSigner::from(pair.public()).into_account()
}

/// The account with the given number, of which nobody holds the key.
pub fn account(n: u8) -> AccountId {
	AccountId::new([n; 32])
}

pub fn payer_admin() -> AccountId {
	account(10)
}
pub fn payer_biller() -> AccountId {
	account(11)
}
pub fn other_payer_admin() -> AccountId {
	account(20)
}
pub fn admin() -> AccountId {
	account(30)
}
pub fn doctor() -> AccountId {
	account(31)
}
pub fn biller() -> AccountId {
	account(32)
}
pub fn clinic_admin() -> AccountId {
	account(40)
}
pub fn stranger() -> AccountId {
	account(99)
}
/// A key of a patient's handle.
pub fn patient_key() -> AccountId {
	account(50)
}
/// The member key of most tests, which can sign.
pub fn member() -> AccountId {
	account_of(&pair(60))
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}
