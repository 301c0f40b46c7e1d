#![expect(clippy::print_stdout, reason = "a test that leaves something out says so")]

//! What several tests need.

use std::path::{Path, PathBuf};
use std::process::Command;

use demarche_store::arrow::array::{AsArray as _, RecordBatch};
use demarche_store::arrow::datatypes::Int64Type;
use demarche_store::{Cell, Format, Options, Report, Rows, Store, write_answer};
use jiff::civil::Date;

pub(crate) fn location(folder: &Path) -> String {
    folder.to_str().expect("a path in UTF-8").to_owned()
}

pub(crate) fn create(folder: &Path) -> Store {
    Store::create(&location(folder), Options::default()).expect("a new store")
}

pub(crate) fn open(folder: &Path) -> Store {
    Store::open(&location(folder), Options::default()).expect("a store")
}

/// Commits pages in batches of ten.
pub(crate) fn filled(folder: &Path, pages: u64) -> Store {
    let mut store = create(folder);
    for first in (0..pages).step_by(10) {
        store.commit(crate::pages::batch(first..(first + 10).min(pages))).expect("a commit");
    }
    store
}

pub(crate) fn number(store: &Store, sql: &str) -> i64 {
    let batches = store.rows(sql).expect("an answer");
    let batch: &RecordBatch = batches.iter().find(|batch| batch.num_rows() > 0).expect("a row");
    batch.column(0).as_primitive::<Int64Type>().value(0)
}

pub(crate) fn asked(store: &Store, sql: &str, format: Format) -> String {
    let mut out = Vec::new();
    write_answer(store.query(sql, &[]).expect("an answer"), format, &mut out).expect("written");
    String::from_utf8(out).expect("text")
}

/// The parts of a report that must not depend on how rows came to be where they are.
pub(crate) fn content(report: &Report) -> Vec<(&'static str, u64, String)> {
    report.tables.iter().filter(|table| table.derived).map(|table| (table.name, table.rows, table.hash.clone())).collect()
}

/// An example of this crate, which `cargo test` builds too.
pub(crate) fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("this test");
    let folder = test.parent().and_then(Path::parent).expect("the target folder");
    folder.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

pub(crate) fn committer(store: &str, pages: u64, batch: u64) -> Command {
    let mut command = Command::new(example("commit_pages"));
    command.args([store, &pages.to_string(), &batch.to_string()]);
    command
}

/// A program that a test can do without: says so where it is missing.
pub(crate) fn have(program: &str, arguments: &[&str]) -> bool {
    let there = Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success());
    if !there {
        println!("left out: {program} {} does not run here", arguments.join(" "));
    }
    there
}

/// A row of `clusters`: an accusation by the first party of the second.
pub(crate) fn push_cluster(rows: &mut Rows, id: &str, lead: &str, [actor, recipient]: [&str; 2], date: Option<Date>) {
    let nothing = None::<f64>;
    let list = |code: &str| Cell::Texts(vec![code.to_owned()]);
    rows.push([
        ("cluster_id", id.into()),
        ("lead", lead.into()),
        ("event", "ACCUSE".into()),
        ("mode", Cell::Texts(vec![])),
        ("context", Cell::Texts(vec![])),
        ("quad_code", 3_i64.into()),
        ("event_scale", Cell::Float(Some(-3.0))),
        ("status", "actual".into()),
        ("date", date.into()),
        ("enddate", date.into()),
        ("date_precision", date.map(|_| "day".to_owned()).into()),
        ("date_told", Some(true).into()),
        ("actor", actor.into()),
        ("actors", list(actor)),
        ("recipient", recipient.into()),
        ("recipients", list(recipient)),
        ("place_name", None::<String>.into()),
        ("place_country", None::<String>.into()),
        ("lat", nothing.into()),
        ("lon", nothing.into()),
        ("dead_low", nothing.into()),
        ("dead_high", nothing.into()),
        ("dead_latest", nothing.into()),
        ("injured_low", nothing.into()),
        ("injured_high", nothing.into()),
        ("injured_latest", nothing.into()),
        ("size_low", nothing.into()),
        ("size_high", nothing.into()),
        ("reports", 2_i64.into()),
        ("articles", 2_i64.into()),
        ("sources", 2_i64.into()),
        ("outlets", Cell::Texts(vec![])),
        ("first_published", date.into()),
        ("last_published", date.into()),
        ("confidence", Cell::Float(Some(0.9))),
        ("record", "{}".into()),
    ]);
}
