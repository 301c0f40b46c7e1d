use std::path::{Path, PathBuf};
use std::sync::Arc;

use demarche_store::arrow::array::{Array as _, ArrayRef, Int64Array, StringArray, new_null_array};
use demarche_store::arrow::datatypes::{DataType, Field, Fields};
use demarche_store::{Format, Function, Store, TABLES, write_answer};

use crate::helpers::{asked, filled, number};

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
    assert_eq!(reader.metadata().file_metadata().num_rows() as u64, count.expect("written").rows);
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
            "INSERT INTO events VALUES (1)",
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
    let error = store.query("SELECT id, cluster FROM events", &[]).expect_err("no answer").to_string();
    assert!(error.starts_with("Expected: "), "{error}");
    assert!(error.ends_with("cluster is a word of SQL: as a name it stands in double quotes, \"cluster\""), "{error}");
    let error = store.query("SELECT id, FROM WHERE", &[]).expect_err("no answer").to_string();
    assert!(!error.contains("double quotes"), "{error}");
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

#[test]
fn tables_are_counted_as_questions_see_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 20);
    let rows = |store: &Store| {
        let told = asked(store, "SHOW TABLES", Format::Csv);
        let line = told.lines().find(|line| line.starts_with("events,")).expect("the table").to_owned();
        line.split(',').nth(1).and_then(|rows| rows.parse::<i64>().ok()).expect("a number")
    };
    let once = rows(&store);
    store.commit_coding(&crate::pages::run_of("lexicon-2"), vec![crate::pages::recoded(0)]).expect("a commit");
    assert_eq!(number(&store, "SELECT count(*) FROM events_all"), once + 1);
    assert_eq!((rows(&store), number(&store, "SELECT count(*) FROM events")), (once, once));
}

#[test]
fn cells_of_a_table_are_cut_and_other_forms_have_all() {
    let (_folder, store) = store();
    let written = |format| {
        let mut out = Vec::new();
        let told = write_answer(store.query("SELECT id, record FROM events", &[]).expect("an answer"), format, &mut out);
        (told.expect("written"), String::from_utf8(out).expect("text"))
    };
    let (told, text) = written(TABLE);
    assert!(told.cut && text.lines().all(|line| line.chars().count() <= 16 + 2 + 200), "{text}");
    let (told, text) = written(Format::Jsonl);
    assert!(!told.cut && text.lines().next().expect("a row").len() > 500, "{text}");
    let mut out = Vec::new();
    let told = write_answer(store.query("SELECT id FROM events", &[]).expect("an answer"), TABLE, &mut out).expect("written");
    assert!(!told.cut && told.rows > 0);
}

#[test]
fn columns_are_named_without_quotes() {
    let (_folder, store) = store();
    for table in TABLES {
        for column in table.columns {
            let sql = format!("SELECT {0} FROM {1} WHERE {0} IS NOT NULL", column.name, table.name);
            assert!(store.query(&sql, &[]).is_ok(), "{sql}");
        }
    }
}

/// Files of a folder with that ending, those in folders of it too.
fn sources(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, ending, found);
        } else if path.extension().is_some_and(|end| end == ending) {
            found.push(path);
        }
    }
}

/// Questions that texts for users ask: `demarche query "..."`, in code with its quotes escaped, and the blocks of SQL in `store.md`.
fn examples() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = vec![root.join("README.md")];
    sources(&root.join("crates/cli/src"), "rs", &mut files);
    sources(&root.join("crates/flows/src"), "rs", &mut files);
    sources(&root.join("docs"), "md", &mut files);
    let mut found = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a file").replace("\\\"", "\"");
        let questions = text.split("demarche query \"").skip(1).filter_map(|rest| rest.split('"').next());
        found.extend(questions.map(|sql| (file.clone(), sql.to_owned())));
        if file.ends_with("docs/store.md") {
            let blocks = text.split("```sql\n").skip(1).filter_map(|rest| rest.split("```").next());
            found.extend(blocks.map(|sql| (file.clone(), sql.to_owned())));
        }
    }
    found
}

#[test]
fn examples_in_help_and_documentation_work() {
    let (_folder, mut store) = store();
    // Several runs, as the documentation speaks of them.
    store.commit_coding(&crate::pages::run_of("lexicon-2"), vec![crate::pages::recoded(0)]).expect("a commit");
    let words = |names: &[&str]| Fields::from_iter(names.iter().map(|name| Field::new(*name, DataType::Utf8, true)));
    let event = DataType::Struct(words(&["event", "actor", "recipient", "text"]));
    // What they give is the program's; here only the questions are looked at.
    let empty = |name: &str, returns: DataType| Function {
        name: name.into(),
        arguments: 1,
        returns: returns.clone(),
        body: Arc::new(move |columns: &[StringArray]| Ok(new_null_array(&returns, columns[0].len()))),
    };
    let functions = [
        empty("resolve_actor", DataType::Struct(words(&["code", "sectors", "name", "id", "office"]))),
        empty("code_events", DataType::new_list(event, true)),
    ];
    let examples = examples();
    assert!(examples.len() > 12, "{examples:?}");
    for (file, sql) in examples {
        let answer = store.query(&sql, &functions).and_then(|answer| answer.collect::<Result<Vec<_>, _>>());
        assert!(answer.is_ok(), "{}: {sql}: {}", file.display(), answer.expect_err("an error"));
    }
    // The line that leaves out earlier runs, asked of all runs as they lie on the disk.
    let line = include_str!("../../../../docs/store.md").split("```sql\n").nth(1).and_then(|rest| rest.split("```").next());
    let line = line.expect("a block").replace("FROM events e", "FROM events_all e").replace("SELECT e.*", "SELECT count(*)");
    let count = |sql: &str| number(&store, sql);
    assert!(count("SELECT count(*) FROM events_all") > count("SELECT count(*) FROM events"));
    assert_eq!(count(&line), count("SELECT count(*) FROM events"));
}
