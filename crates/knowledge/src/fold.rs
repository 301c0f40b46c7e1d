//! Names as keys: lower case, no diacritics, no dots and apostrophes, one space between words.
//!
//! The same folding is applied to aliases and to running text, so it does not matter whether a text
//! splits "U.S." or "al-Qaida" into one token or several.

use unicode_normalization::char::decompose_canonical;

/// What a character becomes in a key.
pub(crate) enum Folded {
    /// Nothing, and no word boundary: a dot, an apostrophe, a combining mark.
    Nothing,
    /// A word boundary.
    Boundary,
}

/// Calls `emit` with every key byte-character of `c`; returns what stands for it when there is none.
pub(crate) fn fold_char(c: char, emit: &mut impl FnMut(char)) -> Option<Folded> {
    if c.is_ascii() {
        return match c {
            'a'..='z' | '0'..='9' | '+' => {
                emit(c);
                None
            }
            'A'..='Z' => {
                emit(c.to_ascii_lowercase());
                None
            }
            '.' | '\'' | '`' => Some(Folded::Nothing),
            _ => Some(Folded::Boundary),
        };
    }
    let spelled = match c {
        '’' | '‘' | 'ʼ' | 'ʻ' | '´' => return Some(Folded::Nothing),
        'ß' => "ss",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ı' => "i",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'þ' | 'Þ' => "th",
        'ə' | 'Ə' => "a",
        _ => "",
    };
    if !spelled.is_empty() {
        spelled.chars().for_each(emit);
        return None;
    }
    let mut any = false;
    decompose_canonical(c, |part| {
        if part.is_alphanumeric() {
            any = true;
            part.to_lowercase().for_each(&mut *emit);
        }
    });
    if any {
        None
    } else if ('\u{300}'..'\u{370}').contains(&c) {
        Some(Folded::Nothing)
    } else {
        Some(Folded::Boundary)
    }
}

/// A whole name as a key, appended to `key`.
pub(crate) fn fold_into(text: &str, key: &mut String) {
    let start = key.len();
    let mut gap = false;
    for c in text.chars() {
        let mut first = true;
        let folded = fold_char(c, &mut |f| {
            if first && gap && key.len() > start {
                key.push(' ');
            }
            first = false;
            gap = false;
            key.push(f);
        });
        if matches!(folded, Some(Folded::Boundary)) {
            gap = true;
        }
    }
}

/// A whole name as a key.
pub(crate) fn fold(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    fold_into(text, &mut key);
    key
}

/// Whether running text may stand for an alias as far as capitals go. "us" is not "US", "turkey" not "Turkey";
/// in a line that shouts, capitals say nothing.
pub(crate) fn case_fits(alias: &str, text: &str, shouting: bool) -> bool {
    let mut texts = text.split(is_gap).filter(|w| !w.is_empty());
    for word in alias.split(is_gap).filter(|w| !w.is_empty()) {
        let Some(found) = texts.next() else { return true };
        if !word_fits(word, found, shouting) {
            return false;
        }
    }
    true
}

/// Whether every letter of a text is a capital, and there are enough of them to tell.
pub(crate) fn shouts(text: &str) -> bool {
    let (mut upper, mut lower) = (0, 0);
    for c in text.chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper >= 12 && lower * 10 <= upper
}

fn is_gap(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '.' | '\'' | '’' | '‘' | '&' | '+')
}

fn word_fits(alias: &str, text: &str, shouting: bool) -> bool {
    let (mut upper, mut lower, mut first) = (0, 0, None);
    for c in alias.chars().filter(|c| c.is_alphabetic()) {
        first.get_or_insert(c.is_uppercase());
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    if first != Some(true) {
        // Lower case in the alias asks nothing of the text ("of", "al-"); numbers neither.
        return first.is_none() || upper == 0 || alias == text;
    }
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    if !letters.next().is_some_and(char::is_uppercase) {
        return false;
    }
    let all_upper = letters.clone().all(char::is_uppercase);
    if lower == 0 && upper >= 2 {
        // An acronym. Long ones are also printed as words: "Nato", "Unicef".
        all_upper || (upper >= 4 && letters.all(char::is_lowercase))
    } else if upper >= 2 && upper + lower <= 4 {
        // "AfD", "PiS": the capitals are the name.
        alias == text || shouting
    } else {
        // "IRAN" in a dateline is Iran; "WHO" is not "Who".
        !all_upper || shouting || upper + lower >= 4 || upper + lower == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_do_not_hang_on_spelling() {
        assert_eq!(fold("U.S."), "us");
        assert_eq!(fold("al-Qa’ida"), "al qaida");
        assert_eq!(fold("Türkiye"), "turkiye");
        assert_eq!(fold("  Côte d'Ivoire "), "cote divoire");
        assert_eq!(fold("Washington, D.C."), "washington dc");
        assert_eq!(fold("Đặng"), "dang");
    }

    #[test]
    fn capitals_decide() {
        for (alias, text, fits) in [
            ("US", "us", false),
            ("US", "US", true),
            ("US", "Us", false),
            ("U.S.", "U.S.", true),
            ("Turkey", "turkey", false),
            ("Turkey", "TURKEY", true),
            ("NATO", "Nato", true),
            ("WHO", "Who", false),
            ("IS", "Is", false),
            ("AfD", "AFD", false),
            ("al-Shabab", "Al-Shabab", true),
            ("Shanghai Cooperation Organisation", "Shanghai cooperation organisation", false),
            ("the Kremlin", "The Kremlin", true),
        ] {
            assert_eq!(case_fits(alias, text, false), fits, "{alias} / {text}");
        }
        assert!(case_fits("Chad", "CHAD", true));
    }
}
