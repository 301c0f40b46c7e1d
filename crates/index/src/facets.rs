//! How many of the chosen rows have each value of a field.

use serde::Serialize;
use utoipa::ToSchema;

use crate::Index;
use crate::filter::Filter;
use crate::select::Selected;

/// A value of a field, with how many of the chosen rows have it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ValueOfField)]
pub struct Value {
    /// As it stands in the records.
    pub value: String,
    /// Rows that have it and that the rest of the filter chooses.
    pub count: u32,
    /// Whether the filter asks for it.
    pub selected: bool,
    /// Whether the filter asks for rows without it.
    pub excluded: bool,
}

/// Values of a field.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = FacetOfField)]
pub struct Facet {
    /// The field.
    pub field: String,
    /// What it is called.
    pub title: String,
    /// The values that most rows have; those that the filter names come first, whatever their count.
    pub values: Vec<Value>,
    /// Values that are not listed.
    pub others: u32,
}

impl Index {
    /// Counts the values of a field: `most` of them. None where there is no such field.
    pub fn facet(&self, selected: &Selected, filter: &Filter, field: (&'static str, &str), most: usize) -> Option<Facet> {
        let column = self.table(selected.sort).column(field.0)?;
        let counts = column.counts(selected.without(field.0));
        let chosen = filter.fields.get(field.0);
        let named = |list: &[String], word: &str| list.iter().any(|known| known == word);
        let mut values: Vec<(bool, u32, &str)> = counts
            .iter()
            .enumerate()
            .map(|(number, count)| {
                let word = column.word(number as u32);
                (chosen.is_some_and(|chosen| named(&chosen.any, word) || named(&chosen.none, word)), *count, word)
            })
            .filter(|(named, count, _)| *named || *count > 0)
            .collect();
        // A value that the filter names and no row has is shown all the same, so that it can be taken off.
        let unknown = chosen.into_iter().flat_map(|chosen| chosen.any.iter().chain(&chosen.none));
        values.extend(unknown.filter(|word| column.number(word).is_none()).map(|word| (true, 0, word.as_str())));
        let order = |a: &(bool, u32, &str), b: &(bool, u32, &str)| b.0.cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(b.2));
        let others = values.len().saturating_sub(most);
        if others > 0 {
            values.select_nth_unstable_by(most, order);
            values.truncate(most);
        }
        values.sort_unstable_by(order);
        let values = values.into_iter().map(|(_, count, word)| Value {
            value: word.to_owned(),
            count,
            selected: chosen.is_some_and(|chosen| named(&chosen.any, word)),
            excluded: chosen.is_some_and(|chosen| named(&chosen.none, word)),
        });
        Some(Facet { field: field.0.to_owned(), title: field.1.to_owned(), values: values.collect(), others: others as u32 })
    }
}
