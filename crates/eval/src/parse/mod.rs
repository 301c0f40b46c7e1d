//! The evaluation of the CoNLL 2018 shared task: raw text to dependency trees.
//!
//! Source: Zeman et al., "CoNLL 2018 Shared Task: Multilingual Parsing from Raw Text to Universal
//! Dependencies", section 4 (the metrics and the alignment of words). Gold and system must hold the
//! same characters apart from white space. Tokens and sentences are compared by their characters,
//! words are aligned (inside multiword tokens by the longest common subsequence of their forms), and
//! the syntactic scores ask for aligned heads. Subtypes of relations are ignored.

mod align;

use std::fmt;

use demarche_types::Document;
use serde::Serialize;

use crate::conllu;
use crate::report::{Row, Score, Table, json};
use crate::stripped::strip;
use align::align;

/// One side of the comparison: the characters, and what was made of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysis {
    /// All characters other than white space.
    pub chars: Vec<char>,
    /// Surface tokens, as ranges of `chars`.
    pub tokens: Vec<(usize, usize)>,
    /// Sentences, as ranges of `chars`.
    pub sentences: Vec<(usize, usize)>,
    /// Words of all sentences.
    pub words: Vec<Word>,
    /// Whether the words carry morphological features; without them UFeats is not scored.
    pub has_feats: bool,
}

/// A syntactic word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its token, as a range of characters; words of a multiword token share it.
    pub span: (usize, usize),
    /// Whether it is part of a multiword token.
    pub multiword: bool,
    /// Form, lower-cased.
    pub form: String,
    /// Lemma; a gold lemma of `_` matches anything.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// Universal features, sorted.
    pub feats: String,
    /// Index of the head among all words; `None` for a root.
    pub head: Option<usize>,
    /// Main type of the relation.
    pub deprel: String,
}

/// Why two analyses cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// The characters differ.
    #[error("gold and system differ at character {at} (white space not counted): gold has {gold:?}, system has {system:?}")]
    Characters {
        /// Index of the first character that differs.
        at: usize,
        /// The gold text from there, cut short.
        gold: String,
        /// The system's text from there, cut short.
        system: String,
    },
}

/// Scores of the CoNLL 2018 shared task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ParseReport {
    /// Tokens, Sentences, Words, UPOS, UFeats, Lemmas, UAS, LAS, CLAS, in this order.
    pub scores: Vec<Row>,
    /// Words that could be aligned.
    pub aligned: usize,
}

impl Analysis {
    /// Gold, or a system's output written as CoNLL-U.
    pub fn from_conllu(sentences: &[conllu::Sentence]) -> Self {
        let mut analysis = Self { has_feats: true, ..Self::default() };
        for sentence in sentences {
            let first = analysis.words.len();
            let start = analysis.chars.len();
            for token in &sentence.tokens {
                let span = analysis.push_token(&token.form);
                for word in &sentence.words[token.start..token.end] {
                    analysis.words.push(Word {
                        span,
                        multiword: token.multiword,
                        form: strip(&word.form).collect::<String>().to_lowercase(),
                        lemma: word.lemma.clone(),
                        upos: word.upos.clone(),
                        feats: universal_feats(&word.feats),
                        head: word.head.checked_sub(1).map(|h| first + h),
                        deprel: main_type(&word.deprel),
                    });
                }
            }
            analysis.sentences.push((start, analysis.chars.len()));
        }
        analysis
    }

    /// The tree layer of a document. Words whose spans meet form one surface token where English
    /// treebanks write a multiword token: before a clitic ("'s", "n't") and in "cannot".
    pub fn from_document(document: &Document<'_>) -> Self {
        let mut analysis = Self::default();
        for sentence in &document.sentences {
            let start = analysis.chars.len();
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            let mut group = range.start;
            while group < range.end {
                let mut end = group + 1;
                while end < range.end && is_joined(document, end) {
                    end += 1;
                }
                let first = document.tokens[group].span;
                let last = document.tokens[end - 1].span;
                let span = analysis.push_token(first.cover(last).of(document.text()));
                for token in &document.tokens[group..end] {
                    analysis.words.push(Word {
                        span,
                        multiword: end - group > 1,
                        form: strip(token.span.of(document.text())).collect::<String>().to_lowercase(),
                        lemma: token.lemma.to_string(),
                        upos: token.upos.as_str().to_owned(),
                        feats: String::new(),
                        head: token.head.map(|h| h.index()),
                        deprel: main_type(token.deprel.as_str()),
                    });
                }
                group = end;
            }
            analysis.sentences.push((start, analysis.chars.len()));
        }
        analysis
    }

    /// Appends another analysis, as if its text followed.
    pub fn append(&mut self, other: Analysis) {
        let (chars, words) = (self.chars.len(), self.words.len());
        let shift = |(start, end): (usize, usize)| (start + chars, end + chars);
        self.has_feats = (self.has_feats || words == 0) && other.has_feats;
        self.chars.extend(other.chars);
        self.tokens.extend(other.tokens.into_iter().map(shift));
        self.sentences.extend(other.sentences.into_iter().map(shift));
        self.words.extend(other.words.into_iter().map(|word| Word {
            span: shift(word.span),
            head: word.head.map(|h| h + words),
            ..word
        }));
    }

    fn push_token(&mut self, form: &str) -> (usize, usize) {
        let start = self.chars.len();
        self.chars.extend(strip(form));
        let span = (start, self.chars.len());
        self.tokens.push(span);
        span
    }
}

/// Scores a system's analysis against gold.
pub fn score(gold: &Analysis, system: &Analysis) -> Result<ParseReport, ParseError> {
    check_characters(gold, system)?;
    let pairs = align(&gold.words, &system.words);
    let mut gold_of = vec![None; system.words.len()];
    for &(g, s) in &pairs {
        gold_of[s] = Some(g);
    }
    // A head agrees when both are roots, or when the system's head is aligned with the gold head.
    let heads_agree = |g: usize, s: usize| match (gold.words[g].head, system.words[s].head) {
        (None, None) => true,
        (Some(gold_head), Some(system_head)) => gold_of[system_head] == Some(gold_head),
        _ => false,
    };
    let words = |agree: &dyn Fn(usize, usize) -> bool| {
        let correct = pairs.iter().filter(|&&(g, s)| agree(g, s)).count();
        Score::new(gold.words.len(), system.words.len(), correct)
    };
    let labelled = |g: usize, s: usize| heads_agree(g, s) && gold.words[g].deprel == system.words[s].deprel;
    let content = |word: &Word| is_content(&word.deprel);
    let clas = Score::new(
        gold.words.iter().filter(|w| content(w)).count(),
        system.words.iter().filter(|w| content(w)).count(),
        pairs.iter().filter(|&&(g, s)| content(&gold.words[g]) && labelled(g, s)).count(),
    );

    let mut scores = vec![
        Row::new("Tokens", spans(&gold.tokens, &system.tokens)),
        Row::new("Sentences", spans(&gold.sentences, &system.sentences)),
        Row::new("Words", words(&|_, _| true)),
        Row::new("UPOS", words(&|g, s| gold.words[g].upos == system.words[s].upos)),
    ];
    if gold.has_feats && system.has_feats {
        scores.push(Row::new("UFeats", words(&|g, s| gold.words[g].feats == system.words[s].feats)));
    }
    scores.push(Row::new("Lemmas", words(&|g, s| gold.words[g].lemma == "_" || gold.words[g].lemma == system.words[s].lemma)));
    scores.push(Row::new("UAS", words(&heads_agree)));
    scores.push(Row::new("LAS", words(&labelled)));
    scores.push(Row::new("CLAS", clas));
    Ok(ParseReport { scores, aligned: pairs.len() })
}

impl ParseReport {
    /// The score of a name ("LAS"), when it was computed.
    pub fn get(&self, name: &str) -> Option<Score> {
        self.scores.iter().find(|row| row.name == name).map(|row| row.score)
    }

    /// The report as JSON.
    pub fn to_json(&self) -> String {
        json(self)
    }
}

impl fmt::Display for ParseReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Table::of_scores("metric", &self.scores).fmt(f)
    }
}

fn check_characters(gold: &Analysis, system: &Analysis) -> Result<(), ParseError> {
    if gold.chars == system.chars {
        return Ok(());
    }
    let at = gold.chars.iter().zip(&system.chars).take_while(|(g, s)| g == s).count();
    let cut = |chars: &[char]| chars.iter().skip(at).take(20).collect();
    Err(ParseError::Characters { at, gold: cut(&gold.chars), system: cut(&system.chars) })
}

/// Spans agree when both ends do. Both lists are sorted.
fn spans(gold: &[(usize, usize)], system: &[(usize, usize)]) -> Score {
    let (mut g, mut s, mut correct) = (0, 0, 0);
    while g < gold.len() && s < system.len() {
        match gold[g].0.cmp(&system[s].0) {
            std::cmp::Ordering::Less => g += 1,
            std::cmp::Ordering::Greater => s += 1,
            std::cmp::Ordering::Equal => {
                correct += usize::from(gold[g].1 == system[s].1);
                g += 1;
                s += 1;
            }
        }
    }
    Score::new(gold.len(), system.len(), correct)
}

fn main_type(deprel: &str) -> String {
    deprel.split(':').next().unwrap_or_default().to_owned()
}

/// Relations of content words; function words and punctuation are left out of CLAS.
fn is_content(deprel: &str) -> bool {
    const CONTENT: [&str; 28] = [
        "nsubj",
        "obj",
        "iobj",
        "csubj",
        "ccomp",
        "xcomp",
        "obl",
        "vocative",
        "expl",
        "dislocated",
        "advcl",
        "advmod",
        "discourse",
        "nmod",
        "appos",
        "nummod",
        "acl",
        "amod",
        "conj",
        "fixed",
        "flat",
        "compound",
        "list",
        "parataxis",
        "orphan",
        "goeswith",
        "reparandum",
        "root",
    ];
    // The script counts `dep` as content too.
    CONTENT.contains(&deprel) || deprel == "dep"
}

/// The features that the shared task compares, sorted; others are dropped.
fn universal_feats(feats: &str) -> String {
    const UNIVERSAL: [&str; 21] = [
        "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number", "Case", "Definite", "Degree",
        "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident", "Polarity", "Person", "Polite",
    ];
    let mut kept: Vec<&str> = feats.split('|').filter(|f| UNIVERSAL.contains(&f.split('=').next().unwrap_or_default())).collect();
    kept.sort_unstable();
    kept.join("|")
}

/// Whether a token hangs on the one before it as part of a multiword token.
fn is_joined(document: &Document<'_>, index: usize) -> bool {
    const CLITICS: [&str; 8] = ["'s", "n't", "'m", "'re", "'ve", "'ll", "'d", "nt"];
    let (before, token) = (document.tokens[index - 1].span, document.tokens[index].span);
    if before.end != token.start {
        return false;
    }
    let lower = |span: demarche_types::Span| span.of(document.text()).to_lowercase().replace('’', "'");
    let (left, right) = (lower(before), lower(token));
    let follows_letter = left.chars().next_back().is_some_and(char::is_alphanumeric);
    let clitic = CLITICS.contains(&right.as_str());
    // A bare apostrophe is a clitic only as a possessive; otherwise it closes a quotation.
    let possessive = right == "'" && document.tokens[index].upos == demarche_types::Upos::Part;
    let cannot = left == "can" && right == "not";
    let merged = matches!((left.as_str(), right.as_str()), ("gon" | "wan" | "got", "na" | "ta") | ("gim" | "lem", "me"));
    (follows_letter && (clitic || possessive)) || cannot || merged
}

#[cfg(test)]
mod tests;
