//! What is added beside pages, and stores that were made before a table.

use std::fs;
use std::path::Path;

use demarche_store::{Addition, Options, Rows, Store};

use crate::helpers::{filled, location, number, open};
use crate::pages::{recoded, run, run_of};

/// Makes of a store what a program of the first version of the schema would have left.
fn older(folder: &Path) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let log = entry.expect("an entry").path().join("_delta_log/00000000000000000000.json");
        if let Ok(text) = fs::read_to_string(&log) {
            let text = text.replace(r#""demarche.schema":"2""#, r#""demarche.schema":"1""#);
            let text = text.replace(r#"\"demarche.schema\":\"2\""#, r#"\"demarche.schema\":\"1\""#);
            fs::write(&log, text).expect("written");
        }
    }
    fs::remove_dir_all(folder.join("corrections")).expect("removed");
    fs::write(folder.join("_demarche/store.json"), r#"{"schema":1}"#).expect("written");
}

fn correction(id: &str, position: usize, article: &str, run: &str) -> Rows {
    let mut rows = Rows::of("corrections").expect("the table");
    rows.push([
        ("id", id.into()),
        ("position", position.into()),
        ("action", "accept".into()),
        ("event", "e".into()),
        ("article", article.into()),
        ("changes", None::<String>.into()),
        ("note", None::<String>.into()),
        ("forgets", None::<String>.into()),
        ("base_run", run.into()),
        ("base_event", "ACCUSE".into()),
        ("trigger_start", 0_u32.into()),
        ("trigger_end", 1_u32.into()),
        ("text", "T".into()),
    ]);
    rows
}

#[test]
fn a_store_made_before_a_table_is_read_and_gets_it_when_it_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = filled(folder.path(), 20).check().expect("a check");
    older(folder.path());

    let mut store = Store::open_read_only(&location(folder.path()), Options::default()).expect("an older store");
    assert_eq!(number(&store, "SELECT count(*) FROM corrections"), 0);
    let report = store.check().expect("a check");
    assert!(report.sound(), "{report}");
    assert_eq!(report.hash(), before.hash());
    assert!(!folder.path().join("corrections").exists(), "reading wrote something");

    let mut store = open(folder.path());
    let article = store.rows("SELECT article FROM codings LIMIT 1").expect("an answer");
    let article = demarche_store::arrow::util::display::array_value_to_string(article[0].column(0), 0).expect("text");
    let row = correction("1", 1, &article, &run().id()).finish().expect("a row");
    let addition = Addition { codings: vec![], rows: vec![("corrections", row)] };
    assert!(store.add(addition).expect("a commit").number.is_some());
    let mut store = open(folder.path());
    assert_eq!(number(&store, "SELECT count(*) FROM corrections"), 1);
    let report = store.check().expect("a check");
    assert!(report.sound(), "{report}");
    assert_eq!(report.hash(), before.hash());
}

#[test]
fn what_follows_from_what_was_read_is_not_written_after_another_commit() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 10);
    let seen = store.last_commit();
    let mut other = open(folder.path());
    let codings = || vec![(run_of("lexicon-2"), vec![recoded(3), recoded(4)])];
    let with = |codings| Addition { codings, rows: vec![] };
    other.add(with(codings())).expect("a commit");
    assert_eq!(store.add_after(seen, with(codings())).expect("an answer"), None);
    let seen = store.last_commit();
    let done = store.add_after(seen, with(codings())).expect("an answer").expect("nobody came between");
    assert_eq!((done.number, done.known_articles > 0), (None, true));
    assert!(store.check().expect("a check").sound());
}

#[test]
fn a_new_run_counts_also_where_an_earlier_one_was_made_to_count_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 10);
    store.add(Addition { codings: vec![(run_of("lexicon-2"), vec![recoded(3), recoded(4)])], rows: vec![] }).expect("a commit");
    let mut row = Rows::of("uses").expect("the table");
    row.push([("run", run().id().into()), ("position", 7_i64.into())]);
    store.append("uses", &row.finish().expect("a row")).expect("a commit");
    let two = vec![(run_of("lexicon-3"), vec![recoded(3)]), (run_of("lexicon-4"), vec![recoded(4)])];
    store.add(Addition { codings: two, rows: vec![] }).expect("a commit");
    for (lexicon, place) in [("lexicon-3", 8), ("lexicon-4", 9)] {
        let run = run_of(lexicon).id();
        assert_eq!(number(&store, &format!("SELECT position FROM runs WHERE run = '{run}'")), place);
        assert_eq!(number(&store, &format!("SELECT count(*) FROM last_codings WHERE run = '{run}'")), 1, "{lexicon}");
    }
    assert!(store.check().expect("a check").sound());
}
