//! What calls cost beyond their base, by the way that they take: what is looked up for the grantee, and what goes over to the
//! history.

use super::Made;
use crate::*;
use frame_support::pallet_prelude::Weight;
use salus_primitives::traits::Credentials;

impl<T: Config> Pallet<T> {
	/// The most that is looked up for `grantee`: for a person, every employer.
	pub(crate) fn most_for(grantee: &Grantee<T::AccountId>) -> Weight {
		match Self::person(grantee) {
			Some(_) => T::WeightInfo::practitioner(T::Credentials::max_employers()),
			None => Weight::zero(),
		}
	}

	/// What was looked up for `grantee`.
	pub(crate) fn used_for(grantee: &Grantee<T::AccountId>) -> Weight {
		Self::person(grantee).map_or(Weight::zero(), Self::used_for_person)
	}

	/// What was looked up for a person: its employers.
	pub(crate) fn used_for_person(who: &T::AccountId) -> Weight {
		T::WeightInfo::practitioner(T::Credentials::count_employers(who))
	}

	/// The person whom `grantee` names.
	fn person(grantee: &Grantee<T::AccountId>) -> Option<&T::AccountId> {
		match grantee {
			Grantee::Practitioner(who) | Grantee::PractitionerAt(who, _) => Some(who),
			Grantee::Any | Grantee::Organisation(_) | Grantee::RoleAt(..) => None,
		}
	}
}

impl Made {
	/// What the history took.
	pub(crate) fn swept<W: WeightInfo>(&self) -> Weight {
		if self.swept {
			W::sweep()
		} else {
			Weight::zero()
		}
	}
}
