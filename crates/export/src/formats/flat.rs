//! Our own flat rows: one an event, with everything that its record tells in columns. `data/export/flat.tsv` lists them.

use std::path::Path;

use demarche_records::{Attribution, Event, Number, Party};
use jiff::civil::Date;
use serde::Serialize;

use super::{Outcome, Sink, column_names};
use crate::labels::{Codebook, label};
use crate::output::CommaFile;
use crate::tables::columns::FLAT;
use crate::text::{decimal, line, member, number};
use crate::{ExportError, Facts, FileEntry};

/// A cell of a row.
pub(crate) enum Cell {
    /// Text.
    Text(Option<String>),
    /// Values of several parties; a missing one keeps its place.
    List(Vec<Option<String>>),
    /// A whole number.
    Int(Option<i64>),
    /// A number.
    Float(Option<f64>),
    /// A day.
    Date(Option<Date>),
}

/// Writes `events.csv`.
pub(crate) struct FlatCsv {
    file: CommaFile,
    codebook: Codebook,
}

impl FlatCsv {
    /// Begins it with the header.
    pub(crate) fn create(folder: &Path, codebook: Codebook) -> Result<Self, ExportError> {
        Ok(Self { file: CommaFile::create(folder, "events.csv", column_names(FLAT))?, codebook })
    }
}

impl Sink for FlatCsv {
    fn event(&mut self, event: &Event, _: &Facts) -> Result<Outcome, ExportError> {
        let row: Vec<String> = cells(event, self.codebook)?.iter().map(Cell::text).collect();
        self.file.row(&row)?;
        Ok(Outcome::Written { by_publication: false })
    }

    fn finish(self: Box<Self>, _: &str) -> Result<Vec<FileEntry>, ExportError> {
        Ok(vec![self.file.keep()?])
    }
}

impl Cell {
    /// The cell as text: lists joined by ";", what is missing empty.
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.as_deref().map(line).unwrap_or_default(),
            Self::List(values) => {
                let values: Vec<String> =
                    values.iter().map(|value| value.as_deref().map(|value| member(value, ';')).unwrap_or_default()).collect();
                // As many values as there are parties, known or not.
                values.join(";")
            }
            Self::Int(value) => value.map(|value| value.to_string()).unwrap_or_default(),
            Self::Float(value) => value.map(if_decimal).unwrap_or_default(),
            Self::Date(day) => day.map(|day| day.to_string()).unwrap_or_default(),
        }
    }
}

fn if_decimal(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 { decimal(value) } else { number(value) }
}

/// The cells of an event, in the order of the list.
pub(crate) fn cells(event: &Event, codebook: Codebook) -> Result<Vec<Cell>, ExportError> {
    let label = label(event, codebook)?;
    let article = &event.article;
    let place = event.event_loc.as_ref();
    let text = |value: &str| Cell::Text(Some(value.to_owned()));
    let maybe = |value: Option<&str>| Cell::Text(value.map(str::to_owned));
    let place_text = |of: fn(&demarche_records::Place) -> Option<&str>| maybe(place.and_then(of));
    let span = |place: u32| Cell::Int(Some(i64::from(place)));
    let mut row = vec![
        text(&event.id),
        text(&article.id),
        maybe(article.url.as_deref()),
        maybe(article.title.as_deref()),
        Cell::Date(article.published),
        Cell::Text(article.published_basis.and_then(|basis| word(&basis))),
        maybe(article.source.as_deref()),
        maybe(article.language.as_deref()),
        text(&article.origin),
        text(label.event),
        list(label.modes.iter().map(|mode| Some(*mode))),
        list(event.context.iter().map(|context| Some(context.as_str()))),
        Cell::Int(Some(i64::from(label.quad))),
        Cell::Float(Some(event.event_scale)),
        maybe(event.act.as_deref()),
        text(&event.cameo),
        text(event.status.name()),
        Cell::Date(event.date),
        Cell::Date(event.enddate),
        Cell::Text(event.date_precision.and_then(|precision| word(&precision))),
        Cell::Text(word(&event.date_basis)),
        maybe(event.date_text.as_deref()),
    ];
    row.extend(party_cells(&event.actor));
    row.extend(party_cells(&event.recipient));
    row.extend([
        place_text(|place| Some(&place.name)),
        place_text(|place| place.country.as_deref()),
        place_text(|place| place.admin1.as_deref()),
        place_text(|place| place.unit.as_deref()),
        Cell::Float(place.and_then(|place| place.lat)),
        Cell::Float(place.and_then(|place| place.lon)),
        Cell::Int(place.and_then(|place| place.geonames).map(i64::from)),
        Cell::Text(place.and_then(|place| word(&place.precision))),
        place_text(|place| Some(&place.basis)),
        Cell::Text(place.and_then(|place| place.chosen.as_ref().and_then(word))),
    ]);
    row.extend(attribution_cells(&event.attribution));
    let told = &event.magnitude;
    let numbers = [
        told.dead,
        told.injured,
        told.size,
        told.missing,
        told.arrested,
        told.kidnapped,
        told.displaced,
        told.troops,
        told.money,
    ];
    row.extend(numbers.map(|told: Option<Number>| Cell::Float(told.map(|number| number.0))));
    let coder = &event.coder;
    row.extend([
        maybe(told.currency.as_deref()),
        text(&event.text),
        span(event.spans.sentence[0]),
        span(event.spans.sentence[1]),
        span(event.spans.trigger[0]),
        span(event.spans.trigger[1]),
        Cell::Float(Some(event.confidence)),
        text(&coder.version),
        text(&coder.model),
        text(&coder.ontology),
        text(&coder.lexicon),
        text(&coder.knowledge),
        text(&coder.rule),
    ]);
    Ok(row)
}

/// Code, sectors, name, entry, office, words, basis of each party.
fn party_cells(parties: &[Party]) -> [Cell; 7] {
    let of = |value: fn(&Party) -> Option<&str>| list(parties.iter().map(value));
    [
        of(|party| party.code.as_deref()),
        Cell::List(parties.iter().map(|party| Some(party.sector.join(" ")).filter(|sectors| !sectors.is_empty())).collect()),
        of(|party| party.identifier_text.as_deref()),
        of(|party| party.identifier_id.as_deref()),
        of(|party| party.office.as_deref()),
        of(|party| Some(&party.entity_text)),
        Cell::List(parties.iter().map(|party| word(&party.basis)).collect()),
    ]
}

/// Speaker, code, outlet, kind of each attribution.
fn attribution_cells(attributions: &[Attribution]) -> [Cell; 4] {
    let of = |value: fn(&Attribution) -> Option<&str>| list(attributions.iter().map(value));
    [
        of(|a| a.speaker.as_deref()),
        of(|a| a.speaker_code.as_deref()),
        of(|a| a.via.as_deref()),
        Cell::List(attributions.iter().map(|a| word(&a.kind)).collect()),
    ]
}

fn list<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Cell {
    Cell::List(values.map(|value| value.map(str::to_owned)).collect())
}

/// The word by which a record tells one of several.
pub(crate) fn word(value: &impl Serialize) -> Option<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Some(word),
        _ => None,
    }
}
