//! What leaves, and to whom. In this order: who asks and whether the request is one (nobody else costs more than a signature's
//! check); the two blocks of the present; the credential; that it was not answered before; what there is; the decision; whether
//! the blocks are still of the present; the entry of the log, on the disk; and only then the answer.

mod caller;
mod damaged;
mod leaving;
mod logged;
mod record;
mod refusal;

pub use caller::Caller;
pub(crate) use leaving::{asks_of, may_leave, Leaving};
pub use record::{Read, Receipted};
pub use refusal::Refusal;
