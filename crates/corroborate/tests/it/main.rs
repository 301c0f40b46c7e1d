//! Cases are files: `tests/cases/clusters/*.txt` and `tests/cases/views/*.txt`. Each holds cases that begin with `=== name`, then
//! reports in the form of `lines.rs`, then `---` and what is expected; `UPDATE_CASES=1` writes that anew.

mod accuracy;
mod cases;
mod decisions;
mod lines;
mod orders;
mod part;
