//! Where the chosen rows were.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use utoipa::ToSchema;

use crate::Index;
use crate::bits::Bits;
use crate::rows::PlaceRow;
use crate::select::Selected;
use crate::time::Quads;

/// Events of a place, or of places that lie too close to be told apart.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = SpotOfEvents)]
pub struct Spot {
    /// Latitude of their middle, in degrees.
    pub lat: f64,
    /// Longitude of their middle, in degrees.
    pub lon: f64,
    /// Events.
    pub count: u32,
    /// Name of the place, where it is one.
    pub name: Option<String>,
    /// Its country, where it is one.
    pub country: Option<String>,
    /// How exact the place is: that of most of them.
    pub precision: Option<String>,
    /// Of these events: verbal cooperation, material cooperation, verbal conflict, material conflict.
    pub quads: [u32; 4],
    /// West, south, east and north of the cell that they lie in.
    #[schema(value_type = Vec<f64>)]
    pub bounds: [f64; 4],
}

/// Spots of a part of the map.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Spots {
    /// The spots, those of most events first.
    pub clusters: Vec<Spot>,
    /// Events that have a place with coordinates.
    pub located: u32,
    /// Events that have none.
    pub unlocated: u32,
}

/// Cells at zoom 0 around the world.
const CELLS: f64 = 24.0;
/// The finest that is told apart.
pub const FINEST: u8 = 10;

/// A place with coordinates that events have.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    lat: f64,
    lon: f64,
    name: String,
    country: Option<String>,
    precision: Option<String>,
}

impl Site {
    /// Whether it lies in a box of west, south, east and north, which may go across the date line.
    pub fn lies_in(&self, [west, south, east, north]: [f64; 4]) -> bool {
        let (y, x) = (self.lat, self.lon);
        let inside = if west > east { x >= west || x <= east } else { (west..=east).contains(&x) };
        (south..=north).contains(&y) && inside
    }
}

/// A column of places with coordinates, each held once.
#[derive(Clone, Debug, Default)]
pub struct Sites {
    sites: Vec<Site>,
    /// By the bits of their coordinates, and name, country and precision.
    numbers: HashMap<([u64; 2], [Option<String>; 3]), u32>,
    /// For each row the number of its site, or [`NOWHERE`].
    of_row: Vec<u32>,
}

/// A row without coordinates.
const NOWHERE: u32 = u32::MAX;

impl Sites {
    /// Adds a row, before rows are sorted.
    pub(crate) fn push(&mut self, place: Option<&PlaceRow>) {
        let known =
            place.and_then(|place| Some((place, place.lat?, place.lon?))).filter(|(_, y, x)| y.is_finite() && x.is_finite());
        let Some((place, lat, lon)) = known else { return self.of_row.push(NOWHERE) };
        let (name, country, precision) = (place.name.clone(), place.country.clone(), place.precision.clone());
        let key = ([lat, lon].map(f64::to_bits), [Some(name.clone()), country.clone(), precision.clone()]);
        let number = *self.numbers.entry(key).or_insert_with(|| {
            self.sites.push(Site { lat, lon, name, country, precision });
            self.sites.len() as u32 - 1
        });
        self.of_row.push(number);
    }

    pub(crate) fn reorder(&mut self, order: &[u32]) {
        if !self.of_row.is_empty() {
            self.of_row = order.iter().map(|row| self.of_row[*row as usize]).collect();
        }
        self.numbers = HashMap::new();
    }

    /// Rows whose site it holds of; rows without coordinates have none.
    pub fn with(&self, holds: impl Fn(Option<&Site>) -> bool) -> Bits {
        let (wanted, nowhere): (Vec<bool>, bool) = (self.sites.iter().map(|site| holds(Some(site))).collect(), holds(None));
        Bits::of(self.of_row.len(), |row| wanted.get(self.of_row[row] as usize).copied().unwrap_or(nowhere))
    }

    /// Rows of each class at each site.
    fn counts(&self, rows: &Bits, quads: &Quads<'_>) -> Vec<[u32; 5]> {
        let mut counts = vec![[0; 5]; self.sites.len()];
        for row in rows.iter() {
            if let Some(count) = counts.get_mut(self.of_row[row] as usize) {
                count[quads.at(row).unwrap_or(4)] += 1;
            }
        }
        counts
    }
}

#[derive(Default)]
struct Cell<'a> {
    count: u32,
    lat: f64,
    lon: f64,
    quads: [u32; 4],
    sites: Vec<(&'a Site, u32)>,
}

impl Cell<'_> {
    /// What all its sites have, if it is the same.
    fn common<'a>(&'a self, of: impl Fn(&'a Site) -> Option<&'a str>) -> Option<String> {
        let mut all = self.sites.iter().map(|(site, _)| of(site));
        let first = all.next()??;
        all.all(|other| other == Some(first)).then(|| first.to_owned())
    }

    /// The precision of most of its events.
    fn precision(&self) -> Option<String> {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for (site, count) in &self.sites {
            if let Some(precision) = site.precision.as_deref() {
                *counts.entry(precision).or_default() += count;
            }
        }
        counts.into_iter().max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name))).map(|(name, _)| name.to_owned())
    }
}

impl Index {
    /// Spots of events at a zoom: 0 for the world, each step twice as fine.
    pub fn spots(&self, selected: &Selected, zoom: u8) -> Spots {
        let table = self.table(selected.sort);
        let side = 360.0 / CELLS / f64::from(1_u32 << u32::from(zoom.min(FINEST)));
        let counts = table.sites.counts(&selected.rows, &Quads::of(table));
        let mut cells: BTreeMap<(i32, i32), Cell<'_>> = BTreeMap::new();
        let mut located = 0;
        for (site, counts) in table.sites.sites.iter().zip(&counts) {
            let count: u32 = counts.iter().sum();
            if count == 0 {
                continue;
            }
            located += count;
            let cell = cells.entry(((site.lat / side).floor() as i32, (site.lon / side).floor() as i32)).or_default();
            cell.count += count;
            cell.lat += site.lat * f64::from(count);
            cell.lon += site.lon * f64::from(count);
            cell.quads.iter_mut().zip(counts).for_each(|(all, here)| *all += here);
            cell.sites.push((site, count));
        }
        let mut clusters: Vec<Spot> = cells
            .into_iter()
            .map(|((y, x), cell)| {
                let (south, west) = (f64::from(y) * side, f64::from(x) * side);
                let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
                Spot {
                    lat: round(cell.lat / f64::from(cell.count)),
                    lon: round(cell.lon / f64::from(cell.count)),
                    count: cell.count,
                    name: cell.common(|site| Some(&site.name)),
                    country: cell.common(|site| site.country.as_deref()),
                    precision: cell.precision(),
                    quads: cell.quads,
                    bounds: [west, south.max(-90.0), (west + side).min(180.0), (south + side).min(90.0)].map(round),
                }
            })
            .collect();
        clusters.sort_by(|a, b| b.count.cmp(&a.count).then(a.lat.total_cmp(&b.lat)).then(a.lon.total_cmp(&b.lon)));
        Spots { clusters, located, unlocated: selected.rows.count() as u32 - located }
    }
}
