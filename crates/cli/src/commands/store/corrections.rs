//! `demarche correct` and `corrections`: what a reviewer decides about events.

use std::io::Write;
use std::path::PathBuf;

use demarche::knowledge::{Knowledge, Known};
use demarche::types::{DatePrecision, PlacePrecision, Status};
use demarche_export::{Document, Format, Options, export_brat};
use demarche_flows::corrections::{self, Action, Changes, Corrected, Correction, CorrectionError, Listed, PartyAs, When, Where};
use demarche_flows::stored;
use demarche_records::Event;
use demarche_store::Store;
use jiff::civil::Date;

use crate::error::{Outcome, UserError};
use crate::output::Output;
use crate::screen::{DIM, NOTE, STRONG, count};
use crate::tables;

use super::{Place, unusable};

const EXAMPLES: &str = "\
Examples:
  demarche correct 3f2a --accept --store news.store
  demarche correct 3f2a --reject --note 'a figure of speech' --store news.store
  demarche correct 3f2a --type PROTEST --mode riot --status actual --store news.store
  demarche correct 3f2a --actor KEN/COP --recipient KEN/OPP --recipient '/JRN=two reporters' --store news.store
  demarche correct 3f2a --date 2025-06-24..2025-06-26 --place Nakuru/KEN --store news.store

What is not named stays. `none` empties a field: --mode none, --actor none, --date none. A party that the event has keeps its words; another takes
the words after =, which must stand in the article, or those of the party whose place it takes. Quad class, scale and CAMEO code follow the type.

The tables show events as they were corrected, and `recode` corrects again what it codes. `demarche corrections` lists corrections and takes them back.";

/// Decides that an event is right, that it is none, or what it is instead
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Correct {
    /// The event, by the beginning of its identifier
    event: String,
    /// It is right as it stands
    #[arg(long, conflicts_with_all = ["reject", "kind", "mode", "status", "actor", "recipient", "date", "site"])]
    accept: bool,
    /// It is no event: it goes to the rejects
    #[arg(long, conflicts_with_all = ["kind", "mode", "status", "actor", "recipient", "date", "site"])]
    reject: bool,
    /// Its type in PLOVER 2.0; without --mode, another type has none
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// Its mode, or none
    #[arg(long, value_name = "MODE")]
    mode: Vec<String>,
    /// actual, historical, future, hypothetical or negated
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
    /// An actor; several by several --actor, none by `none`
    #[arg(long, value_name = "CODE/SECTOR=WORDS")]
    actor: Vec<String>,
    /// A recipient, the same way
    #[arg(long, value_name = "CODE/SECTOR=WORDS")]
    recipient: Vec<String>,
    /// Its day, days (2025-06-24..2025-06-26), month, year, or none
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Where it happened, by a name that `demarche kb lookup` knows, or none
    #[arg(long = "place", id = "site", value_name = "NAME/COUNTRY")]
    site: Option<String>,
    /// Why, for the record
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    place: Place,
}

const LIST: &str = "\
Examples:
  demarche corrections --store news.store
  demarche corrections --store news.store --format jsonl -o corrections.jsonl   each with the event before and after
  demarche corrections --store news.store --format brat --to annotations/       texts and events of the corrected articles
  demarche corrections --store news.store --forget 00000007

A correction that is `overruled` was followed by others that decide all that it decided. One that is `unmatched` waits: its article was coded anew
and has no such event.";

/// Lists what was decided about events, writes it for other programs, and takes it back
#[derive(clap::Args)]
#[command(after_help = LIST)]
pub(crate) struct Corrections {
    #[command(flatten)]
    place: Place,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
    /// File to write to, instead of standard output
    #[arg(long, short, value_name = "FILE", conflicts_with = "to")]
    output: Option<PathBuf>,
    /// Folder to write into, for brat
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// Takes a correction back, by the beginning of its identifier
    #[arg(long, value_name = "ID", conflicts_with_all = ["format", "output", "to"])]
    forget: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    Table,
    Jsonl,
    Brat,
}

pub(crate) fn run_correct(args: Correct) -> Result<Outcome, UserError> {
    let action = action(&args)?;
    let mut store = args.place.open()?;
    let done = corrections::correct(&mut store, &args.event, action, args.note.as_deref()).map_err(failed)?;
    tell(&store, &done, if done.known { "known already" } else { "corrected" })
}

pub(crate) fn run_corrections(args: Corrections) -> Result<Outcome, UserError> {
    if let Some(id) = &args.forget {
        let mut store = args.place.open()?;
        let done = corrections::forget(&mut store, id).map_err(failed)?;
        return tell(&store, &done, "taken back");
    }
    match (args.format, &args.to) {
        (Form::Brat, None) => {
            return Err(UserError::usage("brat is a folder of files").hint("name it with --to FOLDER"));
        }
        (Form::Table | Form::Jsonl, Some(_)) => {
            return Err(UserError::usage("--to names a folder for brat").hint("add --format brat, or name a file with -o FILE"));
        }
        _ => {}
    }
    let store = args.place.read()?;
    if let Some(folder) = &args.to {
        let documents = corrections::documents(&store).map_err(failed)?.into_iter();
        let documents = documents.map(|(article, text, events)| Ok::<_, CorrectionError>(Document { article, text, events }));
        let options = Options { statuses: Status::ALL.to_vec(), ..Options::new(Format::Brat) };
        let manifest = export_brat(documents, options, folder).map_err(|error| UserError::input(error.to_string()))?;
        crate::commands::export::tell(&manifest, folder)?;
        return Ok(Outcome::Done);
    }
    let mut output = Output::open(args.output.as_deref())?;
    if args.format == Form::Jsonl {
        corrections::jsonl(&store, &mut output).map_err(failed)?;
    } else {
        let all = corrections::listed(&store).map_err(failed)?;
        for one in &all {
            show(&mut output, one)?;
        }
        if all.is_empty() {
            writeln!(output, "nothing was corrected; `demarche correct` does it")?;
        }
    }
    output.finish()?;
    Ok(Outcome::Done)
}

/// What a recoding has to say of corrections.
pub(super) fn tell_recoded(out: &mut Output, all: u64, unmatched: &[Correction]) -> Result<(), UserError> {
    if all > 0 {
        writeln!(out, "{DIM}{} applied again{DIM:#}", count(all as usize - unmatched.len(), "correction"))?;
    }
    for correction in unmatched {
        let Correction { id, base, .. } = correction;
        let text: Vec<&str> = base.text.split_whitespace().collect();
        writeln!(
            out,
            "{NOTE}no longer matches:{NOTE:#} {} {id}, of {}: {}",
            correction.action.name(),
            base.event,
            text.join(" ")
        )?;
    }
    if !unmatched.is_empty() {
        writeln!(out, "{DIM}they wait until such an event comes back; `demarche corrections --forget ID` takes one back{DIM:#}")?;
    }
    Ok(())
}

/// An error in the user's words; what the codebook does not have is a fault of the command line.
pub(super) fn failed(error: CorrectionError) -> UserError {
    let told = match &error {
        CorrectionError::Illegal { .. } | CorrectionError::Nothing => UserError::usage(error.to_string()),
        _ => UserError::input(error.to_string()),
    };
    error.next_step().into_iter().fold(told, UserError::hint)
}

fn action(args: &Correct) -> Result<Action, UserError> {
    if args.accept {
        return Ok(Action::Accept);
    }
    if args.reject {
        return Ok(Action::Reject);
    }
    let status = args.status.as_deref().map(corrections::status).transpose().map_err(failed)?;
    let changes = Changes {
        event: args.kind.clone(),
        mode: all_of(&args.mode, |mode| Ok(mode.to_owned()))?,
        status,
        actor: all_of(&args.actor, party)?,
        recipient: all_of(&args.recipient, party)?,
        date: args.date.as_deref().map(when).transpose()?,
        place: args.site.as_deref().map(site).transpose()?,
    };
    if changes == Changes::default() {
        let hint = "give --accept, --reject, or what it is: --type, --mode, --status, --actor, --recipient, --date, --place";
        return Err(UserError::usage("nothing is decided about the event").hint(hint));
    }
    Ok(Action::Change(Box::new(changes)))
}

const NONE: &str = "none";

/// The values of an option that may be given several times; `none` alone for none of them.
fn all_of<T>(given: &[String], read: impl Fn(&str) -> Result<T, UserError>) -> Result<Option<Vec<T>>, UserError> {
    match given {
        [] => Ok(None),
        [one] if one == NONE => Ok(Some(vec![])),
        some => some.iter().map(|value| read(value)).collect::<Result<_, _>>().map(Some),
    }
}

/// `KEN/GOV/MIL=the defence minister`; without a code, `/REB`.
fn party(text: &str) -> Result<PartyAs, UserError> {
    let (codes, words) = text.split_once('=').map_or((text, None), |(codes, words)| (codes, Some(words.to_owned())));
    let mut codes = codes.split('/').map(str::to_owned);
    let code = codes.next().filter(|code| !code.is_empty());
    Ok(PartyAs { code, sector: codes.filter(|sector| !sector.is_empty()).collect(), text: words })
}

fn when(text: &str) -> Result<When, UserError> {
    let wrong = || {
        let hint = "write 2025-06-26, 2025-06-24..2025-06-26, 2025-06, 2025 or none";
        UserError::usage(format!("--date: {text:?} is no date")).hint(hint)
    };
    let span = |first: Option<Date>, last: Option<Date>, precision| {
        let (date, enddate) = first.zip(last).ok_or_else(wrong)?;
        Ok(When { date: Some(date), enddate: Some(enddate), precision })
    };
    let day = |text: &str| text.parse::<Date>().ok();
    if text == NONE {
        return Ok(When::default());
    }
    if let Some((first, last)) = text.split_once("..") {
        return span(day(first), day(last), None);
    }
    match text.len() {
        4 => {
            let first = day(&format!("{text}-01-01"));
            span(first, first.map(Date::last_of_year), Some(DatePrecision::Year))
        }
        7 => {
            let first = day(&format!("{text}-01"));
            span(first, first.map(Date::last_of_month), Some(DatePrecision::Month))
        }
        _ => span(day(text), day(text), None),
    }
}

/// The largest place of that name, in that country if one is named.
fn site(text: &str) -> Result<Where, UserError> {
    if text == NONE {
        return Ok(Where::default());
    }
    let (name, country) = text.split_once('/').map_or((text, None), |(name, country)| (name, Some(country)));
    let knowledge = Knowledge::embedded().map_err(tables::unusable)?;
    let known = knowledge.resolve_name(name, None);
    let within = |code: &str| country.is_none_or(|country| country == code);
    let place = known.iter().find_map(|known| match known {
        Known::Place { place, .. } if within(&place.country.0) => Some(Where {
            name: Some(place.name.clone()),
            country: Some(place.country.0.to_string()).filter(|code| !code.is_empty()),
            admin1: place.admin1.clone(),
            lat: place.point.map(|(lat, _)| lat),
            lon: place.point.map(|(_, lon)| lon),
            geonames: place.geonames,
            precision: Some(place.precision),
        }),
        _ => None,
    });
    let state = || {
        known.iter().find_map(|known| match known {
            Known::Actor { actor, .. } if actor.sectors.is_empty() => {
                let code = actor.code.as_ref().filter(|code| code.is_state() && within(&code.0))?;
                let (name, country) = (Some(name.to_owned()), Some(code.0.to_string()));
                Some(Where { name, country, precision: Some(PlacePrecision::Country), ..Where::default() })
            }
            _ => None,
        })
    };
    let unknown = || {
        let hint =
            format!("`demarche kb lookup '{name}'` shows what the name is known as; write NAME/COUNTRY, such as Nakuru/KEN");
        UserError::usage(format!("--place: no place {text:?} is known")).hint(hint)
    };
    place.or_else(state).ok_or_else(unknown)
}

/// An event in a line.
fn line(event: &Event) -> String {
    let names = |parties| Some(stored::names(parties)).filter(|names| !names.is_empty()).unwrap_or_else(|| "-".to_owned());
    let modes: String = event.mode.iter().map(|mode| format!("-{mode}")).collect();
    let days = match (event.date, event.enddate) {
        (Some(first), Some(last)) if first != last => format!("{first}..{last}"),
        (Some(day), _) => day.to_string(),
        (None, _) => "no date".to_owned(),
    };
    let place = event.event_loc.as_ref().map(|place| format!(", {}", place.name)).unwrap_or_default();
    let (actors, recipients) = (names(&event.actor), names(&event.recipient));
    format!("{}{modes} {actors} -> {recipients}, {}, {days}{place}", event.event, event.status.name())
}

fn tell(store: &Store, done: &Corrected, what: &str) -> Result<Outcome, UserError> {
    let mut out = Output::stdout();
    let Correction { id, event, action, base, .. } = &done.correction;
    let text: Vec<&str> = base.text.split_whitespace().collect();
    writeln!(out, "{STRONG}{what}: {} {id}{STRONG:#}, of event {event}", action.name())?;
    writeln!(out, "  {DIM}{}{DIM:#}", text.join(" "))?;
    match (&done.before, &done.after) {
        (Some(before), Some(after)) if before == after => writeln!(out, "  {}, as it was coded", line(after))?,
        (Some(before), after) => {
            writeln!(out, "  {DIM}coded{DIM:#} {}", line(before))?;
            writeln!(out, "  {DIM}now{DIM:#}   {}", after.as_ref().map_or_else(|| "rejected".to_owned(), line))?;
        }
        (None, _) => writeln!(out, "  the article has no such event, as it is coded now")?,
    }
    if done.run.is_some() && stored::corroborated(store).map_err(unusable)? {
        writeln!(out, "{DIM}reports were joined before this; `demarche corroborate` does it anew{DIM:#}")?;
    }
    out.finish()?;
    Ok(Outcome::Done)
}

fn show(out: &mut Output, listed: &Listed) -> Result<(), UserError> {
    let Listed { correction, state, before, after } = listed;
    let note = correction.note.as_deref().map(|note| format!(": {note}")).unwrap_or_default();
    writeln!(out, "{STRONG}{} {}{STRONG:#}, {}{note}", correction.action.name(), correction.id, state.name())?;
    let told = match (before, after) {
        (None, _) => format!("{}, not in the store as it is coded now", correction.base.event),
        (Some(before), None) => format!("{} => rejected", line(before)),
        (Some(before), Some(after)) if before == after => line(after),
        (Some(before), Some(after)) => format!("{} => {}", line(before), line(after)),
    };
    writeln!(out, "  {}  {told}", correction.event)?;
    let outlet =
        before.as_ref().and_then(|event| event.article.source.as_deref()).map(|outlet| format!("{outlet}: ")).unwrap_or_default();
    let text: Vec<&str> = correction.base.text.split_whitespace().collect();
    writeln!(out, "  {DIM}{outlet}{}{DIM:#}", text.join(" "))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_and_days_are_read() {
        let read = party("KEN/GOV/MIL=the defence minister").expect("a party");
        assert_eq!((read.code.as_deref(), read.sector.join(" ").as_str()), (Some("KEN"), "GOV MIL"));
        assert_eq!(read.text.as_deref(), Some("the defence minister"));
        assert_eq!(party("/REB").expect("a party"), PartyAs { sector: vec!["REB".to_owned()], ..PartyAs::default() });
        let days = |text: &str| {
            when(text).ok().map(|when| (when.date.map(|d| d.to_string()), when.enddate.map(|d| d.to_string()), when.precision))
        };
        let span = |a: &str, b: &str, precision| Some((Some(a.to_owned()), Some(b.to_owned()), precision));
        assert_eq!(days("2025-06-26"), span("2025-06-26", "2025-06-26", None));
        assert_eq!(days("2025-06-24..2025-06-26"), span("2025-06-24", "2025-06-26", None));
        assert_eq!(days("2024-02"), span("2024-02-01", "2024-02-29", Some(DatePrecision::Month)));
        assert_eq!(days("2024"), span("2024-01-01", "2024-12-31", Some(DatePrecision::Year)));
        assert_eq!(days("none"), Some((None, None, None)));
        assert_eq!(days("soon"), None);
    }
}
