//! Web pages: a walk over the tree keeps every visible piece; the extraction library says which are the story.

mod body;
mod classify;
mod locate;
mod meta;
mod walk;

use demarche_types::{Article, Block, BlockKind, DateSource, Diagnostic, Furniture, Published, Span};
use scraper::Html;

use self::{
    body::Kept,
    classify::{Sorted, classify},
    locate::{Locator, Scanner},
    meta::Meta,
    walk::{Piece, TimeElement, Walk, walk},
};
use crate::{
    OpenDates, Source, article_id, dates,
    decode::{Decoded, declared_in_html, decode, empty},
    error::{ReadError, ReadErrorKind},
    lines,
};

pub(crate) use meta::language;

/// Pages over this size are refused; no news page comes near it.
const LARGEST: usize = 64 << 20;

/// Pages over this size are read without the extraction library, which needs many times their size.
const LARGEST_FOR_LIBRARY: usize = 8 << 20;

/// Trees deeper than this are kept from the library, which recurses over them.
const DEEPEST_FOR_LIBRARY: usize = 300;

/// Sources that leave more elements open than this are not parsed at all: parsing takes time in the square
/// of the depth.
const DEEPEST: usize = 4_000;

/// Reads a web page. The article's text is its blocks, each on a paragraph of its own, in document order;
/// a block's source is its place in the decoded page.
pub fn read_html(source: &Source<'_>) -> Result<Article, ReadError> {
    let declared = source.charset.map(str::to_owned).or_else(|| declared_in_html(source.bytes));
    let Decoded { text, diagnostics } = decode(source.bytes, declared.as_deref(), source.origin)?;
    from_html(&text, source, diagnostics)
}

/// The same for a page that is decoded already.
pub(crate) fn from_html(html: &str, source: &Source<'_>, mut diagnostics: Vec<Diagnostic>) -> Result<Article, ReadError> {
    if html.len() > LARGEST {
        let kind = ReadErrorKind::TooLarge { what: "a page", size: html.len() as u64, limit: LARGEST as u64 };
        return Err(ReadError::whole(source.origin, kind, "split it into one page a file, or save it as plain text"));
    }
    if html.trim().is_empty() {
        return Err(empty(source.origin));
    }
    if nesting(html) > DEEPEST {
        return stripped(html, source, diagnostics);
    }
    let page = Html::parse_document(html);
    let Walk { pieces, times, depth } = walk(&page);
    if pieces.is_empty() {
        return Err(ReadError::whole(
            source.origin,
            ReadErrorKind::NoVisibleText,
            "the text may be loaded by a script; save the page from a browser",
        ));
    }
    let meta = meta::meta(&page);
    drop(page);
    if let Some(error) = &meta.broken_json_ld {
        diagnostics.push(Diagnostic::note(format!("the page's JSON-LD could not be read: {error}")));
    }
    let kept = if html.len() <= LARGEST_FOR_LIBRARY && depth <= DEEPEST_FOR_LIBRARY { Kept::of(html) } else { None };
    let sorted = classify(&pieces, kept.as_ref(), &meta);
    if sorted.guessed {
        diagnostics.push(
            Diagnostic::warning("no story stood out on the page; sentences outside menus and footers were taken for it")
                .hint("check the kinds of the blocks"),
        );
    }
    Ok(assemble(html, source, &pieces, &times, meta, sorted, diagnostics))
}

fn assemble(
    html: &str,
    source: &Source<'_>,
    pieces: &[Piece],
    times: &[TimeElement],
    meta: Meta,
    sorted: Sorted,
    mut diagnostics: Vec<Diagnostic>,
) -> Article {
    let url = source.url.map(str::to_owned).or(meta.url.clone());
    let site = meta.site.clone().or_else(|| url.as_deref().and_then(host));
    let stated = meta.headline.clone().or_else(|| meta.page_title.as_deref().map(|title| without_site(title, site.as_deref())));
    let mut text = String::new();
    let mut blocks = Vec::with_capacity(pieces.len() + 1);
    let title = match sorted.title {
        Some(at) => Some(pieces[at].text.clone()),
        None => stated.inspect(|title| {
            // The headline is part of the article even when the page shows it nowhere but in its head.
            text.push_str(title);
            blocks.push(Block { kind: BlockKind::Title, span: Span::new(0, text.len()), source: None });
        }),
    };
    let mut locator = Locator::new(html);
    let mut missing = 0usize;
    for (piece, kind) in pieces.iter().zip(&sorted.kinds) {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&piece.text);
        let place = locator.find(&piece.text);
        missing += usize::from(place.is_none());
        blocks.push(Block { kind: *kind, span: Span::new(start, text.len()), source: place });
    }
    if missing > 0 {
        diagnostics
            .push(Diagnostic::note(format!("{missing} of {} blocks could not be found in the page's source", pieces.len())));
    }
    if !blocks.iter().any(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem)) {
        diagnostics.push(Diagnostic::warning("only page furniture was found, no story"));
    }
    let published = published(source, url.as_deref(), pieces, times, &meta, &sorted, &mut diagnostics);
    let byline = meta.byline.clone().or_else(|| {
        let at = sorted.kinds.iter().position(|kind| *kind == BlockKind::Byline)?;
        lines::byline(&pieces[at].text).or_else(|| Some(pieces[at].text.clone()))
    });
    Article {
        id: article_id(url.as_deref(), &text),
        origin: source.origin.to_owned(),
        section: section(pieces, &sorted.kinds, &meta, title.as_deref()),
        url,
        title,
        byline,
        site,
        published,
        language: meta.language,
        text,
        blocks,
        diagnostics,
    }
}

/// The publication date, by how far its sources are to be trusted.
fn published(
    source: &Source<'_>,
    url: Option<&str>,
    pieces: &[Piece],
    times: &[TimeElement],
    meta: &Meta,
    sorted: &Sorted,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Published> {
    if let Some(date) = source.published {
        return Some(Published { date, source: DateSource::User });
    }
    for (field, source) in [(&meta.json_ld_date, DateSource::JsonLd), (&meta.meta_date, DateSource::Meta)] {
        let Some(field) = field else { continue };
        match dates::parse_field(field) {
            Some(found) => return Some(Published { date: found.date, source }),
            None => diagnostics
                .push(Diagnostic::note(format!("the page's date \u{201c}{}\u{201d} is no date that can be read", clip(field)))),
        }
    }
    let mut dated: Vec<(u8, &TimeElement)> = times
        .iter()
        .filter(|time| !time.region.is_furniture())
        .map(|time| {
            (
                if time.says_published {
                    0
                } else if time.says_updated {
                    2
                } else {
                    1
                },
                time,
            )
        })
        .collect();
    dated.sort_by_key(|(rank, _)| *rank);
    if let Some(found) = dated.iter().find_map(|(_, time)| dates::parse_field(&time.value)) {
        return Some(Published { date: found.date, source: DateSource::TimeElement });
    }
    if let Some(date) = url.and_then(dates::from_url) {
        return Some(Published { date, source: DateSource::Url });
    }
    let mut best: Option<(bool, dates::Found)> = None;
    for (piece, kind) in pieces.iter().zip(&sorted.kinds).take(sorted.last + 3) {
        if !matches!(kind, BlockKind::Byline | BlockKind::Furniture(Furniture::PageData)) {
            continue;
        }
        if let Some((found, changed)) = dates::find_published(&piece.text)
            && best.is_none_or(|(only_changed, _)| only_changed && !changed)
        {
            best = Some((changed, found));
        }
    }
    let (_, found) = best?;
    if found.ambiguous && source.dates == OpenDates::MonthFirst {
        return Some(Published { date: dates::swapped(found.date), source: DateSource::Text });
    }
    if found.ambiguous && source.dates == OpenDates::Unread {
        diagnostics.push(
            Diagnostic::note("the date could be read day first or month first; it was read day first")
                .hint("give the publication date to be sure"),
        );
    }
    Some(Published { date: found.date, source: DateSource::Text })
}

/// The section: the first breadcrumb step that is neither the start page nor the story.
fn section(pieces: &[Piece], kinds: &[BlockKind], meta: &Meta, title: Option<&str>) -> Option<String> {
    let step = |steps: &mut dyn Iterator<Item = &str>| {
        steps
            .map(str::trim)
            .find(|step| {
                !step.is_empty() && !lines::is_home(step) && Some(*step) != title && step.split_whitespace().count() <= 4
            })
            .map(str::to_owned)
    };
    let crumbs = pieces
        .iter()
        .zip(kinds)
        .filter(|(_, kind)| **kind == BlockKind::Furniture(Furniture::Breadcrumb))
        .map(|(piece, _)| &piece.text);
    let shown: Vec<&str> = crumbs.flat_map(|text| lines::breadcrumb(text).unwrap_or_else(|| vec![text])).collect();
    step(&mut meta.breadcrumb.iter().map(String::as_str))
        .or_else(|| meta.section.clone())
        .or_else(|| step(&mut shown.iter().map(|step| step.trim_matches(['/', '›', '»', '>', ' ']))))
}

/// The most elements open at one time, counted roughly: elements that close by themselves are left out.
fn nesting(html: &str) -> usize {
    const FLAT: [&str; 26] = [
        "p", "li", "br", "img", "meta", "link", "input", "hr", "td", "tr", "th", "dt", "dd", "option", "area", "source", "col",
        "wbr", "embed", "param", "track", "base", "path", "use", "tbody", "thead",
    ];
    let (mut open, mut most) = (0usize, 0usize);
    for part in html.split('<').skip(1) {
        if part.starts_with('/') {
            open = open.saturating_sub(1);
        } else if part.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let name = part.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
            if !FLAT.iter().any(|flat| flat.eq_ignore_ascii_case(name)) {
                open += 1;
                most = most.max(open);
            }
        }
    }
    most
}

/// A page that cannot be parsed in reasonable time, read as text without its tags. A tag opens a line.
fn stripped(html: &str, source: &Source<'_>, mut diagnostics: Vec<Diagnostic>) -> Result<Article, ReadError> {
    let mut text = String::new();
    let mut end = 0;
    for (c, span) in Scanner::new(html) {
        let gap = &html[end..span.start as usize];
        if gap.contains('<') {
            text.push_str("\n\n");
        } else if !gap.is_empty() {
            text.push(' ');
        }
        text.push(c);
        end = span.end as usize;
    }
    diagnostics.push(
        Diagnostic::warning("the page's elements are nested too deep to be parsed; its tags were stripped instead")
            .hint("save the page anew from a browser, or as plain text"),
    );
    let mut article = crate::text::from_text(text, None, source, diagnostics)?;
    for block in &mut article.blocks {
        block.source = None;
    }
    Ok(article)
}

/// A title element without the site's name at either end.
fn without_site(title: &str, site: Option<&str>) -> String {
    for separator in [" | ", " - ", " – ", " — ", " :: "] {
        if let Some((rest, last)) = title.rsplit_once(separator)
            && (site.is_some_and(|site| site.eq_ignore_ascii_case(last.trim()))
                || last.split_whitespace().count() <= 3 && rest.split_whitespace().count() >= 4)
        {
            return rest.trim().to_owned();
        }
    }
    title.to_owned()
}

/// The host of an address, without "www.".
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_lowercase())
}

/// The beginning of a string that may be long.
fn clip(text: &str) -> String {
    text.chars().take(40).collect()
}
