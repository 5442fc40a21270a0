//! Permits second by second, answers about the past, and exact budgets.

mod budgets;
mod generator;
mod permits;

use crate::*;
