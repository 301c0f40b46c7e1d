use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use crate::helpers::{asked, content, create, filled, location, open};
use crate::pages::batch;
use demarche_store::{Format, Options, Store, StoreError};

#[test]
fn compaction_changes_files_and_no_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 100);
    let before = store.check().expect("a check");
    let done = store.compact().expect("compacted");
    assert_eq!(done.tables["events"], (10, 1));
    let after = store.check().expect("a check");
    assert!(after.sound(), "{after}");
    assert_eq!(content(&after), content(&before));
    let files =
        |report: &demarche_store::Report, name| report.tables.iter().find(|table| table.name == name).expect("a table").files;
    assert_eq!(files(&after, "events"), 1);
    assert!(after.unused_files >= 100, "{after}");
    assert!(store.compact().expect("compacted").tables.is_empty(), "a second time there is nothing to do");
    // Another handle goes on from there.
    drop(store);
    open(folder.path()).commit(batch(100..110)).expect("a commit");
    let straight = tempfile::tempdir().expect("a folder");
    let straight = filled(straight.path(), 110).check().expect("a check");
    assert_eq!(content(&open(folder.path()).check().expect("a check")), content(&straight));
}

#[test]
fn compacted_rows_are_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 100);
    store.compact().expect("compacted");
    let got = asked(&store, "SELECT actor, recipient, date, event FROM dyads", Format::Csv);
    let mut rows: Vec<&str> = got.lines().skip(1).collect();
    assert!(rows.len() > 50);
    // Undated events come first, as an empty field does.
    assert!(rows.is_sorted(), "{got}");
    rows.dedup();
    assert_eq!(rows.len(), got.lines().count() - 1);
}

#[test]
fn many_small_files_are_merged_on_the_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = create(folder.path());
    for n in 0..33 {
        store.commit(batch(n * 3..n * 3 + 3)).expect("a commit");
        store.tidy().expect("tidy");
    }
    let report = store.check().expect("a check");
    assert!(report.sound(), "{report}");
    for table in &report.tables {
        assert!(table.files < 20, "{report}");
    }
    let straight = tempfile::tempdir().expect("a folder");
    assert_eq!(content(&report), content(&filled(straight.path(), 99).check().expect("a check")));
}

#[test]
fn vacuum_removes_what_is_old_and_unused() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 60);
    store.compact().expect("compacted");
    let before = store.check().expect("a check");
    let now = Timestamp::now();
    let young = store.vacuum(now, SignedDuration::from_hours(1), false).expect("vacuumed");
    assert_eq!((young.files, young.kept, young.kept_bytes), (0, before.unused_files, before.unused_bytes));
    let later = now.checked_add(SignedDuration::from_hours(2)).expect("a time");
    let told = store.vacuum(later, SignedDuration::from_hours(1), true).expect("vacuumed");
    assert_eq!((told.files, told.bytes), (before.unused_files, before.unused_bytes));
    let done = store.vacuum(later, SignedDuration::from_hours(1), false).expect("vacuumed");
    assert_eq!(done.files, told.files);
    let after = store.check().expect("a check");
    assert!(after.sound(), "{after}");
    assert_eq!(after.unused_files, 0);
    assert_eq!(content(&after), content(&before));
}

#[test]
fn a_long_log_is_folded_and_read_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = create(folder.path());
    let mut other = open(folder.path());
    for n in 0..44 {
        store.commit(batch([n])).expect("a commit");
        if n % 20 == 19 {
            store.tidy().expect("tidy");
        }
    }
    let keys = std::fs::read_dir(folder.path().join("_demarche/keys")).expect("folded").count();
    assert!(keys >= 1);
    let later = Timestamp::now().checked_add(SignedDuration::from_hours(2)).expect("a time");
    assert!(store.vacuum(later, SignedDuration::from_hours(1), false).expect("vacuumed").log_files > 25);
    drop(store);
    // One that slept meanwhile finds the log emptied under it, and still doubles nothing.
    let done = other.commit(batch(0..49)).expect("a commit");
    assert_eq!((done.pages, done.known_pages), (5, 44));
    let report = open(folder.path()).check().expect("a check");
    assert!(report.sound(), "{report}");
    assert_eq!(report.tables.iter().find(|table| table.name == "sources").expect("sources").rows, 49);
}

/// The files of keys, the oldest first.
fn keys(store: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(store.join("_demarche/keys")).expect("folded");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

fn cut(file: &Path) {
    let content = std::fs::read(file).expect("a file");
    std::fs::write(file, &content[..content.len() / 2]).expect("written");
}

#[test]
fn a_damaged_file_of_keys_is_made_up_for_and_two_are_told_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = create(folder.path());
    let soon = Timestamp::now().checked_add(SignedDuration::from_hours(2)).expect("a time");
    for n in 0..45 {
        store.commit(batch([n])).expect("a commit");
        // Folds three times, and empties what is folded.
        if n % 15 == 14 {
            store.vacuum(soon, SignedDuration::from_hours(1), false).expect("vacuumed");
        }
    }
    let known = store.known_count();
    drop(store);
    let files = keys(folder.path());
    assert_eq!(files.len(), 2, "{files:?}");
    cut(&files[1]);
    let mut store = open(folder.path());
    assert_eq!(store.known_count(), known);
    let done = store.commit(batch(0..46)).expect("a commit");
    assert_eq!((done.pages, done.known_pages), (1, 45));
    let report = store.check().expect("a check");
    assert!(report.sound(), "{report}");
    drop(store);
    cut(&files[0]);
    for open in [Store::open, Store::open_read_only] {
        let error = open(&location(folder.path()), Options::default()).expect_err("both are damaged");
        assert!(matches!(&error, StoreError::Damaged { place, .. } if place.ends_with("_demarche/keys")), "{error}");
        assert!(error.to_string().contains("Restore it from a backup, or ingest the sources into a new store"), "{error}");
    }
}

#[test]
fn files_that_a_killed_writer_began_are_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 10);
    let begun = ["events/part-1.zstd.parquet#1", "events/_delta_log/00000000000000000009.json#12", "_demarche/log/9.json#1"];
    for name in begun {
        std::fs::write(folder.path().join(name), "half").expect("written");
    }
    // This is a name that the storage shows.
    std::fs::write(folder.path().join("events/part-1.parquet#x"), "half").expect("written");
    let report = store.check().expect("a check");
    assert!(report.sound(), "{report}");
    assert_eq!((report.unused_files, report.unused_bytes), (4, 16));
    let now = Timestamp::now();
    let kept = store.vacuum(now, SignedDuration::from_hours(1), false).expect("vacuumed");
    assert_eq!((kept.files, kept.kept, kept.kept_bytes), (0, 4, 16));
    let soon = now.checked_add(SignedDuration::from_hours(2)).expect("a time");
    assert_eq!(store.vacuum(soon, SignedDuration::from_hours(1), false).expect("vacuumed").files, 4);
    assert!(begun.iter().all(|name| !folder.path().join(name).exists()));
    assert_eq!(store.check().expect("a check").unused_files, 0);
}
