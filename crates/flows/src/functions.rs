//! Functions of SQL that code and look up.
//!
//! | function | gives |
//! |---|---|
//! | `code_events(text)` | a list of events, each a struct: `event`, `mode`, `status`, `actor`, `recipient`, `date`, `place`, `dead`, `text`, `confidence`, `record` |
//! | `resolve_actor(text)` | a struct: `code`, `sectors`, `name`, `id`, `office`; null where nothing is known |

use std::cell::RefCell;
use std::sync::Arc;

use demarche::ingest::{Source, read_text};
use demarche::knowledge::Known;
use demarche::types::Actor;
use demarche::{Pipeline, Recorder, Worker};
use demarche_records::{Event, Party, Record};
use demarche_store::{Function, arrow};

use arrow::array::{
    Array as _, ArrayRef, Float64Builder, ListBuilder, NullBufferBuilder, StringArray, StringBuilder, StructArray, StructBuilder,
};
use arrow::datatypes::{DataType, Field, Fields};

use crate::coding;

/// Names of the functions, for whoever wants to know whether a question needs them.
pub const NAMES: [&str; 2] = ["code_events", "resolve_actor"];

thread_local! {
    /// Each thread of the query engine has buffers of its own.
    static WORKER: RefCell<Worker> = RefCell::new(Worker::default());
}

/// The functions, with the pipeline that they use.
pub fn functions(pipeline: &Arc<Pipeline>) -> Vec<Function> {
    let (code, look) = (Arc::clone(pipeline), Arc::clone(pipeline));
    vec![
        Function {
            name: NAMES[0].to_owned(),
            arguments: 1,
            returns: DataType::new_list(DataType::Struct(event_fields()), true),
            body: Arc::new(move |columns| events(&code, &columns[0])),
        },
        Function {
            name: NAMES[1].to_owned(),
            arguments: 1,
            returns: DataType::Struct(actor_fields()),
            body: Arc::new(move |columns| actors(&look, &columns[0])),
        },
    ]
}

fn event_fields() -> Fields {
    let words =
        ["event", "mode", "status", "actor", "recipient", "date", "place"].map(|name| Field::new(name, DataType::Utf8, true));
    let rest = [
        Field::new("dead", DataType::Float64, true),
        Field::new("text", DataType::Utf8, true),
        Field::new("confidence", DataType::Float64, true),
        Field::new("record", DataType::Utf8, true),
    ];
    words.into_iter().chain(rest).collect()
}

fn events(pipeline: &Pipeline, texts: &StringArray) -> Result<ArrayRef, String> {
    let fields = event_fields();
    let item = StructBuilder::from_fields(fields.clone(), texts.len());
    let mut list = ListBuilder::new(item).with_field(Field::new_list_field(DataType::Struct(fields), true));
    for text in texts {
        let Some(text) = text else {
            list.append_null();
            continue;
        };
        for event in coded(pipeline, text)? {
            append(list.values(), &event)?;
        }
        list.append(true);
    }
    Ok(Arc::new(list.finish()))
}

/// The events of a text that is not dated: expressions like "on Monday" stay without a day.
fn coded(pipeline: &Pipeline, text: &str) -> Result<Vec<Event>, String> {
    let Ok(article) = read_text(&Source::new("query", text.as_bytes())) else { return Ok(vec![]) };
    let records = WORKER.with_borrow_mut(|worker| {
        pipeline.try_read(&article, worker, |reading| {
            let recorder = Recorder::new(&reading.document, pipeline.stamp());
            coding::records(&recorder, &reading)
        })
    });
    let records = records.map_err(|failure| failure.to_string())?;
    Ok(records.into_iter().filter_map(|record| if let Record::Event(event) = record { Some(*event) } else { None }).collect())
}

fn append(row: &mut StructBuilder, event: &Event) -> Result<(), String> {
    let first = |parties: &[Party]| parties.first().map(|party| party.code.clone().unwrap_or_else(|| party.entity_text.clone()));
    let words = [
        Some(event.event.clone()),
        event.mode.first().cloned(),
        Some(event.status.name().to_owned()),
        first(&event.actor),
        first(&event.recipient),
        event.date.map(|date| date.to_string()),
        event.event_loc.as_ref().map(|place| place.name.clone()),
    ];
    let record = serde_json::to_string(event).map_err(|error| error.to_string())?;
    let of_kind = "a field of the list of events is of another kind";
    for (column, word) in words.into_iter().enumerate() {
        row.field_builder::<StringBuilder>(column).ok_or(of_kind)?.append_option(word);
    }
    row.field_builder::<Float64Builder>(7).ok_or(of_kind)?.append_option(event.magnitude.dead.map(|dead| dead.0));
    row.field_builder::<StringBuilder>(8).ok_or(of_kind)?.append_value(&event.text);
    row.field_builder::<Float64Builder>(9).ok_or(of_kind)?.append_value(event.confidence);
    row.field_builder::<StringBuilder>(10).ok_or(of_kind)?.append_value(record);
    row.append(true);
    Ok(())
}

fn actor_fields() -> Fields {
    ["code", "sectors", "name", "id", "office"].map(|name| Field::new(name, DataType::Utf8, true)).into_iter().collect()
}

fn actors(pipeline: &Pipeline, names: &StringArray) -> Result<ArrayRef, String> {
    let mut columns: [StringBuilder; 5] = Default::default();
    let mut known = NullBufferBuilder::new(names.len());
    for name in names {
        let found = name.and_then(|name| resolve(pipeline, name));
        known.append(found.is_some());
        let sectors = found.as_ref().map(|actor| actor.sectors.iter().map(|s| s.0.as_str()).collect::<Vec<_>>().join(" "));
        let cells = found.map_or([const { None }; 5], |actor| {
            [
                actor.code.map(|code| code.0.to_string()),
                sectors,
                actor.identifier_text,
                actor.identifier_id.map(Into::into),
                actor.office,
            ]
        });
        for (column, cell) in columns.iter_mut().zip(cells) {
            column.append_option(cell);
        }
    }
    let arrays = columns.into_iter().map(|mut column| Arc::new(column.finish()) as ArrayRef).collect();
    let array = StructArray::try_new(actor_fields(), arrays, known.finish()).map_err(|error| error.to_string())?;
    Ok(Arc::new(array))
}

/// Who is meant: by name, or else as in a text ("Kenyan police").
fn resolve(pipeline: &Pipeline, name: &str) -> Option<Actor> {
    let knowledge = pipeline.knowledge();
    let by_name = knowledge.resolve_name(name, None).into_iter().find_map(|known| match known {
        Known::Actor { actor, .. } => Some(actor),
        Known::Agent { .. } | Known::Place { .. } => None,
    });
    by_name.or_else(|| {
        let article = read_text(&Source::new("query", name.as_bytes())).ok()?;
        WORKER.with_borrow_mut(|worker| {
            let mut document = pipeline.engine().analyze(&article, None, worker.scratch());
            knowledge.annotate(&mut document, None);
            // The head of the phrase is the last word of its own that is linked: "the police of Kenya" are police.
            let root = document.actors.iter().find(|link| document.token(link.head).head.is_none());
            root.or(document.actors.first()).map(|link| link.actor.clone())
        })
    })
}
