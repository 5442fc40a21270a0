//! Two queries of which one has all, and the other all but one person: what is between them is whether she is there. The script asks such pairs until
//! the budget is spent, and takes her to be there if the first of a pair has more by more than a half, on average.

use super::{
	between,
	bound::{bound, luck, ones, rate, size, Fixed, LEAST},
	later, House, OTHERS,
};
use crate::common::{
	counting::{ask, job, noisy, refused, Noisy},
	CUSTODIAN,
};
use salus_counts::{
	job::SignedJob,
	noise::discrete_laplace,
	reply::Code,
	told::{tell, Told},
};

/// What an answer costs, and how many pairs the budget is for.
const COST: u64 = 50_000;
const PAIRS: u32 = 12;
const BUDGET: u64 = 2 * PAIRS as u64 * COST;
/// How often the script is played with the gateway's sampler.
const PLAYED: u32 = 2_000;
/// The script where there is no budget: what an answer costs, how many pairs, and how often it is played.
const WITHOUT_BUDGET: (u64, u32, u32) = (500_000, 1_600, 40);

/// How many are in both queries of a pair.
fn people(is_there: bool) -> [u64; 2] {
	[u64::from(OTHERS) + u64::from(is_there), u64::from(OTHERS)]
}

fn difference([all, all_but_her]: [Told; 2]) -> i64 {
	size(all) as i64 - size(all_but_her) as i64
}

/// What the script says of whether she is there.
fn says_she_is_there(differences: &[i64]) -> bool {
	differences.iter().sum::<i64>() * 2 > differences.len() as i64
}

/// Pairs of answers of a house, with the noise that it draws, or `instead`.
async fn pairs(house: &House, many: u32, instead: Option<i64>) -> Vec<[Noisy; 2]> {
	// Hers is of January, all others are of March.
	let queries =
		(0..many).flat_map(|at| ["2026-01", "2026-02"].map(|from| between(from, later(at))));
	let jobs: Vec<SignedJob> = queries
		.zip([12, 13].into_iter().cycle())
		.map(|(query, permit)| job(&house.node, permit, &query))
		.collect();
	let all = noisy(&house.node, &house.running, &house.mailbox, &jobs, instead).await;
	all.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect()
}

async fn house(is_there: bool) -> House {
	let of_her: &[&str] = if is_there { &["2026-01-15"] } else { &[] };
	House::new(COST, BUDGET, of_her).await
}

/// The script against a house, until nothing is answered any more. The differences, and that without noise.
async fn attacked(is_there: bool) -> (Vec<i64>, i64) {
	let house = house(is_there).await;
	let pairs = pairs(&house, PAIRS, None).await;
	let exact = difference(people(is_there).map(|people| tell(people, 0, LEAST)));
	println!("all, and all but her, who is {}there:", if is_there { "" } else { "not " });
	for pair in &pairs {
		let told = pair.map(|answer| answer.told.result);
		let noise = pair.map(|answer| answer.noise);
		println!("  {told:?}, noise {noise:?}: {}; without noise {exact}", difference(told));
		let expected = [0, 1].map(|at| tell(people(is_there)[at], noise[at], LEAST));
		assert_eq!(told, expected, "what is told comes from the number of people and the noise");
	}
	// Both have noise of their own: it does not go away in the difference.
	assert!(pairs.iter().any(|[one, other]| one.noise != other.noise));
	let differences: Vec<i64> =
		pairs.iter().map(|pair| difference(pair.map(|answer| answer.told.result))).collect();
	// All do so by luck less often than once in 10^9: one pair does less often than once in seven times.
	assert!(differences.iter().any(|each| *each != exact), "each pair tells the exact difference");
	// The budget is spent, whichever permit asks, and of whichever of the datasets of the population.
	assert_eq!(house.node.world().research.used(CUSTODIAN), (0, BUDGET));
	for permit in [12, 13, 14] {
		let more = job(&house.node, permit, &between("2026-01", later(PAIRS)));
		let reply = ask(&house.node, &house.running, &house.mailbox, &more).await;
		assert_eq!(refused(&reply), Code::BudgetSpent);
	}
	assert_eq!(house.node.world().research.used(CUSTODIAN), (0, BUDGET));
	(differences, exact)
}

/// What the script says in a house that draws noise from these bits: the same that is told by a gateway.
fn played(bits: &mut Fixed, is_there: bool, (cost, many): (u64, u32)) -> bool {
	let differences: Vec<i64> = (0..many)
		.map(|_| {
			difference(people(is_there).map(|people| {
				let noise = discrete_laplace(cost, bits).unwrap();
				tell(people, noise, LEAST)
			}))
		})
		.collect();
	says_she_is_there(&differences)
}

/// How much more often the script says that she is there if she is, played so often.
fn more_often(bits: &mut Fixed, often: u32, each: (u64, u32)) -> f64 {
	let [with, without] = [true, false].map(|is_there| {
		let said: Vec<bool> = (0..often).map(|_| played(bits, is_there, each)).collect();
		rate(&said, |says| *says)
	});
	with - without
}

#[tokio::test(flavor = "multi_thread")]
async fn the_difference_of_two_queries_has_the_noise_of_both_and_the_budget_ends_it() {
	let ((with, exact_with), (without, exact_without)) =
		tokio::join!(attacked(true), attacked(false));
	let average = |all: &[i64]| all.iter().sum::<i64>() as f64 / all.len() as f64;
	println!(
		"averages of {PAIRS} pairs: {:.2} with her, {:.2} without; \"she is there\": {}, {}",
		average(&with),
		average(&without),
		says_she_is_there(&with),
		says_she_is_there(&without),
	);

	// Without noise one pair is enough.
	let (house_with, house_without) = tokio::join!(house(true), house(false));
	let (one, other) =
		tokio::join!(pairs(&house_with, 1, Some(0)), pairs(&house_without, 1, Some(0)));
	let said = [one, other].map(|pairs| {
		let told = pairs[0].map(|answer| answer.told.result);
		(difference(told), says_she_is_there(&[difference(told)]))
	});
	assert_eq!(said, [(exact_with, true), (exact_without, false)]);

	// How often the script is right, within the budget, and where there is none.
	let mut bits = Fixed(1);
	let spent = ones(BUDGET);
	let more = more_often(&mut bits, PLAYED, (COST, PAIRS));
	let allowed = bound(spent) + luck(PLAYED);
	let (cost, many, often) = WITHOUT_BUDGET;
	let unbounded = more_often(&mut bits, often, (cost, many));
	let control = said.map(|(_, says)| rate(&[says], |says| *says));
	let control = control[0] - control[1];
	println!(
		"\"she is there\" is said more often if she is, by {more:.3} within the budget of {spent}; bound by epsilon {:.3}, by luck {allowed:.3}",
		bound(spent),
	);
	println!(
		"  without noise by {control:.3} after one pair; with answers of {} each and no budget, by {unbounded:.3} after {many} pairs",
		ones(cost),
	);
	assert!(more <= allowed, "the script is right more often than epsilon lets it: {more}");
	// What is bounded is an attack: without noise, and without a budget, it wins.
	assert!(control > allowed, "without noise one pair finds out nothing: {control}");
	assert!(unbounded > allowed, "without a budget the script finds out nothing: {unbounded}");
}
