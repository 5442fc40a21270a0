//! Random histories of patients, clinicians, officers, auditors and registrars over the composed pallets: whatever happens,
//! answers about the past stay as they were given, no relationship begins without the patient's word, and what lets is
//! what the state says lets. What a receipt of a decision proves is compared with it at every step.

mod care_questions;

use crate::common::{account, Chain};
use crate::decisions;
use crate::dice::{self, Dice};
use crate::runtime::*;
use care_questions::{check, check_opened, question, ASKED};
use frame_support::{assert_ok, traits::GetCallMetadata};
use pallet_acknowledgement::Call as Acknowledge;
use pallet_care::{Call as Relate, RelationshipKind};
use pallet_consent::{
	Access, BaseDecision, Basis, Call as Con, Grantee, LiftTarget, Opening, Reason, Scope,
	SealedContent, Verdict,
};
use pallet_emergency::{Call as Glass, Finding, Outcome};
use pallet_patient_identity::Call as Identity;
use pallet_sealed::{Call as Seal, Effect};
use salus_consent_decision::sealed::commit;
use salus_primitives::{
	time::DAY,
	traits::{CareRelations, RevokedDirectives},
	AdvanceDirective, CarePolicy, DataClass, DataClassSet, EmergencyReason, Interval, LabelSet,
	Moment, OrgId, OrgKind, OrgKindSet, PatientId, Purpose, Role, SealedId, SensitivityLabel,
	Towards,
};
use sp_core::H256;
use sp_runtime::traits::Dispatchable;
use std::collections::BTreeMap;

/// The seeds of histories in which, together, everything happens. If a change makes one of these things rare, this is where to add some.
const KNOWN: [u64; 6] = [1, 7, 9, 10, 14, 20];
const STEPS: u32 = 250;

struct World {
	hospital: OrgId,
	clinic: OrgId,
	/// A second body of auditors; the first is the registrar's organisation.
	body: OrgId,
	patient: PatientId,
	access: Access,
	/// When the hospital's doctor worked at the clinic as well. The last one may have begun and not ended.
	worked: Vec<Interval>,
}

fn join(chain: &mut Chain, admin: &str, org: OrgId, name: &str, role: Role) {
	let until = chain.now() + 500 * DAY;
	chain.employ(org, admin, name, role, until);
}

fn world() -> (Chain, World) {
	let (mut chain, hospital, patient) = Chain::with_patient();
	let (kind, until) = (OrgKind::Provider, chain.now() + 500 * DAY);
	chain.succeed("Registrar", pallet_registry::Call::renew { org: hospital, kind, until });
	let clinic = chain.organisation("Clinic", OrgKindSet::of(&[kind]), until);
	join(&mut chain, "Hospital", hospital, "Doctor", Role::Clinician);
	join(&mut chain, "Hospital", hospital, "Officer", Role::PrivacyOfficer);
	join(&mut chain, "Clinic", clinic, "Specialist", Role::Clinician);
	let body = chain.organisation("Insurer", OrgKindSet::of(&[OrgKind::Auditor]), until);
	join(&mut chain, "Registrar", 0, "Auditor", Role::Auditor);
	join(&mut chain, "Insurer", body, "Second", Role::Auditor);
	let access = Access { until: until - DAY, ..chain.access(&[]) };
	(chain, World { hospital, clinic, body, patient, access, worked: Vec::new() })
}

/// What a sealed directive with this number says: of an organisation, or a person there, and of labelled data or of what has no label.
/// Nothing else is kept of it, so that whoever decides can hold all openings.
fn opening(world: &World, number: SealedId) -> Opening<AccountId> {
	let World { hospital, clinic, access, .. } = *world;
	let grantee = match number % 3 {
		0 => Grantee::Organisation(hospital),
		1 => Grantee::Organisation(clinic),
		_ => Grantee::PractitionerAt(account("Specialist"), clinic),
	};
	let labels = match number / 3 % 2 {
		0 => LabelSet::of(&[SensitivityLabel::Psy]),
		_ => LabelSet::EMPTY,
	};
	let scope = Scope { labels, ..access.scope };
	let content = SealedContent { grantee, scope, erase_after: None };
	Opening { salt: [1 + number as u8 % 200; 32], content }
}

fn commitment(world: &World, number: SealedId, effect: Effect) -> H256 {
	let genesis = System::block_hash(0).0;
	commit(&genesis, &world.patient, number, effect, &opening(world, number))
}

/// What there is to act upon.
struct There {
	relationships: u64,
	directives: Vec<u32>,
	/// Of the newest directives, those that the patient has revoked.
	revoked: Vec<u32>,
	next_sealed: u32,
	/// Sealed directives that have not ended, and the lifts of those that forbid.
	sealed_permits: Vec<u32>,
	sealed_denials: Vec<u32>,
	sealed_lifts: Vec<u32>,
	pending: Vec<u32>,
	justified: Vec<u32>,
	disputed: Vec<u32>,
}

fn there(world: &World, now: Moment) -> There {
	let all = 0..pallet_emergency::NextEmergency::<Runtime>::get();
	let standing: Vec<_> =
		all.filter_map(|id| Some((id, Emergency::outcome_at(id, now)?))).collect();
	let with = |is: fn(&Outcome) -> bool| {
		standing.iter().filter(|(_, outcome)| is(outcome)).map(|(id, _)| *id).collect()
	};
	let directives: Vec<u32> =
		Consent::directives(&world.patient).into_iter().map(|(id, _)| id).collect();
	let newest = directives.iter().copied().max().unwrap_or_default();
	let revoked = (newest.saturating_sub(8)..=newest)
		.filter(|id| <Consent as RevokedDirectives>::revoked(&world.patient, *id).is_some())
		.collect();
	let sealed = |effect: Effect| -> Vec<u32> {
		let live = Sealed::sealed(&world.patient, now).expect("of the present");
		live.into_iter().filter(|(_, found)| found.effect == effect).map(|(id, _)| id).collect()
	};
	There {
		relationships: pallet_care::NextRelationship::<Runtime>::get(),
		directives,
		revoked,
		next_sealed: Sealed::next_sealed(&world.patient),
		sealed_permits: sealed(Effect::Permit),
		sealed_denials: sealed(Effect::Deny),
		sealed_lifts: Sealed::pending_sealed_lifts(&world.patient)
			.into_iter()
			.map(|lift| lift.sealed)
			.collect(),
		pending: with(|outcome| *outcome == Outcome::Pending),
		justified: with(|outcome| *outcome == Outcome::Found(Finding::Justified)),
		disputed: with(|outcome| matches!(outcome, Outcome::Disputed(_))),
	}
}

/// Mostly one of `those`, if there are any.
fn mostly(dice: &mut Dice, those: &[u32]) -> u32 {
	if those.is_empty() || dice.throw(5) == 0 {
		return dice.throw(12) as u32;
	}
	dice.pick(those)
}

/// Somebody does something, mostly somebody who may.
fn act(dice: &mut Dice, world: &World, there: &There, now: Moment) -> (&'static str, RuntimeCall) {
	let World { hospital, clinic, body, patient, access, .. } = *world;
	let organisation = dice.pick(&[hospital, hospital, clinic]);
	let doctor = if organisation == hospital { "Doctor" } else { "Specialist" };
	let relationship = there.relationships.saturating_sub(dice.throw(4));
	let towards = dice.pick(&[Towards::Everybody, Towards::Organisation(organisation)]);
	let finding = dice.pick(&[Finding::Justified, Finding::Justified, Finding::Unjustified]);
	let (reviewer, acting_for) =
		dice.pick(&[("Officer", hospital), ("Auditor", 0), ("Second", body), ("Doctor", hospital)]);
	let value = dice.pick(&[
		AdvanceDirective::Unrestricted,
		AdvanceDirective::NoLabelled,
		AdvanceDirective::NoEmergency,
	]);
	let (reason, detail) = (EmergencyReason::UrgentCare, H256::zero());
	let classes = dice.pick(&[
		DataClassSet::ALL,
		DataClassSet::of(&[DataClass::Laboratory]),
		DataClassSet::of(&[DataClass::Imaging]),
	]);
	let kind = RelationshipKind::Admission;
	let grantee = Grantee::Organisation(organisation);
	let purpose = Purpose::Treat;
	let until = now + 1 + dice.throw(20) * DAY;
	let own = "Patient";
	let looser = dice.pick(&[BaseDecision::Unset, BaseDecision::Permit]);
	// Now and then another device has taken the number.
	let number = there.next_sealed + u32::from(dice.throw(12) == 0);
	let sealed_until = (now / pallet_sealed::GRID + 1 + dice.throw(3)) * pallet_sealed::GRID;
	match dice.throw(56) {
		0..=4 => (own, Relate::invite { organisation, until: now + 20 * DAY }.into()),
		5..=9 => (doctor, Relate::open { organisation, patient, kind, until }.into()),
		10 => (own, Relate::end { relationship }.into()),
		11 => (doctor, Relate::end_for { organisation, relationship }.into()),
		12 => (own, Relate::leave { relationship }.into()),
		13 if dice.throw(3) == 0 => {
			(own, dice.pick(&[Relate::opt_out {}, Relate::opt_out_of { organisation }]).into())
		},
		13 | 14 => (own, Relate::opt_in { towards }.into()),
		15..=16 => ("Bob", Relate::apply_opt_in { patient, towards }.into()),
		17 if dice.throw(3) == 0 => (own, Con::veto_purpose { purpose }.into()),
		17 | 18 => (own, Con::lift_veto { purpose }.into()),
		19 => ("Bob", Con::apply_lift { patient, target: LiftTarget::Veto(purpose) }.into()),
		20 => (own, Con::deny { grantee, scope: access.scope, until }.into()),
		21 => (own, Con::permit { grantee, access: Access { until, ..access } }.into()),
		22 => (own, Con::revoke { directive: mostly(dice, &there.directives) }.into()),
		23..=26 => {
			let call = Glass::break_glass { organisation, patient, reason, classes, detail };
			(doctor, call.into())
		},
		27 => {
			let happened_at = now - dice.throw(DAY);
			let call = Glass::break_glass_late {
				organisation,
				patient,
				reason,
				classes,
				happened_at,
				detail,
			};
			(doctor, call.into())
		},
		28..=31 => {
			let emergency = mostly(dice, &there.pending);
			(reviewer, Glass::review { acting_for, emergency, finding }.into())
		},
		32 => (own, Glass::dispute { emergency: mostly(dice, &there.justified) }.into()),
		33..=34 => {
			let emergency = mostly(dice, &there.disputed);
			(reviewer, Glass::rule { acting_for, emergency, finding }.into())
		},
		35 if dice.throw(2) == 0 => (own, Glass::set_advance_directive { value }.into()),
		35..=36 => (own, Glass::relax_advance_directive { value }.into()),
		37..=38 => ("Bob", Glass::apply_relaxation { patient }.into()),
		39 if dice.throw(2) == 0 => (own, Glass::cancel_relaxation {}.into()),
		40 if dice.throw(3) == 0 => (own, Identity::freeze {}.into()),
		39..=40 => (own, Identity::unfreeze {}.into()),
		41 => {
			let decision = match dice.throw(6) {
				0 => BaseDecision::Deny,
				_ => BaseDecision::Unset,
			};
			(own, Con::set_base_decision { decision }.into())
		},
		42 | 43 => (own, Con::relax_base_decision { decision: looser }.into()),
		44 | 45 => {
			("Bob", Con::apply_lift { patient, target: LiftTarget::BaseDecision(looser) }.into())
		},
		46 => {
			let (organisation, directive) = (hospital, mostly(dice, &there.revoked));
			("Officer", Acknowledge::acknowledge { organisation, patient, directive }.into())
		},
		47 => {
			let directive = mostly(dice, &there.revoked);
			("Bob", Acknowledge::mark_overdue { patient, directive }.into())
		},
		48 => {
			let (sealed, until) = (number, sealed_until);
			let commitment = commitment(world, sealed, Effect::Permit);
			(own, Seal::permit_sealed { sealed, commitment, until }.into())
		},
		49 if dice.throw(2) == 0 => {
			let (sealed, until) = (number, sealed_until);
			let commitment = commitment(world, sealed, Effect::Deny);
			(own, Seal::deny_sealed { sealed, commitment, until }.into())
		},
		49 => (own, Seal::revoke { sealed: mostly(dice, &there.sealed_permits) }.into()),
		50 | 51 => (own, Seal::lift { sealed: mostly(dice, &there.sealed_denials) }.into()),
		52 | 53 => {
			let sealed = mostly(dice, &there.sealed_lifts);
			("Bob", Seal::apply_lift { patient, sealed }.into())
		},
		54 if dice.throw(3) == 0 => {
			(own, Seal::cancel_lift { sealed: mostly(dice, &there.sealed_lifts) }.into())
		},
		_ => ("Bob", Relate::apply_opt_in { patient, towards }.into()),
	}
}

/// Each thing that somebody does here, and the announcement of another policy: all of them must have taken effect.
const DONE: [&str; 37] = [
	"Care.invite",
	"Care.open",
	"Care.end",
	"Care.end_for",
	"Care.leave",
	"Care.opt_out",
	"Care.opt_out_of",
	"Care.opt_in",
	"Care.apply_opt_in",
	"Care.set_policy",
	"Consent.veto_purpose",
	"Consent.lift_veto",
	"Consent.apply_lift",
	"Consent.deny",
	"Consent.permit",
	"Consent.revoke",
	"Consent.set_base_decision",
	"Consent.relax_base_decision",
	"Acknowledgement.acknowledge",
	"Acknowledgement.mark_overdue",
	"Emergency.break_glass",
	"Emergency.break_glass_late",
	"Emergency.review",
	"Emergency.dispute",
	"Emergency.rule",
	"Emergency.set_advance_directive",
	"Emergency.relax_advance_directive",
	"Emergency.apply_relaxation",
	"Emergency.cancel_relaxation",
	"PatientIdentity.freeze",
	"PatientIdentity.unfreeze",
	"Sealed.permit_sealed",
	"Sealed.deny_sealed",
	"Sealed.revoke",
	"Sealed.lift",
	"Sealed.apply_lift",
	"Sealed.cancel_lift",
];

#[derive(Default, Debug)]
struct Met {
	done: BTreeMap<String, u32>,
	lawful: u32,
	emergency: u32,
	permit: u32,
	base: u32,
	sealed: u32,
	/// By a sealed Permit, and by a sealed Deny, that were opened.
	by_opening: [u32; 2],
	/// Because of a sealed Deny that was not opened, without a label.
	flagged: u32,
	/// Of these, at the hospital, which nobody flags: because its doctor worked at the clinic when that was flagged.
	by_employer: u32,
	/// How often that doctor came back to the clinic.
	rehired: u32,
	opened: u64,
	invited: u64,
	/// Answers that were compared with what a proof of the state says: for now, and for a moment in the past.
	proven: u32,
	proven_past: u32,
}

impl Met {
	/// What has not happened yet, or not often enough to be looked at.
	fn missing(&self) -> Vec<&'static str> {
		let never = |name: &&str| self.done.get(*name).is_none_or(|times| *times == 0);
		let seldom = [
			("lawful", self.lawful <= 20),
			("emergency", self.emergency <= 100),
			("permit", self.permit <= 20),
			("base", self.base <= 20),
			("sealed", self.sealed <= 20),
			("by an opened Permit", self.by_opening[0] <= 20),
			("by an opened Deny", self.by_opening[1] <= 20),
			("flagged", self.flagged <= 20),
			("by an employer's flag", self.by_employer <= 10),
			("rehired", self.rehired <= 2),
			("opened", self.opened <= 10),
			("proven", self.proven < 5_000),
			("proven of the past", self.proven_past < 1_000),
		];
		let seldom = seldom.into_iter().filter(|(_, few)| *few).map(|(name, _)| name);
		DONE.into_iter().filter(never).chain(seldom).collect()
	}
}

/// What is answered to each question without any opening, and then by somebody who holds them all.
fn answers(chain: &mut Chain, world: &World, at: Option<Moment>) -> Vec<Verdict> {
	let now = chain.now();
	chain.run(|| {
		let in_force = Sealed::sealed(&world.patient, at.unwrap_or(now)).expect("there");
		let openings: Vec<_> =
			in_force.into_iter().map(|(id, _)| (id, opening(world, id))).collect();
		let ask = |asked, openings: &[_]| {
			Consent::decide_with(&question(world, asked, at), openings).expect("answered")
		};
		let unopened = ASKED.into_iter().map(|asked| ask(asked, &[]));
		unopened.chain(ASKED.into_iter().map(|asked| ask(asked, &openings))).collect()
	})
}

/// The network announces another policy, which begins a month later.
fn change_policy(chain: &mut Chain, world: &World, met: &mut Met) {
	let now = chain.now();
	let policy = match chain.run(|| <Care as CareRelations>::policy(now)) {
		CarePolicy::CareTeam => CarePolicy::ConsentOnly,
		CarePolicy::ConsentOnly => CarePolicy::CareTeam,
	};
	let before = answers(chain, world, None);
	assert_ok!(chain.run(|| Care::set_policy(RuntimeOrigin::root(), policy)));
	for _ in 0..31 {
		chain.advance(86_400_000);
	}
	let now_after = chain.now();
	assert_eq!(chain.run(|| <Care as CareRelations>::policy(now_after)), policy);
	assert_eq!(answers(chain, world, Some(now)), before, "the past has changed with the policy");
	*met.done.entry("Care.set_policy".into()).or_default() += 1;
}

/// The hospital's doctor begins to work at the clinic as well, or leaves it.
fn change_employer(chain: &mut Chain, world: &mut World, met: &mut Met) {
	let (now, org, role) = (chain.now(), world.clinic, Role::Nurse);
	let doctor = RuntimeOrigin::signed(account("Doctor"));
	if let Some(worked) = world.worked.last_mut().filter(|worked| now < worked.until) {
		if worked.from == now {
			// What began in a second does not end in it.
			return;
		}
		let end = || Registry::end_affiliation(doctor, org, account("Doctor"), role);
		assert_ok!(chain.run(end));
		worked.until = now;
		return;
	}
	met.rehired += u32::from(!world.worked.is_empty());
	let until = now + 400 * DAY;
	chain.run(|| {
		let clinic = RuntimeOrigin::signed(account("Clinic"));
		assert_ok!(Registry::invite(clinic, org, account("Doctor"), role, until));
		assert_ok!(Registry::accept_affiliation(doctor, org, role));
	});
	world.worked.push(Interval::new(now, until));
}

/// Every answer that was given is given again.
fn remember(chain: &mut Chain, world: &World, told: &BTreeMap<Moment, Vec<Verdict>>) {
	for (at, verdicts) in told.range(..chain.now()) {
		assert_eq!(&answers(chain, world, Some(*at)), verdicts, "at {at}");
	}
}

/// Every answer that was given is proven by the last state.
fn prove_the_past(
	chain: &mut Chain,
	world: &World,
	told: &BTreeMap<Moment, Vec<Verdict>>,
	met: &mut Met,
) {
	for (at, verdicts) in told {
		for (asked, verdict) in ASKED.into_iter().zip(verdicts) {
			let proven = decisions::compare(chain, &question(world, asked, Some(*at)));
			assert_eq!(proven, *verdict, "a receipt would say otherwise of {at}");
			met.proven_past += 1;
		}
	}
}

fn play(dice: &mut Dice, met: &mut Met) {
	let (mut chain, mut world) = world();
	let mut invited = 0;
	let mut told = BTreeMap::<Moment, Vec<Verdict>>::new();
	for step in 1..=STEPS {
		match dice.throw(6) {
			0 => {
				told.insert(chain.now(), answers(&mut chain, &world, None));
				// Every block ends with every invariant.
				chain.advance(dice.pick(&[SLOT_DURATION, 3_600_000, 3_600_000, 86_400_000]));
			},
			1 if dice.throw(12) == 0 => {
				let (org, kind) = (world.hospital, OrgKind::Provider);
				let until = chain.now() + 400 * DAY;
				let registrar = RuntimeOrigin::signed(account("Registrar"));
				let _ = chain.run(|| match dice.throw(3) {
					0 => Registry::suspend(registrar, org, kind),
					_ => Registry::reinstate(registrar, org, kind, until),
				});
			},
			1 if dice.throw(16) == 0 => change_policy(&mut chain, &world, met),
			1 if dice.throw(6) == 0 => {
				let org = world.clinic;
				let registrar = RuntimeOrigin::signed(account("Registrar"));
				let flagged = dice.throw(4) == 0;
				let _ = chain.run(|| Registry::set_flag(registrar, org, flagged));
			},
			1 if dice.throw(6) == 0 => change_employer(&mut chain, &mut world, met),
			_ => {
				let now = chain.now();
				let there = chain.run(|| there(&world, now));
				let (who, call) = chain.run(|| act(dice, &world, &there, now));
				let name = call.get_call_metadata();
				let name = format!("{}.{}", name.pallet_name, name.function_name);
				let (done, invites, opens, opened) = chain.run(|| {
					let before = pallet_care::NextRelationship::<Runtime>::get();
					let invites = matches!(call, RuntimeCall::Care(Relate::invite { .. }));
					let opens = matches!(call, RuntimeCall::Care(Relate::open { .. }));
					let done = call.dispatch(RuntimeOrigin::signed(account(who))).is_ok();
					let after = pallet_care::NextRelationship::<Runtime>::get();
					(done, invites, opens, after - before)
				});
				*met.done.entry(name).or_default() += u32::from(done);
				assert_eq!(opened, u64::from(opens && done));
				invited += u64::from(invites && done);
				met.opened += opened;
			},
		}
		let now = chain.now();
		for (asked, verdict) in ASKED.into_iter().zip(answers(&mut chain, &world, None)) {
			chain.run(|| check(&world, asked, verdict, now));
			// A proof takes most of the time that a step takes: every other answer is proven.
			if dice.throw(2) == 0 {
				let proven = decisions::compare(&mut chain, &question(&world, asked, None));
				assert_eq!(proven, verdict, "a receipt would say otherwise");
				met.proven += 1;
			}
			met.lawful += u32::from(matches!(verdict, Verdict::LawfulBasis(_)));
			met.emergency += u32::from(matches!(verdict, Verdict::Emergency(_)));
			let base = verdict == Verdict::Permit(Basis::Base);
			met.permit += u32::from(verdict.is_permit() && !base);
			met.base += u32::from(base);
			let unopened = matches!(verdict, Verdict::Deny(Reason::Sealed(_)));
			met.sealed += u32::from(unopened);
			let (hospital, _, labelled) = asked;
			met.flagged += u32::from(unopened && !labelled);
			met.by_employer += u32::from(unopened && !labelled && hospital);
		}
		let all = answers(&mut chain, &world, None);
		for (asked, verdict) in ASKED.into_iter().zip(all.into_iter().skip(ASKED.len())) {
			chain.run(|| check_opened(&world, asked, verdict, now));
			let [permitted, denied] = &mut met.by_opening;
			*permitted += u32::from(matches!(verdict, Verdict::Permit(Basis::SealedDirective(_))));
			*denied += u32::from(matches!(verdict, Verdict::Deny(Reason::SealedDirective(_))));
		}
		// Each relationship took a word of the patient's.
		assert!(chain.run(pallet_care::NextRelationship::<Runtime>::get) <= invited);
		if step % 25 == 0 {
			// The block ends with every invariant.
			chain.next_block();
			remember(&mut chain, &world, &told);
		}
	}
	prove_the_past(&mut chain, &world, &told, met);
	met.invited += invited;
}

#[test]
fn whatever_happens_the_past_stays_and_nothing_is_let_that_the_state_does_not_let() {
	let (known, others) = dice::seeds(&KNOWN);
	let mut met = Met::default();
	for seed in &known {
		play(&mut Dice::of(*seed), &mut met);
	}
	println!("{} histories: {met:?}", known.len());
	if !known.is_empty() {
		assert_eq!(met.missing(), Vec::<&str>::new(), "never or seldom");
	}
	for seed in others {
		play(&mut Dice::of(seed), &mut met);
	}
	assert!(met.invited > met.opened, "{met:?}");
}
