//! Plans, claims, results and their codes.

mod claim;
mod codes;
mod error;
mod list;
mod plan;
mod result;

pub use claim::*;
pub use codes::*;
pub use error::*;
pub use list::*;
pub use plan::*;
pub use result::*;
