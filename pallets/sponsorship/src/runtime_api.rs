//! What clients ask before they send a transaction.

use crate::{AllowanceState, Quote, Refusal};
use codec::Codec;

sp_api::decl_runtime_apis! {
	/// Who pays for a transaction, and what is left of an allowance.
	pub trait SponsorshipApi<AccountId, Call, Balance>
	where
		AccountId: Codec,
		Call: Codec,
		Balance: Codec,
	{
		/// Who would pay `fee` (from `TransactionPaymentApi.query_info`, without a tip) if `who`
		/// signed `call`, judged by the state of this block; or why nobody would.
		fn quote(who: AccountId, call: Call, fee: Balance) -> Result<Quote<AccountId, Balance>, Refusal>;

		/// What is left of the allowance of `who`, if it was ever welcomed. Less may be left of the
		/// budget that it shares.
		fn allowance(who: AccountId) -> Option<AllowanceState<Balance>>;
	}
}
