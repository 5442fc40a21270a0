//! What `try_state` notices: each test spoils one thing. The tests of single subjects have files of their own.
//! `scripts/refusals.mjs` looks whether each message of `try_state` is in one of them.

mod budgets;
mod datasets;
mod decided;
mod permits;
mod queries;
mod requests;
mod studies;

use super::*;
use frame_support::BoundedVec;
use sp_runtime::DispatchError;

/// Plays until there is one of everything, spoils something, and expects that it is noticed as `what`.
fn noticed(what: &'static str, spoil: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		let permit = permitted();
		assert_eq!(permit, 0);
		assert_ok!(reserve(permit, 1, 100_000));
		assert_ok!(reserve(permit, 2, 100_000));
		assert_ok!(Research::settle_query(signed(STEWARD), HOSPITAL, 0, commitment(8)));
		assert_ok!(publish(0, Offer { months: Some(36), ..terms() }, 1));
		assert_ok!(Research::propose_budget(signed(STEWARD), HOSPITAL, 10_000));
		assert_ok!(vote_budget(MEMBERS[0], true));
		Research::do_try_state().unwrap();
		spoil();
		assert_eq!(Research::do_try_state(), Err(DispatchError::Other(what)));
	});
}

fn population(spoil: impl FnOnce(&mut PopulationOf<Test>)) {
	Populations::<Test>::mutate(HOSPITAL, |found| spoil(found.as_mut().unwrap()));
}

fn dataset(spoil: impl FnOnce(&mut DatasetOf<Test>)) {
	Datasets::<Test>::mutate(0, |found| spoil(found.as_mut().unwrap()));
}

fn version(number: u32, spoil: impl FnOnce(&mut VersionOf<Test>)) {
	Versions::<Test>::mutate(0, number, |found| spoil(found.as_mut().unwrap()));
}

fn study(spoil: impl FnOnce(&mut StudyOf<Test>)) {
	Studies::<Test>::mutate(0, |found| spoil(found.as_mut().unwrap()));
}

fn request(spoil: impl FnOnce(&mut RequestOf<Test>)) {
	Requests::<Test>::mutate(0, |found| spoil(found.as_mut().unwrap()));
}

fn permit(spoil: impl FnOnce(&mut PermitRecord)) {
	Permits::<Test>::mutate(0, |found| spoil(found.as_mut().unwrap()));
}

fn query(id: QueryId, spoil: impl FnOnce(&mut Query)) {
	Queries::<Test>::mutate(HOSPITAL, id, |found| spoil(found.as_mut().unwrap()));
}

/// The proposal of more budget.
fn proposal(spoil: impl FnOnce(&mut BudgetMotion<u64>)) {
	BudgetMotions::<Test>::mutate(HOSPITAL, |found| spoil(found.as_mut().unwrap()));
}

/// As if nobody had asked anything: for what is wrong with a permit, and would be wrong with its queries first.
fn without_queries() {
	for (id, byte) in [(0, 1), (1, 2)] {
		Queries::<Test>::remove(HOSPITAL, id);
		QueryByCommitment::<Test>::remove(HOSPITAL, commitment(byte));
	}
	population(|found| (found.queries, found.budget) = (0, Budget::new(TOTAL)));
}

#[test]
fn what_is_lost_is_noticed() {
	noticed("a dataset is lost or from the future", || NextDataset::<Test>::put(2));
	noticed("a study is lost or from the future", || NextStudy::<Test>::put(0));
	noticed("a request is lost or from the future", || NextRequest::<Test>::put(5));
	noticed("a query is lost", || population(|found| found.queries = 3));
	noticed("a version is lost", || Versions::<Test>::remove(0, 1));
	noticed("a commitment of no query", || {
		QueryByCommitment::<Test>::insert(HOSPITAL, commitment(77), 5);
	});
	noticed("a query that is not found by its commitment", || {
		QueryByCommitment::<Test>::remove(HOSPITAL, commitment(2));
	});
}

#[test]
fn budgets_that_do_not_add_up_are_noticed() {
	noticed("reserved is not what open queries cost", || {
		population(|found| found.budget.reserved += 1);
	});
	noticed("settled is not what settled queries cost", || {
		population(|found| found.budget.settled -= 1);
	});
	noticed("more was used of a budget than there is", || {
		population(|found| found.budget.total = 1);
	});
	noticed("a budget that grew without a vote", || population(|found| found.budget.total += 1));
	noticed("a budget that began with nothing or too much", || {
		population(|found| found.opened_with = 0);
	});
	noticed("a query that costs too little or too much", || {
		query(1, |found| found.epsilon = 1);
		population(|found| found.budget.reserved = 1);
	});
	noticed("a query without a permit", || query(1, |found| found.permit = 9));
	noticed("a query after the end of its permit", || {
		permit(|found| {
			found.permit.ended = Some(PermitEnd { at: START, how: Ending::Revoked });
		});
	});
	noticed("settled out of time", || {
		query(0, |found| found.result.as_mut().unwrap().at = START);
	});
	noticed("a population whose custodian grants itself more", || {
		population(|found| found.committee = HOSPITAL);
	});
	noticed("more budget was refused out of time", || {
		population(|found| found.refused_at = Some(now() + 1));
	});
	noticed("a vote on a proposal that is not the last", || {
		population(|found| found.motions = 7);
	});
	noticed("proposed again too early", || {
		population(|found| found.refused_at = Some(now()));
	});
	noticed("whoever proposed more budget has voted on it", || {
		BudgetMotions::<Test>::mutate(HOSPITAL, |motion| {
			motion.as_mut().unwrap().admin = MEMBERS[0];
		});
	});
	noticed("whoever proposed more budget has voted on it", || {
		BudgetMotions::<Test>::mutate(HOSPITAL, |motion| {
			motion.as_mut().unwrap().by = MEMBERS[0];
		});
	});
	noticed("somebody of the custodian has voted on its budget", || {
		hire_since(HOSPITAL, MEMBERS[0], Role::Nurse, START);
	});
}

#[test]
fn datasets_that_loosen_are_noticed() {
	noticed("terms were loosened", || {
		version(1, |found| found.terms = Offer::new(Permission::Nres));
	});
	noticed("terms changed, and it was not counted; or the other way round", || {
		version(1, |found| found.terms_version = 0);
	});
	noticed("an epoch that is neither the last nor the next", || {
		version(1, |found| found.epoch = 2);
	});
	noticed("a query of a version that was the last no more", || {
		version(1, |found| (found.at, found.epoch_at) = (START - 1, START - 1));
	});
	noticed("a cohort that is too small", || dataset(|found| found.min_cohort = 4));
	noticed("a quorum that is none, or can never be reached", || {
		dataset(|found| found.rule.quorum = 2);
	});
	noticed("a quorum that is none, or can never be reached", || {
		dataset(|found| found.rule.quorum = MAX_QUORUM + 1);
	});
	noticed("a deliberation that is none, or leaves no time to count", || {
		dataset(|found| found.rule.deliberation = 0);
	});
	noticed("a deliberation that is none, or leaves no time to count", || {
		dataset(|found| found.rule.deliberation = 21 * DAY - 1);
	});
	noticed("a first version that is none", || dataset(|found| found.offered_at = START + 1));
	noticed("a query of a dataset that was taken back", || {
		dataset(|found| found.retired_at = Some(START));
	});
	noticed("what is on hold is not what deposits are for", || {
		dataset(|found| found.deposit.0 = CLINIC_ADMIN);
	});
}

#[test]
fn studies_that_nobody_could_have_approved_are_noticed() {
	noticed("a study that was approved by those whose it is", || {
		study(|found| found.approvals[0].by = INVESTIGATOR);
	});
	noticed("a study that is its own ethics body's", || study(|found| found.ethics = INSTITUTE));
	noticed("two approvals that last", || {
		study(|found| {
			let again = found.approvals[0].clone();
			found.approvals.try_push(again).unwrap();
		});
	});
	noticed("an approval for no time or too long", || {
		study(|found| found.approvals[0].period.until = START);
	});
	noticed("approved after an ethics body withdrew", || {
		study(|found| found.withdrawn_at = Some(START + 1));
	});
	noticed("an approval that outlasts the protocol it is of", || {
		let later = Protocol { commitment: commitment(9), at: now() };
		study(|found| found.protocols.try_push(later).unwrap());
	});
	noticed("a study without a protocol", || study(|found| found.protocols = BoundedVec::new()));
	noticed("the count of a study is not that of its requests", || {
		study(|found| found.requests = 2);
	});
}

#[test]
fn requests_that_nobody_could_have_decided_are_noticed() {
	noticed("somebody has voted twice", || {
		request(|found| found.votes[1].by = found.votes[0].by);
	});
	noticed("a vote that was late, or of those who ask", || {
		request(|found| found.votes[1].by = INVESTIGATOR);
	});
	noticed("decided otherwise than was voted, or without a quorum", || {
		request(|found| {
			found.votes.pop();
		});
	});
	noticed("decided before all could vote", || {
		request(|found| found.outcome.as_mut().unwrap().at = START);
	});
	noticed("decided without the institution's signature", || {
		request(|found| found.cosigned = None);
	});
	noticed("co-signed by whoever asked", || {
		request(|found| found.cosigned.as_mut().unwrap().by = INVESTIGATOR);
	});
	noticed("decided, though the terms exclude it", || {
		request(|found| {
			found.cosigned.as_mut().unwrap().decision.answer = Answer::NoMatch(Rule::Npu);
		});
	});
	noticed("decided, though the terms exclude it", || {
		request(|found| found.cosigned.as_mut().unwrap().excluded = Some(Rule::Npu));
	});
	noticed("excluded otherwise than the table says", || {
		request(|found| {
			let cosigned = found.cosigned.as_mut().unwrap();
			cosigned.decision.answer = Answer::NoMatch(Rule::Npu);
			cosigned.excluded = Some(Rule::Ncu);
			(found.votes, found.outcome) = (BoundedVec::new(), None);
		});
	});
	noticed("a request of a study that was withdrawn", || {
		study(|found| {
			found.approvals = BoundedVec::new();
			found.withdrawn_at = Some(START - 1);
		});
	});
	noticed("a request that the applicant decides itself", || {
		dataset(|found| found.rule.committee = INSTITUTE);
	});
	noticed("approved as a match that is none", || {
		request(|found| found.outcome.as_mut().unwrap().by = DecidedBy::Match);
	});
	noticed("a permit that nobody approved", || {
		request(|found| found.outcome = None);
	});
}

#[test]
fn requests_that_were_matched_otherwise_than_the_table_says_are_noticed() {
	noticed("a request for a dataset that was taken back", || {
		dataset(|found| found.retired_at = Some(now()));
		request(|found| found.cosigned.as_mut().unwrap().at = now() + 1);
	});
	noticed("matched with a version that was the last no more, or not yet", || {
		request(|found| found.cosigned.as_mut().unwrap().version = 1);
	});
	noticed("matched otherwise than the table says", || {
		request(|found| {
			found.cosigned.as_mut().unwrap().decision.answer =
				Answer::Abstain(Code::Condition(Rule::Disease));
		});
	});
	noticed("terms were accepted that were replaced already", || {
		pass(10);
		permit(|found| found.accepted[0].terms.from = now());
	});
	noticed("terms of a dataset that was taken back were accepted", || {
		pass(10);
		permit(|found| {
			found.accepted[0].version = 1;
			let terms = &mut found.accepted[0].terms;
			(terms.version, terms.from) = (1, now());
		});
		dataset(|found| found.retired_at = Some(now() - 5));
	});
}

#[test]
fn permits_that_nobody_could_have_given_are_noticed() {
	noticed("a permit that does not last as long as was asked", || {
		permit(|found| found.permit.period.until += 1);
	});
	noticed("a permit whose end is not what was done", || {
		permit(|found| found.revoked = Some(RevocationReason::Order));
	});
	noticed("terms were accepted that were not offered", || {
		permit(|found| found.accepted[0].terms.version = 1);
	});
	noticed("a permit that lasts longer than its terms allow", || {
		version(0, |found| found.terms.months = Some(12));
		version(1, |found| found.terms.months = Some(11));
	});
	noticed("a permit without terms", || permit(|found| found.accepted = BoundedVec::new()));
	noticed("a renewal that is not as long as the permit", || {
		permit(|found| {
			found.permit.renewal = Some(Renewal { at: now(), until: now() + 1 });
		});
	});
	noticed("two reports of a year", || {
		permit(|found| {
			let filed = YearlyReport { year: 1, at: now() };
			let report = Report { filed, commitment: commitment(1) };
			found.reports = vec![report; 2].try_into().unwrap();
		});
	});
}
