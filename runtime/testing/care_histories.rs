//! Random histories of patients, clinicians, officers, auditors and registrars over the composed pallets: whatever happens,
//! answers about the past stay as they were given, no relationship begins without the patient's word, and what lets is
//! what the state says lets.

use crate::common::{account, Chain};
use crate::runtime::*;
use pallet_care::{Call as Relate, RelationshipKind};
use pallet_consent::{
	Access, Actor, Call as Con, Grantee, LawfulCode, LiftTarget, Question, Reason, Verdict,
};
use pallet_emergency::{Call as Glass, Finding};
use pallet_sealed::{Call as Seal, Effect};
use salus_primitives::{
	time::DAY, traits::CareRelations, Action, AdvanceDirective, CarePolicy, DataClass,
	DataClassSet, EmergencyReason, LabelSet, Moment, OrgId, OrgKind, OrgKindSet, PatientId,
	Purpose, Role, SensitivityLabel, Towards,
};
use sp_core::H256;
use sp_runtime::traits::Dispatchable;
use std::{
	collections::BTreeMap,
	time::{SystemTime, UNIX_EPOCH},
};

const CASES: u64 = 8;
const STEPS: u32 = 250;

/// Numbers that look random. The seed is printed; `SALUS_SEED` repeats a run.
struct Dice(u64);

impl Dice {
	fn throw(&mut self, sides: u64) -> u64 {
		// xorshift64*
		self.0 ^= self.0 >> 12;
		self.0 ^= self.0 << 25;
		self.0 ^= self.0 >> 27;
		(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % sides
	}

	fn pick<T: Clone>(&mut self, all: &[T]) -> T {
		all[self.throw(all.len() as u64) as usize].clone()
	}
}

struct World {
	hospital: OrgId,
	clinic: OrgId,
	patient: PatientId,
	access: Access,
}

fn join(chain: &mut Chain, admin: &str, org: OrgId, name: &str, role: Role) {
	let until = chain.now() + 500 * DAY;
	let invite = pallet_registry::Call::invite { org, account: account(name), role, until };
	chain.succeed(admin, invite);
	chain.succeed(name, pallet_registry::Call::accept_affiliation { org, role });
}

fn world() -> (Chain, World) {
	let (mut chain, hospital, patient) = Chain::with_patient();
	let (kind, until) = (OrgKind::Provider, chain.now() + 500 * DAY);
	chain.succeed("Registrar", pallet_registry::Call::renew { org: hospital, kind, until });
	let (kinds, profile) = (OrgKindSet::of(&[kind]), H256::repeat_byte(1));
	chain.succeed("Clinic", pallet_registry::Call::apply { kinds, profile });
	let clinic = chain.run(|| Registry::administers(&account("Clinic"))).expect("applied");
	chain.succeed("Registrar", pallet_registry::Call::admit { org: clinic, kind, until });
	join(&mut chain, "Hospital", hospital, "Doctor", Role::Clinician);
	join(&mut chain, "Hospital", hospital, "Officer", Role::PrivacyOfficer);
	join(&mut chain, "Clinic", clinic, "Specialist", Role::Clinician);
	for name in ["Auditor", "Second"] {
		join(&mut chain, "Registrar", 0, name, Role::Auditor);
	}
	let access = Access { until: until - DAY, ..chain.access(&[]) };
	(chain, World { hospital, clinic, patient, access })
}

/// Somebody does something, mostly somebody who may.
fn act(dice: &mut Dice, world: &World, now: Moment) -> (&'static str, RuntimeCall) {
	let World { hospital, clinic, patient, access } = *world;
	let organisation = dice.pick(&[hospital, hospital, clinic]);
	let doctor = if organisation == hospital { "Doctor" } else { "Specialist" };
	let (relationship, emergency) = (dice.throw(20), dice.throw(12) as u32);
	let towards = dice.pick(&[Towards::Everybody, Towards::Organisation(organisation)]);
	let finding = dice.pick(&[Finding::Justified, Finding::Justified, Finding::Unjustified]);
	let (reviewer, acting_for) =
		dice.pick(&[("Officer", hospital), ("Auditor", 0), ("Second", 0), ("Doctor", hospital)]);
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
	let directive = dice.throw(8) as u32;
	let until = now + 1 + dice.throw(20) * DAY;
	let own = "Patient";
	let (commitment, sealed) = (H256::repeat_byte(directive as u8), directive);
	match dice.throw(39) {
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
		22 => (own, Con::revoke { directive }.into()),
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
		28..=29 => (reviewer, Glass::review { acting_for, emergency, finding }.into()),
		30 => (own, Glass::dispute { emergency }.into()),
		31 => (reviewer, Glass::rule { acting_for, emergency, finding }.into()),
		32 => (own, Glass::set_advance_directive { value }.into()),
		33 => (own, Seal::permit_sealed { commitment, until }.into()),
		34 if dice.throw(2) == 0 => (own, Seal::deny_sealed { commitment, until }.into()),
		34 => (own, Seal::revoke { sealed }.into()),
		35 => (own, Seal::lift { sealed }.into()),
		36 => ("Bob", Seal::apply_lift { patient, sealed }.into()),
		37 => (own, Seal::cancel_lift { sealed }.into()),
		_ => (
			"Bob",
			dice.pick(&[
				RuntimeCall::from(Glass::apply_relaxation { patient }),
				Relate::apply_opt_in { patient, towards }.into(),
			]),
		),
	}
}

/// What is asked: by whom, for which purpose, labelled or not.
type Asked = (bool, Purpose, bool);

const ASKED: [Asked; 6] = [
	(true, Purpose::Treat, false),
	(false, Purpose::Treat, false),
	(true, Purpose::Treat, true),
	(true, Purpose::Btg, false),
	(true, Purpose::Btg, true),
	(false, Purpose::Btg, false),
];

fn question(world: &World, asked: Asked, at: Option<Moment>) -> Question<AccountId> {
	let (hospital, purpose, labelled) = asked;
	let (who, organisation) =
		if hospital { ("Doctor", world.hospital) } else { ("Specialist", world.clinic) };
	Question {
		subject: world.patient,
		actor: Actor::Practitioner { who: account(who), organisation },
		purpose,
		action: Action::Read,
		class: DataClass::Laboratory,
		labels: if labelled { LabelSet::of(&[SensitivityLabel::Psy]) } else { LabelSet::EMPTY },
		data_time: None,
		at,
	}
}

/// What must hold of an answer for now.
fn check(world: &World, asked: Asked, verdict: Verdict, now: Moment) {
	let (hospital, purpose, labelled) = asked;
	let (who, organisation) =
		if hospital { ("Doctor", world.hospital) } else { ("Specialist", world.clinic) };
	let patient = &world.patient;
	match verdict {
		Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(id)) => {
			assert_eq!((purpose, labelled), (Purpose::Treat, false));
			let (whose, told) = Care::relationship_by_id(id).expect("it is there");
			assert_eq!((whose, told.treatment.organisation), (*patient, organisation));
			assert!(told.live && told.treatment.in_force(now));
			let outs = <Care as CareRelations>::opt_outs(patient);
			let out = |out: &salus_primitives::OptOut| {
				out.in_force(now) && out.towards.means(organisation)
			};
			assert!(!outs.iter().any(out), "the patient has opted out");
			assert!(!Consent::vetoes(patient)
				.iter()
				.any(|veto| veto.purpose == purpose && veto.in_force(now)));
			assert_eq!(<Care as CareRelations>::policy(now), CarePolicy::CareTeam);
		},
		Verdict::Emergency(id) => {
			assert_eq!(purpose, Purpose::Btg);
			let told = Emergency::emergency(id).expect("it is there").emergency;
			assert_eq!((told.patient, &told.access.who), (*patient, &account(who)));
			assert!(told.access.period.contains(now) && !told.is_late());
			let terms = Emergency::advance_directives(patient);
			let advance = terms.last().map(|term| term.value).unwrap_or_default();
			assert!(advance < AdvanceDirective::NoEmergency);
			assert!(!labelled || advance < AdvanceDirective::NoLabelled);
		},
		Verdict::Permit(_) => assert_eq!((purpose, labelled), (Purpose::Treat, false)),
		Verdict::Deny(Reason::Sealed(id)) => {
			assert!(labelled, "neither organisation is flagged");
			let live = Sealed::sealed(patient, now).expect("of the present");
			let denies = |(number, found): &(u32, pallet_sealed::SealedDirective)| {
				*number == id && found.effect == Effect::Deny
			};
			assert!(live.iter().any(denies));
		},
		Verdict::Deny(_) => {},
	}
}

#[derive(Default, Debug)]
struct Met {
	lawful: u32,
	emergency: u32,
	permit: u32,
	sealed: u32,
	opened: u64,
	invited: u64,
}

fn answers(chain: &mut Chain, world: &World, at: Option<Moment>) -> Vec<Verdict> {
	let ask = |asked| Consent::decide(&question(world, asked, at)).expect("answered");
	chain.run(|| ASKED.into_iter().map(ask).collect())
}

fn play(dice: &mut Dice, met: &mut Met) {
	let (mut chain, world) = world();
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
			_ => {
				let (who, call) = act(dice, &world, chain.now());
				let (done, invites, opens, opened) = chain.run(|| {
					let before = pallet_care::NextRelationship::<Runtime>::get();
					let invites = matches!(call, RuntimeCall::Care(Relate::invite { .. }));
					let opens = matches!(call, RuntimeCall::Care(Relate::open { .. }));
					let done = call.dispatch(RuntimeOrigin::signed(account(who))).is_ok();
					let after = pallet_care::NextRelationship::<Runtime>::get();
					(done, invites, opens, after - before)
				});
				assert_eq!(opened, u64::from(opens && done));
				invited += u64::from(invites && done);
				met.opened += opened;
			},
		}
		let now = chain.now();
		for (asked, verdict) in ASKED.into_iter().zip(answers(&mut chain, &world, None)) {
			chain.run(|| check(&world, asked, verdict, now));
			met.lawful += u32::from(matches!(verdict, Verdict::LawfulBasis(_)));
			met.emergency += u32::from(matches!(verdict, Verdict::Emergency(_)));
			met.permit += u32::from(verdict.is_permit());
			met.sealed += u32::from(matches!(verdict, Verdict::Deny(Reason::Sealed(_))));
		}
		// Each relationship took a word of the patient's.
		assert!(chain.run(pallet_care::NextRelationship::<Runtime>::get) <= invited);
		if step % 50 == 0 {
			for (at, verdicts) in told.range(..now) {
				assert_eq!(&answers(&mut chain, &world, Some(*at)), verdicts, "at {at}");
			}
		}
	}
	met.invited += invited;
}

#[test]
fn whatever_happens_the_past_stays_and_nothing_is_let_that_the_state_does_not_let() {
	let seed: u64 = match std::env::var("SALUS_SEED") {
		Ok(seed) => seed.parse().expect("SALUS_SEED is a number"),
		Err(_) => {
			SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_nanos() as u64
		},
	};
	println!("SALUS_SEED={seed}");
	let (mut dice, mut met) = (Dice(seed | 1), Met::default());
	for _ in 0..CASES {
		play(&mut dice, &mut met);
	}
	println!("{met:?}");
	assert!(met.lawful > 20 && met.emergency > 100 && met.permit > 20, "{met:?}");
	assert!(met.sealed > 20, "{met:?}");
	assert!(met.opened > 20 && met.invited > met.opened, "{met:?}");
}
