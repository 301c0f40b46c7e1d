//! Files in `tests/cases` and the workspace's `examples`, each with its expected rendering in
//! `tests/cases/NAME.out`. To add a case, add the file, run the tests with `UPDATE_CASES=1`, and read what
//! was written.

use std::{
    fs,
    path::{Path, PathBuf},
};

use demarche_ingest::{Source, read};

use crate::render::render;

#[test]
fn cases() {
    check(&crate_dir().join("tests/cases"), &crate_dir().join("tests/cases"), 20);
}

#[test]
fn examples() {
    check(&crate_dir().join("../../examples"), &crate_dir().join("tests/cases/examples"), 8);
}

/// Compares every input of a directory with its expected rendering.
fn check(inputs: &Path, expected: &Path, at_least: usize) {
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let mut failures = String::new();
    let mut count = 0;
    for path in self::inputs(inputs) {
        count += 1;
        let name = path.file_name().and_then(|name| name.to_str()).expect("names are UTF-8").to_owned();
        let bytes = fs::read(&path).expect("the input is readable");
        let got = render(read(&Source::new(&name, &bytes)));
        let file = expected.join(format!("{name}.out"));
        if update {
            fs::create_dir_all(expected).expect("the directory can be made");
            fs::write(&file, &got).expect("the expectation is writable");
            continue;
        }
        let wanted = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        if got != wanted {
            failures.push_str(&format!("--- {name}\n{}", difference(&wanted, &got)));
        }
    }
    assert!(count >= at_least, "only {count} inputs in {}", inputs.display());
    assert!(failures.is_empty(), "\n{failures}\nrun with UPDATE_CASES=1 to accept");
}

/// The input files of a directory, by name.
pub(crate) fn inputs(directory: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(directory)
        .expect("the directory is readable")
        .map(|entry| entry.expect("the entry is readable").path())
        .filter(|path| {
            path.extension()
                .and_then(|extension| extension.to_str())
                .is_some_and(|extension| ["html", "txt", "json", "jsonl"].contains(&extension))
        })
        .collect();
    paths.sort();
    paths
}

/// The crate's directory.
pub(crate) fn crate_dir() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Lines that only one side has, in order.
fn difference(wanted: &str, got: &str) -> String {
    let (wanted, got): (Vec<&str>, Vec<&str>) = (wanted.lines().collect(), got.lines().collect());
    let mut out = String::new();
    for line in wanted.iter().filter(|line| !got.contains(line)) {
        out.push_str(&format!("  - {line}\n"));
    }
    for line in got.iter().filter(|line| !wanted.contains(line)) {
        out.push_str(&format!("  + {line}\n"));
    }
    if out.is_empty() { "  the lines are the same, in another order\n".into() } else { out }
}
