//! What the pallet stores, and what it answers.

// The derived codecs convert the indices of enums with `as`.
#![allow(clippy::as_conversions)]

mod answers;
mod claim;
mod coverage;
mod encounter;
mod money;
mod plan;

pub use answers::*;
pub use claim::*;
pub use coverage::*;
pub use encounter::*;
pub use money::*;
pub use plan::*;

use salus_primitives::{OrgKind, Role, RoleSet};

/// The kinds of organisations that treat and may claim for it.
pub const PROVIDER_KINDS: [OrgKind; 3] =
	[OrgKind::Provider, OrgKind::Laboratory, OrgKind::Pharmacy];

/// The roles in which a person may open and close encounters for a provider.
pub const CARE_ROLES: RoleSet = RoleSet::EMPTY
	.with(Role::Clinician)
	.with(Role::Nurse)
	.with(Role::Pharmacist)
	.with(Role::LabScientist)
	.with(Role::Biller);

/// The role in which a person bills for a provider, or enrols and decides for a payer.
pub const BILLING_ROLES: RoleSet = RoleSet::EMPTY.with(Role::Biller);
