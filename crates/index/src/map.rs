//! Where the chosen rows were.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::Index;
use crate::select::Selected;

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

#[derive(Default)]
struct Cell {
    count: u32,
    lat: f64,
    lon: f64,
    quads: [u32; 4],
    /// Number of the place, or that there are several.
    place: Option<Option<u32>>,
    country: Option<Option<u32>>,
    precisions: Vec<(u32, u32)>,
}

impl Index {
    /// Spots at a zoom: 0 for the world, each step twice as fine.
    pub fn spots(&self, selected: &Selected, zoom: u8) -> Spots {
        let table = self.table(selected.sort);
        let (lat, lon) = (table.number("lat"), table.number("lon"));
        let side = 360.0 / CELLS / f64::from(1_u32 << u32::from(zoom.min(FINEST)));
        let [places, countries, precisions, quads] =
            ["place", "country", "place_precision", "quad"].map(|name| table.column(name));
        let mut cells: HashMap<(i32, i32), Cell> = HashMap::new();
        let (mut located, mut unlocated) = (0, 0);
        for row in selected.rows.iter() {
            let (Some(y), Some(x)) = (lat.get(row).filter(|y| !y.is_nan()), lon.get(row).filter(|x| !x.is_nan())) else {
                unlocated += 1;
                continue;
            };
            located += 1;
            let (y, x) = (f64::from(*y), f64::from(*x));
            let cell = cells.entry(((y / side).floor() as i32, (x / side).floor() as i32)).or_default();
            cell.count += 1;
            cell.lat += y;
            cell.lon += x;
            let one = |column: Option<&crate::table::Words>| column.and_then(|column| column.at(row).first().copied());
            let same = |known: &mut Option<Option<u32>>, now: Option<u32>| match known {
                None => *known = Some(now),
                Some(before) if *before != now => *before = None,
                Some(_) => {}
            };
            same(&mut cell.place, one(places));
            same(&mut cell.country, one(countries));
            if let Some(precision) = one(precisions) {
                match cell.precisions.iter_mut().find(|(known, _)| *known == precision) {
                    Some((_, count)) => *count += 1,
                    None => cell.precisions.push((precision, 1)),
                }
            }
            let quad = one(quads).and_then(|number| quads?.word(number).parse::<usize>().ok());
            if let Some(count) = quad.and_then(|quad| cell.quads.get_mut(quad.wrapping_sub(1))) {
                *count += 1;
            }
        }
        let word = |column: Option<&crate::table::Words>, number: Option<u32>| Some(column?.word(number?).to_owned());
        let mut clusters: Vec<Spot> = cells
            .into_iter()
            .map(|((y, x), cell)| {
                let most = cell.precisions.iter().max_by_key(|(number, count)| (*count, std::cmp::Reverse(*number)));
                let (south, west) = (f64::from(y) * side, f64::from(x) * side);
                let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
                Spot {
                    lat: round(cell.lat / f64::from(cell.count)),
                    lon: round(cell.lon / f64::from(cell.count)),
                    count: cell.count,
                    name: word(places, cell.place.flatten()),
                    country: word(countries, cell.country.flatten()),
                    precision: word(precisions, most.map(|(number, _)| *number)),
                    quads: cell.quads,
                    bounds: [west, south.max(-90.0), (west + side).min(180.0), (south + side).min(90.0)].map(round),
                }
            })
            .collect();
        clusters.sort_by(|a, b| b.count.cmp(&a.count).then(a.lat.total_cmp(&b.lat)).then(a.lon.total_cmp(&b.lon)));
        Spots { clusters, located, unlocated }
    }
}
