//! What speaks for a country as an agent's, by name, and the table of weights.

use std::sync::LazyLock;

/// The table: one row a feature, one column a group, in hundredths. `training/home.py` fits it.
pub(crate) const WEIGHTS: &str = include_str!("weights.tsv");

macro_rules! features {
    ($($name:ident),+ $(,)?) => {
        /// An observation about an agent and a country, or about an agent alone (`Alone...`).
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
    // The country's share in all that the document names, and how often it is named.
    ShareAll, ShareMost, ShareHalf, ShareThird, ShareSome, ShareLittle,
    Top, TopTied, Once, Twice, Often,
    // Sentences in which something is told to happen there.
    LocatedHere, LocatedBefore, LocatedTwoBefore, LocatedEarlier, LocatedLater,
    // Sentences that name it.
    NamedHereBefore, NamedHereAfter, NamedBefore, NamedTwoBefore, NamedEarlier, NamedLater,
    // The last of all countries named before the agent, the next one in its sentence, and the only one of the sentence.
    Last, Next, OnlyHere,
    // The last name says only whose somebody is ("a Ruritanian firm"); the country is named in this way alone.
    LastAttribute, AttributeOnly,
    // More places lie there than anywhere else.
    PlaceTop,
    // Named or told as a place only.
    OnlyLocated,
    Dateline, DatelineTop, DatelineOther,
    Title, TitleFirst, TitleSole, TitleOther,
    Lead, LeadFirst,
    // Agents whose country is known: the last before this one, the last of the same sector, any of the sector, others of the sector.
    LastAgent, LastOfSector, SomeOfSector, OthersOfSector,
    // Another party to the same verb, another member of the same list.
    Opposed, Joined,
    NotAState,
    // The agent by itself: how ready it is to have none of the countries.
    Alone, AloneSole, AloneTwo, AloneMany,
    AloneThe, AloneIndefinite, AlonePlural, AloneCounted, AloneModified, AloneOwned, AloneForeign, AloneCrossing, AloneOfAPeople,
    AloneSpeaker, AloneTitle, AloneNoDateline,
    AloneGov, AloneMil, AloneCop, AloneJud, AloneLeg, AlonePty, AloneOpp, AloneReb, AloneUaf, AlonePrm, AloneCrm, AloneRef, AloneCvl, AloneLab,
    AloneBus, AloneJrn, AloneMed, AloneEdu, AloneRel, AloneSoc, AloneAgr, AloneEli, AloneSpy,
}

/// Agents weighed alike: the columns of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Group {
    /// Of the state, and who wants to be.
    State,
    /// Soldiers and police.
    Force,
    /// Other armed men.
    Armed,
    /// People by their trade or lot.
    People,
    /// Persons of whom only the name is known.
    Name,
}

impl Group {
    pub(super) const NAMES: [&'static str; 5] = ["state", "force", "armed", "people", "name"];

    /// The group of a first sector.
    pub(super) fn of(sector: Option<&str>) -> Self {
        match sector {
            Some("GOV" | "LEG" | "JUD" | "PTY" | "OPP" | "ELI") => Self::State,
            Some("MIL" | "COP" | "SPY") => Self::Force,
            Some("REB" | "UAF" | "PRM" | "CRM") => Self::Armed,
            Some(_) => Self::People,
            None => Self::Name,
        }
    }
}

/// What a first sector is called among the features.
pub(super) fn sector(code: &str) -> Option<Feature> {
    use Feature as F;
    Some(match code {
        "GOV" => F::AloneGov,
        "MIL" => F::AloneMil,
        "COP" => F::AloneCop,
        "JUD" => F::AloneJud,
        "LEG" => F::AloneLeg,
        "PTY" => F::AlonePty,
        "OPP" => F::AloneOpp,
        "REB" => F::AloneReb,
        "UAF" => F::AloneUaf,
        "PRM" => F::AlonePrm,
        "CRM" => F::AloneCrm,
        "REF" => F::AloneRef,
        "CVL" => F::AloneCvl,
        "LAB" => F::AloneLab,
        "BUS" => F::AloneBus,
        "JRN" => F::AloneJrn,
        "MED" => F::AloneMed,
        "EDU" => F::AloneEdu,
        "REL" => F::AloneRel,
        "SOC" => F::AloneSoc,
        "AGR" => F::AloneAgr,
        "ELI" => F::AloneEli,
        "SPY" => F::AloneSpy,
        _ => return None,
    })
}

static TABLE: LazyLock<Vec<[i32; 5]>> =
    LazyLock::new(|| WEIGHTS.lines().filter(|line| !line.starts_with('#')).map(row).collect());

fn row(line: &str) -> [i32; 5] {
    let mut out = [0; 5];
    for (slot, text) in out.iter_mut().zip(line.split('\t').skip(1)) {
        *slot = text.parse().unwrap_or(0);
    }
    out
}

/// The sum of the weights of some features.
pub(super) fn score(group: Group, features: &[Feature]) -> i32 {
    features.iter().map(|&f| TABLE.get(f as usize).map_or(0, |row| row[group as usize])).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_has_one_row_a_feature() {
        let names: Vec<&str> =
            WEIGHTS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').next()).collect();
        let expected: Vec<&str> = Feature::ALL.iter().map(|f| f.name()).collect();
        assert_eq!(names, expected);
        assert!(TABLE.iter().all(|row| row.iter().all(|w| w.abs() < 2000)));
    }

    #[test]
    fn header_names_the_groups() {
        let header = WEIGHTS.lines().find(|l| l.starts_with("# feature")).expect("the table has a header");
        assert!(header.split('\t').skip(1).eq(Group::NAMES));
    }
}
