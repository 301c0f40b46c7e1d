//! CAMEO actor codes, taken apart into a code and sectors.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::catalog::Catalog;

const TABLE: &str = include_str!("../../../../../data/import/cameo.tsv");

/// Kind and what it gives, by part of a code.
static PARTS: LazyLock<BTreeMap<&str, (&str, &str)>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        Some((cells.next()?, (cells.next()?, cells.next()?)))
    })
    .collect()
});

/// What a code says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// Code of our own; none for agents and where only a region is named.
    pub(super) code: Option<String>,
    pub(super) sectors: Vec<&'static str>,
    /// The code is that of a state or territory and says nothing more.
    pub(super) is_state: bool,
    /// A territory, not the state.
    pub(super) is_territory: bool,
    /// Parts that nobody knows.
    pub(super) unknown: Vec<String>,
}

/// Codes of states that stand for something else behind other parts: Muslims, Maronites, autonomy, Central Africa.
const AMBIGUOUS: &[&str] = &["MUS", "MAR", "AUT", "CAF"];

/// Takes a code apart. The error is the reason why it says nothing.
pub(super) fn read(code: &str, of_agent: bool, catalog: &Catalog) -> Result<Meaning, &'static str> {
    if code.chars().all(|c| c == '-') {
        return Err("a code that stands for nobody");
    }
    if !code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
        return Err("a malformed code");
    }
    let mut meaning = Meaning::default();
    let (mut actor, mut body, mut state) = (None, None, None);
    let mut weak: Vec<&'static str> = vec![];
    let mut elsewhere = false;
    for (nth, part) in code.as_bytes().chunks(3).enumerate() {
        let part = std::str::from_utf8(part).unwrap_or_default();
        let leads = nth == 0 && !of_agent || nth == 1 && matches!(actor, Some("NGO" | "MNC"));
        match PARTS.get(part) {
            _ if catalog.is_country(part) && (leads || !AMBIGUOUS.contains(&part)) => _ = state.get_or_insert((part, false)),
            Some(&("former", gives)) => _ = state.get_or_insert((gives, false)),
            Some(&("territory", gives)) => {
                let of = state.map_or(gives, |(state, _)| state);
                state = Some((of, true));
            }
            Some(&("actor", gives)) => _ = actor.get_or_insert(gives),
            Some(&("body", gives)) => _ = body.get_or_insert(gives),
            Some(&("sector", gives)) => push(&mut meaning.sectors, gives),
            Some(&("weak", gives)) => push(&mut weak, gives),
            Some(&("nobody", _)) if nth == 0 => return Err("marked as no actor"),
            Some(&("region" | "name" | "nobody", _)) => elsewhere = true,
            _ if nth == 0 => return Err("a code that is not known"),
            _ => meaning.unknown.push(part.to_owned()),
        }
    }
    let armed = meaning.sectors.iter().any(|s| matches!(*s, "REB" | "UAF" | "CRM" | "PRM"));
    if meaning.sectors.is_empty() {
        meaning.sectors = weak;
    }
    meaning.is_state = meaning.sectors.is_empty() && actor.is_none() && body.is_none() && state.is_some();
    meaning.is_territory = state.is_some_and(|(_, territory)| territory);
    let state = state.map(|(state, _)| state);
    meaning.code = match actor {
        Some("MNC") => {
            insert(&mut meaning.sectors, "BUS");
            Some("MNC")
        }
        Some("IMG") => {
            if !armed {
                insert(&mut meaning.sectors, "REB");
            }
            Some("IMG")
        }
        // Who works for a state's people without being of the state has the state's code and a sector.
        Some("NGO") => {
            insert(&mut meaning.sectors, "NGO");
            state.or(Some("NGO"))
        }
        Some(actor) => body.or(Some(actor)),
        None => state.or(body).or((armed && elsewhere).then_some("IMG")),
    }
    .map(str::to_owned);
    Ok(meaning)
}

fn push(sectors: &mut Vec<&'static str>, sector: &'static str) {
    if !sectors.contains(&sector) {
        sectors.push(sector);
    }
}

fn insert(sectors: &mut Vec<&'static str>, sector: &'static str) {
    sectors.retain(|s| *s != sector);
    sectors.insert(0, sector);
}

/// The first and last day of a restriction: `<d`, `>d`, `d-d`, with days as YYMMDD or YYYYMMDD; `None` for a malformed one.
pub(super) fn days(text: &str) -> Option<(String, String)> {
    let text: String = text.split_whitespace().collect();
    if text.is_empty() {
        return Some(Default::default());
    }
    if let Some(until) = text.strip_prefix('<') {
        return Some((String::new(), day(until)?));
    }
    if let Some(since) = text.strip_prefix('>') {
        return Some((day(since)?, String::new()));
    }
    let (since, until) = text.split_once('-')?;
    let (since, until) = (day(since)?, day(until)?);
    let (first, last) = (crate::base::parse_date(&since, false)?, crate::base::parse_date(&until, true)?);
    (first <= last).then_some((since, until))
}

/// Years of two digits from here on are of the twentieth century: the dictionaries end in 2015 and write older years in full.
const CENTURY: i16 = 30;

fn day(text: &str) -> Option<String> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = match text.len() {
        6 => {
            let year: i16 = text[..2].parse().ok()?;
            (if year < CENTURY { 2000 + year } else { 1900 + year }, &text[2..])
        }
        8 => (text[..4].parse().ok()?, &text[4..]),
        _ => return None,
    };
    let (month, day): (i8, i8) = (rest[..2].parse().ok()?, rest[2..].parse().ok()?);
    match (month, day) {
        (0, 0) => Some(format!("{year}")),
        (_, 0) => Date::new(year, month, 1).ok().map(|date| format!("{}-{:02}", date.year(), month)),
        _ => Date::new(year, month, day).ok().map(|date| date.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tables;

    #[test]
    fn codes_are_taken_apart() {
        let catalog = Catalog::of(&Tables::embedded()).expect("the embedded tables are sound");
        let told = |code: &str| match read(code, false, &catalog) {
            Ok(m) => format!("{} {}", m.code.as_deref().unwrap_or("-"), m.sectors.join("+")),
            Err(reason) => reason.to_owned(),
        };
        for (code, expected) in [
            ("AFGGOVMIL", "AFG GOV+MIL"),
            ("AFG", "AFG "),
            ("IGOUNOHLHWHO", "UNO MED"),
            ("IGOEUREEC", "EUR "),
            ("IGOMEAARL", "IGO "),
            ("NGOUSAHRI", "USA NGO+SOC"),
            ("NGO", "NGO NGO"),
            ("MNCJPNMED", "MNC BUS+JRN"),
            ("IMGMUSALQ", "IMG REB+REL"),
            ("MEAREB", "IMG REB"),
            ("PALREB", "PSE REB"),
            ("GBRVGBGOV", "GBR GOV"),
            ("USAGOVENV", "USA GOV"),
            ("---", "a code that stands for nobody"),
            ("KNT", "a code that is not known"),
            ("NON", "marked as no actor"),
            ("IGO~", "a malformed code"),
        ] {
            assert_eq!(told(code), expected, "{code}");
        }
    }

    #[test]
    fn restrictions_are_read() {
        let told = |text| days(text).map(|(since, until)| format!("{since}/{until}")).unwrap_or_else(|| "-".to_owned());
        for (text, expected) in [
            (">011222", "2001-12-22/"),
            ("< 990830", "/1999-08-30"),
            ("19270101-730717", "1927-01-01/1973-07-17"),
            ("", "/"),
            ("201405-201500", "-"),
            (">20140500", "2014-05/"),
            ("2004017-20061201", "-"),
            (">201005011", "-"),
            ("061201-040101", "-"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
