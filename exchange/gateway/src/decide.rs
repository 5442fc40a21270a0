//! Whether something may leave: what the chain's rules say of its best and of its last final block. Only what both permit is permitted.

use crate::{
	chain::{
		facts::{self, question, Judge, Question, Word},
		Node, Present, Silent,
	},
	gateway::{Failure, Gateway},
	openings::Opening,
	vault::random,
};
use salus_consent_decision::{Actor, Basis, SealedId, Verdict};
use salus_counts::epoch::Ground;
use salus_exchange_policy::{Ask, DataClass, DataTime, Labels};
use salus_exchange_protocol::{
	codes::{Action, Purpose},
	request::ReleaseRequest,
	Hash,
};
use salus_verify::decision::InForce;
use std::{
	collections::{BTreeMap, BTreeSet},
	ops::Bound,
};

/// Who asks, and what for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asker {
	/// Who.
	pub actor: Actor<[u8; 32]>,
	/// What for.
	pub purpose: Purpose,
	/// To do what.
	pub action: Action,
}

impl From<&ReleaseRequest> for Asker {
	fn from(request: &ReleaseRequest) -> Self {
		let actor = facts::actor(request.requester.account(), request.organisation);
		Self { actor, purpose: request.purpose, action: request.action }
	}
}

impl Asker {
	pub(crate) fn asks(
		&self,
		subject: &Hash,
		about: (DataClass, &Labels),
		data_time: Option<u64>,
	) -> Option<Question> {
		question(subject, self.actor, (self.purpose, self.action), about, data_time)
	}
}

/// Why something is, or is not, permitted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Why {
	/// Whether it is.
	pub allows: bool,
	/// The verdict that matters, for the log.
	pub words: String,
}

/// What was decided.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decided {
	/// What is permitted, of all that was asked.
	pub permitted: BTreeMap<Ask, bool>,
	/// Why, for the log.
	pub reasons: BTreeMap<Ask, Why>,
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

impl From<Failure> for Undecided {
	fn from(failure: Failure) -> Self {
		Self::Failure(failure)
	}
}

/// What is asked about once: a class, labels, and a time; none if that is not known.
type Part = (DataClass, Labels, Option<u64>);

/// Decides about one patient's data, for one request: what was asked before is not asked again.
pub struct Decider<'a> {
	node: &'a Node,
	subject: Hash,
	asker: Asker,
	/// The best block, and the last final one.
	judges: [Judge; 2],
	bounds: BTreeSet<u64>,
	known: BTreeMap<Part, [Word; 2]>,
}

impl Gateway {
	/// Begins to decide, with the openings that the request brought and those that the house keeps. If it is nobody's data, the node
	/// is asked about nobody: how long an answer takes does not tell whether there is something.
	pub async fn decider(
		self: &std::sync::Arc<Self>,
		present: Present,
		patient: Option<Hash>,
		asker: Asker,
		brought: Vec<(SealedId, Opening)>,
	) -> Result<Decider<'_>, Undecided> {
		let subject = match patient {
			Some(patient) => patient,
			None => Hash(random::<32>().map_err(|error| Undecided::Failure(error.into()))?),
		};
		let mut openings = self.blocking(move |gateway| gateway.kept_openings(&subject)).await?;
		openings.extend(brought);
		Ok(Decider::begin(&self.node, present, subject, asker, openings).await?)
	}
}

/// What is asked about where there is nothing to ask about.
pub(crate) const NOTHING: (DataClass, &Labels) = (DataClass::Demographics, &Labels::new());

impl<'a> Decider<'a> {
	/// Begins to decide about the data of `subject`, with these openings of sealed directives.
	pub async fn begin(
		node: &'a Node,
		present: Present,
		subject: Hash,
		asker: Asker,
		openings: Vec<(SealedId, Opening)>,
	) -> Result<Self, Silent> {
		let judges =
			[Judge::new(present.best, openings.clone()), Judge::new(present.finalised, openings)];
		Self::begin_with(node, subject, asker, judges).await
	}

	/// The same, with judges of the best and of the last final block.
	pub(crate) async fn begin_with(
		node: &'a Node,
		subject: Hash,
		asker: Asker,
		mut judges: [Judge; 2],
	) -> Result<Self, Silent> {
		let mut bounds = BTreeSet::new();
		if let Some(first) = asker.asks(&subject, NOTHING, None) {
			let [best, finalised] = &mut judges;
			let (best, finalised) =
				tokio::try_join!(best.begin(node, &first), finalised.begin(node, &first))?;
			bounds = best.into_iter().chain(finalised).collect();
		}
		Ok(Self { node, subject, asker, judges, bounds, known: BTreeMap::new() })
	}
}

impl Decider<'_> {
	/// Whose data it is; of nobody's data some handle that nobody has.
	pub(crate) const fn subject(&self) -> Hash {
		self.subject
	}

	/// What the patient has said that is in force at the last final block: out of what was proven for the decision, and nothing else is asked for.
	pub(crate) fn in_force(&self) -> Result<InForce, Silent> {
		let [_, finalised] = &self.judges;
		finalised.in_force(&self.subject)
	}

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

	/// Whether some record or other could be let, whatever is in it: something without labels, of some class and time. What has labels, or is of
	/// no known time, the rules let at most where they let that. It asks the node for nothing that was not proven when this began.
	pub(crate) async fn could_let_some(&mut self) -> Result<bool, Undecided> {
		let (_, no_labels) = NOTHING;
		let times: BTreeSet<u64> = self.bounds.iter().copied().chain([0]).collect();
		let questions: Vec<Question> = DataClass::ALL
			.iter()
			.flat_map(|class| times.iter().map(move |time| (*class, *time)))
			.filter_map(|(class, time)| {
				self.asker.asks(&self.subject, (class, no_labels), Some(time))
			})
			.collect();
		let [best, finalised] = &mut self.judges;
		let (best, finalised) = tokio::try_join!(
			best.lets_each(self.node, &questions),
			finalised.lets_each(self.node, &questions),
		)?;
		Ok(best.into_iter().zip(finalised).any(|(best, finalised)| best && finalised))
	}

	/// What the best block says, unless one before it said no and it is not final yet which of them stays.
	fn withdrawn(&self, question: &Question, best: Word, finalised: Word) -> Word {
		let withdrawn = &self.node.withdrawn;
		let [at_best, at_final] = self.judges.each_ref().map(|judge| judge.block().number);
		match (best.allows(), finalised.allows()) {
			(false, true) => withdrawn.note(question, at_best, at_final),
			(true, true) if withdrawn.holds(question, at_final) => return Word::Withdrawn,
			_ => {},
		}
		best
	}

	/// Decides. If there is nothing to be decided, it does so all the same.
	pub async fn decide(&mut self, asks: BTreeSet<Ask>) -> Result<Decided, Undecided> {
		let nothing = || BTreeSet::from([(NOTHING.0, NOTHING.1.clone(), None)]);
		let all: BTreeSet<Part> = asks.iter().flat_map(|ask| self.parts(ask)).collect();
		let all = if all.is_empty() && self.known.is_empty() { nothing() } else { all };
		for part in all {
			if self.known.contains_key(&part) {
				continue;
			}
			let (class, labels, time) = &part;
			// A code that the chain does not have is permitted nowhere.
			let Some(asked) = self.asker.asks(&self.subject, (*class, labels), *time) else {
				continue;
			};
			let [best, finalised] = &mut self.judges;
			let (best, finalised) = tokio::try_join!(
				best.judge(self.node, &asked),
				finalised.judge(self.node, &asked),
			)?;
			let [judge, _] = &self.judges;
			if judge.openings().is_empty() {
				self.node.sample.take(judge.block(), &asked, best);
			}
			let best = self.withdrawn(&asked, best, finalised);
			self.known.insert(part, [best, finalised]);
		}
		Ok(self.together(asks))
	}

	/// The directive by which both blocks let all of this be done, of what was decided before: as the last final block names it, a plain one rather
	/// than a sealed one, and the lowest number. None if any of it is let otherwise in one of them, by the base decision, say: that is no consent
	/// to research.
	pub(crate) fn directive<'ask>(
		&self,
		asks: impl IntoIterator<Item = &'ask Ask>,
	) -> Option<Ground> {
		let mut named: Option<Ground> = None;
		for part in asks.into_iter().flat_map(|ask| self.parts(ask)) {
			let by = self.directive_for(&part)?;
			named = Some(named.map_or(by, |first| first.min(by)));
		}
		named
	}

	/// The same of one part. If the best block has no directive for a part, the part stays refused until a block of that height is final. The base
	/// decision may have permitted it meanwhile, so no refusal was noted.
	fn directive_for(&self, part: &Part) -> Option<Ground> {
		let [best, finalised] = *self.known.get(part)?;
		let (class, labels, time) = part;
		let asked = self.asker.asks(&self.subject, (*class, labels), *time)?;
		// `at` keeps this note apart from those of decisions: no decision is asked for with it.
		let consent = Question { at: Some(1), ..asked };
		let withdrawn = &self.node.withdrawn;
		let [at_best, at_final] = self.judges.each_ref().map(|judge| judge.block().number);
		let by = directive_of(finalised)?;
		match directive_of(best) {
			Some(_) => (!withdrawn.holds(&consent, at_final)).then_some(by),
			None => {
				if best != Word::Withdrawn {
					withdrawn.note(&consent, at_best, at_final);
				}
				None
			},
		}
	}

	/// What both blocks permit, for all of a span.
	fn together(&self, asks: BTreeSet<Ask>) -> Decided {
		let with_openings = self.judges.iter().any(|judge| !judge.openings().is_empty());
		let both = |words: &[Word; 2]| words.iter().all(|word| word.allows());
		let mut decided =
			Decided { is_anything: self.known.values().any(both), ..Decided::default() };
		for ask in asks {
			let words: Option<Vec<&[Word; 2]>> =
				self.parts(&ask).iter().map(|part| self.known.get(part)).collect();
			// What was not answered is not permitted.
			let words = words.unwrap_or_default();
			let refused = words.iter().copied().flatten().find(|word| !word.allows());
			let reason = refused.or_else(|| words.first()?.first());
			decided.reasons.extend(reason.map(|word| {
				let why = Why { allows: word.allows(), words: word.in_words(with_openings) };
				(ask.clone(), why)
			}));
			let is_permitted = !words.is_empty() && words.iter().all(|each| both(each));
			decided.permitted.insert(ask, is_permitted);
		}
		decided
	}
}

/// The directive by which something is let; none if it is not let, or by anything else.
const fn directive_of(word: Word) -> Option<Ground> {
	match word {
		Word::Says(Verdict::Permit(Basis::Directive(id))) => Some(Ground::Directive(id)),
		Word::Says(Verdict::Permit(Basis::SealedDirective(id))) => Some(Ground::Sealed(id)),
		_ => None,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::Block,
		config::{Chain, Kind, Limits},
	};
	use salus_consent_decision::{LawfulCode, Reason};

	const YES: Word = Word::Says(Verdict::Permit(Basis::Directive(1)));
	const NO: Word = Word::Says(Verdict::Deny(Reason::Directive(2)));

	fn node() -> Node {
		let (node, genesis) = ("http://127.0.0.1:1".into(), Hash([0; 32]));
		let timeout = std::time::Duration::from_secs(1);
		let limits = Limits::SOLO;
		let chain = Chain {
			node,
			genesis,
			kind: Kind::Solo,
			limits,
			by_its_clock: false,
			believes_first: false,
			timeout,
		};
		Node::new(&chain, None).unwrap()
	}

	fn decider(node: &Node, bounds: impl IntoIterator<Item = u64>) -> Decider<'_> {
		let block = Block { hash: Hash([0; 32]), number: 1, state_root: Hash([0; 32]), time: 0 };
		let actor = Actor::Own([0; 32]);
		Decider {
			node,
			judges: [(), ()].map(|()| Judge::new(block, Vec::new())),
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
		let permitted = |verdicts: [[Word; 2]; 3]| {
			let mut decider = decider(&node, [10]);
			let keys = parts.map(|time| (DataClass::Imaging, Labels::new(), time));
			decider.known.extend(keys.into_iter().zip(verdicts));
			let decided = decider.together(asks());
			let logged = [&whole, &part, &unknown].map(|ask| decided.reasons[ask].allows);
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
	fn consent_is_a_directive_for_each_part_in_both_blocks_and_nothing_else() {
		let node = node();
		let (whole, unknown) = (ask(Some((5, 15))), ask(None));
		let parts = [Some(0), Some(10), None];
		let by = |words: [[Word; 2]; 3]| {
			let mut decider = decider(&node, [10]);
			let keys = parts.map(|time| (DataClass::Imaging, Labels::new(), time));
			decider.known.extend(keys.into_iter().zip(words));
			decider.directive([&whole, &unknown])
		};
		let directive = |id| Word::Says(Verdict::Permit(Basis::Directive(id)));
		let sealed = Word::Says(Verdict::Permit(Basis::SealedDirective(0)));
		assert_eq!(by([[YES; 2]; 3]), Some(Ground::Directive(1)));
		assert_eq!(by([[sealed; 2]; 3]), Some(Ground::Sealed(0)));
		// The lowest of those of the last final block, and a plain one before a sealed one.
		let several = [[directive(1), directive(8)], [sealed; 2], [directive(7), directive(9)]];
		assert_eq!(by(several), Some(Ground::Directive(8)));
		let base = Word::Says(Verdict::Permit(Basis::Base));
		let own = Word::Says(Verdict::Permit(Basis::Own));
		let lawful = Word::Says(Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(1)));
		for other in [base, own, lawful, Word::Says(Verdict::Emergency(1))] {
			assert!(other.allows());
			for at in 0..3 {
				for which in [[other, YES], [YES, other], [other; 2]] {
					let mut words = [[YES; 2]; 3];
					words[at] = which;
					assert_eq!(by(words), None, "{words:?}");
				}
			}
		}
		for no in [NO, Word::Withdrawn, Word::UnknownPatient] {
			assert_eq!(by([[YES; 2], [no, YES], [YES; 2]]), None);
			assert_eq!(by([[YES; 2], [YES, no], [YES; 2]]), None);
		}
		// Nor of what was not answered, or of nothing.
		let decider = decider(&node, []);
		assert_eq!([decider.directive([&unknown]), decider.directive([])], [None; 2]);
	}

	#[test]
	fn what_a_best_block_had_no_directive_for_stays_so_until_a_block_of_its_height_is_final() {
		let node = node();
		let unknown = ask(None);
		let by = |numbers: [u32; 2], words: [Word; 2]| {
			let (hash, state_root, time) = (Hash([0; 32]), Hash([0; 32]), 0);
			let mut decider = decider(&node, []);
			decider.judges = numbers
				.map(|number| Judge::new(Block { hash, number, state_root, time }, Vec::new()));
			decider.known.insert((DataClass::Imaging, Labels::new(), None), words);
			decider.directive([&unknown])
		};
		assert_eq!(by([12, 9], [YES; 2]), Some(Ground::Directive(1)));
		// It is revoked in the best block, where the base decision lets.
		let base = Word::Says(Verdict::Permit(Basis::Base));
		assert_eq!(by([12, 9], [base, YES]), None);
		// In another one of that height and in those after it, it never was.
		assert_eq!(by([12, 9], [YES; 2]), None);
		assert_eq!(by([15, 11], [YES; 2]), None);
		// What is remembered so for other reasons makes it no longer.
		assert_eq!(by([15, 11], [Word::Withdrawn, YES]), None);
		assert_eq!(by([15, 12], [YES; 2]), Some(Ground::Directive(1)));
	}

	#[test]
	fn what_was_not_answered_is_not_permitted() {
		let node = node();
		let decided = decider(&node, []).together(BTreeSet::from([ask(None)]));
		assert_eq!((decided.permitted[&ask(None)], decided.is_anything), (false, false));
	}
}
