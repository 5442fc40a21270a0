//! Stand-ins for what this pallet asks: the clock, the registry, identity, and who was welcomed. Tests change what they answer.

use super::{patient_key, AccountId};
use core::time::Duration;
use frame_support::traits::UnixTime;
use salus_primitives::{
	time::YEAR,
	traits::{Credentials, Licensed, PatientKey, Patients, TokenlessAccounts},
	Interval, KeyPurposeSet, Moment, OrgId, OrgKind, OrgKindSet, PatientId, PatientState, Role,
	RoleSet,
};
use sp_core::H256;
use sp_runtime::DispatchResult;
use std::{
	cell::{Cell, RefCell},
	collections::{BTreeMap, BTreeSet},
};

/// The moment at which every test begins.
pub const START: Moment = 100 * YEAR;
/// The end of all licences and affiliations, unless a test ends them before.
pub const END: Moment = 110 * YEAR;

#[derive(Clone)]
pub struct Org {
	pub admin: AccountId,
	pub licences: Vec<(OrgKind, Interval)>,
	pub staff: Vec<(AccountId, Role)>,
}

thread_local! {
	pub(super) static NOW: Cell<Moment> = const { Cell::new(START) };
	static ORGS: RefCell<BTreeMap<OrgId, Org>> = const { RefCell::new(BTreeMap::new()) };
	pub(super) static FLAGGED: RefCell<BTreeSet<OrgId>> = const { RefCell::new(BTreeSet::new()) };
	pub(super) static PATIENTS: RefCell<BTreeSet<AccountId>> = const { RefCell::new(BTreeSet::new()) };
	pub(super) static WELCOMED: RefCell<BTreeSet<AccountId>> = const { RefCell::new(BTreeSet::new()) };
}

/// A clock that stands until a test sets it.
pub struct Clock;
impl UnixTime for Clock {
	fn now() -> Duration {
		Duration::from_secs(NOW.get())
	}
}

pub fn now() -> Moment {
	NOW.get()
}

/// Lets `seconds` pass.
pub fn pass(seconds: Moment) {
	NOW.set(NOW.get() + seconds);
}

/// Who was welcomed without tokens.
pub struct Welcomed;
impl Welcomed {
	pub fn has(who: &AccountId) -> bool {
		WELCOMED.with_borrow(|welcomed| welcomed.contains(who))
	}
}
impl TokenlessAccounts<AccountId> for Welcomed {
	fn welcome(who: &AccountId) -> DispatchResult {
		WELCOMED.with_borrow_mut(|welcomed| welcomed.insert(who.clone()));
		Ok(())
	}
}

pub struct Registry;
impl Credentials<AccountId> for Registry {
	fn was_licensed(org: OrgId, kind: OrgKind, at: Moment) -> bool {
		Self::licence_interval(org, kind, at).is_some()
	}

	/// The last licence of each kind is at hand. What was before it begins is its history.
	fn was_licensed_as_any(org: OrgId, kinds: &[OrgKind], at: Moment) -> Licensed {
		let before_last = |licences: &[(OrgKind, Interval)], kind: &OrgKind| {
			let last = licences.iter().rev().find(|(of, _)| of == kind);
			last.is_some_and(|(_, term)| at < term.from)
		};
		let from_history = ORGS.with_borrow(|orgs| {
			orgs.get(&org)
				.is_some_and(|org| kinds.iter().any(|kind| before_last(&org.licences, kind)))
		});
		let then = kinds.iter().any(|kind| Self::was_licensed(org, *kind, at));
		Licensed { then, from_history }
	}

	fn licensed_kinds(org: OrgId, at: Moment) -> OrgKindSet {
		OrgKind::ALL.iter().filter(|kind| Self::was_licensed(org, **kind, at)).copied().collect()
	}

	fn licence_interval(org: OrgId, kind: OrgKind, at: Moment) -> Option<u32> {
		ORGS.with_borrow(|orgs| {
			let licences = &orgs.get(&org)?.licences;
			let found = licences.iter().position(|(of, term)| *of == kind && term.contains(at))?;
			Some(found as u32)
		})
	}

	fn roles(org: OrgId, who: &AccountId, at: Moment) -> RoleSet {
		ORGS.with_borrow(|orgs| {
			let staff = orgs.get(&org).filter(|_| at < END).map(|org| &org.staff);
			let of = |staff: &Vec<(AccountId, Role)>| {
				staff.iter().filter(|(member, _)| member == who).map(|(_, role)| *role).collect()
			};
			staff.map_or(RoleSet::EMPTY, of)
		})
	}

	fn admin(org: OrgId) -> Option<AccountId> {
		ORGS.with_borrow(|orgs| orgs.get(&org).map(|org| org.admin.clone()))
	}

	fn is_flagged(org: OrgId) -> bool {
		FLAGGED.with_borrow(|flagged| flagged.contains(&org))
	}

	fn works_at_flagged(_: &AccountId, _: Moment) -> bool {
		false
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_organisation(
		kind: OrgKind,
		admin: &AccountId,
		member: &AccountId,
		role: Role,
	) -> OrgId {
		let id = 1_000 + ORGS.with_borrow(|orgs| orgs.len() as u32);
		let licences = vec![(kind, Interval::ALWAYS)];
		let staff = vec![(member.clone(), role)];
		edit_orgs(|orgs| {
			orgs.insert(id, Org { admin: admin.clone(), licences, staff });
		});
		id
	}
}

pub fn edit_orgs(edit: impl FnOnce(&mut BTreeMap<OrgId, Org>)) {
	ORGS.with_borrow_mut(edit)
}

/// Ends every licence of `org` now.
pub fn suspend(org: OrgId) {
	edit_orgs(|orgs| {
		for (_, term) in &mut orgs.get_mut(&org).unwrap().licences {
			term.until = term.until.min(now());
		}
	})
}

/// Takes `who` on at `org`.
pub fn employ(org: OrgId, who: AccountId, role: Role) {
	edit_orgs(|orgs| orgs.get_mut(&org).unwrap().staff.push((who, role)))
}

/// Flags `org`: its very name says something about its patients.
pub fn flag(org: OrgId) {
	FLAGGED.with_borrow_mut(|flagged| flagged.insert(org));
}

pub struct Identity;

/// Makes `key` a patient's.
pub fn become_patient(key: &AccountId) {
	PATIENTS.with_borrow_mut(|keys| keys.insert(key.clone()));
}

impl Patients<AccountId> for Identity {
	fn key(key: &AccountId) -> Option<PatientKey> {
		let patient = H256::repeat_byte(0xaa);
		let purposes = KeyPurposeSet::ALL;
		let is_one = *key == patient_key() || PATIENTS.with_borrow(|keys| keys.contains(key));
		is_one.then_some(PatientKey { patient, purposes, from: 0, until: None })
	}

	fn state(_: &PatientId) -> Option<(PatientState, Moment)> {
		None
	}

	fn state_at(_: &PatientId, _: Moment) -> Option<PatientState> {
		None
	}

	fn last_left_active(_: &PatientId) -> Option<Moment> {
		None
	}

	fn registered_by(_: &PatientId) -> Option<OrgId> {
		None
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_patient(_: &AccountId) -> PatientId {
		H256::repeat_byte(0xaa)
	}
}
