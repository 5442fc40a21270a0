//! A person who works at an organisation whose very name says something about its patients, and at an ordinary hospital:
//! no denial of that person is made in plain, and a sealed one counts at the hospital as well.

use crate::common::{account, Chain};
use crate::decisions;
use crate::runtime::*;
use pallet_consent::{
	Actor, Basis, Effect, Grantee, Opening, Question, Reason, SealedContent, Verdict,
};
use salus_consent_decision::{self as decision, sealed::commit};
use salus_primitives::{
	time::DAY, Action, DataClass, LabelSet, Moment, OrgId, OrgKind, OrgKindSet, PatientId, Purpose,
	Role,
};
use sp_core::H256;
use sp_runtime::transaction_validity::InvalidTransaction;

const ROLE: Role = Role::Clinician;

struct Scene {
	chain: Chain,
	hospital: OrgId,
	clinic: OrgId,
	patient: PatientId,
}

/// A hospital with two clinicians, of whom `//Doctor` works at a flagged clinic as well, and a patient who lets everybody
/// in.
fn scene() -> Scene {
	let (mut chain, hospital, patient) = Chain::with_patient();
	let (kind, until) = (OrgKind::Provider, chain.now() + 300 * DAY);
	chain.succeed("Registrar", pallet_registry::Call::renew { org: hospital, kind, until });
	let clinic = chain.run(pallet_registry::NextOrgId::<Runtime>::get);
	let (kinds, profile) = (OrgKindSet::of(&[kind]), H256::repeat_byte(1));
	chain.succeed("Clinic", pallet_registry::Call::apply { kinds, profile });
	chain.succeed("Registrar", pallet_registry::Call::admit { org: clinic, kind, until });
	let mut scene = Scene { chain, hospital, clinic, patient };
	scene.hire("Hospital", hospital, "Doctor");
	scene.hire("Hospital", hospital, "Colleague");
	scene.hire("Clinic", clinic, "Doctor");
	let open = scene.chain.permit(Grantee::Any);
	scene.chain.succeed("Patient", open);
	scene.flag(true);
	scene
}

impl Scene {
	fn hire(&mut self, admin: &str, org: OrgId, who: &str) {
		let until = self.chain.now() + 200 * DAY;
		self.chain.employ(org, admin, who, ROLE, until);
	}

	fn flag(&mut self, flagged: bool) {
		let set = pallet_registry::Call::set_flag { org: self.clinic, flagged };
		self.chain.succeed("Registrar", set);
		self.chain.next_block();
	}

	/// The patient forbids `who` everything that is not labelled, and seals it.
	fn seal_denial_of(&mut self, who: &str) -> Opening<AccountId> {
		let content = SealedContent {
			grantee: Grantee::Practitioner(account(who)),
			scope: self.chain.access(&[]).scope,
			erase_after: None,
		};
		let opening = Opening { salt: [0x5a; 32], content };
		let patient = self.patient;
		let sealed = self.chain.run(|| Sealed::next_sealed(&patient));
		let commitment = self
			.chain
			.run(|| commit(&System::block_hash(0).0, &patient, sealed, Effect::Deny, &opening));
		let until = Moment::MAX;
		self.chain
			.succeed("Patient", pallet_sealed::Call::deny_sealed { sealed, commitment, until });
		opening
	}

	fn question(&self, who: Option<&str>, at: Option<Moment>) -> Question<AccountId> {
		let organisation = self.hospital;
		Question {
			subject: self.patient,
			actor: match who {
				Some(who) => Actor::Practitioner { who: account(who), organisation },
				None => Actor::Organisation(organisation),
			},
			purpose: Purpose::Treat,
			action: Action::Read,
			class: DataClass::Laboratory,
			labels: LabelSet::EMPTY,
			data_time: None,
			at,
		}
	}

	/// What is answered to somebody who asks for the hospital, and proven by a receipt.
	fn decide(&mut self, who: Option<&str>, at: Option<Moment>) -> Verdict {
		let question = self.question(who, at);
		decisions::compare(&mut self.chain, &question)
	}
}

const OPEN: Verdict = Verdict::Permit(Basis::Directive(0));
const SHUT: Verdict = Verdict::Deny(Reason::Sealed(0));

#[test]
fn a_sealed_denial_of_a_person_who_also_works_at_a_flagged_clinic_counts_at_the_hospital() {
	let mut scene = scene();
	// In plain it does not get as far as a block: it would say what it must not.
	let (scope, until) = (scene.chain.access(&[]).scope, Moment::MAX);
	let grantee = Grantee::Practitioner(account("Doctor"));
	let plain = pallet_consent::Call::deny { grantee, scope, until };
	assert_eq!(scene.chain.refused("Patient", plain), InvalidTransaction::Call.into());
	assert_eq!(scene.decide(Some("Doctor"), None), OPEN);
	let before = scene.chain.now();
	scene.chain.next_block();

	let opening = scene.seal_denial_of("Doctor");
	assert_eq!(scene.decide(Some("Doctor"), None), SHUT, "in the same block, without the opening");
	assert_eq!(scene.decide(Some("Colleague"), None), OPEN);
	assert_eq!(scene.decide(None, None), OPEN);
	let question = scene.question(Some("Doctor"), None);
	let opened = scene.chain.run(|| Consent::decide_with(&question, &[(0, opening)]));
	assert_eq!(opened, Ok(Verdict::Deny(Reason::SealedDirective(0))));
	let sealed_at = scene.chain.now();
	scene.chain.next_block();

	// Nobody ends it for the patient: not by leaving the clinic, nor by taking its flag off.
	let end = pallet_registry::Call::end_affiliation {
		org: scene.clinic,
		account: account("Doctor"),
		role: ROLE,
	};
	scene.chain.succeed("Doctor", end);
	assert_eq!(scene.decide(Some("Doctor"), None), SHUT);
	scene.chain.next_block();
	scene.flag(false);
	assert_eq!(scene.decide(Some("Doctor"), None), SHUT);
	// And what was answered stays.
	for (at, expected) in [(before, OPEN), (sealed_at, SHUT), (sealed_at - 1, OPEN)] {
		assert_eq!(scene.decide(Some("Doctor"), Some(at)), expected, "{at}");
		assert_eq!(scene.decide(Some("Colleague"), Some(at)), OPEN, "{at}");
	}
}

#[test]
fn a_denial_that_is_sealed_when_a_plain_one_can_be_made_counts_for_nobody_who_lacks_its_opening() {
	let mut scene = scene();
	scene.flag(false);
	scene.chain.next_block();
	let opening = scene.seal_denial_of("Doctor");
	assert_eq!(scene.decide(Some("Doctor"), None), OPEN);
	let question = scene.question(Some("Doctor"), None);
	let opened = scene.chain.run(|| Consent::decide_with(&question, &[(0, opening)]));
	assert_eq!(opened, Ok(Verdict::Deny(Reason::SealedDirective(0))));
}

#[test]
fn a_decider_without_a_node_is_told_all_times_and_comes_to_the_same_answer_of_each_moment() {
	let mut scene = scene();
	let mut moments = vec![scene.chain.now()];
	for step in 0..4 {
		scene.chain.next_block();
		match step {
			0 => {
				scene.seal_denial_of("Doctor");
			},
			1 => scene.flag(false),
			2 => scene.flag(true),
			_ => {},
		}
		moments.push(scene.chain.now());
	}
	scene.chain.next_block();
	let now = scene.chain.now();
	let (mut open, mut shut) = (0, 0);
	for at in moments {
		let by_node = scene.decide(Some("Doctor"), Some(at));
		let question = scene.question(Some("Doctor"), Some(at));
		let (hospital, patient) = (scene.hospital, scene.patient);
		let by_crate = scene.chain.run(|| {
			let who = account("Doctor");
			decision::decide(&decision::Context {
				question: &question,
				at,
				state: salus_primitives::PatientState::Active,
				standing: decision::Standing {
					own_key: false,
					kinds: OrgKindSet::of(&[OrgKind::Provider]),
					roles: Registry::ask_roles(hospital, &who, at).expect("of the past"),
				},
				vetoes: &Consent::vetoes(&patient),
				directives: &Consent::directives(&patient),
				base: decision::BaseDecision::Unset,
				care: Default::default(),
				emergency: Default::default(),
				sealed: decision::Sealed {
					genesis: System::block_hash(0).0,
					flagged: &Registry::ask_refused_times(hospital, Some(&who)),
					directives: &Sealed::sealed(&patient, at).expect("of the past"),
					openings: &[],
				},
			})
		});
		assert_eq!(by_crate, by_node, "of {at}, now being {now}");
		match by_node.allows() {
			true => open += 1,
			false => shut += 1,
		}
	}
	assert_eq!((open, shut), (1, 4));
}
