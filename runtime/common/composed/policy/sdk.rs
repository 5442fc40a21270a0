//! What the calls of the SDK's pallets are, in one place.
//!
//! A pallet of ours says it in its own `policy.rs`. The pallets of one chain only, those of its consensus, are in that
//! chain's `policy_of_consensus.rs`.

use crate::*;
use alloc::vec;
use salus_primitives::{
	policies,
	policy::{CallPolicy, Clock, Effect, Fee, Policy, Proxy, Signer},
};

/// Root's alone, or it would make anybody Root: the filter refuses it, and no origin maps to Root besides. So is what carries
/// free text: the chain keeps what it is given, for ever and on every node, so nobody may hand it words
/// about a patient.
const REFUSED: Policy = Policy::refused();
/// The same, of a pallet that governs or that blocks need.
pub const REFUSED_HERE: Policy = Policy::governs(Signer::Nobody);
/// Whatever an account does for itself.
const OWN: Policy = Policy::anybody();
/// The same, of a pallet that governs or that blocks need.
const ANYBODY: Policy = Policy::governs(Signer::Anybody);
pub const ROOT: Policy = Policy::governs(Signer::Root);
const COLLECTIVE: Policy = Policy::governs(Signer::Collective);
/// A decision about money, which waits in an emergency.
const BY_COLLECTIVE: Policy = Policy::new(Effect::Administrative, Signer::Collective, Fee::Own);
pub const NODE: Policy = Policy::governs(Signer::Node);
/// A seat, which a proxy may hold for its owner.
const SEAT: Policy = Policy::governs(Signer::Seat).by_proxy(Proxy::Governance);
/// Seats and helpers act through carriers: what they carry is paused by itself.
const CARRIER: Policy = OWN.never_paused();

impl CallPolicy<RuntimeCall> for frame_system::Call<Runtime> {
	type AccountId = AccountId;

	policies! {
		remark => REFUSED_HERE,
		remark_with_event => REFUSED_HERE,
		set_heap_pages => REFUSED_HERE,
		set_code => REFUSED_HERE,
		set_code_without_checks => REFUSED_HERE,
		set_storage => REFUSED_HERE,
		kill_storage => REFUSED_HERE,
		kill_prefix => REFUSED_HERE,
		authorize_upgrade => ROOT,
		authorize_upgrade_without_checks => REFUSED_HERE,
		apply_authorized_upgrade => ANYBODY,
	}
}

impl CallPolicy<RuntimeCall> for pallet_timestamp::Call<Runtime> {
	type AccountId = AccountId;

	policies! { set => NODE, }
}

impl CallPolicy<RuntimeCall> for pallet_preimage::Call<Runtime> {
	type AccountId = AccountId;

	policies! {
		note_preimage => REFUSED_HERE,
		unnote_preimage => ANYBODY,
		request_preimage => ROOT,
		unrequest_preimage => ROOT,
		ensure_updated => ANYBODY,
	}
}

impl CallPolicy<RuntimeCall> for pallet_scheduler::Call<Runtime> {
	type AccountId = AccountId;

	policies! {
		schedule => COLLECTIVE,
		cancel => COLLECTIVE.answers(&[Clock::Scheduled]),
		schedule_named => COLLECTIVE,
		cancel_named => COLLECTIVE.answers(&[Clock::Scheduled]),
		schedule_after => COLLECTIVE,
		schedule_named_after => COLLECTIVE,
		set_retry => COLLECTIVE,
		set_retry_named => COLLECTIVE,
		cancel_retry => COLLECTIVE,
		cancel_retry_named => COLLECTIVE,
	}

	fn inner(&self) -> Vec<&RuntimeCall> {
		match self {
			Self::schedule { call, .. }
			| Self::schedule_named { call, .. }
			| Self::schedule_after { call, .. }
			| Self::schedule_named_after { call, .. } => vec![call],
			Self::cancel { .. }
			| Self::cancel_named { .. }
			| Self::set_retry { .. }
			| Self::set_retry_named { .. }
			| Self::cancel_retry { .. }
			| Self::cancel_retry_named { .. } => Vec::new(),
			Self::__Ignore(_, never) => match *never {},
		}
	}
}

impl CallPolicy<RuntimeCall> for pallet_utility::Call<Runtime> {
	type AccountId = AccountId;

	policies! {
		batch => CARRIER.by_proxy(Proxy::AsCarried),
		as_derivative => CARRIER.by_proxy(Proxy::AsCarried),
		batch_all => CARRIER.by_proxy(Proxy::AsCarried),
		dispatch_as => REFUSED.never_paused(),
		force_batch => CARRIER.by_proxy(Proxy::AsCarried),
		with_weight => REFUSED.never_paused(),
		if_else => CARRIER.by_proxy(Proxy::AsCarried),
		dispatch_as_fallible => REFUSED.never_paused(),
	}

	fn inner(&self) -> Vec<&RuntimeCall> {
		match self {
			Self::batch { calls } | Self::batch_all { calls } | Self::force_batch { calls } => {
				calls.iter().collect()
			},
			Self::as_derivative { call, .. }
			| Self::dispatch_as { call, .. }
			| Self::dispatch_as_fallible { call, .. }
			| Self::with_weight { call, .. } => vec![call],
			Self::if_else { main, fallback } => vec![main, fallback],
			Self::__Ignore(_, never) => match *never {},
		}
	}
}

// A multisignature, a proxy of a proxy and a schedule are powers themselves: no proxy but one that may
// do everything reaches them.
impl CallPolicy<RuntimeCall> for pallet_multisig::Call<Runtime> {
	type AccountId = AccountId;

	policies! {
		as_multi_threshold_1 => CARRIER,
		as_multi => CARRIER,
		// Agreeing by hash: what is carried out is filtered by itself.
		approve_as_multi => CARRIER.in_safe_mode(),
		cancel_as_multi => CARRIER.in_safe_mode(),
		poke_deposit => CARRIER,
	}

	fn inner(&self) -> Vec<&RuntimeCall> {
		match self {
			Self::as_multi { call, .. } | Self::as_multi_threshold_1 { call, .. } => vec![call],
			Self::approve_as_multi { .. }
			| Self::cancel_as_multi { .. }
			| Self::poke_deposit { .. } => Vec::new(),
			Self::__Ignore(_, never) => match *never {},
		}
	}
}

impl CallPolicy<RuntimeCall> for pallet_proxy::Call<Runtime> {
	type AccountId = AccountId;

	policies! {
		proxy => CARRIER,
		add_proxy => CARRIER,
		// Taking power back.
		remove_proxy => CARRIER.in_safe_mode(),
		remove_proxies => CARRIER.in_safe_mode(),
		create_pure => CARRIER,
		kill_pure => CARRIER,
		announce => CARRIER,
		remove_announcement => CARRIER,
		reject_announcement => CARRIER.answers(&[Clock::Announcement]),
		proxy_announced => CARRIER,
		poke_deposit => CARRIER,
	}

	fn inner(&self) -> Vec<&RuntimeCall> {
		match self {
			Self::proxy { call, .. } | Self::proxy_announced { call, .. } => vec![call],
			Self::add_proxy { .. }
			| Self::remove_proxy { .. }
			| Self::remove_proxies { .. }
			| Self::create_pure { .. }
			| Self::kill_pure { .. }
			| Self::announce { .. }
			| Self::remove_announcement { .. }
			| Self::reject_announcement { .. }
			| Self::poke_deposit { .. } => Vec::new(),
			Self::__Ignore(_, never) => match *never {},
		}
	}
}

impl CallPolicy<RuntimeCall> for pallet_safe_mode::Call<Runtime> {
	type AccountId = AccountId;

	policies! {
		// Without a configured deposit these two fail for everybody.
		enter => ANYBODY,
		extend => ANYBODY,
		force_enter => COLLECTIVE,
		force_extend => COLLECTIVE.answers(&[Clock::SafeMode]),
		force_exit => COLLECTIVE,
		force_slash_deposit => ROOT,
		release_deposit => ANYBODY,
		force_release_deposit => ROOT,
	}
}

impl CallPolicy<RuntimeCall> for pallet_migrations::Call<Runtime> {
	type AccountId = AccountId;

	policies! {
		force_set_cursor => REFUSED_HERE,
		force_set_active_cursor => REFUSED_HERE,
		force_onboard_mbms => REFUSED_HERE,
		clear_historic => REFUSED_HERE,
	}
}

impl CallPolicy<RuntimeCall> for pallet_tx_pause::Call<Runtime> {
	type AccountId = AccountId;

	policies! {
		pause => COLLECTIVE,
		unpause => COLLECTIVE,
	}
}

impl CallPolicy<RuntimeCall> for pallet_balances::Call<Runtime> {
	type AccountId = AccountId;

	policies! {
		transfer_allow_death => OWN,
		force_transfer => REFUSED,
		transfer_keep_alive => OWN,
		transfer_all => OWN,
		force_unreserve => REFUSED,
		upgrade_accounts => OWN,
		force_set_balance => REFUSED,
		force_adjust_total_issuance => REFUSED,
		burn => OWN,
	}
}

impl CallPolicy<RuntimeCall> for pallet_assets::Call<Runtime> {
	type AccountId = AccountId;

	policies! {
		create => BY_COLLECTIVE,
		force_create => REFUSED,
		// Assets are there to settle claims. One that is frozen or destroyed as a whole would take the money
		// of every settlement account, and keep payers from paying in time.
		start_destroy => REFUSED,
		destroy_accounts => REFUSED,
		destroy_approvals => REFUSED,
		finish_destroy => REFUSED,
		freeze_asset => REFUSED,
		thaw_asset => OWN,
		mint => OWN,
		burn => OWN,
		transfer => OWN,
		transfer_keep_alive => OWN,
		force_transfer => REFUSED,
		freeze => OWN,
		thaw => OWN,
		transfer_ownership => OWN,
		set_team => OWN,
		set_metadata => REFUSED,
		clear_metadata => OWN,
		force_set_metadata => REFUSED,
		force_clear_metadata => REFUSED,
		force_asset_status => REFUSED,
		approve_transfer => OWN,
		cancel_approval => OWN,
		force_cancel_approval => REFUSED,
		transfer_approved => OWN,
		touch => OWN,
		refund => OWN,
		set_min_balance => OWN,
		touch_other => OWN,
		refund_other => OWN,
		block => OWN,
		transfer_all => OWN,
		set_reserves => OWN,
	}
}

impl CallPolicy<RuntimeCall> for pallet_treasury::Call<Runtime> {
	type AccountId = AccountId;

	policies! {
		spend_local => BY_COLLECTIVE,
		remove_approval => BY_COLLECTIVE,
		spend => BY_COLLECTIVE,
		// What was promised is lost if nobody takes it in time.
		payout => OWN.answers(&[Clock::TreasuryPayout]),
		check_status => OWN,
		// The brake on a payout, which cannot be paused.
		void_spend => BY_COLLECTIVE.never_paused().in_safe_mode(),
	}
}

impl CallPolicy<RuntimeCall> for pallet_session::Call<Runtime> {
	type AccountId = AccountId;

	policies! {
		// Whoever has the session keys can sign twice in the validator's name, which expels it for good.
		set_keys => ANYBODY,
		// A validator that purged its keys would drop out of the set without anybody's decision; one that
		// leaves calls `retire`, and its keys are purged for it.
		purge_keys => REFUSED_HERE,
	}
}

impl<I: 'static> CallPolicy<RuntimeCall> for pallet_collective::Call<Runtime, I>
where
	Runtime: pallet_collective::Config<I, Proposal = RuntimeCall>,
{
	type AccountId = AccountId;

	policies! {
		set_members => ROOT,
		execute => SEAT,
		// A vote for a change of seats is one vote, and can be changed until the motion is closed.
		propose => SEAT.answers(&[Clock::Motion]),
		vote => SEAT.answers(&[Clock::Motion]),
		disapprove_proposal => ROOT,
		close => ANYBODY.by_proxy(Proxy::Governance).answers(&[Clock::Motion]),
		kill => ROOT,
		release_proposal_cost => ANYBODY.by_proxy(Proxy::Governance),
	}

	fn inner(&self) -> Vec<&RuntimeCall> {
		match self {
			Self::propose { proposal, .. } | Self::execute { proposal, .. } => vec![proposal],
			Self::set_members { .. }
			| Self::vote { .. }
			| Self::disapprove_proposal { .. }
			| Self::close { .. }
			| Self::kill { .. }
			| Self::release_proposal_cost { .. } => Vec::new(),
			Self::__Ignore(_, never) => match *never {},
		}
	}
}

impl<I: 'static> CallPolicy<RuntimeCall> for pallet_membership::Call<Runtime, I>
where
	Runtime: pallet_membership::Config<I>,
{
	type AccountId = AccountId;

	policies! {
		add_member => COLLECTIVE,
		remove_member => COLLECTIVE,
		swap_member => COLLECTIVE,
		// It would seat a body anew at one stroke.
		reset_members => REFUSED_HERE,
		// A seat that gives itself away is not taken back by removing a proxy.
		change_key => Policy::governs(Signer::Seat),
		set_prime => COLLECTIVE,
		clear_prime => COLLECTIVE,
	}
}
