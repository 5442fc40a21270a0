//! The invariants of the pallet's storage.

use crate::{pallet::*, types::*};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::ensure;
use salus_primitives::{agreement, deposits::are_backed, Moment, PatientId, PatientState};
use sp_runtime::TryRuntimeError;

/// The pallet's log target.
const LOG_TARGET: &str = "runtime::patient-identity";

impl<T: Config> Pallet<T> {
	/// Checks every invariant that the pallet's documentation names.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let now = Self::now();
		let mut states = Self::history_by_handle(StateHistory::<T>::iter());
		let mut agreement_keys = Self::history_by_handle(AgreementKeyHistory::<T>::iter());
		let mut handles = 0u64;
		for (id, patient) in Patients::<T>::iter() {
			handles = handles.saturating_add(1);
			Self::try_patient(id, &patient, now)?;
			Self::try_timeline(&patient.state, patient.created_at, states.remove(&id))?;
			let past = agreement_keys.remove(&id);
			Self::try_timeline(&patient.agreement_key, patient.created_at, past)?;
		}
		for (id, party) in Parties::<T>::iter() {
			let patient = Patients::<T>::get(id).ok_or("a party without a handle")?;
			ensure!(
				patient.registered_by == Some(party.organisation)
					&& patient.created_at == party.since
					&& party.cohort.desk() <= Registrations::<T>::get(party.organisation).desks,
				"a handle was registered by another party"
			);
		}
		for (id, block) in LeftActiveIn::<T>::iter() {
			let patient = Patients::<T>::get(id).ok_or("left Active without a handle")?;
			ensure!(
				patient.last_left_active.is_some()
					&& block <= frame_system::Pallet::<T>::block_number(),
				"left Active in a block that is not, or never"
			);
		}
		Self::try_desks(now)?;
		ensure!(states.is_empty() && agreement_keys.is_empty(), "a history without a handle");
		Self::try_keys(now)?;
		Self::try_leaving(now)?;
		let deposits = Patients::<T>::iter_values().filter_map(|patient| patient.deposit);
		ensure!(
			are_backed::<T, _>(deposits.map(|deposit| (deposit.payer, deposit.ticket))),
			"what is on hold is not what handles have put down"
		);
		log::debug!(target: LOG_TARGET, "{handles} handles are consistent");
		Ok(())
	}

	/// Each organisation's desks have the numbers from 1 on, one each.
	fn try_desks(now: Moment) -> Result<(), TryRuntimeError> {
		let mut numbers = BTreeMap::<_, BTreeSet<_>>::new();
		for (org, _, desk) in Desks::<T>::iter() {
			ensure!(desk.made.since <= now, "a registration in the future");
			let new = numbers.entry(org).or_default().insert(desk.number);
			ensure!(new, "two desks have the same number");
		}
		for (org, Admission { desks, made }) in Registrations::<T>::iter() {
			ensure!(made.since <= now, "a registration in the future");
			let given = numbers.remove(&org).unwrap_or_default();
			ensure!(given.into_iter().eq(1..=desks), "a desk's number was not given in turn");
		}
		ensure!(numbers.is_empty(), "a desk of an organisation that has registered nobody");
		Ok(())
	}

	fn history_by_handle<V>(
		entries: impl Iterator<Item = (PatientId, u32, Since<V>)>,
	) -> BTreeMap<PatientId, BTreeMap<u32, Since<V>>> {
		let mut histories = BTreeMap::<_, BTreeMap<_, _>>::new();
		for (id, index, entry) in entries {
			histories.entry(id).or_default().insert(index, entry);
		}
		histories
	}

	/// A handle by itself, and with its keys.
	fn try_patient(
		id: PatientId,
		patient: &Patient<T>,
		now: Moment,
	) -> Result<(), TryRuntimeError> {
		let mut keys = Vec::new();
		let mut accounts = BTreeSet::new();
		for account in &patient.keys {
			ensure!(accounts.insert(account), "a handle lists a key twice");
			let key = Keys::<T>::get(account).ok_or("a handle lists a key that does not exist")?;
			ensure!(key.patient == id, "a handle lists another's key");
			keys.push(key);
		}
		let state = patient.state.now(now).value;
		if state == PatientState::Retired {
			ensure!(keys.is_empty(), "a retired handle has keys");
		} else {
			ensure!(keys.iter().any(|key| key.upholds(now)), "no authentication key stays (A1)");
			ensure!(patient.deposit.is_some(), "a handle without a deposit");
		}
		if state != PatientState::Active {
			let pending = keys.iter().any(|key| key.is_pending(now))
				|| patient.agreement_key.planned(now).is_some()
				|| patient.retires_from.is_some();
			ensure!(!pending, "something is pending for a handle that is not active (A3)");
			let leaving = keys.iter().any(|key| key.is_leaving(now));
			let frozen = state == PatientState::Frozen;
			ensure!(frozen || !leaving, "a removal is pending in a state that allows none (A3)");
			ensure!(
				patient.last_left_active == Some(patient.state.now(now).from),
				"a handle that is not active left Active at another moment"
			);
		}
		ensure!(
			patient.state.next.is_none_or(|next| {
				next.value == PatientState::Active
					&& patient.state.current.value == PatientState::Frozen
			}),
			"a planned state that is no unfreezing"
		);
		let line = &patient.agreement_key;
		let mut agreement_keys = [line.current].into_iter().chain(line.next);
		let usable = agreement_keys.all(|since| agreement::is_usable(&since.value));
		ensure!(usable, "an agreement key of low order");
		Ok(())
	}

	/// A timeline that began at `begin`, with its superseded values.
	fn try_timeline<V: Copy>(
		line: &Timeline<V>,
		begin: Moment,
		past: Option<BTreeMap<u32, Since<V>>>,
	) -> Result<(), TryRuntimeError> {
		let past = past.unwrap_or_default();
		ensure!(past.keys().copied().eq(0..line.past), "a history has gaps or leftovers");
		let all: Vec<_> = past.into_values().chain([line.current]).chain(line.next).collect();
		let began = all.first().is_some_and(|first| first.from == begin);
		ensure!(began, "a history does not begin with the handle");
		for (earlier, later) in all.iter().zip(all.iter().skip(1)) {
			ensure!(earlier.from < later.from, "a history is not sorted");
		}
		Ok(())
	}

	/// The keys that were leaving when their handles were frozen.
	fn try_leaving(now: Moment) -> Result<(), TryRuntimeError> {
		for (id, leaving) in LeavingAtFreeze::<T>::iter() {
			let patient = Patients::<T>::get(id).ok_or("keys were leaving no handle")?;
			let left = patient.last_left_active.ok_or("keys were leaving at no freeze")?;
			let retired = patient.state.now(now).value == PatientState::Retired;
			ensure!(!retired && !leaving.is_empty(), "a list of leaving keys is of no use");
			for account in &leaving {
				let key = Keys::<T>::get(account).ok_or("a key that was leaving does not exist")?;
				let was_live = key.from <= left && key.until.is_none_or(|until| left <= until);
				ensure!(key.patient == id && was_live, "a key was leaving another handle");
			}
		}
		Ok(())
	}

	/// All keys, and that each handle knows its own.
	fn try_keys(now: Moment) -> Result<(), TryRuntimeError> {
		let mut founders = BTreeSet::new();
		for (account, key) in Keys::<T>::iter() {
			let patient = Patients::<T>::get(key.patient).ok_or("a key without a handle")?;
			ensure!(!key.purposes.is_empty() && key.purposes.is_known(), "a key's purposes");
			ensure!(key.until.is_none_or(|until| key.from <= until), "a key ends before it begins");
			ensure!(!(key.is_pending(now) && key.until.is_some()), "a pending key is bound to end");
			let listed = patient.keys.contains(&account);
			ensure!(listed || key.has_ended(now), "a handle does not list a key");
			if Self::handle_of(&account) == key.patient {
				founders.insert(key.patient);
			}
		}
		for id in Patients::<T>::iter_keys() {
			ensure!(founders.contains(&id), "a handle without its first key");
		}
		Ok(())
	}
}
