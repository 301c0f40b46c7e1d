//! Numbers told with an event: the dead, the injured, those taking part.

use demarche_types::{Deprel, Document, EventType, Magnitude, Span, TokenId, Upos};

use crate::dates::cardinal;
use crate::{slots, tree};

/// Reads the numbers that hang on an assault or a protest and on the verbs that tell what it did.
pub(crate) fn of(doc: &Document<'_>, trigger: TokenId, kind: EventType) -> Magnitude {
    let mut out = Magnitude::default();
    if kind == EventType::Protest {
        out.size = slots::of(doc, trigger).subj.into_iter().find_map(|t| counted(doc, t));
        return out;
    }
    if kind != EventType::Assault {
        return out;
    }
    let anchor = told_by(doc, trigger);
    // "killed 14 and wounded 30" are two events, each with its number; "the blast killed 14 and wounded 30" is one.
    let joined = anchor != trigger;
    for token in doc.sentence_tokens(doc.sentence_of(trigger)) {
        if !same_act(doc, anchor, token, joined) {
            continue;
        }
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

/// The verb whose clause tells an event that a noun names, or the word itself.
fn told_by(doc: &Document<'_>, trigger: TokenId) -> TokenId {
    let verb = |t: &TokenId| doc.token(*t).upos == Upos::Verb;
    let nominal = |t: TokenId| {
        matches!(doc.token(t).deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Obl | Deprel::OblAgent)
    };
    if verb(&trigger) || !nominal(trigger) { trigger } else { doc.token(trigger).head.filter(verb).unwrap_or(trigger) }
}

/// Whether a word stands in the clause of another, without a coordinated clause that has a subject of its own in between, or
/// without any coordinated clause, as `joined` says.
fn same_act(doc: &Document<'_>, a: TokenId, b: TokenId, joined: bool) -> bool {
    let climbs = |from: TokenId, to: TokenId| {
        let apart = |&t: &TokenId| {
            !joined && doc.token(t).deprel == Deprel::Conj && doc.token(t).upos == Upos::Verb
                || matches!(doc.token(t).deprel, Deprel::Conj | Deprel::Parataxis | Deprel::Ccomp)
                    && doc.children(t).any(|c| matches!(doc.token(c).deprel, Deprel::Nsubj | Deprel::NsubjPass))
        };
        tree::under(doc, from, to) && !tree::ancestors(doc, from).take_while(|&t| t != to).any(|t| apart(&t))
    };
    climbs(a, b) || climbs(b, a)
}

/// The number that counts a noun, or that the token itself is.
fn counted(doc: &Document<'_>, noun: TokenId) -> Option<(u64, Span)> {
    let of = |t: TokenId| {
        let ones = number(&doc.form(t).to_lowercase())?;
        // "twenty-five": the tens hang on the ones.
        let tens = doc.children(t).find_map(|c| {
            let value = number(&doc.form(c).to_lowercase()).filter(|n| n % 10 == 0 && (20..100).contains(n))?;
            (ones < 10 && c < t && doc.token(c).upos == doc.token(t).upos).then_some((value, c))
        });
        let span = doc.token(t).span;
        Some(tens.map_or((ones, span), |(value, c)| (value + ones, doc.token(c).span.cover(span))))
    };
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
    let figure = |c: TokenId| {
        let form = doc.form(c);
        form.starts_with(|d: char| d.is_ascii_digit()).then(|| form.parse::<f64>().ok()).flatten().filter(|v| v * factor < 1e15)
    };
    let part = doc.children(head).find_map(|c| figure(c).map(|v| (v, c)))?;
    Some(((part.0 * factor).round() as u64, doc.token(part.1).span.cover(doc.token(head).span)))
}

/// A number in figures (with thousands separators) or in one word, lower-cased.
fn number(form: &str) -> Option<u64> {
    if let Some(word) = cardinal(form) {
        return Some(u64::from(word));
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
