//! How a record is to be treated, as it stands in the database.

use super::StoreFault;
use salus_exchange_policy::{
	Ask, Classified, Contained, DataClass, DataTime, Labels, SensitivityLabel,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredAsk {
	class: String,
	labels: Vec<String>,
	time: Option<(u64, u64)>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredPart {
	at: usize,
	asks: Vec<StoredAsk>,
	/// Not there in what was written before it was told.
	#[serde(default, skip_serializing_if = "is_false")]
	actor: bool,
}

/// What is left out of what is written.
const fn is_false(value: &bool) -> bool {
	!*value
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
	resource_type: String,
	own: StoredAsk,
	missing: Vec<String>,
	asks: Vec<StoredAsk>,
	contained: Vec<StoredPart>,
}

const DAMAGED: StoreFault = StoreFault::Corrupt("how a record is to be treated");

fn write_ask(ask: &Ask) -> StoredAsk {
	StoredAsk {
		class: ask.data_class.name().into(),
		labels: ask.labels.iter().map(|label| label.name().into()).collect(),
		time: ask.data_time.map(|DataTime { from, to }| (from, to)),
	}
}

fn read_ask(ask: StoredAsk) -> Result<Ask, StoreFault> {
	let labels = ask.labels.iter().map(|name| SensitivityLabel::named(name));
	Ok(Ask {
		data_class: DataClass::named(&ask.class).ok_or(DAMAGED)?,
		labels: labels.collect::<Option<Labels>>().ok_or(DAMAGED)?,
		data_time: ask.time.map(|(from, to)| DataTime { from, to }),
	})
}

fn read_asks(asks: Vec<StoredAsk>) -> Result<BTreeSet<Ask>, StoreFault> {
	asks.into_iter().map(read_ask).collect()
}

/// As a text for the database.
pub fn write_judged(judged: &Classified) -> Result<String, StoreFault> {
	let own = Ask {
		data_class: judged.data_class,
		labels: judged.labels.clone(),
		data_time: judged.data_time,
	};
	let contained = judged.contained.iter().map(|part| StoredPart {
		at: part.at,
		asks: part.asks.iter().map(write_ask).collect(),
		actor: part.is_actor,
	});
	let stored = Stored {
		resource_type: judged.resource_type.clone(),
		own: write_ask(&own),
		missing: judged.missing.clone(),
		asks: judged.asks.iter().map(write_ask).collect(),
		contained: contained.collect(),
	};
	serde_json::to_string(&stored).map_err(|_| DAMAGED)
}

/// What [`write_judged`] wrote.
pub fn read_judged(text: &str) -> Result<Classified, StoreFault> {
	let stored: Stored = serde_json::from_str(text).map_err(|_| DAMAGED)?;
	let own = read_ask(stored.own)?;
	let contained = stored.contained.into_iter().map(|part| {
		Ok(Contained { at: part.at, asks: read_asks(part.asks)?, is_actor: part.actor })
	});
	Ok(Classified {
		resource_type: stored.resource_type,
		data_class: own.data_class,
		labels: own.labels,
		data_time: own.data_time,
		missing: stored.missing,
		asks: read_asks(stored.asks)?,
		contained: contained.collect::<Result<_, StoreFault>>()?,
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use salus_exchange_policy::{classify, Beside, House, Tables};

	#[test]
	fn what_is_known_of_a_record_is_read_as_it_was_written() {
		let record = br##"{"resourceType":"Observation","id":"a","effectiveDateTime":"2026-03-01",
			"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],
			"meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"HIV"}]},
			"contained":[{"resourceType":"Patient","id":"p"},{"resourceType":"Practitioner","id":"a"}],"performer":[{"reference":"#a"}]}"##;
		let judged =
			classify(record, &Beside::default(), &Tables::standard().unwrap(), &House::default())
				.unwrap();
		assert!(
			!judged.labels.is_empty() && judged.data_time.is_some() && !judged.contained.is_empty()
		);
		let actors: Vec<bool> = judged.contained.iter().map(|part| part.is_actor).collect();
		assert_eq!(actors, [false, true]);
		let written = write_judged(&judged).unwrap();
		assert_eq!(read_judged(&written).unwrap(), judged);
		// As it was written before that was told.
		let before = read_judged(&written.replace(",\"actor\":true", "")).unwrap();
		assert!(before.contained.iter().all(|part| !part.is_actor), "{written}");
		assert!(read_judged("{}").is_err());
		let unknown = write_judged(&judged).unwrap().replace("Laboratory", "Nothing");
		assert!(read_judged(&unknown).is_err());
	}
}
