use std::path::{Path, PathBuf};

use demarche_store::{Options, SCHEMA_VERSION, Store, StoreError};

use crate::helpers::{content, create, filled, location, open};
use crate::pages::batch;

/// The files of a folder, those in folders of it too.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn parquet(folder: &Path, table: &str) -> Vec<PathBuf> {
    let files = files(&folder.join(table)).into_iter();
    files
        .filter(|file| file.extension().is_some_and(|end| end == "parquet") && !file.to_string_lossy().contains("_delta_log"))
        .collect()
}

#[test]
fn a_whole_store_is_sound() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = filled(folder.path(), 60);
    let report = store.check().expect("a check");
    assert!(report.sound(), "{report}");
    assert_eq!(report.commits, 6);
    let told = report.to_string();
    assert!(told.contains("nothing is wrong") && told.contains("sources"), "{told}");
}

#[test]
fn content_does_not_depend_on_batches_or_their_order() {
    let (one, two) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let straight = filled(one.path(), 30).check().expect("a check");
    let mut store = create(two.path());
    for first in [21, 14, 7, 0, 28] {
        store.commit(batch(first..(first + 7).min(30))).expect("a commit");
    }
    assert_eq!(content(&store.check().expect("a check")), content(&straight));
}

#[test]
fn another_text_is_another_content_and_breaks_spans() {
    let (one, two) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let straight = filled(one.path(), 10).check().expect("a check");
    let mut store = create(two.path());
    let mut pages = batch(0..10);
    pages.pages[2].articles[0].article.text.insert(0, 'X');
    store.commit(pages).expect("a commit");
    let report = store.check().expect("a check");
    assert_ne!(report.hash(), straight.hash());
    let tables: Vec<&str> = report.findings.iter().map(|finding| finding.table.as_str()).collect();
    for table in ["quotes", "facts", "rejects", "event_actors", "events"] {
        assert!(tables.contains(&table), "{report}");
    }
}

#[test]
fn a_repeated_article_that_is_not_there_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = create(folder.path());
    // Page 9 repeats the article of page 8.
    store.commit(batch([9])).expect("a commit");
    let report = store.check().expect("a check");
    assert_eq!(report.findings.len(), 1, "{report}");
    assert_eq!(report.findings[0].table, "sources");
}

#[test]
fn files_that_are_gone_or_cut_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(filled(folder.path(), 20));
    let lost = parquet(folder.path(), "quotes").swap_remove(0);
    let name = lost.file_name().expect("a name").to_string_lossy().into_owned();
    std::fs::remove_file(&lost).expect("removed");
    let error = open(folder.path()).check().expect_err("a file is gone");
    assert!(matches!(&error, StoreError::Damaged { what, .. } if what.contains(&name)), "{error}");
}

#[test]
fn unused_files_are_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(filled(folder.path(), 10));
    std::fs::copy(parquet(folder.path(), "events").swap_remove(0), folder.path().join("events/part-of-nobody.parquet"))
        .expect("copied");
    let report = open(folder.path()).check().expect("a check");
    assert!(report.sound(), "{report}");
    assert_eq!(report.unused_files, 1);
}

#[test]
fn a_newer_store_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(create(folder.path()));
    let marker = folder.path().join("_demarche/store.json");
    std::fs::write(&marker, format!("{{\"schema\":{}}}", SCHEMA_VERSION + 1)).expect("written");
    let error = Store::open(&location(folder.path()), Options::default()).expect_err("a newer store");
    let told = error.to_string();
    assert!(told.contains("newer Demarche") && told.contains("Install the newer version"), "{told}");
}

#[test]
fn places_that_are_none_say_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = |result: Result<Store, StoreError>| result.expect_err("no store").to_string();
    let nothing = location(&folder.path().join("nothing"));
    assert_eq!(
        told(Store::open(&nothing, Options::default())),
        format!("there is no store at {nothing}. `demarche ingest SOURCE --store {nothing}` makes one")
    );
    std::fs::write(folder.path().join("notes.txt"), "mine").expect("written");
    assert!(told(Store::create(&location(folder.path()), Options::default())).contains("holds other files and no store"));
    assert!(told(Store::create(&location(&folder.path().join("notes.txt")), Options::default())).contains("it is a file"));
    assert!(told(Store::create("ftp://somewhere/else", Options::default())).contains("only folders and s3:// are known"));
}
