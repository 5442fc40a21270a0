//! What the chain has of the slots of an organisation in the pallet record-anchor: what is anchored there, and what has come to stand beside it
//! since: disputes, wishes for erasure, legal holds, retractions, newer versions, and what is left of a slot that was shredded. All by proofs.

use super::{Block, Node, Silent};
use crate::orders::{Order, What};
use salus_exchange_protocol::Hash;
use salus_verify::{
	bytes::{twox_128, twox_64, Reader},
	state::{retraction_key, slot_key},
	Error,
};

/// Why a record does not stand, in the order of the pallet's `RetractReason`.
const REASONS: [&str; 6] =
	["wrong-content", "wrong-subject", "duplicate", "not-performed", "technical-fault", "replaced"];
/// What a version is to the one before it, in the order of `Relation`.
const RELATIONS: [&str; 5] = ["new", "amends", "corrects", "supersedes", ENTERED_IN_ERROR];
/// The version before should never have been.
const ENTERED_IN_ERROR: &str = "entered-in-error";
/// How the house has answered a dispute, in the order of `Outcome`.
const OUTCOMES: [&str; 3] = ["upheld", "corrected", "rejected"];
/// The outcome that names a slot.
const CORRECTED: &str = "corrected";
/// Why a slot was shredded, in the order of `ShredReason`.
const SHREDDED: [&str; 2] = ["retention-over", crate::orders::AT_THE_PATIENTS_WISH];
/// The most disputes of a record, and the most holds of a slot: `MAX_DISPUTES`, `MAX_HOLDS`.
const MOST: (usize, usize) = (3, 8);

/// The maps that are read of each slot; beside them the retraction of all of it.
const MAPS: [&[u8]; 6] =
	[b"Anchors", b"Successors", b"Disputes", b"ErasureRequests", b"Holds", b"Tombstones"];
/// How many keys that are.
const KEYS: usize = MAPS.len() + 1;

/// What is anchored in a slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchored {
	/// One record.
	Single {
		/// Its commitment.
		commitment: Hash,
		/// Whom the slot says that it is about, if it says so. Only she can dispute it, or wish it erased.
		subject: Option<Hash>,
		/// When it was anchored, in seconds since 1970.
		at: u64,
	},
	/// Many.
	Batch {
		/// The root of their tree.
		root: Hash,
		/// How many there are.
		leaves: u64,
	},
	/// Nothing any more: it was shredded at the patient's wish. What it was, the chain does not tell.
	ShreddedAtWish,
}

/// What the chain says of a slot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Says {
	/// It is there, or was shredded; what has come to stand beside it, each kind once.
	Orders(Vec<Order>),
	/// It was evicted after its retention: nothing is known of it any more.
	Nothing,
}

/// The key under which the chain keeps how many slots an organisation has ever used: `RecordAnchor::NextSeq`.
pub fn next_slot_key(organisation: u32) -> Vec<u8> {
	let organisation = organisation.to_le_bytes();
	[
		twox_128(b"RecordAnchor").as_slice(),
		&twox_128(b"NextSeq"),
		&twox_64(&organisation),
		&organisation,
	]
	.concat()
}

fn read<'a, T>(
	bytes: Option<&'a Vec<u8>>,
	what: &'static str,
	read: impl FnOnce(&mut Reader<'a>) -> Result<T, Error>,
) -> Result<Option<T>, Error> {
	let Some(bytes) = bytes else { return Ok(None) };
	let mut reader = Reader::new(bytes, what);
	let value = read(&mut reader)?;
	reader.finish()?;
	Ok(Some(value))
}

/// The name of an index.
fn named(reader: &mut Reader, names: &[&'static str]) -> Result<&'static str, Error> {
	let at = usize::from(reader.u8()?);
	names.get(at).copied().ok_or_else(|| reader.bad("it is of no known kind"))
}

/// A slot, and what it is to the version before.
fn anchor(reader: &mut Reader) -> Result<(Anchored, &'static str), Error> {
	let (commitment, _form) = (reader.hash()?, reader.u8()?);
	if reader.u8()? != 0 {
		return Err(reader.bad("its hash is of no known kind"));
	}
	let leaves = match reader.u8()? {
		0 => None,
		1 => {
			let (leaves, _depth) = (reader.u64()?, reader.u8()?);
			Some(leaves)
		},
		_ => return Err(reader.bad("it is neither a record nor a batch")),
	};
	let (_first, _version) = (reader.u64()?, reader.u32()?);
	let _previous = reader.option(|reader| reader.u64())?;
	let relation = named(reader, &RELATIONS)?;
	let (_retention, at) = (reader.u8()?, reader.u64()?);
	let (_kind, _interval) = (reader.u8()?, reader.u32()?);
	let anchored = match leaves {
		Some(leaves) => Anchored::Batch { root: commitment, leaves },
		// Whom it is about stands beside it.
		None => Anchored::Single { commitment, subject: None, at },
	};
	Ok((anchored, relation))
}

/// What a slot has by its anchor, its subject and its tombstone; nothing, if it was not shredded at the patient's wish and is not there any more.
fn anchored(values: &[Option<Vec<u8>>]) -> Result<Option<Anchored>, Error> {
	let [kept, subject, tomb] = values else { return Ok(None) };
	let subject = read(subject.as_ref(), "subject", |reader| reader.hash())?;
	let found = read(kept.as_ref(), "anchor", anchor)?.map(|(anchored, _)| anchored);
	if let Some(Anchored::Single { commitment, at, .. }) = found {
		return Ok(Some(Anchored::Single { commitment, subject, at }));
	}
	let tomb = read(tomb.as_ref(), "tombstone", tombstone)?;
	let is_wish =
		tomb.is_some_and(|(order, _)| order.standing == crate::orders::AT_THE_PATIENTS_WISH);
	Ok(found.or(is_wish.then_some(Anchored::ShreddedAtWish)))
}

/// How the last dispute stands, which alone can be open.
fn dispute(reader: &mut Reader) -> Result<Option<Order>, Error> {
	let mut last = None;
	for _ in 0..reader.count(MOST.0)? {
		let _statement = reader.hash()?;
		let (since, due, _extended) = (reader.u64()?, reader.u64()?, reader.u8()?);
		let answer = reader.option(|reader| {
			let outcome = named(reader, &OUTCOMES)?;
			if outcome == CORRECTED {
				let _by = reader.u64()?;
			}
			let (_statement, _at) = (reader.hash()?, reader.u64()?);
			Ok(outcome)
		})?;
		last = Some(match answer {
			Some(outcome) => Order::new(What::Disputed, outcome, since, None),
			None => Order::new(What::Disputed, Order::OPEN, since, Some(due)),
		});
	}
	Ok(last)
}

fn erasure(reader: &mut Reader) -> Result<Order, Error> {
	let (since, due) = (reader.u64()?, reader.u64()?);
	let refused = reader.option(|reader| Ok((reader.u8()?, reader.u64()?)))?;
	Ok(match refused {
		Some(_) => Order::new(What::Erasure, "refused", since, None),
		None => Order::new(What::Erasure, Order::OPEN, since, Some(due)),
	})
}

/// The legal hold that lasts longest. Those that have run out may still be there.
fn hold(reader: &mut Reader) -> Result<Option<Order>, Error> {
	let mut longest: Option<(u64, u64)> = None;
	for _ in 0..reader.count(MOST.1)? {
		let _organisation = reader.u32()?;
		let (from, until) = (reader.u64()?, reader.u64()?);
		longest = longest.max(Some((until, from)));
	}
	Ok(longest.map(|(until, from)| Order::new(What::Held, "on-hold", from, Some(until))))
}

fn retraction(reader: &mut Reader) -> Result<Order, Error> {
	let (reason, since) = (named(reader, &REASONS)?, reader.u64()?);
	Ok(Order::new(What::Retracted, reason, since, None))
}

fn tombstone(reader: &mut Reader) -> Result<(Order, &'static str), Error> {
	let (why, since) = (named(reader, &SHREDDED)?, reader.u64()?);
	let relation = named(reader, &RELATIONS)?;
	Ok((Order::new(What::Shredded, why, since, None), relation))
}

/// What one slot says, as far as its own keys tell, and its successor: the slot, and when it came.
fn of_slot(values: &[Option<Vec<u8>>]) -> Result<(Says, Option<(u64, u64)>), Error> {
	let [kept, successor, disputes, wish, holds, tomb, retracted] = values else {
		return Ok((Says::Nothing, None));
	};
	let is_there = read(kept.as_ref(), "anchor", anchor)?.is_some();
	if let Some((shredded, _)) = read(tomb.as_ref(), "tombstone", tombstone)? {
		return Ok((Says::Orders(vec![shredded]), None));
	}
	if !is_there {
		return Ok((Says::Nothing, None));
	}
	let successor =
		read(successor.as_ref(), "successor", |reader| Ok((reader.u64()?, reader.u64()?)))?;
	let orders = [
		read(disputes.as_ref(), "list of disputes", dispute)?.flatten(),
		read(wish.as_ref(), "wish for erasure", erasure)?,
		read(holds.as_ref(), "list of holds", hold)?.flatten(),
		read(retracted.as_ref(), "retraction", retraction)?,
	];
	Ok((Says::Orders(orders.into_iter().flatten().collect()), successor))
}

/// The version after a record, as an order: one that was entered in error does not stand.
fn succeeded(relation: &'static str, since: u64) -> Order {
	match relation {
		ENTERED_IN_ERROR => Order::new(What::Retracted, relation, since, None),
		relation => Order::new(What::Superseded, relation, since, None),
	}
}

impl Node {
	/// The values under some keys, each proven.
	async fn values(&self, at: &Block, keys: Vec<Vec<u8>>) -> Result<Vec<Option<Vec<u8>>>, Silent> {
		if keys.is_empty() {
			return Ok(Vec::new());
		}
		Ok(self.proven(at, keys).await?.into_iter().map(|(_, value)| value).collect())
	}

	/// How many slots an organisation has ever used: the first has the number 0, and there are no gaps.
	pub async fn slots_used(&self, at: &Block, organisation: u32) -> Result<u64, Silent> {
		let values = self.values(at, vec![next_slot_key(organisation)]).await?;
		let value = values.into_iter().next().flatten();
		Ok(read(value.as_ref(), "number of slots", |reader| reader.u64())?.unwrap_or(0))
	}

	/// What is anchored in each of these slots, and whom it is about; nothing in one that is not there any more, but that it was shredded at the
	/// patient's wish.
	pub async fn slots(
		&self,
		at: &Block,
		organisation: u32,
		slots: &[u64],
	) -> Result<Vec<Option<Anchored>>, Silent> {
		let keys = slots.iter().flat_map(|slot| {
			let maps = [b"Anchors".as_slice(), b"Subjects", b"Tombstones"];
			maps.map(|map| slot_key(map, organisation, *slot))
		});
		let values = self.values(at, keys.collect()).await?;
		Ok(values.chunks_exact(3).map(anchored).collect::<Result<_, Error>>()?)
	}

	/// What the chain says of each of these slots.
	pub async fn slots_say(
		&self,
		at: &Block,
		organisation: u32,
		slots: &[u64],
	) -> Result<Vec<Says>, Silent> {
		let keys = slots.iter().flat_map(|slot| {
			let maps = MAPS.iter().map(move |map| slot_key(map, organisation, *slot));
			maps.chain([retraction_key(organisation, *slot, None)])
		});
		let values = self.values(at, keys.collect()).await?;
		let mut all = values.chunks_exact(KEYS).map(of_slot).collect::<Result<Vec<_>, Error>>()?;
		// Which version followed says of itself what it is to the one before; so does what is left of it.
		let followed: Vec<u64> =
			all.iter().filter_map(|(_, next)| next.map(|(slot, _)| slot)).collect();
		let keys = followed.iter().flat_map(|slot| {
			[b"Anchors".as_slice(), b"Tombstones"].map(|map| slot_key(map, organisation, *slot))
		});
		let values = self.values(at, keys.collect()).await?;
		let mut relations = values.chunks_exact(2).map(|pair| {
			let [kept, tomb] = pair else { return Ok(None) };
			let kept = read(kept.as_ref(), "anchor", anchor)?.map(|(_, relation)| relation);
			let tomb = read(tomb.as_ref(), "tombstone", tombstone)?.map(|(_, relation)| relation);
			Ok::<_, Error>(kept.or(tomb))
		});
		for (says, next) in &mut all {
			let (Says::Orders(orders), Some((_, since))) = (says, next) else { continue };
			let relation = relations.next().transpose()?.flatten().unwrap_or("supersedes");
			let order = succeeded(relation, *since);
			// What was retracted besides, was so for the reason that was told.
			if !orders.iter().any(|there| there.what == order.what) {
				orders.push(order);
			}
		}
		Ok(all.into_iter().map(|(says, _)| says).collect())
	}

	/// Which of these records in batches, each by slot and leaf, are retracted by themselves.
	pub async fn leaves_retracted(
		&self,
		at: &Block,
		organisation: u32,
		leaves: &[(u64, u64)],
	) -> Result<Vec<Option<Order>>, Silent> {
		let keys =
			leaves.iter().map(|(slot, leaf)| retraction_key(organisation, *slot, Some(*leaf)));
		let values = self.values(at, keys.collect()).await?;
		let retracted = values.iter().map(|value| read(value.as_ref(), "retraction", retraction));
		Ok(retracted.collect::<Result<_, Error>>()?)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// An anchored record, as the chain has it.
	fn kept(relation: u8) -> Option<Vec<u8>> {
		let anchor = [
			[7; 32].as_slice(),
			&[0, 0, 0],
			&5_u64.to_le_bytes(),
			&1_u32.to_le_bytes(),
			&[0, relation, 0],
			&9_u64.to_le_bytes(),
			&[0],
			&0_u32.to_le_bytes(),
		];
		Some(anchor.concat())
	}

	fn one_dispute(answer: &[u8]) -> Option<Vec<u8>> {
		let (since, due) = (100_u64.to_le_bytes(), 200_u64.to_le_bytes());
		Some([[4].as_slice(), &[8; 32], &since, &due, &[0], answer].concat())
	}

	fn says(change: impl FnOnce(&mut [Option<Vec<u8>>; KEYS])) -> Says {
		let mut values = [const { None }; KEYS];
		values[0] = kept(0);
		change(&mut values);
		of_slot(&values).unwrap().0
	}

	#[test]
	fn a_dispute_stands_as_its_last_round_does() {
		let of = |answer: &[u8]| says(|values| values[2] = one_dispute(answer));
		let order =
			|standing, until| Says::Orders(vec![Order::new(What::Disputed, standing, 100, until)]);
		assert_eq!(of(&[0]), order("open", Some(200)));
		for (index, more, standing) in [(0, 0, "upheld"), (1, 8, "corrected"), (2, 0, "rejected")] {
			let more = vec![6; more];
			let answer = [[1, index].as_slice(), &more, &[9; 32], &[0; 8]].concat();
			assert_eq!(of(&answer), order(standing, None));
		}
		let twice = |values: &mut [Option<Vec<u8>>; KEYS]| {
			let (first, second) = (one_dispute(&[1, 2]).unwrap(), one_dispute(&[0]).unwrap());
			let rounds = [[8].as_slice(), &first[1..], &[9; 32], &[0; 8], &second[1..]].concat();
			values[2] = Some(rounds);
		};
		assert_eq!(says(twice), order("open", Some(200)));
		let mut wrong = [const { None }; KEYS];
		(wrong[0], wrong[2]) = (kept(0), one_dispute(&[1, 3]));
		assert!(of_slot(&wrong).is_err(), "an answer of no known kind is not guessed");
	}

	#[test]
	fn wishes_holds_and_retractions_are_read_and_what_is_gone_says_nothing() {
		let number = |number: u64| number.to_le_bytes();
		let all = says(|values| {
			values[3] = Some([number(10), number(20)].concat().into_iter().chain([0]).collect());
			let hold =
				|from, until| [[3, 0, 0, 0].as_slice(), &number(from), &number(until)].concat();
			values[4] = Some([vec![8], hold(1, 40), hold(2, 30)].concat());
			values[6] = Some([[1].as_slice(), &number(50)].concat());
		});
		let expected = [
			Order::new(What::Erasure, "open", 10, Some(20)),
			Order::new(What::Held, "on-hold", 1, Some(40)),
			Order::new(What::Retracted, "wrong-subject", 50, None),
		];
		assert_eq!(all, Says::Orders(expected.into()));
		assert_eq!(says(|values| values[0] = None), Says::Nothing);
		let shredded = says(|values| {
			values[0] = None;
			values[5] = Some([[1].as_slice(), &number(60), &[0]].concat());
		});
		let order = Order::new(What::Shredded, crate::orders::AT_THE_PATIENTS_WISH, 60, None);
		assert_eq!(shredded, Says::Orders(vec![order]));
	}

	#[test]
	fn a_slot_has_its_subject_and_one_that_was_shredded_at_a_wish_only_that() {
		let tomb = |why: u8| Some([[why].as_slice(), &60_u64.to_le_bytes(), &[0]].concat());
		let single = |subject| Some(Anchored::Single { commitment: Hash([7; 32]), subject, at: 9 });
		let of = |values: [Option<Vec<u8>>; 3]| anchored(&values).unwrap();
		assert_eq!(of([kept(0), None, None]), single(None));
		assert_eq!(of([kept(0), Some(vec![1; 32]), None]), single(Some(Hash([1; 32]))));
		assert_eq!(of([None, None, tomb(1)]), Some(Anchored::ShreddedAtWish));
		assert_eq!(of([None, None, tomb(0)]), None, "its retention was over");
		assert_eq!(of([None, None, None]), None);
		assert!(anchored(&[kept(0), Some(vec![1; 31]), None]).is_err());
	}

	#[test]
	fn a_record_that_was_entered_in_error_does_not_stand_and_any_other_version_takes_its_place() {
		assert_eq!(succeeded("corrects", 3), Order::new(What::Superseded, "corrects", 3, None));
		let never = succeeded(ENTERED_IN_ERROR, 3);
		assert_eq!((never.what, never.standing), (What::Retracted, ENTERED_IN_ERROR.into()));
	}
}
