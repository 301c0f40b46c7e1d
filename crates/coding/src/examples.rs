//! The lexicon's examples as tests: every row's sentence must code as the row says.

use demarche_types::{Document, Event, Span, TokenId};

use crate::Coder;
use crate::lexicon::Entry;
use crate::participants::phrase;

/// An example with its marks taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The plain sentence.
    pub text: String,
    /// The trigger word.
    pub trigger: Span,
    /// The actors' words.
    pub actors: Vec<Span>,
    /// The recipients' words.
    pub recipients: Vec<Span>,
}

/// What an example got wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFault {
    /// Id of the row.
    pub rule: String,
    /// What was expected and what came, in words.
    pub message: String,
}

impl Example {
    /// Reads `{A:...}`, `{R:...}` and `[...]` marks. The message says what is wrong with them.
    pub fn parse(marked: &str) -> Result<Self, String> {
        let (mut text, mut rest) = (String::new(), marked);
        let (mut trigger, mut actors, mut recipients) = (None, vec![], vec![]);
        while let Some(at) = rest.find(['{', '[']) {
            text.push_str(&rest[..at]);
            let (open, close) = if rest[at..].starts_with('[') { (1, ']') } else { (3, '}') };
            let end = at + rest[at..].find(close).ok_or("a mark is not closed")?;
            let body = rest.get(at + open..end).ok_or("a mark is too short")?;
            let span = Span::new(text.len(), text.len() + body.len());
            match rest.get(at..at + open) {
                Some("[") => trigger = Some(span),
                Some("{A:") => actors.push(span),
                Some("{R:") => recipients.push(span),
                _ => return Err("a mark in braces begins with A: or R:".into()),
            }
            text.push_str(body);
            rest = &rest[end + 1..];
        }
        text.push_str(rest);
        let trigger = trigger.ok_or("no word is marked as the trigger with [ ]")?;
        Ok(Self { text, trigger, actors, recipients })
    }
}

impl Coder {
    /// Compares what a row's example codes to with what it should. `doc` is its analysed text.
    pub fn check_example(&self, entry: &Entry, example: &Example, doc: &Document<'_>) -> Result<(), ExampleFault> {
        let fault = |message: String| Err(ExampleFault { rule: entry.id.to_string(), message });
        // A row is checked by itself, without the model.
        let coded = self.code(&Document { frames: None, ..doc.clone() });
        // A noun's event may be told at the verb that carries it, or the other way round.
        let carried = |e: &&Event| {
            let marked = |t: TokenId| doc.token(t).span.overlaps(example.trigger);
            e.modes.first() == entry.mode.as_ref()
                && Some(e.kind) == entry.kind
                && (doc.token(e.trigger_token).head.is_some_and(marked) || doc.children(e.trigger_token).any(marked))
        };
        let at = coded.events.iter().find(|e| e.trigger.overlaps(example.trigger)).or_else(|| coded.events.iter().find(carried));
        let Some(kind) = entry.kind else {
            return match at {
                None => Ok(()),
                Some(e) => fault(format!("no event was expected, {} by {} came", e.kind.as_str(), e.rule)),
            };
        };
        let Some(event) = at else {
            let others: Vec<String> = coded
                .events
                .iter()
                .map(|e| format!("{} at \u{201c}{}\u{201d}", e.kind.as_str(), e.trigger.of(doc.text())))
                .collect();
            let reject = coded.rejects.iter().find(|r| r.span.overlaps(example.trigger));
            let why =
                reject.map_or("no row matched".to_string(), |r| format!("{:?} ({})", r.reason, r.rule.as_deref().unwrap_or("-")));
            return fault(format!("no event at the marked word: {why}; other events: {others:?}"));
        };
        if event.kind != kind || event.modes.first() != entry.mode.as_ref() {
            return fault(format!(
                "{}{:?} by {} came",
                event.kind.as_str(),
                event.modes.iter().map(|m| m.0.as_str()).collect::<Vec<_>>(),
                event.rule
            ));
        }
        // A future act is coded as the agreement that it is; its code is another one by the codebook.
        if event.cameo != entry.cameo && event.rule != entry.id {
            return fault(format!("CAMEO {} by {} came, {} was expected", event.cameo, event.rule, entry.cameo));
        }
        for (what, want, have) in
            [("actors", &example.actors, &event.actors), ("recipients", &example.recipients, &event.recipients)]
        {
            let words: Vec<&str> = have.iter().map(|p| p.span.of(doc.text())).collect();
            let missing = want
                .iter()
                .find(|w| !have.iter().any(|p| doc.token(p.head).span.overlaps(**w) || phrase(doc, p.head).overlaps(**w)));
            let extra = have.iter().find(|p| !want.iter().any(|w| p.span.overlaps(*w)));
            if let Some(missing) = missing {
                return fault(format!("{what}: \u{201c}{}\u{201d} is missing from {words:?}", missing.of(&example.text)));
            }
            if let Some(extra) = extra {
                return fault(format!("{what}: \u{201c}{}\u{201d} is too many", extra.span.of(doc.text())));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out() {
        let example = Example::parse("{A:France} [condemned] {R:the raid}.").expect("reads");
        assert_eq!(example.text, "France condemned the raid.");
        assert_eq!(example.trigger.of(&example.text), "condemned");
        assert_eq!(example.recipients[0].of(&example.text), "the raid");
        for faulty in ["no mark", "{A:x} [y", "{B:x} [y]", "{A"] {
            assert!(Example::parse(faulty).is_err(), "{faulty}");
        }
    }
}
