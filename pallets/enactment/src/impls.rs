//! What the calls do.

use crate::{
	Approvals, Body, Catalogue, Config, Delays, EnactmentClass, Error, Event, Floors, Pallet,
	Proposal, Proposals,
};
use codec::{DecodeLimit, Encode};
use frame_support::{
	dispatch::GetDispatchInfo,
	ensure,
	traits::{EnsureOrigin, Get, UnixTime},
	BoundedVec,
};
use frame_system::pallet_prelude::OriginFor;
use salus_primitives::Moment;
use sp_runtime::{traits::Hash, DispatchError, DispatchResult};

/// How deep a stored call may nest. Calls of the catalogue carry no others.
const MAX_DEPTH: u32 = 4;

impl<T: Config> Pallet<T> {
	/// The body that `origin` speaks for.
	pub(crate) fn ensure_body(origin: OriginFor<T>) -> Result<Body, DispatchError> {
		match T::CouncilOrigin::try_origin(origin) {
			Ok(_) => Ok(Body::Council),
			Err(origin) => {
				T::TechnicalOrigin::ensure_origin(origin)?;
				Ok(Body::TechnicalCommittee)
			},
		}
	}

	/// The chain's time.
	pub(crate) fn now() -> Moment {
		T::Time::now().as_secs()
	}

	/// Notes that `body` approves `call`.
	pub(crate) fn do_approve(body: Body, call: &<T as Config>::RuntimeCall) -> DispatchResult {
		let class = T::Catalogue::class(call).ok_or(Error::<T>::NotInCatalogue)?;
		let bytes = BoundedVec::<u8, T::MaxCallSize>::try_from(call.encode())
			.map_err(|_| Error::<T>::CallTooLong)?;
		ensure!(
			call.get_dispatch_info().call_weight.all_lte(T::MaxCallWeight::get()),
			Error::<T>::CallTooHeavy
		);
		let (now, hash) = (Self::now(), T::Hashing::hash(&bytes));

		let live = Proposals::<T>::get(hash).filter(|proposal| now < proposal.lapses);
		let mut proposal = live.unwrap_or(Proposal {
			call: bytes,
			class,
			proposed_at: now,
			approvals: Approvals::default(),
			due: None,
			lapses: now.saturating_add(T::ApprovalWindow::get()),
		});
		ensure!(!proposal.approvals.has(body), Error::<T>::AlreadyApproved);
		ensure!(
			Proposals::<T>::contains_key(hash) || Proposals::<T>::count() < T::MaxProposals::get(),
			Error::<T>::TooManyProposals
		);

		proposal.approvals = proposal.approvals.with(body);
		Self::deposit_event(Event::Approved { proposal: hash, body });
		if proposal.approvals.are_complete() {
			// The class as it is now: an upgrade may have moved the call since the first approval.
			proposal.class = class;
			let due = now.saturating_add(Delays::<T>::get().of(class));
			proposal.due = Some(due);
			proposal.lapses = due.saturating_add(T::EnactmentWindow::get());
			Self::deposit_event(Event::Agreed { proposal: hash, due });
		}
		Proposals::<T>::insert(hash, proposal);
		Ok(())
	}

	/// Removes the proposal `hash` because `body` is against it.
	pub(crate) fn do_cancel(body: Body, hash: T::Hash) -> DispatchResult {
		ensure!(Proposals::<T>::contains_key(hash), Error::<T>::NoSuchProposal);
		Proposals::<T>::remove(hash);
		Self::deposit_event(Event::Cancelled { proposal: hash, body });
		Ok(())
	}

	/// Removes the proposal `hash`, which is agreed and due, and returns its call.
	pub(crate) fn take_due(hash: T::Hash) -> Result<<T as Config>::RuntimeCall, DispatchError> {
		let proposal = Proposals::<T>::get(hash).ok_or(Error::<T>::NoSuchProposal)?;
		let now = Self::now();
		ensure!(now < proposal.lapses, Error::<T>::Lapsed);
		let due = proposal.due.ok_or(Error::<T>::NotAgreed)?;
		ensure!(now >= due, Error::<T>::TooEarly);
		let call = <T as Config>::RuntimeCall::decode_all_with_depth_limit(
			MAX_DEPTH,
			&mut &proposal.call[..],
		)
		.map_err(|_| Error::<T>::Undecodable)?;
		ensure!(T::Catalogue::class(&call).is_some(), Error::<T>::NotInCatalogue);
		Proposals::<T>::remove(hash);
		Ok(call)
	}

	/// Removes the proposal `hash`, which has lapsed.
	pub(crate) fn do_clear(hash: T::Hash) -> DispatchResult {
		let proposal = Proposals::<T>::get(hash).ok_or(Error::<T>::NoSuchProposal)?;
		ensure!(Self::now() >= proposal.lapses, Error::<T>::NotLapsed);
		Proposals::<T>::remove(hash);
		Self::deposit_event(Event::Cleared { proposal: hash });
		Ok(())
	}

	/// Sets the delay of `class`.
	pub(crate) fn do_set_delay(class: EnactmentClass, seconds: Moment) -> DispatchResult {
		ensure!(seconds >= Floors::<T>::get().of(class), Error::<T>::BelowFloor);
		ensure!(seconds <= T::MaxDelay::get(), Error::<T>::AboveCeiling);
		Delays::<T>::mutate(|delays| *delays = delays.with(class, seconds));
		Self::deposit_event(Event::DelaySet { class, seconds });
		Ok(())
	}
}
