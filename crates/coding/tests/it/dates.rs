//! Date expressions, datelines and which date belongs to which event.

use demarche_coding::dates::{AttachContext, Bound, DateKind, DateMention, attach, dateline, find};
use demarche_types::{DatePrecision, Document, TokenId};
use jiff::civil::Date;

use crate::common::{Case, Parts, check};

fn interval(start: Option<Date>, end: Option<Date>) -> String {
    let show = |date: Option<Date>| date.map_or_else(|| "?".to_owned(), |d| d.to_string());
    match (start, end) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (None, None) => "?".to_owned(),
        (a, b) => format!("{}..{}", show(a), show(b)),
    }
}

fn precision(precision: DatePrecision) -> &'static str {
    match precision {
        DatePrecision::Day => "day",
        DatePrecision::Range => "range",
        DatePrecision::Month => "month",
        DatePrecision::Year => "year",
        DatePrecision::Vague => "vague",
    }
}

/// " 3 week", with the number when it is known.
fn length(mention: &DateMention) -> String {
    let Some((number, unit)) = mention.length else { return String::new() };
    let number = number.map_or_else(|| "some".to_owned(), |n| n.to_string());
    format!(" {number} {}", format!("{unit:?}").to_lowercase())
}

fn line(doc: &Document<'_>, mention: &DateMention) -> String {
    let kind = match mention.kind {
        DateKind::Absolute => "absolute",
        DateKind::Deictic => "deictic",
        DateKind::Anaphoric => "anaphoric",
        DateKind::Duration => return format!("{} = duration{}\n", mention.span.of(doc.text()), length(mention)),
        DateKind::Vague => "open",
    };
    let bound = match mention.bound {
        Bound::At => "",
        Bound::Since => " since",
        Bound::Until => " until",
        Bound::By => " by",
        Bound::Before => " before",
        Bound::After => " after",
    };
    let historical = if mention.historical { " historical" } else { "" };
    let days = interval(mention.start, mention.end);
    let length = length(mention);
    format!("{} = {days} {} {kind}{bound}{historical}{length}\n", mention.span.of(doc.text()), precision(mention.precision))
}

/// Writes what the case asks for: mentions, the dateline, or the date of a trigger.
fn render(case: &Case) -> String {
    let parts = Parts::new(&case.input, case.field("published"));
    let doc = parts.document();
    let published = doc.article.published.map(|p| p.date);
    let mentions = find(&doc, published);
    let line_of_doc = dateline(&doc);
    if let Some(triggers) = case.field("triggers") {
        let ids: Vec<TokenId> = triggers
            .split_whitespace()
            .map(|form| {
                let at = doc.tokens.iter().position(|t| t.span.of(doc.text()) == form);
                TokenId::from(at.unwrap_or_else(|| panic!("no token {form}")))
            })
            .collect();
        let context = AttachContext {
            mentions: &mentions,
            published,
            dateline: line_of_doc.as_ref(),
            told_as_new: case.field("new") != Some("no"),
            triggers: &ids,
        };
        return ids
            .iter()
            .map(|&id| {
                let date = attach(&doc, id, &context);
                let words = date.span.map_or("-", |s| s.of(doc.text()));
                let basis = format!("{:?}", date.basis).to_lowercase();
                format!("{} = {} {} {basis} {words}\n", doc.form(id), interval(date.start, date.end), precision(date.precision))
            })
            .collect();
    }
    if case.field("show") == Some("dateline") {
        let Some(found) = line_of_doc else { return "none".to_owned() };
        let words = |span: Option<demarche_types::Span>| span.map_or("-", |s| s.of(doc.text()));
        return format!(
            "{} | {} = {} | {}",
            words(found.place),
            words(found.date_span),
            interval(found.date, found.date),
            words(found.agency)
        );
    }
    mentions.iter().map(|m| line(&doc, m)).collect()
}

#[test]
fn cases_read_as_expected() {
    check("dates", 80, render);
}

#[test]
fn no_text_panics() {
    // Fragments that break off inside an expression, at every length.
    let text = "On June 13-15, 2024 (2019-20) the ’90s 9/11 31/02/2024 2024-13-45 between 3 and 5 May; Q3 the first half of two-day mid- late in the end of an hour ago 99999999 years ago February 30 from Monday to – “overnight into";
    for (at, _) in text.char_indices() {
        for slice in [&text[..at], &text[at..]] {
            if slice.trim().is_empty() {
                continue;
            }
            let parts = Parts::new(slice, Some("2025-06-26"));
            let doc = parts.document();
            for mention in find(&doc, Some(jiff::civil::date(2025, 6, 26))) {
                assert!(mention.span.end as usize <= doc.text().len());
                assert!(mention.start.is_none() || mention.end.is_none() || mention.start <= mention.end, "{mention:?}");
            }
            dateline(&doc);
        }
    }
}
