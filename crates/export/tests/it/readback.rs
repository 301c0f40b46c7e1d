//! The files open with the loaders that users have: pandas, DuckDB and networkx, by the published lists of columns.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use demarche_export::Format;

use crate::{events, everything, run};

/// The exit status by which the script says that a library is not installed.
const MISSING: i32 = 77;

#[test]
fn pandas_duckdb_and_networkx_read_every_format() {
    let folder = tempfile::tempdir().unwrap();
    for format in Format::ALL {
        run(events(), everything(format), &folder.path().join(format.name()));
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readback.py");
    let python = std::env::var("DEMARCHE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    // The published lists lie beside the repository where they are at hand; the project's own have the same names.
    let published = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/schemas");
    let lists = published.is_dir().then_some(published);
    let output = match Command::new(&python).arg(&script).arg(folder.path()).args(lists).output() {
        Ok(output) => output,
        Err(error) => return skip(&format!("{python} does not start ({error})")),
    };
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    match output.status.code() {
        Some(MISSING) => skip(told.trim()),
        code => assert_eq!(code, Some(0), "{told}"),
    }
}

/// Says on the real standard error, past the test's capture, that nothing was tested.
fn skip(why: &str) {
    let told = format!("reading back with pandas and DuckDB is skipped: {why}\n");
    std::io::stderr().write_all(told.as_bytes()).unwrap();
}
