//! Lemmas: an irregular form's by a list, a known word by the model's edit, the rest by the rules of English spelling.
//!
//! The model chooses an edit of the form (strip an ending, add another). It learns common words well and guesses at
//! rare ones ("expell"), so an edit that yields no known word gives way to the spelling rules (as in Minnen, Carroll
//! and Pearce 2001, "Applied morphological processing of English").

use std::collections::HashMap;

use compact_str::CompactString;
use demarche_types::{Feats, Number, Tense, Upos, VerbForm};

pub(crate) const IRREGULAR: &str = include_str!("irregular.txt");
const PREFIXES: [&str; 9] = ["over", "under", "with", "re", "out", "fore", "mis", "un", "up"];

/// An edit that turns a form into its lemma, as `training/treebank.py` writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LemmaRule {
    /// The lemma whatever the form ("went" -> "go").
    Whole(CompactString),
    /// Drop `cut` characters at the end and append `add`; `lower` says whether the form is lower-cased first.
    Edit { lower: bool, cut: usize, add: CompactString },
}

impl LemmaRule {
    /// Reads `=lemma`, `l|cut|add` or `k|cut|add`; anything else keeps the lower-cased form.
    pub(crate) fn parse(text: &str) -> Self {
        if let Some(whole) = text.strip_prefix('=') {
            return Self::Whole(whole.into());
        }
        let mut parts = text.splitn(3, '|');
        let lower = parts.next() != Some("k");
        let cut = parts.next().and_then(|c| c.parse().ok()).unwrap_or(0);
        Self::Edit { lower, cut, add: parts.next().unwrap_or("").into() }
    }

    /// Applies the edit. A cut longer than the form is not made.
    pub(crate) fn apply(&self, form: &str) -> CompactString {
        match self {
            Self::Whole(lemma) => lemma.clone(),
            Self::Edit { lower, cut, add } => {
                let mut lemma: CompactString = if *lower { form.to_lowercase().into() } else { form.into() };
                let count = lemma.chars().count();
                if *cut <= count && *cut > 0 {
                    let keep = lemma.char_indices().nth(count - cut).map_or(lemma.len(), |(at, _)| at);
                    lemma.truncate(keep);
                }
                lemma.push_str(add);
                if lemma.is_empty() { form.into() } else { lemma }
            }
        }
    }
}

/// Turns the model's suggestion into the lemma.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    irregular: HashMap<(char, &'static str), &'static str>,
}

impl Lemmatizer {
    pub(crate) fn embedded() -> Self {
        let mut irregular = HashMap::new();
        for line in IRREGULAR.lines().filter(|l| !l.starts_with('#')) {
            let mut words = line.split(' ');
            if let (Some(pos), Some(lemma)) = (words.next().and_then(|p| p.chars().next()), words.next()) {
                irregular.extend(words.map(|form| ((pos, form), lemma)));
            }
        }
        Self { irregular }
    }

    /// The lemma of a form, given the model's suggestion and a test of whether a word is known.
    pub(crate) fn lemma(
        &self,
        form: &str,
        upos: Upos,
        feats: Feats,
        suggested: CompactString,
        knows: impl Fn(&str) -> bool,
    ) -> CompactString {
        let (class, inflected) = match upos {
            Upos::Verb => ('v', !is_base(feats) || !knows(&suggested.to_lowercase())),
            Upos::Noun => ('n', matches!(feats.number, Number::Plur | Number::Ptan) || !knows(&suggested.to_lowercase())),
            _ => return suggested,
        };
        let lower = form.to_lowercase();
        if !inflected || !lower.is_ascii() || lower.len() < 3 {
            return suggested;
        }
        if let Some(lemma) = self.irregular(class, &lower) {
            return lemma;
        }
        // Unless what an ending leaves is a word, and the tag therefore doubtful, a base form is its own lemma.
        let left = ["ing", "ed", "s"].iter().find_map(|ending| lower.strip_suffix(ending));
        let doubtful = left.is_some_and(|stem| knows(stem) || knows(&[stem, "e"].concat()));
        if class == 'n' && !lower.ends_with('s') || class == 'v' && is_base(feats) && !doubtful {
            return lower.into();
        }
        // Lemmas in "-ie" are few, and listed.
        if let Some(stem) = lower
            .strip_suffix("ied")
            .filter(|s| s.len() > 1 && class == 'v')
            .or_else(|| lower.strip_suffix("ies").filter(|s| s.len() > 1))
        {
            return [stem, "y"].concat().into();
        }
        if suggested != lower.as_str() && knows(&suggested.to_lowercase()) && plausible(&lower, &suggested) {
            return suggested;
        }
        let found = regular(&lower, class, feats, &knows);
        // "hit", "cut", "shut": a form without an ending is its own lemma; only a part of it was suggested.
        let part = lower.starts_with(suggested.as_str()) && knows(&lower) && !plausible(&lower, &suggested);
        found.unwrap_or_else(|| if part { lower.into() } else { suggested })
    }

    fn irregular(&self, class: char, form: &str) -> Option<CompactString> {
        if let Some(lemma) = self.irregular.get(&(class, form)) {
            return Some((*lemma).into());
        }
        if class != 'v' {
            return None;
        }
        PREFIXES.iter().find_map(|prefix| {
            let lemma = self.irregular.get(&(class, form.strip_prefix(prefix)?))?;
            Some([*prefix, *lemma].concat().into())
        })
    }
}

/// An infinitive, or the present tense but for the third person singular: the form is the lemma.
fn is_base(feats: Feats) -> bool {
    feats.verb_form == VerbForm::Inf
        || feats.verb_form == VerbForm::Fin
            && feats.tense == Tense::Pres
            && !(feats.number == Number::Sing && feats.person == demarche_types::Person::Third)
}

/// An edit that leaves the first half of the word alone, and cuts no more off than an ending.
fn plausible(form: &str, lemma: &str) -> bool {
    let ends = |cut: &str| {
        matches!(cut, "" | "s" | "es" | "d" | "ed" | "n" | "en" | "t" | "ing")
            || (cut.len() < 5 && (cut.ends_with("ed") || cut.ends_with("ing") || cut.ends_with("en")))
    };
    if form.strip_prefix(lemma).is_some_and(|cut| !ends(cut)) || form.len() > 2 && lemma.len() < 2 {
        return false;
    }
    // "lauded" is of "laud", whatever other word "laude" may be: the rules decide where both spellings could be.
    let consonant_e = lemma.strip_suffix('e').is_some_and(|s| !s.ends_with(['a', 'e', 'i', 'o', 'u', 'y']));
    if form.ends_with("ed") && consonant_e && !silent_e(&lemma[..lemma.len() - 1]) {
        return false;
    }
    // "raped" is not of "rap": a short stem doubles its last letter.
    if let Some(stem) = form.strip_suffix("ed").or_else(|| form.strip_suffix("ing"))
        && stem == lemma
        && is_short(stem)
    {
        return false;
    }
    let common = form.bytes().zip(lemma.to_lowercase().bytes()).take_while(|(a, b)| a == b).count();
    common * 2 >= form.len().min(lemma.len())
}

fn regular(form: &str, class: char, feats: Feats, knows: &impl Fn(&str) -> bool) -> Option<CompactString> {
    if class == 'n' || (feats.tense == Tense::Pres && feats.verb_form == VerbForm::Fin) {
        return plural(form, knows);
    }
    let stem = form.strip_suffix("ing").or_else(|| form.strip_suffix("ed"))?;
    if form.ends_with("eed") {
        return Some(form[..form.len() - 1].into());
    }
    let bytes = stem.as_bytes();
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    if bytes.len() < 2 || !bytes.iter().any(|b| vowel(*b)) {
        return None;
    }
    let (last, before) = (bytes[bytes.len() - 1], bytes[bytes.len() - 2]);
    let with_e = [stem, "e"].concat();
    if last == before && !vowel(last) {
        let single = &stem[..stem.len() - 1];
        let keeps =
            matches!(last, b's' | b'z' | b'f') || (last == b'l' && (knows(stem) || (!knows(single) && groups(stem) == 1)));
        return Some(if keeps { stem.into() } else { single.into() });
    }
    if is_short(stem) {
        return Some(with_e.into());
    }
    match (knows(stem), knows(&with_e)) {
        (true, false) => return Some(stem.into()),
        (false, true) => return Some(with_e.into()),
        (true, true) if !silent_e(stem) => return Some(stem.into()),
        _ => {}
    }
    Some(if silent_e(stem) { with_e.into() } else { stem.into() })
}

/// One vowel before one last consonant, which an ending would have doubled: "hoped" is of "hope".
fn is_short(stem: &str) -> bool {
    let bytes = stem.as_bytes();
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    match bytes {
        [head @ .., before, last] => {
            vowel(*before) && !vowel(*last) && !matches!(last, b'w' | b'x' | b'y') && !head.iter().any(|b| vowel(*b))
        }
        _ => false,
    }
}

/// Runs of vowels: a rough count of syllables.
fn groups(stem: &str) -> usize {
    let vowel = |c: char| "aeiouy".contains(c);
    stem.split(|c| !vowel(c)).filter(|run| !run.is_empty()).count()
}

/// Whether a stem's spelling asks for a silent "e".
fn silent_e(stem: &str) -> bool {
    const ENDINGS: [&str; 33] = [
        "c", "v", "z", "u", "at", "is", "as", "os", "us", "ns", "rs", "dg", "rg", "ng", "ag", "ul", "ur", "ut", "id", "ud",
        "rad", "cad", "lad", "or", "ced", "sed", "ven", "ser", "ok", "in", "ir", "uir", "ar",
    ];
    let consonant_l = stem.len() > 2
        && stem.ends_with('l')
        && !matches!(stem.as_bytes()[stem.len() - 2], b'a' | b'e' | b'i' | b'o' | b'u' | b'l' | b'r');
    // "treat", "float": two vowels need no third.
    if ["eat", "oat", "eet", "oot", "oor", "oin", "ain", "eir", "air", "eas", "uin", "ear", "oar", "our"]
        .iter()
        .any(|e| stem.ends_with(e))
    {
        return stem.ends_with("eas");
    }
    consonant_l || ENDINGS.iter().any(|e| stem.ends_with(e))
}

fn plural(form: &str, knows: &impl Fn(&str) -> bool) -> Option<CompactString> {
    let stem = form.strip_suffix('s')?;
    if let Some(y) = form.strip_suffix("ies").filter(|y| y.len() > 1) {
        return Some([y, "y"].concat().into());
    }
    let sibilant = ["ss", "sh", "ch", "x", "zz"];
    if let Some(short) = form.strip_suffix("es").filter(|s| sibilant.iter().any(|e| s.ends_with(e)) && !knows(stem)) {
        return Some(short.into());
    }
    if let Some(short) = form.strip_suffix("es").filter(|s| sibilant.iter().any(|e| s.ends_with(e)) && knows(s)) {
        return Some(short.into());
    }
    if form.ends_with("ss") || form.ends_with("us") || form.ends_with("is") {
        return None;
    }
    if let Some(short) = form.strip_suffix("oes").filter(|_| !knows(stem)) {
        return Some([short, "o"].concat().into());
    }
    Some(stem.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits() {
        for (rule, form, lemma) in [
            ("l|3|y", "Countries", "country"),
            ("=go", "went", "go"),
            ("k|0|", "Xinhua", "Xinhua"),
            ("l|9|", "was", "was"),
            ("l|1|é", "cafés", "caféé"),
        ] {
            assert_eq!(LemmaRule::parse(rule).apply(form), lemma, "{rule} on {form}");
        }
    }

    #[test]
    fn inflected_forms_by_list_and_rule() {
        let known = ["kill", "cancel", "expel", "care", "car", "visit", "state", "join", "sanction", "attack", "veto"];
        let verb = Feats::parse("Tense=Past|VerbForm=Fin");
        let ing = Feats::parse("VerbForm=Ger");
        let lemmatizer = Lemmatizer::embedded();
        for (form, feats, lemma) in [
            ("expelled", verb, "expel"),
            ("killed", verb, "kill"),
            ("cancelled", verb, "cancel"),
            ("nabbed", verb, "nab"),
            ("decried", verb, "decry"),
            ("forgave", verb, "forgive"),
            ("overran", verb, "overrun"),
            ("withdrew", verb, "withdraw"),
            ("ridiculed", verb, "ridicule"),
            ("criticised", verb, "criticise"),
            ("cared", verb, "care"),
            ("agreed", verb, "agree"),
            ("evacuating", ing, "evacuate"),
            ("meeting", ing, "meet"),
            ("attacking", ing, "attack"),
            ("shot", verb, "shoot"),
        ] {
            let found = lemmatizer.lemma(form, Upos::Verb, feats, form.into(), |w| known.contains(&w));
            assert_eq!(found, lemma, "{form}");
        }
        let known = ["h", "c", "sh", "hit", "cut", "shut", "burst", "bur", "march", "marche", "plan", "agree", "die", "hope"];
        for (form, suggested, lemma) in [
            ("hit", "h", "hit"),
            ("cut", "c", "cut"),
            ("shut", "sh", "shut"),
            ("burst", "bur", "burst"),
            ("marched", "marche", "march"),
            ("planned", "plan", "plan"),
            ("agreed", "agree", "agree"),
            ("died", "die", "die"),
            ("hoped", "hope", "hope"),
        ] {
            let found = lemmatizer.lemma(form, Upos::Verb, verb, suggested.into(), |w| known.contains(&w));
            assert_eq!(found, lemma, "{form}");
        }
        // A base form is its own lemma, whether or not it is a word piece.
        let base = Feats::parse("VerbForm=Inf");
        for (form, suggested) in [("detain", "detai"), ("embed", "emb"), ("harass", "harras")] {
            assert_eq!(lemmatizer.lemma(form, Upos::Verb, base, suggested.into(), |_| false), form);
        }
        assert_eq!(lemmatizer.lemma("untied", Upos::Verb, verb, "unty".into(), |_| false), "untie");
        let plural = Feats::parse("Number=Plur");
        for (form, lemma) in [
            ("clashes", "clash"),
            ("cities", "city"),
            ("gunmen", "gunman"),
            ("embargoes", "embargo"),
            ("losses", "loss"),
            ("bases", "base"),
        ] {
            let found = lemmatizer.lemma(form, Upos::Noun, plural, form.into(), |w| known.contains(&w));
            assert_eq!(found, lemma, "{form}");
        }
    }
}
