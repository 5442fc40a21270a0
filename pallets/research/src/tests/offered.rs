//! Populations and datasets.

use super::*;

#[test]
fn a_custodian_opens_one_population_and_never_another() {
	build_and_execute(|| {
		assert_ok!(open());
		assert_eq!(budget(), Budget::new(TOTAL));
		assert!(held(HOSPITAL_ADMIN) > 0);
		assert_eq!(events(), [Event::PopulationOpened { custodian: HOSPITAL, total: TOTAL }]);
		assert_noop!(open(), PalletError::AlreadyOpened);
	});
}

#[test]
fn a_population_needs_a_licence_a_committee_and_an_amount_within_bounds() {
	build_and_execute(|| {
		let open = |committee, quorum, total| {
			Research::open_population(signed(STEWARD), HOSPITAL, committee, quorum, total)
		};
		assert_noop!(open(77, 3, TOTAL), PalletError::UnknownOrganisation);
		assert_noop!(open(COMMITTEE, MIN_QUORUM - 1, TOTAL), PalletError::WrongQuorum);
		assert_noop!(open(COMMITTEE, MAX_VOTES + 1, TOTAL), PalletError::WrongQuorum);
		assert_noop!(open(COMMITTEE, 3, 0), PalletError::WrongBudget);
		assert_noop!(open(COMMITTEE, 3, 10_000_001), PalletError::WrongBudget);
		assert_noop!(offer(terms()), PalletError::UnknownPopulation);
		suspend(HOSPITAL);
		assert_noop!(open(COMMITTEE, 3, TOTAL), PalletError::NotLicensed);
		license(HOSPITAL, OrgKind::Provider);
		assert_ok!(open(COMMITTEE, MAX_QUORUM, 10_000_000));
	});
}

#[test]
fn a_dataset_has_a_committee_with_a_quorum_and_a_cohort() {
	build_and_execute(|| {
		assert_ok!(open());
		let offer = |min_cohort, rule| {
			Research::offer_dataset(
				signed(HOSPITAL_ADMIN),
				HOSPITAL,
				Basis::OptOut,
				min_cohort,
				rule,
				terms(),
				commitment(1),
				SizeBucket::Million,
			)
		};
		assert_noop!(offer(MIN_COHORT - 1, rule()), PalletError::CohortTooSmall);
		let small = CommitteeRule { quorum: 2, ..rule() };
		assert_noop!(offer(5, small), PalletError::WrongQuorum);
		let long = CommitteeRule { deliberation: 21 * DAY, ..rule() };
		assert_noop!(offer(5, long), PalletError::WrongDeliberation);
		let nobody = CommitteeRule { committee: 77, ..rule() };
		assert_noop!(offer(5, nobody), PalletError::UnknownOrganisation);
		NextDataset::<Test>::put(u32::MAX);
		assert_noop!(offer(5, rule()), PalletError::IdsExhausted);
		NextDataset::<Test>::put(0);
		assert_ok!(offer(MIN_COHORT, rule()));
		let told = Research::dataset(0).unwrap();
		assert_eq!((told.custodian, told.basis, told.min_cohort), (HOSPITAL, Basis::OptOut, 5));
		assert_eq!((told.version.number, told.version.epoch), (0, 0));
		assert_eq!(told.version.next_epoch_due, START + 30 * DAY);
		suspend(HOSPITAL);
		assert_noop!(offer(5, rule()), PalletError::NotLicensed);
	});
}

#[test]
fn a_new_version_keeps_or_tightens_the_terms() {
	build_and_execute(|| {
		let dataset = offered(terms());
		let tighter = Offer { months: Some(36), ..terms() };
		assert_noop!(publish(dataset, Offer::new(Permission::Gru), 0), PalletError::TermsLoosened);
		assert_ok!(publish(dataset, terms(), 0));
		assert_ok!(publish(dataset, tighter, 0));
		assert_noop!(publish(dataset, terms(), 0), PalletError::TermsLoosened);
		let counted: Vec<_> = (0..3)
			.map(|number| Versions::<Test>::get(dataset, number).unwrap().terms_version)
			.collect();
		assert_eq!(counted, [0, 0, 1]);
	});
}

#[test]
fn an_epoch_is_the_last_one_or_the_next_and_is_due_thirty_days_after() {
	build_and_execute(|| {
		let dataset = offered(terms());
		pass(DAY);
		assert_noop!(publish(dataset, terms(), 2), PalletError::WrongEpoch);
		assert_ok!(publish(dataset, terms(), 0));
		// A version without a new epoch moves nothing.
		let due = || Research::dataset(dataset).unwrap().version.next_epoch_due;
		assert_eq!(due(), START + 30 * DAY);
		assert_ok!(publish(dataset, terms(), 1));
		assert_eq!(due(), START + 31 * DAY);
		assert_noop!(publish(dataset, terms(), 0), PalletError::WrongEpoch);
	});
}

#[test]
fn the_version_of_a_past_moment_is_found_among_many() {
	build_and_execute(|| {
		let dataset = offered(terms());
		for epoch in 1..20 {
			pass(DAY);
			assert_ok!(publish(dataset, terms(), epoch));
		}
		for day in 0..20u32 {
			let at = START + Moment::from(day) * DAY;
			let before = at.checked_sub(1).and_then(|at| Research::version_at(dataset, at));
			assert_eq!(before.map(|version| version.epoch), day.checked_sub(1), "day {day}");
			assert_eq!(Research::version_at(dataset, at).unwrap().epoch, day);
		}
		assert_eq!(Research::version_at(dataset, now() + 1), None);
	});
}

#[test]
fn there_is_room_for_so_many_versions_and_no_more() {
	new_test_ext().execute_with(|| {
		let dataset = offered(terms());
		let last = Versions::<Test>::get(dataset, 0).unwrap();
		Versions::<Test>::insert(dataset, MAX_VERSIONS - 1, last);
		Datasets::<Test>::mutate(dataset, |found| {
			found.as_mut().unwrap().versions = MAX_VERSIONS;
		});
		assert_noop!(publish(dataset, terms(), 1), PalletError::TooManyVersions);
	});
}

#[test]
fn the_committees_administrator_agrees_that_a_match_will_do() {
	build_and_execute(|| {
		let dataset = offered(terms());
		let set = |who, allowed| Research::set_shortcut(signed(who), COMMITTEE, dataset, allowed);
		assert_noop!(set(HOSPITAL_ADMIN, true), PalletError::NotAuthorised);
		assert_noop!(set(MEMBERS[0], true), PalletError::NotAuthorised);
		assert_noop!(set(COMMITTEE_ADMIN, false), PalletError::NothingToChange);
		assert_noop!(
			Research::set_shortcut(signed(HOSPITAL_ADMIN), HOSPITAL, dataset, true),
			PalletError::NotAuthorised
		);
		assert_ok!(set(COMMITTEE_ADMIN, true));
		assert!(Research::dataset(dataset).unwrap().shortcut);
		assert_ok!(set(COMMITTEE_ADMIN, false));
	});
}

#[test]
fn a_dataset_that_was_taken_back_takes_nothing_more() {
	build_and_execute(|| {
		let permit = permitted();
		let dataset = Permits::<Test>::get(permit).unwrap().dataset;
		let retire = || Research::retire_dataset(signed(STEWARD), HOSPITAL, dataset);
		assert_ok!(retire());
		assert_noop!(retire(), PalletError::DatasetRetired);
		assert_noop!(publish(dataset, terms(), 1), PalletError::DatasetRetired);
		assert_noop!(ask(0, dataset, statement()), PalletError::DatasetRetired);
		assert_noop!(reserve(permit, 1, 100_000), PalletError::DatasetRetired);
		assert_noop!(
			Research::renew(signed(INVESTIGATOR), INSTITUTE, permit),
			PalletError::NotRenewable
		);
	});
}

#[test]
fn a_custodian_touches_no_dataset_of_another() {
	build_and_execute(|| {
		let dataset = offered(terms());
		assert_noop!(
			Research::publish_version(
				signed(CLINIC_STEWARD),
				CLINIC,
				dataset,
				terms(),
				commitment(2),
				SizeBucket::Below100,
				1,
			),
			PalletError::NotAuthorised
		);
		assert_noop!(
			Research::retire_dataset(signed(CLINIC_STEWARD), CLINIC, dataset),
			PalletError::NotAuthorised
		);
	});
}

#[test]
fn whoever_cannot_put_a_deposit_down_offers_nothing() {
	build_and_execute(|| {
		assert_ok!(open());
		let all = Balances::free_balance(HOSPITAL_ADMIN);
		assert_ok!(Balances::transfer_allow_death(signed(HOSPITAL_ADMIN), STRANGER, all - 10));
		assert!(offer(terms()).is_err());
		assert_eq!(NextDataset::<Test>::get(), 0);
	});
}
