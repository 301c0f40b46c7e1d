//! Packs tables of places into one block of bytes that is used as it lies: nothing is parsed when the program starts.
//!
//! The layout, all numbers little-endian: eight bytes of mark and version, eight of fingerprint, four lengths of four bytes, then four
//! sections. *Sites* are records of [`SITE`] bytes. *Texts* are strings after a length of one byte. *Postings* are numbers of four bytes: the
//! site's index, doubled, and one more where the spelling is another than the site's own name. *Index* is a transducer from folded
//! names to a range of postings, and from [`UNIT`] and a unit's code to its site.

use std::collections::HashMap;

use fst::MapBuilder;

use crate::KnowledgeError;
use crate::fold::fold_into;
use crate::rows::read;

/// Mark and version of the layout.
pub(crate) const MARK: &[u8; 8] = b"dmgaz\0\0\x01";

/// Bytes before the sections.
pub(crate) const HEADER: usize = 32;

/// Bytes of a site: name, unit, country and kind, latitude, longitude, GeoNames identifier, inhabitants, spellings known.
pub(crate) const SITE: usize = 32;

/// Degrees are kept as whole numbers of this fraction of one.
pub(crate) const DEGREE: f64 = 10_000.0;

/// A coordinate that is not known.
pub(crate) const NOWHERE: i32 = i32::MIN;

/// Opens the keys of units, which no folded name does.
pub(crate) const UNIT: char = '\u{1}';

/// Marks another spelling that is as good as the name.
const AS_GOOD: char = '=';

/// Kinds of sites, and the bit of capitals.
pub(crate) const CITY: u8 = 0;
pub(crate) const ADMIN1: u8 = 1;
pub(crate) const ADMIN2: u8 = 2;
pub(crate) const POINT: u8 = 3;
pub(crate) const CAPITAL: u8 = 0x80;

/// Packs tables of places (name, alternatives, country, unit, lat, lon, geonames, population, spellings, kind) and of units (name, alternatives,
/// country, code, population, kind). Of several units of one code the first counts.
pub(crate) fn pack(places: &[&str], units: &[&str]) -> Result<Vec<u8>, KnowledgeError> {
    let mut packer = Packer::default();
    for text in places {
        packer.places(text)?;
    }
    for text in units {
        packer.units(text)?;
    }
    packer.finish()
}

#[derive(Default)]
struct Packer<'t> {
    sites: Vec<[u8; SITE]>,
    texts: Vec<u8>,
    known_texts: HashMap<&'t str, u32>,
    /// Folded spellings, one text; where each begins and ends, and what it says.
    keys: String,
    spellings: Vec<(u32, u32, u32)>,
    units: Vec<(String, u32)>,
}

impl<'t> Packer<'t> {
    fn places(&mut self, text: &'t str) -> Result<(), KnowledgeError> {
        let columns = ["name", "alternatives", "country", "unit", "lat", "lon", "geonames", "population", "spellings", "kind"];
        read(
            "places",
            text,
            columns,
            |line, [name, alternatives, country, unit, lat, lon, geonames, population, spellings, kind]| {
                let wrong = |what, value: &str| KnowledgeError::Value { table: "places", line, what, value: value.to_owned() };
                let kind = match kind {
                    "" => CITY,
                    "capital" => CITY | CAPITAL,
                    "point" => POINT,
                    _ => return Err(wrong("kind", kind)),
                };
                let degrees = |what, text: &str, most: f64| {
                    text.parse::<f64>()
                        .ok()
                        .filter(|d| d.abs() <= most)
                        .map(|d| (d * DEGREE).round() as i32)
                        .ok_or_else(|| wrong(what, text))
                };
                let whole =
                    |what, text: &str| if text.is_empty() { Ok(0) } else { text.parse::<u32>().map_err(|_| wrong(what, text)) };
                let point = (degrees("latitude", lat, 90.0)?, degrees("longitude", lon, 180.0)?);
                let numbers =
                    (whole("GeoNames identifier", geonames)?, whole("population", population)?, whole("spellings", spellings)?);
                self.site(line, [name, alternatives, country, unit], kind, point, numbers).map(|_| ())
            },
        )
    }

    fn units(&mut self, text: &'t str) -> Result<(), KnowledgeError> {
        let columns = ["name", "alternatives", "country", "code", "population", "kind"];
        read("units", text, columns, |line, [name, alternatives, country, code, population, kind]| {
            let kind = if code.matches('.').count() > 1 || kind == "part" { ADMIN2 } else { ADMIN1 };
            let wrong = || KnowledgeError::Value { table: "units", line, what: "population", value: population.to_owned() };
            let people = if population.is_empty() { 0 } else { population.parse().map_err(|_| wrong())? };
            let site = self.site(line, [name, alternatives, country, code], kind, (NOWHERE, NOWHERE), (0, people, 0))?;
            self.units.push((format!("{UNIT}{code}"), site));
            Ok(())
        })
    }

    fn site(
        &mut self,
        line: usize,
        [name, alternatives, country, unit]: [&'t str; 4],
        kind: u8,
        point: (i32, i32),
        (geonames, population, spellings): (u32, u32, u32),
    ) -> Result<u32, KnowledgeError> {
        let wrong = |what, value: &str| KnowledgeError::Value { table: "places", line, what, value: value.to_owned() };
        if country.len() != 3 && !country.is_empty() {
            return Err(wrong("country", country));
        }
        if name.len() > 255 || unit.len() > 255 {
            return Err(wrong("name", name));
        }
        let mut record = [0; SITE];
        record[..4].copy_from_slice(&self.text(name).to_le_bytes());
        record[4..8].copy_from_slice(&self.text(unit).to_le_bytes());
        record[8..8 + country.len()].copy_from_slice(country.as_bytes());
        record[11] = kind;
        record[12..16].copy_from_slice(&point.0.to_le_bytes());
        record[16..20].copy_from_slice(&point.1.to_le_bytes());
        record[20..24].copy_from_slice(&geonames.to_le_bytes());
        record[24..28].copy_from_slice(&population.to_le_bytes());
        record[28..].copy_from_slice(&spellings.to_le_bytes());
        let site = self.sites.len() as u32;
        self.sites.push(record);
        self.spelling(name, site << 1);
        for other in alternatives.split('|') {
            match other.strip_prefix(AS_GOOD) {
                Some(other) => self.spelling(other, site << 1),
                None => self.spelling(other, site << 1 | 1),
            }
        }
        Ok(site)
    }

    fn spelling(&mut self, form: &str, posting: u32) {
        let start = self.keys.len();
        fold_into(form, &mut self.keys);
        if self.keys.len() > start {
            self.spellings.push((start as u32, self.keys.len() as u32, posting));
        }
    }

    fn text(&mut self, text: &'t str) -> u32 {
        let next = self.texts.len() as u32;
        let at = *self.known_texts.entry(text).or_insert(next);
        if at == next {
            self.texts.push(text.len() as u8);
            self.texts.extend_from_slice(text.as_bytes());
        }
        at
    }

    fn finish(mut self) -> Result<Vec<u8>, KnowledgeError> {
        let failed = |error: fst::Error| KnowledgeError::Index(error.to_string());
        let keys = std::mem::take(&mut self.keys);
        let key = |row: &(u32, u32, u32)| &keys[row.0 as usize..row.1 as usize];
        self.spellings.sort_by(|a, b| key(a).cmp(key(b)).then(a.2.cmp(&b.2)));
        self.units.sort();
        self.units.dedup_by(|later, earlier| later.0 == earlier.0);
        let mut index = MapBuilder::memory();
        for (code, site) in &self.units {
            index.insert(code, u64::from(*site)).map_err(failed)?;
        }
        let mut postings: Vec<u8> = Vec::new();
        let mut at = 0;
        while at < self.spellings.len() {
            let end = at + self.spellings[at..].partition_point(|row| key(row) == key(&self.spellings[at]));
            let start = postings.len() / 4;
            let mut last = None;
            for row in &self.spellings[at..end] {
                // A site's own name comes before its other spellings.
                if last != Some(row.2 >> 1) {
                    postings.extend_from_slice(&row.2.to_le_bytes());
                }
                last = Some(row.2 >> 1);
            }
            index.insert(key(&self.spellings[at]), (start as u64) << 16 | (postings.len() / 4 - start) as u64).map_err(failed)?;
            at = end;
        }
        let index = index.into_inner().map_err(failed)?;
        let sites = self.sites.concat();
        let mut out = Vec::with_capacity(HEADER + sites.len() + self.texts.len() + postings.len() + index.len());
        out.extend_from_slice(MARK);
        out.extend_from_slice(&[0; 8]);
        let sections = [&sites, &self.texts, &postings, &index];
        sections.iter().for_each(|section| out.extend_from_slice(&(section.len() as u32).to_le_bytes()));
        sections.iter().for_each(|section| out.extend_from_slice(section));
        let print = out[16..]
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        out[8..16].copy_from_slice(&print.to_le_bytes());
        Ok(out)
    }
}
