//! The first block.

use crate::{pallet::*, Licence, RegistrarTerm, RegistrarTerms};
use salus_primitives::{traits::TokenlessAccounts, CapabilitySet, Commitment, OrgKindSet};

impl<T: Config> Pallet<T> {
	/// Writes the organisations and registrars of the genesis.
	///
	/// A genesis that contradicts itself must not become a chain, so this panics.
	#[allow(clippy::expect_used)]
	pub(crate) fn build_genesis(genesis: &GenesisConfig<T>) {
		for (admin, kinds, until, flagged) in &genesis.organisations {
			let kinds = OrgKindSet(*kinds);
			assert!(kinds.is_known(), "registry: kinds of an organisation");
			assert!(*until > 0, "registry: a licence has ended before the first block");
			assert!(
				!Administrators::<T>::contains_key(admin),
				"registry: an account administers two organisations"
			);
			let org = NextOrgId::<T>::get();
			NextOrgId::<T>::put(org.checked_add(1).expect("registry: too many organisations"));
			Self::insert_organisation(
				org,
				admin,
				Commitment::zero(),
				OrgKindSet::EMPTY,
				kinds,
				None,
			);
			Organisations::<T>::mutate_extant(org, |organisation| {
				organisation.flagged = *flagged;
				organisation.established = true;
			});
			for kind in kinds.iter() {
				let mut licence = Licence::default();
				Self::begin(&mut licence, 0, *until)
					.expect("registry: a licence holds an interval");
				Self::put_licence(org, kind, licence)
					.expect("registry: there is room for every kind");
			}
		}
		for (account, org, kinds, capabilities, until) in &genesis.registrars {
			let (kinds, capabilities) = (OrgKindSet(*kinds), CapabilitySet(*capabilities));
			assert!(
				kinds.is_known() && capabilities.is_known(),
				"registry: kinds or capabilities of a registrar"
			);
			assert!(
				!kinds.is_empty() || !capabilities.is_empty(),
				"registry: a registrar covers nothing"
			);
			assert!(
				Organisations::<T>::contains_key(org),
				"registry: a registrar of no known organisation"
			);
			assert!(*until > 0, "registry: a registrar's term has ended before the first block");
			assert!(
				!Registrars::<T>::contains_key(account),
				"registry: a registrar is named twice"
			);
			T::Tokenless::welcome(account).expect("registry: a registrar is not welcome");
			let term = RegistrarTerm {
				organisation: *org,
				kinds,
				capabilities,
				from: 0,
				until: *until,
				ended: None,
			};
			Registrars::<T>::insert(
				account,
				RegistrarTerms::<T>::try_from(alloc::vec![term])
					.expect("registry: a registrar has a term"),
			);
		}
	}
}
