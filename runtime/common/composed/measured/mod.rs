//! What every transaction and block costs besides the calls of our pallets, measured by `scripts/weights.sh` with this
//! chain's runtime and database: both runtimes declare the same (decision 0078).

pub mod block;
pub mod database;
pub mod extrinsic;
pub mod frame_system_extensions;
pub mod pallet_balances;
pub mod pallet_timestamp;
pub mod pallet_transaction_payment;
