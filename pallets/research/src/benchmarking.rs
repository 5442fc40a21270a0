//! The worst case of every call: full histories, as many votes as there can be, and the version that takes longest to find.

mod scene;

use crate::*;
use frame_benchmarking::v2::*;
use frame_support::traits::Get;
use frame_system::RawOrigin;
use salus_primitives::time::{DAY, YEAR};
use salus_research_data_use::UseSet;
use scene::*;

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn open_population() {
		let s = scene::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(s.steward), s.custodian, s.committee, MIN_QUORUM, TOTAL);

		assert!(Populations::<T>::contains_key(s.custodian));
	}

	#[benchmark]
	fn propose_budget() {
		let s = with_motion::<T>();
		// The vote before lapsed, which counts as a refusal, and the pause after it has passed.
		set_time::<T>(NOW + T::VoteTime::get() + T::BudgetPause::get());

		#[extrinsic_call]
		_(RawOrigin::Signed(s.steward), s.custodian, TOTAL);

		let motion = BudgetMotions::<T>::get(s.custodian).expect("it was proposed");
		assert!(motion.votes.is_empty());
	}

	#[benchmark]
	fn vote_budget() {
		let s = with_motion::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(s.members[0].clone()), s.committee, s.custodian, 0, true);

		let motion = BudgetMotions::<T>::get(s.custodian).expect("it was proposed");
		assert!(motion.votes.is_full());
	}

	#[benchmark]
	fn conclude_budget() {
		let s = with_motion::<T>();
		let member = s.members[0].clone();
		Pallet::<T>::do_vote_budget(member, s.committee, s.custodian, 0, true).expect("may");
		set_time::<T>(NOW + T::BudgetDeliberation::get());

		#[extrinsic_call]
		_(RawOrigin::Signed(account("anybody", 0, 0)), s.committee, s.custodian, 0);

		let population = Populations::<T>::get(s.custodian).expect("it was opened");
		assert_eq!(population.budget.total, 2 * TOTAL);
	}

	#[benchmark]
	fn offer_dataset() {
		let s = with_population::<T>();
		let rule = rule(&s);
		let size = SizeBucket::Million;

		#[extrinsic_call]
		_(
			RawOrigin::Signed(s.steward),
			s.custodian,
			Basis::OptOut,
			MIN_COHORT,
			rule,
			terms(),
			root(),
			size,
		);

		assert!(Datasets::<T>::contains_key(0));
	}

	#[benchmark]
	fn publish_version() {
		let s = with_dataset::<T>();
		let size = SizeBucket::Million;

		#[extrinsic_call]
		_(RawOrigin::Signed(s.steward), s.custodian, 0, terms(), root(), size, 1);

		assert_eq!(Datasets::<T>::get(0).expect("it was offered").versions, MAX_VERSIONS);
	}

	#[benchmark]
	fn set_shortcut() {
		let s = with_dataset::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(s.chair), s.committee, 0, true);

		assert!(Datasets::<T>::get(0).expect("it was offered").shortcut);
	}

	#[benchmark]
	fn retire_dataset() {
		let s = with_dataset::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(s.steward), s.custodian, 0);

		assert!(Datasets::<T>::get(0).expect("it was offered").retired_at.is_some());
	}

	#[benchmark]
	fn register_study() {
		let s = scene::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(s.investigator), s.institute, s.ethics, UseSet::ALL, root());

		assert!(Studies::<T>::contains_key(0));
	}

	#[benchmark]
	fn amend_study() {
		let s = with_study::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(s.investigator), s.institute, 0, root());

		assert!(Studies::<T>::get(0).expect("it was registered").protocols.is_full());
	}

	#[benchmark]
	fn approve_ethics() {
		let s = with_study::<T>();
		without_institution::<T>(&s);

		#[extrinsic_call]
		_(RawOrigin::Signed(s.ethicist), s.ethics, 0, root(), NOW + 2 * YEAR);

		assert!(Studies::<T>::get(0).expect("it was registered").approvals.is_full());
	}

	#[benchmark]
	fn suspend_ethics() {
		let s = with_study::<T>();
		set_time::<T>(NOW + DAY);

		#[extrinsic_call]
		_(RawOrigin::Signed(s.ethicist), s.ethics, 0);

		let study = Studies::<T>::get(0).expect("it was registered");
		assert!(!Pallet::<T>::was_approved(&study, NOW + DAY));
	}

	#[benchmark]
	fn withdraw_ethics() {
		let s = with_study::<T>();
		set_time::<T>(NOW + DAY);

		#[extrinsic_call]
		_(RawOrigin::Signed(s.ethicist), s.ethics, 0);

		assert!(Studies::<T>::get(0).expect("it was registered").withdrawn_at.is_some());
	}

	#[benchmark]
	fn request() {
		let s = with_study::<T>();
		// Another committee than the dataset's, at which the investigator has been as well, long ago.
		let other = other_committee::<T>(&s);
		assert!(other != s.committee);

		#[extrinsic_call]
		_(RawOrigin::Signed(s.investigator), s.institute, 0, 0, statement(), Some([7; 32]));

		assert!(Requests::<T>::contains_key(0));
	}

	#[benchmark]
	fn cosign() {
		let s = with_study::<T>();
		Datasets::<T>::mutate(0, |found| {
			found.as_mut().expect("it was offered").shortcut = true;
		});
		let (by, institute) = (s.investigator.clone(), s.institute);
		Pallet::<T>::do_request(by, institute, 0, 0, statement(), None).expect("may");

		#[extrinsic_call]
		_(RawOrigin::Signed(s.signatory), s.institute, 0);

		assert!(Requests::<T>::get(0).expect("it was made").outcome.is_some());
	}

	#[benchmark]
	fn vote() {
		let s = with_votes::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(s.members[0].clone()), s.committee, 0, true);

		assert!(Requests::<T>::get(0).expect("it was made").votes.is_full());
	}

	#[benchmark]
	fn conclude() {
		let s = with_votes::<T>();
		let member = s.members[0].clone();
		Pallet::<T>::do_vote(member, s.committee, 0, true).expect("a member may");
		set_time::<T>(NOW + T::MinDeliberation::get());

		#[extrinsic_call]
		_(RawOrigin::Signed(account("anybody", 0, 0)), s.committee, 0);

		assert!(Requests::<T>::get(0).expect("it was made").outcome.is_some());
	}

	#[benchmark]
	fn accept_terms() {
		let s = with_permit::<T>();
		let version = Versions::<T>::get(0, last_version()).expect("it was published");
		Versions::<T>::insert(0, last_version(), Version { terms_version: 1, ..version });

		#[extrinsic_call]
		_(RawOrigin::Signed(s.investigator), s.institute, 0, last_version());

		assert!(permit_of::<T>().accepted.is_full());
	}

	#[benchmark]
	fn renew() {
		let s = with_permit::<T>();
		let (by, institute) = (s.investigator.clone(), s.institute);
		Pallet::<T>::do_report(by, institute, 0, 1, root()).expect("a researcher may");

		#[extrinsic_call]
		_(RawOrigin::Signed(s.investigator), s.institute, 0);

		assert!(permit_of::<T>().permit.renewal.is_some());
	}

	#[benchmark]
	fn report() {
		let s = with_permit::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(s.investigator), s.institute, 0, 1, root());

		assert!(permit_of::<T>().reports.is_full());
	}

	#[benchmark]
	fn record_output() {
		let s = with_permit::<T>();
		let kind = OutputKind::Publication;

		#[extrinsic_call]
		_(RawOrigin::Signed(s.investigator), s.institute, 0, kind, root());

		assert!(permit_of::<T>().outputs.is_full());
	}

	#[benchmark]
	fn close_out() {
		let s = with_permit::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(s.investigator), s.institute, 0, root(), Some(root()));

		assert!(permit_of::<T>().destruction.is_some());
	}

	#[benchmark]
	fn revoke() {
		let s = with_permit::<T>();
		let reason = RevocationReason::Order;

		#[extrinsic_call]
		_(RawOrigin::Signed(s.members[0].clone()), s.committee, 0, reason);

		assert!(permit_of::<T>().revoked.is_some());
	}

	#[benchmark]
	fn reserve_query() {
		let s = with_permit::<T>();
		let epsilon = T::MinEpsilon::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(s.steward), s.custodian, 0, last_version(), root(), epsilon);

		assert!(Queries::<T>::contains_key(s.custodian, 0));
	}

	#[benchmark]
	fn settle_query() {
		let s = with_permit::<T>();
		let (by, epsilon) = (s.steward.clone(), T::MinEpsilon::get());
		Pallet::<T>::do_reserve_query(by, s.custodian, 0, last_version(), root(), epsilon)
			.expect("a steward may");

		#[extrinsic_call]
		_(RawOrigin::Signed(s.steward), s.custodian, 0, root());

		let query = Queries::<T>::get(s.custodian, 0).expect("it was reserved");
		assert!(query.result.is_some());
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
