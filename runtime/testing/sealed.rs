//! Sealed directives through real blocks: what stands in those blocks, who signs and pays, and what follows.

use crate::common::{account, pair, sign, Chain};
use crate::runtime::*;
use codec::Encode;
use frame_support::assert_ok;
use pallet_consent::{
	Access, Actor, Basis, Effect, Grantee, Opening, Question, Reason, Scope, SealedContent, Verdict,
};
use pallet_sealed::Call as Seal;
use salus_consent_decision::sealed::commit;
use salus_primitives::{
	time::DAY, Action, DataClass, LabelSet, Moment, OrgId, OrgKind, OrgKindSet, PatientId, Purpose,
	Role, SealedId, SensitivityLabel,
};
use sp_core::H256;
use sp_runtime::transaction_validity::InvalidTransaction;
use std::collections::BTreeMap;

/// The number of the clinic: bytes that do not come up by chance.
const CLINIC: OrgId = 0xA7C3_5E91;

const SALT: [u8; 32] = *b"only those who are told know it!";

/// A hospital has registered the patient, who holds no tokens. A clinic has a number that is easily found, and a
/// clinician, `//Specialist`; its very name says something about its patients once it is flagged.
fn scene() -> (Chain, PatientId) {
	let (mut chain, hospital, patient) = Chain::with_patient();
	let (kind, until) = (OrgKind::Provider, chain.now() + 300 * DAY);
	chain.succeed("Registrar", pallet_registry::Call::renew { org: hospital, kind, until });
	chain.run(|| pallet_registry::NextOrgId::<Runtime>::put(CLINIC));
	let (kinds, profile) = (OrgKindSet::of(&[kind]), H256::repeat_byte(1));
	chain.succeed("Clinic", pallet_registry::Call::apply { kinds, profile });
	chain.succeed("Registrar", pallet_registry::Call::admit { org: CLINIC, kind, until });
	chain.employ(CLINIC, "Clinic", "Specialist", Role::Clinician, until);
	(chain, patient)
}

fn flag(chain: &mut Chain, flagged: bool) {
	chain.succeed("Registrar", pallet_registry::Call::set_flag { org: CLINIC, flagged });
	chain.next_block();
}

fn grantee() -> Grantee<AccountId> {
	Grantee::PractitionerAt(account("Specialist"), CLINIC)
}

/// What the patient has to say: the clinic's specialist may, or may not, read what is labelled.
fn opening(chain: &Chain) -> Opening<AccountId> {
	let labels = [SensitivityLabel::Hiv, SensitivityLabel::Psy, SensitivityLabel::Sex];
	let Access { scope, .. } = chain.access(&labels);
	Opening { salt: SALT, content: SealedContent { grantee: grantee(), scope, erase_after: None } }
}

fn commitment(
	chain: &mut Chain,
	patient: &PatientId,
	effect: Effect,
	opening: &Opening<AccountId>,
) -> H256 {
	chain.run(|| {
		let number = Sealed::next_sealed(patient);
		commit(&System::block_hash(0).0, patient, number, effect, opening)
	})
}

/// The `n`th moment after now at which a sealed directive may end.
fn end(chain: &Chain, n: u64) -> Moment {
	(chain.now() / pallet_sealed::GRID + n) * pallet_sealed::GRID
}

fn permit(chain: &mut Chain, patient: &PatientId, opening: &Opening<AccountId>) -> RuntimeCall {
	let commitment = commitment(chain, patient, Effect::Permit, opening);
	let sealed = chain.run(|| Sealed::next_sealed(patient));
	Seal::permit_sealed { sealed, commitment, until: end(chain, 2) }.into()
}

fn deny(chain: &mut Chain, patient: &PatientId, opening: &Opening<AccountId>) -> RuntimeCall {
	let commitment = commitment(chain, patient, Effect::Deny, opening);
	let sealed = chain.run(|| Sealed::next_sealed(patient));
	Seal::deny_sealed { sealed, commitment, until: Moment::MAX }.into()
}

fn question(patient: PatientId, labels: &[SensitivityLabel]) -> Question<AccountId> {
	Question {
		subject: patient,
		actor: Actor::Practitioner { who: account("Specialist"), organisation: CLINIC },
		purpose: Purpose::Treat,
		action: Action::Read,
		class: DataClass::Laboratory,
		labels: LabelSet::of(labels),
		data_time: None,
		at: None,
	}
}

const HIV: [SensitivityLabel; 1] = [SensitivityLabel::Hiv];

fn decide(
	chain: &mut Chain,
	question: &Question<AccountId>,
	openings: &[(SealedId, Opening<AccountId>)],
) -> Verdict {
	chain.run(|| Consent::decide_with(question, openings)).expect("answered")
}

const BY_DEFAULT: Verdict = Verdict::Deny(Reason::Default);

// --- what stands in a block ----------------------------------------------------------------------

/// Everything that the chain keeps, by key.
fn state() -> BTreeMap<Vec<u8>, Vec<u8>> {
	let mut found = BTreeMap::new();
	let mut key = Vec::new();
	while let Some(next) = sp_io::storage::next_key(&key) {
		let value = sp_io::storage::get(&next).map(|value| value.to_vec());
		found.insert(next.clone(), value.unwrap_or_default());
		key = next;
	}
	found
}

/// What a transaction leaves for everybody to read.
#[derive(Default)]
struct Left {
	extrinsics: Vec<Vec<u8>>,
	events: Vec<Vec<u8>>,
	/// Keys and values of what was written or removed, before and after.
	state: Vec<Vec<u8>>,
}

impl Left {
	fn all(&self) -> impl Iterator<Item = &Vec<u8>> {
		self.extrinsics.iter().chain(&self.events).chain(&self.state)
	}

	fn has(&self, needle: &[u8]) -> bool {
		self.all().any(|bytes| bytes.windows(needle.len()).any(|window| window == needle))
	}

	/// Remembers how `before` became `after`.
	fn changes(&mut self, before: &BTreeMap<Vec<u8>, Vec<u8>>, after: &BTreeMap<Vec<u8>, Vec<u8>>) {
		for (key, value) in before.iter().chain(after) {
			if before.get(key) != after.get(key) {
				self.state.extend([key.clone(), value.clone()]);
			}
		}
	}
}

/// `who` makes `call`, and with it a block of its own. What that leaves.
fn left_by(chain: &mut Chain, who: &str, call: impl Into<RuntimeCall>) -> Left {
	let mut left = Left::default();
	chain.next_block();
	let before = chain.run(state);
	let call = call.into();
	chain.run(|| {
		let extrinsic = sign(&pair(who), call.clone(), 0);
		left.extrinsics.push(extrinsic.encode());
		assert_eq!(Executive::apply_extrinsic(extrinsic), Ok(Ok(())), "{call:?}");
		left.events = System::events().iter().map(Encode::encode).collect();
	});
	let after = chain.run(state);
	left.changes(&before, &after);
	chain.next_block();
	let next = chain.run(state);
	left.changes(&after, &next);
	assert!(left.events.len() > 1 && left.state.len() > 4);
	left
}

/// What must not be found, by what it is.
fn secrets(opening: &Opening<AccountId>) -> Vec<(&'static str, Vec<u8>)> {
	let Scope { actions, purposes, classes, labels, data } = opening.content.scope;
	vec![
		("the organisation", CLINIC.to_le_bytes().to_vec()),
		("the organisation the other way round", CLINIC.to_be_bytes().to_vec()),
		("its administrator", account("Clinic").encode()),
		("the grantee", account("Specialist").encode()),
		("the grantee as it is sealed", opening.content.grantee.encode()),
		("the labels, before the data", (labels, data).encode()),
		("the labels, behind the classes", (purposes, classes, labels).encode()),
		("the scope", (actions, purposes, classes, labels, data).encode()),
		("the salt", opening.salt.to_vec()),
		("the opening", opening.encode()),
	]
}

#[test]
fn the_blocks_of_a_sealed_directive_tell_nothing_of_what_it_says() {
	let (mut chain, patient) = scene();
	flag(&mut chain, true);
	let opening = opening(&chain);
	let (permit, pot) = (permit(&mut chain, &patient, &opening), chain.run(Sponsorship::pot));
	let mut lives = vec![left_by(&mut chain, "Patient", permit)];
	let deny = deny(&mut chain, &patient, &opening);
	lives.push(left_by(&mut chain, "Patient", deny));
	lives.push(left_by(&mut chain, "Patient", Seal::revoke { sealed: 0 }));
	lives.push(left_by(&mut chain, "Patient", Seal::lift { sealed: 1 }));
	lives.push(left_by(&mut chain, "Patient", Seal::cancel_lift { sealed: 1 }));
	lives.push(left_by(&mut chain, "Patient", Seal::lift { sealed: 1 }));
	chain.pass_a_day();
	lives.push(left_by(&mut chain, "Patient", Seal::apply_lift { patient, sealed: 1 }));
	for (step, left) in lives.iter().enumerate() {
		for (what, needle) in secrets(&opening) {
			assert!(!left.has(&needle), "{what} stands in what step {step} left");
		}
		// Whoever registered the patient neither signs nor pays.
		assert!(!left.has(&account("Hospital").encode()), "step {step}");
		// The search finds what is there.
		assert!(left.has(&account("Patient").encode()) && left.has(patient.as_bytes()), "{step}");
	}
	let number = Sealed::next_sealed;
	assert_eq!(chain.run(|| number(&patient)), 2);
	// What costs something is paid by the pot for all, and nothing else: the patient has no tokens.
	assert!(lives[0].has(&pot.encode()) && lives[1].has(&pot.encode()));
	assert!(lives[0].has(&sealed_commitment(&mut chain, &patient, 0)));
}

/// The patient names `//Specialist` of the clinic, and `//Bob` who works nowhere, as helpers.
fn name_helpers(chain: &mut Chain) {
	let (dest, value) = (account("Patient").into(), 100 * UNIT);
	chain.succeed("Alice", pallet_balances::Call::transfer_keep_alive { dest, value });
	for helper in ["Specialist", "Bob"] {
		let proxy_type = configs::proxies::ProxyType::Tightening;
		let delegate = account(helper).into();
		chain.succeed("Patient", pallet_proxy::Call::add_proxy { delegate, proxy_type, delay: 0 });
	}
}

/// Whoever works at the clinic signs for the patient, with it, or by way of somebody else.
fn signed_with(helper: &'static str, call: &RuntimeCall) -> Vec<(&'static str, RuntimeCall)> {
	let boxed = |call: &RuntimeCall| Box::new(call.clone());
	let batch = |call: &RuntimeCall| {
		RuntimeCall::from(pallet_utility::Call::batch { calls: vec![call.clone()] })
	};
	let proxy = |call: &RuntimeCall| {
		let real = account("Patient").into();
		let call = boxed(call);
		RuntimeCall::from(pallet_proxy::Call::proxy { real, force_proxy_type: None, call })
	};
	let together = |threshold| {
		RuntimeCall::from(pallet_multisig::Call::as_multi {
			threshold,
			other_signatories: vec![account("Patient"), account(helper)],
			maybe_timepoint: None,
			call: boxed(call),
			max_weight: Default::default(),
		})
	};
	let announced = pallet_proxy::Call::proxy_announced {
		delegate: account(helper).into(),
		real: account("Patient").into(),
		force_proxy_type: None,
		call: boxed(call),
	};
	let derived = pallet_utility::Call::as_derivative { index: 0, call: boxed(&proxy(call)) };
	vec![
		(helper, proxy(call)),
		(helper, batch(&proxy(call))),
		(helper, proxy(&batch(call))),
		(helper, derived.into()),
		("Alice", together(2)),
		("Alice", batch(&together(3))),
		("Alice", announced.into()),
	]
}

/// Signer and fee payer tell as much as bytes do: whoever works there gets no such call into a block, however it is carried.
#[test]
fn beside_a_sealed_directive_nobody_signs_or_pays_who_works_at_a_flagged_organisation() {
	use crate::runtime::policy::signers::SignerRules;
	use pallet_sponsorship::SignedCalls;
	let (mut chain, patient) = scene();
	name_helpers(&mut chain);
	flag(&mut chain, true);
	let opening = opening(&chain);
	for _ in 0..2 {
		let call = permit(&mut chain, &patient, &opening);
		chain.succeed("Patient", call);
	}
	let call = deny(&mut chain, &patient, &opening);
	chain.succeed("Patient", call);
	chain.succeed("Patient", Seal::lift { sealed: 2 });
	let calls: [RuntimeCall; 2] =
		[Seal::revoke { sealed: 0 }.into(), Seal::cancel_lift { sealed: 2 }.into()];
	for call in &calls {
		for (signer, carrier) in signed_with("Specialist", call) {
			let refused = chain.refused(signer, carrier.clone());
			assert_eq!(refused, InvalidTransaction::Call.into(), "{signer}: {carrier:?}");
		}
		for (signer, carrier) in signed_with("Bob", call) {
			assert!(chain.run(|| SignerRules::may_sign(&account(signer), &carrier)), "{signer}");
		}
	}
	// A helper who works elsewhere stands in the block, and the clinic does not.
	for call in calls {
		let (_, carrier) = signed_with("Bob", &call).remove(0);
		let left = left_by(&mut chain, "Bob", carrier);
		for (what, needle) in secrets(&opening) {
			assert!(!left.has(&needle), "{what} stands in what {call:?} left");
		}
		assert!(left.has(&account("Bob").encode()));
	}
	let now = chain.now();
	let in_force = chain.run(|| Sealed::sealed(&patient, now)).expect("of the present");
	assert_eq!(in_force.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [1, 2]);

	// Anybody applies a lift, but for who works there; an ordinary organisation's staff is named beside the patient.
	chain.succeed("Patient", Seal::lift { sealed: 2 });
	chain.pass_a_day();
	let apply = Seal::apply_lift { patient, sealed: 2 };
	assert_eq!(chain.refused("Specialist", apply.clone()), InvalidTransaction::Call.into());
	let left = left_by(&mut chain, "Hospital", apply);
	assert!(left.has(&account("Hospital").encode()) && left.has(patient.as_bytes()));
}

/// Whoever registered the patient may be flagged afterwards. Its staff and its administrator stand in no such block either.
#[test]
fn a_registering_organisation_that_is_flagged_afterwards_signs_and_pays_nothing() {
	let (mut chain, patient) = scene();
	let org = chain.run(|| Registry::administers(&account("Hospital"))).expect("it is there");
	chain.succeed("Registrar", pallet_registry::Call::set_flag { org, flagged: true });
	let opening = opening(&chain);
	let call = permit(&mut chain, &patient, &opening);
	let left = left_by(&mut chain, "Patient", call);
	let call = deny(&mut chain, &patient, &opening);
	let denied = left_by(&mut chain, "Patient", call);
	for left in [left, denied] {
		assert!(!left.has(&account("Hospital").encode()));
	}
	chain.succeed("Patient", Seal::lift { sealed: 1 });
	chain.pass_a_day();
	let apply = Seal::apply_lift { patient, sealed: 1 };
	assert_eq!(chain.refused("Hospital", apply.clone()), InvalidTransaction::Call.into());
	chain.succeed("Patient", apply);
}

fn sealed_commitment(chain: &mut Chain, patient: &PatientId, id: SealedId) -> Vec<u8> {
	let found = chain.run(|| Sealed::sealed_directives(patient));
	let (_, directive) = found.into_iter().find(|(number, _)| *number == id).expect("it is kept");
	directive.commitment.encode()
}

/// The search finds each secret where it does stand: in plain directives, and in an opening that somebody publishes.
#[test]
fn the_same_search_finds_what_a_plain_directive_and_a_published_opening_tell() {
	let (mut chain, _) = scene();
	let opening = opening(&chain);
	let plain = chain.permit(grantee());
	let left = left_by(&mut chain, "Patient", plain);
	for (what, needle) in secrets(&opening) {
		let told = ["the organisation", "the grantee", "the grantee as it is sealed"];
		assert_eq!(left.has(&needle), told.contains(&what), "{what}");
	}
	for part in [&left.extrinsics, &left.state] {
		let found = |bytes: &Vec<u8>| bytes.windows(4).any(|window| window == CLINIC.to_le_bytes());
		assert!(part.iter().any(found), "in the extrinsic, and in the state");
	}

	let mut published = Left::default();
	let before = chain.run(state);
	chain.run(|| sp_io::storage::set(b"published", &opening.encode()));
	let after = chain.run(state);
	published.changes(&before, &after);
	chain.run(|| sp_io::storage::clear(b"published"));
	for (what, needle) in secrets(&opening) {
		let not_in_it = ["the organisation the other way round", "its administrator"];
		assert_eq!(published.has(&needle), !not_in_it.contains(&what), "{what}");
	}
	let remark = frame_system::Call::<Runtime>::remark { remark: opening.encode() };
	let extrinsic = chain.run(|| sign(&pair("Patient"), remark.into(), 0)).encode();
	let sent = Left { extrinsics: vec![extrinsic], ..Left::default() };
	assert!(sent.has(&opening.salt) && sent.has(&opening.content.scope.encode()));
	let mut names = Left::default();
	names.events.extend([account("Clinic").encode(), CLINIC.to_be_bytes().to_vec()]);
	assert!(names.has(&account("Clinic").encode()) && names.has(&CLINIC.to_be_bytes()));
}

// --- what follows --------------------------------------------------------------------------------

#[test]
fn a_flagged_clinic_reads_by_a_sealed_permit_until_it_is_revoked_which_is_free() {
	let (mut chain, patient) = scene();
	flag(&mut chain, true);
	// In plain it does not get as far as a block.
	let plain = chain.permit(grantee());
	assert_eq!(chain.refused("Patient", plain), InvalidTransaction::Call.into());

	let opening = opening(&chain);
	let call = permit(&mut chain, &patient, &opening);
	chain.succeed("Patient", call);
	let asked = question(patient, &HIV);
	let opened = [(0, opening.clone())];
	let let_in = Verdict::Permit(Basis::SealedDirective(0));
	assert_eq!(decide(&mut chain, &asked, &opened), let_in);
	assert_eq!(decide(&mut chain, &asked, &[]), BY_DEFAULT, "the chain itself knows nothing");
	let wrong = Opening { salt: [7; 32], ..opening };
	assert_eq!(decide(&mut chain, &asked, &[(0, wrong)]), BY_DEFAULT);
	let other = Question { actor: Actor::Organisation(CLINIC), ..asked.clone() };
	assert_eq!(decide(&mut chain, &other, &opened), BY_DEFAULT);

	let then = chain.now();
	chain.next_block();
	let pot = chain.run(|| Balances::free_balance(Sponsorship::pot()));
	chain.succeed("Patient", Seal::revoke { sealed: 0 });
	assert_eq!(decide(&mut chain, &asked, &opened), BY_DEFAULT, "in the same block");
	assert_eq!(chain.run(|| Balances::free_balance(Sponsorship::pot())), pot);
	assert!(chain.apply("Patient", Seal::revoke { sealed: 0 }).is_err(), "it cannot be repeated");
	chain.next_block();
	let past = Question { at: Some(then), ..asked };
	assert_eq!(decide(&mut chain, &past, &opened), let_in);
}

#[test]
fn a_sealed_denial_shuts_a_flagged_clinic_out_that_a_plain_permit_had_let_in() {
	let (mut chain, patient) = scene();
	let plain = chain.permit(grantee());
	chain.succeed("Patient", plain);
	flag(&mut chain, true);
	let unlabelled = question(patient, &[]);
	let let_in = Verdict::Permit(Basis::Directive(0));
	assert_eq!(decide(&mut chain, &unlabelled, &[]), let_in);
	chain.next_block();
	let opening = opening(&chain);
	let call = deny(&mut chain, &patient, &opening);
	chain.succeed("Patient", call);
	let unopened = Verdict::Deny(Reason::Sealed(0));
	assert_eq!(decide(&mut chain, &unlabelled, &[]), unopened);
	assert_eq!(decide(&mut chain, &question(patient, &HIV), &[]), unopened);
	// Whoever knows what it says: it is about labelled data alone.
	let opened = [(0, opening)];
	assert_eq!(decide(&mut chain, &unlabelled, &opened), let_in);
	let refused = Verdict::Deny(Reason::SealedDirective(0));
	assert_eq!(decide(&mut chain, &question(patient, &HIV), &opened), refused);
	let denied_at = chain.now();
	chain.next_block();

	// Lifting it takes a day, and changes nothing of what was; nor does what becomes of the flag.
	chain.succeed("Patient", Seal::lift { sealed: 0 });
	let early = chain.dispatch("Patient", Seal::apply_lift { patient, sealed: 0 });
	assert_eq!(early, Err(pallet_sealed::Error::<Runtime>::TooEarly.into()));
	assert_eq!(decide(&mut chain, &unlabelled, &[]), unopened);
	chain.pass_a_day();
	chain.succeed("Patient", Seal::apply_lift { patient, sealed: 0 });
	flag(&mut chain, false);
	let past = Question { at: Some(denied_at), ..unlabelled.clone() };
	assert_eq!(decide(&mut chain, &past, &[]), unopened);
	let before = Question { at: Some(denied_at - SLOT_DURATION / 1_000), ..unlabelled };
	assert_eq!(decide(&mut chain, &before, &[]), let_in);
}

#[test]
fn what_a_decider_needs_is_told_and_the_pure_crate_says_the_same() {
	use salus_consent_decision as decision;
	let (mut chain, patient) = scene();
	flag(&mut chain, true);
	let opening = opening(&chain);
	let call = permit(&mut chain, &patient, &opening);
	chain.succeed("Patient", call);
	let asked = question(patient, &HIV);
	let opened = [(0, opening)];
	let by_node = decide(&mut chain, &asked, &opened);
	let now = chain.now();
	chain.run(|| {
		let sealed = Sealed::sealed(&patient, now).expect("of the present");
		let who = account("Specialist");
		let context = decision::Context {
			question: &asked,
			at: now,
			state: salus_primitives::PatientState::Active,
			standing: decision::Standing {
				own_key: false,
				kinds: OrgKindSet::of(&[OrgKind::Provider]),
				roles: Registry::ask_roles(CLINIC, &who, now).expect("of the present"),
			},
			vetoes: &Consent::vetoes(&patient),
			directives: &Consent::directives(&patient),
			base: decision::BaseDecision::Unset,
			care: Default::default(),
			emergency: Default::default(),
			sealed: decision::Sealed {
				genesis: System::block_hash(0).0,
				flagged: &Registry::ask_refused_times(CLINIC, Some(&who)),
				directives: &sealed,
				openings: &[],
			},
		};
		assert!(!context.sealed.flagged.is_empty());
		assert_eq!(decision::decide(&context), BY_DEFAULT);
		assert_eq!(decision::decide_with(&context, &opened), by_node);
		assert!(by_node.is_permit());
		assert_ok!(Sealed::sealed(&patient, now - 1));
	});
}
