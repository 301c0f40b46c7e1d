//! What users read when something is wrong: cause, next step, exit status.

use std::path::Path;

use crate::{fresh, run, write};

/// The exit status and message of a run that codes nothing.
#[track_caller]
fn fails(folder: &Path, arguments: &str, status: i32, message: &str) {
    let seen = run(folder, arguments);
    assert_eq!((seen.status, seen.stderr.trim_end()), (status, message), "demarche {arguments}");
    assert_eq!(seen.stdout, "", "demarche {arguments}");
}

#[test]
fn inputs_that_cannot_be_read() {
    let folder = fresh("unreadable");
    write(&folder, "empty.txt", "");
    write(&folder, "blank.html", "  \n\n ");
    write(&folder, "program.bin", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0");
    write(&folder, "pictures/a.jpg", "x");
    fails(
        &folder,
        "code missing.txt",
        1,
        "failed: missing.txt: cannot be read\n  because no such file or directory\n  next: check the path; relative paths start at the current folder",
    );
    for (file, told) in
        [("empty.txt", "the input is empty"), ("blank.html", "the input is empty"), ("program.bin", "this is not text")]
    {
        let seen = run(&folder, &format!("code {file}"));
        assert_eq!(seen.status, 1, "{file}");
        assert!(seen.stderr.starts_with(&format!("failed: {file}: {told}")), "{}", seen.stderr);
        assert!(seen.stderr.contains("  next: "), "{}", seen.stderr);
    }
    let seen = run(&folder, "code pictures");
    assert_eq!(seen.status, 1);
    assert!(seen.stderr.contains("pictures: no articles in this folder\n  next: files that end in htm"), "{}", seen.stderr);
}

#[test]
fn command_lines_that_cannot_be_obeyed() {
    let folder = fresh("usage");
    write(&folder, "a.txt", "Chile condemned Peru on Monday.");
    fails(
        &folder,
        "code *.foo",
        2,
        "error: *.foo: this pattern matches no file\n  because the shell replaces patterns by file names, and left this one as it is\n  \
         next: check the pattern, leave it unquoted, or give the folder: all articles in it are read",
    );
    for (arguments, told) in [
        ("", "Usage: demarche <COMMAND>"),
        ("code", "required arguments were not provided"),
        ("code a.txt --format xml", "possible values: table, jsonl, html"),
        ("code a.txt --published 2025-13-01", "invalid value '2025-13-01'"),
        ("code a.txt --published 26/06/2025", "write the date as YYYY-MM-DD"),
        ("explain a.txt --published today", "write the date as YYYY-MM-DD"),
        ("code a.txt --threads 0", "at least 1"),
        ("code https://news.example/a.html", "web addresses are not fetched"),
        ("bench HTTP://news.example", "next: save the page in a browser or with curl, and give the file"),
        ("code a.txt --emit event", "a similar value exists: 'events'"),
        ("code - -", "standard input is named twice"),
        ("bench --size 3furlongs", "`FURLONGS` is no unit"),
        ("eval events", "required arguments were not provided"),
        ("lexicon check --only nothing-like-this", "no row was chosen"),
    ] {
        let seen = run(&folder, arguments);
        assert_eq!(seen.status, 2, "demarche {arguments}: {}", seen.stderr);
        assert!(seen.stderr.contains(told), "demarche {arguments}: {}", seen.stderr);
    }
}

#[test]
fn what_is_not_there_is_no_fault_of_the_command_line() {
    let folder = fresh("absent");
    write(&folder, "a.txt", "Chile condemned Peru on Monday.");
    for (arguments, told) in [
        ("explain a.txt --event zzz", "no event has an identifier that begins with `zzz`"),
        ("explain a.txt --sentence 9", "there is no sentence 9"),
        ("explain missing.txt --sentence 1", "missing.txt: cannot be read\n  because no such file"),
        ("bench missing", "missing: cannot be read\n  because no such file"),
    ] {
        let seen = run(&folder, arguments);
        assert_eq!(seen.status, 1, "demarche {arguments}: {}", seen.stderr);
        assert!(seen.stderr.contains(told) && seen.stderr.contains("  next: "), "demarche {arguments}: {}", seen.stderr);
    }
}

#[test]
fn gold_files_that_cannot_be_used() {
    let folder = fresh("gold");
    write(&folder, "bad.conllu", "1\tA\t_\n");
    write(&folder, "bad.tsv", "id\tsentence\n");
    write(&folder, "bad.jsonl", "{\"kind\":\"event\"}\n");
    write(&folder, "away.jsonl", "{\"article\":\"nowhere/a.txt\",\"kind\":\"furniture\",\"span\":[0,3]}\n");
    write(&folder, "latin.tsv", b"id\xe9\n");
    for (arguments, told) in [
        ("eval parse bad.conllu", "because line 1: expected 10 tab-separated columns, found 3"),
        ("eval mentions bad.conllu", "because line 1: expected 10"),
        ("eval relations bad.tsv", "because line 1: the header has no column `root`"),
        ("eval relations latin.tsv", "not UTF-8 text"),
        ("eval relations missing.tsv", "cannot be read"),
        ("eval events bad.jsonl", "because line 1: the field `event` is missing"),
        ("eval quotes away.jsonl", "nowhere/a.txt: the article is not there"),
    ] {
        let seen = run(&folder, arguments);
        assert_eq!(seen.status, 1, "demarche {arguments}: {}", seen.stderr);
        assert!(seen.stderr.contains(told) && seen.stderr.contains("  next: "), "demarche {arguments}: {}", seen.stderr);
    }
}
