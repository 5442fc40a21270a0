//! Studies, and what ethics bodies say of them.

use crate::{impls::StudySize, *};
use alloc::vec;
use frame_support::{
	ensure,
	pallet_prelude::{DispatchError, DispatchResult},
	traits::Get,
	BoundedVec,
};
use salus_primitives::{traits::Credentials, Commitment, Interval, Moment, OrgId, OrgKind, Role};
use salus_research_data_use::UseSet;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_register_study(
		by: T::AccountId,
		organisation: OrgId,
		ethics: OrgId,
		uses: UseSet,
		protocol: Commitment,
	) -> DispatchResult {
		let now = Self::now();
		Self::ensure_researcher(&by, organisation, now)?;
		Self::ensure_research(organisation, now)?;
		ensure!(ethics != organisation, Error::<T>::OwnStudy);
		ensure!(T::Credentials::admin(ethics).is_some(), Error::<T>::UnknownOrganisation);
		let known = !uses.is_empty() && uses.is_subset_of(UseSet::ALL);
		ensure!(known, Error::<T>::WrongUses);
		let study = NextStudy::<T>::get();
		let next = study.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		let protocols = BoundedVec::truncate_from(vec![Protocol { commitment: protocol, at: now }]);
		let deposit = Self::take_deposit::<StudySize<T>>(organisation)?;
		NextStudy::<T>::put(next);
		Studies::<T>::insert(
			study,
			Study {
				organisation,
				investigator: by.clone(),
				ethics,
				uses,
				protocols,
				approvals: BoundedVec::new(),
				withdrawn_at: None,
				requests: 0,
				deposit,
			},
		);
		let investigator = by;
		Self::deposit_event(Event::StudyRegistered { study, organisation, investigator, ethics });
		Ok(())
	}

	pub(crate) fn do_amend_study(
		by: T::AccountId,
		organisation: OrgId,
		study: StudyId,
		protocol: Commitment,
	) -> DispatchResult {
		let now = Self::now();
		let mut found = Self::led_by(&by, organisation, study, now)?;
		let number = Self::protocols(&found);
		found
			.protocols
			.try_push(Protocol { commitment: protocol, at: now })
			.map_err(|_| Error::<T>::HistoryFull)?;
		Self::end_approval(&mut found, now, ApprovalEnding::Amended);
		Studies::<T>::insert(study, found);
		Self::deposit_event(Event::StudyAmended { study, protocol: number });
		Ok(())
	}

	/// How many versions the protocol has.
	fn protocols(study: &StudyOf<T>) -> u32 {
		study.protocols.iter().fold(0u32, |count, _| count.saturating_add(1))
	}

	/// Ends at `now` the approval that lasts. Tells whether there was one.
	fn end_approval(study: &mut StudyOf<T>, now: Moment, why: ApprovalEnding) -> bool {
		let mut lasting = study.approvals.iter_mut().filter(|one| one.span().contains(now));
		let Some(approval) = lasting.next() else { return false };
		approval.ended = Some((now, why));
		true
	}

	pub(crate) fn do_approve_ethics(
		by: T::AccountId,
		ethics: OrgId,
		study: StudyId,
		until: Moment,
	) -> DispatchResult {
		let now = Self::now();
		let mut found = Self::judged_by(&by, ethics, study, now)?;
		let licensed = T::Credentials::was_licensed(ethics, OrgKind::Ethics, now);
		ensure!(licensed, Error::<T>::NotLicensed);
		let others =
			found.investigator != by && !T::Credentials::acts_for(found.organisation, &by, now);
		ensure!(others, Error::<T>::OwnStudy);
		ensure!(found.withdrawn_at.is_none(), Error::<T>::StudyWithdrawn);
		let latest = now.saturating_add(T::MaxEthicsTerm::get());
		ensure!(now < until && until <= latest, Error::<T>::WrongTerm);
		Self::end_approval(&mut found, now, ApprovalEnding::Renewed);
		let protocol = Self::protocols(&found).saturating_sub(1);
		found
			.approvals
			.try_push(Approval {
				by: by.clone(),
				protocol,
				period: Interval::new(now, until),
				ended: None,
			})
			.map_err(|_| Error::<T>::HistoryFull)?;
		Studies::<T>::insert(study, found);
		Self::deposit_event(Event::EthicsApproved { study, organisation: ethics, until, by });
		Ok(())
	}

	/// The study, if `who` is a member of `ethics`, which is its ethics body.
	fn judged_by(
		who: &T::AccountId,
		ethics: OrgId,
		study: StudyId,
		now: Moment,
	) -> Result<StudyOf<T>, DispatchError> {
		let found = Studies::<T>::get(study).ok_or(Error::<T>::UnknownStudy)?;
		let may = found.ethics == ethics
			&& T::Credentials::was_affiliated(ethics, who, Role::EthicsMember, now);
		ensure!(may, Error::<T>::NotAuthorised);
		Ok(found)
	}

	pub(crate) fn do_end_ethics(
		by: T::AccountId,
		ethics: OrgId,
		study: StudyId,
		for_good: bool,
	) -> DispatchResult {
		let now = Self::now();
		let mut found = Self::judged_by(&by, ethics, study, now)?;
		let why = if for_good { ApprovalEnding::Withdrawn } else { ApprovalEnding::Suspended };
		ensure!(Self::end_approval(&mut found, now, why), Error::<T>::NotApproved);
		if for_good {
			found.withdrawn_at = Some(now);
		}
		Studies::<T>::insert(study, found);
		Self::deposit_event(Event::EthicsEnded { study, organisation: ethics, for_good, by });
		Ok(())
	}

	/// Whether an approval of `study` lasted at `at`.
	pub(crate) fn was_approved(study: &StudyOf<T>, at: Moment) -> bool {
		study.approvals.iter().any(|approval| approval.span().contains(at))
	}
}
