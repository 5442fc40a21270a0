//! What clients ask before they send a transaction.

use crate::{AllowanceState, Quote, Refusal};
use codec::Codec;

sp_api::decl_runtime_apis! {
	/// Who pays for a transaction, and what is left of an allowance.
	pub trait SponsorshipApi<AccountId, Balance>
	where
		AccountId: Codec,
		Balance: Codec,
	{
		/// Who would pay `fee` (from `TransactionPaymentApi.query_info`, without a tip) for a
		/// sponsored call that `who` signs, judged by the state of this block; or why nobody would.
		fn quote(who: AccountId, fee: Balance) -> Result<Quote<AccountId, Balance>, Refusal>;

		/// What `who` may still spend of its sponsor's money, if it was ever welcomed.
		fn allowance(who: AccountId) -> Option<AllowanceState<Balance>>;
	}
}
