//! `demarche recode` and `demarche diff`: what a changed lexicon, model or table changes.

use std::io::Write;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;

use demarche_flows::stored;
use demarche_flows::{Change, Difference, Fate, diff, recode};
use demarche_records::Event;

use crate::error::{Outcome, UserError};
use crate::output::Output;
use crate::pipeline::Options;
use crate::screen::{DIM, STRONG, count};

use super::{Place, unusable};

const RECODE: &str = "\
Example:
  demarche recode --store news.store --lexicon mine.tsv
  demarche query \"SELECT * FROM runs\" --store news.store
  demarche diff 3f2a 9c01 --store news.store

What was coded before stays: the table events shows of each article the last run's rows, events_all every run's. Recoding with what an earlier
run had makes that run count again. What `demarche correct` decided is applied again. Afterwards run `demarche corroborate` again.";

/// Codes the articles of a store again, with the present lexicon, model and knowledge
#[derive(clap::Args)]
#[command(after_help = RECODE)]
pub(crate) struct Recode {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    options: Options,
    /// Threads [default: one for each core]
    #[arg(long, value_name = "N", value_parser = crate::commands::code::threads)]
    threads: Option<NonZeroUsize>,
}

pub(crate) fn run_recode(args: Recode) -> Result<Outcome, UserError> {
    let pipeline = args.options.pipeline()?;
    let mut store = args.place.open()?;
    let threads = crate::commands::code::workers(args.threads);
    let done = recode(&pipeline, &mut store, threads, &mut |_| ControlFlow::Continue(())).map_err(super::corrections::failed)?;
    let run = demarche_flows::coding::run_of(&pipeline).id();
    let mut out = Output::stdout();
    writeln!(
        out,
        "{} coded with {} as run {run}; {} had been coded by it before",
        count(done.articles as usize, "article"),
        count(done.events as usize, "event"),
        done.known
    )?;
    if done.taken_up {
        writeln!(out, "{DIM}its rows count again, in the place of those of runs that came later{DIM:#}")?;
    }
    super::corrections::tell_recoded(&mut out, done.corrections, &done.unmatched)?;
    if stored::corroborated(&store).map_err(unusable)? {
        writeln!(out, "{DIM}reports were joined before this; `demarche corroborate` does it anew{DIM:#}")?;
    }
    out.finish()?;
    let hint = "this is a fault of the program; please report it together with the article";
    let failed = done.failures.iter().map(|[article, why]| UserError::input(format!("article {article}: {why}")).hint(hint));
    Ok(Outcome::of(failed.collect(), done.articles as usize))
}

/// Tells what two runs over the same articles coded differently: events gained, lost and changed, and by which rules
#[derive(clap::Args)]
pub(crate) struct Diff {
    /// The earlier run, by the beginning of its identifier
    run1: String,
    /// The later run
    run2: String,
    #[command(flatten)]
    place: Place,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
    /// At most so many changes one by one; the counts are always whole
    #[arg(long, default_value_t = 200)]
    limit: usize,
    /// File to write to, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Form {
    Table,
    Html,
}

pub(crate) fn run_diff(args: Diff) -> Result<Outcome, UserError> {
    let store = args.place.read()?;
    let (mut changes, mut left_out): (Vec<Change>, usize) = (vec![], 0);
    let found = diff(&store, &args.run1, &args.run2, &mut |change| {
        if changes.len() < args.limit {
            changes.push(change);
        } else {
            left_out += 1;
        }
    })
    .map_err(|error| UserError::input(error.to_string()))?;
    let mut output = Output::open(args.output.as_deref())?;
    let text = match args.format {
        Form::Table => table(&found, &changes, left_out),
        Form::Html => page(&found, &changes, left_out),
    };
    output.write_all(text.as_bytes())?;
    output.finish()?;
    Ok(Outcome::Done)
}

fn totals(found: &Difference, fate: Fate) -> u64 {
    found.types.iter().filter(|((f, _), _)| *f == fate).map(|(_, n)| n).sum()
}

fn summary(found: &Difference) -> String {
    let [one, two] = [found.runs[0].id(), found.runs[1].id()];
    let parts = found.parts();
    let parts = if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") };
    format!(
        "{one} -> {two}, which differ in {parts}; {} coded by both: {} alike, {} gained, {} lost, {} changed",
        count(found.articles as usize, "article"),
        count(found.same as usize, "event"),
        totals(found, Fate::Gained),
        totals(found, Fate::Lost),
        totals(found, Fate::Changed)
    )
}

/// The commonest of some counts, the largest first.
fn most<'a, K>(counts: impl Iterator<Item = (&'a K, &'a u64)>, limit: usize) -> Vec<(&'a K, u64)>
where
    K: 'a + Ord,
{
    let mut list: Vec<(&K, u64)> = counts.map(|(k, n)| (k, *n)).collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    list.truncate(limit);
    list
}

fn who(event: &Event) -> String {
    let [actors, recipients] = [&event.actor, &event.recipient].map(|parties| stored::names(parties));
    format!("{} {actors} -> {recipients} {}", event.event, event.status.name())
}

fn line(change: &Change) -> [String; 3] {
    let what = match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{} => {} ({})", who(before), who(after), change.fields.join(", ")),
        _ => change.event().map_or_else(String::new, who),
    };
    let text = change.event().map_or("", |event| event.text.as_str());
    [what, text.split_whitespace().collect::<Vec<_>>().join(" "), change.cause()]
}

fn table(found: &Difference, changes: &[Change], left_out: usize) -> String {
    let mut out = format!("{STRONG}{}{STRONG:#}\n", summary(found));
    for ((fate, kind), n) in most(found.types.iter(), 60) {
        out += &format!("{n:>7}  {} {kind}\n", fate.name());
    }
    let fields: Vec<String> = most(found.fields.iter(), 20).into_iter().map(|(field, n)| format!("{field} {n}")).collect();
    if !fields.is_empty() {
        out += &format!("{DIM}changed fields: {}{DIM:#}\n", fields.join(", "));
    }
    if !found.causes.is_empty() {
        out += &format!("\n{STRONG}by cause{STRONG:#}\n");
    }
    for ((fate, cause), n) in most(found.causes.iter(), 20) {
        out += &format!("{n:>7}  {} {cause}\n", fate.name());
    }
    out.push('\n');
    for change in changes {
        let [what, text, cause] = line(change);
        out += &format!("{STRONG}{}{STRONG:#} {what}\n  {text}\n  {DIM}{cause}{DIM:#}\n", change.fate.name());
    }
    if left_out > 0 {
        out += &format!("{DIM}... and {left_out} more; --limit shows them{DIM:#}\n");
    }
    out
}

fn page(found: &Difference, changes: &[Change], left_out: usize) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Two runs</title>\n\
         <style>body{{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem;color:#222}}table{{border-collapse:collapse}}\
         td,th{{padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top}}td.n{{text-align:right;font-variant-numeric:tabular-nums}}\
         .gained{{color:#2d6a4f}}.lost{{color:#9d0208}}.changed{{color:#7f5539}}small{{color:#666}}section{{border-top:1px solid #ddd;padding:.6rem 0}}</style>\n\
         <h1>What changed</h1>\n<p>{}</p>\n<table>\n",
        escape(&summary(found))
    );
    for ((fate, kind), n) in most(found.types.iter(), 60) {
        out += &format!("<tr><td class=n>{n}<td class={0}>{0}<td>{1}\n", fate.name(), escape(kind));
    }
    out += "</table>\n<h2>By cause</h2>\n<table>\n";
    for ((fate, cause), n) in most(found.causes.iter(), 40) {
        out += &format!("<tr><td class=n>{n}<td class={0}>{0}<td>{1}\n", fate.name(), escape(cause));
    }
    out += "</table>\n<h2>One by one</h2>\n";
    for change in changes {
        let [what, text, cause] = line(change);
        let article = change.event().map_or("", |event| event.article.title.as_deref().unwrap_or(&event.article.origin));
        out += &format!(
            "<section><b class={0}>{0}</b> {1}<br>{2}<br><small>{3} · {4}</small></section>\n",
            change.fate.name(),
            escape(&what),
            escape(&text),
            escape(article),
            escape(&cause)
        );
    }
    if left_out > 0 {
        out += &format!("<p><small>and {left_out} more; --limit shows them</small></p>\n");
    }
    out + "</html>\n"
}
