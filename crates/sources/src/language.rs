//! Which language an article is in.

use whatlang::Lang;

/// Letters below which nothing is said: names and figures look alike in many languages.
const FEWEST: usize = 60;

/// The same for scripts in which a character is a syllable or a word.
const FEWEST_DENSE: usize = 20;

/// Letters of each of the two parts of a long text that are looked at.
const PART: usize = 2000;

/// What language a text is in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess {
    /// ISO 639-1 code, or that of ISO 639-3 for a language that has none. `None` for short texts, and for scripts and
    /// languages that are not known.
    pub language: Option<&'static str>,
    /// English name of the language.
    pub name: Option<&'static str>,
    /// From 0 to 1. Below .5 the text may be in a language that is not known, or in several.
    pub confidence: f64,
}

/// Tells the language of a text, of the 70 that are known. Looks at up to four thousand characters: the beginning, and
/// the middle, where furniture is rarer.
pub fn detect(text: &str) -> Guess {
    let unknown = Guess { language: None, name: None, confidence: 0.0 };
    let sample = sample(text);
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if letters < FEWEST_DENSE {
        return unknown;
    }
    let Some(info) = whatlang::detect(&sample) else { return unknown };
    let is_dense = matches!(info.lang(), Lang::Cmn | Lang::Jpn | Lang::Kor);
    if letters < FEWEST && !is_dense {
        return unknown;
    }
    Guess { language: Some(code(info.lang())), name: Some(info.lang().eng_name()), confidence: info.confidence() }
}

fn sample(text: &str) -> String {
    let count = text.chars().count();
    if count <= 2 * PART {
        return text.to_owned();
    }
    let from = |at: usize| text.chars().skip(at).take(PART);
    from(0).chain([' ']).chain(from(count / 2)).collect()
}

/// The two-letter code of a language, or its three letters where it has no two.
fn code(language: Lang) -> &'static str {
    const SHORT: [(&str, &str); 70] = [
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    let long = language.code();
    SHORT.iter().find(|(three, _)| *three == long).map_or(long, |(_, two)| two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_two_letters() {
        for language in Lang::all() {
            assert_eq!(code(*language).len(), 2, "{language:?}");
        }
    }
}
