//! What the benchmarks of several pallets need of a runtime.

use crate::Moment;
use alloc::vec::Vec;
use codec::Encode;
use sp_io::hashing::twox_128;
use sp_runtime::{traits::IdentifyAccount, AccountId32, MultiSignature, MultiSigner};

/// Keys that sign, and a clock that can be set.
pub trait BenchmarkHelper<AccountId, Signature> {
	/// Makes a new key, and its signature over `message` of the key's account.
	fn sign(message: &dyn Fn(&AccountId) -> Vec<u8>) -> (AccountId, Signature);

	/// Sets the chain's clock to `now`, in Unix seconds.
	fn set_time(now: Moment);
}

/// A clock that can be set, for pallets that need no keys.
pub trait BenchmarkClock {
	/// Sets the chain's clock to `now`, in Unix seconds.
	fn set_time(now: Moment);
}

/// The clock of a runtime that keeps its time, in milliseconds, in a `pallet_timestamp` named
/// `Timestamp`.
pub struct TimestampClock;

impl BenchmarkClock for TimestampClock {
	fn set_time(now: Moment) {
		let key = [twox_128(b"Timestamp"), twox_128(b"Now")].concat();
		sp_io::storage::set(&key, &(now * 1_000).encode());
	}
}

/// Signs with sr25519 keys of the externalities' keystore, and sets the clock as [`TimestampClock`]
/// does.
pub struct Sr25519Helper;

impl BenchmarkHelper<AccountId32, MultiSignature> for Sr25519Helper {
	fn sign(message: &dyn Fn(&AccountId32) -> Vec<u8>) -> (AccountId32, MultiSignature) {
		let public = sp_io::crypto::sr25519_generate(0.into(), None);
		let who = MultiSigner::Sr25519(public).into_account();
		let signature = sp_io::crypto::sr25519_sign(0.into(), &public, &message(&who))
			.expect("the keystore holds the key that it made");
		(who, MultiSignature::Sr25519(signature))
	}

	fn set_time(now: Moment) {
		TimestampClock::set_time(now);
	}
}
