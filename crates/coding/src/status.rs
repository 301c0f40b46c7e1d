//! Whether an event is told as having happened: negation, modality, tense, conditionals, plans.

use std::collections::BTreeMap;

use compact_str::CompactString;
use demarche_types::{Deprel, Document, Status, TokenId, Upos, VerbForm};

use crate::lexicon::LexiconFile;
use crate::slots::preposition;
use crate::tree;

/// How far a governing word is looked for above a trigger.
const CLIMB: usize = 4;

/// The cues of `data/lexicon/status.tsv`.
#[derive(Clone, Debug, Default)]
pub(crate) struct StatusCues {
    /// Governing words: lemma and part of speech.
    governors: BTreeMap<(CompactString, char), Status>,
    /// Runs of words, keyed by their first.
    phrases: BTreeMap<CompactString, Vec<(Vec<CompactString>, Status)>>,
}

/// A finding, with its reason.
pub(crate) struct Finding {
    pub(crate) status: Status,
    pub(crate) why: String,
}

impl StatusCues {
    pub(crate) fn read(file: &LexiconFile<'_>) -> Self {
        let mut cues = Self::default();
        for line in file.text.lines().filter(|l| !l.starts_with('#')).skip(1) {
            let mut columns = line.split('\t');
            let (Some(kind), Some(pattern)) = (columns.next(), columns.next()) else { continue };
            let status = match kind {
                "negation" => Status::Negated,
                "modal" | "hypothetical" => Status::Hypothetical,
                "future" | "planned" => Status::Future,
                "historical" => Status::Historical,
                _ => continue,
            };
            let head = pattern.split(' ').next().unwrap_or("");
            match head.rsplit_once('.') {
                Some((lemma, pos @ ("v" | "n" | "a"))) => {
                    cues.governors.insert((lemma.into(), pos.chars().next().unwrap_or('v')), status);
                }
                _ => {
                    let words: Vec<CompactString> = pattern.split(' ').map(CompactString::from).collect();
                    if words.len() > 1 {
                        cues.phrases.entry(words[0].clone()).or_default().push((words, status));
                    }
                }
            }
        }
        cues
    }

    /// The status of the event that `trigger` tells, dates apart. `support` is the verb that carries a noun.
    pub(crate) fn of(&self, doc: &Document<'_>, trigger: TokenId, support: Option<TokenId>) -> Option<Finding> {
        let mut heads = vec![trigger];
        heads.extend(support);
        // "was arrested and charged": the first verb's auxiliaries hold for the second.
        if doc.token(trigger).deprel == Deprel::Conj
            && doc.children(trigger).all(|c| !matches!(doc.token(c).deprel, Deprel::Aux | Deprel::Nsubj | Deprel::NsubjPass))
        {
            heads.extend(doc.token(trigger).head.filter(|&h| doc.token(h).upos == doc.token(trigger).upos));
        }
        let strongest = |found: Vec<Finding>| found.into_iter().max_by_key(|f| rank(f.status));
        let own: Vec<Finding> = heads.iter().flat_map(|&h| self.near(doc, h)).collect();
        strongest(own).or_else(|| self.governed(doc, *heads.last().unwrap_or(&trigger)))
    }

    /// Negation, auxiliaries, determiners and cue phrases at the word itself.
    fn near(&self, doc: &Document<'_>, head: TokenId) -> Vec<Finding> {
        let mut found = vec![];
        let mut push = |status, why: String| found.push(Finding { status, why });
        for child in doc.children(head) {
            let (t, form) = (doc.token(child), doc.form(child).to_lowercase());
            match t.deprel {
                Deprel::Advmod | Deprel::Cc
                    if matches!(t.lemma.as_str(), "not" | "never" | "n't" | "neither" | "nor" | "hardly") =>
                {
                    push(Status::Negated, format!("\u{201c}{form}\u{201d}"));
                }
                Deprel::Det if matches!(t.lemma.as_str(), "no" | "neither") => {
                    push(Status::Negated, format!("\u{201c}{form}\u{201d}"))
                }
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj if is_negative_phrase(doc, child) => {
                    push(Status::Negated, format!("negative subject or object \u{201c}{form}\u{201d}"));
                }
                Deprel::Aux => match t.lemma.as_str() {
                    "will" | "shall" | "'ll" | "wo" => push(Status::Future, format!("\u{201c}{form}\u{201d}")),
                    "would" if reported(doc, head) => push(Status::Future, "\u{201c}would\u{201d} in reported speech".into()),
                    "may" | "might" | "could" | "would" | "can" | "should" | "must" | "ought" => {
                        push(Status::Hypothetical, format!("\u{201c}{form}\u{201d}"));
                    }
                    _ => {}
                },
                Deprel::Amod | Deprel::Advmod => {
                    let pos = if t.upos == Upos::Adj {
                        'a'
                    } else if t.upos == Upos::Verb {
                        'v'
                    } else {
                        continue;
                    };
                    if let Some(&status) = self.governors.get(&(t.lemma.clone(), pos)) {
                        push(status, format!("modifier \u{201c}{form}\u{201d}"));
                    }
                }
                Deprel::Case | Deprel::Mark if form == "without" => push(Status::Negated, "\u{201c}without\u{201d}".into()),
                Deprel::Mark if matches!(form.as_str(), "if" | "unless" | "whether") => {
                    push(Status::Hypothetical, format!("\u{201c}{form}\u{201d}"))
                }
                _ => {}
            }
        }
        found.extend(self.phrase_before(doc, head));
        found
    }

    /// A cue phrase that ends right before the trigger or its auxiliaries ("instead of attacking").
    fn phrase_before(&self, doc: &Document<'_>, head: TokenId) -> Option<Finding> {
        let first = doc.sentences[doc.sentence_of(head).index()].tokens.start;
        for begin in (first.max(head.0.saturating_sub(5))..head.0).map(TokenId) {
            let lower = doc.form(begin).to_lowercase();
            let lemma = doc.token(begin).lemma.as_str();
            let rows = [lower.as_str(), lemma].into_iter().filter_map(|w| self.phrases.get(w)).flatten();
            for (words, status) in rows {
                let end = begin.index() + words.len();
                let near_head = end <= head.index() && head.index() - end <= 1;
                let same = |(offset, word): (usize, &CompactString)| {
                    let at = TokenId::from(begin.index() + offset);
                    doc.form(at).eq_ignore_ascii_case(word) || doc.token(at).lemma == *word
                };
                if near_head && words.iter().enumerate().all(same) {
                    return Some(Finding { status: *status, why: format!("\u{201c}{}\u{201d}", words.join(" ")) });
                }
            }
        }
        None
    }

    /// A governing word above ("plans to", "failed to", "denied"), within the same or a complement clause.
    fn governed(&self, doc: &Document<'_>, trigger: TokenId) -> Option<Finding> {
        let mut at = trigger;
        for _ in 0..CLIMB {
            let token = doc.token(at);
            let head = token.head?;
            let passes = match token.deprel {
                Deprel::Xcomp | Deprel::Ccomp | Deprel::Obj | Deprel::NsubjPass | Deprel::Conj => true,
                Deprel::Acl => token.feats.verb_form == VerbForm::Inf || preposition(doc, at).is_some(),
                Deprel::Nmod | Deprel::Obl => {
                    preposition(doc, at).is_some_and(|p| matches!(p.as_str(), "of" | "for" | "from" | "to" | "about"))
                }
                Deprel::Advcl => {
                    preposition(doc, at).is_some_and(|p| matches!(p.as_str(), "from" | "of" | "for" | "if" | "unless"))
                }
                _ => false,
            };
            if !passes {
                return None;
            }
            let h = doc.token(head);
            let pos = match h.upos {
                Upos::Verb => 'v',
                Upos::Noun => 'n',
                Upos::Adj => 'a',
                _ => return None,
            };
            if token.deprel != Deprel::Conj {
                if let Some(&status) = self.governors.get(&(h.lemma.clone(), pos)) {
                    return Some(Finding { status, why: format!("governed by \u{201c}{}\u{201d}", doc.form(head)) });
                }
                if h.lemma == "go" && token.deprel == Deprel::Xcomp {
                    return Some(Finding { status: Status::Future, why: "\u{201c}going to\u{201d}".into() });
                }
                // An infinitive that nothing asserts takes the modality of its governor ("may agree to", "will start to").
                if let Some(found) =
                    self.near(doc, head).into_iter().max_by_key(|f| rank(f.status)).filter(|_| token.deprel != Deprel::Ccomp)
                {
                    return Some(found);
                }
            }
            at = head;
        }
        None
    }
}

fn rank(status: Status) -> u8 {
    match status {
        Status::Actual => 0,
        Status::Historical => 1,
        Status::Future => 2,
        Status::Hypothetical => 3,
        Status::Negated => 4,
    }
}

fn is_negative_phrase(doc: &Document<'_>, head: TokenId) -> bool {
    matches!(doc.token(head).lemma.to_lowercase().as_str(), "none" | "nobody" | "no-one" | "nothing")
        || doc.children(head).any(|c| doc.token(c).deprel == Deprel::Det && doc.token(c).lemma == "no")
}

/// Whether a clause is the content of a verb of saying in the past.
fn reported(doc: &Document<'_>, verb: TokenId) -> bool {
    doc.token(verb).deprel == Deprel::Ccomp && doc.token(verb).head.is_some_and(|h| tree::is_speech_lemma(&doc.token(h).lemma))
}
