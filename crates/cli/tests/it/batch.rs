//! Many articles: the same output for any number of threads, and nothing stops the batch.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use crate::{case_folder, command, fresh, run, run_with, write};

/// A folder with pages, texts and records, some of them below one another.
fn news(name: &str) -> std::path::PathBuf {
    let folder = fresh(name);
    let read = |path: &str| fs::read(case_folder().join(path)).expect("the case exists");
    for n in 0..4 {
        write(&folder, &format!("news/{n}/page.html"), read("coast-guard/input.html"));
        write(&folder, &format!("news/{n}/story.txt"), read("cup-visit/input.txt"));
    }
    write(&folder, "news/records.jsonl", read("talks-records/input.jsonl").repeat(5));
    folder
}

#[test]
fn threads_make_no_difference() {
    let folder = news("threads");
    for form in ["--format jsonl --emit events,quotes,relations,rejects", "--format table", "--format html"] {
        let one = run(&folder, &format!("code news {form} --threads 1")).good();
        for threads in [2, 7] {
            let many = run(&folder, &format!("code news {form} --threads {threads}")).good();
            assert!(one == many, "{form} with {threads} threads differs from one thread");
        }
        assert!(one.len() > 5000, "{form} wrote next to nothing");
    }
}

#[test]
fn a_bad_input_does_not_stop_the_batch() {
    let folder = news("bad");
    write(&folder, "news/1/empty.txt", "");
    write(&folder, "news/2/picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0");
    write(&folder, "news/records.jsonl", "{\"text\": oops\n{\"text\":\"Chile condemned Peru on Monday.\"}\n[1]\n");
    let all = run(&folder, "code news missing.html --format jsonl");
    assert_eq!(all.status, 1);
    for told in
        ["news/1/empty.txt", "news/2/picture.txt", "news/records.jsonl:1", "news/records.jsonl:3", "missing.html", "next:"]
    {
        assert!(all.stderr.contains(told), "{told} is missing from:\n{}", all.stderr);
    }
    assert!(all.stderr.contains("5 of 14 inputs failed"), "{}", all.stderr);
    assert!(all.stdout.contains("Chile condemned Peru") && all.stdout.contains("news/3/page.html"));
}

#[test]
fn other_files_of_a_folder_are_passed_over_and_told() {
    let folder = news("others");
    write(&folder, "news/0/photo.jpg", "not looked at");
    write(&folder, "news/.hidden.txt", "not looked at");
    let seen = run(&folder, "code news");
    assert_eq!(seen.status, 0);
    assert_eq!(seen.stderr, "note: 1 file of other kinds passed over in the folders\n");
}

#[test]
fn a_date_far_from_the_articles_own_is_told_and_obeyed() {
    let folder = fresh("far");
    write(&folder, "a.jsonl", "{\"text\":\"Chile condemned Peru.\",\"published\":\"2024-05-22\"}\n");
    let near = run(&folder, "code a.jsonl --format jsonl --published 2024-07-20").good();
    assert!(near.contains("\"published\":\"2024-07-20\""), "{near}");
    let far = run(&folder, "code a.jsonl --format jsonl --published 2025-06-26");
    assert_eq!(far.status, 0);
    assert!(far.stdout.contains("\"published\":\"2025-06-26\""), "{}", far.stdout);
    let told = "warning: a.jsonl:1: the given date 2025-06-26 is far from the article's own, 2024-05-22 (from the record); \
                the given one is used\n";
    assert_eq!(far.stderr, told);
}

#[test]
fn what_is_no_english_news_is_told() {
    let folder = fresh("language");
    let text = "Der Minister flog am Montag nach Lima, um mit seinem Amtskollegen zu sprechen, und sagte, die Grenze werde im \
                Mai wieder offen sein, so hoffe er jedenfalls.\n";
    write(&folder, "de.txt", text);
    let seen = run(&folder, "code de.txt");
    assert_eq!((seen.status, seen.stderr.as_str()), (0, "warning: de.txt: does not look like English; results mean nothing\n"));
    assert!(seen.stdout.contains("warning: does not look like English"), "{}", seen.stdout);
    write(&folder, "notes.txt", "Milk, bread, two lemons.\n");
    let seen = run(&folder, "code notes.txt --format jsonl");
    assert_eq!((seen.status, seen.stdout.as_str()), (0, ""));
    assert!(seen.stderr.starts_with("note: no events and no quotes in 1 article; `demarche explain"), "{}", seen.stderr);
}

#[test]
fn output_goes_to_a_file_whole() {
    let folder = news("output");
    let stdout = run(&folder, "code news --format jsonl").good();
    assert_eq!(run(&folder, "code news --format jsonl --output out.jsonl").good(), "");
    assert_eq!(fs::read_to_string(folder.join("out.jsonl")).expect("the file is there"), stdout);
    assert!(!folder.join("out.jsonl.partial").exists());
}

#[test]
fn standard_input_is_read_like_a_file() {
    let folder = fresh("stdin");
    let records = "{\"text\":\"Chile condemned Peru.\"}\n{\"text\":\"Kenya praised Chad.\"}\n";
    let seen = run_with(&folder, "code - --format jsonl", records).good();
    assert_eq!(seen.lines().count(), 2, "{seen}");
    assert!(seen.contains("\"origin\":\"-:1\"") && seen.contains("\"origin\":\"-:2\""), "{seen}");
    let seen = run_with(&folder, "code - --format jsonl", "Chile condemned Peru on Monday.\n").good();
    assert!(seen.contains("\"origin\":\"-\""), "{seen}");
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    let folder = news("pipe");
    let mut command = command(&folder);
    // Far more than a pipe holds, so that writing must fail.
    command.args(["code", "--format", "html"]).args(["news"; 6]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program can be started");
    let mut stdout = child.stdout.take().expect("standard output is a pipe");
    stdout.read_exact(&mut [0; 16]).expect("something is written");
    drop(stdout);
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
