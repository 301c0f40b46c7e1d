//! A plain-text copy of a page: its lines are told apart by what they say and where they stand.

mod classify;
mod units;

use demarche_types::{Article, Block, BlockKind, DateSource, Diagnostic, Furniture, Published, Span};

use crate::{
    OpenDates, Source, article_id, dates,
    decode::{Decoded, decode, empty},
    error::{ReadError, ReadErrorKind},
    lines,
};

pub(crate) use classify::{alternate, fold};

/// The longest article, in bytes: some 300,000 sentences. What is longer is a collection, and coding it as one article
/// would give it one title, one date and one set of chains.
const MAX_TEXT: usize = 16 * 1024 * 1024;

/// Reads a plain-text copy of a page. The article's text is the decoded input itself, so that every
/// block's place in the source is its place in the text.
pub fn read_text(source: &Source<'_>) -> Result<Article, ReadError> {
    let Decoded { text, diagnostics } = decode(source.bytes, source.charset, source.origin)?;
    from_text(text.into_owned(), None, source, diagnostics)
}

/// The same for text that is decoded already; `title` is the headline when something else knows it.
pub(crate) fn from_text(
    text: String,
    title: Option<&str>,
    source: &Source<'_>,
    mut diagnostics: Vec<Diagnostic>,
) -> Result<Article, ReadError> {
    if text.len() > MAX_TEXT {
        let kind = ReadErrorKind::TooLarge { what: "an article", size: text.len() as u64, limit: MAX_TEXT as u64 };
        return Err(ReadError::whole(source.origin, kind, "split the file into one file or one JSON record an article"));
    }
    let units = units::units(&text);
    if units.is_empty() {
        return Err(empty(source.origin));
    }
    let page = classify::classify(&units, title);
    let mut blocks = Vec::with_capacity(units.len());
    for (unit, kind) in units.iter().zip(&page.kinds) {
        let mut span = unit.span;
        match kind {
            BlockKind::ListItem => span.start += units::list_marker(unit.text).unwrap_or(0) as u32,
            BlockKind::Title => span.start += (unit.text.len() - classify::headline(unit.text).len()) as u32,
            _ => {}
        }
        blocks.push(Block { kind: *kind, span, source: Some(span) });
    }
    let facts = facts(&units, &page.kinds);
    let mut published = source.published.map(|date| Published { date, source: DateSource::User }).or(facts.published);
    if let Some(at) = facts.ambiguous.filter(|_| source.published.is_none()) {
        if source.dates == OpenDates::MonthFirst {
            published = published.map(|own| Published { date: dates::swapped(own.date), ..own });
        }
        let told = source.dates != OpenDates::Unread;
        diagnostics.extend((!told).then(|| {
            Diagnostic::note("the date could be read day first or month first; it was read day first")
                .at(at)
                .hint("give the publication date to be sure")
        }));
    }
    if !blocks.iter().any(|block| block.kind.is_coded()) {
        diagnostics.push(Diagnostic::warning("only page furniture was found, no story"));
    }
    let title = page.title.map(|at| one_line(classify::headline(units[at].text)));
    let url = source.url.map(str::to_owned).or(facts.url);
    Ok(Article {
        id: article_id(url.as_deref(), &text),
        origin: source.origin.to_owned(),
        url,
        title,
        byline: facts.byline,
        site: facts.site,
        section: page.section,
        published,
        language: None,
        text,
        blocks,
        diagnostics,
    })
}

/// What the lines around a story say about it.
#[derive(Default)]
struct Facts {
    published: Option<Published>,
    /// The date could be read two ways.
    ambiguous: Option<Span>,
    byline: Option<String>,
    site: Option<String>,
    url: Option<String>,
}

fn facts(units: &[units::Unit<'_>], kinds: &[BlockKind]) -> Facts {
    let mut facts = Facts::default();
    // A line that says "updated" is believed only when no other line has a date.
    let mut rank = 0;
    for (unit, kind) in units.iter().zip(kinds) {
        let page_data = matches!(kind, BlockKind::Byline | BlockKind::Furniture(Furniture::PageData));
        if !page_data {
            continue;
        }
        if *kind == BlockKind::Byline && facts.byline.is_none() {
            facts.byline = lines::byline(unit.text);
        }
        if let Some((found, changed)) = dates::find_published(unit.text) {
            let worth = if changed { 1 } else { 2 };
            if worth > rank {
                rank = worth;
                facts.published = Some(Published { date: found.date, source: DateSource::Text });
                let start = unit.span.start as usize;
                facts.ambiguous = found.ambiguous.then(|| Span::new(start + found.start, start + found.end));
            }
        }
        let lower = unit.text.to_lowercase();
        for (field, slot) in [("source:", &mut facts.site), ("author:", &mut facts.byline)] {
            if lower.starts_with(field) && slot.is_none() {
                *slot = Some(one_line(unit.text[field.len()..].trim())).filter(|value| !value.is_empty());
            }
        }
        if let Some(at) = lower.find("http").filter(|at| *at <= 6 && facts.url.is_none() && lower.is_char_boundary(*at)) {
            facts.url = unit.text.get(at..).filter(|url| !url.contains(char::is_whitespace)).map(str::to_owned);
        }
    }
    facts
}

/// The text with every run of white space as one space.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
