//! What a front-end asks of the registry.

// `decl_runtime_apis!` generates undocumented items.
#![allow(missing_docs)]

use crate::types::{AgreementKey, LicenceInterval, LicenceStatus, RegistrarTerm};
use alloc::vec::Vec;
use codec::{Codec, Decode, Encode};
use salus_primitives::{Commitment, Interval, Moment, OrgId, OrgKind, OrgKindSet, Role, RoleSet};
use scale_info::TypeInfo;

/// Why a question has no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum QueryError {
	/// The question is about a moment after the block's own.
	#[codec(index = 0)]
	InFuture,
}

/// A licence and its history.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct LicenceInfo {
	/// For which kind.
	pub kind: OrgKind,
	/// What it is worth now.
	pub status: LicenceStatus,
	/// When it was revoked, if it was.
	pub revoked: Option<Moment>,
	/// Its intervals, in order. A licence interval's index is its position here.
	pub intervals: Vec<LicenceInterval>,
}

/// All that the registry knows of an organisation.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct OrganisationInfo<AccountId> {
	/// The account that administers it.
	pub admin: AccountId,
	/// The account to which the administration has been offered.
	pub next_admin: Option<AccountId>,
	/// The salted commitment to the documents with which it applied.
	pub profile: Commitment,
	/// The X25519 key to which others encrypt what is for it, if it has named one.
	pub agreement_key: Option<AgreementKey>,
	/// Whether its very name says something about its patients.
	pub flagged: bool,
	/// The kinds applied for and neither admitted nor declined.
	pub pending: OrgKindSet,
	/// The licences it holds or held, by kind.
	pub licences: Vec<LicenceInfo>,
}

sp_api::decl_runtime_apis! {
	/// Who may act in a professional capacity, now and at any moment before. Version 2 tells when an organisation was
	/// flagged.
	#[api_version(2)]
	pub trait RegistryApi<AccountId> where AccountId: Codec {
		/// All that is known of `org`; `None` if there is no such organisation.
		fn organisation(org: OrgId) -> Option<OrganisationInfo<AccountId>>;

		/// The organisation that `admin` administers now.
		fn administers(admin: AccountId) -> Option<OrgId>;

		/// Whether `org` held a licence of `kind` at `at` (Unix seconds, not after now).
		fn was_licensed(org: OrgId, kind: OrgKind, at: Moment) -> Result<bool, QueryError>;

		/// Whether `who` was affiliated to `org` in `role` at `at` (Unix seconds, not after now).
		fn was_affiliated(
			org: OrgId,
			who: AccountId,
			role: Role,
			at: Moment,
		) -> Result<bool, QueryError>;

		/// The roles of `who` at `org` at `at` (Unix seconds, not after now).
		fn roles(org: OrgId, who: AccountId, at: Moment) -> Result<RoleSet, QueryError>;

		/// The term of the registrar `who` that is in force now.
		fn registrar(who: AccountId) -> Option<RegistrarTerm>;

		/// Whether the very name of `org` was taken, at `at` (Unix seconds, not after now), to say something about its
		/// patients.
		fn was_flagged(org: OrgId, at: Moment) -> Result<bool, QueryError>;

		/// When a plain denial of `org`, or of `who` who asks for it, was refused, up to now, in any order: what a decider
		/// without a node takes as the times at which the actor was flagged.
		fn refused_times(org: OrgId, who: Option<AccountId>) -> Vec<Interval>;
	}
}
