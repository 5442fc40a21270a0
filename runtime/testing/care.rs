//! Care by default, emergencies and access logs, through real blocks: by people without tokens, with the network's
//! policies of calls.

use crate::common::{account, pair, Chain};
use crate::runtime::*;
use frame_support::assert_ok;
use pallet_access_log::Call as Log;
use pallet_care::{messages, Call as Relate, RelationshipKind};
use pallet_consent::{Actor, LawfulCode, Question, Reason, Verdict};
use pallet_emergency::{Call as Glass, Finding, Outcome};
use pallet_enactment::{Catalogue, EnactmentClass};
use salus_primitives::{
	time::{DAY, HOUR},
	Action, AdvanceDirective, CarePolicy, DataClass, DataClassSet, EmergencyReason, LabelSet,
	OrgId, OrgKind, OrgKindSet, PatientId, Purpose, Role, SensitivityLabel, Towards,
};
use sp_core::{Pair, H256};
use sp_runtime::transaction_validity::InvalidTransaction;

/// A hospital with a clinician and a privacy officer who hold no tokens, and its patient.
pub(crate) fn scene() -> (Chain, OrgId, PatientId) {
	let (mut chain, org, patient) = Chain::with_patient();
	let (kind, until) = (OrgKind::Provider, chain.now() + 500 * DAY);
	chain.succeed("Registrar", pallet_registry::Call::renew { org, kind, until });
	for (name, role) in [("Doctor", Role::Clinician), ("Officer", Role::PrivacyOfficer)] {
		join(&mut chain, "Hospital", org, name, role);
	}
	(chain, org, patient)
}

fn join(chain: &mut Chain, admin: &str, org: OrgId, name: &str, role: Role) {
	let until = chain.now() + 500 * DAY;
	chain.employ(org, admin, name, role, until);
	assert_eq!(chain.run(|| Balances::free_balance(account(name))), 0);
}

fn question(org: OrgId, patient: PatientId, purpose: Purpose) -> Question<AccountId> {
	Question {
		subject: patient,
		actor: Actor::Practitioner { who: account("Doctor"), organisation: org },
		purpose,
		action: Action::Read,
		class: DataClass::Laboratory,
		labels: LabelSet::EMPTY,
		data_time: None,
		at: None,
	}
}

fn ask(chain: &mut Chain, org: OrgId, patient: PatientId, purpose: Purpose) -> Verdict {
	chain.run(|| Consent::decide(&question(org, patient, purpose))).expect("answered")
}

const BY_DEFAULT: Verdict = Verdict::Deny(Reason::Default);

fn lawful(relationship: u64) -> Verdict {
	Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(relationship))
}

#[test]
fn a_patient_who_never_signed_a_directive_is_treated_and_opts_out_for_nothing() {
	let (mut chain, organisation, patient) = scene();
	assert_eq!(ask(&mut chain, organisation, patient, Purpose::Treat), BY_DEFAULT);
	let until = chain.now() + 60 * DAY;
	chain.succeed("Patient", Relate::invite { organisation, until });
	let kind = RelationshipKind::Admission;
	chain.succeed("Doctor", Relate::open { organisation, patient, kind, until });
	assert_eq!(ask(&mut chain, organisation, patient, Purpose::Treat), lawful(0));
	let labelled = Question {
		labels: LabelSet::of(&[SensitivityLabel::Hiv]),
		..question(organisation, patient, Purpose::Treat)
	};
	assert_eq!(chain.run(|| Consent::decide(&labelled)), Ok(BY_DEFAULT));

	// Out, in the same block, and without a fee on anybody.
	let pot = chain.run(|| Balances::free_balance(Sponsorship::pot()));
	chain.succeed("Patient", Relate::opt_out {});
	assert_eq!(ask(&mut chain, organisation, patient, Purpose::Treat), BY_DEFAULT);
	assert_eq!(chain.run(|| Balances::free_balance(Sponsorship::pot())), pot);
	// It is free once, and nobody pays for it again.
	let refused = chain.refused("Patient", Relate::opt_out {});
	assert_eq!(refused, InvalidTransaction::Custom(160).into());
	chain.next_block();
	let refused = chain.dispatch("Doctor", Relate::open { organisation, patient, kind, until });
	assert_eq!(refused, Err(pallet_care::Error::<Runtime>::OptedOut.into()));
}

/// Whoever opts out while a return waits means to stay out, and pays nothing for it.
#[test]
fn opting_out_while_a_return_waits_calls_it_off_for_nothing() {
	let (mut chain, _, patient) = scene();
	let towards = Towards::Everybody;
	chain.succeed("Patient", Relate::opt_out {});
	chain.succeed("Patient", Relate::opt_in { towards });
	let pot = chain.run(|| Balances::free_balance(Sponsorship::pot()));
	chain.succeed("Patient", Relate::opt_out {});
	assert_eq!(chain.run(|| Balances::free_balance(Sponsorship::pot())), pot);
	chain.pass_a_day();
	let refused = chain.dispatch("Alice", Relate::apply_opt_in { patient, towards });
	assert_eq!(refused, Err(pallet_care::Error::<Runtime>::NotFound.into()));
}

/// Whoever has stolen a key invites an accomplice; the owner freezes and thaws.
#[test]
fn an_invitation_from_before_a_freeze_opens_nothing_after_the_thaw() {
	let (mut chain, organisation, patient) = scene();
	let until = chain.now() + 60 * DAY;
	chain.succeed("Patient", Relate::invite { organisation, until });
	chain.next_block();
	chain.succeed("Patient", pallet_patient_identity::Call::freeze {});
	chain.next_block();
	chain.succeed("Patient", pallet_patient_identity::Call::unfreeze {});
	chain.pass_a_day();
	let kind = RelationshipKind::Admission;
	let open = Relate::open { organisation, patient, kind, until };
	let refused = chain.dispatch("Doctor", open.clone());
	assert_eq!(refused, Err(pallet_care::Error::<Runtime>::InvitationStopped.into()));
	chain.succeed("Patient", Relate::invite { organisation, until });
	chain.succeed("Doctor", open);
}

/// In the block of the patient's base decision, and without a fee on anybody; the way back takes a day and anybody's call.
#[test]
fn a_base_decision_of_deny_stops_the_care_team_in_the_same_block_for_nothing() {
	use pallet_consent::{BaseDecision, Call as Con, LiftTarget};
	let (mut chain, organisation, patient) = scene();
	let until = chain.now() + 60 * DAY;
	chain.succeed("Patient", Relate::invite { organisation, until });
	let kind = RelationshipKind::Admission;
	chain.succeed("Doctor", Relate::open { organisation, patient, kind, until });
	assert_eq!(ask(&mut chain, organisation, patient, Purpose::Treat), lawful(0));
	let pot = chain.run(|| Balances::free_balance(Sponsorship::pot()));
	chain.succeed("Patient", Con::set_base_decision { decision: BaseDecision::Deny });
	assert_eq!(ask(&mut chain, organisation, patient, Purpose::Treat), BY_DEFAULT);
	assert_eq!(chain.run(|| Balances::free_balance(Sponsorship::pot())), pot);
	let again = Con::set_base_decision { decision: BaseDecision::Deny };
	assert!(chain.apply("Patient", again).is_err(), "it cannot be repeated");
	let denied_at = chain.now();

	chain.succeed("Patient", Con::relax_base_decision { decision: BaseDecision::Unset });
	let target = LiftTarget::BaseDecision(BaseDecision::Unset);
	chain.pass_a_day();
	assert_eq!(ask(&mut chain, organisation, patient, Purpose::Treat), BY_DEFAULT);
	chain.succeed("Bob", Con::apply_lift { patient, target });
	assert_eq!(ask(&mut chain, organisation, patient, Purpose::Treat), lawful(0));
	let then = Question { at: Some(denied_at), ..question(organisation, patient, Purpose::Treat) };
	assert_eq!(chain.run(|| Consent::decide(&then)), Ok(BY_DEFAULT));
}

#[test]
fn what_the_patient_signed_at_the_desk_opens_one_relationship_and_none_after_its_end() {
	let (mut chain, organisation, patient) = scene();
	// The block before the first one has no hash here.
	chain.next_block();
	let (until, expiry) = (chain.now() + 30 * DAY, chain.now() + HOUR);
	let word = |chain: &mut Chain, id| word(chain, organisation, patient, (until, expiry), id);
	let first = word(&mut chain, 0);
	chain.succeed("Doctor", first.clone());
	assert_eq!(ask(&mut chain, organisation, patient, Purpose::Treat), lawful(0));
	let (second, ahead) = (word(&mut chain, 1), word(&mut chain, 2));
	chain.succeed("Patient", Relate::end { relationship: 0 });
	for used_or_void in [first, second] {
		let refused = chain.dispatch("Doctor", used_or_void);
		assert_eq!(refused, Err(pallet_care::Error::<Runtime>::WrongId.into()));
	}
	// What was wrong: the number that is due can be told in advance.
	chain.next_block();
	let refused = chain.dispatch("Doctor", ahead);
	assert_eq!(refused, Err(pallet_care::Error::<Runtime>::WordVoid.into()));
	assert_eq!(ask(&mut chain, organisation, patient, Purpose::Treat), BY_DEFAULT);
	let anew = word(&mut chain, 2);
	chain.succeed("Doctor", anew);
	assert_eq!(ask(&mut chain, organisation, patient, Purpose::Treat), lawful(1));
}

/// What `//Patient` signs at the desk now, with what was asked of the chain.
fn word(
	chain: &mut Chain,
	organisation: OrgId,
	patient: PatientId,
	(until, expiry): (u64, u64),
	id: u32,
) -> Relate<Runtime> {
	let kind = RelationshipKind::Admission;
	let (block, message) = chain.run(|| {
		let block = System::block_number() - 1;
		let seen = (block, System::block_hash(block));
		let genesis = System::block_hash(0);
		let message =
			messages::open_for(&genesis, organisation, &patient, kind, until, id, &seen, expiry);
		(block, message)
	});
	let signature = pair("Patient").sign(&message).into();
	let key = account("Patient");
	Relate::open_for { organisation, key, kind, until, id, block, expiry, signature }
}

/// Whoever had the unlocked phone for a minute signs for an accomplice, dated ahead; the owner freezes and thaws.
#[test]
fn a_word_from_before_a_freeze_opens_nothing_after_the_thaw() {
	let (mut chain, organisation, patient) = scene();
	let until = chain.now() + 60 * DAY;
	let expiry = chain.now() + 26 * HOUR;
	chain.next_block();
	let stolen = word(&mut chain, organisation, patient, (until, expiry), 0);
	chain.succeed("Patient", pallet_patient_identity::Call::freeze {});
	chain.next_block();
	chain.succeed("Patient", pallet_patient_identity::Call::unfreeze {});
	chain.pass_a_day();
	let refused = chain.dispatch("Doctor", stolen);
	assert_eq!(refused, Err(pallet_care::Error::<Runtime>::WordVoid.into()));
	let own = word(&mut chain, organisation, patient, (until, expiry), 0);
	chain.succeed("Doctor", own);
}

fn break_glass(organisation: OrgId, patient: PatientId) -> Glass<Runtime> {
	Glass::break_glass {
		organisation,
		patient,
		reason: EmergencyReason::UrgentCare,
		classes: DataClassSet::ALL,
		detail: H256::repeat_byte(7),
	}
}

#[test]
fn an_emergency_at_night_is_reviewed_the_next_morning_and_the_patient_reads_who_looked() {
	let (mut chain, org, patient) = scene();
	chain.succeed("Doctor", break_glass(org, patient));
	assert_eq!(ask(&mut chain, org, patient, Purpose::Btg), Verdict::Emergency(0));
	assert_eq!(ask(&mut chain, org, patient, Purpose::Treat), BY_DEFAULT);
	for _ in 0..8 {
		chain.advance(3_600_000);
	}
	chain.next_block();
	assert_eq!(ask(&mut chain, org, patient, Purpose::Btg), BY_DEFAULT);
	let review = |finding| Glass::review { acting_for: org, emergency: 0, finding };
	let refused = chain.dispatch("Doctor", review(Finding::Justified));
	assert_eq!(refused, Err(pallet_emergency::Error::<Runtime>::OwnEmergency.into()));
	chain.succeed("Officer", review(Finding::Justified));
	let seen = chain.run(|| Emergency::emergencies_of_patient(&patient, 0));
	assert_eq!(seen.len(), 1);
	assert_eq!(seen[0].emergency.access.who, account("Doctor"));
	assert_eq!(seen[0].outcome, Outcome::Found(Finding::Justified));
	// Both free.
	let pot = chain.run(|| Balances::free_balance(Sponsorship::pot()));
	chain.succeed("Patient", Glass::dispute { emergency: 0 });
	let value = AdvanceDirective::NoEmergency;
	chain.succeed("Patient", Glass::set_advance_directive { value });
	assert_eq!(chain.run(|| Balances::free_balance(Sponsorship::pot())), pot);
	let refused = chain.dispatch("Doctor", break_glass(org, patient));
	assert_eq!(refused, Err(pallet_emergency::Error::<Runtime>::Excluded.into()));
}

/// What was wrong: the signer who broke the glass by a derived account found it justified by its own, or by a proxy or a
/// multisignature with another.
#[test]
fn emergencies_are_declared_and_judged_in_person() {
	use pallet_proxy::Call as Delegated;
	let (mut chain, organisation, patient) = scene();
	chain.succeed("Doctor", break_glass(organisation, patient));
	let (emergency, acting_for, finding) = (0, organisation, Finding::Justified);
	let review: Glass<Runtime> = Glass::review { acting_for, emergency, finding };
	let late: Glass<Runtime> = Glass::break_glass_late {
		organisation,
		patient,
		reason: EmergencyReason::UrgentCare,
		classes: DataClassSet::ALL,
		happened_at: chain.now(),
		detail: H256::repeat_byte(7),
	};
	let calls: [RuntimeCall; 4] = [
		break_glass(organisation, patient).into(),
		late.into(),
		review.clone().into(),
		Glass::<Runtime>::rule { acting_for, emergency, finding }.into(),
	];
	let batch = |calls| RuntimeCall::from(pallet_utility::Call::batch_all { calls });
	for call in calls.into_iter().flat_map(|call| [call.clone(), batch(vec![call])]) {
		let (call, other_signatories) = (Box::new(call), vec![account("Bob")]);
		let (real, delegate) = (Address::from(account("Officer")), account("Bob").into());
		let (force_proxy_type, maybe_timepoint) = (Some(configs::proxies::ProxyType::Any), None);
		type Motion = pallet_collective::Call<Runtime, pallet_collective::Instance1>;
		let carriers: [RuntimeCall; 8] = [
			Motion::propose { threshold: 2, proposal: call.clone(), length_bound: 1_000 }.into(),
			Motion::execute { proposal: call.clone(), length_bound: 1_000 }.into(),
			pallet_scheduler::Call::schedule_after {
				after: 1,
				maybe_periodic: None,
				priority: 0,
				call: call.clone(),
			}
			.into(),
			pallet_utility::Call::as_derivative { index: 0, call: call.clone() }.into(),
			Delegated::proxy { real: real.clone(), force_proxy_type, call: call.clone() }.into(),
			Delegated::proxy_announced { delegate, real, force_proxy_type, call: call.clone() }
				.into(),
			pallet_multisig::Call::as_multi_threshold_1 {
				other_signatories: other_signatories.clone(),
				call: call.clone(),
			}
			.into(),
			pallet_multisig::Call::as_multi {
				threshold: 2,
				other_signatories,
				maybe_timepoint,
				call,
				max_weight: Default::default(),
			}
			.into(),
		];
		for carrier in carriers.into_iter().flat_map(|one| [one.clone(), batch(vec![one])]) {
			for who in ["Doctor", "Officer", "Hospital"] {
				let refused = chain.refused(who, carrier.clone());
				assert_eq!(refused, InvalidTransaction::Call.into(), "{who}: {carrier:?}");
			}
		}
	}
	// A batch is its signer's own act; it is not sponsored.
	let (dest, value) = (account("Officer").into(), 10 * money::UNIT);
	chain.succeed("Alice", pallet_balances::Call::transfer_keep_alive { dest, value });
	chain.succeed("Officer", batch(vec![review.into()]));
	let found = chain.run(|| Emergency::outcome_at(0, Timestamp::get() / 1_000));
	assert_eq!(found, Some(Outcome::Found(Finding::Justified)));
}

/// It would fail, and be paid from what is there for emergencies.
#[test]
fn an_emergency_for_no_class_of_data_is_refused_before_a_block() {
	let (mut chain, organisation, patient) = scene();
	for classes in [DataClassSet::EMPTY, DataClassSet(1 << 31)] {
		let detail = H256::repeat_byte(7);
		let reason = EmergencyReason::UrgentCare;
		let happened_at = chain.now();
		let calls: [Glass<Runtime>; 2] = [
			Glass::break_glass { organisation, patient, reason, classes, detail },
			Glass::break_glass_late { organisation, patient, reason, classes, happened_at, detail },
		];
		for call in calls {
			assert_eq!(chain.refused("Doctor", call), InvalidTransaction::Call.into());
		}
	}
}

#[test]
fn a_licence_that_was_suspended_is_told_from_one_that_never_was() {
	let (mut chain, org, patient) = scene();
	let kind = OrgKind::Provider;
	// The registry ends no licence in the second in which it began.
	chain.advance(SLOT_DURATION);
	chain.succeed("Registrar", pallet_registry::Call::suspend { org, kind });
	// The suspended organisation's budget pays for nothing, so its clinician pays.
	chain.succeed(
		"Alice",
		pallet_balances::Call::transfer_keep_alive {
			dest: account("Doctor").into(),
			value: 100 * money::UNIT,
		},
	);
	let refused = chain.dispatch("Doctor", break_glass(org, patient));
	assert_eq!(refused, Err(pallet_emergency::Error::<Runtime>::LicenceStopped.into()));
}

/// Nobody chooses where an emergency happens; everything else that would tie a patient to such an organisation is
/// refused before a block.
#[test]
fn a_flagged_organisation_breaks_the_glass_and_has_no_relationship_in_plain() {
	let (mut chain, organisation, patient) = scene();
	let until = chain.now() + DAY;
	let kind = RelationshipKind::Ambulatory;
	chain.succeed("Patient", Relate::invite { organisation, until });
	chain.succeed("Doctor", Relate::open { organisation, patient, kind, until });
	let towards = Towards::Organisation(organisation);
	let flag = pallet_registry::Call::set_flag { org: organisation, flagged: true };
	chain.succeed("Registrar", flag);
	for (who, call) in [
		("Patient", Relate::invite { organisation, until }),
		("Patient", Relate::opt_out_of { organisation }),
		("Patient", Relate::opt_in { towards }),
		("Doctor", Relate::open { organisation, patient, kind, until }),
	] {
		assert_eq!(chain.refused(who, call), InvalidTransaction::Call.into());
	}
	// Nor does anybody tie it there by an emergency that must fail: for ever in a block, signed by the clinic's staff or not.
	let emergency: RuntimeCall = break_glass(organisation, patient).into();
	let batch = |calls| RuntimeCall::from(pallet_utility::Call::batch { calls });
	for who in ["Bob", "Officer", "Hospital", "Patient"] {
		for call in [emergency.clone(), batch(vec![batch(vec![emergency.clone()])])] {
			assert_eq!(chain.refused(who, call), InvalidTransaction::Call.into(), "{who}");
		}
	}
	chain.succeed("Doctor", break_glass(organisation, patient));
	assert_eq!(ask(&mut chain, organisation, patient, Purpose::Btg), Verdict::Emergency(0));
	// What stands in the state ends by its number.
	chain.succeed(
		"Officer",
		Glass::review { acting_for: organisation, emergency: 0, finding: Finding::Unjustified },
	);
	// Under another's number it would name itself beside a patient.
	let stranger = Relate::end_for { organisation, relationship: 7 };
	assert_eq!(chain.refused("Officer", stranger), InvalidTransaction::Call.into());
	let own = Relate::end_for { organisation, relationship: 0 };
	chain.succeed("Officer", own.clone());
	let again = chain.dispatch("Officer", own);
	assert_eq!(again, Err(pallet_care::Error::<Runtime>::AlreadyEnded.into()));
	// Nor is a patient sent there.
	let signature = sp_core::sr25519::Signature::from_raw([0; 64]).into();
	let (key, expiry) = (account("Patient"), until);
	let refer =
		Relate::refer { from: 0, to: organisation, key, until, id: 0, block: 0, expiry, signature };
	assert_eq!(chain.refused("Bob", refer), InvalidTransaction::Call.into());
}

/// Its time counts on, so that it could come to pass as soon as the flag falls.
#[test]
fn a_return_to_an_organisation_that_was_flagged_meanwhile_is_not_applied_and_is_called_off() {
	let (mut chain, organisation, patient) = scene();
	let towards = Towards::Organisation(organisation);
	chain.succeed("Patient", Relate::opt_out_of { organisation });
	chain.succeed("Patient", Relate::opt_in { towards });
	chain.pass_a_day();
	let flag = |flagged| pallet_registry::Call::set_flag { org: organisation, flagged };
	chain.succeed("Registrar", flag(true));
	let apply = Relate::apply_opt_in { patient, towards };
	assert_eq!(chain.refused("Bob", apply.clone()), InvalidTransaction::Call.into());
	chain.succeed("Patient", Relate::cancel_opt_in { towards });
	chain.succeed("Registrar", flag(false));
	let applied = chain.dispatch("Bob", apply);
	assert_eq!(applied, Err(pallet_care::Error::<Runtime>::NotFound.into()));
}

#[test]
fn the_care_policy_is_roots_and_in_the_catalogue_as_a_parameter() {
	let (mut chain, organisation, patient) = scene();
	let until = chain.now() + 90 * DAY;
	chain.succeed("Patient", Relate::invite { organisation, until });
	let kind = RelationshipKind::PrimaryCare;
	chain.succeed("Doctor", Relate::open { organisation, patient, kind, until });
	let policy = CarePolicy::ConsentOnly;
	let call: RuntimeCall = Relate::set_policy { policy }.into();
	let refused = chain.dispatch("Alice", call.clone());
	assert_eq!(refused, Err(sp_runtime::DispatchError::BadOrigin));
	let class = configs::governance::RootCatalogue::class(&call);
	assert_eq!(class, Some(EnactmentClass::Parameter));
	assert_ok!(chain.run(|| Care::set_policy(RuntimeOrigin::root(), policy)));
	assert_eq!(ask(&mut chain, organisation, patient, Purpose::Treat), lawful(0));
	for _ in 0..30 {
		chain.advance(86_400_000);
	}
	assert_eq!(ask(&mut chain, organisation, patient, Purpose::Treat), BY_DEFAULT);
}

#[test]
fn a_custodian_that_skips_two_days_is_seen() {
	let (mut chain, organisation, _) = scene();
	commit(&mut chain, "Hospital", organisation, 0, 10);
	let stale = |chain: &mut Chain| {
		let now = chain.now();
		chain.run(|| AccessLog::was_stale(organisation, now))
	};
	assert_eq!(stale(&mut chain), Some(false));
	chain.pass_a_day();
	assert_eq!(stale(&mut chain), Some(false), "some seconds late is no day without a commit");
	chain.pass_a_day();
	assert_eq!(stale(&mut chain), Some(true));
	commit(&mut chain, "Hospital", organisation, 10, 10);
	assert_eq!(stale(&mut chain), Some(false));
}

/// `who` commits to the entries `from` to just before `until`.
fn commit(chain: &mut Chain, who: &str, organisation: OrgId, seq_from: u64, seq_until: u64) {
	let previous = head(chain, organisation);
	let root = H256::repeat_byte(u8::from(seq_from < seq_until));
	chain.succeed(who, Log::commit { organisation, seq_from, seq_until, root, previous });
}

fn head(chain: &mut Chain, organisation: OrgId) -> H256 {
	let found = chain.run(|| AccessLog::custodian(organisation));
	found.map_or(H256::zero(), |custodian| custodian.head)
}

/// Whoever empties the administrator's account (by emergencies, or by spending) silences no log.
#[test]
fn a_steward_without_tokens_of_an_administrator_without_tokens_commits_and_begins_anew() {
	let (mut chain, organisation, _) = scene();
	join(&mut chain, "Hospital", organisation, "Steward", Role::DataSteward);
	chain.succeed(
		"Hospital",
		pallet_balances::Call::transfer_all { dest: account("Alice").into(), keep_alive: true },
	);
	commit(&mut chain, "Steward", organisation, 0, 10);
	let previous = head(&mut chain, organisation);
	let anew = Log::begin_anew { organisation, previous };
	let refused = chain.dispatch("Steward", anew.clone());
	assert_eq!(refused, Err(pallet_access_log::Error::<Runtime>::TooSoon.into()));
	chain.advance(600_000);
	chain.next_block();
	chain.succeed("Steward", anew);
	let stands = chain.run(|| AccessLog::custodian(organisation)).expect("it has committed");
	assert_eq!((stands.commits, stands.epoch, stands.entries, stands.unpaid), (2, 1, 0, 2));
}

/// Another hospital's clinician writes a record about a patient whom that hospital did not register: within a
/// relationship, or in an emergency.
#[test]
fn a_relationship_and_an_emergency_let_somebody_write_a_record_about_the_patient() {
	let (mut chain, _, patient) = scene();
	let (kinds, until) = (OrgKindSet::of(&[OrgKind::Provider]), chain.now() + 300 * DAY);
	let organisation = chain.organisation("Clinic", kinds, until);
	join(&mut chain, "Clinic", organisation, "Specialist", Role::Clinician);
	let anchor = |fill| pallet_record_anchor::Call::anchor {
		org: organisation,
		commitment: H256::repeat_byte(fill),
		form: salus_primitives::commitment::Form::Bytes,
		subject: Some(patient),
		previous: None,
		retention: pallet_record_anchor::RetentionClass::Standard,
	};
	let unrelated: Result<(), sp_runtime::DispatchError> =
		Err(pallet_record_anchor::Error::<Runtime>::NotRelated.into());
	assert_eq!(chain.dispatch("Specialist", anchor(1)), unrelated);
	chain.succeed("Specialist", break_glass(organisation, patient));
	chain.succeed("Specialist", anchor(2));
	for _ in 0..5 {
		chain.advance(3_600_000);
	}
	chain.next_block();
	assert_eq!(chain.dispatch("Specialist", anchor(3)), unrelated);
	let until = chain.now() + DAY;
	chain.succeed("Patient", Relate::invite { organisation, until });
	let kind = RelationshipKind::Ambulatory;
	chain.succeed("Specialist", Relate::open { organisation, patient, kind, until });
	chain.succeed("Specialist", anchor(4));
}
