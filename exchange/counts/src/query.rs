//! What is asked: groups of people. The count is of those who are in one of them at least, each once.

use crate::json::{self, is_of, number, object, Closed, Malformed};
use salus_exchange_protocol::{
	commitment::{commit, Form},
	json::Part,
	Hash,
};
use std::fmt;

/// The most groups of a query.
pub const MAX_GROUPS: usize = 8;
/// The largest query, in bytes, however it is written.
pub const MAX_QUERY: usize = 8 << 10;
/// The longest code of a group, and the longest id of a value set, in bytes.
pub const MAX_CODE: usize = 64;
/// The lowest age of the last band, which has no end.
pub const LAST_BAND: u8 = 90;
/// The years of months: the first, and the last.
pub const YEARS: (u32, u32) = (1900, 2199);

/// Administrative sex, as FHIR has it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Sex {
	/// Female.
	Female,
	/// Male.
	Male,
	/// Other.
	Other,
	/// Said to be unknown.
	Unknown,
}

impl Sex {
	/// All.
	pub const ALL: [Self; 4] = [Self::Female, Self::Male, Self::Other, Self::Unknown];

	/// Its code.
	pub const fn code(self) -> &'static str {
		match self {
			Self::Female => "female",
			Self::Male => "male",
			Self::Other => "other",
			Self::Unknown => "unknown",
		}
	}

	/// The sex of that code.
	pub fn of_code(code: &str) -> Option<Self> {
		Self::ALL.into_iter().find(|sex| sex.code() == code)
	}
}

/// A month, as a number of months since the year 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Month(u32);

impl Month {
	/// Reads `YYYY-MM`, of the years [`YEARS`].
	pub fn read(text: &str) -> Option<Self> {
		let (year, month) = text.split_once('-')?;
		let digits = |text: &str, many: usize| {
			(text.len() == many && text.bytes().all(|b| b.is_ascii_digit()))
				.then(|| text.parse::<u32>().ok())
				.flatten()
		};
		Self::of(digits(year, 4)?, digits(month, 2)?)
	}

	/// The month of that year, from 1.
	pub fn of(year: u32, month: u32) -> Option<Self> {
		let known = (YEARS.0..=YEARS.1).contains(&year) && (1..=12).contains(&month);
		known.then(|| Self(year.saturating_mul(12).saturating_add(month.saturating_sub(1))))
	}

	/// Year, and month from 1.
	pub fn parts(self) -> (u32, u32) {
		let Self(months) = self;
		(months.checked_div(12).unwrap_or(0), months.checked_rem(12).unwrap_or(0).saturating_add(1))
	}

	/// The month as a number of months since the year 0.
	pub const fn index(self) -> u32 {
		self.0
	}

	/// How many whole years lie between this month and a later one; none if that one is earlier.
	pub fn years_until(self, later: Self) -> Option<u32> {
		later.0.checked_sub(self.0)?.checked_div(12)
	}
}

impl fmt::Display for Month {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		let (year, month) = self.parts();
		write!(f, "{year:04}-{month:02}")
	}
}

/// A band of five years of age, by its lowest; from 90 on there is one band without an end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Band(u8);

impl Band {
	/// The band that begins with that age.
	pub fn from(lowest: u64) -> Option<Self> {
		let lowest = u8::try_from(lowest).ok()?;
		(lowest <= LAST_BAND && lowest.checked_rem(5) == Some(0)).then_some(Self(lowest))
	}

	/// The band of somebody of so many years.
	pub fn of_age(years: u32) -> Self {
		let capped = u8::try_from(years).unwrap_or(LAST_BAND).min(LAST_BAND);
		Self(capped.saturating_sub(capped.checked_rem(5).unwrap_or(0)))
	}

	/// Its lowest age.
	pub const fn lowest(self) -> u8 {
		self.0
	}
}

/// A country, or a part of one, by ISO 3166: `DE`, `DE-BE`. A country has its parts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Region(String);

impl Region {
	/// Reads a region.
	pub fn read(text: &str) -> Option<Self> {
		let (country, part) = match text.split_once('-') {
			Some((country, part)) => (country, Some(part)),
			None => (text, None),
		};
		let is_country = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
		let is_part = part
			.is_none_or(|part| is_of(part, 3, |b| b.is_ascii_uppercase() || b.is_ascii_digit()));
		(is_country && is_part).then(|| Self(text.to_owned()))
	}

	/// Its code.
	pub fn code(&self) -> &str {
		&self.0
	}

	/// Whether the other region is this one or a part of it.
	pub fn has(&self, other: &Self) -> bool {
		match other.0.strip_prefix(self.0.as_str()) {
			Some(rest) => rest.is_empty() || rest.starts_with('-'),
			None => false,
		}
	}
}

/// Which value set the codes are of. The hash is that of its canonical form: under one name and number two sites cannot mean
/// different things.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ValueSetRef {
	/// Its id.
	pub id: String,
	/// Its version.
	pub version: u32,
	/// The hash of its canonical form.
	pub hash: Hash,
}

/// Some people: those with data of a code in a time, and of what else is told.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Group {
	/// The code, of the query's value set.
	pub code: String,
	/// The first month of the time.
	pub from: Month,
	/// The last month of the time. Ages are those in this month.
	pub until: Month,
	/// The age; any if none is told.
	pub age: Option<Band>,
	/// The sex; any if none is told.
	pub sex: Option<Sex>,
	/// Where they live; anywhere if that is not told.
	pub region: Option<Region>,
}

/// A query: 1 to 8 groups of one value set, in the order of their canonical forms.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Query {
	values: ValueSetRef,
	groups: Vec<Group>,
}

/// Whether a text may be the id of a value set, or a code in one.
pub(crate) fn is_name(text: &str) -> bool {
	is_of(text, MAX_CODE, |b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b':'))
}

impl Group {
	fn from_part(part: &Part) -> Result<Self, Malformed> {
		let group = Closed::of(part, "groups", &["age", "code", "from", "region", "sex", "until"])?;
		let month = |name| Month::read(group.text(name)?).ok_or(Malformed(name));
		let may_be = |name: &'static str, read: &dyn Fn(&str) -> bool| match group.may(name) {
			None => Ok(None),
			Some(part) => part.text().filter(|text| read(text)).map(Some).ok_or(Malformed(name)),
		};
		let (from, until) = (month("from")?, month("until")?);
		if from > until {
			return Err(Malformed("until"));
		}
		let age = match group.may("age") {
			None => None,
			Some(part) => Some(part.whole().and_then(Band::from).ok_or(Malformed("age"))?),
		};
		let sex = may_be("sex", &|text| Sex::of_code(text).is_some())?;
		let region = may_be("region", &|text| Region::read(text).is_some())?;
		let code = Some(group.text("code")?).filter(|code| is_name(code));
		Ok(Self {
			code: code.ok_or(Malformed("code"))?.into(),
			from,
			until,
			age,
			sex: sex.and_then(Sex::of_code),
			region: region.and_then(Region::read),
		})
	}

	fn to_part(&self) -> Part {
		let Self { code, from, until, age, sex, region } = self;
		let mut members =
			vec![("code", Part::of(code)), ("from", Part::of(from)), ("until", Part::of(until))];
		members.extend(age.map(|band| ("age", number(band.lowest()))));
		members.extend(sex.map(|sex| ("sex", Part::of(sex.code()))));
		members.extend(region.iter().map(|region| ("region", Part::of(region.code()))));
		object(members)
	}

	/// Whether somebody is in the group who has such data in its time, by birth, sex and region as far as they are known. What is
	/// not known is in no group that tells it.
	pub fn has(&self, birth: Option<Month>, sex: Option<Sex>, region: Option<&Region>) -> bool {
		let age_fits = self.age.is_none_or(|band| {
			birth
				.and_then(|birth| birth.years_until(self.until))
				.is_some_and(|years| Band::of_age(years) == band)
		});
		let sex_fits = self.sex.is_none_or(|wanted| sex == Some(wanted));
		let region_fits =
			self.region.as_ref().is_none_or(|wanted| region.is_some_and(|it| wanted.has(it)));
		age_fits && sex_fits && region_fits
	}

	/// Whether the group asks for more of somebody than data.
	pub fn asks_of_person(&self) -> bool {
		self.age.is_some() || self.sex.is_some() || self.region.is_some()
	}
}

impl Query {
	/// A query of these groups, each once. Refused are none, and more than [`MAX_GROUPS`].
	pub fn new(values: ValueSetRef, groups: Vec<Group>) -> Result<Self, Malformed> {
		if groups.is_empty() || groups.len() > MAX_GROUPS {
			return Err(Malformed("groups"));
		}
		let mut by_form: Vec<(String, Group)> =
			groups.into_iter().map(|group| (json::written(&group.to_part()), group)).collect();
		by_form.sort();
		by_form.dedup_by(|(a, _), (b, _)| a == b);
		let sorted: Vec<Group> = by_form.into_iter().map(|(_, group)| group).collect();
		Ok(Self { values, groups: sorted })
	}

	/// Reads a query, in whatever order it is written.
	pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
		Self::from_part(&json::read(bytes, MAX_QUERY)?)
	}

	pub(crate) fn from_part(part: &Part) -> Result<Self, Malformed> {
		let query = Closed::of(part, "query", &["groups", "valueSet"])?;
		let values = Closed::of(query.need("valueSet")?, "valueSet", &["hash", "id", "version"])?;
		let id = Some(values.text("id")?).filter(|id| is_name(id)).ok_or(Malformed("id"))?;
		let values = ValueSetRef {
			id: id.into(),
			version: values.small("version")?,
			hash: values.hash("hash")?,
		};
		let groups = query.list("groups")?;
		// Before they are read: there might be many.
		if groups.len() > MAX_GROUPS {
			return Err(Malformed("groups"));
		}
		let read: Vec<Group> = groups.iter().map(Group::from_part).collect::<Result<_, _>>()?;
		let many = read.len();
		let query = Self::new(values, read)?;
		// Somebody who wrote a group twice meant something else by one of them.
		match query.groups.len() == many {
			true => Ok(query),
			false => Err(Malformed("groups")),
		}
	}

	/// Of which value set its codes are.
	pub fn values(&self) -> &ValueSetRef {
		&self.values
	}

	/// Its groups, in the order of their canonical forms.
	pub fn groups(&self) -> &[Group] {
		&self.groups
	}

	pub(crate) fn to_part(&self) -> Part {
		let ValueSetRef { id, version, hash } = &self.values;
		object([
			("groups", Part::List(self.groups.iter().map(Group::to_part).collect())),
			(
				"valueSet",
				object([
					("hash", Part::of(hash)),
					("id", Part::of(id)),
					("version", number(*version)),
				]),
			),
		])
	}

	/// Its canonical form (RFC 8785), with the groups in the order of their own.
	pub fn canonical(&self) -> String {
		json::written(&self.to_part())
	}

	/// The commitment to it under a salt: that of a record in the form `Bytes`, over its canonical form.
	pub fn commitment(&self, salt: &Hash) -> Hash {
		commit(salt, Form::Bytes, &Hash::of(self.canonical().as_bytes()))
	}
}
