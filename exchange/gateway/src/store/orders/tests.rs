//! What the chain says of records is kept, and told in its order.

use super::{unmatched::RECORD_UNKNOWN, *};
use crate::store::tests::Fresh;

fn disputed(until: u64) -> Order {
	Order::new(What::Disputed, Order::OPEN, 1, Some(until))
}

#[test]
fn what_is_anchored_elsewhere_is_no_slot_of_the_gateway() {
	let fresh = Fresh::new();
	let store = fresh.open();
	assert_eq!(store.slots_seen().unwrap(), 0);
	let anchored = [
		(0, Anchored::Single { commitment: Hash([1; 32]), subject: None, at: 1 }),
		(1, Anchored::Batch { root: Hash([2; 32]), leaves: 3 }),
	];
	store.learn_slots(&anchored, 2).unwrap();
	assert_eq!((store.slots_seen().unwrap(), store.own_slots(None, 9).unwrap()), (2, vec![]));
	assert!(!store.tells_of_records().unwrap());
	assert_eq!((store.orders_open(0).unwrap(), store.shredded_unknown().unwrap()), ((0, 0), 0));
}

#[test]
fn a_slot_that_was_shredded_at_a_wish_before_it_was_seen_is_for_a_person() {
	let fresh = Fresh::new();
	let store = fresh.open();
	store.learn_slots(&[(4, Anchored::ShreddedAtWish)], 5).unwrap();
	assert_eq!(store.own_slots(None, 9).unwrap(), [4]);
	let shredded = Order::new(What::Shredded, AT_THE_PATIENTS_WISH, 3, None);
	assert!(store.put_orders(4, &[shredded]).unwrap());
	let order = Order::new(What::Shredded, RECORD_UNKNOWN, 3, None);
	let expected = Ordered { slot: 4, leaf: None, record: None, order };
	assert_eq!(store.orders(9, 9).unwrap(), [expected], "once");
	assert_eq!(store.shredded_unknown().unwrap(), 1);
	assert!(store.to_erase().unwrap().is_empty());
}

#[test]
fn the_same_said_again_is_nothing_new_and_what_is_said_no_more_goes() {
	let fresh = Fresh::new();
	let store = fresh.open();
	let batch = "INSERT INTO batch (root, leaves, closed) VALUES (?1, 1, 1)";
	store.write(|transaction| transaction.execute(batch, params![[2_u8; 32]])).unwrap();
	let root = Hash([2; 32]);
	store.learn_slots(&[(5, Anchored::Batch { root, leaves: 1 })], 6).unwrap();
	assert_eq!(store.own_slots(None, 9).unwrap(), [5]);
	assert_eq!(store.own_slots(Some(5), 9).unwrap(), [0_u64; 0]);
	assert!(store.put_orders(5, &[disputed(9)]).unwrap());
	assert!(!store.put_orders(5, &[disputed(9)]).unwrap());
	assert!(store.put_orders(5, &[disputed(10)]).unwrap());
	assert_eq!((store.orders_open(9).unwrap(), store.tells_of_records().unwrap()), ((1, 0), true));
	assert_eq!(store.orders_open(10).unwrap(), (0, 0), "the chain takes no answer any more");
	let listed = store.orders(9, 9).unwrap();
	assert_eq!((listed.len(), listed[0].slot, &listed[0].order), (1, 5, &disputed(10)));
	let retracted = Order::new(What::Retracted, "duplicate", 3, None);
	assert!(store.put_orders(5, std::slice::from_ref(&retracted)).unwrap());
	assert_eq!(store.orders_open(9).unwrap(), (0, 0));
	assert!(!store.put_orders(5, &[]).unwrap(), "what was retracted stays so");
	assert_eq!(store.orders(9, 9).unwrap()[0].order, retracted);
}

#[test]
fn what_is_told_to_readers_stays_when_the_slot_is_shredded() {
	let fresh = Fresh::new();
	let store = fresh.open();
	let batch = "INSERT INTO batch (root, leaves, closed) VALUES (?1, 1, 1)";
	store.write(|transaction| transaction.execute(batch, params![[2_u8; 32]])).unwrap();
	let anchored = Anchored::Batch { root: Hash([2; 32]), leaves: 1 };
	store.learn_slots(&[(5, anchored)], 6).unwrap();
	let held = Order::new(What::Held, "on-hold", 1, Some(9));
	let newer = Order::new(What::Superseded, "corrects", 2, None);
	assert!(store.put_orders(5, &[disputed(9), held, newer.clone()]).unwrap());
	let shredded = [Order::new(What::Shredded, "retention-over", 3, None)];
	assert!(store.put_orders(5, &shredded).unwrap() && !store.put_orders(5, &shredded).unwrap());
	let left: Vec<Order> = store.orders(9, 9).unwrap().into_iter().map(|each| each.order).collect();
	assert_eq!(left, [shredded[0].clone(), newer, disputed(9)]);
}

#[test]
fn what_waits_comes_first_and_waits_no_more_once_the_chain_takes_no_answer() {
	let fresh = Fresh::new();
	let store = fresh.open();
	let batch = "INSERT INTO batch (root, leaves, closed) VALUES (?1, 1, 1)";
	for at in [1_u8, 2] {
		store.write(|transaction| transaction.execute(batch, params![[at; 32]])).unwrap();
		let anchored = Anchored::Batch { root: Hash([at; 32]), leaves: 1 };
		store.learn_slots(&[(at.into(), anchored)], 3).unwrap();
	}
	let wish = Order::new(What::Erasure, Order::OPEN, 1, Some(20));
	assert!(store.put_orders(1, &[disputed(10)]).unwrap());
	assert!(store.put_orders(2, &[wish]).unwrap());
	let first = |now| store.orders(9, now).unwrap()[0].slot;
	assert_eq!((first(9), first(10)), (1, 2));
	assert_eq!(store.orders_open(30).unwrap(), (0, 1), "a wish may be answered late");
	assert!(store.put_evicted(2).unwrap() && !store.put_evicted(2).unwrap());
	assert!(!store.put_evicted(1).unwrap(), "what was said of the record stays");
	assert_eq!(store.orders_open(9).unwrap(), (1, 0));
}
