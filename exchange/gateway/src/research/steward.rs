//! What a steward asks a gateway that runs about the epochs of a dataset: `salus-gateway research-epoch`. The database is the gateway's alone, so
//! it is asked over the face for the house.

use crate::config::{read_token, Config};
use reqwest::Method;
use salus_exchange_protocol::audit::moment;
use serde_json::Value;
use std::{fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

type Fault = Box<dyn std::error::Error>;

async fn asked(config: &Config, method: Method, path: &str) -> Result<Vec<u8>, Fault> {
	let client = reqwest::Client::builder().no_proxy().build()?;
	let token = read_token(&config.inside_token)?;
	let url = format!("http://{}{path}", config.inside);
	let is_order = method == Method::POST;
	let answer = client.request(method, url).bearer_auth(token).send().await;
	let answer =
		answer.map_err(|_| format!("no gateway answers at {}: it must run", config.inside))?;
	match answer.status().as_u16() {
		200 | 202 => Ok(answer.bytes().await?.to_vec()),
		404 if is_order => {
			Err("the gateway has no such dataset, or does not publish its epochs (publish)".into())
		},
		404 => Err("the gateway has no such dataset, or has not published that epoch".into()),
		status => Err(format!("the gateway answers with {status}").into()),
	}
}

fn number(value: &Value, name: &str) -> u64 {
	value.get(name).and_then(Value::as_u64).unwrap_or(0)
}

fn when(value: &Value, name: &str) -> String {
	moment(number(value, name))
}

/// Where the epochs stand, in words.
fn in_words(standing: &Value) -> String {
	let dataset = number(standing, "dataset");
	let publishes = standing.get("publishes").and_then(Value::as_bool).unwrap_or(false);
	let who = if publishes { "this gateway" } else { "the steward" };
	let mut lines = Vec::new();
	match standing.get("inForce").filter(|it| it.is_object()) {
		None => lines.push(format!("dataset {dataset}: the chain was not looked at yet, or does not offer it for you")),
		Some(it) => lines.push(format!(
			"dataset {dataset}: version {} with epoch {}, published {}; the next epoch is published by {who} from {} on, and due by {}",
			number(it, "version"),
			number(it, "epoch"),
			when(it, "published"),
			when(it, "half"),
			when(it, "ends"),
		)),
	}
	for it in standing.get("epochs").and_then(Value::as_array).into_iter().flatten() {
		let (epoch, people) = (number(it, "epoch"), number(it, "participants"));
		let made = when(it, "made");
		let became = match it.get("version").and_then(Value::as_u64) {
			Some(version) => format!("published as version {version} at {}", when(it, "published")),
			None => format!("not on the chain, handed in {} times", number(it, "attempts")),
		};
		lines.push(format!("epoch {epoch}: {people} participants, made {made}, {became}"));
	}
	lines.join("\n")
}

/// The newest epoch that was published.
fn newest(standing: &Value) -> Option<u64> {
	let epochs = standing.get("epochs").and_then(Value::as_array)?;
	let published = epochs.iter().find(|it| it.get("version").is_some_and(Value::is_u64))?;
	published.get("epoch").and_then(Value::as_u64)
}

/// Has the gateway make and publish the next epoch of a dataset now.
pub async fn research_epoch_now(config: &Config, dataset: u32) -> Result<String, Fault> {
	asked(config, Method::POST, &format!("/research/epochs/{dataset}")).await?;
	Ok(format!(
		"dataset {dataset}: the next epoch is made and handed in now. Ask again where it stands: what is not on the chain half an hour later waits for its time again. Counts of this dataset that are on their way are refused as oldVersion, and what they cost stays spent."
	))
}

/// Tells where the epochs of a dataset stand, and writes the opening of one, if it is asked for: of the newest unless one is named.
pub async fn research_epoch(
	config: &Config,
	dataset: u32,
	(epoch, open): (Option<u32>, Option<&Path>),
) -> Result<String, Fault> {
	let standing = asked(config, Method::GET, &format!("/research/epochs/{dataset}")).await?;
	let standing: Value = serde_json::from_slice(&standing)?;
	let words = in_words(&standing);
	let Some(file) = open else { return Ok(words) };
	let epoch = epoch.map(u64::from).or_else(|| newest(&standing));
	let epoch = epoch.ok_or("no epoch of this dataset was published by the gateway")?;
	let path = format!("/research/epochs/{dataset}/{epoch}/opening");
	let opening = asked(config, Method::GET, &path).await?;
	// Nobody else reads it, and nothing is written over.
	let mut out = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
	out.write_all(&opening)?;
	out.sync_all()?;
	Ok(format!(
		"{words}\nthe opening of epoch {epoch} is in {}: it names everybody who is in it. Give it to the auditor alone, and delete it then.",
		file.display()
	))
}
