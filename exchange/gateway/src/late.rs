//! Telling the chain afterwards what happened while it was silent: `Emergency.break_glass_late`, within a day. The chain takes it from the very
//! person who declared the emergency, signed in person, so that the gateway can sign none of them: it tells what is due, takes what that person has
//! signed, and sees when the chain has it.

use crate::{
	chain::{now, recorded::Told, Present, Silent},
	gateway::{Failure, Gateway},
	store::Emergency,
};
use codec::{Compact, Decode, Encode, Input};
use salus_exchange_protocol::account::Account;
use salus_primitives::DataClassSet;
use std::sync::Arc;

/// For how long after it has happened the chain takes an emergency, in seconds.
pub const WINDOW: u64 = 24 * 3_600;
/// For how long it is looked whether the chain has it: it may have taken it in the last second of its window.
const LOOKED_FOR: u64 = WINDOW + 3_600;

/// How an emergency stands with the chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
	/// The chain is to be told, until that moment.
	Due(u64),
	/// The chain has it, under that number.
	Recorded(u32),
	/// The chain was not told in time, and takes it no more.
	Missed,
}

impl Emergency {
	/// How it stands with the chain at a moment.
	pub fn standing(&self, at: u64) -> Standing {
		let due = self.happened.saturating_add(WINDOW);
		match self.recorded {
			Some(number) => Standing::Recorded(number),
			None if at <= due => Standing::Due(due),
			None => Standing::Missed,
		}
	}

	/// What the chain is told of it, for `organisation`.
	fn told(&self, organisation: u32) -> Told {
		Told {
			patient: self.patient.0.into(),
			organisation,
			who: self.who,
			reason: self.reason,
			classes: DataClassSet(self.classes),
			detail: self.detail.0,
			happened_at: self.happened,
		}
	}

	/// The call that tells the chain of it, for `organisation`.
	pub fn late_call(&self, organisation: u32) -> Vec<u8> {
		let Self { patient, reason, classes, happened, detail, .. } = self;
		([46_u8, 1], organisation, patient.0, *reason, *classes, *happened, detail.0).encode()
	}
}

/// Why what somebody signed is not handed in.
#[derive(Debug)]
pub enum NotHandedIn {
	/// There is no emergency of that name.
	Unknown,
	/// It is no signed transaction of version 4.
	Malformed,
	/// Another account has signed than that of who declared it.
	OtherSigner,
	/// It is another call than the one that tells of this emergency.
	OtherCall,
	/// The chain has it already.
	Recorded,
	/// The chain takes it no more.
	TooLate,
	/// The node does not take it.
	Node(Silent),
	/// Something here.
	Failure(Failure),
}

impl From<Failure> for NotHandedIn {
	fn from(failure: Failure) -> Self {
		Self::Failure(failure)
	}
}

/// Who has signed a transaction of version 4, and its call. Whether the signature is one, the node finds out.
pub fn signed_call(transaction: &[u8]) -> Option<(Account, Vec<u8>)> {
	let mut whole = transaction;
	let length = Compact::<u32>::decode(&mut whole).ok()?.0;
	if usize::try_from(length).ok()? != whole.len() {
		return None;
	}
	let rest = &mut whole;
	// Version 4 and signed; an account by its id.
	if <[u8; 2]>::decode(rest).ok()? != [0x84, 0] {
		return None;
	}
	let who = <[u8; 32]>::decode(rest).ok()?;
	let mut signature = [0_u8; 65];
	let length = match u8::decode(rest).ok()? {
		0 | 1 => 64,
		2 => 65,
		_ => return None,
	};
	rest.read(signature.get_mut(..length)?).ok()?;
	// An era of one byte is immortal.
	if u8::decode(rest).ok()? != 0 {
		u8::decode(rest).ok()?;
	}
	Compact::<u32>::decode(rest).ok()?;
	Compact::<u128>::decode(rest).ok()?;
	// Whether a hash of the metadata was signed; the hash itself is not in it.
	if u8::decode(rest).ok()? > 1 {
		return None;
	}
	Some((Account(who), rest.to_vec()))
}

impl Gateway {
	/// Hands in what the person who declared an emergency has signed. That the node takes it does not say that the chain will.
	pub async fn hand_in_late(
		self: &Arc<Self>,
		id: salus_exchange_protocol::Hash,
		transaction: &[u8],
	) -> Result<(), NotHandedIn> {
		let found = self.blocking(move |gateway| Ok(gateway.store.emergency(&id)?)).await?;
		let emergency = found.ok_or(NotHandedIn::Unknown)?;
		match emergency.standing(now()) {
			Standing::Due(_) => {},
			Standing::Recorded(_) => return Err(NotHandedIn::Recorded),
			Standing::Missed => return Err(NotHandedIn::TooLate),
		}
		let (who, call) = signed_call(transaction).ok_or(NotHandedIn::Malformed)?;
		if who.0 != emergency.who {
			return Err(NotHandedIn::OtherSigner);
		}
		if call != emergency.late_call(self.config.organisation) {
			return Err(NotHandedIn::OtherCall);
		}
		self.node.submit(transaction).await.map_err(NotHandedIn::Node)
	}

	/// Looks which emergencies the chain was told of meanwhile.
	pub async fn look_for_late_records(self: &Arc<Self>, present: &Present) -> Result<(), Failure> {
		let after = now().saturating_sub(LOOKED_FOR);
		let open =
			self.blocking(move |gateway| Ok(gateway.store.emergencies_unrecorded(after)?)).await?;
		for emergency in open {
			let id = emergency.id;
			let told = emergency.told(self.config.organisation);
			match self.node.late_record(&present.finalised, &told).await {
				Ok(None) => {},
				Ok(Some(number)) => {
					self.blocking(move |gateway| {
						Ok(gateway.store.emergency_recorded(&id, number)?)
					})
					.await?;
				},
				Err(silent) => {
					tracing::warn!(%silent, "whether the chain has an emergency is not known");
					return Ok(());
				},
			}
		}
		Ok(())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::{
		extrinsic::{transaction, Call, Signed},
		Block,
	};
	use ed25519_zebra::{SigningKey, VerificationKey};
	use salus_exchange_protocol::Hash;

	fn emergency() -> Emergency {
		Emergency {
			id: Hash([1; 32]),
			who: [2; 32],
			patient: Hash([3; 32]),
			reason: 1,
			classes: 9,
			happened: 1_000,
			until: 2_000,
			detail: Hash([4; 32]),
			note: Vec::new(),
			recorded: None,
		}
	}

	#[test]
	fn the_call_is_that_of_the_pallet() {
		let whole = [
			&[46, 1, 3, 0, 0, 0],
			[3; 32].as_slice(),
			&[1, 9, 0, 0, 0],
			&[0xe8, 3, 0, 0, 0, 0, 0, 0],
			&[4; 32],
		];
		assert_eq!(emergency().late_call(3), whole.concat());
	}

	#[test]
	fn it_is_due_for_a_day_and_then_missed() {
		let at = |at| emergency().standing(at);
		assert_eq!(at(1_000 + WINDOW), Standing::Due(1_000 + WINDOW));
		assert_eq!(at(1_001 + WINDOW), Standing::Missed);
		let recorded = Emergency { recorded: Some(7), ..emergency() };
		assert_eq!(recorded.standing(u64::MAX), Standing::Recorded(7));
	}

	#[tokio::test]
	async fn of_a_transaction_signer_and_call_are_read_and_of_anything_else_nothing() {
		let key = SigningKey::from([1; 32]);
		let call = Call::Acknowledge { organisation: 3, patient: Hash([2; 32]), directive: 9 };
		let born = Block { hash: Hash([4; 32]), number: 42, state_root: Hash([0; 32]), time: 0 };
		let signed = Signed { genesis: Hash([5; 32]), spec_version: 2_000, born, nonce: 300 };
		let bytes = transaction(&call, &key.into(), &signed).await.unwrap();
		let account: [u8; 32] = VerificationKey::from(&key).into();
		assert_eq!(signed_call(&bytes), Some((Account(account), call.encode())));
		// What is cut is of another length than it says.
		for end in 0..bytes.len() {
			assert_eq!(signed_call(&bytes[..end]), None, "{end}");
		}
		for at in [2, 36] {
			let mut changed = bytes.clone();
			changed[at] = 9;
			assert_eq!(signed_call(&changed), None, "{at}");
		}
	}
}
