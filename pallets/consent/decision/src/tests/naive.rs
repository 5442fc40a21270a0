//! The same rules once more, written as differently as possible: every directive is spelled out
//! into plain lists, and the tiers are walked by hand. Slow on purpose.

#![allow(clippy::all, reason = "plain on purpose")]

use crate::*;
use salus_primitives::*;

/// The reference answer.
pub fn naive(context: &Context<u8>) -> Verdict {
	let q = context.question;
	let at = context.at;

	// Who is it?
	let person;
	let house;
	match &q.actor {
		Actor::Own(_) => {
			return if context.standing.own_key {
				Verdict::Permit(Basis::Own)
			} else {
				Verdict::Deny(Reason::Credential)
			}
		},
		Actor::Organisation(o) => {
			person = None;
			house = *o;
		},
		Actor::Practitioner { who, organisation } => {
			person = Some(*who);
			house = *organisation;
		},
	}

	// 1. The table of states, as a list of the pairs that go on.
	let pairs = [
		("Frozen", "Treat"),
		("Recovering", "Treat"),
		("Contested", "Treat"),
		("DeceasedProvisional", "Treat"),
		("DeceasedProvisional", "Hpaymt"),
		("DeceasedFinal", "Hpaymt"),
	];
	let state = format!("{:?}", context.state);
	let purpose = format!("{:?}", q.purpose);
	let listed = pairs.iter().any(|(s, p)| *s == state && *p == purpose);

	// An emergency opens every state but two. Each that does not fit is crossed out, for one reason after
	// the other.
	let mut emergencies: Vec<_> = context.emergency.accesses.to_vec();
	emergencies.retain(|_| purpose == "Btg" && format!("{:?}", q.action) == "Read");
	emergencies.retain(|_| state != "Retired" && state != "DeceasedFinal");
	emergencies.retain(|_| context.standing.roles.iter().any(|r| r == Role::Clinician));
	emergencies.retain(|(_, e)| person == Some(e.who));
	emergencies.retain(|(_, e)| house == e.organisation);
	emergencies.retain(|(_, e)| e.classes.iter().any(|c| c == q.class));
	emergencies.retain(|(_, e)| at >= e.period.from);
	emergencies.retain(|(_, e)| at < e.period.until);
	if context.emergency.advance == AdvanceDirective::NoEmergency {
		emergencies.clear();
	}
	if context.emergency.advance == AdvanceDirective::NoLabelled && q.labels.0 > 0 {
		emergencies.clear();
	}
	emergencies.sort_by_key(|(id, _)| *id);
	// Nobody has an emergency without a licence to care. (Clinicians have a role.)
	for kind in [OrgKind::Payer, OrgKind::Research, OrgKind::Ethics, OrgKind::Auditor] {
		if context.standing.kinds.without(kind).is_empty() {
			emergencies.clear();
		}
	}
	if context.standing.kinds == OrgKindSet::of(&[OrgKind::Research, OrgKind::Auditor]) {
		emergencies.clear();
	}

	if state != "Active" && !listed && emergencies.is_empty() {
		return Verdict::Deny(Reason::State);
	}

	// 2. The credential.
	let roles: Vec<Role> =
		Role::ALL.iter().copied().filter(|r| context.standing.roles.contains(*r)).collect();
	let care = ["Provider", "Pharmacy", "Laboratory"];
	let also: &[&str] = match purpose.as_str() {
		"Treat" | "Etreat" | "Btg" => &[],
		"Hresch" | "Clintrch" => &["Research"],
		"Pubhlth" => &["Payer", "Research"],
		"Patrqt" | "Famrqt" | "Hlegal" => &["Payer", "Research", "Ethics", "Auditor"],
		_ => &["Payer"],
	};
	let licensed = OrgKind::ALL.iter().any(|kind| {
		let name = format!("{kind:?}");
		context.standing.kinds.contains(*kind)
			&& (care.contains(&name.as_str()) || also.contains(&name.as_str()))
	});
	if !licensed {
		return Verdict::Deny(Reason::Credential);
	}
	if person.is_some() && roles.is_empty() {
		return Verdict::Deny(Reason::Credential);
	}

	// 3. The emergency.
	if let Some((id, _)) = emergencies.first() {
		return Verdict::Emergency(*id);
	}

	// 4. The vetoes.
	for veto in context.vetoes {
		let over = match veto.until {
			Some(until) => at >= until,
			None => false,
		};
		if veto.purpose == q.purpose && at >= veto.from && !over {
			return Verdict::Deny(Reason::Veto);
		}
	}

	// 5. and 6. The tiers, most specific first.
	let mut tiers: Vec<Vec<Grantee<u8>>> = vec![];
	if let Some(who) = person {
		tiers.push(vec![Grantee::Practitioner(who), Grantee::PractitionerAt(who, house)]);
		tiers.push(roles.iter().map(|role| Grantee::RoleAt(house, *role)).collect());
	}
	tiers.push(vec![Grantee::Organisation(house)]);
	tiers.push(vec![Grantee::Any]);

	for tier in tiers {
		let mut denials = vec![];
		let mut permits = vec![];
		for (id, d) in context.directives {
			if !tier.contains(&d.grantee) {
				continue;
			}
			let started = at >= d.period.from;
			let expired = at >= d.period.until;
			let stopped = matches!(d.ended, Some(e) if at >= e.at);
			if !started || expired || stopped {
				continue;
			}
			let named = Action::ALL.iter().any(|a| d.scope.actions.contains(*a) && *a == q.action)
				&& Purpose::ALL.iter().any(|p| d.scope.purposes.contains(*p) && *p == q.purpose)
				&& DataClass::ALL.iter().any(|c| d.scope.classes.contains(*c) && *c == q.class);
			if !named {
				continue;
			}
			let asked: Vec<_> =
				SensitivityLabel::ALL.iter().filter(|l| q.labels.contains(**l)).collect();
			let written: Vec<_> =
				SensitivityLabel::ALL.iter().filter(|l| d.scope.labels.contains(**l)).collect();
			let (from, until) = (d.scope.data.from, d.scope.data.until);
			if d.effect == Effect::Deny {
				let about = written.is_empty() || asked.iter().any(|l| written.contains(l));
				let aged = match q.data_time {
					None => true,
					Some(t) => t >= from && t < until,
				};
				if about && aged {
					denials.push(*id);
				}
			} else {
				let about = asked.iter().all(|l| written.contains(l));
				let aged = match q.data_time {
					None => from == 0 && until == u64::MAX,
					Some(t) => t >= from && t < until,
				};
				if about && aged {
					permits.push(*id);
				}
			}
		}
		denials.sort();
		permits.sort();
		if let Some(id) = denials.first() {
			return Verdict::Deny(Reason::Directive(*id));
		}
		if let Some(id) = permits.first() {
			return Verdict::Permit(Basis::Directive(*id));
		}
	}

	// 7. The care relationships, each asked one thing after the other.
	let team = ["Clinician", "Nurse", "Pharmacist", "LabScientist"];
	let on_the_team =
		person.is_none() || roles.iter().any(|r| team.contains(&format!("{r:?}").as_str()));
	let mut treating = vec![];
	for (id, t) in context.care.relationships {
		let last_moment = match t.ended {
			Some(ended) if ended < t.period.until => ended,
			_ => t.period.until,
		};
		let mut lasting = t.organisation == house && t.period.from <= at && at < last_moment;
		for out in context.care.opt_outs {
			let about = match out.towards {
				Towards::Everybody => true,
				Towards::Organisation(o) => o == house,
			};
			// Is there a moment, from its beginning until now, at which the patient opted out or was out?
			let mut moment = t.period.from;
			while about && lasting && moment <= at {
				let out_then = out.from <= moment && out.until.map_or(true, |u| moment < u);
				if out.from == moment || (out_then && moment == at) {
					lasting = false;
				}
				moment += 1;
			}
		}
		if lasting {
			treating.push(*id);
		}
	}
	treating.sort();
	if let Some(id) = treating.first() {
		let asked = context.care.policy == CarePolicy::CareTeam
			&& purpose == "Treat"
			&& format!("{:?}", q.action) == "Read"
			&& q.labels.0 == 0;
		if asked && on_the_team && context.base != BaseDecision::Deny {
			return Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(*id));
		}
	}

	// 8. The base decision.
	if context.base == BaseDecision::Permit && q.labels == LabelSet::EMPTY {
		return Verdict::Permit(Basis::Base);
	}
	Verdict::Deny(Reason::Default)
}
