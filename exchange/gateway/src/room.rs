//! How much of the answers on their way is in memory: of all, and of each party, so that nobody who reads slowly has all of it, nor several together: an
//! answer takes at most half of what is free. Room is taken before a record is opened, and held until the answer was sent or is given up.

use crate::quotas::Party;
use std::{
	collections::HashMap,
	sync::{Arc, Mutex, PoisonError},
	time::Duration,
};
use tokio::{
	sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError},
	time::{sleep, timeout},
};

/// The most bytes of all answers.
const MOST: u32 = 256 << 20;
/// The most bytes of the answers to one party. An answer that has more takes all of them, so that it goes alone.
const SHARE: u32 = 32 << 20;
/// How many bytes of records an answer may have that takes nothing. As many such answers as there are requests at a time are little.
const SMALL: u64 = 64 << 10;
/// How often a record is in memory while an answer is made of it: as it is kept, and as it leaves, be it in a Bundle or in base64.
const COPIES: u64 = 2;
/// How long it is waited for room.
const WAIT: Duration = Duration::from_secs(2);
/// After how long it is looked again whether there is some. Nobody queues for the room of all: a large answer that waits keeps no small one back.
const AGAIN: Duration = Duration::from_millis(20);

/// The room that there is.
#[derive(Debug)]
pub struct Room {
	all: Arc<Semaphore>,
	of: Mutex<HashMap<Party, Arc<Semaphore>>>,
	share: u32,
	wait: Duration,
}

/// Room that is taken, until it is dropped.
#[derive(Debug)]
pub struct Taken {
	_of_party: OwnedSemaphorePermit,
	_of_all: OwnedSemaphorePermit,
}

/// What an answer has taken; nothing, if it is small. It goes with the answer.
pub type Held = Option<Arc<Taken>>;

/// That others' answers, or others of the same party, are still on their way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoRoom;

impl Default for Room {
	fn default() -> Self {
		Self::new(MOST, SHARE, WAIT)
	}
}

fn semaphore(bytes: u32) -> Arc<Semaphore> {
	Arc::new(Semaphore::new(usize::try_from(bytes).unwrap_or(Semaphore::MAX_PERMITS)))
}

impl Room {
	/// So many bytes in all, and so many for one party; and how long it is waited for some.
	pub fn new(most: u32, share: u32, wait: Duration) -> Self {
		// Half of what is free, so that a share is there when nothing is taken.
		let share = share.min(most.wrapping_shr(1));
		Self { all: semaphore(most), of: Mutex::default(), share, wait }
	}

	/// Takes room for an answer to a party of so many bytes of records. One that is larger than a share takes the whole share, and goes as soon as
	/// nothing else is on its way to this party. As much as it takes must be left for others: however many parties read slowly, what is small enough
	/// finds room.
	pub async fn take(&self, party: Party, bytes: u64) -> Result<Held, NoRoom> {
		if bytes <= SMALL {
			return Ok(None);
		}
		let room = u32::try_from(bytes.saturating_mul(COPIES)).unwrap_or(u32::MAX).min(self.share);
		let (share, all) = (self.share_of(party), Arc::clone(&self.all));
		let taken = async move {
			// First of its own: whoever waits for that takes nothing from others.
			let _of_party = share.acquire_many_owned(room).await.ok()?;
			let _of_all = half_of_free(&all, room).await?;
			Some(Taken { _of_party, _of_all })
		};
		match timeout(self.wait, taken).await {
			Ok(Some(taken)) => Ok(Some(Arc::new(taken))),
			_ => Err(NoRoom),
		}
	}

	fn share_of(&self, party: Party) -> Arc<Semaphore> {
		let mut of = self.of.lock().unwrap_or_else(PoisonError::into_inner);
		// Whoever has some of a share, or waits for it, holds it too: the others are whole.
		of.retain(|_, share| Arc::strong_count(share) > 1);
		Arc::clone(of.entry(party).or_insert_with(|| semaphore(self.share)))
	}
}

/// Takes so much of all, as soon as twice as much is free.
async fn half_of_free(all: &Arc<Semaphore>, room: u32) -> Option<OwnedSemaphorePermit> {
	loop {
		match Arc::clone(all).try_acquire_many_owned(room.saturating_mul(2)) {
			Ok(mut twice) => {
				// What is dropped is free again.
				drop(twice.split(usize::try_from(room).ok()?));
				return Some(twice);
			},
			Err(TryAcquireError::NoPermits) => sleep(AGAIN).await,
			Err(TryAcquireError::Closed) => return None,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const MIB: u64 = 1 << 20;

	fn room(wait: Duration) -> Room {
		Room::new(16 << 20, 4 << 20, wait)
	}

	fn of(number: u32) -> Party {
		Party::Organisation(number)
	}

	#[tokio::test]
	async fn one_party_has_a_share_and_all_have_no_more_than_there_is() {
		let room = room(Duration::from_millis(50));
		let mut held = Vec::new();
		for _ in 0..2 {
			held.push(room.take(of(1), MIB).await.unwrap().expect("it is not small"));
		}
		assert_eq!(room.take(of(1), MIB).await.unwrap_err(), NoRoom, "each is there twice");
		for number in 2..4 {
			let large = room.take(of(number), 100 * MIB).await.unwrap();
			held.push(large.expect("alone goes what is larger than a share"));
			assert_eq!(room.take(of(number), MIB).await.unwrap_err(), NoRoom, "it has all of it");
		}
		assert_eq!(room.take(of(4), 2 * MIB).await.unwrap_err(), NoRoom, "not half of it is free");
		assert!(room.take(of(4), SMALL).await.unwrap().is_none(), "what is small always goes");
		drop(held.remove(0));
		let more = room.take(of(4), MIB).await.unwrap();
		held.push(more.expect("what one gives back others have"));
		drop(held);
		assert_eq!(room.all.available_permits(), 16 << 20);
		room.share_of(of(6));
		assert_eq!(room.of.lock().unwrap().len(), 1, "of those who have all, nothing is kept");
	}

	#[tokio::test]
	async fn however_many_read_slowly_what_is_small_enough_finds_room() {
		let new = || Room::new(256 << 20, 32 << 20, Duration::from_millis(1));
		let (room, mut held) = (new(), Vec::new());
		// Each takes as much as it gets, again and again.
		for number in 0..20 {
			for bytes in [64 * MIB, 16 * MIB, 8 * MIB, 4 * MIB, 2 * MIB, MIB] {
				held.extend(room.take(of(number), bytes).await.unwrap_or_default());
			}
			let free = room.all.available_permits();
			let least = if number < 5 { 64 << 20 } else { 1 };
			assert!(free >= least, "{number}: {free}");
		}
		let (seven, mut held) = (new(), Vec::new());
		for number in 0..7 {
			held.extend(seven.take(of(number), 64 * MIB).await.unwrap());
		}
		held.push(seven.take(of(7), 8 * MIB).await.unwrap().expect("an eighth one goes on"));
		assert_eq!(seven.take(of(8), 8 * MIB).await.unwrap_err(), NoRoom);
		assert!(seven.take(of(8), 2 * MIB).await.unwrap().is_some(), "and so does a ninth");
	}

	#[tokio::test]
	async fn who_waits_gets_what_is_given_back() {
		let room = Arc::new(room(Duration::from_secs(60)));
		let first = room.take(of(1), 2 * MIB).await.unwrap();
		let waiting = Arc::clone(&room);
		let second = tokio::spawn(async move { waiting.take(of(1), 2 * MIB).await });
		// The other one is at work now, and has found nothing.
		while room.of.lock().unwrap().values().all(|share| Arc::strong_count(share) < 3) {
			tokio::task::yield_now().await;
		}
		assert!(!second.is_finished());
		drop(first);
		assert!(second.await.unwrap().unwrap().is_some());
	}
}
