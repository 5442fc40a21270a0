//! The call filter: which calls reach a block.
//!
//! Most of it is in the policies: what nobody may make ([`Signer::Nobody`]), what nobody makes for a patient
//! or a member, whom a call names, and what it carries. What is here looks at arguments of the SDK's calls, and
//! at the state.

use super::{
	addresses::names_no_account,
	disclosure::{discloses_sensitive, MAX_READS},
	inner_calls, policy,
};
use crate::{common::governance::MIN_SEATS, *};
use frame_support::{
	traits::{Contains, Get, GetCallMetadata},
	PalletId,
};
use salus_primitives::policy::{Effect, Signer};
#[allow(deprecated)]
use sp_runtime::traits::ValidateUnsigned;
use sp_runtime::{transaction_validity::TransactionSource, TypeId};

/// The runtime's call filter. It refuses, at whatever depth: what nobody may make, free text, what must not
/// be said in plain, a loosening for a patient or a member by somebody else, what is made in person made through another account, an emergency for
/// no class of data, a body emptied, safe mode
/// extended unseen, an asset's administrator in a settlement account; and more than [`MAX_NESTING`] levels.
pub struct CallFilter;

impl Contains<RuntimeCall> for CallFilter {
	fn contains(call: &RuntimeCall) -> bool {
		let mut reads = MAX_READS;
		is_allowed(call, MAX_NESTING, false, &mut reads) || is_measured(call)
	}
}

/// The call that does nothing with which `frame-omni-bencher benchmark overhead` measures what any transaction costs. Only the
/// runtime that `scripts/weights.sh` builds for that takes it (feature `empty-remark`).
fn is_measured(call: &RuntimeCall) -> bool {
	cfg!(feature = "empty-remark")
		&& matches!(call, RuntimeCall::System(frame_system::Call::remark { remark }) if remark.is_empty())
}

/// How deep calls may carry calls. Every level filters again when it is dispatched, so that without
/// a limit the work would grow with the square of the depth, unweighed.
pub const MAX_NESTING: u8 = 8;

/// One walk over `call` and all it carries: each is visited once.
///
/// What nodes put into a block without a signature carries bytes that only the pallet checks. Carried by another
/// call it could never succeed, and the bytes would stand in the block all the same.
fn is_allowed(call: &RuntimeCall, levels: u8, for_another: bool, reads: &mut u32) -> bool {
	let carried = levels < MAX_NESTING;
	let signer = policy(call).signer;
	if signer == Signer::Nobody
		|| (carried && signer == Signer::Node)
		|| carries_free_text(call)
		|| empties_collective(call)
		|| extends_safe_mode_early(call)
		|| touches_settlement_account(call)
		|| (for_another && needs_own_key(call))
		|| says_nothing_of_classes(call)
		|| discloses_sensitive(call, reads)
	{
		return false;
	}
	let inner = inner_calls(call);
	if inner.is_empty() {
		return true;
	}
	let Some(levels) = levels.checked_sub(1) else { return false };
	let for_another = for_another || acts_for_another(call);
	inner.into_iter().all(|inner| is_allowed(inner, levels, for_another, reads))
}

/// Whether `call` must come from the very account that signs: whether its policy says so, or it loosens for a patient or a
/// member.
///
/// Who breaks the glass and who finds it justified must be two people, and through another account one signer would be both. And a
/// standing proxy, a multisignature or a derived account would slip past the delays and past
/// freezing; who may act for a patient is told by a mandate that a registrar has verified.
fn needs_own_key(call: &RuntimeCall) -> bool {
	let policy = policy(call);
	policy.in_person
		|| (policy.effect == Effect::Loosening
			&& matches!(policy.signer, Signer::PatientKey | Signer::Member))
}

/// Whether `call` declares an emergency for no class of data, or for one that there is not. It would fail whoever makes it,
/// and a broken client could use up by such calls what is there for a clinician without tokens.
fn says_nothing_of_classes(call: &RuntimeCall) -> bool {
	use pallet_emergency::Call as Glass;
	match call {
		RuntimeCall::Emergency(
			Glass::break_glass { classes, .. } | Glass::break_glass_late { classes, .. },
		) => classes.is_empty() || !classes.is_known(),
		_ => false,
	}
}

/// Whether `call` makes what it carries the act of another account than its signer. Only a batch and its
/// like run as their own signer.
pub(super) fn acts_for_another(call: &RuntimeCall) -> bool {
	use pallet_utility::Call as Util;
	!matches!(
		call,
		RuntimeCall::Utility(
			Util::batch { .. }
				| Util::batch_all { .. }
				| Util::force_batch { .. }
				| Util::if_else { .. }
		)
	)
}

/// Whether some argument of `call` is a list longer than the call takes. It would fail, and 32 bytes of each entry would stand in
/// the block.
fn lists_too_many(call: &RuntimeCall) -> bool {
	match call {
		RuntimeCall::Multisig(multi) => has_too_many_signatories(multi),
		RuntimeCall::Preimage(pallet_preimage::Call::ensure_updated { hashes }) => {
			hashes.len() > MAX_LISTED
		},
		RuntimeCall::Balances(pallet_balances::Call::upgrade_accounts { who }) => {
			who.len() > MAX_LISTED
		},
		RuntimeCall::Council(pallet_collective::Call::set_members { new_members, .. })
		| RuntimeCall::TechnicalCommittee(pallet_collective::Call::set_members {
			new_members,
			..
		}) => new_members.len() > MAX_LISTED,
		_ => false,
	}
}

/// The most that other lists may have: more than a body has members, and than people put into one call.
const MAX_LISTED: usize = 100;

/// Whether `call` is of more signatories than a multisignature can have.
pub(super) fn has_too_many_signatories(call: &pallet_multisig::Call<Runtime>) -> bool {
	use pallet_multisig::Call as Multi;
	let most = <Runtime as pallet_multisig::Config>::MaxSignatories::get();
	match call {
		Multi::as_multi { other_signatories: others, .. }
		| Multi::as_multi_threshold_1 { other_signatories: others, .. }
		| Multi::approve_as_multi { other_signatories: others, .. }
		| Multi::cancel_as_multi { other_signatories: others, .. }
		| Multi::poke_deposit { other_signatories: others, .. } => {
			u32::try_from(others.len()).map_or(true, |others| others >= most)
		},
		Multi::__Ignore(_, never) => match *never {},
	}
}

/// Whether some argument of `call` could be words, and is not what it must be.
fn carries_free_text(call: &RuntimeCall) -> bool {
	matches!(
		call,
		RuntimeCall::Session(pallet_session::Call::set_keys { proof, .. })
			if proof.len() > MAX_KEY_PROOF
	) || is_unauthorised_code(call)
		|| pauses_no_call(call)
		|| names_no_account(call)
		|| lists_too_many(call)
}

/// More than two signatures of 64 bytes, as encoded, take.
const MAX_KEY_PROOF: usize = 160;

/// Code that is not the one that an upgrade was authorised for would be mere bytes.
fn is_unauthorised_code(call: &RuntimeCall) -> bool {
	let RuntimeCall::System(upgrade @ frame_system::Call::apply_authorized_upgrade { .. }) = call
	else {
		return false;
	};
	#[allow(deprecated)]
	<System as ValidateUnsigned>::validate_unsigned(TransactionSource::External, upgrade).is_err()
}

/// A name to pause that no call of this runtime has could be any words.
fn pauses_no_call(call: &RuntimeCall) -> bool {
	use pallet_tx_pause::Call as Pause;
	let RuntimeCall::TxPause(
		Pause::pause { full_name: (pallet, name) } | Pause::unpause { ident: (pallet, name) },
	) = call
	else {
		return false;
	};
	let module =
		RuntimeCall::get_module_names().iter().find(|known| known.as_bytes() == pallet.as_slice());
	!module.is_some_and(|module| {
		RuntimeCall::get_call_names(module).iter().any(|known| known.as_bytes() == name.as_slice())
	})
}

/// Whether `call` would leave a body with fewer seats than it must keep.
fn empties_collective(call: &RuntimeCall) -> bool {
	use pallet_membership::Call as Seats;
	match call {
		RuntimeCall::Membership(Seats::remove_member { .. }) => {
			Membership::members().len() <= MIN_SEATS
		},
		RuntimeCall::TechnicalMembership(Seats::remove_member { .. }) => {
			TechnicalMembership::members().len() <= MIN_SEATS
		},
		_ => false,
	}
}

/// Whether `call` would extend safe mode beyond what one extension gives: a batch of extensions would
/// make it endless by one motion.
fn extends_safe_mode_early(call: &RuntimeCall) -> bool {
	use pallet_safe_mode::{Call as Safe, EnteredUntil};
	matches!(call, RuntimeCall::SafeMode(Safe::force_extend { .. }))
		&& EnteredUntil::<Runtime>::get().is_some_and(|until| {
			until.saturating_sub(System::block_number())
				> <Runtime as pallet_safe_mode::Config>::ExtendDuration::get()
		})
}

/// Whether `call` is an asset's administrator reaching into a settlement account. It may burn
/// and freeze what it has issued, but not what stands there for claims. To freeze or destroy the asset as a
/// whole is nobody's.
fn touches_settlement_account(call: &RuntimeCall) -> bool {
	use pallet_assets::Call as Asset;
	let RuntimeCall::Assets(
		Asset::burn { who, .. } | Asset::freeze { who, .. } | Asset::block { who, .. },
	) = call
	else {
		return false;
	};
	let Address::Id(who) = who else { return true };
	// Every settlement account is derived from the pallet's id, and begins with it.
	let mut prefix = PalletId::TYPE_ID.to_vec();
	prefix.extend_from_slice(&<Runtime as pallet_claims::Config>::PotId::get().0);
	AsRef::<[u8]>::as_ref(who).starts_with(&prefix)
}
