//! Reports of one event of the world become one event with many mentions.
//!
//! Start at [`Corroborator`]: it takes in [`Report`]s and keeps [`Cluster`]s with the [`Reason`] of each member; [`Merged`] is
//! what the reports of a cluster tell together. `docs/corroboration.md` has the method and the figures.
//!
//! | module | does |
//! |---|---|
//! | `traits` | what of a record is compared |
//! | `compare`, `parties`, `place`, `words`, `weights` | two of them side by side, and the score |
//! | `blocks` | which are compared at all |
//! | `greedy` | joins what agrees, and nothing that contradicts |
//! | `corroborator`, `settle`, `rings` | keeps the clusters while reports come and go |
//! | `decisions` | what a user has decided |
//! | `view`, `sources`, `daily` | what is made of clusters and records |

mod blocks;
mod cluster;
mod compare;
mod corroborator;
mod daily;
mod decisions;
mod greedy;
mod parties;
mod place;
mod report;
mod rings;
mod settle;
mod sources;
mod traits;
mod view;
mod weights;
mod words;

pub use cluster::{Cluster, ClusterId, Compared, Member, Reason};
pub use compare::{Comparison, Dimension};
pub use corroborator::Corroborator;
pub use daily::{day_key, one_a_day};
pub use decisions::Decision;
pub use report::{Known, Report};
pub use view::{Merged, MergedDate, MergedParty, Told, Toll, TollTold};
pub use weights::{Table, Weights, WeightsError};
