//! Languages, on texts written for the test.

use demarche_sources::language::detect;

const TEXTS: &str = include_str!("../languages.tsv");

#[test]
fn texts_of_two_sentences_are_told_apart() {
    let rows = TEXTS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    let mut count = 0;
    for (language, text) in rows {
        let guess = detect(text);
        assert_eq!(guess.language, Some(language), "{text}");
        // A long article costs no more than a short one, and is told as well.
        let long = detect(&text.repeat(100));
        assert_eq!(long.language, Some(language), "{text}");
        assert!(long.confidence >= 0.5, "{language}: {long:?}");
        count += 1;
    }
    assert!(count >= 20, "{count} texts");
}

#[test]
fn of_short_texts_nothing_is_said() {
    for text in ["", "12:30", "Real Madrid 2, Barcelona 1", "Ministers meet in Lisse", "+++ 1234567890 +++ 1234567890 +++"] {
        assert_eq!(detect(text).language, None, "{text}");
    }
    assert_eq!(detect("\u{1680}\u{1681}\u{1682}".repeat(40).as_str()).language, None);
}
