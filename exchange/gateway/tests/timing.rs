//! How long an answer takes does not tell what is behind it. Run by itself, on a machine that has nothing else to do:
//! `cargo test --release --test timing -- --ignored --nocapture`.

mod common;

use common::{doctor, result, start, world, CUSTODIAN, PATIENT};
use serde_json::json;
use std::time::Instant;

const SAMPLES: usize = 1_000;

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

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a machine that has nothing else to do, and a minute"]
async fn how_long_a_refusal_takes_does_not_tell_what_is_behind_it() {
	let node = world().await;
	let running = start(&node, CUSTODIAN, "").await;
	running.link(PATIENT, "p").await;
	let mut hidden = result("hidden");
	hidden["meta"] = json!({ "security": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "PSY" }] });
	let mut unknown_label = result("quarantined");
	unknown_label["meta"] = json!({ "security": [{ "system": "urn:unknown", "code": "X" }] });
	for (resource, state) in
		[(&hidden, "held"), (&unknown_label, "quarantined"), (&result("erased"), "held")]
	{
		assert_eq!(running.faces.ingest(resource).await["state"], state);
	}
	running.faces.delete("/records/Observation/erased").await;

	let kinds = ["unknown", "hidden", "quarantined", "erased"];
	let mut samples: [Vec<f64>; 4] = Default::default();
	for round in 0..SAMPLES + 20 {
		for at in 0..kinds.len() {
			// Each is first as often as last.
			let at = (at + round) % kinds.len();
			let target = format!("Observation/{}", kinds[at]);
			let header = doctor().signed(CUSTODIAN, &target, running.genesis());
			let begin = Instant::now();
			let got = running.faces.get(&format!("/fhir/{target}"), &header).await.unwrap();
			let took = begin.elapsed().as_secs_f64() * 1_000.0;
			assert_eq!(got.status, 404);
			// The first ones warm up.
			if round >= 20 {
				samples[at].push(took);
			}
		}
	}
	for (kind, sample) in kinds.iter().zip(&samples) {
		let mut sorted = sample.clone();
		sorted.sort_by(f64::total_cmp);
		let p = same(&samples[0], sample);
		println!("{kind}: median {:.3} ms, p = {p:.4}", sorted[sorted.len() / 2]);
		assert!(p >= 0.01, "{kind} is told from unknown, p = {p}");
		let later: Vec<f64> = sample.iter().map(|took| took + 1.0).collect();
		let p = same(&samples[0], &later);
		assert!(p < 0.01, "a delay of 1 ms would not be noticed, p = {p}");
	}
}
