//! One record, as FHIR or with its receipt.

use super::{asks_of, logged::NO_ENTRY, may_leave, Caller, Leaving, Refusal};
use crate::{
	consents::CONSENT,
	gateway::{Failure, Gateway},
	openings::Sent,
	room::Held,
	vault::Kind,
};
use salus_exchange_protocol::{
	commitment::Form,
	log::Line,
	release::{AnchorRef, ReleaseReceipt},
	sealed::SealedRecord,
	Hash,
};
use std::{collections::BTreeSet, sync::Arc};

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

/// What became of one record.
enum One {
	/// It may leave.
	There(Box<Leaving>, Held),
	/// It may not, or there is none: why, in words for the log.
	Not(String),
	/// It could, and a newer version has come meanwhile.
	Newer,
}

/// How often a record is decided about while newer versions of it come.
const TRIES: u32 = 3;

impl Gateway {
	/// One record, if it may leave. If a newer version has come since it was looked up, that one is decided about: the record is there all the time.
	async fn one(
		self: &Arc<Self>,
		caller: &mut Caller,
		resource_type: &str,
		id: &str,
		version: Option<u64>,
	) -> Result<(Leaving, Held), Refusal> {
		for _ in 0..TRIES {
			match self.one_as_it_is(caller, resource_type, id, version).await? {
				One::There(leaving, held) => return Ok((*leaving, held)),
				One::Not(why) => return Err(Refusal::NotFound(why)),
				One::Newer => {},
			}
		}
		Err(Refusal::NotFound("newer versions of it come all the time".into()))
	}

	/// The same, of the version that is the current one when this begins.
	async fn one_as_it_is(
		self: &Arc<Self>,
		caller: &mut Caller,
		resource_type: &str,
		id: &str,
		version: Option<u64>,
	) -> Result<One, Refusal> {
		let (name, own) = (resource_type.to_owned(), id.to_owned());
		let held = self.blocking(move |gateway| {
			let found = gateway.store.current(&name, &own)?;
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
		// Of what may not leave it is not even looked whether there is a newer one.
		let permitted = held.as_ref().filter(|(_, judged)| may_leave(judged, &decided.permitted));
		let permitted = permitted.map(|(found, _)| found.number);
		let held = held.into_iter().map(|(found, _)| found);
		let (leaving, _, room) =
			self.leaving(held.collect(), decided, Some(caller.party())).await?;
		if let Some(leaving) = leaving.into_iter().next() {
			return Ok(One::There(Box::new(leaving), room));
		}
		let Some(permitted) = permitted else { return Ok(One::Not(why)) };
		let (name, own) = (resource_type.to_owned(), id.to_owned());
		let now = self.blocking(move |gateway| Ok(gateway.store.current(&name, &own)?)).await?;
		Ok(match now.is_some_and(|now| now.number > permitted) {
			true => One::Newer,
			false => One::Not(why),
		})
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
