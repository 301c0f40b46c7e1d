//! Cases in files: `=== name`, the day of publication, the text, `---`, what is expected. With `UPDATE_CASES` set, what was found is
//! written in place of what was expected.

use std::fmt::Write as _;
use std::path::Path;

use demarche::{Coded, Source, Worker, ingest};

use crate::pipeline;

/// Codes the text of every case in a folder below `tests/cases` and compares what `shown` makes of it; there must be more than `least` cases.
pub(crate) fn check(folder: &str, least: usize, shown: impl Fn(&Coded, &str) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let (pipeline, mut worker) = (pipeline(), Worker::default());
    let mut paths: Vec<_> =
        std::fs::read_dir(&folder).expect("the folder is there").map(|e| e.expect("readable").path()).collect();
    paths.sort();
    let (mut count, mut failures) = (0, String::new());
    for path in paths {
        let file = std::fs::read_to_string(&path).expect("a case file is UTF-8");
        let mut rewritten = String::new();
        for case in file.split("=== ").filter(|c| !c.trim().is_empty()) {
            let (head, expected) = case.split_once("\n---\n").unwrap_or_else(|| panic!("{}: no `---` in {case}", path.display()));
            let mut lines = head.splitn(3, '\n');
            let (name, day, text) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""), lines.next().unwrap_or(""));
            let published = day.parse().unwrap_or_else(|_| panic!("{}: {name}: `{day}` is no day", path.display()));
            let source = Source { published: Some(published), ..Source::new("case.txt", text.as_bytes()) };
            let article = ingest::read(&source).next().expect("a text is one article").expect("the text can be read");
            let found = shown(&pipeline.code(&article, &mut worker), &article.text);
            let _ = write!(rewritten, "=== {name}\n{day}\n{text}\n---\n{found}\n");
            count += 1;
            if found.trim() != expected.trim() {
                let _ = write!(failures, "{}: {name}\n  {text}\nexpected\n{expected}found\n{found}\n", path.display());
            }
        }
        if update {
            std::fs::write(&path, rewritten.trim_end().to_owned() + "\n").expect("the case file is writable");
        }
    }
    assert!(count > least, "only {count} cases");
    assert!(update || failures.is_empty(), "\n{failures}");
}
