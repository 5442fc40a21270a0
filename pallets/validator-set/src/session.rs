//! Sessions: who validates when, and what follows from an offence.

use crate::{
	Config, Departures, Event, Members, Minimum, OffenceRecord, Offences, Offender, Offenders,
	Pallet, RemovalReason, WeightInfo,
};
use alloc::vec::Vec;
use core::{cmp::Reverse, marker::PhantomData};
use frame_support::{
	traits::{Defensive, Get},
	weights::Weight,
};
use pallet_session::{historical, DisabledValidators, Pallet as Session};
use salus_primitives::OrgId;
use sp_runtime::{traits::Convert, Perbill};
use sp_staking::{
	offence::{OffenceDetails, OffenceSeverity, OnOffenceHandler},
	SessionIndex,
};

const LOG_TARGET: &str = "runtime::validator-set";

/// The validator that an account is: itself if it is a member, else none.
pub struct ValidatorOf<T>(PhantomData<T>);

impl<T: Config> Convert<T::AccountId, Option<T::AccountId>> for ValidatorOf<T> {
	fn convert(account: T::AccountId) -> Option<T::AccountId> {
		Members::<T>::contains_key(&account).then_some(account)
	}
}

/// The organisation that operates a validator of the current set.
///
/// It answers for those who are leaving, too: the set that a session began with is identified the
/// same way until it ends.
pub struct OrganisationOf<T>(PhantomData<T>);

impl<T: Config> Convert<T::AccountId, Option<OrgId>> for OrganisationOf<T> {
	fn convert(validator: T::AccountId) -> Option<OrgId> {
		Members::<T>::get(&validator)
			.map(|member| member.organisation)
			.or_else(|| Departures::<T>::get(&validator).map(|departure| departure.organisation))
	}
}

impl<T: Config> Pallet<T> {
	/// The set of the session after the one that begins, if it differs from that one's.
	pub(crate) fn plan_session(index: SessionIndex) -> Option<Vec<(T::AccountId, OrgId)>> {
		Self::expel_offenders();
		let mut planned = Vec::new();
		let mut keys = Vec::new();
		for (validator, member) in Members::<T>::iter() {
			if let Some(key) = Session::<T>::load_keys(&validator) {
				keys.push((validator.clone(), key));
				planned.push((validator, member.organisation));
			}
		}
		if planned.is_empty() {
			// The session pallet keeps the present set. An empty one would stop the chain.
			log::error!(target: LOG_TARGET, "no member has session keys for session {index}");
			return None;
		}
		// At this point the queue still holds the session that begins.
		(keys != Session::<T>::queued_keys()).then_some(planned)
	}

	/// Ends the membership of those who offended, the gravest first, as far as the minimum allows.
	fn expel_offenders() {
		let mut offenders: Vec<_> = Offenders::<T>::iter()
			.filter(|(validator, _)| Members::<T>::contains_key(validator))
			.collect();
		if offenders.is_empty() {
			return;
		}
		// Ties go by account, so that every node decides the same way.
		offenders.sort_by(|(a, x), (b, y)| (Reverse(x.severity), a).cmp(&(Reverse(y.severity), b)));

		let minimum = Minimum::<T>::get();
		let mut remaining = Members::<T>::iter_keys()
			.filter(|member| Self::has_keys(member))
			.fold(0, |sum: u32, _| sum.saturating_add(1));
		for (validator, offender) in offenders {
			let without = remaining.saturating_sub(Self::has_keys(&validator).into());
			if without >= minimum || without == remaining {
				remaining = without;
				Self::end_membership(&validator, RemovalReason::Offence);
			} else if !offender.retained {
				Offenders::<T>::insert(&validator, Offender { retained: true, ..offender });
				if let Some(member) = Members::<T>::get(&validator) {
					Self::deposit_event(Event::OffenderRetained {
						validator,
						organisation: member.organisation,
					});
				}
			}
		}
	}

	/// Disables those again who offended, and forgets those who are out of the set.
	pub(crate) fn begin_session() {
		let validators = Session::<T>::validators();
		let out: Vec<_> = Departures::<T>::iter()
			.filter(|(validator, _)| !validators.contains(validator))
			.collect();
		for (validator, departure) in out {
			Self::leave(&validator, departure.organisation);
		}

		// The session pallet forgets whom it disabled when the set changes, and only then.
		if DisabledValidators::<T>::get().is_empty() {
			let mut offenders: Vec<_> = Offenders::<T>::iter()
				.filter(|(validator, _)| validators.contains(validator))
				.collect();
			// The gravest last: where not all can be disabled, the later displaces the earlier.
			offenders.sort_by(|(a, x), (b, y)| (x.severity, a).cmp(&(y.severity, b)));
			for (validator, offender) in offenders {
				Session::<T>::report_offence(validator, OffenceSeverity(offender.severity));
			}
		}
	}

	/// Forgets the roots of sessions that nobody can report on any more.
	pub(crate) fn finish_session(index: SessionIndex) {
		if let Some(up_to) = index.checked_sub(T::HistoryDepth::get()) {
			historical::Pallet::<T>::prune_up_to(up_to);
		}
	}

	/// Records and punishes what `validator` of `organisation` did in `session`.
	pub(crate) fn note_offence(
		validator: &T::AccountId,
		organisation: OrgId,
		session: SessionIndex,
		severity: Perbill,
	) {
		let graver = Offences::<T>::mutate(organisation, |record| {
			let known = record
				.latest
				.iter_mut()
				.find(|offence| offence.validator == *validator && offence.session == session);
			if let Some(known) = known {
				let graver = severity > known.severity;
				known.severity = known.severity.max(severity);
				return graver;
			}
			record.count = record.count.saturating_add(1);
			let offence = OffenceRecord { validator: validator.clone(), session, severity };
			// The oldest makes room for the newest.
			let end = record.latest.len();
			let _ = record.latest.force_insert_keep_right(end, offence).defensive();
			true
		});
		if graver {
			Self::deposit_event(Event::OffenceRecorded {
				organisation,
				validator: validator.clone(),
				session,
				severity,
			});
		}

		let since = Members::<T>::get(validator)
			.map(|member| member.since)
			.or_else(|| Departures::<T>::get(validator).map(|departure| departure.since));
		if since.is_some_and(|since| since <= session) {
			Offenders::<T>::mutate(validator, |offender| match offender {
				Some(offender) => offender.severity = offender.severity.max(severity),
				None => *offender = Some(Offender { severity, retained: false }),
			});
			Session::<T>::report_offence(validator.clone(), OffenceSeverity(severity));
		}
	}
}

impl<T: Config> pallet_session::SessionManager<T::AccountId> for Pallet<T> {
	fn new_session(index: SessionIndex) -> Option<Vec<T::AccountId>> {
		Self::plan_session(index)
			.map(|set| set.into_iter().map(|(validator, _)| validator).collect())
	}

	fn start_session(_: SessionIndex) {
		Self::begin_session()
	}

	fn end_session(index: SessionIndex) {
		Self::finish_session(index)
	}
}

impl<T: Config> historical::SessionManager<T::AccountId, OrgId> for Pallet<T> {
	fn new_session(index: SessionIndex) -> Option<Vec<(T::AccountId, OrgId)>> {
		Self::plan_session(index)
	}

	fn start_session(_: SessionIndex) {
		Self::begin_session()
	}

	fn end_session(index: SessionIndex) {
		Self::finish_session(index)
	}
}

impl<T: Config, Reporter> OnOffenceHandler<Reporter, (T::AccountId, OrgId), Weight> for Pallet<T> {
	fn on_offence(
		offenders: &[OffenceDetails<Reporter, (T::AccountId, OrgId)>],
		severities: &[Perbill],
		session: SessionIndex,
	) -> Weight {
		let mut count = 0u32;
		for (details, severity) in offenders.iter().zip(severities) {
			let (validator, organisation) = &details.offender;
			Self::note_offence(validator, *organisation, session, *severity);
			count = count.saturating_add(1);
		}
		<T as Config>::WeightInfo::on_offence(count.min(T::MaxValidators::get()))
	}
}
