//! Knowledge: every folder of `tests/kb` holds `commands`, one command line of the program each, with single quotes around words with spaces,
//! and the files that they need. They run one after the other in a copy of the folder. `expected.txt` holds what they print, and their exit
//! status. Run with `UPDATE_CASES=1` to write it anew; then read the difference.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Run, command, fresh};

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be listed");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    paths.sort();
    paths
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for path in entries(from) {
        let target = to.join(path.file_name().expect("it has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file can be copied");
        }
    }
}

fn words(line: &str) -> Vec<String> {
    let mut words = vec![];
    for (nth, part) in line.split('\'').enumerate() {
        match nth % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}

/// A text without the numbers of lines in the tables that ship, which change with every row.
fn without_lines(text: &str) -> String {
    let mut parts = text.split(".tsv:");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + ".tsv:N" + part.trim_start_matches(|c: char| c.is_ascii_digit()))
}

fn transcript(case: &Path) -> String {
    let folder = fresh(&format!("kb-{}", case.file_name().expect("a case has a name").to_string_lossy()));
    copy(case, &folder);
    let mut out = String::new();
    for line in fs::read_to_string(case.join("commands")).expect("every case has its commands").lines() {
        let run = Run::of(command(&folder).args(words(line)).output().expect("the program can be started"));
        out += &format!("$ demarche {line}\n{}", without_lines(&run.stdout));
        if !run.stderr.is_empty() {
            out += &format!("[stderr]\n{}", run.stderr);
        }
        if run.status != 0 {
            out += &format!("[status {}]\n", run.status);
        }
        out.push('\n');
    }
    // Of a folder's own files one may be told whole: the report of an import.
    if let Ok(report) = fs::read_to_string(folder.join("report.tsv")) {
        out += &format!("[report.tsv]\n{report}");
    }
    out
}

#[test]
fn commands_print_as_expected() {
    let mut complaints = vec![];
    for case in entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kb")) {
        let (path, seen) = (case.join("expected.txt"), transcript(&case));
        if std::env::var_os("UPDATE_CASES").is_some() {
            fs::write(&path, &seen).expect("the expectation can be written");
        } else if fs::read_to_string(&path).unwrap_or_default() != seen {
            complaints.push(format!("{}:\n--- seen\n{seen}", path.display()));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}

/// What was known belongs to the stamp of every record.
#[test]
fn records_are_stamped_with_the_tables() {
    let folder = fresh("kb-stamp");
    crate::write(&folder, "a.txt", "Chile condemned Peru on Monday.");
    let stamp = |options: &str| {
        let out = crate::run(&folder, &format!("code a.txt --format jsonl {options}")).good();
        let record: serde_json::Value = serde_json::from_str(out.lines().next().expect("an event")).expect("a record is JSON");
        record["coder"]["version"]["knowledge"].as_str().or(record["coder"]["knowledge"].as_str()).expect("a stamp").to_owned()
    };
    crate::write(&folder, "mine/actors.csv", "name,code\nTin Front,BOL\n");
    let (bare, one) = (stamp(""), stamp("--kb mine"));
    crate::write(&folder, "mine/actors.csv", "name,code\nTin Front,PER\n");
    let other = stamp("--kb mine");
    assert!(one.starts_with(&bare) && other.starts_with(&bare), "{bare} {one} {other}");
    assert!(bare != one && one != other, "{bare} {one} {other}");
}
