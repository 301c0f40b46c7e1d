//! Questions in SQL.
//!
//! Tables go by their plain names. Of an article that several runs coded, `events` and the other tables of what was
//! coded show the last run's rows; `events_all` and so on show those of every run.

use std::fmt;
use std::sync::Arc;

use deltalake::arrow::array::{ArrayRef, AsArray as _, Int64Array, RecordBatch, StringArray};
use deltalake::arrow::compute::cast;
use deltalake::arrow::datatypes::{DataType, Field, Int64Type, Schema, SchemaRef};
use deltalake::datafusion::catalog::TableProvider;
use deltalake::datafusion::common::{DataFusionError, ScalarValue, SchemaError};
use deltalake::datafusion::datasource::MemTable;
use deltalake::datafusion::execution::SendableRecordBatchStream;
use deltalake::datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use deltalake::datafusion::execution::memory_pool::FairSpillPool;
use deltalake::datafusion::execution::runtime_env::RuntimeEnvBuilder;
use deltalake::datafusion::logical_expr::{ColumnarValue, Volatility, create_udf};
use deltalake::datafusion::prelude::{SQLOptions, SessionConfig, SessionContext};
use deltalake::datafusion::sql::sqlparser::keywords::ALL_KEYWORDS;
use futures::StreamExt as _;
use tokio::runtime::Handle as Tokio;

use crate::answers::Strings;
use crate::schema::{SCHEMA_VERSION, TABLES, Table};
use crate::{QueryError, Store, StoreError};

/// Memory of a query where nothing is said, in bytes.
pub(crate) const MEMORY: usize = 1 << 30;

/// Words that begin what would change something.
const CHANGES: &[&str] = &[
    "insert", "update", "delete", "merge", "replace", "truncate", "create", "drop", "alter", "copy", "set", "reset", "begin",
    "commit", "rollback", "vacuum", "optimize", "grant", "revoke", "load", "unload", "export",
];
/// Words that no name is mistaken for: where one of them is found, something is missing before it.
const CLAUSES: &[&str] = &[
    "select",
    "from",
    "where",
    "group",
    "order",
    "by",
    "having",
    "limit",
    "offset",
    "join",
    "left",
    "right",
    "inner",
    "full",
    "on",
    "using",
    "as",
    "and",
    "or",
    "not",
    "in",
    "is",
    "between",
    "like",
    "case",
    "when",
    "then",
    "else",
    "end",
    "union",
    "with",
    "asc",
    "desc",
    "distinct",
    "null",
    "over",
    "partition",
];

/// A function of SQL that the caller gives: of strings, one value for each row.
#[derive(Clone)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// How many strings it takes.
    pub arguments: usize,
    /// What it gives.
    pub returns: DataType,
    /// Works on the strings of some rows; arrays are of the same length.
    pub body: Body,
}

/// What a [`Function`] does.
pub type Body = Arc<dyn Fn(&[StringArray]) -> Result<ArrayRef, String> + Send + Sync>;

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({}) -> {}", self.name, self.arguments, self.returns)
    }
}

/// What a question gave, batch by batch.
pub struct Answer {
    schema: SchemaRef,
    stream: SendableRecordBatchStream,
    tokio: Tokio,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("schema", &self.schema).finish_non_exhaustive()
    }
}

impl Answer {
    /// Names and types of the columns.
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

impl Iterator for Answer {
    type Item = Result<RecordBatch, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.tokio.block_on(self.stream.next())?;
        Some(next.map_err(|e| fault(e, "")))
    }
}

impl Store {
    /// Asks in SQL. Only questions: nothing can be changed, and no file outside the store be read. The store must live
    /// as long as the answer is read.
    pub fn query(&self, sql: &str, functions: &[Function]) -> Result<Answer, StoreError> {
        self.query_beside(sql, functions, &[])
    }

    /// The same, with tables of the caller's beside those of the store.
    pub fn query_beside(&self, sql: &str, functions: &[Function], beside: &[(&str, &RecordBatch)]) -> Result<Answer, StoreError> {
        self.runtime.block_on(async {
            // The engine first looks whether a change would be possible, and complains of that.
            let verb: String = sql.trim_start().chars().take_while(char::is_ascii_alphabetic).collect();
            if CHANGES.contains(&verb.to_ascii_lowercase().as_str()) {
                return Err(only_questions().into());
            }
            let context = self.session(functions).await?;
            for (name, rows) in beside {
                context.register_batch(*name, (*rows).clone()).map_err(|e| fault(e, name))?;
            }
            let plain = sql.trim().trim_end_matches(';').trim();
            let frame = if plain.eq_ignore_ascii_case("show tables") {
                let batch = self.tables(&context).await?;
                context.read_batch(batch)
            } else {
                let options = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
                context.sql_with_options(plain, options).await
            };
            let frame = frame.map_err(|e| fault(e, plain))?;
            let stream = frame.execute_stream().await.map_err(|e| fault(e, plain))?;
            Ok(Answer { schema: stream.schema(), stream, tokio: self.runtime.handle().clone() })
        })
    }

    /// Asks, and keeps all of the answer.
    pub fn rows(&self, sql: &str) -> Result<Vec<RecordBatch>, StoreError> {
        self.query(sql, &[])?.collect()
    }

    /// The same, where all columns are read as strings.
    pub fn strings<const N: usize>(&self, sql: &str) -> Result<Vec<[Option<String>; N]>, StoreError> {
        Strings::new(self.query(sql, &[])?).collect()
    }

    /// Identifier and signature of articles that have one and repeat no other: the `most` whose signatures are the greatest
    /// as bytes, so that a number in front of them tells which.
    pub fn signatures(&self, most: usize) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let sql = format!(
            "SELECT id, signature FROM articles WHERE signature IS NOT NULL AND near_duplicate_of IS NULL \
             ORDER BY signature DESC, id LIMIT {most}"
        );
        let mut found = vec![];
        for rows in self.query(&sql, &[])? {
            let rows = rows?;
            let fault = |e| StoreError::rows("articles", e);
            let ids = cast(rows.column(0), &DataType::Utf8).map_err(fault)?;
            let signatures = cast(rows.column(1), &DataType::Binary).map_err(fault)?;
            let pairs = ids.as_string::<i32>().iter().zip(signatures.as_binary::<i32>().iter());
            found.extend(pairs.filter_map(|(id, bytes)| Some((id?.to_owned(), bytes?.to_vec()))));
        }
        Ok(found)
    }

    /// A session with all tables.
    pub(crate) async fn session(&self, functions: &[Function]) -> Result<SessionContext, StoreError> {
        // Twice the usual batch: groups by many keys take a quarter less of the processor (10 million rows, dyads by month).
        self.session_of(functions, 16_384).await
    }

    /// The same, with so many rows to a batch.
    pub(crate) async fn session_of(&self, functions: &[Function], together: usize) -> Result<SessionContext, StoreError> {
        let memory = if self.options.memory == 0 { MEMORY } else { self.options.memory };
        let mut spill = DiskManagerBuilder::default();
        if let Some(folder) = &self.options.spill {
            spill = spill.with_mode(DiskManagerMode::Directories(vec![folder.clone()]));
        }
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_pool(Arc::new(FairSpillPool::new(memory)))
            .with_disk_manager_builder(spill)
            .build_arc()
            .map_err(|e| fault(e, ""))?;
        let mut config = SessionConfig::new().with_information_schema(true).with_batch_size(together);
        if self.options.threads > 0 {
            config = config.with_target_partitions(self.options.threads);
        }
        let options = config.options_mut();
        options.sql_parser.collect_spans = true;
        options.execution.parquet.pushdown_filters = true;
        options.execution.parquet.reorder_filters = true;
        let context = SessionContext::new_with_config_rt(config, runtime);
        for function in functions {
            context.register_udf(udf(function));
        }
        let several = self.journal.runs > 1;
        for (def, handle) in TABLES.iter().zip(&self.handles) {
            let provider: Arc<dyn TableProvider> = match handle {
                Some(handle) => {
                    let state = context.state();
                    handle.delta.update_datafusion_session(&state).map_err(|e| StoreError::delta(def.name, e))?;
                    handle.delta.table_provider().await.map_err(|e| StoreError::storage(def.name, e))?
                }
                None => Arc::new(MemTable::try_new(def.arrow(SCHEMA_VERSION), vec![vec![]]).map_err(|e| fault(e, ""))?),
            };
            if by_run(def) {
                if several {
                    context.register_table(format!("{}_all", def.name), provider).map_err(|e| fault(e, ""))?;
                    continue;
                }
                context.register_table(format!("{}_all", def.name), Arc::clone(&provider)).map_err(|e| fault(e, ""))?;
            }
            context.register_table(def.name, provider).map_err(|e| fault(e, ""))?;
        }
        if several {
            self.register_views(&context).await?;
        }
        Ok(context)
    }

    /// Shows of each article the rows of its last run only.
    async fn register_views(&self, context: &SessionContext) -> Result<(), StoreError> {
        const LAST: &str = "SELECT article, run FROM (SELECT c.article, c.run, row_number() OVER \
            (PARTITION BY c.article ORDER BY r.position DESC, r.run DESC) AS place \
            FROM codings c JOIN (SELECT run, max(position) AS position FROM \
            (SELECT run, position FROM runs UNION ALL SELECT run, position FROM uses) GROUP BY run) r ON c.run = r.run) WHERE place = 1";
        let views = TABLES.iter().filter(|def| by_run(def)).map(|def| {
            (
                def.name,
                format!("SELECT t.* FROM {0}_all t JOIN last_codings l ON t.article = l.article AND t.run = l.run", def.name),
            )
        });
        for (name, sql) in std::iter::once(("last_codings", LAST.to_owned())).chain(views) {
            let frame = context.sql(&sql).await.map_err(|e| fault(e, &sql))?;
            context.register_table(name, frame.into_view()).map_err(|e| fault(e, &sql))?;
        }
        Ok(())
    }

    /// The tables, with as many rows as questions see.
    async fn tables(&self, context: &SessionContext) -> Result<RecordBatch, StoreError> {
        let mut rows = Vec::new();
        for (def, handle) in TABLES.iter().zip(&self.handles) {
            let mut count = handle.as_ref().map_or(0, |handle| handle.row_count() as i64);
            if by_run(def) && self.journal.runs > 1 && count > 0 {
                let sql = format!("SELECT count(*) FROM {}", def.name);
                let counted = context.sql(&sql).await.map_err(|e| fault(e, &sql))?.collect().await.map_err(|e| fault(e, &sql))?;
                let counted = counted.iter().filter(|batch| batch.num_rows() > 0).map(|batch| batch.column(0));
                count = counted.filter_map(|column| column.as_primitive_opt::<Int64Type>()).map(|column| column.value(0)).sum();
            }
            rows.push(count);
        }
        let schema = Schema::new(vec![
            Field::new("table", DataType::Utf8, false),
            Field::new("rows", DataType::Int64, false),
            Field::new("about", DataType::Utf8, false),
        ]);
        let columns: Vec<ArrayRef> = vec![
            Arc::new(StringArray::from_iter_values(TABLES.iter().map(|table| table.name))),
            Arc::new(Int64Array::from_iter_values(rows)),
            Arc::new(StringArray::from_iter_values(TABLES.iter().map(|table| table.about))),
        ];
        RecordBatch::try_new(Arc::new(schema), columns).map_err(|e| StoreError::rows("SHOW TABLES", e))
    }
}

/// Whether several runs may have rows of the same article in it.
pub(crate) fn by_run(table: &Table) -> bool {
    table.name != "codings" && ["run", "article"].iter().all(|name| table.columns.iter().any(|column| column.name == *name))
}

fn udf(function: &Function) -> deltalake::datafusion::logical_expr::ScalarUDF {
    let (name, body) = (function.name.clone(), Arc::clone(&function.body));
    let work = move |values: &[ColumnarValue]| -> Result<ColumnarValue, DataFusionError> {
        let constant = values.iter().all(|value| matches!(value, ColumnarValue::Scalar(_)));
        let arrays = ColumnarValue::values_to_arrays(values)?;
        let strings: Vec<StringArray> = arrays.iter().map(|array| array.as_string::<i32>().clone()).collect();
        let result = body(&strings).map_err(|why| DataFusionError::Execution(format!("{name}: {why}")))?;
        if constant && result.len() == 1 {
            return Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&result, 0)?));
        }
        Ok(ColumnarValue::Array(result))
    };
    let inputs = vec![DataType::Utf8; function.arguments];
    create_udf(&function.name, inputs, function.returns.clone(), Volatility::Immutable, Arc::new(work))
}

/// An error of the engine in plain words, with the place in the question.
pub(crate) fn fault(error: DataFusionError, sql: &str) -> StoreError {
    let root = error.find_root();
    match root {
        DataFusionError::IoError(_) | DataFusionError::ObjectStore(_) | DataFusionError::External(_) => {
            return StoreError::storage("the answer", error);
        }
        DataFusionError::ResourcesExhausted(why) => {
            let hint = "Narrow the question with WHERE, or give it more memory".to_owned();
            let message = format!("the question needs more memory than it may have: {}", first_line(why));
            return QueryError { message, line: None, column: None, hint: Some(hint), memory: true }.into();
        }
        _ => {}
    }
    let span = error.diagnostic().and_then(|diagnostic| diagnostic.span);
    let mut found = QueryError {
        message: String::new(),
        line: span.map(|span| span.start.line),
        column: span.map(|span| span.start.column),
        hint: None,
        memory: false,
    };
    match root {
        DataFusionError::SchemaError(schema, _) => match &**schema {
            SchemaError::FieldNotFound { field, valid_fields } => {
                found.message = format!("there is no column {}", field.name);
                let names: Vec<&str> = valid_fields.iter().map(|field| field.name.as_str()).collect();
                found.hint = nearest(&field.name, &names)
                    .map(|name| format!("Did you mean {name}?"))
                    .or_else(|| (!names.is_empty()).then(|| format!("Columns are {}", names.join(", "))));
            }
            SchemaError::AmbiguousReference { field } => {
                found.message = format!("more than one table has a column {}", field.name);
                found.hint = Some(format!("Write TABLE.{}", field.name));
            }
            other => found.message = other.to_string(),
        },
        other => {
            let words = strip(&other.strip_backtrace());
            if let Some((name, _)) = words.strip_prefix("table '").and_then(|rest| rest.split_once("' not found")) {
                let name = name.rsplit('.').next().unwrap_or(name);
                let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
                found.message = format!("there is no table {name}");
                found.hint = Some(match nearest(name, &names) {
                    Some(near) => format!("Did you mean {near}?"),
                    None => format!("Tables are {}", names.join(", ")),
                });
            } else if ["DDL", "DML", "Statement"].iter().any(|kind| words.starts_with(&format!("{kind} not supported"))) {
                return only_questions().into();
            } else {
                (found.message, found.line, found.column) = parser_place(&words, found.line, found.column);
                found.hint = found.message.rsplit_once(", found: ").and_then(|(_, word)| reserved(word));
            }
        }
    }
    if sql.is_empty() {
        (found.line, found.column) = (None, None);
    }
    found.into()
}

fn only_questions() -> QueryError {
    QueryError {
        message: "only questions can be asked; nothing can be changed with SQL".to_owned(),
        line: None,
        column: None,
        hint: Some("Begin with SELECT, WITH, SHOW TABLES or DESCRIBE TABLE".to_owned()),
        memory: false,
    }
}

/// What to do about a name that is also a word of the language.
fn reserved(word: &str) -> Option<String> {
    let upper = word.to_ascii_uppercase();
    let known = ALL_KEYWORDS.contains(&upper.as_str()) && !CLAUSES.contains(&word.to_ascii_lowercase().as_str());
    known.then(|| format!("{word} is a word of SQL: as a name it stands in double quotes, \"{word}\""))
}

fn first_line(words: &str) -> &str {
    words.lines().next().unwrap_or(words)
}

/// The engine's own headings say nothing to who asked.
fn strip(words: &str) -> String {
    let mut words = words.trim();
    for heading in
        ["Error during planning: ", "SQL error: ", "ParserError(\"", "TokenizerError(\"", "Execution error: ", "Arrow error: "]
    {
        words = words.strip_prefix(heading).unwrap_or(words);
    }
    words.trim_end_matches("\")").to_owned()
}

/// The parser tells the place in its words: "... at Line: 1, Column: 8".
fn parser_place(words: &str, line: Option<u64>, column: Option<u64>) -> (String, Option<u64>, Option<u64>) {
    let told = words.split_once(" at Line: ").and_then(|(message, place)| {
        let (line, column) = place.split_once(", Column: ")?;
        let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u64>().ok();
        Some((message.to_owned(), digits(line), digits(column)))
    });
    told.unwrap_or_else(|| (words.to_owned(), line, column))
}

/// The name that differs least, if it differs little. Capitals make no difference.
pub fn nearest<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    let distance = |other: &str| {
        let (a, b): (Vec<char>, Vec<char>) = (name.to_lowercase().chars().collect(), other.to_lowercase().chars().collect());
        let mut row: Vec<usize> = (0..=b.len()).collect();
        for (i, x) in a.iter().enumerate() {
            let mut corner = row[0];
            row[0] = i + 1;
            for (j, y) in b.iter().enumerate() {
                let change = corner + usize::from(x != y);
                corner = row[j + 1];
                row[j + 1] = change.min(row[j] + 1).min(corner + 1);
            }
        }
        row[b.len()]
    };
    let best = names.iter().map(|other| (distance(other), *other)).min()?;
    (best.0 <= name.chars().count().div_ceil(3)).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        assert_eq!(nearest("evnts", &["articles", "events"]), Some("events"));
        assert_eq!(nearest("weather", &["articles", "events"]), None);
    }

    #[test]
    fn the_parser_tells_its_place() {
        let (message, line, column) = parser_place("Expected: end of statement, found: FORM at Line: 2, Column: 10", None, None);
        assert_eq!((message.as_str(), line, column), ("Expected: end of statement, found: FORM", Some(2), Some(10)));
    }
}
