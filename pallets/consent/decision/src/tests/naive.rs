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

	// 5. What was sealed: each is opened if there is a key that fits, byte for byte.
	let mut shut = vec![];
	let mut all: Vec<(bool, u32, Directive<u8>)> = vec![];
	for (id, d) in context.directives {
		all.push((false, *id, d.clone()));
	}
	for (id, s) in context.sealed.directives {
		let mut content = None;
		for (of, o) in context.sealed.openings {
			let says = &o.content;
			let sets_known = says.scope.actions.0 < 16
				&& says.scope.purposes.0 < 1 << 18
				&& says.scope.classes.0 < 1 << 13
				&& says.scope.labels.0 < 256;
			let sets_full =
				says.scope.actions.0 != 0 && says.scope.purposes.0 > 0 && says.scope.classes.0 > 0;
			let btg = Purpose::ALL
				.iter()
				.any(|p| says.scope.purposes.contains(*p) && format!("{p:?}") == "Btg");
			let passes_on = s.effect == Effect::Permit && says.scope.actions.0 >= 8;
			let erases = match says.erase_after {
				None => false,
				Some(moment) => s.effect == Effect::Deny || moment <= s.period.from,
			};
			let salted = o.salt.iter().any(|byte| *byte > 0);
			// The roles of research came with the second version of the lists.
			let of_research = match &says.grantee {
				Grantee::RoleAt(_, role) => {
					["Researcher", "EthicsMember", "DacMember"].contains(&&*format!("{role:?}"))
				},
				_ => false,
			};
			let of_today = s.version == 2 || (s.version == 1 && !of_research);
			let some_data = says.scope.data.from < says.scope.data.until;
			let hash = sp_crypto_hashing::blake2_256(&sealed_bytes(context, *id, s.effect, o));
			if of == id
				&& hash == s.commitment.0
				&& sets_known
				&& sets_full && some_data
				&& !btg && !passes_on
				&& !erases && salted
				&& of_today
			{
				content = Some(says.clone());
			}
		}
		let stops = match s.ended {
			Some(e) if e.at < s.period.until => e.at,
			_ => s.period.until,
		};
		match content {
			Some(says) => all.push((
				true,
				*id,
				Directive {
					effect: s.effect,
					grantee: says.grantee,
					scope: says.scope,
					period: Interval { from: s.period.from, until: stops },
					max_uses: None,
					redisclose_depth: 0,
					erase_after: says.erase_after,
					granted_by: GrantedBy::Key,
					basis: DirectiveBasis::SelfMade,
					ended: None,
				},
			)),
			None if s.effect == Effect::Deny && s.period.from <= at && at < stops => {
				// Second by second since it began: was the actor flagged, or had it just been?
				let mut told = q.labels.0 != 0;
				let mut moment = s.period.from;
				while moment <= at {
					for flag in context.sealed.flagged {
						if flag.from <= moment && moment <= flag.until {
							told = true;
						}
					}
					moment += 1;
				}
				if told {
					shut.push(*id);
				}
			},
			None => {},
		}
	}
	shut.sort();
	if let Some(id) = shut.first() {
		return Verdict::Deny(Reason::Sealed(*id));
	}

	// 6. and 7. The tiers, most specific first.
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
		for (sealed, id, d) in &all {
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
					denials.push((*sealed, *id));
				}
			} else {
				let about = asked.iter().all(|l| written.contains(l));
				let aged = match q.data_time {
					None => from == 0 && until == u64::MAX,
					Some(t) => t >= from && t < until,
				};
				if about && aged {
					permits.push((*sealed, *id));
				}
			}
		}
		denials.sort();
		permits.sort();
		match denials.first() {
			Some((false, id)) => return Verdict::Deny(Reason::Directive(*id)),
			Some((true, id)) => return Verdict::Deny(Reason::SealedDirective(*id)),
			None => {},
		}
		match permits.first() {
			Some((false, id)) => return Verdict::Permit(Basis::Directive(*id)),
			Some((true, id)) => return Verdict::Permit(Basis::SealedDirective(*id)),
			None => {},
		}
	}

	// 8. The care relationships, each asked one thing after the other.
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

	// 9. The base decision.
	let alive = !["DeceasedProvisional", "DeceasedFinal"].contains(&state.as_str());
	let looks = ["Read", "Export"].contains(&format!("{:?}", q.action).as_str());
	let plain = q.labels == LabelSet::EMPTY && purpose != "Btg";
	if context.base == BaseDecision::Permit && plain && alive && looks {
		return Verdict::Permit(Basis::Base);
	}
	Verdict::Deny(Reason::Default)
}

/// What a commitment is made of, one byte after the other, as the table of the documentation has it.
pub fn sealed_bytes(context: &Context<u8>, id: u32, effect: Effect, o: &Opening<u8>) -> Vec<u8> {
	let mut bytes = b"salus:sealed-directive:v1".to_vec();
	bytes.extend(context.sealed.genesis);
	bytes.extend(context.question.subject.0);
	bytes.extend(id.to_le_bytes());
	bytes.push(if effect == Effect::Deny { 1 } else { 0 });
	bytes.extend(o.salt);
	match o.content.grantee {
		Grantee::Any => bytes.push(0),
		Grantee::Organisation(org) => {
			bytes.push(1);
			bytes.extend(org.to_le_bytes());
		},
		Grantee::RoleAt(org, role) => {
			bytes.push(2);
			bytes.extend(org.to_le_bytes());
			bytes.push(Role::ALL.iter().position(|r| *r == role).unwrap() as u8);
		},
		Grantee::Practitioner(who) => bytes.extend([3, who]),
		Grantee::PractitionerAt(who, org) => {
			bytes.extend([4, who]);
			bytes.extend(org.to_le_bytes());
		},
	}
	let scope = &o.content.scope;
	bytes.push(scope.actions.0);
	bytes.extend(scope.purposes.0.to_le_bytes());
	bytes.extend(scope.classes.0.to_le_bytes());
	bytes.extend(scope.labels.0.to_le_bytes());
	bytes.extend(scope.data.from.to_le_bytes());
	bytes.extend(scope.data.until.to_le_bytes());
	match o.content.erase_after {
		None => bytes.push(0),
		Some(moment) => {
			bytes.push(1);
			bytes.extend(moment.to_le_bytes());
		},
	}
	bytes
}
