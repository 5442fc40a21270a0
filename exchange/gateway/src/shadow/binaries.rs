//! Binaries for the shadow: what the records that were read have attached, each treated as [`crate::binaries`] treats it.

use super::records::{withheld, NotHeld, Read, Reader, Record, TypeRead, Whose};
use crate::{
	binaries::{context_of, LOOSE, SEVERAL},
	ingest::text_of,
	upstream::Unread,
};
use salus_exchange_policy::{classify_binary, Beside, Classified, BINARY};
use salus_exchange_protocol::fhir;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// After how many Binaries that do not come it is not asked for more.
const MAX_SILENT: usize = 3;

/// What names a Binary, of the records that were read.
#[derive(Default)]
struct Named {
	/// How each is treated that is.
	judged: Vec<Classified>,
	/// Whose they are: the house's ids.
	whose: BTreeMap<String, Whose>,
	/// Whether one of them names it as the house does.
	is_named: bool,
	/// Whether one of them would not be held.
	is_loose: bool,
}

impl Named {
	fn add(&mut self, record: &Record) {
		match &record.judged {
			Ok(judged) => self.judged.push(judged.clone()),
			Err(_) => self.is_loose = true,
		}
		match record.whose.local() {
			Some(local) => _ = self.whose.insert(local.into(), record.whose.clone()),
			None => self.is_loose = true,
		}
	}
}

/// Where the records are that were read, so that for each Binary not all of them are looked through.
#[derive(Default)]
struct Places {
	/// Those that have a Binary attached, by its id, and whether each names it as the house does.
	attached: HashMap<String, Vec<(usize, bool)>>,
	/// The first of each reference.
	referred: HashMap<String, usize>,
}

impl Places {
	fn of(records: &[Record]) -> Self {
		let mut places = Self::default();
		for (at, record) in records.iter().enumerate() {
			places.referred.entry(record.reference.clone()).or_insert(at);
			for (id, is_named) in &record.attached {
				places.attached.entry(id.clone()).or_default().push((at, *is_named));
			}
		}
		places
	}
}

impl Reader<'_> {
	/// Reads what the records that were read have attached, so many at most, and judges it by these. Of servers that let themselves be searched for
	/// Binaries those are there already.
	pub async fn read_binaries(&mut self, most: usize, read: &mut Read) -> Result<(), Unread> {
		let of_records = read.records.iter().flat_map(|record| record.attached.keys());
		let there = read.records.iter().filter(|record| record.resource_type == BINARY);
		let there = there.filter_map(|record| record.reference.split_once('/').map(|(_, id)| id));
		let ids = of_records.map(String::as_str).chain(there).map(str::to_owned);
		let ids: BTreeSet<String> = ids.collect();
		if ids.is_empty() {
			return Ok(());
		}
		let mut is_all = ids.len() <= most;
		let (mut silent, mut fault, mut judged) = (0_usize, None, Vec::new());
		let places = Places::of(&read.records);
		for id in ids.into_iter().take(most) {
			if silent >= MAX_SILENT {
				is_all = false;
				break;
			}
			let bytes = match self.server.read_once(BINARY, &id).await {
				Ok(bytes) => bytes,
				Err(Unread::Gone) => continue,
				Err(unread @ Unread::Unreachable(_)) => {
					silent = silent.saturating_add(1);
					fault = Some(unread);
					continue;
				},
				Err(unread) if unread.is_of_the_server() => return Err(unread),
				Err(unread) => {
					fault = Some(unread);
					continue;
				},
			};
			// Many servers answer with what is in it, of which a gateway makes nothing.
			judged.extend(self.judge_binary((&id, &bytes), read, &places).await?);
		}
		let there: BTreeSet<String> =
			judged.iter().map(|it: &Record| it.reference.clone()).collect();
		read.records.retain(|record| !there.contains(&record.reference));
		read.records.append(&mut judged);
		if read.types.iter().all(|it| it.resource_type != BINARY) {
			let resource_type = BINARY.into();
			read.types.push(TypeRead { resource_type, is_all: is_all && fault.is_none(), fault });
		}
		Ok(())
	}

	/// What would become of a Binary; none if these bytes are not the one of that id.
	async fn judge_binary(
		&mut self,
		(id, bytes): (&str, &[u8]),
		read: &Read,
		places: &Places,
	) -> Result<Option<Record>, Unread> {
		let Ok(resource) = fhir::read(bytes) else { return Ok(None) };
		let is_it = text_of(&resource, "resourceType") == Some(BINARY)
			&& text_of(&resource, "id") == Some(id);
		if !is_it {
			return Ok(None);
		}
		let (mut named, mut given) = (Named::default(), Vec::new());
		for (at, is_named) in places.attached.get(id).into_iter().flatten() {
			named.is_named = named.is_named || *is_named;
			read.records.get(*at).into_iter().for_each(|record| named.add(record));
		}
		if let Some(context) = context_of(&resource) {
			match places.referred.get(context).and_then(|at| read.records.get(*at)) {
				Some(record) => named.add(record),
				None => named.is_loose = true,
			}
			if let Some((name, of)) = context.split_once('/') {
				given.extend(self.bytes(name, of).await?);
			}
		}
		let is_several = named.whose.len() > 1;
		let whose = named.whose.into_values().next().unwrap_or(Whose::Nobody);
		let judged = match (named.is_named, named.is_loose, is_several) {
			(true, true, _) => Err(NotHeld::Withheld(withheld(LOOSE))),
			(true, false, true) => Err(NotHeld::Withheld(withheld(SEVERAL))),
			(is_named, ..) => {
				let given: Vec<&[u8]> = given.iter().map(Vec::as_slice).collect();
				let beside = Beside { given: &given, ..Beside::default() };
				let by = if is_named { named.judged.as_slice() } else { &[] };
				classify_binary(bytes, &beside, by, self.tables, self.house)
					.map_err(NotHeld::Quarantined)
			},
		};
		Ok(Some(Record {
			resource_type: BINARY.into(),
			reference: format!("{BINARY}/{id}"),
			whose: if is_several { Whose::Nobody } else { whose },
			judged,
			codes: BTreeSet::new(),
			attached: BTreeMap::new(),
		}))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::time::{Duration, Instant};

	#[test]
	fn each_binary_is_found_where_it_is_attached_in_a_time_that_grows_with_their_number() {
		const MANY: usize = 100_000;
		let record = |at: usize| Record {
			resource_type: "Media".into(),
			reference: format!("Media/{}", at / 2),
			whose: Whose::Nobody,
			judged: Err(NotHeld::Withheld(withheld(LOOSE))),
			codes: BTreeSet::new(),
			attached: [(format!("b{}", at % 10_000), at.is_multiple_of(3))].into(),
		};
		let records: Vec<Record> = (0..MANY).map(record).collect();
		let begun = Instant::now();
		let places = Places::of(&records);
		for at in 0..MANY {
			let (id, reference) = (format!("b{}", at % 10_000), format!("Media/{}", at / 2));
			let there = &places.attached[&id];
			assert!(there.len() == 10 && there.contains(&(at, at % 3 == 0)), "{id}");
			assert_eq!(places.referred[&reference], at / 2 * 2);
		}
		assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
	}
}
