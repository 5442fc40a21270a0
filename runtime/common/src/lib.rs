//! # What every runtime of Salus shares
//!
//! Two parts:
//!
//! - this crate: what does not depend on a runtime. The types of accounts and amounts, the units of money, the
//!   kinds of proxies, and rules that are numbers.
//! - `runtime/common/composed`: configuration and policy that name a runtime's own `Runtime` and
//!   `RuntimeCall`. Each runtime compiles these files as modules of its own, so that there is one text for
//!   both chains. Its chain module (`configs/chain.rs`) says what they ask for.
//!
//! Nothing here names a consensus.

#![cfg_attr(not(feature = "std"), no_std)]

pub mod governance;
pub mod health;
pub mod money;
mod proxy_type;
mod types;

pub use money::*;
pub use proxy_type::ProxyType;
pub use types::*;
