use std::path::{Path, PathBuf};

use demarche_store::{Options, SCHEMA_VERSION, Store, StoreError};

use crate::helpers::{committer, content, create, filled, location, open};
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
    let mut store = filled(folder.path(), 60);
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
fn files_that_are_gone_cut_or_spoilt_are_named_and_the_rest_is_checked() {
    type Spoil = fn(&Path);
    let gone: Spoil = |file| std::fs::remove_file(file).expect("removed");
    let cut: Spoil = |file| {
        let content = std::fs::read(file).expect("a file");
        std::fs::write(file, &content[..content.len() / 2]).expect("written");
    };
    // Of the same size, so that only reading tells.
    let spoilt: Spoil = |file| {
        let size = std::fs::read(file).expect("a file").len();
        std::fs::write(file, vec![7; size]).expect("written");
    };
    for (spoil, told) in [(gone, "is gone"), (cut, "instead of"), (spoilt, "can't be read")] {
        let folder = tempfile::tempdir().expect("a folder");
        drop(filled(folder.path(), 20));
        let lost = parquet(folder.path(), "quotes").swap_remove(0);
        spoil(&lost);
        let report = open(folder.path()).check().expect("a check");
        assert_eq!(report.findings.len(), 1, "{report}");
        let shown = report.to_string();
        let name = lost.file_name().expect("a name").to_string_lossy().into_owned();
        for words in ["quotes: ", told, &name, "restore the file from a backup, or take the sources in again into a new store"] {
            assert!(shown.contains(words), "{words} is missing: {shown}");
        }
        let events = report.tables.iter().find(|table| table.name == "events").expect("the other tables");
        assert!(events.rows > 0 && events.hash.len() == 32, "{report}");
    }
}

#[test]
fn a_table_that_is_gone_is_said_to_be_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(filled(folder.path(), 20));
    std::fs::remove_dir_all(folder.path().join("quotes")).expect("removed");
    let report = Store::open_read_only(&location(folder.path()), Options::default()).and_then(|mut store| store.check());
    let report = report.expect("a check");
    assert_eq!(report.findings.len(), 1, "{report}");
    assert!(report.to_string().contains("quotes: the table is missing"), "{report}");
    // A writer must not make it anew, as if nothing had been in it.
    let error = Store::open(&location(folder.path()), Options::default()).expect_err("a table is missing");
    assert!(matches!(&error, StoreError::Damaged { place, .. } if place.ends_with("quotes")), "{error}");
}

#[test]
fn a_store_is_sound_while_pages_are_taken_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = location(&folder.path().join("store"));
    assert!(committer(&place, 4, 4).status().expect("the example runs").success());
    let mut writer = committer(&place, 300, 3).spawn().expect("the example runs");
    let mut commits = std::collections::BTreeSet::new();
    for _ in 0..12 {
        let report = Store::open_read_only(&place, Options::default()).and_then(|mut store| store.check()).expect("a check");
        assert!(report.sound(), "{report}");
        commits.insert(report.commits);
    }
    assert!(commits.len() > 2, "nothing was written meanwhile: {commits:?}");
    writer.kill().expect("it can be ended");
    writer.wait().expect("it ends");
}

#[test]
fn a_commit_that_its_writer_left_half_done_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(filled(folder.path(), 20));
    // As if the writer had died before the last commit reached this table.
    let log = folder.path().join("rejects/_delta_log");
    let mut files = files(&log);
    files.retain(|file| file.extension().is_some_and(|end| end == "json"));
    files.sort();
    std::fs::remove_file(files.pop().expect("a commit")).expect("removed");
    let report = Store::open_read_only(&location(folder.path()), Options::default()).and_then(|mut store| store.check());
    let report = report.expect("a check");
    assert!(report.findings.iter().any(|f| f.table == "rejects" && f.what.contains("commit 2 has not reached it")), "{report}");
    assert!(open(folder.path()).check().expect("a check").sound());
}

#[test]
fn places_are_read_whatever_their_names() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("a")).expect("a folder");
    for name in ["a/../b.store", "no. #1.store", "Zoë läuft.store", "not-there/../c.store"] {
        let place = folder.path().join(name);
        drop(filled(&place, 10));
        let mut store = Store::open_read_only(&location(&place), Options::default()).expect("a store");
        assert_eq!(store.known_count(), create(&place).known_count(), "{name}");
        let report = store.check().expect("a check");
        assert!(report.sound() && report.commits == 1, "{name}: {report}");
    }
    let mut there: Vec<String> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    there.sort();
    assert_eq!(there, ["Zoë läuft.store", "a", "b.store", "c.store", "no. #1.store"]);
}

#[test]
#[cfg(unix)]
fn a_step_upwards_from_a_link_leads_to_where_it_points() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join("far/deep")).expect("a folder");
    std::os::unix::fs::symlink(folder.path().join("far/deep"), folder.path().join("link")).expect("a link");
    drop(create(&folder.path().join("link/../there")));
    assert!(folder.path().join("far/there/_demarche/store.json").is_file());
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
    assert!(
        report.to_string().contains("1 file of") && report.to_string().contains("is in no table, which is harmless"),
        "{report}"
    );
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
