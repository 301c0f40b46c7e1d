//! The dumps of GeoNames: places (19 columns, such as allCountries.txt or cities500.txt), codes of units (admin1CodesASCII.txt,
//! admin2Codes.txt), and alternate names.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead};

use super::{Log, Sink, Tally, countries, is_latin, row};
use crate::fold::fold;
use crate::overlay::Table;

/// Points that news tells of: airports, bases, refugee camps, border crossings, nuclear plants, dams.
const POINTS: &[&str] =
    &["AIRB", "AIRP", "AIRQ", "MILB", "INSM", "NVB", "CMPRF", "CMPREF", "CSTM", "PSN", "DAM", "FT", "PRT", "PASS"];

/// Populated places that are no more, or parts of others.
const NO_TOWNS: &[&str] = &["PPLH", "PPLQ", "PPLW", "PPLCH", "PPLX"];

/// The most further spellings of a place.
const SPELLINGS: usize = 30;

/// The most bytes of a name.
const LONGEST: usize = 255;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dump {
    /// Places.
    Places,
    /// Codes of units, with their names.
    Units,
    /// Alternate names.
    Names,
}

/// Says what a file is by the columns of its first line.
pub fn dump_of(first_line: &str) -> Option<Dump> {
    match first_line.split('\t').count() {
        19 => Some(Dump::Places),
        4 => Some(Dump::Units),
        8..=10 => Some(Dump::Names),
        _ => None,
    }
}

/// Reads dumps. Where alternate names are wanted, call [`Importer::survey`] on the places and [`Importer::names`] first; otherwise the
/// spellings are those that the places' own column has.
#[derive(Default)]
pub struct Importer {
    /// Places that are taken, when alternate names are asked for.
    wanted: Option<BTreeSet<u32>>,
    /// Alternate names in English or no language, by place.
    names: BTreeMap<u32, Vec<String>>,
    seen: BTreeSet<u32>,
}

impl Importer {
    /// Notes which places of a dump are taken, so that only their alternate names are kept. Nothing is written.
    pub fn survey(&mut self, reader: &mut dyn BufRead) -> io::Result<()> {
        let mut text = String::new();
        let wanted = self.wanted.get_or_insert_default();
        while reader.read_line(&mut text)? > 0 {
            let cells: Vec<&str> = text.trim_end_matches(['\n', '\r']).split('\t').collect();
            if let (19, Ok(id), Ok(_)) = (cells.len(), cells[0].parse(), kind_of(&cells)) {
                wanted.insert(id);
            }
            text.clear();
        }
        Ok(())
    }

    /// Reads alternate names.
    pub fn names(&mut self, reader: &mut dyn BufRead, sink: &mut dyn Sink) -> io::Result<Tally> {
        let mut log = Log::new(sink);
        log.lines(reader, |log, line, text| {
            if text.is_empty() {
                log.kind("blank");
                return Ok(());
            }
            let cells: Vec<&str> = text.split('\t').collect();
            let (Some(Ok(place)), Some(&language), Some(&name)) =
                (cells.get(1).map(|id| id.parse::<u32>()), cells.get(2), cells.get(3))
            else {
                return log.skip(line, "not a line of alternate names", text);
            };
            let is_historic = cells.get(7) == Some(&"1");
            let reason = if self.wanted.as_ref().is_some_and(|wanted| !wanted.contains(&place)) {
                Some("a name of a place that is not taken")
            } else if !matches!(language, "" | "en") {
                Some("a name in another language")
            } else if is_historic {
                Some("a name of former times")
            } else if !is_latin(name) {
                Some("a name that is not in Latin letters")
            } else {
                None
            };
            match reason {
                Some(reason) => log.skip(line, reason, name),
                None => {
                    log.kind("name");
                    self.names.entry(place).or_default().push(name.to_owned());
                    Ok(())
                }
            }
        })?;
        Ok(log.finish())
    }

    /// Reads the codes and names of units.
    pub fn units(&mut self, reader: &mut dyn BufRead, sink: &mut dyn Sink) -> io::Result<Tally> {
        let mut log = Log::new(sink);
        log.lines(reader, |log, line, text| {
            if text.is_empty() {
                log.kind("blank");
                return Ok(());
            }
            let cells: Vec<&str> = text.split('\t').collect();
            let [code, name, ascii, geonames] = cells.as_slice() else {
                return log.skip(line, "not a line of four cells", text);
            };
            let Some(country) = code.get(..2).and_then(countries::by_iso2) else {
                return log.skip(line, "a country that has no code here", code);
            };
            log.kind("unit");
            let cells = [
                ("name", (*name).to_owned()),
                ("aliases", if fold(name) == fold(ascii) { String::new() } else { (*ascii).to_owned() }),
                ("country", country.to_owned()),
                ("unit", (*code).to_owned()),
                ("geonames", (*geonames).to_owned()),
                ("spellings", "1".to_owned()),
                ("kind", "unit".to_owned()),
                ("source", "geonames".to_owned()),
            ];
            log.row(row(Table::Places, &cells))
        })?;
        Ok(log.finish())
    }

    /// Reads places.
    pub fn places(&mut self, reader: &mut dyn BufRead, sink: &mut dyn Sink) -> io::Result<Tally> {
        let mut log = Log::new(sink);
        log.lines(reader, |log, line, text| self.place(log, line, text))?;
        Ok(log.finish())
    }

    fn place(&mut self, log: &mut Log<'_>, line: u64, text: &str) -> io::Result<()> {
        if text.is_empty() {
            log.kind("blank");
            return Ok(());
        }
        let cells: Vec<&str> = text.split('\t').collect();
        if cells.len() != 19 {
            return log.skip(line, "not a line of 19 cells", text);
        }
        let kind = match kind_of(&cells) {
            Ok(kind) => kind,
            Err(reason) => return log.skip(line, reason, &format!("{} ({}.{})", cells[1], cells[6], cells[7])),
        };
        let Some(country) = countries::by_iso2(cells[8]) else {
            return log.skip(line, "a country that has no code here", &format!("{} ({})", cells[1], cells[8]));
        };
        let (Ok(id), Ok(lat), Ok(lon)) = (cells[0].parse::<u32>(), cells[4].parse::<f64>(), cells[5].parse::<f64>()) else {
            return log.skip(line, "a number that cannot be read", text);
        };
        let name = cells[1].replace('|', " ");
        if name.len() > LONGEST || fold(&name).is_empty() {
            return log.skip(line, "a name that cannot be used", &name);
        }
        if !self.seen.insert(id) {
            return log.skip(line, "an identifier that stood before", cells[0]);
        }
        let others: Vec<&str> = cells[3].split(',').filter(|other| !other.is_empty()).collect();
        let own = self.names.get(&id).map(|names| names.iter().map(String::as_str).collect());
        let candidates: Vec<&str> = own.unwrap_or_else(|| others.clone());
        let mut keys = BTreeSet::from([fold(&name)]);
        let mut spellings: Vec<&str> = Vec::new();
        for other in std::iter::once(cells[2]).chain(candidates) {
            if is_latin(other)
                && other.chars().count() >= 3
                && !other.contains('|')
                && spellings.len() < SPELLINGS
                && keys.insert(fold(other))
            {
                spellings.push(other);
            }
        }
        let unit: Vec<&str> = [cells[8], cells[10], cells[11]].into_iter().take_while(|part| !part.is_empty()).collect();
        let unit = if unit.len() > 1 && unit.iter().all(|part| !part.contains('.')) && unit[1] != "00" {
            unit.join(".")
        } else {
            String::new()
        };
        if kind == "unit" && unit.is_empty() {
            self.seen.remove(&id);
            return log.skip(line, "a unit without a code", &name);
        }
        let population = cells[14].parse::<u32>().ok().filter(|&people| people > 0 && kind != "unit");
        log.kind("place");
        let cells = [
            ("name", name),
            ("aliases", spellings.join("|")),
            ("country", country.to_owned()),
            ("unit", unit),
            ("lat", lat.to_string()),
            ("lon", lon.to_string()),
            ("geonames", id.to_string()),
            ("population", population.map(|people| people.to_string()).unwrap_or_default()),
            ("spellings", others.len().to_string()),
            ("kind", kind.to_owned()),
            ("source", "geonames".to_owned()),
        ];
        log.row(row(Table::Places, &cells))
    }
}

/// What a place is; the error is why it is not taken.
fn kind_of(cells: &[&str]) -> Result<&'static str, &'static str> {
    match (cells[6], cells[7]) {
        ("P", "PPLC") => Ok("capital"),
        ("P", feature) if NO_TOWNS.contains(&feature) => Err("a town that is no more, or a part of one"),
        ("P", _) => Ok("city"),
        ("A", "ADM1" | "ADM2") => Ok("unit"),
        ("A", _) => Err("a unit of another order"),
        (_, feature) if POINTS.contains(&feature) => Ok("point"),
        _ => Err("a feature that is neither town nor unit"),
    }
}
