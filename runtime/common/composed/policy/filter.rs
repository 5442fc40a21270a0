//! The call filter: which calls reach a block.
//!
//! Most of it is in the policies: what nobody may make ([`Signer::Nobody`]), what nobody makes for a patient
//! or a member, whom a call names, and what it carries. What is here looks at arguments of the SDK's calls, and
//! at the state.

use super::{inner_calls, names, policy};
use crate::{
	configs::{
		addresses::names_no_account,
		governance::MIN_SEATS,
		health::{ClaimsPotId, MAX_EMPLOYERS},
		system::SafeModeExtendDuration,
	},
	*,
};
use alloc::{collections::BTreeSet, vec};
use frame_support::{
	traits::{Contains, Get, GetCallMetadata, UnixTime},
	weights::Weight,
	PalletId,
};
use pallet_sponsorship::SignedCalls;
use salus_primitives::{
	policy::{Effect, Names, Signer, Ties},
	traits::Credentials,
	OrgId,
};
#[allow(deprecated)]
use sp_runtime::traits::ValidateUnsigned;
use sp_runtime::{transaction_validity::TransactionSource, TypeId};

/// The runtime's call filter. It refuses, at whatever depth: what nobody may make, free text, what must not
/// be said in plain, a loosening for a patient or a member by somebody else, a body emptied, safe mode
/// extended unseen, an asset's administrator in a settlement account; and more than [`MAX_NESTING`] levels.
pub struct CallFilter;

impl Contains<RuntimeCall> for CallFilter {
	fn contains(call: &RuntimeCall) -> bool {
		let mut reads = MAX_FILTER_READS;
		is_allowed(call, MAX_NESTING, false, &mut reads)
	}
}

/// How deep calls may carry calls. Every level filters again when it is dispatched, so that without
/// a limit the work would grow with the square of the depth, unweighed.
pub const MAX_NESTING: u8 = 8;

/// Reads a filter of one transaction may make. Enough for any batch that people make; without a limit
/// the pool could be kept busy for nothing.
const MAX_FILTER_READS: u32 = 512;

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

/// Whether `call` must come from the very key of a patient or a member: whether it loosens.
///
/// A standing proxy, a multisignature or a derived account would slip past the delays and past
/// freezing; who may act for a patient is told by a mandate that a registrar has verified.
fn needs_own_key(call: &RuntimeCall) -> bool {
	let policy = policy(call);
	policy.effect == Effect::Loosening
		&& matches!(policy.signer, Signer::PatientKey | Signer::Member)
}

/// Whether `call` makes what it carries the act of another account than its signer. Only a batch and its
/// like run as their own signer.
fn acts_for_another(call: &RuntimeCall) -> bool {
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

/// Whether some argument of `call` could be words, and is not what it must be.
fn carries_free_text(call: &RuntimeCall) -> bool {
	matches!(
		call,
		RuntimeCall::Session(pallet_session::Call::set_keys { proof, .. })
			if proof.len() > MAX_KEY_PROOF
	) || is_unauthorised_code(call)
		|| pauses_no_call(call)
		|| names_no_account(call)
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
			until.saturating_sub(System::block_number()) > SafeModeExtendDuration::get()
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
	prefix.extend_from_slice(&ClaimsPotId::get().0);
	AsRef::<[u8]>::as_ref(who).starts_with(&prefix)
}

/// Whether `call` would say in plain what must not be said so: a label, or that a patient or a member has to do
/// with an organisation whose very name says something about its patients.
///
/// The pallets refuse it as well, but only when it is dispatched: by then both would stand in a block,
/// together and for ever. What is read here is read again by the call, which
/// weighs it. More than `reads` of them are refused unread.
fn discloses_sensitive(call: &RuntimeCall, reads: &mut u32) -> bool {
	let names = names(call);
	if !names.labels.is_empty() {
		return true;
	}
	let provider = match told(&names, reads) {
		Told::Unread => return true,
		Told::Already => return false,
		Told::Anew(provider) => provider,
	};
	names
		.org
		.into_iter()
		.chain(provider)
		.any(|org| !may_read(1, reads) || <Registry as Credentials<AccountId>>::is_flagged(org))
		|| names.practitioner.is_some_and(|who| works_at_flagged(&who, reads))
}

/// Refuses a signer who works at an organisation whose very name says something about its patients, where the
/// call names a patient or a member: the signer's name would stand beside the patient's in the block, and name that
/// organisation. So would the names of those for whom or with whom somebody signs.
///
/// A patient's or a member's own call is its own affair. Which calls name a patient is told by [`Ties`]: what the state has together
/// already is not told anew. What is made of a number under which the state has the patient (a record's, an encounter's, a claim's)
/// is not refused: it names no patient, and much of it answers a clock.
pub struct SignedByNoFlaggedStaff;

impl SignedCalls<AccountId, RuntimeCall> for SignedByNoFlaggedStaff {
	fn may_sign(who: &AccountId, call: &RuntimeCall) -> bool {
		// What nodes put into a block has no signer, and carries bytes that only its pallet checks.
		if policy(call).signer == Signer::Node {
			return false;
		}
		let mut reads = MAX_FILTER_READS;
		let mut named = Named::default();
		let found = name_people(call, MAX_NESTING, who, &mut named, &mut |names| {
			!matches!(told(names, &mut reads), Told::Already)
		});
		if found {
			named.add(who.clone());
		}
		!named.too_many && named.people.iter().all(|who| !works_at_flagged(who, &mut reads))
	}

	fn weight(call: &RuntimeCall) -> Weight {
		// As many as there are, whoever signs: an account that the call itself does not name. Where there are too
		// many, the call is refused.
		let signer = AccountId::new(sp_io::hashing::blake2_256(b"salus:signer"));
		let (mut named, mut asked) = (Named::default(), 0u32);
		let found = name_people(call, MAX_NESTING, &signer, &mut named, &mut |names| {
			// What the state has together is read one by one.
			asked = asked.saturating_add(u32::from(names.ties != Ties::Patient));
			true
		});
		let people = u32::try_from(named.people.len()).unwrap_or(u32::MAX);
		let people = people.saturating_add(u32::from(found)).saturating_mul(READS_OF_EMPLOYERS);
		let reads = people.saturating_add(asked).min(MAX_FILTER_READS);
		<Runtime as frame_system::Config>::DbWeight::get().reads(reads.into())
	}
}

/// Everybody for whom or with whom a call that names a patient is signed, besides its signer.
#[derive(Default)]
struct Named {
	people: BTreeSet<AccountId>,
	/// Whether there are more than a filter may look up.
	too_many: bool,
}

impl Named {
	/// More are not looked up in one transaction.
	const MOST: usize = 14;

	fn add(&mut self, who: AccountId) {
		if self.people.len() < Self::MOST || self.people.contains(&who) {
			self.people.insert(who);
		} else {
			self.too_many = true;
		}
	}
}

/// One walk over `call`, which `maker` makes, and all it carries: each is visited once. Whether somebody else than
/// a patient or a member signs what ties one `anew`; then all who sign for or with it are `named`.
fn name_people(
	call: &RuntimeCall,
	levels: u8,
	maker: &AccountId,
	named: &mut Named,
	anew: &mut impl FnMut(&Names<AccountId>) -> bool,
) -> bool {
	let own = matches!(policy(call).signer, Signer::PatientKey | Signer::Member);
	let names = names(call);
	let mut found = names.ties != Ties::Nothing && !own && anew(&names);
	// What carries more levels is refused by the call filter.
	let Some(levels) = levels.checked_sub(1) else { return found };
	let inner = inner_calls(call);
	if inner.is_empty() {
		return found;
	}
	let makers = makers_inside(call, maker);
	let inside = makers.last().unwrap_or(maker).clone();
	for inner in inner {
		// Nothing more is to be found out.
		if named.too_many {
			return true;
		}
		found |= name_people(inner, levels, &inside, named, anew);
	}
	if found {
		named.too_many |= has_too_many_signatories(call);
		makers.into_iter().for_each(|who| named.add(who));
	}
	found
}

/// Whether `call` is of more signatories than a multisignature can have, which fails.
fn has_too_many_signatories(call: &RuntimeCall) -> bool {
	use pallet_multisig::Call as Multi;
	let RuntimeCall::Multisig(
		Multi::as_multi { other_signatories, .. }
		| Multi::as_multi_threshold_1 { other_signatories, .. },
	) = call
	else {
		return false;
	};
	let most = <Runtime as pallet_multisig::Config>::MaxSignatories::get();
	u32::try_from(other_signatories.len()).map_or(true, |others| others >= most)
}

/// Who signs with `maker` or for it, and last whose act it is what `call` of `maker` carries.
fn makers_inside(call: &RuntimeCall, maker: &AccountId) -> Vec<AccountId> {
	use pallet_multisig::Call as Multi;
	use pallet_proxy::Call as Delegated;
	use pallet_utility::Call as Util;
	if has_too_many_signatories(call) {
		return Vec::new();
	}
	let together = |others: &[AccountId], threshold| {
		let mut all = others.to_vec();
		all.push(maker.clone());
		all.sort();
		let account = Multisig::multi_account_id(&all, threshold);
		let mut makers = others.to_vec();
		makers.push(account);
		makers
	};
	let id = |address: &Address| match address {
		Address::Id(who) => Some(who.clone()),
		_ => None,
	};
	match call {
		RuntimeCall::Proxy(Delegated::proxy { real, .. }) => id(real).into_iter().collect(),
		RuntimeCall::Proxy(Delegated::proxy_announced { delegate, real, .. }) => {
			[id(delegate), id(real)].into_iter().flatten().collect()
		},
		RuntimeCall::Multisig(Multi::as_multi { other_signatories, threshold, .. }) => {
			together(other_signatories, *threshold)
		},
		RuntimeCall::Multisig(Multi::as_multi_threshold_1 { other_signatories, .. }) => {
			together(other_signatories, 1)
		},
		RuntimeCall::Utility(Util::as_derivative { index, .. }) => {
			vec![pallet_utility::derivative_account_id(maker.clone(), *index)]
		},
		_ => Vec::new(),
	}
}

/// Whether a call tells what it ties together.
enum Told {
	/// Not by itself; or it ties nothing.
	Already,
	/// Of this provider besides, if the state has one.
	Anew(Option<OrgId>),
	/// No reads are left to find out.
	Unread,
}

fn told(names: &Names<AccountId>, reads: &mut u32) -> Told {
	match names.ties {
		Ties::Nothing => Told::Already,
		Ties::Patient => Told::Anew(None),
		_ if !may_read(1, reads) => Told::Unread,
		// Where the record names the patient, nothing new is told.
		Ties::PatientOfRecord { author, seq } => {
			match pallet_record_anchor::Subjects::<Runtime>::contains_key(author, seq) {
				true => Told::Already,
				false => Told::Anew(None),
			}
		},
		// Where the encounter names the coverage, the state says so already.
		Ties::MemberOfEncounter { encounter, coverage } => {
			let found = pallet_claims::Encounters::<Runtime>::get(encounter);
			let provider = found.as_ref().map(|found| found.provider);
			let named = found.is_some_and(|found| found.coverage == Some(coverage));
			match named && (names.org.is_none() || names.org == provider) {
				true => Told::Already,
				false => Told::Anew(provider),
			}
		},
	}
}

/// Whether `who` works at an organisation whose very name says something about its patients; also if no reads
/// are left to find out.
fn works_at_flagged(who: &AccountId, reads: &mut u32) -> bool {
	!may_read(READS_OF_EMPLOYERS, reads)
		|| Registry::works_at_flagged(who, Timestamp::now().as_secs())
}

/// Whether `count` more reads are left, which are then used up.
fn may_read(count: u32, reads: &mut u32) -> bool {
	reads.checked_sub(count).map(|left| *reads = left).is_some()
}

/// What [`Credentials::works_at_flagged`] reads at most: the account's employers, what it administers
/// and that organisation; and of each employer the organisation and the affiliation.
const READS_OF_EMPLOYERS: u32 = 3 + 2 * MAX_EMPLOYERS;
