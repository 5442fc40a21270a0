//! What the benchmarks need of the mock.

use super::{account_of, pair, stand_ins::NOW, AccountId};
use salus_primitives::Moment;
use sp_core::Pair;
use sp_runtime::MultiSignature;

pub struct BenchmarkHelper;

impl salus_primitives::benchmarking::BenchmarkHelper<AccountId, MultiSignature>
	for BenchmarkHelper
{
	fn sign(message: &dyn Fn(&AccountId) -> Vec<u8>) -> (AccountId, MultiSignature) {
		let pair = pair(200);
		let who = account_of(&pair);
		let signature = pair.sign(&message(&who)).into();
		(who, signature)
	}

	fn set_time(now: Moment) {
		NOW.set(now);
	}
}
