//! The store as its callers see it.

#[path = "../common/pages.rs"]
mod pages;

mod additions;
mod answers;
mod checks;
mod commits;
mod failures;
mod helpers;
mod killed;
mod others;
mod s3;
mod series;
mod upkeep;
