//! What counts need of patients: month of birth, sex, and where they live, out of their records of the type Patient.

use crate::{
	gateway::{Failure, Gateway},
	ingest::text_of,
	store::SubjectRow,
	vault::Kind,
};
use codec::{Decode, Encode};
use salus_counts::query::{Group, Month, Region, Sex};
use salus_exchange_protocol::{
	fhir::{self, Value},
	Hash,
};
use std::collections::BTreeMap;

/// What is known of somebody.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Subject {
	pub(super) birth: Option<Month>,
	pub(super) sex: Option<Sex>,
	pub(super) region: Option<Region>,
}

/// The same, as it is kept: year and month of birth, and codes.
type Kept = (Option<(u32, u32)>, Option<String>, Option<String>);

impl Subject {
	/// Of a resource of the type Patient. A year of birth without a month is none. Of several addresses the first at home, or without a
	/// use, counts.
	pub(super) fn of(patient: &Value) -> Self {
		let birth = text_of(patient, "birthDate").and_then(|date| Month::read(date.get(..7)?));
		let sex = text_of(patient, "gender").and_then(Sex::of_code);
		let addresses = match patient.get("address") {
			Some(Value::List(addresses)) => addresses.as_slice(),
			_ => &[],
		};
		let at_home = |it: &&Value| matches!(text_of(it, "use"), None | Some("home"));
		let region = addresses.iter().find(at_home).and_then(region);
		Self { birth, sex, region }
	}

	pub(super) fn kept(&self) -> Vec<u8> {
		let Self { birth, sex, region } = self;
		let sex = sex.map(|sex| sex.code().to_owned());
		let region = region.as_ref().map(|region| region.code().to_owned());
		let kept: Kept = (birth.map(Month::parts), sex, region);
		kept.encode()
	}

	fn of_kept(mut bytes: &[u8]) -> Option<Self> {
		let (birth, sex, region) = Kept::decode(&mut bytes).ok()?;
		Some(Self {
			birth: birth.and_then(|(year, month)| Month::of(year, month)),
			sex: sex.as_deref().and_then(Sex::of_code),
			region: region.as_deref().and_then(Region::read),
		})
	}

	/// Whether somebody of whom this is known, and who has data of it, is in a group.
	pub(super) fn fits(&self, group: &Group) -> bool {
		group.has(self.birth, self.sex, self.region.as_ref())
	}
}

/// Where an address is, by ISO 3166: `DE` of the country `DE`, `DE-BE` with the state `BE` or `DE-BE`. A state that is no such code is
/// left out.
fn region(address: &Value) -> Option<Region> {
	let country = Region::read(text_of(address, "country")?)?;
	let part = text_of(address, "state").and_then(|state| {
		let whole = match state.contains('-') {
			true => state.to_owned(),
			false => format!("{}-{state}", country.code()),
		};
		Region::read(&whole).filter(|part| country.has(part))
	});
	Some(part.unwrap_or(country))
}

impl Gateway {
	/// What is known of some patients who have a record of the type Patient, with that record. What was looked up for the first time is kept.
	pub(super) fn subjects(
		&self,
		patients: &[Hash],
	) -> Result<BTreeMap<Hash, (Subject, SubjectRow)>, Failure> {
		let (mut known, mut new) = (BTreeMap::new(), Vec::new());
		for (patient, row) in self.store.subjects_of(patients)? {
			let Some(subject) = self.subject(&row)? else { continue };
			if row.content.is_none() {
				let name = row.number.to_be_bytes();
				new.push((row.number, self.vault.seal(Kind::Subject, &name, &subject.kept())?));
			}
			known.insert(patient, (subject, row));
		}
		if !new.is_empty() {
			self.store.put_subjects(&new)?;
		}
		Ok(known)
	}

	/// What is known of one patient. `None` if the file of the patient's record cannot be read: then it counts as nobody's, as of somebody without
	/// such a record.
	fn subject(&self, row: &SubjectRow) -> Result<Option<Subject>, Failure> {
		const DAMAGED: Failure = Failure::Vault("what is known of a patient does not open");
		if let Some(content) = &row.content {
			let name = row.number.to_be_bytes();
			let kept = self.vault.open(Kind::Subject, &name, content).map_err(|_| DAMAGED)?;
			return Subject::of_kept(&kept).map(Some).ok_or(DAMAGED);
		}
		let Some(record) = self.opened_or_withheld(row.number, &row.blob)? else {
			return Ok(None);
		};
		let patient =
			fhir::read(&record).map_err(|_| Failure::Vault("a record is no FHIR any more"))?;
		Ok(Some(Subject::of(&patient)))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use salus_counts::query::Band;
	use serde_json::json;

	fn of(patient: serde_json::Value) -> Subject {
		Subject::of(&fhir::read(patient.to_string().as_bytes()).unwrap())
	}

	#[test]
	fn what_is_known_is_read_and_kept() {
		let all = of(json!({
			"resourceType": "Patient", "birthDate": "1980-05-17", "gender": "female",
			"address": [{ "use": "old", "country": "FR" }, { "use": "home", "country": "DE", "state": "BE" }],
		}));
		let region = Region::read("DE-BE");
		assert_eq!(all, Subject { birth: Month::of(1980, 5), sex: Some(Sex::Female), region });
		assert_eq!(Subject::of_kept(&all.kept()), Some(all));
		let nothing = of(json!({ "resourceType": "Patient", "birthDate": "1980", "gender": "f" }));
		assert_eq!(nothing, Subject::default());
		for (address, region) in [
			(json!({ "country": "DE", "state": "DE-BE" }), Some("DE-BE")),
			(json!({ "country": "DE", "state": "Berlin" }), Some("DE")),
			(json!({ "country": "DE", "state": "FR-IDF" }), Some("DE")),
			(json!({ "country": "Germany" }), None),
			(json!({ "state": "BE" }), None),
		] {
			let found = of(json!({ "resourceType": "Patient", "address": [address] })).region;
			assert_eq!(found.as_ref().map(Region::code), region, "{address}");
		}
	}

	#[test]
	fn what_is_not_known_fits_nothing_that_is_told() {
		let group = |change: &dyn Fn(&mut Group)| {
			let month = |text| Month::read(text).unwrap();
			let mut group = Group {
				code: "x".into(),
				from: month("2024-01"),
				until: month("2024-04"),
				age: None,
				sex: None,
				region: None,
			};
			change(&mut group);
			group
		};
		let (known, unknown) = (
			Subject {
				birth: Month::of(1980, 5),
				sex: Some(Sex::Male),
				region: Region::read("DE-BE"),
			},
			Subject::default(),
		);
		let any = group(&|_| ());
		assert!(known.fits(&any) && unknown.fits(&any));
		// 43 until April, 44 in May.
		for (lowest, until, fits) in [
			(40, "2024-04", true),
			(40, "2025-04", true),
			(45, "2025-04", false),
			(45, "2025-05", true),
		] {
			let wanted = group(&|it| {
				it.age = Band::from(lowest);
				it.until = Month::read(until).unwrap();
			});
			assert_eq!(known.fits(&wanted), fits, "{lowest} {until}");
			assert!(!unknown.fits(&wanted));
		}
		for (region, fits) in [("DE", true), ("DE-BE", true), ("DE-BY", false), ("FR", false)] {
			let wanted = group(&|it| it.region = Region::read(region));
			assert_eq!(known.fits(&wanted), fits, "{region}");
			assert!(!unknown.fits(&wanted));
		}
		let female = group(&|it| it.sex = Some(Sex::Female));
		assert!(!known.fits(&female) && !unknown.fits(&female));
	}
}
