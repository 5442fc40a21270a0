//! What is asked in the histories of `care_histories.rs`, and what must hold of the answers.

use super::{opening, World};
use crate::{common::account, runtime::*};
use pallet_consent::{
	Actor, BaseDecision, Basis, Grantee, LawfulCode, Opening, Question, Reason, Verdict,
};
use pallet_sealed::{Effect, SealedDirective};
use salus_primitives::{
	traits::{CareRelations, Credentials},
	Action, AdvanceDirective, CarePolicy, DataClass, Interval, LabelSet, Moment, PatientId,
	Purpose, SealedId, SensitivityLabel,
};

/// What is asked: by whom, for which purpose, labelled or not.
pub(super) type Asked = (bool, Purpose, bool);

pub(super) const ASKED: [Asked; 7] = [
	(false, Purpose::Treat, true),
	(true, Purpose::Treat, false),
	(false, Purpose::Treat, false),
	(true, Purpose::Treat, true),
	(true, Purpose::Btg, false),
	(true, Purpose::Btg, true),
	(false, Purpose::Btg, false),
];

pub(super) fn question(world: &World, asked: Asked, at: Option<Moment>) -> Question<AccountId> {
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
pub(super) fn check(world: &World, asked: Asked, verdict: Verdict, now: Moment) {
	let (hospital, purpose, labelled) = asked;
	let (who, organisation) =
		if hospital { ("Doctor", world.hospital) } else { ("Specialist", world.clinic) };
	let patient = &world.patient;
	let base = || {
		let terms = Consent::base_decisions(patient);
		terms.last().map(|term| term.decision).unwrap_or_default()
	};
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
			assert_ne!(base(), BaseDecision::Deny);
		},
		Verdict::Emergency(id) => {
			assert_eq!(purpose, Purpose::Btg);
			let info = Emergency::emergency(id).expect("it is there");
			assert!(now < info.lets_until, "the organisation has stopped it");
			let told = info.emergency;
			assert_eq!((told.patient, &told.access.who), (*patient, &account(who)));
			assert!(told.access.period.contains(now) && !told.is_late());
			let terms = Emergency::advance_directives(patient);
			let advance = terms.last().map(|term| term.value).unwrap_or_default();
			assert!(advance < AdvanceDirective::NoEmergency);
			assert!(!labelled || advance < AdvanceDirective::NoLabelled);
		},
		Verdict::Permit(Basis::Base) => {
			assert_eq!((base(), labelled), (BaseDecision::Permit, false));
		},
		Verdict::Permit(_) => assert_eq!((purpose, labelled), (Purpose::Treat, false)),
		Verdict::Deny(Reason::Sealed(id)) => {
			let (_, found) = sealed(patient, id, now);
			assert_eq!(found.effect, Effect::Deny);
			assert!(labelled || counts(world, hospital, &found, now));
		},
		Verdict::Deny(_) => {},
	}
	// Nothing but an emergency goes before a denial that counts.
	if verdict.allows() && !matches!(verdict, Verdict::Emergency(_)) {
		let live = Sealed::sealed(patient, now).expect("of the present");
		let mut denials = live.iter().filter(|(_, found)| found.effect == Effect::Deny);
		assert!(!denials.any(|(_, found)| labelled || counts(world, hospital, found, now)));
	}
}

/// Whether a sealed denial counts without a label: where the organisation was flagged since it was made, or, for the
/// hospital's doctor, the clinic while the doctor worked there.
fn counts(world: &World, hospital: bool, denial: &SealedDirective, now: Moment) -> bool {
	let since = |flag: &Interval| flag.from <= now && denial.period.from <= flag.until;
	let flags = |organisation| <Registry as Credentials<AccountId>>::flags(organisation);
	if !hospital {
		return flags(world.clinic).iter().any(since);
	}
	let of_the_clinic = flags(world.clinic);
	let mut both = of_the_clinic.iter().flat_map(|flag| {
		world.worked.iter().map(move |worked| {
			Interval::new(flag.from.max(worked.from), flag.until.min(worked.until))
		})
	});
	flags(world.hospital).iter().any(since)
		|| both.any(|time| time.from <= time.until && since(&time))
}

/// The sealed directive with this number, which is in force.
fn sealed(patient: &PatientId, id: SealedId, now: Moment) -> (SealedId, SealedDirective) {
	let live = Sealed::sealed(patient, now).expect("of the present");
	live.into_iter().find(|(number, _)| *number == id).expect("it is in force")
}

/// What must hold of an answer for now by somebody who holds every opening.
pub(super) fn check_opened(world: &World, asked: Asked, verdict: Verdict, now: Moment) {
	let (hospital, purpose, labelled) = asked;
	let (id, effect) = match verdict {
		Verdict::Permit(Basis::SealedDirective(id)) => (id, Effect::Permit),
		Verdict::Deny(Reason::SealedDirective(id)) => (id, Effect::Deny),
		Verdict::Deny(Reason::Sealed(id)) => panic!("{id} was opened"),
		_ => return,
	};
	let (_, found) = sealed(&world.patient, id, now);
	assert_eq!((found.effect, purpose), (effect, Purpose::Treat));
	let Opening { content, .. } = opening(world, id);
	assert_eq!(content.grantee == Grantee::Organisation(world.hospital), hospital);
	// A Permit lets labelled data only if it names the label; a Deny of labelled data alone leaves the rest.
	let names_label = !content.scope.labels.is_empty();
	match effect {
		Effect::Permit => assert!(names_label || !labelled, "{verdict:?}"),
		Effect::Deny => assert!(labelled || !names_label, "{verdict:?}"),
	}
}
