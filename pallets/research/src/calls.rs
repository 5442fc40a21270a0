//! The calls of the pallet, in a section of their own for the reader's sake.

use frame_support::pallet_macros::pallet_section;

/// Calls.
#[pallet_section]
mod calls {
	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Opens the population of `custodian`, from which it draws all its datasets: one budget of `total` millionths of
		/// epsilon for all of them and all their versions. `committee`, which is another organisation, votes on more.
		///
		/// Signed by the custodian's administrator or a data steward of it, under a live licence; once. The administrator
		/// puts down a deposit.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::NotLicensed`] (also the committee), [`Error::AlreadyOpened`], [`Error::OwnCommittee`],
		/// [`Error::UnknownOrganisation`] (the committee), [`Error::WrongQuorum`], [`Error::WrongBudget`].
		///
		/// # Events
		/// [`Event::PopulationOpened`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::open_population())]
		pub fn open_population(
			origin: OriginFor<T>,
			custodian: OrgId,
			committee: OrgId,
			quorum: u32,
			total: MicroEpsilon,
		) -> DispatchResult {
			let by = ensure_signed(origin)?;
			Self::do_open_population(by, custodian, committee, quorum, total)
		}

		/// Proposes `more` budget for the population of `custodian`. Its committee votes for [`Config::VoteTime`]. The event tells
		/// the number of the proposal.
		///
		/// Signed by the custodian's administrator or a data steward of it, not within [`Config::BudgetPause`] after the
		/// committee has refused more, or after the end of a vote that nobody counted. Whoever administers the committee has no
		/// part in it: is neither the signer, nor administers the custodian, nor was employed by it within [`Config::RecusalTime`].
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::UnknownPopulation`], [`Error::WrongBudget`], [`Error::MotionPending`],
		/// [`Error::RefusedLately`], [`Error::AdministratorRecused`], [`Error::IdsExhausted`].
		///
		/// # Events
		/// [`Event::BudgetProposed`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::propose_budget())]
		pub fn propose_budget(
			origin: OriginFor<T>,
			custodian: OrgId,
			more: MicroEpsilon,
		) -> DispatchResult {
			Self::do_propose_budget(ensure_signed(origin)?, custodian, more)
		}

		/// Votes on the proposal `motion` of more budget for the population of `custodian`, in the open and once.
		///
		/// Signed by a member for data access of `committee`, which is the population's, but not by whoever proposed it,
		/// administers the custodian or did then, or has been employed by it since [`Config::RecusalTime`] before. Nobody
		/// votes while one of these administers the committee.
		///
		/// # Errors
		/// [`Error::UnknownPopulation`], [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::VoteClosed`],
		/// [`Error::AdministratorRecused`], [`Error::Recused`], [`Error::AlreadyVoted`], [`Error::TooManyVotes`].
		///
		/// # Events
		/// [`Event::BudgetVoted`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::vote_budget())]
		pub fn vote_budget(
			origin: OriginFor<T>,
			committee: OrgId,
			custodian: OrgId,
			motion: MotionId,
			in_favour: bool,
		) -> DispatchResult {
			Self::do_vote_budget(ensure_signed(origin)?, committee, custodian, motion, in_favour)
		}

		/// Counts the votes on the proposal `motion` of more budget, once they were open for [`Config::BudgetDeliberation`], and
		/// carries out what was decided. A vote in favour does not count if its voter has a part in it by now, or is no member any more. A
		/// vote against does not if its voter has come to work for the custodian. Nothing is counted while somebody who has a part in it
		/// administers the committee.
		///
		/// Signed by anyone, before the time to vote is over. `committee` is the population's, and pays for its staff.
		///
		/// # Errors
		/// [`Error::UnknownPopulation`], [`Error::VoteClosed`], [`Error::NotAuthorised`] (another committee),
		/// [`Error::NotLicensed`], [`Error::TooEarly`], [`Error::AdministratorRecused`], [`Error::NoQuorum`],
		/// [`Error::BudgetUnsound`].
		///
		/// # Events
		/// [`Event::BudgetConcluded`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::conclude_budget())]
		pub fn conclude_budget(
			origin: OriginFor<T>,
			committee: OrgId,
			custodian: OrgId,
			motion: MotionId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_conclude_budget(committee, custodian, motion)
		}

		/// Offers a dataset under `terms`. Its first version has the number 0 and the withdrawal epoch 0.
		///
		/// Signed by the custodian's administrator or a data steward of it, under a live licence, once its population is
		/// open. The administrator puts down a deposit.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::NotLicensed`] (also the committee), [`Error::UnknownPopulation`],
		/// [`Error::UnknownOrganisation`] (the committee), [`Error::WrongQuorum`], [`Error::WrongDeliberation`], [`Error::CohortTooSmall`],
		/// [`Error::IdsExhausted`].
		///
		/// # Events
		/// [`Event::DatasetOffered`], [`Event::VersionPublished`].
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::offer_dataset())]
		pub fn offer_dataset(
			origin: OriginFor<T>,
			custodian: OrgId,
			basis: Basis,
			min_cohort: u32,
			rule: CommitteeRule,
			terms: Offer,
			root: Commitment,
			size: SizeBucket,
		) -> DispatchResult {
			let by = ensure_signed(origin)?;
			Self::do_offer_dataset(by, custodian, basis, min_cohort, rule, terms, root, size)
		}

		/// Publishes the next version of a dataset: under the same terms or tighter ones, with the same withdrawal epoch or
		/// the next. Tighter terms suspend every permit until they are accepted for it.
		///
		/// Signed by the custodian's administrator or a data steward of it, with a licence or without. The administrator
		/// puts down a deposit. The next epoch is published without one if the administrator cannot pay, once half of
		/// [`Config::EpochTime`] is over.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::UnknownDataset`], [`Error::DatasetRetired`], [`Error::TermsLoosened`],
		/// [`Error::WrongEpoch`], [`Error::TooManyVersions`].
		///
		/// # Events
		/// [`Event::VersionPublished`].
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::publish_version())]
		pub fn publish_version(
			origin: OriginFor<T>,
			custodian: OrgId,
			dataset: DatasetId,
			terms: Offer,
			root: Commitment,
			size: SizeBucket,
			epoch: u32,
		) -> DispatchResult {
			let by = ensure_signed(origin)?;
			Self::do_publish_version(by, custodian, dataset, terms, root, size, epoch)
		}

		/// Agrees for the committee, or agrees no more, that a request which matches the terms needs no vote. Requests that
		/// are co-signed from then on are meant, but for those on which whoever administers the committee then could not vote.
		///
		/// Signed by the administrator of `committee`, which is the dataset's.
		///
		/// # Errors
		/// [`Error::UnknownDataset`], [`Error::NotAuthorised`], [`Error::NothingToChange`].
		///
		/// # Events
		/// [`Event::ShortcutSet`].
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::set_shortcut())]
		pub fn set_shortcut(
			origin: OriginFor<T>,
			committee: OrgId,
			dataset: DatasetId,
			allowed: bool,
		) -> DispatchResult {
			Self::do_set_shortcut(ensure_signed(origin)?, committee, dataset, allowed)
		}

		/// Takes a dataset back, for good: it takes neither requests nor queries nor versions any more.
		///
		/// Signed by the custodian's administrator or a data steward of it.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::UnknownDataset`], [`Error::DatasetRetired`].
		///
		/// # Events
		/// [`Event::DatasetRetired`].
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::retire_dataset())]
		pub fn retire_dataset(
			origin: OriginFor<T>,
			custodian: OrgId,
			dataset: DatasetId,
		) -> DispatchResult {
			Self::do_retire_dataset(ensure_signed(origin)?, custodian, dataset)
		}

		/// Registers a study of which the signer is the principal investigator, and which `ethics` is to approve.
		///
		/// Signed by a researcher of `organisation`, which holds a licence for research. Its administrator puts down a
		/// deposit. No more than [`Config::MaxUnsignedStudies`] of a researcher wait for the first signature of the institution.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::NotLicensed`] (also the ethics body), [`Error::OwnStudy`] (the ethics body is the
		/// institution, or the signer acts for it or did lately), [`Error::UnknownOrganisation`] (the ethics body),
		/// [`Error::WrongUses`], [`Error::TooManyStudies`], [`Error::IdsExhausted`].
		///
		/// # Events
		/// [`Event::StudyRegistered`].
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::register_study())]
		pub fn register_study(
			origin: OriginFor<T>,
			organisation: OrgId,
			ethics: OrgId,
			uses: UseSet,
			protocol: Commitment,
		) -> DispatchResult {
			Self::do_register_study(ensure_signed(origin)?, organisation, ethics, uses, protocol)
		}

		/// Amends the protocol of a study. The earlier ones stay as they are. The ethics approval ends: what was approved
		/// is not what is done.
		///
		/// Signed by the principal investigator, a researcher of the institution.
		///
		/// # Errors
		/// [`Error::UnknownStudy`], [`Error::NotAuthorised`], [`Error::HistoryFull`].
		///
		/// # Events
		/// [`Event::StudyAmended`].
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::amend_study())]
		pub fn amend_study(
			origin: OriginFor<T>,
			organisation: OrgId,
			study: StudyId,
			protocol: Commitment,
		) -> DispatchResult {
			Self::do_amend_study(ensure_signed(origin)?, organisation, study, protocol)
		}

		/// Approves a study with the protocol of the commitment `protocol`, which must be the last one, until `until`. An earlier
		/// approval ends with it.
		///
		/// Signed by a member of `ethics`, the ethics body that the study names, which is licensed as one.
		/// Neither does the signer act for the institution, nor for another organisation for which the principal investigator works,
		/// nor the principal investigator for the ethics body, nor did they within [`Config::RecusalTime`]; nor did the signer
		/// administer the institution when the study was registered. Nothing is approved while somebody who could not sign for one of
		/// these reasons administers the ethics body.
		///
		/// # Errors
		/// [`Error::UnknownStudy`], [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::TooManyEmployers`],
		/// [`Error::OwnStudy`], [`Error::AdministratorRecused`], [`Error::StudyWithdrawn`], [`Error::WrongProtocol`],
		/// [`Error::WrongTerm`], [`Error::HistoryFull`].
		///
		/// # Events
		/// [`Event::EthicsApproved`].
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::approve_ethics())]
		pub fn approve_ethics(
			origin: OriginFor<T>,
			ethics: OrgId,
			study: StudyId,
			protocol: Commitment,
			until: Moment,
		) -> DispatchResult {
			Self::do_approve_ethics(ensure_signed(origin)?, ethics, study, protocol, until)
		}

		/// Suspends the approval of `ethics`, at once. The body can approve again.
		///
		/// Signed by a member of it, with a licence of the body or without.
		///
		/// # Errors
		/// [`Error::UnknownStudy`], [`Error::NotAuthorised`], [`Error::NotApproved`].
		///
		/// # Events
		/// [`Event::EthicsEnded`].
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::suspend_ethics())]
		pub fn suspend_ethics(
			origin: OriginFor<T>,
			ethics: OrgId,
			study: StudyId,
		) -> DispatchResult {
			Self::do_end_ethics(ensure_signed(origin)?, ethics, study, false)
		}

		/// Withdraws the approval of `ethics`, at once and for good: the study is never approved again. Also while no approval
		/// lasts, because it is suspended or over, or there was none.
		///
		/// Signed as [`Pallet::suspend_ethics`] is.
		///
		/// # Errors
		/// [`Error::UnknownStudy`], [`Error::NotAuthorised`], [`Error::StudyWithdrawn`].
		///
		/// # Events
		/// [`Event::EthicsEnded`].
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::withdraw_ethics())]
		pub fn withdraw_ethics(
			origin: OriginFor<T>,
			ethics: OrgId,
			study: StudyId,
		) -> DispatchResult {
			Self::do_end_ethics(ensure_signed(origin)?, ethics, study, true)
		}

		/// Asks for a dataset whose committee is not the institution, nor is that of its population. The institution co-signs within
		/// [`Config::SignatureTime`].
		///
		/// Signed by the principal investigator, a researcher of the institution, who does not act for either committee, nor did within
		/// [`Config::RecusalTime`], and who works for [`MAX_OTHER_EMPLOYERS`] other organisations at most, those of that time
		/// included.
		///
		/// # Errors
		/// [`Error::UnknownStudy`], [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::UnknownDataset`],
		/// [`Error::DatasetRetired`], [`Error::StudyWithdrawn`], [`Error::UnknownPopulation`], [`Error::OwnCommittee`],
		/// [`Error::TooManyEmployers`], [`Error::UseNotOfStudy`], [`Error::WrongMonths`], [`Error::TooManyRequests`],
		/// [`Error::IdsExhausted`].
		///
		/// # Events
		/// [`Event::AccessRequested`].
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::request())]
		pub fn request(
			origin: OriginFor<T>,
			organisation: OrgId,
			study: StudyId,
			dataset: DatasetId,
			statement: Request,
			disease: Option<DiseaseCode>,
		) -> DispatchResult {
			let by = ensure_signed(origin)?;
			Self::do_request(by, organisation, study, dataset, statement, disease)
		}

		/// Co-signs a request for the institution. It is matched with the terms in force: what they exclude is excluded for
		/// good; what matches them is approved if the committee has agreed to that; on all else the committee votes. It votes also
		/// on what matches them if whoever administers it has a part in the request, as [`Pallet::vote`] says, or if the investigator
		/// works for too many organisations for that to be known.
		///
		/// Signed by the institution's administrator, who is not the principal investigator, and who puts down a deposit, for the
		/// permit as well.
		///
		/// # Errors
		/// [`Error::UnknownRequest`], [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::AlreadyCosigned`],
		/// [`Error::OwnRequest`], [`Error::Lapsed`], [`Error::DatasetRetired`], [`Error::StudyWithdrawn`].
		///
		/// # Events
		/// [`Event::RequestCosigned`], and [`Event::RequestDecided`] if it needs no vote.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::cosign())]
		pub fn cosign(
			origin: OriginFor<T>,
			organisation: OrgId,
			request: AccessRequestId,
		) -> DispatchResult {
			Self::do_cosign(ensure_signed(origin)?, organisation, request)
		}

		/// Votes on a request, in the open and once.
		///
		/// Signed by a member for data access of `committee`, which is the dataset's, who has not been employed by the
		/// applicant's organisation, nor by another for which the principal investigator worked, since
		/// [`Config::RecusalTime`] before the request, does not administer one of these, and has not administered the applicant's
		/// organisation when the study was registered, or the request made or co-signed. Nobody votes while the investigator, or anybody else who is recused for
		/// one of these reasons, administers the committee.
		///
		/// # Errors
		/// [`Error::UnknownRequest`], [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::VoteClosed`],
		/// [`Error::TooManyEmployers`] (the investigator has come to work for more), [`Error::AdministratorRecused`],
		/// [`Error::Recused`], [`Error::AlreadyVoted`], [`Error::TooManyVotes`].
		///
		/// # Events
		/// [`Event::Voted`].
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::vote())]
		pub fn vote(
			origin: OriginFor<T>,
			committee: OrgId,
			request: AccessRequestId,
			in_favour: bool,
		) -> DispatchResult {
			Self::do_vote(ensure_signed(origin)?, committee, request, in_favour)
		}

		/// Counts the votes on a request, once they were open for as long as the dataset says. A vote in favour does not count if its
		/// voter could not vote any more, or is no member any more. A vote against does not if its voter has come to work for the
		/// applicant's organisation, and stands whatever others do: wherever the principal investigator has taken up a job since, and
		/// whoever administers what. Nothing is counted while the committee is administered by somebody who could not vote on it.
		///
		/// Signed by anyone, before the time to vote is over. Without a quorum by then the request has lapsed. `committee` is
		/// the dataset's, and pays for its staff.
		///
		/// # Errors
		/// [`Error::UnknownRequest`], [`Error::NotAuthorised`] (another committee), [`Error::NotLicensed`],
		/// [`Error::VoteClosed`], [`Error::TooEarly`], [`Error::TooManyEmployers`] (the investigator has come to work for more),
		/// [`Error::AdministratorRecused`], [`Error::NoQuorum`].
		///
		/// # Events
		/// [`Event::RequestDecided`].
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::conclude())]
		pub fn conclude(
			origin: OriginFor<T>,
			committee: OrgId,
			request: AccessRequestId,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_conclude(committee, request)
		}

		/// Accepts the terms of the dataset, as they are in `version`, which must be the last. After an approval the permit
		/// begins with it; later it lifts the suspension that tighter terms brought. What was approved by a vote, and the terms
		/// in force leave open, is accepted only under the terms on which was voted.
		///
		/// Signed by the principal investigator, a researcher of the institution.
		///
		/// # Errors
		/// [`Error::UnknownRequest`], [`Error::NotAuthorised`], [`Error::NotGranted`], [`Error::Lapsed`],
		/// [`Error::WrongVersion`], [`Error::TermsExclude`], [`Error::RenewalTooLong`], [`Error::AlreadyAccepted`],
		/// [`Error::HistoryFull`], [`Error::PermitEnded`], [`Error::DatasetRetired`], [`Error::StudyWithdrawn`].
		///
		/// # Events
		/// [`Event::TermsAccepted`].
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::accept_terms())]
		pub fn accept_terms(
			origin: OriginFor<T>,
			organisation: OrgId,
			request: AccessRequestId,
			version: u32,
		) -> DispatchResult {
			Self::do_accept_terms(ensure_signed(origin)?, organisation, request, version)
		}

		/// Renews a permit, once, by as much time as it was given for.
		///
		/// Signed by the principal investigator, a researcher of the institution, within [`Config::RenewalWindow`] before
		/// or after its end, while nothing else than its time has lapsed, and with the reports of all years that have begun.
		///
		/// # Errors
		/// [`Error::UnknownPermit`], [`Error::NotAuthorised`], [`Error::PermitEnded`], [`Error::AlreadyRenewed`],
		/// [`Error::NotRenewable`], [`Error::NotActive`], [`Error::ReportMissing`], [`Error::TermsExclude`], [`Error::RenewalTooLong`],
		/// [`Error::DatasetRetired`].
		///
		/// # Events
		/// [`Event::PermitRenewed`].
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::renew())]
		pub fn renew(
			origin: OriginFor<T>,
			organisation: OrgId,
			permit: AccessRequestId,
		) -> DispatchResult {
			Self::do_renew(ensure_signed(origin)?, organisation, permit)
		}

		/// Files the report of a year of a permit, from [`Config::RenewalWindow`] before the end of that year, or of the permit, on;
		/// also late.
		///
		/// Signed by the principal investigator, a researcher of the institution, or by its administrator.
		///
		/// # Errors
		/// [`Error::UnknownPermit`], [`Error::NotAuthorised`], [`Error::PermitEnded`], [`Error::WrongYear`],
		/// [`Error::AlreadyReported`].
		///
		/// # Events
		/// [`Event::ReportFiled`].
		#[pallet::call_index(19)]
		#[pallet::weight(T::WeightInfo::report())]
		pub fn report(
			origin: OriginFor<T>,
			organisation: OrgId,
			permit: AccessRequestId,
			year: u64,
			commitment: Commitment,
		) -> DispatchResult {
			Self::do_report(ensure_signed(origin)?, organisation, permit, year, commitment)
		}

		/// Records what came of a permit: a publication, whatever its results, or data that was returned.
		///
		/// Signed by the principal investigator, a researcher of the institution, or by its administrator. No publication before
		/// the moratorium of the terms last accepted. One place is kept for each kind of which there is none.
		///
		/// # Errors
		/// [`Error::UnknownPermit`], [`Error::NotAuthorised`], [`Error::PermitEnded`], [`Error::Moratorium`],
		/// [`Error::HistoryFull`].
		///
		/// # Events
		/// [`Event::OutputRecorded`].
		#[pallet::call_index(20)]
		#[pallet::weight(T::WeightInfo::record_output())]
		pub fn record_output(
			origin: OriginFor<T>,
			organisation: OrgId,
			permit: AccessRequestId,
			kind: OutputKind,
			commitment: Commitment,
		) -> DispatchResult {
			Self::do_record_output(ensure_signed(origin)?, organisation, permit, kind, commitment)
		}

		/// Closes a permit for good: attests that the data was destroyed. If the terms last accepted demand it (PUB, RTN), a
		/// publication or a return must have been recorded. The reports of all years that have begun must be filed; `report` is
		/// that of the last of them, if it was not.
		///
		/// A permit that was revoked stays so. For it the destruction is attested once, and nothing else is asked or taken.
		///
		/// Signed by the principal investigator, a researcher of the institution, or by its administrator.
		///
		/// # Errors
		/// [`Error::UnknownPermit`], [`Error::NotAuthorised`], [`Error::PermitEnded`], [`Error::OutputMissing`],
		/// [`Error::AlreadyReported`], [`Error::ReportMissing`], [`Error::HistoryFull`].
		///
		/// # Events
		/// [`Event::PermitClosed`]; [`Event::DestructionAttested`] if it was revoked; [`Event::ReportFiled`] with a `report`.
		#[pallet::call_index(21)]
		#[pallet::weight(T::WeightInfo::close_out())]
		pub fn close_out(
			origin: OriginFor<T>,
			organisation: OrgId,
			permit: AccessRequestId,
			destruction: Commitment,
			report: Option<Commitment>,
		) -> DispatchResult {
			Self::do_close_out(ensure_signed(origin)?, organisation, permit, destruction, report)
		}

		/// Revokes a permit, at once and for good.
		///
		/// Signed by the administrator or a data steward of the custodian, or by the administrator or one member for data
		/// access of the dataset's committee: taking away needs no vote.
		///
		/// # Errors
		/// [`Error::UnknownPermit`], [`Error::NotAuthorised`], [`Error::PermitEnded`].
		///
		/// # Events
		/// [`Event::PermitRevoked`].
		#[pallet::call_index(22)]
		#[pallet::weight(T::WeightInfo::revoke())]
		pub fn revoke(
			origin: OriginFor<T>,
			acting_for: OrgId,
			permit: AccessRequestId,
			reason: RevocationReason,
		) -> DispatchResult {
			Self::do_revoke(ensure_signed(origin)?, acting_for, permit, reason)
		}

		/// Reserves `epsilon` of the population's budget for a query under `permit`, before it is answered. Nothing of it
		/// is ever given back.
		///
		/// Signed by the custodian's administrator or a data steward of it, under a live licence, while the permit is
		/// active. `version` is the last one of the dataset; each `commitment` is reserved once.
		///
		/// # Errors
		/// [`Error::UnknownPermit`], [`Error::NotAuthorised`], [`Error::NotLicensed`], [`Error::DatasetRetired`],
		/// [`Error::NotActive`], [`Error::WrongVersion`], [`Error::WrongEpsilon`], [`Error::AlreadyReserved`],
		/// [`Error::BudgetExhausted`], [`Error::IdsExhausted`].
		///
		/// # Events
		/// [`Event::QueryReserved`].
		#[pallet::call_index(23)]
		#[pallet::weight(T::WeightInfo::reserve_query())]
		pub fn reserve_query(
			origin: OriginFor<T>,
			custodian: OrgId,
			permit: AccessRequestId,
			version: u32,
			commitment: Commitment,
			epsilon: MicroEpsilon,
		) -> DispatchResult {
			let by = ensure_signed(origin)?;
			Self::do_reserve_query(by, custodian, permit, version, commitment, epsilon)
		}

		/// Settles a query with a commitment to its result, once, whether it is delivered or suppressed, and whatever has
		/// become of the permit meanwhile.
		///
		/// Signed by the custodian's administrator or a data steward of it.
		///
		/// # Errors
		/// [`Error::NotAuthorised`], [`Error::UnknownQuery`], [`Error::AlreadySettled`], [`Error::BudgetUnsound`].
		///
		/// # Events
		/// [`Event::QuerySettled`].
		#[pallet::call_index(24)]
		#[pallet::weight(T::WeightInfo::settle_query())]
		pub fn settle_query(
			origin: OriginFor<T>,
			custodian: OrgId,
			query: QueryId,
			result: Commitment,
		) -> DispatchResult {
			Self::do_settle_query(ensure_signed(origin)?, custodian, query, result)
		}
	}
}
