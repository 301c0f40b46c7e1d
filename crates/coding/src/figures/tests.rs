//! The example of every row of the tables of numbers.

use demarche_types::{Quantity, Span};

use super::numbers::{Number, Unit, scan};
use super::tables::{self, Class};
use super::words::Word;
use crate::data;

/// Splits a phrase as the segmenter does: letters, digits with their separators, and every other sign for itself.
fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = vec![];
    let kind = |c: char| {
        if c.is_ascii_digit() || c == ',' {
            1
        } else if c.is_alphabetic() || c == '.' || c == '/' || c == '°' {
            2
        } else {
            0
        }
    };
    let mut end = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == ' ' {
            continue;
        }
        let mut stop = at + c.len_utf8();
        while let Some(&(next, d)) = chars.peek() {
            let decimal = d == '.' && kind(c) == 1;
            if kind(c) == 0 || !(kind(d) == kind(c) || decimal) {
                break;
            }
            stop = next + d.len_utf8();
            chars.next();
        }
        let form = &text[at..stop];
        out.push(Word::new(form, end == Some(at), Span::new(at, stop)));
        end = Some(stop);
    }
    out
}

fn reading(text: &str) -> String {
    let words = words(text);
    match scan(&words).first() {
        Some(number) => format!("{} {}{}", number.quantity.value, unit(&words, number), bounds(number.quantity)),
        None => "-".to_owned(),
    }
}

fn unit(words: &[Word], number: &Number) -> String {
    match &number.unit {
        Some(Unit::Known(unit)) => unit.to_string(),
        Some(Unit::Money(value)) => value.split([' ', ':']).next().unwrap_or_default().to_owned(),
        None => {
            let from = number.words.end + usize::from(words.get(number.words.end).is_some_and(|w| w.is("of")));
            let noun =
                (from..words.len()).find_map(|n| tables::at(words, n, &[Class::Person, Class::Troop, Class::Count, Class::None]));
            match noun {
                Some(row) => row.value.to_owned(),
                None => words.get(from).map_or("-".to_owned(), |w| w.lower.strip_suffix('s').unwrap_or(&w.lower).to_owned()),
            }
        }
    }
}

fn bounds(q: Quantity) -> String {
    if q.low == Some(q.value) && q.high == Some(q.value) {
        return String::new();
    }
    let end = |end: Option<f64>| end.map_or(String::new(), |v| v.to_string());
    format!(" [{}..{}]", end(q.low), end(q.high))
}

#[test]
fn every_row_reads_as_its_example_says() {
    let mut count = 0;
    let mut wrong = String::new();
    for line in data::NUMBERS.lines().chain(data::UNITS.lines()).filter(|l| !l.starts_with('#')) {
        let example = line.split('\t').nth(3).unwrap_or_else(|| panic!("no example: {line}"));
        let (text, expected) = example.split_once(" = ").unwrap_or_else(|| panic!("no reading: {line}"));
        let label = matches!(line.split('\t').nth(1), Some("label" | "none" | "population"));
        let found = reading(text);
        if !label && found != expected {
            wrong += &format!("{text}: {expected}, found {found}\n");
        }
        count += 1;
    }
    assert!(count > 100, "only {count} rows");
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn numbers_of_every_form() {
    for (text, expected) in [
        ("1,234.5 tonnes", "1234.5 tonne"),
        ("3.4 million people", "3400000 person"),
        ("12-15 soldiers", "12 person [12..15]"),
        ("12 to 15 soldiers", "12 person [12..15]"),
        ("3 to 4 million people", "3000000 person [3000000..4000000]"),
        ("between $3bn and $4bn", "3000000000 USD [3000000000..4000000000]"),
        ("twenty-five soldiers", "25 person"),
        ("half a million people", "500000 person"),
        ("one in five children", "20 percent"),
        ("three out of ten voters", "30 percent"),
        ("several dozen people", "24 person [24..]"),
        ("two hundred thousand people", "200000 person"),
        ("at least some 300 people", "300 person [300..]"),
        ("lost 2-1 in the final", "-"),
        ("call 0800 555 0199", "-"),
        ("the 27th round", "-"),
        ("no one was there", "-"),
    ] {
        assert_eq!(reading(text), expected, "{text}");
    }
}
