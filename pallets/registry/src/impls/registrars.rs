//! Registrars: appointed and dismissed by governance.

use crate::{pallet::*, RegistrarTerm, RegistrarTerms, Tenure};
use frame_support::{ensure, traits::Get};
use salus_primitives::{
	traits::{self, TokenlessAccounts},
	CapabilitySet, Moment, OrgId, OrgKindSet,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_appoint_registrar(
		account: T::AccountId,
		org: OrgId,
		kinds: OrgKindSet,
		capabilities: CapabilitySet,
		until: Moment,
	) -> DispatchResult {
		ensure!(kinds.is_known() && capabilities.is_known(), Error::<T>::UnknownCode);
		ensure!(!kinds.is_empty() || !capabilities.is_empty(), Error::<T>::NothingCovered);
		Self::known(org)?;
		let now = Self::now();
		Self::ensure_term(until, now, now, T::MaxRegistrarTerm::get())?;
		let mut terms = Registrars::<T>::get(&account);
		Self::end_term(&mut terms, now);
		terms
			.try_push(RegistrarTerm {
				organisation: org,
				kinds,
				capabilities,
				from: now,
				until,
				ended: None,
			})
			.map_err(|_| Error::<T>::HistoryFull)?;
		T::Tokenless::welcome(&account)?;
		<Self as traits::Organisations>::rely_on(org)?;
		Registrars::<T>::insert(&account, terms);
		Self::deposit_event(Event::RegistrarAppointed {
			who: account,
			org,
			kinds,
			capabilities,
			until,
		});
		Ok(())
	}

	/// Ends the term in force, and says for which organisation it was.
	fn end_term(terms: &mut RegistrarTerms<T>, now: Moment) -> Option<OrgId> {
		let term = terms.iter_mut().find(|term| term.was_in_force(now))?;
		term.ended = Some(now);
		Some(term.organisation)
	}

	pub(crate) fn do_dismiss_registrar(account: T::AccountId) -> DispatchResult {
		let mut terms = Registrars::<T>::get(&account);
		let org = Self::end_term(&mut terms, Self::now()).ok_or(Error::<T>::NotRegistrar)?;
		Registrars::<T>::insert(&account, terms);
		Self::deposit_event(Event::RegistrarDismissed { who: account, org });
		Ok(())
	}
}
