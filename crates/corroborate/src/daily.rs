//! One a day: of what is told with the same type, parties, day and place one record is kept, as older data sets do.
//!
//! It knows no text and no score. Two attacks in a town on one day become one, and one attack dated to two days stays two;
//! clusters do better. It is for those who compare with series made in that way.

use std::collections::HashMap;

use demarche_records::{Event, Party};
use xxhash_rust::xxh3::Xxh3;

/// What records must have in common to be the same for the filter: type, parties by code, day, place. The day is that of the
/// event, and of publication where none is told.
pub fn day_key(event: &Event) -> u128 {
    let mut hash = Xxh3::new();
    let mut feed = |text: &str| {
        hash.update(text.as_bytes());
        hash.update(&[0]);
    };
    feed(&event.event);
    for side in [&event.actor, &event.recipient] {
        codes(side).iter().for_each(|code| feed(code));
        feed("");
    }
    feed(&event.date.or(event.enddate).or(event.article.published).map(|day| day.to_string()).unwrap_or_default());
    if let Some(place) = &event.event_loc {
        feed(place.country.as_deref().unwrap_or_default());
        feed(place.admin1.as_deref().unwrap_or_default());
        feed(&place.name);
        feed(&place.geonames.map(|id| id.to_string()).unwrap_or_default());
    }
    hash.digest128()
}

/// The positions of the records that are kept, ascending: of those with one [`day_key`] the one published first, of several the one
/// with the lowest identifier.
pub fn one_a_day<'a>(events: impl IntoIterator<Item = &'a Event>) -> Vec<usize> {
    let mut kept: HashMap<u128, (usize, &Event)> = HashMap::new();
    let rank = |event: &Event| (event.article.published.is_none(), event.article.published);
    for (at, event) in events.into_iter().enumerate() {
        let first = kept.entry(day_key(event)).or_insert((at, event));
        if (rank(event), &event.id) < (rank(first.1), &first.1.id) {
            *first = (at, event);
        }
    }
    let mut kept: Vec<usize> = kept.into_values().map(|(at, _)| at).collect();
    kept.sort_unstable();
    kept
}

/// Codes of a side, sorted. A party without a code counts by its name.
fn codes(parties: &[Party]) -> Vec<&str> {
    let mut codes: Vec<&str> = parties
        .iter()
        .map(|party| party.code.as_ref().or(party.identifier_text.as_ref()).unwrap_or(&party.entity_text).as_str())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
