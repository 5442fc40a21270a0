//! What a decision receipt proves is what the chain answers: the verifier's reading of a proof of the state is compared with
//! the pallets' answers and with the runtime API's. `care_histories.rs` does so after every step of its random histories.

use crate::common::{account, Chain};
use crate::runtime::*;
use codec::{Decode, Encode};
use frame_support::assert_ok;
use pallet_consent::{Actor, Question, Verdict};
use salus_primitives::{
	traits::{CareRelations, Credentials, Emergencies, Patients, PlainDenials},
	Action, CarePolicy, DataClass, LabelSet, PatientId, Purpose, Role,
};
use salus_verify::{
	decision::{Account, Facts, Item, Runtime as MadeBy, Source, KNOWN, LAYOUTS},
	state::State,
	Error, Hash,
};
use sp_core::H256;

/// The whole storage, as the pallets see it.
struct Whole;

impl Source for Whole {
	fn get(&self, item: Item) -> Result<Option<Vec<u8>>, Error> {
		Ok(sp_io::storage::get(&item.key()).map(|bytes| bytes.to_vec()))
	}
}

/// The question with accounts as the verifier has them.
fn plain(question: &Question<AccountId>) -> Question<Account> {
	Question::decode(&mut question.encode().as_slice()).expect("an account has 32 bytes")
}

/// Answers `question` as a receipt does: from the nodes of the state's trie that lead to what the question depends on, and
/// from nothing else. Tells also what that is, and how many bytes the nodes have.
pub fn prove(
	chain: &mut Chain,
	question: &Question<AccountId>,
) -> (Result<(Verdict, Facts), Error>, usize) {
	let (asked, now) = (plain(question), chain.now());
	assert_ok!(chain.ext.commit_all());
	let root = Hash(chain.ext.backend.root().0);
	let (read, proof) = chain.ext.execute_and_prove(|| {
		assert!(MadeBy::of(&Whole).is_ok());
		Facts::read(&asked, now, &Whole)
	});
	let nodes: Vec<_> = proof.into_iter_nodes().collect();
	let state = State::new(root, &nodes).expect("it has the root");
	let made_by = MadeBy::of(&state).expect("it is known");
	assert_eq!(
		(made_by.name.as_str(), made_by.version),
		(&*VERSION.spec_name, VERSION.spec_version)
	);
	let proven = Facts::read(&asked, now, &state);
	assert_eq!(proven, read, "the proof says otherwise than the storage");
	let found = proven.map(|facts| (facts.verdict(&asked), facts));
	(found, nodes.iter().map(Vec::len).sum())
}

/// Holds the facts that were read out of a proof against what the pallets say, and the verdict against the runtime API's.
pub fn compare(chain: &mut Chain, question: &Question<AccountId>) -> Verdict {
	let (found, _) = prove(chain, question);
	let (verdict, facts) = found.expect("it is answered");
	chain.run(|| {
		assert_eq!(Consent::decide(question), Ok(verdict), "{question:?}");
		let (patient, at) = (&question.subject, facts.at);
		assert_eq!(PatientIdentity::state_at(patient, at), Ok(Some(facts.state)));
		let (who, organisation) = match &question.actor {
			Actor::Own(key) => {
				let live = <PatientIdentity as Patients<_>>::key(key)
					.is_some_and(|key| key.patient == *patient && key.was_live(at));
				assert!(live || !facts.standing.own_key);
				return;
			},
			Actor::Organisation(organisation) => (None, *organisation),
			Actor::Practitioner { who, organisation } => (Some(who), *organisation),
		};
		let kinds = <Registry as Credentials<AccountId>>::licensed_kinds(organisation, at);
		assert_eq!(facts.standing.kinds, kinds);
		let roles = who.map(|who| <Registry as Credentials<_>>::roles(organisation, who, at));
		assert_eq!(facts.standing.roles, roles.unwrap_or_default());
		assert_eq!(facts.vetoes, Consent::vetoes(patient));
		// In force then: among those that are live, or in the history.
		let pages = (0..).map_while(|page| Consent::history(patient, page)).flatten();
		let mut all: Vec<_> = Consent::directives(patient).into_iter().chain(pages).collect();
		all.retain(|(_, directive)| directive.in_force(at));
		all.sort_by_key(|(id, _)| *id);
		let all: Vec<_> = all.iter().map(Encode::encode).collect();
		let mut proven = facts.directives.clone();
		proven.retain(|(_, directive)| directive.in_force(at));
		proven.sort_by_key(|(id, _)| *id);
		assert_eq!(proven.iter().map(Encode::encode).collect::<Vec<_>>(), all);
		let terms = Consent::base_decisions(patient);
		let base = terms.iter().rev().find(|term| term.from <= at);
		let base = base.map(|term| term.decision.left_at(term.from, at)).unwrap_or_default();
		assert_eq!(facts.base, base);
		let mut sealed = Sealed::sealed(patient, at).expect("its history is kept");
		sealed.sort_by_key(|(id, _)| *id);
		let mut proven = facts.sealed.clone();
		proven.sort_by_key(|(id, _)| *id);
		assert_eq!(proven.encode(), sealed.encode());
		if question.labels.is_empty()
			&& sealed.iter().any(|(_, found)| found.effect == pallet_sealed::Effect::Deny)
		{
			let refused = <Registry as PlainDenials<_>>::refused_times(organisation, who, at);
			assert_eq!(facts.flagged, refused);
		} else {
			assert!(facts.flagged.is_empty());
		}
		if (question.purpose, question.action) == (Purpose::Treat, Action::Read)
			&& question.labels.is_empty()
		{
			assert_eq!(facts.policy, <Care as CareRelations>::policy(at));
			let related = <Care as CareRelations>::relationship(patient, organisation, at)
				.filter(|_| facts.policy == CarePolicy::CareTeam);
			assert_eq!(facts.relationships, related.into_iter().collect::<Vec<_>>());
			if related.is_some() {
				assert_eq!(facts.opt_outs, <Care as CareRelations>::opt_outs(patient));
			}
		}
		if let (Purpose::Btg, Action::Read, Some(who), true) =
			(question.purpose, question.action, who, facts.standing.roles.contains(Role::Clinician))
		{
			let told = <Emergency as Emergencies<_>>::emergencies(patient, organisation, who, at);
			assert_eq!(facts.accesses.encode(), told.encode());
			if !told.is_empty() {
				let advance = <Emergency as Emergencies<AccountId>>::advance_directive(patient, at);
				assert_eq!(facts.advance, advance);
			}
		}
	});
	verdict
}

fn asked(patient: PatientId, actor: Actor<AccountId>) -> Question<AccountId> {
	Question {
		subject: patient,
		actor,
		purpose: Purpose::Treat,
		action: Action::Read,
		class: DataClass::Laboratory,
		labels: LabelSet::EMPTY,
		data_time: None,
		at: None,
	}
}

/// Whoever changes the rules, the storage they read or the version looks at `verify/src/decision` and lists it there.
#[test]
fn the_verifier_knows_the_rules_and_the_storage_of_this_runtime() {
	let known = KNOWN.iter().find(|(name, _)| *name == VERSION.spec_name).expect("its name");
	assert!(known.1.contains(&VERSION.spec_version), "list it in verify/src/decision/rules.rs");
	let mut chain = Chain::development();
	chain.next_block();
	assert_ok!(chain.run(|| MadeBy::of(&Whole)));
	assert_eq!(LAYOUTS.len(), 6);
}

#[test]
fn the_patients_own_access_and_the_organisations_are_proven_as_they_are_answered() {
	let (mut chain, hospital, patient) = Chain::with_patient();
	let own = |name| asked(patient, Actor::Own(account(name)));
	assert!(compare(&mut chain, &own("Patient")).is_permit());
	assert!(!compare(&mut chain, &own("Bob")).allows());
	let system = asked(patient, Actor::Organisation(hospital));
	assert!(!compare(&mut chain, &system).allows());
	let call = chain.permit(pallet_consent::Grantee::Organisation(hospital));
	chain.succeed("Patient", call);
	assert!(compare(&mut chain, &system).is_permit());
	// Of an organisation that there is not, all that is proven is its absence.
	assert!(!compare(&mut chain, &asked(patient, Actor::Organisation(9_999))).allows());
}

#[test]
fn what_the_chain_cannot_answer_the_proof_cannot_either() {
	let (mut chain, hospital, patient) = Chain::with_patient();
	chain.next_block();
	let now = chain.now();
	let system = asked(patient, Actor::Organisation(hospital));
	let nobody = asked(H256::repeat_byte(1), Actor::Organisation(hospital));
	for (question, expected) in [
		(
			Question { at: Some(now + 1), ..system.clone() },
			Error::FutureMoment { at: now + 1, now },
		),
		(nobody, Error::NoSuchPatient { at: now }),
		(Question { at: Some(1), ..system }, Error::NoSuchPatient { at: 1 }),
	] {
		assert_eq!(prove(&mut chain, &question).0.map(drop), Err(expected));
		assert!(chain.run(|| Consent::decide(&question)).is_err());
	}
}

/// How large the proofs are of which `docs/receipts.md` tells.
#[test]
fn a_proof_is_some_kilobytes_large() {
	let (mut chain, hospital, patient) = Chain::with_patient();
	let call = chain.permit(pallet_consent::Grantee::Organisation(hospital));
	chain.succeed("Patient", call);
	let (found, size) = prove(&mut chain, &asked(patient, Actor::Organisation(hospital)));
	println!("{size} bytes");
	assert!(found.is_ok_and(|(verdict, _)| verdict.is_permit()));
	assert!(size < 40_000, "{size}");
}
