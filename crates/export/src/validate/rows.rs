//! What one column says of another.

use super::Faults;
use crate::labels::{quad_of_cameo, quad_words};
use crate::tables::{ACLED, CAMEO, COUNTRIES, ONTOLOGY};

/// A row with the names of its columns.
pub(super) struct Row<'a> {
    pub(super) line: u64,
    pub(super) names: &'a [&'static str],
    pub(super) cells: &'a [&'a str],
    pub(super) missing: &'static str,
}

impl Row<'_> {
    /// A cell by its column; a missing one is empty.
    fn at(&self, name: &str) -> &str {
        let cell = self.names.iter().position(|known| *known == name).map_or("", |at| self.cells[at]);
        if cell == self.missing { "" } else { cell }
    }

    /// Demands that a column has a value.
    fn is(&self, name: &str, wanted: &str, why: &str, faults: &mut Faults) {
        if self.at(name) != wanted {
            faults.cell(self.line, name, self.at(name), format!("is {wanted} {why}"));
        }
    }

    /// Demands that two columns are filled or missing together.
    fn together(&self, one: &str, other: &str, faults: &mut Faults) {
        if self.at(one).is_empty() != self.at(other).is_empty() {
            faults.cell(self.line, one, self.at(one), format!("stands alone, without {other}"));
        }
    }
}

/// POLECAT: the identifier ends in the type, the quad class is that of the type, modes belong to it.
pub(super) fn polecat(row: &Row<'_>, faults: &mut Faults) {
    let kind = row.at("Event Type");
    if !row.at("Event ID").ends_with(&format!("_{kind}")) {
        faults.cell(row.line, "Event ID", row.at("Event ID"), "does not end in the type");
    }
    if let Some(kind) = demarche_types::EventType::parse(kind) {
        row.is("Quad Code", quad_words(kind.quad()), "for this type", faults);
    }
    for mode in row.at("Event Mode").split("; ").filter(|mode| !mode.is_empty()) {
        if !ONTOLOGY.modes_of.contains(&(kind, mode)) {
            faults.cell(row.line, "Event Mode", mode, format!("is no mode of {kind}"));
        }
    }
    for who in ["Actor", "Recipient"] {
        let sectors = row.at(&format!("{who} Sectors")).to_owned();
        let primary = row.at(&format!("Primary {who} Sector")).to_owned();
        if primary.split("; ").any(|sector| !sector.is_empty() && !sectors.split("; ").any(|known| known == sector)) {
            faults.cell(row.line, &format!("Primary {who} Sector"), &primary, "is not among the sectors");
        }
    }
    row.together("Latitude", "Longitude", faults);
}

/// GDELT Events: dates, codes and scores that follow from one another.
pub(super) fn gdelt_events(row: &Row<'_>, faults: &mut Faults) {
    let day = row.at("SQLDATE").to_owned();
    if day.len() == 8 {
        row.is("MonthYear", &day[..6], "by SQLDATE", faults);
        row.is("Year", &day[..4], "by SQLDATE", faults);
        if !row.at("FractionDate").starts_with(&format!("{}.", &day[..4])) {
            faults.cell(row.line, "FractionDate", row.at("FractionDate"), "is of another year than SQLDATE");
        }
    }
    let code = row.at("EventCode").to_owned();
    if let Some(known) = CAMEO.get(code.as_str()) {
        row.is("EventBaseCode", &code[..3], "by EventCode", faults);
        row.is("EventRootCode", &code[..2], "by EventCode", faults);
        row.is("QuadClass", &quad_of_cameo(&code).unwrap_or_default().to_string(), "by EventRootCode", faults);
        row.is("GoldsteinScale", known.goldstein, "for this code", faults);
    }
    for actor in ["Actor1", "Actor2"] {
        let code = row.at(&format!("{actor}Code")).to_owned();
        for part in ["CountryCode", "KnownGroupCode", "Type1Code", "Type2Code", "Type3Code"] {
            let name = format!("{actor}{part}");
            let value = row.at(&name);
            if !value.is_empty() && !code.as_bytes().chunks(3).any(|chunk| chunk == value.as_bytes()) {
                faults.cell(row.line, &name, value, format!("is no part of {actor}Code"));
            }
        }
    }
    for place in ["Actor1Geo", "Actor2Geo", "ActionGeo"] {
        let column = |name: &str| format!("{place}_{name}");
        row.together(&column("Lat"), &column("Long"), faults);
        row.together(&column("Type"), &column("FullName"), faults);
        let kind = row.at(&column("Type"));
        if matches!(kind, "1" | "2" | "5") && !row.at(&column("Lat")).is_empty() {
            faults.cell(row.line, &column("Lat"), row.at(&column("Lat")), "is a centroid");
        }
        let unit = row.at(&column("ADM1Code"));
        if !unit.starts_with(row.at(&column("CountryCode"))) {
            faults.cell(row.line, &column("ADM1Code"), unit, "is of another country");
        }
    }
}

/// GDELT Mentions: an address where the type says so.
pub(super) fn gdelt_mentions(row: &Row<'_>, faults: &mut Faults) {
    let (kind, identifier) = (row.at("MentionType"), row.at("MentionIdentifier"));
    if (kind == "1") != (identifier.starts_with("http://") || identifier.starts_with("https://")) {
        faults.cell(row.line, "MentionIdentifier", identifier, format!("does not go with MentionType {kind}"));
    }
}

/// ICEWS: name and score are those of the code; countries stand with actors.
pub(super) fn icews(row: &Row<'_>, faults: &mut Faults) {
    if let Some(code) = CAMEO.get(row.at("CAMEO Code")) {
        row.is("Event Text", code.text, "for this code", faults);
        row.is("Intensity", code.goldstein, "for this code", faults);
    }
    for side in ["Source", "Target"] {
        let name = row.at(&format!("{side} Name"));
        for of in ["Sectors", "Country"] {
            let column = format!("{side} {of}");
            if name.is_empty() && !row.at(&column).is_empty() {
                faults.cell(row.line, &column, row.at(&column), "is of an actor without a name");
            }
        }
    }
    if row.at("Source Name").is_empty() && row.at("Target Name").is_empty() {
        faults.line(row.line, "has neither source nor target");
    }
    row.together("Latitude", "Longitude", faults);
}

/// ACLED-like: the year of the date, types that belong together, the number of the country.
pub(super) fn acled_like(row: &Row<'_>, faults: &mut Faults) {
    if let Some(year) = row.at("event_date").get(..4) {
        row.is("year", year, "by event_date", faults);
    }
    let (disorder, event, sub) = (row.at("disorder_type"), row.at("event_type"), row.at("sub_event_type"));
    if !ACLED.iter().any(|rule| (rule.disorder, rule.event, rule.sub) == (disorder, event, sub)) {
        faults.cell(row.line, "sub_event_type", sub, format!("does not go with {disorder}, {event}"));
    }
    match COUNTRIES.values().find(|country| country.name == row.at("country")) {
        Some(country) => {
            row.is("iso", country.number, "for this country", faults);
            row.is("region", country.region, "for this country", faults);
        }
        None => row.together("iso", "country", faults),
    }
    row.together("latitude", "longitude", faults);
}

/// Flat rows: days and places in order, as many values in each list of parties.
pub(super) fn flat(row: &Row<'_>, faults: &mut Faults) {
    let (first, last) = (row.at("date"), row.at("enddate"));
    if !first.is_empty() && !last.is_empty() && last < first {
        faults.cell(row.line, "enddate", last, "is before date");
    }
    row.together("lat", "lon", faults);
    let place = |name: &str| row.at(name).parse::<u64>().unwrap_or_default();
    let places = ["sentence_start", "trigger_start", "trigger_end", "sentence_end"];
    if !places.iter().map(|name| place(name)).is_sorted() {
        faults.cell(row.line, "trigger_start", row.at("trigger_start"), "lies outside the sentence");
    }
    for lists in [
        &["actor_text", "actor_code", "actor_sectors", "actor_name", "actor_id", "actor_office", "actor_basis"][..],
        &[
            "recipient_text",
            "recipient_code",
            "recipient_sectors",
            "recipient_name",
            "recipient_id",
            "recipient_office",
            "recipient_basis",
        ],
        &["attribution_kind", "speaker", "speaker_code", "via"],
    ] {
        let count = |name: &str| row.at(name).split(';').count();
        for name in lists {
            if count(name) != count(lists[0]) {
                faults.cell(row.line, name, row.at(name), format!("has not as many values as {}", lists[0]));
            }
        }
    }
}
