//! Treebank text as an article, and gold trees as a document, so that a program can be run on gold
//! sentences and tokens or on the raw text.

use demarche_types::{Article, Block, BlockKind, Deprel, Document, Feats, Sentence, Token, TokenId, Upos};

use crate::conllu::{self, RawText};

/// The raw text as an article; every paragraph is a block.
pub fn article(id: &str, raw: &RawText) -> Article {
    let block = |&span| Block { kind: BlockKind::Paragraph, span, source: Some(span) };
    Article {
        language: Some("en".into()),
        blocks: raw.paragraphs.iter().map(block).collect(),
        ..Article::bare(id, raw.text.clone())
    }
}

/// The gold sentences, tokens and trees over an article that [`article`] made of the same raw text.
/// Words that got no characters of their own (a multiword token shorter than its words) keep an empty span.
pub fn gold_document<'a>(article: &'a Article, raw: &RawText, sentences: &[conllu::Sentence]) -> Document<'a> {
    let mut document = Document::new(article);
    let mut last_block = None;
    for (index, sentence) in sentences.iter().enumerate() {
        let spans = &raw.words[index];
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { continue };
        let start = document.tokens.len();
        let block = raw.paragraph_of[index];
        document.sentences.push(Sentence {
            span: first.cover(*last),
            tokens: start as u32..(start + spans.len()) as u32,
            block: block as u32,
            kind: BlockKind::Paragraph,
            opens_block: last_block != Some(block),
        });
        last_block = Some(block);
        document.tokens.extend(sentence.words.iter().zip(spans).map(|(word, &span)| Token {
            span,
            lemma: word.lemma.as_str().into(),
            upos: Upos::parse(&word.upos),
            feats: Feats::parse(&word.feats),
            head: word.head.checked_sub(1).map(|head| TokenId::from(start + head)),
            deprel: Deprel::parse(&word.deprel),
        }));
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::{Treebank, raw_text};
    use crate::parse::{Analysis, score};

    #[test]
    fn gold_as_a_document_scores_in_full() {
        let file = "# newpar\n1\tIts\tits\tPRON\t_\t_\t2\tnmod:poss\t_\t_\n2\tnavy\tnavy\tNOUN\t_\t_\t5\tnsubj\t_\t_\n\
                    3-4\tdidn’t\t_\t_\t_\t_\t_\t_\t_\t_\n3\tdid\tdo\tAUX\t_\t_\t5\taux\t_\t_\n4\tn’t\tnot\tPART\t_\t_\t5\tadvmod\t_\t_\n\
                    5\tfire\tfire\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n6\t.\t.\tPUNCT\t_\t_\t5\tpunct\t_\t_\n\n\
                    # newpar\n1-2\tcannot\t_\t_\t_\t_\t_\t_\t_\t_\n1\tcan\tcan\tAUX\t_\t_\t0\troot\t_\t_\n2\tnot\tnot\tPART\t_\t_\t1\tadvmod\t_\t_\n\n";
        let bank = Treebank::parse(file).expect("the file is well formed");
        let raw = raw_text(&bank.sentences);
        let article = article("x", &raw);
        let document = gold_document(&article, &raw, &bank.sentences);
        assert_eq!(document.form(TokenId(3)), "n’t");
        assert_eq!(document.sentences[1].block, 1);
        let gold = Analysis::from_conllu(&bank.sentences);
        let report = score(&gold, &Analysis::from_document(&document)).expect("the characters agree");
        for row in report.scores {
            assert_eq!((row.score.gold, row.score.system), (row.score.correct, row.score.correct), "{}", row.name);
        }
    }
}
