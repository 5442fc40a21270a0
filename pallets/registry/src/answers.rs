//! What the registry answers: to other pallets, and to front-ends through the runtime API.

use crate::{
	pallet::*, LastTerm, LicenceInfo, LicenceInterval, OrganisationInfo, QueryError, RegistrarTerm,
	Tenure,
};
use alloc::{vec, vec::Vec};
use frame_support::traits::Get;
use salus_primitives::{
	traits::{
		Credentials, Licensed, Organisations as OrganisationsTrait, PlainDenials,
		Registrars as RegistrarsTrait,
	},
	CapabilitySet, Interval, Moment, OrgId, OrgKind, OrgKindSet, Role, RoleSet,
};
use sp_runtime::DispatchResult;

/// Looking into the histories.
impl<T: Config> Pallet<T> {
	/// Refuses a question about the future.
	fn asked(at: Moment) -> Result<Moment, QueryError> {
		if at > Self::now() {
			return Err(QueryError::InFuture);
		}
		Ok(at)
	}

	pub(crate) fn term_at(who: &T::AccountId, at: Moment) -> Option<RegistrarTerm> {
		Registrars::<T>::get(who).into_iter().find(|term| term.was_in_force(at))
	}

	pub(crate) fn roles_at(org: OrgId, who: &T::AccountId, at: Moment) -> RoleSet {
		Affiliations::<T>::get(org, who).map_or(RoleSet::EMPTY, |affiliation| {
			affiliation
				.intervals
				.iter()
				.filter(|interval| interval.was_in_force(at))
				.map(|interval| interval.role)
				.collect()
		})
	}

	/// The times at which `who` was affiliated to `org` while `org` was flagged. Of a flag and an affiliation of which one ended
	/// in the second in which the other began, an interval without length is told.
	pub(crate) fn worked_while_flagged(org: OrgId, who: &T::AccountId) -> Vec<Interval> {
		let flags = <Self as Credentials<T::AccountId>>::flags(org);
		if flags.is_empty() {
			return Vec::new();
		}
		let worked = Affiliations::<T>::get(org, who).map(|found| found.intervals);
		let spans = worked.iter().flatten().map(Tenure::span);
		spans
			.flat_map(|worked| {
				flags.iter().map(move |flag| {
					Interval::new(flag.from.max(worked.from), flag.until.min(worked.until))
				})
			})
			.filter(|both| both.from <= both.until)
			.collect()
	}

	/// Whether `org` has a reason now to bear the fees of `who`: it is licensed, and `who` is
	/// affiliated to it.
	pub fn is_on_staff(org: OrgId, who: &T::AccountId) -> bool {
		let now = Self::now();
		!Self::roles_at(org, who, now).is_empty() && Self::is_licensed(org, now)
	}

	/// Whether `org` has a reason now to bear the fee with which `who` accepts an invitation.
	pub fn is_invited(org: OrgId, who: &T::AccountId, role: Role) -> bool {
		let now = Self::now();
		Invitations::<T>::get((org, who, role)).is_some_and(|offer| now < offer.until)
			&& Self::is_licensed(org, now)
	}

	/// Whether `org` held a licence of any kind at `at`.
	pub(crate) fn is_licensed(org: OrgId, at: Moment) -> bool {
		Self::kinds_at(org, at).next().is_some()
	}

	/// The kinds of which `org` held a licence at `at`. One read for now, and for any moment since the last gap.
	pub(crate) fn kinds_at(org: OrgId, at: Moment) -> impl Iterator<Item = OrgKind> {
		let terms = Self::last_terms(org).into_iter();
		terms.filter(move |term| Self::was_live(org, term, at)).map(|term| term.kind)
	}

	/// Whether `org` held the licence of which `term` is the last time, at `at`.
	fn was_live(org: OrgId, term: &LastTerm, at: Moment) -> bool {
		if at < term.since {
			return Self::past_interval_at(org, term.kind, at).is_some();
		}
		at < term.until
	}

	/// What is known of the last time that `org` was licensed for `kind`.
	fn last_term(org: OrgId, kind: OrgKind) -> Option<LastTerm> {
		Self::last_terms(org).into_iter().find(|term| term.kind == kind)
	}

	/// Whether `org` held a licence of `kind` at `at`.
	pub(crate) fn was_licensed_at(org: OrgId, kind: OrgKind, at: Moment) -> bool {
		Self::last_term(org, kind).is_some_and(|term| Self::was_live(org, &term, at))
	}

	/// The index of the interval of `kind` that was in force at `at`. One read if that is the last one.
	fn interval_at(org: OrgId, kind: OrgKind, at: Moment) -> Option<u32> {
		let term = Self::last_term(org, kind)?;
		if at < term.from {
			return Self::past_interval_at(org, kind, at);
		}
		(at < term.until).then_some(term.index)
	}

	/// The same, looked up in the history.
	fn past_interval_at(org: OrgId, kind: OrgKind, at: Moment) -> Option<u32> {
		Licences::<T>::get(org, kind)?.interval_at(at).map(|(index, _)| index)
	}
}

/// What the runtime API answers.
impl<T: Config> Pallet<T> {
	/// All that is known of `org`; `None` if there is no such organisation.
	pub fn organisation_info(org: OrgId) -> Option<OrganisationInfo<T::AccountId>> {
		let organisation = Organisations::<T>::get(org)?;
		let now = Self::now();
		let licences = organisation
			.held
			.iter()
			.filter_map(|kind| {
				let licence = Licences::<T>::get(org, kind)?;
				Some(LicenceInfo {
					kind,
					status: licence.status(now),
					revoked: licence.revoked,
					intervals: licence.intervals.into_inner(),
				})
			})
			.collect();
		Some(OrganisationInfo {
			admin: organisation.admin,
			next_admin: organisation.next_admin,
			profile: organisation.profile,
			agreement_key: AgreementKeys::<T>::get(org),
			flagged: organisation.flagged,
			pending: organisation.pending,
			licences,
		})
	}

	/// When a plain denial of `org`, or of `who` who asks for it, was refused, up to now: what the decision takes as the times
	/// at which the actor was flagged, for now and for any moment before.
	pub fn ask_refused_times(org: OrgId, who: Option<&T::AccountId>) -> Vec<Interval> {
		Self::refused_times(org, who, Self::now())
	}

	/// Whether `org` was flagged at `at`. Of one that withdrew before it was ever licensed nothing is kept: no.
	///
	/// # Errors
	/// - [`QueryError::InFuture`]: `at` is after now.
	pub fn ask_flagged(org: OrgId, at: Moment) -> Result<bool, QueryError> {
		Ok(<Self as Credentials<T::AccountId>>::was_flagged(org, Self::asked(at)?))
	}

	/// The organisation that `who` administers now.
	pub fn administers(who: &T::AccountId) -> Option<OrgId> {
		Administrators::<T>::get(who)
	}

	/// Whether `org` held a licence of `kind` at `at`, which must not lie in the future.
	pub fn ask_licensed(org: OrgId, kind: OrgKind, at: Moment) -> Result<bool, QueryError> {
		Self::asked(at).map(|at| Self::was_licensed_at(org, kind, at))
	}

	/// Whether `who` was affiliated to `org` in `role` at `at`, which must not lie in the future.
	pub fn ask_affiliated(
		org: OrgId,
		who: &T::AccountId,
		role: Role,
		at: Moment,
	) -> Result<bool, QueryError> {
		Self::ask_roles(org, who, at).map(|roles| roles.contains(role))
	}

	/// The roles of `who` at `org` at `at`, which must not lie in the future.
	pub fn ask_roles(org: OrgId, who: &T::AccountId, at: Moment) -> Result<RoleSet, QueryError> {
		Self::asked(at).map(|at| Self::roles_at(org, who, at))
	}

	/// The term of the registrar `who` that is in force now.
	pub fn registrar_info(who: &T::AccountId) -> Option<RegistrarTerm> {
		Self::term_at(who, Self::now())
	}
}

/// Nothing is known of the future: every answer about it is no.
impl<T: Config> Credentials<T::AccountId> for Pallet<T> {
	fn was_licensed(org: OrgId, kind: OrgKind, at: Moment) -> bool {
		Self::ask_licensed(org, kind, at).unwrap_or(false)
	}

	fn was_licensed_as_any(org: OrgId, kinds: &[OrgKind], at: Moment) -> Licensed {
		let Ok(at) = Self::asked(at) else { return Licensed::default() };
		let kept = LastLicensed::<T>::get(org);
		// Of an organisation that an upgrade has not come to yet it is drawn from the histories.
		let drawn = kept.is_empty();
		let terms = if drawn { Self::drawn(org) } else { kept };
		let mut found = Licensed { then: false, from_history: drawn };
		for kind in kinds {
			let Some(term) = terms.iter().find(|term| term.kind == *kind) else { continue };
			found.from_history |= at < term.since;
			if Self::was_live(org, term, at) {
				found.then = true;
				break;
			}
		}
		found
	}

	fn licensed_kinds(org: OrgId, at: Moment) -> OrgKindSet {
		Self::asked(at).map_or(OrgKindSet::EMPTY, |at| Self::kinds_at(org, at).collect())
	}

	fn licence_interval(org: OrgId, kind: OrgKind, at: Moment) -> Option<u32> {
		Self::asked(at).ok().and_then(|at| Self::interval_at(org, kind, at))
	}

	fn was_stopped(org: OrgId, kinds: OrgKindSet, at: Moment) -> bool {
		let stopped = |interval: &LicenceInterval| {
			let agreed = interval.from <= at && at < interval.until;
			agreed && interval.ended.is_some_and(|(ended, _)| ended <= at)
		};
		at <= Self::now()
			&& kinds.iter().filter_map(|kind| Licences::<T>::get(org, kind)).any(|licence| {
				licence.revoked.is_some_and(|revoked| revoked <= at)
					|| licence.intervals.iter().any(stopped)
			})
	}

	fn roles(org: OrgId, who: &T::AccountId, at: Moment) -> RoleSet {
		Self::ask_roles(org, who, at).unwrap_or(RoleSet::EMPTY)
	}

	fn was_employed_within(org: OrgId, who: &T::AccountId, within: Interval) -> bool {
		let known = Interval::new(within.from, within.until.min(Self::now().saturating_add(1)));
		let both =
			|span: Interval| Interval::new(span.from.max(known.from), span.until.min(known.until));
		Affiliations::<T>::get(org, who).is_some_and(|affiliation| {
			affiliation.intervals.iter().any(|interval| !both(interval.span()).is_empty())
		})
	}

	fn employers(who: &T::AccountId) -> Vec<OrgId> {
		Employers::<T>::get(who).into_inner()
	}

	fn max_employers() -> u32 {
		T::MaxEmployers::get()
	}

	fn admin(org: OrgId) -> Option<T::AccountId> {
		Organisations::<T>::get(org).map(|organisation| organisation.admin)
	}

	fn is_flagged(org: OrgId) -> bool {
		Organisations::<T>::get(org).is_some_and(|organisation| organisation.flagged)
	}

	fn was_flagged(org: OrgId, at: Moment) -> bool {
		if at > Self::now() {
			return false;
		}
		let history = Flags::<T>::get(org);
		match history.is_empty() {
			// The flag has never changed.
			true => <Self as Credentials<T::AccountId>>::is_flagged(org),
			false => history.iter().any(|interval| interval.was_in_force(at)),
		}
	}

	fn flags(org: OrgId) -> Vec<Interval> {
		let history = Flags::<T>::get(org);
		if history.is_empty() && <Self as Credentials<T::AccountId>>::is_flagged(org) {
			// The flag has never changed.
			return vec![Interval::ALWAYS];
		}
		history
			.iter()
			.map(|flag| Interval::new(flag.from, flag.until.unwrap_or(Moment::MAX)))
			.collect()
	}

	fn works_at_flagged(who: &T::AccountId, at: Moment) -> bool {
		let flagged = |org: &OrgId| <Self as Credentials<T::AccountId>>::is_flagged(*org);
		Administrators::<T>::get(who).as_ref().is_some_and(flagged)
			|| Employers::<T>::get(who)
				.iter()
				.any(|org| flagged(org) && !Self::roles_at(*org, who, at).is_empty())
	}

	/// The administration has no history, so it counts for the present only.
	fn acts_for(org: OrgId, who: &T::AccountId, at: Moment) -> bool {
		let now = Self::now();
		(at == now && Administrators::<T>::get(who) == Some(org))
			|| (at <= now && !Self::roles_at(org, who, at).is_empty())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_organisation(
		kind: OrgKind,
		admin: &T::AccountId,
		member: &T::AccountId,
		role: Role,
	) -> OrgId {
		Self::set_up_organisation(kind, admin, member, role)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_reinstated(org: OrgId, kind: OrgKind) {
		Self::set_up_reinstated(org, kind);
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_employers(who: &T::AccountId) {
		Self::set_up_employers(who, T::MaxEmployers::get());
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_some_employers(who: &T::AccountId, count: u32) {
		Self::set_up_administered(who);
		Self::set_up_employers(who, count);
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_former(org: OrgId, who: &T::AccountId, until: Moment) {
		Self::set_up_former(org, who, until);
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_flags(org: OrgId) {
		let times = (0..u64::from(crate::MAX_FLAGS))
			.map(|n| crate::FlagInterval { from: n, until: Some(n.saturating_add(1)) });
		Flags::<T>::insert(org, crate::FlagHistory::truncate_from(times.collect()));
	}
}

impl<T: Config> PlainDenials<T::AccountId> for Pallet<T> {
	/// Looks at the organisation and at all employers of `who`: [`Pallet::employ`] keeps those at which `who` worked while
	/// they were flagged.
	fn refused_times(org: OrgId, who: Option<&T::AccountId>, at: Moment) -> Vec<Interval> {
		let mut times = <Self as Credentials<T::AccountId>>::flags(org);
		for employer in who.map(Employers::<T>::get).unwrap_or_default() {
			// Of the organisation for which `who` asks, everything is said already.
			if let Some(who) = who.filter(|_| employer != org) {
				times.extend(Self::worked_while_flagged(employer, who));
			}
		}
		times.retain(|time| time.from <= at);
		times
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_refused_times(org: OrgId, who: &T::AccountId) {
		Self::set_up_refused_times(org, who);
	}
}

impl<T: Config> RegistrarsTrait<T::AccountId> for Pallet<T> {
	fn registrar(who: &T::AccountId, at: Moment) -> Option<(OrgId, CapabilitySet)> {
		let at = Self::asked(at).ok()?;
		Self::term_at(who, at).map(|term| (term.organisation, term.capabilities))
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_registrar(who: &T::AccountId) -> OrgId {
		Self::set_up_registrar(who, 0)
	}
}

impl<T: Config> OrganisationsTrait for Pallet<T> {
	fn rely_on(org: OrgId) -> DispatchResult {
		let mut organisation = Self::known(org)?;
		if !organisation.established {
			organisation.established = true;
			Organisations::<T>::insert(org, organisation);
		}
		Ok(())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_unrelied() -> OrgId {
		let account = |name| frame_benchmarking::account(name, 0, 0);
		let (admin, member) = (account("unrelied"), account("member"));
		Self::set_up_organisation(OrgKind::Provider, &admin, &member, Role::Nurse)
	}
}
