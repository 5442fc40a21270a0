//! What the pallet stores, and what it answers.

use crate::pallet::Config;
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use salus_primitives::{
	traits::PatientKey, Allowance, KeyPurpose, KeyPurposeSet, Moment, OrgId, PatientId,
	PatientState, Role, RoleSet,
};
use scale_info::TypeInfo;

/// The roles in which a person may register patients for a provider: those who meet patients at its
/// admission, and those who keep its records. Neither a biller nor an auditor has a reason to.
pub const ADMISSION_ROLES: RoleSet = RoleSet::EMPTY
	.with(Role::Clinician)
	.with(Role::Nurse)
	.with(Role::Pharmacist)
	.with(Role::DataSteward);

/// A value, and the moment from which it holds.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Since<V> {
	/// What holds.
	pub value: V,
	/// From when, in Unix seconds.
	pub from: Moment,
}

/// A value over time: what holds, what is planned to hold, and how many values held before.
///
/// A plan takes effect by itself when its moment comes: nobody has to send a transaction. Values
/// that have been superseded are kept outside, under consecutive indices from 0, so that a
/// history never fills up and writing the next entry costs the same for ever.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Timeline<V> {
	/// The newest value that is written down as holding. `next` may have superseded it.
	pub current: Since<V>,
	/// The value that holds from its moment on, unless it is cancelled before.
	pub next: Option<Since<V>>,
	/// How many superseded values were kept.
	pub past: u32,
}

impl<V: Copy> Timeline<V> {
	/// A timeline that begins with `value` at `from`.
	pub const fn new(value: V, from: Moment) -> Self {
		Self { current: Since { value, from }, next: None, past: 0 }
	}

	/// What holds at `now`, which must not lie before any moment passed to this timeline earlier.
	pub fn now(&self, now: Moment) -> Since<V> {
		self.next.filter(|next| next.from <= now).unwrap_or(self.current)
	}

	/// What is planned for a moment after `now`.
	pub fn planned(&self, now: Moment) -> Option<Since<V>> {
		self.next.filter(|next| now < next.from)
	}

	/// Lets `value` hold from `now` on, whatever was planned. Superseded values go to `keep`, each
	/// with its index.
	pub fn begin(&mut self, value: V, now: Moment, mut keep: impl FnMut(u32, Since<V>)) {
		self.settle(now, &mut keep);
		self.next = None;
		self.supersede(Since { value, from: now }, &mut keep);
	}

	/// Plans `value` for `from`, instead of anything planned so far.
	pub fn plan(
		&mut self,
		value: V,
		from: Moment,
		now: Moment,
		mut keep: impl FnMut(u32, Since<V>),
	) {
		self.settle(now, &mut keep);
		self.next = Some(Since { value, from });
	}

	/// Takes back what is planned for a moment after `now`. Whether there was such a plan.
	pub fn cancel(&mut self, now: Moment) -> bool {
		let planned = self.planned(now).is_some();
		if planned {
			self.next = None;
		}
		planned
	}

	/// What held at `at`, which must not lie in the future; `None` before the beginning. `load`
	/// finds kept values by their index.
	pub fn at(&self, at: Moment, load: impl Fn(u32) -> Option<Since<V>>) -> Option<Since<V>> {
		let newest = self.now(at);
		if newest.from <= at {
			return Some(newest);
		}
		// The kept values are sorted by strictly rising moments: find the last that began by `at`.
		let (mut low, mut high) = (0u32, self.past);
		let mut found = None;
		while low < high {
			let middle = low.saturating_add(high.saturating_sub(low) >> 1);
			match load(middle).filter(|entry| entry.from <= at) {
				Some(entry) => {
					found = Some(entry);
					low = middle.saturating_add(1);
				},
				None => high = middle,
			}
		}
		found
	}

	/// Writes down a plan whose moment has come.
	fn settle(&mut self, now: Moment, keep: &mut impl FnMut(u32, Since<V>)) {
		if let Some(next) = self.next.filter(|next| next.from <= now) {
			self.next = None;
			self.supersede(next, keep);
		}
	}

	/// Puts `new` in the place of the current value. One that held for no time is not kept.
	fn supersede(&mut self, new: Since<V>, keep: &mut impl FnMut(u32, Since<V>)) {
		if self.current.from < new.from {
			keep(self.past, self.current);
			self.past = self.past.saturating_add(1);
		}
		self.current = new;
	}
}

/// A patient's key, under its account.
///
/// A key that was ever live stays here for ever: it belongs to one handle, and past answers need
/// its interval.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Key {
	/// Whose key it is.
	pub patient: PatientId,
	/// What it is for.
	pub purposes: KeyPurposeSet,
	/// From when it is live, in Unix seconds. In the future: the key is pending.
	pub from: Moment,
	/// Since when it is live no more, in Unix seconds. In the future: its removal is pending.
	pub until: Option<Moment>,
}

impl Key {
	/// Whether the key is live at `now`.
	pub fn is_live(&self, now: Moment) -> bool {
		PatientKey::from(*self).was_live(now)
	}

	/// Whether the key is yet to become live.
	pub fn is_pending(&self, now: Moment) -> bool {
		now < self.from
	}

	/// Whether the key is live and bound to end.
	pub fn is_leaving(&self, now: Moment) -> bool {
		self.is_live(now) && self.until.is_some()
	}

	/// Whether the key has ended.
	pub fn has_ended(&self, now: Moment) -> bool {
		self.until.is_some_and(|until| until <= now)
	}

	/// Whether the key is live, not bound to end, and may authenticate: invariant A1 counts those.
	pub fn upholds(&self, now: Moment) -> bool {
		self.is_live(now)
			&& self.until.is_none()
			&& self.purposes.contains(KeyPurpose::Authentication)
	}
}

impl From<Key> for PatientKey {
	fn from(key: Key) -> Self {
		let Key { patient, purposes, from, until } = key;
		Self { patient, purposes, from, until }
	}
}

/// An account that registers handles for an organisation: a desk.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Desk {
	/// Which of the organisation's desks it is, from 1, in the order in which they began. Whoever works there
	/// cannot choose it. 0 as long as it has registered nobody.
	pub number: u32,
	/// How many handles it has registered lately.
	pub made: Allowance<u32>,
}

/// What an organisation registers.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Admission {
	/// How many desks it has had.
	pub desks: u32,
	/// How many handles they all have registered lately.
	pub made: Allowance<u32>,
}

/// What was held for a handle, and of whom.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Deposit<AccountId, Ticket> {
	/// Who paid, and is paid back.
	pub payer: AccountId,
	/// The receipt.
	pub ticket: Ticket,
}

/// A patient's handle.
#[derive(
	CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct Patient<T: Config> {
	/// When the handle was registered, in Unix seconds.
	pub created_at: Moment,
	/// The organisation that registered it, if one did.
	pub registered_by: Option<OrgId>,
	/// What is held for it: less once it is retired, as much as what stays of it is worth. Nothing for a handle
	/// that was retired under version 0.1.0.
	pub deposit: Option<Deposit<T::AccountId, T::Consideration>>,
	/// The accounts of its keys that are live or pending, and of some that have just ended.
	pub keys: BoundedVec<T::AccountId, T::MaxKeys>,
	/// Its state.
	pub state: Timeline<PatientState>,
	/// When it last left `Active`, in Unix seconds.
	pub last_left_active: Option<Moment>,
	/// From when on it can be retired, if that was asked for, in Unix seconds.
	pub retires_from: Option<Moment>,
	/// The X25519 public key to which others encrypt.
	pub agreement_key: Timeline<[u8; 32]>,
}

/// A key in a [`PatientDocument`].
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct DocumentKey<AccountId> {
	/// The account: the public key, or the hash of it.
	pub account: AccountId,
	/// What the key is for.
	pub purposes: KeyPurposeSet,
	/// From when it is live, in Unix seconds. In the future: pending.
	pub from: Moment,
	/// Since when it will be live no more, in Unix seconds, if its removal is pending.
	pub until: Option<Moment>,
}

/// All that a W3C DID document of a handle needs.
///
/// The document's subject is `did:salus:<network>:<handle>`; a retired handle resolves to a
/// deactivated document without keys.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct PatientDocument<AccountId> {
	/// The handle.
	pub patient: PatientId,
	/// Its state.
	pub state: PatientState,
	/// Since when it is in that state, in Unix seconds.
	pub since: Moment,
	/// From when it is `Active` again, if unfreezing was asked for, in Unix seconds.
	pub active_from: Option<Moment>,
	/// From when on it can be retired, if that was asked for, in Unix seconds.
	pub retires_from: Option<Moment>,
	/// When it last left `Active`, in Unix seconds.
	pub last_left_active: Option<Moment>,
	/// When it was registered, in Unix seconds.
	pub created_at: Moment,
	/// The organisation that registered it, if one did.
	pub registered_by: Option<OrgId>,
	/// Its keys that are live or pending.
	pub keys: Vec<DocumentKey<AccountId>>,
	/// The X25519 public key to which others encrypt.
	pub agreement_key: Since<[u8; 32]>,
	/// The one that takes its place, if a rotation is pending.
	pub next_agreement_key: Option<Since<[u8; 32]>>,
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::collections::BTreeMap;

	type Kept = BTreeMap<u32, Since<char>>;

	fn at(line: &Timeline<char>, kept: &Kept, at: Moment) -> Option<char> {
		line.at(at, |index| kept.get(&index).copied()).map(|since| since.value)
	}

	#[test]
	fn a_plan_takes_effect_by_itself_and_is_kept_when_it_is_superseded() {
		let mut kept = Kept::new();
		let mut line = Timeline::new('a', 10);
		line.plan('b', 20, 12, |i, e| assert!(kept.insert(i, e).is_none()));
		assert_eq!((line.now(19).value, line.now(20).value), ('a', 'b'));
		assert!(line.planned(19).is_some() && line.planned(20).is_none());
		line.begin('c', 30, |i, e| assert!(kept.insert(i, e).is_none()));
		assert_eq!(line.past, 2);
		for (moment, value) in [
			(9, None),
			(10, Some('a')),
			(19, Some('a')),
			(20, Some('b')),
			(29, Some('b')),
			(30, Some('c')),
			(99, Some('c')),
		] {
			assert_eq!(at(&line, &kept, moment), value, "{moment}");
		}
	}

	#[test]
	fn a_cancelled_plan_leaves_no_trace_and_a_matured_one_cannot_be_cancelled() {
		let mut line = Timeline::new('a', 10);
		let before = line;
		line.plan('b', 20, 12, |_, _| panic!("nothing is superseded"));
		assert!(line.cancel(19));
		assert_eq!(line, before);
		assert!(!line.cancel(19));
		line.plan('b', 20, 12, |_, _| panic!("nothing is superseded"));
		assert!(!line.cancel(20));
		assert_eq!(line.now(20).value, 'b');
	}

	#[test]
	fn a_value_that_held_for_no_time_is_not_kept() {
		let mut line = Timeline::new('a', 10);
		line.begin('b', 10, |_, _| panic!("nothing held"));
		assert_eq!(line, Timeline::new('b', 10));
	}

	#[test]
	fn a_long_history_answers_every_moment() {
		let mut kept = Kept::new();
		let mut line = Timeline::new('a', 0);
		for step in 1..100u64 {
			let value = char::from(b'a' + (step % 26) as u8);
			line.begin(value, step * 10, |i, e| assert!(kept.insert(i, e).is_none()));
		}
		for moment in 0..1_000u64 {
			let value = char::from(b'a' + (moment / 10 % 26) as u8);
			assert_eq!(at(&line, &kept, moment), Some(value), "{moment}");
		}
	}
}
