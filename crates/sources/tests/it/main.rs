//! Sources as a user has them: whole, broken, and made to break things.

mod broken;
mod cases;
mod common;
mod damage;
mod duplicates;
mod languages;
mod server;
mod tables;
mod web;
