//! The rows that a filter chooses.

use std::collections::BTreeMap;

use crate::bits::Bits;
use crate::build::day_of;
use crate::filter::{Counted, Filter};
use crate::table::NO_DAY;
use crate::text::Sort;
use crate::{Index, IndexError};

/// Rows that a filter chooses, and those that each field's choice leaves out, so that a facet can count as if its own were not made.
#[derive(Clone, Debug)]
pub struct Selected {
    /// What is chosen from.
    pub sort: Sort,
    /// Rows chosen.
    pub rows: Bits,
    /// For each field that the filter speaks of, the rows that all the rest of the filter chooses.
    without: BTreeMap<&'static str, Bits>,
}

impl Selected {
    /// Rows that the filter chooses, were nothing said of the field.
    pub fn without(&self, field: &str) -> &Bits {
        self.without.get(field).unwrap_or(&self.rows)
    }
}

impl Index {
    /// The rows that a filter chooses.
    pub fn select(&self, sort: Sort, filter: &Filter) -> Result<Selected, IndexError> {
        let table = self.table(sort);
        let mut rest = Bits::all(table.len());
        if let Some(text) = &filter.text {
            rest.and(&self.texts.find(sort, text, table.len())?);
        }
        let within = |from: Option<jiff::civil::Date>, to: Option<jiff::civil::Date>, day: &dyn Fn(usize) -> i32| {
            let (from, to) = (from.map_or(NO_DAY + 1, |day| day_of(Some(day))), to.map_or(i32::MAX, |day| day_of(Some(day))));
            Bits::of(table.len(), |row| (from..=to).contains(&day(row)))
        };
        if filter.from.is_some() || filter.to.is_some() {
            rest.and(&within(filter.from, filter.to, &|row| table.days[row]));
        }
        let published = table.number("published");
        if (filter.published_from.is_some() || filter.published_to.is_some()) && !published.is_empty() {
            let day = |row: usize| if published[row].is_nan() { NO_DAY } else { published[row] as i32 };
            rest.and(&within(filter.published_from, filter.published_to, &day));
        }
        for (name, least) in &filter.least {
            let column = table.number(name);
            if !column.is_empty() {
                rest.and(&Bits::of(table.len(), |row| column[row] >= *least));
            }
        }
        for (name, id) in &filter.links {
            let column = table.link(name);
            if !column.is_empty() {
                rest.and(&Bits::of(table.len(), |row| column[row] == *id));
            }
        }
        let (lat, lon) = (table.number("lat"), table.number("lon"));
        if !lat.is_empty() {
            if let Some(located) = filter.located {
                rest.and(&Bits::of(table.len(), |row| lat[row].is_nan() != located));
            }
            if let Some([west, south, east, north]) = filter.bounds.map(|bounds| bounds.map(|degrees| degrees as f32)) {
                let across = west > east;
                rest.and(&Bits::of(table.len(), |row| {
                    let (y, x) = (lat[row], lon[row]);
                    let inside = if across { x >= west || x <= east } else { (west..=east).contains(&x) };
                    (south..=north).contains(&y) && inside
                }));
            }
        }
        let mut masks: Vec<(&'static str, Bits)> = vec![];
        for (name, chosen) in &filter.fields {
            let Some(column) = table.column(name) else { continue };
            let mut mask = if chosen.any.is_empty() { Bits::all(table.len()) } else { column.with_any(&chosen.any) };
            if !chosen.none.is_empty() {
                let unwanted = column.with_any(&chosen.none);
                mask.and(&Bits::of(table.len(), |row| !unwanted.has(row)));
            }
            masks.push((name, mask));
        }
        let without = masks.iter().map(|(name, _)| {
            let mut rows = rest.clone();
            for (_, mask) in masks.iter().filter(|(other, _)| other != name) {
                rows.and(mask);
            }
            (*name, rows)
        });
        let mut without: BTreeMap<&'static str, Bits> = without.collect();
        for (_, mask) in &masks {
            rest.and(mask);
        }
        if sort == Sort::Event && filter.counted == Counted::Events {
            // An event is meant if any of its reports is; the first of all stands for it.
            let led = |rows: &Bits| {
                let mut leads = Bits::none(rows.len());
                for row in rows.iter() {
                    leads.insert(self.leads[row] as usize);
                }
                leads
            };
            rest = led(&rest);
            without.values_mut().for_each(|rows| *rows = led(rows));
        }
        Ok(Selected { sort, rows: rest, without })
    }
}
