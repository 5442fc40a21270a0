//! The configuration of every pallet, a file a domain. What all chains have alike is one file for all.

pub mod chain;
pub mod consensus;

#[path = "../../../common/composed/configs/fees.rs"]
pub mod fees;
#[path = "../../../common/composed/configs/governance.rs"]
pub mod governance;
#[path = "../../../common/composed/configs/health.rs"]
pub mod health;
#[path = "../../../common/composed/configs/privilege.rs"]
pub mod privilege;
#[path = "../../../common/composed/configs/proxies.rs"]
pub mod proxies;
#[path = "../../../common/composed/configs/system.rs"]
pub mod system;
