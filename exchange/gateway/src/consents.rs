//! The chain as a registry of consents: what a patient has said there that is in force, as FHIR Consents, for that patient with a key of hers. It is
//! read out of the state after the last final block, with the proof on which the decision about her key rests: a node can keep silent, and
//! nothing else. Nothing of it is kept here.

use crate::{
	gateway::Gateway,
	openings::Sent,
	release::{Caller, Read, Refusal},
	search::{target, with_id, Page, Search},
};
use salus_exchange_protocol::{
	consent::{consent, sealed_consent, veto},
	Hash,
};
use salus_verify::decision::InForce;
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};

/// The type.
pub const CONSENT: &str = "Consent";

/// Its version: what a patient has said does not change, but for its end, and then it is not shown any more.
const VERSION: u64 = 1;

/// What there is of each kind is numbered by itself: the place of one among all, from 1 on.
fn place(kind: u64, number: u32) -> u64 {
	(kind << 32) | u64::from(number)
}

/// What a patient has said that is in force, each with its place, in the order in which it is shown: directives, vetoes, and that there are sealed
/// directives.
fn told(patient: &Hash, in_force: &InForce) -> BTreeMap<u64, Value> {
	let InForce { directives, vetoes, sealed } = in_force;
	let directives =
		directives.iter().map(|(number, said)| (place(1, *number), consent(patient, said)));
	// Of a purpose at most one veto is in force.
	let vetoes = vetoes.iter().map(|said| {
		let purpose = u32::from(said.purpose.index());
		(place(2, purpose), veto(patient, said))
	});
	let sealed =
		sealed.iter().map(|(number, held)| (place(3, *number), sealed_consent(patient, held)));
	directives.chain(vetoes).chain(sealed).collect()
}

impl Gateway {
	/// The id of what a patient has said: a hash under the vault's key. Numbers of directives are each patient's own, and a handle is not to stand
	/// in URLs and in the log.
	fn consent_id(&self, patient: &Hash, place: u64) -> String {
		let named = [patient.0.as_slice(), &place.to_le_bytes()].concat();
		hex::encode(self.vault.index(CONSENT, &named).0)
	}

	/// A page of what a patient has said. To whoever is not that patient there is nothing.
	pub(crate) async fn own_consents(
		self: &Arc<Self>,
		sent: Sent,
		search: Search,
		query: &str,
	) -> Result<Page, Refusal> {
		search.of_patient_alone()?;
		let mut caller = self.caller(sent, &target(CONSENT, query)).await?;
		let done = self.own_consents_by(&mut caller, &search).await;
		Page::or_empty(self.ended(&caller, done).await)
	}

	async fn own_consents_by(
		self: &Arc<Self>,
		caller: &mut Caller,
		search: &Search,
	) -> Result<Page, Refusal> {
		let name = Self::cursor_name(caller, search);
		let after = self.goes_on(&name, search, 0)?;
		let patient = search.wanted.patient;
		let decider = self.decider_of_own(caller, Some(patient)).await?;
		let in_force = decider.in_force().map_err(|silent| Refusal::Stale(silent.into()))?;
		let mut left = told(&patient, &in_force).into_iter().filter(|(place, _)| *place > after);
		let page: Vec<(u64, Value)> = left.by_ref().take(search.count).collect();
		let next = match (page.last(), left.next()) {
			(Some((last, _)), Some(_)) => Some(self.next_query(&name, &search.rest, *last)?),
			_ => None,
		};
		self.logged_view(caller, "the patient sees her directives").await?;
		let resources = page.into_iter().map(|(place, told)| {
			let id = self.consent_id(&patient, place);
			(format!("{CONSENT}/{id}"), with_id(told, &id).to_string().into_bytes())
		});
		Ok(Page { resources: resources.collect(), next, ..Page::default() })
	}

	/// One thing that the patient who asks has said. Whatever else is asked for, there is nothing.
	pub(crate) async fn own_consent(
		self: &Arc<Self>,
		sent: Sent,
		id: &str,
	) -> Result<Read, Refusal> {
		let mut caller = self.caller(sent, &format!("{CONSENT}/{id}")).await?;
		let done = self.own_consent_by(&mut caller, id).await;
		self.ended(&caller, done).await
	}

	async fn own_consent_by(
		self: &Arc<Self>,
		caller: &mut Caller,
		id: &str,
	) -> Result<Read, Refusal> {
		let account = caller.request.requester.account();
		// An id does not tell whose it is. Whose key it is that asks, is asked of whoever asks, and whatever for.
		let patient = self.node.patient_of_key(&caller.present.finalised, account).await;
		let patient = patient.map_err(|silent| Refusal::Stale(silent.into()))?;
		let decider = self.decider_of_own(caller, patient).await?;
		let patient = decider.subject();
		let in_force = decider.in_force().map_err(|silent| Refusal::Stale(silent.into()))?;
		let mut all = told(&patient, &in_force).into_iter();
		let found = all.find(|(place, _)| self.consent_id(&patient, *place) == id);
		let (_, told) = found
			.ok_or_else(|| Refusal::NotFound("the patient has said nothing of that id".into()))?;
		let entry = self.logged_view(caller, "the patient sees a directive of hers").await?;
		let resource = with_id(told, id).to_string().into_bytes();
		Ok(Read { resource, entry, version: VERSION, standing: Vec::new(), held: None })
	}
}
