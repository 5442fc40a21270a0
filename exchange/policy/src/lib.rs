//! # salus-exchange-policy
//!
//! Of which class a FHIR R4 resource is, with which labels and of what time; and what of an answer may leave, given the
//! decisions about these. The rules of class and labels are those of `clients/fhir/src`
//! (`docs/decisions/0030-classes-and-labels.md`), the tables are that client's, as data (`tables/fhir-r4.json`), the label rules are data too (`tables/label-rules.json`), and both are
//! checked against the same vectors (`docs/vectors/exchange/{classes,examples}.json`).
//!
//! 1. [`Tables`], [`House`]: what codes mean, to HL7 and to an organisation.
//! 2. [`classify()`]: one resource, with what is known beside it.
//! 3. [`classify_binary()`]: a Binary, by what has it attached.
//! 4. [`find_person()`]: whom a resource names besides the one whom it is about.
//! 5. [`Answer`]: the resources of an answer, what is to be decided about them, and what may leave then.
//!
//! Nothing is guessed, and nothing unknown is ordinary: what cannot be told is refused, with a fault, a path and the labels found
//! all the same, for the privacy officer's work list.
//!
//! Pure: no input or output, no clock, no chain, no panic.

#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
#![deny(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::float_arithmetic,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::todo,
	clippy::unreachable,
	clippy::unwrap_used
)]

mod actors;
mod answer;
mod binary;
mod classify;
mod given;
mod labels;
mod members;
mod modifiers;
mod node;
mod people;
mod references;
mod refused;
mod rules;
mod tables;
mod time;

pub use answer::{Answer, Ask, Judged, Leaving, Quarantine, Released};
pub use binary::{as_attached, attachments, classify_binary, BINARY};
pub use classify::{classify, Beside, Classified, Contained, MissingResults};
pub use node::list_of;
pub use people::{find_person, NamedPerson, Naming, Role};
pub use refused::{Fault, NotClassified, Refused};
pub use rules::{label_names, CodeWithoutPlace, LabelRuleRow, RuleMatch};
pub use salus_exchange_protocol::codes::{DataClass, Labels, SensitivityLabel};
pub use tables::{BadTables, House, Tables};
pub use time::DataTime;
