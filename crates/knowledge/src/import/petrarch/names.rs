//! Names as the dictionaries write them, in capitals and with underscores, as names in print.

/// Words that are written small inside a name.
const SMALL: &[&str] = &[
    "of", "the", "and", "for", "in", "on", "to", "at", "de", "del", "la", "du", "des", "von", "van", "bin", "ibn", "al", "el",
    "e", "y",
];

/// Abbreviations that have vowels.
const ABBREVIATIONS: &[&str] = &["UN", "EU", "US", "USA", "UK", "AU", "UAE", "IAEA", "ILO", "UNESCO", "OPEC", "NATO"];

/// Words that persons are not called by.
const BODIES: &[&str] = &[
    "agency",
    "alliance",
    "army",
    "assembly",
    "association",
    "bank",
    "brigade",
    "brigades",
    "bureau",
    "center",
    "centre",
    "commission",
    "committee",
    "community",
    "company",
    "congress",
    "corporation",
    "council",
    "court",
    "department",
    "federation",
    "force",
    "forces",
    "front",
    "fund",
    "government",
    "group",
    "institute",
    "league",
    "ministry",
    "movement",
    "office",
    "organisation",
    "organization",
    "parliament",
    "party",
    "police",
    "republic",
    "senate",
    "service",
    "services",
    "state",
    "society",
    "tribunal",
    "union",
];

/// A name in print, and an abbreviation that stood in brackets behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) short: Option<String>,
}

/// Reads a name. The error is the reason why it is none.
pub(super) fn read(raw: &str, is_person: bool) -> Result<Name, &'static str> {
    if raw.contains('\u{fffd}') || raw.chars().any(|c| c.is_control() && c != '\t') {
        return Err("damaged characters");
    }
    if raw.contains(['[', ']', '{', '}']) {
        return Err("a stray bracket");
    }
    let mut spaced = raw.replace(['_', '\t'], " ");
    let mut short = None;
    if let Some(open) = spaced.find('(') {
        let inside = spaced[open + 1..].split(')').next().unwrap_or_default().trim().to_owned();
        let rest = spaced[open..].split_once(')').map_or("", |(_, rest)| rest).to_owned();
        let before = spaced[..open].to_owned();
        short = Some(inside).filter(|inside| is_short_for(inside, &before));
        spaced = before + " " + &rest;
    }
    let mut words: Vec<&str> = spaced.split_whitespace().collect();
    // "ORDER, THE" is "The Order".
    if let [.., before, last] = words.as_slice()
        && last.eq_ignore_ascii_case("the")
        && before.ends_with(',')
    {
        words.pop();
        words.insert(0, "The");
    }
    let has_small = spaced.chars().any(char::is_lowercase);
    let alone = words.len() == 1;
    let words: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(nth, word)| {
            let word = if nth + 1 == words.len() { word.trim_end_matches(',') } else { word };
            if has_small && *word != word.to_uppercase() { word.to_owned() } else { cased(word, nth > 0, alone && !is_person) }
        })
        .collect();
    let text = words.join(" ");
    if crate::fold::fold(&text).is_empty() {
        return Err("no letters");
    }
    Ok(Name { text, short })
}

/// Whether a name reads like a person's.
pub(super) fn may_be_person(name: &str) -> bool {
    let words: Vec<String> = name.split([' ', '-']).map(str::to_lowercase).collect();
    (2..=7).contains(&words.len()) && !words.iter().any(|word| BODIES.contains(&word.as_str()))
}

/// Whether letters are the initials of some words, in their order: "AAIA" is short for "Aden Abyan Islamic Army", "COLOMBIA" for no army.
fn is_short_for(short: &str, name: &str) -> bool {
    let mut initials = name.split([' ', '-']).filter_map(|word| word.chars().next());
    (2..=8).contains(&short.len())
        && short.bytes().all(|b| b.is_ascii_uppercase())
        && short.chars().all(|letter| initials.any(|initial| initial.eq_ignore_ascii_case(&letter)))
}

/// A word of capitals as it is printed. Short ones that stand alone are abbreviations, as are those without vowels.
fn cased(word: &str, inside: bool, alone: bool) -> String {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let vowels = word.chars().any(|c| "AEIOUY".contains(c.to_ascii_uppercase()));
    let joined = word.matches('.').count() > 1 || word.contains('&') || letters == 1;
    if joined || !vowels || ABBREVIATIONS.contains(&word) || alone && letters <= 3 {
        return word.to_owned();
    }
    let lower = word.to_lowercase();
    if inside && SMALL.contains(&lower.as_str()) {
        return lower;
    }
    // "O'Connor", but "People's"; "al-Shabab", "Ki-moon": small letters in a table ask nothing of the text.
    let mut out = String::with_capacity(lower.len());
    let mut capital = !(lower.starts_with("al-") || lower.starts_with("el-"));
    for c in lower.chars() {
        if capital && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            capital = false;
        } else {
            out.push(c);
        }
        capital |= matches!(c, '/' | '(' | '"') || matches!(c, '\'' | '’') && out.chars().count() == 2;
        capital |= c == '-' && matches!(out.as_str(), "Al-" | "El-" | "al-" | "el-");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_printed() {
        let told = |raw, person| match read(raw, person) {
            Ok(Name { text, short }) => text + &short.map(|s| format!(" | {s}")).unwrap_or_default(),
            Err(reason) => format!("({reason})"),
        };
        for (raw, person, expected) in [
            ("BAN_KI-MOON_", true, "Ban Ki-moon"),
            ("U.N._SECURITY_COUNCIL", false, "U.N. Security Council"),
            ("UN_", false, "UN"),
            ("KIM_", true, "Kim"),
            ("BRENDAN_O'CONNOR_", true, "Brendan O'Connor"),
            ("THE_PEOPLE'S_CONGRESS_OF_KURDISTAN_", false, "The People's Congress of Kurdistan"),
            ("ADEN_ABYAN_ISLAMIC_ARMY_(AAIA)_", false, "Aden Abyan Islamic Army | AAIA"),
            ("PEOPLE'S_REVOLUTIONARY_ARMY_(COLOMBIA)_", false, "People's Revolutionary Army"),
            ("ORDER,_THE_", false, "The Order"),
            ("AL-SHABAAB", false, "al-Shabaab"),
            ("Albanian leader Ibrahim Rugova", true, "Albanian leader Ibrahim Rugova"),
            ("FAEROYENE]_", false, "(a stray bracket)"),
            ("Z\u{1a}ROUAL_", true, "(damaged characters)"),
            ("___", false, "(no letters)"),
        ] {
            assert_eq!(told(raw, person), expected, "{raw}");
        }
    }
}
