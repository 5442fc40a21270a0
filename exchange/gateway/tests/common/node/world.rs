//! What the chain says, as a test has it.

use super::super::research;
use salus_consent_decision::{Directive, DirectiveId, SealedDirective, SealedId};
use salus_exchange_protocol::Hash;
use salus_primitives::{AdvanceDirective, PatientState};
use std::collections::{BTreeMap, BTreeSet};

pub const ALWAYS: (u64, u64) = (0, u64::MAX);

/// A Permit for treatment, of data without labels.
#[derive(Clone)]
pub struct Grant {
	pub patient: Hash,
	pub organisation: u32,
	/// Indices of classes; all, if there are none.
	pub classes: Vec<u8>,
	pub data: (u64, u64),
	/// When it was revoked.
	pub ended: Option<u64>,
}

/// An emergency that was recorded late.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Late {
	pub organisation: u32,
	pub patient: Hash,
	pub who: [u8; 32],
	pub reason: u8,
	pub classes: u32,
	pub happened: u64,
	pub detail: Hash,
	/// When it was recorded.
	pub recorded: u64,
}

/// A directive with its number.
type Said = (DirectiveId, Directive<[u8; 32]>);

/// What the chain says, after some block.
#[derive(Clone, Default)]
pub struct World {
	pub patients: BTreeSet<Hash>,
	pub grants: Vec<Grant>,
	/// Patients with their keys.
	pub keys: BTreeSet<(Hash, [u8; 32])>,
	/// Organisations with their people.
	pub members: BTreeSet<(u32, [u8; 32])>,
	pub organisations: BTreeSet<u32>,
	/// The commitments to the profiles of organisations, where a test tells.
	pub profiles: BTreeMap<u32, Hash>,
	/// The commitments to the keys of organisations' systems where they have named any beside their profiles, and since when.
	pub client_keys: BTreeMap<u32, (Hash, u64)>,
	/// The times under a licence of organisations, from when on and until when, where they were not always licensed.
	pub licences: BTreeMap<u32, Vec<(u64, Option<u64>)>>,
	/// Since when keys of patients are none any more.
	pub removed: BTreeMap<[u8; 32], u64>,
	/// Organisations with their privacy officers.
	pub officers: BTreeSet<(u32, [u8; 32])>,
	/// Patients with the organisations that treat them: what has no labels is read for treatment.
	pub treated: BTreeSet<(Hash, u32)>,
	/// Patients with those who broke the glass.
	pub emergencies: BTreeSet<(Hash, [u8; 32])>,
	/// What patients said in advance of emergencies.
	pub advance: BTreeMap<Hash, AdvanceDirective>,
	/// The states of handles that are not active.
	pub states: BTreeMap<Hash, PatientState>,
	/// Organisations whose licence was stopped, with the moment.
	pub stopped: BTreeMap<u32, u64>,
	/// Emergencies that were recorded late: the arguments of the call, and who made it.
	pub late: Vec<Late>,
	/// Patients with directives of theirs that are no grants, which have the numbers from 1 on.
	pub said: Vec<(Hash, Said)>,
	/// Patients with their sealed directives.
	pub sealed: Vec<(Hash, (SealedId, SealedDirective))>,
	/// Organisation, root, leaves; the place is the slot. Without leaves it is one record, and the commitment to it.
	pub anchors: Vec<(u32, Hash, u64)>,
	/// Slots that are there no more.
	pub gone: BTreeSet<u64>,
	/// What an anchored record is to the version before, by its slot; without one it is new.
	pub relations: BTreeMap<u64, u8>,
	/// What else is in the state: keys with values, as bytes.
	pub items: BTreeMap<Vec<u8>, Vec<u8>>,
	/// The version of the runtime.
	pub runtime: u32,
	/// Organisations with where their logs stand: commits, entries, head, last commit.
	pub logs: BTreeMap<u32, (u32, u64, [u8; 32], u64)>,
	/// Revocations that were acknowledged: patient, directive.
	pub acknowledged: BTreeSet<(Hash, u32)>,
	/// How many transactions there were of each account.
	pub nonces: BTreeMap<[u8; 32], u32>,
	/// What the chain has of research.
	pub research: research::Research,
	/// Whether its runtime has rules of its own.
	pub decides_otherwise: bool,
	/// The calls that had an effect, as bytes, in their order.
	pub done: Vec<Vec<u8>>,
}
