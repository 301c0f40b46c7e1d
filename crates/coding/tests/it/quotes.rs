//! Quotations, reported speech, speakers and outlets.

use demarche_coding::quotes::{RawQuote, attribution_of, find};
use demarche_types::{AttributionKind, Document, TokenId};

use crate::common::{Case, Parts, check};

fn line(doc: &Document<'_>, quote: &RawQuote) -> String {
    let kind = match quote.kind {
        AttributionKind::Direct => "direct",
        AttributionKind::Indirect => "indirect",
        AttributionKind::Mixed => "mixed",
    };
    let cue_kind = quote.cue_kind.map_or("-".to_owned(), |k| format!("{k:?}").to_lowercase());
    let media = if quote.by_media { " media" } else { "" };
    let speaker = quote.speaker.map_or("-".to_owned(), |speaker| {
        let name = speaker.span.of(doc.text());
        match speaker.said.filter(|_| speaker.said != speaker.head) {
            Some(said) => format!("{name} ({})", doc.form(said)),
            None => name.to_owned(),
        }
    });
    let cue = quote.cue.map_or("-", |c| c.of(doc.text()));
    let via = quote.via.map_or("-", |v| doc.form(v));
    let goes_on = quote.continues.map_or(String::new(), |from| format!(" (goes on from {from})"));
    format!("{kind} {cue_kind}{media} | {speaker} | {cue} | {via} | {}{goes_on}\n", quote.span.of(doc.text()))
}

fn render(case: &Case) -> String {
    let parts = Parts::new(&case.input, None);
    let doc = parts.document();
    let raw = find(&doc);
    for quote in &raw {
        assert!(quote.span.end as usize <= doc.text().len() && quote.tokens.end as usize <= doc.tokens.len());
    }
    if let Some(words) = case.field("attribution_of") {
        return words
            .split_whitespace()
            .map(|form| {
                let at =
                    doc.tokens.iter().position(|t| t.span.of(doc.text()) == form).unwrap_or_else(|| panic!("no token {form}"));
                let through: Vec<&str> = attribution_of(TokenId::from(at), &raw)
                    .into_iter()
                    .map(|i| raw[i].speaker.map_or("-", |s| s.span.of(doc.text())))
                    .collect();
                let through = through.join(" > ");
                format!("{form} = {}\n", if through.is_empty() { "-" } else { &through })
            })
            .collect();
    }
    raw.iter().map(|q| line(&doc, q)).collect()
}

#[test]
fn cases_read_as_expected() {
    check("quotes", 30, render);
}

#[test]
fn broken_marks_and_trees_do_no_harm() {
    let texts = [
        "“He said “no” and ‘left",
        "”” \" ' \"\"",
        "said \"",
        "“”",
        "According to",
        "in the words of",
        "'s \"a\" said: “",
        "«b» „c“ said said said",
    ];
    for text in texts {
        let parts = Parts::new(text, None);
        find(&parts.document());
        // The same tokens as verbs whose heads run in a circle.
        let mut doc = parts.document();
        let count = doc.tokens.len();
        for (index, token) in doc.tokens.iter_mut().enumerate() {
            token.head = Some(TokenId::from((index + 1) % count));
            token.upos = demarche_types::Upos::Verb;
            token.lemma = "say".into();
            token.deprel = if index % 2 == 0 { demarche_types::Deprel::Ccomp } else { demarche_types::Deprel::Parataxis };
        }
        for quote in find(&doc) {
            assert!(quote.tokens.start <= quote.tokens.end, "{quote:?}");
        }
    }
}
