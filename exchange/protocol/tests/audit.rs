//! AuditEvents: those of the client's vectors.

mod shared;

use salus_exchange_protocol::{audit::audit_event, log::Line, Hash};
use shared::{list, text, vectors};

#[test]
fn entries_are_the_audit_events_that_the_client_makes() {
	let vectors = vectors("exchange/audit-events.json");
	let events = list(&vectors, "events");
	assert!(events.len() > 10);
	for each in events {
		let line = Line::read(text(each, "line").as_bytes()).unwrap();
		let patient = each.get("patient").map(|it| it.as_str().unwrap().parse::<Hash>().unwrap());
		assert_eq!(audit_event(&line, patient.as_ref()).unwrap(), each["withPatient"], "{line:?}");
		assert_eq!(audit_event(&line, None).unwrap(), each["without"], "{line:?}");
	}
}
