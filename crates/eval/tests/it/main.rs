//! Cases are folders: `tests/cases/<metric>/<name>/` holds `gold.*`, `system.*` and `expected.txt`,
//! the report as it is printed. Run with `UPDATE_CASES=1` to write the expected text anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use demarche_eval::conllu::Treebank;
use demarche_eval::events::Unit;
use demarche_eval::records::{self, Records};
use demarche_eval::{coref, events, mentions, parse, quotes, relations};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Runs every case of a metric; a missing folder or an empty one is a failure.
fn run(metric: &str, report: impl Fn(&Path) -> String) {
    let folder = root().join("tests/cases").join(metric);
    let mut cases: Vec<PathBuf> =
        fs::read_dir(&folder).expect("the folder of cases exists").map(|e| e.expect("it can be listed").path()).collect();
    cases.sort();
    assert!(!cases.is_empty(), "no cases in {}", folder.display());
    for case in cases {
        let seen = report(&case);
        let expected = case.join("expected.txt");
        if std::env::var_os("UPDATE_CASES").is_some() {
            fs::write(&expected, &seen).expect("the expected text can be written");
        }
        assert_eq!(seen, read(&expected), "{}", case.display());
    }
}

fn treebank(path: &Path) -> Treebank {
    Treebank::parse(&read(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn record_file(path: &Path) -> Records {
    Records::of(records::read_jsonl(&read(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

#[test]
fn parse_cases() {
    run("parse", |case| {
        let side = |name: &str| parse::Analysis::from_conllu(&treebank(&case.join(name)).sentences);
        parse::score(&side("gold.conllu"), &side("system.conllu")).expect("the characters agree").to_string()
    });
}

#[test]
fn entity_cases() {
    run("entities", |case| {
        let side = |name: &str| mentions::from_conllu(&treebank(&case.join(name)).sentences).expect("brackets agree");
        let (gold, system) = (side("gold.conllu"), side("system.conllu"));
        let chains = [(coref::chains(&gold), coref::chains(&system))];
        let with = coref::score(&chains, true);
        let without = coref::score(&chains, false);
        format!("{}\n{with}\n{without}", mentions::score(&[(gold, system)]))
    });
}

#[test]
fn relation_cases() {
    run("relations", |case| {
        let gold = relations::read_tsv(&read(&case.join("gold.tsv"))).expect("gold is well formed");
        let rows = read(&case.join("system.tsv"));
        let predictions: Vec<relations::Prediction> = rows
            .lines()
            .skip(1)
            .map(|line| {
                let cells: Vec<&str> = line.split('\t').collect();
                let quad = cells[2].parse().expect("quad is a number");
                relations::Prediction { id: cells[0].to_owned(), root: cells[1].to_owned(), quad }
            })
            .collect();
        assert_eq!(relations::predictions_tsv(&predictions), rows);
        relations::score(&gold, &predictions).expect("one prediction a row").to_string()
    });
}

#[test]
fn event_cases() {
    run("events", |case| {
        let text = read(&case.join("article.txt"));
        let (gold, system) = (record_file(&case.join("gold.jsonl")), record_file(&case.join("system.jsonl")));
        assert_eq!(records::check(&gold, &text), Vec::<String>::new());
        let units = [Unit { name: "article", text: Some(&text), gold: &gold, system: &system }];
        format!("{}\n{}", events::score(&units), quotes::score(&units))
    });
}

/// Gold that the repository ships must fit the texts it was written about and score in full against itself.
#[test]
fn shipped_gold_is_sound() {
    let evals = root().join("../../evals");
    let mut files: Vec<PathBuf> = fs::read_dir(&evals)
        .expect("the folder of gold exists")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|e| e == "jsonl"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no gold in {}", evals.display());
    for file in files {
        let gold = read(&file);
        let names = records::articles(&gold).expect("gold is well formed");
        let texts: BTreeMap<String, String> = names.into_iter().map(|name| (name.clone(), plain_text(&name))).collect();
        let lines = records::read_words(&gold, |name| texts.get(name).map(String::as_str))
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        // Records whose words are not in the text are passed over when scoring; here that is a slip.
        let written = gold.lines().filter(|line| !line.trim().is_empty()).count();
        assert_eq!(lines.len(), written, "{} names words that are in no text", file.display());
        for (source, gold) in records::by_source(lines) {
            // Gold without an article is about a page that is not in the repository.
            if let records::Source::Article(article) = &source {
                assert_eq!(records::check(&gold, &texts[article]), Vec::<String>::new(), "{article}");
            }
            let units = [Unit { name: "gold", text: None, gold: &gold, system: &gold }];
            let report = events::score(&units);
            assert!(report.missed.is_empty() && report.spurious.is_empty(), "{source:?}: {report}");
            assert_eq!((report.in_furniture, report.outlets_as_parties), (0, 0), "{source:?}");
            for row in &report.scores {
                assert_eq!((row.score.gold, row.score.system), (row.score.correct, row.score.correct), "{source:?} {}", row.name);
            }
            assert!(quotes::score(&units).missed.is_empty(), "{source:?}");
        }
    }
}

/// The text of an example, roughly: one line of a JSON Lines file, or a page without its tags. Gold
/// names words, so it does not matter what else is in the text.
fn plain_text(name: &str) -> String {
    let (file, line) = match name.rsplit_once(':') {
        Some((file, line)) => (file, line.parse::<usize>().ok()),
        None => (name, None),
    };
    let text = read(&root().join("../..").join(file));
    let text = match line {
        Some(line) => {
            let object = text.lines().nth(line - 1).expect("the line exists");
            let object: serde_json::Value = serde_json::from_str(object).expect("the line is JSON");
            let fields = object.as_object().expect("the line is an object").values();
            fields.filter_map(|v| v.as_str()).collect::<Vec<_>>().join("\n\n")
        }
        None => text,
    };
    if !text.contains("</p>") {
        return text;
    }
    let mut plain = String::new();
    for part in text.split('<') {
        plain.push(' ');
        plain.push_str(part.split_once('>').map_or(part, |(_, after)| after));
    }
    let entities = [
        ("&mdash;", "—"),
        ("&ndash;", "–"),
        ("&rsquo;", "’"),
        ("&lsquo;", "‘"),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&raquo;", "»"),
        ("&amp;", "&"),
    ];
    entities.iter().fold(plain, |text, (entity, character)| text.replace(entity, character))
}
