//! The events and errors of the pallet, in a section of their own for the reader's sake.

use frame_support::pallet_macros::pallet_section;

/// Events and errors.
#[pallet_section]
mod events {
	/// What happened. Of permits that are suspended nothing is told here: no transaction suspends them.
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A custodian opened its population.
		PopulationOpened {
			/// The custodian.
			custodian: OrgId,
			/// The budget, in millionths of epsilon.
			total: MicroEpsilon,
		},
		/// A custodian proposed more budget.
		BudgetProposed {
			/// The custodian.
			custodian: OrgId,
			/// The number of the proposal, which votes name.
			motion: MotionId,
			/// How much more, in millionths of epsilon.
			more: MicroEpsilon,
			/// Who proposed it.
			by: T::AccountId,
		},
		/// A member of a committee voted on more budget.
		BudgetVoted {
			/// The custodian.
			custodian: OrgId,
			/// The number of the proposal.
			motion: MotionId,
			/// Whether for it.
			in_favour: bool,
			/// Who voted.
			by: T::AccountId,
		},
		/// A committee decided about more budget.
		BudgetConcluded {
			/// The custodian.
			custodian: OrgId,
			/// The number of the proposal.
			motion: MotionId,
			/// How much more was proposed, in millionths of epsilon.
			more: MicroEpsilon,
			/// Whether it was granted.
			granted: bool,
			/// The votes that counted.
			tally: Tally,
		},
		/// A dataset was offered. Its first version has the number 0.
		DatasetOffered {
			/// The dataset.
			dataset: DatasetId,
			/// The custodian.
			custodian: OrgId,
			/// Whose members vote on requests.
			committee: OrgId,
		},
		/// A version of a dataset was published.
		VersionPublished {
			/// The dataset.
			dataset: DatasetId,
			/// The number of the version.
			version: u32,
			/// How often the terms have changed. Where this is more than before, permits are suspended until the terms are
			/// accepted.
			terms_version: u32,
			/// The withdrawal epoch that it honours.
			epoch: u32,
		},
		/// A committee agreed, or agreed no more, that what matches the terms of a dataset needs no vote.
		ShortcutSet {
			/// The dataset.
			dataset: DatasetId,
			/// Whether it agrees.
			allowed: bool,
		},
		/// A dataset takes neither requests nor queries any more.
		DatasetRetired {
			/// The dataset.
			dataset: DatasetId,
		},
		/// A study was registered.
		StudyRegistered {
			/// The study.
			study: StudyId,
			/// The institution.
			organisation: OrgId,
			/// The principal investigator.
			investigator: T::AccountId,
			/// The ethics body that is to approve it.
			ethics: OrgId,
		},
		/// A study's protocol was amended. Its ethics approval ended.
		StudyAmended {
			/// The study.
			study: StudyId,
			/// The number of the protocol's version, from 0.
			protocol: u32,
		},
		/// An ethics body approved a study.
		EthicsApproved {
			/// The study.
			study: StudyId,
			/// The commitment to the protocol that it approved.
			protocol: Commitment,
			/// The ethics body.
			organisation: OrgId,
			/// From when no more, unless it ends before.
			until: Moment,
			/// Who signed for it.
			by: T::AccountId,
		},
		/// An ethics body ended its approval of a study.
		EthicsEnded {
			/// The study.
			study: StudyId,
			/// The ethics body.
			organisation: OrgId,
			/// Whether for good.
			for_good: bool,
			/// Who signed for it.
			by: T::AccountId,
		},
		/// A study asked for a dataset.
		AccessRequested {
			/// The request.
			request: AccessRequestId,
			/// The study.
			study: StudyId,
			/// The dataset.
			dataset: DatasetId,
		},
		/// An institution co-signed a request, and the request was matched with the terms.
		RequestCosigned {
			/// The request.
			request: AccessRequestId,
			/// What the table says, and its version.
			decision: Decision,
			/// The rule by which the terms exclude it, if they do: also where the table abstains.
			excluded: Option<Rule>,
			/// Who signed.
			by: T::AccountId,
		},
		/// A member of a committee voted on a request.
		Voted {
			/// The request.
			request: AccessRequestId,
			/// Whether for it.
			in_favour: bool,
			/// Who voted.
			by: T::AccountId,
		},
		/// A request was decided.
		RequestDecided {
			/// The request.
			request: AccessRequestId,
			/// Whether it was approved.
			approved: bool,
			/// By what.
			by: DecidedBy,
		},
		/// The terms of a dataset were accepted for a permit. The first time, the permit begins.
		TermsAccepted {
			/// The permit: the number of its request.
			permit: AccessRequestId,
			/// The version of the dataset that has the terms.
			version: u32,
			/// The end of the permit as it was agreed, with its renewal if it was renewed.
			until: Moment,
		},
		/// A permit was renewed.
		PermitRenewed {
			/// The permit.
			permit: AccessRequestId,
			/// Its end.
			until: Moment,
		},
		/// A yearly report was filed.
		ReportFiled {
			/// The permit.
			permit: AccessRequestId,
			/// Of which year of the permit.
			year: u64,
		},
		/// Something that came of a permit was recorded.
		OutputRecorded {
			/// The permit.
			permit: AccessRequestId,
			/// What it is.
			kind: OutputKind,
			/// A commitment to it.
			commitment: Commitment,
		},
		/// A permit was closed: its researcher attested that the data was destroyed.
		PermitClosed {
			/// The permit.
			permit: AccessRequestId,
		},
		/// The destruction of the data was attested for a permit that had been revoked.
		DestructionAttested {
			/// The permit.
			permit: AccessRequestId,
		},
		/// A permit was revoked.
		PermitRevoked {
			/// The permit.
			permit: AccessRequestId,
			/// Why.
			reason: RevocationReason,
			/// For which organisation.
			acting_for: OrgId,
			/// Who revoked it.
			by: T::AccountId,
		},
		/// Budget was reserved for a query.
		QueryReserved {
			/// The custodian.
			custodian: OrgId,
			/// The query.
			query: QueryId,
			/// The permit under which it is asked.
			permit: AccessRequestId,
			/// What it costs, in millionths of epsilon.
			epsilon: MicroEpsilon,
		},
		/// A query has its result, delivered or suppressed.
		QuerySettled {
			/// The custodian.
			custodian: OrgId,
			/// The query.
			query: QueryId,
		},
	}

	/// Why a call was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The signer does not act for the organisation in a role that the call needs, or the organisation is not the one
		/// whose call it is.
		NotAuthorised,
		/// The organisation does not hold the licence that the call needs.
		NotLicensed,
		/// The numbers are used up.
		IdsExhausted,
		/// There is no such population: the custodian has opened none.
		UnknownPopulation,
		/// There is no such dataset.
		UnknownDataset,
		/// There is no such study.
		UnknownStudy,
		/// There is no such request.
		UnknownRequest,
		/// There is no such permit.
		UnknownPermit,
		/// There is no such query.
		UnknownQuery,
		/// There is no such organisation.
		UnknownOrganisation,
		/// The custodian has opened its population already: there is one for all its datasets.
		AlreadyOpened,
		/// The budget is zero, or more than one population begins with or one vote adds.
		WrongBudget,
		/// Fewer votes than a committee needs, or more than may be demanded of one.
		WrongQuorum,
		/// The votes would be counted too early for all to vote, or too late for anybody to count them in time.
		WrongDeliberation,
		/// The committee is the organisation's own whose wish it decides about, or one for which the principal investigator acts or lately
		/// acted: that of the dataset, or of its population.
		OwnCommittee,
		/// The smallest cohort is smaller than it may be.
		CohortTooSmall,
		/// A vote on more budget is open.
		MotionPending,
		/// The committee has refused more budget lately.
		RefusedLately,
		/// No vote is open, or not this one.
		VoteClosed,
		/// The signer has voted.
		AlreadyVoted,
		/// As many have voted as can.
		TooManyVotes,
		/// The signer has a part in what is decided, or was no member of the committee when it was asked for.
		Recused,
		/// The votes are to be open for longer before they are counted.
		TooEarly,
		/// Too few votes count.
		NoQuorum,
		/// The terms would allow what they did not: that is another dataset.
		TermsLoosened,
		/// The withdrawal epoch is neither the last one nor the next.
		WrongEpoch,
		/// The dataset has as many versions as there can be.
		TooManyVersions,
		/// The dataset takes neither requests nor queries any more.
		DatasetRetired,
		/// It is as it is asked to be.
		NothingToChange,
		/// The study states no use, or one that there is not.
		WrongUses,
		/// The ethics body is the institution itself, or somebody acts for both, or did lately; or the signer acts, or did, for another
		/// organisation for which the principal investigator works.
		OwnStudy,
		/// The researcher has as many studies there as can wait for a signature of the institution.
		TooManyStudies,
		/// The protocol is not the last one of the study.
		WrongProtocol,
		/// The ethics body has withdrawn its approval of the study for good.
		StudyWithdrawn,
		/// The study has no ethics approval that lasts.
		NotApproved,
		/// The end does not lie in the future, or too far in it.
		WrongTerm,
		/// A history is full: of approvals, protocols, acceptances or outputs.
		HistoryFull,
		/// The request states a use that the study does not have.
		UseNotOfStudy,
		/// The request states for how many months data is wanted: none, or more than there can be.
		WrongMonths,
		/// The study has made as many requests as one study may.
		TooManyRequests,
		/// The request was co-signed.
		AlreadyCosigned,
		/// Whoever asks does not co-sign.
		OwnRequest,
		/// The request has lapsed.
		Lapsed,
		/// The request was not approved, or not yet.
		NotGranted,
		/// The version is not the one in force.
		WrongVersion,
		/// The terms in force exclude what was approved, or leave to a committee what none has decided under them.
		TermsExclude,
		/// The terms in force are accepted.
		AlreadyAccepted,
		/// The permit has ended.
		PermitEnded,
		/// The permit is not active.
		NotActive,
		/// The permit was renewed once.
		AlreadyRenewed,
		/// It is too early, or too late, to renew the permit.
		NotRenewable,
		/// With its renewal the permit lasts longer than the terms allow, or would.
		RenewalTooLong,
		/// The permit has no such year, or its report cannot be filed yet.
		WrongYear,
		/// The report of this year was filed.
		AlreadyReported,
		/// The report of a year that has begun is not filed.
		ReportMissing,
		/// Nothing may be published before the moratorium ends.
		Moratorium,
		/// The terms demand a publication or a return that was not recorded.
		OutputMissing,
		/// The query costs less than a query may, or more.
		WrongEpsilon,
		/// A query with this commitment was reserved.
		AlreadyReserved,
		/// Less of the budget is left than the query costs.
		BudgetExhausted,
		/// The query was settled.
		AlreadySettled,
		/// The budget does not add up.
		BudgetUnsound,
		/// Beside the institution the principal investigator works for more organisations than [`MAX_OTHER_EMPLOYERS`], or did since
		/// [`Config::RecusalTime`] before the request. Another researcher can lead the study, or ask once fewer of them count.
		TooManyEmployers,
		/// Whoever administers the committee, and so invites its members, could not vote on this: that person has a part in it, or was
		/// employed lately by an organisation that does. The committee decides once another administers it.
		AdministratorRecused,
	}
}
