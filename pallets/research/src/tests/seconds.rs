//! To the second: each input of a permit lapses at one, without a transaction where no transaction ends it; a quorum that cannot be
//! reached, and who joins the applicant while votes are counted, likewise. What was told of the seconds around stays.

use super::*;

/// How an input comes to lapse: made so that nothing more is needed, and at which second.
struct Lapsing {
	permit: AccessRequestId,
	at: Moment,
	/// What somebody else does at that very second: only terms and a retirement lapse by a call.
	by: Option<fn() -> DispatchResult>,
}

fn by_clock(permit: AccessRequestId, at: Moment) -> Lapsing {
	Lapsing { permit, at, by: None }
}

/// Publishes every epoch that is due until the second before `until`, with terms as they are.
fn keep_epochs_before(until: Moment) {
	while now() + 29 * DAY < until - 1 {
		pass(29 * DAY);
		let VersionInfo { terms, epoch, .. } = Research::dataset(0).unwrap().version;
		assert_ok!(publish(0, terms, epoch + 1));
	}
}

/// A permit of which this input, and no other, is about to lapse.
fn about_to_lapse(lapse: Lapse) -> Lapsing {
	let soon = START + 10 * DAY;
	match lapse {
		Lapse::Ethics => {
			let (dataset, study) = (offered(terms()), registered());
			assert_ok!(approve(study, soon));
			assert_ok!(ask(study, dataset, statement()));
			assert_ok!(cosign(0));
			for member in &MEMBERS[..3] {
				assert_ok!(vote(*member, 0, true));
			}
			pass(DAY);
			assert_ok!(conclude(0));
			assert_ok!(accept(0));
			by_clock(0, soon)
		},
		Lapse::Licence => {
			let permit = permitted();
			license_until(INSTITUTE, soon);
			by_clock(permit, soon)
		},
		Lapse::Affiliation => {
			let permit = permitted();
			employ_until(INSTITUTE, INVESTIGATOR, soon);
			by_clock(permit, soon)
		},
		Lapse::Terms => {
			let by = || publish(0, Offer { months: Some(36), ..terms() }, 0);
			Lapsing { permit: permitted(), at: soon, by: Some(by) }
		},
		Lapse::Epoch => by_clock(permitted(), START + 30 * DAY),
		Lapse::Report => {
			let permit = permitted();
			let at = now() + YEAR + 30 * DAY;
			keep_epochs_before(at);
			by_clock(permit, at)
		},
		Lapse::Expired => {
			let permit = permitted_for(terms(), Request { months: Some(6), ..statement() });
			let at = now() + 6 * MONTH;
			keep_epochs_before(at);
			by_clock(permit, at)
		},
		Lapse::Retired => {
			let by = || Research::retire_dataset(signed(STEWARD), HOSPITAL, 0);
			Lapsing { permit: permitted(), at: soon, by: Some(by) }
		},
	}
}

/// Makes all be in order again, if that can be.
fn heal(lapse: Lapse, permit: AccessRequestId) {
	let done = match lapse {
		Lapse::Ethics => approve(0, now() + YEAR),
		Lapse::Licence => {
			license(INSTITUTE, OrgKind::Research);
			Ok(())
		},
		Lapse::Affiliation => {
			hire(INSTITUTE, INVESTIGATOR, Role::Researcher);
			Ok(())
		},
		Lapse::Terms => accept(permit),
		Lapse::Epoch => publish(0, terms(), 1),
		Lapse::Report => report(permit, 1),
		Lapse::Expired => report(permit, 1)
			.and_then(|()| Research::renew(signed(INVESTIGATOR), INSTITUTE, permit)),
		// For good.
		Lapse::Retired => Ok(()),
	};
	assert_ok!(done);
}

#[test]
fn each_input_lapses_at_its_second_and_what_was_told_stays() {
	for lapse in Lapse::ALL {
		build_and_execute(|| {
			let Lapsing { permit, at, by } = about_to_lapse(lapse);
			let off = suspended(&[lapse]);
			// The second before: active, and a query is reserved.
			set_now(at - 1);
			assert_eq!(standing(permit), Standing::Active, "{lapse:?} lapsed too early");
			assert_eq!(Research::permit_at(permit, at), None, "the future was told");
			assert_ok!(reserve(permit, 1, 100_000));
			assert_eq!(Research::lapsed(0), []);
			// That second: suspended, and none is. Nobody has called anything, but for new terms and a retirement.
			set_now(at);
			if let Some(by) = by {
				assert_ok!(by());
			}
			let told = || (at - 2..=at + 1).map(move |second| Research::permit_at(permit, second));
			let (active, off_then) = (Some(Standing::Active), Some(off));
			assert_eq!(standing(permit), off, "{lapse:?} did not lapse");
			assert!(told().eq([active, active, off_then, None]), "{lapse:?}");
			assert!(reserve(permit, 2, 100_000).is_err());
			assert_eq!(Research::lapsed(0).len(), 1);
			// The second after.
			pass(1);
			let all = [active, active, off_then, off_then];
			assert!(told().eq(all), "{lapse:?} a second later");
			assert!(reserve(permit, 2, 100_000).is_err());
			// In order again from that second, and not before.
			pass(1);
			heal(lapse, permit);
			let healed_at = now();
			let healed = if lapse == Lapse::Retired { off } else { Standing::Active };
			assert_eq!(standing(permit), healed, "{lapse:?} was healed");
			assert_eq!(Research::permit_at(permit, healed_at - 1), off_then);
			assert!(told().eq(all), "{lapse:?} after it was healed");
			// However much later, whatever has lapsed since.
			for later in [DAY, YEAR, 10 * YEAR] {
				set_now(healed_at + later);
				assert!(told().eq(all), "{lapse:?} {later} s later");
				assert_eq!(Research::permit_at(permit, healed_at - 1), off_then);
				assert_eq!(Research::permit_at(permit, healed_at), Some(healed));
			}
			set_now(healed_at);
		});
	}
}

#[test]
fn a_vote_without_a_quorum_lapses_at_its_second_and_what_was_told_stays() {
	build_and_execute(|| {
		let request = voting();
		let end = now() + 21 * DAY;
		for member in &MEMBERS[..3] {
			assert_ok!(vote(*member, request, true));
		}
		// Two of the five work for the applicant by now, and one of the three has left: there will be no quorum.
		pass(DAY);
		hire(INSTITUTE, MEMBERS[0], Role::Researcher);
		hire(INSTITUTE, MEMBERS[3], Role::Researcher);
		dismiss(COMMITTEE, MEMBERS[1]);
		set_now(end - 1);
		assert_eq!(stage(request), Stage::Voting);
		assert_noop!(vote(MEMBERS[3], request, true), PalletError::Recused);
		assert_ok!(vote(MEMBERS[4], request, true));
		assert_noop!(conclude(request), PalletError::NoQuorum);
		set_now(end);
		assert_eq!(stage(request), Stage::Lapsed);
		assert_noop!(conclude(request), PalletError::VoteClosed);
		assert_noop!(accept(request), PalletError::Lapsed);
		for later in [0, 1, YEAR, 10 * YEAR] {
			set_now(end + later);
			assert_eq!(Research::stage_at(request, end - 1), Some(Stage::Voting));
			assert_eq!(Research::stage_at(request, end), Some(Stage::Lapsed));
			assert_eq!(Research::request_info(request).unwrap().stage, Stage::Lapsed);
		}
	});
}

/// E5: up to the second of the count, and no further.
#[test]
fn whoever_joins_the_applicant_by_the_second_of_the_count_does_not_count() {
	let votes_at_the_count = |meanwhile: fn(Moment)| {
		let mut counted = None;
		build_and_execute(|| {
			let request = voting();
			let count = now() + 2 * DAY;
			for member in &MEMBERS[..4] {
				assert_ok!(vote(*member, request, true));
			}
			meanwhile(count);
			set_now(count);
			assert_ok!(conclude(request));
			let outcome = Requests::<Test>::get(request).unwrap().outcome.unwrap();
			// Whoever joins after the count, in that very second or later, changes nothing of it.
			hire(INSTITUTE, MEMBERS[1], Role::Researcher);
			pass(1);
			hire(INSTITUTE, MEMBERS[2], Role::Researcher);
			assert_eq!(Requests::<Test>::get(request).unwrap().outcome, Some(outcome));
			assert_eq!(Research::stage_at(request, count), Some(Stage::Approved));
			assert_eq!(Research::stage_at(request, count - 1), Some(Stage::Voting));
			let DecidedBy::Vote(tally) = outcome.by else { panic!("nobody has voted") };
			counted = Some(tally.in_favour);
		});
		counted.unwrap()
	};
	assert_eq!(votes_at_the_count(|_| {}), 4);
	assert_eq!(votes_at_the_count(joins_at), 3);
	assert_eq!(votes_at_the_count(|count| joins_at(count - 1)), 3);
	// For a second, long before the count.
	let for_a_second = |count: Moment| {
		joins_at(count - DAY);
		pass(1);
		dismiss(INSTITUTE, MEMBERS[0]);
	};
	assert_eq!(votes_at_the_count(for_a_second), 3);
}

/// A member of the committee comes to work for the applicant at `at`.
fn joins_at(at: Moment) {
	set_now(at);
	hire(INSTITUTE, MEMBERS[0], Role::Nurse);
}
