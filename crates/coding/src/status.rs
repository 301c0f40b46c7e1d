//! Whether an event is told as having happened: negation, modality, tense, conditionals, plans.

use std::collections::BTreeMap;

use compact_str::CompactString;
use demarche_types::{Deprel, Document, Status, TokenId, Upos, VerbForm};

use crate::lexicon::{Constraint, LexiconError, LexiconFile, status_rows};
use crate::slots::{self, preposition};
use crate::tree;
use crate::triggers::holds;

/// How far a governing word is looked for above a trigger.
const CLIMB: usize = 4;

/// The conditions of a row and the status that it gives.
type Governing = (Vec<Constraint>, Status);

/// The cues of `data/lexicon/status.tsv`.
#[derive(Clone, Debug, Default)]
pub(crate) struct StatusCues {
    /// Governing words, auxiliaries and modifiers: lemma and part of speech, with the rows of each in the file's order.
    governors: BTreeMap<(CompactString, char), Vec<Governing>>,
    /// Adverbs, determiners, conjunctions and pronouns.
    words: BTreeMap<CompactString, Status>,
    /// Runs of words, keyed by their first.
    phrases: BTreeMap<CompactString, Vec<(Vec<CompactString>, Status)>>,
}

/// A finding, with its reason.
pub(crate) struct Finding {
    pub(crate) status: Status,
    pub(crate) why: String,
}

impl StatusCues {
    /// Reads the table; a row that cannot be honoured, or that stands twice, is an error with its line.
    pub(crate) fn read(file: &LexiconFile<'_>, classes: &[LexiconFile<'_>]) -> Result<Self, LexiconError> {
        let mut cues = Self::default();
        for row in status_rows(file, classes)? {
            let status = match row.kind {
                "negation" => Status::Negated,
                "modal" | "hypothetical" => Status::Hypothetical,
                "future" | "planned" => Status::Future,
                "historical" => Status::Historical,
                other => return Err(row.error(format!("`{other}` is no kind of status cue"))),
            };
            let twice = match (&row.head, row.pattern.contains(' ')) {
                (Some((lemma, pos)), _) => {
                    let rows = cues.governors.entry((lemma.clone(), *pos)).or_default();
                    let twice = rows.iter().any(|(constraints, _)| *constraints == row.constraints);
                    rows.push((row.constraints.clone(), status));
                    twice
                }
                (None, false) => cues.words.insert(row.pattern.into(), status).is_some(),
                (None, true) => {
                    let words: Vec<CompactString> = row.pattern.split(' ').map(CompactString::from).collect();
                    let rows = cues.phrases.entry(words[0].clone()).or_default();
                    let twice = rows.iter().any(|(other, _)| *other == words);
                    rows.push((words, status));
                    twice
                }
            };
            if twice {
                return Err(row.error(format!("`{}` stands twice", row.pattern)));
            }
        }
        Ok(cues)
    }

    /// What a word of some part of speech makes of what it governs or modifies: the first of its rows that holds.
    fn governor(&self, doc: &Document<'_>, token: TokenId, pos: char) -> Option<Status> {
        let rows = self.governors.get(&(doc.token(token).lemma.to_lowercase(), pos))?;
        let slots = slots::of(doc, token);
        rows.iter().find(|(constraints, _)| constraints.iter().all(|c| holds(doc, &slots, c))).map(|&(_, status)| status)
    }

    /// The status of a small word, as printed or by its lemma.
    fn word(&self, doc: &Document<'_>, token: TokenId) -> Option<Status> {
        let form = doc.form(token).to_lowercase();
        let found = self.words.get(form.as_str()).or_else(|| self.words.get(&doc.token(token).lemma));
        found.copied()
    }

    /// The status of the event that `trigger` tells, dates apart. `support` is the verb that carries a noun.
    pub(crate) fn of(&self, doc: &Document<'_>, trigger: TokenId, support: Option<TokenId>) -> Option<Finding> {
        let mut heads = vec![trigger];
        heads.extend(support);
        heads.extend(shared_verb(doc, trigger));
        let strongest = |found: Vec<Finding>| found.into_iter().max_by_key(|f| rank(f.status));
        let own: Vec<Finding> = heads.iter().flat_map(|&h| self.near(doc, h)).collect();
        strongest(own).or_else(|| self.governed(doc, *heads.last().unwrap_or(&trigger)))
    }

    /// A conjunction or preposition of the event's own that says it was not done ("without").
    pub(crate) fn undone(&self, doc: &Document<'_>, trigger: TokenId) -> Option<Finding> {
        let mut own = doc.children(trigger).filter(|&c| matches!(doc.token(c).deprel, Deprel::Mark | Deprel::Case));
        let cue = own.find(|&c| self.word(doc, c) == Some(Status::Negated))?;
        Some(Finding { status: Status::Negated, why: format!("\u{201c}{}\u{201d}", doc.form(cue)) })
    }

    /// Negation, auxiliaries, determiners and cue phrases at the word itself.
    fn near(&self, doc: &Document<'_>, head: TokenId) -> Vec<Finding> {
        let mut found = vec![];
        let mut push = |status, why: String| found.push(Finding { status, why });
        for child in doc.children(head) {
            let (t, form) = (doc.token(child), doc.form(child).to_lowercase());
            let on = || format!("\u{201c}{form}\u{201d} on \u{201c}{}\u{201d}", doc.form(head));
            if is_small(t.deprel)
                && let Some(status) = self.word(doc, child)
            {
                push(status, on());
                continue;
            }
            match t.deprel {
                // Words that deny or doubt a subject or object do so with the whole clause ("neither Russia nor Iran was invited").
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj => {
                    let own = Some(child).filter(|_| t.upos == Upos::Pron || t.upos == Upos::Noun);
                    let small =
                        doc.children(child).filter(|&c| is_small(doc.token(c).deprel) && doc.token(c).deprel != Deprel::Case);
                    let found = own.into_iter().chain(small).find_map(|c| Some((c, self.word(doc, c)?)));
                    if let Some((word, status)) = found {
                        push(status, format!("\u{201c}{}\u{201d} in its subject or object", doc.form(word)));
                    }
                }
                Deprel::Aux if t.lemma == "would" && reported(doc, head) => {
                    push(Status::Future, "\u{201c}would\u{201d} in reported speech".into());
                }
                Deprel::Aux => {
                    if let Some(status) = self.governor(doc, child, 'v').or_else(|| self.word(doc, child)) {
                        push(status, on());
                    }
                }
                Deprel::Amod | Deprel::Advmod => {
                    let pos = match t.upos {
                        Upos::Adj => 'a',
                        Upos::Verb => 'v',
                        _ => continue,
                    };
                    if let Some(status) = self.governor(doc, child, pos) {
                        push(status, format!("modifier \u{201c}{form}\u{201d}"));
                    }
                }
                _ => {}
            }
        }
        // "Had Iran attacked": an auxiliary before its subject, in a clause that hangs on another.
        let inverted = |c: &TokenId| {
            matches!(doc.form(*c), "Had" | "had" | "Should" | "should" | "Were" | "were")
                && matches!(doc.token(*c).deprel, Deprel::Aux | Deprel::AuxPass)
                && doc.children(head).any(|s| matches!(doc.token(s).deprel, Deprel::Nsubj | Deprel::NsubjPass) && *c < s)
        };
        if doc.token(head).deprel == Deprel::Advcl && doc.children(head).any(|c| inverted(&c)) {
            found.push(Finding { status: Status::Hypothetical, why: "inversion".into() });
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
        self.governed_within(doc, trigger, CLIMB)
    }

    /// The same, up to so many words above.
    fn governed_within(&self, doc: &Document<'_>, trigger: TokenId, climb: usize) -> Option<Finding> {
        let mut at = trigger;
        for left in (0..climb).rev() {
            let token = doc.token(at);
            let head = token.head?;
            let passes = match token.deprel {
                Deprel::Xcomp | Deprel::Ccomp | Deprel::Obj | Deprel::NsubjPass | Deprel::Conj => true,
                // An infinitive or a that-clause of a noun tells what the noun is about; its participles tell what happened to it.
                Deprel::Acl => token.feats.verb_form != VerbForm::Part || preposition(doc, at).is_some(),
                Deprel::Nmod | Deprel::Obl => {
                    preposition(doc, at).is_some_and(|p| matches!(p.as_str(), "of" | "for" | "from" | "to" | "about"))
                }
                Deprel::Advcl => match preposition(doc, at).as_deref() {
                    Some("from" | "of" | "for" | "if" | "unless") => true,
                    // What something that has not happened must wait for has not happened either.
                    Some("before" | "until") => {
                        let waits = self.near(doc, head).into_iter().any(|f| rank(f.status) >= rank(Status::Future));
                        return waits.then(|| Finding {
                            status: Status::Hypothetical,
                            why: format!("\u{201c}{}\u{201d} waits for it", doc.form(head)),
                        });
                    }
                    _ => false,
                },
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
            // "denied that it had used force and blamed": a finite verb is not joined to a participle, whatever the parser says.
            if tree::strange_conjunct(doc, at) {
                return None;
            }
            if token.deprel != Deprel::Conj {
                if let Some(status) = self.governor(doc, head, pos) {
                    let own = Finding { status, why: format!("governed by \u{201c}{}\u{201d}", doc.form(head)) };
                    // "rejected accusations that": who rejects or denies the claim denies what it is about.
                    let denied = (pos == 'n' && status == Status::Hypothetical)
                        .then(|| self.governed_within(doc, head, left))
                        .flatten()
                        .filter(|above| above.status == Status::Negated);
                    return Some(denied.unwrap_or(own));
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

/// Relations of the small words that deny, doubt or date what they hang on.
fn is_small(relation: Deprel) -> bool {
    matches!(
        relation,
        Deprel::Advmod | Deprel::Cc | Deprel::CcPreconj | Deprel::Det | Deprel::Case | Deprel::Mark | Deprel::OblUnmarked
    )
}

/// The verb whose auxiliaries hold for a conjunct too: "was arrested and charged", "did not sign or recall". None do for a
/// verb that is finite by itself ("did not sign and expelled").
fn shared_verb(doc: &Document<'_>, conjunct: TokenId) -> Option<TokenId> {
    let token = doc.token(conjunct);
    let first = token.head.filter(|&h| token.deprel == Deprel::Conj && doc.token(h).upos == token.upos)?;
    let has = |t: TokenId, relations: &[Deprel]| tree::child(doc, t, relations).is_some();
    let finite = |t: TokenId| doc.token(t).feats.verb_form == VerbForm::Fin;
    let own = has(conjunct, &[Deprel::Aux, Deprel::Nsubj, Deprel::NsubjPass])
        || finite(conjunct) && (!finite(first) || has(first, &[Deprel::Aux, Deprel::AuxPass]));
    (!own).then_some(first)
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

/// Whether a clause is the content of a verb of saying in the past.
fn reported(doc: &Document<'_>, verb: TokenId) -> bool {
    doc.token(verb).deprel == Deprel::Ccomp && doc.token(verb).head.is_some_and(|h| tree::is_speech_lemma(&doc.token(h).lemma))
}
