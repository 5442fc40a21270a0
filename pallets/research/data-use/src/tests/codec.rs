//! Encoding: what is stored comes back, bounds hold, unknown codes survive, and the numbers that others
//! rely on.

use super::generator::{case, runner};
use crate::*;
use ::codec::{Decode, Encode, MaxEncodedLen};

fn survives<T: Encode + Decode + MaxEncodedLen + PartialEq + std::fmt::Debug>(value: &T) {
	let bytes = value.encode();
	assert!(bytes.len() <= T::max_encoded_len());
	assert_eq!(&T::decode(&mut &bytes[..]).unwrap(), value);
	assert!(T::decode(&mut &bytes[..bytes.len() - 1]).is_err());
}

#[test]
fn everything_survives_encoding_within_its_bound() {
	runner(20_000)
		.run(&case(), |case| {
			survives(&case.offer);
			survives(&case.request);
			survives(&Decision { version: TABLE_VERSION, answer: case.answer() });
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn sizes() {
	let sizes = [Offer::max_encoded_len(), Request::max_encoded_len(), Decision::max_encoded_len()];
	println!("an offer, a request, a decision take at most {sizes:?} bytes");
	assert_eq!(sizes, [53, 27, 5]);
}

#[test]
fn rules_are_encoded_as_their_numbers_and_asked_in_that_order() {
	let numbers: Vec<u8> = Rule::ALL.iter().flat_map(Encode::encode).collect();
	assert_eq!(numbers, (1..=20).collect::<Vec<u8>>());
	assert!(Rule::decode(&mut &[0u8][..]).is_err() && Rule::decode(&mut &[21u8][..]).is_err());
}

#[test]
fn a_set_holds_the_codes_that_were_put_in_and_names_the_first_that_is_not_in_another() {
	for code in Modifier::ALL {
		let one = ModifierSet::EMPTY.with(*code);
		assert_eq!(one.0, 1 << code.index());
		assert_eq!(one.iter().collect::<Vec<_>>(), [*code]);
		assert_eq!(Modifier::from_index(code.index()), Some(*code));
		assert!(one.without(*code).is_empty());
	}
	for code in Use::ALL {
		assert_eq!(UseSet::of(&[*code]).0, 1 << code.index());
		assert_eq!(Use::from_index(code.index()), Some(*code));
	}
	assert_eq!((Modifier::from_index(16), Use::from_index(19)), (None, None));
	assert_eq!(ModifierSet::ALL.0, 0xffff);
	assert_eq!(ModifierSet(1 << 31).first_not_in(ModifierSet::ALL), Some(31));
	assert_eq!(ModifierSet(0x8001_0000).first_not_in(ModifierSet::ALL), Some(16));
	assert_eq!(ModifierSet::ALL.first_not_in(ModifierSet::ALL), None);
}

/// DUO, release 2021-02-23: EBISPOT/DUO, `duo.csv` (CC BY 4.0), its numbers and short names.
#[test]
fn codes_are_those_of_duo() {
	let duo =
		"NRES 4, GRU 42, HMB 6, DS 7, POA 11, NPU 45, NCU 46, NPUNCU 18, GSO 16, NMDS 15, PUB 19, \
		COL 20, IRB 21, RTN 29, US 26, PS 27, IS 28, CC 43, RS 12, NPOA 44, GS 22, TS 25, MOR 24";
	let permissions = [
		Permission::Nres,
		Permission::Gru,
		Permission::Hmb,
		Permission::Ds([0; 32]),
		Permission::Poa,
	]
	.map(|permission| format!("{} {}", name(&permission), permission.duo().unwrap()));
	let modifiers = Modifier::ALL.iter().filter_map(|modifier| {
		modifier.duo().map(|number| format!("{} {number}", modifier.shorthand()))
	});
	// What is a field of the offer instead.
	let parameters = ["GS 22", "TS 25", "MOR 24"].map(str::to_string);
	let ours: Vec<_> = permissions.into_iter().chain(modifiers).chain(parameters).collect();
	assert_eq!(ours.join(", "), duo.split_whitespace().collect::<Vec<_>>().join(" "));
}

fn name(permission: &Permission) -> String {
	let text = format!("{permission:?}");
	text.split('(').next().unwrap().to_uppercase()
}
