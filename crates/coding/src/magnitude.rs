//! Numbers told with an event: the dead, the injured, those taking part.

use demarche_types::{Deprel, Document, EventType, Magnitude, Span, TokenId};

use crate::slots;

/// Reads the numbers that hang on an assault or a protest and on the verbs of its sentence.
pub(crate) fn of(doc: &Document<'_>, trigger: TokenId, kind: EventType) -> Magnitude {
    let mut out = Magnitude::default();
    if kind == EventType::Protest {
        out.size = slots::of(doc, trigger).subj.into_iter().find_map(|t| counted(doc, t));
        return out;
    }
    if kind != EventType::Assault {
        return out;
    }
    for token in doc.sentence_tokens(doc.sentence_of(trigger)) {
        let dead = match doc.token(token).lemma.as_str() {
            "kill" | "slay" | "massacre" | "die" | "dead" | "execute" => true,
            "wound" | "injure" | "hurt" => false,
            _ => continue,
        };
        let slots = slots::of(doc, token);
        let who = if doc.token(token).lemma == "die" { slots.subj } else { slots.obj };
        let noun = doc.token(token).head.filter(|_| doc.token(token).deprel == Deprel::Amod);
        let number = who.into_iter().chain(noun).chain([token]).find_map(|t| counted(doc, t));
        let field = if dead { &mut out.dead } else { &mut out.injured };
        if field.is_none() {
            *field = number;
        }
    }
    out
}

/// The number that counts a noun, or that the token itself is.
fn counted(doc: &Document<'_>, noun: TokenId) -> Option<(u64, Span)> {
    let of = |t: TokenId| number(&doc.form(t).to_lowercase()).map(|n| (n, doc.token(t).span));
    let counts = |c: &TokenId| doc.token(*c).deprel == Deprel::Nummod;
    of(noun).or_else(|| doc.children(noun).filter(counts).find_map(|c| of(c).or_else(|| scaled(doc, c))))
}

/// "3.5 million": the multiplier is the head, the figure its dependent.
fn scaled(doc: &Document<'_>, head: TokenId) -> Option<(u64, Span)> {
    let factor = match doc.form(head) {
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        _ => return None,
    };
    let part = doc.children(head).find_map(|c| doc.form(c).parse::<f64>().ok().map(|v| (v, c)))?;
    Some(((part.0 * factor).round() as u64, doc.token(part.1).span.cover(doc.token(head).span)))
}

const WORDS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];
const TENS: &[&str] = &["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A number in figures (with thousands separators) or in one word, lower-cased.
fn number(form: &str) -> Option<u64> {
    if let Some(small) = WORDS.iter().position(|w| *w == form) {
        return Some(small as u64);
    }
    if let Some(tens) = TENS.iter().position(|w| *w == form) {
        return Some(30 + 10 * tens as u64);
    }
    let digits: String = form.chars().filter(|c| *c != ',').collect();
    if digits.len() > 15 || digits.is_empty() { None } else { digits.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_in_figures_and_words() {
        for (form, value) in
            [("12", Some(12)), ("1,200", Some(1200)), ("seven", Some(7)), ("forty", Some(40)), ("dozens", None), ("", None)]
        {
            assert_eq!(number(form), value, "{form}");
        }
    }
}
