//! What must hold of the whole storage, whatever was called.

use crate::*;
use alloc::collections::BTreeSet;
use frame_support::{ensure, traits::Get};
use salus_primitives::{
	deposits::are_backed, Moment, OptOut, OrgId, PatientId, RelationshipId, Towards,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the storage.
	pub fn do_try_state() -> Result<(), DispatchError> {
		let now = Self::now();
		Self::check_relationships(now)?;
		for (patient, book) in Invitations::<T>::iter() {
			Self::check_invitations(&book, &OptOuts::<T>::get(patient), now)?;
		}
		for (_, outs) in OptOuts::<T>::iter() {
			Self::check_opt_outs(&outs, now)?;
		}
		for (patient, pending) in PendingOptIns::<T>::iter() {
			ensure!(!pending.is_empty(), "an empty list of pending returns");
			let outs = OptOuts::<T>::get(patient);
			let mut seen = BTreeSet::new();
			for PendingOptIn { towards, requested_at, ready_at } in pending {
				ensure!(seen.insert(key(towards)), "a return waits twice");
				ensure!(requested_at <= now, "a return was asked for in the future");
				ensure!(requested_at < ready_at, "a return without a delay");
				ensure!(
					outs.iter().any(|out| out.towards == towards && out.until.is_none()),
					"a return from what is not"
				);
			}
		}
		Self::check_policies(now)?;
		Self::check_voided(now)?;
		let deposits = Relationships::<T>::iter_values().map(|found| (found.payer, found.ticket));
		ensure!(are_backed::<T, _>(deposits), "what is on hold is not what relationships are for");
		Ok(())
	}

	/// Every relationship is in the chain of its pair, once, and those of a pair follow each other.
	fn check_relationships(now: Moment) -> Result<(), DispatchError> {
		let next = NextRelationship::<T>::get();
		let mut stored = 0u64;
		for (id, found) in Relationships::<T>::iter() {
			stored = stored.saturating_add(1);
			ensure!(id < next, "a relationship from the future");
			let period = found.treatment.period;
			ensure!(period.from <= now, "a relationship began in the future");
			ensure!(period.from < period.until, "a relationship without a time");
			ensure!(
				period.until.saturating_sub(period.from) <= T::MaxTerm::get(),
				"a relationship lasts too long"
			);
			ensure!(
				found.treatment.ended.is_some() == found.ended_by.is_some(),
				"a relationship was ended by nobody, or not ended by somebody"
			);
			if let Some(ended) = found.treatment.ended {
				ensure!(
					period.from <= ended && ended < period.until && ended <= now,
					"a relationship ended outside its time"
				);
			}
			ensure!(
				found.referred_by.is_some() == (found.kind == RelationshipKind::Referral),
				"a referral by nobody, or what is none"
			);
			ensure!(
				found.referred_by != Some(found.treatment.organisation),
				"an organisation sent the patient to itself"
			);
			if let Word::Invitation(invitation) = found.word {
				ensure!(
					invitation < Invitations::<T>::get(found.patient).next,
					"a relationship by an invitation that never was"
				);
			}
		}
		ensure!(stored == next, "a relationship is lost");
		let mut chained = 0u64;
		for (patient, organisation, pair) in Pairs::<T>::iter() {
			let mut link = pair.latest;
			let mut after: Option<(RelationshipId, Moment)> = None;
			let (mut length, mut ends) = (0u32, 0u32);
			while let Some(id) = link {
				let found = Relationships::<T>::get(id).ok_or("a pair's relationship is lost")?;
				ensure!(
					found.patient == patient && found.treatment.organisation == organisation,
					"a relationship of another pair"
				);
				if let Some((later, began)) = after {
					ensure!(id < later, "relationships out of order");
					ensure!(found.treatment.end() <= began, "two relationships of a pair overlap");
				}
				after = Some((id, found.treatment.period.from));
				length = length.saturating_add(1);
				// The relationship that took its place has used up a word of its own.
				let ended =
					matches!(found.ended_by, Some(EndedBy::Patient) | Some(EndedBy::Organisation));
				ends = ends.saturating_add(ended.into());
				link = found.previous;
			}
			ensure!(
				length.saturating_add(ends) <= pair.words,
				"a relationship, or its end, that used up no word"
			);
			ensure!(pair.words > 0, "two who have nothing to do with each other");
			chained = chained.saturating_add(length.into());
		}
		ensure!(chained == stored, "a relationship of no pair");
		Ok(())
	}

	/// One patient's invitations, of which no opt-out has left any.
	fn check_invitations(
		book: &InvitationBook,
		outs: &[OptOut],
		now: Moment,
	) -> Result<(), DispatchError> {
		let mut organisations = BTreeSet::new();
		let mut before = None;
		for (id, invitation) in &book.open {
			ensure!(before < Some(*id) && *id < book.next, "invitations out of order");
			before = Some(*id);
			ensure!(
				invitation.made_at <= now && invitation.made_at < invitation.expires_at,
				"an invitation outside its time"
			);
			ensure!(invitation.made_at < invitation.until, "an invitation to nothing");
			ensure!(
				Self::ensure_not_out(outs, invitation.organisation).is_ok(),
				"an invitation of an organisation towards which the patient has opted out"
			);
			ensure!(
				invitation.referred_by != Some(invitation.organisation),
				"an organisation sent the patient to itself"
			);
			ensure!(
				organisations.insert(invitation.organisation),
				"an organisation is invited twice"
			);
		}
		Ok(())
	}

	/// One patient's opt-outs.
	fn check_opt_outs(outs: &[OptOut], now: Moment) -> Result<(), DispatchError> {
		let mut standing = BTreeSet::new();
		let mut before = 0;
		for out in outs {
			ensure!(before <= out.from && out.from <= now, "opt-outs out of order");
			before = out.from;
			match out.until {
				None => ensure!(standing.insert(key(out.towards)), "opted out twice"),
				Some(until) => {
					ensure!(out.from < until && until <= now, "an opt-out with a wrong end");
				},
			}
		}
		let organisations = standing.iter().filter(|who| who.is_some()).count();
		ensure!(
			u32::try_from(organisations).is_ok_and(|count| count <= MAX_OPT_OUTS),
			"opted out towards too many"
		);
		let kept = u32::try_from(outs.len()) != Ok(MAX_OPT_OUT_HISTORY)
			|| outs
				.last()
				.is_some_and(|last| last.towards == Towards::Everybody && last.until.is_none());
		ensure!(kept, "the last place is not for opting out towards everybody");
		Ok(())
	}

	/// Every end but a renewal, and every opt-out, has voided words, in a block that there is. What is older than this moment
	/// is not looked for: it may be gone, and the chain does not keep in which block it was.
	fn check_voided(now: Moment) -> Result<(), DispatchError> {
		let present = frame_system::Pallet::<T>::block_number();
		for voided in VoidedIn::<T>::iter_values() {
			ensure!(!voided.is_empty(), "an empty list of voided words");
			let mut seen = BTreeSet::new();
			for (towards, block) in voided {
				ensure!(block <= present, "words were voided in a block that is not yet");
				ensure!(seen.insert(key(towards)), "words were voided twice");
			}
		}
		let is_voided = |patient: &PatientId, towards: Towards| {
			let voided = VoidedIn::<T>::get(patient);
			voided.iter().any(|(other, _)| *other == towards || *other == Towards::Everybody)
		};
		for found in Relationships::<T>::iter_values() {
			let ended =
				matches!(found.ended_by, Some(EndedBy::Patient) | Some(EndedBy::Organisation));
			let just_ended = ended && found.treatment.ended == Some(now);
			let towards = Towards::Organisation(found.treatment.organisation);
			ensure!(
				!just_ended || is_voided(&found.patient, towards),
				"an end that voided no words"
			);
		}
		for (patient, outs) in OptOuts::<T>::iter() {
			let mut just_begun = outs.iter().filter(|out| out.from == now);
			ensure!(
				just_begun.all(|out| is_voided(&patient, out.towards)),
				"an opt-out that voided no words"
			);
		}
		Ok(())
	}

	/// The policies: in order, each another one than the one before, and at most the last in the future.
	fn check_policies(now: Moment) -> Result<(), DispatchError> {
		let terms = Policies::<T>::get();
		let mut before = PolicyTerm { from: 0, policy: Default::default() };
		for (position, term) in terms.iter().enumerate() {
			ensure!(position == 0 || before.from < term.from, "policies out of order");
			ensure!(before.policy != term.policy, "a policy follows itself");
			ensure!(position == 0 || before.from <= now, "two policies are announced");
			before = *term;
		}
		Ok(())
	}
}

/// What orders those towards whom somebody opts out.
fn key(towards: Towards) -> Option<OrgId> {
	match towards {
		Towards::Everybody => None,
		Towards::Organisation(organisation) => Some(organisation),
	}
}
