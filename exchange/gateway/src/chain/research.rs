//! What a gateway needs of the pallet `research`: of permits, datasets, budgets and reservations. What is stored is read by proofs. Whether a
//! permit is alive is stored nowhere. What of it follows from the permit, the dataset and its version in force is worked out here: its
//! beginning and its end, its time, the terms accepted, the withdrawal epoch. The rest is the runtime's answer, which the node gives without
//! a proof: ethics approval, licence, affiliation, reports. A permit that either of them speaks against is not alive.
//!
//! For those four a node that lies gains no new count: the chain takes a reservation only under a live permit, and that is read by a proof of a
//! final state. It may gain what was counted before, for another permit for the same dataset whose lapse it hides.

use super::{Block, Node, Silent};
use codec::{Decode, DecodeAll, Encode, Input};
use salus_exchange_protocol::{Hash, RecordError};
use salus_primitives::Interval;
use salus_research_data_use::Offer;
use salus_research_permits::{
	permit_at, Budget, Context, EpochDue, LapseSet, Permit, ReportRule, Standing, VersionFrom,
	YearlyReport,
};
use salus_verify::{
	bytes::{blake2_128, twox_128, twox_64},
	decision::Item,
};

/// The pallet's name, and the version of its storage that is read here.
const PALLET: &str = "Research";
const LAYOUT: u16 = 1;

/// How long after an epoch the next one is overdue, in seconds: `EpochTime` of both runtimes.
pub(crate) const EPOCH_TIME: u64 = 30 * 86_400;

/// By which right the data of a dataset is used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
	/// Each has said yes.
	Consent,
	/// None has said no.
	OptOut,
	/// A body has permitted it by law.
	LegalPermit(u16),
}

impl Decode for Basis {
	fn decode<I: Input>(input: &mut I) -> Result<Self, codec::Error> {
		match u8::decode(input)? {
			0 => Ok(Self::Consent),
			1 => Ok(Self::OptOut),
			2 => u16::decode(input).map(Self::LegalPermit),
			_ => Err("no basis that is known".into()),
		}
	}
}

/// What is stored of a permit, as far as it is needed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PermitRecord {
	/// The study.
	pub study: u32,
	/// The dataset.
	pub dataset: u32,
	/// Its time, its renewal and its end.
	pub permit: Permit,
	/// The terms accepted.
	pub accepted: Vec<VersionFrom>,
}

/// All of it: what was accepted and in which version, reports with their commitments, outputs, why it was revoked, and the attestation of
/// destruction.
type StoredPermit = (
	u32,
	u32,
	Permit,
	Vec<(VersionFrom, u32)>,
	Vec<(YearlyReport, [u8; 32])>,
	Vec<(u8, [u8; 32], u64)>,
	Option<u8>,
	Option<([u8; 32], u64)>,
);

impl PermitRecord {
	/// Reads a permit from what is stored of it.
	///
	/// # Errors
	/// [`Silent::Wrong`] if it is not as the pallet stores it.
	pub fn read(record: &[u8]) -> Result<Self, Silent> {
		let (study, dataset, permit, accepted, ..): StoredPermit = all_of(record, "a permit")?;
		let accepted = accepted.into_iter().map(|(terms, _)| terms).collect();
		Ok(Self { study, dataset, permit, accepted })
	}
}

/// What a permit is for, and what is said of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PermitFacts {
	/// What is stored of it.
	pub record: PermitRecord,
	/// The account of the principal investigator of its study.
	pub investigator: [u8; 32],
	/// Whether it was alive, by the runtime's answer.
	pub said: Standing,
}

impl PermitFacts {
	/// Whether it was alive at the moment `at`, for its dataset as it was offered then: if neither what is proven nor what was said speaks
	/// against it. That a dataset was retired is told by [`Offered::is_retired`].
	pub fn standing(&self, offered: &Offered, at: u64) -> Standing {
		let proven = permit_at(&Context {
			at,
			permit: &self.record.permit,
			// These four are said.
			approvals: &[Interval::ALWAYS],
			licensed: true,
			affiliated: true,
			reports: &[],
			report_rule: ReportRule { every: 0, grace: 0 },
			terms: &[VersionFrom { version: offered.terms_version, from: 0 }],
			accepted: &self.record.accepted,
			epochs: &[EpochDue {
				due: offered.epoch_at.saturating_add(EPOCH_TIME),
				published: None,
			}],
			retired_at: None,
		});
		match (proven, self.said) {
			(Standing::Active, said) => said,
			(Standing::Suspended(LapseSet(one)), Standing::Suspended(LapseSet(other))) => {
				Standing::Suspended(LapseSet(one | other))
			},
			(proven, _) => proven,
		}
	}
}

/// A dataset, with the version in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Offered {
	/// The custodian.
	pub custodian: u32,
	/// By which right.
	pub basis: Basis,
	/// The smallest cohort that is told of.
	pub min_cohort: u32,
	/// Whether it was retired.
	pub is_retired: bool,
	/// The number of the version.
	pub version: u32,
	/// How often the terms had changed with it.
	pub terms_version: u32,
	/// The withdrawal epoch that it honours.
	pub epoch: u32,
	/// When that epoch was published.
	pub epoch_at: u64,
}

/// A version of a dataset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VersionFacts {
	/// What the data may be used for.
	pub terms: Offer,
	/// The root of those in it.
	pub root: Hash,
	/// The withdrawal epoch that it honours.
	pub epoch: u32,
	/// When that epoch was published.
	pub epoch_at: u64,
	/// When the version was published.
	pub at: u64,
}

impl VersionFacts {
	/// Reads a version from what is stored of it.
	///
	/// # Errors
	/// [`Silent::Wrong`] if it is not as the pallet stores it.
	pub fn read(version: &[u8]) -> Result<Self, Silent> {
		let (terms, _, root, _, epoch, epoch_at, at, _): Version = all_of(version, "a version")?;
		Ok(Self { terms, root: Hash(root), epoch, epoch_at, at })
	}
}

/// A query for which budget was reserved.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Reserved {
	/// The permit.
	pub permit: u32,
	/// The version.
	pub version: u32,
	/// The commitment to the query.
	pub commitment: [u8; 32],
	/// What it costs.
	pub epsilon: u64,
	/// When.
	pub reserved_at: u64,
	/// The commitment to what came of it, and when it was settled.
	pub result: Option<([u8; 32], u64)>,
}

/// What is stored of a dataset. Whole, with the deposit: a field more or less in between would shift what follows it.
#[derive(Decode)]
struct Dataset {
	custodian: u32,
	basis: Basis,
	min_cohort: u32,
	_rule: (u32, u32, u64),
	_shortcut: bool,
	versions: u32,
	_unpaid: u32,
	_offered_at: u64,
	retired_at: Option<u64>,
	_deposit: Deposit,
}

/// Whose deposit it is, and the deposit.
type Deposit = ([u8; 32], u128);

/// What is stored of a version: terms and how often they changed, root, size, the epoch and when it was published, when the version was, and
/// the deposit.
type Version = (Offer, u32, [u8; 32], u8, u32, u64, u64, Option<Deposit>);

/// What is stored of a population: the committee and its quorum, the budget, what it began with and what was granted, the numbers of the next
/// query and proposal, when more was refused and when it was opened, and the deposit.
type Population = (u32, u32, Budget, (u64, u64), (u64, u32), Option<u64>, u64, Deposit);

impl Offered {
	/// Reads a dataset from what is stored of it, but for what its version in force tells, of which the number is answered.
	fn begin(dataset: &[u8]) -> Result<(Self, u32), Silent> {
		let found: Dataset = all_of(dataset, "a dataset")?;
		let version = found.versions.checked_sub(1).ok_or_else(|| wrong("a dataset"))?;
		let offered = Self {
			custodian: found.custodian,
			basis: found.basis,
			min_cohort: found.min_cohort,
			is_retired: found.retired_at.is_some(),
			version,
			terms_version: 0,
			epoch: 0,
			epoch_at: 0,
		};
		Ok((offered, version))
	}

	/// Reads a dataset from what is stored of it and of its version in force.
	///
	/// # Errors
	/// [`Silent::Wrong`] if one of them is not as the pallet stores it.
	pub fn read(dataset: &[u8], version: &[u8]) -> Result<Self, Silent> {
		let (offered, _) = Self::begin(dataset)?;
		let (_, terms_version, _, _, epoch, epoch_at, ..): Version = all_of(version, "a version")?;
		Ok(Self { terms_version, epoch, epoch_at, ..offered })
	}
}

/// What is left of a population's budget, in millionths, from what is stored of it.
///
/// # Errors
/// [`Silent::Wrong`] if it is not as the pallet stores it.
pub fn left_of(population: &[u8]) -> Result<u64, Silent> {
	let (_, _, budget, ..): Population = all_of(population, "a population")?;
	Ok(budget.left())
}

/// A key of one of the pallet's maps, whose keys are numbers.
fn map_key(map: &str, numbers: &[&[u8]]) -> Vec<u8> {
	let mut key = [twox_128(PALLET.as_bytes()), twox_128(map.as_bytes())].concat();
	for number in numbers {
		key.extend_from_slice(&twox_64(number));
		key.extend_from_slice(number);
	}
	key
}

/// `Research.Permits`.
pub fn permit_key(permit: u32) -> Vec<u8> {
	map_key("Permits", &[&permit.to_le_bytes()])
}

/// `Research.Studies`.
pub fn study_key(study: u32) -> Vec<u8> {
	map_key("Studies", &[&study.to_le_bytes()])
}

/// `Research.Datasets`.
pub fn dataset_key(dataset: u32) -> Vec<u8> {
	map_key("Datasets", &[&dataset.to_le_bytes()])
}

/// `Research.Versions`.
pub fn version_key(dataset: u32, version: u32) -> Vec<u8> {
	map_key("Versions", &[&dataset.to_le_bytes(), &version.to_le_bytes()])
}

/// `Research.Populations`.
pub fn population_key(custodian: u32) -> Vec<u8> {
	map_key("Populations", &[&custodian.to_le_bytes()])
}

/// `Research.Queries`.
pub fn query_key(custodian: u32, query: u64) -> Vec<u8> {
	map_key("Queries", &[&custodian.to_le_bytes(), &query.to_le_bytes()])
}

/// `Research.QueryByCommitment`.
pub fn by_commitment_key(custodian: u32, commitment: &Hash) -> Vec<u8> {
	let mut key = map_key("QueryByCommitment", &[&custodian.to_le_bytes()]);
	key.extend_from_slice(&blake2_128(&commitment.0));
	key.extend_from_slice(&commitment.0);
	key
}

/// The key of the version of the pallet's storage.
pub fn layout_key() -> Vec<u8> {
	Item::Layout(PALLET).key()
}

fn wrong(what: &str) -> Silent {
	Silent::Wrong(format!("{what} is not of the layout that is known here"))
}

/// All that is stored.
fn all_of<T: Decode>(mut bytes: &[u8], what: &str) -> Result<T, Silent> {
	T::decode_all(&mut bytes).map_err(|_| wrong(what))
}

/// The beginning of what is stored; what follows it is not looked at.
fn first_of<T: Decode>(bytes: &[u8], what: &str) -> Result<T, Silent> {
	T::decode(&mut &*bytes).map_err(|_| wrong(what))
}

impl Node {
	/// What stands under a key of the pallet, by a proof. Refused is a state whose pallet stores otherwise than is known here.
	async fn stored(&self, at: &Block, key: Vec<u8>) -> Result<Option<Vec<u8>>, Silent> {
		let mut proven = self.proven(at, vec![layout_key(), key]).await?.into_iter();
		let layout = proven.next().and_then(|(_, value)| value);
		if layout.as_deref() != Some(&LAYOUT.to_le_bytes()) {
			let error = RecordError::UnknownLayout { pallet: PALLET, found: 0, expected: LAYOUT };
			return Err(error.into());
		}
		Ok(proven.next().and_then(|(_, value)| value))
	}

	/// A permit, and whether it was alive at the block's moment by the runtime's answer; none if there is none with this number.
	pub async fn research_permit(
		&self,
		at: &Block,
		permit: u32,
	) -> Result<Option<PermitFacts>, Silent> {
		let Some(record) = self.stored(at, permit_key(permit)).await? else { return Ok(None) };
		let record = PermitRecord::read(&record)?;
		let found = self.stored(at, study_key(record.study)).await?;
		let found = found.ok_or_else(|| wrong("a study"))?;
		let (_, investigator): (u32, [u8; 32]) = first_of(&found, "a study")?;
		let argument = (permit, at.time).encode();
		let answer = self.ask(at, "ResearchApi_permit_at", &argument).await?;
		let said: Option<Standing> = DecodeAll::decode_all(&mut answer.as_slice())
			.map_err(|_| wrong("the answer about a permit"))?;
		let said = said.ok_or_else(|| wrong("the answer about a permit"))?;
		Ok(Some(PermitFacts { record, investigator, said }))
	}

	/// A dataset with the version in force; none if there is none with this number.
	pub async fn research_dataset(
		&self,
		at: &Block,
		dataset: u32,
	) -> Result<Option<Offered>, Silent> {
		let Some(bytes) = self.stored(at, dataset_key(dataset)).await? else { return Ok(None) };
		let (_, number) = Offered::begin(&bytes)?;
		let version = self.stored(at, version_key(dataset, number)).await?;
		Offered::read(&bytes, &version.ok_or_else(|| wrong("a version"))?).map(Some)
	}

	/// A version of a dataset; none if there is none with this number.
	pub async fn research_version(
		&self,
		at: &Block,
		dataset: u32,
		version: u32,
	) -> Result<Option<VersionFacts>, Silent> {
		let bytes = self.stored(at, version_key(dataset, version)).await?;
		bytes.map(|bytes| VersionFacts::read(&bytes)).transpose()
	}

	/// What is left of the budget of a custodian's population, in millionths; none if it has none.
	pub async fn research_budget(&self, at: &Block, custodian: u32) -> Result<Option<u64>, Silent> {
		let Some(bytes) = self.stored(at, population_key(custodian)).await? else {
			return Ok(None);
		};
		left_of(&bytes).map(Some)
	}

	/// The query of a custodian that was reserved with this commitment, with its number.
	pub async fn research_reserved(
		&self,
		at: &Block,
		custodian: u32,
		commitment: &Hash,
	) -> Result<Option<(u64, Reserved)>, Silent> {
		let key = by_commitment_key(custodian, commitment);
		let Some(bytes) = self.stored(at, key).await? else { return Ok(None) };
		let number: u64 = DecodeAll::decode_all(&mut bytes.as_slice())
			.map_err(|_| wrong("the number of a query"))?;
		let bytes = self.stored(at, query_key(custodian, number)).await?;
		let bytes = bytes.ok_or_else(|| wrong("a query"))?;
		let query: Reserved =
			DecodeAll::decode_all(&mut bytes.as_slice()).map_err(|_| wrong("a query"))?;
		match query.commitment == commitment.0 {
			true => Ok(Some((number, query))),
			false => Err(wrong("a query")),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_basis_is_read_as_the_pallet_writes_it() {
		let read = |mut bytes: &[u8]| Basis::decode(&mut bytes).ok();
		assert_eq!(read(&[0]), Some(Basis::Consent));
		assert_eq!(read(&[1]), Some(Basis::OptOut));
		assert_eq!(read(&[2, 7, 1]), Some(Basis::LegalPermit(263)));
		assert_eq!((read(&[3]), read(&[2, 7]), read(&[])), (None, None, None));
	}
}
