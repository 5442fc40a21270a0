//! Clocks: a time within which somebody has to act. Nothing that answers one can be paused, filtered or stopped
//! by safe mode, so that no silence is forced. Every moment that the chain keeps is listed here, so that a new
//! clock is noticed.

use crate::runtime::{
	policy::{
		inner_calls,
		pausing::{NeverPaused, SafeModeAllowList},
		policy,
		signers::SignerRules,
	},
	*,
};
use crate::{
	common::{calls::metadata, every_call, Chain},
	of_consensus::{CLOCKS, CLOCKS_OF_OTHERS},
};
use frame_metadata::v14::StorageEntryType;
use frame_support::traits::Contains;
use pallet_sponsorship::SignedCalls;
use pallet_tx_pause::Error;
use salus_primitives::policy::Clock::{self, *};
use scale_info::{form::PortableForm, Field, TypeDef, TypeDefPrimitive};
use std::collections::{BTreeMap, BTreeSet};

/// The pallets of ours: those of the SDK count blocks, see [`OF_THE_SDK`].
const OURS: [&str; 14] = [
	"Registry",
	"PatientIdentity",
	"Consent",
	"RecordAnchor",
	"Claims",
	"Care",
	"Emergency",
	"AccessLog",
	"Acknowledgement",
	"Sealed",
	"Research",
	"Sponsorship",
	"ValidatorSet",
	"Enactment",
];

/// The clocks of the SDK's pallets, and where they are set.
const OF_THE_SDK: [(Clock, &str); 5] = [
	(Motion, "Council.MotionDuration"),
	(Scheduled, "Scheduler.Agenda"),
	(TreasuryPayout, "Treasury.PayoutPeriod"),
	(SafeMode, "SafeMode.EnterDuration"),
	(Announcement, "Proxy.Proxies"),
];

/// What a moment, or a length of time, is.
enum Is {
	/// A clock ends there, or that long after it began.
	Ends(&'static [Clock]),
	/// It was agreed when it began, and can be moved at any time before: nobody has to answer.
	Term,
	/// It has been, or nothing ends there.
	Past,
	/// It is no time at all.
	Number,
}
use Is::*;

/// Every moment in the storage of our pallets, and every constant that could be one.
const MOMENTS: &[(&str, Is)] = &[
	// Registry: terms, and what was.
	("AffiliationInterval.ended", Past),
	("AffiliationInterval.from", Past),
	("AffiliationInterval.until", Term),
	("AgreementKey.since", Past),
	("ClientKeySet.since", Past),
	("FlagInterval.from", Past),
	("FlagInterval.until", Past),
	("Invitation.until", Term),
	("LastTerm.from", Past),
	("LastTerm.since", Past),
	("LastTerm.until", Term),
	("Licence.revoked", Past),
	("LicenceInterval.ended", Past),
	("LicenceInterval.from", Past),
	("LicenceInterval.until", Term),
	("Registry.MaxAffiliationTerm", Term),
	("Registry.MaxLicenceTerm", Term),
	("Registry.MaxRegistrarTerm", Term),
	("RegistrarTerm.ended", Past),
	("RegistrarTerm.from", Past),
	("RegistrarTerm.until", Term),
	// PatientIdentity: an entry that lies in the future is one that can still be stopped.
	("Key.from", Ends(&[KeyAddition])),
	("Key.until", Ends(&[KeyRemoval])),
	("Party.since", Past),
	("Patient.created_at", Past),
	("Patient.last_left_active", Past),
	("Patient.retires_from", Ends(&[Retirement])),
	("PatientIdentity.KeyDelay", Ends(&[KeyAddition, KeyRemoval, AgreementKeyRotation])),
	("PatientIdentity.MaxSignatureLife", Term),
	("PatientIdentity.RetirementDelay", Ends(&[Retirement])),
	("PatientIdentity.UnfreezeDelay", Ends(&[Unfreezing])),
	("Since.from", Ends(&[AgreementKeyRotation, Unfreezing])),
	// Consent.
	("Consent.Blocked", Past),
	("Consent.LiftDelay", Ends(&[Lift])),
	("Consent.MaxCareTerm", Term),
	("Consent.MaxPaymentTerm", Term),
	("Consent.MaxResearchTerm", Term),
	("Consent.RequestLife", Ends(&[AccessRequest])),
	("Access.erase_after", Term),
	("Access.until", Term),
	("BaseTerm.from", Past),
	("Directive.erase_after", Term),
	("Directive.period", Term),
	("Ended.at", Past),
	("HistoryPage.swept", Past),
	("PendingLift.ready_at", Ends(&[Lift])),
	("PendingLift.requested_at", Past),
	("PurposeVeto.from", Past),
	("PurposeVeto.until", Past),
	("Request.expires_at", Ends(&[AccessRequest])),
	("Scope.data", Term),
	// RecordAnchor.
	("Anchor.anchored_at", Past),
	("Answer.at", Past),
	("Dispute.due", Ends(&[DisputeAnswer])),
	("Dispute.raised_at", Past),
	("ErasureRequest.due", Ends(&[ErasureAnswer])),
	("ErasureRequest.requested_at", Past),
	("LegalHold.from", Past),
	("LegalHold.until", Ends(&[Retention])),
	("RecordAnchor.Acknowledgements", Past),
	("RecordAnchor.Commitments", Number),
	("RecordAnchor.DisputeExtension", Ends(&[DisputeAnswer])),
	("RecordAnchor.DisputeTime", Ends(&[DisputeAnswer])),
	("RecordAnchor.ErasureTime", Ends(&[ErasureAnswer])),
	("RecordAnchor.Extensions", Ends(&[Retention])),
	("RecordAnchor.Heads", Number),
	("RecordAnchor.MaxHold", Ends(&[Retention])),
	("RecordAnchor.MaxRetention", Ends(&[Retention])),
	("RecordAnchor.NextSeq", Number),
	("Refusal.at", Past),
	("RetentionTerms.emergency_summary", Ends(&[Retention])),
	("RetentionTerms.imaging", Ends(&[Retention])),
	("RetentionTerms.minor", Ends(&[Retention])),
	("RetentionTerms.standard", Ends(&[Retention])),
	("RetentionTerms.traceability", Ends(&[Retention])),
	("Retraction.at", Past),
	("Successor.at", Past),
	("Tombstone.at", Past),
	// Claims.
	("Claim.paused", Past),
	("Claim.submitted", Past),
	("ClaimState::InformationRequested.due", Ends(&[Information])),
	("ClaimState::InformationRequested.left", Ends(&[Decision])),
	("ClaimState::InformationRequested.since", Past),
	("ClaimState::Lapsed.at", Past),
	("ClaimState::Pended.due", Ends(&[Decision, Attestation])),
	("ClaimState::Settled.at", Past),
	("ClaimState::Voided.at", Past),
	("ClaimState::Waiting.since", Past),
	("Claims.MaxCoverageTerm", Term),
	("Claims.MaxEncounterTerm", Ends(&[EncounterClosing])),
	("Claims.MaxSignatureLife", Term),
	("Claims.MemberKeys", Number),
	("Claims.NextClaim", Number),
	("Claims.NextCoverage", Number),
	("Claims.NextEncounter", Number),
	("Claims.RekeyDelay", Ends(&[CoverageRekey])),
	("Claims.ServiceLines", Number),
	("Closing.at", Past),
	("Coverage.accepted", Past),
	("Coverage.period", Term),
	("Encounter.attested", Past),
	("Encounter.opened", Past),
	("NextKey.from", Ends(&[CoverageRekey])),
	("Terms.answer_time", Ends(&[Information])),
	("Terms.decision_time", Ends(&[Decision, Attestation])),
	("Terms.filing_limit", Ends(&[Filing])),
	("Terms.payment_time", Ends(&[Payment])),
	// Care: whoever does not use an invitation is invited again.
	("Care.InvitationLife", Term),
	("Care.MaxSignatureLife", Term),
	("Care.MaxTerm", Term),
	("Care.NextRelationship", Number),
	("Care.OptInDelay", Ends(&[Lift])),
	("Care.PolicyNotice", Term),
	("Invitation.expires_at", Term),
	("Invitation.made_at", Past),
	("OptOut.from", Past),
	("OptOut.until", Past),
	("PendingOptIn.ready_at", Ends(&[Lift])),
	("PendingOptIn.requested_at", Past),
	("PolicyTerm.from", Term),
	("Treatment.ended", Past),
	("Treatment.period", Term),
	// Emergency: credit comes back by itself, and what was not recorded in a day is written down elsewhere.
	("AdvanceTerm.from", Past),
	("Emergency.AccessLength", Term),
	("Emergency.CreditPeriod", Term),
	("Emergency.DisputeTime", Ends(&[EmergencyDispute])),
	("Emergency.LateWindow", Term),
	("Emergency.OwnReviewTime", Term),
	("Emergency.PenaltyPeriod", Term),
	("Emergency.RelaxDelay", Ends(&[Lift])),
	("Emergency.ReviewTime", Ends(&[EmergencyReview])),
	("Emergency.disputed_at", Past),
	("Emergency.recorded_at", Past),
	("Emergency.stopped_at", Past),
	("EmergencyAccess.period", Term),
	("Opinion.at", Past),
	("PendingRelaxation.ready_at", Ends(&[Lift])),
	("PendingRelaxation.requested_at", Past),
	// AccessLog.
	// A commit waits for the one before it, which has just answered the clock.
	("AccessLog.CommitInterval", Term),
	("AccessLog.Heartbeat", Ends(&[LogHeartbeat])),
	("AccessLog.MaxEntries", Number),
	("AccessLog.ReconciliationTime", Ends(&[Reconciliation])),
	("Attestation.at", Past),
	("Custodian.last_at", Past),
	("LogCommit.at", Past),
	// Acknowledgement.
	("Acknowledgement.Deadline", Ends(&[RevocationAcknowledgement])),
	("Acknowledgement.Since", Past),
	("Notice.due", Ends(&[RevocationAcknowledgement])),
	("Notice.revoked_at", Past),
	("NoticeState::Acknowledged.at", Past),
	("NoticeState::Overdue.marked_at", Past),
	// Sealed: pages, ends and lifts have the names of consent's.
	("Sealed.Grid", Number),
	("Sealed.LiftDelay", Ends(&[Lift])),
	("Sealed.MaxTerm", Term),
	("SealedDirective.period", Term),
	// Research.
	("AccessRequest.asked_at", Past),
	("Approval.ended", Past),
	("Approval.period", Term),
	("BudgetMotion.at", Past),
	("CommitteeRule.deliberation", Term),
	("Cosigned.at", Past),
	("Dataset.offered_at", Past),
	("Dataset.retired_at", Past),
	("Destruction.at", Past),
	("Outcome.at", Past),
	("Output.at", Past),
	("Permit.period", Term),
	("PermitEnd.at", Past),
	("Population.opened_at", Past),
	("Population.refused_at", Past),
	("Protocol.at", Past),
	("Query.reserved_at", Past),
	("QueryResult.at", Past),
	("Renewal.at", Past),
	("Renewal.until", Term),
	("Research.AcceptanceTime", Ends(&[TermsAcceptance])),
	// A term: what the committee has refused waits, and nobody has to answer meanwhile.
	("Research.BudgetDeliberation", Term),
	("Research.BudgetPause", Term),
	("Research.CloseOutTime", Ends(&[CloseOut])),
	// A part of the time to vote, which is the clock.
	("Research.CountTime", Term),
	("Research.EpochTime", Ends(&[WithdrawalEpoch])),
	("Research.MaxBudget", Number),
	("Research.MaxEpsilon", Number),
	("Research.MaxEthicsTerm", Term),
	("Research.MinDeliberation", Term),
	("Research.MinEpsilon", Number),
	("Research.QueryByCommitment", Number),
	("Research.RecusalTime", Term),
	// A term: a permit that is not renewed ends as it was agreed, and another can be asked for. A report that can be filed only from
	// then on has its clock in the grace.
	("Research.RenewalWindow", Term),
	("Research.ReportGrace", Ends(&[YearlyReport])),
	("Research.SignatureTime", Ends(&[InstitutionSignature])),
	("Research.VoteTime", Ends(&[CommitteeVote])),
	("Study.withdrawn_at", Past),
	("Version.at", Past),
	("Version.epoch_at", Past),
	("VersionFrom.from", Past),
	("Vote.at", Past),
	("YearlyReport.at", Past),
	// Sponsorship: an allowance comes back by itself.
	("Allowance.since", Past),
	("Sponsorship.FreeCallPriority", Number),
	// ValidatorSet counts sessions.
	("ValidatorSet.SessionLength", Number),
	// Enactment.
	("DelayTable.emergency", Ends(&[EnactmentDelay])),
	("DelayTable.parameter", Ends(&[EnactmentDelay])),
	("DelayTable.upgrade", Ends(&[EnactmentDelay])),
	("Enactment.ApprovalWindow", Ends(&[EnactmentApproval])),
	("Enactment.EnactmentWindow", Ends(&[EnactmentWindow])),
	("Enactment.MaxDelay", Ends(&[EnactmentDelay])),
	("Proposal.due", Ends(&[EnactmentDelay])),
	("Proposal.lapses", Ends(&[EnactmentApproval, EnactmentWindow])),
	("Proposal.proposed_at", Past),
	// The parts of an interval, which is listed where it stands.
	("Interval.from", Term),
	("Interval.until", Term),
];

/// Every moment that is stored, as `Type.field` or, where it stands alone, `Pallet.Item`; and every constant of 64 bits.
fn moments() -> BTreeSet<String> {
	let metadata = metadata();
	let types = &metadata.types;
	let ty = |id: u32| types.resolve(id).expect("known");
	let is_u64 = |id: u32| matches!(ty(id).type_def, TypeDef::Primitive(TypeDefPrimitive::U64));
	let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
	for pallet in metadata.pallets.iter().filter(|pallet| OURS.contains(&pallet.name.as_str())) {
		for constant in pallet.constants.iter().filter(|constant| is_u64(constant.ty.id)) {
			found.insert(format!("{}.{}", pallet.name, constant.name));
		}
		let entries = pallet.storage.iter().flat_map(|storage| &storage.entries);
		let constants = pallet.constants.iter().map(|constant| constant.ty.id);
		let mut left: Vec<u32> = constants.collect();
		for entry in entries {
			let value = match &entry.ty {
				StorageEntryType::Plain(value) => value.id,
				StorageEntryType::Map { value, .. } => value.id,
			};
			if is_u64(value) {
				found.insert(format!("{}.{}", pallet.name, entry.name));
			}
			left.push(value);
		}
		while let Some(id) = left.pop() {
			if !seen.insert(id) {
				continue;
			}
			let of = |fields: &[Field<PortableForm>], at: &str, found: &mut BTreeSet<String>| {
				fields
					.iter()
					.map(|field| {
						let said = field.type_name.as_deref().unwrap_or_default();
						if said.contains("Moment") || said == "Interval" {
							let name = field.name.as_deref().unwrap_or("0");
							found.insert(format!("{at}.{name}"));
						}
						field.ty.id
					})
					.collect::<Vec<_>>()
			};
			let ident = ty(id).path.ident().unwrap_or_default();
			match &ty(id).type_def {
				TypeDef::Composite(it) => left.extend(of(&it.fields, &ident, &mut found)),
				TypeDef::Variant(it) => {
					for variant in &it.variants {
						let at = format!("{ident}::{}", variant.name);
						left.extend(of(&variant.fields, &at, &mut found));
					}
				},
				TypeDef::Sequence(it) => left.push(it.type_param.id),
				TypeDef::Array(it) => left.push(it.type_param.id),
				TypeDef::Tuple(it) => left.extend(it.fields.iter().map(|field| field.id)),
				TypeDef::Compact(it) => left.push(it.type_param.id),
				TypeDef::Primitive(_) | TypeDef::BitSequence(_) => {},
			}
		}
	}
	found
}

/// The calls that answer each clock.
fn answers() -> BTreeMap<String, Vec<(String, RuntimeCall)>> {
	let mut answers = BTreeMap::<_, Vec<_>>::new();
	for (name, call) in every_call() {
		for clock in policy(&call).clocks {
			answers.entry(format!("{clock:?}")).or_default().push((name.clone(), call.clone()));
		}
	}
	answers
}

#[test]
fn every_moment_that_is_kept_is_a_clocks_or_nobodys() {
	let listed: BTreeSet<_> = MOMENTS.iter().map(|(name, _)| name.to_string()).collect();
	assert_eq!(listed.len(), MOMENTS.len(), "something is listed twice");
	let kept = moments();
	let missing: Vec<_> = kept.difference(&listed).collect();
	assert!(missing.is_empty(), "say which clock ends there, if any: {missing:#?}");
	let gone: Vec<_> = listed.difference(&kept).collect();
	assert!(gone.is_empty(), "there are no such moments: {gone:#?}");
}

#[test]
fn every_clock_is_kept_somewhere_and_answered_by_a_call() {
	let answers = answers();
	for clock in Clock::ALL {
		let ours =
			MOMENTS.iter().any(|(_, is)| matches!(is, Ends(clocks) if clocks.contains(clock)));
		let sdk = OF_THE_SDK.iter().chain(CLOCKS).any(|(of, _)| of == clock);
		if CLOCKS_OF_OTHERS.contains(clock) {
			assert!(!ours && !sdk && !answers.contains_key(&format!("{clock:?}")), "{clock:?}");
			continue;
		}
		assert!(ours != sdk, "{clock:?} ends nowhere, or in two places");
		assert!(answers.contains_key(&format!("{clock:?}")), "no call answers {clock:?}");
	}
	assert_eq!(answers.len() + CLOCKS_OF_OTHERS.len(), Clock::ALL.len());
}

#[test]
fn no_call_that_answers_a_clock_can_be_paused_filtered_or_stopped_by_safe_mode() {
	let council = |ayes| -> RuntimeOrigin {
		pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance1>::Members(ayes, 3)
			.into()
	};
	let technical = || -> RuntimeOrigin {
		pallet_collective::RawOrigin::<AccountId, pallet_collective::Instance2>::Members(3, 3)
			.into()
	};
	let mut chain = Chain::development();
	chain.run(|| {
		// Everything is stopped that can be.
		for (name, call) in every_call() {
			let (pallet, function) = name.split_once('.').expect("a pallet and a call");
			let bytes = |text: &str| text.as_bytes().to_vec().try_into().expect("short");
			let full = (bytes(pallet), bytes(function));
			let answers = !policy(&call).clocks.is_empty();
			assert!(!answers || NeverPaused::contains(&full), "{name} could be paused");
			for origin in [technical(), council(3)] {
				let paused = TxPause::pause(origin, full.clone());
				assert!(
					!answers || paused == Err(Error::<Runtime>::Unpausable.into()),
					"{name} was paused"
				);
			}
		}
		pallet_safe_mode::EnteredUntil::<Runtime>::put(System::block_number() + 1);
		for (clock, calls) in answers() {
			for (name, call) in calls {
				// Whoever signs it, unless it names a patient anew (0010): then a colleague signs.
				let anybody = AccountId::new([1; 32]);
				let by_node = policy(&call).signer == salus_primitives::policy::Signer::Node;
				let signed = SignerRules::may_sign(&anybody, &call);
				assert_ne!(signed, by_node, "{clock}: {name}");
				let named = SignerRules::weight(&call).ref_time() > 0;
				let colleague = ["Claims.attest_for", "Acknowledgement.acknowledge"];
				assert!(
					!named || colleague.contains(&name.as_str()),
					"{clock}: {name} names a patient"
				);
				assert!(SafeModeAllowList::contains(&call), "{clock}: {name} is shut in safe mode");
				// A carrier of zeros carries what nobody may make.
				let open = <Runtime as frame_system::Config>::BaseCallFilter::contains(&call);
				assert!(open || !inner_calls(&call).is_empty(), "{clock}: {name} is filtered");
			}
		}
		pallet_safe_mode::EnteredUntil::<Runtime>::kill();
	});
}
