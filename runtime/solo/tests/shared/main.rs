//! The tests of `runtime/testing`, which every chain runs, on this chain; and those of its consensus.

use salus_runtime as runtime;

#[path = "../../../testing/common.rs"]
mod common;
mod of_consensus;

#[path = "../../../testing/acknowledgement.rs"]
mod acknowledgement;
#[path = "../../../testing/care.rs"]
mod care;
#[path = "../../../testing/care_histories.rs"]
mod care_histories;
#[path = "../../../testing/claims.rs"]
mod claims;
#[path = "../../../testing/clocks.rs"]
mod clocks;
#[path = "../../../testing/decisions.rs"]
mod decisions;
mod declared;
#[path = "../../../testing/delegation.rs"]
mod delegation;
#[path = "../../../testing/deposits.rs"]
mod deposits;
#[path = "../../../testing/dice.rs"]
mod dice;
#[path = "../../../testing/enactment.rs"]
mod enactment;
#[path = "../../../testing/fees.rs"]
mod fees;
mod finality;
#[path = "../../../testing/letting_go.rs"]
mod letting_go;
#[path = "../../../testing/limits.rs"]
mod limits;
#[path = "../../../testing/limits_of_calls.rs"]
mod limits_of_calls;
#[path = "../../../testing/pausing.rs"]
mod pausing;
#[path = "../../../testing/people_histories.rs"]
mod people_histories;
#[path = "../../../testing/plain_numbers.rs"]
mod plain_numbers;
#[path = "../../../testing/plain_sight.rs"]
mod plain_sight;
#[path = "../../../testing/policies.rs"]
mod policies;
#[path = "../../../testing/powers.rs"]
mod powers;
#[path = "../../../testing/presets.rs"]
mod presets;
#[path = "../../../testing/privacy.rs"]
mod privacy;
#[path = "../../../testing/research.rs"]
mod research;
#[path = "../../../testing/scheduling.rs"]
mod scheduling;
#[path = "../../../testing/sealed.rs"]
mod sealed;
#[path = "../../../testing/sealed_people.rs"]
mod sealed_people;
mod state_sizes;
#[path = "../../../testing/stolen_key.rs"]
mod stolen_key;
#[path = "../../../testing/tightening.rs"]
mod tightening;
