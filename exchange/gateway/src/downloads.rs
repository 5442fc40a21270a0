//! How many downloads there are: of all, and of each party, so that nobody has all places. A place is held until all that was to leave has
//! left, or nobody reads any more.

use crate::quotas::Party;
use std::{
	collections::HashMap,
	sync::{Arc, Mutex, PoisonError},
};

/// The most downloads at a time: of each there are some parts in memory.
pub const MOST_DOWNLOADS: usize = 16;
/// The most downloads of one party at a time.
pub const MOST_OF_ONE: usize = 4;

/// The downloads that there are.
#[derive(Debug)]
pub struct Downloads {
	of: Mutex<HashMap<Party, usize>>,
	most: usize,
	most_of_one: usize,
}

impl Default for Downloads {
	fn default() -> Self {
		Self::at_most(MOST_DOWNLOADS, MOST_OF_ONE)
	}
}

/// That there are as many as there may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Full;

/// A place, until it is dropped.
#[derive(Debug)]
pub struct Place {
	downloads: Arc<Downloads>,
	party: Mutex<Party>,
}

impl Downloads {
	/// So many at a time, and so many of one party.
	pub fn at_most(most: usize, most_of_one: usize) -> Self {
		Self { of: Mutex::default(), most, most_of_one }
	}

	fn change<T>(&self, change: impl FnOnce(&mut HashMap<Party, usize>) -> T) -> T {
		change(&mut self.of.lock().unwrap_or_else(PoisonError::into_inner))
	}

	/// A place for one download of a party.
	pub fn place(self: &Arc<Self>, party: Party) -> Result<Place, Full> {
		self.change(|of| {
			let all: usize = of.values().sum();
			if all >= self.most {
				return Err(Full);
			}
			put(of, party, self.most_of_one)
		})?;
		Ok(Place { downloads: Arc::clone(self), party: Mutex::new(party) })
	}
}

fn put(of: &mut HashMap<Party, usize>, party: Party, most: usize) -> Result<(), Full> {
	let count = of.entry(party).or_default();
	if *count >= most {
		return Err(Full);
	}
	*count = count.saturating_add(1);
	Ok(())
}

fn take(of: &mut HashMap<Party, usize>, party: Party) {
	if let Some(count) = of.get_mut(&party) {
		*count = count.saturating_sub(1);
		if *count == 0 {
			of.remove(&party);
		}
	}
}

impl Place {
	/// It turned out whose download it is: it takes a place of that party, and gives back the one that it had.
	pub fn is_of(&self, party: Party) -> Result<(), Full> {
		let mut now = self.party.lock().unwrap_or_else(PoisonError::into_inner);
		if *now == party {
			return Ok(());
		}
		self.downloads.change(|of| {
			put(of, party, self.downloads.most_of_one)?;
			take(of, *now);
			Ok(())
		})?;
		*now = party;
		Ok(())
	}
}

impl Drop for Place {
	fn drop(&mut self) {
		let party = *self.party.lock().unwrap_or_else(PoisonError::into_inner);
		self.downloads.change(|of| take(of, party));
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use salus_exchange_protocol::Hash;

	#[test]
	fn one_party_has_some_places_and_all_have_no_more_than_there_are() {
		let downloads = Arc::new(Downloads::default());
		let of = |number| downloads.place(Party::Organisation(number));
		let mut held: Vec<Place> = (0..MOST_OF_ONE).map(|_| of(1).unwrap()).collect();
		assert_eq!(of(1).map(drop), Err(Full));
		for number in 2..5 {
			held.extend((0..MOST_OF_ONE).map(|_| of(number).unwrap()));
		}
		assert_eq!(of(5).map(drop), Err(Full), "there are no more");
		held.remove(0);
		let last = of(1).unwrap();
		drop((held, last));
		assert!(downloads.of.lock().unwrap().is_empty(), "nothing is left of them");
	}

	#[test]
	fn a_place_becomes_that_of_whose_download_it_turns_out_to_be() {
		let downloads = Arc::new(Downloads::default());
		let patient = Party::Patient(Hash([1; 32]));
		let held: Vec<Place> =
			(0..MOST_OF_ONE).map(|_| downloads.place(Party::Strangers).unwrap()).collect();
		assert_eq!(downloads.place(Party::Strangers).map(drop), Err(Full));
		for place in &held {
			place.is_of(patient).unwrap();
			place.is_of(patient).unwrap();
		}
		let stranger = downloads.place(Party::Strangers).unwrap();
		assert_eq!(stranger.is_of(patient), Err(Full));
		drop((held, stranger));
		assert!(downloads.of.lock().unwrap().is_empty());
	}
}
