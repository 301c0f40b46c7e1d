//! `demarche series`: how much two parties had to do with each other, over time.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;

use demarche_store::{Point, Series, SeriesQuery, Step};
use jiff::civil::Date;

use crate::commands::export::statuses;
use crate::error::{Outcome, UserError};
use crate::output::Output;
use crate::screen::{DIM, STRONG, width};
use crate::{input, screen};

use super::{Place, unusable};

const EXAMPLES: &str = "\
Examples:
  demarche series ISR IRN --by month --store news.store        what Israel did to Iran
  demarche series ISR IRN --both --by week --store news.store --format csv -o isr-irn.csv
  demarche series KEN --by month --store news.store --format svg -o kenya.svg

Counted are reports: what two articles tell counts twice, also where one nearly repeats the other. --joined counts each
event of the world once, as `demarche corroborate` joined its reports. An event whose date is no more exact than a month,
a year or a longer time than a step is left out and told of.

Columns of the CSV:
  begin                         first day of the step
  events                        events of these parties
  articles, outlets             how many tell of them
  intensity                     sum of their event_scale: above 0 cooperation, below 0 conflict
  quad1, quad2, quad3, quad4    of the events: verbal cooperation, material cooperation, verbal conflict, material conflict
  all_articles, all_outlets     published in the step on anything, within --from and --to: what counts may be divided by
  events_per_article, events_per_outlet    events divided by these";

/// Counts and intensity of what one party does to another, by day, week, month or year
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Who acts: a country's ISO code, or UNO, IGO, NGO ...
    actor: String,
    /// Whom it is done to; without one, anybody
    recipient: Option<String>,
    #[command(flatten)]
    place: Place,
    /// Length of a step
    #[arg(long, value_enum, default_value_t = By::Month)]
    by: By,
    /// Also what the recipient does to the actor
    #[arg(long, requires = "recipient")]
    both: bool,
    /// Statuses that count, separated by commas, or all
    #[arg(long, value_delimiter = ',', default_value = "actual", value_name = "STATUS,...")]
    status: Vec<String>,
    /// Count each event that `demarche corroborate` joined of its reports once
    #[arg(long)]
    joined: bool,
    /// First day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = input::day)]
    from: Option<Date>,
    /// Last day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = input::day)]
    to: Option<Date>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Form::Plot)]
    format: Form,
    /// File to write to, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum By {
    Day,
    Week,
    Month,
    Year,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// Bars for the terminal.
    Plot,
    Csv,
    Svg,
}

impl From<By> for Step {
    fn from(by: By) -> Self {
        match by {
            By::Day => Self::Day,
            By::Week => Self::Week,
            By::Month => Self::Month,
            By::Year => Self::Year,
        }
    }
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    if let (Some(from), Some(to)) = (args.from, args.to)
        && from > to
    {
        return Err(UserError::usage(format!("--from {from} is after --to {to}")).hint("give the earlier day with --from"));
    }
    let status = statuses(&args.status)?.into_iter().map(|status| status.name().to_owned()).collect();
    let (actor, recipient) = (args.actor.to_uppercase(), args.recipient.map(|recipient| recipient.to_uppercase()));
    let query = SeriesQuery {
        both_ways: args.both,
        status,
        joined: args.joined,
        from: args.from,
        to: args.to,
        ..SeriesQuery::new(&actor, recipient.as_deref(), args.by.into())
    };
    let store = args.place.read()?;
    let series = store.series(&query).map_err(unusable)?;
    let mut output = Output::open(args.output.as_deref())?;
    let title = match &recipient {
        Some(recipient) if args.both => format!("{actor} and {recipient}"),
        Some(recipient) => format!("{actor} -> {recipient}"),
        None => actor,
    };
    let text = match args.format {
        Form::Plot => plot(&title, &series, width(output.to_terminal())),
        Form::Csv => csv(&series),
        Form::Svg => svg(&title, &query, &series),
    };
    output.write_all(text.as_bytes())?;
    output.finish()?;
    if args.format != Form::Plot && series.undated + series.coarse > 0 {
        crate::error::warn(&left_out(&series));
    }
    if series.points.iter().all(|point| point.events == 0) {
        let hint = "demarche query \"SELECT actor, recipient, count(*) AS n FROM dyads GROUP BY 1, 2 ORDER BY n DESC LIMIT 20\" lists the commonest pairs";
        crate::error::warn(&[format!("no events of {title}; {hint}")]);
    }
    Ok(Outcome::Done)
}

fn csv(series: &Series) -> String {
    let mut out = String::from(
        "begin,events,articles,outlets,intensity,quad1,quad2,quad3,quad4,all_articles,all_outlets,events_per_article,events_per_outlet\n",
    );
    let ratio = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.6}"));
    for p in &series.points {
        let [q1, q2, q3, q4] = p.quads;
        let _ = writeln!(
            out,
            "{},{},{},{},{:.2},{q1},{q2},{q3},{q4},{},{},{},{}",
            p.begin,
            p.events,
            p.articles,
            p.outlets,
            p.intensity,
            p.all_articles,
            p.all_outlets,
            ratio(p.per_article()),
            ratio(p.per_outlet())
        );
    }
    out
}

/// What happens between conflict and cooperation: verbal and material, in one sign each.
fn shares(point: &Point) -> (u64, u64) {
    let [a, b, c, d] = point.quads;
    (a + b, c + d)
}

fn plot(title: &str, series: &Series, width: usize) -> String {
    let most = series.points.iter().map(|p| p.events).max().unwrap_or(0).max(1);
    let bar = width.saturating_sub(44).max(10);
    let mut out = format!("{STRONG}{title}{STRONG:#}\n{DIM}begins      events  intensity  cooperation # conflict x{DIM:#}\n");
    for p in &series.points {
        let (peace, war) = shares(p);
        let long = |n: u64| (n as usize * bar).div_ceil(most as usize);
        let _ = writeln!(
            out,
            "{}  {:>6}  {:>9.1}  {}{}",
            p.begin,
            p.events,
            p.intensity,
            "#".repeat(long(peace)),
            "x".repeat(long(war))
        );
    }
    for line in left_out(series) {
        let _ = writeln!(out, "{DIM}{line}{DIM:#}");
    }
    out
}

/// What is in no step, and why.
fn left_out(series: &Series) -> Vec<String> {
    let why = [
        (series.undated, "left out, as their date is not known"),
        (series.coarse, "left out, as their date is no more exact than a month, a year or another time longer than a step"),
    ];
    let some = why.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, why)| format!("{why}: {}", screen::count(count as usize, "event"))).collect()
}

/// A picture of bars: cooperation up, conflict down.
fn svg(title: &str, query: &SeriesQuery, series: &Series) -> String {
    let (wide, high) = (960.0_f64, 404.0_f64);
    let (left, right, top, bottom) = (56.0, 944.0, 64.0, 344.0);
    let most = |of: fn((u64, u64)) -> u64| series.points.iter().map(|p| of(shares(p))).max().unwrap_or(0);
    let (up, down) = (most(|(peace, _)| peace), most(|(_, war)| war));
    let tick = round_step((up + down).max(1));
    // Both ends of the axis stand on a number.
    let (up, down) = (up.div_ceil(tick) * tick, down.div_ceil(tick) * tick);
    let (up, down) = if up + down == 0 { (tick, 0) } else { (up, down) };
    let scale = (bottom - top) / (up + down) as f64;
    let zero = top + up as f64 * scale;
    let step = (right - left) / series.points.len().max(1) as f64;
    let title = escape(title);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>{title}</title>\n<rect width=\"{wide}\" height=\"{high}\" fill=\"#fff\"/>\n\
         <text x=\"{left}\" y=\"24\" font-size=\"16\">{title}</text>\n\
         <text x=\"{left}\" y=\"44\" fill=\"#2a6f97\">■ cooperation, above the line</text>\n\
         <text x=\"{}\" y=\"44\" fill=\"#b23a48\">■ conflict, below it</text>\n",
        left + 200.0
    );
    for count in (0..=(up + down) / tick).map(|n| n * tick) {
        let y = top + count as f64 * scale;
        let colour = if count == up { "#555" } else { "#e4e4e4" };
        let _ = writeln!(
            out,
            "<line x1=\"{left}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"{colour}\"/>\n\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#555\">{}</text>",
            left - 6.0,
            y + 4.0,
            up.abs_diff(count)
        );
    }
    for (n, p) in series.points.iter().enumerate() {
        let x = left + n as f64 * step;
        let (peace, war) = shares(p);
        let told = format!(
            "{}: {} events, {} of cooperation, {} of conflict, intensity {:.1}",
            p.begin, p.events, peace, war, p.intensity
        );
        for (count, colour, y) in [(peace, "#2a6f97", zero - peace as f64 * scale), (war, "#b23a48", zero)] {
            if count > 0 {
                let _ = writeln!(
                    out,
                    "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"{colour}\"><title>{told}</title></rect>",
                    (step * 0.85).max(0.5),
                    count as f64 * scale
                );
            }
        }
    }
    // A label takes about a tenth of the axis.
    let every = series.points.len().div_ceil(9).max(1);
    for (n, p) in series.points.iter().enumerate().step_by(every) {
        let x = left + (n as f64 + 0.425) * step;
        let _ = writeln!(
            out,
            "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{bottom}\" y2=\"{}\" stroke=\"#555\"/>\n\
             <text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\" fill=\"#555\">{}</text>",
            bottom + 5.0,
            bottom + 19.0,
            label(query.by, p.begin)
        );
    }
    let what =
        if query.joined { "events of the world, each counted once" } else { "events that articles report, each report counted" };
    let mut caption = vec![format!("Bars: {what}, by {}; status {}.", query.by, query.status.join(", "))];
    let left_out = left_out(series).join("; ");
    if let Some(first) = left_out.chars().next() {
        caption.push(format!("{}{}.", first.to_uppercase(), &left_out[first.len_utf8()..]));
    }
    for (line, y) in caption.iter().zip([bottom + 38.0, bottom + 52.0]) {
        let _ = writeln!(out, "<text x=\"{left}\" y=\"{y}\" font-size=\"11\" fill=\"#555\">{}</text>", escape(line));
    }
    out + "</svg>\n"
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Distance of the numbers on an axis of that length: 1, 2 or 5 with noughts, so that there are seven at most.
fn round_step(length: u64) -> u64 {
    let steps = (0..19).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u64.pow(power)));
    steps.into_iter().find(|step| length.div_ceil(*step) <= 7).unwrap_or(length)
}

/// A step on the time axis.
fn label(by: Step, begin: Date) -> String {
    match by {
        Step::Day | Step::Week => begin.to_string(),
        Step::Month => begin.strftime("%Y-%m").to_string(),
        Step::Year => begin.year().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn point(begin: Date, quads: [u64; 4]) -> Point {
        Point {
            begin,
            events: quads.iter().sum(),
            articles: 1,
            outlets: 1,
            intensity: 0.0,
            quads,
            all_articles: 10,
            all_outlets: 2,
        }
    }

    #[test]
    fn a_picture_has_numbers_dates_and_a_caption() {
        let points = (1..=12).map(|month| point(date(2025, month, 1), [u64::from(month as u8), 0, 3, 20])).collect();
        let series = Series { points, undated: 0, coarse: 2 };
        let query = SeriesQuery::new("IRN", Some("ISR"), Step::Month);
        let picture = svg("IRN -> ISR", &query, &series);
        for told in [
            ">IRN -&gt; ISR</text>",
            ">15</text>",
            ">25</text>",
            ">0</text>",
            ">2025-01</text>",
            ">2025-11</text>",
            "events that articles report, each report counted, by month; status actual.",
            "another time longer than a step: 2 events.",
        ] {
            assert!(picture.contains(told), "{told} is missing: {picture}");
        }
        // The highest bar ends above the lower end of the axis.
        assert!(picture.contains("height=\"") && !picture.contains("NaN"), "{picture}");
        let empty = svg("IRN", &query, &Series { points: vec![], undated: 0, coarse: 0 });
        assert!(empty.ends_with("</svg>\n") && !empty.contains("NaN"), "{empty}");
    }

    #[test]
    fn axes_have_round_numbers() {
        assert_eq!([1, 7, 8, 32, 400, 12_345].map(round_step), [1, 1, 2, 5, 100, 2000]);
    }
}
