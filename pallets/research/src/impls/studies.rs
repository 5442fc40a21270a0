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
		let licensed = T::Credentials::was_licensed(ethics, OrgKind::Ethics, now);
		ensure!(licensed, Error::<T>::NotLicensed);
		ensure!(!Self::acted_lately_for(&by, ethics, now), Error::<T>::OwnStudy);
		let known = !uses.is_empty() && uses.is_subset_of(UseSet::ALL);
		ensure!(known, Error::<T>::WrongUses);
		let study = NextStudy::<T>::get();
		let next = study.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		let protocols = BoundedVec::truncate_from(vec![Protocol { commitment: protocol, at: now }]);
		let unsigned = UnsignedStudies::<T>::get(organisation, &by);
		ensure!(unsigned < T::MaxUnsignedStudies::get(), Error::<T>::TooManyStudies);
		let unsigned = unsigned.checked_add(1).ok_or(Error::<T>::TooManyStudies)?;
		let deposit = Self::take_deposit::<StudySize<T>>(organisation)?;
		UnsignedStudies::<T>::insert(organisation, &by, unsigned);
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
				signed: false,
				deposit,
			},
		);
		let investigator = by;
		Self::deposit_event(Event::StudyRegistered { study, organisation, investigator, ethics });
		Ok(())
	}

	/// Counts that `organisation` has signed for a study of `investigator` for which it had not.
	pub(crate) fn count_signed(organisation: OrgId, investigator: &T::AccountId) {
		match UnsignedStudies::<T>::get(organisation, investigator).saturating_sub(1) {
			0 => UnsignedStudies::<T>::remove(organisation, investigator),
			left => UnsignedStudies::<T>::insert(organisation, investigator, left),
		}
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
		protocol: Commitment,
		until: Moment,
	) -> DispatchResult {
		let now = Self::now();
		let mut found = Self::judged_by(&by, ethics, study, now)?;
		let licensed = T::Credentials::was_licensed(ethics, OrgKind::Ethics, now);
		ensure!(licensed, Error::<T>::NotLicensed);
		let parties = Self::parties_of_study(&found, now)?;
		let others = !Self::is_recused(&by, &parties)
			&& !Self::acted_lately_for(&found.investigator, ethics, now);
		ensure!(others, Error::<T>::OwnStudy);
		Self::ensure_impartial(ethics, &parties)?;
		ensure!(found.withdrawn_at.is_none(), Error::<T>::StudyWithdrawn);
		let last = found.protocols.last().map(|last| last.commitment);
		ensure!(last == Some(protocol), Error::<T>::WrongProtocol);
		let latest = now.saturating_add(T::MaxEthicsTerm::get());
		ensure!(now < until && until <= latest, Error::<T>::WrongTerm);
		Self::end_approval(&mut found, now, ApprovalEnding::Renewed);
		let number = Self::protocols(&found).saturating_sub(1);
		found
			.approvals
			.try_push(Approval {
				by: by.clone(),
				protocol: number,
				period: Interval::new(now, until),
				ended: None,
			})
			.map_err(|_| Error::<T>::HistoryFull)?;
		Studies::<T>::insert(study, found);
		let organisation = ethics;
		Self::deposit_event(Event::EthicsApproved { study, protocol, organisation, until, by });
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
		if for_good {
			// Also while no approval lasts: a body that has suspended can go on to withdraw.
			ensure!(found.withdrawn_at.is_none(), Error::<T>::StudyWithdrawn);
			Self::end_approval(&mut found, now, ApprovalEnding::Withdrawn);
			found.withdrawn_at = Some(now);
		} else {
			let ended = Self::end_approval(&mut found, now, ApprovalEnding::Suspended);
			ensure!(ended, Error::<T>::NotApproved);
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
