//! One Delta table of the store: made, brought to the present schema, and changed as the log says.

use deltalake::arrow::datatypes::Schema;
use deltalake::kernel::engine::arrow_conversion::TryIntoKernel as _;
use deltalake::kernel::transaction::{CommitBuilder, CommitProperties, TransactionError};
use deltalake::kernel::{Action, LogicalFileView, MetadataExt as _, Remove, StructField, StructType, Transaction};
use deltalake::operations::create::CreateBuilder;
use deltalake::protocol::{DeltaOperation, SaveMode};
use deltalake::{DeltaTable, DeltaTableError};

use crate::StoreError;
use crate::files::has_statistics;
use crate::journal::{Change, Work};
use crate::place::Place;
use crate::schema::Table;

/// Identifies our commits in the log of a table.
const APP: &str = "demarche";
/// Property of a table that holds its version of the schema.
const SCHEMA_PROPERTY: &str = "demarche.schema";
/// A table with the state that it was last seen in.
#[derive(Debug)]
pub(crate) struct Handle {
    pub(crate) def: &'static Table,
    pub(crate) delta: DeltaTable,
    /// Last entry of the store's log that it holds.
    pub(crate) applied: u64,
    shown: String,
}

/// A file of a table.
#[derive(Clone, Debug)]
pub(crate) struct DataFile {
    pub(crate) path: String,
    pub(crate) size: u64,
    pub(crate) rows: u64,
    /// What takes it out of the table, while its rows stay.
    pub(crate) remove: Remove,
}

impl Handle {
    /// Opens the table, if it is there and its schema is not beyond the one that is known.
    pub(crate) async fn open(place: &Place, def: &'static Table, known: u32) -> Result<Option<Self>, StoreError> {
        let mut delta = place.delta(def.name)?;
        let shown = place.shown(def.name);
        let there = delta.verify_deltatable_existence().await.map_err(|e| StoreError::delta(&shown, e))?;
        if !there {
            return Ok(None);
        }
        delta.load().await.map_err(|e| StoreError::delta(&shown, e))?;
        let mut handle = Self { def, delta, applied: 0, shown };
        let found = handle.schema_version()?;
        if found > known {
            return Err(StoreError::Newer { location: place.name.clone(), found, known });
        }
        handle.read_applied().await?;
        Ok(Some(handle))
    }

    /// Makes the table as of that version of the schema. One that another writer makes at the same time is as good.
    pub(crate) async fn create(place: &Place, def: &'static Table, version: u32) -> Result<(), StoreError> {
        let shown = place.shown(def.name);
        let fault = |e| StoreError::delta(&shown, e);
        let delta = place.delta(def.name)?;
        let schema = delta_schema(&def.arrow(version)).map_err(fault)?;
        let stats: Vec<&str> = def.columns.iter().filter(|c| has_statistics(c.name, c.kind)).map(|c| c.name).collect();
        let made = CreateBuilder::new()
            .with_log_store(delta.log_store())
            .with_table_name(def.name)
            .with_comment(def.about)
            .with_columns(schema.fields().cloned())
            .with_save_mode(SaveMode::Ignore)
            .with_raise_if_key_not_exists(false)
            .with_commit_properties(CommitProperties::default().with_max_retries(0))
            .with_configuration([
                (SCHEMA_PROPERTY, Some(version.to_string())),
                ("delta.dataSkippingStatsColumns", Some(stats.join(","))),
                ("delta.checkpointInterval", Some("50".to_owned())),
            ])
            .await;
        match made {
            Ok(_) => Ok(()),
            Err(error) if is_conflict(&error) => Ok(()),
            Err(error) => Err(fault(error)),
        }
    }

    /// Version of the schema that the table has.
    pub(crate) fn schema_version(&self) -> Result<u32, StoreError> {
        let state = self.delta.snapshot().map_err(|e| StoreError::delta(&self.shown, e))?;
        let version = state.metadata().configuration().get(SCHEMA_PROPERTY);
        version.and_then(|version| version.parse().ok()).ok_or_else(|| StoreError::Damaged {
            place: self.shown.clone(),
            what: format!("the property {SCHEMA_PROPERTY} is missing; it is no table of Demarche"),
        })
    }

    /// Adds the columns that later versions of the schema brought, up to that one. A table that got none stays as it is.
    pub(crate) async fn migrate(&mut self, to: u32) -> Result<(), StoreError> {
        let newest = self.def.columns_of(to).map(|column| column.since).max().unwrap_or(1);
        while self.schema_version()? < newest {
            let fault = |e: DeltaTableError| StoreError::delta(&self.shown, e);
            let state = self.delta.snapshot().map_err(fault)?;
            let schema = delta_schema(&self.def.arrow(to)).map_err(fault)?;
            let metadata = state.metadata().clone().with_schema(&schema).map_err(|e| fault(e.into()))?;
            let metadata = metadata.add_config_key(SCHEMA_PROPERTY.into(), to.to_string()).map_err(|e| fault(e.into()))?;
            let old = state.schema();
            let fields: Vec<StructField> = schema.fields().filter(|field| old.field(field.name()).is_none()).cloned().collect();
            let operation = DeltaOperation::AddColumn { fields };
            self.commit(vec![Action::Metadata(metadata)], operation, None).await?;
        }
        Ok(())
    }

    /// Brings a change of the log to the table, unless it holds it already.
    pub(crate) async fn apply(&mut self, number: u64, kind: Work, change: &Change) -> Result<(), StoreError> {
        while self.applied < number {
            let mut actions: Vec<Action> = change.remove.iter().cloned().map(Action::Remove).collect();
            actions.extend(change.add.iter().cloned().map(Action::Add));
            let operation = match kind {
                Work::Compact => DeltaOperation::Optimize { predicate: None, target_size: 0 },
                Work::Replace => DeltaOperation::Write { mode: SaveMode::Overwrite, partition_by: None, predicate: None },
                _ => DeltaOperation::Write { mode: SaveMode::Append, partition_by: None, predicate: None },
            };
            if self.commit(actions, operation, Some(number)).await? {
                self.applied = number;
            }
        }
        Ok(())
    }

    /// Loads what others have committed.
    pub(crate) async fn refresh(&mut self) -> Result<(), StoreError> {
        self.delta.update_state().await.map_err(|e| StoreError::delta(&self.shown, e))?;
        self.read_applied().await
    }

    /// Goes back to the last state that holds no entry beyond that one.
    pub(crate) async fn back_to(&mut self, number: u64) -> Result<(), StoreError> {
        while let Some(version) = self.delta.version().filter(|version| self.applied > number && *version > 0) {
            self.delta.load_version(version - 1).await.map_err(|e| StoreError::delta(&self.shown, e))?;
            self.read_applied().await?;
        }
        Ok(())
    }

    /// Version of the table that is read.
    pub(crate) fn version(&self) -> Option<u64> {
        self.delta.version()
    }

    /// Rows that the log of the table tells of.
    pub(crate) fn row_count(&self) -> u64 {
        self.files().map_or(0, |files| files.iter().map(|file| file.rows).sum())
    }

    /// The files that the table has now.
    pub(crate) fn files(&self) -> Result<Vec<DataFile>, StoreError> {
        let state = self.delta.snapshot().map_err(|e| StoreError::delta(&self.shown, e))?;
        let file = |file: LogicalFileView| DataFile {
            path: file.path().into_owned(),
            size: file.size().max(0) as u64,
            rows: file.num_records().unwrap_or(0) as u64,
            remove: file.remove_action(false),
        };
        Ok(state.log_data().iter().map(file).collect())
    }

    /// Files that the table has now: removing all of them empties it.
    pub(crate) fn removals(&self, data_change: bool) -> Result<Vec<Remove>, StoreError> {
        let state = self.delta.snapshot().map_err(|e| StoreError::delta(&self.shown, e))?;
        Ok(state.log_data().iter().map(|file| file.remove_action(data_change)).collect())
    }

    /// Commits on top of the state that this handle has seen, and on no other; if another writer was first, reloads
    /// and says no. The version of our transactions is read from this handle too: a commit that it says is missing
    /// can't have been made since.
    async fn commit(&mut self, actions: Vec<Action>, operation: DeltaOperation, number: Option<u64>) -> Result<bool, StoreError> {
        let fault = |e| StoreError::delta(&self.shown, e);
        let mut properties = CommitProperties::default().with_max_retries(0);
        if let Some(number) = number {
            properties = properties.with_application_transaction(Transaction::new(APP, number as i64));
        }
        let log_store = self.delta.log_store();
        let state = self.delta.snapshot().map_err(fault)?;
        let commit = CommitBuilder::from(properties).with_actions(actions).build(Some(state), log_store, operation).await;
        match commit {
            Ok(done) => {
                self.delta.state = Some(done.snapshot());
                Ok(true)
            }
            Err(error) if is_conflict(&error) => {
                self.refresh().await?;
                Ok(false)
            }
            Err(error) => Err(fault(error)),
        }
    }

    async fn read_applied(&mut self) -> Result<(), StoreError> {
        let fault = |e| StoreError::delta(&self.shown, e);
        let state = self.delta.snapshot().map_err(fault)?;
        let version = state.transaction_version(&self.delta.log_store(), APP).await.map_err(fault)?;
        self.applied = version.unwrap_or(0).max(0) as u64;
        Ok(())
    }
}

/// Whether another writer was first.
fn is_conflict(error: &DeltaTableError) -> bool {
    use TransactionError::{CommitConflict, MaxCommitAttempts, VersionAlreadyExists};
    matches!(
        error,
        DeltaTableError::VersionAlreadyExists(_)
            | DeltaTableError::Transaction { source: MaxCommitAttempts(_) | VersionAlreadyExists(_) | CommitConflict(_) }
    )
}

fn delta_schema(schema: &Schema) -> Result<StructType, DeltaTableError> {
    Ok(schema.try_into_kernel()?)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use deltalake::arrow::array::{Array as _, ArrayRef, RecordBatch, StringArray};
    use deltalake::datafusion::prelude::SessionContext;
    use deltalake::kernel::Add;
    use deltalake::parquet::arrow::ArrowWriter;
    use url::Url;

    use super::*;
    use crate::schema::{Column, Kind};

    const GROWN: Table = Table {
        name: "grown",
        about: "a table that got a column",
        columns: &[
            Column { name: "id", kind: Kind::Text, required: true, since: 1 },
            Column { name: "later", kind: Kind::Text, required: false, since: 2 },
        ],
        order: &["id"],
        derived: true,
    };

    fn rows(columns: &[(&str, &str)]) -> RecordBatch {
        let version = columns.len() as u32;
        let arrays = columns.iter().map(|(_, value)| Arc::new(StringArray::from(vec![*value])) as ArrayRef).collect();
        RecordBatch::try_new(GROWN.arrow(version), arrays).expect("rows")
    }

    /// Writes rows as a program of that version did.
    async fn written(place: &Place, rows: RecordBatch) -> Vec<Add> {
        let mut writer = ArrowWriter::try_new(Vec::new(), rows.schema(), None).expect("a writer");
        writer.write(&rows).expect("written");
        let path = format!("{}.parquet", rows.num_columns());
        let bytes = writer.into_inner().expect("a file");
        let size = bytes.len() as i64;
        place.write(&format!("grown/{path}"), bytes).await.expect("written");
        let stats = Some(format!("{{\"numRecords\":{}}}", rows.num_rows()));
        let add = serde_json::json!({"path": path, "partitionValues": {}, "size": size, "modificationTime": 0, "dataChange": true, "stats": stats});
        vec![serde_json::from_value(add).expect("an action")]
    }

    #[test]
    fn an_older_table_gets_its_new_columns_and_a_newer_one_is_refused() {
        static TABLE: Table = GROWN;
        let runtime = tokio::runtime::Runtime::new().expect("threads");
        let storage = Arc::new(object_store::memory::InMemory::new());
        let place = Place::on("memory", Url::parse("memory:///store/").expect("a URL"), storage).expect("a place");
        runtime.block_on(async {
            Handle::create(&place, &TABLE, 1).await.expect("made");
            let mut handle = Handle::open(&place, &TABLE, 1).await.expect("opened").expect("there");
            let add = written(&place, rows(&[("id", "old")])).await;
            handle.apply(1, Work::Batch, &Change { add, remove: vec![] }).await.expect("applied");

            let mut handle = Handle::open(&place, &TABLE, 2).await.expect("opened").expect("there");
            assert_eq!(handle.schema_version().expect("a version"), 1);
            handle.migrate(2).await.expect("migrated");
            assert_eq!(handle.applied, 1);
            let add = written(&place, rows(&[("id", "new"), ("later", "here")])).await;
            handle.apply(2, Work::Batch, &Change { add, remove: vec![] }).await.expect("applied");

            let handle = Handle::open(&place, &TABLE, 2).await.expect("opened").expect("there");
            let context = SessionContext::new();
            context.register_table("grown", handle.delta.table_provider().await.expect("a table")).expect("registered");
            let sql = "SELECT id, later FROM grown ORDER BY id";
            let batches = context.sql(sql).await.expect("a question").collect().await.expect("an answer");
            let got = deltalake::arrow::util::pretty::pretty_format_batches(&batches).expect("a table").to_string();
            assert!(got.contains("| new ") && got.contains("| here") && got.contains("| old "), "{got}");
            assert_eq!(batches.iter().map(|batch| batch.column(1).null_count()).sum::<usize>(), 1);

            let error = Handle::open(&place, &TABLE, 1).await.expect_err("newer");
            assert!(matches!(error, StoreError::Newer { found: 2, known: 1, .. }), "{error}");
        });
    }
}
