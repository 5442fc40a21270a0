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
			retired_at: dataset.retired_at,
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
		let until = Self::end_of(&record);
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
		ensure!(Self::reports_owed(&record, now).is_empty(), Error::<T>::ReportMissing);
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
		let mut record = Self::answered_by(&by, organisation, permit, now)?;
		Self::ensure_lasting(&record)?;
		ensure!((1..=MAX_YEARS).contains(&year), Error::<T>::WrongYear);
		let from = Self::reportable_from(&record, year, Self::end_of(&record));
		ensure!(from <= now, Error::<T>::WrongYear);
		Self::file(&mut record, year, commitment, now)?;
		Permits::<T>::insert(permit, record);
		Self::deposit_event(Event::ReportFiled { permit, year });
		Ok(())
	}

	/// From when on the report of `year` can be filed for a permit that ends at `end`: [`Config::RenewalWindow`] before the end of
	/// that year or of the permit, so that it can be when the permit is renewed, but not before the year has begun.
	pub(crate) fn reportable_from(record: &PermitRecord, year: u64, end: Moment) -> Moment {
		let from = record.permit.period.from;
		let begins = from.saturating_add(year.saturating_sub(1).saturating_mul(YEAR));
		let over = from.saturating_add(year.saturating_mul(YEAR)).min(end);
		begins.max(over.saturating_sub(T::RenewalWindow::get()))
	}

	/// Files the report of `year`.
	fn file(
		record: &mut PermitRecord,
		year: u64,
		commitment: Commitment,
		now: Moment,
	) -> Result<(), Error<T>> {
		let filed = record.reports.iter().any(|report| report.filed.year == year);
		ensure!(!filed, Error::<T>::AlreadyReported);
		let filed = YearlyReport { year, at: now };
		record.reports.try_push(Report { filed, commitment }).map_err(|_| Error::<T>::HistoryFull)
	}

	/// The years of the permit that have begun by `now`, and are not reported.
	pub(crate) fn reports_owed(record: &PermitRecord, now: Moment) -> Vec<u64> {
		let last = Self::last_year(record, now);
		let filed = |year: &u64| record.reports.iter().any(|report| report.filed.year == *year);
		(1..=last).filter(|year| !filed(year)).collect()
	}

	/// The year of the permit that runs at `now`, or its last one if it is over.
	fn last_year(record: &PermitRecord, now: Moment) -> u64 {
		let at = now.min(Self::end_of(record).saturating_sub(1));
		let past = at.saturating_sub(record.permit.period.from).checked_div(YEAR).unwrap_or(0);
		past.saturating_add(1).min(MAX_YEARS)
	}

	/// The permit, if `who` leads its study or administers the institution: the investigator may have left.
	fn answered_by(
		who: &T::AccountId,
		organisation: OrgId,
		permit: AccessRequestId,
		now: Moment,
	) -> Result<PermitRecord, DispatchError> {
		let record = Permits::<T>::get(permit).ok_or(Error::<T>::UnknownPermit)?;
		let study = Studies::<T>::get(record.study).ok_or(Error::<T>::UnknownStudy)?;
		ensure!(study.organisation == organisation, Error::<T>::NotAuthorised);
		if !Self::administers(who, organisation) {
			Self::led_by(who, organisation, record.study, now)?;
		}
		Ok(record)
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
		let mut record = Self::answered_by(&by, organisation, permit, now)?;
		Self::ensure_lasting(&record)?;
		let moratorium = Self::accepted_terms(&record).and_then(|terms| terms.moratorium);
		let waits = kind == OutputKind::Publication && moratorium.is_some_and(|end| now < end);
		ensure!(!waits, Error::<T>::Moratorium);
		ensure!(Self::has_room_for(&record, kind), Error::<T>::HistoryFull);
		record
			.outputs
			.try_push(Output { kind, commitment, at: now })
			.map_err(|_| Error::<T>::HistoryFull)?;
		Permits::<T>::insert(permit, record);
		Self::deposit_event(Event::OutputRecorded { permit, kind, commitment });
		Ok(())
	}

	/// Whether there is room for an output of `kind` beside one of each other kind: the terms may demand either.
	fn has_room_for(record: &PermitRecord, kind: OutputKind) -> bool {
		let is_there = |one: &OutputKind| record.outputs.iter().any(|output| output.kind == *one);
		let kept = OutputKind::ALL.iter().filter(|other| **other != kind && !is_there(other));
		let taken = record.outputs.iter().fold(0u32, |count, _| count.saturating_add(1));
		kept.fold(taken, |count, _| count.saturating_add(1)) < MAX_OUTPUTS
	}

	/// Whether the terms last accepted demand a publication (PUB) or a return (RTN), and none was recorded.
	pub(crate) fn owes_output(record: &PermitRecord) -> bool {
		let terms = Self::accepted_terms(record);
		let owes = |modifier, kind| {
			terms.is_some_and(|terms| terms.modifiers.contains(modifier))
				&& !record.outputs.iter().any(|output| output.kind == kind)
		};
		owes(Modifier::Pub, OutputKind::Publication) || owes(Modifier::Rtn, OutputKind::Return)
	}

	pub(crate) fn do_close_out(
		by: T::AccountId,
		organisation: OrgId,
		permit: AccessRequestId,
		destruction: Commitment,
		report: Option<Commitment>,
	) -> DispatchResult {
		let now = Self::now();
		let mut record = Self::answered_by(&by, organisation, permit, now)?;
		let attested = Destruction { commitment: destruction, at: now };
		if record.revoked.is_some() {
			// It has ended, and stays as it did. The data is to be destroyed all the same, and nothing else is asked any more.
			let first = record.destruction.is_none() && report.is_none();
			ensure!(first, Error::<T>::PermitEnded);
			record.destruction = Some(attested);
			Permits::<T>::insert(permit, record);
			Self::deposit_event(Event::DestructionAttested { permit });
			return Ok(());
		}
		Self::ensure_lasting(&record)?;
		ensure!(!Self::owes_output(&record), Error::<T>::OutputMissing);
		let year = Self::last_year(&record, now);
		if let Some(commitment) = report {
			Self::file(&mut record, year, commitment, now)?;
		}
		ensure!(Self::reports_owed(&record, now).is_empty(), Error::<T>::ReportMissing);
		record.permit.ended = Some(PermitEnd { at: now, how: Ending::Closed });
		record.destruction = Some(attested);
		Permits::<T>::insert(permit, record);
		if report.is_some() {
			Self::deposit_event(Event::ReportFiled { permit, year });
		}
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

	/// The first moment at which it is seen that nobody attested the destruction of the data.
	pub(crate) fn close_out_due(record: &PermitRecord) -> Moment {
		let ended = record.permit.ended.map_or(Self::end_of(record), |end| end.at);
		ended.min(Self::end_of(record)).saturating_add(T::CloseOutTime::get())
	}

	/// The end of the permit as it was agreed, with its renewal.
	pub(crate) fn end_of(record: &PermitRecord) -> Moment {
		record.permit.renewal.map_or(record.permit.period.until, |renewal| renewal.until)
	}
}
