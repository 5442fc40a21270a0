//! How long an answer takes does not tell what is behind it: whether a record is unknown, hidden, in quarantine or erased. Takes minutes:
//! `SALUS_LONG=1 cargo test --release --test timing -- --nocapture`.
//!
//! So that it neither passes nor fails by luck:
//!
//! - The kinds are asked about by turns, in an order that is drawn anew in each round. What else the machine does makes all of them slower
//!   alike.
//! - A fifth kind is unknown too, with a delay of 1 ms. A run in which it is not told apart has no power, and counts as none.
//! - Two samples of one distribution lie so far apart that p is below 0.01 once in a hundred times. So there are three runs, with records of
//!   their own, and a kind fails if it is told apart in two of them: for three kinds that is luck once in a thousand times. A kind that is slower by
//!   so much that one run of ten overlooks it is overlooked by the whole once in thirty-five times.

mod common;

use common::{doctor, result, start, world, Running, CUSTODIAN, PATIENT};
use salus_gateway::vault::random;
use serde_json::json;
use std::time::{Duration, Instant};

const SAMPLES: usize = 1_000;
const WARMING: usize = 20;
const KINDS: [&str; 5] = ["unknown", "hidden", "quarantined", "erased", "planted"];
/// Where the kind with a delay stands among them.
const PLANTED: usize = 4;
const DELAY: Duration = Duration::from_millis(1);
const RUNS: usize = 3;
/// The most runs without power before this gives up: the machine is too loud.
const MOST_WITHOUT_POWER: usize = 3;
const LEAST: f64 = 0.01;

/// The probability that two samples of one distribution lie as far apart as these, by Kolmogorov and Smirnov.
fn same(a: &[f64], b: &[f64]) -> f64 {
	let sorted = |sample: &[f64]| {
		let mut sample = sample.to_vec();
		sample.sort_by(f64::total_cmp);
		sample
	};
	let (a, b) = (sorted(a), sorted(b));
	let share = |sample: &[f64], most: f64| {
		sample.partition_point(|each| *each <= most) as f64 / sample.len() as f64
	};
	let distances = a.iter().chain(&b).map(|at| (share(&a, *at) - share(&b, *at)).abs());
	let distance = distances.fold(0.0, f64::max);
	let size = (a.len() * b.len()) as f64 / (a.len() + b.len()) as f64;
	let lambda = (size.sqrt() + 0.12 + 0.11 / size.sqrt()) * distance;
	// The series does not come to an end for what is as good as equal.
	if lambda < 0.2 {
		return 1.0;
	}
	let terms = (1..=100).map(|k| {
		let sign = if k % 2 == 1 { 2.0 } else { -2.0 };
		sign * (-2.0 * f64::from(k * k) * lambda * lambda).exp()
	});
	terms.sum::<f64>().clamp(0.0, 1.0)
}

#[test]
fn samples_of_one_distribution_are_told_from_those_of_another() {
	let sample =
		|by: f64| (0..1_000).map(|at| f64::from(at * 7_919 % 1_000) + by).collect::<Vec<_>>();
	assert!(same(&sample(0.0), &sample(0.0)) > 0.99);
	assert!(same(&sample(0.0), &sample(20.0)) > 0.5);
	assert!(same(&sample(0.0), &sample(200.0)) < 1e-6);
}

/// An order of the kinds.
fn drawn() -> [usize; 5] {
	let mut order = [0, 1, 2, 3, 4];
	let bytes = random::<5>().unwrap();
	for at in (1..order.len()).rev() {
		order.swap(at, usize::from(bytes[at]) % (at + 1));
	}
	order
}

/// One run: how long answers about each kind took, in milliseconds.
async fn run(running: &Running, number: usize) -> [Vec<f64>; 5] {
	let id = |kind: &str| format!("{kind}-{number}");
	let mut hidden = result(&id("hidden"));
	hidden["meta"] = json!({ "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "PSY" }] });
	let mut unlabelled = result(&id("quarantined"));
	unlabelled["meta"] = json!({ "security": [{ "system": "urn:unknown", "code": "X" }] });
	for (resource, state) in
		[(&hidden, "held"), (&unlabelled, "quarantined"), (&result(&id("erased")), "held")]
	{
		assert_eq!(running.faces.ingest(resource).await["state"], state);
	}
	let erased = running.faces.delete(&format!("/records/Observation/{}", id("erased"))).await;
	assert_eq!(erased.status, 200);
	let mut samples: [Vec<f64>; 5] = Default::default();
	for round in 0..SAMPLES + WARMING {
		for at in drawn() {
			let target = format!("Observation/{}", id(KINDS[at]));
			let header = doctor().signed(CUSTODIAN, &target, running.genesis());
			let begin = Instant::now();
			if at == PLANTED {
				// Not a sleep: those are longer than they are told to be.
				while begin.elapsed() < DELAY {
					std::hint::spin_loop();
				}
			}
			let got = running.faces.get(&format!("/fhir/{target}"), &header).await.unwrap();
			let took = begin.elapsed().as_secs_f64() * 1_000.0;
			assert_eq!(got.status, 404);
			if round >= WARMING {
				samples[at].push(took);
			}
		}
	}
	samples
}

#[tokio::test(flavor = "multi_thread")]
async fn how_long_a_refusal_takes_does_not_tell_what_is_behind_it() {
	if std::env::var_os("SALUS_LONG").is_none() {
		println!("skipped: it takes minutes; SALUS_LONG=1 runs it");
		return;
	}
	let node = world().await;
	let running = start(&node, CUSTODIAN, "[limits]\nrate = 100000\n").await;
	running.link(PATIENT, "p").await;
	let mut told = [0; KINDS.len()];
	let (mut runs, mut without_power) = (0, 0);
	while runs < RUNS {
		let samples = run(&running, runs + without_power).await;
		let mut told_apart = [false; KINDS.len()];
		for (at, (kind, sample)) in KINDS.iter().zip(&samples).enumerate() {
			let mut sorted = sample.clone();
			sorted.sort_by(f64::total_cmp);
			let p = same(&samples[0], sample);
			println!(
				"run {}: {kind}: {} samples, median {:.3} ms, p = {p:.4}",
				runs + without_power + 1,
				sample.len(),
				sorted[sorted.len() / 2]
			);
			told_apart[at] = p < LEAST;
		}
		if !told_apart[PLANTED] {
			without_power += 1;
			println!("a delay of 1 ms was not noticed: this run counts as none");
			assert!(
				without_power < MOST_WITHOUT_POWER,
				"the machine is too loud: nothing can be said"
			);
			continue;
		}
		runs += 1;
		told.iter_mut().zip(told_apart).for_each(|(told, is_told)| *told += u32::from(is_told));
	}
	for (kind, told) in KINDS.iter().zip(told).take(PLANTED) {
		assert!(told < 2, "{kind} was told from unknown in {told} of {RUNS} runs");
	}
}
