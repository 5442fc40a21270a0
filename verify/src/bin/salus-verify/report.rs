//! What is said of the records of one receipt.

use crate::{commands::Failure, node::Told, Exit};
use salus_verify::{
	decision::{
		in_words, sentence, Account, Actor, Basis, Decided, LawfulCode, Question, Reason, Verdict,
	},
	reservation::Reserved,
	sentence as words,
	status::Age,
	Block, End, Error, Hash, RelayBlock, Standing, Verified,
};
use serde_json::{json, Value};

/// What became of one file.
pub enum Outcome {
	/// It is not what the receipt says.
	Refused(Error),
	/// It is; and what the node says of it, if one was asked.
	Verified(Verified, Option<Result<Told, Failure>>),
}

impl Outcome {
	fn exit(&self) -> Exit {
		match self {
			Self::Refused(error) if error.is_malformed() => Exit::Usage,
			Self::Refused(_) => Exit::Refused,
			Self::Verified(record, _) if record.standing != Standing::Current => Exit::Ended,
			Self::Verified(_, Some(Err(failure))) => failure.exit(),
			// What has ended stays so, however old the answer is. That it stands does not.
			Self::Verified(_, Some(Ok(told))) if !told.today.stands() => Exit::EndedSince,
			Self::Verified(_, Some(Ok(told))) if told.age != Age::Fresh => Exit::NoNode,
			Self::Verified(..) => Exit::Stood,
		}
	}

	fn sentence(&self, block: &Block) -> String {
		match self {
			Self::Refused(error) => format!("Not verified: {error}."),
			Self::Verified(record, today) => {
				let mut text = words::verified(record, block);
				let more = match today {
					None => vec![],
					Some(Err(failure)) => vec![failure.sentence()],
					Some(Ok(told)) => {
						[Some(words::told(&told.today, &told.head)), words::age(told.age)]
							.into_iter()
							.flatten()
							.collect()
					},
				};
				more.iter().for_each(|sentence| text.extend([" ", sentence]));
				text
			},
		}
	}

	fn json(&self, file: &str, block: &Block) -> Value {
		let mut value = match self {
			Self::Refused(error) => json!({ "verified": false, "error": error.code() }),
			Self::Verified(record, today) => {
				let standing = match record.standing {
					Standing::Current => json!({ "code": "current" }),
					Standing::Superseded { by, since } => {
						json!({ "code": "superseded", "by": by.to_string(), "since": since })
					},
					Standing::Retracted { reason, since, whole } => {
						json!({ "code": "retracted", "reason": reason, "since": since, "whole": whole })
					},
				};
				let mut value = json!({
					"verified": true,
					"author": record.author,
					"seq": record.seq.to_string(),
					"leaf": record.leaf.map(|leaf| leaf.to_string()),
					"version": record.anchor.version,
					"anchoredAt": record.anchor.anchored_at,
					"authorKind": record.anchor.kind,
					"standing": standing,
				});
				match today {
					None => (),
					Some(Ok(Told { head, age, today })) => {
						value["today"] = json!(today.code());
						value["asOf"] = json!({
							"number": head.number,
							"time": head.time,
							"present": *age == Age::Fresh,
						});
					},
					Some(Err(failure)) => value["today"] = json!({ "error": failure.code() }),
				}
				value
			},
		};
		value["file"] = json!(file);
		value["exit"] = json!(self.exit() as u8);
		value["message"] = json!(self.sentence(block));
		value
	}
}

/// What is said of all files.
pub struct Report<'a> {
	block: &'a Block,
	genesis: Hash,
	records: usize,
	outcomes: Vec<(String, Outcome)>,
}

impl<'a> Report<'a> {
	/// A report on a receipt of `records` records as of `block`.
	pub fn new(block: &'a Block, genesis: Hash, records: usize) -> Self {
		Self { block, genesis, records, outcomes: Vec::new() }
	}

	/// Adds what became of `file`.
	pub fn add(&mut self, file: &str, outcome: Outcome) {
		self.outcomes.push((file.into(), outcome));
	}

	/// The worst that is to be told: not verified before the rest, then in the order of the codes
	/// from the receipt's block to today.
	pub fn exit(&self) -> Exit {
		let order = [Exit::Usage, Exit::Refused, Exit::Ended, Exit::EndedSince, Exit::NoNode];
		let there = |exit: &Exit| self.outcomes.iter().any(|(_, outcome)| outcome.exit() == *exit);
		order.into_iter().find(there).unwrap_or(Exit::Stood)
	}

	/// One sentence for each file, with its name if there are several.
	pub fn text(&self) -> String {
		let line = |(file, outcome): &(String, Outcome)| match self.outcomes.len() {
			1 => outcome.sentence(self.block),
			_ => format!("{file}: {}", outcome.sentence(self.block)),
		};
		self.outcomes.iter().map(line).collect::<Vec<_>>().join("\n")
	}

	/// The same for programs.
	pub fn json(&self) -> Value {
		let exit = self.exit();
		json!({
			"verified": !matches!(exit, Exit::Refused | Exit::Usage),
			"exit": exit as u8,
			"genesis": self.genesis,
			"block": block(self.block),
			"finality": finality(self.block),
			"recordsInReceipt": self.records,
			"records": self.outcomes.iter().map(|(f, o)| o.json(f, self.block)).collect::<Vec<_>>(),
		})
	}
}

fn block(block: &Block) -> Value {
	json!({ "hash": block.hash, "number": block.number, "time": block.time })
}

/// Who made a block final.
fn finality(block: &Block) -> Value {
	let finality = &block.finality;
	let mut report = json!({
		"setId": finality.set,
		"votes": finality.majority.voters,
		"authorities": finality.majority.of,
		"checkpoint": finality.checkpoint,
		"end": match finality.end {
			End::Proven => "proven",
			End::Unproven => "unproven",
			End::Open => "open",
			End::Untold => "untold",
		},
	});
	if let Some(RelayBlock { genesis, para, hash, number, start }) = &block.relay {
		let start = start.map(|(number, hash)| json!({ "hash": hash, "number": number }));
		report["relay"] = json!({
			"genesis": genesis,
			"paraId": para,
			"block": { "hash": hash, "number": number },
			"start": start,
		});
	}
	report
}

/// What is said of a decision that was recomputed.
pub fn decision(decided: &Decided, genesis: Hash, exit: Exit) -> Value {
	json!({
		"verified": true,
		"exit": exit as u8,
		"genesis": genesis,
		"block": block(&decided.block),
		"finality": finality(&decided.block),
		"runtime": { "name": decided.runtime.name, "version": decided.runtime.version },
		"at": decided.facts.at,
		"question": question(&decided.question),
		"verdict": verdict(&decided.verdict),
		"allowed": decided.verdict.allows(),
		"rule": in_words(&decided.verdict),
		"message": sentence(decided),
	})
}

/// What is said of a reservation.
pub fn reservation(reserved: &Reserved, genesis: Hash, exit: Exit, message: &str) -> Value {
	let it = &reserved.reservation;
	let settled = it.settled.map(|it| json!({ "commitment": it.commitment, "at": it.at }));
	json!({
		"verified": true,
		"exit": exit as u8,
		"genesis": genesis,
		"block": block(&reserved.block),
		"finality": finality(&reserved.block),
		"runtime": { "name": reserved.runtime.name, "version": reserved.runtime.version },
		"reservation": {
			"custodian": it.custodian,
			"query": it.query.to_string(),
			"permit": it.permit,
			"dataset": it.dataset,
			"version": it.version,
			"epoch": it.epoch,
			"commitment": it.commitment,
			"epsilon": it.epsilon,
			"reservedAt": it.reserved_at,
			"result": settled,
			"keys": it.keys,
		},
		"message": message,
	})
}

/// What was asked, in the words of the file, without the moment.
fn question(question: &Question<Account>) -> Value {
	let (kind, organisation, account) = match &question.actor {
		Actor::Organisation(organisation) => ("Organisation", Some(organisation), None),
		Actor::Practitioner { who, organisation } => {
			("Practitioner", Some(organisation), Some(Hash(*who)))
		},
		Actor::Own(who) => ("Own", None, Some(Hash(*who))),
	};
	json!({
		"subject": Hash(question.subject.0),
		"actor": { "kind": kind, "organisation": organisation, "account": account },
		"purpose": question.purpose,
		"action": question.action,
		"dataClass": question.class,
		"labels": question.labels.iter().collect::<Vec<_>>(),
		"dataTime": question.data_time,
	})
}

/// The answer, in the words of the file.
fn verdict(verdict: &Verdict) -> Value {
	let (kind, rule, number) = match verdict {
		Verdict::Permit(Basis::Directive(id)) => ("Permit", "Directive", Some(u64::from(*id))),
		Verdict::Permit(Basis::SealedDirective(id)) => {
			("Permit", "SealedDirective", Some(u64::from(*id)))
		},
		Verdict::Permit(Basis::Own) => ("Permit", "Own", None),
		Verdict::Permit(Basis::Base) => ("Permit", "Base", None),
		Verdict::Deny(Reason::Directive(id)) => ("Deny", "Directive", Some(u64::from(*id))),
		Verdict::Deny(Reason::SealedDirective(id)) => {
			("Deny", "SealedDirective", Some(u64::from(*id)))
		},
		Verdict::Deny(Reason::Sealed(id)) => ("Deny", "Sealed", Some(u64::from(*id))),
		Verdict::Deny(Reason::Default) => ("Deny", "Default", None),
		Verdict::Deny(Reason::Veto) => ("Deny", "Veto", None),
		Verdict::Deny(Reason::State) => ("Deny", "State", None),
		Verdict::Deny(Reason::Credential) => ("Deny", "Credential", None),
		Verdict::Emergency(id) => ("Emergency", "Emergency", Some(u64::from(*id))),
		Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(id)) => {
			("LawfulBasis", "TreatmentRelationship", Some(*id))
		},
	};
	json!({ "kind": kind, "rule": rule, "number": number })
}
