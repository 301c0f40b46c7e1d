//! What holds for every input, checked over all cases, their prefixes and damaged copies.

use demarche_ingest::{Format, JsonReader, Source, read};
use demarche_types::{Article, DateSource};
use jiff::civil::Date;

use crate::cases::{crate_dir, inputs};

/// Checks what is promised of every article.
fn check(article: &Article, bytes: &[u8], format: Format) {
    let text = &article.text;
    let mut end = 0;
    for block in &article.blocks {
        let span = block.span;
        assert!(span.start >= end, "{}: blocks overlap or are out of order at {span:?}", article.origin);
        assert!(span.start < span.end && span.end as usize <= text.len(), "{}: bad span {span:?}", article.origin);
        assert!(text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize));
        let words = span.of(text);
        assert_eq!(words.trim(), words, "{}: a block has white space around it", article.origin);
        end = span.end;
        let Some(source) = block.source else { continue };
        if format == Format::Text {
            assert_eq!(source, span, "a text's blocks stand where they stood");
        }
        // Tests over valid UTF-8 without byte order mark can slice the input itself.
        if let Some(slice) =
            std::str::from_utf8(bytes).ok().and_then(|decoded| decoded.get(source.start as usize..source.end as usize))
            && format == Format::Html
            && !slice.contains(['<', '&'])
            && !slice.contains('\u{ad}')
            && !slice.contains('\u{200b}')
        {
            let (a, b): (String, String) = (squeeze(slice), squeeze(words));
            assert_eq!(a, b, "{}: the source differs", article.origin);
        }
    }
    assert_eq!(article.id.0.len().min(1), 1, "an article has an identifier");
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn all_inputs() -> Vec<(String, Vec<u8>)> {
    let mut paths = inputs(&crate_dir().join("tests/cases"));
    paths.extend(inputs(&crate_dir().join("../../examples")));
    let named = |path: std::path::PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).expect("names are UTF-8").to_owned();
        (name, std::fs::read(&path).expect("the input is readable"))
    };
    paths.into_iter().map(named).collect()
}

fn format_of(name: &str) -> Format {
    demarche_ingest::detect(name, b"")
}

#[test]
fn spans_are_sound() {
    for (name, bytes) in all_inputs() {
        for article in read(&Source::new(&name, &bytes)).flatten() {
            check(&article, &bytes, format_of(&name));
        }
    }
}

#[test]
fn reading_twice_gives_the_same() {
    for (name, bytes) in all_inputs() {
        let once: Vec<_> = read(&Source::new(&name, &bytes)).flatten().collect();
        let twice: Vec<_> = read(&Source::new(&name, &bytes)).flatten().collect();
        assert_eq!(once, twice, "{name}");
    }
}

#[test]
fn every_visible_word_of_a_text_is_in_a_block() {
    for (name, bytes) in all_inputs().into_iter().filter(|(name, _)| format_of(name) == Format::Text) {
        for article in read(&Source::new(&name, &bytes)).flatten() {
            let blocks: String = article.blocks.iter().map(|block| squeeze(block.span.of(&article.text))).collect();
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
            assert_eq!(letters(&blocks), letters(&article.text), "{name}");
        }
    }
}

#[test]
fn prefixes_do_no_harm() {
    for (name, bytes) in all_inputs() {
        // Every prefix of a short input, about 60 of a long one; bytes, so that characters are cut too.
        let step = (bytes.len() / 60).max(1);
        for end in (0..bytes.len()).step_by(step) {
            for article in read(&Source::new(&name, &bytes[..end])).flatten() {
                check(&article, &bytes[..end], format_of(&name));
            }
        }
    }
}

#[test]
fn damaged_copies_do_no_harm() {
    // A small linear congruential generator keeps the damage the same on every run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    for (name, bytes) in all_inputs() {
        for _ in 0..12 {
            let mut copy = bytes.clone();
            for _ in 0..=copy.len() / 200 {
                let at = next(copy.len());
                match next(4) {
                    0 => copy[at] = b"<>\"'&\\{}[]\n\r\0\xff\xe2\x80"[next(16)],
                    1 => {
                        copy.remove(at);
                    }
                    2 => copy.truncate(at.max(copy.len() / 2)),
                    _ => copy.swap(at, 0),
                }
            }
            for format in [Format::Html, Format::Text, Format::JsonLines] {
                let source = Source { format: Some(format), ..Source::new(&name, &copy) };
                for article in read(&source).flatten() {
                    check(&article, b"\xff", format);
                }
            }
        }
    }
}

#[test]
fn lines_read_singly_equal_lines_read_together() {
    for (name, bytes) in all_inputs().into_iter().filter(|(name, _)| name.ends_with(".jsonl")) {
        let together: Vec<_> = read(&Source::new(&name, &bytes)).flatten().collect();
        // A reader that gives a few bytes at a time.
        let slow = std::io::BufReader::with_capacity(7, &bytes[..]);
        let singly: Vec<_> = JsonReader::new(slow, &*name).flatten().collect();
        assert!(!together.is_empty());
        assert_eq!(together, singly, "{name}");
    }
}

#[test]
fn the_users_date_comes_first() {
    let date = Date::constant(2031, 2, 3);
    for (name, bytes) in all_inputs() {
        let source = Source { published: Some(date), ..Source::new(&name, &bytes) };
        for article in read(&source).flatten() {
            let published = article.published.expect("a date was given");
            assert_eq!((published.date, published.source), (date, DateSource::User), "{name}");
        }
    }
}
