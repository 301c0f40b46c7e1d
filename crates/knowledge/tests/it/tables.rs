//! The tables: sound, quick to load, and as wide as they say.

use std::collections::BTreeSet;

use demarche_knowledge::{Knowledge, Known, Tables, lint};
use jiff::civil::date;

fn knowledge() -> Knowledge {
    Knowledge::embedded().expect("the embedded tables are sound")
}

/// The code, sectors and identifier of the first actor that a name is known as.
fn actor(kb: &Knowledge, name: &str) -> String {
    let first = kb.resolve_name(name, None).into_iter().find_map(|k| match k {
        Known::Actor { actor, is_media } => Some((actor, is_media)),
        _ => None,
    });
    let Some((actor, is_media)) = first else { return "-".to_owned() };
    let sectors: Vec<&str> = actor.sectors.iter().map(|s| s.0.as_str()).collect();
    let code = actor.code.map_or_else(|| "?".to_owned(), |c| c.0.to_string());
    let id = actor.identifier_id.unwrap_or_default();
    format!("{code} {} {id}{}", sectors.join("+"), if is_media { " media" } else { "" })
}

#[test]
fn tables_pass_the_linter() {
    let found = lint(&Tables::embedded());
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

#[test]
fn the_linter_finds_faults() {
    let mut tables = Tables::embedded();
    tables.roles.push(
        "name\tnationality\taliases\toffice\tcode\tsectors\tsince\tuntil\tprecision\tsource\n\
         A B\tXYZ\t\tPresident\t\tGOV QQQ\t2001-02-03\t2000\tday\t\n",
    );
    tables.members.push("organisation\tcountry\tsince\tuntil\tsource\norg.nowhere\tFRA\t\t\tdemarche\n");
    let found = lint(&tables).join("\n");
    for fault in ["code \"XYZ\"", "sector \"QQQ\"", "ends on 2000-12-31", "no source", "there is no org.nowhere"] {
        assert!(found.contains(fault), "{fault} not in:\n{found}");
    }
}

#[test]
fn names_are_known() {
    let kb = knowledge();
    for (name, expected) in [
        ("Iran", "IRN  cty.irn"),
        ("the United States", "-"),
        ("U.S.", "USA  cty.usa"),
        ("DPRK", "PRK  cty.prk"),
        ("Soviet Union", "RUS  cty.rus"),
        ("Pentagon", "USA GOV+MIL cty.usa"),
        ("Quai d'Orsay", "FRA GOV cty.fra"),
        ("Türkiye", "TUR  cty.tur"),
        ("Shanghai Cooperation Organization", "IGO  org.sco"),
        ("Hezbollah", "LBN REB+PTY grp.hezbollah"),
        ("IRGC", "IRN MIL bod.irgc"),
        ("ACLU", "USA NGO org.aclu"),
        ("Xinhua", "CHN JRN med.xinhua media"),
        ("Aziz Nasirzadeh", "IRN GOV+MIL per.iran.aziz-nasirzadeh"),
        ("Boeing", "MNC BUS com.boeing"),
    ] {
        assert_eq!(actor(&kb, name), expected, "{name}");
    }
}

#[test]
fn membership_has_dates() {
    let kb = knowledge();
    let on = |day| kb.members("org.sco", Some(day)).into_iter().map(|c| c.0.to_string()).collect::<BTreeSet<_>>();
    assert_eq!(on(date(2016, 1, 1)).len(), 6);
    assert!(on(date(2018, 1, 1)).contains("IND") && !on(date(2018, 1, 1)).contains("IRN"));
    assert_eq!(on(date(2025, 6, 25)).len(), 10);
    assert!(!kb.members("org.eu", Some(date(2021, 1, 1))).iter().any(|c| c.0 == "GBR"));
}

#[test]
fn the_base_is_as_wide_as_it_says() {
    let tables = Tables::embedded();
    let rows = |texts: &[&str]| -> usize {
        texts.iter().map(|t| t.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).count().saturating_sub(1)).sum()
    };
    assert!(rows(&tables.agents) >= 400, "agents");
    assert!(rows(&tables.media) >= 150, "media");
    assert!(rows(&tables.bodies) >= 500, "bodies");
    assert!(knowledge().size().2 >= 200_000, "places and units");
    // Heads of state or government, and foreign or defence ministers, each of many countries.
    let mut heads = BTreeSet::new();
    let mut ministers = BTreeSet::new();
    for line in tables.roles.iter().flat_map(|t| t.lines()).filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        match cells[3] {
            "President" | "Prime Minister" | "Monarch" | "Supreme Leader" => heads.insert(cells[1]),
            office if office.contains("Foreign") || office.contains("External") || office.contains("Defen") => {
                ministers.insert(cells[1])
            }
            _ => false,
        };
    }
    assert!(heads.len() >= 150, "heads of {} countries", heads.len());
    assert!(ministers.len() >= 60, "ministers of {} countries", ministers.len());
}

#[test]
fn a_users_table_adds_to_the_base() {
    let mut tables = Tables::embedded();
    tables.bodies.push("id\tcode\tsectors\tname\taliases\tsource\norg.tin\tNGO\t\tTin Workshop\tTIW\tuser\n");
    let kb = Knowledge::from_tables(&tables).expect("the tables are sound");
    assert_eq!(actor(&kb, "TIW"), "NGO  org.tin");
}

#[test]
fn a_broken_table_is_an_error_with_its_line() {
    let mut tables = Tables::default();
    tables.countries.push("# comment\ncode\tkind\talias\tsectors\nFRA\tname\tFrance\n");
    let error = Knowledge::from_tables(&tables).err().expect("a short row is an error");
    assert_eq!(error.to_string(), "table countries, line 3: a row of 3 cells where 4 are needed");
}
