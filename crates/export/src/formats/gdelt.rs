//! GDELT 2.0: one row a pair of parties in Events, and one a report in Mentions. No header, nothing quoted, a missing value is empty.

mod place;

use std::path::Path;

use demarche_records::{Article, Event, Party};
use demarche_types::LinkBasis;
use jiff::civil::DateTime;
use xxhash_rust::xxh3::xxh3_64;

use super::{NO_DATE, NO_PARTY, Outcome, Sink, column_names, host, tabbed};
use crate::days::{compact, dated, fraction, midnight, moment};
use crate::labels::{plover, quad_of_cameo};
use crate::output::OutFile;
use crate::parties::{Dyad, cameo_actor, dyads, gdelt_name};
use crate::tables::{CAMEO, columns};
use crate::text::line;
use crate::{ExportError, Facts, FileEntry};

/// A sentence that begins before this character is taken for one of the lead.
const LEAD: u32 = 400;

/// Writes the files.
pub(crate) struct Gdelt {
    events: OutFile,
    mentions: OutFile,
    keys: Keys,
    time: Option<String>,
}

impl Gdelt {
    /// Begins the files; `time` is the moment of the update.
    pub(crate) fn create(folder: &Path, time: Option<DateTime>) -> Result<Self, ExportError> {
        Ok(Self {
            events: OutFile::create(folder, "export.CSV")?,
            mentions: OutFile::create(folder, "mentions.CSV")?,
            keys: Keys::create(folder, "gdelt.keys.tsv")?,
            time: time.map(moment),
        })
    }
}

impl Sink for Gdelt {
    fn event(&mut self, event: &Event, facts: &Facts) -> Result<Outcome, ExportError> {
        let Some((day, by_publication)) = dated(event) else { return Ok(Outcome::LeftOut(NO_DATE)) };
        let dyads = dyads(event, &plover(event)?);
        if dyads.is_empty() {
            return Ok(Outcome::LeftOut(NO_PARTY));
        }
        let code = event.cameo.as_str();
        let fault = || ExportError::Record { id: event.id.clone(), fault: format!("its CAMEO code {code} is in no table") };
        let cameo = CAMEO.get(code).ok_or_else(fault)?;
        let quad = quad_of_cameo(code).ok_or_else(fault)?;
        let added = self.time.clone().or_else(|| event.article.published.map(midnight)).unwrap_or_default();
        let reports = facts.reports.as_ref();
        // A report of an event that another stands for is a mention of that one.
        let lead = reports.map(|reports| reports.lead.as_str()).filter(|lead| *lead != event.id);
        let counts = reports.map_or([1; 3], |r| [r.mentions, r.sources, r.articles]);
        let place = place::cells(event.event_loc.as_ref());
        for (index, dyad) in dyads.iter().enumerate() {
            let id = match lead {
                Some(lead) => global_id(lead, 0),
                None => global_id(&event.id, index),
            };
            if lead.is_none() {
                let mut row =
                    vec![id.to_string(), compact(day), compact(day)[..6].to_owned(), compact(day)[..4].to_owned(), fraction(day)];
                row.extend(actor_cells(dyad.actor));
                row.extend(actor_cells(dyad.recipient));
                row.extend([
                    u8::from(event.spans.sentence[0] < LEAD).to_string(),
                    code.to_owned(),
                    code.chars().take(3).collect(),
                    code.chars().take(2).collect(),
                    quad.to_string(),
                    cameo.goldstein.to_owned(),
                ]);
                row.extend(counts.map(|count| count.to_string()));
                row.push(String::new());
                // Where the actors were is not recorded; the place of the event is no answer to that.
                row.extend(std::iter::repeat_n(String::new(), 16));
                row.extend(place.clone());
                row.extend([added.clone(), line(event.article.url.as_deref().unwrap_or(&event.article.origin))]);
                tabbed(&mut self.events, &row)?;
                self.keys.put(&id.to_string(), "", event, dyad)?;
            }
            if lead.is_none() || index == 0 {
                tabbed(&mut self.mentions, &mention_cells(event, dyad, facts, id, &added))?;
            }
        }
        Ok(Outcome::Written { by_publication })
    }

    fn finish(self: Box<Self>, stamp: &str) -> Result<Vec<FileEntry>, ExportError> {
        Ok(vec![
            self.events.keep(&format!("{stamp}.export.CSV"), column_names(columns::GDELT_EVENTS))?,
            self.mentions.keep(&format!("{stamp}.mentions.CSV"), column_names(columns::GDELT_MENTIONS))?,
            self.keys.keep()?,
        ])
    }
}

/// Which record and pair a numbered row is.
pub(crate) struct Keys {
    file: OutFile,
    name: &'static str,
}

impl Keys {
    const COLUMNS: [&'static str; 6] = ["row", "story", "event", "article", "actor", "recipient"];

    /// Begins the file.
    pub(crate) fn create(folder: &Path, name: &'static str) -> Result<Self, ExportError> {
        let mut file = OutFile::create(folder, name)?;
        file.put(&Self::COLUMNS.join("\t"))?;
        file.put("\n")?;
        Ok(Self { file, name })
    }

    /// Writes a row: parties by their places in the record's lists, from 1, an actor beside an actor as `a2`.
    pub(crate) fn put(&mut self, row: &str, story: &str, event: &Event, dyad: &Dyad<'_>) -> Result<(), ExportError> {
        let place = |party: Option<(usize, &Party)>| party.map(|(index, _)| (index + 1).to_string()).unwrap_or_default();
        let mut recipient = place(dyad.recipient);
        if event.recipient.is_empty() && !recipient.is_empty() {
            recipient.insert(0, 'a');
        }
        let cells = [row.to_owned(), story.to_owned(), line(&event.id), line(&event.article.id), place(dyad.actor), recipient];
        tabbed(&mut self.file, &cells)
    }

    /// Gives the file its name.
    pub(crate) fn keep(self) -> Result<FileEntry, ExportError> {
        self.file.keep(self.name, Self::COLUMNS.map(str::to_owned).to_vec())
    }
}

/// The number of a row: the first 52 bits of the event's identifier, so that either is found from the other, and a hash for its
/// further pairs. No more bits than a float holds exactly, since many loaders read such columns as floats.
fn global_id(event: &str, index: usize) -> u64 {
    let own = u64::from_str_radix(event, 16).ok().filter(|_| event.len() == 16);
    let whole = match own {
        Some(id) if index == 0 => id,
        _ => xxh3_64(format!("{event}/{index}").as_bytes()),
    };
    whole >> 12
}

/// The ten columns of an actor.
fn actor_cells(party: Option<(usize, &Party)>) -> [String; 10] {
    let Some((_, party)) = party else { return Default::default() };
    let actor = cameo_actor(party);
    let kind = |index: usize| actor.types.get(index).copied().unwrap_or_default().to_owned();
    [
        actor.code.clone(),
        gdelt_name(party),
        actor.country.to_owned(),
        actor.group.to_owned(),
        // Ethnic groups and religions are not coded.
        String::new(),
        String::new(),
        String::new(),
        kind(0),
        kind(1),
        kind(2),
    ]
}

/// A row of Mentions.
fn mention_cells(event: &Event, dyad: &Dyad<'_>, facts: &Facts, id: u64, added: &str) -> Vec<String> {
    let article = &event.article;
    let offset = |party: Option<(usize, &Party)>| party.map_or("-1".to_owned(), |(_, party)| party.span[0].to_string());
    let known = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    let parties = [dyad.actor, dyad.recipient].into_iter().flatten();
    let raw = parties.into_iter().all(|(_, party)| party.basis != LinkBasis::Coreference);
    let address = article.url.as_deref().filter(|url| host(url).is_some());
    let source = address.and_then(host).or(article.source.as_deref()).unwrap_or_default();
    vec![
        id.to_string(),
        added.to_owned(),
        added.to_owned(),
        if address.is_some() { "1" } else { "2" }.to_owned(),
        line(source),
        address.map_or_else(|| citation(article), line),
        known(facts.sentence),
        offset(dyad.actor),
        offset(dyad.recipient),
        event.spans.trigger[0].to_string(),
        u8::from(raw).to_string(),
        format!("{:.0}", event.confidence * 100.0),
        known(facts.length),
        String::new(),
        String::new(),
        String::new(),
    ]
}

/// An article without an address, as a reader would cite it.
fn citation(article: &Article) -> String {
    let day = article.published.map(|day| day.to_string());
    let parts = [article.source.clone(), article.title.clone(), day];
    match &article.title {
        Some(_) => parts.iter().flatten().map(|part| line(part)).collect::<Vec<_>>().join(", "),
        None => line(&article.origin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_rows_lead_back_to_events() {
        let id = global_id("5bde21eee6ad7b49", 0);
        assert_eq!(format!("{id:013x}"), "5bde21eee6ad7");
        assert!(id < 1 << 53);
        assert_ne!(global_id("5bde21eee6ad7b49", 1), id);
        assert_eq!(global_id("own-id", 0), global_id("own-id", 0));
    }

    #[test]
    fn hosts_are_read_from_addresses() {
        assert_eq!(host("https://www.example.org:8080/a?b#c"), Some("example.org"));
        assert_eq!(host("http://user@news.example/x"), Some("news.example"));
        assert_eq!((host("examples/a.txt"), host("file:///a"), host("https:///x")), (None, None, None));
    }
}
