//! What must hold of the whole storage, whatever was called.

use crate::*;
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::ensure;
use salus_primitives::{
	deposits::are_backed, Interval, LabelSet, Moment, OrgId, PatientId, Purpose,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the storage.
	pub fn do_try_state() -> Result<(), DispatchError> {
		let now = Self::now();
		for (patient, live) in Live::<T>::iter() {
			Self::check_directives(&patient, &live, now)?;
		}
		for (patient, _, _) in History::<T>::iter() {
			ensure!(Live::<T>::contains_key(patient), "history of a patient without directives");
		}
		for (_, vetoes) in Vetoes::<T>::iter() {
			Self::check_vetoes(&vetoes, now)?;
		}
		for (_, terms) in BaseDecisions::<T>::iter() {
			Self::check_base(&terms, now)?;
		}
		Self::check_requests()?;
		for (patient, pending) in PendingLifts::<T>::iter() {
			let live = Live::<T>::get(patient);
			ensure!(!pending.is_empty(), "an empty list of pending lifts");
			for (i, lift) in pending.iter().enumerate() {
				ensure!(
					pending
						.iter()
						.skip(i.saturating_add(1))
						.all(|other| other.target != lift.target),
					"a lift waits twice"
				);
				ensure!(lift.requested_at <= now, "a lift was asked for in the future");
				ensure!(lift.requested_at < lift.ready_at, "a lift without a delay");
				match lift.target {
					LiftTarget::Directive(directive) => {
						ensure!(directive < live.next, "a lift of a directive that never was");
					},
					LiftTarget::BaseDecision(decision) => {
						ensure!(
							pending
								.iter()
								.skip(i.saturating_add(1))
								.all(|other| !matches!(other.target, LiftTarget::BaseDecision(_))),
							"two looser base decisions wait"
						);
						let terms = BaseDecisions::<T>::get(patient);
						ensure!(
							Self::base_of(&terms, now).is_stricter_than(decision),
							"a lift to a base decision that is not looser"
						);
						ensure!(
							terms.last().is_none_or(|term| term.from <= lift.requested_at),
							"a looser base decision was asked for before the present one"
						);
					},
					LiftTarget::Veto(_) | LiftTarget::Requester(_) => (),
				}
			}
		}
		for (_, _, since) in Blocked::<T>::iter() {
			ensure!(since <= now, "a block from the future");
		}
		Self::check_deposits()
	}

	/// What is on hold is what open requests, and those that were approved, have put down.
	fn check_deposits() -> Result<(), DispatchError> {
		let open = Requests::<T>::iter_values().map(|asked| (asked.payer, asked.ticket));
		let approved = Agreements::<T>::iter_values().map(|agreed| (agreed.payer, agreed.ticket));
		ensure!(
			are_backed::<T, _>(open.chain(approved)),
			"what is on hold is not what requests have put down"
		);
		Ok(())
	}

	/// One patient's directives: in the live set, in the history, and their agreements.
	fn check_directives(
		patient: &PatientId,
		live: &LiveSet<T::AccountId>,
		now: Moment,
	) -> Result<(), DispatchError> {
		let mut all: Vec<&Numbered<T::AccountId>> = Vec::new();
		let mut pages = Vec::new();
		let last = live.swept.div_ceil(PAGE);
		for number in 0..last {
			pages.push(History::<T>::get(patient, number).ok_or("a page is missing")?);
		}
		ensure!(
			u32::try_from(History::<T>::iter_prefix(patient).count()) == Ok(last),
			"a page that nothing counts"
		);
		// The migration to version 3 runs before its block has a time, and dates what it replaces to the second after the block
		// before. Until the block has its time, that second is the next one.
		let next = now.saturating_add(1);
		let replaced = Some(Ended { at: next, why: EndReason::Replaced });
		let mut known =
			pages.iter().flat_map(|page| page.entries.iter()).chain(live.entries.iter());
		let latest = if known.any(|(_, found)| found.ended == replaced) { next } else { now };

		let mut before = 0;
		for (number, page) in (0u32..).zip(&pages) {
			let expected = if number.saturating_add(1) == last {
				live.swept.saturating_sub(number.saturating_mul(PAGE))
			} else {
				PAGE
			};
			ensure!(u32::try_from(page.entries.len()) == Ok(expected), "a page of a wrong size");
			ensure!(before <= page.swept && page.swept <= latest, "pages out of order");
			before = page.swept;
			for entry in &page.entries {
				ensure!(entry.1.end() <= page.swept, "the history has a directive in force");
				all.push(entry);
			}
		}
		ensure!(
			live.entries.windows(2).all(|pair| match pair {
				[(first, _), (second, _)] => first < second,
				_ => true,
			}),
			"directives out of order"
		);
		all.extend(live.entries.iter());

		let ids: BTreeSet<DirectiveId> = all.iter().map(|(id, _)| *id).collect();
		ensure!(ids.len() == all.len(), "a directive has two places");
		ensure!(u32::try_from(all.len()) == Ok(live.next), "a directive is lost");
		ensure!(ids.iter().all(|id| *id < live.next), "a directive from the future");

		let permits = live
			.entries
			.iter()
			.filter(|(_, found)| found.effect == Effect::Permit && found.in_force(now))
			.count();
		ensure!(u32::try_from(permits).is_ok_and(|n| n <= MAX_PERMITS), "too many Permits");

		let mut agreed = 0u32;
		for (id, directive) in all {
			Self::check_directive(directive, latest)?;
			if let DirectiveBasis::Request(_) = directive.basis {
				// What was agreed went over to the directive that took its place.
				if directive.ended.is_some_and(|ended| ended.why == EndReason::Replaced) {
					continue;
				}
				let agreement = Agreements::<T>::get(patient, id).ok_or("an agreement is lost")?;
				// What ends with this second was left as it is by the migration to version 3.
				ensure!(
					directive.end() <= next
						|| Self::named(&directive.grantee) == Some(agreement.organisation),
					"a Permit that was asked for reaches beyond who asked"
				);
				agreed = agreed.saturating_add(1);
			}
		}
		ensure!(
			u32::try_from(Agreements::<T>::iter_prefix(patient).count()) == Ok(agreed),
			"an agreement without its directive"
		);
		Ok(())
	}

	/// One directive by itself: what the calls refuse is not there, and nothing is later than `latest`.
	fn check_directive(
		directive: &Directive<T::AccountId>,
		latest: Moment,
	) -> Result<(), DispatchError> {
		let Directive { effect, scope, period, .. } = directive;
		let Scope { actions, purposes, classes, labels, data } = scope;
		ensure!(*labels == LabelSet::EMPTY, "a label in plain");
		ensure!(
			actions.is_known() && purposes.is_known() && classes.is_known(),
			"a set has an unknown bit"
		);
		ensure!(
			!actions.is_empty() && !purposes.is_empty() && !classes.is_empty(),
			"a set is empty"
		);
		ensure!(!purposes.contains(Purpose::Btg), "a directive for break-the-glass");
		ensure!(!data.is_empty() && !period.is_empty(), "an interval is empty");
		ensure!(period.from <= latest, "a directive from the future");
		ensure!(directive.max_uses.is_none(), "a limit on uses that nobody counts");
		ensure!(directive.redisclose_depth <= MAX_REDISCLOSE_DEPTH, "too many hands");
		if let Some(Ended { at, why }) = directive.ended {
			let of_a_deny = why == EndReason::Lifted;
			ensure!(
				of_a_deny == (*effect == Effect::Deny),
				"a directive ended for a reason of the other kind"
			);
			let life = Interval::new(period.from, period.until);
			ensure!(life.contains(at) && at <= latest, "a directive ended outside its period");
		}
		Ok(())
	}

	/// One patient's vetoes.
	fn check_vetoes(vetoes: &[PurposeVeto], now: Moment) -> Result<(), DispatchError> {
		let mut standing = BTreeSet::new();
		let mut closed = 0u32;
		for veto in vetoes {
			ensure!(veto.from <= now, "a veto from the future");
			match veto.until {
				None => ensure!(standing.insert(veto.purpose), "a purpose is vetoed twice"),
				Some(until) => {
					ensure!(veto.from < until && until <= now, "a veto with a wrong end");
					closed = closed.saturating_add(1);
				},
			}
		}
		ensure!(
			closed <= MAX_VETOES.saturating_sub(VETO_ROOM),
			"the history of vetoes eats into the room for vetoes"
		);
		Ok(())
	}

	/// One patient's base decisions.
	fn check_base(terms: &[BaseTerm], now: Moment) -> Result<(), DispatchError> {
		ensure!(!terms.is_empty(), "an empty list of base decisions");
		let (mut at, mut decision) = (0, BaseDecision::Unset);
		for term in terms {
			ensure!(at <= term.from && term.from <= now, "base decisions out of order");
			ensure!(
				decision.left_at(at, term.from) != term.decision,
				"a base decision that changes nothing"
			);
			(at, decision) = (term.from, term.decision);
		}
		let most = MAX_BASE.saturating_sub(decision.stricter_steps());
		ensure!(
			u32::try_from(terms.len()).is_ok_and(|count| count <= most),
			"no room for a stricter base decision"
		);
		Ok(())
	}

	/// All requests and their indices.
	fn check_requests() -> Result<(), DispatchError> {
		let mut counted = 0usize;
		for (patient, index) in OpenRequests::<T>::iter() {
			let mut of_one: Vec<OrgId> = Vec::new();
			let mut before = None;
			for (id, organisation) in &index.open {
				let request =
					Requests::<T>::get(patient, id).ok_or("an open request is not there")?;
				ensure!(request.organisation == *organisation, "a request of another organisation");
				ensure!(
					Self::named(&request.grantee) == Some(*organisation),
					"a request for somebody beyond who asks"
				);
				ensure!(before < Some(*id) && *id < index.next, "requests out of order");
				before = Some(*id);
				of_one.push(*organisation);
				ensure!(
					u32::try_from(of_one.iter().filter(|other| *other == organisation).count())
						.is_ok_and(|n| n <= MAX_REQUESTS_OF_ONE),
					"too many requests of one organisation"
				);
				counted = counted.saturating_add(1);
			}
		}
		ensure!(Requests::<T>::iter().count() == counted, "a request that nothing counts");
		Ok(())
	}
}
