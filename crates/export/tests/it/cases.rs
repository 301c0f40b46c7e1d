//! What each format makes of the cases. `UPDATE_CASES=1 cargo test -p demarche-export` writes it; then read what was written.

use std::collections::BTreeSet;
use std::fs;

use demarche_export::{FileKind, Format, validate, validate_brat};

use crate::{cases, events, everything, run};

#[test]
fn files_are_as_expected() {
    let mut different = Vec::new();
    for format in Format::ALL {
        let folder = tempfile::tempdir().unwrap();
        run(events(), everything(format), folder.path());
        let expected = cases().join(format.name());
        if std::env::var_os("UPDATE_CASES").is_some() {
            let _ = fs::remove_dir_all(&expected);
            fs::create_dir_all(&expected).unwrap();
        }
        let mut names: BTreeSet<String> = names(folder.path());
        if format == Format::Parquet {
            // Its bytes hang on the library's version; its rows are compared with those of the CSV below.
            assert_eq!(names, BTreeSet::from(["events.parquet".to_owned(), "parquet.manifest.json".to_owned()]));
            continue;
        }
        for name in &names {
            let got = fs::read(folder.path().join(name)).unwrap();
            if std::env::var_os("UPDATE_CASES").is_some() {
                fs::write(expected.join(name), &got).unwrap();
            } else if fs::read(expected.join(name)).ok().as_deref() != Some(&got[..]) {
                different.push(format!("{}/{name}", format.name()));
            }
        }
        names.extend(self::names(&expected));
        assert_eq!(names, self::names(folder.path()), "{}: files", format.name());
    }
    assert!(different.is_empty(), "other than expected: {different:?}");
}

#[test]
fn every_file_is_sound_by_its_list_of_columns() {
    for format in Format::ALL {
        let folder = tempfile::tempdir().unwrap();
        let manifest = run(events(), everything(format), folder.path());
        assert!(manifest.events.written > 0, "{}", format.name());
        let mut checked = 0;
        for file in manifest.files.iter().filter(|file| !file.name.ends_with(".keys.tsv") && !file.name.ends_with(".conf")) {
            let path = folder.path().join(&file.name);
            if let Some(kind) = FileKind::of_name(&file.name) {
                assert_eq!(validate(kind, fs::File::open(&path).unwrap()), [], "{}", file.name);
                checked += 1;
            } else if let Some(name) = file.name.strip_suffix(".ann") {
                let text = fs::read_to_string(folder.path().join(format!("{name}.txt"))).unwrap();
                assert_eq!(validate_brat(&text, &fs::read_to_string(&path).unwrap()), [], "{name}");
                checked += 1;
            }
        }
        assert!(checked > 0, "{}", format.name());
    }
}

#[test]
fn the_manifest_tells_the_hash_the_rows_and_the_columns_of_every_file() {
    for format in Format::ALL {
        let folder = tempfile::tempdir().unwrap();
        let manifest = run(events(), everything(format), folder.path());
        let read: demarche_export::Manifest =
            serde_json::from_slice(&fs::read(folder.path().join(format!("{}.manifest.json", format.name()))).unwrap()).unwrap();
        assert_eq!(read, manifest);
        let counts = &manifest.events;
        assert_eq!(counts.read, counts.written + counts.left_out.values().sum::<u64>(), "{}", format.name());
        assert_eq!(manifest.coders.iter().map(|coder| coder.events).sum::<u64>(), counts.written);
        for file in &manifest.files {
            use sha2::Digest;
            let bytes = fs::read(folder.path().join(&file.name)).unwrap();
            let hash: String = sha2::Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!((file.bytes, &file.sha256), (bytes.len() as u64, &hash), "{}", file.name);
            if !file.columns.is_empty() && file.name != "events.parquet" {
                let header = u64::from(!file.name.ends_with(".CSV"));
                let text = String::from_utf8(bytes).unwrap();
                assert_eq!(file.rows + header, text.lines().count() as u64, "{}", file.name);
                let separator = if file.name.ends_with(".csv") { "," } else { "\t" };
                assert!(
                    file.name.ends_with(".CSV") || text.lines().next().unwrap() == file.columns.join(separator),
                    "{}",
                    file.name
                );
            }
        }
    }
}

#[test]
fn the_same_events_give_the_same_bytes() {
    for format in Format::ALL {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        run(events(), everything(format), one.path());
        run(events(), everything(format), other.path());
        for name in names(one.path()) {
            assert!(fs::read(one.path().join(&name)).unwrap() == fs::read(other.path().join(&name)).unwrap(), "{name}");
        }
    }
}

#[test]
fn parquet_has_the_rows_of_the_csv() {
    use arrow_array::{Array, ListArray, StringArray, cast::AsArray};
    let folder = tempfile::tempdir().unwrap();
    run(events(), everything(Format::Csv), folder.path());
    run(events(), everything(Format::Parquet), folder.path());
    let file = fs::File::open(folder.path().join("events.parquet")).unwrap();
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    let batches: Vec<_> = reader.map(Result::unwrap).collect();
    let mut csv = csv::Reader::from_path(folder.path().join("events.csv")).unwrap();
    let header: Vec<String> = csv.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    assert_eq!(batches.iter().map(arrow_array::RecordBatch::num_rows).sum::<usize>(), rows.len());
    let mut compared = 0;
    let mut line = 0;
    for batch in &batches {
        for row in 0..batch.num_rows() {
            for (index, column) in batch.columns().iter().enumerate() {
                let of_csv = &rows[line][index];
                let of_parquet = if let Some(text) = column.as_any().downcast_ref::<StringArray>() {
                    if text.is_null(row) {
                        String::new()
                    } else {
                        text.value(row).split_whitespace().collect::<Vec<_>>().join(" ")
                    }
                } else if let Some(list) = column.as_any().downcast_ref::<ListArray>() {
                    let values = list.value(row);
                    let values = values.as_string::<i32>();
                    let values: Vec<String> =
                        values.iter().map(|v| v.unwrap_or("").replace(';', ",").replace('\n', " ")).collect();
                    values.join(";")
                } else {
                    continue;
                };
                assert_eq!(of_parquet, of_csv, "{} of row {line}", header[index]);
                compared += 1;
            }
            line += 1;
        }
    }
    assert!(compared > 1000, "{compared}");
}

/// The files of a folder.
fn names(folder: &std::path::Path) -> BTreeSet<String> {
    fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}
