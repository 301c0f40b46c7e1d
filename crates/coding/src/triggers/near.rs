//! Why words told no event: the rows of the lexicon that came closest, and what each of them lacks.

use std::cmp::Reverse;

use demarche_types::{Deprel, Document, SentenceId, TokenId};

use super::{find, fits, head_pos, is_modifier, satisfied};
use crate::lexicon::{Constraint, Entry, HeadPos, Lexicon, Place};
use crate::{slots, triggers};

/// At most this many rows are named for a word: farther ones tell nothing.
const ROWS: usize = 3;

/// A content word that no row of the lexicon took for a trigger.
#[derive(Clone, Debug)]
pub struct NearWord<'l> {
    /// The word.
    pub token: TokenId,
    /// The rows of its lemma that came closest, the closest first. Empty for a verb that has no rows.
    pub rows: Vec<NearRow<'l>>,
}

/// A row that nearly fits a word.
#[derive(Clone, Debug)]
pub struct NearRow<'l> {
    /// The row.
    pub entry: &'l Entry,
    /// How many of its conditions hold.
    pub met: usize,
    /// What it lacks.
    pub miss: Miss<'l>,
}

/// What keeps a row from being used.
#[derive(Clone, Debug)]
pub enum Miss<'l> {
    /// The first condition that failed, and the words that stand in its place.
    Condition(&'l Constraint, Vec<TokenId>),
    /// All conditions hold, but the word only qualifies a noun ("a besieged city").
    Modifier,
    /// All conditions hold, but the word belongs to the pattern of this trigger.
    Consumed(TokenId),
}

/// A row that fits a trigger.
#[derive(Clone, Copy, Debug)]
pub struct FittingRow<'l> {
    /// The row.
    pub entry: &'l Entry,
    /// How specific it is: the heaviest row is used, the earlier one of equals.
    pub weight: u32,
}

/// The verbs of a sentence that told nothing, and the nouns and adjectives that have rows and told nothing.
pub(crate) fn near_rows<'l>(doc: &Document<'_>, sentence: SentenceId, lexicon: &'l Lexicon) -> Vec<NearWord<'l>> {
    let found = find(doc, sentence, lexicon);
    let quiet = |token: &TokenId| !found.iter().any(|t| t.token == *token);
    doc.sentence_tokens(sentence).filter(quiet).filter_map(|token| near_word(doc, token, lexicon, &found)).collect()
}

/// The rows that fit a word, in the order of the lexicon's files.
pub(crate) fn fitting<'l>(doc: &Document<'_>, token: TokenId, lexicon: &'l Lexicon) -> Vec<FittingRow<'l>> {
    let Some(pos) = head_pos(doc, token) else { return vec![] };
    let slots = slots::of(doc, token);
    let lemma = doc.token(token).lemma.to_lowercase();
    let rows = lexicon.of(&lemma, pos);
    rows.filter(|(_, e)| fits(doc, &slots, e).is_some()).map(|(_, entry)| FittingRow { entry, weight: entry.weight() }).collect()
}

fn near_word<'l>(doc: &Document<'_>, token: TokenId, lexicon: &'l Lexicon, found: &[triggers::Trigger]) -> Option<NearWord<'l>> {
    let pos = head_pos(doc, token)?;
    let slots = slots::of(doc, token);
    let mut rows: Vec<NearRow<'l>> = vec![];
    for (_, entry) in lexicon.of(&doc.token(token).lemma.to_lowercase(), pos) {
        let holds = |c: &&Constraint| super::holds(doc, &slots, c);
        let met = entry.constraints.iter().filter(holds).count();
        let miss = match entry.constraints.iter().find(|c| !holds(c)) {
            Some(constraint) => Miss::Condition(constraint, in_place(doc, &slots, constraint)),
            None if is_modifier(doc, token) => Miss::Modifier,
            None => Miss::Consumed(found.iter().find(|t| t.consumed.contains(&token))?.token),
        };
        rows.push(NearRow { entry, met, miss });
    }
    // A sense that is no event would not have made one, so it comes last.
    rows.sort_by_key(|row| {
        let missing = row.entry.constraints.len() - row.met;
        (row.entry.kind.is_none(), missing, Reverse(row.met))
    });
    rows.truncate(ROWS);
    // "according to", "based on": verbs by form, not by what they do, need no row.
    let is_link = matches!(doc.token(token).deprel, Deprel::Case | Deprel::Mark);
    (!rows.is_empty() || (pos == HeadPos::Verb && !is_link)).then_some(NearWord { token, rows })
}

/// The words that a condition looked at.
fn in_place(doc: &Document<'_>, slots: &slots::Slots, constraint: &Constraint) -> Vec<TokenId> {
    match &constraint.place {
        _ if constraint.negated => satisfied(doc, slots, constraint).map(|(token, _)| token).into_iter().collect(),
        Place::Particle => slots.particles.clone(),
        Place::Modifier => slots.modifiers.clone(),
        Place::Complement => slots.comps.clone(),
        Place::Slot(slot) => triggers::fillers(doc, slots, slot),
    }
}

#[cfg(test)]
mod tests {
    use demarche_types::{Article, BlockKind, Feats, Sentence, Span, Token, Upos};

    use super::*;
    use crate::lexicon::LexiconFile;

    const ROWS: &str = "pattern\tframe\ttype\tmode\tcameo\troot\tcontexts\texample\n\
        receive.v obj:envoy\tactor=subj\tCONSULT\t\t040\t\t\t\n\
        receive.v obj:envoy from:*\tactor=subj\tCONSULT\t\t040\t\t\t\n\
        receive.v !obj:letter\t\tNONE\t\t\t\t\t\n\
        visit.n\tactor=subj\tCONSULT\tvisit\t042\t\t\t\n";

    fn article(text: &str) -> Article {
        Article::bare("x", text)
    }

    /// Words as lemma, tag, head (from 1, 0 for the root) and relation.
    fn document<'a>(article: &'a Article, words: &[(&str, Upos, u32, Deprel)]) -> Document<'a> {
        let mut doc = Document::new(article);
        let mut at = 0;
        for &(lemma, upos, head, deprel) in words {
            let span = Span::new(at, at + lemma.len());
            at += lemma.len() + 1;
            let head = head.checked_sub(1).map(TokenId);
            doc.tokens.push(Token { span, lemma: lemma.into(), upos, feats: Feats::default(), head, deprel });
        }
        let span = Span::new(0, article.text.len());
        let tokens = 0..words.len() as u32;
        doc.sentences.push(Sentence { span, tokens, block: 0, kind: BlockKind::Paragraph, opens_block: true });
        doc
    }

    fn lexicon() -> Lexicon {
        Lexicon::read(&[], &[LexiconFile { name: "t", text: ROWS }]).expect("the rows are well formed")
    }

    #[test]
    fn the_closest_row_comes_first_with_what_it_lacks() {
        let article = article("chief receive letter walk");
        let words = [
            ("chief", Upos::Noun, 2, Deprel::Nsubj),
            ("receive", Upos::Verb, 0, Deprel::Root),
            ("letter", Upos::Noun, 2, Deprel::Obj),
            ("walk", Upos::Verb, 2, Deprel::Conj),
        ];
        let (doc, lexicon) = (document(&article, &words), lexicon());
        let near = near_rows(&doc, SentenceId(0), &lexicon);
        let tokens: Vec<u32> = near.iter().map(|word| word.token.0).collect();
        assert_eq!(tokens, [1, 3], "nouns without rows are passed over, verbs without rows are told");
        let lines: Vec<u32> = near[0].rows.iter().map(|row| row.entry.line).collect();
        assert_eq!(lines, [2, 3, 4], "what is no event comes last");
        assert!(matches!(&near[0].rows[0].miss, Miss::Condition(c, found) if !c.negated && *found == [TokenId(2)]));
        assert!(matches!(&near[0].rows[2].miss, Miss::Condition(c, found) if c.negated && *found == [TokenId(2)]));
        assert!(near[1].rows.is_empty());
    }

    #[test]
    fn a_qualifying_word_is_told_and_a_trigger_is_not() {
        let article = article("visit chief visit");
        let words = [
            ("visit", Upos::Noun, 2, Deprel::Compound),
            ("chief", Upos::Noun, 3, Deprel::Compound),
            ("visit", Upos::Noun, 0, Deprel::Root),
        ];
        let (doc, lexicon) = (document(&article, &words), lexicon());
        let near = near_rows(&doc, SentenceId(0), &lexicon);
        assert_eq!(near.iter().map(|word| word.token.0).collect::<Vec<_>>(), [0]);
        assert!(matches!(near[0].rows[0].miss, Miss::Modifier));
        assert_eq!(fitting(&doc, TokenId(2), &lexicon).len(), 1);
    }
}
