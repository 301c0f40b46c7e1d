//! A table in ACLED's columns. ACLED's events are coded by people from many sources, and of few kinds: what is none of them stays out,
//! and what the record does not tell stays empty.

use std::path::Path;

use demarche_records::{Event, Party};
use demarche_types::{EventType, PlacePrecision};
use jiff::civil::{DateTime, datetime};

use super::{NO_DATE, Outcome, Sink, Where, column_names, point};
use crate::days::{dated, time_precision};
use crate::labels::{Plover, plover};
use crate::output::CommaFile;
use crate::parties::{acled_name, is_clash, is_state};
use crate::tables::{ACLED, AcledRule, COUNTRIES, SECTORS, columns::ACLED_LIKE};
use crate::text::{line, number};
use crate::{ExportError, Facts, FileEntry};

const NO_KIND: &str = "no event of ACLED's kinds";

/// Writes the file.
pub(crate) struct AcledLike {
    file: CommaFile,
    time: Option<i64>,
}

impl AcledLike {
    /// Begins it with the header; `time` is the moment of the last edit.
    pub(crate) fn create(folder: &Path, time: Option<DateTime>) -> Result<Self, ExportError> {
        let file = CommaFile::create(folder, "acled-like.csv", column_names(ACLED_LIKE))?;
        let time = time.map(|time| time.duration_since(datetime(1970, 1, 1, 0, 0, 0, 0)).as_secs());
        Ok(Self { file, time })
    }
}

impl Sink for AcledLike {
    fn event(&mut self, event: &Event, _: &Facts) -> Result<Outcome, ExportError> {
        let plover = plover(event)?;
        let Some(rule) = rule(event, &plover) else { return Ok(Outcome::LeftOut(NO_KIND)) };
        let Some((day, by_publication)) = dated(event) else { return Ok(Outcome::LeftOut(NO_DATE)) };
        let place = event.event_loc.as_ref();
        let parts = Where::of(place);
        let at = point(place);
        let home = place.and_then(|place| place.country.as_deref());
        let country = home.and_then(|code| COUNTRIES.get(code));
        let protests = plover.kind == EventType::Protest;
        let kind = |party: Option<&Party>, marches: bool| party.map_or("", |party| inter(party, home, rule, marches));
        // A reciprocal event has both sides among its actors.
        let clash = is_clash(event) && rule.event == "Battles";
        let (first, others) = event.actor.split_first().map_or((None, &[][..]), |(first, rest)| (Some(first), rest));
        let (second, thirds) = match event.recipient.split_first() {
            Some((second, rest)) => (Some(second), rest),
            None if clash => others.split_first().map_or((None, &[][..]), |(second, rest)| (Some(second), rest)),
            None => (None, &[][..]),
        };
        let others = if clash { &[][..] } else { others };
        let (inter1, inter2) = (kind(first, protests), kind(second, !protests));
        let text = |value: Option<&str>| line(value.unwrap_or_default());
        let names = |list: &[Party]| list.iter().map(acled_name).collect::<Vec<_>>().join("; ");
        let row = [
            format!("{}{}", home.unwrap_or_default(), line(&event.id)),
            day.to_string(),
            day.year().to_string(),
            if by_publication { 3 } else { time_precision(event) }.to_string(),
            rule.disorder.to_owned(),
            rule.event.to_owned(),
            rule.sub.to_owned(),
            first.map(acled_name).unwrap_or_default(),
            names(others),
            inter1.to_owned(),
            second.map(acled_name).unwrap_or_default(),
            names(thirds),
            inter2.to_owned(),
            interaction(first.map(|_| inter1), second.map(|_| inter2)),
            if civilians_are_targets(event, rule) { "Civilian targeting" } else { "" }.to_owned(),
            country.map_or("", |country| country.number).to_owned(),
            country.map_or("", |country| country.region).to_owned(),
            country.map_or("", |country| country.name).to_owned(),
            text(parts.province),
            text(parts.district),
            String::new(),
            text(place.map(|place| place.name.as_str())),
            at.map(|(lat, _)| number(lat)).unwrap_or_default(),
            at.map(|(_, lon)| number(lon)).unwrap_or_default(),
            place.map(|place| geo_precision(place.precision)).unwrap_or_default().to_owned(),
            text(event.article.source.as_deref()),
            String::new(),
            line(&event.text),
            event.magnitude.dead.map(|dead| number(dead.0.trunc())).unwrap_or_default(),
            event.magnitude.size.map(|size| format!("crowd size={}", number(size.0))).unwrap_or_default(),
            self.time.map(|time| time.to_string()).unwrap_or_default(),
        ];
        self.file.row(&row)?;
        Ok(Outcome::Written { by_publication })
    }

    fn finish(self: Box<Self>, _: &str) -> Result<Vec<FileEntry>, ExportError> {
        Ok(vec![self.file.keep()?])
    }
}

/// The first row of the table that fits.
fn rule(event: &Event, plover: &Plover<'_>) -> Option<&'static AcledRule> {
    let kind = plover.kind.as_str();
    let fits = |rule: &&AcledRule| {
        rule.kind == kind
            && (rule.mode.is_empty() || plover.modes.contains(&rule.mode))
            && event.cameo.starts_with(rule.cameo)
            && match rule.against {
                "civilian" => event.recipient.first().is_some_and(is_civilian),
                "armed" => event.recipient.first().is_some_and(is_armed) || (is_clash(event) && event.actor.iter().all(is_armed)),
                _ => true,
            }
    };
    ACLED.iter().find(fits)
}

fn is_civilian(party: &Party) -> bool {
    party.sector.first().and_then(|code| SECTORS.get(code.as_str())).is_some_and(|sector| sector.civilian)
}

fn is_armed(party: &Party) -> bool {
    party.sector.iter().any(|code| matches!(code.as_str(), "MIL" | "COP" | "REB" | "PRM" | "UAF" | "SPY" | "CRM"))
}

fn civilians_are_targets(event: &Event, rule: &AcledRule) -> bool {
    rule.disorder == "Political violence" && event.recipient.iter().any(is_civilian)
}

/// ACLED's kind of an actor: who marches is a protester there whatever else it is, and forces of a state abroad are external.
fn inter(party: &Party, home: Option<&str>, rule: &AcledRule, marches: bool) -> &'static str {
    let sector = party.sector.first().and_then(|code| SECTORS.get(code.as_str()));
    let kind = sector.map_or("", |sector| sector.inter);
    let abroad = party.code.as_deref().filter(|code| is_state(code)).zip(home).is_some_and(|(code, home)| code != home);
    match (kind, rule.event) {
        ("Civilians" | "", "Riots") if marches => "Rioters",
        ("Civilians" | "", "Protests") if marches => "Protesters",
        ("State forces", _) if abroad => "External/Other forces",
        // A state that strikes does so with its forces.
        ("", "Battles" | "Explosions/Remote violence") if party.code.as_deref().is_some_and(is_state) => {
            if abroad {
                "External/Other forces"
            } else {
                "State forces"
            }
        }
        (kind, _) => kind,
    }
}

/// Both kinds; nothing where one of them is not known.
fn interaction(first: Option<&str>, second: Option<&str>) -> String {
    match (first, second) {
        (Some(""), _) | (_, Some("")) | (None, None) => String::new(),
        (Some(only), None) | (None, Some(only)) => format!("{only} only"),
        (Some(first), Some(second)) => format!("{first}-{second}"),
    }
}

fn geo_precision(precision: PlacePrecision) -> &'static str {
    match precision {
        PlacePrecision::Point | PlacePrecision::City => "1",
        PlacePrecision::Admin2 => "2",
        PlacePrecision::Admin1 => "3",
        PlacePrecision::Country => "",
    }
}
