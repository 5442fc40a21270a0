//! How often somebody may ask. Each organisation, and each patient, has a quota of its own, whoever of its people asks: who has many keys
//! or many people does not get more. Whoever is not known yet to have a credential shares one quota with all others of whom that is not
//! known: the node is not asked more often for strangers than that allows, and they take nothing from those who are known. Either is taken
//! before the node is asked anything: by what somebody has signed, and by whether that was believed in the last minutes.

use salus_exchange_protocol::{account::Account, Hash};
use std::{
	collections::HashMap,
	sync::{Mutex, PoisonError},
	time::{Duration, Instant},
};

/// For how many seconds' worth of requests somebody may ask at once.
const BURST: u64 = 10;
/// How long somebody is known after the last request that had a credential.
const KNOWN: Duration = Duration::from_secs(600);
/// The most parties, and the most people, that are remembered.
const MOST: usize = 100_000;
const SECOND: u64 = 1_000_000;

/// Whose quota it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Party {
	/// An organisation with a licence, whoever asks for it.
	Organisation(u32),
	/// A patient, with whichever key.
	Patient(Hash),
	/// A key of which it is not known yet which patient's it is; or that is in a profile of an organisation which is not known to be believed.
	Key(Account),
	/// All of whom nothing is known.
	Strangers,
}

/// Who asks: the account, and for which organisation.
type Who = (Option<u32>, Account);

/// That somebody has asked too often, and after how many seconds there is an answer again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooOften(pub u64);

#[derive(Default)]
struct Kept {
	/// When the quota of each is whole again, in microseconds since the start.
	whole: HashMap<Party, u64>,
	/// Until when somebody is known.
	known: HashMap<Who, u64>,
}

/// The quotas of all.
pub struct Quotas {
	/// How long one request takes of a quota, in microseconds.
	each: u64,
	start: Instant,
	kept: Mutex<Kept>,
}

fn micros(time: Duration) -> u64 {
	u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

impl Quotas {
	/// Quotas of so many requests a second.
	pub fn new(rate: u32) -> Self {
		let each = SECOND.checked_div(rate.into()).unwrap_or(SECOND).max(1);
		Self { each, start: Instant::now(), kept: Mutex::default() }
	}

	/// Takes one request from the quota of `party`.
	pub fn take(&self, party: Party) -> Result<(), TooOften> {
		self.take_at(party, micros(self.start.elapsed()))
	}

	fn take_at(&self, party: Party, now: u64) -> Result<(), TooOften> {
		let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
		if kept.whole.len() >= MOST {
			kept.whole.retain(|_, whole| *whole > now);
		}
		let whole = kept.whole.get(&party).map_or(now, |whole| (*whole).max(now));
		let most = now.saturating_add(BURST.saturating_mul(SECOND));
		let after = whole.saturating_add(self.each);
		if after > most {
			return Err(TooOften(after.saturating_sub(most).div_ceil(SECOND).max(1)));
		}
		kept.whole.insert(party, after);
		Ok(())
	}

	/// Whether somebody was believed in the last minutes.
	pub fn is_known(&self, who: &Who) -> bool {
		let now = micros(self.start.elapsed());
		let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
		kept.known.get(who).is_some_and(|until| *until > now)
	}

	/// Takes one request before the node is asked: from the quota of `party`, as whose somebody has signed, if that was believed in the last
	/// minutes; else from that of `unknown`. Tells whose it was.
	pub fn take_first(&self, who: &Who, party: Party, unknown: Party) -> Result<Party, TooOften> {
		let whose = if self.is_known(who) { party } else { unknown };
		self.take(whose)?;
		Ok(whose)
	}

	/// That somebody, whose request was taken from the quota of `taken`, is of that `party`: if that is another quota, one is taken from it too.
	pub fn believe(&self, who: Who, taken: Party, party: Party) -> Result<(), TooOften> {
		self.know(who);
		match taken == party {
			true => Ok(()),
			false => self.take(party),
		}
	}

	/// That somebody has a credential.
	pub fn know(&self, who: Who) {
		let now = micros(self.start.elapsed());
		let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
		if kept.known.len() >= MOST {
			kept.known.retain(|_, until| *until > now);
		}
		if kept.known.len() < MOST {
			kept.known.insert(who, now.saturating_add(micros(KNOWN)));
		}
	}

	/// That somebody has none, or none any more.
	pub fn forget(&self, who: &Who) {
		self.kept.lock().unwrap_or_else(PoisonError::into_inner).known.remove(who);
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const CLINIC: Party = Party::Organisation(4);

	#[test]
	fn who_asks_too_often_is_told_when_to_ask_again() {
		let quotas = Quotas::new(2);
		let taken = (0..30).filter(|_| quotas.take_at(CLINIC, 0).is_ok()).count();
		assert_eq!(taken, 20, "ten seconds' worth");
		assert_eq!(quotas.take_at(CLINIC, 0), Err(TooOften(1)));
		assert_eq!(quotas.take_at(Party::Organisation(5), 0), Ok(()), "others have their own");
		assert_eq!(quotas.take_at(CLINIC, 499_999), Err(TooOften(1)));
		assert_eq!(quotas.take_at(CLINIC, 500_000), Ok(()));
		assert_eq!(quotas.take_at(CLINIC, 500_000), Err(TooOften(1)));
		let later = (0..30).filter(|_| quotas.take_at(CLINIC, 60 * SECOND).is_ok()).count();
		assert_eq!(later, 20, "nobody saves up more than that");
	}

	#[test]
	fn strangers_share_one_quota_and_take_nothing_from_those_who_are_known() {
		let quotas = Quotas::new(1);
		let who = |byte| (Some(4), Account([byte; 32]));
		quotas.know(who(1));
		let first = |who: &Who| quotas.take_first(who, CLINIC, Party::Strangers);
		let taken = (2..100).filter(|byte| first(&who(*byte)) == Ok(Party::Strangers)).count();
		assert!((10..20).contains(&taken), "{taken}: however many keys they have");
		assert_eq!(first(&who(1)), Ok(CLINIC));
		assert!(first(&(Some(5), Account([1; 32]))).is_err(), "known for one organisation");
		quotas.forget(&who(1));
		assert!(first(&who(1)).is_err());
	}

	#[test]
	fn who_is_known_takes_from_the_own_quota_first_and_who_was_a_stranger_besides() {
		let quotas = Quotas::new(1);
		let who = (Some(4), Account([1; 32]));
		let taken = quotas.take_first(&who, CLINIC, Party::Strangers).unwrap();
		assert_eq!(taken, Party::Strangers);
		quotas.believe(who, taken, CLINIC).unwrap();
		let more = (0..100).filter(|_| {
			let taken = quotas.take_first(&who, CLINIC, Party::Strangers);
			taken.is_ok_and(|taken| quotas.believe(who, taken, CLINIC).is_ok())
		});
		assert!((9..19).contains(&more.count()), "once for each request");
		assert_eq!(quotas.take(Party::Strangers), Ok(()), "and nothing of what strangers have");
	}
}
