//! The writers of the formats.

mod acled;
mod columnar;
mod flat;
mod gdelt;
mod geojson;
mod graph;
mod icews;
mod jsonl;
mod polecat;

use std::path::Path;

use demarche_records::{Event, Place};
use demarche_types::PlacePrecision;

pub(crate) use columnar::schema as flat_schema;

use crate::output::OutFile;
use crate::{ExportError, Facts, FileEntry, Format, Options};

/// What became of an event.
pub(crate) enum Outcome {
    /// It stands in the files.
    Written {
        /// Under the day of publication, having no date of its own.
        by_publication: bool,
    },
    /// It does not, for this reason.
    LeftOut(&'static str),
}

/// Neither the event nor its article has a date, and the format's rows need one.
pub(crate) const NO_DATE: &str = "no date of event or publication";
/// Neither actor nor recipient.
pub(crate) const NO_PARTY: &str = "no actor and no recipient";

/// A writer of a format.
pub(crate) trait Sink {
    /// Writes an event.
    fn event(&mut self, event: &Event, facts: &Facts) -> Result<Outcome, ExportError>;
    /// Ends the files; `stamp` is the moment for their names.
    fn finish(self: Box<Self>, stamp: &str) -> Result<Vec<FileEntry>, ExportError>;
}

/// Opens the writer of a format.
pub(crate) fn open(options: &Options<'_>, folder: &Path) -> Result<Box<dyn Sink>, ExportError> {
    Ok(match options.format {
        Format::Polecat => Box::new(polecat::Polecat::create(folder)?),
        Format::Gdelt => Box::new(gdelt::Gdelt::create(folder, options.time)?),
        Format::Icews => Box::new(icews::Icews::create(folder)?),
        Format::AcledLike => Box::new(acled::AcledLike::create(folder, options.time)?),
        Format::Csv => Box::new(flat::FlatCsv::create(folder, options.codebook)?),
        Format::Jsonl => Box::new(jsonl::Jsonl::create(folder)?),
        Format::Parquet => Box::new(columnar::FlatParquet::create(folder, options.codebook)?),
        Format::Gexf => Box::new(graph::Graph::create(folder, options.codebook, graph::Dialect::Gexf)?),
        Format::Graphml => Box::new(graph::Graph::create(folder, options.codebook, graph::Dialect::Graphml)?),
        Format::Geojson => Box::new(geojson::Geojson::create(folder, options.codebook)?),
        Format::Brat => return Err(ExportError::NeedsText),
    })
}

/// Writes a row of cells that hold neither tabs nor breaks. Nothing is quoted in these formats, but many loaders take a quotation mark
/// for the beginning of a quoted cell; so it becomes a single one.
pub(crate) fn tabbed(file: &mut OutFile, cells: &[String]) -> Result<(), ExportError> {
    file.put(&cells.join("\t").replace('"', "'"))?;
    file.put("\n")?;
    file.count();
    Ok(())
}

/// The names of a list of columns.
pub(crate) fn column_names(list: &'static str) -> Vec<String> {
    crate::tables::rows(list).map(|row| row.at(1).to_owned()).collect()
}

/// A place as rows tell it.
#[derive(Default)]
pub(crate) struct Where<'a> {
    /// A populated place, or a point.
    pub(crate) city: Option<&'a str>,
    /// A second-order unit.
    pub(crate) district: Option<&'a str>,
    /// The first-order unit.
    pub(crate) province: Option<&'a str>,
}

impl<'a> Where<'a> {
    /// Files a place by how exact it is.
    pub(crate) fn of(place: Option<&'a Place>) -> Self {
        let Some(place) = place else { return Self::default() };
        let name = Some(place.name.as_str());
        let is = |precision: &[PlacePrecision]| name.filter(|_| precision.contains(&place.precision));
        Self {
            city: is(&[PlacePrecision::City, PlacePrecision::Point]),
            district: is(&[PlacePrecision::Admin2]),
            province: place.admin1.as_deref().or(is(&[PlacePrecision::Admin1])),
        }
    }
}

/// Degrees north and east, where a place has them.
pub(crate) fn point(place: Option<&Place>) -> Option<(f64, f64)> {
    let place = place?;
    place.lat.zip(place.lon)
}

/// The host of an address.
pub(crate) fn host(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    (matches!(scheme, "http" | "https") && !host.is_empty()).then(|| host.strip_prefix("www.").unwrap_or(host))
}
