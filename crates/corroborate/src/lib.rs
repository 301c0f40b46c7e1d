//! Reports of one event of the world become one event with many mentions.

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
