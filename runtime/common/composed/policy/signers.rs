//! Who may not sign a call, whatever the call filter says of it: the filter does not see the signer.

use super::{
	disclosure::{
		cost_of_filter, may_read, told, works_at_flagged, LookUp, Told, MAX_READS,
		READS_OF_EMPLOYERS,
	},
	filter::{acts_for_another, has_too_many_signatories, MAX_NESTING},
	inner_calls, names, policy,
};
use crate::{common::health::MAX_EMPLOYERS, *};
use alloc::{collections::BTreeSet, vec};
use frame_support::{traits::UnixTime, weights::Weight};
use pallet_sponsorship::SignedCalls;
use salus_primitives::{
	policy::{Names, Signer, Ties},
	traits::Credentials,
	Role,
};

/// The runtime's rules about signers: nobody signs what nodes make, nobody who works at a flagged organisation signs what
/// names a patient, and nobody but its clinicians declares an emergency there.
pub struct SignerRules;

impl SignedCalls<AccountId, RuntimeCall> for SignerRules {
	fn look_up(who: &AccountId, call: &RuntimeCall) -> Option<Weight> {
		if is_of_nodes(call) || ties_to_flagged_by_emergency(who, call) {
			return None;
		}
		let mut read = look_up_staff(who, call)?;
		read.others = read.others.saturating_add(reads_of_emergencies(call));
		Some(read.cost())
	}

	fn weight(call: &RuntimeCall) -> Weight {
		// As many as there are, whoever signs: an account that the call itself does not name. Where there are too
		// many, the call is refused.
		let signer = AccountId::new(sp_io::hashing::blake2_256(b"salus:signer"));
		let (mut named, mut asked) = (Named::default(), 0u32);
		let found = name_people(call, MAX_NESTING, false, &signer, &mut named, &mut |names| {
			// What the state has together is read one by one.
			asked = asked.saturating_add(u32::from(names.ties != Ties::Patient));
			true
		});
		let others = asked.saturating_add(reads_of_emergencies(call));
		LookUp::most(named.count().saturating_add(u32::from(found)), others).cost()
	}

	fn filter_weight(call: &RuntimeCall) -> Weight {
		cost_of_filter(call, &|_| MAX_EMPLOYERS)
	}

	fn filtered(call: &RuntimeCall) -> Weight {
		cost_of_filter(call, &<Registry as Credentials<AccountId>>::count_employers)
	}
}

/// Whether nodes put `call` into a block without a signature. It carries bytes that only its pallet checks, and signed it could
/// never succeed.
fn is_of_nodes(call: &RuntimeCall) -> bool {
	policy(call).signer == Signer::Node
}

/// What was read to find out that nobody who signs `call` with or for `who` tells anything by that; `None` if somebody does, or if
/// there are too many of them.
///
/// Whoever works at an organisation whose very name says something about its patients does, where `call` names a patient or a member:
/// the signer's name would stand beside the patient's in the block, and name that organisation. So would the names of those for whom
/// or with whom somebody signs.
///
/// A patient's or a member's own call is its own affair; but of a sealed directive, which is there to tell nobody whom it is about,
/// only what the patient's key signs itself. A helper's or another signatory's name beside one would tell as much as the directive in
/// plain, and so would who pays. Which calls name a patient is told by [`Ties`]: what the state has together
/// already is not told anew. What is made of a number under which the state has the patient (a record's, an encounter's, a claim's)
/// is not refused: it names no patient, and much of it answers a clock.
fn look_up_staff(who: &AccountId, call: &RuntimeCall) -> Option<LookUp> {
	let mut reads = MAX_READS;
	let mut named = Named::default();
	let found = name_people(call, MAX_NESTING, false, who, &mut named, &mut |names| {
		!matches!(told(names, &mut reads), Told::Already)
	});
	if found {
		named.add(who.clone());
	}
	let others = MAX_READS.saturating_sub(reads);
	if named.too_many || named.people.iter().any(|who| works_at_flagged(who, &mut reads)) {
		return None;
	}
	let employers = named.people.iter().fold(0u32, |sum, who| {
		sum.saturating_add(<Registry as Credentials<AccountId>>::count_employers(who))
	});
	Some(LookUp { people: named.count(), employers, others })
}

/// What is read of the organisation of one emergency: it, and the signer's affiliation with it.
const READS_OF_EMERGENCY: u32 = 2;

/// Whether `call`, or something that it carries, declares an emergency at an organisation whose very name says something about
/// its patients, and `who` is no clinician there. It would fail, and the pair would stand in the block for ever. Nobody makes such
/// a call for another: see [`Policy::in_person`](salus_primitives::policy::Policy::in_person).
fn ties_to_flagged_by_emergency(who: &AccountId, call: &RuntimeCall) -> bool {
	let mut reads = MAX_READS;
	ties_inside(who, call, MAX_NESTING, &mut reads)
}

/// One walk over `call` and all it carries.
fn ties_inside(who: &AccountId, call: &RuntimeCall, levels: u8, reads: &mut u32) -> bool {
	if let RuntimeCall::Emergency(pallet_emergency::Call::break_glass { organisation, .. }) = call {
		if !may_read(READS_OF_EMERGENCY, reads) {
			return true;
		}
		return <Registry as Credentials<AccountId>>::is_flagged(*organisation)
			&& !Registry::was_affiliated(
				*organisation,
				who,
				Role::Clinician,
				Timestamp::now().as_secs(),
			);
	}
	// What carries more levels is refused by the call filter.
	let Some(levels) = levels.checked_sub(1) else { return false };
	inner_calls(call).into_iter().any(|inner| ties_inside(who, inner, levels, reads))
}

/// What is read of all emergencies that `call` declares, with all that it carries.
fn reads_of_emergencies(call: &RuntimeCall) -> u32 {
	emergencies(call, MAX_NESTING).saturating_mul(READS_OF_EMERGENCY)
}

/// How many emergencies `call` declares, with all that it carries.
fn emergencies(call: &RuntimeCall, levels: u8) -> u32 {
	if matches!(call, RuntimeCall::Emergency(pallet_emergency::Call::break_glass { .. })) {
		return 1;
	}
	let Some(levels) = levels.checked_sub(1) else { return 0 };
	let inner = inner_calls(call).into_iter();
	inner.fold(0, |count, inner| count.saturating_add(emergencies(inner, levels)))
}

/// Everybody for whom or with whom a call that names a patient is signed, besides its signer.
#[derive(Default)]
struct Named {
	people: BTreeSet<AccountId>,
	/// Whether there are more than a filter may look up.
	too_many: bool,
}

impl Named {
	/// More cannot be looked up in one transaction.
	const MOST: u32 = MAX_READS / READS_OF_EMPLOYERS;

	fn add(&mut self, who: AccountId) {
		if self.count() < Self::MOST || self.people.contains(&who) {
			self.people.insert(who);
		} else {
			self.too_many = true;
		}
	}

	fn count(&self) -> u32 {
		u32::try_from(self.people.len()).unwrap_or(u32::MAX)
	}
}

/// One walk over `call`, which `maker` makes, and all it carries: each is visited once. Whether somebody else than
/// a patient or a member signs what ties one `anew`, or a call of `Sealed` is made `for_another` than who signs; then all who sign
/// for or with it are `named`.
fn name_people(
	call: &RuntimeCall,
	levels: u8,
	for_another: bool,
	maker: &AccountId,
	named: &mut Named,
	anew: &mut impl FnMut(&Names<AccountId>) -> bool,
) -> bool {
	let own = matches!(policy(call).signer, Signer::PatientKey | Signer::Member);
	let names = names(call);
	let mut found = (names.ties != Ties::Nothing && !own && anew(&names))
		|| (for_another && matches!(call, RuntimeCall::Sealed(_)));
	// What carries more levels is refused by the call filter.
	let Some(levels) = levels.checked_sub(1) else { return found };
	let inner = inner_calls(call);
	if inner.is_empty() {
		return found;
	}
	let makers = makers_inside(call, maker);
	let inside = makers.last().unwrap_or(maker).clone();
	let for_another = for_another || acts_for_another(call);
	for inner in inner {
		// Nothing more is to be found out.
		if named.too_many {
			return true;
		}
		found |= name_people(inner, levels, for_another, &inside, named, anew);
	}
	if found {
		named.too_many |= is_of_too_many(call);
		makers.into_iter().for_each(|who| named.add(who));
	}
	found
}

/// Whether so many people sign `call` together that it fails. The call filter refuses it as well, but this is asked first.
fn is_of_too_many(call: &RuntimeCall) -> bool {
	matches!(call, RuntimeCall::Multisig(multi) if has_too_many_signatories(multi))
}

/// Who signs with `maker` or for it, and last whose act it is what `call` of `maker` carries.
fn makers_inside(call: &RuntimeCall, maker: &AccountId) -> Vec<AccountId> {
	use pallet_multisig::Call as Multi;
	use pallet_proxy::Call as Delegated;
	use pallet_utility::Call as Util;
	if is_of_too_many(call) {
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
