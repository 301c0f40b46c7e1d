//! The knowledge base as its users see it.

mod cases;
mod robust;
mod tables;
