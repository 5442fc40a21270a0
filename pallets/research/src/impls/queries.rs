//! Queries: budget is reserved before an answer, and nothing is given back.

use crate::*;
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Get};
use salus_primitives::{Commitment, OrgId};
use salus_research_permits::{MicroEpsilon, Standing};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_reserve_query(
		by: T::AccountId,
		custodian: OrgId,
		permit: AccessRequestId,
		version: u32,
		commitment: Commitment,
		epsilon: MicroEpsilon,
	) -> DispatchResult {
		let now = Self::now();
		let record = Permits::<T>::get(permit).ok_or(Error::<T>::UnknownPermit)?;
		let dataset = Self::kept_by(&by, custodian, record.dataset, now)?;
		Self::ensure_licensed(custodian, now)?;
		ensure!(dataset.retired_at.is_none(), Error::<T>::DatasetRetired);
		let active = Self::standing(&record, now) == Some(Standing::Active);
		ensure!(active, Error::<T>::NotActive);
		ensure!(dataset.versions.checked_sub(1) == Some(version), Error::<T>::WrongVersion);
		let costs = T::MinEpsilon::get()..=T::MaxEpsilon::get();
		ensure!(costs.contains(&epsilon), Error::<T>::WrongEpsilon);
		ensure!(
			!QueryByCommitment::<T>::contains_key(custodian, commitment),
			Error::<T>::AlreadyReserved
		);
		let mut population =
			Populations::<T>::get(custodian).ok_or(Error::<T>::UnknownPopulation)?;
		population.budget =
			population.budget.reserve(epsilon).map_err(|_| Error::<T>::BudgetExhausted)?;
		let query = population.queries;
		population.queries = query.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		Populations::<T>::insert(custodian, population);
		QueryByCommitment::<T>::insert(custodian, commitment, query);
		Queries::<T>::insert(
			custodian,
			query,
			Query { permit, version, commitment, epsilon, reserved_at: now, result: None },
		);
		Self::deposit_event(Event::QueryReserved { custodian, query, permit, epsilon });
		Ok(())
	}

	pub(crate) fn do_settle_query(
		by: T::AccountId,
		custodian: OrgId,
		query: QueryId,
		result: Commitment,
	) -> DispatchResult {
		let now = Self::now();
		Self::ensure_steward(&by, custodian, now)?;
		let mut found = Queries::<T>::get(custodian, query).ok_or(Error::<T>::UnknownQuery)?;
		ensure!(found.result.is_none(), Error::<T>::AlreadySettled);
		let mut population =
			Populations::<T>::get(custodian).ok_or(Error::<T>::UnknownPopulation)?;
		population.budget =
			population.budget.settle(found.epsilon).map_err(|_| Error::<T>::BudgetUnsound)?;
		found.result = Some(QueryResult { commitment: result, at: now });
		Populations::<T>::insert(custodian, population);
		Queries::<T>::insert(custodian, query, found);
		Self::deposit_event(Event::QuerySettled { custodian, query });
		Ok(())
	}
}
