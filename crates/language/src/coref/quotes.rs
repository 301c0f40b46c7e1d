//! Quotations and who speaks them, as far as the words "I" and "he" need it.

use demarche_types::{Deprel, Document, TokenId, Upos};

use super::facts::Children;

/// A stretch between quotation marks.
#[derive(Clone, Copy, Debug)]
struct Quote {
    start: u32,
    end: u32,
    /// The mention that names its speaker.
    speaker: Option<u32>,
}

/// The quotations of a document in order; they do not nest.
pub(super) struct Quotes {
    quotes: Vec<Quote>,
}

impl Quotes {
    pub(super) fn find(doc: &Document<'_>, children: &Children, headed: &[Option<u32>]) -> Self {
        let mut quotes = vec![];
        let mut open: Option<u32> = None;
        let mut block = None;
        for sentence in &doc.sentences {
            if block.is_some_and(|b| b != sentence.block) {
                // A quotation that runs on is opened again by the next paragraph.
                if let Some(start) = open.take() {
                    quotes.push(Quote { start, end: sentence.tokens.start, speaker: None });
                }
            }
            block = Some(sentence.block);
            for t in sentence.tokens.clone() {
                match (doc.form(TokenId(t)), open) {
                    ("“" | "``" | "„" | "«", None) | ("\"", None) => open = Some(t),
                    ("”" | "''" | "»" | "\"", Some(start)) => {
                        open = None;
                        quotes.push(Quote { start, end: t + 1, speaker: None });
                    }
                    _ => {}
                }
            }
        }
        if let Some(start) = open {
            quotes.push(Quote { start, end: doc.tokens.len() as u32, speaker: None });
        }
        let mut found = Self { quotes };
        found.attribute(doc, children, headed);
        found
    }

    /// The quotation around a token.
    pub(super) fn around(&self, token: TokenId) -> Option<u32> {
        let at = self.quotes.partition_point(|q| q.end <= token.0);
        self.quotes.get(at).is_some_and(|q| q.start <= token.0).then_some(at as u32)
    }

    /// The mention that names a quotation's speaker.
    pub(super) fn speaker(&self, quote: u32) -> Option<u32> {
        self.quotes[quote as usize].speaker
    }

    fn attribute(&mut self, doc: &Document<'_>, children: &Children, headed: &[Option<u32>]) {
        for index in 0..self.quotes.len() {
            let quote = self.quotes[index];
            let near = [quote.start, quote.end - 1].map(|t| doc.sentence_of(TokenId(t)));
            let own = near.iter().find_map(|&s| self.cue_in(doc, children, headed, s));
            let block = |q: &Quote| doc.sentences.get(doc.sentence_of(TokenId(q.start)).index()).map(|s| s.block);
            // Later words of one paragraph go on speaking.
            let before = || {
                let last = self.quotes[..index].last()?;
                last.speaker.filter(|_| block(last) == block(&quote))
            };
            self.quotes[index].speaker = own.or_else(before);
        }
    }

    /// The subject of a verb of speech that stands in the sentence outside of every quotation.
    fn cue_in(
        &self,
        doc: &Document<'_>,
        children: &Children,
        headed: &[Option<u32>],
        sentence: demarche_types::SentenceId,
    ) -> Option<u32> {
        doc.sentence_tokens(sentence).filter(|&t| doc.token(t).upos == Upos::Verb && self.around(t).is_none()).find_map(|t| {
            if !SPEECH.contains(&doc.token(t).lemma.as_str()) {
                return None;
            }
            let subject = children.of(t).iter().copied().find(|&c| doc.token(c).deprel == Deprel::Nsubj)?;
            headed[subject.index()].filter(|_| self.around(subject).is_none())
        })
    }
}

/// Verbs whose subject speaks the quoted words.
const SPEECH: &[&str] = &[
    "say",
    "tell",
    "add",
    "state",
    "write",
    "note",
    "explain",
    "claim",
    "announce",
    "declare",
    "argue",
    "ask",
    "reply",
    "insist",
    "comment",
    "continue",
    "warn",
    "tweet",
    "recall",
    "respond",
    "conclude",
    "stress",
    "observe",
    "suggest",
    "admit",
    "describe",
    "remark",
    "quote",
    "post",
    "report",
    "call",
    "urge",
    "believe",
    "think",
    "answer",
    "complain",
    "joke",
    "condemn",
    "accuse",
    "emphasize",
    "emphasise",
    "assert",
    "maintain",
    "acknowledge",
    "promise",
    "vow",
    "predict",
    "read",
    "exclaim",
    "shout",
];
