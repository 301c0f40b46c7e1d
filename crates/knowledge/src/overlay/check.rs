//! Checks the rows of an overlay and fills in what may be left out.

use std::collections::BTreeMap;

use super::fault::Fault;
use super::schema::{Row, Table};
use demarche_types::CountryCode;

use crate::base::{country_id, parse_date, person_id, slug};
use crate::catalog::Catalog;
use crate::import::countries;
use crate::lint::SECTORS;

/// The kinds of actors that are names of a country.
const COUNTRY_KINDS: &[&str] = &["country", "adjective", "people", "capital", "metonym", "region", "short"];
const AGENT_KINDS: &[&str] = &["group", "office", "institution", "role", "envoy", "portfolio", "name"];
const PLACE_KINDS: &[&str] = &["city", "capital", "point", "unit"];

/// How dates are written.
const DATES: &str = "write YYYY-MM-DD, YYYY-MM or YYYY";

/// Checks rows against what is known below them, and fills kinds and identifiers that were left out.
pub(crate) fn check(rows: &mut [Row], below: &Catalog, faults: &mut Vec<Fault>) {
    let mut own = BTreeMap::new();
    for row in rows.iter_mut() {
        let before = faults.len();
        let mut check = Check { row, below, faults };
        check.fill();
        match check.row.table {
            Table::Actors => check.actor(&own),
            Table::Media => check.body(),
            Table::Agents => check.agent(),
            Table::Places => check.place(),
            Table::Aliases => check.alias(&own),
            Table::Removals => check.removal(),
        }
        if faults.len() == before {
            if matches!(row.table, Table::Actors | Table::Media) && !row.cell("id").is_empty() {
                own.entry(row.cell("id").to_owned()).or_insert_with(|| (row.cell("kind").to_owned(), row.place()));
            }
            // A country of the user's own is one from the row on that names it.
            if row.cell("kind") == "country" && row.table == Table::Actors {
                own.entry(row.cell("code").to_owned()).or_default();
            }
        }
    }
    repeated(rows, faults);
}

/// The identifiers of the overlay itself, with their kind and place; codes of its own countries too.
type Own = BTreeMap<String, (String, String)>;

struct Check<'r, 'c, 'f> {
    row: &'r mut Row,
    below: &'c Catalog,
    faults: &'f mut Vec<Fault>,
}

impl Check<'_, '_, '_> {
    fn fault(&mut self, column: &str, message: impl Into<String>, next: impl Into<String>) {
        self.faults.push(Fault::cell(&self.row.file, self.row.line, column, message, next));
    }

    fn fill(&mut self) {
        let row = &mut *self.row;
        let kind = match row.table {
            Table::Actors if row.cell("office").is_empty() => "body",
            Table::Actors => "person",
            Table::Agents => "group",
            Table::Places => "city",
            _ => "",
        };
        if row.cell("kind").is_empty() {
            row.set("kind", kind);
        }
        if row.table == Table::Agents {
            let phrase = row.cell("phrase").to_lowercase();
            row.set("phrase", &phrase);
        }
        if !row.cell("id").is_empty() || row.cell("name").is_empty() {
            return;
        }
        let id = match (row.table, row.cell("kind")) {
            (Table::Media, _) => format!("med.{}", slug(row.cell("name"))),
            (Table::Actors, "person") => {
                let nationality = if row.cell("country").is_empty() { row.cell("code") } else { row.cell("country") };
                person_id(self.below.country_name(nationality), nationality, row.cell("name"))
            }
            (Table::Actors, kind) if COUNTRY_KINDS.contains(&kind) => country_id(row.cell("code")),
            (Table::Actors, _) => format!("own.{}", slug(row.cell("name"))),
            _ => return,
        };
        row.set("id", &id);
    }

    fn actor(&mut self, own: &Own) {
        self.filled("name");
        let kind = self.row.cell("kind").to_owned();
        if COUNTRY_KINDS.contains(&kind.as_str()) {
            self.country_name(&kind, own);
            return;
        }
        if !matches!(kind.as_str(), "body" | "person") {
            let known: Vec<&str> = ["body", "person"].iter().chain(COUNTRY_KINDS).copied().collect();
            self.no_such("kind", &kind, &known);
            return;
        }
        if kind == "person" && self.row.cell("code").is_empty() && !self.row.cell("country").is_empty() {
            self.country("country", own);
        } else {
            self.code("code", own);
            if !self.row.cell("country").is_empty() {
                self.country("country", own);
            }
        }
        if kind == "body" && !self.row.cell("office").is_empty() {
            self.fault("office", "a body holds no office", "write person under kind, or leave the office empty");
        }
        self.sectors();
        self.dates();
        if let Some((other, place)) = own.get(self.row.cell("id")).filter(|(other, _)| *other != kind) {
            let message = format!("{:?} is a {other} at {place} and a {kind} here", self.row.cell("id"));
            self.fault("id", message, "give each an identifier of its own");
        }
    }

    fn country_name(&mut self, kind: &str, own: &Own) {
        let code = self.row.cell("code").to_owned();
        let is_new = kind == "country" && code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
        if !is_new {
            self.country("code", own);
        }
        if self.row.cell("id") != country_id(&code) {
            self.fault(
                "id",
                "names of countries have the country's identifier",
                format!("leave it empty, or write {}", country_id(&code)),
            );
        }
        for column in ["country", "office", "since", "until"] {
            if !self.row.cell(column).is_empty() {
                self.fault(column, format!("a name of kind {kind} has none"), "leave it empty");
            }
        }
        self.sectors();
    }

    fn body(&mut self) {
        self.filled("name");
        self.code("code", &Own::new());
        self.sectors();
    }

    fn agent(&mut self) {
        self.filled("phrase");
        self.kind(AGENT_KINDS);
        self.sectors();
    }

    fn place(&mut self) {
        self.filled("name");
        self.country("country", &Own::new());
        self.kind(PLACE_KINDS);
        let is_unit = self.row.cell("kind") == "unit";
        for (column, most) in [("lat", 90.0), ("lon", 180.0)] {
            let cell = self.row.cell(column).to_owned();
            if is_unit && cell.is_empty() {
                continue;
            }
            if !cell.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= most) {
                let next = format!("write degrees with a decimal point, from -{most} to {most}");
                self.fault(column, format!("{cell:?} is no such number"), next);
            }
        }
        for column in ["geonames", "population", "spellings"] {
            let cell = self.row.cell(column).to_owned();
            if !cell.is_empty() && cell.parse::<u32>().is_err() {
                self.fault(column, format!("{cell:?} is no whole number"), "write digits only, or leave it empty");
            }
        }
        let unit = self.row.cell("unit").to_owned();
        let parts: Vec<&str> = unit.split('.').collect();
        let formed = matches!(parts.len(), 2 | 3) && parts[0].len() == 2 && parts.iter().all(|part| !part.is_empty());
        if (is_unit || !unit.is_empty()) && !formed {
            let next = "write the GeoNames code, such as UA.14, or UA.14.1402 for a unit within a unit";
            self.fault("unit", format!("{unit:?} is no code of a unit"), next);
        }
        for column in ["name", "unit"] {
            if self.row.cell(column).len() > 255 {
                self.fault(column, "longer than 255 bytes", "shorten it");
            }
        }
    }

    fn alias(&mut self, own: &Own) {
        self.filled("alias");
        let id = self.row.cell("id").to_owned();
        if !self.below.has_id(&id) && !own.contains_key(&id) {
            self.fault("id", format!("nothing is known as {id:?}"), "`demarche kb lookup NAME` shows the identifiers of a name");
        }
    }

    fn removal(&mut self) {
        let [table, id, alias] = ["table", "id", "alias"].map(|column| self.row.cell(column).to_owned());
        match table.as_str() {
            "actors" | "media" => {
                if !id.is_empty() && !self.below.has_id(&id) {
                    let next = "`demarche kb lookup NAME` shows the identifiers of a name";
                    self.fault("id", format!("no actor or outlet has the identifier {id:?}"), next);
                }
                if !alias.is_empty() && !self.below.has_name(&alias) {
                    self.fault("alias", format!("no actor or outlet is called {alias:?}"), "take the row out");
                }
            }
            "agents" => {
                if !id.is_empty() {
                    self.fault("id", "agents have no identifier", "write the phrase under alias");
                }
                if !self.below.has_phrase(&alias) && !alias.is_empty() {
                    self.fault("alias", format!("there is no agent phrase {alias:?}"), "take the row out");
                }
            }
            "places" => {
                if !id.is_empty() && id.parse::<u32>().is_err() {
                    self.fault("id", format!("{id:?} is no GeoNames identifier"), "write its digits");
                }
            }
            _ => self.no_such("table", &table, &["actors", "media", "agents", "places"]),
        }
        if id.is_empty() && alias.is_empty() {
            let next = "write an identifier, a spelling, or both";
            self.faults.push(Fault::line(&self.row.file, self.row.line, "the row says nothing that goes", next));
        }
    }

    fn filled(&mut self, column: &str) {
        if crate::fold::fold(self.row.cell(column)).is_empty() {
            self.fault(column, "empty", "write it, or take the row out");
        } else if self.row.cell(column).starts_with('#') {
            self.fault(column, "begins with `#`, which opens a comment", "leave the mark out");
        }
    }

    fn kind(&mut self, known: &[&str]) {
        let kind = self.row.cell("kind").to_owned();
        if !known.contains(&kind.as_str()) {
            self.no_such("kind", &kind, known);
        }
    }

    fn no_such(&mut self, column: &str, value: &str, known: &[&str]) {
        self.fault(column, format!("{value:?} is none"), format!("write one of {}", known.join(", ")));
    }

    /// A code of a country or of those that are no country.
    fn code(&mut self, column: &str, own: &Own) {
        let code = self.row.cell(column).to_owned();
        if !self.below.has_code(&code) && !own.contains_key(&code) {
            let next = match self.meant(&code) {
                Some(meant) => format!("write {meant}"),
                None => format!("write an ISO 3166 alpha-3 code such as DEU, or one of {}", CountryCode::NON_STATE.join(" ")),
            };
            self.fault(column, format!("{code:?} is no code"), next);
        }
    }

    fn country(&mut self, column: &str, own: &Own) {
        let code = self.row.cell(column).to_owned();
        if !self.below.is_country(&code) && !own.contains_key(&code) {
            let next = match self.meant(&code) {
                Some(meant) => format!("write {meant}"),
                None => "write an ISO 3166 alpha-3 code such as DEU".to_owned(),
            };
            self.fault(column, format!("{code:?} is no code of a country"), next);
        }
    }

    /// The code that was meant by a name or another code.
    fn meant(&self, code: &str) -> Option<String> {
        let upper = code.to_uppercase();
        let meant = self.below.code_of(code).or_else(|| countries::by_iso2(&upper));
        meant.map(str::to_owned).or_else(|| self.below.has_code(&upper).then_some(upper))
    }

    fn sectors(&mut self) {
        let cell = self.row.cell("sectors").to_owned();
        for sector in cell.split_whitespace().filter(|s| !SECTORS.contains(s)) {
            let next = format!("the sectors are {}; part several by spaces", SECTORS.join(" "));
            self.fault("sectors", format!("{sector:?} is no sector"), next);
        }
    }

    fn dates(&mut self) {
        let day = |cell: &str, last| (!cell.is_empty()).then(|| parse_date(cell, last));
        let (since, until) = (self.row.cell("since").to_owned(), self.row.cell("until").to_owned());
        let (first, last) = (day(&since, false), day(&until, true));
        for (column, cell, day) in [("since", &since, first), ("until", &until, last)] {
            if day == Some(None) {
                self.fault(column, format!("{cell:?} is no date"), DATES);
            }
        }
        if let (Some(Some(first)), Some(Some(last))) = (first, last)
            && last < first
        {
            self.fault("until", format!("{until} comes before {since}, on which it begins"), "put the dates right");
        }
    }
}

/// Rows that say the same thing twice.
fn repeated(rows: &[Row], faults: &mut Vec<Fault>) {
    let mut seen: BTreeMap<(Table, Vec<&str>), &Row> = BTreeMap::new();
    for row in rows {
        let columns: &[&str] = match row.table {
            Table::Actors => &["id", "kind", "name", "code", "sectors", "office", "since", "until"],
            Table::Media => &["id"],
            Table::Agents => &["phrase", "kind"],
            Table::Places if !row.cell("geonames").is_empty() => &["geonames"],
            Table::Places => &["name", "country", "unit", "lat", "lon"],
            Table::Aliases => &["id", "alias"],
            Table::Removals => &["table", "id", "alias"],
        };
        let key = (row.table, columns.iter().map(|column| row.cell(column)).collect());
        if let Some(other) = seen.get(&key) {
            let next = format!("keep one of them: rows of {} differ in {}", row.table.name(), columns.join(", "));
            faults.push(Fault::line(&row.file, row.line, format!("the row stands at {} too", other.place()), next));
        } else {
            seen.insert(key, row);
        }
    }
}
