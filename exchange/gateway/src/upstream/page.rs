//! A page of a search, or of a history: a Bundle. Each resource keeps the bytes that it has in there, and one that cannot be read does
//! not spoil the others.

use super::Unread;
use salus_exchange_protocol::{
	fhir::{self, Value},
	Hash,
};
use serde::{
	de::{MapAccess, Visitor},
	Deserialize, Deserializer,
};
use serde_json::value::RawValue;
use std::{collections::BTreeSet, fmt};
use time::{format_description::well_known::Rfc3339, OffsetDateTime};

/// The most entries of a page.
const MAX_ENTRIES: usize = 50_000;

/// A resource of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
	/// Its bytes, as they stand in the page.
	pub record: Vec<u8>,
	/// The whole entry; with null for a resource that has no single reading.
	pub value: Value,
}

/// A page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
	/// Its resources.
	pub entries: Vec<Entry>,
	/// What a history says was deleted: type and id.
	pub deleted: Vec<(String, String)>,
	/// The Bundle around them, without its entries.
	pub bundle: Value,
	/// Where the next page is, as the server says it.
	pub next: Option<String>,
	/// How many resources of the house match the search in all, if the server says so.
	pub total: Option<usize>,
}

/// An object with its members as they stand there, each name once.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		struct Reader;
		impl<'de> Visitor<'de> for Reader {
			type Value = Members<'de>;

			fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
				f.write_str("an object")
			}

			fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
				let (mut members, mut names) = (Vec::new(), BTreeSet::new());
				while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
					if !names.insert(name.clone()) {
						return Err(serde::de::Error::custom("a member twice"));
					}
					members.push((name, value));
				}
				Ok(Members(members))
			}
		}
		deserializer.deserialize_map(Reader)
	}
}

impl Members<'_> {
	fn read(text: &str) -> Option<Members<'_>> {
		serde_json::from_str(text).ok()
	}

	fn get(&self, name: &str) -> Option<&str> {
		self.0.iter().find(|(there, _)| there == name).map(|(_, value)| value.get())
	}

	/// All but one of them, and this in its place. None if one has no single reading: it may say how the rest is to be treated.
	fn with(&self, name: &str, value: Value) -> Option<Value> {
		let others = self.0.iter().filter(|(there, _)| there != name);
		let others = others
			.map(|(name, value)| Some((name.clone(), fhir::read(value.get().as_bytes()).ok()?)));
		let mut members = others.collect::<Option<Vec<_>>>()?;
		members.push((name.to_owned(), value));
		members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
		Some(Value::Object(members))
	}
}

fn text(raw: Option<&str>) -> Option<String> {
	serde_json::from_str(raw?).ok()
}

impl Page {
	/// Reads a page. Outcomes that are no resources of the house are left out.
	pub fn read(bytes: &[u8]) -> Result<Self, Unread> {
		let whole = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
			.map_err(|_| Unread::Malformed("it is no text"))?;
		let bundle = Members::read(whole).ok_or(Unread::Malformed("it is no JSON object"))?;
		if text(bundle.get("resourceType")).as_deref() != Some("Bundle") {
			return Err(Unread::Malformed("it is no Bundle"));
		}
		const ENTRY: Unread = Unread::Malformed("entry");
		let raw: Vec<&RawValue> = match bundle.get("entry") {
			Some(entries) => serde_json::from_str(entries).map_err(|_| ENTRY)?,
			None => Vec::new(),
		};
		if raw.len() > MAX_ENTRIES {
			return Err(Unread::TooLarge);
		}
		let (mut entries, mut deleted) = (Vec::new(), Vec::new());
		for each in raw {
			let entry = Members::read(each.get()).ok_or(ENTRY)?;
			deleted.extend(deletion(&entry));
			let Some(resource) = entry.get("resource") else { continue };
			let value = fhir::read(resource.as_bytes()).unwrap_or(Value::Null);
			let value = entry.with("resource", value).ok_or(ENTRY)?;
			let mode = value.get("search").and_then(|search| search.get("mode"));
			if mode.and_then(Value::text) != Some("outcome") {
				entries.push(Entry { record: resource.as_bytes().to_vec(), value });
			}
		}
		let next = next(bundle.get("link"))?;
		let total = bundle.get("total").and_then(|total| serde_json::from_str(total).ok());
		let bundle = bundle.with("entry", Value::List(Vec::new()));
		let bundle = bundle.ok_or(Unread::Malformed("it has no single reading"))?;
		Ok(Self { entries, deleted, bundle, next, total })
	}

	/// Whether the server says that more matches than is on this page.
	pub fn tells_of_more(&self) -> bool {
		self.total.is_some_and(|total| total > self.entries.len())
	}

	/// A page with one resource, as the server gave it by itself.
	pub fn of(record: Vec<u8>) -> Self {
		let value = fhir::read(&record).unwrap_or(Value::Null);
		let value = Value::Object(vec![("resource".into(), value)]);
		let bundle = Value::Object(vec![
			("entry".into(), Value::List(Vec::new())),
			("resourceType".into(), Value::Text("Bundle".into())),
		]);
		let entries = vec![Entry { record, value }];
		Self { entries, deleted: Vec::new(), bundle, next: None, total: None }
	}
}

/// Where the next page is. None, or one: of two it is not known which is meant.
fn next(links: Option<&str>) -> Result<Option<String>, Unread> {
	const LINK: Unread = Unread::Malformed("link");
	let Some(links) = links else { return Ok(None) };
	let links = fhir::read(links.as_bytes()).map_err(|_| LINK)?;
	let Value::List(links) = links else { return Err(LINK) };
	let is_next = |link: &&Value| link.get("relation").and_then(Value::text) == Some("next");
	let mut all = links.iter().filter(is_next);
	match (all.next(), all.next()) {
		(None, _) => Ok(None),
		(Some(link), None) => {
			link.get("url").and_then(Value::text).map(|url| Some(url.into())).ok_or(LINK)
		},
		_ => Err(LINK),
	}
}

/// What an entry of a history says was deleted.
fn deletion(entry: &Members) -> Option<(String, String)> {
	let request = Members::read(entry.get("request")?)?;
	if text(request.get("method")).as_deref() != Some("DELETE") {
		return None;
	}
	let url = text(request.get("url")).or_else(|| text(entry.get("fullUrl")))?;
	let mut parts = url.rsplit('/');
	let (id, name) = (parts.next()?, parts.next()?);
	(crate::ingest::is_type(name) && crate::ingest::is_id(id)).then(|| (name.into(), id.into()))
}

impl Entry {
	/// The resource; null if it has no single reading.
	pub fn resource(&self) -> &Value {
		self.value.get("resource").unwrap_or(&Value::Null)
	}

	/// A member of the resource that is a text.
	pub fn text(&self, name: &str) -> Option<&str> {
		self.resource().get(name).and_then(Value::text)
	}

	/// The version that the server gives it, and when it gave it that, as it writes them; empty where it says nothing.
	pub fn version(&self) -> (&str, &str) {
		let meta = |name| {
			let meta = self.resource().get("meta");
			meta.and_then(|meta| meta.get(name)).and_then(Value::text).unwrap_or_default()
		};
		(meta("versionId"), meta("lastUpdated"))
	}

	/// A hash of the labels that the resource says it has: some servers add one without making another version of it.
	pub fn labels(&self) -> Hash {
		let labels = self.resource().get("meta").and_then(|meta| meta.get("security"));
		Hash::of(&labels.unwrap_or(&Value::Null).canonical())
	}

	/// When the server says that it was changed.
	pub fn instant(&self) -> Option<OffsetDateTime> {
		OffsetDateTime::parse(self.version().1, &Rfc3339).ok()
	}

	/// The same in seconds since 1970, rounded down.
	pub fn updated(&self) -> Option<u64> {
		u64::try_from(self.instant()?.unix_timestamp()).ok()
	}
}

/// A moment in seconds since 1970, as FHIR writes it.
pub fn moment(seconds: u64) -> String {
	let moment = i64::try_from(seconds).ok();
	let moment = moment.and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
	let moment = moment.unwrap_or(OffsetDateTime::UNIX_EPOCH);
	let (date, (hour, minute, second)) = (moment.date(), moment.to_hms());
	let (month, day) = (u8::from(date.month()), date.day());
	format!("{:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z", date.year())
}

#[cfg(test)]
mod tests {
	use super::*;

	fn read(text: &str) -> Result<Page, Unread> {
		Page::read(text.as_bytes())
	}

	#[test]
	fn resources_keep_their_bytes_and_one_that_cannot_be_read_spoils_nothing() {
		let page = read(
			r#"{ "resourceType":"Bundle","type":"searchset","meta":{"security":[{"code":"R"}]},
			"link":[{"relation":"self","url":"x"},{"relation":"next","url":"https://a/b?c=1"}],
			"entry":[{"fullUrl":"u","resource":{ "resourceType" : "Observation","id":"a","valueDecimal": 1.00 },"search":{"mode":"match"}},
			{"resource":{"resourceType":"Observation","id":"b","id":"c"}},
			{"resource":{"resourceType":"OperationOutcome"},"search":{"mode":"outcome"}},
			{"request":{"method":"DELETE","url":"Observation/d"}}] }"#,
		)
		.unwrap();
		assert_eq!(page.next.as_deref(), Some("https://a/b?c=1"));
		let [first, second] = &page.entries[..] else { panic!("{page:?}") };
		assert_eq!(
			first.record,
			br#"{ "resourceType" : "Observation","id":"a","valueDecimal": 1.00 }"#
		);
		assert_eq!((first.text("id"), second.text("id")), (Some("a"), None));
		assert_eq!(second.record, br#"{"resourceType":"Observation","id":"b","id":"c"}"#);
		assert!(page.bundle.get("meta").is_some() && page.bundle.get("link").is_some());
		assert_eq!(page.deleted, [("Observation".to_owned(), "d".to_owned())]);
	}

	#[test]
	fn what_is_no_page_is_refused() {
		for (text, part) in [
			("", "it is no JSON object"),
			("[]", "it is no JSON object"),
			(r#"{"resourceType":"Bundle""#, "it is no JSON object"),
			(r#"{"resourceType":"Bundle","entry":[],"entry":[]}"#, "it is no JSON object"),
			(r#"{"resourceType":"OperationOutcome"}"#, "it is no Bundle"),
			(r#"{"resourceType":"Bundle","entry":{}}"#, "entry"),
			(r#"{"resourceType":"Bundle","entry":[1]}"#, "entry"),
			(r#"{"resourceType":"Bundle","meta":{"a":1,"a":2}}"#, "it has no single reading"),
			(
				r#"{"resourceType":"Bundle","entry":[{"resource":{},"search":{"a":1,"a":2}}]}"#,
				"entry",
			),
			(r#"{"resourceType":"Bundle","link":{}}"#, "link"),
			(r#"{"resourceType":"Bundle","link":[{"relation":"next"}]}"#, "link"),
			(
				r#"{"resourceType":"Bundle","link":[{"relation":"next","url":"a"},{"relation":"next","url":"b"}]}"#,
				"link",
			),
		] {
			assert_eq!(read(text), Err(Unread::Malformed(part)), "{text}");
		}
		assert!(Page::read(b"\xff").is_err());
	}

	#[test]
	fn moments_are_written_as_they_were_read() {
		let entry = |updated: &str| {
			let record =
				format!(r#"{{"resourceType":"Patient","meta":{{"lastUpdated":"{updated}"}}}}"#);
			Page::of(record.into_bytes()).entries.remove(0)
		};
		let seconds = entry("2026-03-01T12:30:45.678+02:00").updated().unwrap();
		assert_eq!(moment(seconds), "2026-03-01T10:30:45Z");
		for none in ["", "2026", "1960-01-01T00:00:00Z"] {
			assert_eq!(entry(none).updated(), None, "{none}");
		}
		assert_eq!(moment(u64::MAX), "1970-01-01T00:00:00Z");
	}
}
