//! Nodes that run, and are asked from outside. In one program: they share what takes long, the specification of the
//! development chain and the compiled runtime.

mod closed_network;
mod listeners;
mod running;
mod runtime_cache;
