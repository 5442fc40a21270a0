//! Tests by topic. Each leaves a state that `try_state` accepts.

mod access;
mod acknowledge;
mod anchor;
mod batch;
mod bytes;
mod deposits;
mod disputes;
mod erasure;
mod evict;
mod holds;
mod life;
mod lineage;
mod machine;
mod many;
mod peers;
mod retention;
mod retract;
mod shred;
mod try_state;
mod vectors;
mod verify;
mod weights;
