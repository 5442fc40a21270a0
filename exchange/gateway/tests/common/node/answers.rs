//! What the node answers to calls of JSON-RPC.

use super::{
	super::{
		consent, research, transactions,
		votes::{self, Votes},
	},
	faults::changed,
	hex,
	state::Written,
	Block, Busy, Chain, Tampers,
};
use axum::extract::State;
use salus_exchange_protocol::Hash;
use salus_verify::{
	bytes::{from_hex, Reader},
	status::time_key,
};
use serde_json::{json, Value};
use std::sync::{Arc, Mutex};

pub(super) async fn answer(
	State(chain): State<Arc<Mutex<Chain>>>,
	body: String,
) -> Result<String, axum::http::StatusCode> {
	let request: Value = serde_json::from_str(&body).unwrap();
	let is_large = request["params"][0].as_array().is_some_and(|keys| keys.len() > 100);
	let slow = chain.lock().unwrap().slow;
	if is_large && !slow.is_zero() {
		tokio::time::sleep(slow).await;
	}
	let mut chain = chain.lock().unwrap();
	chain.calls += 1;
	if chain.is_silent {
		return Err(axum::http::StatusCode::BAD_GATEWAY);
	}
	let id = &request["id"];
	match chain.is_busy {
		Some(Busy::Status) => return Err(axum::http::StatusCode::TOO_MANY_REQUESTS),
		Some(Busy::Error(code)) => {
			let error = json!({ "code": code, "message": "RPC rate limit exceeded" });
			return Ok(json!({ "jsonrpc": "2.0", "id": id, "error": error }).to_string());
		},
		None => {},
	}
	let answer = chain.answer(request["method"].as_str().unwrap(), &request["params"]);
	if chain.loses_answers && request["method"] == "author_submitExtrinsic" {
		return Err(axum::http::StatusCode::BAD_GATEWAY);
	}
	Ok(match answer {
		Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
		Err(message) => {
			json!({ "jsonrpc": "2.0", "id": id, "error": { "code": -1, "message": message } })
		},
	}
	.to_string())
}

impl Chain {
	fn answer(&mut self, method: &str, params: &Value) -> Result<Value, String> {
		let hash = |at: usize| {
			params.get(at).and_then(Value::as_str).and_then(|text| text.parse::<Hash>().ok())
		};
		Ok(match method {
			"system_health" => {
				json!({ "peers": self.peers, "isSyncing": self.is_syncing, "shouldHavePeers": self.peers > 0 })
			},
			"system_chainType" => json!(if self.is_live { "Live" } else { "Development" }),
			"chain_getFinalizedHead" => {
				let told = if self.claims_best { self.best } else { self.finalised };
				json!(told.to_string())
			},
			"grandpa_proveFinality" => {
				let number = params[0].as_u64().unwrap() as u32;
				let past = self.past_sets.iter().find(|(_, _, last)| number <= last.1);
				let before = self.past_sets.last().filter(|_| self.votes == Votes::OldKeys);
				let past = past.filter(|_| before.is_none());
				let (keys, set, target) = match past {
					None if before.is_some() => {
						let (keys, set, _) = before.unwrap();
						(keys, *set, self.number_of(self.finalised))
					},
					Some((keys, set, last)) => (keys, *set, *last),
					None if self.claims_best => {
						(&self.authorities, self.set, self.number_of(self.best))
					},
					None => (&self.authorities, self.set, self.number_of(self.finalised)),
				};
				if target.1 < number {
					return Err("Block not yet finalized".into());
				}
				if target.1 - number > self.max_headers {
					return Err("Response is too big".into());
				}
				match self.votes {
					Votes::None => Value::Null,
					Votes::Unknown => return Err("Method not found".into()),
					Votes::NeverChanged => {
						return Err("GRANDPA prove finality rpc failed: Block not covered by authority set changes".into())
					},
					votes => json!(hex(votes::proof(votes, keys, set, target))),
				}
			},
			"chain_getHeader" => {
				let told =
					if self.other_heads { self.genesis } else { hash(0).unwrap_or(self.best) };
				self.blocks.get(&told).map_or(Value::Null, |block| block.head.clone())
			},
			"state_getReadProof" => {
				let at = hash(1).unwrap();
				let keys = params[0].as_array().unwrap().iter();
				let keys: Vec<&str> = keys.map(|key| key.as_str().unwrap()).collect();
				self.proofs += u64::from(params[0][0] != hex(time_key()));
				let from = if self.lies { self.genesis } else { at };
				let is_decision = keys.len() > 12;
				let from = self.decides_by.filter(|_| is_decision).unwrap_or(from);
				let is_hidden = self.hides.is_some_and(|patient| {
					let patient = hex::encode(patient.0);
					keys.iter().any(|key| key.contains(&patient))
				});
				if is_hidden {
					return Err("Response is too big".into());
				}
				let mut proof = self.blocks.get_mut(&from).unwrap().state.prove(&keys);
				match self.tampers {
					Tampers::Not => {},
					Tampers::Value => proof.iter_mut().for_each(changed),
					Tampers::Missing => drop(proof.pop()),
					Tampers::Nothing => proof.clear(),
				}
				json!({ "at": at.to_string(), "proof": proof })
			},
			"state_getRuntimeVersion" => {
				json!({ "specVersion": 2_000, "transactionVersion": self.transaction_version })
			},
			"author_submitExtrinsic" => {
				let bytes = from_hex(params[0].as_str().unwrap()).unwrap();
				self.handed_in += 1;
				let numbered = |number: u32| self.numbered.get(&number).copied();
				let nonce = |who: &[u8; 32]| self.world.nonces.get(who).copied().unwrap_or(0);
				transactions::check(&bytes, self.genesis, self.number, numbered, nonce)?;
				if !self.loses {
					self.pool.push(bytes.clone());
				}
				json!(Hash::of(&bytes).to_string())
			},
			"state_call" => {
				let argument = from_hex(params[1].as_str().unwrap()).unwrap();
				let at = &self.blocks[&hash(2).unwrap()];
				json!(hex(&call(at, params[0].as_str().unwrap(), &argument)?))
			},
			_ => return Err(format!("there is no method {method}")),
		})
	}
}

fn call(
	Block { written, time, .. }: &Block,
	function: &str,
	argument: &[u8],
) -> Result<Vec<u8>, String> {
	let Written { world, entries } = &**written;
	let mut reader = Reader::new(argument, "argument");
	Ok(match function {
		"AccountNonceApi_account_nonce" => {
			let who: [u8; 32] = reader.array().unwrap();
			reader.finish().unwrap();
			world.nonces.get(&who).copied().unwrap_or(0).to_le_bytes().to_vec()
		},
		"ConsentApi_decide_many" => {
			consent::decide_many(entries, *time, argument, world.decides_otherwise)
		},
		"ResearchApi_permit_at" => {
			let (permit, _at) = (reader.u32().unwrap(), reader.u64().unwrap());
			reader.finish().unwrap();
			research::standing(&world.research, permit)
		},
		"AcknowledgementApi_revocation" => {
			let (patient, directive) = (reader.hash().unwrap(), reader.u32().unwrap());
			let grants = world.grants.iter().filter(|grant| grant.patient == patient);
			let found = (1..).zip(grants).find(|(number, _)| *number == directive);
			let Some((organisation, at)) =
				found.and_then(|(_, grant)| Some((grant.organisation, grant.ended?)))
			else {
				return Ok(vec![0]);
			};
			let standing: &[u8] = match world.acknowledged.contains(&(patient, directive)) {
				true => &[2, 9, 0, 0, 0, 0, 0, 0, 0, 1],
				false => &[0],
			};
			let due = at + 72 * 3_600;
			[
				[1].as_slice(),
				&organisation.to_le_bytes(),
				&at.to_le_bytes(),
				&due.to_le_bytes(),
				standing,
			]
			.concat()
		},
		_ => return Err(format!("there is no function {function}")),
	})
}
