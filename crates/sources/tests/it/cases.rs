//! `tests/cases/NAME/`: a folder `in` that is read, `mapping` if one is given, and `expected.txt` with all that came of it.
//! `UPDATE_CASES=1` writes the last.

use std::fs;
use std::path::Path;

use demarche_sources::{Settings, Source};

use crate::common::read;

#[test]
fn cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut names: Vec<_> = fs::read_dir(&root).expect("cases").map(|entry| entry.expect("a case").path()).collect();
    names.sort();
    assert!(names.len() >= 5, "the cases are gone");
    let mut wrong = Vec::new();
    for case in names {
        let mapping = fs::read_to_string(case.join("mapping")).unwrap_or_default();
        let settings = Settings { mapping: mapping.trim().parse().expect("a mapping"), ..Settings::default() };
        let read = read(&[Source::Path(case.join("in"))], settings, &case.join("in"));
        let expected = case.join("expected.txt");
        let mut printed = read.printed;
        if read.passed_over > 0 {
            printed.push_str(&format!("passed over: {}\n", read.passed_over));
        }
        if std::env::var_os("UPDATE_CASES").is_some() {
            fs::write(&expected, &printed).expect("a file");
        } else if fs::read_to_string(&expected).unwrap_or_default() != printed {
            wrong.push(format!("{}:\n{printed}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "other than expected:\n{}", wrong.join("\n"));
}
