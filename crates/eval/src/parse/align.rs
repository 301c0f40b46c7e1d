//! Alignment of gold words with system words.

use super::Word;

/// Pairs of indices (gold, system) in order. Words outside multiword tokens are aligned when their
/// characters are the same; inside, by the longest common subsequence of their forms within the
/// smallest stretch that neither side's multiword tokens cross.
pub(super) fn align(gold: &[Word], system: &[Word]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut g, mut s) = (0, 0);
    while g < gold.len() && s < system.len() {
        if gold[g].multiword || system[s].multiword {
            let stretch = multiword_stretch(gold, system, g, s);
            common_subsequence(gold, system, &stretch, &mut pairs);
            (g, s) = (stretch.gold.1, stretch.system.1);
        } else if gold[g].span == system[s].span {
            pairs.push((g, s));
            g += 1;
            s += 1;
        } else if gold[g].span.0 <= system[s].span.0 {
            g += 1;
        } else {
            s += 1;
        }
    }
    pairs
}

/// Ranges of words that must be aligned together.
struct Stretch {
    gold: (usize, usize),
    system: (usize, usize),
}

/// The stretch around the multiword token at `gold[g]` or `system[s]`.
fn multiword_stretch(gold: &[Word], system: &[Word], mut g: usize, mut s: usize) -> Stretch {
    let mut end;
    if gold[g].multiword {
        end = gold[g].span.1;
        // A system word that starts earlier is not part of it.
        if !system[s].multiword && system[s].span.0 < gold[g].span.0 {
            s += 1;
        }
    } else {
        end = system[s].span.1;
        if !gold[g].multiword && gold[g].span.0 < system[s].span.0 {
            g += 1;
        }
    }
    let start = (g, s);
    while !beyond(gold, g, end) || !beyond(system, s, end) {
        let gold_first = g < gold.len() && (s >= system.len() || gold[g].span.0 <= system[s].span.0);
        let word = if gold_first { &gold[g] } else { &system[s] };
        if word.multiword {
            end = end.max(word.span.1);
        }
        if gold_first {
            g += 1;
        } else {
            s += 1;
        }
    }
    Stretch { gold: (start.0, g), system: (start.1, s) }
}

fn beyond(words: &[Word], index: usize, end: usize) -> bool {
    match words.get(index) {
        None => true,
        Some(word) if word.multiword => word.span.0 >= end,
        Some(word) => word.span.1 > end,
    }
}

fn common_subsequence(gold: &[Word], system: &[Word], stretch: &Stretch, pairs: &mut Vec<(usize, usize)>) {
    let rows = &gold[stretch.gold.0..stretch.gold.1];
    let columns = &system[stretch.system.0..stretch.system.1];
    // lengths[g][s]: the longest common subsequence of rows[g..] and columns[s..].
    let mut lengths = vec![vec![0usize; columns.len() + 1]; rows.len() + 1];
    for g in (0..rows.len()).rev() {
        for s in (0..columns.len()).rev() {
            let with = if rows[g].form == columns[s].form { 1 + lengths[g + 1][s + 1] } else { 0 };
            lengths[g][s] = with.max(lengths[g + 1][s]).max(lengths[g][s + 1]);
        }
    }
    let (mut g, mut s) = (0, 0);
    while g < rows.len() && s < columns.len() {
        if rows[g].form == columns[s].form {
            pairs.push((stretch.gold.0 + g, stretch.system.0 + s));
            g += 1;
            s += 1;
        } else if lengths[g][s] == lengths[g + 1][s] {
            g += 1;
        } else {
            s += 1;
        }
    }
}
