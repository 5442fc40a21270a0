//! Benchmarks: every call in its worst case, with histories as long as they can be.

use super::*;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	assert_ok,
	traits::{Consideration, EnsureOrigin, Footprint, Get},
	BoundedVec,
};
use frame_system::RawOrigin;
use salus_primitives::{
	benchmarking::{BenchmarkClock, TimestampClock},
	traits::{Credentials, TokenlessAccounts},
	CapabilitySet, Commitment, Moment, OrgId, OrgKind, OrgKindSet, Role,
};

const KIND: OrgKind = OrgKind::Provider;
const ROLE: Role = Role::Clinician;

/// Set-up that other pallets' benchmarks use as well.
impl<T: Config> Pallet<T> {
	/// Gives `org` a licence of `kind` that is in force and whose history lacks `spare` intervals.
	fn set_up_licence(org: OrgId, kind: OrgKind, spare: u32) {
		let now = Self::now();
		// A second ago: what begins now cannot be ended yet.
		let from = now.saturating_sub(1);
		let mut intervals = Vec::new();
		for _ in 1..T::MaxLicenceIntervals::get().saturating_sub(spare) {
			let ended = Some((from, LicenceEnd::Renewed));
			intervals.push(LicenceInterval { from, until: now + 1, ended });
		}
		// Less than the longest term, so that it can still be renewed.
		let until = now + T::MaxLicenceTerm::get() - 1;
		intervals.push(LicenceInterval { from, until, ended: None });
		let intervals = BoundedVec::try_from(intervals).expect("not longer than allowed");
		let licence = Licence { revoked: None, intervals };
		assert_ok!(Self::put_licence(org, kind, licence));
		Organisations::<T>::mutate_extant(org, |organisation| {
			organisation.pending = organisation.pending.without(kind);
			organisation.held = organisation.held.with(kind);
		});
	}

	/// See [`Credentials::benchmark_reinstated`]. Every licence begins anew in the next second, so that this one is looked up in
	/// the histories, which are full.
	pub(crate) fn set_up_reinstated(org: OrgId, kind: OrgKind) {
		let now = Self::now();
		let held = Organisations::<T>::get(org).expect("set up").held;
		for other in held.iter() {
			let mut licence = Licences::<T>::get(org, other).expect("it is held");
			let last = licence.intervals.pop().expect("it was licensed");
			if licence.intervals.len() as u32 + 2 > T::MaxLicenceIntervals::get() {
				licence.intervals.pop();
			}
			let at = if other == kind { now + 1 } else { now };
			let ended = Some((at, LicenceEnd::Suspended));
			for interval in [
				LicenceInterval { from: now, until: now + 2, ended },
				LicenceInterval { from: now + 1, until: last.until.max(now + 2), ended: None },
			] {
				licence.intervals.try_push(interval).expect("there is room for two");
			}
			assert_ok!(Self::put_licence(org, other, licence));
		}
		assert!(Self::was_licensed_at(org, kind, now), "by the history");
	}

	/// Affiliates `who` to `org` in `role`; the history lacks `spare` intervals.
	fn set_up_affiliation(
		org: OrgId,
		who: &T::AccountId,
		role: Role,
		spare: u32,
		deposit: Option<Deposit<T>>,
	) {
		let now = Self::now();
		let mut intervals = Vec::new();
		for _ in 1..T::MaxAffiliationIntervals::get().saturating_sub(spare) {
			let ended = Some(now);
			intervals.push(AffiliationInterval { role, from: now, until: now + 1, ended });
		}
		let until = now + T::MaxAffiliationTerm::get();
		intervals.push(AffiliationInterval { role, from: now, until, ended: None });
		let intervals = BoundedVec::try_from(intervals).expect("not longer than allowed");
		Affiliations::<T>::insert(org, who, Affiliation { deposit, intervals });
		assert_ok!(Self::employ(who, org, now));
	}

	/// See [`Credentials::benchmark_former`]. The employers of `who` stay as they are.
	pub(crate) fn set_up_former(org: OrgId, who: &T::AccountId, until: Moment) {
		let before = Affiliations::<T>::get(org, who);
		let count = u64::from(T::MaxAffiliationIntervals::get());
		let intervals = (0..count).map(|n| {
			let (from, role) = (until - count + n, Role::Nurse);
			AffiliationInterval { role, from, until: from + 1, ended: None }
		});
		let intervals = BoundedVec::truncate_from(intervals.collect());
		let deposit = before.and_then(|affiliation| affiliation.deposit);
		Affiliations::<T>::insert(org, who, Affiliation { deposit, intervals });
	}

	/// Lets `who` have worked at as many flagged organisations as there is room for, and no more.
	pub(crate) fn set_up_employers(who: &T::AccountId, count: u32) {
		let now = Self::now();
		for org in OrgId::MAX / 2.. {
			if Employers::<T>::get(who).len() as u32 >= count {
				break;
			}
			let (admin, none) = (account("employer", org, 0), OrgKindSet::EMPTY);
			let profile = Commitment::repeat_byte(1);
			Self::insert_organisation(org, &admin, profile, none, none, None);
			Organisations::<T>::mutate_extant(org, |organisation| organisation.flagged = true);
			Self::set_up_affiliation(org, who, Role::Nurse, 0, None);
			Affiliations::<T>::mutate(org, who, |affiliation| {
				let affiliation = affiliation.as_mut().expect("set up above");
				affiliation.intervals.iter_mut().for_each(|i| i.ended = Some(now));
			});
		}
	}

	/// Lets `who` administer an organisation that is not flagged, besides all for which it works: whether it is, is read as well where
	/// `who` is looked up.
	pub(crate) fn set_up_administered(who: &T::AccountId) {
		let (org, none) = (OrgId::MAX / 2 - 1, OrgKindSet::EMPTY);
		Self::insert_organisation(org, who, Commitment::repeat_byte(1), none, none, None);
	}

	/// See [`salus_primitives::traits::PlainDenials::benchmark_refused_times`]. At each other employer, `who` had every role as
	/// long as the flag came and went, and worked there as often as there is room for. Whether such an organisation is flagged
	/// now is not read, because its flag has a history; the rule on signers reads and weighs that.
	pub(crate) fn set_up_refused_times(org: OrgId, who: &T::AccountId) {
		Self::set_up_employers(who, T::MaxEmployers::get());
		<Self as Credentials<T::AccountId>>::benchmark_flags(org);
		for employer in Employers::<T>::get(who).into_iter().filter(|employer| *employer != org) {
			<Self as Credentials<T::AccountId>>::benchmark_flags(employer);
			Affiliations::<T>::mutate(employer, who, |affiliation| {
				let affiliation = affiliation.as_mut().expect("set up above");
				for (interval, role) in affiliation.intervals.iter_mut().zip(Role::ALL) {
					let until = u64::from(MAX_FLAGS);
					*interval = AffiliationInterval { role: *role, from: 0, until, ended: None };
				}
			});
		}
	}

	/// See [`Credentials::benchmark_organisation`].
	pub(crate) fn set_up_organisation(
		kind: OrgKind,
		admin: &T::AccountId,
		member: &T::AccountId,
		role: Role,
	) -> OrgId {
		let org = Administrators::<T>::get(admin).unwrap_or_else(|| {
			let org = NextOrgId::<T>::get();
			NextOrgId::<T>::put(org + 1);
			let (profile, none) = (Commitment::repeat_byte(1), OrgKindSet::EMPTY);
			Self::insert_organisation(org, admin, profile, none, none, None);
			org
		});
		// Every kind was held and has its history, but no more than was asked for is in force.
		let held = Self::kinds_at(org, Self::now()).collect::<OrgKindSet>();
		for other in OrgKindSet::ALL.iter().filter(|other| !held.contains(*other)) {
			Self::set_up_licence(org, other, 0);
			if other != kind {
				let mut licence = Licences::<T>::get(org, other).expect("set up above");
				licence.end(Self::now(), LicenceEnd::Suspended);
				assert_ok!(Self::put_licence(org, other, licence));
			}
		}
		Self::set_up_affiliation(org, member, role, 0, None);
		org
	}

	/// Makes `who` a registrar with as many terms as there can be, less `spare`, and tells for which
	/// organisation it acts.
	pub(crate) fn set_up_registrar(who: &T::AccountId, spare: u32) -> OrgId {
		let now = Self::now();
		// It has been and gone.
		let organisation = NextOrgId::<T>::get();
		let term = |until, ended| RegistrarTerm {
			organisation,
			kinds: OrgKindSet::ALL,
			capabilities: CapabilitySet::ALL,
			from: now,
			until,
			ended,
		};
		let mut terms = Vec::new();
		for _ in 1..T::MaxRegistrarTerms::get().saturating_sub(spare) {
			terms.push(term(now + 1, Some(now)));
		}
		terms.push(term(now + T::MaxRegistrarTerm::get(), None));
		Registrars::<T>::insert(
			who,
			RegistrarTerms::<T>::try_from(terms).expect("not longer than allowed"),
		);
		NextOrgId::<T>::put(organisation + 1);
		organisation
	}
}

fn endow<T: Config>(who: &T::AccountId, footprint: Footprint) {
	T::Consideration::ensure_successful(who, footprint);
}

/// An organisation that applied for every kind, with its deposit.
fn applicant<T: Config>(admin: &T::AccountId) -> OrgId {
	let org = NextOrgId::<T>::get();
	endow::<T>(admin, Pallet::<T>::organisation_footprint(OrgKindSet::ALL));
	let origin = RawOrigin::Signed(admin.clone());
	assert_ok!(Pallet::<T>::apply(origin.into(), OrgKindSet::ALL, Commitment::repeat_byte(1)));
	org
}

/// An organisation with a licence of every kind; the histories lack `spare` intervals.
fn licensed<T: Config>(admin: &T::AccountId, spare: u32) -> OrgId {
	let org = applicant::<T>(admin);
	for kind in OrgKind::ALL {
		Pallet::<T>::set_up_licence(org, *kind, spare);
	}
	org
}

fn deposit<T: Config>(depositor: &T::AccountId) -> Deposit<T> {
	let footprint = Pallet::<T>::affiliation_footprint();
	// Twice: one more deposit can be posted afterwards.
	endow::<T>(depositor, footprint);
	endow::<T>(depositor, footprint);
	let ticket = T::Consideration::new(depositor, footprint).expect("it was endowed");
	Deposit { depositor: depositor.clone(), ticket }
}

/// An account that is affiliated to `org` with a deposit, since a second ago; the history lacks `spare` intervals.
fn member<T: Config>(org: OrgId, depositor: &T::AccountId, spare: u32) -> T::AccountId {
	// What begins in a second does not end in it. In the state in which this is measured, time begins with nought.
	TimestampClock::set_time(Pallet::<T>::now() + 1);
	let who: T::AccountId = account("member", 0, 0);
	let deposit = Some(deposit::<T>(depositor));
	Pallet::<T>::set_up_affiliation(org, &who, ROLE, spare, deposit);
	Affiliations::<T>::mutate(org, &who, |affiliation| {
		let affiliation = affiliation.as_mut().expect("set up above");
		affiliation.intervals.iter_mut().for_each(|interval| interval.from -= 1);
	});
	who
}

/// An open invitation of `who`.
fn invited<T: Config>(org: OrgId, depositor: &T::AccountId, who: &T::AccountId) -> Moment {
	let until = Pallet::<T>::now() + T::MaxAffiliationTerm::get();
	let deposit = deposit::<T>(depositor);
	// Nobody knows it for another reason.
	assert_ok!(T::Tokenless::invite(who));
	Invitations::<T>::insert((org, who, ROLE), Invitation { until, deposit });
	until
}

/// An account that is invited to an organisation for which it once worked, and that has been at as many others since as are remembered.
/// It was at none of them while it was flagged, so that one of them makes room; before that, all are looked at.
fn invited_elsewhere<T: Config>() -> (OrgId, T::AccountId) {
	let admin = other::<T>();
	let org = licensed::<T>(&admin, 0);
	let who = member::<T>(org, &admin, 1);
	invited::<T>(org, &admin, &who);
	Lingering::<T>::insert(&who, deposit::<T>(&admin));
	Employers::<T>::remove(&who);
	Pallet::<T>::set_up_employers(&who, T::MaxEmployers::get());
	for employer in Employers::<T>::get(&who) {
		Organisations::<T>::mutate_extant(employer, |organisation| organisation.flagged = false);
	}
	(org, who)
}

/// Whether `who` is affiliated to `org` now, in place of another employer.
fn is_affiliated_instead<T: Config>(org: OrgId, who: &T::AccountId) -> bool {
	let employers = Employers::<T>::get(who);
	let affiliation = Affiliations::<T>::get(org, who).expect("it stays");
	employers.is_full() && employers.contains(&org) && affiliation.intervals.is_full()
}

/// A registrar that was once affiliated to `org`, as often as possible.
fn registrar<T: Config>(org: OrgId) -> T::AccountId {
	let who: T::AccountId = whitelisted_caller();
	Pallet::<T>::set_up_registrar(&who, 0);
	Pallet::<T>::set_up_affiliation(org, &who, ROLE, 0, None);
	Affiliations::<T>::mutate(org, &who, |affiliation| {
		let affiliation = affiliation.as_mut().expect("set up above");
		affiliation.intervals.iter_mut().for_each(|i| i.ended = Some(Pallet::<T>::now()));
	});
	who
}

fn other<T: Config>() -> T::AccountId {
	account("other", 0, 0)
}

fn licence<T: Config>(org: OrgId) -> Licence<T> {
	Licences::<T>::get(org, KIND).expect("licensed")
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn apply() {
		let caller: T::AccountId = whitelisted_caller();
		endow::<T>(&caller, Pallet::<T>::organisation_footprint(OrgKindSet::ALL));
		let org = NextOrgId::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), OrgKindSet::ALL, Commitment::repeat_byte(1));

		assert_eq!(Pallet::<T>::admin(org), Some(caller));
	}

	#[benchmark]
	fn admit() {
		let org = applicant::<T>(&other::<T>());
		let caller = registrar::<T>(org);
		let now = Pallet::<T>::now();
		let until = now + T::MaxLicenceTerm::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), org, KIND, until);

		assert!(Pallet::<T>::was_licensed(org, KIND, now));
	}

	#[benchmark]
	fn decline() {
		let org = applicant::<T>(&other::<T>());
		let caller = registrar::<T>(org);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), org, KIND);

		assert!(!Organisations::<T>::get(org).expect("it stays").pending.contains(KIND));
	}

	#[benchmark]
	fn withdraw() {
		let caller: T::AccountId = whitelisted_caller();
		let org = applicant::<T>(&caller);
		AgreementKeys::<T>::insert(org, AgreementKey { key: [8; 32], since: Pallet::<T>::now() });

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), org);

		assert!(!Organisations::<T>::contains_key(org));
	}

	#[benchmark]
	fn renew() {
		let org = licensed::<T>(&other::<T>(), 1);
		let caller = registrar::<T>(org);
		let until = Pallet::<T>::now() + T::MaxLicenceTerm::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), org, KIND, until);

		assert!(licence::<T>(org).intervals.is_full());
	}

	#[benchmark]
	fn suspend() {
		let org = licensed::<T>(&other::<T>(), 0);
		let caller = registrar::<T>(org);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), org, KIND);

		assert_eq!(licence::<T>(org).status(Pallet::<T>::now()), LicenceStatus::Suspended);
	}

	#[benchmark]
	fn reinstate() {
		let org = licensed::<T>(&other::<T>(), 1);
		let caller = registrar::<T>(org);
		let now = Pallet::<T>::now();
		let mut suspended = licence::<T>(org);
		suspended.end(now, LicenceEnd::Suspended);
		assert_ok!(Pallet::<T>::put_licence(org, KIND, suspended));

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), org, KIND, now + T::MaxLicenceTerm::get());

		assert_eq!(licence::<T>(org).status(now), LicenceStatus::Live);
	}

	#[benchmark]
	fn revoke() {
		let org = licensed::<T>(&other::<T>(), 0);
		let caller = registrar::<T>(org);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), org, KIND);

		assert_eq!(licence::<T>(org).status(Pallet::<T>::now()), LicenceStatus::Revoked);
	}

	#[benchmark]
	fn set_flag() {
		let org = licensed::<T>(&other::<T>(), 0);
		Organisations::<T>::mutate_extant(org, |organisation| organisation.flagged = true);
		// The longest history after which the flag can still be taken.
		let past = FlagInterval { from: 0, until: Some(0) };
		let mut history = alloc::vec![past; (MAX_FLAGS - 2) as usize];
		history.push(FlagInterval { from: 0, until: None });
		Flags::<T>::insert(org, FlagHistory::truncate_from(history));
		let takers: Vec<T::AccountId> =
			(0..MAX_FLAGS - 2).map(|n| account("taker", n / MAX_FLAGS_OF_ONE, 0)).collect();
		UnflaggedBy::<T>::insert(org, FlagTakers::<T::AccountId>::truncate_from(takers));
		let caller = registrar::<T>(org);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), org, false);

		assert!(!Pallet::<T>::is_flagged(org));
	}

	#[benchmark]
	fn rotate_admin() {
		let caller: T::AccountId = whitelisted_caller();
		let org = licensed::<T>(&caller, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), org, other::<T>());

		assert_eq!(Organisations::<T>::get(org).expect("it stays").next_admin, Some(other::<T>()));
	}

	#[benchmark]
	fn accept_admin() {
		let caller: T::AccountId = whitelisted_caller();
		let org = licensed::<T>(&other::<T>(), 0);
		Organisations::<T>::mutate_extant(org, |organisation| {
			organisation.next_admin = Some(caller.clone());
		});
		endow::<T>(&caller, Pallet::<T>::organisation_footprint(OrgKindSet::ALL));

		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), org);

		assert_eq!(Pallet::<T>::admin(org), Some(caller));
	}

	/// All kinds are looked at, whichever of them is in force.
	#[benchmark]
	fn invite() {
		let caller: T::AccountId = whitelisted_caller();
		let org = licensed::<T>(&caller, 0);
		let who = member::<T>(org, &caller, 1);
		let until = Pallet::<T>::now() + T::MaxAffiliationTerm::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), org, who.clone(), ROLE, until);

		assert!(Invitations::<T>::contains_key((org, who, ROLE)));
	}

	/// Each other employer has been flagged as often as there is room for, which takes longest to compare.
	#[benchmark]
	fn accept_affiliation() {
		let (org, caller) = invited_elsewhere::<T>();
		let after = Pallet::<T>::now().saturating_add(1);
		for employer in Employers::<T>::get(&caller) {
			let flags =
				(0..u64::from(MAX_FLAGS)).map(|_| FlagInterval { from: after, until: Some(after) });
			Flags::<T>::insert(employer, FlagHistory::truncate_from(flags.collect()));
		}

		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), org, ROLE);

		assert!(is_affiliated_instead::<T>(org, &caller));
	}

	/// The same where no other employer was ever flagged: then the organisation itself is read as well, which is more to read and less
	/// to compare. The call declares the larger of both, as each employer is one or the other.
	#[benchmark]
	fn accept_affiliation_unflagged() {
		let (org, caller) = invited_elsewhere::<T>();

		#[extrinsic_call]
		accept_affiliation(RawOrigin::Signed(caller.clone()), org, ROLE);

		assert!(is_affiliated_instead::<T>(org, &caller));
	}

	/// The account never sent a transaction itself, as one for which others sign, and is forgotten. One that has sent any stays with the deposit,
	/// which takes less.
	#[benchmark]
	fn decline_affiliation() {
		let caller: T::AccountId = account("member", 0, 0);
		let admin = other::<T>();
		let org = licensed::<T>(&admin, 0);
		invited::<T>(org, &admin, &caller);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), org, ROLE);

		assert!(!Invitations::<T>::contains_key((org, caller, ROLE)));
	}

	/// The deposit is that of an earlier administrator. The account never sent anything, and is forgotten.
	#[benchmark]
	fn cancel_invitation() {
		let caller: T::AccountId = whitelisted_caller();
		let org = licensed::<T>(&caller, 0);
		let who: T::AccountId = account("member", 0, 0);
		invited::<T>(org, &other::<T>(), &who);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), org, who.clone(), ROLE);

		assert!(!Invitations::<T>::contains_key((org, who, ROLE)));
	}

	#[benchmark]
	fn end_affiliation() {
		let caller: T::AccountId = whitelisted_caller();
		let org = licensed::<T>(&caller, 0);
		let who = member::<T>(org, &caller, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), org, who.clone(), ROLE);

		assert!(Pallet::<T>::roles(org, &who, Pallet::<T>::now()).is_empty());
	}

	#[benchmark]
	fn assume_deposit() {
		let caller: T::AccountId = whitelisted_caller();
		let org = licensed::<T>(&caller, 0);
		let who = member::<T>(org, &other::<T>(), 0);
		endow::<T>(&caller, Pallet::<T>::affiliation_footprint());

		#[extrinsic_call]
		_(RawOrigin::Signed(caller.clone()), org, who.clone());

		let affiliation = Affiliations::<T>::get(org, who).expect("it stays");
		assert_eq!(affiliation.deposit.expect("there is one").depositor, caller);
	}

	#[benchmark]
	fn appoint_registrar() -> Result<(), BenchmarkError> {
		let origin = T::GovernanceOrigin::try_successful_origin()
			.map_err(|_| BenchmarkError::Stop("governance has no origin"))?;
		let who = other::<T>();
		let org = licensed::<T>(&account("admin", 0, 0), 0);
		Pallet::<T>::set_up_registrar(&who, 1);
		let until = Pallet::<T>::now() + T::MaxRegistrarTerm::get();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, who.clone(), org, OrgKindSet::ALL, CapabilitySet::ALL, until);

		assert_eq!(Pallet::<T>::registrar_info(&who).map(|term| term.organisation), Some(org));
		Ok(())
	}

	#[benchmark]
	fn dismiss_registrar() -> Result<(), BenchmarkError> {
		let origin = T::GovernanceOrigin::try_successful_origin()
			.map_err(|_| BenchmarkError::Stop("governance has no origin"))?;
		let who = other::<T>();
		Pallet::<T>::set_up_registrar(&who, 0);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, who.clone());

		assert_eq!(Pallet::<T>::registrar_info(&who), None);
		Ok(())
	}

	#[benchmark]
	fn set_agreement_key() {
		let caller: T::AccountId = whitelisted_caller();
		let org = licensed::<T>(&caller, 0);
		AgreementKeys::<T>::insert(org, AgreementKey { key: [8; 32], since: Pallet::<T>::now() });

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), org, [9; 32]);

		assert_eq!(AgreementKeys::<T>::get(org).map(|found| found.key), Some([9; 32]));
	}

	#[benchmark]
	fn set_client_keys() {
		let caller: T::AccountId = whitelisted_caller();
		let org = licensed::<T>(&caller, 0);
		let old = Commitment::repeat_byte(8);
		ClientKeys::<T>::insert(org, ClientKeySet { keys: old, since: Pallet::<T>::now() });
		let keys = Commitment::repeat_byte(9);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), org, keys);

		assert_eq!(ClientKeys::<T>::get(org).map(|found| found.keys), Some(keys));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
