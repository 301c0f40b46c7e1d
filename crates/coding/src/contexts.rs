//! Contexts (why) from the cue words of a sentence.

use std::collections::BTreeMap;

use compact_str::CompactString;
use demarche_types::{Context, Document, SentenceId};

use crate::lexicon::LexiconFile;

/// The cues of `data/lexicon/contexts.tsv`: runs of lemmas, keyed by their first.
#[derive(Clone, Debug, Default)]
pub(crate) struct ContextCues {
    runs: BTreeMap<CompactString, Vec<(Vec<CompactString>, CompactString)>>,
}

impl ContextCues {
    pub(crate) fn read(file: &LexiconFile<'_>) -> Self {
        let mut cues = Self::default();
        for line in file.text.lines().filter(|l| !l.starts_with('#')).skip(1) {
            let mut columns = line.split('\t');
            let (Some(context), Some(pattern)) = (columns.next(), columns.next()) else { continue };
            let words: Vec<CompactString> =
                pattern.split([' ', '-']).filter(|w| !w.is_empty()).map(CompactString::from).collect();
            if let Some(first) = words.first().cloned() {
                cues.runs.entry(first).or_default().push((words, context.into()));
            }
        }
        cues
    }

    /// The contexts of a sentence, in the codebook's alphabetical order.
    pub(crate) fn of(&self, doc: &Document<'_>, sentence: SentenceId) -> Vec<Context> {
        // Hyphens and spaces match one another, so hyphens are left out.
        let words: Vec<(CompactString, CompactString)> = doc
            .sentence_tokens(sentence)
            .filter(|&t| doc.form(t) != "-")
            .map(|t| (doc.token(t).lemma.to_lowercase(), doc.form(t).to_lowercase()))
            .map(|(lemma, form)| (lemma, CompactString::from(form)))
            .collect();
        let mut found: Vec<CompactString> = vec![];
        for begin in 0..words.len() {
            let (lemma, form) = &words[begin];
            let rows = self.runs.get(lemma).into_iter().chain(self.runs.get(form).filter(|_| form != lemma)).flatten();
            for (run, context) in rows {
                let here = words.get(begin..begin + run.len());
                if here.is_some_and(|h| h.iter().zip(run).all(|((l, f), w)| l == w || f == w)) {
                    found.push(context.clone());
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(Context).collect()
    }
}
