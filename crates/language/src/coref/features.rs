//! What the last sieve weighs, by name, and the table of weights.

use std::sync::LazyLock;

macro_rules! features {
    ($($name:ident),+ $(,)?) => {
        /// An observation about a mention and a possible antecedent, or about a mention alone (`New...`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub(super) enum Feature { $($name),+ }

        impl Feature {
            /// Every observation, in the order of the table's rows.
            #[cfg(test)]
            pub(super) const ALL: &'static [Feature] = &[$(Feature::$name),+];

            /// Its name in the table of weights.
            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),+ }
            }
        }
    };
}

features! {
    // Distance in sentences.
    Same, One, Two, Three, Five, Nine, Far,
    // Rank among the antecedents that agree, the nearest first.
    Nearest, Second, Third, Sixth, Later,
    // Role of the antecedent, in the same sentence and elsewhere.
    SameSubject, SameObject, SameOblique, SamePossessor, SameModifier, SameOther,
    Subject, Object, Oblique, Possessor, Modifier, Other,
    // The antecedent is the subject of this or the last sentence's main clause.
    MainSubject, LastMainSubject, SameRole, ClauseSubject, OneClause, Inner,
    // Class and determiner of the antecedent.
    Pronoun, SamePronoun, SpokenPronoun, OtherPronoun, Named, Clause,
    NominalBare, NominalThe, NominalDemonstrative, NominalIndefinite, NominalPossessive, NominalQuantifier,
    Joined, Narrowed,
    // Size of the entity, and whether it is spoken of since the first sentences.
    SizeOne, SizeTwo, SizeFour, SizeMany, Topic, HasForm,
    // Agreement.
    KindEqual, KindAlike, KindOther, KindPerson, GenderEqual, NumberEqual, NumberGroup, NumberOpen,
    QuoteSame, QuoteOther,
    // The mention is a possessive or reflexive pronoun, joined with where the antecedent stands.
    OwnSameClause, OwnSame, OwnBefore, Reflexive,
    // Words of nominals and names.
    CoreEqual, CoreThe, CoreDemonstrative, CoreIndefinite, CorePossessive, CoreQuantifier, CoreBare, CoreBarePlural, CoreLong,
    CoreOne, CoreFar,
    HeadThe, HeadDemonstrative, HeadIndefinite, HeadPossessive, HeadQuantifier, HeadBare, HeadNamed,
    HeadTheFromThe, HeadTheFromIndefinite, HeadTheFromBare, HeadNumber, HeadFar,
    WordsInside, WordsAllInside, WordsMissing, WordsTwoMissing, ModifiersEqual, ModifiersClash, BareHead, OnlyEarlierNarrowed,
    OnlyLaterNarrowed, BothNarrowed, NoneNarrowed,
    NoHeadThe, NoHeadDemonstrative, NoHeadIndefinite, NoHeadPossessive, NoHeadBare, NoHeadQuantifier, NoHeadNamed,
    NearestKind, SecondKind, ThirdKind, SubjectAgain, ObjectAgain, PronounNear, PossessorSame, PossessorOther,
    CoreTheFromThe, CoreBareFromBare, CoreMixed, CoreNarrowed, CoreKindOther, HeadTheInside, HeadTheMissing, HeadBareHeadNear,
    HeadInsidePossessive, HeadKindOther, NoHeadSubject, NoHeadNear, Counted, CountedBoth, PersonMain,
    HypernymEqual, RoleEqual, LemmaInChain, DemonstrativeNear, NameShares, NameInside, Around, EqualNumeral,
    // The mention by itself: how ready it is to open an entity of its own.
    New, NewThe, NewDemonstrative, NewIndefinite, NewPossessive, NewQuantifier, NewBare, NewBarePlural, NewNamed, NewNarrowed,
    NewSeenHead, NewSeenCore, NewJoined, NewSubject, NewModifier, NewPerson, NewOrganization, NewPlace, NewTime, NewEvent,
    NewObject, NewAbstract, NewOtherKind, NewExpletive, NewShort, NewNumeral, NewClause, NewHere, NewThis, NewThese, NewModified,
}

/// Mentions weighed alike: the columns of the table of weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Group {
    He,
    It,
    They,
    This,
    Noun,
    Name,
}

impl Group {
    pub(super) const NAMES: [&'static str; 6] = ["he", "it", "they", "this", "noun", "name"];
}

/// One row a feature, one column a group, in hundredths.
static WEIGHTS: LazyLock<Vec<[i32; 6]>> =
    LazyLock::new(|| crate::coref::WEIGHTS.lines().filter(|line| !line.starts_with('#')).map(row).collect());

fn row(line: &str) -> [i32; 6] {
    let mut out = [0; 6];
    for (slot, text) in out.iter_mut().zip(line.split('\t').skip(1)) {
        *slot = text.parse().unwrap_or(0);
    }
    out
}

/// The sum of the weights of some features.
pub(super) fn score(group: Group, features: &[Feature]) -> i32 {
    features.iter().map(|&f| WEIGHTS.get(f as usize).map_or(0, |row| row[group as usize])).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_has_one_row_a_feature() {
        let names: Vec<&str> = crate::coref::WEIGHTS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').next().expect("split yields at least one part"))
            .collect();
        let expected: Vec<&str> = Feature::ALL.iter().map(|f| f.name()).collect();
        assert_eq!(names, expected);
        assert!(WEIGHTS.iter().all(|row| row.iter().all(|w| w.abs() < 2000)));
    }

    #[test]
    fn header_names_the_groups() {
        let header = crate::coref::WEIGHTS.lines().find(|l| l.starts_with("# feature")).expect("the table has a header");
        assert!(header.split('\t').skip(1).eq(Group::NAMES));
    }
}
