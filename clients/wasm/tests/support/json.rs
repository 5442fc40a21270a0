//! Cases and answers as the files of vectors have them: in the terms of the SDK.

use super::{big, hex, name, object};
use salus_consent_decision::*;
use salus_primitives::*;
use salus_wasm_rules::{self as rules, AccountId};
use serde_json::{json, Value};

pub fn names<T: core::fmt::Debug>(codes: impl Iterator<Item = T>) -> Value {
	codes.map(|code| json!(name(code))).collect()
}

pub fn interval(Interval { from, until }: Interval) -> Value {
	json!({ "from": big(from), "until": big(until) })
}

fn json_actor(actor: &Actor<AccountId>) -> Value {
	match actor {
		Actor::Organisation(organisation) => json!({ "organisation": organisation }),
		Actor::Practitioner { who, organisation } => {
			json!({ "organisation": organisation, "practitioner": hex(who) })
		},
		Actor::Own(who) => json!({ "own": hex(who) }),
	}
}

pub fn json_grantee(grantee: &Grantee<AccountId>) -> Value {
	match grantee {
		Grantee::Any => json!("Any"),
		Grantee::Organisation(organisation) => json!({ "organisation": organisation }),
		Grantee::RoleAt(organisation, role) => {
			json!({ "organisation": organisation, "role": name(role) })
		},
		Grantee::Practitioner(who) => json!({ "practitioner": hex(who) }),
		Grantee::PractitionerAt(who, at) => json!({ "practitioner": hex(who), "at": at }),
	}
}

fn json_directive((number, directive): &(DirectiveId, Directive<AccountId>)) -> Value {
	let Directive { effect, grantee, scope, period, .. } = directive;
	let Scope { actions, purposes, classes, labels, data } = scope;
	object([
		("number", Some(json!(number))),
		("effect", Some(json!(name(effect)))),
		("grantee", Some(json_grantee(grantee))),
		(
			"scope",
			Some(json!({
				"actions": names(actions.iter()),
				"purposes": names(purposes.iter()),
				"classes": names(classes.iter()),
				"labels": names(labels.iter()),
				"data": interval(*data),
			})),
		),
		("period", Some(interval(*period))),
		("maxUses", directive.max_uses.map(|uses| json!(uses))),
		("rediscloseDepth", Some(json!(directive.redisclose_depth))),
		("eraseAfter", directive.erase_after.map(big)),
		(
			"grantedBy",
			Some(match directive.granted_by {
				GrantedBy::Key => json!("Key"),
				GrantedBy::Mandate(mandate) => json!({ "mandate": mandate }),
			}),
		),
		(
			"basis",
			Some(match directive.basis {
				DirectiveBasis::Request(request) => json!({ "request": request }),
				DirectiveBasis::SelfMade => json!("SelfMade"),
			}),
		),
		(
			"ended",
			directive.ended.map(|ended| json!({ "at": big(ended.at), "why": name(ended.why) })),
		),
	])
}

/// A directive that is sealed, as the SDK reads it from the chain. Why it ended is said by its effect: a Permit is revoked, a Deny
/// is lifted, and the chain keeps nothing else.
pub fn json_held((number, held): &(SealedId, SealedDirective)) -> Value {
	let SealedDirective { effect, commitment, period, ended, version } = held;
	object([
		("id", Some(json!(number))),
		("effect", Some(json!(name(effect)))),
		("commitment", Some(json!(hex(commitment.as_bytes())))),
		("from", Some(big(period.from))),
		("until", Some(big(period.until))),
		("ended", ended.map(|ended| big(ended.at))),
		("version", Some(json!(version))),
	])
}

/// Whether every bit of the scope's sets has a name.
pub fn is_known(Scope { actions, purposes, classes, labels, .. }: &Scope) -> bool {
	actions.is_known() && purposes.is_known() && classes.is_known() && labels.is_known()
}

pub fn json_opening(opening: &Opening<AccountId>) -> Value {
	let Opening { salt, content: SealedContent { grantee, scope, erase_after } } = opening;
	let Scope { actions, purposes, classes, labels, data } = scope;
	let content = object([
		("grantee", Some(json_grantee(grantee))),
		("actions", Some(names(actions.iter()))),
		("purposes", Some(names(purposes.iter()))),
		("classes", Some(names(classes.iter()))),
		("labels", Some(names(labels.iter()))),
		("data", Some(interval(*data))),
		("eraseAfter", erase_after.map(big)),
	]);
	json!({ "salt": hex(salt), "content": content })
}

fn json_sealed(sealed: &rules::Sealed) -> Value {
	let rules::Sealed { genesis, flagged, directives, openings } = sealed;
	let openings = openings
		.iter()
		.map(|(number, opening)| json!({ "sealed": number, "opening": json_opening(opening) }));
	json!({
		"genesisHash": hex(genesis),
		"flagged": flagged.iter().copied().map(interval).collect::<Value>(),
		"directives": directives.iter().map(json_held).collect::<Value>(),
		"openings": openings.collect::<Value>(),
	})
}

fn json_care(care: &rules::Care) -> Value {
	let relationships = care.relationships.iter().map(|(number, treatment)| {
		object([
			("number", Some(big(*number))),
			("organisation", Some(json!(treatment.organisation))),
			("period", Some(interval(treatment.period))),
			("ended", treatment.ended.map(big)),
		])
	});
	let opt_outs = care.opt_outs.iter().map(|out| {
		let towards = match out.towards {
			Towards::Everybody => json!("Everybody"),
			Towards::Organisation(organisation) => json!({ "organisation": organisation }),
		};
		object([
			("towards", Some(towards)),
			("from", Some(big(out.from))),
			("until", out.until.map(big)),
		])
	});
	json!({
		"policy": name(care.policy),
		"relationships": relationships.collect::<Value>(),
		"optOuts": opt_outs.collect::<Value>(),
	})
}

pub fn json_case(case: &rules::Case) -> Value {
	let Question { subject, actor, purpose, action, class, labels, data_time, at } = &case.question;
	let question = object([
		("subject", Some(json!(hex(subject.as_bytes())))),
		("actor", Some(json_actor(actor))),
		("purpose", Some(json!(name(purpose)))),
		("action", Some(json!(name(action)))),
		("dataClass", Some(json!(name(class)))),
		("labels", Some(names(labels.iter()))),
		("dataTime", data_time.map(big)),
		("at", at.map(big)),
	]);
	let vetoes = case.vetoes.iter().map(|veto| {
		object([
			("purpose", Some(json!(name(veto.purpose)))),
			("from", Some(big(veto.from))),
			("until", veto.until.map(big)),
		])
	});
	let accesses = case.emergency.accesses.iter().map(|(number, access)| {
		json!({
			"number": number,
			"who": hex(&access.who),
			"organisation": access.organisation,
			"classes": names(access.classes.iter()),
			"period": interval(access.period),
		})
	});
	json!({
		"question": question,
		"at": big(case.at),
		"state": name(case.state),
		"standing": {
			"ownKey": case.standing.own_key,
			"kinds": names(case.standing.kinds.iter()),
			"roles": names(case.standing.roles.iter()),
		},
		"vetoes": vetoes.collect::<Value>(),
		"directives": case.directives.iter().map(json_directive).collect::<Value>(),
		"base": name(case.base),
		"care": json_care(&case.care),
		"emergency": {
			"advance": name(case.emergency.advance),
			"accesses": accesses.collect::<Value>(),
		},
		"sealed": json_sealed(&case.sealed),
	})
}

pub fn json_verdict(verdict: &Verdict) -> Value {
	let why = match verdict {
		Verdict::Permit(Basis::Directive(number)) | Verdict::Deny(Reason::Directive(number)) => {
			json!({ "kind": "Directive", "directive": number })
		},
		Verdict::Permit(Basis::SealedDirective(number))
		| Verdict::Deny(Reason::SealedDirective(number)) => {
			json!({ "kind": "SealedDirective", "sealed": number })
		},
		Verdict::Deny(Reason::Sealed(number)) => json!({ "kind": "Sealed", "sealed": number }),
		Verdict::Permit(basis) => json!({ "kind": name(basis) }),
		Verdict::Deny(reason) => json!({ "kind": name(reason) }),
		Verdict::Emergency(number) => json!({ "kind": "Emergency", "emergency": number }),
		Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(number)) => {
			json!({ "kind": "TreatmentRelationship", "relationship": big(*number) })
		},
	};
	json!({ "verdict": name(verdict), "why": why })
}
