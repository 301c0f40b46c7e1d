use std::sync::Arc;

use demarche_store::arrow::array::{ArrayRef, Int64Array, StringArray};
use demarche_store::arrow::datatypes::DataType;
use demarche_store::{Format, Function, Store, TABLES, write_answer};

use crate::helpers::{asked, filled};

const TABLE: Format = Format::Table { width: 0 };

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = filled(folder.path(), 40);
    (folder, store)
}

#[test]
fn answers_come_in_every_format() {
    let (_folder, store) = store();
    let sql = "SELECT actor1_code AS actor, recipient1_code AS recipient, context, date FROM events \
               WHERE article = (SELECT id FROM articles WHERE title = 'Report 2')";
    assert_eq!(
        asked(&store, sql, TABLE),
        "actor  recipient  context              date\n\
         -----  ---------  -------------------  ----------\n\
         KEN    PER        military;diplomatic  2024-01-03\n"
    );
    assert_eq!(asked(&store, sql, Format::Csv), "actor,recipient,context,date\nKEN,PER,military;diplomatic,2024-01-03\n");
    assert_eq!(
        asked(&store, sql, Format::Jsonl),
        "{\"actor\":\"KEN\",\"recipient\":\"PER\",\"context\":[\"military\",\"diplomatic\"],\"date\":\"2024-01-03\"}\n"
    );
    let nothing = "SELECT id, mode FROM events WHERE id = 'nobody'";
    assert_eq!(asked(&store, nothing, Format::Csv), "id,mode\n");
    assert_eq!(asked(&store, nothing, Format::Jsonl), "");
    assert_eq!(asked(&store, "SELECT enddate FROM events LIMIT 1", Format::Jsonl), "{\"enddate\":null}\n");
}

#[test]
fn parquet_is_read_back() {
    use demarche_store::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    let (folder, store) = store();
    let path = folder.path().join("answer.parquet");
    let mut file = std::fs::File::create(&path).expect("a file");
    let count =
        write_answer(store.query("SELECT * FROM events ORDER BY id", &[]).expect("an answer"), Format::Parquet, &mut file);
    let reader = ParquetRecordBatchReaderBuilder::try_new(std::fs::File::open(&path).expect("a file")).expect("Parquet");
    assert_eq!(reader.metadata().file_metadata().num_rows() as u64, count.expect("written"));
    assert_eq!(reader.schema().fields().len(), TABLES.iter().find(|table| table.name == "events").expect("events").columns.len());
}

#[test]
fn wide_tables_are_cut_to_the_terminal() {
    let (_folder, store) = store();
    let text = asked(&store, "SELECT id, title, text FROM articles ORDER BY id", Format::Table { width: 60 });
    assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
    assert!(text.contains('…'));
}

#[test]
fn tables_can_be_looked_at() {
    let (_folder, store) = store();
    let tables = asked(&store, "show tables;", TABLE);
    for table in TABLES {
        assert!(tables.contains(table.about), "{tables}");
    }
    assert!(tables.lines().any(|line| line.starts_with("sources") && line.contains("  40  ")), "{tables}");
    let columns = asked(&store, "DESCRIBE events", TABLE);
    assert!(columns.contains("actor1_code") && columns.contains("event_scale"), "{columns}");
}

#[test]
fn functions_of_the_caller_are_known() {
    let (_folder, store) = store();
    let count = Function {
        name: "code_events".into(),
        arguments: 1,
        returns: DataType::Int64,
        body: Arc::new(|columns: &[StringArray]| {
            let count = |text: Option<&str>| text.map(|text| text.matches('.').count() as i64);
            Ok(Arc::new(columns[0].iter().map(count).collect::<Int64Array>()) as ArrayRef)
        }),
    };
    let failing = Function {
        name: "resolve_actor".into(),
        arguments: 1,
        returns: DataType::Utf8,
        body: Arc::new(|_: &[StringArray]| Err("the knowledge base is closed".into())),
    };
    let functions = [count, failing];
    let mut out = Vec::new();
    let sql = "SELECT min(code_events(text)) AS a, code_events('one. two.') AS b FROM articles";
    write_answer(store.query(sql, &functions).expect("an answer"), Format::Csv, &mut out).expect("written");
    assert_eq!(String::from_utf8(out).expect("text"), "a,b\n3,2\n");
    let error =
        store.query("SELECT resolve_actor(title) FROM articles", &functions).and_then(|mut answer| answer.next().transpose());
    assert_eq!(error.expect_err("it fails").to_string(), "resolve_actor: the knowledge base is closed");
}

#[test]
fn errors_are_in_plain_words_with_the_place() {
    let (_folder, store) = store();
    let cases = [
        ("SELECT id FROM evnts", "there is no table evnts, at character 16. Did you mean events?"),
        ("SELECT idd FROM events", "there is no column idd, at character 8. Did you mean id?"),
        ("SELECT id\nFORM events", "Expected: end of statement, found: events, in line 2 at character 6"),
        (
            "DROP TABLE events",
            "only questions can be asked; nothing can be changed with SQL. Begin with SELECT, WITH, SHOW TABLES or DESCRIBE TABLE",
        ),
        (
            "COPY events TO 'out.csv'",
            "only questions can be asked; nothing can be changed with SQL. Begin with SELECT, WITH, SHOW TABLES or DESCRIBE TABLE",
        ),
        (
            "SET datafusion.execution.batch_size = 1",
            "only questions can be asked; nothing can be changed with SQL. Begin with SELECT, WITH, SHOW TABLES or DESCRIBE TABLE",
        ),
        (
            "SELECT run FROM events e JOIN quotes q ON e.article = q.article",
            "more than one table has a column run, at character 8. Write TABLE.run",
        ),
    ];
    for (sql, expected) in cases {
        let error = store.query(sql, &[]).expect_err("no answer");
        assert_eq!(error.to_string(), expected, "{sql}");
    }
    let error = store.query("SELECT nosuch(id) FROM events", &[]).expect_err("no answer").to_string();
    assert!(error.contains("nosuch"), "{error}");
}

#[test]
fn files_outside_the_store_are_out_of_reach() {
    let (folder, store) = store();
    let path = folder.path().join("secret.csv");
    std::fs::write(&path, "a\n1\n").expect("written");
    let sql = format!("SELECT * FROM '{}'", path.display());
    assert!(store.query(&sql, &[]).is_err());
    let sql = format!("CREATE EXTERNAL TABLE t STORED AS CSV LOCATION '{}'", path.display());
    assert!(store.query(&sql, &[]).expect_err("no answer").to_string().starts_with("only questions"));
}
