//! What the chain's own rules say to a question, worked out here. The facts are read out of the state after a block, each with a proof
//! against the block's head, and `salus-consent-decision` judges them, as it does on the chain. So a node can keep silent, and can say
//! nothing false; and sealed directives are judged by the openings that there are, which no node gets to see.

use super::{Block, Node, Silent};
use crate::openings::Opening;
use salus_consent_decision::{
	Actor, Basis, LawfulCode, PurposeVeto, Question as Asked, Reason, SealedId, Verdict,
};
use salus_exchange_policy::DataClass;
use salus_exchange_protocol::{
	account::Account,
	codes::{Action, Labels, Purpose},
	Hash,
};
use salus_primitives::{LabelSet, OrgKind, PatientId, PatientState};
use salus_verify::{
	decision::{led_to, Facts, InForce, Item, Runtime, Source, LAYOUTS},
	Error,
};
use std::collections::{BTreeMap, BTreeSet};

/// A question, as the rules take it.
pub type Question = Asked<[u8; 32]>;

/// How often items that turn out to be needed are asked for. Questions need none of these rounds, but for a chain of emergencies.
const MAX_ROUNDS: usize = 256;

/// What the rules say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
	/// This.
	Says(Verdict),
	/// The chain does not know the patient.
	UnknownPatient,
	/// A best block refused it, and it is not final yet whether that block stays.
	Withdrawn,
}

impl Word {
	/// Whether it lets: by consent, in an emergency, or by a care relationship. Rules that know another lawful ground are of a
	/// runtime that is not known here, and answer nothing.
	pub const fn allows(self) -> bool {
		matches!(self, Self::Says(verdict) if verdict.allows())
	}

	/// For the log. What was decided with openings is as secret as they are, and the log is read by others: then it says no more than
	/// yes or no, but for an emergency and a care relationship, which stand on the chain.
	pub fn in_words(self, with_openings: bool) -> String {
		let verdict = match self {
			Self::Says(verdict) => verdict,
			Self::UnknownPatient => return "no such patient".into(),
			Self::Withdrawn => {
				return "refused by a best block of which it is not final yet whether it stays"
					.into()
			},
		};
		match verdict {
			Verdict::Emergency(id) => format!("Emergency {id}"),
			Verdict::LawfulBasis(LawfulCode::TreatmentRelationship(id)) => {
				format!("Lawful basis: care relationship {id}")
			},
			Verdict::Permit(_) if with_openings => "Permit".into(),
			Verdict::Deny(_) if with_openings => "Deny".into(),
			Verdict::Permit(Basis::Directive(id)) => format!("Permit by directive {id}"),
			Verdict::Permit(Basis::Own) => "Permit: the patient's own access".into(),
			Verdict::Permit(Basis::Base) => "Permit by the base decision".into(),
			Verdict::Permit(Basis::SealedDirective(_)) => "Permit".into(),
			Verdict::Deny(Reason::Directive(id)) => format!("Deny by directive {id}"),
			Verdict::Deny(Reason::Default) => "Deny: no directive speaks".into(),
			Verdict::Deny(Reason::Veto) => "Deny: the purpose is vetoed".into(),
			Verdict::Deny(Reason::State) => "Deny by the state of the handle".into(),
			Verdict::Deny(Reason::Credential) => "Deny: no credential".into(),
			Verdict::Deny(Reason::Sealed(id)) => {
				format!("Deny: sealed denial {id} is not opened")
			},
			Verdict::Deny(Reason::SealedDirective(_)) => "Deny".into(),
		}
	}
}

/// A code of the chain's lists by its index; none of a list that has fewer.
fn coded<T: Copy>(all: &[T], index: u8) -> Option<T> {
	all.get(usize::from(index)).copied()
}

/// The question whether `actor` may do something with such data of `subject` at the block's own moment. None if a code is none of the
/// chain's.
pub fn question(
	subject: &Hash,
	actor: Actor<[u8; 32]>,
	(purpose, action): (Purpose, Action),
	(class, labels): (DataClass, &Labels),
	data_time: Option<u64>,
) -> Option<Question> {
	let class_index =
		(0_u8..).zip(DataClass::ALL).find_map(|(at, each)| (*each == class).then_some(at))?;
	let labels = labels
		.iter()
		.map(|label| coded(salus_primitives::SensitivityLabel::ALL, label.index()))
		.collect::<Option<LabelSet>>()?;
	Some(Question {
		subject: PatientId::from(subject.0),
		actor,
		purpose: coded(salus_primitives::Purpose::ALL, purpose.index())?,
		action: coded(salus_primitives::Action::ALL, action.index())?,
		class: coded(salus_primitives::DataClass::ALL, class_index)?,
		labels,
		data_time,
		at: None,
	})
}

/// Who asks for an organisation, or for nobody: then it is one of the patient's own keys.
pub fn actor(who: Account, organisation: Option<u32>) -> Actor<[u8; 32]> {
	match organisation {
		Some(organisation) => Actor::Practitioner { who: who.0, organisation },
		None => Actor::Own(who.0),
	}
}

/// What of a state was proven so far: of each key the value, or that there is none.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Proven(pub(crate) BTreeMap<Vec<u8>, Option<Vec<u8>>>);

impl Source for Proven {
	fn get(&self, item: Item) -> Result<Option<Vec<u8>>, Error> {
		self.0.get(&item.key()).cloned().ok_or(Error::FactUnproven { item })
	}
}

impl Proven {
	/// Of what was proven for several questions, what one of them most likely depends on.
	pub(crate) fn likely_of(&self, question: &Question) -> Self {
		let items = likely(question);
		let keys = items.iter().map(Item::key);
		Self(
			keys.filter_map(|key| self.0.get_key_value(&key))
				.map(|(k, v)| (k.clone(), v.clone()))
				.collect(),
		)
	}

	/// Has the node prove these items of the state after a block.
	pub(crate) async fn prove(
		&mut self,
		node: &Node,
		at: &Block,
		items: &[Item],
	) -> Result<(), Silent> {
		let keys: Vec<Vec<u8>> = items.iter().map(Item::key).collect();
		self.0.extend(node.proven(at, keys).await?);
		Ok(())
	}
}

/// By which items it is known that a state is of a runtime, and in layouts, that are known here ([`Runtime::of`]).
pub(crate) fn of_runtime() -> impl Iterator<Item = Item> {
	[Item::Runtime].into_iter().chain(LAYOUTS.map(|(pallet, _)| Item::Layout(pallet)))
}

/// What most questions depend on, so that one proof has it. The same items whatever is asked and of whom: how many proofs are
/// asked for does not tell whether there is something.
pub(crate) fn likely(question: &Question) -> Vec<Item> {
	let subject = question.subject;
	let mut items: Vec<Item> = of_runtime().collect();
	items.extend([
		Item::Handle(subject),
		Item::Directives(subject),
		Item::Vetoes(subject),
		Item::BaseDecisions(subject),
		Item::Sealed(subject),
		Item::OptOuts(subject),
		Item::AdvanceDirectives(subject),
		Item::CarePolicies,
	]);
	let (who, organisation) = match question.actor {
		Actor::Own(key) => {
			items.push(Item::Key(key));
			return items;
		},
		Actor::Organisation(organisation) => (None, organisation),
		Actor::Practitioner { who, organisation } => (Some(who), organisation),
	};
	items.extend([
		Item::Organisation(organisation),
		Item::Flags(organisation),
		Item::Pair(subject, organisation),
	]);
	items.extend(OrgKind::ALL.iter().map(|kind| Item::Licence(organisation, *kind)));
	if let Some(who) = who {
		items.extend([
			Item::Affiliation(organisation, who),
			Item::Employers(who),
			Item::LatestEmergency(subject, organisation, who),
		]);
	}
	items
}

/// What one block says of one patient, to one who asks. What was proven once is not asked for again.
#[derive(Debug)]
pub struct Judge {
	block: Block,
	proven: Proven,
	openings: Vec<(SealedId, Opening)>,
}

impl Judge {
	/// Of the state after `block`, and with these openings.
	pub fn new(block: Block, openings: Vec<(SealedId, Opening)>) -> Self {
		Self { block, proven: Proven::default(), openings }
	}

	/// The same, with what was proven of that state before, of a runtime that is known: [`Judge::prove_likely`].
	pub(crate) fn with_proven(
		block: Block,
		openings: Vec<(SealedId, Opening)>,
		proven: Proven,
	) -> Self {
		Self { block, proven, openings }
	}

	/// Has the node prove what questions most likely depend on, for several at once.
	pub(crate) async fn prove_likely(
		node: &Node,
		block: &Block,
		questions: &[Question],
	) -> Result<Proven, Silent> {
		let items: Vec<Item> = questions.iter().flat_map(likely).collect();
		let mut proven = Proven::default();
		let mut keys: Vec<Vec<u8>> = items.iter().map(Item::key).collect();
		keys.sort();
		keys.dedup();
		proven.0.extend(node.proven(block, keys).await?);
		Runtime::of(&proven)?;
		Ok(proven)
	}

	/// Whether the patient's handle is in ordinary use and the patient has no veto of the question's purpose in force: under which
	/// data is used of whoever has not said no. False of whom the chain does not know.
	pub(crate) async fn is_not_opted_out(
		&mut self,
		node: &Node,
		question: &Question,
	) -> Result<bool, Silent> {
		let facts = self.facts(node, question).await?;
		Ok(facts.is_some_and(|facts| {
			let vetoed =
				|veto: &PurposeVeto| veto.purpose == question.purpose && veto.in_force(facts.at);
			facts.state == PatientState::Active && !facts.vetoes.iter().any(vetoed)
		}))
	}

	/// What a patient has said that is in force, if a decision about that patient was begun.
	pub(crate) fn in_force(&self, patient: &Hash) -> Result<InForce, Silent> {
		Ok(InForce::read(PatientId::from(patient.0), self.block.time, &self.proven)?)
	}

	/// The block.
	pub(crate) const fn block(&self) -> &Block {
		&self.block
	}

	/// The openings that open something: all others mean nothing.
	pub fn openings(&self) -> &[(SealedId, Opening)] {
		&self.openings
	}

	async fn prove(&mut self, node: &Node, items: &[Item]) -> Result<(), Silent> {
		self.proven.prove(node, &self.block, items).await
	}

	/// All that the answer to a question depends on; none if the chain does not know the patient.
	async fn facts(&mut self, node: &Node, question: &Question) -> Result<Option<Facts>, Silent> {
		if self.proven.0.is_empty() {
			self.prove(node, &likely(question)).await?;
			// Whatever the state holds, it is not judged by rules or layouts that are not the chain's.
			Runtime::of(&self.proven)?;
			// Whoever there is, and whatever may be needed: how many proofs are asked for does not tell whether there is something.
			let more = led_to(question, self.block.time, &self.proven)?;
			if !more.is_empty() {
				self.prove(node, &more).await?;
			}
		}
		for _ in 0..MAX_ROUNDS {
			match Facts::read(question, self.block.time, &self.proven) {
				Ok(facts) => return Ok(Some(facts)),
				Err(Error::NoSuchPatient { .. }) => return Ok(None),
				Err(Error::FactUnproven { item }) => self.prove(node, &[item]).await?,
				Err(error) => return Err(error.into()),
			}
		}
		Err(Silent::Wrong("a question depends on more than can be asked for".into()))
	}

	/// Begins with a question of this kind: keeps the openings that open something, and tells the moments at which the data interval
	/// of a directive begins or ends, of one that is opened too. Between two of them no answer changes.
	pub async fn begin(
		&mut self,
		node: &Node,
		question: &Question,
	) -> Result<BTreeSet<u64>, Silent> {
		let facts = self.facts(node, question).await?;
		let genesis = node.genesis();
		let sealed = facts.as_ref().map_or(&[][..], |facts| &facts.sealed);
		self.openings.retain(|(number, opening)| {
			let mut held = sealed.iter().filter(|(there, _)| there == number);
			held.any(|(_, held)| opening.opens(&genesis.0, &question.subject, *number, held))
		});
		let plain = facts.iter().flat_map(|facts| &facts.directives);
		let intervals = plain
			.map(|(_, directive)| directive.scope.data)
			.chain(self.openings.iter().map(|(_, opening)| opening.content.scope.data));
		Ok(intervals.flat_map(|interval| [interval.from, interval.until]).collect())
	}

	/// What the rules say, with the openings.
	pub async fn judge(&mut self, node: &Node, question: &Question) -> Result<Word, Silent> {
		let facts = self.facts(node, question).await?;
		Ok(facts.map_or(Word::UnknownPatient, |facts| {
			Word::Says(facts.verdict_with(question, node.genesis().0, &self.openings))
		}))
	}

	/// Which of these questions the rules let. They differ in class and time of the data alone, so that the same facts answer all of them.
	pub(crate) async fn lets_each(
		&mut self,
		node: &Node,
		questions: &[Question],
	) -> Result<Vec<bool>, Silent> {
		let Some(first) = questions.first() else { return Ok(Vec::new()) };
		let facts = self.facts(node, first).await?;
		let genesis = node.genesis().0;
		let lets = |question| {
			let says = |facts: &Facts| facts.verdict_with(question, genesis, &self.openings);
			facts.as_ref().is_some_and(|facts| says(facts).allows())
		};
		Ok(questions.iter().map(lets).collect())
	}
}

#[cfg(test)]
pub(super) mod tests {
	use super::*;
	use salus_exchange_policy::Labels as Named;

	/// A question of somebody of an organisation about laboratory results of that time.
	pub(in crate::chain) fn question(data_time: u64) -> Question {
		let actor = actor(Account([1; 32]), Some(4));
		let about = (DataClass::Laboratory, &Named::new());
		let what = (Purpose::Treat, Action::Read);
		super::question(&Hash([2; 32]), actor, what, about, Some(data_time)).unwrap()
	}
}
