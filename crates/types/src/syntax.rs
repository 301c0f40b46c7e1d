//! Universal Dependencies as small enums. Source: UD version 2, universaldependencies.org.

use serde::{Deserialize, Serialize};

macro_rules! names {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($variant:ident = $text:literal),+ $(,)? } else $fallback:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "each variant is the UD label of the same name")]
        pub enum $name { $(#[serde(rename = $text)] $variant),+ }

        impl $name {
            #[doc = concat!("Every ", $what, ", in the order of the declaration.")]
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            #[doc = concat!("The ", $what, " as treebanks write it.")]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            #[doc = concat!("Reads a ", $what, " as treebanks write it; anything unknown becomes `", stringify!($fallback), "`.")]
            pub fn parse(text: &str) -> Self {
                match text { $($text => Self::$variant,)+ _ => Self::$fallback }
            }
        }
    };
}

names! {
    /// Universal part of speech.
    Upos, "tag" {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    } else X
}

names! {
    /// Dependency relation, subtypes included.
    Deprel, "relation" {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod", Amod = "amod",
        Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc", CcPreconj = "cc:preconj",
        Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop", Csubj = "csubj",
        CsubjPass = "csubj:pass", CsubjOuter = "csubj:outer", Dep = "dep", Det = "det", DetPredet = "det:predet",
        Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat",
        Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc",
        NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj", NsubjPass = "nsubj:pass",
        NsubjOuter = "nsubj:outer", Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent",
        OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct",
        Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    } else Dep
}

names! {
    /// Verb form, UD feature `VerbForm`.
    VerbForm, "verb form" { None = "", Fin = "Fin", Inf = "Inf", Part = "Part", Ger = "Ger" } else None
}

names! {
    /// Tense, UD feature `Tense`.
    Tense, "tense" { None = "", Past = "Past", Pres = "Pres" } else None
}

names! {
    /// Number, UD feature `Number`.
    Number, "number" { None = "", Sing = "Sing", Plur = "Plur", Ptan = "Ptan" } else None
}

names! {
    /// Person, UD feature `Person`.
    Person, "person" { None = "", First = "1", Second = "2", Third = "3" } else None
}

/// The morphological features that coding reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Feats {
    /// Form of a verb.
    pub verb_form: VerbForm,
    /// Tense of a verb or participle.
    pub tense: Tense,
    /// Number of a noun, pronoun or verb.
    pub number: Number,
    /// Person of a pronoun or verb.
    pub person: Person,
    /// `Voice=Pass`.
    pub passive: bool,
    /// `Poss=Yes`.
    pub possessive: bool,
    /// `PronType=Prs`, `Gender=Masc` / `Fem` / `Neut`, as 'm', 'f', 'n', or '-' when absent.
    pub gender: char,
}

impl Default for Feats {
    fn default() -> Self {
        Self {
            verb_form: VerbForm::None,
            tense: Tense::None,
            number: Number::None,
            person: Person::None,
            passive: false,
            possessive: false,
            gender: '-',
        }
    }
}

impl Feats {
    /// Reads a CoNLL-U FEATS column (`Number=Sing|Person=3`, or `_`). Unknown features are passed over.
    pub fn parse(text: &str) -> Self {
        let mut feats = Self::default();
        for pair in text.split('|') {
            let Some((key, value)) = pair.split_once('=') else { continue };
            match key {
                "VerbForm" => feats.verb_form = VerbForm::parse(value),
                "Tense" => feats.tense = Tense::parse(value),
                "Number" => feats.number = Number::parse(value),
                "Person" => feats.person = Person::parse(value),
                "Voice" => feats.passive = value == "Pass",
                "Poss" => feats.possessive = value == "Yes",
                "Gender" => {
                    feats.gender = match value {
                        "Masc" => 'm',
                        "Fem" => 'f',
                        _ => 'n',
                    }
                }
                _ => {}
            }
        }
        feats
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_round_trip() {
        for &relation in Deprel::ALL {
            assert_eq!(Deprel::parse(relation.as_str()), relation);
        }
        for &tag in Upos::ALL {
            assert_eq!(Upos::parse(tag.as_str()), tag);
        }
    }
}
