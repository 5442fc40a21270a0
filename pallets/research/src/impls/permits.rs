//! Permits: begun, renewed, reported on, closed, revoked. Whether one is live is computed from what it depends on.

use crate::*;
use alloc::{vec, vec::Vec};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::Get,
	BoundedVec,
};
use salus_primitives::{
	time::YEAR, traits::Credentials, Commitment, Interval, Moment, OrgId, OrgKind, Role,
};
use salus_research_data_use::{Answer, Decision, Modifier, Offer};
use salus_research_permits::{
	permit_at, Context, Ending, EpochDue, Lapse, LapseSet, Permit, PermitEnd, Renewal, ReportRule,
	Standing, VersionFrom, YearlyReport, MAX_YEARS,
};

impl<T: Config> Pallet<T> {
	/// What was true at `at`, now or before, of the permit `record`, which was given by then.
	///
	/// Reads the study, the dataset, the version in force at that moment, and what the registry knew then.
	pub(crate) fn standing(record: &PermitRecord, at: Moment) -> Option<Standing> {
		let study = Studies::<T>::get(record.study)?;
		let dataset = Datasets::<T>::get(record.dataset)?;
		let (_, version) = Self::version_by(record.dataset, &dataset, at)?;
		let approvals: Vec<Interval> = study.approvals.iter().map(Approval::span).collect();
		let accepted: Vec<VersionFrom> = record.accepted.iter().map(|one| one.terms).collect();
		let reports: Vec<YearlyReport> = record.reports.iter().map(|one| one.filed).collect();
		let organisation = study.organisation;
		Some(permit_at(&Context {
			at,
			permit: &record.permit,
			approvals: &approvals,
			licensed: T::Credentials::was_licensed(organisation, OrgKind::Research, at),
			affiliated: T::Credentials::was_affiliated(
				organisation,
				&study.investigator,
				Role::Researcher,
				at,
			),
			terms: &[VersionFrom { version: version.terms_version, from: version.at }],
			accepted: &accepted,
			// The epoch that was the last one at that moment. Any later one was published after it.
			epochs: &[EpochDue {
				due: version.epoch_at.saturating_add(T::EpochTime::get()),
				published: None,
			}],
			reports: &reports,
			report_rule: ReportRule { every: YEAR, grace: T::ReportGrace::get() },
		}))
	}

	/// Refuses a request that the terms in force exclude by now, or leave open though no committee has decided about it under
	/// them: it was approved because it matched, or the terms have changed since those on which was voted.
	fn ensure_allowed(
		in_force: &VersionOf<T>,
		request: &RequestOf<T>,
		study: &StudyOf<T>,
		now: Moment,
	) -> Result<(), Error<T>> {
		let voted = request.outcome.is_some_and(|outcome| matches!(outcome.by, DecidedBy::Vote(_)));
		let matched_with = request.cosigned.as_ref().map(|cosigned| cosigned.version);
		let voted_on =
			matched_with.and_then(|version| Versions::<T>::get(request.dataset, version));
		let decided = voted
			&& voted_on.is_some_and(|version| version.terms_version == in_force.terms_version);
		let allowed = match Self::matched(&in_force.terms, request, study, now) {
			(_, Some(_)) | (Decision { answer: Answer::NoMatch(_), .. }, _) => false,
			(Decision { answer: Answer::Match, .. }, None) => true,
			(Decision { answer: Answer::Abstain(_), .. }, None) => decided,
		};
		ensure!(allowed, Error::<T>::TermsExclude);
		Ok(())
	}

	/// Refuses what lasts from `from` until `until` under terms that let data be used for less time (TS).
	pub(crate) fn ensure_within(
		terms: &Offer,
		from: Moment,
		until: Moment,
	) -> Result<(), Error<T>> {
		let most = terms.months.map(|months| Moment::from(months).saturating_mul(MONTH));
		let within = most.is_none_or(|most| until.saturating_sub(from) <= most);
		ensure!(within, Error::<T>::RenewalTooLong);
		Ok(())
	}

	pub(crate) fn do_accept_terms(
		by: T::AccountId,
		organisation: OrgId,
		request: AccessRequestId,
		version: u32,
	) -> DispatchResult {
		let now = Self::now();
		let (found, study, dataset) = Self::whole(request)?;
		Self::led_by(&by, organisation, found.study, now)?;
		let before = Permits::<T>::get(request);
		if let Some(record) = &before {
			Self::ensure_lasting(record)?;
		} else {
			match Self::stage(&found, None, now) {
				Stage::Approved => {},
				Stage::Lapsed => return Err(Error::<T>::Lapsed.into()),
				_ => return Err(Error::<T>::NotGranted.into()),
			}
		}
		ensure!(dataset.retired_at.is_none(), Error::<T>::DatasetRetired);
		ensure!(study.withdrawn_at.is_none(), Error::<T>::StudyWithdrawn);
		let (last, in_force) = Self::in_force(found.dataset, &dataset)?;
		ensure!(version == last, Error::<T>::WrongVersion);
		let terms = VersionFrom { version: in_force.terms_version, from: now };
		let accepted = before.as_ref().and_then(|record| record.accepted.last());
		let already = accepted.is_some_and(|one| one.terms.version == terms.version);
		ensure!(!already, Error::<T>::AlreadyAccepted);
		Self::ensure_allowed(&in_force, &found, &study, now)?;
		// The request asked for less time than a renewal has made of it.
		if let Some(record) = &before {
			Self::ensure_within(&in_force.terms, record.permit.period.from, Self::end_of(record))?;
		}
		let accepted = Accepted { terms, version };
		let record = match before {
			Some(mut record) => {
				record.accepted.try_push(accepted).map_err(|_| Error::<T>::HistoryFull)?;
				record
			},
			None => Self::begin(&found, accepted, now),
		};
		let until = record.permit.period.until;
		Permits::<T>::insert(request, record);
		Self::deposit_event(Event::TermsAccepted { permit: request, version, until });
		Ok(())
	}

	/// The permit that begins at `now` for what `request` asked.
	fn begin(request: &RequestOf<T>, accepted: Accepted, now: Moment) -> PermitRecord {
		let months = Moment::from(request.statement.months.unwrap_or(0));
		let until = now.saturating_add(months.saturating_mul(MONTH));
		PermitRecord {
			study: request.study,
			dataset: request.dataset,
			permit: Permit { period: Interval::new(now, until), renewal: None, ended: None },
			accepted: BoundedVec::truncate_from(vec![accepted]),
			reports: BoundedVec::new(),
			outputs: BoundedVec::new(),
			revoked: None,
			destruction: None,
		}
	}

	/// Refuses a permit that has ended by somebody's hand.
	fn ensure_lasting(record: &PermitRecord) -> Result<(), Error<T>> {
		ensure!(record.permit.ended.is_none(), Error::<T>::PermitEnded);
		Ok(())
	}

	/// The permit, if it has not ended and `who` leads its study.
	fn held_by(
		who: &T::AccountId,
		organisation: OrgId,
		permit: AccessRequestId,
		now: Moment,
	) -> Result<PermitRecord, DispatchError> {
		let record = Permits::<T>::get(permit).ok_or(Error::<T>::UnknownPermit)?;
		Self::led_by(who, organisation, record.study, now)?;
		Self::ensure_lasting(&record)?;
		Ok(record)
	}

	pub(crate) fn do_renew(
		by: T::AccountId,
		organisation: OrgId,
		permit: AccessRequestId,
	) -> DispatchResult {
		let now = Self::now();
		let mut record = Self::held_by(&by, organisation, permit, now)?;
		ensure!(record.permit.renewal.is_none(), Error::<T>::AlreadyRenewed);
		let Interval { from, until } = record.permit.period;
		let window = T::RenewalWindow::get();
		let renewable = until.saturating_sub(window) <= now && now < until.saturating_add(window);
		ensure!(renewable, Error::<T>::NotRenewable);
		let in_order = match Self::standing(&record, now) {
			Some(Standing::Active) => true,
			Some(Standing::Suspended(lapses)) => lapses == LapseSet::EMPTY.with(Lapse::Expired),
			_ => false,
		};
		ensure!(in_order, Error::<T>::NotActive);
		let (request, study, dataset) = Self::whole(permit)?;
		ensure!(dataset.retired_at.is_none(), Error::<T>::DatasetRetired);
		let (_, version) = Self::in_force(record.dataset, &dataset)?;
		Self::ensure_allowed(&version, &request, &study, now)?;
		let until = until.saturating_add(until.saturating_sub(from));
		ensure!(now < until, Error::<T>::NotRenewable);
		Self::ensure_within(&version.terms, from, until)?;
		record.permit.renewal = Some(Renewal { at: now, until });
		Permits::<T>::insert(permit, record);
		Self::deposit_event(Event::PermitRenewed { permit, until });
		Ok(())
	}

	pub(crate) fn do_report(
		by: T::AccountId,
		organisation: OrgId,
		permit: AccessRequestId,
		year: u64,
		commitment: Commitment,
	) -> DispatchResult {
		let now = Self::now();
		let mut record = Self::held_by(&by, organisation, permit, now)?;
		let past = now.saturating_sub(record.permit.period.from).checked_div(YEAR).unwrap_or(0);
		let begun = year <= past.saturating_add(1);
		ensure!(begun && (1..=MAX_YEARS).contains(&year), Error::<T>::WrongYear);
		let filed = record.reports.iter().any(|report| report.filed.year == year);
		ensure!(!filed, Error::<T>::AlreadyReported);
		let filed = YearlyReport { year, at: now };
		record
			.reports
			.try_push(Report { filed, commitment })
			.map_err(|_| Error::<T>::HistoryFull)?;
		Permits::<T>::insert(permit, record);
		Self::deposit_event(Event::ReportFiled { permit, year });
		Ok(())
	}

	/// The terms that were last accepted for the permit.
	pub(crate) fn accepted_terms(record: &PermitRecord) -> Option<Offer> {
		let version = record.accepted.last()?.version;
		Versions::<T>::get(record.dataset, version).map(|version| version.terms)
	}

	pub(crate) fn do_record_output(
		by: T::AccountId,
		organisation: OrgId,
		permit: AccessRequestId,
		kind: OutputKind,
		commitment: Commitment,
	) -> DispatchResult {
		let now = Self::now();
		let mut record = Self::held_by(&by, organisation, permit, now)?;
		let moratorium = Self::accepted_terms(&record).and_then(|terms| terms.moratorium);
		let waits = kind == OutputKind::Publication && moratorium.is_some_and(|end| now < end);
		ensure!(!waits, Error::<T>::Moratorium);
		record
			.outputs
			.try_push(Output { kind, commitment, at: now })
			.map_err(|_| Error::<T>::HistoryFull)?;
		Permits::<T>::insert(permit, record);
		Self::deposit_event(Event::OutputRecorded { permit, kind, commitment });
		Ok(())
	}

	pub(crate) fn do_close_out(
		by: T::AccountId,
		organisation: OrgId,
		permit: AccessRequestId,
		destruction: Commitment,
	) -> DispatchResult {
		let now = Self::now();
		let mut record = Permits::<T>::get(permit).ok_or(Error::<T>::UnknownPermit)?;
		let study = Studies::<T>::get(record.study).ok_or(Error::<T>::UnknownStudy)?;
		ensure!(study.organisation == organisation, Error::<T>::NotAuthorised);
		// The investigator may have left: then the institution closes.
		if !Self::administers(&by, organisation) {
			Self::led_by(&by, organisation, record.study, now)?;
		}
		Self::ensure_lasting(&record)?;
		let terms = Self::accepted_terms(&record);
		let owes = |modifier, kind| {
			terms.is_some_and(|terms| terms.modifiers.contains(modifier))
				&& !record.outputs.iter().any(|output| output.kind == kind)
		};
		ensure!(
			!owes(Modifier::Pub, OutputKind::Publication)
				&& !owes(Modifier::Rtn, OutputKind::Return),
			Error::<T>::OutputMissing
		);
		record.permit.ended = Some(PermitEnd { at: now, how: Ending::Closed });
		record.destruction = Some(destruction);
		Permits::<T>::insert(permit, record);
		Self::deposit_event(Event::PermitClosed { permit });
		Ok(())
	}

	pub(crate) fn do_revoke(
		by: T::AccountId,
		acting_for: OrgId,
		permit: AccessRequestId,
		reason: RevocationReason,
	) -> DispatchResult {
		let now = Self::now();
		let mut record = Permits::<T>::get(permit).ok_or(Error::<T>::UnknownPermit)?;
		let dataset = Datasets::<T>::get(record.dataset).ok_or(Error::<T>::UnknownDataset)?;
		let as_custodian =
			acting_for == dataset.custodian && Self::ensure_steward(&by, acting_for, now).is_ok();
		let as_committee = acting_for == dataset.rule.committee
			&& (Self::administers(&by, acting_for) || Self::is_member(&by, acting_for, now));
		ensure!(as_custodian || as_committee, Error::<T>::NotAuthorised);
		Self::ensure_lasting(&record)?;
		record.permit.ended = Some(PermitEnd { at: now, how: Ending::Revoked });
		record.revoked = Some(reason);
		Permits::<T>::insert(permit, record);
		Self::deposit_event(Event::PermitRevoked { permit, reason, acting_for, by });
		Ok(())
	}

	/// The end of the permit as it was agreed, with its renewal.
	pub(crate) fn end_of(record: &PermitRecord) -> Moment {
		record.permit.renewal.map_or(record.permit.period.until, |renewal| renewal.until)
	}
}
