//! The module behind Python's package `demarche`. Python holds what is easy to say in it (records as dictionaries, marked texts, Spark); here stand
//! coding, Arrow in and out, and the store. Nothing but this crate knows Python.
//!
//! | module | what it gives |
//! |---|---|
//! | [`coder`] | articles in, records out, on many threads, without Python's lock |
//! | [`table`] | columns, over Arrow's PyCapsule interface |
//! | [`store`] | stores: asked, taken into, and staged for |
//! | [`scores`] | the program's own metrics |
//! | [`errors`] | the exceptions |

mod coder;
mod errors;
mod scores;
mod store;
mod table;

use pyo3::prelude::*;

/// The same as the command's, so that both are equally fast.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What stands behind the package `demarche`.
#[pymodule]
fn _demarche(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<coder::Coder>()?;
    module.add_class::<coder::Coded>()?;
    module.add_class::<table::Table>()?;
    module.add_class::<store::Store>()?;
    module.add_function(wrap_pyfunction!(table::code_table, module)?)?;
    module.add_function(wrap_pyfunction!(store::stage, module)?)?;
    module.add_function(wrap_pyfunction!(coder::event_types, module)?)?;
    module.add_function(wrap_pyfunction!(coder::statuses, module)?)?;
    module.add_function(wrap_pyfunction!(scores::eval_relations, module)?)?;
    module.add_function(wrap_pyfunction!(scores::eval_events, module)?)?;
    module.add_function(wrap_pyfunction!(scores::eval_marked, module)?)?;
    Ok(())
}
