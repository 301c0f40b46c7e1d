//! The gazetteer: every place and unit by name, read from packed bytes as they lie.

pub(crate) mod pack;

use std::borrow::Cow;
use std::collections::BTreeSet;

use demarche_types::{CountryCode, Place, PlacePrecision};
use fst::raw::Fst;

use crate::KnowledgeError;
use crate::index::Walk;
use pack::{ADMIN1, ADMIN2, CAPITAL, DEGREE, HEADER, MARK, NOWHERE, POINT, SITE, UNIT};

/// What the program carries.
const EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.bin"));

/// The mean radius of the earth in kilometres.
const EARTH: f64 = 6371.0;

/// Places by name.
pub(crate) struct Gazetteer {
    bytes: Cow<'static, [u8]>,
    /// Where each section begins; the last number is the end.
    sections: [usize; 5],
    index: Fst<Cow<'static, [u8]>>,
    /// What a user's tables take away: GeoNames identifiers of sites, and postings.
    hidden: (BTreeSet<u32>, BTreeSet<usize>),
    /// What a name means here, it means in no gazetteer below.
    pub(crate) shadows: bool,
}

/// An entry of a gazetteer.
#[derive(Clone, Copy)]
pub(crate) struct Site<'g> {
    of: &'g Gazetteer,
    record: &'g [u8],
}

/// A reading of a name.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'g> {
    pub(crate) site: Site<'g>,
    /// The spelling is the site's own name, not another one.
    pub(crate) own_name: bool,
}

impl Gazetteer {
    /// The places that the program carries.
    pub(crate) fn embedded() -> Result<Self, KnowledgeError> {
        Self::new(Cow::Borrowed(EMBEDDED))
    }

    /// The places of tables.
    pub(crate) fn from_tables(places: &[&str], units: &[&str]) -> Result<Self, KnowledgeError> {
        Self::new(Cow::Owned(pack::pack(places, units)?))
    }

    /// Says whether names here hide their namesakes in the gazetteers below.
    pub(crate) fn with_shadow(self, shadows: bool) -> Self {
        Self { shadows, ..self }
    }

    fn new(bytes: Cow<'static, [u8]>) -> Result<Self, KnowledgeError> {
        let broken = || KnowledgeError::Index("the packed gazetteer is damaged; build the program anew".to_owned());
        if bytes.get(..MARK.len()) != Some(MARK) || bytes.len() < HEADER {
            return Err(broken());
        }
        let mut sections = [HEADER; 5];
        for nth in 0..4 {
            sections[nth + 1] = sections[nth] + number(&bytes, 16 + nth * 4) as usize;
        }
        if sections[4] != bytes.len() {
            return Err(broken());
        }
        let index: Cow<'static, [u8]> = match &bytes {
            Cow::Borrowed(all) => Cow::Borrowed(&all[sections[3]..]),
            Cow::Owned(all) => Cow::Owned(all[sections[3]..].to_vec()),
        };
        let index = Fst::new(index).map_err(|error| KnowledgeError::Index(error.to_string()))?;
        Ok(Self { bytes, sections, index, hidden: Default::default(), shadows: false })
    }

    /// Says which places these are.
    pub(crate) fn fingerprint(&self) -> u64 {
        u64::from(number(&self.bytes, 8)) | u64::from(number(&self.bytes, 12)) << 32
    }

    /// The number of sites.
    pub(crate) fn len(&self) -> usize {
        (self.sections[1] - self.sections[0]) / SITE
    }

    /// A walk that has read nothing.
    pub(crate) fn walk(&self) -> Walk {
        Walk::new(&self.index)
    }

    /// Reads a piece of text; `None` when no name goes on so.
    pub(crate) fn read(&self, walk: Walk, text: &str) -> Option<Walk> {
        walk.read(&self.index, text)
    }

    /// The sites whose names end where the walk stands.
    pub(crate) fn matches(&self, walk: Walk) -> impl Iterator<Item = Reading<'_>> {
        let value = walk.value(&self.index).unwrap_or(0);
        let (start, count) = ((value >> 16) as usize, (value & 0xffff) as usize);
        let (sites, postings) = &self.hidden;
        let readings = (start..start + count).filter(|at| !postings.contains(at)).map(|at| {
            let posting = number(&self.bytes, self.sections[2] + at * 4);
            Reading { site: self.site(posting >> 1), own_name: posting & 1 == 0 }
        });
        readings.filter(|reading| sites.is_empty() || reading.site.geonames().is_none_or(|id| !sites.contains(&id)))
    }

    /// Hides a site; with a spelling, only the site's reading of it; without a GeoNames identifier, all readings of the spelling.
    pub(crate) fn hide(&mut self, geonames: Option<u32>, spelling: &str) {
        if let (Some(id), true) = (geonames, spelling.is_empty()) {
            self.hidden.0.insert(id);
            return;
        }
        let value = self.read(self.walk(), spelling).and_then(|walk| walk.value(&self.index)).unwrap_or(0);
        let (start, count) = ((value >> 16) as usize, (value & 0xffff) as usize);
        let site = |at: usize| self.site(number(&self.bytes, self.sections[2] + at * 4) >> 1);
        let hidden: Vec<usize> =
            (start..start + count).filter(|&at| geonames.is_none() || site(at).geonames() == geonames).collect();
        self.hidden.1.extend(hidden);
    }

    /// The sites of a whole name.
    pub(crate) fn lookup(&self, name: &str) -> Vec<Reading<'_>> {
        self.read(self.walk(), name).map_or_else(Vec::new, |walk| self.matches(walk).collect())
    }

    /// A unit by its code ("UA.14", "UA.14.1402").
    pub(crate) fn unit(&self, code: &str) -> Option<Site<'_>> {
        let site = self.index.get(format!("{UNIT}{code}"))?;
        Some(self.site(site.value() as u32))
    }

    fn site(&self, index: u32) -> Site<'_> {
        let at = self.sections[0] + index as usize * SITE;
        Site { of: self, record: &self.bytes[at..at + SITE] }
    }
}

impl<'g> Site<'g> {
    pub(crate) fn name(self) -> &'g str {
        self.text(0)
    }

    pub(crate) fn country(self) -> &'g str {
        std::str::from_utf8(&self.record[8..11]).unwrap_or("").trim_end_matches('\0')
    }

    /// The code of the innermost unit that a place lies in; of a unit, its own.
    pub(crate) fn unit(self) -> &'g str {
        self.text(4)
    }

    /// The code of the first-order unit.
    pub(crate) fn admin1(self) -> &'g str {
        let unit = self.unit();
        unit.match_indices('.').nth(1).map_or(unit, |(dot, _)| &unit[..dot])
    }

    /// The first-order unit around it, if this gazetteer has it.
    pub(crate) fn within(self) -> Option<Self> {
        self.of.unit(self.admin1())
    }

    /// The innermost unit around it, if this gazetteer has it.
    pub(crate) fn around(self) -> Option<Self> {
        self.of.unit(self.unit())
    }

    pub(crate) fn precision(self) -> PlacePrecision {
        match self.record[11] & !CAPITAL {
            ADMIN1 => PlacePrecision::Admin1,
            ADMIN2 => PlacePrecision::Admin2,
            POINT => PlacePrecision::Point,
            _ => PlacePrecision::City,
        }
    }

    pub(crate) fn is_unit(self) -> bool {
        matches!(self.precision(), PlacePrecision::Admin1 | PlacePrecision::Admin2)
    }

    /// Whether it is one of the user's own places.
    pub(crate) fn is_own(self) -> bool {
        self.of.shadows
    }

    pub(crate) fn is_capital(self) -> bool {
        self.record[11] & CAPITAL != 0
    }

    pub(crate) fn population(self) -> u32 {
        number(self.record, 24)
    }

    /// In how many spellings GeoNames knows it: how widely it is written of.
    pub(crate) fn spellings(self) -> u32 {
        number(self.record, 28)
    }

    pub(crate) fn geonames(self) -> Option<u32> {
        Some(number(self.record, 20)).filter(|&id| id != 0)
    }

    /// Degrees north and east.
    pub(crate) fn point(self) -> Option<(f64, f64)> {
        let degrees = |at| Some(number(self.record, at) as i32).filter(|&d| d != NOWHERE).map(|d| f64::from(d) / DEGREE);
        Some((degrees(12)?, degrees(16)?))
    }

    /// Whether two are one entry of one gazetteer.
    pub(crate) fn is(self, other: Self) -> bool {
        std::ptr::eq(self.record, other.record)
    }

    /// As a place. The name of the first-order unit is looked up in `units`, the gazetteers at hand.
    pub(crate) fn place(self, units: &'g [Gazetteer]) -> Place {
        let unit = self.unit();
        let above = if self.precision() == PlacePrecision::Admin1 { "" } else { self.admin1() };
        let admin1 = (!above.is_empty()).then(|| units.iter().rev().find_map(|g| g.unit(above))).flatten();
        Place {
            name: self.name().to_owned(),
            country: CountryCode(self.country().into()),
            admin1: admin1.map(|site| site.name().to_owned()),
            unit: (!unit.is_empty()).then(|| unit.into()),
            point: self.point(),
            geonames: self.geonames(),
            precision: self.precision(),
        }
    }

    fn text(self, at: usize) -> &'g str {
        let start = self.of.sections[1] + number(self.record, at) as usize;
        let length = usize::from(self.of.bytes[start]);
        std::str::from_utf8(&self.of.bytes[start + 1..start + 1 + length]).unwrap_or("")
    }
}

/// Great-circle distance in kilometres between two points in degrees north and east.
pub(crate) fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (north, east) = ((lat_b - lat_a) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let half = libm::pow(libm::sin(north), 2.0) + libm::cos(lat_a) * libm::cos(lat_b) * libm::pow(libm::sin(east), 2.0);
    2.0 * EARTH * libm::asin(libm::sqrt(half).min(1.0))
}

fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
