//! Reading what others have collected.

pub(crate) mod countries;
