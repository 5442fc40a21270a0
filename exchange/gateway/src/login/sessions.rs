//! The sessions of staff. They are in memory alone: a new start ends all of them, and what the configuration says then counts for everybody.

use super::Staff;
use crate::vault::random;
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use salus_exchange_protocol::Hash;
use std::{
	collections::BTreeMap,
	fmt, io,
	sync::{Mutex, MutexGuard, PoisonError},
	time::{Duration, Instant},
};

/// The most sessions at a time.
pub const MOST_SESSIONS: usize = 1_000;
/// The most sessions of one person at a time; a further one ends the one that was idle for longest.
pub const MOST_EACH: usize = 4;

/// A moment, by the clock and by what nobody sets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
	/// By a clock that only goes on.
	pub steady: Instant,
	/// By the host's clock, in seconds since 1970: it goes on while the host sleeps.
	pub wall: u64,
}

impl Moment {
	/// Now.
	pub fn now() -> Self {
		Self { steady: Instant::now(), wall: crate::chain::now() }
	}

	/// How long ago `earlier` was: by the clock that says more, so that one which is set back lengthens nothing.
	fn since(&self, earlier: &Self) -> Duration {
		let steady = self.steady.saturating_duration_since(earlier.steady);
		steady.max(Duration::from_secs(self.wall.saturating_sub(earlier.wall)))
	}
}

/// A session that is open.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
	/// Whose it is.
	pub staff: Staff,
	/// What a request that changes something must bring, beside the cookie.
	pub guard: String,
	/// When it began.
	pub begun: Moment,
	/// When it was last used.
	used: Moment,
}

/// Says nothing of what is secret.
impl fmt::Debug for Session {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.debug_struct("Session").field("staff", &self.staff).finish_non_exhaustive()
	}
}

/// All sessions, by the hashes of what stands in their cookies.
#[derive(Debug)]
pub struct Sessions {
	open: Mutex<BTreeMap<Hash, Session>>,
	idle: Duration,
	longest: Duration,
}

fn secret() -> io::Result<String> {
	Ok(URL_SAFE_NO_PAD.encode(random::<32>()?))
}

impl Sessions {
	/// None yet; each ends after `idle` without a request, and in any case after `longest`.
	pub fn new(idle: Duration, longest: Duration) -> Self {
		Self { open: Mutex::default(), idle, longest }
	}

	/// Those that are open at a moment; what has ended is forgotten.
	fn open_at(&self, now: &Moment) -> MutexGuard<'_, BTreeMap<Hash, Session>> {
		let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
		open.retain(|_, session| {
			now.since(&session.used) < self.idle && now.since(&session.begun) < self.longest
		});
		open
	}

	/// Opens a session, and gives what stands in its cookie. None if there are as many as there may be.
	pub fn open(&self, staff: Staff, now: Moment) -> io::Result<Option<String>> {
		let (name, guard) = (secret()?, secret()?);
		let mut open = self.open_at(&now);
		let own = |open: &BTreeMap<Hash, Session>| {
			let of = open.iter().filter(|(_, session)| session.staff.person == staff.person);
			let mut of: Vec<_> = of.map(|(name, session)| (session.used.steady, *name)).collect();
			of.sort();
			of
		};
		let there = own(&open);
		for (_, oldest) in
			there.iter().take((there.len().saturating_add(1)).saturating_sub(MOST_EACH))
		{
			open.remove(oldest);
		}
		if open.len() >= MOST_SESSIONS {
			return Ok(None);
		}
		let session = Session { staff, guard, begun: now, used: now };
		open.insert(Hash::of(name.as_bytes()), session);
		Ok(Some(name))
	}

	/// The session of a cookie, which was used now.
	pub fn used(&self, name: &str, now: Moment) -> Option<Session> {
		let mut open = self.open_at(&now);
		let session = open.get_mut(&Hash::of(name.as_bytes()))?;
		session.used = now;
		Some(session.clone())
	}

	/// Ends the session of a cookie.
	pub fn end(&self, name: &str) {
		let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
		open.remove(&Hash::of(name.as_bytes()));
	}

	/// Ends all sessions of a person. How many there were.
	pub fn end_all(&self, person: &Hash, now: Moment) -> usize {
		let mut open = self.open_at(&now);
		let before = open.len();
		open.retain(|_, session| session.staff.person != *person);
		before.saturating_sub(open.len())
	}

	/// Those that are open.
	pub fn all(&self, now: Moment) -> Vec<Session> {
		self.open_at(&now).values().cloned().collect()
	}

	/// After how many seconds a session ends if it is not used, and after how many in any case.
	pub fn ends(&self, session: &Session, now: Moment) -> (u64, u64) {
		let left = |all: Duration, since: &Moment| all.saturating_sub(now.since(since)).as_secs();
		(left(self.idle, &session.used), left(self.longest, &session.begun))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn person(byte: u8) -> Staff {
		Staff { person: Hash([byte; 32]), subject: "a".into(), roles: [].into(), credential: None }
	}

	fn sessions() -> Sessions {
		Sessions::new(Duration::from_secs(60), Duration::from_secs(300))
	}

	fn later(from: Moment, steady: u64, wall: i64) -> Moment {
		Moment {
			steady: from.steady + Duration::from_secs(steady),
			wall: from.wall.saturating_add_signed(wall),
		}
	}

	#[test]
	fn a_session_ends_when_it_is_idle_and_in_any_case_after_its_longest_time() {
		let (all, start) = (sessions(), Moment::now());
		let name = all.open(person(1), start).unwrap().unwrap();
		assert!(all.used("another", start).is_none());
		let mut at = start;
		for _ in 0..5 {
			at = later(at, 59, 59);
			assert!(all.used(&name, at).is_some());
		}
		assert_eq!(all.ends(&all.used(&name, at).unwrap(), at), (60, 5));
		assert!(all.used(&name, later(start, 300, 300)).is_none(), "although it was used");
		let name = all.open(person(1), start).unwrap().unwrap();
		assert!(all.used(&name, later(start, 60, 60)).is_none());
		assert!(all.used(&name, start).is_none(), "what has ended stays ended");
	}

	#[test]
	fn neither_a_clock_that_is_set_back_nor_a_host_that_slept_makes_one_longer() {
		let (all, start) = (sessions(), Moment::now());
		let name = all.open(person(1), start).unwrap().unwrap();
		assert!(all.used(&name, later(start, 60, -3_600)).is_none());
		let name = all.open(person(1), start).unwrap().unwrap();
		assert!(all.used(&name, later(start, 0, 60)).is_none());
	}

	#[test]
	fn one_person_has_a_few_sessions_and_all_of_them_are_ended_at_once() {
		let (all, start) = (sessions(), Moment::now());
		let at = |n: usize| later(start, n as u64, n as i64);
		let names: Vec<_> =
			(0..=MOST_EACH).map(|n| all.open(person(1), at(n)).unwrap().unwrap()).collect();
		let other = all.open(person(2), at(5)).unwrap().unwrap();
		assert!(all.used(&names[0], at(6)).is_none(), "the one that was idle for longest");
		assert!(names[1..].iter().all(|name| all.used(name, at(6)).is_some()));
		all.end(&names[1]);
		assert!(all.used(&names[1], at(6)).is_none());
		assert_eq!(all.end_all(&Hash([1; 32]), at(6)), MOST_EACH - 1);
		assert_eq!(all.all(at(6)).len(), 1);
		assert!(all.used(&other, at(6)).is_some());
	}

	#[test]
	fn there_are_so_many_sessions_and_no_more() {
		let (all, start) = (sessions(), Moment::now());
		for n in 0..MOST_SESSIONS {
			let mut staff = person(0);
			staff.person = Hash::of(&n.to_le_bytes());
			assert!(all.open(staff, start).unwrap().is_some());
		}
		assert_eq!(all.open(person(0), start).unwrap(), None);
		assert!(all.open(person(0), later(start, 60, 60)).unwrap().is_some());
	}
}
