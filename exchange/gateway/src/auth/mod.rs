//! Tokens, for clients that cannot sign each request: who gets one, what it stands for, and when it ends. A token permits nothing: what is read
//! with it is decided on the chain as a signed request is, for whom it stands for.

mod faults;
mod issue;
mod kept;
mod present;
mod profiles;
mod revoke;
mod scope;

pub use faults::{NoClient, NoGrant, NoToken, NotIssued};
pub(crate) use issue::NONCE_LIFE;
pub use issue::{Form, Issued, CHALLENGE_GRANT};
pub use present::Presented;
pub use scope::{NotOffered, Scope, ACTION, MAX_SCOPE, PURPOSE};

use crate::quotas::Party;
use salus_consent_decision::Actor;
use salus_exchange_protocol::{
	account::{Account, Address},
	event::RequesterKind,
	Hash,
};

/// For whom a token stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holder {
	/// A system of an organisation, and the thumbprint of the key in its profile with which it asked.
	Organisation {
		/// The organisation's number.
		number: u32,
		/// The thumbprint.
		key: Hash,
	},
	/// A patient, by a key of the handle.
	Patient(Account),
}

impl Holder {
	/// As it is stored.
	pub(crate) fn columns(&self) -> (Option<u32>, Hash) {
		match self {
			Self::Organisation { number, key } => (Some(*number), *key),
			Self::Patient(account) => (None, Hash(account.0)),
		}
	}

	/// Who asks the chain: an organisation as such, or a patient's key.
	pub fn actor(&self) -> Actor<[u8; 32]> {
		match self {
			Self::Organisation { number, .. } => Actor::Organisation(*number),
			Self::Patient(account) => Actor::Own(account.0),
		}
	}

	/// Who asks, for the log: the patient's account, or the thumbprint of the organisation's key in the form of one.
	pub fn address(&self) -> Address {
		let (_, key) = self.columns();
		Address::from(Account(key.0))
	}

	/// Who asks, for the quotas.
	pub(crate) fn who(&self) -> (Option<u32>, Account) {
		let (organisation, key) = self.columns();
		(organisation, Account(key.0))
	}

	/// Whose quota it is, if the chain believes it.
	pub(crate) fn party(&self) -> Party {
		match self {
			Self::Organisation { number, .. } => Party::Organisation(*number),
			Self::Patient(account) => Party::Key(*account),
		}
	}

	/// The organisation, if it is one.
	pub fn organisation(&self) -> Option<u32> {
		self.columns().0
	}

	/// Whether a person asks, or a machine.
	pub fn kind(&self) -> RequesterKind {
		match self {
			Self::Organisation { .. } => RequesterKind::Machine,
			Self::Patient(_) => RequesterKind::Person,
		}
	}
}

/// A token that lives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
	/// Its hash: it is kept by no one but who it was issued to.
	pub hash: Hash,
	/// For whom it stands.
	pub holder: Holder,
	/// The thumbprint of the key that it is bound to.
	pub bound_to: Hash,
	/// What it is good for.
	pub scope: Scope,
	/// Since when the standing behind it must have lasted: the time of the older block when it was issued, in seconds since 1970.
	pub since: u64,
	/// When it was issued.
	pub issued: u64,
	/// From when on it is good no more.
	pub expiry: u64,
}
