//! Tests by topic. Each leaves a state that `try_state` accepts.

mod access;
mod acknowledge;
mod anchor;
mod batch;
mod deposits;
mod lineage;
mod machine;
mod retract;
mod try_state;
mod vectors;
mod verify;
