//! Whether a text looks like English, by its function words. Good enough for a warning: results on other languages mean
//! nothing, and nothing else would say so.

use demarche_types::Article;

/// Function words of English that other languages with the same letters hardly use.
const FUNCTION_WORDS: [&str; 42] = [
    "the", "of", "and", "to", "that", "with", "by", "from", "are", "were", "has", "have", "had", "but", "they", "which", "their",
    "this", "who", "its", "been", "would", "said", "she", "his", "it", "be", "not", "after", "than", "when", "there", "into",
    "about", "before", "could", "should", "these", "those", "while", "where", "because",
];

/// English news has about one such word in five, lists of headlines one in twelve, other languages one in fifty.
const SHARE: f64 = 0.07;

/// Fewer words than these do not tell a language.
const WORDS: usize = 20;

/// Characters of a script without Latin letters that count as a word: some of them write no spaces.
const FOREIGN_WORD: usize = 3;

/// Whether the story of an article looks like English; `None` when it has too few words to tell.
pub fn looks_english(article: &Article) -> Option<bool> {
    let blocks = article.blocks.iter().filter(|block| block.kind.is_coded());
    let (mut words, mut english) = (0, 0);
    for block in blocks {
        for word in block.span.of(&article.text).split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            let latin = word.chars().any(|c| c <= '\u{24f}');
            words += if latin { 1 } else { word.chars().count().div_ceil(FOREIGN_WORD) };
            english += usize::from(FUNCTION_WORDS.iter().any(|function| word.eq_ignore_ascii_case(function)));
        }
    }
    (words >= WORDS).then_some(english as f64 >= SHARE * words as f64)
}

#[cfg(test)]
mod tests {
    use demarche_types::{Block, BlockKind, Furniture, Span};

    use super::*;

    fn article(text: &str, kind: BlockKind) -> Article {
        let span = Span::new(0, text.len());
        Article { blocks: vec![Block { kind, span, source: Some(span) }], ..Article::bare("x", text) }
    }

    fn looks(text: &str) -> Option<bool> {
        looks_english(&article(text, BlockKind::Paragraph))
    }

    #[test]
    fn english_is_told_from_other_languages() {
        for text in [
            "The minister flew to Lima on Monday for talks with his counterpart, who said that the border would be open by May.",
            "Police fire tear gas at protesters in Nairobi. Chad recalls envoy after raid. Peru and Chile sign fishing deal. \
             Rebels free 12 hostages. Storm kills nine in Manila.",
        ] {
            assert_eq!(looks(text), Some(true), "{text}");
        }
        for text in [
            "Der Minister flog am Montag nach Lima, um mit seinem Amtskollegen zu sprechen, und sagte, die Grenze werde im Mai \
             wieder offen sein, so hoffe er.",
            "Le ministre est parti lundi pour Lima afin de rencontrer son homologue et il a dit que la frontière serait ouverte \
             en mai, si tout va bien.",
            "De minister vloog maandag naar Lima om met zijn ambtgenoot te praten en zei dat de grens in mei open zou gaan of \
             anders in juni, zoals hij had beloofd.",
            "Ministeren fløj mandag til Lima for at tale med sin kollega og sagde, at grænsen ville blive åbnet til maj, hvis \
             alt går som det skal.",
            "Министр вылетел в понедельник в Лиму на переговоры со своим коллегой и сказал, что граница откроется в мае, если \
             всё пойдёт хорошо, и не раньше.",
            "外交部长星期一飞往利马与对方会谈并表示边境将在五月开放如果一切顺利的话双方还将签署新的渔业协议并讨论边境贸易问题以及矿山合作和铁路建设等计划。",
        ] {
            assert_eq!(looks(text), Some(false), "{text}");
        }
    }

    #[test]
    fn a_few_words_and_furniture_tell_nothing() {
        assert_eq!(looks("Der Minister flog nach Lima."), None);
        let menu = "Politik Wirtschaft Sport Kultur Reisen Wetter ".repeat(6);
        assert_eq!(looks_english(&article(&menu, BlockKind::Furniture(Furniture::Navigation))), None);
    }
}
