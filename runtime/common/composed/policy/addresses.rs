//! Accounts as calls name them.

use crate::*;
use alloc::vec;

/// Every account that `call` itself names in a form that could be another than an account's id.
fn named(call: &RuntimeCall) -> Vec<&Address> {
	use pallet_assets::Call as Asset;
	use pallet_balances::Call as Bal;
	use pallet_proxy::Call as Prox;
	use pallet_treasury::Call as Treasure;
	match call {
		RuntimeCall::Balances(
			Bal::transfer_allow_death { dest: one, .. }
			| Bal::transfer_keep_alive { dest: one, .. }
			| Bal::transfer_all { dest: one, .. }
			| Bal::force_unreserve { who: one, .. }
			| Bal::force_set_balance { who: one, .. },
		)
		| RuntimeCall::Assets(
			Asset::create { admin: one, .. }
			| Asset::force_create { owner: one, .. }
			| Asset::mint { beneficiary: one, .. }
			| Asset::burn { who: one, .. }
			| Asset::transfer { target: one, .. }
			| Asset::transfer_keep_alive { target: one, .. }
			| Asset::transfer_all { dest: one, .. }
			| Asset::freeze { who: one, .. }
			| Asset::thaw { who: one, .. }
			| Asset::block { who: one, .. }
			| Asset::transfer_ownership { owner: one, .. }
			| Asset::approve_transfer { delegate: one, .. }
			| Asset::cancel_approval { delegate: one, .. }
			| Asset::touch_other { who: one, .. }
			| Asset::refund_other { who: one, .. },
		)
		| RuntimeCall::Proxy(
			Prox::proxy { real: one, .. }
			| Prox::add_proxy { delegate: one, .. }
			| Prox::remove_proxy { delegate: one, .. }
			| Prox::kill_pure { spawner: one, .. }
			| Prox::announce { real: one, .. }
			| Prox::remove_announcement { real: one, .. }
			| Prox::reject_announcement { delegate: one, .. },
		)
		| RuntimeCall::Treasury(Treasure::spend_local { beneficiary: one, .. }) => vec![one],
		RuntimeCall::Balances(Bal::force_transfer { source: one, dest: other, .. })
		| RuntimeCall::Assets(
			Asset::force_transfer { source: one, dest: other, .. }
			| Asset::transfer_approved { owner: one, destination: other, .. }
			| Asset::force_cancel_approval { owner: one, delegate: other, .. },
		)
		| RuntimeCall::Proxy(Prox::proxy_announced { delegate: one, real: other, .. }) => {
			vec![one, other]
		},
		RuntimeCall::Assets(Asset::set_team { issuer, admin, freezer, .. }) => {
			vec![issuer, admin, freezer]
		},
		RuntimeCall::Assets(Asset::force_asset_status {
			owner, issuer, admin, freezer, ..
		}) => {
			vec![owner, issuer, admin, freezer]
		},
		RuntimeCall::Membership(seats) => of_seats(seats),
		RuntimeCall::TechnicalMembership(seats) => of_seats(seats),
		_ => Vec::new(),
	}
}

/// The same of the members of one body.
fn of_seats<Body: 'static>(seats: &pallet_membership::Call<Runtime, Body>) -> Vec<&Address>
where
	Runtime: pallet_membership::Config<Body>,
{
	use pallet_membership::Call as Seats;
	match seats {
		Seats::add_member { who: one }
		| Seats::remove_member { who: one }
		| Seats::change_key { new: one }
		| Seats::set_prime { who: one } => vec![one],
		Seats::swap_member { remove, add } => vec![remove, add],
		_ => Vec::new(),
	}
}

/// Whether `call` names an account by anything but its id. Such an address has never led to an account of
/// this chain, and one of its forms is bytes of any length.
pub fn names_no_account(call: &RuntimeCall) -> bool {
	named(call).into_iter().any(|address| !matches!(address, Address::Id(_)))
}
