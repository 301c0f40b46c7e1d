use std::fs;
use std::path::Path;

use demarche_corroborate::{Corroborator, Merged, Report, one_a_day};

use crate::lines::Line;

/// Runs the cases of a folder.
fn run(folder: &str, answer: impl Fn(&[Line]) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
    let mut files: Vec<_> =
        fs::read_dir(&folder).expect("the folder is there").map(|file| file.expect("it can be listed").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "no cases in {}", folder.display());
    for file in files {
        let text = fs::read_to_string(&file).expect("the file can be read");
        let mut parts = text.split("=== ");
        let mut seen = parts.next().unwrap_or_default().to_owned();
        for case in parts {
            let (reports, _) = case.split_once("---\n").expect("reports, ---, what is expected");
            let lines: Vec<Line> =
                reports.lines().skip(1).filter(|line| !line.is_empty() && !line.starts_with('#')).map(Line::read).collect();
            assert!(!lines.is_empty(), "no reports in a case of {}", file.display());
            seen.push_str(&format!("=== {reports}---\n{}\n", answer(&lines)));
        }
        if std::env::var_os("UPDATE_CASES").is_some() {
            fs::write(&file, &seen).expect("the file can be written");
        }
        assert_eq!(seen, fs::read_to_string(&file).expect("the file can be read"), "{}", file.display());
    }
}

fn clusters(lines: &[Line]) -> Vec<Vec<String>> {
    let mut all = Corroborator::default();
    all.add(lines.iter().map(Line::report));
    all.clusters().iter().map(|cluster| cluster.members.iter().map(|member| member.event.0.to_string()).collect()).collect()
}

#[test]
fn what_is_one_event() {
    run("clusters", |lines| clusters(lines).iter().map(|members| members.join(" ") + "\n").collect());
}

#[test]
fn views_of_an_event() {
    run("views", |lines| {
        let mut reports: Vec<Report<'_>> = lines.iter().map(Line::report).collect();
        let view =
            |reports: &[Report<'_>]| Merged::of(demarche_corroborate::ClusterId("c".into()), reports).expect("there are reports");
        let merged = view(&reports);
        reports.reverse();
        assert_eq!(view(&reports), merged, "the order of reports changes nothing");
        serde_json::to_string_pretty(&merged).expect("a view is JSON") + "\n"
    });
}

#[test]
fn one_a_day_keeps_the_first_of_type_parties_day_and_place() {
    let line = |id: &str, published: &str, kind: &str, who: &str, date: &str, place: &str| {
        Line::read(&format!("{id} | {published} | Post | {kind} | {who} | {date} | {place} | | actual | Words of {id}."))
    };
    let lines = [
        line("a", "2025-03-05", "ASSAULT", "RUS:MIL > UKR", "2025-03-04", "Sumy UKR 50.9,34.8"),
        // The same, published earlier: it is kept instead.
        line("b", "2025-03-04", "ASSAULT", "RUS > UKR:CVL", "2025-03-04", "Sumy UKR 50.9,34.8"),
        line("c", "2025-03-04", "ASSAULT", "RUS > UKR", "2025-03-05", "Sumy UKR 50.9,34.8"),
        line("d", "2025-03-04", "ASSAULT", "RUS > UKR", "2025-03-04", "Odesa UKR 46.5,30.7"),
        line("e", "2025-03-04", "ASSAULT", "UKR > RUS", "2025-03-04", "Sumy UKR 50.9,34.8"),
        line("f", "2025-03-04", "COERCE", "RUS > UKR", "2025-03-04", "Sumy UKR 50.9,34.8"),
        // No date is told, so the day of publication counts.
        line("g", "2025-03-04", "COERCE", "RUS > UKR", "", "Sumy UKR 50.9,34.8"),
    ];
    assert_eq!(one_a_day(lines.iter().map(|line| &line.event)), [1, 2, 3, 4, 5]);
    assert_eq!(one_a_day(lines.iter().rev().map(|line| &line.event)), [1, 2, 3, 4, 5]);
}
