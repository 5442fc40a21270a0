//! What one pallet may ask of another.

use crate::{
	AdvanceDirective, CapabilitySet, CarePolicy, DataClassSet, DirectiveId, EmergencyAccess,
	EmergencyId, Interval, KeyPurposeSet, Moment, OptOut, OrgId, OrgKind, OrgKindSet, Party,
	PatientId, PatientState, RelationshipId, Role, RoleSet, SealedId, Treatment,
};
use alloc::{vec, vec::Vec};
use sp_runtime::DispatchResult;

/// Whether an organisation was licensed, and how that was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Licensed {
	/// Whether it was.
	pub then: bool,
	/// Whether the history of a licence was read for it, or may have been.
	pub from_history: bool,
}

/// Who may act in a professional capacity. Answered by the registry.
pub trait Credentials<AccountId> {
	/// Whether `org` held a licence of `kind` at `at`.
	fn was_licensed(org: OrgId, kind: OrgKind, at: Moment) -> bool;

	/// Whether `org` held a licence of one of `kinds` at `at`, and how that was found: by that the calls are weighed that ask
	/// about a moment which is not now. They are looked at in the order of `kinds`.
	///
	/// Here every history may have been read. Whoever keeps the last time under each licence beside them tells when that was enough.
	fn was_licensed_as_any(org: OrgId, kinds: &[OrgKind], at: Moment) -> Licensed {
		let then = kinds.iter().any(|kind| Self::was_licensed(org, *kind, at));
		Licensed { then, from_history: true }
	}

	/// The kinds for which `org` held a licence at `at`.
	fn licensed_kinds(org: OrgId, at: Moment) -> OrgKindSet;

	/// The index of the licence interval of `kind` that `org` held at `at`.
	fn licence_interval(org: OrgId, kind: OrgKind, at: Moment) -> Option<u32>;

	/// Whether a licence of one of `kinds` that `org` holds was suspended or revoked at `at`, before its time.
	fn was_stopped(_org: OrgId, _kinds: OrgKindSet, _at: Moment) -> bool {
		false
	}

	/// Whether `who` was affiliated to `org` in `role` at `at`.
	fn was_affiliated(org: OrgId, who: &AccountId, role: Role, at: Moment) -> bool {
		Self::roles(org, who, at).contains(role)
	}

	/// The roles in which `who` was affiliated to `org` at `at`.
	fn roles(org: OrgId, who: &AccountId, at: Moment) -> RoleSet;

	/// Whether `who` was affiliated to `org` in any role at some moment of `within`, as far as that is not after now: who
	/// judges for somebody else is asked this of those who gain by it.
	///
	/// Here only the first and the last moment are looked at. Whoever keeps intervals answers for all moments.
	fn was_employed_within(org: OrgId, who: &AccountId, within: Interval) -> bool {
		!within.is_empty()
			&& [within.from, within.until.saturating_sub(1)]
				.into_iter()
				.any(|at| !Self::roles(org, who, at).is_empty())
	}

	/// Organisations to which `who` is affiliated now, and those to which `who` was, as far as they are kept: of the former ones some
	/// may be missing, and those first that `who` left longest ago. [`Credentials::was_employed_within`] tells when.
	fn employers(_who: &AccountId) -> Vec<OrgId> {
		Vec::new()
	}

	/// The most that [`Credentials::employers`] tells. [`Credentials::works_at_flagged`] looks at each of them, and at two
	/// items beside.
	fn max_employers() -> u32 {
		0
	}

	/// How many [`Credentials::employers`] tells of `who`, and never more than [`Credentials::max_employers`]: by that the calls are
	/// weighed that look at each.
	fn count_employers(who: &AccountId) -> u32 {
		let most = Self::max_employers();
		u32::try_from(Self::employers(who).len()).unwrap_or(most).min(most)
	}

	/// The account that administers `org` now and posts its deposits.
	fn admin(org: OrgId) -> Option<AccountId>;

	/// Whether the very name of `org` says something about its patients (an HIV clinic).
	fn is_flagged(org: OrgId) -> bool;

	/// Whether `org` was flagged at `at`. A past answer never changes, whatever becomes of the flag, as long as the
	/// organisation is known: of one that withdrew before it was ever licensed nothing is kept, and the answer is no.
	fn was_flagged(org: OrgId, _at: Moment) -> bool {
		Self::is_flagged(org)
	}

	/// When `org` was flagged, the oldest time first; one that lasts ends at the last moment that there is.
	fn flags(org: OrgId) -> Vec<Interval> {
		match Self::is_flagged(org) {
			true => vec![Interval::ALWAYS],
			false => Vec::new(),
		}
	}

	/// Whether `who` is affiliated at `at` to an organisation whose very name says something about
	/// its patients: whoever names `who` then names that organisation.
	fn works_at_flagged(who: &AccountId, at: Moment) -> bool;

	/// Whether `who` acts for `org` at `at`: its administrator, or affiliated in any role.
	fn acts_for(org: OrgId, who: &AccountId, at: Moment) -> bool
	where
		AccountId: PartialEq,
	{
		Self::admin(org).as_ref() == Some(who) || !Self::roles(org, who, at).is_empty()
	}

	/// Gives `org` a live licence of `kind`, administered by `admin`, with `member` in `role`.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_organisation(
		kind: OrgKind,
		admin: &AccountId,
		member: &AccountId,
		role: Role,
	) -> OrgId;

	/// Makes what [`Credentials::was_licensed`] says of `org` now take longest to find, as it does for a moment before a gap:
	/// of the licences that it has, that of `kind` alone was in force.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_reinstated(_org: OrgId, _kind: OrgKind) {}

	/// Makes [`Credentials::works_at_flagged`] take longest for `who`, and say no.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_employers(_who: &AccountId) {}

	/// The same for somebody with `count` employers who administers an organisation that is not flagged, and of whom nothing is known before.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_some_employers(_who: &AccountId, _count: u32) {}

	/// Lets `who` have been affiliated to `org` as often as there is room for, the last time until `until`, and be so no more.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_former(_org: OrgId, _who: &AccountId, _until: Moment) {}

	/// Makes [`Credentials::flags`] as long as possible for `org`, all of them long ago.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_flags(_org: OrgId) {}
}

/// When somebody could not be denied in plain, because the denial would have said something about the patient. Answered by the
/// registry.
pub trait PlainDenials<AccountId> {
	/// When a plain denial of `org`, or of `who` if a person asks for it, was refused, as far as that began by `at`: the times
	/// at which `org` was flagged, and those at which `who` was affiliated to an organisation that was flagged then. In any
	/// order; they may overlap, and one that has no end yet ends with [`Moment::MAX`].
	///
	/// What is told of the moments up to a past `at` never changes. Who only administers a flagged organisation is not in
	/// it, since there is no history of that.
	fn refused_times(org: OrgId, who: Option<&AccountId>, at: Moment) -> Vec<Interval>;

	/// Makes [`PlainDenials::refused_times`] take longest for `org` and `who`, and tell as many times as there can be, all
	/// of them long ago: no denial that is made now began by then.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_refused_times(_org: OrgId, _who: &AccountId) {}
}

/// Who verifies others. Answered by the registry.
pub trait Registrars<AccountId> {
	/// The organisation and the capabilities of the registrar `who` at `at`, if it is one.
	fn registrar(who: &AccountId, at: Moment) -> Option<(OrgId, CapabilitySet)>;

	/// Makes `who` a registrar with every capability, by the answer that takes longest to find, and
	/// tells for which organisation it acts.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_registrar(who: &AccountId) -> OrgId;
}

/// A patient's key, live or not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PatientKey {
	/// Whose key it is. A key belongs to one handle at most, for ever.
	pub patient: PatientId,
	/// What it is for.
	pub purposes: KeyPurposeSet,
	/// From when it is live.
	pub from: Moment,
	/// Since when it is live no more.
	pub until: Option<Moment>,
}

impl PatientKey {
	/// Whether the key was live at `at`.
	pub fn was_live(&self, at: Moment) -> bool {
		self.from <= at && self.until.is_none_or(|until| at < until)
	}
}

/// Handles, their keys and their states. Answered by patient-identity.
pub trait Patients<AccountId> {
	/// What is known of `key`, if it is or was a patient's.
	fn key(key: &AccountId) -> Option<PatientKey>;

	/// The state of `patient` now, and since when; `None` if there is no such handle.
	fn state(patient: &PatientId) -> Option<(PatientState, Moment)>;

	/// The state of `patient` at `at`; `None` if there was no such handle then.
	fn state_at(patient: &PatientId, at: Moment) -> Option<PatientState>;

	/// The moment at which `patient` was last frozen or otherwise left `Active`, if ever.
	fn last_left_active(patient: &PatientId) -> Option<Moment>;

	/// The organisation that registered `patient`, if one did.
	fn registered_by(patient: &PatientId) -> Option<OrgId>;

	/// Who keeps the limits of `patient`, if an organisation registered it.
	fn party(_patient: &PatientId) -> Option<Party> {
		None
	}

	/// Registers a patient whose single key `key` serves every purpose.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_patient(key: &AccountId) -> PatientId;

	/// The same, but registered by `org`.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_patient_of(key: &AccountId, _org: OrgId) -> PatientId {
		Self::benchmark_patient(key)
	}
}

/// In which blocks handles left `Active`. Answered by patient-identity.
pub trait LeftActive<BlockNumber> {
	/// The number of the block in which `patient` was last frozen or otherwise left `Active`, if ever. What was signed by
	/// somebody who knew that block, or a later one, was signed after it.
	fn left_active_in(patient: &PatientId) -> Option<BlockNumber>;
}

/// Whether somebody may write into a patient's history. Answered by consent.
pub trait TreatmentRelation<AccountId> {
	/// Whether the consent of `patient` lets `who`, acting for `org`, treat it now: read for the
	/// purpose of treatment, in at least one of `classes`.
	fn treats(patient: &PatientId, org: OrgId, who: &AccountId, classes: DataClassSet) -> bool;

	/// Lets `who`, acting for `org`, treat `patient`, by the answer that takes longest to find; and tells whether that is
	/// an emergency's, which needs a clinician.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_treatment(patient: &PatientId, org: OrgId, who: &AccountId) -> bool;
}

/// Who treats whom. Answered by care.
pub trait CareRelations {
	/// What a live relationship meant on this network at `at`.
	fn policy(at: Moment) -> CarePolicy;

	/// The relationship between `patient` and `org` that lasted at `at`, opt-outs apart; `None` if none did.
	fn relationship(
		patient: &PatientId,
		org: OrgId,
		at: Moment,
	) -> Option<(RelationshipId, Treatment)>;

	/// The opt-outs of `patient`, past and present.
	fn opt_outs(patient: &PatientId) -> Vec<OptOut>;

	/// Makes what [`CareRelations`] answers about `patient` and `org` now take longest to find: a relationship that
	/// lasts, under [`CarePolicy::CareTeam`], and lets nothing, because the patient has opted out.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_relationship(_patient: &PatientId, _org: OrgId) {}
}

/// For tests and runtimes in which relationships mean nothing.
impl CareRelations for () {
	fn policy(_: Moment) -> CarePolicy {
		CarePolicy::ConsentOnly
	}

	fn relationship(_: &PatientId, _: OrgId, _: Moment) -> Option<(RelationshipId, Treatment)> {
		None
	}

	fn opt_outs(_: &PatientId) -> Vec<OptOut> {
		Vec::new()
	}
}

/// Emergency access. Answered by emergency.
pub trait Emergencies<AccountId> {
	/// The emergencies that `who`, acting for `org`, has declared for `patient` and that lasted at `at`,
	/// advance directives apart.
	fn emergencies(
		patient: &PatientId,
		org: OrgId,
		who: &AccountId,
		at: Moment,
	) -> Vec<(EmergencyId, EmergencyAccess<AccountId>)>;

	/// What `patient` had said by `at` about emergency access.
	fn advance_directive(patient: &PatientId, at: Moment) -> AdvanceDirective;

	/// Lets `who`, acting for `org`, read all data of `patient` now, by the answer that takes longest to find; and
	/// tells whether it does, which needs a clinician.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_emergency(_patient: &PatientId, _org: OrgId, _who: &AccountId) -> bool {
		false
	}
}

/// For tests and runtimes without emergency access.
impl<AccountId> Emergencies<AccountId> for () {
	fn emergencies(
		_: &PatientId,
		_: OrgId,
		_: &AccountId,
		_: Moment,
	) -> Vec<(EmergencyId, EmergencyAccess<AccountId>)> {
		Vec::new()
	}

	fn advance_directive(_: &PatientId, _: Moment) -> AdvanceDirective {
		AdvanceDirective::Unrestricted
	}
}

/// What a patient took back from an organisation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Revocation {
	/// The organisation that the directive named: as such, by a role there, or by a person there.
	pub organisation: OrgId,
	/// When the patient revoked it.
	pub at: Moment,
}

/// Which Permits a patient has revoked. Answered by consent.
pub trait RevokedDirectives {
	/// The revocation of `directive` of `patient`, if it was a Permit that named an organisation and the patient
	/// revoked it.
	///
	/// `None` for whatever else: no such directive, one in force, one that expired or ended otherwise, one that named
	/// nobody or a person at whichever organisation. Also for one that ended long ago: whoever answers looks back as
	/// far as a call can afford, and says how far that is. What was answered with `None` once for that reason stays
	/// so, and any other answer about a directive that has ended never changes before.
	fn revoked(patient: &PatientId, directive: DirectiveId) -> Option<Revocation>;

	/// The same, however long ago it ended: for what a node is asked, and for no call.
	fn ever_revoked(patient: &PatientId, directive: DirectiveId) -> Option<Revocation>;

	/// Makes a directive of `patient` that named `organisation` and was revoked at `at`, which takes longest to find.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_revoked(patient: &PatientId, organisation: OrgId, at: Moment) -> DirectiveId;
}

/// What patients have said without saying it on the chain. Answered by sealed. `Directive` is what the chain holds of one,
/// a type of the crate of the decision, which this one does not know.
pub trait SealedDirectives<Directive> {
	/// The sealed directives of `patient` that were in force at `at`, now or a moment before; `None` if the history
	/// that this needs is not in this state.
	fn sealed_at(patient: &PatientId, at: Moment) -> Option<Vec<(SealedId, Directive)>>;

	/// Gives `patient` as many sealed directives as there can be, all of them denials that begin now.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_denials(_patient: &PatientId) {}
}

/// For tests and runtimes in which nothing is sealed.
impl<Directive> SealedDirectives<Directive> for () {
	fn sealed_at(_: &PatientId, _: Moment) -> Option<Vec<(SealedId, Directive)>> {
		Some(Vec::new())
	}
}

/// What became of an account that somebody has let go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub enum Dismissed {
	/// It is forgotten, or there is another reason to know it.
	Settled,
	/// It stays for ever for no other reason than this invitation, because it has sent a transaction. Said once.
	Stays,
}

/// Accounts that hold no tokens and must still be able to send transactions.
///
/// The SDK refuses a transaction from an account that nothing refers to. Whoever is registered,
/// enrolled or appointed is therefore welcomed once, and for ever: if the reference was dropped, the
/// account's nonce would begin at 0 again, and old transactions could be replayed.
///
/// Whoever is only invited is welcome until the invitation is taken back. If the account has never sent
/// a transaction by then, nothing can be replayed, and the account is forgotten: otherwise whoever
/// invites and takes back could fill the state for ever. If it has, it stays, and so must what was put down for it.
pub trait TokenlessAccounts<AccountId> {
	/// Lets `who` send transactions without holding tokens, for ever. Once or many times: the same. Who
	/// bears the fees, of which calls and for how long, is another matter.
	fn welcome(who: &AccountId) -> DispatchResult;

	/// Lets `who` send transactions without holding tokens, until as many have called
	/// [`TokenlessAccounts::dismiss`]; for ever if it has sent one by then, or was welcomed.
	fn invite(who: &AccountId) -> DispatchResult {
		Self::welcome(who)
	}

	/// Takes one [`TokenlessAccounts::invite`] back.
	fn dismiss(_who: &AccountId) -> Dismissed {
		Dismissed::Settled
	}
}

/// For tests and runtimes in which every account holds tokens.
impl<AccountId> TokenlessAccounts<AccountId> for () {
	fn welcome(_: &AccountId) -> DispatchResult {
		Ok(())
	}
}

/// Organisations on which somebody comes to rely. Answered by the registry.
pub trait Organisations {
	/// Keeps `org` on record for ever from now on, whatever it withdraws.
	///
	/// # Errors
	/// If there is no such organisation.
	fn rely_on(org: OrgId) -> DispatchResult;

	/// An organisation on which nobody relies yet.
	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_unrelied() -> OrgId {
		0
	}
}

/// For tests and runtimes without a registry: every number stands for an organisation.
impl Organisations for () {
	fn rely_on(_: OrgId) -> DispatchResult {
		Ok(())
	}
}
