//! Whether something may leave: what the chain says in its best and in its last final block. Only what both permit is permitted.

use crate::{
	chain::{
		scale::{Actor, Question, Verdict},
		Node, Present, Silent,
	},
	gateway::{Failure, Gateway},
	vault::random,
};
use salus_exchange_policy::{Ask, DataClass, DataTime, Labels};
use salus_exchange_protocol::{
	codes::{Action, Purpose},
	request::ReleaseRequest,
	Hash,
};
use std::{
	collections::{BTreeMap, BTreeSet},
	ops::Bound,
};

/// Who asks, and what for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asker {
	/// Who.
	pub actor: Actor,
	/// What for.
	pub purpose: Purpose,
	/// To do what.
	pub action: Action,
}

impl From<&ReleaseRequest> for Asker {
	fn from(request: &ReleaseRequest) -> Self {
		let who = request.requester.account();
		let actor = match request.organisation {
			Some(organisation) => Actor::Practitioner { who, organisation },
			None => Actor::Own(who),
		};
		Self { actor, purpose: request.purpose, action: request.action }
	}
}

/// What the chain said.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decided {
	/// What is permitted, of all that was asked.
	pub permitted: BTreeMap<Ask, bool>,
	/// Why, for the log: of each the verdict that matters.
	pub reasons: BTreeMap<Ask, Verdict>,
	/// Whether anything at all was permitted: of a patient's key, whether it is one.
	pub is_anything: bool,
}

/// Why there is no decision.
#[derive(Debug)]
pub enum Undecided {
	/// The node does not answer, or not as it must.
	Silent(Silent),
	/// Something here.
	Failure(Failure),
}

impl From<Silent> for Undecided {
	fn from(silent: Silent) -> Self {
		Self::Silent(silent)
	}
}

/// What is asked about once: a class, labels, and a time; none if that is not known.
type Part = (DataClass, Labels, Option<u64>);

/// Decides about one patient's data, for one request: what was asked before is not asked again.
pub struct Decider<'a> {
	node: &'a Node,
	present: Present,
	subject: Hash,
	asker: Asker,
	bounds: BTreeSet<u64>,
	known: BTreeMap<Part, [Verdict; 2]>,
}

impl Gateway {
	/// Begins to decide. If it is nobody's data, the node is asked about nobody: how long an answer takes does not tell whether there is
	/// something.
	pub async fn decider(
		&self,
		present: Present,
		patient: Option<Hash>,
		asker: Asker,
	) -> Result<Decider<'_>, Undecided> {
		let subject = match patient {
			Some(patient) => patient,
			None => Hash(random::<32>().map_err(|error| Undecided::Failure(error.into()))?),
		};
		let node = &self.node;
		let (best, finalised) = tokio::try_join!(
			node.bounds(&present.best, &subject),
			node.bounds(&present.finalised, &subject),
		)?;
		let bounds = best.into_iter().chain(finalised).collect();
		Ok(Decider { node, present, subject, asker, bounds, known: BTreeMap::new() })
	}
}

impl Decider<'_> {
	/// The times to ask about, so that what is decided for each is decided for the whole span: between two bounds of the
	/// intervals of the patient's directives no decision changes, so the first moment of each such part stands for it.
	fn times(&self, span: DataTime) -> BTreeSet<u64> {
		let DataTime { from, to } = span;
		let first = self.bounds.range(..=from).next_back().copied().unwrap_or(0);
		let later = self.bounds.range((Bound::Excluded(from), Bound::Included(to.max(from))));
		later.copied().chain([first]).collect()
	}

	fn parts(&self, ask: &Ask) -> Vec<Part> {
		let part = |time| (ask.data_class, ask.labels.clone(), time);
		match ask.data_time {
			Some(span) => self.times(span).into_iter().map(|time| part(Some(time))).collect(),
			None => vec![part(None)],
		}
	}

	/// Decides. If there is nothing to be decided, it asks all the same.
	pub async fn decide(&mut self, asks: BTreeSet<Ask>) -> Result<Decided, Undecided> {
		let nothing = || BTreeSet::from([(DataClass::Demographics, Labels::new(), None)]);
		let all: BTreeSet<Part> = asks.iter().flat_map(|ask| self.parts(ask)).collect();
		let all = if all.is_empty() && self.known.is_empty() { nothing() } else { all };
		let new: Vec<Part> =
			all.into_iter().filter(|part| !self.known.contains_key(part)).collect();
		let Asker { actor, purpose, action } = self.asker;
		let questions: Vec<Question> = new
			.iter()
			.map(|(class, labels, data_time)| Question {
				subject: self.subject,
				actor,
				purpose,
				action,
				class: *class,
				labels: labels.clone(),
				data_time: *data_time,
			})
			.collect();
		let (best, finalised) = tokio::try_join!(
			self.node.decide(&self.present.best, &questions),
			self.node.decide(&self.present.finalised, &questions),
		)?;
		let verdicts = best.into_iter().zip(finalised).map(|(best, finalised)| [best, finalised]);
		self.known.extend(new.into_iter().zip(verdicts));
		Ok(self.together(asks))
	}

	/// What both blocks permit, for all of a span.
	fn together(&self, asks: BTreeSet<Ask>) -> Decided {
		let both = |verdicts: &[Verdict; 2]| verdicts.iter().all(|verdict| verdict.allows());
		let mut decided =
			Decided { is_anything: self.known.values().any(both), ..Decided::default() };
		for ask in asks {
			let verdicts: Option<Vec<&[Verdict; 2]>> =
				self.parts(&ask).iter().map(|part| self.known.get(part)).collect();
			// What was not answered is not permitted.
			let verdicts = verdicts.unwrap_or_default();
			let refused = verdicts.iter().copied().flatten().find(|verdict| !verdict.allows());
			let reason = refused.or_else(|| verdicts.first()?.first());
			decided.reasons.extend(reason.map(|reason| (ask.clone(), *reason)));
			let is_permitted = !verdicts.is_empty() && verdicts.iter().all(|each| both(each));
			decided.permitted.insert(ask, is_permitted);
		}
		decided
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::Block,
		config::{Chain, Limits},
	};
	use salus_exchange_protocol::account::Account;

	const YES: Verdict = Verdict::PermitByDirective(1);
	const NO: Verdict = Verdict::DenyByDirective(2);

	fn node() -> Node {
		let (node, genesis) = ("http://127.0.0.1:1".into(), Hash([0; 32]));
		let timeout = std::time::Duration::from_secs(1);
		Node::new(&Chain { node, genesis, limits: Limits::SOLO, timeout }).unwrap()
	}

	fn decider(node: &Node, bounds: impl IntoIterator<Item = u64>) -> Decider<'_> {
		let block = Block { hash: Hash([0; 32]), number: 1, state_root: Hash([0; 32]), time: 0 };
		let actor = Actor::Own(Account([0; 32]));
		Decider {
			node,
			present: Present::of(block, block, Limits::SOLO),
			subject: Hash([1; 32]),
			asker: Asker { actor, purpose: Purpose::Treat, action: Action::Read },
			bounds: bounds.into_iter().collect(),
			known: BTreeMap::new(),
		}
	}

	fn ask(data_time: Option<(u64, u64)>) -> Ask {
		let data_time = data_time.map(|(from, to)| DataTime { from, to });
		Ask { data_class: DataClass::Imaging, labels: Labels::new(), data_time }
	}

	#[test]
	fn each_part_of_a_span_in_which_no_decision_changes_is_asked_about_once() {
		let node = node();
		let decider = decider(&node, [10, 20, 30]);
		for (span, times) in [
			((0, 5), vec![0]),
			((0, 9), vec![0]),
			((0, 10), vec![0, 10]),
			((10, 19), vec![10]),
			((12, 19), vec![10]),
			((12, 35), vec![10, 20, 30]),
			((40, 50), vec![30]),
			((20, 20), vec![20]),
		] {
			let span = DataTime { from: span.0, to: span.1 };
			assert_eq!(decider.times(span).into_iter().collect::<Vec<_>>(), times, "{span:?}");
		}
	}

	#[test]
	fn only_what_both_blocks_permit_for_the_whole_span_is_permitted() {
		let node = node();
		let (whole, part, unknown) = (ask(Some((5, 15))), ask(Some((10, 15))), ask(None));
		let asks = || BTreeSet::from([whole.clone(), part.clone(), unknown.clone()]);
		let parts = [Some(0), Some(10), None];
		let permitted = |verdicts: [[Verdict; 2]; 3]| {
			let mut decider = decider(&node, [10]);
			let keys = parts.map(|time| (DataClass::Imaging, Labels::new(), time));
			decider.known.extend(keys.into_iter().zip(verdicts));
			let decided = decider.together(asks());
			let logged = [&whole, &part, &unknown].map(|ask| decided.reasons[ask].allows());
			let permitted = [&whole, &part, &unknown].map(|ask| decided.permitted[ask]);
			assert_eq!(permitted, logged, "the verdict that refuses is the one that is logged");
			permitted
		};
		assert_eq!(permitted([[YES; 2]; 3]), [true; 3]);
		for no in [[NO, YES], [YES, NO], [NO, NO]] {
			assert_eq!(permitted([no, [YES; 2], [YES; 2]]), [false, true, true]);
			assert_eq!(permitted([[YES; 2], no, [YES; 2]]), [false, false, true]);
			assert_eq!(permitted([[YES; 2], [YES; 2], no]), [true, true, false]);
		}
	}

	#[test]
	fn what_was_not_answered_is_not_permitted() {
		let node = node();
		let decided = decider(&node, []).together(BTreeSet::from([ask(None)]));
		assert_eq!((decided.permitted[&ask(None)], decided.is_anything), (false, false));
	}
}
