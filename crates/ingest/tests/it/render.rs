//! An article as text: facts first, then one line a block.

use std::fmt::Write;

use demarche_ingest::ReadError;
use demarche_types::{Article, BlockKind, Furniture};

/// Renders what was read from one input.
pub(crate) fn render(items: impl Iterator<Item = Result<Article, ReadError>>) -> String {
    let mut out = String::new();
    for (at, item) in items.enumerate() {
        if at > 0 {
            out.push_str("====\n");
        }
        match item {
            Ok(article) => render_article(&article, &mut out),
            Err(error) => writeln!(out, "error: {error}\nhint: {}", error.hint).expect("a string takes everything"),
        }
    }
    out
}

fn render_article(article: &Article, out: &mut String) {
    let mut line = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            writeln!(out, "{name}: {value}").expect("a string takes everything");
        }
    };
    line("id", Some(&article.id.0));
    line("origin", Some(&article.origin));
    line("url", article.url.as_deref());
    line("title", article.title.as_deref());
    line("byline", article.byline.as_deref());
    line("site", article.site.as_deref());
    line("section", article.section.as_deref());
    let published = article.published.map(|published| format!("{} ({:?})", published.date, published.source));
    line("published", published.as_deref());
    line("language", article.language.as_deref());
    for diagnostic in &article.diagnostics {
        line("note", Some(&diagnostic.message));
    }
    line("--", Some(&format!("{} blocks", article.blocks.len())));
    for block in &article.blocks {
        let text = block.span.of(&article.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let text = if text.chars().count() > 90 {
            let chars: Vec<char> = text.chars().collect();
            format!("{}…{}", chars[..60].iter().collect::<String>(), chars[chars.len() - 25..].iter().collect::<String>())
        } else {
            text
        };
        let place = if block.source.is_some() { "" } else { " ?" };
        writeln!(out, "{} | {}..{}{place} | {text}", name(block.kind), block.span.start, block.span.end)
            .expect("a string takes everything");
    }
}

fn name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Deck => "deck",
        BlockKind::Subhead => "subhead",
        BlockKind::Paragraph => "paragraph",
        BlockKind::ListItem => "item",
        BlockKind::Caption => "caption",
        BlockKind::PullQuote => "pull-quote",
        BlockKind::PullQuoteSource => "pull-quote-source",
        BlockKind::Byline => "byline",
        BlockKind::Furniture(Furniture::Breadcrumb) => "x breadcrumb",
        BlockKind::Furniture(Furniture::RepeatedTitle) => "x repeated-title",
        BlockKind::Furniture(Furniture::RelatedPosts) => "x related",
        BlockKind::Furniture(Furniture::CommentForm) => "x comments",
        BlockKind::Furniture(Furniture::Notice) => "x notice",
        BlockKind::Furniture(Furniture::Navigation) => "x navigation",
        BlockKind::Furniture(Furniture::Advertisement) => "x advertisement",
        BlockKind::Furniture(Furniture::PageData) => "x page-data",
    }
}
