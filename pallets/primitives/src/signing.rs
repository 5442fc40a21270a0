//! What a wallet signs off chain, and how such a signature is checked.
//!
//! A signed message binds everything that must not be swapped: the domain tag of the call, the
//! genesis hash, the organisation that submits, what the call is about, and an expiry. It is one
//! SCALE-encoded tuple that begins with the tag, so that a front-end builds the same bytes by
//! concatenation. Wallets of the Polkadot.js family wrap what they sign as raw bytes in
//! `<Bytes>…</Bytes>`; both forms are accepted.
//!
//! An expiry bounds when a signature is used, and not when it was made: it can be dated ahead. What must not outlive something that
//! its signer does later (an end, an opt-out, a freeze) names a recent block by its hash besides, which nobody knows in
//! advance: care's messages do. The others are void by themselves where something comes between.

use alloc::vec::Vec;
use sp_runtime::traits::{IdentifyAccount, Verify};

/// What Polkadot.js wallets put before the bytes they sign.
pub const PREFIX: &[u8] = b"<Bytes>";
/// What Polkadot.js wallets put behind the bytes they sign.
pub const SUFFIX: &[u8] = b"</Bytes>";

/// `message` as a Polkadot.js wallet signs it.
pub fn wrapped(message: &[u8]) -> Vec<u8> {
	[PREFIX, message, SUFFIX].concat()
}

/// Whether `signature` is `signer`'s over `message`, raw or wrapped.
pub fn verify<S: Verify>(
	message: &[u8],
	signature: &S,
	signer: &<S::Signer as IdentifyAccount>::AccountId,
) -> bool {
	signature.verify(message, signer) || signature.verify(&wrapped(message)[..], signer)
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::{ecdsa, ed25519, sr25519, Pair};
	use sp_runtime::{MultiSignature, MultiSigner};

	#[test]
	fn raw_and_wrapped_signatures_of_every_kind_hold_and_others_do_not() {
		fn check<P: Pair>()
		where
			MultiSignature: From<P::Signature>,
			MultiSigner: From<P::Public>,
		{
			let pair = P::from_string("//Patient", None).unwrap();
			let who = MultiSigner::from(pair.public()).into_account();
			let (message, other) = (b"salus".as_slice(), b"other".as_slice());
			for signed in [message.to_vec(), wrapped(message)] {
				let signature = MultiSignature::from(pair.sign(&signed));
				assert!(verify(message, &signature, &who));
				assert!(!verify(other, &signature, &who));
				assert!(!verify(message, &signature, &[7; 32].into()));
			}
			let twice = MultiSignature::from(pair.sign(&wrapped(&wrapped(message))));
			assert!(!verify(message, &twice, &who));
		}
		check::<sr25519::Pair>();
		check::<ed25519::Pair>();
		check::<ecdsa::Pair>();
	}
}
