//! Reports of one real-world event become one event with many mentions.
//!
//! All events of the store are compared as [`demarche_corroborate`] does it, the user's decisions are held, and the table `event_clusters` is
//! written anew. The same events and decisions give the same table, in whatever order they came.

use std::collections::BTreeMap;
use std::sync::Arc;

use demarche::types::EventId;
use demarche_corroborate::{Corroborator, Decision, Known, Reason, Report, Weights};
use demarche_records::Event;
use demarche_store::{Store, StoreError, TABLES, arrow};

use arrow::array::{Array as _, ArrayRef, AsArray as _, Float64Array, ListBuilder, RecordBatch, StringArray, StringBuilder};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field};
use xxhash_rust::xxh3::xxh3_64;

use crate::rows::Text;

/// Version of the schema in which tables are written.
const SCHEMA: u32 = demarche_store::SCHEMA_VERSION;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corroborated {
    /// Reports: events of articles.
    pub reports: usize,
    /// Events of the world.
    pub clusters: usize,
    /// Of these, told by more than one report.
    pub shared: usize,
    /// Reports of the event told most often.
    pub largest: usize,
    /// Decisions of the user that hold.
    pub decisions: usize,
}

/// Why it cannot be done.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are named in the messages")]
pub enum CorroborateError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("an event of article {article} is no record: {source}; `demarche store check` tells more")]
    Record { article: String, source: serde_json::Error },
    #[error("the store has no event {id}; `demarche query \"SELECT id, text FROM events\"` lists them")]
    NoEvent { id: String },
    #[error("{id} is alone in its cluster: there is nothing to split it from")]
    Alone { id: String },
    #[error("{id} begins the identifiers of several events; give more of it")]
    Ambiguous { id: String },
    #[error("the table {table} could not be made: {source}; this is a fault of the program, please report it")]
    Rows { table: &'static str, source: arrow::error::ArrowError },
}

/// Compares all events and writes the clusters.
pub fn corroborate(store: &mut Store) -> Result<Corroborated, CorroborateError> {
    let mut all = Gathered::of(store)?;
    all.write(store)
}

/// Holds that the events are one, and writes the clusters.
pub fn merge(store: &mut Store, a: &str, b: &str) -> Result<Corroborated, CorroborateError> {
    let mut all = Gathered::of(store)?;
    let (a, b) = (all.event(a)?, all.event(b)?);
    let decision = all.corroborator.merge(&a, &b).ok_or(CorroborateError::NoEvent { id: b.0.to_string() })?;
    keep(store, &decision, all.corroborator.decisions().len())?;
    all.write(store)
}

/// Holds that the event is another than those of its cluster, and writes the clusters.
pub fn split(store: &mut Store, event: &str) -> Result<Corroborated, CorroborateError> {
    let mut all = Gathered::of(store)?;
    let event = all.event(event)?;
    let decision = all.corroborator.split(&event).ok_or(CorroborateError::Alone { id: event.0.to_string() })?;
    keep(store, &decision, all.corroborator.decisions().len())?;
    all.write(store)
}

struct Gathered {
    corroborator: Corroborator,
    /// Article and run of every event.
    origins: BTreeMap<String, (String, String)>,
}

const EVENTS: &str = "SELECT e.article, e.run, e.record, a.wire, coalesce(a.duplicate_of, a.near_duplicate_of, a.id) FROM events e \
                      JOIN articles a ON e.article = a.id ORDER BY e.article, e.id";

impl Gathered {
    fn of(store: &Store) -> Result<Self, CorroborateError> {
        let mut all = Self { corroborator: Corroborator::default(), origins: BTreeMap::new() };
        for rows in store.query(EVENTS, &[])? {
            let rows = rows?;
            let columns = [0, 1, 2, 3, 4].map(|column| Text::of(&rows, column));
            let [article, run, record, wire, group] = &columns;
            for row in 0..rows.num_rows() {
                let name = article.at(row).unwrap_or_default();
                let event: Event = serde_json::from_str(record.at(row).unwrap_or_default())
                    .map_err(|source| CorroborateError::Record { article: name.to_owned(), source })?;
                let known = Known { wire: wire.at(row), group: group.at(row) };
                all.corroborator.add([Report { event: &event, known }]);
                all.origins.insert(event.id.to_string(), (name.to_owned(), run.at(row).unwrap_or_default().to_owned()));
            }
        }
        for decision in decisions(store)? {
            all.corroborator.decide(decision);
        }
        Ok(all)
    }

    /// The event whose identifier begins so.
    fn event(&self, id: &str) -> Result<EventId, CorroborateError> {
        let mut found = self.origins.range(id.to_owned()..).map(|(known, _)| known).take_while(|known| known.starts_with(id));
        match (found.next(), found.next()) {
            (Some(one), None) => Ok(EventId(one.as_str().into())),
            (Some(one), Some(_)) if one == id => Ok(EventId(id.into())),
            (Some(_), Some(_)) => Err(CorroborateError::Ambiguous { id: id.to_owned() }),
            (None, _) => Err(CorroborateError::NoEvent { id: id.to_owned() }),
        }
    }

    fn write(&mut self, store: &mut Store) -> Result<Corroborated, CorroborateError> {
        let weights = Weights::default();
        let clusters = self.corroborator.clusters();
        let mut found = Corroborated {
            reports: self.corroborator.len(),
            clusters: clusters.len(),
            decisions: self.corroborator.decisions().len(),
            ..Corroborated::default()
        };
        let mut columns: [Vec<Option<String>>; 5] = Default::default();
        let mut scores: Vec<Option<f64>> = vec![];
        for cluster in &clusters {
            found.shared += usize::from(cluster.members.len() > 1);
            found.largest = found.largest.max(cluster.members.len());
            for member in &cluster.members {
                let id = member.event.0.as_str();
                let (article, run) = self.origins.get(id).cloned().unwrap_or_default();
                let cells = [cluster.id.0.to_string(), id.to_owned(), article, run, member.reason.words(&weights)];
                for (column, cell) in columns.iter_mut().zip(cells) {
                    column.push(Some(cell));
                }
                scores.push(match &member.reason {
                    Reason::Alike { compared, .. } => Some(f64::from(compared.score) / 100.0),
                    Reason::First | Reason::Decided { .. } => None,
                });
            }
        }
        let mut arrays: Vec<ArrayRef> =
            columns.into_iter().map(|column| Arc::new(StringArray::from(column)) as ArrayRef).collect();
        arrays.push(Arc::new(Float64Array::from(scores)));
        store.replace("event_clusters", &[batch("event_clusters", arrays)?])?;
        Ok(found)
    }
}

fn batch(name: &'static str, arrays: Vec<ArrayRef>) -> Result<RecordBatch, CorroborateError> {
    let fault = |source| CorroborateError::Rows { table: name, source };
    let Some(table) = TABLES.iter().find(|table| table.name == name) else {
        return Err(fault(arrow::error::ArrowError::SchemaError(format!("there is no table {name}"))));
    };
    RecordBatch::try_new(table.arrow(SCHEMA), arrays).map_err(fault)
}

/// The user's decisions, in the order in which they were taken.
fn decisions(store: &Store) -> Result<Vec<Decision>, CorroborateError> {
    let mut found = vec![];
    for rows in store.rows("SELECT kind, events, id FROM decisions ORDER BY id")? {
        let kind = Text::of(&rows, 0);
        let lists = cast(rows.column(1), &DataType::List(Arc::new(Field::new("element", DataType::Utf8, true))))
            .map_err(|source| CorroborateError::Rows { table: "decisions", source })?;
        let lists = lists.as_list::<i32>();
        for row in 0..rows.num_rows() {
            let events: Vec<EventId> =
                lists.value(row).as_string::<i32>().iter().flatten().map(|id| EventId(id.into())).collect();
            match (kind.at(row), events.split_first()) {
                (Some("merge"), Some(_)) => found.push(Decision::Merge { events }),
                (Some("split"), Some((event, from))) => found.push(Decision::Split { event: event.clone(), from: from.to_vec() }),
                _ => {}
            }
        }
    }
    Ok(found)
}

/// Writes a decision down. Its identifier begins with its place among the decisions, so that they stay in order.
fn keep(store: &mut Store, decision: &Decision, place: usize) -> Result<(), CorroborateError> {
    let (kind, events): (&str, Vec<&EventId>) = match decision {
        Decision::Merge { events } => ("merge", events.iter().collect()),
        Decision::Split { event, from } => ("split", std::iter::once(event).chain(from).collect()),
    };
    let words: Vec<&str> = events.iter().map(|event| event.0.as_str()).collect();
    let id = format!("{place:08}-{:016x}", xxh3_64(words.join(" ").as_bytes()));
    let mut list = ListBuilder::new(StringBuilder::new()).with_field(Field::new("element", DataType::Utf8, true));
    list.append_value(words.iter().map(Some));
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from(vec![id])),
        Arc::new(StringArray::from(vec![kind])),
        Arc::new(list.finish()),
        Arc::new(StringArray::from(vec![None::<String>])),
    ];
    store.append("decisions", &batch("decisions", arrays)?)?;
    Ok(())
}
