//! The labels that a Binary has had: what is in it is the same, whatever names it later, and in which version and state it is.

use crate::{
	gateway::{Failure, Gateway},
	ingest::text_of,
	relabel::with_labels,
	store::{Found, State, Token},
};
use salus_exchange_policy::{Labels, SensitivityLabel, BINARY};
use salus_exchange_protocol::fhir::Value;
use std::collections::BTreeSet;

/// Under which name the database knows the labels that a Binary has had.
const HAD: &str = "label-had";

/// The labels of these names.
fn labels_named<'a>(names: impl IntoIterator<Item = &'a str>) -> Labels {
	names.into_iter().filter_map(SensitivityLabel::named).collect()
}

/// The labels that a Binary has had, by its codes.
pub(crate) fn labels_in(tokens: &BTreeSet<Token>) -> Labels {
	labels_named(tokens.iter().filter(|token| token.name == HAD).map(|token| token.code.as_str()))
}

/// By what is found later which labels a Binary has had.
pub(crate) fn tokens_of_labels(labels: &Labels) -> BTreeSet<Token> {
	labels.iter().filter_map(|label| Token::of(HAD, "", label.name())).collect()
}

/// A Binary keeps the labels that it has had, whatever names it now; also while it is in quarantine.
pub(crate) fn keep_labels(
	resource: &Value,
	had: &Labels,
	state: &mut State,
	tokens: &mut BTreeSet<Token>,
) {
	if text_of(resource, "resourceType") != Some(BINARY) {
		return;
	}
	let mut labels = had.clone();
	if let State::Held(judged) = state {
		**judged = with_labels((**judged).clone(), had);
		labels.extend(judged.labels.iter().copied());
	}
	tokens.extend(tokens_of_labels(&labels));
}

impl Gateway {
	/// The labels that a record has had, if it is a Binary: of another one the next version tells its own.
	pub(crate) fn labels_had(&self, found: &Found) -> Result<Labels, Failure> {
		if found.resource_type != BINARY {
			return Ok(Labels::new());
		}
		let names = self.store.tokens_named(found.number, HAD)?;
		let mut labels = labels_named(names.iter().map(String::as_str));
		if let State::Held(judged) = &found.state {
			labels.extend(judged.labels.iter().copied());
		}
		Ok(labels)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use salus_exchange_protocol::fhir;

	#[test]
	fn a_binary_keeps_the_labels_that_it_has_had() {
		let had = labels_named(["Hiv"]);
		assert_eq!(had.len(), 1);
		let read = |text: &str| fhir::read(text.as_bytes()).unwrap();
		let (mut state, mut tokens) = (State::Erased, BTreeSet::new());
		keep_labels(&read(r#"{"resourceType":"Media"}"#), &had, &mut state, &mut tokens);
		assert!(tokens.is_empty(), "only Binaries");
		keep_labels(&read(r#"{"resourceType":"Binary"}"#), &had, &mut state, &mut tokens);
		assert_eq!(labels_in(&tokens), had);
	}
}
