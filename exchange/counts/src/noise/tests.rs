//! The steps of the sampler, one by one, against exact arithmetic. Nothing is drawn here: a test goes every way through a step, adds up how
//! probable those are that end alike, and compares with what the step is said to do. Ways that are too improbable are not gone to their
//! end; how probable they are together is counted too, and is the only thing that is not known.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

mod exact;

use super::*;
use exact::{exp, Between, ONE};
use std::{
	collections::{BTreeMap, VecDeque},
	iter,
};

/// The way is too improbable to be gone further.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Left;

/// A way through all choices that a step makes.
struct Way {
	/// Which of how many was chosen.
	choices: Vec<(u64, u64)>,
	/// How many of these the step has come to.
	at: usize,
	/// How probable it is that it comes here.
	probability: Between,
	/// Ways that are less probable are left.
	least: u128,
	/// The probabilities `exp(-over / under)` that were asked for.
	exps: BTreeMap<(u64, u64), Between>,
}

impl Way {
	/// The next choice, of so many, with these probabilities. For the first time it is the first one.
	fn choose(
		&mut self,
		of: u64,
		probability: impl Fn(u64) -> Between,
	) -> Result<u64, NoNoise<Left>> {
		if self.probability.high < self.least {
			return Err(NoNoise::Bits(Left));
		}
		if self.at == self.choices.len() {
			self.choices.push((0, of));
		}
		let (choice, before) = self.choices[self.at];
		assert_eq!(before, of, "the step is no function of what was chosen");
		self.at += 1;
		self.probability = self.probability.multiplied(probability(choice));
		Ok(choice)
	}

	/// One of two.
	fn decide(&mut self, yes: Between) -> Result<bool, NoNoise<Left>> {
		Ok(self.choose(2, |it| if it == 1 { yes } else { yes.up_to_one() })? == 1)
	}

	fn even(&mut self, bound: u64) -> Result<u64, NoNoise<Left>> {
		self.choose(bound, |_| Between::ONE.times(1, bound))
	}

	/// Back to the beginning, to go the next way. False if there is none.
	fn turn(&mut self) -> bool {
		self.choices.truncate(self.at);
		(self.at, self.probability) = (0, Between::ONE);
		while let Some((choice, of)) = self.choices.pop() {
			if choice + 1 < of {
				self.choices.push((choice + 1, of));
				return true;
			}
		}
		false
	}
}

/// How probable each outcome is, and the ways that were left.
struct Outcomes<T> {
	found: BTreeMap<T, Between>,
	left: Between,
}

impl<T: Ord> Outcomes<T> {
	/// Goes all ways that are no less probable than 2^-places.
	fn of(places: u32, step: impl Fn(&mut Way) -> Result<T, NoNoise<Left>>) -> Self {
		let mut way = Way {
			choices: Vec::new(),
			at: 0,
			probability: Between::ONE,
			least: ONE >> places,
			exps: BTreeMap::new(),
		};
		let (mut found, mut left) = (BTreeMap::new(), Between::ZERO);
		loop {
			let sum = match step(&mut way) {
				Ok(outcome) => found.entry(outcome).or_insert(Between::ZERO),
				Err(NoNoise::Bits(Left)) => &mut left,
				Err(other) => panic!("{other:?}"),
			};
			*sum = sum.plus(way.probability);
			if !way.turn() {
				break;
			}
		}
		let all = found.values().fold(left, |sum, it| sum.plus(*it));
		assert!(all.meets(Between::ONE), "{all:?}: a way was forgotten, or gone twice");
		Self { found, left }
	}

	/// How probable it is, whatever the ways do that were left.
	fn get(&self, outcome: &T) -> Between {
		self.found.get(outcome).copied().unwrap_or(Between::ZERO).or_more(self.left)
	}
}

/// A step that rests on even numbers alone.
struct OnBelow<'a>(&'a mut Way);

impl Draws for OnBelow<'_> {
	type Error = Left;

	fn below(&mut self, bound: u64) -> Result<u64, NoNoise<Left>> {
		self.0.even(bound)
	}
}

/// One that rests on even numbers, and on decisions with the probability of a fraction.
struct OnBernoulli<'a>(&'a mut Way);

impl Draws for OnBernoulli<'_> {
	type Error = Left;

	fn below(&mut self, bound: u64) -> Result<u64, NoNoise<Left>> {
		self.0.even(bound)
	}

	fn bernoulli(&mut self, over: u64, under: u64) -> Result<bool, NoNoise<Left>> {
		self.0.decide(Between::ONE.times(over, under))
	}
}

/// One that rests on even numbers, and on decisions with the probability `exp(-over / under)`.
struct OnExp<'a>(&'a mut Way);

impl Draws for OnExp<'_> {
	type Error = Left;

	fn below(&mut self, bound: u64) -> Result<u64, NoNoise<Left>> {
		self.0.even(bound)
	}

	fn bernoulli_exp(&mut self, over: u64, under: u64) -> Result<bool, NoNoise<Left>> {
		let exps = &mut self.0.exps;
		let yes = *exps.entry((over, under)).or_insert_with(|| exp(over, under).inverted());
		self.0.decide(yes)
	}
}

#[test]
fn numbers_below_a_bound_are_even() {
	// Words of eight bits in the place of 64: all of them, for each bound.
	for bound in 1..=255_u64 {
		let mut seen = vec![0_u64; bound as usize];
		for word in 0..=255 {
			let mut words = iter::once(word);
			match evenly(bound, 255, || words.next().ok_or(())) {
				Ok(number) => seen[number as usize] += 1,
				Err(fault) => assert_eq!(fault, NoNoise::Bits(()), "{bound}, {word}"),
			}
		}
		assert!(seen.iter().all(|times| *times == seen[0]), "{bound}: {seen:?}");
		assert!(seen[0] * bound * 2 > 255, "{bound}: more than half of the words are of no use");
	}
}

/// A single number.
struct Once(Option<u64>);

impl Bits for Once {
	type Error = ();

	fn next(&mut self) -> Result<u64, ()> {
		self.0.take().ok_or(())
	}
}

#[test]
fn of_64_bits_a_multiple_of_the_bound_is_of_use() {
	for bound in [1, 2, 3, 1_000_000, 20_000_000, (1 << 63) - 1, 1 << 63, u64::MAX] {
		let end = u64::MAX / bound * bound;
		let below = |number| Once(Some(number)).below(bound);
		assert_eq!(below(0), Ok(0), "{bound}");
		assert_eq!(below(bound - 1), Ok(bound - 1), "{bound}");
		assert_eq!(below(end - bound), Ok(0), "{bound}");
		assert_eq!(below(end - 1), Ok(bound - 1), "{bound}");
		assert_eq!(below(end), Err(NoNoise::Bits(())), "{bound}");
		assert_eq!(below(u64::MAX), Err(NoNoise::Bits(())), "{bound}");
	}
	assert_eq!(Once(Some(1)).below(0), Err(NoNoise::Overflow));
}

#[test]
fn a_decision_has_the_probability_of_its_fraction() {
	for (under, over) in (1..=30).flat_map(|under| (0..=under).map(move |over| (under, over))) {
		let outcomes = Outcomes::of(64, |way| OnBelow(way).bernoulli(over, under));
		let yes = outcomes.get(&true);
		assert_eq!(outcomes.left, Between::ZERO);
		assert!(yes.meets(Between::ONE.times(over, under)), "{over} / {under}: {yes:?}");
		assert!(yes.known_to(90), "{over} / {under}: {yes:?}");
	}
}

/// That it is yes with the probability `exp(-over / under)`, and known so well that it is not with that of the next fraction.
fn has_exp(outcomes: &Outcomes<bool>, over: u64, under: u64, places: u32) {
	let yes = outcomes.get(&true);
	assert!(outcomes.left.high < ONE >> places, "{over} / {under}: {:?}", outcomes.left);
	// One is the product of this and of what it is one divided by.
	let product = yes.multiplied(exp(over, under));
	assert!(product.meets(Between::ONE), "{over} / {under}: {yes:?}");
	assert!(product.known_to(places - 2), "{over} / {under}: {yes:?}");
	let other = yes.multiplied(exp(over + 1, under));
	assert!(!other.meets(Between::ONE), "{over} / {under}: {yes:?}");
}

#[test]
fn a_decision_by_exp_is_exact() {
	let small = (1..=12).flat_map(|under| (0..=under).map(move |over| (over, under)));
	// Such as are drawn for noise.
	let shipped = [0, 1, 2, 367_879, 500_000, 693_147, 999_999, MILLION].map(|it| (it, MILLION));
	for (over, under) in small.chain(shipped) {
		let outcomes = Outcomes::of(64, |way| OnBernoulli(way).bernoulli_exp(over, under));
		has_exp(&outcomes, over, under, 60);
	}
}

/// The same with no step taken for granted but the even numbers.
#[test]
fn a_decision_by_exp_is_exact_from_even_numbers_on() {
	for under in 1..=12 {
		let outcomes = Outcomes::of(64, |way| OnBelow(way).bernoulli_exp(1, under));
		has_exp(&outcomes, 1, under, 60);
	}
	// Here the ways to the same outcome are many more: each number below the first of the fraction goes on.
	for (over, under) in [(2, 3), (2, 5), (3, 4)] {
		let outcomes = Outcomes::of(32, |way| OnBelow(way).bernoulli_exp(over, under));
		has_exp(&outcomes, over, under, 16);
	}
}

/// Some values of epsilon, and of what it is counted in. Both may be the larger one.
const RATIOS: [(u64, u64); 10] =
	[(1, 1), (1, 2), (1, 7), (2, 3), (3, 2), (5, 12), (12, 12), (9, 10), (7, 60), (10, 1)];

#[test]
fn of_an_attempt_values_are_in_the_proportion_that_is_said() {
	for (epsilon, unit) in RATIOS {
		let outcomes = Outcomes::of(64, |way| attempt(epsilon, unit, &mut OnExp(way)));
		assert!(outcomes.left.high < ONE >> 52, "{epsilon} / {unit}: {:?}", outcomes.left);
		let zero = outcomes.get(&Some(0));
		// As far as the difference between two is more than what is not known.
		for size in (1_u64..).take_while(|size| size * epsilon <= 10 * unit) {
			let value = i64::try_from(size).unwrap();
			let (up, down) = (outcomes.get(&Some(value)), outcomes.get(&Some(-value)));
			assert_eq!(up, down, "{epsilon} / {unit}, {value}");
			let of_zero = up.multiplied(exp(size * epsilon, unit));
			assert!(of_zero.meets(zero), "{epsilon} / {unit}, {value}: {up:?}, {zero:?}");
			assert!(of_zero.known_to(30), "{epsilon} / {unit}, {value}: {up:?}");
			let other = up.multiplied(exp(size * epsilon + 1, unit));
			assert!(!other.meets(zero), "{epsilon} / {unit}, {value}: {up:?}, {zero:?}");
		}
	}
}

/// Attempts that came to nothing change nothing: of the whole, `P(x) * e^(|x| * epsilon) * (e^epsilon + 1) = e^epsilon - 1`.
#[test]
fn noise_is_what_an_attempt_gives_that_comes_to_something() {
	// With a unit of one only a negative zero comes to nothing; with two, a part that is not taken does too, and ways are many.
	for (epsilon, unit, places, known) in [(1, 1, 64, 40), (1, 2, 20, 7)] {
		let outcomes = Outcomes::of(places, |way| laplace(epsilon, unit, &mut OnExp(way)));
		let once = exp(epsilon, unit);
		let less = Between { low: once.low - ONE, high: once.high - ONE };
		for value in -2..=2_i64 {
			let far = exp(value.unsigned_abs() * epsilon, unit);
			let found = outcomes.get(&value).multiplied(far).multiplied(once.plus(Between::ONE));
			assert!(found.meets(less), "{epsilon} / {unit}, {value}: {found:?}, {less:?}");
			assert!(found.known_to(known), "{epsilon} / {unit}, {value}: {found:?}");
		}
	}
}

/// What is drawn, in its order, and what comes of it.
struct Told(VecDeque<(Asked, u64)>);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Asked {
	Below(u64),
	Exp(u64, u64),
}

impl Told {
	fn answer(&mut self, asked: Asked) -> u64 {
		let (expected, answer) = self.0.pop_front().unwrap();
		assert_eq!(asked, expected);
		answer
	}
}

impl Draws for Told {
	type Error = Left;

	fn below(&mut self, bound: u64) -> Result<u64, NoNoise<Left>> {
		Ok(self.answer(Asked::Below(bound)))
	}

	fn bernoulli_exp(&mut self, over: u64, under: u64) -> Result<bool, NoNoise<Left>> {
		Ok(self.answer(Asked::Exp(over, under)) == 1)
	}
}

/// With the unit that is shipped, of which there are too many ways to go them all.
#[test]
fn with_millionths_the_same_is_drawn_in_the_same_order() {
	use Asked::{Below, Exp};
	let refused = [(Below(MILLION), 999_999), (Exp(999_999, MILLION), 0)];
	let begun = [(Below(MILLION), 249_999), (Exp(249_999, MILLION), 1)];
	let (more, enough) = ((Exp(1, 1), 1), (Exp(1, 1), 0));
	let (plus, minus) = ((Below(2), 0), (Below(2), 1));
	let zero = [&begun[..], &[enough]].concat();
	let eight = [&begun[..], &[more, more, enough]].concat();
	let cases = [
		([&zero[..], &[plus]].concat(), 0),
		([&zero[..], &[minus], &eight, &[plus]].concat(), 8),
		([&refused[..], &refused, &eight, &[minus]].concat(), -8),
	];
	for (draws, value) in cases {
		let mut told = Told(draws.into());
		// 249,999 millionths are no step of 250,000 yet; 2,249,999 are eight.
		assert_eq!(laplace(250_000, MILLION, &mut told), Ok(value));
		assert!(told.0.is_empty(), "{:?}", told.0);
	}
}
