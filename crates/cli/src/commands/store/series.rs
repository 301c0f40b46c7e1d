//! `demarche series`: how much two parties had to do with each other, over time.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;

use demarche_store::{Point, Series, SeriesQuery, Step};
use jiff::civil::Date;

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

Counts are of events of status actual. Beside them stand what they may be divided by: articles and outlets of the same time.";

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
    /// Statuses that count, separated by commas
    #[arg(long, value_delimiter = ',', default_value = "actual")]
    status: Vec<String>,
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

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
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
    let store = args.place.read()?;
    let query = SeriesQuery {
        both_ways: args.both,
        status: args.status,
        from: args.from,
        to: args.to,
        ..SeriesQuery::new(&args.actor, args.recipient.as_deref(), args.by.into())
    };
    let series = store.series(&query).map_err(unusable)?;
    let mut output = Output::open(args.output.as_deref())?;
    let title = match &args.recipient {
        Some(recipient) if args.both => format!("{} and {recipient}", args.actor),
        Some(recipient) => format!("{} -> {recipient}", args.actor),
        None => args.actor.clone(),
    };
    let text = match args.format {
        Form::Plot => plot(&title, &series, width(output.to_terminal())),
        Form::Csv => csv(&series),
        Form::Svg => svg(&title, &series),
    };
    output.write_all(text.as_bytes())?;
    output.finish()?;
    if series.points.is_empty() {
        let hint = "demarche query \"SELECT actor, recipient, count(*) AS n FROM dyads GROUP BY 1, 2 ORDER BY n DESC LIMIT 20\" lists the commonest pairs";
        crate::error::warn(&[format!("no events of {title}; {hint}")]);
    }
    Ok(Outcome::Done)
}

fn csv(series: &Series) -> String {
    let mut out = String::from(
        "begin,events,reports,outlets,intensity,quad1,quad2,quad3,quad4,all_articles,all_outlets,events_per_article,events_per_outlet\n",
    );
    let ratio = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.6}"));
    for p in &series.points {
        let [q1, q2, q3, q4] = p.quads;
        let _ = writeln!(
            out,
            "{},{},{},{},{:.2},{q1},{q2},{q3},{q4},{},{},{},{}",
            p.begin,
            p.events,
            p.reports,
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
    if series.undated > 0 {
        let _ = writeln!(
            out,
            "{DIM}left out, as their date is not known: {}{DIM:#}",
            screen::count(series.undated as usize, "event")
        );
    }
    out
}

/// A picture of bars: cooperation up, conflict down.
fn svg(title: &str, series: &Series) -> String {
    let (wide, high, edge) = (960.0_f64, 320.0_f64, 40.0_f64);
    let most = series.points.iter().map(|p| shares(p).0.max(shares(p).1)).max().unwrap_or(0).max(1) as f64;
    let step = (wide - 2.0 * edge) / series.points.len().max(1) as f64;
    let middle = high / 2.0;
    let scale = (middle - edge) / most;
    let title = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>{title}</title>\n<rect width=\"{wide}\" height=\"{high}\" fill=\"#fff\"/>\n<text x=\"{edge}\" y=\"22\" font-size=\"15\">{title}</text>\n\
         <text x=\"{edge}\" y=\"{:.1}\" fill=\"#2a6f97\">cooperation</text>\n<text x=\"{edge}\" y=\"{:.1}\" fill=\"#b23a48\">conflict</text>\n",
        edge + 2.0,
        high - 8.0
    );
    for (n, p) in series.points.iter().enumerate() {
        let x = edge + n as f64 * step;
        let (peace, war) = shares(p);
        let told = format!(
            "{}: {} events, {} of cooperation, {} of conflict, intensity {:.1}",
            p.begin, p.events, peace, war, p.intensity
        );
        for (count, colour, up) in [(peace, "#2a6f97", true), (war, "#b23a48", false)] {
            let tall = count as f64 * scale;
            let y = if up { middle - tall } else { middle };
            let _ = writeln!(
                out,
                "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{:.2}\" height=\"{tall:.2}\" fill=\"{colour}\"><title>{told}</title></rect>",
                (step * 0.85).max(0.5)
            );
        }
    }
    let _ = writeln!(out, "<line x1=\"{edge}\" x2=\"{}\" y1=\"{middle}\" y2=\"{middle}\" stroke=\"#555\"/>", wide - edge);
    let ends = [series.points.first(), series.points.last()];
    for (p, (x, anchor)) in ends.into_iter().flatten().zip([(edge, "start"), (wide - edge, "end")]) {
        let _ =
            writeln!(out, "<text x=\"{x}\" y=\"{:.1}\" text-anchor=\"{anchor}\" fill=\"#555\">{}</text>", middle + 14.0, p.begin);
    }
    out + "</svg>\n"
}
