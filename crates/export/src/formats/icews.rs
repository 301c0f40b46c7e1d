//! ICEWS: one row a pair of parties, with a header; a missing name of a place is written NA.

use std::collections::HashMap;
use std::path::Path;

use demarche_records::{Event, Party};
use xxhash_rust::xxh3::xxh3_64;

use super::gdelt::Keys;
use super::{NO_DATE, NO_PARTY, Outcome, Sink, Where, column_names, point, tabbed};
use crate::days::dated;
use crate::labels::plover;
use crate::output::OutFile;
use crate::parties::{country, dyads, icews_name, icews_sectors};
use crate::tables::{CAMEO, COUNTRIES, columns::ICEWS};
use crate::text::{line, number};
use crate::{ExportError, Facts, FileEntry};

/// Writes the file. Stories are numbered, so that their numbers fit R's integers: 16 bytes an article are held.
pub(crate) struct Icews {
    file: OutFile,
    keys: Keys,
    /// Numbers by the hash of an article's identifier. Only looked up, never iterated.
    stories: HashMap<u64, u32>,
}

impl Icews {
    /// Begins it with the header.
    pub(crate) fn create(folder: &Path) -> Result<Self, ExportError> {
        let mut file = OutFile::create(folder, "events.tab")?;
        file.put(&column_names(ICEWS).join("\t"))?;
        file.put("\n")?;
        Ok(Self { file, keys: Keys::create(folder, "icews.keys.tsv")?, stories: HashMap::new() })
    }
}

impl Sink for Icews {
    fn event(&mut self, event: &Event, facts: &Facts) -> Result<Outcome, ExportError> {
        let Some((day, by_publication)) = dated(event) else { return Ok(Outcome::LeftOut(NO_DATE)) };
        let dyads = dyads(event, &plover(event)?);
        if dyads.is_empty() {
            return Ok(Outcome::LeftOut(NO_PARTY));
        }
        let cameo = CAMEO.get(event.cameo.as_str()).ok_or_else(|| ExportError::Record {
            id: event.id.clone(),
            fault: format!("its CAMEO code {} is in no table", event.cameo),
        })?;
        let next = self.stories.len() as u32 + 1;
        let story = *self.stories.entry(xxh3_64(event.article.id.as_bytes())).or_insert(next);
        let place = event.event_loc.as_ref();
        let parts = Where::of(place);
        let named = |name: Option<&str>| name.map_or("NA".to_owned(), line);
        let state = place.and_then(|place| COUNTRIES.get(place.country.as_deref()?)).map(|country| country.icews);
        let at = point(place);
        for dyad in &dyads {
            let id = (self.file.rows() + 1).to_string();
            let [source, source_sectors, source_country] = party_cells(dyad.actor);
            let [target, target_sectors, target_country] = party_cells(dyad.recipient);
            let row = [
                id.clone(),
                day.to_string(),
                source,
                source_sectors,
                source_country,
                cameo.text.to_owned(),
                event.cameo.clone(),
                cameo.goldstein.to_owned(),
                target,
                target_sectors,
                target_country,
                story.to_string(),
                facts.sentence.map(|number| number.to_string()).unwrap_or_default(),
                line(event.article.source.as_deref().unwrap_or_default()),
                named(parts.city),
                named(parts.district),
                named(parts.province),
                named(state),
                at.map(|(lat, _)| number(lat)).unwrap_or_default(),
                at.map(|(_, lon)| number(lon)).unwrap_or_default(),
            ];
            tabbed(&mut self.file, &row)?;
            self.keys.put(&id, &story.to_string(), event, dyad)?;
        }
        Ok(Outcome::Written { by_publication })
    }

    fn finish(self: Box<Self>, stamp: &str) -> Result<Vec<FileEntry>, ExportError> {
        // Theirs are named Events.2017.20201006.tab.
        let name = format!("events.{}.{stamp}.tab", &stamp[..4]);
        Ok(vec![self.file.keep(&name, column_names(ICEWS))?, self.keys.keep()?])
    }
}

/// Name, sectors, country.
fn party_cells(party: Option<(usize, &Party)>) -> [String; 3] {
    let Some((_, party)) = party else { return Default::default() };
    [icews_name(party), icews_sectors(party), country(party).map_or(String::new(), |country| country.icews.to_owned())]
}
