//! Deposits, and what is on hold for them.
//!
//! A pallet keeps a ticket for each deposit, and the tokens themselves are on hold in the accounts of
//! those who put them down. The SDK gives back what it finds on hold and does not complain if that is
//! less than the ticket says. So every pallet's `try_state` compares the two with [`are_backed`].

use alloc::collections::BTreeMap;

/// Accounts, and how much of each.
pub type Amounts<AccountId> = BTreeMap<AccountId, u128>;

/// A ticket whose amount can be compared with what is on hold for all tickets of its kind. A runtime
/// implements it for the deposits of all its pallets with [`deposits_are_on_hold`](crate::deposits_are_on_hold).
pub trait Backed<Runtime> {
	/// Who puts deposits down.
	type AccountId: Ord;

	/// How much the ticket is for.
	fn amount(&self) -> u128;

	/// What is on hold for tickets of this kind, over all accounts.
	fn on_hold() -> Amounts<Self::AccountId>;
}

/// Whether what is on hold for this kind of ticket is what `tickets` are for: of each account exactly
/// as much, and of nobody else.
pub fn are_backed<Runtime, Ticket: Backed<Runtime>>(
	tickets: impl IntoIterator<Item = (Ticket::AccountId, Ticket)>,
) -> bool {
	let mut sums = Amounts::new();
	for (who, ticket) in tickets {
		let sum = sums.entry(who).or_default();
		let Some(more) = sum.checked_add(ticket.amount()) else { return false };
		*sum = more;
	}
	sums.retain(|_, sum| *sum > 0);
	sums == Ticket::on_hold()
}

/// Implements [`Backed`] for every deposit that a runtime holds in its `pallet_balances` with the
/// SDK's `HoldConsideration`.
#[macro_export]
macro_rules! deposits_are_on_hold {
	($runtime:ident) => {
		impl<Reason, Price> $crate::deposits::Backed<$runtime>
			for frame_support::traits::fungible::HoldConsideration<
				<$runtime as frame_system::Config>::AccountId,
				pallet_balances::Pallet<$runtime>,
				Reason,
				Price,
			>
		where
			Reason: 'static
				+ frame_support::traits::Get<<$runtime as pallet_balances::Config>::RuntimeHoldReason>,
			Price: 'static,
		{
			type AccountId = <$runtime as frame_system::Config>::AccountId;

			fn amount(&self) -> u128 {
				type Balance = <$runtime as pallet_balances::Config>::Balance;
				// The SDK does not tell, but the amount is all that it stores.
				let stored = codec::Encode::encode(self);
				<Balance as codec::DecodeAll>::decode_all(&mut stored.as_slice())
					.map_or(u128::MAX, u128::from)
			}

			fn on_hold() -> $crate::deposits::Amounts<Self::AccountId> {
				pallet_balances::Holds::<$runtime>::iter()
					.filter_map(|(who, holds)| {
						let held = holds.iter().find(|held| held.id == Reason::get())?;
						Some((who, u128::from(held.amount)))
					})
					.collect()
			}
		}
	};
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::cell::RefCell;

	struct Runtime;
	struct Ticket(u128);

	thread_local! {
		static HELD: RefCell<Amounts<u8>> = const { RefCell::new(Amounts::new()) };
	}

	impl Backed<Runtime> for Ticket {
		type AccountId = u8;

		fn amount(&self) -> u128 {
			self.0
		}

		fn on_hold() -> Amounts<u8> {
			HELD.with_borrow(Clone::clone)
		}
	}

	fn backed(tickets: &[(u8, u128)], held: &[(u8, u128)]) -> bool {
		HELD.set(held.iter().copied().collect());
		are_backed::<Runtime, Ticket>(tickets.iter().map(|(who, amount)| (*who, Ticket(*amount))))
	}

	#[test]
	fn tickets_are_backed_if_each_account_has_their_sum_on_hold_and_nobody_else_anything() {
		assert!(backed(&[], &[]));
		assert!(backed(&[(1, 2), (2, 5), (1, 3)], &[(1, 5), (2, 5)]));
		// A ticket for nothing needs no hold.
		assert!(backed(&[(1, 5), (3, 0)], &[(1, 5)]));
		for held in [&[][..], &[(1, 4)], &[(1, 6)], &[(2, 5)], &[(1, 5), (2, 1)]] {
			assert!(!backed(&[(1, 5)], held), "{held:?}");
		}
		assert!(!backed(&[(1, u128::MAX), (1, 1)], &[(1, u128::MAX)]));
	}
}
