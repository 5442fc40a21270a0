//! The access log as FHIR AuditEvents: for a patient what is about her, with a key of hers; for the house all of it.

use crate::{
	gateway::{Failure, Gateway},
	openings::Sent,
	release::{Caller, Refusal},
	search::{target, with_id, Page, Search},
};
use salus_exchange_protocol::{audit::audit_event, log::Line, Hash};
use serde_json::Value;
use std::sync::Arc;

/// The type.
pub const AUDIT_EVENT: &str = "AuditEvent";

const NOT_READ: Failure = Failure::Vault("an entry of the log is none");

/// An entry as a resource, with its number as its id.
fn resource(seq: u64, line: &Line, patient: Option<&Hash>) -> Result<Value, Failure> {
	let event = audit_event(line, patient).map_err(|_| NOT_READ)?;
	Ok(with_id(event, &seq.to_string()))
}

impl Gateway {
	/// A page of the entries about a patient, the newest first. To whoever is not that patient there are none.
	pub(crate) async fn own_audit_events(
		self: &Arc<Self>,
		sent: Sent,
		search: Search,
		query: &str,
	) -> Result<Page, Refusal> {
		search.of_patient_alone()?;
		let mut caller = self.caller(sent, &target(AUDIT_EVENT, query)).await?;
		let done = self.own_audit_events_by(&mut caller, &search).await;
		Page::or_empty(self.ended(&caller, done).await)
	}

	async fn own_audit_events_by(
		self: &Arc<Self>,
		caller: &mut Caller,
		search: &Search,
	) -> Result<Page, Refusal> {
		let name = Self::cursor_name(caller, search);
		let before = self.goes_on(&name, search, u64::MAX)?;
		let patient = search.wanted.patient;
		self.decider_of_own(caller, Some(patient)).await?;
		let count = search.count;
		let mut found = self
			.blocking(move |gateway| {
				Ok(gateway.store.log_about(&patient, before, count.saturating_add(1))?)
			})
			.await?;
		let is_more = found.len() > count;
		found.truncate(count);
		let next = match found.last() {
			Some((last, _)) if is_more => Some(self.next_query(&name, &search.rest, *last)?),
			_ => None,
		};
		self.logged_view(caller, "the patient sees the access log").await?;
		let resources = found.iter().map(|(seq, line)| {
			let resource = resource(*seq, line, Some(&patient))?;
			Ok((format!("{AUDIT_EVENT}/{seq}"), resource.to_string().into_bytes()))
		});
		let resources = resources.collect::<Result<_, Failure>>()?;
		Ok(Page { resources, next, ..Page::default() })
	}

	/// Entries of the log from `first` on, at most so many, a resource on each line: for the house. Whose data they are about is kept back, as in the log.
	pub fn audit_events(&self, first: u64, most: u32) -> Result<String, Failure> {
		let mut out = String::new();
		for (seq, text) in (first..).zip(self.store.log(first, most)?) {
			let line = Line::read(text.as_bytes()).map_err(|_| NOT_READ)?;
			out.push_str(&resource(seq, &line, None)?.to_string());
			out.push('\n');
		}
		Ok(out)
	}
}
