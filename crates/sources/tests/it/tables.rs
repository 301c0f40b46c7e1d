//! Parquet, as programs write it.

use std::path::Path;
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, Date32Array, DictionaryArray, Int64Array, LargeStringArray, ListArray, RecordBatch, StringArray, StringViewArray,
    TimestampMicrosecondArray,
};
use demarche_sources::{OpenDates, Settings, Source};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::common::{put, read, zip};

/// A table with columns of many types, in row groups of a few rows.
pub(crate) fn table(rows: usize, compression: Compression) -> Vec<u8> {
    let texts: Vec<Option<String>> =
        (0..rows).map(|at| (at != 1).then(|| format!("Report {at} from the valley of Orn."))).collect();
    let outlets: DictionaryArray<Int32Type> = (0..rows).map(|_| Some("Orn Courier")).collect();
    let lists = ListArray::from_iter_primitive::<Int32Type, _, _>((0..rows).map(|at| Some(vec![Some(at as i32)])));
    let titles: Vec<String> = (0..rows).map(|at| format!("Title {at}")).collect();
    let links: Vec<String> = (0..rows).map(|at| format!("https://orn.example/{at}")).collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("n", Arc::new(Int64Array::from_iter_values(0..rows as i64))),
        (
            "when",
            Arc::new(TimestampMicrosecondArray::from_iter_values(
                (0..rows).map(|at| 1_770_000_000_000_000 + at as i64 * 86_400_000_000),
            )),
        ),
        ("day", Arc::new(Date32Array::from_iter_values((0..rows).map(|at| 20_000 + at as i32)))),
        ("story", Arc::new(LargeStringArray::from(texts))),
        ("headline", Arc::new(StringViewArray::from_iter_values(titles))),
        ("where", Arc::new(StringArray::from(links))),
        ("source", Arc::new(outlets)),
        ("numbers", Arc::new(lists)),
    ];
    let batch = RecordBatch::try_from_iter(columns).expect("a batch");
    let properties = WriterProperties::builder().set_compression(compression).set_max_row_group_row_count(Some(100)).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).expect("a writer");
    writer.write(&batch).expect("written");
    writer.into_inner().expect("a file")
}

fn mapped(mapping: &str) -> Settings {
    Settings { mapping: mapping.parse().expect("a mapping"), ..Settings::default() }
}

#[test]
fn a_mapping_of_one_column_leaves_the_others_known() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = put(folder.path(), "a.csv", b"id,when,body\n7,2026-01-05,The ferry was late.\n");
    let read = read(&[source], mapped("published=when"), folder.path());
    let page = read.pages[0].read().expect("an article");
    assert_eq!(page.article.published.map(|told| told.date.to_string()).as_deref(), Some("2026-01-05"));
    assert!(page.own_id && page.unread_date.is_none());
    assert_eq!(page.article.id.0, "7");
}

#[test]
fn a_date_that_may_be_read_in_two_ways_is_read_as_the_user_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = put(
        folder.path(),
        "a.csv",
        b"date,body\n03/04/2026,The ferry was late.\n03/28/2026,It was early.\n28/03/2026,It sank.\n45685,It was found.\n",
    );
    for (dates, expected) in [
        (OpenDates::Unread, ["", "2026-03-28", "2026-03-28", ""]),
        (OpenDates::DayFirst, ["2026-04-03", "2026-03-28", "2026-03-28", ""]),
        (OpenDates::MonthFirst, ["2026-03-04", "2026-03-28", "2026-03-28", ""]),
    ] {
        let read = read(std::slice::from_ref(&source), Settings { dates, ..Settings::default() }, folder.path());
        let pages: Vec<_> = read.pages.iter().map(|page| page.read().expect("an article")).collect();
        let days: Vec<String> =
            pages.iter().map(|page| page.article.published.map_or(String::new(), |told| told.date.to_string())).collect();
        assert_eq!(days, expected, "{dates:?}");
        assert!(pages.iter().zip(expected).all(|(page, day)| page.unread_date.is_some() == day.is_empty()), "{dates:?}");
    }
}

#[test]
fn rows_of_parquet_are_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = || mapped("text=story,url=where,published=when");
    for compression in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::ZSTD(ZstdLevel::default()),
        Compression::LZ4_RAW,
        Compression::GZIP(Default::default()),
    ] {
        let source = put(folder.path(), "a.parquet", &table(350, compression));
        let read = read(&[source], settings(), folder.path());
        assert_eq!((read.pages.len(), read.failures.len()), (350, 0), "{compression}: {:?}", read.failures);
        let article = read.pages[349].article().expect("an article");
        assert_eq!(article.title.as_deref(), Some("Title 349"));
        assert_eq!(article.url.as_deref(), Some("https://orn.example/349"));
        assert_eq!(article.site.as_deref(), Some("Orn Courier"));
        assert_eq!(article.published.map(|published| published.date.to_string()).as_deref(), Some("2027-01-17"));
        assert!(article.text.contains("Report 349 from the valley of Orn."));
        assert!(read.pages[349].key.ends_with("a.parquet:350"));
        let empty = read.pages[1].article().expect_err("a row without text");
        assert!(empty.to_string().ends_with("a.parquet:2: the record has no text: none of the fields text, body, content, article or html holds a non-empty string"), "{empty}");
    }
    let archive = put(folder.path(), "b.zip", &zip(&[("in/b.parquet", &table(10, Compression::SNAPPY))]));
    let read = read(&[archive], settings(), folder.path());
    assert_eq!((read.pages.len(), read.failures.len()), (10, 0), "{:?}", read.failures);
}

#[test]
fn parquet_without_the_column_tells_those_that_are_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = || put(folder.path(), "a.parquet", &table(3, Compression::SNAPPY));
    let told = |settings: Settings| {
        let read = read(&[source()], settings, folder.path());
        assert_eq!((read.pages.len(), read.failures.len()), (0, 1));
        (read.failures[0].reason.to_string(), read.failures[0].next_step())
    };
    let columns = "\u{201c}n\u{201d}, \u{201c}when\u{201d}, \u{201c}day\u{201d}, \u{201c}story\u{201d}, \u{201c}headline\u{201d}, \
                   \u{201c}where\u{201d}, \u{201c}source\u{201d}, \u{201c}numbers\u{201d}";
    let (message, next) = told(mapped("text=body"));
    assert_eq!(message, format!("there is no column \u{201c}body\u{201d} for the text; the columns are {columns}"));
    assert_eq!(next, "correct the mapping; names are told apart by capitals");
    let (message, next) = told(Settings::default());
    assert_eq!(message, format!("no column is known to hold the text; the columns are {columns}"));
    assert_eq!(next, "say which column holds what, for example --columns text=COLUMN,published=COLUMN");
}

#[test]
fn parquet_that_breaks_off_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = table(300, Compression::UNCOMPRESSED);
    let told = |name: &str, bytes: &[u8]| {
        let source: Source = put(folder.path(), name, bytes);
        let read = read(&[source], mapped("text=story"), Path::new(folder.path()));
        assert_eq!(read.failures.len(), 1, "{}", read.printed);
        (read.pages.len(), read.failures[0].reason.code(), read.failures[0].reason.to_string())
    };
    let half = &bytes[..bytes.len() / 2];
    let expected = format!("the Parquet file ends too early, after {} bytes", half.len());
    assert_eq!(told("cut.parquet", half), (0, "truncated", expected));
    // The column of texts of the last row group is overwritten: the rows before it are kept.
    let mut damaged = bytes.clone();
    let at = bytes.windows(10).rposition(|window| window == b"Report 250").expect("a text");
    damaged[at..at + 400].fill(0xff);
    let (pages, code, message) = told("damaged.parquet", &damaged);
    assert_eq!(code, "damaged", "{message}");
    assert!(pages >= 100, "{pages} pages before: {message}");
}
