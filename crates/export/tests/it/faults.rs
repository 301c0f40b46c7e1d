//! Files that are not what they should be are found out: each row of `faults.tsv` spoils a sound file in one place.

use std::fs;

use demarche_export::{FileKind, Format, validate, validate_brat};

use crate::{cases, events, everything, run};

#[test]
fn what_is_spoilt_is_found() {
    let list = fs::read_to_string(cases().join("faults.tsv")).unwrap();
    let mut count = 0;
    for row in list.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [format, suffix, line, find, put, expected] = cells[..] else { panic!("{row}") };
        let folder = tempfile::tempdir().unwrap();
        let manifest = run(events(), everything(Format::parse(format).unwrap()), folder.path());
        let name = &manifest.files.iter().find(|file| file.name.ends_with(suffix)).unwrap().name;
        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        let unescape = |cell: &str| cell.replace("\\t", "\t").replace("\\n", "\n");
        let number: usize = line.parse().unwrap();
        let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        let (find, put) = (unescape(find), unescape(put));
        assert!(lines[number - 1].contains(&find), "{row}: {}", lines[number - 1]);
        lines[number - 1] = lines[number - 1].replacen(&find, &put, 1);
        let faults = validate(FileKind::of_name(name).unwrap(), lines.concat().as_bytes());
        assert!(faults.iter().any(|fault| fault.to_string().contains(expected)), "{row}: {faults:?}");
        count += 1;
    }
    assert!(count >= 30, "{count}");
}

#[test]
fn other_formats_and_broken_files_are_found() {
    for (kind, bytes, expected) in [
        (FileKind::Polecat, &b""[..], "the header is missing"),
        (FileKind::Csv, b"", "the header is missing"),
        (FileKind::GdeltEvents, b"1\t2\xff\n", "is not UTF-8"),
        (FileKind::GdeltEvents, b"1\t2", "the file is cut off"),
        (FileKind::Parquet, b"PAR1 no", "is no Parquet"),
        (FileKind::Geojson, b"{\"type\":\"Feature\"}", "is no FeatureCollection"),
        (FileKind::Geojson, b"{\"type\":", "is no JSON"),
        (FileKind::Gexf, b"<gexf><graph></gexf>", "is not well formed"),
        (FileKind::Graphml, b"<graphml><graph>", "the file is cut off"),
        (FileKind::Graphml, b"<gexf/>", "the outermost element is not graphml"),
        (FileKind::Jsonl, b"{}\n", "is no record"),
    ] {
        let faults = validate(kind, bytes);
        assert!(faults.iter().any(|fault| fault.to_string().contains(expected)), "{kind:?}: {faults:?}");
    }
    assert_eq!(validate(FileKind::Polecat, "x\n".repeat(5000).as_bytes()).len(), demarche_export::validate::MOST_FAULTS);
}

#[test]
fn annotations_of_other_words_are_found() {
    let text = "Oman freed no prisoner.\nNobody came.";
    for (annotations, expected) in [
        ("T1\tParty 0 4\tOmen", "is of other words"),
        ("T1\tParty 0 400\tOman", "lies outside the text"),
        ("T1\tParty 14 30\tprisoner. Nobody", "runs over the end of a line"),
        ("T1\tParty 0 4\tOman\nT1\tParty 0 4\tOman", "stands twice"),
        ("T1\tAID 5 10\tfreed\nE1\tRETREAT:T1", "has no trigger of its type"),
        ("T1\tAID 5 10\tfreed\nE1\tAID:T1 Actor:T2", "names no annotation before it"),
        ("A1\tStatus E1 actual", "names no annotation before it"),
        ("X1\tParty", "is of no known kind"),
        ("T1", "has no tab"),
    ] {
        let faults = validate_brat(text, annotations);
        assert!(faults.iter().any(|fault| fault.to_string().contains(expected)), "{annotations}: {faults:?}");
    }
    assert_eq!(
        validate_brat(
            text,
            "T1\tParty 14 23;24 30\tprisoner. Nobody\nT2\tAID 5 10\tfreed\nE1\tAID:T2 Actor:T1\nA1\tStatus E1 actual"
        ),
        []
    );
}
