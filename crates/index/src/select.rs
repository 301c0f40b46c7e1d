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
        let days = |from: Option<jiff::civil::Date>, to: Option<jiff::civil::Date>| {
            from.map_or(NO_DAY + 1, |day| day_of(Some(day)))..=to.map_or(i32::MAX, |day| day_of(Some(day)))
        };
        if filter.from.is_some() || filter.to.is_some() {
            rest.keep(table.stretch(days(filter.from, filter.to)));
        }
        let published = table.number("published");
        if (filter.published_from.is_some() || filter.published_to.is_some()) && !published.is_empty() {
            let days = days(filter.published_from, filter.published_to);
            rest.and(&Bits::of(table.len(), |row| !published[row].is_nan() && days.contains(&(published[row] as i32))));
        }
        for (name, least) in &filter.least {
            let column = table.number(name);
            if !column.is_empty() {
                rest.and(&Bits::of(table.len(), |row| column[row] >= *least));
            }
        }
        for (name, id) in &filter.links {
            if let Some(column) = table.link(name) {
                rest.and(&column.with(*id));
            }
        }
        if sort == Sort::Event {
            if let Some(located) = filter.located {
                rest.and(&table.sites.with(|site| site.is_some() == located));
            }
            if let Some(bounds) = filter.bounds {
                rest.and(&table.sites.with(|site| site.is_some_and(|site| site.lies_in(bounds))));
            }
        }
        let mut masks: Vec<(&'static str, Bits)> = vec![];
        for (name, chosen) in &filter.fields {
            let Some(column) = table.column(name) else { continue };
            let mut mask = if chosen.any.is_empty() { Bits::all(table.len()) } else { column.with_any(&chosen.any) };
            if !chosen.none.is_empty() {
                mask.minus(&column.with_any(&chosen.none));
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
