//! From one layout of the storage to the next.

/// From version 1 to 3: a Permit that was asked for holds for the organisation that asked.
///
/// Version 1 let whoever asked for itself do so at every employer. A request that is open is
/// rewritten. A Permit that is in force ends, and one that names the organisation takes its place,
/// with a number of its own: what was answered about the past stays.
///
/// The block of the upgrade has no time yet when this runs: now is still the time of the block before it, and whoever asked in
/// that second was answered as version 1 does. So the change is dated one second later, which is before the block of the upgrade: two
/// blocks are more than a second apart. A Permit that ends in that very second by itself is left as it is.
///
/// No release had version 2. Version 3 has base decisions beside it, and is a number of its own so that a verifier of decision
/// receipts that does not read them refuses a state that can have some.
pub mod v3 {
	use crate::*;
	use alloc::vec::Vec;
	use core::marker::PhantomData;
	use frame_support::{
		migrations::VersionedMigration,
		traits::{Defensive, Get, UncheckedOnRuntimeUpgrade},
		weights::Weight,
	};
	use salus_primitives::{Interval, Moment, OrgId, PatientId};

	/// The migration. Reads every patient's directives and every open request once.
	pub type NameWhoAsked<T> = VersionedMigration<
		1,
		3,
		NameWhoAskedUnchecked<T>,
		Pallet<T>,
		<T as frame_system::Config>::DbWeight,
	>;

	/// The same, whatever the version of the storage.
	pub struct NameWhoAskedUnchecked<T>(PhantomData<T>);

	impl<T: Config> NameWhoAskedUnchecked<T> {
		/// The first moment at which the change holds: the second after the block before.
		fn changed_at() -> Moment {
			Pallet::<T>::now().saturating_add(1)
		}

		/// Whether `directive` is a Permit in force at `at` that was asked for and names no organisation.
		fn reaches_too_far(directive: &Directive<T::AccountId>, at: Moment) -> bool {
			matches!(directive.grantee, Grantee::Practitioner(_))
				&& matches!(directive.basis, DirectiveBasis::Request(_))
				&& directive.in_force(at)
		}

		/// What `grantee` is where `organisation` asked.
		fn narrowed(grantee: Grantee<T::AccountId>, organisation: OrgId) -> Grantee<T::AccountId> {
			match grantee {
				Grantee::Practitioner(who) => Grantee::PractitionerAt(who, organisation),
				other => other,
			}
		}

		/// Ends the Permit `id` at `at`, and puts one that names who asked in its place.
		fn replace(patient: &PatientId, id: DirectiveId, at: Moment) {
			let Some(agreement) = Agreements::<T>::take(patient, id).defensive() else { return };
			let mut live = Live::<T>::get(patient);
			let found = live.entries.iter().position(|(other, _)| *other == id);
			let Some(position) = found.defensive() else { return };
			let Some((_, old)) = live.entries.get(position).cloned() else { return };
			Pallet::<T>::end(&mut live, position, Ended { at, why: EndReason::Replaced });
			Live::<T>::insert(patient, live);
			let new = Directive {
				grantee: Self::narrowed(old.grantee.clone(), agreement.organisation),
				period: Interval::new(at, old.period.until),
				..old
			};
			// There is room: one has just ended.
			if let Ok(new) = Pallet::<T>::record(patient, at, new).defensive() {
				Agreements::<T>::insert(patient, new.directive, agreement);
			}
		}
	}

	impl<T: Config> UncheckedOnRuntimeUpgrade for NameWhoAskedUnchecked<T> {
		fn on_runtime_upgrade() -> Weight {
			let at = Self::changed_at();
			let (mut read, mut written) = (1u64, 0u64);
			Requests::<T>::translate_values(|request: RequestOf<T>| {
				read = read.saturating_add(1);
				written = written.saturating_add(1);
				let grantee = Self::narrowed(request.grantee.clone(), request.organisation);
				Some(Request { grantee, ..request })
			});
			for patient in Live::<T>::iter_keys() {
				// The key, and what is under it.
				read = read.saturating_add(2);
				let live = Live::<T>::get(patient);
				let far = live.entries.iter().filter(|(_, found)| Self::reaches_too_far(found, at));
				for id in far.map(|(id, _)| *id).collect::<Vec<_>>() {
					Self::replace(&patient, id, at);
					// The directives twice, a page of the history, the agreement in its two places.
					read = read.saturating_add(4);
					written = written.saturating_add(5);
				}
			}
			T::DbWeight::get().reads_writes(read, written)
		}

		#[cfg(feature = "try-runtime")]
		fn pre_upgrade() -> Result<Vec<u8>, sp_runtime::TryRuntimeError> {
			use codec::Encode;
			Ok((Agreements::<T>::iter().count() as u64, Requests::<T>::iter().count() as u64)
				.encode())
		}

		#[cfg(feature = "try-runtime")]
		fn post_upgrade(before: Vec<u8>) -> Result<(), sp_runtime::TryRuntimeError> {
			use codec::Encode;
			let after =
				(Agreements::<T>::iter().count() as u64, Requests::<T>::iter().count() as u64);
			frame_support::ensure!(after.encode() == before, "an agreement or a request was lost");
			let at = Self::changed_at();
			for (_, live) in Live::<T>::iter() {
				let far = live.entries.iter().any(|(_, found)| Self::reaches_too_far(found, at));
				frame_support::ensure!(!far, "a Permit still reaches beyond who asked");
			}
			Ok(())
		}
	}
}
