//! Rows as CSV, JSON Lines and Arrow IPC, sent as they are made.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use demarche_index::pairs::Edge;
use demarche_index::time::{Bin, Moment};
use demarche_index::{ArticleRow, EventRow, PartyRow, QuoteRow};
use demarche_store::arrow;
use futures::stream;
use jiff::civil::Date;
use serde::Serialize;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use crate::fault::Fault;
use crate::views::actors::ActorRow;
use crate::views::events::Spot;
use arrow::array::{ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::ipc::writer::StreamWriter;

/// A form of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    Csv,
    Jsonl,
    Arrow,
}

impl Form {
    /// By `format=`, or by the end of the address.
    pub(crate) fn read(name: Option<&str>) -> Result<Self, Fault> {
        match name {
            None | Some("json") => Ok(Self::Json),
            Some("csv") => Ok(Self::Csv),
            Some("jsonl") => Ok(Self::Jsonl),
            Some("arrow") => Ok(Self::Arrow),
            Some(other) => Err(Fault::parameter(format!("format={other}: json, csv, jsonl or arrow is wanted"))),
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Jsonl => "application/jsonl; charset=utf-8",
            Self::Arrow => "application/vnd.apache.arrow.stream",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Arrow => "arrows",
        }
    }
}

/// A value of a flat row.
pub(crate) enum Cell {
    Text(Option<String>),
    Number(Option<f64>),
    Whole(Option<i64>),
    Day(Option<Date>),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<&Option<String>> for Cell {
    fn from(text: &Option<String>) -> Self {
        Self::Text(text.clone())
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Whole(Some(i64::from(number)))
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(Some(number))
    }
}

/// A row that fits in a table.
pub(crate) trait Flat {
    /// Its columns with their values; always the same ones.
    fn cells(&self) -> Vec<(&'static str, Cell)>;
}

fn joined<'a>(words: impl IntoIterator<Item = &'a str>) -> Cell {
    Cell::Text(Some(words.into_iter().collect::<Vec<_>>().join(";")))
}

impl Flat for EventRow {
    fn cells(&self) -> Vec<(&'static str, Cell)> {
        let codes = |parties: &[PartyRow]| joined(parties.iter().map(|party| party.code.as_deref().unwrap_or_default()));
        let sectors = |parties: &[PartyRow]| {
            let of: Vec<String> = parties.iter().map(|party| party.sectors.join(" ")).collect();
            Cell::Text(Some(of.join(";")))
        };
        let names = |parties: &[PartyRow]| joined(parties.iter().map(|party| party.name.as_str()));
        let place = self.place.as_ref();
        vec![
            ("id", self.id.as_str().into()),
            ("date", Cell::Day(self.date)),
            ("enddate", Cell::Day(self.enddate)),
            ("date_precision", (&self.date_precision).into()),
            ("date_basis", (&self.date_basis).into()),
            ("published", Cell::Day(self.published)),
            ("event", self.event.as_str().into()),
            ("mode", joined(self.mode.iter().map(String::as_str))),
            ("context", joined(self.context.iter().map(String::as_str))),
            ("quad_code", u32::from(self.quad_code).into()),
            ("event_scale", self.event_scale.into()),
            ("status", self.status.as_str().into()),
            ("actor_code", codes(&self.actors)),
            ("actor_sector", sectors(&self.actors)),
            ("actor_name", names(&self.actors)),
            ("recipient_code", codes(&self.recipients)),
            ("recipient_sector", sectors(&self.recipients)),
            ("recipient_name", names(&self.recipients)),
            ("place_name", Cell::Text(place.map(|place| place.name.clone()))),
            ("place_country", Cell::Text(place.and_then(|place| place.country.clone()))),
            ("place_admin1", Cell::Text(place.and_then(|place| place.admin1.clone()))),
            ("lat", Cell::Number(place.and_then(|place| place.lat))),
            ("lon", Cell::Number(place.and_then(|place| place.lon))),
            ("place_precision", Cell::Text(place.and_then(|place| place.precision.clone()))),
            ("dead", Cell::Number(self.dead)),
            ("injured", Cell::Number(self.injured)),
            ("confidence", self.confidence.into()),
            ("speaker", (&self.speaker).into()),
            ("outlet", (&self.outlet).into()),
            ("title", (&self.title).into()),
            ("article", self.article.as_str().into()),
            ("cluster", (&self.cluster).into()),
            ("reports", self.reports.into()),
            ("sources", self.sources.into()),
            ("text", self.text.as_str().into()),
        ]
    }
}

impl Flat for ArticleRow {
    fn cells(&self) -> Vec<(&'static str, Cell)> {
        vec![
            ("id", self.id.as_str().into()),
            ("title", (&self.title).into()),
            ("url", (&self.url).into()),
            ("outlet", (&self.outlet).into()),
            ("byline", (&self.byline).into()),
            ("published", Cell::Day(self.published)),
            ("published_basis", (&self.published_basis).into()),
            ("language", (&self.language).into()),
            ("words", self.words.into()),
            ("events", self.events.into()),
            ("quotes", self.quotes.into()),
            ("wire", (&self.wire).into()),
            ("near_duplicate_of", (&self.near_duplicate_of).into()),
            ("origin", self.origin.as_str().into()),
            ("coded", if self.coded { "yes" } else { "no" }.into()),
        ]
    }
}

impl Flat for QuoteRow {
    fn cells(&self) -> Vec<(&'static str, Cell)> {
        vec![
            ("id", self.id.as_str().into()),
            ("published", Cell::Day(self.published)),
            ("speaker", (&self.speaker).into()),
            ("speaker_code", (&self.speaker_code).into()),
            ("via", (&self.via).into()),
            ("cue", (&self.cue).into()),
            ("denied", if self.denied { "yes" } else { "no" }.into()),
            ("kind", self.kind.as_str().into()),
            ("text", self.text.as_str().into()),
            ("span_start", self.span[0].into()),
            ("span_end", self.span[1].into()),
            ("events", joined(self.events.iter().map(String::as_str))),
            ("outlet", (&self.outlet).into()),
            ("title", (&self.title).into()),
            ("article", self.article.as_str().into()),
        ]
    }
}

const QUADS: [&str; 4] = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"];

fn quads(counts: [u32; 4]) -> impl Iterator<Item = (&'static str, Cell)> {
    QUADS.into_iter().zip(counts.map(Cell::from))
}

impl Flat for Bin {
    fn cells(&self) -> Vec<(&'static str, Cell)> {
        let head = [("begin", Cell::Day(Some(self.begin))), ("end", Cell::Day(Some(self.end))), ("count", self.count.into())];
        head.into_iter().chain(quads(self.quads)).collect()
    }
}

impl Flat for Moment {
    fn cells(&self) -> Vec<(&'static str, Cell)> {
        let head = [
            ("begin", Cell::Day(Some(self.begin))),
            ("events", self.events.into()),
            ("articles", self.articles.into()),
            ("outlets", self.outlets.into()),
            ("intensity", self.intensity.into()),
        ];
        let tail = [("all_articles", self.all_articles.into()), ("all_outlets", self.all_outlets.into())];
        head.into_iter().chain(quads(self.quads)).chain(tail).collect()
    }
}

impl Flat for Edge {
    fn cells(&self) -> Vec<(&'static str, Cell)> {
        vec![
            ("source", self.source.as_str().into()),
            ("target", self.target.as_str().into()),
            ("events", self.events.into()),
            ("cooperation", self.cooperation.into()),
            ("conflict", self.conflict.into()),
            ("intensity", self.intensity.into()),
        ]
    }
}

impl Flat for Spot {
    fn cells(&self) -> Vec<(&'static str, Cell)> {
        let head = [
            ("lat", self.spot.lat.into()),
            ("lon", self.spot.lon.into()),
            ("name", (&self.spot.name).into()),
            ("country", (&self.spot.country).into()),
            ("precision", (&self.spot.precision).into()),
            ("count", self.spot.count.into()),
        ];
        head.into_iter().chain(quads(self.spot.quads)).collect()
    }
}

impl Flat for ActorRow {
    fn cells(&self) -> Vec<(&'static str, Cell)> {
        vec![
            ("code", self.code.as_str().into()),
            ("name", self.name.as_str().into()),
            ("events", self.events.into()),
            ("as_actor", self.as_actor.into()),
            ("as_recipient", self.as_recipient.into()),
        ]
    }
}

/// Rows that go together over the wire.
const TOGETHER: usize = 500;
/// How long it is waited until somebody takes them.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends rows as they come. `rows` runs on a thread of its own; it ends early when nobody reads any more.
pub(crate) fn send<T: Flat + Serialize + Send + 'static>(
    place: OwnedSemaphorePermit,
    form: Form,
    name: &str,
    rows: impl FnOnce(&mut dyn FnMut(T) -> Result<(), Fault>) -> Result<(), Fault> + Send + 'static,
) -> Response {
    let (sender, mut receiver) = mpsc::channel::<Result<Bytes, io::Error>>(4);
    tokio::task::spawn_blocking(move || {
        // Held while rows are sent, so that readers who don't read keep no more than their own places.
        let _place = place;
        let mut writer = Writer { form, schema: None, arrow: None, held: vec![], sender: sender.clone(), begun: false };
        let written = catch_unwind(AssertUnwindSafe(|| rows(&mut |row| writer.row(row)).and_then(|()| writer.finish())))
            .unwrap_or_else(|_| Err(Fault::failed()));
        if let Err(fault) = written {
            // What was promised cannot be kept: the answer breaks off, so that nobody takes it for whole.
            let _ = sender.blocking_send(Err(io::Error::other(fault.message)));
        }
    });
    let body = Body::from_stream(stream::poll_fn(move |context| receiver.poll_recv(context)));
    let file = format!("attachment; filename=\"demarche-{name}.{}\"", form.ending());
    ([(CONTENT_TYPE, form.kind().to_owned()), (CONTENT_DISPOSITION, file)], body).into_response()
}

struct Writer<T> {
    form: Form,
    schema: Option<SchemaRef>,
    /// One for the whole stream: its head is written once. What it has written is taken out after each batch.
    arrow: Option<StreamWriter<Vec<u8>>>,
    held: Vec<T>,
    sender: mpsc::Sender<Result<Bytes, io::Error>>,
    begun: bool,
}

impl<T: Flat + Serialize> Writer<T> {
    fn row(&mut self, row: T) -> Result<(), Fault> {
        self.held.push(row);
        if self.held.len() >= TOGETHER { self.flush() } else { Ok(()) }
    }

    fn finish(mut self) -> Result<(), Fault> {
        self.flush()?;
        let Some(mut writer) = self.arrow.take() else { return Ok(()) };
        writer.finish().map_err(|error| Fault::internal(error.to_string()))?;
        let rest = std::mem::take(writer.get_mut());
        self.put(rest)
    }

    /// Sends some bytes; gives up when nobody takes them.
    fn put(&self, bytes: Vec<u8>) -> Result<(), Fault> {
        let sending = tokio::time::timeout(PATIENCE, self.sender.send(Ok(Bytes::from(bytes))));
        let sent = Handle::current().block_on(sending);
        if sent.is_ok_and(|sent| sent.is_ok()) { Ok(()) } else { Err(Fault::internal("nobody reads the answer any more")) }
    }

    fn flush(&mut self) -> Result<(), Fault> {
        let failed = |error: &dyn std::fmt::Display| Fault::internal(error.to_string());
        let mut bytes = vec![];
        match self.form {
            Form::Csv => {
                let mut csv = csv::Writer::from_writer(&mut bytes);
                for (place, row) in self.held.iter().enumerate() {
                    let cells = row.cells();
                    if !self.begun && place == 0 {
                        csv.write_record(cells.iter().map(|(name, _)| *name)).map_err(|error| failed(&error))?;
                    }
                    csv.write_record(cells.iter().map(|(_, cell)| text_of(cell))).map_err(|error| failed(&error))?;
                }
                csv.flush().map_err(|error| failed(&error))?;
            }
            Form::Json | Form::Jsonl => {
                for row in &self.held {
                    serde_json::to_writer(&mut bytes, row).map_err(|error| failed(&error))?;
                    bytes.push(b'\n');
                }
            }
            Form::Arrow => {
                if let Some(batch) = batch(&self.held, &mut self.schema).map_err(|error| failed(&error))? {
                    let writer = match &mut self.arrow {
                        Some(writer) => writer,
                        none => none.insert(StreamWriter::try_new(vec![], &batch.schema()).map_err(|error| failed(&error))?),
                    };
                    writer.write(&batch).map_err(|error| failed(&error))?;
                    bytes = std::mem::take(writer.get_mut());
                }
            }
        }
        self.begun = true;
        self.held.clear();
        if bytes.is_empty() {
            return Ok(());
        }
        self.put(bytes)
    }
}

fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone().unwrap_or_default(),
        Cell::Number(number) => number.map_or_else(String::new, |number| number.to_string()),
        Cell::Whole(number) => number.map_or_else(String::new, |number| number.to_string()),
        Cell::Day(day) => day.map_or_else(String::new, |day| day.to_string()),
    }
}

/// Rows as a batch of Arrow.
fn batch<T: Flat>(rows: &[T], schema: &mut Option<SchemaRef>) -> Result<Option<RecordBatch>, arrow::error::ArrowError> {
    let Some(first) = rows.first() else { return Ok(None) };
    let schema = schema.get_or_insert_with(|| {
        let field = |(name, cell): &(&'static str, Cell)| {
            let kind = match cell {
                Cell::Text(_) => DataType::Utf8,
                Cell::Number(_) => DataType::Float64,
                Cell::Whole(_) => DataType::Int64,
                Cell::Day(_) => DataType::Date32,
            };
            Field::new(*name, kind, true)
        };
        Arc::new(Schema::new(first.cells().iter().map(field).collect::<Vec<_>>()))
    });
    let cells: Vec<Vec<(&'static str, Cell)>> = rows.iter().map(Flat::cells).collect();
    let columns = (0..schema.fields().len()).map(|column| -> ArrayRef {
        let of = || cells.iter().map(move |row| &row[column].1);
        match schema.field(column).data_type() {
            DataType::Float64 => {
                Arc::new(of().map(|cell| if let Cell::Number(number) = cell { *number } else { None }).collect::<Float64Array>())
            }
            DataType::Int64 => {
                Arc::new(of().map(|cell| if let Cell::Whole(number) = cell { *number } else { None }).collect::<Int64Array>())
            }
            DataType::Date32 => Arc::new(
                of().map(|cell| if let Cell::Day(Some(day)) = cell { Some(demarche_store::day_of(*day)) } else { None })
                    .collect::<Date32Array>(),
            ),
            _ => Arc::new(
                of().map(|cell| if let Cell::Text(text) = cell { text.as_deref() } else { None }).collect::<StringArray>(),
            ),
        }
    });
    RecordBatch::try_new(Arc::clone(schema), columns.collect()).map(Some)
}
