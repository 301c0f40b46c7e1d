use super::*;
use crate::conllu::Treebank;

/// Builds an analysis from `form/UPOS/head/deprel` words. A multiword token is followed by its words
/// in brackets: `don't[do/AUX/2/aux n't/PART/2/advmod]`.
fn analysis(sentences: &[&str]) -> Analysis {
    let mut file = String::new();
    for sentence in sentences {
        let mut id = 0;
        let mut open: Option<(String, Vec<String>)> = None;
        let spaced = sentence.replace('[', " [ ").replace(']', " ] ");
        let mut items = spaced.split_whitespace().peekable();
        while let Some(word) = items.next() {
            if items.peek() == Some(&"[") {
                open = Some((word.to_owned(), vec![]));
                items.next();
            } else if word == "]" {
                let (form, words) = open.take().expect("a bracket was opened");
                file += &format!("{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_\n", id - words.len() + 1, id);
                file += &words.concat();
            } else {
                let c: Vec<&str> = word.split('/').collect();
                id += 1;
                let line = format!("{id}\t{}\t{}\t{}\t_\t_\t{}\t{}\t_\t_\n", c[0], c[0], c[1], c[2], c[3]);
                match &mut open {
                    Some((_, words)) => words.push(line),
                    None => file += &line,
                }
            }
        }
        file.push('\n');
    }
    let bank = Treebank::parse(&file).unwrap_or_else(|error| panic!("{error} in\n{file}"));
    Analysis::from_conllu(&bank.sentences)
}

fn counts(gold: &[&str], system: &[&str]) -> Vec<(String, usize, usize, usize)> {
    let report = score(&analysis(gold), &analysis(system)).expect("the characters agree");
    report.scores.into_iter().map(|r| (r.name, r.score.gold, r.score.system, r.score.correct)).collect()
}

fn of(counts: &[(String, usize, usize, usize)], name: &str) -> (usize, usize, usize) {
    counts.iter().find(|c| c.0 == name).map(|c| (c.1, c.2, c.3)).expect("the metric is reported")
}

const GOLD: &str = "She/PRON/2/nsubj reads/VERB/0/root old/ADJ/4/amod books/NOUN/2/obj ./PUNCT/2/punct";

#[test]
fn the_same_analysis_scores_in_full() {
    for (name, gold, system, correct) in counts(&[GOLD], &[GOLD]) {
        assert_eq!((gold, system), (correct, correct), "{name}");
    }
}

#[test]
fn a_wrong_head_costs_uas_and_las() {
    let c = counts(&[GOLD], &["She/PRON/2/nsubj reads/VERB/0/root old/ADJ/2/amod books/NOUN/2/obl:x ./PUNCT/2/punct"]);
    assert_eq!(of(&c, "UAS"), (5, 5, 4));
    assert_eq!(of(&c, "LAS"), (5, 5, 3));
    assert_eq!(of(&c, "CLAS"), (4, 4, 2));
    assert_eq!(of(&c, "UPOS"), (5, 5, 5));
}

#[test]
fn subtypes_do_not_count() {
    let c = counts(&["a/X/2/nsubj:pass b/X/0/root"], &["a/X/2/nsubj b/X/0/root"]);
    assert_eq!(of(&c, "LAS"), (2, 2, 2));
}

#[test]
fn a_split_token_is_not_aligned() {
    // Gold "old" is one word; the system cuts it into two. Its children lose their head as well.
    let c = counts(&[GOLD], &["She/PRON/2/nsubj reads/VERB/0/root o/ADJ/5/amod ld/ADJ/3/flat books/NOUN/2/obj ./PUNCT/2/punct"]);
    assert_eq!(of(&c, "Tokens"), (5, 6, 4));
    assert_eq!(of(&c, "Words"), (5, 6, 4));
    assert_eq!(of(&c, "LAS"), (5, 6, 4));
    assert_eq!(of(&c, "Sentences"), (1, 1, 1));
}

#[test]
fn a_split_head_costs_its_children() {
    // "reads" is cut: its three children and itself are lost, "old" under "books" stays right.
    let c = counts(&[GOLD], &["She/PRON/2/nsubj rea/VERB/0/root ds/X/2/flat old/ADJ/5/amod books/NOUN/2/obj ./PUNCT/2/punct"]);
    assert_eq!(of(&c, "Words"), (5, 6, 4));
    assert_eq!(of(&c, "UAS"), (5, 6, 1));
}

#[test]
fn a_cut_sentence_costs_its_bounds() {
    let c = counts(&["a/X/0/root b/X/1/dep c/X/1/dep", "d/X/0/root"], &["a/X/0/root b/X/1/dep", "c/X/0/root", "d/X/0/root"]);
    assert_eq!(of(&c, "Sentences"), (2, 3, 1));
    assert_eq!(of(&c, "UAS"), (4, 4, 3));
}

#[test]
fn multiword_tokens_align_by_common_subsequence() {
    // The system writes no multiword token: the token is lost, the words are not.
    let gold = "They/PRON/4/nsubj don't[do/AUX/4/aux n't/PART/4/advmod] go/VERB/0/root";
    let c = counts(&[gold], &["They/PRON/4/nsubj do/AUX/4/aux n't/PART/4/advmod go/VERB/0/root"]);
    assert_eq!(of(&c, "Tokens"), (3, 4, 2));
    assert_eq!(of(&c, "Words"), (4, 4, 4));
    assert_eq!(of(&c, "LAS"), (4, 4, 4));
    // Another split of the same characters shares no form with gold.
    let c = counts(&[gold], &["They/PRON/4/nsubj don/AUX/4/aux 't/PART/4/advmod go/VERB/0/root"]);
    assert_eq!(of(&c, "Words"), (4, 4, 2));
    // Left whole, the token is right and both words are lost.
    let c = counts(&[gold], &["They/PRON/3/nsubj don't/AUX/3/aux go/VERB/0/root"]);
    assert_eq!(of(&c, "Tokens"), (3, 3, 3));
    assert_eq!(of(&c, "Words"), (4, 3, 2));
    assert_eq!(of(&c, "UAS"), (4, 3, 2));
}

#[test]
fn multiword_tokens_that_cross_are_taken_together() {
    // Gold joins ab, system joins bc: one stretch, in which a, b and c agree by form.
    let c = counts(&["ab[a/X/0/root b/X/1/dep] c/X/1/dep"], &["a/X/0/root bc[b/X/1/dep c/X/1/dep]"]);
    assert_eq!(of(&c, "Tokens"), (2, 2, 0));
    assert_eq!(of(&c, "Words"), (3, 3, 3));
}

#[test]
fn differing_characters_are_an_error() {
    let error = score(&analysis(&["ab/X/0/root"]), &analysis(&["ac/X/0/root"])).expect_err("b is not c");
    assert_eq!(error, ParseError::Characters { at: 1, gold: "b".to_owned(), system: "c".to_owned() });
}

#[test]
fn case_and_spaces_do_not_matter_for_words() {
    let mut gold = analysis(&["New/X/0/root York/X/1/flat"]);
    let system = gold.clone();
    gold.append(analysis(&["x/X/0/root"]));
    let mut longer = system;
    longer.append(analysis(&["x/X/0/root"]));
    assert_eq!(gold, longer);
    assert_eq!(gold.words[2].span, (7, 8));
}
