//! What a gateway needs of the pallet `research`: of permits, datasets, budgets and reservations. What is stored is read by proofs. Whether a
//! permit is alive is stored nowhere; the runtime's answer is asked for. A node that lies there gains nothing: before anything is
//! counted the chain itself must have taken a reservation under the permit, which it does only while that is alive, and the
//! reservation is read by a proof of a final state.

use super::{Block, Node, Silent};
use codec::{Decode, DecodeAll, Encode, Input};
use salus_exchange_protocol::{Hash, RecordError};
use salus_research_data_use::Offer;
use salus_research_permits::{Budget, Standing};
use salus_verify::{
	bytes::{blake2_128, twox_128, twox_64},
	decision::Item,
};

/// The pallet's name, and the version of its storage that is read here.
const PALLET: &str = "Research";
const LAYOUT: u16 = 1;

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

/// What a permit is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PermitFacts {
	/// The dataset.
	pub dataset: u32,
	/// The account of the principal investigator of its study.
	pub investigator: [u8; 32],
	/// Whether it was alive.
	pub standing: Standing,
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
	/// The withdrawal epoch that it honours.
	pub epoch: u32,
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
			epoch: 0,
		};
		Ok((offered, version))
	}

	/// Reads a dataset from what is stored of it and of its version in force.
	///
	/// # Errors
	/// [`Silent::Wrong`] if one of them is not as the pallet stores it.
	pub fn read(dataset: &[u8], version: &[u8]) -> Result<Self, Silent> {
		let (offered, _) = Self::begin(dataset)?;
		Ok(Self { epoch: VersionFacts::read(version)?.epoch, ..offered })
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

	/// A permit, and whether it was alive at the block's moment; none if there is none with this number.
	pub async fn research_permit(
		&self,
		at: &Block,
		permit: u32,
	) -> Result<Option<PermitFacts>, Silent> {
		let Some(record) = self.stored(at, permit_key(permit)).await? else { return Ok(None) };
		let (study, dataset): (u32, u32) = first_of(&record, "a permit")?;
		let found = self.stored(at, study_key(study)).await?.ok_or_else(|| wrong("a study"))?;
		let (_, investigator): (u32, [u8; 32]) = first_of(&found, "a study")?;
		let argument = (permit, at.time).encode();
		let answer = self.ask(at, "ResearchApi_permit_at", &argument).await?;
		let standing: Option<Standing> = DecodeAll::decode_all(&mut answer.as_slice())
			.map_err(|_| wrong("the answer about a permit"))?;
		let standing = standing.ok_or_else(|| wrong("the answer about a permit"))?;
		Ok(Some(PermitFacts { dataset, investigator, standing }))
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
