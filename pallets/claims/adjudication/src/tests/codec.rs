//! Encoding: what is stored comes back, bounds hold while decoding, and how large it is.

use super::{
	generator::{case, runner},
	*,
};
use ::codec::{Decode, Encode, MaxEncodedLen};

#[test]
fn everything_survives_encoding_within_its_bound() {
	fn survives<T: Encode + Decode + MaxEncodedLen + PartialEq + std::fmt::Debug>(value: &T) {
		let bytes = value.encode();
		assert!(bytes.len() <= T::max_encoded_len());
		assert_eq!(&T::decode(&mut &bytes[..]).unwrap(), value);
		assert!(T::decode(&mut &bytes[..bytes.len() - 1]).is_err());
	}
	runner(2_000)
		.run(&case(1 << 60, 3), |case| {
			survives(&case.plan);
			survives(&case.before);
			survives(&case.lines[0]);
			survives(&case.adjudicate().expect("a sound claim"));
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn a_list_takes_its_most_and_not_one_more() {
	let mut list = List::<u16, 3>::with_capacity(9);
	for value in 1..=3 {
		assert_eq!(list.try_push(value), Ok(()));
	}
	assert_eq!(list.try_push(4), Err(4));
	assert_eq!(list[..], [1, 2, 3]);
	assert_eq!(List::<u16, 3>::try_from(vec![1, 2, 3]), Ok(list.clone()));
	assert_eq!(List::<u16, 3>::try_from(vec![0; 4]), Err(vec![0; 4]));
	assert_eq!(list.clone().into_inner(), vec![1, 2, 3]);

	// Encoded like a `Vec`, and no longer one is decoded.
	assert_eq!(list.encode(), vec![1u16, 2, 3].encode());
	assert_eq!(List::<u16, 3>::max_encoded_len(), list.encode().len());
	let longer = vec![1u16, 2, 3, 4].encode();
	assert!(List::<u16, 3>::decode(&mut &longer[..]).is_err());
	assert!(List::<u16, 4>::decode(&mut &longer[..]).is_ok());
}

#[test]
fn sizes() {
	let (plan, line) = (Plan::max_encoded_len(), LineResult::max_encoded_len());
	let (most, none) = (Accumulators::max_encoded_len(), fresh().encode().len());
	let copay = plan_with_copay();
	let one = settle_one(&copay, &fresh(), super::line(100)).encode().len();
	println!("plan <= {plan}, accumulators {none} to {most}, line {one} to {line} bytes");
	assert!(plan <= 1_100 && most <= 400 && none == 34 && line <= 256 && one <= 16);
}

fn plan_with_copay() -> Plan {
	plan(Benefit { copay: 10, ..in_full() })
}
