//! Who is who, for the shadow: a handle of the chain and an id of the house in each line, with a comma in between.

use crate::{config::read_secret, ingest::is_id};
use salus_exchange_protocol::Hash;
use std::{
	collections::{HashMap, HashSet},
	fmt,
	path::Path,
};

/// Which patient of the house has which handle.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Links(HashMap<String, Hash>);

/// Why a file does not say who is who. Nothing of it names anybody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BadLinks {
	/// It cannot be read.
	Unreadable(String),
	/// A line is no handle and id: which, from 1.
	Line(usize),
	/// A line has a handle or an id that another one has too: which, from 1.
	Twice(usize),
}

impl fmt::Display for BadLinks {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Unreadable(problem) => f.write_str(problem),
			Self::Line(line) => write!(
				f,
				"line {line} must be a handle, a comma, and the id of a Patient: 0x…,p-4711"
			),
			Self::Twice(line) => {
				write!(f, "line {line} has a handle or an id that an earlier one has too")
			},
		}
	}
}

impl std::error::Error for BadLinks {}

impl Links {
	/// Reads a file that nobody else may read.
	pub fn read_file(file: &Path) -> Result<Self, BadLinks> {
		Self::read(&read_secret(file).map_err(BadLinks::Unreadable)?)
	}

	/// Reads lines. Empty ones, and those that begin with `#`, say nothing.
	pub fn read(text: &str) -> Result<Self, BadLinks> {
		let (mut links, mut handles) = (HashMap::new(), HashSet::new());
		for (at, line) in (1_usize..).zip(text.lines().map(str::trim)) {
			if line.is_empty() || line.starts_with('#') {
				continue;
			}
			let link = line.split_once(',').and_then(|(handle, local)| {
				let local = Some(local.trim()).filter(|id| is_id(id))?;
				Some((handle.trim().parse::<Hash>().ok()?, local.to_owned()))
			});
			let (handle, local) = link.ok_or(BadLinks::Line(at))?;
			if !handles.insert(handle) || links.insert(local, handle).is_some() {
				return Err(BadLinks::Twice(at));
			}
		}
		Ok(Self(links))
	}

	/// The handle of a patient of the house.
	pub fn handle_of(&self, local: &str) -> Option<Hash> {
		self.0.get(local).copied()
	}

	/// How many there are.
	pub fn count(&self) -> usize {
		self.0.len()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn each_line_ties_one_handle_to_one_id() {
		let [a, b] = [1, 2].map(|byte| Hash([byte; 32]));
		let links = Links::read(&format!("# who is who\n\n{a},p1\n {b} , p2 \n")).unwrap();
		assert_eq!((links.handle_of("p1"), links.handle_of("p2")), (Some(a), Some(b)));
		assert_eq!((links.handle_of("p3"), links.count()), (None, 2));
		assert_eq!(Links::read(&format!("{a},p1\n{a},p2")), Err(BadLinks::Twice(2)));
		assert_eq!(Links::read(&format!("{a},p1\n{b},p1")), Err(BadLinks::Twice(2)));
		for bad in ["0x12,p", &format!("{a}"), &format!("{a},"), &format!("{a},p/1")] {
			assert_eq!(Links::read(bad), Err(BadLinks::Line(1)), "{bad}");
		}
	}
}
