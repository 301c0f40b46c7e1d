//! Whether a written file is what its format says: columns by number, name, type, range and list of values, and what one column says of another.
//!
//! Tables are checked against the lists in `data/export/`; the other formats against what their readers rely on.

mod brat;
mod graph;
mod rows;
mod tables;
mod values;

use std::fmt;
use std::io::{BufRead, BufReader, Read};

pub use brat::validate_brat;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// `ngecEvents.*.txt`
    Polecat,
    /// `*.export.CSV`
    GdeltEvents,
    /// `*.mentions.CSV`
    GdeltMentions,
    /// `events.*.tab`
    Icews,
    /// `acled-like.csv`
    AcledLike,
    /// `events.csv`
    Csv,
    /// `events.jsonl`
    Jsonl,
    /// `events.parquet`
    Parquet,
    /// `actors.gexf`
    Gexf,
    /// `actors.graphml`
    Graphml,
    /// `events.geojson`
    Geojson,
}

impl FileKind {
    /// What a file is by its name. Texts of brat are checked with [`validate_brat`].
    pub fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "acled-like.csv" => Self::AcledLike,
            "events.csv" => Self::Csv,
            "events.jsonl" => Self::Jsonl,
            "events.parquet" => Self::Parquet,
            "actors.gexf" => Self::Gexf,
            "actors.graphml" => Self::Graphml,
            "events.geojson" => Self::Geojson,
            _ if name.starts_with("ngecEvents.") => Self::Polecat,
            _ if name.ends_with(".export.CSV") => Self::GdeltEvents,
            _ if name.ends_with(".mentions.CSV") => Self::GdeltMentions,
            _ if name.starts_with("events.") && name.ends_with(".tab") => Self::Icews,
            _ => return None,
        })
    }
}

/// Something in a file that its format does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line, or record where a format has no lines, from 1.
    pub line: u64,
    /// Column; empty where the fault is one of the line.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if !self.column.is_empty() {
            write!(f, ", column {}", self.column)?;
        }
        write!(f, ": {}", self.message)?;
        if self.value.is_empty() { Ok(()) } else { write!(f, " ({:?})", self.value) }
    }
}

/// Faults are listed up to this number: a file of another format has one in every line.
pub const MOST_FAULTS: usize = 1000;

/// Checks a file. An empty list means that it is sound.
pub fn validate(kind: FileKind, reader: impl Read) -> Vec<Fault> {
    let mut faults = Faults::default();
    let mut reader = BufReader::new(reader);
    match kind {
        FileKind::Polecat => tables::tabbed(&tables::POLECAT, reader, &mut faults),
        FileKind::GdeltEvents => tables::tabbed(&tables::GDELT_EVENTS, reader, &mut faults),
        FileKind::GdeltMentions => tables::tabbed(&tables::GDELT_MENTIONS, reader, &mut faults),
        FileKind::Icews => tables::tabbed(&tables::ICEWS, reader, &mut faults),
        FileKind::AcledLike => tables::commas(&tables::ACLED_LIKE, reader, &mut faults),
        FileKind::Csv => tables::commas(&tables::FLAT, reader, &mut faults),
        FileKind::Jsonl => jsonl(reader, &mut faults),
        FileKind::Gexf => graph::gexf(reader, &mut faults),
        FileKind::Graphml => graph::graphml(reader, &mut faults),
        FileKind::Parquet | FileKind::Geojson => {
            let mut bytes = Vec::new();
            match reader.read_to_end(&mut bytes) {
                Err(error) => faults.line(0, format!("cannot be read: {error}")),
                Ok(_) if kind == FileKind::Parquet => tables::parquet(bytes.into(), &mut faults),
                Ok(_) => geojson(&bytes, &mut faults),
            }
        }
    }
    faults.list
}

/// Faults that are found.
#[derive(Default)]
pub(crate) struct Faults {
    list: Vec<Fault>,
}

impl Faults {
    /// A fault of a cell.
    pub(crate) fn cell(&mut self, line: u64, column: &str, value: &str, message: impl Into<String>) {
        if self.list.len() < MOST_FAULTS {
            let value = value.chars().take(120).collect();
            self.list.push(Fault { line, column: column.to_owned(), value, message: message.into() });
        }
    }

    /// A fault of a line.
    pub(crate) fn line(&mut self, line: u64, message: impl Into<String>) {
        self.cell(line, "", "", message);
    }
}

/// Hands on the lines of a text with their numbers, without their ends.
pub(crate) fn each_line(mut reader: impl BufRead, faults: &mut Faults, mut take: impl FnMut(u64, &str, &mut Faults)) {
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        match reader.read_until(b'\n', &mut bytes) {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => return faults.line(number, format!("cannot be read: {error}")),
        }
        if bytes.pop_if(|last| *last == b'\n').is_none() {
            faults.line(number, "the last line has no end: the file is cut off");
        }
        match std::str::from_utf8(&bytes) {
            Ok(text) => take(number, text, faults),
            Err(_) => faults.line(number, "is not UTF-8"),
        }
    }
}

/// Records, one a line.
fn jsonl(reader: impl BufRead, faults: &mut Faults) {
    each_line(reader, faults, |number, text, faults| match demarche_records::Record::read(text) {
        Ok(demarche_records::Record::Event(_)) => {}
        Ok(_) => faults.line(number, "is a record, but of no event"),
        Err(error) => faults.line(number, format!("is no record: {error}")),
    });
}

/// A collection of features with points (RFC 7946).
fn geojson(bytes: &[u8], faults: &mut Faults) {
    let value: serde_json::Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        Err(error) => return faults.line(error.line() as u64, format!("is no JSON: {error}")),
    };
    if value["type"] != "FeatureCollection" {
        faults.line(1, "is no FeatureCollection");
    }
    let Some(features) = value["features"].as_array() else { return faults.line(1, "has no list of features") };
    for (number, feature) in (1..).zip(features) {
        if feature["type"] != "Feature" || !feature["id"].is_string() {
            faults.line(number, "is no Feature with an id");
        }
        let at = &feature["geometry"]["coordinates"];
        let within = |index: usize, most: f64| at[index].as_f64().is_some_and(|degrees| degrees.abs() <= most);
        if feature["geometry"]["type"] != "Point"
            || at.as_array().map(Vec::len) != Some(2)
            || !within(0, 180.0)
            || !within(1, 90.0)
        {
            faults.cell(number, "geometry", &feature["geometry"].to_string(), "is no point of longitude and latitude");
        }
        let properties = &feature["properties"];
        for name in ["event", "status", "cameo", "place", "precision"] {
            if !properties[name].is_string() {
                faults.cell(number, name, &properties[name].to_string(), "is missing");
            }
        }
        if !matches!(properties["precision"].as_str(), Some("point" | "city")) {
            faults.cell(
                number,
                "precision",
                &properties["precision"].to_string(),
                "has a point, but only points and cities have one",
            );
        }
    }
}
