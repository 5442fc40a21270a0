//! Directives of the chain as FHIR R4 Consents: the twin of `toConsent` and `toSealedConsent` in `clients/fhir/src/consent-out.ts`, with times in
//! UTC. A Consent has a base rule that denies, as the chain's does, and one provision that says the rest. What FHIR cannot tell, a moment after the
//! year 9999, is written as the end of that year.

use crate::{
	account::Account,
	audit::{code, moment, reference},
	Hash,
};
use salus_consent_decision::{
	Directive, DirectiveBasis, Effect, GrantedBy, Grantee, PurposeVeto, Scope, SealedDirective,
};
use salus_primitives::{
	Action, ActionSet, DataClassSet, Interval, LabelSet, Moment, Purpose, PurposeSet,
	SensitivityLabel,
};
use serde_json::{json, Map, Value};
use std::fmt::Debug;

const V3_ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
const ERASE_AFTER: &str = "urn:salus:erase-after";
const REDISCLOSE_DEPTH: &str = "urn:salus:redisclose-depth";
const SEALED: &str = "urn:salus:sealed";

/// The last moment that FHIR can tell.
const LAST: Moment = 253_402_300_799;

fn concept(coding: Vec<Value>) -> Value {
	json!({ "coding": coding })
}

/// The name that a code has in the chain's lists.
fn name(code: impl Debug) -> String {
	format!("{code:?}")
}

/// A moment in UTC.
fn date_time(at: Moment) -> String {
	moment(at.min(LAST))
}

/// The chain's times end just before `until`, FHIR's include their end.
fn period(from: Moment, until: Moment) -> Value {
	json!({ "start": date_time(from), "end": date_time(from.max(until.saturating_sub(1))) })
}

/// When something is in force. A Deny may hold for ever, which FHIR says by no end.
fn force(from: Moment, end: Moment) -> Value {
	match end > LAST {
		true => json!({ "start": date_time(from) }),
		false => period(from, end),
	}
}

/// Data of a time without an end is a period that has none.
fn data_period(data: Interval) -> Value {
	match data.until == Moment::MAX {
		true => json!({ "start": date_time(data.from) }),
		false => period(data.from, data.until),
	}
}

/// Whom it is about; of nobody in particular FHIR names nobody.
fn actor(grantee: &Grantee<[u8; 32]>) -> Option<Value> {
	let address = |who: &[u8; 32]| Account(*who).ss58();
	let who = match grantee {
		Grantee::Any => return None,
		Grantee::Organisation(id) => {
			reference("Organization", "urn:salus:organisation", &id.to_string())
		},
		Grantee::RoleAt(id, role) => {
			reference("PractitionerRole", "urn:salus:role", &format!("{id}/{}", name(role)))
		},
		Grantee::Practitioner(who) => reference("Practitioner", "urn:salus:account", &address(who)),
		Grantee::PractitionerAt(who, id) => {
			reference("PractitionerRole", "urn:salus:account-at", &format!("{id}/{}", address(who)))
		},
	};
	let role = code("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "PRCP");
	Some(json!([{ "role": concept(vec![role]), "reference": who }]))
}

/// An action, and HL7's word that is nearest to it.
fn action(action: Action) -> Value {
	let nearest = match action {
		Action::Read => "access",
		Action::Export => "collect",
		Action::Amend => "correct",
		Action::Redisclose => "disclose",
	};
	concept(vec![
		code("urn:salus:action", &name(action)),
		code("http://terminology.hl7.org/CodeSystem/consentaction", nearest),
	])
}

/// v3-ActReason has the chain's purposes under the same names in capitals.
fn purpose(purpose: Purpose) -> Value {
	let name = name(purpose).to_ascii_uppercase();
	code("http://terminology.hl7.org/CodeSystem/v3-ActReason", &name)
}

/// v3-ActCode's word for a label.
fn label(label: SensitivityLabel) -> Value {
	let name = match label {
		SensitivityLabel::Minor => "ADOL".into(),
		label => name(label).to_ascii_uppercase(),
	};
	code(V3_ACT_CODE, &name)
}

/// What binds the grantee besides.
fn duties(directive: &Directive<[u8; 32]>) -> Vec<Value> {
	let erase = directive.erase_after;
	let erase = erase.map(|at| json!({ "url": ERASE_AFTER, "valueDateTime": date_time(at) }));
	let depth = Some(directive.redisclose_depth).filter(|depth| *depth > 0);
	let depth = depth.map(|depth| json!({ "url": REDISCLOSE_DEPTH, "valueInteger": depth }));
	erase.into_iter().chain(depth).collect()
}

/// The one provision.
fn provision(directive: &Directive<[u8; 32]>) -> Value {
	let Directive { effect, grantee, scope, period, .. } = directive;
	let mut said = Map::new();
	let mut put = |name: &str, value: Value| said.insert(name.into(), value);
	let duties = duties(directive);
	if !duties.is_empty() {
		put("modifierExtension", json!(duties));
	}
	put("type", json!(effect_code(*effect)));
	put("period", force(period.from, directive.end()));
	if let Some(actor) = actor(grantee) {
		put("actor", actor);
	}
	put("action", scope.actions.iter().map(action).collect());
	// A Permit reaches ordinary data and data with its labels; a Deny that names labels reaches only these.
	let ordinary = (*effect == Effect::Permit)
		.then(|| code("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "N"));
	let labels: Vec<Value> = ordinary.into_iter().chain(scope.labels.iter().map(label)).collect();
	if !labels.is_empty() {
		put("securityLabel", json!(labels));
	}
	put("purpose", scope.purposes.iter().map(purpose).collect());
	let class = |class| code("urn:salus:data-class", &name(class));
	put("class", scope.classes.iter().map(class).collect());
	if scope.data != Interval::ALWAYS {
		put("dataPeriod", data_period(scope.data));
	}
	Value::Object(said)
}

const fn effect_code(effect: Effect) -> &'static str {
	match effect {
		Effect::Permit => "permit",
		Effect::Deny => "deny",
	}
}

/// A Consent: nothing is permitted by it that `provision` does not permit.
fn with(patient: &Hash, from: Moment, is_ended: bool, provision: Value) -> Value {
	json!({
		"resourceType": "Consent",
		"status": if is_ended { "inactive" } else { "active" },
		"scope": concept(vec![code("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy")]),
		"category": [concept(vec![code("http://loinc.org", "59284-0")])],
		"patient": reference("Patient", "urn:salus:patient", &patient.to_string()),
		"dateTime": date_time(from),
		"policyRule": concept(vec![code(V3_ACT_CODE, "OPTOUT")]),
		"provision": provision,
	})
}

/// A directive of a patient as a Consent, without an id.
pub fn consent(patient: &Hash, directive: &Directive<[u8; 32]>) -> Value {
	// R4 forbids a type in the root provision, and requires it in those below.
	let provision = json!({ "provision": [provision(directive)] });
	with(patient, directive.period.from, directive.ended.is_some(), provision)
}

/// A patient's veto of a purpose as the Consent of the denial that it amounts to: of everything, to everybody, for that purpose.
pub fn veto(patient: &Hash, veto: &PurposeVeto) -> Value {
	let scope = Scope {
		actions: ActionSet::ALL,
		purposes: PurposeSet::of(&[veto.purpose]),
		classes: DataClassSet::ALL,
		labels: LabelSet::EMPTY,
		data: Interval::ALWAYS,
	};
	let denial = Directive {
		effect: Effect::Deny,
		grantee: Grantee::Any,
		scope,
		period: Interval::new(veto.from, veto.until.unwrap_or(Moment::MAX)),
		max_uses: None,
		redisclose_depth: 0,
		erase_after: None,
		granted_by: GrantedBy::Key,
		basis: DirectiveBasis::SelfMade,
		ended: None,
	};
	consent(patient, &denial)
}

/// That there is a sealed directive. What it says nobody reads there: the Consent has no rule, so that nothing is permitted by it, and an extension
/// says that it is sealed.
pub fn sealed_consent(patient: &Hash, sealed: &SealedDirective) -> Value {
	let SealedDirective { effect, period, .. } = sealed;
	let provision = json!({ "period": force(period.from, sealed.end()) });
	let mut told = with(patient, period.from, sealed.ended.is_some(), provision);
	if let Value::Object(members) = &mut told {
		let sealed = json!([{ "url": SEALED, "valueCode": effect_code(*effect) }]);
		members.insert("modifierExtension".into(), sealed);
	}
	told
}
