//! What is asked of an export.

use demarche_records::Event;
use demarche_types::Status;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::Codebook;

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// POLECAT's 40 columns.
    Polecat,
    /// GDELT 2.0 Events and Mentions, 61 and 16 columns.
    Gdelt,
    /// ICEWS' 20 columns.
    Icews,
    /// Events of ACLED's kinds in its 31 columns.
    AcledLike,
    /// One flat row an event, lists joined.
    Csv,
    /// The records.
    Jsonl,
    /// One typed row an event.
    Parquet,
    /// Actors and events as a graph, for Gephi.
    Gexf,
    /// The same for igraph, networkx and yEd.
    Graphml,
    /// Events at points.
    Geojson,
    /// Texts with annotations.
    Brat,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 11] = [
        Self::Polecat,
        Self::Gdelt,
        Self::Icews,
        Self::AcledLike,
        Self::Csv,
        Self::Jsonl,
        Self::Parquet,
        Self::Gexf,
        Self::Graphml,
        Self::Geojson,
        Self::Brat,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Polecat => "polecat",
            Self::Gdelt => "gdelt",
            Self::Icews => "icews",
            Self::AcledLike => "acled-like",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
            Self::Gexf => "gexf",
            Self::Graphml => "graphml",
            Self::Geojson => "geojson",
            Self::Brat => "brat",
        }
    }

    /// Reads a name of the command line.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether the user may choose the codebook of the types.
    pub fn has_codebook(self) -> bool {
        matches!(self, Self::Csv | Self::Parquet | Self::Gexf | Self::Graphml | Self::Geojson | Self::Brat)
    }
}

/// What is asked of an export.
pub struct Options<'a> {
    /// The format.
    pub format: Format,
    /// The codebook of the types, where the format leaves a choice.
    pub codebook: Codebook,
    /// Statuses of the events that are exported.
    pub statuses: Vec<Status>,
    /// The moment that stands in file names, and in columns that tell when a row was added. Without one, the days of publication do.
    pub time: Option<DateTime>,
    /// The user's words for the choice of events, for the manifest.
    pub asked: Option<String>,
    /// Terms of use, where they are others than [`LICENCE`].
    pub licence: Option<String>,
    /// A further choice among the events.
    pub filter: Option<Filter<'a>>,
    /// What is known of an event outside its record.
    pub facts: Option<FactsOf<'a>>,
}

/// Asked for the facts of each event that is written.
pub type FactsOf<'a> = Box<dyn FnMut(&Event) -> Facts + 'a>;

/// A choice among the events that the record alone does not decide: one of several reports of the same day ("one-a-day").
pub struct Filter<'a> {
    /// Its name, for the manifest.
    pub name: String,
    /// Whether an event stays. Events come in the order of the export, those of other statuses left out.
    pub keep: Box<dyn FnMut(&Event) -> bool + 'a>,
}

/// What is known of an event outside its record: from corroboration and from the store's articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its reports, where reports were joined.
    pub reports: Option<Reports>,
    /// Number of its sentence in the article, from 1.
    pub sentence: Option<u32>,
    /// Characters of the article's text.
    pub length: Option<u32>,
}

/// The reports of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reports {
    /// Identifier of the report that stands for all. It must be among the events of the export, or GDELT's mentions name an event that is
    /// not there.
    pub lead: String,
    /// Reports, this one among them.
    pub mentions: u32,
    /// Sources, copies of one agency's text counted once.
    pub sources: u32,
    /// Articles.
    pub articles: u32,
}

/// The terms that a manifest names.
pub const LICENCE: &str = "The program that coded the events is under the Apache License 2.0. Place names and coordinates: GeoNames, CC BY 4.0. \
    Event ontology: facts of the PLOVER 2.0 draft specification, Open Event Data Alliance, CC BY-SA 4.0. Titles and sentences are the publishers' \
    and are quoted as evidence.";

impl Options<'_> {
    /// Events told as having happened, in PLOVER 2.0.
    pub fn new(format: Format) -> Self {
        Self {
            format,
            codebook: Codebook::default(),
            statuses: vec![Status::Actual],
            time: None,
            asked: None,
            licence: None,
            filter: None,
            facts: None,
        }
    }
}
