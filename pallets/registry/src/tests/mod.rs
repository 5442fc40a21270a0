//! The pallet's behaviour, by topic.

mod administration;
mod affiliations;
mod answers;
mod applications;
mod employers;
mod fees;
mod flags;
mod genesis;
mod last_licensed;
mod licences;
mod origins;
mod random;
mod registrars;
mod try_state;
