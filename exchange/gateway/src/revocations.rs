//! What patients took back from the house: revocations of Permits that named it. The chain asks the organisation to acknowledge each within
//! 72 hours. The gateway looks at the directives of the patients that it knows, keeps which Permits name the house, and what is due.

use crate::{
	chain::{outgoing::Answered, Present},
	gateway::{Failure, Gateway},
	store::{Notice, NoticeState},
};
use codec::DecodeAll;
use salus_consent_decision::{Directive, DirectiveId, Effect, EndReason, Grantee};
use salus_exchange_protocol::Hash;
use salus_verify::decision::Item;
use std::sync::{Arc, PoisonError};

/// How many patients are looked at with one proof.
const AT_ONCE: u32 = 100;
/// How many of these there are in one go: of more patients, all are looked at in some minutes.
const PROOFS: u32 = 2;

/// `Consent.Live`: the next number, how many were moved to the history, and what is in force or has ended of late.
type Live = (u32, u32, Vec<(DirectiveId, Directive<[u8; 32]>)>);

/// Whether a directive is a Permit that names the organisation: as such, by a role there, or by a person there.
fn names(directive: &Directive<[u8; 32]>, organisation: u32) -> bool {
	let named = match &directive.grantee {
		Grantee::Organisation(id) | Grantee::RoleAt(id, _) | Grantee::PractitionerAt(_, id) => *id,
		Grantee::Any | Grantee::Practitioner(_) => return false,
	};
	directive.effect == Effect::Permit && named == organisation
}

impl Gateway {
	/// Looks at the next patients, and goes round. Of a Permit that was revoked the house's openings of what is sealed are looked
	/// at anew as well.
	pub async fn look_for_revocations(self: &Arc<Self>, present: &Present) -> Result<(), Failure> {
		for _ in 0..PROOFS {
			let after = *self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
			let patients = self
				.blocking(move |gateway| Ok(gateway.store.patients_after(after, AT_ONCE)?))
				.await?;
			let keys = patients.iter().map(|handle| Item::Directives(handle.0.into()).key());
			let proven = match self.node.proven(&present.finalised, keys.collect()).await {
				Ok(proven) => proven,
				Err(silent) => {
					tracing::warn!(%silent, "revocations are not looked for");
					return Ok(());
				},
			};
			for (handle, (_, value)) in patients.iter().zip(&proven) {
				self.look_at(present, *handle, value.as_deref()).await?;
			}
			let is_end = patients.len() < usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
			let last = patients.last().copied().filter(|_| !is_end);
			*self.looked_at.lock().unwrap_or_else(PoisonError::into_inner) = last;
			if is_end {
				return Ok(());
			}
		}
		Ok(())
	}

	async fn look_at(
		self: &Arc<Self>,
		present: &Present,
		handle: Hash,
		live: Option<&[u8]>,
	) -> Result<(), Failure> {
		let live = match live.map(|mut bytes| Live::decode_all(&mut bytes)).transpose() {
			Ok(live) => live.map(|(_, _, entries)| entries).unwrap_or_default(),
			Err(_) => {
				tracing::error!("the directives of a patient are of no known layout");
				return Ok(());
			},
		};
		let known = self.blocking(move |gateway| Ok(gateway.store.notices_of(&handle)?)).await?;
		let own = self.config.organisation;
		let mut changed = Vec::new();
		for (directive, found) in live.iter().filter(|(_, found)| names(found, own)) {
			let was = known.iter().find(|notice| notice.directive == *directive);
			let is_revoked = found.ended.is_some_and(|ended| ended.why == EndReason::Revoked);
			match (was.map(|notice| notice.state), is_revoked) {
				(None, false) => changed.push(Notice::in_force(handle, *directive)),
				(None | Some(NoticeState::InForce), true) => {
					changed.extend(self.standing(present, handle, *directive).await);
				},
				_ => {},
			}
		}
		// What was in force and is not there any more was moved to the history meanwhile; and what is due may be done.
		let open = known.iter().filter(|notice| match notice.state {
			NoticeState::InForce => !live.iter().any(|(there, _)| *there == notice.directive),
			NoticeState::Due => true,
			NoticeState::Acknowledged | NoticeState::Over => false,
		});
		for notice in open {
			let stands = self.standing(present, handle, notice.directive).await;
			changed.extend(stands.filter(|stands| stands != notice));
		}
		let due = changed.iter().filter(|notice| notice.state == NoticeState::Due).count();
		if changed.is_empty() {
			return Ok(());
		}
		self.blocking(move |gateway| Ok(gateway.store.put_notices(&changed)?)).await?;
		if due > 0 {
			tracing::warn!(due, "a patient took back a Permit from the house");
			self.revoked(present, handle).await;
		}
		Ok(())
	}

	/// How a revocation stands on the chain; none if the node does not say.
	async fn standing(
		&self,
		present: &Present,
		patient: Hash,
		directive: DirectiveId,
	) -> Option<Notice> {
		let stands = match self.node.revocation(&present.finalised, &patient, directive).await {
			Ok(stands) => stands,
			Err(silent) => {
				tracing::warn!(%silent, "how a revocation stands is not known");
				return None;
			},
		};
		let (revoked, due) = stands.map(|stands| (stands.revoked_at, stands.due)).unzip();
		let state = match stands.map(|stands| stands.notice) {
			Some(Answered::Open) => NoticeState::Due,
			Some(Answered::Acknowledged) => NoticeState::Acknowledged,
			Some(Answered::TooLongAgo) | None => NoticeState::Over,
		};
		Some(Notice { patient, directive, revoked, due, state })
	}

	/// What ends with a Permit. Nothing is released on a decision of before, so that nothing has to be stopped; what the house was
	/// given to open sealed directives with, and opens nothing any more, is forgotten.
	async fn revoked(self: &Arc<Self>, present: &Present, patient: Hash) {
		if let Err(refusal) = self.keep_openings_at(present, patient, Vec::new()).await {
			tracing::warn!(?refusal, "openings are not looked at");
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use salus_consent_decision::{DirectiveBasis, GrantedBy, Scope};
	use salus_primitives::{ActionSet, DataClassSet, Interval, LabelSet, PurposeSet, Role};

	#[test]
	fn a_permit_names_the_organisation_as_such_by_a_role_or_by_a_person_there() {
		let with = |effect, grantee| Directive {
			effect,
			grantee,
			scope: Scope {
				actions: ActionSet::ALL,
				purposes: PurposeSet::ALL,
				classes: DataClassSet::ALL,
				labels: LabelSet::EMPTY,
				data: Interval::ALWAYS,
			},
			period: Interval::ALWAYS,
			max_uses: None,
			redisclose_depth: 0,
			erase_after: None,
			granted_by: GrantedBy::Key,
			basis: DirectiveBasis::SelfMade,
			ended: None,
		};
		for (grantee, is_named) in [
			(Grantee::Organisation(3), true),
			(Grantee::Organisation(4), false),
			(Grantee::RoleAt(3, Role::Nurse), true),
			(Grantee::RoleAt(4, Role::Nurse), false),
			(Grantee::PractitionerAt([1; 32], 3), true),
			(Grantee::PractitionerAt([1; 32], 4), false),
			(Grantee::Practitioner([1; 32]), false),
			(Grantee::Any, false),
		] {
			assert_eq!(names(&with(Effect::Permit, grantee), 3), is_named, "{grantee:?}");
			assert!(!names(&with(Effect::Deny, grantee), 3), "{grantee:?}");
		}
	}
}
