//! Cases of a small world, with accounts of one byte, as inputs.

use salus_consent_decision::{sealed::commit, *};
use salus_primitives::*;
use salus_wasm_rules::{self as rules, AccountId};

fn account(who: u8) -> AccountId {
	[who; 32]
}

/// The patient of a case: another handle than that of zeros, which nobody has.
pub fn patient(given: PatientId) -> PatientId {
	if given.is_zero() {
		PatientId::repeat_byte(0xa5)
	} else {
		given
	}
}

fn actor(actor: Actor<u8>) -> Actor<AccountId> {
	match actor {
		Actor::Organisation(organisation) => Actor::Organisation(organisation),
		Actor::Practitioner { who, organisation } => {
			Actor::Practitioner { who: account(who), organisation }
		},
		Actor::Own(who) => Actor::Own(account(who)),
	}
}

fn grantee(grantee: Grantee<u8>) -> Grantee<AccountId> {
	match grantee {
		Grantee::Any => Grantee::Any,
		Grantee::Organisation(organisation) => Grantee::Organisation(organisation),
		Grantee::RoleAt(organisation, role) => Grantee::RoleAt(organisation, role),
		Grantee::Practitioner(who) => Grantee::Practitioner(account(who)),
		Grantee::PractitionerAt(who, organisation) => {
			Grantee::PractitionerAt(account(who), organisation)
		},
	}
}

/// A directive with accounts of full length, and with values, by its number, in the members that the decision does not
/// read: their encoding is of the vectors too.
pub fn directive(
	(id, given): &(DirectiveId, Directive<u8>),
) -> (DirectiveId, Directive<AccountId>) {
	let id = *id;
	let odd = id % 2 == 1;
	let widened = Directive {
		effect: given.effect,
		grantee: grantee(given.grantee),
		scope: given.scope,
		period: given.period,
		max_uses: odd.then_some(id),
		redisclose_depth: u8::try_from(id % 3).unwrap(),
		erase_after: odd.then_some(Moment::from(id) << 40),
		granted_by: if odd { GrantedBy::Mandate(id) } else { GrantedBy::Key },
		basis: if odd { DirectiveBasis::Request(id) } else { DirectiveBasis::SelfMade },
		ended: given.ended.map(|ended| match id % 3 {
			0 => ended,
			1 => Ended { why: EndReason::Lifted, ..ended },
			_ => Ended { why: EndReason::Replaced, ..ended },
		}),
	};
	(id, widened)
}

pub fn opening(Opening { salt, content }: &Opening<u8>) -> Opening<AccountId> {
	let SealedContent { grantee: whom, scope, erase_after } = content.clone();
	Opening { salt: *salt, content: SealedContent { grantee: grantee(whom), scope, erase_after } }
}

pub fn openings(given: &[(SealedId, Opening<u8>)]) -> Vec<(SealedId, Opening<AccountId>)> {
	given.iter().map(|(id, given)| (*id, opening(given))).collect()
}

/// What the chain holds, with a commitment to the wider opening if there is one that it is a commitment to. What nothing opens,
/// nothing opens afterwards.
pub fn held(
	genesis: &[u8; 32],
	subject: &PatientId,
	(id, given): &(SealedId, SealedDirective),
	openings: &[(SealedId, Opening<u8>)],
) -> (SealedId, SealedDirective) {
	let SealedDirective { effect, commitment, period, ended, version } = *given;
	let right = openings.iter().find(|(number, opening)| {
		number == id && commit(genesis, subject, *id, effect, opening) == commitment
	});
	let commitment = right.map_or(commitment, |(_, right)| {
		commit(genesis, &patient(*subject), *id, effect, &opening(right))
	});
	let why = match effect {
		Effect::Permit => EndReason::Revoked,
		Effect::Deny => EndReason::Lifted,
	};
	let ended = ended.map(|Ended { at, .. }| Ended { at, why });
	(*id, SealedDirective { effect, commitment, period, ended, version })
}

/// What a decision depends on, as an input.
pub fn case(context: &Context<u8>) -> rules::Case {
	// Whole patterns: what the decision comes to depend on does not compile until it is here too.
	let Context {
		question,
		at,
		state,
		standing,
		vetoes,
		directives,
		base,
		care,
		emergency,
		sealed,
	} = *context;
	let Question { subject, actor: asks, purpose, action, class, labels, data_time, at: _ } =
		question.clone();
	let Standing { own_key, kinds, roles } = standing;
	let Care { policy, relationships, opt_outs } = care;
	let Emergency { advance, accesses } = emergency;
	let Sealed { genesis, flagged, directives: sealed, openings: known } = sealed;
	let accesses = accesses.iter().map(|(id, access)| {
		let EmergencyAccess { who, organisation, classes, period } = *access;
		(*id, EmergencyAccess { who: account(who), organisation, classes, period })
	});
	rules::Case {
		question: Question {
			subject: patient(subject),
			actor: actor(asks),
			purpose,
			action,
			class,
			labels,
			data_time,
			at: (at % 2 == 1).then_some(at),
		},
		at,
		state,
		standing: rules::Standing { own_key, kinds, roles },
		vetoes: vetoes.to_vec(),
		directives: directives.iter().map(directive).collect(),
		base,
		care: rules::Care {
			policy,
			relationships: relationships.to_vec(),
			opt_outs: opt_outs.to_vec(),
		},
		emergency: rules::Emergency { advance, accesses: accesses.collect() },
		sealed: rules::Sealed {
			genesis,
			flagged: flagged.to_vec(),
			directives: sealed.iter().map(|one| held(&genesis, &subject, one, known)).collect(),
			openings: openings(known),
		},
	}
}
