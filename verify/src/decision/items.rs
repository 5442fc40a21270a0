//! The items of the chain's storage on which the answer to a question of consent may depend: all of them, with their keys. And those that
//! a reservation of a researcher's query rests on (`reservation`).
//!
//! Whoever verifies makes the keys from the question, and from values that are proven already. A key is never taken from
//! the receipt, so that its maker cannot leave one out.

use crate::{
	bytes::blake2_128,
	state::{key, twox_64_concat},
	status::time_key,
};
use alloc::vec::Vec;
use codec::Encode;
use core::fmt;
use salus_primitives::{EmergencyId, OrgId, OrgKind, PatientId, RelationshipId};

/// An account: the public key, or the hash of it.
pub type Account = [u8; 32];

/// One item of the storage. What a rule needs beyond these gets a variant here, and `facts.rs` reads it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
	/// The block's time.
	Time,
	/// Which runtime the chain's state is of.
	Runtime,
	/// The version of the layout in which a pallet stores.
	Layout(&'static str),
	/// A patient's handle, with its state.
	Handle(PatientId),
	/// A state that the handle had before, by its place.
	PastState(PatientId, u32),
	/// A patient's key.
	Key(Account),
	/// An organisation.
	Organisation(OrgId),
	/// The keys with which an organisation's systems authenticate, if it has named any beside its profile.
	ClientKeys(OrgId),
	/// The licence of an organisation for a kind.
	Licence(OrgId, OrgKind),
	/// Since when an account works for an organisation, and as what.
	Affiliation(OrgId, Account),
	/// The organisations at which an account works, and all at which it worked while they were flagged.
	Employers(Account),
	/// When an organisation was flagged, if that has ever changed.
	Flags(OrgId),
	/// The directives of a patient that are not in the history yet.
	Directives(PatientId),
	/// A page of a patient's past directives.
	PastDirectives(PatientId, u32),
	/// The vetoes of a patient.
	Vetoes(PatientId),
	/// The base decisions of a patient, past and present.
	BaseDecisions(PatientId),
	/// The sealed directives of a patient that are not in the history yet.
	Sealed(PatientId),
	/// A page of a patient's past sealed directives.
	PastSealed(PatientId, u32),
	/// The network's care policies.
	CarePolicies,
	/// The last relationship of a patient with an organisation.
	Pair(PatientId, OrgId),
	/// A care relationship.
	Relationship(RelationshipId),
	/// The opt-outs of a patient.
	OptOuts(PatientId),
	/// The last emergency that a person at an organisation declared for a patient.
	LatestEmergency(PatientId, OrgId, Account),
	/// The last emergency that a person at an organisation recorded late for a patient.
	LatestLate(PatientId, OrgId, Account),
	/// An emergency.
	Emergency(EmergencyId),
	/// The advance directives of a patient.
	AdvanceDirectives(PatientId),
	/// A query of a custodian's population for which budget was reserved, by its number.
	Query(OrgId, u64),
	/// A permit for research.
	Permit(u32),
	/// A dataset.
	Dataset(u32),
	/// A version of a dataset.
	Version(u32, u32),
}

/// How a map hashes a part of its key.
#[derive(Clone, Copy)]
enum By {
	Blake2,
	Twox,
}

fn map(pallet: &str, item: &str, parts: &[(By, Vec<u8>)]) -> Vec<u8> {
	let mut out = key(pallet.as_bytes(), item.as_bytes());
	for (by, part) in parts {
		match by {
			By::Blake2 => {
				out.extend(blake2_128(part));
				out.extend(part);
			},
			By::Twox => out.extend(twox_64_concat(part)),
		}
	}
	out
}

impl Item {
	/// The item's key in the storage.
	pub fn key(&self) -> Vec<u8> {
		use By::{Blake2, Twox};
		match self {
			Self::Time => time_key(),
			Self::Runtime => key(b"System", b"LastRuntimeUpgrade"),
			Self::Layout(pallet) => key(pallet.as_bytes(), b":__STORAGE_VERSION__:"),
			Self::Handle(id) => map("PatientIdentity", "Patients", &[(Blake2, id.encode())]),
			Self::PastState(id, place) => map(
				"PatientIdentity",
				"StateHistory",
				&[(Blake2, id.encode()), (Twox, place.encode())],
			),
			Self::Key(account) => map("PatientIdentity", "Keys", &[(Blake2, account.encode())]),
			Self::Organisation(id) => map("Registry", "Organisations", &[(Twox, id.encode())]),
			Self::ClientKeys(id) => map("Registry", "ClientKeys", &[(Twox, id.encode())]),
			Self::Licence(id, kind) => {
				map("Registry", "Licences", &[(Twox, id.encode()), (Blake2, kind.encode())])
			},
			Self::Affiliation(id, who) => {
				map("Registry", "Affiliations", &[(Twox, id.encode()), (Blake2, who.encode())])
			},
			Self::Employers(who) => map("Registry", "Employers", &[(Blake2, who.encode())]),
			Self::Flags(id) => map("Registry", "Flags", &[(Twox, id.encode())]),
			Self::Directives(id) => map("Consent", "Live", &[(Blake2, id.encode())]),
			Self::PastDirectives(id, page) => {
				map("Consent", "History", &[(Blake2, id.encode()), (Twox, page.encode())])
			},
			Self::Vetoes(id) => map("Consent", "Vetoes", &[(Blake2, id.encode())]),
			Self::BaseDecisions(id) => map("Consent", "BaseDecisions", &[(Blake2, id.encode())]),
			Self::Sealed(id) => map("Sealed", "Live", &[(Blake2, id.encode())]),
			Self::PastSealed(id, page) => {
				map("Sealed", "History", &[(Blake2, id.encode()), (Twox, page.encode())])
			},
			Self::CarePolicies => key(b"Care", b"Policies"),
			Self::Pair(id, organisation) => {
				map("Care", "Pairs", &[(Blake2, id.encode()), (Twox, organisation.encode())])
			},
			Self::Relationship(id) => map("Care", "Relationships", &[(Twox, id.encode())]),
			Self::OptOuts(id) => map("Care", "OptOuts", &[(Blake2, id.encode())]),
			Self::LatestEmergency(id, organisation, who) => map(
				"Emergency",
				"Latest",
				&[(Blake2, id.encode()), (Blake2, (organisation, who).encode())],
			),
			Self::LatestLate(id, organisation, who) => map(
				"Emergency",
				"LatestLate",
				&[(Blake2, id.encode()), (Blake2, (organisation, who).encode())],
			),
			Self::Emergency(id) => map("Emergency", "Emergencies", &[(Twox, id.encode())]),
			Self::AdvanceDirectives(id) => {
				map("Emergency", "AdvanceDirectives", &[(Blake2, id.encode())])
			},
			Self::Query(custodian, query) => {
				map("Research", "Queries", &[(Twox, custodian.encode()), (Twox, query.encode())])
			},
			Self::Permit(id) => map("Research", "Permits", &[(Twox, id.encode())]),
			Self::Dataset(id) => map("Research", "Datasets", &[(Twox, id.encode())]),
			Self::Version(dataset, version) => {
				map("Research", "Versions", &[(Twox, dataset.encode()), (Twox, version.encode())])
			},
		}
	}
}

/// What the item tells, in words that fit behind "the proof leaves open".
impl fmt::Display for Item {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Time => f.write_str("the block's time"),
			Self::Runtime => f.write_str("which runtime the state is of"),
			Self::Layout(pallet) => write!(f, "in which version {pallet} stores"),
			Self::Handle(_) => f.write_str("the patient's handle"),
			Self::PastState(_, place) => write!(f, "state {place} of the handle's past"),
			Self::Key(_) => f.write_str("whose key the account is"),
			Self::Organisation(id) => write!(f, "organisation {id}"),
			Self::ClientKeys(id) => write!(f, "the keys of the systems of organisation {id}"),
			Self::Licence(id, kind) => write!(f, "the licence of organisation {id} as {kind:?}"),
			Self::Affiliation(id, _) => write!(f, "who works for organisation {id}"),
			Self::Employers(_) => f.write_str("at which organisations the person works"),
			Self::Flags(id) => write!(f, "when organisation {id} was flagged"),
			Self::Directives(_) => f.write_str("the patient's directives"),
			Self::PastDirectives(_, page) => {
				write!(f, "page {page} of the patient's past directives")
			},
			Self::Vetoes(_) => f.write_str("the patient's vetoes"),
			Self::BaseDecisions(_) => f.write_str("the patient's base decisions"),
			Self::Sealed(_) => f.write_str("the patient's sealed directives"),
			Self::PastSealed(_, page) => {
				write!(f, "page {page} of the patient's past sealed directives")
			},
			Self::CarePolicies => f.write_str("the network's care policies"),
			Self::Pair(_, organisation) => {
				write!(f, "the patient's last relationship with organisation {organisation}")
			},
			Self::Relationship(id) => write!(f, "care relationship {id}"),
			Self::OptOuts(_) => f.write_str("the patient's opt-outs"),
			Self::LatestEmergency(..) => f.write_str("the person's last emergency"),
			Self::LatestLate(..) => {
				f.write_str("the person's last emergency that was recorded late")
			},
			Self::Emergency(id) => write!(f, "emergency {id}"),
			Self::AdvanceDirectives(_) => f.write_str("the patient's advance directives"),
			Self::Query(custodian, query) => write!(f, "query {query} of organisation {custodian}"),
			Self::Permit(id) => write!(f, "permit {id}"),
			Self::Dataset(id) => write!(f, "dataset {id}"),
			Self::Version(dataset, version) => write!(f, "version {version} of dataset {dataset}"),
		}
	}
}
