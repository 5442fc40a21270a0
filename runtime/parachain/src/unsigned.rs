//! What reaches a block without a signature, and so without a fee.

use crate::*;
use cumulus_pallet_parachain_system::{
	HostConfiguration, PendingValidationCode, UpgradeRestrictionSignal,
};
#[allow(deprecated)]
use sp_runtime::traits::ValidateUnsigned;
use sp_runtime::transaction_validity::{
	InvalidTransaction, TransactionSource, TransactionValidity, TransactionValidityError,
};

/// Asks the pallets, and besides whether authorised code could be handed to the relay chain now. `frame_system` does not ask
/// that: such code fails in the block, stays authorised, and anybody could fill block after block with it for nothing.
pub struct Unsigned;

#[allow(deprecated)]
impl ValidateUnsigned for Unsigned {
	type Call = RuntimeCall;

	fn pre_dispatch(call: &RuntimeCall) -> Result<(), TransactionValidityError> {
		ensure_code_can_be_stored(call)?;
		Runtime::pre_dispatch(call)
	}

	fn validate_unsigned(source: TransactionSource, call: &RuntimeCall) -> TransactionValidity {
		ensure_code_can_be_stored(call)?;
		Runtime::validate_unsigned(source, call)
	}
}

/// The conditions of `ParachainSystem::schedule_code_upgrade`. The relay chain's prohibition is known within a block alone:
/// the pool lets such a transaction wait, and whoever makes the block leaves it out.
fn ensure_code_can_be_stored(call: &RuntimeCall) -> Result<(), InvalidTransaction> {
	let RuntimeCall::System(frame_system::Call::apply_authorized_upgrade { code }) = call else {
		return Ok(());
	};
	let most = HostConfiguration::<Runtime>::get().map_or(0, |relay| relay.max_code_size);
	let fits = u32::try_from(code.len()).is_ok_and(|length| length <= most);
	let prohibited = UpgradeRestrictionSignal::<Runtime>::get().is_some();
	match fits && !prohibited && !PendingValidationCode::<Runtime>::exists() {
		true => Ok(()),
		false => Err(InvalidTransaction::Call),
	}
}
