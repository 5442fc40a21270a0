//! Corrupted storage is noticed, whatever is corrupted.
