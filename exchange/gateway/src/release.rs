//! What leaves, and to whom. In this order: who asks and whether the request is one (nobody else costs more than a signature's
//! check); the two blocks of the present; the credential; that it was not answered before; what there is; the decision; whether
//! the blocks are still of the present; the entry of the log, on the disk; and only then the answer.

use crate::{
	auth::{NoToken, Presented, Token},
	chain::{now, Present, Stale},
	consents::CONSENT,
	decide::{Asker, Decided, Decider, Undecided},
	downloads::Full,
	gateway::{Failure, Gateway},
	openings::{Credential, Opening, Sent},
	quotas::{Party, TooOften},
	room::{Held, NoRoom},
	store::{Found, State},
	vault::{random, Kind},
};
use salus_consent_decision::SealedId;
use salus_exchange_policy::{Answer, Ask, Classified, DataClass, Judged, Released};
use salus_exchange_protocol::{
	account::Address,
	commitment::Form,
	event::{Access, Event, Outcome},
	log::Line,
	release::{AnchorRef, ReleaseReceipt},
	request::{Gate, ReleaseRequest, RequestFault, SignedRequest},
	sealed::SealedRecord,
	Hash,
};
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::Arc,
};

/// Why there is no answer of the kind that was asked for.
#[derive(Debug)]
pub enum Refusal {
	/// What was signed is no request that is taken.
	Request(RequestFault),
	/// What was signed is for something else than what is asked.
	OtherTarget,
	/// The organisation is none that a registrar admitted.
	Organisation,
	/// Who asks has no role there.
	Affiliation,
	/// The token is not taken.
	Token(NoToken),
	/// The request was answered before.
	Replayed,
	/// The node's blocks are not those of the present, or it does not answer.
	Stale(Stale),
	/// The organisation, or the patient, or strangers altogether, asked too often: after how many seconds there is an answer again.
	TooOften(u64),
	/// There are as many downloads, or answers on their way have as many bytes, as there may be.
	Busy,
	/// There is nothing for whoever asks: nothing at all, or nothing that is permitted, or it is in quarantine, or was erased. Which, is
	/// for the log alone.
	NotFound(String),
	/// The openings that the request brings are no list of openings.
	Openings,
	/// The search is none that is offered: which part, and what would be right.
	Search(String),
	/// There is no receipt yet: the chain is not known to have the record.
	NotAnchored,
	/// Not all of the record is permitted, so that it would not be what was anchored.
	NotWhole,
	/// Something here.
	Failure(Failure),
}

impl Refusal {
	/// What the log says of it. Only words of this program: others may name a person or a path.
	fn words(&self) -> String {
		match self {
			Self::Stale(Stale::Silent(_)) => "the gateway's node did not answer".into(),
			Self::Stale(stale) => stale.to_string(),
			Self::NotFound(why) => why.clone(),
			Self::Openings => "the openings are none".into(),
			Self::Busy => "as much is on its way as may be at a time".into(),
			Self::Search(_) => "the search is none that is offered".into(),
			Self::NotAnchored => "it is not anchored yet".into(),
			Self::Token(no) => no.to_string(),
			Self::NotWhole => {
				"not all of it is permitted, so that it would not be what was anchored".into()
			},
			_ => "the gateway failed".into(),
		}
	}
}

impl From<Failure> for Refusal {
	fn from(failure: Failure) -> Self {
		Self::Failure(failure)
	}
}

impl From<TooOften> for Refusal {
	fn from(TooOften(seconds): TooOften) -> Self {
		Self::TooOften(seconds)
	}
}

impl From<Full> for Refusal {
	fn from(_: Full) -> Self {
		Self::Busy
	}
}

impl From<NoRoom> for Refusal {
	fn from(_: NoRoom) -> Self {
		Self::Busy
	}
}

impl From<Stale> for Refusal {
	fn from(stale: Stale) -> Self {
		Self::Stale(stale)
	}
}

impl From<NoToken> for Refusal {
	fn from(no: NoToken) -> Self {
		Self::Token(no)
	}
}

impl From<Undecided> for Refusal {
	fn from(undecided: Undecided) -> Self {
		match undecided {
			Undecided::Silent(silent) => Self::Stale(silent.into()),
			Undecided::Failure(failure) => Self::Failure(failure),
		}
	}
}

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

	/// An entry of the log.
	pub(crate) fn event(
		&self,
		custodian: u32,
		record_id: String,
		outcome: Outcome,
		decision: &str,
	) -> Event {
		let Present { best, finalised, .. } = &self.present;
		let (a, b) = (best.hash.to_string(), finalised.hash.to_string());
		let by = if self.token.is_some() { "; asked with a token" } else { "" };
		Event::Access(Access {
			time: now(),
			organisation: Some(custodian),
			outcome,
			request_id: self.request.id,
			record_id,
			// As its key, and not as the address that came: else one account would have as many names here as it has addresses.
			requester: Address::from(self.request.requester.account()),
			requester_organisation: self.request.organisation,
			requester_kind: Some(self.request.kind()),
			purpose: self.request.purpose,
			action: self.request.action,
			decision: format!(
				"{decision}; best block {} {a}, final block {} {b}{by}",
				best.number, finalised.number
			),
		})
	}
}

/// A record that was released; its entry is on the disk.
#[derive(Clone, Debug)]
pub struct Read {
	/// What leaves.
	pub resource: Vec<u8>,
	/// The entry of the log.
	pub entry: Line,
	/// Which version it is, counted from 1.
	pub version: u64,
	/// What the chain says of it, as codes: that it is disputed, say. The resource itself is as it was anchored.
	pub standing: Vec<&'static str>,
	/// The room that it takes.
	pub held: Held,
}

/// A record with its receipt.
#[derive(Clone, Debug)]
pub struct Receipted {
	/// The receipt.
	pub receipt: ReleaseReceipt,
	/// The record with its salt.
	pub sealed: SealedRecord,
	/// What the chain says of it, as codes.
	pub standing: Vec<&'static str>,
	/// The room that it takes.
	pub held: Held,
}

/// What is released in one go, each with the words of its decision.
pub(crate) struct Leaving {
	pub(crate) found: Found,
	pub(crate) bytes: Vec<u8>,
	pub(crate) released: Released,
	pub(crate) reason: String,
	/// What the chain says of it, for whoever reads it.
	pub(crate) standing: Vec<&'static str>,
}

/// After how many bytes a page, or a part of a download, ends: in memory is what is sent in one go.
const MAX_AT_ONCE: u64 = 16 << 20;

impl Leaving {
	/// Whether all of it, but for what it contains, is of that class.
	pub(crate) fn is_of_class(&self, class: DataClass) -> bool {
		match &self.found.state {
			State::Held(judged) => judged.asks.iter().all(|ask| ask.data_class == class),
			_ => false,
		}
	}
}

const NO_ENTRY: Failure = Failure::Vault("an entry of the log is missing");

/// Whether a record may leave, be it without some of what it contains: that does not depend on its bytes.
pub(crate) fn may_leave(judged: &Classified, permitted: &BTreeMap<Ask, bool>) -> bool {
	let whole = Classified { contained: Vec::new(), ..judged.clone() };
	let answer = Answer::of(vec![(&[], Judged::Classified(whole))]);
	!answer.leaving(permitted).released.is_empty()
}

/// All that must be permitted, or may be, for a record to go.
pub(crate) fn asks_of(judged: &Classified) -> BTreeSet<Ask> {
	let parts = judged.contained.iter().flat_map(|part| &part.asks);
	judged.asks.iter().chain(parts).cloned().collect()
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

	/// What of these records may leave, given what was decided, and the room that it takes of its party's. Of what may not, nothing is even opened,
	/// and it takes none. There is an end after [`MAX_AT_ONCE`] bytes, but never before the first: whoever asks goes on after the last that is
	/// there. What has places of its own is of no `party`.
	pub(crate) async fn leaving(
		self: &Arc<Self>,
		records: Vec<Found>,
		decided: Decided,
		party: Option<Party>,
	) -> Result<(Vec<Leaving>, bool, Held), Refusal> {
		let chosen = self.blocking(move |gateway| {
			let (records, bytes, is_cut) = gateway.in_one_go(records, &decided.permitted)?;
			Ok((records, bytes, is_cut, decided))
		});
		let (records, bytes, is_cut, decided) = chosen.await?;
		let held = match party {
			Some(party) => self.room.take(party, bytes).await?,
			None => None,
		};
		let leaving = self.blocking(move |gateway| gateway.opened_to_leave(records, &decided));
		Ok((leaving.await?, is_cut, held))
	}

	/// How a record is to be treated at this moment, if it may leave.
	fn judged_to_leave(
		&self,
		found: &Found,
		permitted: &BTreeMap<Ask, bool>,
	) -> Result<Option<Classified>, Failure> {
		let judged = self.judged_now(found)?.filter(|_| found.blob.is_some());
		Ok(judged.filter(|judged| may_leave(judged, permitted)))
	}

	/// Those of these records that may leave in one go, how many bytes their files have, and whether there are more.
	fn in_one_go(
		&self,
		records: Vec<Found>,
		permitted: &BTreeMap<Ask, bool>,
	) -> Result<(Vec<Found>, u64, bool), Failure> {
		let (mut chosen, mut bytes_so_far) = (Vec::new(), 0_u64);
		for found in records {
			let Some(blob) = &found.blob else { continue };
			if self.judged_to_leave(&found, permitted)?.is_none() {
				continue;
			}
			if bytes_so_far > MAX_AT_ONCE {
				return Ok((chosen, bytes_so_far, true));
			}
			bytes_so_far = bytes_so_far.saturating_add(self.blobs.size(blob)?);
			chosen.push(found);
		}
		Ok((chosen, bytes_so_far, false))
	}

	fn opened_to_leave(
		&self,
		records: Vec<Found>,
		decided: &Decided,
	) -> Result<Vec<Leaving>, Failure> {
		let mut leaving: Vec<Leaving> = Vec::new();
		for found in records {
			// Once more: it may have waited for room.
			let judged = self.judged_to_leave(&found, &decided.permitted)?;
			let (Some(judged), Some(blob)) = (judged, &found.blob) else { continue };
			let reason = judged.asks.iter().find_map(|ask| decided.reasons.get(ask));
			let reason = reason.map_or_else(String::new, |why| why.words.clone());
			let bytes = self.unseal(blob)?;
			let answer = Answer::of(vec![(bytes.as_slice(), Judged::Classified(judged))]);
			let released = answer.leaving(&decided.permitted).released.into_iter().next();
			let standing = Vec::new();
			leaving.extend(released.map(|released| Leaving {
				found,
				bytes,
				released,
				reason,
				standing,
			}));
		}
		// Only of what leaves: of what does not, nobody is told anything.
		let numbers: Vec<u64> = leaving.iter().map(|each| each.found.number).collect();
		for (each, standing) in leaving.iter_mut().zip(self.standing_of(&numbers)?) {
			each.standing = standing;
		}
		Ok(leaving)
	}

	/// Writes what is released into the log, if the blocks are still of the present. When this returns, the entries are on the disk.
	pub(crate) async fn logged(
		self: &Arc<Self>,
		caller: &Caller,
		leaving: &[Leaving],
	) -> Result<Vec<Line>, Refusal> {
		caller.present.check(now())?;
		let events: Vec<Event> = leaving
			.iter()
			.map(|each| {
				let record_id = format!("{}/{}", each.found.resource_type, each.found.id);
				let custodian = self.config.organisation;
				caller.event(custodian, record_id, Outcome::Released, &each.reason)
			})
			.collect();
		let about = caller.about;
		let appended =
			self.blocking(move |gateway| Ok(gateway.store.append_about(&events, about)?)).await?;
		Ok(appended.into_iter().map(|each| each.line).collect())
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

	/// Writes into the log that the patient was shown what is no record: the log itself, or what she has said.
	pub(crate) async fn logged_view(
		self: &Arc<Self>,
		caller: &Caller,
		decision: &str,
	) -> Result<Line, Refusal> {
		caller.present.check(now())?;
		let record_id = caller.request.record_id.clone();
		let event = caller.event(self.config.organisation, record_id, Outcome::Released, decision);
		let about = caller.about;
		let appended =
			self.blocking(move |gateway| Ok(gateway.store.append_about(&[event], about)?)).await?;
		Ok(appended.into_iter().next().ok_or(NO_ENTRY)?.line)
	}

	/// Logs that a request was refused, if it was, and is used up.
	pub(crate) async fn ended<T>(
		self: &Arc<Self>,
		caller: &Caller,
		done: Result<T, Refusal>,
	) -> Result<T, Refusal> {
		let refusal = match done {
			Err(refusal) if caller.is_claimed => refusal,
			done => return done,
		};
		let record_id = caller.request.record_id.clone();
		let event =
			caller.event(self.config.organisation, record_id, Outcome::Refused, &refusal.words());
		let about = caller.about;
		self.blocking(move |gateway| Ok(gateway.store.append_about(&[event], about)?)).await?;
		Err(refusal)
	}

	async fn one(
		self: &Arc<Self>,
		caller: &mut Caller,
		resource_type: &str,
		id: &str,
		version: Option<u64>,
	) -> Result<(Leaving, Held), Refusal> {
		let (name, id) = (resource_type.to_owned(), id.to_owned());
		let held = self.blocking(move |gateway| {
			let found = gateway.store.current(&name, &id)?;
			let found = found.filter(|found| version.is_none_or(|it| it == found.version));
			let judged = found.as_ref().map(|found| gateway.judged_now(found)).transpose()?;
			Ok(found.zip(judged.flatten()))
		});
		let held = held.await?;
		let (patient, asks) = match &held {
			Some((found, judged)) => (found.patient, asks_of(judged)),
			None => (None, BTreeSet::new()),
		};
		let openings = caller.openings.clone();
		let mut decider = self.decider(caller.present, patient, caller.asker(), openings).await?;
		let decided = self.decided(caller, &mut decider, asks).await?;
		let why = match decided.reasons.values().find(|why| !why.allows) {
			Some(why) => why.words.clone(),
			None => "there is no such record that could be released".into(),
		};
		let held = held.into_iter().map(|(found, _)| found);
		let (leaving, _, room) =
			self.leaving(held.collect(), decided, Some(caller.party())).await?;
		let leaving = leaving.into_iter().next().ok_or(Refusal::NotFound(why))?;
		Ok((leaving, room))
	}

	/// One resource, as FHIR: if a version is asked for, only if that is the current one.
	pub async fn read(
		self: &Arc<Self>,
		sent: Sent,
		resource_type: &str,
		id: &str,
		version: Option<u64>,
	) -> Result<Read, Refusal> {
		if resource_type == CONSENT && version.is_none() {
			return self.own_consent(sent, id).await;
		}
		let target = match version {
			Some(version) => format!("{resource_type}/{id}/_history/{version}"),
			None => format!("{resource_type}/{id}"),
		};
		let mut caller = self.caller(sent, &target).await?;
		let done = self.read_by(&mut caller, resource_type, id, version).await;
		self.ended(&caller, done).await
	}

	async fn read_by(
		self: &Arc<Self>,
		caller: &mut Caller,
		resource_type: &str,
		id: &str,
		version: Option<u64>,
	) -> Result<Read, Refusal> {
		let (leaving, held) = self.one(caller, resource_type, id, version).await?;
		let leaving = [leaving];
		let entries = self.logged(caller, &leaving).await?;
		let entry = entries.into_iter().next().ok_or(NO_ENTRY)?;
		let [Leaving { released, found, standing, .. }] = leaving;
		Ok(Read { resource: released.resource, entry, version: found.version, standing, held })
	}

	/// One record, byte for byte, with its salt and its receipt: for whoever checks it against the chain.
	pub async fn receipt(
		self: &Arc<Self>,
		sent: Sent,
		resource_type: &str,
		id: &str,
	) -> Result<Receipted, Refusal> {
		let mut caller = self.caller(sent, &format!("{resource_type}/{id}")).await?;
		let done = self.receipt_by(&mut caller, resource_type, id).await;
		self.ended(&caller, done).await
	}

	async fn receipt_by(
		self: &Arc<Self>,
		caller: &mut Caller,
		resource_type: &str,
		id: &str,
	) -> Result<Receipted, Refusal> {
		let (leaving, held) = self.one(caller, resource_type, id, None).await?;
		if !leaving.released.left_behind.is_empty() {
			return Err(Refusal::NotWhole);
		}
		let number = leaving.found.number;
		let place = self.blocking(move |gateway| Ok(gateway.store.place_of(number)?)).await?;
		let (seq, proof) = place.ok_or(Refusal::NotAnchored)?;
		let commitment = leaving.found.commitment;
		let salt = leaving.found.salt.as_deref().unwrap_or_default();
		let salt = self.vault.open(Kind::Salt, &commitment.0, salt).ok();
		let salt = salt.and_then(|salt| salt.try_into().ok()).map(Hash);
		let salt = salt.ok_or(Failure::Vault("a salt does not open with the vault's key"))?;
		let (record, standing) = (leaving.bytes.clone(), leaving.standing.clone());
		let entries = self.logged(caller, &[leaving]).await?;
		let entry = entries.into_iter().next().ok_or(NO_ENTRY)?;
		let request_id = caller.request.id.to_string();
		let record_id = caller.request.record_id.clone();
		let anchor = AnchorRef { org: self.config.organisation, seq, proof: Some(proof) };
		Ok(Receipted {
			receipt: ReleaseReceipt { request_id, record_id, anchor, entry },
			sealed: SealedRecord { form: Form::Bytes, salt, record },
			standing,
			held,
		})
	}
}
