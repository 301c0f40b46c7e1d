//! POLECAT: one row an event, several parties joined by "; ", a missing value written None.

use std::path::Path;

use demarche_records::{Event, Party, Place};
use demarche_types::PlacePrecision;

use super::{NO_DATE, Outcome, Sink, Where, column_names, point, tabbed};
use crate::days::{compact, dated};
use crate::labels::{plover, quad_words};
use crate::output::OutFile;
use crate::tables::{COW, columns::POLECAT};
use crate::text::{between, decimal, distinct, line, member, number};
use crate::{ExportError, Facts, FileEntry, parties, program};

/// Writes the file.
pub(crate) struct Polecat {
    file: OutFile,
}

impl Polecat {
    /// Begins it with the header.
    pub(crate) fn create(folder: &Path) -> Result<Self, ExportError> {
        let mut file = OutFile::create(folder, "ngecEvents.txt")?;
        file.put(&column_names(POLECAT).join("\t"))?;
        file.put("\n")?;
        Ok(Self { file })
    }
}

impl Sink for Polecat {
    fn event(&mut self, event: &Event, _: &Facts) -> Result<Outcome, ExportError> {
        let Some((day, by_publication)) = dated(event) else { return Ok(Outcome::LeftOut(NO_DATE)) };
        let plover = plover(event)?;
        let article = &event.article;
        let place = event.event_loc.as_ref();
        let id = format!("{}-0000-{}_{}", compact(article.published.unwrap_or(day)), line(&event.id), plover.kind.as_str());
        let mut row = vec![
            id,
            day.to_string(),
            plover.kind.as_str().to_owned(),
            plover.modes.join("; "),
            decimal(event.event_scale),
            quad_words(plover.kind.quad()).to_owned(),
            event.context.join("; "),
        ];
        row.extend(party_cells(&event.actor));
        row.extend(party_cells(&event.recipient));
        row.extend(place_cells(event, place));
        row.extend([
            line(article.source.as_deref().unwrap_or_default()),
            article.published.map(|day| day.to_string()).unwrap_or_default(),
            // People, organisations and locations of the story as such are not recorded.
            String::new(),
            String::new(),
            String::new(),
            line(article.language.as_deref().unwrap_or_default()),
            program().replace(' ', "-"),
        ]);
        for cell in &mut row {
            if cell.is_empty() {
                "None".clone_into(cell);
            }
        }
        tabbed(&mut self.file, &row)?;
        Ok(Outcome::Written { by_publication })
    }

    fn finish(self: Box<Self>, stamp: &str) -> Result<Vec<FileEntry>, ExportError> {
        // Theirs are named ngecEvents.20230103111842.Release603.DV.txt.
        Ok(vec![self.file.keep(&format!("ngecEvents.{stamp}.Demarche.DV.txt"), column_names(POLECAT))?])
    }
}

/// The eight columns of actors or recipients.
fn party_cells(list: &[Party]) -> [String; 8] {
    let joined = |of: &dyn Fn(&Party) -> String| {
        let values: Vec<String> = list.iter().map(of).collect();
        distinct(values.iter().map(String::as_str), "; ")
    };
    let code = |party: &Party| party.code.clone().unwrap_or_default();
    let sectors = list.iter().flat_map(|party| party.sector.iter().map(String::as_str));
    [
        joined(&|party| member(&parties::name(party), ';')),
        joined(&code),
        joined(&|party| COW.get(code(party).as_str()).copied().unwrap_or_default().to_owned()),
        joined(&|party| party.sector.first().cloned().unwrap_or_default()),
        distinct(sectors, "; "),
        joined(&|party| member(party.office.as_deref().unwrap_or_default(), ';')),
        joined(&|party| member(&party.entity_text, ';')),
        // Entries are the project's own; of Wikipedia's nothing is known.
        String::new(),
    ]
}

/// Placename to Feature Type.
fn place_cells(event: &Event, place: Option<&Place>) -> [String; 10] {
    let text = |value: Option<&str>| line(value.unwrap_or_default());
    let parts = Where::of(place);
    let at = point(place);
    let feature = match place.map(|place| place.precision) {
        Some(PlacePrecision::City) => "PPL",
        Some(PlacePrecision::Admin1) => "ADM1",
        Some(PlacePrecision::Admin2) => "ADM2",
        Some(PlacePrecision::Country) => "PCL",
        Some(PlacePrecision::Point) | None => "",
    };
    [
        text(place.map(|place| place.name.as_str())),
        // A strait or a camp is no city; its name stands in the column before.
        text(parts.city.filter(|_| place.is_some_and(|place| place.precision == PlacePrecision::City))),
        text(parts.district),
        text(parts.province),
        text(place.and_then(|place| place.country.as_deref())),
        at.map(|(lat, _)| number(lat)).unwrap_or_default(),
        at.map(|(_, lon)| number(lon)).unwrap_or_default(),
        place.and_then(|place| place.geonames).map(|id| id.to_string()).unwrap_or_default(),
        text(raw_place(event)),
        feature.to_owned(),
    ]
}

/// The words that name the place, where they stand in the event's sentence.
fn raw_place(event: &Event) -> Option<&str> {
    let ([sentence, end], [from, to]) = (event.spans.sentence, event.spans.place?);
    (sentence <= from && to <= end).then(|| between(&event.text, from - sentence, to - sentence))?
}
