//! A reply: what a custodian's gateway says to a job, as signed JSON (RFC 7515) by a key that its profile names.

use crate::{
	job::Job,
	json::{self, is_of, number, object, Closed, Malformed},
	told::{Told, STEP},
};
use base64::{engine::general_purpose::URL_SAFE_NO_PAD, Engine};
use salus_exchange_protocol::{
	commitment::{commit, Form},
	json::Part,
	jws::{Curve, Jwk, Jws},
	Hash,
};
use std::{collections::BTreeSet, fmt};

/// The largest reply, in bytes.
pub const MAX_REPLY: usize = 8 << 10;
/// What stands as `typ` in the header.
pub const TYPE: &str = "salus-count-reply";
/// The longest name of a key, in bytes: that of a profile.
const MAX_KID: usize = 256;

const COUNT: [&str; 13] = [
	"block",
	"blockNumber",
	"custodian",
	"dataset",
	"epoch",
	"epsilon",
	"genesis",
	"moment",
	"permit",
	"query",
	"reservation",
	"result",
	"version",
];
const REPLY: [&str; 8] =
	["answer", "custodian", "dataset", "genesis", "job", "permit", "refusal", "told"];

/// A count as it is stored: made once, settled on the chain by a commitment to its canonical form, and told to whoever asks the
/// same of the same version and epoch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Count {
	/// The hash of the chain's block 0.
	pub genesis: Hash,
	/// The organisation that counted.
	pub custodian: u32,
	/// The dataset.
	pub dataset: u32,
	/// Its version.
	pub version: u32,
	/// The withdrawal epoch that the version honours.
	pub epoch: u32,
	/// The permit under which the budget was reserved: that of whoever asked first.
	pub permit: u32,
	/// The commitment with which it was reserved.
	pub query: Hash,
	/// The number of the custodian's query on the chain.
	pub reservation: u64,
	/// What it cost, in millionths of epsilon.
	pub epsilon: u64,
	/// The last final block when it was counted. Whoever had said no by then is not in it.
	pub block: Hash,
	/// Its number.
	pub block_number: u32,
	/// Its time, in seconds since 1970.
	pub moment: u64,
	/// What is told.
	pub result: Told,
}

/// A count with what opens its two commitments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answer {
	/// The count.
	pub count: Count,
	/// The salt of the query's commitment.
	pub query_salt: Hash,
	/// The salt of the commitment with which it was settled.
	pub result_salt: Hash,
}

macro_rules! codes {
	($($(#[$what:meta])* $code:ident = $name:literal),* $(,)?) => {
		/// Why a job is not answered.
		#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
		pub enum Code { $($(#[$what])* $code),* }

		impl Code {
			/// All of them.
			pub const ALL: &'static [Self] = &[$(Self::$code),*];

			/// Its name in a refusal.
			pub const fn name(self) -> &'static str {
				match self { $(Self::$code => $name),* }
			}
		}
	};
}

codes! {
	/// The job is not of the form that it must have.
	Malformed = "malformed",
	/// It is of another chain.
	OtherChain = "otherChain",
	/// Its time is over.
	Expired = "expired",
	/// It was issued later than now.
	NotYet = "notYet",
	/// It runs for too long.
	TooLong = "tooLong",
	/// The signature is not the investigator's.
	Signature = "signature",
	/// The site does not serve the dataset, or the permit is for another one.
	OtherDataset = "otherDataset",
	/// There is no such permit.
	UnknownPermit = "unknownPermit",
	/// The account is not that of the principal investigator of the permit's study.
	NotInvestigator = "notInvestigator",
	/// The permit has not begun.
	PermitNotYet = "permitNotYet",
	/// The permit is suspended; the refusal tells what has lapsed.
	PermitSuspended = "permitSuspended",
	/// The custodian is late with the dataset's withdrawal epoch. What else has lapsed is told too.
	EpochOverdue = "epochOverdue",
	/// The permit was revoked.
	PermitRevoked = "permitRevoked",
	/// The permit was closed by its researcher.
	PermitClosed = "permitClosed",
	/// The dataset was retired.
	DatasetRetired = "datasetRetired",
	/// The version is not the one in force.
	OldVersion = "oldVersion",
	/// The site does not serve the value set, or not with that content.
	UnknownValueSet = "unknownValueSet",
	/// A code is not in the value set.
	UnknownCode = "unknownCode",
	/// The population's budget does not suffice.
	BudgetSpent = "budgetSpent",
	/// Another job has used this salt for this query.
	CommitmentUsed = "commitmentUsed",
	/// The permit has as many open jobs as it may have.
	TooManyJobs = "tooManyJobs",
	/// More people have such data than the site looks at for one query.
	TooManyPeople = "tooManyPeople",
	/// Counting took longer than the site lets it.
	TookTooLong = "tookTooLong",
	/// The chain did not take the reservation in the job's time.
	NotReserved = "notReserved",
}

impl fmt::Display for Code {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(self.name())
	}
}

/// What of a permit's inputs may have lapsed, as the chain names it.
pub const LAPSES: [&str; 8] =
	["Ethics", "Licence", "Affiliation", "Terms", "Epoch", "Report", "Expired", "Retired"];

/// A refusal. It says nothing of data: it depends on the job and on what the chain says in public.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
	/// Why.
	pub code: Code,
	/// What has lapsed, of a permit that is suspended: of [`LAPSES`].
	pub lapses: BTreeSet<&'static str>,
}

impl From<Code> for Refusal {
	fn from(code: Code) -> Self {
		Self { code, lapses: BTreeSet::new() }
	}
}

/// What a reply says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Says {
	/// A count.
	Answer(Box<Answer>),
	/// Why there is none.
	Refusal(Refusal),
}

/// A reply to one job.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reply {
	/// The hash of the chain's block 0.
	pub genesis: Hash,
	/// The organisation that replies.
	pub custodian: u32,
	/// The dataset for which the job was left.
	pub dataset: u32,
	/// The job.
	pub job: Hash,
	/// The permit of the job; none of a job that could not be read.
	pub permit: Option<u32>,
	/// When it was told, in seconds since 1970, by the site's clock. When it was counted stands in the count.
	pub told: u64,
	/// What it says.
	pub says: Says,
}

/// Why a reply is not the one to a job.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReplyFault {
	/// It is to another job, dataset or permit, of another custodian, or of another chain.
	OtherJob,
	/// The count is of another dataset, version, custodian or chain.
	OtherCount,
	/// The commitment with which it was reserved does not open to the job's query.
	OtherQuery,
}

impl ReplyFault {
	/// Its name in the vectors.
	pub const fn code(self) -> &'static str {
		match self {
			Self::OtherJob => "otherJob",
			Self::OtherCount => "otherCount",
			Self::OtherQuery => "otherQuery",
		}
	}
}

impl fmt::Display for ReplyFault {
	fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
		f.write_str(self.code())
	}
}

impl std::error::Error for ReplyFault {}

impl Count {
	fn to_part(self) -> Part {
		let result = match self.result {
			Told::About(count) => object([("count", number(count))]),
			Told::FewerThan(least) => object([("fewerThan", number(least))]),
		};
		object([
			("block", Part::of(self.block)),
			("blockNumber", number(self.block_number)),
			("custodian", number(self.custodian)),
			("dataset", number(self.dataset)),
			("epoch", number(self.epoch)),
			("epsilon", number(self.epsilon)),
			("genesis", Part::of(self.genesis)),
			("moment", number(self.moment)),
			("permit", number(self.permit)),
			("query", Part::of(self.query)),
			("reservation", number(self.reservation)),
			("result", result),
			("version", number(self.version)),
		])
	}

	fn from_part(part: &Part) -> Result<Self, Malformed> {
		let count = Closed::of(part, "count", &COUNT)?;
		let result = Closed::of(count.need("result")?, "result", &["count", "fewerThan"])?;
		let is_step = |value: &u64| value.checked_rem(u64::from(STEP)) == Some(0);
		let about = result.may("count").map(|part| part.whole().filter(is_step));
		let fewer = result
			.may("fewerThan")
			.map(|part| part.whole().filter(is_step).and_then(|least| u32::try_from(least).ok()));
		let told = match (about, fewer) {
			(Some(Some(count)), None) => Told::About(count),
			(None, Some(Some(least))) => Told::FewerThan(least),
			_ => return Err(Malformed("result")),
		};
		Ok(Self {
			genesis: count.hash("genesis")?,
			custodian: count.small("custodian")?,
			dataset: count.small("dataset")?,
			version: count.small("version")?,
			epoch: count.small("epoch")?,
			permit: count.small("permit")?,
			query: count.hash("query")?,
			reservation: count.whole("reservation")?,
			epsilon: count.whole("epsilon")?,
			block: count.hash("block")?,
			block_number: count.small("blockNumber")?,
			moment: count.whole("moment")?,
			result: told,
		})
	}

	/// Its canonical form (RFC 8785).
	pub fn canonical(&self) -> String {
		json::written(&self.to_part())
	}

	/// Reads a count that was stored.
	pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
		Self::from_part(&json::read(bytes, MAX_REPLY)?)
	}

	/// The commitment to it under a salt, with which its query is settled: that of a record in the form `Bytes`.
	pub fn commitment(&self, salt: &Hash) -> Hash {
		commit(salt, Form::Bytes, &Hash::of(self.canonical().as_bytes()))
	}
}

impl Answer {
	/// With which commitment the query must be settled on the chain.
	pub fn result_commitment(&self) -> Hash {
		self.count.commitment(&self.result_salt)
	}
}

impl Reply {
	fn to_part(&self) -> Part {
		let Self { genesis, custodian, dataset, job, permit, told, says } = self;
		let says = match says {
			Says::Answer(answer) => {
				let Answer { count, query_salt, result_salt } = **answer;
				let answer = object([
					("count", count.to_part()),
					("querySalt", Part::of(query_salt)),
					("resultSalt", Part::of(result_salt)),
				]);
				("answer", answer)
			},
			Says::Refusal(Refusal { code, lapses }) => {
				let mut members = vec![("code", Part::of(code))];
				if !lapses.is_empty() {
					let lapses = lapses.iter().map(Part::of).collect();
					members.push(("lapses", Part::List(lapses)));
				}
				("refusal", object(members))
			},
		};
		let mut members = vec![
			("custodian", number(*custodian)),
			("dataset", number(*dataset)),
			("genesis", Part::of(genesis)),
			("job", Part::of(job)),
			("told", number(*told)),
			says,
		];
		members.extend(permit.map(|permit| ("permit", number(permit))));
		object(members)
	}

	fn from_part(part: &Part) -> Result<Self, Malformed> {
		let reply = Closed::of(part, "document", &REPLY)?;
		let says = match (reply.may("answer"), reply.may("refusal")) {
			(Some(part), None) => {
				let answer = Closed::of(part, "answer", &["count", "querySalt", "resultSalt"])?;
				Says::Answer(Box::new(Answer {
					count: Count::from_part(answer.need("count")?)?,
					query_salt: answer.hash("querySalt")?,
					result_salt: answer.hash("resultSalt")?,
				}))
			},
			(None, Some(part)) => Says::Refusal(refusal(part)?),
			_ => return Err(Malformed("answer")),
		};
		let permit = reply.may("permit").map(|_| reply.small("permit")).transpose()?;
		if permit.is_none() && matches!(says, Says::Answer(_)) {
			return Err(Malformed("permit"));
		}
		Ok(Self {
			genesis: reply.hash("genesis")?,
			custodian: reply.small("custodian")?,
			dataset: reply.small("dataset")?,
			job: reply.hash("job")?,
			permit,
			told: reply.whole("told")?,
			says,
		})
	}

	/// The claims, in their canonical form (RFC 8785).
	pub fn canonical(&self) -> String {
		json::written(&self.to_part())
	}

	/// What a key of that name signs (ES384), as RFC 7515 has it.
	pub fn to_sign(&self, kid: &str) -> String {
		let header = json::written(&object([
			("alg", Part::of(Curve::P384.algorithm())),
			("kid", Part::of(kid)),
			("typ", Part::of(TYPE)),
		]));
		let claims = self.canonical();
		format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims))
	}
}

/// What was signed, with its signature: `r` and `s`, 48 bytes each.
pub fn with_signature(signed: &str, signature: &[u8]) -> String {
	format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn refusal(part: &Part) -> Result<Refusal, Malformed> {
	let refusal = Closed::of(part, "refusal", &["code", "lapses"])?;
	let name = refusal.text("code")?;
	let code = Code::ALL.iter().copied().find(|code| code.name() == name);
	let code = code.ok_or(Malformed("code"))?;
	let mut lapses = BTreeSet::new();
	if refusal.may("lapses").is_some() {
		let list = refusal.list("lapses")?;
		if list.is_empty() || list.len() > LAPSES.len() {
			return Err(Malformed("lapses"));
		}
		for part in list {
			let known = LAPSES.into_iter().find(|lapse| part.text() == Some(lapse));
			if !known.is_some_and(|lapse| lapses.insert(lapse)) {
				return Err(Malformed("lapses"));
			}
		}
	}
	let may_have = matches!(code, Code::PermitSuspended | Code::EpochOverdue);
	match may_have || lapses.is_empty() {
		true => Ok(Refusal { code, lapses }),
		false => Err(Malformed("lapses")),
	}
}

/// A reply as it came, with its signature.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedReply {
	/// What it says.
	pub reply: Reply,
	/// The name of the key that has signed it, as it says.
	pub kid: String,
	jws: Jws,
}

impl SignedReply {
	/// Reads a reply. Whose it is, [`is_of`](Self::is_of) tells.
	pub fn read(text: &str) -> Result<Self, Malformed> {
		let jws = Jws::read(text, MAX_REPLY).map_err(|_| Malformed("document"))?;
		if jws.header("typ") != Some(TYPE) {
			return Err(Malformed("typ"));
		}
		let kid = jws.header("kid").filter(|kid| is_of(kid, MAX_KID, |b| b.is_ascii_graphic()));
		let kid = kid.ok_or(Malformed("kid"))?.to_owned();
		let reply = Reply::from_part(jws.claims())?;
		Ok(Self { reply, kid, jws })
	}

	/// Whether this key has signed it: on the curve P-384, of the name that the reply says, in the custodian's profile.
	pub fn is_of(&self, key: &Jwk) -> bool {
		key.curve() == Curve::P384 && self.jws.is_of(key)
	}
}

impl Reply {
	/// Whether this is the reply of `custodian` to `job`, and, if it is an answer, one to its query. That budget was reserved with the
	/// count's `query`, version, permit and epsilon under its `reservation`, and settled with [`Answer::result_commitment`], the
	/// chain tells.
	pub fn check(&self, job: &Job, custodian: u32) -> Result<(), ReplyFault> {
		let is_to_it = self.genesis == job.genesis
			&& self.custodian == custodian
			&& self.dataset == job.dataset
			&& self.job == job.id
			&& self.permit.is_none_or(|permit| permit == job.permit);
		if !is_to_it {
			return Err(ReplyFault::OtherJob);
		}
		let Says::Answer(answer) = &self.says else { return Ok(()) };
		let count = &answer.count;
		let is_of_it = count.genesis == job.genesis
			&& count.custodian == custodian
			&& count.dataset == job.dataset
			&& count.version == job.version;
		if !is_of_it {
			return Err(ReplyFault::OtherCount);
		}
		match job.query.commitment(&answer.query_salt) == count.query {
			true => Ok(()),
			false => Err(ReplyFault::OtherQuery),
		}
	}
}
