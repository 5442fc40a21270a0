//! Which calls are open to whom: never, in safe mode, free, and at a sponsor's expense.
//!
//! The lists name calls, and every match over the runtime's pallets is exhaustive: a new pallet
//! does not compile until somebody has decided.

use super::{
	addresses::names_no_account,
	governance::MIN_SEATS,
	health::{ClaimsPotId, MAX_EMPLOYERS},
	system::SafeModeExtendDuration,
};
use crate::*;
use alloc::vec;
use frame_support::{
	traits::{Contains, GetCallMetadata, UnixTime},
	PalletId,
};
use pallet_consent::{Access, Grantee, LiftTarget};
use salus_primitives::{traits::Credentials, LabelSet, OrgId};
#[allow(deprecated)]
use sp_runtime::traits::ValidateUnsigned;
use sp_runtime::{transaction_validity::TransactionSource, TypeId};

/// The calls that `call` carries inside, one level down.
pub fn inner_calls(call: &RuntimeCall) -> Vec<&RuntimeCall> {
	use pallet_collective::Call as Collective;
	use pallet_multisig::Call as Multi;
	use pallet_proxy::Call as Prox;
	use pallet_scheduler::Call as Sched;
	use pallet_utility::Call as Util;
	match call {
		RuntimeCall::Utility(
			Util::batch { calls } | Util::batch_all { calls } | Util::force_batch { calls },
		) => calls.iter().collect(),
		RuntimeCall::Utility(
			Util::as_derivative { call, .. }
			| Util::dispatch_as { call, .. }
			| Util::dispatch_as_fallible { call, .. }
			| Util::with_weight { call, .. },
		) => vec![call],
		RuntimeCall::Utility(Util::if_else { main, fallback }) => vec![main, fallback],
		RuntimeCall::Multisig(
			Multi::as_multi { call, .. } | Multi::as_multi_threshold_1 { call, .. },
		) => vec![call],
		RuntimeCall::Proxy(Prox::proxy { call, .. } | Prox::proxy_announced { call, .. }) => {
			vec![call]
		},
		RuntimeCall::Scheduler(
			Sched::schedule { call, .. }
			| Sched::schedule_named { call, .. }
			| Sched::schedule_after { call, .. }
			| Sched::schedule_named_after { call, .. },
		) => vec![call],
		RuntimeCall::Council(
			Collective::propose { proposal, .. } | Collective::execute { proposal, .. },
		) => vec![proposal],
		RuntimeCall::TechnicalCommittee(
			Collective::propose { proposal, .. } | Collective::execute { proposal, .. },
		) => vec![proposal],
		RuntimeCall::Enactment(pallet_enactment::Call::approve { call }) => vec![call],
		_ => Vec::new(),
	}
}

/// A validator that purged its keys would drop out of the set without anybody's decision; one that
/// leaves calls `retire`, and its keys are purged for it.
fn leaves_by_the_back_door(call: &RuntimeCall) -> bool {
	matches!(call, RuntimeCall::Session(pallet_session::Call::purge_keys { .. }))
}

/// Calls that carry free text. The chain keeps what it is given, for ever and on every node, so
/// nobody may hand it words about a patient.
fn carries_free_text(call: &RuntimeCall) -> bool {
	use frame_system::Call as Sys;
	use pallet_assets::Call as Asset;
	use pallet_preimage::Call as Pre;
	matches!(
		call,
		RuntimeCall::System(Sys::remark { .. } | Sys::remark_with_event { .. })
			| RuntimeCall::Preimage(Pre::note_preimage { .. })
			| RuntimeCall::Assets(Asset::set_metadata { .. } | Asset::force_set_metadata { .. })
			// Nodes report without a signature. A header carries bytes as well as seals.
			| RuntimeCall::Babe(pallet_babe::Call::report_equivocation { .. })
			| RuntimeCall::Grandpa(pallet_grandpa::Call::report_equivocation { .. })
	) || matches!(
		call,
		RuntimeCall::Session(pallet_session::Call::set_keys { proof, .. })
			if proof.len() > MAX_KEY_PROOF
	) || is_unauthorised_code(call)
		|| pauses_no_call(call)
		|| names_no_account(call)
}

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

/// More than two signatures of 64 bytes, as encoded, take.
const MAX_KEY_PROOF: usize = 160;

/// Calls that only Root could make, or that would make anybody Root. No origin maps to Root, and
/// these stay shut besides.
fn is_sudo_like(call: &RuntimeCall) -> bool {
	use frame_system::Call as Sys;
	use pallet_assets::Call as Asset;
	use pallet_balances::Call as Bal;
	use pallet_utility::Call as Util;
	matches!(
		call,
		RuntimeCall::System(
			Sys::set_heap_pages { .. }
				| Sys::set_code { .. }
				| Sys::set_code_without_checks { .. }
				| Sys::set_storage { .. }
				| Sys::kill_storage { .. }
				| Sys::kill_prefix { .. }
				| Sys::authorize_upgrade_without_checks { .. }
		) | RuntimeCall::Balances(
			Bal::force_transfer { .. }
				| Bal::force_unreserve { .. }
				| Bal::force_set_balance { .. }
				| Bal::force_adjust_total_issuance { .. }
		) | RuntimeCall::Assets(
			Asset::force_create { .. }
				| Asset::force_transfer { .. }
				| Asset::force_clear_metadata { .. }
				| Asset::force_asset_status { .. }
				| Asset::force_cancel_approval { .. }
		) | RuntimeCall::MultiBlockMigrations(_)
			| RuntimeCall::Utility(
				Util::dispatch_as { .. }
					| Util::dispatch_as_fallible { .. }
					| Util::with_weight { .. }
			)
	)
}

/// Whether `call` loosens a patient's protection, or changes who controls a handle: anything of
/// the patient's own pallets that is not a tightening.
///
/// Such calls must come from the patient's key itself. A standing proxy, a multisignature or a
/// derived account would slip past the delays and past freezing; who may act for a patient is told
/// by a mandate that a registrar has verified.
pub fn is_patient_loosening(call: &RuntimeCall) -> bool {
	matches!(call, RuntimeCall::PatientIdentity(_) | RuntimeCall::Consent(_))
		&& !is_tightening(call)
		&& !is_professional(call)
}

/// Whether `call` is what a member says of itself: that it is covered, that it was there. Nobody says
/// it in its place; with its signature a provider may hand it in.
fn is_said_by_the_member(call: &RuntimeCall) -> bool {
	use pallet_claims::Call as Claim;
	matches!(
		call,
		RuntimeCall::Claims(
			Claim::accept_coverage { .. } | Claim::accept_rekey { .. } | Claim::attest { .. }
		)
	)
}

/// Calls of the patient's own pallets that organisations make, not patients.
fn is_professional(call: &RuntimeCall) -> bool {
	use pallet_consent::Call as Con;
	use pallet_patient_identity::Call as Id;
	matches!(
		call,
		RuntimeCall::PatientIdentity(Id::register_for { .. })
			| RuntimeCall::Consent(
				Con::request_access { .. } | Con::expire_request { .. } | Con::apply_lift { .. }
			)
	)
}

/// The calls that tighten the protection of a patient or a member: never paused, never filtered, and
/// free where they take effect.
pub fn is_tightening(call: &RuntimeCall) -> bool {
	use pallet_consent::Call as Con;
	use pallet_patient_identity::Call as Id;
	use pallet_record_anchor::Call as Anchor;
	matches!(
		call,
		RuntimeCall::PatientIdentity(
			Id::freeze { .. }
				| Id::remove_own_key { .. }
				| Id::cancel_pending_key { .. }
				| Id::cancel_key_removal { .. }
				| Id::cancel_rotation { .. }
				| Id::cancel_unfreeze { .. }
				| Id::cancel_retirement { .. }
		) | RuntimeCall::Consent(
			Con::revoke { .. }
				| Con::veto_purpose { .. }
				| Con::deny { .. }
				| Con::decline { .. }
				| Con::cancel_lift { .. }
				| Con::block_requester { .. }
		) | RuntimeCall::RecordAnchor(
			Anchor::dispute { .. }
				| Anchor::request_erasure { .. }
				| Anchor::withdraw_erasure { .. }
		) | RuntimeCall::Claims(pallet_claims::Call::cancel_rekey { .. })
	)
}

/// Calls that end what somebody may do in a professional capacity, or keep it from beginning.
fn ends_a_credential(call: &RuntimeCall) -> bool {
	use pallet_registry::Call as Reg;
	matches!(
		call,
		RuntimeCall::Registry(
			Reg::suspend { .. }
				| Reg::revoke { .. }
				| Reg::decline { .. }
				| Reg::decline_affiliation { .. }
				| Reg::cancel_invitation { .. }
				| Reg::end_affiliation { .. }
		)
	)
}

/// The tightening calls that cost nothing where they take effect. They use up state that a paid
/// call created, so nothing free can be repeated; what takes up state (a denial, a block, a dispute, a
/// wish for erasure) and what could be done and undone for ever is not among them.
pub fn is_free_when_effective(call: &RuntimeCall) -> bool {
	use pallet_consent::Call as Con;
	(is_tightening(call) || ends_a_credential(call))
		&& !matches!(
			call,
			RuntimeCall::Consent(Con::deny { .. } | Con::block_requester { .. })
				| RuntimeCall::RecordAnchor(_)
		)
}

/// Whether `call` makes what it carries the act of another account than its signer. A batch runs as
/// its own signer and does not.
fn acts_for_another(call: &RuntimeCall) -> bool {
	use pallet_utility::Call as Util;
	matches!(
		call,
		RuntimeCall::Proxy(_)
			| RuntimeCall::Multisig(_)
			| RuntimeCall::Utility(Util::as_derivative { .. })
			| RuntimeCall::Scheduler(_)
			| RuntimeCall::Council(_)
			| RuntimeCall::TechnicalCommittee(_)
			| RuntimeCall::Enactment(_)
	)
}

/// Whether `call` would leave a body with fewer seats than it must keep, or seat it anew at one stroke.
fn ends_a_body(call: &RuntimeCall) -> bool {
	use pallet_membership::Call as Seats;
	match call {
		RuntimeCall::Membership(Seats::reset_members { .. })
		| RuntimeCall::TechnicalMembership(Seats::reset_members { .. }) => true,
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
fn extends_unseen(call: &RuntimeCall) -> bool {
	use pallet_safe_mode::{Call as Safe, EnteredUntil};
	matches!(call, RuntimeCall::SafeMode(Safe::force_extend { .. }))
		&& EnteredUntil::<Runtime>::get().is_some_and(|until| {
			until.saturating_sub(System::block_number()) > SafeModeExtendDuration::get()
		})
}

/// Whether `call` is an asset's administrator reaching into a payer's settlement account. It may burn
/// and freeze what it has issued, but not what stands there for claims.
fn reaches_into_a_pot(call: &RuntimeCall) -> bool {
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
	prefix.extend_from_slice(&ClaimsPotId::get().0);
	AsRef::<[u8]>::as_ref(who).starts_with(&prefix)
}

/// Reads a filter of one transaction may make. Enough for any batch that people make; without a limit
/// the pool could be kept busy for nothing.
const MAX_FILTER_READS: u32 = 512;

/// Whether `call` would say in plain what must not be said so: a label, or that a patient has to do
/// with an organisation whose very name says something about its patients.
///
/// The pallets refuse it as well, but only when it is dispatched: by then patient and organisation
/// would stand in a block, together and for ever. What is read here is read again by the call, which
/// weighs it. More than `reads` of them are refused unread.
fn tells_in_plain(call: &RuntimeCall, reads: &mut u32) -> bool {
	use pallet_claims::Call as Claim;
	use pallet_consent::Call as Con;
	use pallet_patient_identity::Call as Id;
	use pallet_record_anchor::Call as Anchor;
	let (labels, named) = match call {
		RuntimeCall::Consent(
			Con::permit { grantee, access: Access { scope, .. } }
			| Con::deny { grantee, scope, .. },
		) => (scope.labels, grantee.clone()),
		RuntimeCall::Consent(Con::request_access { organisation, access, .. }) => {
			(access.scope.labels, Grantee::Organisation(*organisation))
		},
		RuntimeCall::Consent(Con::approve { access, .. }) => (access.scope.labels, Grantee::Any),
		RuntimeCall::Consent(
			Con::block_requester { organisation: org }
			| Con::unblock_requester { organisation: org }
			// The lift of a block names the organisation by its own number. Towards a flagged one none is
			// applied, so there is none to call off.
			| Con::apply_lift { target: LiftTarget::Requester(org), .. }
			| Con::cancel_lift { target: LiftTarget::Requester(org) },
		)
		| RuntimeCall::PatientIdentity(Id::register_for { org, .. })
		| RuntimeCall::RecordAnchor(Anchor::anchor { org, subject: Some(_), .. })
		| RuntimeCall::Claims(
			Claim::enrol { org, .. }
			| Claim::open_encounter { org }
			| Claim::open_emergency { org, .. }
			// Another member key.
			| Claim::rekey_coverage { org, .. },
		) => (LabelSet::EMPTY, Grantee::Organisation(*org)),
		RuntimeCall::Claims(Claim::attest { encounter, coverage }) => {
			return attests_anew(None, *encounter, *coverage, reads);
		},
		RuntimeCall::Claims(Claim::attest_for { org, encounter, coverage, .. }) => {
			return attests_anew(Some(*org), *encounter, *coverage, reads);
		},
		RuntimeCall::RecordAnchor(Anchor::anchor_many { org, records })
			if records.iter().any(|record| record.subject.is_some()) =>
		{
			(LabelSet::EMPTY, Grantee::Organisation(*org))
		},
		// Where the record names the patient, nothing new is told.
		RuntimeCall::RecordAnchor(
			Anchor::acknowledge { author, seq }
			| Anchor::dispute { author, seq, .. }
			| Anchor::request_erasure { author, seq }
			| Anchor::withdraw_erasure { author, seq },
		) => {
			if !may_read(1, reads) {
				return true;
			}
			if pallet_record_anchor::Subjects::<Runtime>::contains_key(author, seq) {
				return false;
			}
			(LabelSet::EMPTY, Grantee::Organisation(*author))
		},
		_ => return false,
	};
	!labels.is_empty() || names_flagged(&named, reads)
}

/// Whether an attestation would say that the member of `coverage` was at a flagged organisation: `org`, or
/// the encounter's. Where the encounter names the coverage, the state says so already.
fn attests_anew(
	org: Option<OrgId>,
	encounter: pallet_claims::EncounterId,
	coverage: pallet_claims::CoverageId,
	reads: &mut u32,
) -> bool {
	if !may_read(1, reads) {
		return true;
	}
	let found = pallet_claims::Encounters::<Runtime>::get(encounter);
	let provider = found.as_ref().map(|found| found.provider);
	let told = found.is_some_and(|found| found.coverage == Some(coverage));
	if told && (org.is_none() || org == provider) {
		return false;
	}
	let mut named = org.into_iter().chain(provider);
	named.any(|org| names_flagged(&Grantee::Organisation(org), reads))
}

/// Whether `count` more reads are left, which are then used up.
fn may_read(count: u32, reads: &mut u32) -> bool {
	reads.checked_sub(count).map(|left| *reads = left).is_some()
}

/// Whether `named` is, or gives away, a flagged organisation; yes if too few `reads` are left.
fn names_flagged(named: &Grantee<AccountId>, reads: &mut u32) -> bool {
	match named {
		Grantee::Any => false,
		Grantee::Organisation(org) | Grantee::RoleAt(org, _) => {
			!may_read(1, reads) || <Registry as Credentials<AccountId>>::is_flagged(*org)
		},
		Grantee::Practitioner(who) => {
			!may_read(READS_OF_EMPLOYERS, reads)
				|| Registry::works_at_flagged(who, Timestamp::now().as_secs())
		},
		Grantee::PractitionerAt(who, org) => {
			names_flagged(&Grantee::Organisation(*org), reads)
				|| names_flagged(&Grantee::Practitioner(who.clone()), reads)
		},
	}
}

/// What [`Credentials::works_at_flagged`] reads at most: the account's employers, what it administers
/// and that organisation; and of each employer the organisation and the affiliation.
const READS_OF_EMPLOYERS: u32 = 3 + 2 * MAX_EMPLOYERS;

/// How deep calls may carry calls. Every level filters again when it is dispatched, so that without
/// a limit the work would grow with the square of the depth, unweighed.
pub const MAX_NESTING: u8 = 8;

/// One walk over `call` and all it carries: each is visited once.
fn is_allowed(call: &RuntimeCall, levels: u8, for_another: bool, reads: &mut u32) -> bool {
	if carries_free_text(call)
		|| is_sudo_like(call)
		|| leaves_by_the_back_door(call)
		|| ends_a_body(call)
		|| extends_unseen(call)
		|| reaches_into_a_pot(call)
		|| (for_another && (is_patient_loosening(call) || is_said_by_the_member(call)))
		|| tells_in_plain(call, reads)
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

/// The runtime's call filter: no free text, nothing in plain that must be sealed, no sudo-like call,
/// no purging of a validator's keys, no body without members, no hand in a payer's settlement account,
/// no loosening for a patient by somebody else, at whatever depth,
/// and no more than [`MAX_NESTING`] levels.
pub struct CallFilter;

impl Contains<RuntimeCall> for CallFilter {
	fn contains(call: &RuntimeCall) -> bool {
		let mut reads = MAX_FILTER_READS;
		is_allowed(call, MAX_NESTING, false, &mut reads)
	}
}

/// What goes on in safe mode: tightening, governance, session keys, equivocation reports, and
/// every inherent. Blocking a mandatory call would halt the chain.
pub struct SafeModeAllowList;

impl Contains<RuntimeCall> for SafeModeAllowList {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			// Mandatory, or needed to get out of an emergency.
			RuntimeCall::System(_)
			| RuntimeCall::Timestamp(_)
			| RuntimeCall::Babe(_)
			| RuntimeCall::Grandpa(_)
			| RuntimeCall::Session(_)
			| RuntimeCall::ValidatorSet(_)
			| RuntimeCall::SafeMode(_)
			| RuntimeCall::TxPause(_)
			| RuntimeCall::MultiBlockMigrations(_)
			| RuntimeCall::Preimage(_)
			| RuntimeCall::Scheduler(_)
			| RuntimeCall::Council(_)
			| RuntimeCall::TechnicalCommittee(_)
			| RuntimeCall::Membership(_)
			| RuntimeCall::TechnicalMembership(_)
			| RuntimeCall::Enactment(_) => true,
			// Suspending somebody stays possible; licensing somebody new waits.
			RuntimeCall::Registry(registry) => {
				use pallet_registry::Call as Reg;
				ends_a_credential(call)
					|| matches!(registry, Reg::withdraw { .. } | Reg::dismiss_registrar { .. })
			},
			RuntimeCall::PatientIdentity(_) | RuntimeCall::Consent(_) => is_tightening(call),
			// Taking back, what the patient says of a record, the answers whose clocks run, and what
			// keeps a record from going.
			RuntimeCall::RecordAnchor(anchor) => {
				use pallet_record_anchor::Call as Anchor;
				is_tightening(call)
					|| matches!(
						anchor,
						Anchor::retract { .. }
							| Anchor::answer_dispute { .. }
							| Anchor::extend_dispute { .. }
							| Anchor::refuse_erasure { .. }
							| Anchor::extend_retention { .. }
							| Anchor::hold { .. }
					)
			},
			// What keeps somebody's clock from running out, and a key from being replaced. No new
			// money is promised or paid out.
			RuntimeCall::Claims(claims) => {
				use pallet_claims::Call as Claim;
				is_tightening(call)
					|| matches!(
						claims,
						Claim::attest { .. }
							| Claim::attest_for { .. }
							| Claim::close_encounter { .. }
							| Claim::request_information { .. }
							| Claim::answer { .. }
							| Claim::void { .. }
					)
			},
			// Taking power back, and agreeing by hash: what is carried out is filtered by itself.
			RuntimeCall::Proxy(
				pallet_proxy::Call::remove_proxy { .. }
				| pallet_proxy::Call::remove_proxies { .. }
				| pallet_proxy::Call::reject_announcement { .. },
			)
			| RuntimeCall::Multisig(
				pallet_multisig::Call::approve_as_multi { .. }
				| pallet_multisig::Call::cancel_as_multi { .. },
			) => true,
			// A carrier is open if all it carries is; each inner call is filtered again.
			RuntimeCall::Utility(_) | RuntimeCall::Multisig(_) | RuntimeCall::Proxy(_) => {
				let inner = inner_calls(call);
				!inner.is_empty() && inner.into_iter().all(Self::contains)
			},
			RuntimeCall::Balances(_) | RuntimeCall::Assets(_) | RuntimeCall::Treasury(_) => false,
		}
	}
}

/// The calls that can never be paused, by the names of pallet and call: what is mandatory, what
/// governs, keys, reports of misbehaviour, what tightens, and what ends a credential.
pub struct NeverPaused;

impl Contains<pallet_tx_pause::RuntimeCallNameOf<Runtime>> for NeverPaused {
	fn contains((pallet, call): &pallet_tx_pause::RuntimeCallNameOf<Runtime>) -> bool {
		match (pallet.as_slice(), call.as_slice()) {
			(
				b"System"
				| b"Timestamp"
				| b"Preimage"
				| b"Scheduler"
				| b"SafeMode"
				| b"TxPause"
				| b"MultiBlockMigrations"
				| b"Babe"
				| b"Grandpa"
				| b"Session"
				| b"ValidatorSet"
				| b"Council"
				| b"TechnicalCommittee"
				| b"Membership"
				| b"TechnicalMembership"
				| b"Enactment",
				_,
			) => true,
			(
				b"PatientIdentity",
				b"freeze"
				| b"remove_own_key"
				| b"cancel_pending_key"
				| b"cancel_key_removal"
				| b"cancel_rotation"
				| b"cancel_unfreeze"
				| b"cancel_retirement",
			) => true,
			(
				b"Consent",
				b"revoke" | b"veto_purpose" | b"deny" | b"decline" | b"cancel_lift"
				| b"block_requester",
			) => true,
			// The answers too: their clocks run. And what keeps a record from going, or from being believed.
			(
				b"RecordAnchor",
				b"dispute" | b"request_erasure" | b"withdraw_erasure" | b"answer_dispute"
				| b"extend_dispute" | b"refuse_erasure" | b"hold" | b"extend_retention"
				| b"retract",
			) => true,
			(b"Claims", b"cancel_rekey") => true,
			// Carriers: seats and helpers act through them, and what they carry is paused by itself.
			(b"Utility" | b"Multisig" | b"Proxy", _) => true,
			(
				b"Registry",
				b"suspend"
				| b"revoke"
				| b"decline"
				| b"decline_affiliation"
				| b"cancel_invitation"
				| b"end_affiliation",
			) => true,
			_ => false,
		}
	}
}

/// The calls whose fee the sponsor pays for accounts without tokens: what patients and staff do,
/// called plainly. A tightening call is free or paid by its signer, never sponsored; a carrier is
/// not sponsored whatever it carries.
pub struct SponsoredCalls;

impl Contains<RuntimeCall> for SponsoredCalls {
	fn contains(call: &RuntimeCall) -> bool {
		if is_tightening(call) {
			// Without a sponsor a patient without tokens could not make the ones that cost.
			return !is_free_when_effective(call);
		}
		match call {
			RuntimeCall::PatientIdentity(call) => {
				!matches!(call, pallet_patient_identity::Call::register { .. })
			},
			RuntimeCall::Consent(_) => true,
			// Registrars pay for themselves, and so does anybody who clears away.
			RuntimeCall::RecordAnchor(call) => {
				use pallet_record_anchor::Call as Anchor;
				!matches!(
					call,
					Anchor::hold { .. }
						| Anchor::release { .. }
						| Anchor::evict { .. }
						| Anchor::sweep { .. }
				)
			},
			RuntimeCall::Registry(call) => {
				matches!(call, pallet_registry::Call::accept_affiliation { .. })
			},
			// What administrators do with their own money, and what anybody may, they pay for.
			RuntimeCall::Claims(call) => {
				use pallet_claims::Call as Claim;
				!matches!(
					call,
					Claim::create_plan { .. }
						| Claim::revise_plan { .. }
						| Claim::poke { .. }
						| Claim::settle_waiting { .. }
						| Claim::fund { .. }
						| Claim::withdraw { .. }
				)
			},
			RuntimeCall::System(_)
			| RuntimeCall::Timestamp(_)
			| RuntimeCall::Preimage(_)
			| RuntimeCall::Scheduler(_)
			| RuntimeCall::Utility(_)
			| RuntimeCall::Multisig(_)
			| RuntimeCall::Proxy(_)
			| RuntimeCall::SafeMode(_)
			| RuntimeCall::TxPause(_)
			| RuntimeCall::MultiBlockMigrations(_)
			| RuntimeCall::Balances(_)
			| RuntimeCall::Assets(_)
			| RuntimeCall::Treasury(_)
			| RuntimeCall::Babe(_)
			| RuntimeCall::ValidatorSet(_)
			| RuntimeCall::Session(_)
			| RuntimeCall::Grandpa(_)
			| RuntimeCall::Council(_)
			| RuntimeCall::TechnicalCommittee(_)
			| RuntimeCall::Membership(_)
			| RuntimeCall::TechnicalMembership(_)
			| RuntimeCall::Enactment(_) => false,
		}
	}
}
