//! Requests: made, co-signed, matched, voted on.

use crate::{impls::RequestSize, *};
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::Get,
	BoundedVec,
};
use salus_primitives::{traits::Credentials, Moment, OrgId};
use salus_research_data_use::{
	first_failure, match_terms, Answer, Decision, Disease, DiseaseCode, Lineage, Offer, Request,
	Rule, Stated,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_request(
		by: T::AccountId,
		organisation: OrgId,
		study: StudyId,
		dataset: DatasetId,
		statement: Request,
		disease: Option<DiseaseCode>,
	) -> DispatchResult {
		let now = Self::now();
		let mut of = Self::led_by(&by, organisation, study, now)?;
		Self::ensure_research(organisation, now)?;
		let wanted = Datasets::<T>::get(dataset).ok_or(Error::<T>::UnknownDataset)?;
		ensure!(wanted.retired_at.is_none(), Error::<T>::DatasetRetired);
		ensure!(of.withdrawn_at.is_none(), Error::<T>::StudyWithdrawn);
		let population =
			Populations::<T>::get(wanted.custodian).ok_or(Error::<T>::UnknownPopulation)?;
		// The one decides about the request, the other about more of the budget that it spends.
		for committee in [wanted.rule.committee, population.committee] {
			let is_own = committee == organisation || Self::acted_lately_for(&by, committee, now);
			ensure!(!is_own, Error::<T>::OwnCommittee);
		}
		Self::ensure_few_employers(&of, now)?;
		ensure!(statement.uses.is_subset_of(of.uses), Error::<T>::UseNotOfStudy);
		let months = statement.months.unwrap_or(0);
		ensure!((1..=MAX_MONTHS).contains(&months), Error::<T>::WrongMonths);
		ensure!(of.requests < T::MaxRequests::get(), Error::<T>::TooManyRequests);
		let request = NextRequest::<T>::get();
		let next = request.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		of.requests = of.requests.checked_add(1).ok_or(Error::<T>::TooManyRequests)?;
		let administrator =
			T::Credentials::admin(organisation).ok_or(Error::<T>::UnknownOrganisation)?;
		NextRequest::<T>::put(next);
		Studies::<T>::insert(study, of);
		Requests::<T>::insert(
			request,
			AccessRequest {
				study,
				dataset,
				statement,
				disease,
				asked_at: now,
				administrator,
				cosigned: None,
				votes: BoundedVec::new(),
				outcome: None,
				deposit: None,
			},
		);
		Self::deposit_event(Event::AccessRequested { request, study, dataset });
		Ok(())
	}

	/// The request, its study and its dataset.
	pub(crate) fn whole(
		request: AccessRequestId,
	) -> Result<(RequestOf<T>, StudyOf<T>, DatasetOf<T>), DispatchError> {
		let found = Requests::<T>::get(request).ok_or(Error::<T>::UnknownRequest)?;
		let study = Studies::<T>::get(found.study).ok_or(Error::<T>::UnknownStudy)?;
		let dataset = Datasets::<T>::get(found.dataset).ok_or(Error::<T>::UnknownDataset)?;
		Ok((found, study, dataset))
	}

	/// What the table says of `request` under `terms`, and the rule that excludes it, if one does. Whether there is an ethics
	/// approval is filled in, and not taken from the statement. No lineage of the disease is known here: another disease
	/// than the offer's leads to people.
	pub(crate) fn matched(
		terms: &Offer,
		request: &RequestOf<T>,
		study: &StudyOf<T>,
		now: Moment,
	) -> (Decision, Option<Rule>) {
		let ethics_approved = if Self::was_approved(study, now) { Stated::Yes } else { Stated::No };
		Self::matched_if(terms, request, ethics_approved)
	}

	/// The same, if there is an ethics approval or not.
	pub(crate) fn matched_if(
		terms: &Offer,
		request: &RequestOf<T>,
		ethics_approved: Stated,
	) -> (Decision, Option<Rule>) {
		let statement = Request { ethics_approved, ..request.statement };
		(
			Self::match_statement(terms, &statement, request.disease),
			Self::excluded_by(terms, &statement, request.disease),
		)
	}

	/// The disease that a statement names, as the matcher takes it.
	fn named(disease: Option<DiseaseCode>) -> Option<Disease<'static>> {
		disease.map(|code| Disease { code, lineage: Lineage::Unknown })
	}

	/// The first rule by which `terms` exclude this statement, also beside a code on which the table abstains.
	pub fn excluded_by(
		terms: &Offer,
		statement: &Request,
		disease: Option<DiseaseCode>,
	) -> Option<Rule> {
		first_failure(terms, statement, Self::named(disease).as_slice())
	}

	/// What the table says of this statement under `terms`.
	pub fn match_statement(
		terms: &Offer,
		statement: &Request,
		disease: Option<DiseaseCode>,
	) -> Decision {
		match_terms(terms, statement, Self::named(disease).as_slice())
	}

	pub(crate) fn do_cosign(
		by: T::AccountId,
		organisation: OrgId,
		request: AccessRequestId,
	) -> DispatchResult {
		let now = Self::now();
		let (mut found, mut study, dataset) = Self::whole(request)?;
		ensure!(
			study.organisation == organisation && Self::administers(&by, organisation),
			Error::<T>::NotAuthorised
		);
		Self::ensure_research(organisation, now)?;
		ensure!(found.cosigned.is_none(), Error::<T>::AlreadyCosigned);
		ensure!(study.investigator != by, Error::<T>::OwnRequest);
		let lapses_at = found.asked_at.saturating_add(T::SignatureTime::get());
		ensure!(now < lapses_at, Error::<T>::Lapsed);
		ensure!(dataset.retired_at.is_none(), Error::<T>::DatasetRetired);
		ensure!(study.withdrawn_at.is_none(), Error::<T>::StudyWithdrawn);
		let (version, terms) = Self::in_force(found.dataset, &dataset)?;
		let (decision, excluded) = Self::matched(&terms.terms, &found, &study, now);
		found.cosigned = Some(Cosigned { by: by.clone(), at: now, version, decision, excluded });
		// Otherwise there is a vote, and no refusal: another may administer the committee in time.
		let at_once = dataset.shortcut
			&& decision.answer == Answer::Match
			&& Self::may_shortcut(&found, &study, dataset.rule.committee, now);
		let how = DecidedBy::Match;
		if at_once {
			found.outcome = Some(Outcome { at: now, approved: true, by: how });
		}
		found.deposit = Some(Self::take_deposit::<RequestSize<T>>(organisation)?);
		if !study.signed {
			study.signed = true;
			Self::count_signed(organisation, &study.investigator);
			Studies::<T>::insert(found.study, study);
		}
		Requests::<T>::insert(request, found);
		Self::deposit_event(Event::RequestCosigned { request, decision, excluded, by });
		if at_once {
			Self::deposit_event(Event::RequestDecided { request, approved: true, by: how });
		}
		Ok(())
	}

	pub(crate) fn do_vote(
		by: T::AccountId,
		committee: OrgId,
		request: AccessRequestId,
		in_favour: bool,
	) -> DispatchResult {
		let now = Self::now();
		let (mut found, study, dataset) = Self::whole(request)?;
		Self::ensure_votes_for(&by, committee, dataset.rule.committee, now)?;
		ensure!(Self::stage(&found, None, now) == Stage::Voting, Error::<T>::VoteClosed);
		let parties = Self::parties(&found, &study, now)?;
		Self::ensure_impartial(committee, &parties)?;
		ensure!(!Self::is_recused(&by, &parties), Error::<T>::Recused);
		ensure!(Self::decides(&by, committee, found.asked_at, now), Error::<T>::Recused);
		Self::cast(&mut found.votes, by.clone(), in_favour, now)?;
		Requests::<T>::insert(request, found);
		Self::deposit_event(Event::Voted { request, in_favour, by });
		Ok(())
	}

	pub(crate) fn do_conclude(committee: OrgId, request: AccessRequestId) -> DispatchResult {
		let now = Self::now();
		let (mut found, study, dataset) = Self::whole(request)?;
		let rule = dataset.rule;
		ensure!(rule.committee == committee, Error::<T>::NotAuthorised);
		Self::ensure_licensed(rule.committee, now)?;
		ensure!(Self::stage(&found, None, now) == Stage::Voting, Error::<T>::VoteClosed);
		let opened_at = found.cosigned.as_ref().map_or(now, |cosigned| cosigned.at);
		let open_until = opened_at.saturating_add(rule.deliberation);
		ensure!(open_until <= now, Error::<T>::TooEarly);
		let tally = Self::tally_of(&found, &study, rule.committee, now)?;
		ensure!(tally.counted() >= rule.quorum, Error::<T>::NoQuorum);
		let (approved, by) = (tally.is_carried(), DecidedBy::Vote(tally));
		found.outcome = Some(Outcome { at: now, approved, by });
		Requests::<T>::insert(request, found);
		Self::deposit_event(Event::RequestDecided { request, approved, by });
		Ok(())
	}

	/// Where `request` stood at `at`, at which it had been made. `permitted_at` is when its permit began, if there is one.
	pub(crate) fn stage<Ticket>(
		request: &AccessRequest<T::AccountId, Ticket>,
		permitted_at: Option<Moment>,
		at: Moment,
	) -> Stage {
		if permitted_at.is_some_and(|began| began <= at) {
			return Stage::Permitted;
		}
		let lapsed = |stage| match Self::lapse_of(request, stage) {
			Some(moment) if moment <= at => Stage::Lapsed,
			_ => stage,
		};
		let Some(cosigned) = request.cosigned.as_ref().filter(|cosigned| cosigned.at <= at) else {
			return lapsed(Stage::AwaitingSignature);
		};
		if let Some(rule) = cosigned.excluded {
			return Stage::Excluded(rule);
		}
		match request.outcome.filter(|outcome| outcome.at <= at) {
			Some(Outcome { approved: true, .. }) => lapsed(Stage::Approved),
			Some(_) => Stage::Rejected,
			None => lapsed(Stage::Voting),
		}
	}

	/// The first moment at which `request` lapses in this stage, if somebody's time runs in it.
	pub(crate) fn lapse_of<Ticket>(
		request: &AccessRequest<T::AccountId, Ticket>,
		stage: Stage,
	) -> Option<Moment> {
		match stage {
			Stage::AwaitingSignature => {
				Some(request.asked_at.saturating_add(T::SignatureTime::get()))
			},
			Stage::Voting => {
				let opened_at = request.cosigned.as_ref().map(|cosigned| cosigned.at)?;
				Some(opened_at.saturating_add(T::VoteTime::get()))
			},
			Stage::Approved => {
				let decided_at = request.outcome.map(|outcome| outcome.at)?;
				Some(decided_at.saturating_add(T::AcceptanceTime::get()))
			},
			Stage::Excluded(_) | Stage::Rejected | Stage::Permitted | Stage::Lapsed => None,
		}
	}
}
