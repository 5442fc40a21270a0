//! What must hold of the registry's storage at all times.

use crate::{
	pallet::*, AgreementKey, ClientKeySet, FlagInterval, LicenceEnd, Tenure, MAX_FLAGS_OF_ONE,
};
use alloc::vec::Vec;
use frame_support::ensure;
use salus_primitives::{
	agreement, deposits::are_backed, Interval, Moment, OrgId, OrgKindSet, Role,
};
use sp_runtime::TryRuntimeError;

/// Whether a history of `(span, term's end, early end)` is in order: each interval began by now and
/// ends after it began, none overlaps the next, and what ended early did so within its term.
fn is_sound(
	history: impl Iterator<Item = (Interval, Moment, Option<Moment>)>,
	now: Moment,
) -> bool {
	let mut previous: Moment = 0;
	for (span, until, ended) in history {
		let early = ended.is_none_or(|ended| span.from <= ended && ended < until && ended <= now);
		if span.from < previous || span.from > now || span.from >= until || !early {
			return false;
		}
		previous = span.until;
	}
	true
}

/// Whether one of `flags` was set at a moment of `worked`. Not one from before there was a history of flags, which begins
/// at zero: employers of that time may have made room. Nor one that was set only in the second in which `worked` ended.
fn met_a_flag(worked: &Interval, flags: &[FlagInterval]) -> bool {
	flags.iter().filter(|flag| flag.from > 0).any(|flag| {
		let until = flag.until.unwrap_or(Moment::MAX).min(worked.until);
		flag.from.max(worked.from) < until
	})
}

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet, and names the first that does not hold.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let now = Self::now();
		Self::check_organisations(now)?;
		Self::check_licences(now)?;
		Self::check_affiliations(now)?;
		Self::check_registrars(now)?;
		Self::check_deposits()?;
		Self::check_last_licensed()
	}

	/// What is kept of the last times under a licence is what the licences say. Of an organisation that an upgrade has not come to
	/// yet nothing is kept.
	fn check_last_licensed() -> Result<(), TryRuntimeError> {
		for (org, terms) in LastLicensed::<T>::iter() {
			let kinds: OrgKindSet = terms.iter().map(|term| term.kind).collect();
			ensure!(kinds.iter().count() == terms.len(), "a kind of licence twice");
			for term in &terms {
				let licence = Licences::<T>::get(org, term.kind);
				ensure!(
					licence.and_then(|licence| licence.last_term(term.kind)) == Some(*term),
					"the last time under a licence is not what the licence says"
				);
			}
			ensure!(
				terms == Pallet::<T>::drawn(org),
				"a licence of which the last time is not kept, or not in order"
			);
		}
		Ok(())
	}

	/// What is on hold is what organisations, invitations and affiliations have put down.
	fn check_deposits() -> Result<(), TryRuntimeError> {
		let organisations = Organisations::<T>::iter_values()
			.filter_map(|organisation| Some((organisation.admin, organisation.ticket?)));
		let people = Invitations::<T>::iter_values()
			.map(|invitation| invitation.deposit)
			.chain(Affiliations::<T>::iter_values().filter_map(|affiliated| affiliated.deposit))
			.chain(Lingering::<T>::iter_values())
			.map(|deposit| (deposit.depositor, deposit.ticket));
		ensure!(
			are_backed::<T, _>(organisations.chain(people)),
			"what is on hold is not what deposits are for"
		);
		Ok(())
	}

	fn check_organisations(now: Moment) -> Result<(), TryRuntimeError> {
		let next = NextOrgId::<T>::get();
		for (org, organisation) in Organisations::<T>::iter() {
			ensure!(org < next, "an organisation's number was never given");
			ensure!(
				Administrators::<T>::get(&organisation.admin) == Some(org),
				"an organisation's administrator is not listed"
			);
			ensure!(
				organisation.next_admin.as_ref() != Some(&organisation.admin),
				"the administration is offered to the administrator"
			);
			ensure!(organisation.kinds().is_known(), "an organisation has an unknown kind");
			ensure!(
				!organisation.pending.intersects(organisation.held),
				"a kind is both pending and admitted"
			);
			let licences = Licences::<T>::iter_key_prefix(org).collect::<OrgKindSet>();
			ensure!(licences == organisation.held, "kinds admitted and licences differ");
		}
		for (org, history) in Flags::<T>::iter() {
			Self::check_flags(org, &history, now)?;
		}
		for (org, takers) in UnflaggedBy::<T>::iter() {
			ensure!(!takers.is_empty(), "an empty list of who took a flag off");
			let ended = Flags::<T>::get(org).iter().filter(|time| time.until.is_some()).count();
			ensure!(takers.len() <= ended, "a flag was taken off more often than it has ended");
			for who in &takers {
				let own = takers.iter().filter(|taker| *taker == who).count();
				ensure!(
					u32::try_from(own).is_ok_and(|own| own <= MAX_FLAGS_OF_ONE),
					"a registrar has taken a flag off too often"
				);
			}
		}
		for (org, AgreementKey { key, since }) in AgreementKeys::<T>::iter() {
			ensure!(Organisations::<T>::contains_key(org), "an agreement key of no organisation");
			ensure!(agreement::is_usable(&key), "an agreement key that anybody can use");
			ensure!(since <= now, "an agreement key from the future");
		}
		for (org, ClientKeySet { since, .. }) in ClientKeys::<T>::iter() {
			ensure!(Organisations::<T>::contains_key(org), "keys of systems of no organisation");
			ensure!(since <= now, "keys of systems from the future");
		}
		for (admin, org) in Administrators::<T>::iter() {
			ensure!(
				Organisations::<T>::get(org).is_some_and(|o| o.admin == admin),
				"an account administers an organisation that has another administrator"
			);
		}
		Ok(())
	}

	/// One organisation's flags: in order, and the last one is what holds now.
	fn check_flags(
		org: OrgId,
		history: &[FlagInterval],
		now: Moment,
	) -> Result<(), TryRuntimeError> {
		let organisation = Organisations::<T>::get(org).ok_or("flags of no organisation")?;
		let last = history.last().ok_or("an empty history of flags")?;
		ensure!(
			organisation.flagged == last.until.is_none(),
			"an organisation's flag and its history differ"
		);
		let mut before = 0;
		for (position, FlagInterval { from, until }) in history.iter().enumerate() {
			let is_last = position.checked_add(1) == Some(history.len());
			ensure!(
				before <= *from && *from <= now && (is_last || until.is_some()),
				"flags out of order"
			);
			before = until.unwrap_or(*from);
			ensure!(*from <= before && before <= now, "a flag with a wrong end");
		}
		Ok(())
	}

	fn check_licences(now: Moment) -> Result<(), TryRuntimeError> {
		for (org, kind, licence) in Licences::<T>::iter() {
			ensure!(
				Organisations::<T>::get(org).is_some_and(|o| o.held.contains(kind)),
				"a licence without admission"
			);
			ensure!(!licence.intervals.is_empty(), "a licence without an interval");
			let history = licence.intervals.iter();
			ensure!(
				is_sound(history.map(|i| (i.span(), i.until, i.ended.map(|(at, _)| at))), now),
				"a licence's history is out of order"
			);
			ensure!(licence.revoked.is_none_or(|at| at <= now), "a revocation in the future");
			for (position, interval) in licence.intervals.iter().enumerate() {
				let last = position.checked_add(1) == Some(licence.intervals.len());
				match interval.ended {
					Some((at, LicenceEnd::Revoked)) => {
						ensure!(
							last && licence.revoked == Some(at),
							"a revoked interval of a licence that was not revoked then"
						);
					},
					Some((_, LicenceEnd::Renewed)) => {
						ensure!(!last, "a renewed interval without its successor");
					},
					Some((_, LicenceEnd::Suspended)) | None => {},
				}
			}
			ensure!(
				licence.revoked.is_none() || licence.interval_at(now).is_none(),
				"a revoked licence is in force"
			);
		}
		Ok(())
	}

	fn check_affiliations(now: Moment) -> Result<(), TryRuntimeError> {
		for (org, who, affiliation) in Affiliations::<T>::iter() {
			ensure!(Organisations::<T>::contains_key(org), "an affiliation to no organisation");
			ensure!(!affiliation.intervals.is_empty(), "an affiliation without an interval");
			let employed = affiliation.intervals.iter().any(|i| i.was_in_force(now));
			ensure!(
				!employed || Employers::<T>::get(&who).contains(&org),
				"an affiliation that is not among the account's employers"
			);
			let flags = Flags::<T>::get(org);
			ensure!(
				Employers::<T>::get(&who).contains(&org)
					|| !affiliation.intervals.iter().any(|i| met_a_flag(&i.span(), &flags)),
				"an employer that was flagged meanwhile is not among the account's"
			);
			let began: Vec<Moment> = affiliation.intervals.iter().map(|i| i.from).collect();
			ensure!(began.is_sorted(), "an affiliation's history is out of order");
			for role in Role::ALL {
				let history = affiliation.intervals.iter().filter(|i| i.role == *role);
				ensure!(
					is_sound(history.map(|i| (i.span(), i.until, i.ended)), now),
					"an affiliation's history in a role is out of order"
				);
			}
		}
		for (who, employers) in Employers::<T>::iter() {
			for (position, org) in employers.iter().enumerate() {
				ensure!(
					Affiliations::<T>::contains_key(org, &who),
					"an employer without an affiliation"
				);
				ensure!(
					!employers.iter().skip(position).skip(1).any(|o| o == org),
					"an employer twice"
				);
			}
		}
		for (org, _, _) in Invitations::<T>::iter_keys() {
			ensure!(Organisations::<T>::contains_key(org), "an invitation to no organisation");
		}
		let mut made = InvitationsMade::<T>::iter_values();
		ensure!(made.all(|made| made.since <= now), "an invitation in the future");
		Ok(())
	}

	fn check_registrars(now: Moment) -> Result<(), TryRuntimeError> {
		for (_, terms) in Registrars::<T>::iter() {
			ensure!(!terms.is_empty(), "a registrar without a term");
			ensure!(
				is_sound(terms.iter().map(|t| (t.span(), t.until, t.ended)), now),
				"a registrar's history is out of order"
			);
			for term in &terms {
				ensure!(
					Organisations::<T>::get(term.organisation).is_some_and(|o| o.established),
					"a registrar of an organisation that could leave, or has left"
				);
				ensure!(
					term.kinds.is_known() && term.capabilities.is_known(),
					"a registrar covers unknown codes"
				);
			}
		}
		Ok(())
	}
}
