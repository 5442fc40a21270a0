//! What both blocks say of what is asked for: whether a permit is alive and lets ask about the version in force, and whether the house is licensed.

use crate::{
	chain::{
		facts::{of_runtime, Proven},
		registry::of_organisation,
		research::{Offered, PermitFacts},
		Block, Present, Silent,
	},
	gateway::Gateway,
	store::NewCount,
};
use salus_counts::reply::{Code, Refusal, LAPSES};
use salus_research_permits::{Ending, Lapse, Standing};
use salus_verify::{
	decision::{licensed, Item, Runtime, Source},
	Error,
};

/// What is told of a job for which nothing can be reserved now, since the house has no licence: the chain takes no reservation of it.
pub(super) const UNLICENSED: Code = Code::NotReserved;

/// Under what a count is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Under {
	/// The permit.
	pub permit: u32,
	/// The dataset.
	pub dataset: u32,
	/// Its version.
	pub version: u32,
}

impl Under {
	/// A count that is asked for under a permit.
	pub(super) const fn of(count: &NewCount, permit: u32) -> Self {
		Self { permit, dataset: count.dataset, version: count.version }
	}
}

/// A state in which no organisation has named keys for its systems: what these are does not matter to its licence.
struct WithoutKeys<'a>(&'a Proven);

impl Source for WithoutKeys<'_> {
	fn get(&self, item: Item) -> Result<Option<Vec<u8>>, Error> {
		match item {
			Item::ClientKeys(_) => Ok(None),
			item => self.0.get(item),
		}
	}
}

/// What both blocks say of a permit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Judged {
	/// It is alive, and the version is in force.
	Live(Offered),
	/// The best block says no.
	Refused(Refusal),
	/// The best block says yes, and the last final one not yet.
	Later,
}

/// Why a permit is not alive, if it is not.
fn of_standing(standing: Standing) -> Option<Refusal> {
	match standing {
		Standing::Active => None,
		Standing::NotYet => Some(Code::PermitNotYet.into()),
		Standing::Ended(Ending::Revoked) => Some(Code::PermitRevoked.into()),
		Standing::Ended(Ending::Closed) => Some(Code::PermitClosed.into()),
		Standing::Suspended(set) => {
			let code = match set.contains(Lapse::Epoch) {
				true => Code::EpochOverdue,
				false => Code::PermitSuspended,
			};
			let named = LAPSES.into_iter().zip(Lapse::ALL);
			let lapses = named.filter(|(_, lapse)| set.contains(*lapse)).map(|(name, _)| name);
			Some(Refusal { code, lapses: lapses.collect() })
		},
	}
}

/// What one block says, at the moment `at`.
fn of_block(
	under: Under,
	custodian: u32,
	investigator: Option<[u8; 32]>,
	(permit, offered, at): (Option<PermitFacts>, Option<Offered>, u64),
) -> Result<Offered, Refusal> {
	let permit = permit.ok_or(Code::UnknownPermit)?;
	let offered = offered.filter(|offered| offered.custodian == custodian);
	let offered =
		offered.filter(|_| permit.record.dataset == under.dataset).ok_or(Code::OtherDataset)?;
	if investigator.is_some_and(|who| who != permit.investigator) {
		return Err(Code::NotInvestigator.into());
	}
	if let Some(refusal) = of_standing(permit.standing(&offered, at)) {
		return Err(refusal);
	}
	if offered.is_retired {
		return Err(Code::DatasetRetired.into());
	}
	match offered.version == under.version {
		true => Ok(offered),
		false => Err(Code::OldVersion.into()),
	}
}

impl Gateway {
	async fn judged_at(
		&self,
		at: &Block,
		under: Under,
		investigator: Option<[u8; 32]>,
	) -> Result<Result<Offered, Refusal>, Silent> {
		let (permit, offered) = tokio::try_join!(
			self.node.research_permit(at, under.permit),
			self.node.research_dataset(at, under.dataset),
		)?;
		let found = (permit, offered, at.time);
		Ok(of_block(under, self.config.organisation, investigator, found))
	}

	/// Whether a permit is alive and lets ask about that version, in both blocks.
	pub(super) async fn judged(
		&self,
		present: &Present,
		under: Under,
		investigator: Option<[u8; 32]>,
	) -> Result<Judged, Silent> {
		let (best, finalised) = tokio::try_join!(
			self.judged_at(&present.best, under, investigator),
			self.judged_at(&present.finalised, under, investigator),
		)?;
		Ok(match (best, finalised) {
			(Err(refusal), _) => Judged::Refused(refusal),
			(Ok(best), Ok(finalised)) if best == finalised => Judged::Live(finalised),
			_ => Judged::Later,
		})
	}

	/// Whether this house is licensed for something at a block's moment: else the chain takes no reservation of it.
	pub(super) async fn is_licensed(&self, at: &Block) -> Result<bool, Silent> {
		let organisation = self.config.organisation;
		let items: Vec<Item> = of_runtime().chain(of_organisation(organisation)).collect();
		let mut proven = Proven::default();
		proven.prove(&self.node, at, &items).await?;
		Runtime::of(&proven)?;
		let found = licensed(&WithoutKeys(&proven), organisation, at.time, at.time)?;
		Ok(found.is_some())
	}

	/// Whether it is in both blocks by which people are asked about. To a house without a licence nobody's Yes is one: everybody would count as
	/// somebody who says no.
	pub(super) async fn may_ask_about_people(&self, present: &Present) -> Result<bool, Silent> {
		let may =
			self.is_licensed(&present.best).await? && self.is_licensed(&present.finalised).await?;
		if !may {
			tracing::warn!("this organisation has no licence: nobody is counted");
		}
		Ok(may)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::research::{Basis, PermitRecord, EPOCH_TIME};
	use salus_primitives::Interval;
	use salus_research_permits::{LapseSet, Permit, PermitEnd, VersionFrom};

	const UNDER: Under = Under { permit: 1, dataset: 7, version: 3 };

	const NOW: u64 = 10_000_000;

	fn offered() -> Offered {
		Offered {
			custodian: 3,
			basis: Basis::Consent,
			min_cohort: 5,
			is_retired: false,
			version: 3,
			terms_version: 1,
			epoch: 2,
			epoch_at: NOW - EPOCH_TIME + 1,
		}
	}

	fn permit(said: Standing) -> PermitFacts {
		let period = Interval::new(NOW - 100, NOW + 100);
		let record = PermitRecord {
			study: 4,
			dataset: 7,
			permit: Permit { period, renewal: None, ended: None },
			accepted: vec![VersionFrom { version: 1, from: NOW - 100 }],
		};
		PermitFacts { record, investigator: [1; 32], said }
	}

	fn refused(permit: PermitFacts, offered: Option<Offered>) -> Option<Refusal> {
		of_block(UNDER, 3, Some([1; 32]), (Some(permit), offered, NOW)).err()
	}

	fn code(said: Standing, offered: Option<Offered>) -> Option<&'static str> {
		refused(permit(said), offered).map(|refusal| refusal.code.name())
	}

	#[test]
	fn a_permit_must_be_alive_and_for_the_version_in_force() {
		use Standing::{Active, Ended, NotYet, Suspended};
		let suspended = |lapse| Suspended(LapseSet::EMPTY.with(Lapse::Report).with(lapse));
		let none = || Some(offered());
		assert_eq!(code(Active, none()), None);
		assert_eq!(code(NotYet, none()), Some("permitNotYet"));
		assert_eq!(code(suspended(Lapse::Ethics), none()), Some("permitSuspended"));
		assert_eq!(code(suspended(Lapse::Epoch), none()), Some("epochOverdue"));
		assert_eq!(code(Ended(Ending::Revoked), none()), Some("permitRevoked"));
		assert_eq!(code(Ended(Ending::Closed), none()), Some("permitClosed"));
		let of = |change: &dyn Fn(&mut Offered)| {
			let mut changed = offered();
			change(&mut changed);
			code(Active, Some(changed))
		};
		assert_eq!(of(&|it| it.is_retired = true), Some("datasetRetired"));
		assert_eq!(of(&|it| it.version = 4), Some("oldVersion"));
		assert_eq!(of(&|it| it.custodian = 4), Some("otherDataset"));
		assert_eq!(code(Active, None), Some("otherDataset"));
	}

	#[test]
	fn what_is_stored_of_a_permit_speaks_against_it_whatever_the_node_says() {
		type Change = fn(&mut PermitFacts, &mut Offered);
		assert_eq!(code(Standing::Active, Some(offered())), None);
		let cases: [(Change, &str, &[&str]); 6] = [
			(|it, _| it.record.permit.period.from = NOW + 1, "permitNotYet", &[]),
			(|it, _| it.record.permit.period.until = NOW, "permitSuspended", &["Expired"]),
			(|it, _| it.record.accepted.clear(), "permitSuspended", &["Terms"]),
			(|_, of| of.terms_version = 2, "permitSuspended", &["Terms"]),
			(|_, of| of.epoch_at = NOW - EPOCH_TIME, "epochOverdue", &["Epoch"]),
			(
				|it, of| {
					of.epoch_at = NOW - EPOCH_TIME;
					it.said = Standing::Suspended(LapseSet::EMPTY.with(Lapse::Licence));
				},
				"epochOverdue",
				&["Epoch", "Licence"],
			),
		];
		for (change, code, lapses) in cases {
			let (mut changed, mut of) = (permit(Standing::Active), offered());
			change(&mut changed, &mut of);
			let refusal = refused(changed, Some(of));
			let named = refusal.as_ref().map_or("", |refusal| refusal.code.name());
			assert_eq!(named, code);
			let found: Vec<&str> = refusal.into_iter().flat_map(|refusal| refusal.lapses).collect();
			assert_eq!(found, lapses);
		}
		for (how, code) in [(Ending::Revoked, "permitRevoked"), (Ending::Closed, "permitClosed")] {
			let mut changed = permit(Standing::Active);
			changed.record.permit.ended = Some(PermitEnd { at: NOW, how });
			let refusal = refused(changed, Some(offered()));
			assert_eq!(refusal.map(|refusal| refusal.code.name()), Some(code));
		}
	}

	#[test]
	fn every_lapse_of_the_chain_is_named() {
		for (name, lapse) in LAPSES.into_iter().zip(Lapse::ALL) {
			assert_eq!(name, format!("{lapse:?}"));
			let refusal = of_standing(Standing::Suspended(LapseSet::EMPTY.with(lapse))).unwrap();
			assert_eq!(refusal.lapses.into_iter().collect::<Vec<_>>(), [name]);
		}
		assert_eq!(LAPSES.len(), Lapse::ALL.len());
	}
}
