//! Sentences and words: the cases in `tests/cases/segment`, and what must hold for any text.

use std::fmt::Write;
use std::path::Path;

use demarche_language::segment::{MAX_WORDS, SegmentModelError, Segmenter, Segments};

const WEIGHTS: &[u8] = include_bytes!("../../../../models/segment.bin");

/// Sentences one a line, tokens parted by spaces, words of a multiword token by "|".
fn shown(segmenter: &Segmenter, text: &str) -> String {
    let mut segments = Segments::new();
    segmenter.segment(text, &mut segments);
    let mut out = String::new();
    for sentence in 0..segments.sentences.len() {
        for (index, word) in segments.words_of(sentence).iter().enumerate() {
            let joint = match (index, word.starts_token) {
                (0, _) => "",
                (_, true) => " ",
                (_, false) => "|",
            };
            write!(out, "{joint}{}", word.span.of(text)).expect("writing to a string");
        }
        out.push('\n');
    }
    out
}

/// Replaces `\r` and `\u{...}` in a case's input.
fn unescaped(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        if let Some(after) = rest[at..].strip_prefix("\\r") {
            out.push('\r');
            rest = after;
        } else if let Some((code, after)) = rest[at..].strip_prefix("\\u{").and_then(|code| code.split_once('}')) {
            let code = u32::from_str_radix(code, 16).expect("hexadecimal digits");
            out.push(char::from_u32(code).expect("a character"));
            rest = after;
        } else {
            out.push('\\');
            rest = &rest[at + 1..];
        }
    }
    out + rest
}

#[test]
fn cases() {
    let segmenter = Segmenter::embedded().expect("the embedded weights");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/segment");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the case folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let (mut count, mut failures) = (0, String::new());
    for file in files {
        let cases = std::fs::read_to_string(&file).expect("a case file");
        for case in cases.split("\n\n").filter(|case| case.contains("\n= ") && case.starts_with('>')) {
            let input: Vec<String> = case
                .lines()
                .filter_map(|line| line.strip_prefix('>'))
                .map(|line| unescaped(line.strip_prefix(' ').unwrap_or(line)))
                .collect();
            let expected: String =
                case.lines().filter_map(|line| line.strip_prefix("= ")).flat_map(|line| [line, "\n"]).collect();
            let found = shown(&segmenter, &input.join("\n"));
            count += 1;
            if found != expected {
                let name = file.file_name().unwrap_or_default().display();
                write!(failures, "{name}\nexpected:\n{expected}found:\n{found}\n").expect("writing to a string");
            }
        }
    }
    assert!(count >= 60, "only {count} cases were read");
    assert!(failures.is_empty(), "{failures}");
}

/// Texts without sense: every kind of character in a pseudo-random order, the same on every run.
fn noise(length: usize, mut state: u64) -> String {
    const PIECES: [&str; 40] = [
        "a", "The", "U.S", ".", ".", " ", " ", "\n", "\n\n", "\"", "'", "“", "”", "’", "-", "—", "…", "(", ")", "[", "@",
        "http://", "5", "1,000", "%", "$", "é", "東京", "\u{200d}", "\u{301}", "🇺🇳", "\u{0}", "n't", "cannot", "www.", "#", "/",
        ":", "?", "!",
    ];
    let mut text = String::new();
    while text.len() < length {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push_str(PIECES[(state >> 33) as usize % PIECES.len()]);
    }
    text
}

#[test]
fn words_cover_the_text_in_order() {
    let segmenter = Segmenter::embedded().expect("the embedded weights");
    let mut segments = Segments::new();
    for seed in 0..400 {
        let text = noise(seed as usize, seed);
        segmenter.segment(&text, &mut segments);
        let mut at = 0;
        for word in &segments.words {
            let gap = &text[at..word.span.start as usize];
            let is_blank = |c: char| c.is_whitespace() || c.is_control() || "\u{200b}\u{feff}\u{ad}".contains(c);
            assert!(gap.chars().all(is_blank), "{gap:?} of {text:?} is in no word");
            assert!(!word.span.is_empty());
            at = word.span.end as usize;
        }
        let mut next = 0;
        for (sentence, &span) in segments.sentences.iter().enumerate() {
            let range = segments.range(sentence);
            assert_eq!(range.start, next);
            assert!(!range.is_empty());
            assert_eq!(span.start, segments.words[range.start].span.start);
            assert_eq!(span.end, segments.words[range.end - 1].span.end);
            assert!(segments.words[range.start].starts_token);
            next = range.end;
        }
        assert_eq!(next, segments.words.len());
    }
}

#[test]
fn a_reused_buffer_changes_nothing() {
    let segmenter = Segmenter::embedded().expect("the embedded weights");
    let mut reused = Segments::new();
    for seed in 0..50 {
        let text = noise(300, seed);
        segmenter.segment(&text, &mut reused);
        let mut fresh = Segments::new();
        segmenter.segment(&text, &mut fresh);
        assert_eq!((&reused.sentences, &reused.words), (&fresh.sentences, &fresh.words));
    }
}

#[test]
fn empty_texts_have_no_sentences() {
    let segmenter = Segmenter::embedded().expect("the embedded weights");
    let mut segments = Segments::new();
    for text in ["", " ", "\n\n\n", "\u{feff}"] {
        segmenter.segment(text, &mut segments);
        assert!(segments.sentences.is_empty() && segments.words.is_empty(), "{text:?}");
    }
}

#[test]
fn long_sentences_are_cut() {
    let segmenter = Segmenter::embedded().expect("the embedded weights");
    let mut segments = Segments::new();
    let list = "towns, villages and ".repeat(1_000);
    let dashes = "-x".repeat(3_000);
    for text in [
        list.as_str(),
        dashes.as_str(),
        &"'s".repeat(2_000),
        &"n't".repeat(900),
        &"a.b".repeat(2_000),
        &noise(100_000, 9).replace(['\n', '.'], ""),
    ] {
        segmenter.segment(text, &mut segments);
        for sentence in 0..segments.sentences.len() {
            assert!(segments.range(sentence).len() <= MAX_WORDS);
        }
    }
}

#[test]
fn work_grows_with_length_only() {
    let segmenter = Segmenter::embedded().expect("the embedded weights");
    let mut segments = Segments::new();
    // A quadratic step would take minutes on any of these.
    for unit in ["x", "-", ".", "\"", "a.", "(", "word ", "5,", "a\n", "http://a.b/", "A. "] {
        segmenter.segment(&unit.repeat(2_000_000 / unit.len()), &mut segments);
        assert!(!segments.words.is_empty());
    }
}

#[test]
fn gold_sentences_give_the_same_words() {
    let segmenter = Segmenter::embedded().expect("the embedded weights");
    let sentence = "They didn't say who's paying, Reuters reported.";
    let mut segments = Segments::new();
    segmenter.segment(sentence, &mut segments);
    assert_eq!(segmenter.words_of(sentence), segments.words);
}

#[test]
fn damaged_weights_are_refused() {
    assert!(WEIGHTS.len() < 400_000, "the weights have grown to {} bytes", WEIGHTS.len());
    assert!(Segmenter::read(WEIGHTS).is_ok());
    for length in [0, 7, 8, 20, 24, 70_000, 300_000, WEIGHTS.len() - 1] {
        assert!(Segmenter::read(&WEIGHTS[..length]).is_err(), "{length} bytes were accepted");
    }
    let longer = [WEIGHTS, &[0]].concat();
    assert_eq!(Segmenter::read(&longer).err(), Some(SegmentModelError::Trailing(1)));
    let mut other = WEIGHTS.to_vec();
    other[7] = 2;
    assert_eq!(Segmenter::read(&other).err(), Some(SegmentModelError::Magic));
    other = WEIGHTS.to_vec();
    other[8] = 60;
    assert!(matches!(Segmenter::read(&other), Err(SegmentModelError::Size { value: 60, .. })));
}
