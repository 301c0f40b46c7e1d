//! What an act is in CAMEO and in the 2016 edition when it is told with certain words, from `data/variants.tsv`.

use std::collections::BTreeMap;

use compact_str::CompactString;
use demarche_types::{Deprel, Document, TokenId};

use crate::acts::{Act, Acts, TableError};
use crate::codebook::Root;
use crate::slots::preposition;

/// A row.
#[derive(Clone, Debug)]
struct Variant {
    words: Vec<CompactString>,
    told: Told,
}

/// What an act is in other codebooks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// CAMEO code.
    pub(crate) cameo: CompactString,
    /// Root of the 2016 edition.
    pub(crate) root: Root,
}

/// All rows, by act.
#[derive(Clone, Debug, Default)]
pub(crate) struct Variants(BTreeMap<CompactString, Vec<Variant>>);

const FILE: &str = "data/variants.tsv";
const COLUMNS: &str = "act\twords\tcameo\troot";

impl Variants {
    /// Reads the table and checks its acts against the inventory.
    pub(crate) fn read(text: &str, acts: &Acts) -> Result<Self, TableError> {
        let mut lists: BTreeMap<&str, &str> = BTreeMap::new();
        let (mut out, mut begun) = (Self::default(), false);
        for (index, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let fault = |message: String| TableError { file: FILE, line: index + 1, message };
            if let Some((name, words)) = line.strip_prefix('@').and_then(|l| l.split_once('\t')) {
                lists.insert(name, words);
                continue;
            }
            if !begun {
                if line != COLUMNS {
                    return Err(fault(format!("the columns are not `{}`", COLUMNS.replace('\t', " "))));
                }
                begun = true;
                continue;
            }
            let fields: Vec<&str> = line.split('\t').collect();
            let [act, words, cameo, root] = fields[..] else {
                return Err(fault(format!("{} columns instead of 4", fields.len())));
            };
            if acts.get(act).is_none() {
                return Err(fault(format!("no act `{act}` in data/acts.tsv")));
            }
            let words = match words.strip_prefix('@') {
                Some(name) => *lists.get(name).ok_or_else(|| fault(format!("no list `@{name}` before this line")))?,
                None => words,
            };
            let root = Root::parse(root).ok_or_else(|| fault(format!("`{root}` is no root of the 2016 edition")))?;
            let words = words.split('|').map(CompactString::from).collect();
            out.0.entry(act.into()).or_default().push(Variant { words, told: Told { cameo: cameo.into(), root } });
        }
        Ok(out)
    }

    /// What an act is as a trigger tells it: by the first row that fits, else by the act.
    pub(crate) fn told(&self, doc: &Document<'_>, trigger: TokenId, act: &Act) -> Told {
        let rows = self.0.get(&act.name).map(Vec::as_slice).unwrap_or_default();
        let fits = |v: &&Variant| words(doc, trigger).any(|t| v.words.contains(&doc.token(t).lemma));
        rows.iter().find(fits).map_or_else(|| Told { cameo: act.cameo.clone(), root: act.root }, |v| v.told.clone())
    }
}

/// The trigger, its object and auxiliaries, what it is "on", and the word that it completes.
fn words<'d>(doc: &'d Document<'_>, trigger: TokenId) -> impl Iterator<Item = TokenId> + 'd {
    let token = doc.token(trigger);
    let completes = matches!(token.deprel, Deprel::Xcomp | Deprel::Ccomp | Deprel::Obj);
    let below = doc.children(trigger).filter(|&c| match doc.token(c).deprel {
        Deprel::Obj | Deprel::Aux => true,
        Deprel::Obl => preposition(doc, c).is_some_and(|p| p == "on"),
        _ => false,
    });
    [trigger].into_iter().chain(token.head.filter(|_| completes)).chain(below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use crate::ontology::Ontology;

    #[test]
    fn the_table_that_ships_is_sound_and_a_faulty_line_is_named() {
        let ontology = Ontology::read(data::ONTOLOGY).expect("the ontology that ships");
        let acts = Acts::read(data::ACTS, &ontology).expect("the acts that ship");
        assert!(Variants::read(data::VARIANTS, &acts).is_ok());
        for (row, told) in [
            ("no-act\tx\t03\tAGREE", "no-act"),
            ("agree-general\t@none\t03\tAGREE", "@none"),
            ("agree-general\tx\t03\tSHOUT", "SHOUT"),
        ] {
            let error = Variants::read(&format!("{COLUMNS}\n{row}\n"), &acts).expect_err("the row is faulty").to_string();
            assert!(error.starts_with("data/variants.tsv:2: ") && error.contains(told), "{error}");
        }
    }
}
