//! The dateline that opens an agency report: "GENEVA, May 4 (Agency) -- ".

use demarche_types::{BlockKind, DatePrecision, Document, Span};
use jiff::civil::Date;

use super::grammar;
use super::resolve::{Context, resolve};
use super::sides::Direction;
use super::words;

/// A dateline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// The whole line, up to and with its dash.
    pub span: Span,
    /// The place, with its region or country when it is told.
    pub place: Option<Span>,
    /// The words of the date.
    pub date_span: Option<Span>,
    /// The date.
    pub date: Option<Date>,
    /// The agency, without brackets.
    pub agency: Option<Span>,
}

/// The longest dateline that is looked for, in bytes.
const LONGEST: usize = 120;

/// Reads the dateline of an article: it opens the first paragraph, or the second when a standfirst
/// stands before it.
pub fn dateline(doc: &Document<'_>) -> Option<Dateline> {
    let mut blocks: Vec<u32> =
        doc.sentences.iter().filter(|s| s.opens_block && s.kind == BlockKind::Paragraph).map(|s| s.block).collect();
    blocks.dedup();
    blocks.into_iter().take(2).find_map(|block| {
        let span = doc.article.blocks.get(block as usize)?.span;
        in_block(doc, span)
    })
}

fn in_block(doc: &Document<'_>, block: Span) -> Option<Dateline> {
    let text = block.of(doc.text());
    let (head_len, dash_len) = dash(text)?;
    let head = text.get(..head_len)?;
    let base = block.start as usize;
    let span = |from: usize, to: usize| trimmed(doc.text(), Span::new(base + from, base + to));
    let whole = Span::new(base, base + head_len + dash_len);

    // "(AP)" or "(Reuters)" closes the line or stands before the date.
    let open = head.find('(');
    let close = head.find(')');
    let (mut agency, rest) = match (open, close) {
        (Some(open), Some(close)) if open < close => {
            if !head[close + 1..].trim().trim_matches(',').is_empty() {
                return None;
            }
            (Some(span(open + 1, close)), &head[..open])
        }
        (None, None) => (None, head),
        _ => return None,
    };

    let mut place: Option<Span> = None;
    let (mut date_span, mut date) = (None, None);
    // "CHISINAU (Sept 15) -"
    if let Some((span, found)) = agency.and_then(|a| Some((a, date_of(doc, a)?))) {
        (agency, date_span, date) = (None, Some(span), found);
    }
    let in_brackets = date_span.is_some();
    let mut at = 0;
    for segment in rest.split(',') {
        let here = span(at, at + segment.len());
        at += segment.len() + 1;
        if here.is_empty() {
            continue;
        }
        match date_of(doc, here) {
            Some(found) => {
                date_span = Some(date_span.map_or(here, |d: Span| d.cover(here)));
                date = found.or(date);
            }
            None if (date_span.is_none() || in_brackets) && is_name(here.of(doc.text())) => {
                place = Some(place.map_or(here, |p| p.cover(here)));
            }
            None => return None,
        }
    }
    // "March 11, 2025": the comma parts the year from its day.
    let date = date_span.and_then(|whole| date_of(doc, whole)).flatten().or(date);
    let first = place.map(|p| p.of(doc.text()))?;
    let capitals =
        first.split([',', '(']).next().is_some_and(|f| f.chars().any(char::is_alphabetic) && !f.chars().any(char::is_lowercase));
    let known = doc.places.iter().any(|p| place.is_some_and(|s| s.contains(p.span)));
    // A few capitalised words before a dash are a dateline only with something more to show for it.
    let sure = agency.is_some() || date_span.is_some() || (capitals && first.len() > 3) || known;
    // "SEGAMAT, Jan 29: ..." is one, "WARNING: ..." is none.
    let sure = sure && (!text[head_len..].starts_with(':') || capitals && (date.is_some() || known));
    sure.then_some(Dateline { span: whole, place, date_span, date, agency })
}

/// Where the first dash with space around it (or the first long one) stands, and its length with spaces.
fn dash(text: &str) -> Option<(usize, usize)> {
    const DASHES: [&str; 7] = [" -- ", " — ", " – ", " - ", "— ", "—", ": "];
    let mut best: Option<(usize, usize)> = None;
    for dash in DASHES {
        if let Some(at) = text.find(dash).filter(|&at| at <= LONGEST)
            && best.is_none_or(|(b, _)| at < b)
        {
            best = Some((at, dash.len()));
        }
    }
    best
}

/// `Some` where the whole segment is a date; the date itself where its year is written or the month
/// and day can be placed next to nothing but themselves.
fn date_of(doc: &Document<'_>, span: Span) -> Option<Option<Date>> {
    let words = words::split(doc.text(), span);
    let found = grammar::scan(&words);
    if let [one] = found.as_slice()
        && one.start == 0
        && words[one.end..].iter().all(|w| w.is("."))
    {
        let context = Context {
            published: published(doc),
            reported: published(doc),
            anchor: None,
            then: None,
            month: None,
            direction: Direction::Past,
            end: false,
            home: None,
            period: None,
            over: false,
        };
        let resolved = resolve(&one.expr, &context);
        return Some(resolved.start.filter(|_| resolved.precision == DatePrecision::Day));
    }
    None
}

fn published(doc: &Document<'_>) -> Option<Date> {
    doc.article.published.map(|p| p.date)
}

/// One to five words that each begin with a capital, "of" and "and" apart.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '/']).filter(|w| !w.is_empty()).collect();
    !words.is_empty()
        && words.len() <= 5
        && words.iter().all(|w| {
            matches!(*w, "of" | "and" | "de" | "la" | "al" | "the" | "DE" | "OF")
                || w.chars().next().is_some_and(char::is_uppercase)
                    && w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
        })
}

fn trimmed(text: &str, span: Span) -> Span {
    let slice = span.of(text);
    let left = slice.len() - slice.trim_start().len();
    let start = span.start as usize + left;
    Span::new(start, start + slice.trim().len())
}
