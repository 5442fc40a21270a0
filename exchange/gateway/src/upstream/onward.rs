//! How a search by change goes on after a page.
//!
//! Each page is asked for anew, from the second at which the last one ended: what is changed meanwhile moves to the end, and so shifts
//! nothing out of sight. Only where a page is of one second, or the server does not sort, its own link to the next page is followed. Some
//! servers give no links, and tell by a total that there is more: within a second they are asked from the very moment on, as they write it.

use super::{
	page::{moment, Entry},
	Page, Unread,
};
use std::collections::HashSet;
use time::OffsetDateTime;

/// How a search goes on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Onward {
	/// The page was the last one.
	End,
	/// By what was changed at this moment or later, as text of FHIR.
	Since(String),
	/// By the page's own link.
	Link,
}

/// How far a search by change has come.
#[derive(Debug)]
pub struct Progress {
	/// From when on it was asked last, in seconds since 1970.
	from: u64,
	/// The very moment within that second from which on it was asked last, if it was.
	within: Option<OffsetDateTime>,
	/// When the last resource of the last page was changed, in seconds since 1970.
	last: u64,
	is_sorted: bool,
	/// Whether the server has given any link to a next page.
	has_links: bool,
	followed: HashSet<String>,
}

impl Progress {
	/// A search for what was changed at this moment or later, in seconds since 1970.
	pub fn new(from: u64) -> Self {
		let followed = HashSet::new();
		Self { from, within: None, last: from, is_sorted: true, has_links: false, followed }
	}

	/// Until when all was given, in seconds since 1970; none if the server does not sort by change.
	pub fn reached(&self) -> Option<u64> {
		self.is_sorted.then_some(self.last)
	}

	/// Looks at a page: how to go on after it.
	pub fn after(&mut self, page: &Page) -> Result<Onward, Unread> {
		for updated in page.entries.iter().map(Entry::updated) {
			self.is_sorted = self.is_sorted && updated.is_some_and(|updated| updated >= self.last);
			self.last = updated.filter(|_| self.is_sorted).unwrap_or(self.last);
		}
		self.has_links = self.has_links || page.next.is_some();
		// The total is of all that was asked for: where links were followed it says nothing of what is left.
		let tells_of_more = !self.has_links && page.tells_of_more();
		if page.next.is_none() && !tells_of_more {
			return Ok(Onward::End);
		}
		if self.is_sorted && self.last > self.from {
			(self.from, self.within) = (self.last, None);
			self.followed.clear();
			return Ok(Onward::Since(moment(self.last)));
		}
		match &page.next {
			None => self.within(page).ok_or(Unread::NoLink),
			Some(next) if self.followed.insert(next.clone()) => Ok(Onward::Link),
			Some(_) => Err(Unread::Circle),
		}
	}

	/// How to go on within one second, of a server that gives no links.
	fn within(&mut self, page: &Page) -> Option<Onward> {
		let instants: Vec<OffsetDateTime> =
			page.entries.iter().map(Entry::instant).collect::<Option<_>>()?;
		let last = *instants.last()?;
		if !self.is_sorted || !instants.is_sorted() || self.within.is_some_and(|it| it >= last) {
			return None;
		}
		// From the beginning of the second it was asked already.
		let is_later = self.within.is_some() || last.nanosecond() > 0;
		// As the server writes it: some compare moments as texts.
		let text = page.entries.last().filter(|_| is_later)?.version().1.to_owned();
		self.within = Some(last);
		Some(Onward::Since(text))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// A page with resources that were changed then, of so many; and a link to the next one.
	fn page(changed: &[&str], total: usize, next: Option<&str>) -> Page {
		let entry = |at: &&str| {
			format!(
				r#"{{"resource":{{"resourceType":"Observation","meta":{{"lastUpdated":"{at}"}}}}}}"#
			)
		};
		let entries: Vec<String> = changed.iter().map(entry).collect();
		let link = next.map(|url| format!(r#"{{"relation":"next","url":"{url}"}}"#));
		let text = format!(
			r#"{{"resourceType":"Bundle","total":{total},"link":[{}],"entry":[{}]}}"#,
			link.unwrap_or_default(),
			entries.join(",")
		);
		Page::read(text.as_bytes()).unwrap()
	}

	fn since(text: &str) -> Result<Onward, Unread> {
		Ok(Onward::Since(text.into()))
	}

	const A: &str = "2026-03-01T10:00:00.100Z";
	const B: &str = "2026-03-01T10:00:00.250Z";
	const C: &str = "2026-03-01T12:00:01.500+02:00";

	#[test]
	fn without_links_it_goes_on_by_seconds_and_within_one_by_the_moment() {
		let mut progress = Progress::new(0);
		assert_eq!(progress.after(&page(&[A, B], 9, None)), since("2026-03-01T10:00:00Z"));
		assert_eq!(progress.after(&page(&[A, B], 9, None)), since(B));
		assert_eq!(progress.after(&page(&[B, C], 8, None)), since("2026-03-01T10:00:01Z"));
		assert_eq!(progress.after(&page(&[C, C], 3, None)), since(C));
		assert_eq!(progress.after(&page(&[C, C], 3, None)), Err(Unread::NoLink));
		assert_eq!(progress.reached(), Some(1_772_359_201));
		assert_eq!(progress.after(&page(&[C, C, C], 3, None)), Ok(Onward::End));
	}

	#[test]
	fn what_is_not_in_order_or_has_no_fractions_cannot_be_divided_further() {
		let whole = "2026-03-01T10:00:00Z";
		for changed in [[whole, whole], [B, A]] {
			let mut progress = Progress::new(0);
			assert_eq!(progress.after(&page(&changed, 9, None)), since(whole));
			assert_eq!(
				progress.after(&page(&changed, 9, None)),
				Err(Unread::NoLink),
				"{changed:?}"
			);
		}
		let mut progress = Progress::new(0);
		assert_eq!(progress.after(&page(&[C, A], 9, None)), Err(Unread::NoLink));
		assert_eq!(progress.reached(), None);
	}

	#[test]
	fn a_server_with_links_is_believed_about_them_and_not_about_its_total() {
		let mut progress = Progress::new(0);
		assert_eq!(progress.after(&page(&[A, B], 9, Some("x"))), since("2026-03-01T10:00:00Z"));
		assert_eq!(progress.after(&page(&[A, B], 9, Some("y"))), Ok(Onward::Link));
		assert_eq!(progress.after(&page(&[B, B], 9, Some("y"))), Err(Unread::Circle));
		assert_eq!(progress.after(&page(&[B], 9, None)), Ok(Onward::End));
		assert_eq!(Progress::new(0).after(&page(&[A], 1, None)), Ok(Onward::End));
	}
}
