//! Closed classes of words, and given names with their gender.

use std::collections::HashMap;
use std::sync::LazyLock;

use demarche_types::{Document, EntityType, Token, TokenId, Upos};

use super::facts::{FEM, Interner, MASC, NEUT, PLUR, SING, Word};

/// What a pronoun demands of its antecedent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pronoun {
    /// 1, 2 or 3.
    pub(super) person: u8,
    pub(super) gender: u8,
    pub(super) number: u8,
    pub(super) form: Form,
    pub(super) reflexive: bool,
    pub(super) possessive: bool,
}

/// Pronouns that behave alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    I,
    We,
    You,
    /// he, she
    He,
    It,
    They,
    /// this, that
    This,
    /// these, those
    These,
    /// here, there: places spoken of
    Here,
    /// someone, nothing, one, each other
    Other,
}

/// Reads a one-word mention as a pronoun.
pub(super) fn pronoun(form: &str, token: &Token) -> Option<Pronoun> {
    let mut buffer = [0u8; 12];
    let bytes = form.as_bytes();
    if bytes.len() > buffer.len() {
        return (token.upos == Upos::Pron).then_some(OTHER);
    }
    buffer[..bytes.len()].copy_from_slice(bytes);
    buffer.make_ascii_lowercase();
    let word = std::str::from_utf8(&buffer[..bytes.len()]).unwrap_or_default();
    let any = MASC | FEM | NEUT;
    let make = |person, gender, number, form| Pronoun { person, gender, number, form, reflexive: false, possessive: false };
    let own = |p: Pronoun| Pronoun { possessive: true, ..p };
    let itself = |p: Pronoun| Pronoun { reflexive: true, ..p };
    let i = make(1, MASC | FEM, SING, Form::I);
    let we = make(1, any, PLUR, Form::We);
    let you = make(2, any, SING | PLUR, Form::You);
    let he = make(3, MASC, SING, Form::He);
    let she = make(3, FEM, SING, Form::He);
    let it = make(3, NEUT, SING, Form::It);
    let they = make(3, any, PLUR, Form::They);
    Some(match word {
        "i" | "me" if token.upos == Upos::Pron => i,
        "my" | "mine" if token.upos == Upos::Pron => own(i),
        "myself" => itself(i),
        "we" | "us" if token.upos == Upos::Pron => we,
        "'s" | "’s" if token.upos == Upos::Pron => we,
        "our" | "ours" => own(we),
        "ourselves" => itself(we),
        "you" | "ya" => you,
        "your" | "yours" => own(you),
        "yourself" | "yourselves" => itself(you),
        "he" | "him" => he,
        "his" => own(he),
        "himself" => itself(he),
        "she" => she,
        "her" if token.feats.possessive => own(she),
        "her" => she,
        "hers" => own(she),
        "herself" => itself(she),
        "it" => it,
        "its" => own(it),
        "itself" => itself(it),
        "they" | "them" | "'em" => they,
        "their" | "theirs" => own(they),
        "themselves" => itself(they),
        "this" | "that" if token.upos != Upos::Sconj => make(3, NEUT, SING, Form::This),
        "these" | "those" => make(3, any, PLUR, Form::These),
        "here" | "there" => make(3, NEUT, SING, Form::Here),
        _ if token.upos == Upos::Pron => OTHER,
        _ => return None,
    })
}

const OTHER: Pronoun =
    Pronoun { person: 3, gender: MASC | FEM | NEUT, number: SING | PLUR, form: Form::Other, reflexive: false, possessive: false };

/// Titles and offices that stand in front of a name or alone.
const ROLES: &[&str] = &[
    "admiral",
    "adviser",
    "advisor",
    "aide",
    "ambassador",
    "analyst",
    "archbishop",
    "ayatollah",
    "baron",
    "bishop",
    "brigadier",
    "candidate",
    "captain",
    "cardinal",
    "ceo",
    "chair",
    "chairman",
    "chairwoman",
    "chancellor",
    "chief",
    "cleric",
    "coach",
    "colonel",
    "commander",
    "commissioner",
    "congressman",
    "congresswoman",
    "consul",
    "coordinator",
    "correspondent",
    "councillor",
    "count",
    "dame",
    "delegate",
    "deputy",
    "diplomat",
    "director",
    "doctor",
    "dr",
    "dr.",
    "duke",
    "economist",
    "editor",
    "emir",
    "emperor",
    "envoy",
    "executive",
    "father",
    "foreign",
    "founder",
    "gen.",
    "general",
    "gov.",
    "governor",
    "head",
    "imam",
    "inspector",
    "journalist",
    "judge",
    "justice",
    "king",
    "lady",
    "lawmaker",
    "lawyer",
    "leader",
    "lieutenant",
    "lord",
    "lt.",
    "madam",
    "magistrate",
    "major",
    "manager",
    "marshal",
    "mayor",
    "minister",
    "miss",
    "monarch",
    "mr",
    "mr.",
    "mrs",
    "mrs.",
    "ms",
    "ms.",
    "mufti",
    "negotiator",
    "officer",
    "official",
    "parliamentarian",
    "patriarch",
    "pm",
    "politician",
    "pope",
    "premier",
    "president",
    "prime",
    "prince",
    "princess",
    "principal",
    "prof.",
    "professor",
    "prosecutor",
    "queen",
    "rabbi",
    "rep.",
    "reporter",
    "representative",
    "researcher",
    "rev.",
    "reverend",
    "scholar",
    "secretary",
    "sen.",
    "senator",
    "sergeant",
    "shah",
    "shaikh",
    "sheikh",
    "sheriff",
    "sir",
    "speaker",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "st",
    "st.",
    "sultan",
    "superintendent",
    "treasurer",
    "tsar",
    "vice",
    "warlord",
    "writer",
];

/// Whether a word is a title or an office.
pub(super) fn is_role(word: &str) -> bool {
    let lower = word.to_lowercase();
    ROLES.binary_search(&lower.as_str()).is_ok()
}

/// Singular nouns that "they" takes up: bodies of people.
pub(super) fn is_group(lemma: &str) -> bool {
    const GROUPS: &[&str] = &[
        "army",
        "audience",
        "band",
        "board",
        "cabinet",
        "coalition",
        "committee",
        "company",
        "council",
        "couple",
        "crew",
        "crowd",
        "delegation",
        "family",
        "force",
        "gang",
        "government",
        "group",
        "jury",
        "majority",
        "military",
        "militia",
        "ministry",
        "nobody",
        "opposition",
        "pair",
        "party",
        "people",
        "police",
        "press",
        "public",
        "regime",
        "staff",
        "team",
        "troop",
        "union",
    ];
    GROUPS.binary_search(&lemma).is_ok()
}

const NOUNS_MASC: &[&str] = &[
    "actor",
    "archbishop",
    "baron",
    "bishop",
    "boy",
    "boyfriend",
    "brother",
    "businessman",
    "chairman",
    "congressman",
    "dad",
    "duke",
    "emperor",
    "father",
    "fisherman",
    "gentleman",
    "grandfather",
    "grandson",
    "guy",
    "husband",
    "king",
    "lord",
    "male",
    "man",
    "monk",
    "mr",
    "mr.",
    "nephew",
    "policeman",
    "pope",
    "prince",
    "shah",
    "sheikh",
    "sir",
    "son",
    "spokesman",
    "sultan",
    "tsar",
    "uncle",
    "widower",
];
const NOUNS_FEM: &[&str] = &[
    "actress",
    "aunt",
    "bride",
    "businesswoman",
    "chairwoman",
    "congresswoman",
    "dame",
    "daughter",
    "duchess",
    "empress",
    "female",
    "girl",
    "girlfriend",
    "granddaughter",
    "grandmother",
    "heroine",
    "lady",
    "madam",
    "miss",
    "mom",
    "mother",
    "mrs",
    "mrs.",
    "ms",
    "ms.",
    "mum",
    "niece",
    "nun",
    "policewoman",
    "princess",
    "queen",
    "sister",
    "spokeswoman",
    "tsarevna",
    "wife",
    "widow",
    "woman",
];

/// Gender that a noun or title shows by itself; 0 when it shows none.
pub(super) fn gender_of_noun(word: &str) -> u8 {
    let lower = word.to_lowercase();
    if NOUNS_MASC.contains(&lower.as_str()) {
        MASC
    } else if NOUNS_FEM.contains(&lower.as_str()) {
        FEM
    } else {
        0
    }
}

/// Words of which one thing bears at most one: "the northern army" is not the southern.
const RIVALS: &[&[&str]] = &[
    &["northern", "southern", "eastern", "western", "central", "north", "south", "east", "west"],
    &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last", "next"],
    &["former", "latter", "current", "future", "previous"],
    &["left", "right"],
    &["upper", "lower"],
    &["male", "female"],
    &["big", "small", "large", "little"],
    &["local", "national", "international", "global", "regional", "federal"],
    &["young", "old", "new"],
    &["public", "private"],
];

/// Groups of rival words, by word.
pub(super) fn rivals(word: &str) -> Option<u8> {
    RIVALS.iter().position(|group| group.contains(&word)).map(|at| at as u8)
}

/// Given names: columns name, gender (m, f), source.
static NAMES: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    crate::coref::NAMES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (name, gender) = (columns.next()?, columns.next()?);
            match gender {
                "m" => Some((name, MASC)),
                "f" => Some((name, FEM)),
                _ => None,
            }
        })
        .collect()
});

/// Gender of a given name; both when the name is not in the list.
pub(super) fn gender_of_name(name: &str) -> u8 {
    let lower = name.to_lowercase();
    NAMES.get(lower.as_str()).copied().unwrap_or(MASC | FEM)
}

/// The name proper inside a named mention: the run of proper nouns around the head, without a
/// country or title in front. Returns its first token and its words.
pub(super) fn proper_name(doc: &Document<'_>, interner: &mut Interner, start: u32, end: u32, head: TokenId) -> (u32, Vec<Word>) {
    let fits = |t: u32| {
        let form = doc.form(TokenId(t));
        match doc.token(TokenId(t)).upos {
            Upos::Propn => true,
            Upos::Num => t > head.0,
            Upos::Punct => form == "-" || form == "–",
            _ => matches!(form, "al" | "el" | "bin" | "ibn" | "bint" | "de" | "del" | "la" | "da" | "du" | "van" | "von" | "der"),
        }
    };
    let mut first = head.0;
    while first > start && fits(first - 1) {
        first -= 1;
    }
    let mut last = head.0 + 1;
    while last < end && fits(last) {
        last += 1;
    }
    while last > head.0 + 1 && doc.token(TokenId(last - 1)).upos == Upos::Punct {
        last -= 1;
    }
    // The last title of the run and all before it are no part of the name ("Trade Minister Meena Rao").
    if let Some(title) = (first..last.saturating_sub(1)).rev().find(|&t| is_role(doc.form(TokenId(t)))) {
        first = title + 1;
    }
    let words = (first..last)
        .map(TokenId)
        .filter(|&t| doc.token(t).upos != Upos::Punct)
        .map(|t| {
            let form = doc.form(t);
            if form.contains('.') { interner.id(&form.replace('.', "")) } else { interner.id(form) }
        })
        .collect();
    (first, words)
}

/// Other names under which news writes the same country or body.
pub(super) fn alias(core: &str) -> Option<&'static str> {
    const ALIASES: &[(&str, &str)] = &[
        ("america", "us"),
        ("britain", "uk"),
        ("dprk", "north korea"),
        ("drc", "democratic republic of the congo"),
        ("eu", "european union"),
        ("great britain", "uk"),
        ("rok", "south korea"),
        ("u.k.", "uk"),
        ("u.n.", "united nations"),
        ("u.s.", "us"),
        ("u.s.a.", "us"),
        ("uae", "united arab emirates"),
        ("un", "united nations"),
        ("united kingdom", "uk"),
        ("united states", "us"),
        ("united states of america", "us"),
        ("usa", "us"),
    ];
    ALIASES.binary_search_by_key(&core, |a| a.0).ok().map(|i| ALIASES[i].1)
}

/// Whether a noun names the class of a thing ("the country" for a named place).
pub(super) fn is_hypernym(lemma: &str, kind: EntityType, named: bool) -> bool {
    let classes: &[&str] = match kind {
        EntityType::Place => &[
            "area",
            "capital",
            "city",
            "country",
            "island",
            "nation",
            "neighborhood",
            "neighbourhood",
            "park",
            "place",
            "province",
            "region",
            "site",
            "state",
            "territory",
            "town",
            "village",
        ],
        EntityType::Organization => &[
            "agency",
            "alliance",
            "association",
            "bloc",
            "body",
            "company",
            "corporation",
            "court",
            "firm",
            "government",
            "group",
            "institute",
            "institution",
            "movement",
            "network",
            "organisation",
            "organization",
            "party",
            "team",
            "university",
        ],
        EntityType::Person => &[
            "actor",
            "author",
            "boy",
            "girl",
            "governor",
            "guy",
            "king",
            "lady",
            "leader",
            "man",
            "minister",
            "mother",
            "officer",
            "official",
            "person",
            "politician",
            "president",
            "queen",
            "scientist",
            "singer",
            "spokesman",
            "spokesperson",
            "spokeswoman",
            "victim",
            "woman",
            "writer",
        ],
        _ => &[],
    };
    named && classes.binary_search(&lemma).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(ROLES.is_sorted(), "{:?}", ROLES.windows(2).find(|w| w[0] > w[1]));
    }

    #[test]
    fn names_are_well_formed() {
        let text = crate::coref::NAMES;
        let rows: Vec<&str> = text.lines().filter(|l| !l.starts_with('#')).collect();
        assert!(rows.len() > 500);
        assert_eq!(rows.len(), NAMES.len(), "a name stands twice, or has another gender than m or f");
        assert!(rows.iter().all(|r| r.split('\t').count() == 3));
    }
}
