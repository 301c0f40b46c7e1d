//! The commands, one file each.

pub(crate) mod bench;
pub(crate) mod code;
pub(crate) mod eval;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod kb;
pub(crate) mod lexicon;
#[cfg(feature = "store")]
pub(crate) mod store;
