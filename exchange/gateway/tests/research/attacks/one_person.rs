//! Is she there? Asked of two houses, of which one has records of her and the other has none, and which are the same otherwise: by a query that only she
//! can fit, and by one in which she comes to 22 others, where an answer without noise would tell. Each answer is an attack by itself, with noise of
//! its own.

use super::{
	between,
	bound::{answers, apart, at_least, bound, luck, most, ones, rate, size, LEAST},
	later, House, OTHERS,
};
use crate::common::counting::{job, noisy, EPSILON};
use salus_counts::{
	job::SignedJob,
	query::{Month, Query},
	told::{tell, Told},
};
use std::ops::RangeInclusive;

/// How often it is asked about her among others, and by herself: together as many jobs as two permits may have open.
const AMONG: u32 = 48;
const ALONE: u32 = 16;

/// The sum of all distances from 0 of the noise of both houses, 128 draws, is outside of this less often than once in 10^9, at an epsilon of 0.5: calculated
/// from the distribution. At twice or half that epsilon it is outside in more than nine of ten times.
const SPREAD: RangeInclusive<u64> = 127..=411;

/// What one house tells of her among others, and by herself, and the sum of all distances from 0 of the noise in it.
struct Tells {
	among: Vec<Told>,
	alone: Vec<Told>,
	spread: u64,
}

/// Asks one house, so often about her among others, and so often by herself. Its noise is that which it draws, or `instead`.
async fn asked(is_there: bool, often: (u32, u32), instead: Option<i64>) -> Tells {
	// Of 2025 there is something of her alone.
	let of_her: &[&str] = if is_there { &["2025-08-15", "2026-03-15"] } else { &[] };
	// More budget than anybody would have, so that there are enough answers to tell how often they betray her.
	let house = House::new(EPSILON, 1_000 * EPSILON, of_her).await;
	let among = (0..often.0).map(|at| between("2026-01", later(at)));
	let end = Month::of(2025, 12).unwrap();
	let alone = (0..often.1).map(|at| between(&format!("{}-01", 2000 + at), end));
	let queries: Vec<Query> = among.chain(alone).collect();
	let jobs: Vec<SignedJob> = [12, 13]
		.into_iter()
		.cycle()
		.zip(&queries)
		.map(|(permit, query)| job(&house.node, permit, query))
		.collect();
	let all = noisy(&house.node, &house.running, &house.mailbox, &jobs, instead).await;
	let (her, among) = (u64::from(is_there), usize::try_from(often.0).unwrap());
	for (at, answer) in all.iter().enumerate() {
		// What is told comes from the number of people and the noise alone.
		let people = if at < among { u64::from(OTHERS) + her } else { her };
		assert_eq!(answer.told.result, tell(people, answer.noise, LEAST), "{answer:?}");
	}
	let told: Vec<Told> = all.iter().map(|answer| answer.told.result).collect();
	let (among, alone) = told.split_at(among);
	let spread = all.iter().map(|answer| answer.noise.unsigned_abs()).sum();
	Tells { among: among.to_vec(), alone: alone.to_vec(), spread }
}

#[tokio::test(flavor = "multi_thread")]
async fn whether_one_person_is_there_is_guessed_no_better_than_epsilon_lets() {
	let (with, without) =
		tokio::join!(asked(true, (AMONG, ALONE), None), asked(false, (AMONG, ALONE), None));
	// The same houses without noise: what is told is the same each time.
	let (exact_with, exact_without) =
		tokio::join!(asked(true, (1, 1), Some(0)), asked(false, (1, 1), Some(0)));
	let epsilon = ones(EPSILON);
	// What is told comes from a number and the noise, and that is of this epsilon: so what is calculated from it holds of the houses.
	let spread = with.spread + without.spread;
	assert!(SPREAD.contains(&spread), "{spread}");

	// Among others. Without noise it is 25 with her, and 20 without: so 25 or more says that she is there.
	let (with_her, others) = (u64::from(OTHERS) + 1, u64::from(OTHERS));
	let says = |told: &Told| size(*told) >= 25;
	let more = rate(&with.among, says) - rate(&without.among, says);
	let allowed = bound(epsilon) + luck(AMONG);
	let control = rate(&exact_with.among, says) - rate(&exact_without.among, says);
	let (times, best) = apart(&answers(with_her, epsilon), &answers(others, epsilon));
	println!(
		"one person among {others} others, epsilon {epsilon}, {AMONG} answers of each house: \"she is there\" {:.3} of the time if she is, {:.3} if she is not",
		rate(&with.among, says),
		rate(&without.among, says),
	);
	println!(
		"  more often if she is: {more:.3}; in the long run {:.3}; by the best guess {best:.3}; bound by epsilon {:.3}, by luck {allowed:.3}; without noise {control:.3}",
		at_least(25, with_her, epsilon) - at_least(25, others, epsilon),
		bound(epsilon),
	);
	println!(
		"  one answer is {times:.4} times as probable at most; e^epsilon is {:.4}",
		epsilon.exp()
	);
	assert!(more <= allowed, "the answers say who is there");
	assert!(control > allowed, "without noise this finds out nothing, and shows nothing");
	assert!(best <= bound(epsilon) + 1e-9 && times <= epsilon.exp() + 1e-9, "{best} {times}");

	// By herself. Whatever is told as a number says that she is there.
	let says = |told: &Told| size(*told) > 0;
	let (times, best) = apart(&answers(1, epsilon), &answers(0, epsilon));
	let seldom = [1, 0].map(|people| at_least(u64::from(LEAST), people, epsilon));
	let found = [&with, &without].map(|tells| rate(&tells.alone, says));
	let control = [1, 0].map(|people| rate(&[Told::About(people)], says));
	println!(
		"one person by herself, {ALONE} answers of each house: \"she is there\" {:.3} of the time if she is, {:.3} if she is not; in the long run {:.4} and {:.4}",
		found[0], found[1], seldom[0], seldom[1],
	);
	println!(
		"  by the best guess {best:.4} more often if she is, {times:.4} times as probable; bound by epsilon {:.3}; if the number was told {:.3}",
		bound(epsilon),
		control[0] - control[1],
	);
	let allowed = seldom.map(|each| f64::from(most(ALONE, each)) / f64::from(ALONE));
	for (found, allowed) in found.into_iter().zip(allowed) {
		assert!(found <= allowed, "a number of one or nobody is told too often");
	}
	assert!(control[0] > allowed[0], "a number that is told finds out nothing");
	assert!(best < bound(epsilon) / 50.0 && times <= epsilon.exp() + 1e-9, "{best} {times}");
	// Suppression alone hides one person by herself, and not among others: that is what the noise is for.
	for tells in [&exact_with, &exact_without] {
		assert_eq!(tells.alone, [Told::FewerThan(LEAST)]);
	}
}
