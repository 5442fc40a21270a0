//! Who asks, and whether the request is one: by whom it is signed or whose token it brings, whether the chain vouches for that one, and that it
//! is answered once.

use super::Refusal;
use crate::{
	auth::{Presented, Token},
	chain::{now, Present, Stale},
	decide::{Asker, Decided, Decider},
	gateway::{Failure, Gateway},
	openings::{Credential, Opening, Sent},
	quotas::Party,
	vault::random,
};
use salus_consent_decision::SealedId;
use salus_exchange_policy::Ask;
use salus_exchange_protocol::{
	request::{Gate, ReleaseRequest, SignedRequest},
	Hash,
};
use std::{collections::BTreeSet, sync::Arc};

/// Somebody whose request is one.
#[derive(Clone, Debug)]
pub struct Caller {
	/// The request.
	pub request: ReleaseRequest,
	/// The openings that it brings.
	pub openings: Vec<(SealedId, Opening)>,
	/// The blocks from which everything about it is read.
	pub present: Present,
	/// The token, if the request came with one and is not signed.
	pub token: Option<Token>,
	/// Whether the request is used up: then its end belongs into the log, whatever it is.
	is_claimed: bool,
	/// Whose data it is about, as far as that was decided. Of nobody's data some handle that nobody has: then as much is written.
	about: Option<Hash>,
}

impl Caller {
	/// Who asks, as the chain is asked.
	pub fn asker(&self) -> Asker {
		let asker = Asker::from(&self.request);
		match &self.token {
			Some(token) => Asker { actor: token.holder.actor(), ..asker },
			None => asker,
		}
	}

	/// Whose data it is about, as far as that was decided.
	pub(crate) const fn about(&self) -> Option<Hash> {
		self.about
	}

	/// Whose room an answer takes, once it is decided: without an organisation, that of the patient whose key it is.
	pub(crate) fn party(&self) -> Party {
		match (self.request.organisation, self.about) {
			(Some(organisation), _) => Party::Organisation(organisation),
			(None, Some(patient)) => Party::Patient(patient),
			(None, None) => Party::Strangers,
		}
	}

	/// Whether the request is used up.
	pub(crate) const fn is_claimed(&self) -> bool {
		self.is_claimed
	}
}

impl Gateway {
	/// Whether a request is one, for `target`, by somebody whom the chain vouches for, and for the first time. Of a patient the last two
	/// are left to [`Gateway::decided`]: who has a key of the patient, only the decision tells.
	pub async fn caller(self: &Arc<Self>, sent: Sent, target: &str) -> Result<Caller, Refusal> {
		let mut caller = self.vouched(sent, target).await?;
		self.claim_of_organisation(&mut caller).await?;
		Ok(caller)
	}

	/// Claims the request of somebody of an organisation. Of a patient that is left to [`Gateway::decided`].
	pub(crate) async fn claim_of_organisation(
		self: &Arc<Self>,
		caller: &mut Caller,
	) -> Result<(), Refusal> {
		match caller.request.organisation.is_some() && !caller.is_claimed {
			true => self.claim(caller).await,
			false => Ok(()),
		}
	}

	/// Of whom a download is, as far as that is known before anything was decided.
	pub(crate) fn party(&self, caller: &Caller) -> Party {
		let who = (caller.request.organisation, caller.request.requester.account());
		match who.0 {
			Some(organisation) => Party::Organisation(organisation),
			None if self.quotas.is_known(&who) => Party::Key(who.1),
			None => Party::Strangers,
		}
	}

	/// The same, and the request is not claimed yet: it is still to be seen whether it can be answered at all.
	pub(crate) async fn vouched(
		self: &Arc<Self>,
		sent: Sent,
		target: &str,
	) -> Result<Caller, Refusal> {
		let count = |why: &'static str| self.tally.count(why);
		let Sent { by, openings } = sent;
		let signed = match by {
			Credential::Signed(signed) => SignedRequest::read(&signed),
			Credential::Token(presented) => {
				return self.caller_by_token(presented, openings, target).await
			},
		};
		let signed = signed.and_then(|signed| {
			let gate = Gate {
				genesis: self.node.genesis(),
				custodian: self.config.organisation,
				now: now(),
			};
			signed.check(&gate).map(|()| signed)
		});
		let request = match signed {
			Ok(SignedRequest { request, .. }) => request,
			Err(fault) => {
				count(fault.code());
				return Err(Refusal::Request(fault));
			},
		};
		if request.record_id != target {
			count("malformed");
			return Err(Refusal::OtherTarget);
		}
		let stale = |stale: Stale| {
			count(if matches!(stale, Stale::Silent(_)) { "silent" } else { "stale" });
			Refusal::Stale(stale)
		};
		let asking = (request.organisation, request.requester.account());
		// Before the node is asked anything.
		let party = request.organisation.map_or(Party::Key(asking.1), Party::Organisation);
		let taken = self.quotas.take_first(&asking, party, Party::Strangers)?;
		let present = self.present().await.map_err(stale)?;
		let caller =
			Caller { request, openings, present, token: None, is_claimed: false, about: None };
		if let Some(organisation) = caller.request.organisation {
			let who = caller.request.requester.account();
			let found = self.node.credential(&present.best, organisation, who).await;
			let found = found.map_err(|silent| stale(silent.into()))?;
			let Some(found) = found.filter(|found| found.is_licensed) else {
				count("organisation");
				self.quotas.forget(&asking);
				return Err(Refusal::Organisation);
			};
			if !found.is_tied() {
				count("affiliation");
				self.quotas.forget(&asking);
				return Err(Refusal::Affiliation);
			}
			self.quotas.believe(asking, taken, party)?;
		}
		Ok(caller)
	}

	/// The same of who shows a token: the request is what a signed one would say.
	async fn caller_by_token(
		self: &Arc<Self>,
		presented: Presented,
		openings: Vec<(SealedId, Opening)>,
		target: &str,
	) -> Result<Caller, Refusal> {
		let (token, present) = self.shown(&presented, target).await?;
		let request = ReleaseRequest {
			id: Hash(random::<32>().map_err(Failure::Io)?),
			custodian: self.config.organisation,
			record_id: target.into(),
			requester: token.holder.address(),
			organisation: token.holder.organisation(),
			requester_kind: Some(token.holder.kind()),
			purpose: token.scope.purpose,
			action: token.scope.action,
			expiry: token.expiry,
		};
		// The proof beside the token is used up. Of a patient's key it is still to be seen whose patient's.
		let is_claimed = request.organisation.is_some();
		Ok(Caller { request, openings, present, token: Some(token), is_claimed, about: None })
	}

	/// Claims a request: it is answered once. Last among the checks, so that strangers leave nothing behind.
	async fn claim(self: &Arc<Self>, caller: &mut Caller) -> Result<(), Refusal> {
		if caller.token.is_some() {
			caller.is_claimed = true;
			return Ok(());
		}
		let (id, expiry) = (caller.request.id, caller.request.expiry);
		match self.blocking(move |gateway| Ok(gateway.store.claim(&id, expiry, now())?)).await? {
			true => {
				caller.is_claimed = true;
				Ok(())
			},
			false => {
				self.tally.count("replayed");
				Err(Refusal::Replayed)
			},
		}
	}

	/// What the chain says, for somebody. To a patient's key that is none, there is nothing; and of one that is, the request is claimed now.
	pub(crate) async fn decided(
		self: &Arc<Self>,
		caller: &mut Caller,
		decider: &mut Decider<'_>,
		asks: BTreeSet<Ask>,
	) -> Result<Decided, Refusal> {
		let decided = decider.decide(asks).await?;
		caller.about = Some(decider.subject());
		if !caller.is_claimed {
			let asking = (None, caller.request.requester.account());
			if !decided.is_anything {
				self.tally.count("notOwn");
				self.quotas.forget(&asking);
				return Err(Refusal::NotFound(String::new()));
			}
			self.quotas.know(asking);
			self.quotas.take(Party::Patient(decider.subject()))?;
			self.claim(caller).await?;
		}
		Ok(decided)
	}

	/// Begins to decide about a patient, for that patient alone: with a key of hers. To all others there is nothing, and of an organisation the
	/// decision would not tell.
	pub(crate) async fn decider_of_own(
		self: &Arc<Self>,
		caller: &mut Caller,
		patient: Option<Hash>,
	) -> Result<Decider<'_>, Refusal> {
		let openings = caller.openings.clone();
		let mut decider = self.decider(caller.present, patient, caller.asker(), openings).await?;
		self.decided(caller, &mut decider, BTreeSet::new()).await?;
		match caller.request.organisation {
			None => Ok(decider),
			Some(_) => Err(Refusal::NotFound("that is shown to the patient alone".into())),
		}
	}
}
