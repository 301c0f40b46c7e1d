//! A dependency tree as indented text.

use demarche_types::{Document, SentenceId, TokenId};

/// Draws the tree of a sentence, a word a line: dependents stand below their head, in the order of the text.
/// `note` says what a word heads beyond the syntax. Words that no root reaches follow, so that nothing is hidden
/// when a model yields no proper tree.
pub(super) fn draw(document: &Document<'_>, sentence: SentenceId, note: impl Fn(TokenId) -> Option<String>) -> Vec<String> {
    let first = document.sentences[sentence.index()].tokens.start;
    let mut drawing = Drawing { document, first, note: &note, drawn: vec![], lines: vec![] };
    let in_sentence = |token: TokenId| document.sentences[sentence.index()].tokens.contains(&token.0);
    drawing.drawn = vec![false; document.sentence_tokens(sentence).len()];
    for token in document.sentence_tokens(sentence) {
        if document.token(token).head.is_none_or(|head| !in_sentence(head)) {
            drawing.word(token, "", "");
        }
    }
    for token in document.sentence_tokens(sentence) {
        if !drawing.is_drawn(token) {
            drawing.word(token, "? ", "  ");
        }
    }
    drawing.lines
}

struct Drawing<'d, N> {
    document: &'d Document<'d>,
    first: u32,
    note: &'d N,
    drawn: Vec<bool>,
    lines: Vec<String>,
}

impl<N: Fn(TokenId) -> Option<String>> Drawing<'_, N> {
    fn is_drawn(&self, token: TokenId) -> bool {
        self.drawn[(token.0 - self.first) as usize]
    }

    /// A word with `lead` before it and its dependents below it; every later line begins with `indent`. Each
    /// word is drawn once, which ends the recursion on a cycle.
    fn word(&mut self, token: TokenId, lead: &str, indent: &str) {
        self.drawn[(token.0 - self.first) as usize] = true;
        let layer = self.document.token(token);
        let mut line = format!("{lead}{}  {} {}", self.document.form(token), layer.upos.as_str(), layer.deprel.as_str());
        if let Some(note) = (self.note)(token) {
            line += "   \u{2190} ";
            line += &note;
        }
        self.lines.push(line);
        let children: Vec<TokenId> = self.document.children(token).filter(|&c| !self.is_drawn(c)).collect();
        for (rank, &child) in children.iter().enumerate() {
            let is_last = rank + 1 == children.len();
            let (lead, below) = if is_last { ("\u{2514}\u{2500} ", "   ") } else { ("\u{251c}\u{2500} ", "\u{2502}  ") };
            if !self.is_drawn(child) {
                self.word(child, &format!("{indent}{lead}"), &format!("{indent}{below}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use demarche_types::{Article, BlockKind, Deprel, Feats, Sentence, Span, Token, Upos};

    use super::*;

    /// Words with head (from 1, 0 for the root) and relation, drawn.
    fn drawn(words: &[(&str, u32, Deprel)]) -> String {
        let text = words.iter().map(|w| w.0).collect::<Vec<_>>().join(" ");
        let article = Article::bare("x", text.clone());
        let mut document = Document::new(&article);
        let mut at = 0;
        for &(form, head, deprel) in words {
            let span = Span::new(at, at + form.len());
            at += form.len() + 1;
            let head = head.checked_sub(1).map(TokenId);
            document.tokens.push(Token { span, lemma: form.into(), upos: Upos::Noun, feats: Feats::default(), head, deprel });
        }
        let tokens = 0..words.len() as u32;
        let span = Span::new(0, text.len());
        document.sentences.push(Sentence { span, tokens, block: 0, kind: BlockKind::Paragraph, opens_block: true });
        draw(&document, SentenceId(0), |t| (t.0 == 2).then(|| "NOR".to_owned())).join("\n")
    }

    #[test]
    fn dependents_stand_below_their_heads() {
        let tree =
            drawn(&[("the", 2, Deprel::Det), ("minister", 3, Deprel::Nsubj), ("met", 0, Deprel::Root), ("them", 3, Deprel::Obj)]);
        assert_eq!(
            tree,
            "met  NOUN root   \u{2190} NOR\n\u{251c}\u{2500} minister  NOUN nsubj\n\u{2502}  \u{2514}\u{2500} the  NOUN det\n\u{2514}\u{2500} them  NOUN obj"
        );
    }

    #[test]
    fn cycles_end_and_every_word_is_drawn() {
        let tree = drawn(&[("a", 2, Deprel::Dep), ("b", 1, Deprel::Dep), ("c", 0, Deprel::Root)]);
        assert_eq!(tree, "c  NOUN root   \u{2190} NOR\n? a  NOUN dep\n  \u{2514}\u{2500} b  NOUN dep");
    }
}
