//! What the calls do, and how the questions are answered.

mod answers;
mod claims;
mod coverages;
mod decisions;
mod encounters;
mod plans;
mod pricing;
mod settlement;
mod taken;

pub(crate) use decisions::Decided;
pub(crate) use taken::{BondChange, Done, Taken};

use crate::{pallet::*, types::*};
use codec::Encode;
use frame_support::{
	ensure,
	traits::{Consideration, Footprint, Get, UnixTime},
};
use frame_system::pallet_prelude::BlockNumberFor;
use salus_primitives::{traits::Credentials, Moment, OrgId, RoleSet};
use sp_runtime::{
	traits::{AccountIdConversion, One, Zero},
	ArithmeticError, DispatchError, DispatchResult,
};

impl<T: Config> Pallet<T> {
	/// The time of the block, in Unix seconds.
	pub(crate) fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// The hash of the first block, by which a signature is for this chain alone.
	pub(crate) fn genesis() -> T::Hash {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
	}

	/// The account in which the money of `org` for claims stands.
	pub fn settlement_account(org: OrgId) -> T::AccountId {
		T::PotId::get().into_sub_account_truncating(org)
	}

	/// Makes the settlement account of `org` one that can hold assets. It stays so for ever: a
	/// payment must never fail because its receiver was swept away.
	pub(super) fn ensure_account(org: OrgId) {
		let account = Self::settlement_account(org);
		// That it exists is not enough: a sufficient asset, which anybody may send, keeps an account
		// only as long as some of it is there.
		if frame_system::Pallet::<T>::providers(&account) == 0 {
			frame_system::Pallet::<T>::inc_providers(&account);
		}
	}

	/// The administrator of `org`, if it is `who`.
	fn ensure_admin(who: &T::AccountId, org: OrgId) -> DispatchResult {
		ensure!(T::Credentials::admin(org).as_ref() == Some(who), Error::<T>::NotAuthorised);
		Ok(())
	}

	/// Whether `who` administers `org` or is there now in one of `roles`.
	fn is_staff(who: &T::AccountId, org: OrgId, roles: RoleSet) -> bool {
		T::Credentials::admin(org).as_ref() == Some(who)
			|| T::Credentials::roles(org, who, Self::now()).intersects(roles)
	}

	fn ensure_staff(who: &T::AccountId, org: OrgId, roles: RoleSet) -> DispatchResult {
		ensure!(Self::is_staff(who, org, roles), Error::<T>::NotAuthorised);
		Ok(())
	}

	/// Adds `entry` to what the administrator of `org` puts down. A bond that a former
	/// administrator has put down moves to the present one. Tells what became of the bond.
	pub(crate) fn charge_bond<E: Encode>(
		org: OrgId,
		entry: &E,
	) -> Result<BondChange, DispatchError> {
		let admin = T::Credentials::admin(org).ok_or(Error::<T>::NotAuthorised)?;
		let entry = u64::try_from(entry.encoded_size()).map_err(|_| ArithmeticError::Overflow)?;
		let added = entry.checked_add(ITEM_BYTES).ok_or(ArithmeticError::Overflow)?;
		let bond = Bonds::<T>::get(org);
		let before = bond.as_ref().map_or(0, |bond| bond.size);
		let size = before.checked_add(added).ok_or(ArithmeticError::Overflow)?;
		let footprint = Self::put_down_for(size)?;
		let (ticket, change) = match bond {
			Some(bond) if bond.payer == admin => {
				let before = bond.ticket.clone();
				// Where nothing more is put down than before, no account is touched. One that was put down byte by byte, by an
				// earlier runtime, comes up to its step here.
				let ticket = bond.ticket.update(&admin, footprint)?;
				let change = match ticket == before {
					true => BondChange::Kept,
					false => BondChange::Grown,
				};
				(ticket, change)
			},
			Some(bond) => {
				let ticket = T::Consideration::new(&admin, footprint)?;
				bond.ticket.drop(&bond.payer)?;
				(ticket, BondChange::Moved)
			},
			None => (T::Consideration::new(&admin, footprint)?, BondChange::Grown),
		};
		Bonds::<T>::insert(org, Bond { payer: admin, size, ticket });
		Ok(change)
	}

	/// For what the administrator of an organisation puts something down that keeps `size` bytes: up to the end of the step
	/// of [`BOND_STEP`] bytes in which that is.
	pub(crate) fn put_down_for(size: u64) -> Result<Footprint, DispatchError> {
		let size = size.checked_next_multiple_of(BOND_STEP).ok_or(ArithmeticError::Overflow)?;
		// In wasm a `usize` has 32 bits, and what an organisation keeps does not fit for ever.
		Ok(Footprint { count: 1, size })
	}

	/// Panics if the runtime's constants make no sense together: tests and the build of a genesis see it, no block does.
	pub(crate) fn check_constants() {
		assert!(T::MaxCoverageTerm::get() > 0, "a coverage lasts");
		assert!(T::MaxEncounterTerm::get() > 0, "an encounter lasts");
		assert!(T::MaxSignatureLife::get() > 0, "a signature holds");
		assert!(T::RekeyDelay::get() > 0, "a member can say no");
		assert!(T::Page::get() > 0, "an answer must hold a claim");
		assert!(
			u32::try_from(salus_claims_adjudication::MAX_LINES) == Ok(MAX_LINES),
			"the adjudication takes as many lines as a claim has"
		);
	}

	/// A number that was never given, from a counter.
	fn next_number<N, S>() -> Result<N, DispatchError>
	where
		N: Copy + One + sp_runtime::traits::CheckedAdd,
		S: frame_support::storage::StorageValue<N, Query = N>,
		N: codec::FullCodec,
	{
		let number = S::get();
		S::put(number.checked_add(&N::one()).ok_or(ArithmeticError::Overflow)?);
		Ok(number)
	}
}
