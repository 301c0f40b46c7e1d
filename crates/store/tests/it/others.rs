//! Other programs read the same files.

use std::process::Command;

use crate::helpers::{filled, have, number};
use demarche_store::Store;

/// The Python that has DuckDB: `DEMARCHE_PYTHON`, or what is on the path.
fn python() -> String {
    std::env::var("DEMARCHE_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

/// The files of a table, as its log in `_delta_log` names them, are what any reader of Parquet needs.
fn duckdb(store: &Store, sql: &str) -> String {
    let output =
        Command::new(python()).args(["-c", include_str!("duckdb.py"), store.location(), sql]).output().expect("python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// Small files as they were committed, and large ones.
fn before_and_after_compaction(test: impl Fn(&Store)) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 60);
    test(&store);
    store.compact().expect("compacted");
    test(&store);
}

#[test]
fn duckdb_reads_the_files() {
    if !have(&python(), &["-c", "import duckdb"]) {
        return;
    }
    before_and_after_compaction(|store| {
        for table in demarche_store::TABLES {
            let count = number(store, &format!("SELECT count(*) FROM {}", table.name));
            assert_eq!(duckdb(store, &format!("SELECT count(*) FROM {}", table.name)), format!("{count}\n"), "{}", table.name);
        }
        let sql = "SELECT actor, recipient, count(*) AS events, sum(event_scale) AS scale, min(date) AS first FROM dyads \
                   GROUP BY actor, recipient ORDER BY actor, recipient";
        let ours = crate::helpers::asked(store, sql, demarche_store::Format::Csv);
        let ours: Vec<&str> = ours.lines().skip(1).collect();
        let theirs = duckdb(store, sql);
        assert_eq!(theirs.lines().collect::<Vec<_>>(), ours);
        let list = "SELECT len(context), context[1], epoch(CAST(date AS TIMESTAMP)) IS NOT NULL FROM events WHERE date IS NOT NULL LIMIT 1";
        assert_eq!(duckdb(store, list), "2,military,True\n");
    });
}

#[test]
fn pandas_polars_and_arrow_read_the_tables() {
    if !have(&python(), &["-c", "import deltalake, pandas, polars, pyarrow"]) {
        return;
    }
    before_and_after_compaction(|store| {
        let output =
            Command::new(python()).args(["-c", include_str!("others.py"), store.location()]).output().expect("python runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let told = String::from_utf8(output.stdout).expect("text");
        let lines: std::collections::BTreeSet<&str> = told.lines().collect();
        for table in demarche_store::TABLES {
            let count = number(store, &format!("SELECT count(*) FROM {}", table.name));
            assert!(lines.contains(format!("{} {count} {count} {count}", table.name).as_str()), "{}: {told}", table.name);
        }
    });
}
