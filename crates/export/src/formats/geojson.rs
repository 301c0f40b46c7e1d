//! GeoJSON: events whose place has a point. A country or a province has none, and is not given a centroid.

use std::path::Path;

use demarche_records::{Event, Number};
use demarche_types::{DateBasis, PlaceBasis, PlacePrecision};
use jiff::civil::Date;
use serde::Serialize;

use super::{Outcome, Sink, point};
use crate::labels::{Codebook, label};
use crate::output::OutFile;
use crate::parties::name;
use crate::{ExportError, Facts, FileEntry};

const NO_PLACE: &str = "no place";
const NO_POINT: &str = "a place without a point";

/// Writes the file, one feature a line.
pub(crate) struct Geojson {
    file: OutFile,
    codebook: Codebook,
}

#[derive(Serialize)]
struct Feature<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'a str,
    geometry: Geometry,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: &'static str,
    /// Longitude first, in WGS 84.
    coordinates: [f64; 2],
}

#[derive(Serialize)]
struct Properties<'a> {
    event: &'a str,
    mode: &'a [&'a str],
    context: &'a [String],
    quad_code: u8,
    event_scale: f64,
    cameo: &'a str,
    status: &'static str,
    date: Option<Date>,
    enddate: Option<Date>,
    date_basis: DateBasis,
    actor: Vec<String>,
    actor_code: Vec<Option<&'a str>>,
    recipient: Vec<String>,
    recipient_code: Vec<Option<&'a str>>,
    place: &'a str,
    country: Option<&'a str>,
    admin1: Option<&'a str>,
    geonames: Option<u32>,
    precision: PlacePrecision,
    place_basis: &'a str,
    place_chosen: Option<PlaceBasis>,
    dead: Option<Number>,
    injured: Option<Number>,
    text: &'a str,
    confidence: f64,
    article: &'a str,
    url: Option<&'a str>,
    published: Option<Date>,
    outlet: Option<&'a str>,
}

impl Geojson {
    /// Begins it.
    pub(crate) fn create(folder: &Path, codebook: Codebook) -> Result<Self, ExportError> {
        let mut file = OutFile::create(folder, "events.geojson")?;
        file.put("{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(Self { file, codebook })
    }
}

impl Sink for Geojson {
    fn event(&mut self, event: &Event, _: &Facts) -> Result<Outcome, ExportError> {
        let Some(place) = &event.event_loc else { return Ok(Outcome::LeftOut(NO_PLACE)) };
        let Some((lat, lon)) = point(Some(place)) else { return Ok(Outcome::LeftOut(NO_POINT)) };
        let label = label(event, self.codebook)?;
        let feature = Feature {
            kind: "Feature",
            id: &event.id,
            geometry: Geometry { kind: "Point", coordinates: [lon, lat] },
            properties: Properties {
                event: label.event,
                mode: &label.modes,
                context: &event.context,
                quad_code: label.quad,
                event_scale: event.event_scale,
                cameo: &event.cameo,
                status: event.status.name(),
                date: event.date,
                enddate: event.enddate,
                date_basis: event.date_basis,
                actor: event.actor.iter().map(name).collect(),
                actor_code: event.actor.iter().map(|party| party.code.as_deref()).collect(),
                recipient: event.recipient.iter().map(name).collect(),
                recipient_code: event.recipient.iter().map(|party| party.code.as_deref()).collect(),
                place: &place.name,
                country: place.country.as_deref(),
                admin1: place.admin1.as_deref(),
                geonames: place.geonames,
                precision: place.precision,
                place_basis: &place.basis,
                place_chosen: place.chosen,
                dead: event.magnitude.dead,
                injured: event.magnitude.injured,
                text: &event.text,
                confidence: event.confidence,
                article: &event.article.id,
                url: event.article.url.as_deref(),
                published: event.article.published,
                outlet: event.article.source.as_deref(),
            },
        };
        let text = serde_json::to_string(&feature)
            .map_err(|error| ExportError::Record { id: event.id.clone(), fault: format!("cannot be told as JSON ({error})") })?;
        self.file.put(if self.file.rows() == 0 { "\n" } else { ",\n" })?;
        self.file.put(&text)?;
        self.file.count();
        Ok(Outcome::Written { by_publication: false })
    }

    fn finish(mut self: Box<Self>, _: &str) -> Result<Vec<FileEntry>, ExportError> {
        self.file.put("\n]}\n")?;
        Ok(vec![self.file.keep("events.geojson", Vec::new())?])
    }
}
