//! Adjudication, asked in bytes: the same as asked in Rust, whatever the bytes; and its vectors.
//!
//! The published and named examples of the crate's own tests are run here once more: they settle their claims through
//! bytes, and each is a vector.

// What those examples take from their crate.
use salus_claims_adjudication::*;

#[path = "../../../pallets/claims/adjudication/src/tests/coordination.rs"]
mod coordination;
#[path = "../../../pallets/claims/adjudication/src/tests/generator.rs"]
#[allow(dead_code, reason = "a part of it is for the laws of that crate")]
mod generator;
#[path = "../../../pallets/claims/adjudication/src/tests/published.rs"]
mod published;
#[path = "../../../pallets/claims/adjudication/src/tests/reasons.rs"]
mod reasons;
#[path = "../../../pallets/claims/adjudication/src/tests/steps.rs"]
mod steps;
mod support;

use codec::{Decode, Encode};
use generator::{case, runner};
use proptest::prelude::*;
use salus_wasm_rules::{self as rules, Claim, Fault};
use serde_json::{json, Value};
use std::{collections::BTreeMap, panic::Location};
use support::{big, fixed, hex, name, nearly, next, object, unhex, File};

static FILE: File = File::new(
	"adjudications.json",
	"Adjudicated claims: the claim, its encoding in SCALE, the encoded answer, and the answer. Numbers of more than 32 \
	 bits are text with an n behind it. A member that is missing is None; the benefit named * is that of every category \
	 that is not named; of a category without usage nothing was used.",
);

/// How many vectors come from the generator.
const RANDOM: usize = 100;

// ----------------------------------------------------------------------------------------------
// What the examples are written in, with claims that go through bytes.

/// The category of most examples.
const CARE: BenefitCategory = BenefitCategory::PrimaryCare;

/// A benefit that covers in full.
fn in_full() -> Benefit {
	Benefit { covered: true, ..Benefit::default() }
}

/// A plan with one benefit for every category.
fn plan(benefit: Benefit) -> Plan {
	let mut plan = Plan::default();
	for category in BenefitCategory::ALL {
		*plan.benefits.get_mut(*category) = benefit;
	}
	plan
}

/// A line of one unit.
fn line(charge: Money) -> ClaimLine {
	ClaimLine::new(CARE, 1, charge)
}

fn fresh() -> Accumulators {
	Accumulators::default()
}

/// A result as a billing office writes it: what is paid, then `GROUP-CARC amount`.
fn spelled(result: &LineResult) -> String {
	result.adjustments.iter().fold(format!("paid {}", result.paid), |text, adjustment| {
		let Adjustment { group, carc, amount } = adjustment;
		format!("{text}, {}-{} {amount}", group.x12(), carc.x12())
	})
}

fn adjudicated(input: &[u8]) -> Result<Adjudication, Fault> {
	let output = rules::adjudicate(input);
	let mut rest = &output[..];
	let answer = Result::decode(&mut rest).expect("an answer");
	assert!(rest.is_empty(), "nothing but an answer");
	answer
}

/// Adjudicates through bytes, and notes the vector under the name of the file that asks.
#[track_caller]
fn settle(plan: &Plan, before: &Accumulators, lines: &[ClaimLine]) -> Adjudication {
	let file = Location::caller().file();
	let from = file.rsplit(['/', '\\']).next().and_then(|name| name.strip_suffix(".rs"));
	let claim = Claim { plan: plan.clone(), before: *before, lines: lines.to_vec() };
	FILE.note(from.expect("a file of Rust"), &claim.encode(), vector(&claim));
	adjudicated(&claim.encode()).expect("a sound claim")
}

/// The same for a claim of one line.
#[track_caller]
fn settle_one(plan: &Plan, before: &Accumulators, line: ClaimLine) -> LineResult {
	settle(plan, before, &[line]).lines[0].clone()
}

// ----------------------------------------------------------------------------------------------

fn claim(case: generator::Case) -> Claim {
	let generator::Case { plan, before, lines } = case;
	Claim { plan, before, lines }
}

#[test]
fn asked_in_bytes_the_answer_is_that_of_the_crate() {
	runner(5_000)
		.run(&case(1 << 60, 4), |case| {
			let expected = case.adjudicate().map_err(Fault::Adjudication);
			let input = claim(case).encode();
			prop_assert_eq!(adjudicated(&input), expected);
			let mut longer = input.clone();
			longer.push(0);
			prop_assert_eq!(adjudicated(&longer), Err(Fault::Trailing));
			prop_assert_eq!(adjudicated(&input[..input.len() - 1]), Err(Fault::Malformed));
			Ok(())
		})
		.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn every_input_has_an_answer() {
	let mut seen = BTreeMap::<&str, u32>::new();
	let mut count = |bytes: &[u8]| {
		let kind = match adjudicated(bytes) {
			Ok(_) => "answered",
			Err(Fault::Malformed | Fault::Trailing) => "unreadable",
			Err(Fault::Adjudication(_)) => "unsound",
			Err(fault @ (Fault::TooLong | Fault::Opening(_))) => {
				panic!("{fault:?} of so short a claim")
			},
		};
		*seen.entry(kind).or_default() += 1;
	};
	let mut random = runner(1);
	let noise = proptest::collection::vec(any::<u8>(), 0..600);
	for _ in 0..10_000 {
		count(&next(&mut random, &noise));
		let input = claim(next(&mut random, &case(1 << 100, 3))).encode();
		count(&next(&mut random, &nearly(input)));
	}
	// Each way was taken, and often.
	for kind in ["answered", "unreadable", "unsound"] {
		assert!(seen.get(kind).is_some_and(|times| *times > 200), "{kind}: {seen:?}");
	}
}

#[test]
fn an_input_is_no_longer_than_its_bound() {
	assert_eq!(adjudicated(&vec![0; rules::MAX_INPUT + 1]), Err(Fault::TooLong));
	assert_ne!(adjudicated(&vec![0; rules::MAX_INPUT]), Err(Fault::TooLong));
}

// ----------------------------------------------------------------------------------------------
// Vectors.

fn json_benefit(benefit: &Benefit) -> Value {
	let limit = benefit.amount_limit.map(|limit| {
		let (AmountLimit::Considered(amount) | AmountLimit::Paid(amount)) = limit;
		json!({ "kind": name(limit), "amount": big(amount) })
	});
	object([
		("covered", Some(json!(benefit.covered))),
		("authorisationRequired", Some(json!(benefit.authorisation_required))),
		("deductibleApplies", Some(json!(benefit.deductible_applies))),
		("allowedCap", benefit.allowed_cap.map(big)),
		("visitLimit", benefit.visit_limit.map(|visits| json!(visits))),
		("amountLimit", limit),
		("copay", Some(big(benefit.copay))),
		("coinsurance", Some(json!(benefit.coinsurance))),
	])
}

/// The benefits, with the most frequent one under the name `*`.
fn json_benefits(benefits: &ByCategory<Benefit>) -> Value {
	let all: Vec<_> = BenefitCategory::ALL
		.iter()
		.map(|category| (category, json_benefit(benefits.get(*category))))
		.collect();
	let times = |value: &Value| all.iter().filter(|(_, other)| other == value).count();
	let most = all.iter().max_by_key(|(_, value)| times(value)).expect("a category").1.clone();
	let others = all.iter().filter(|(_, value)| *value != most);
	let mut object: serde_json::Map<_, _> =
		others.map(|(category, value)| (name(category), value.clone())).collect();
	object.insert("*".into(), most);
	object.into()
}

fn json_usage(usage: &Usage) -> Value {
	json!({ "visits": usage.visits, "amount": big(usage.amount) })
}

fn json_accumulators(accumulators: &Accumulators) -> Value {
	let used: serde_json::Map<_, _> = BenefitCategory::ALL
		.iter()
		.map(|category| (category, accumulators.usage.get(*category)))
		.filter(|(_, usage)| **usage != Usage::default())
		.map(|(category, usage)| (name(category), json_usage(usage)))
		.collect();
	json!({
		"deductible": big(accumulators.deductible),
		"outOfPocket": big(accumulators.out_of_pocket),
		"usage": used,
	})
}

fn json_line(line: &ClaimLine) -> Value {
	let authorisation = line
		.authorisation
		.map(|given| json!({ "quantity": given.quantity, "amount": big(given.amount) }));
	let prior = line.prior.map(|prior| {
		json!({ "paid": big(prior.paid), "patientResponsibility": big(prior.patient_responsibility) })
	});
	object([
		("category", Some(json!(name(line.category)))),
		("quantity", Some(json!(line.quantity))),
		("charge", Some(big(line.charge))),
		("authorisation", authorisation),
		("denial", line.denial.map(|denial| json!(name(denial)))),
		("prior", prior),
	])
}

fn json_claim(claim: &Claim) -> Value {
	let plan = object([
		("deductible", Some(big(claim.plan.deductible))),
		("outOfPocketMaximum", claim.plan.out_of_pocket_maximum.map(big)),
		("coordination", Some(json!(name(claim.plan.coordination)))),
		("benefits", Some(json_benefits(&claim.plan.benefits))),
	]);
	json!({
		"plan": plan,
		"before": json_accumulators(&claim.before),
		"lines": claim.lines.iter().map(json_line).collect::<Value>(),
	})
}

fn json_result(result: &LineResult) -> Value {
	let adjustments = result.adjustments.iter().map(|adjustment| {
		json!({
			"group": name(adjustment.group),
			"carc": name(adjustment.carc),
			"amount": big(adjustment.amount),
		})
	});
	json!({
		"category": name(result.category),
		"paid": big(result.paid),
		"patientResponsibility": big(result.patient_responsibility),
		"usage": json_usage(&result.usage),
		"adjustments": adjustments.collect::<Value>(),
	})
}

fn json_answer(answer: &Result<Adjudication, Fault>) -> (&'static str, Value) {
	match answer {
		Ok(Adjudication { lines, totals, accumulators }) => {
			let value = json!({
				"results": lines.iter().map(json_result).collect::<Value>(),
				"totals": {
					"charge": big(totals.charge),
					"paid": big(totals.paid),
					"contractualObligation": big(totals.contractual_obligation),
					"patientResponsibility": big(totals.patient_responsibility),
					"otherAdjustment": big(totals.other_adjustment),
					"payerInitiated": big(totals.payer_initiated),
				},
				"accumulators": json_accumulators(accumulators),
			});
			("answer", value)
		},
		Err(Fault::Adjudication(Error::Line { index, error })) => {
			("error", json!({ "kind": "Line", "index": index, "error": name(error) }))
		},
		Err(Fault::Adjudication(error)) => ("error", json!({ "kind": name(error) })),
		Err(fault) => ("fault", json!(name(fault))),
	}
}

fn vector(claim: &Claim) -> Value {
	let output = rules::adjudicate(&claim.encode());
	let direct = claim.adjudicate().map_err(Fault::Adjudication);
	let (kind, answer) = json_answer(&direct);
	json!({ "claim": json_claim(claim), "output": hex(&output), kind: answer })
}

/// A claim for each error that adjudication has.
fn unsound() -> Vec<Claim> {
	let sound = Claim { plan: plan(in_full()), before: fresh(), lines: vec![line(100)] };
	let lines = |lines| Claim { lines, ..sound.clone() };
	let one = |line| lines(vec![line]);
	let more_than_whole = plan(Benefit { coinsurance: WHOLE + 1, ..in_full() });
	let no_cap = plan(Benefit { allowed_cap: Some(0), ..in_full() });
	let mut visited = fresh();
	visited.usage.primary_care.visits = u32::MAX;
	let prior = Some(PriorPayment { paid: 60, patient_responsibility: 41 });
	vec![
		lines(vec![]),
		lines(vec![line(1); MAX_LINES + 1]),
		Claim { plan: more_than_whole, ..sound.clone() },
		Claim { plan: no_cap, ..sound.clone() },
		Claim { before: Accumulators { deductible: 1, ..fresh() }, ..sound.clone() },
		Claim { before: visited, ..sound.clone() },
		lines(vec![line(1), ClaimLine { quantity: 0, ..line(1) }]),
		one(ClaimLine { prior, ..line(100) }),
		lines(vec![ClaimLine { denial: Some(Denial::NonCovered), ..line(Money::MAX) }; 2]),
	]
}

#[test]
fn the_vectors_are_of_the_present_rules() {
	let mut runner = fixed();
	for scale in [1, 1 << 100] {
		for _ in 0..RANDOM / 2 {
			let claim = claim(next(&mut runner, &case(scale, 3)));
			FILE.note("random", &claim.encode(), vector(&claim));
		}
	}
	for claim in unsound() {
		claim.adjudicate().expect_err("a claim that is unsound");
		FILE.note("unsound", &claim.encode(), vector(&claim));
	}
	let whole = claim(next(&mut runner, &case(1, 3))).encode();
	let plan = Plan::default().encode();
	// What says how a plan coordinates stands behind the deductible and an option without value.
	let coordination = Money::default().encode().len() + 1;
	let mut unknown = plan.clone();
	unknown[coordination] = 2;
	for input in [vec![], whole[..whole.len() - 1].to_vec(), [&whole[..], &[0]].concat(), unknown] {
		let (kind, fault) = json_answer(&adjudicated(&input));
		assert_eq!(kind, "fault");
		let output = hex(&rules::adjudicate(&input));
		FILE.note("refused", &input, json!({ "output": output, "fault": fault }));
	}
}

#[test]
fn every_vector_of_the_file_is_answered_as_it_says() {
	if support::writing() {
		return;
	}
	let mut seen = BTreeMap::<String, usize>::new();
	for ((from, _), vector) in FILE.known() {
		let input = unhex(&vector["input"]);
		assert_eq!(hex(&rules::adjudicate(&input)), vector["output"], "{vector}");
		let answer = adjudicated(&input);
		let (kind, value) = json_answer(&answer);
		assert_eq!(value, vector[kind]);
		*seen.entry(from.clone()).or_default() += 1;
		let whole = Claim::decode(&mut &input[..]).ok().filter(|_| kind != "fault");
		if let Some(claim) = whole {
			assert_eq!(json_claim(&claim), vector["claim"]);
		}
		match answer {
			Ok(adjudication) => {
				for result in adjudication.lines.iter() {
					for Adjustment { group, carc, .. } in result.adjustments.iter() {
						*seen.entry(format!("{}-{}", group.x12(), carc.x12())).or_default() += 1;
					}
				}
			},
			Err(_) => {
				let word = value.get("error").or(value.get("kind")).unwrap_or(&value);
				*seen.entry(word.as_str().expect("a name").into()).or_default() += 1;
			},
		}
	}
	assert!(seen["random"] >= RANDOM, "{seen:?}");
	for from in ["published", "coordination", "steps", "reasons"] {
		assert!(seen[from] >= 10, "{from}: {seen:?}");
	}
	for label in [
		"OA-18", "OA-23", "CO-16", "CO-29", "CO-45", "CO-197", "CO-198", "CO-B7", "PR-1", "PR-2",
		"PR-3", "PR-26", "PR-27", "PR-45", "PR-96", "PR-119",
	] {
		assert!(seen.contains_key(label), "{label}: {seen:?}");
	}
	for error in [
		"NoLines",
		"TooManyLines",
		"UnsoundPlan",
		"LimitExceeded",
		"AccumulatorOverflow",
		"TotalOverflow",
		"ZeroQuantity",
		"PriorAboveCharge",
		"Malformed",
		"Trailing",
	] {
		assert!(seen.contains_key(error), "{error}: {seen:?}");
	}
}
