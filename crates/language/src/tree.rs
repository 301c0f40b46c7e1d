//! The maximum spanning arborescence with one root.
//!
//! Most sentences need no more than each word's best head; where those heads form a cycle or name several
//! roots, Chu-Liu/Edmonds runs once for each candidate root (Chu and Liu 1965; Edmonds 1967; the single-root
//! constraint as in Zmigrod et al. 2020), the most promising first, until no root that is left can do better.

use crate::model::argmax;

/// Heads for `n` words. `scores` is `[n][n + 1]`, row `d` scoring each head of word `d + 1`, column 0 the root.
/// Returns for every word its head, 0 for the root, words counted from 1.
pub(crate) fn heads(scores: &[f32], n: usize) -> Vec<usize> {
    let row = |d: usize| &scores[d * (n + 1)..(d + 1) * (n + 1)];
    let mut heads: Vec<usize> = (0..n)
        .map(|d| {
            // A word is never its own head.
            let own = row(d);
            let (left, right) = (argmax(&own[..=d]), d + 2 + argmax(own.get(d + 2..).unwrap_or(&[])));
            if right <= n && own[right] > own[left] { right } else { left }
        })
        .collect();
    if is_tree(&heads) {
        return heads;
    }
    // What a root costs at least: all other words have their best head that is a word, cycles or not.
    let cost = |root: usize| {
        let own = row(root - 1);
        own[1..].iter().enumerate().filter(|(h, _)| h + 1 != root).map(|(_, s)| *s).fold(f32::NEG_INFINITY, f32::max) - own[0]
    };
    let mut roots: Vec<(f32, usize)> = (1..=n).map(|root| (cost(root), root)).collect();
    roots.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let total = |heads: &[usize]| -> f32 { heads.iter().enumerate().map(|(d, &h)| row(d)[h]).sum() };
    let mut best = f32::NEG_INFINITY;
    // The best that words reach when each has its best head that is a word.
    let free: f32 = roots.iter().map(|&(cost, root)| row(root - 1)[0] + cost).sum();
    for (cost, root) in roots {
        if free - cost < best {
            break;
        }
        let found = arborescence(scores, n, root);
        let reached = total(&found);
        if reached > best {
            (best, heads) = (reached, found);
        }
    }
    heads
}

fn is_tree(heads: &[usize]) -> bool {
    heads.iter().filter(|&&h| h == 0).count() == 1 && find_cycle(heads.len(), |d| heads[d - 1]).is_none()
}

/// A cycle among nodes `1..=n`, following `head`; 0 is the root and ends every walk.
fn find_cycle(n: usize, head: impl Fn(usize) -> usize) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; n + 1];
    for start in 1..=n {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = head(at);
        }
        if at != 0 && seen[at] == start {
            let mut cycle = vec![at];
            let mut next = head(at);
            while next != at {
                cycle.push(next);
                next = head(next);
            }
            return Some(cycle);
        }
    }
    None
}

/// Chu-Liu/Edmonds with the root's only child fixed. Quadratic a contraction.
fn arborescence(scores: &[f32], n: usize, root: usize) -> Vec<usize> {
    const NEVER: f32 = f32::NEG_INFINITY;
    let size = n + 1;
    // weight[h * size + d]
    let mut weight = vec![NEVER; size * size];
    for d in 1..=n {
        for h in 0..=n {
            if h != d && (h != 0) == (d != root) {
                weight[h * size + d] = scores[(d - 1) * size + h];
            }
        }
    }
    let mut alive: Vec<bool> = vec![true; size];
    // For each contraction: its representative, members, and the original edges behind the rewritten weights.
    let mut edge: Vec<(usize, usize)> = (0..size * size).map(|i| (i / size, i % size)).collect();
    // The live node that stands for each original one.
    let mut component: Vec<usize> = (0..size).collect();
    let mut stack: Vec<Contraction> = vec![];
    let chosen = loop {
        let mut head = vec![0usize; size];
        for d in (1..size).filter(|&d| alive[d]) {
            let mut best = (NEVER, 0);
            for h in (0..size).filter(|&h| alive[h] && h != d) {
                if weight[h * size + d] > best.0 {
                    best = (weight[h * size + d], h);
                }
            }
            head[d] = best.1;
        }
        let walk = |d: usize| if alive[d] { head[d] } else { 0 };
        let Some(cycle) = find_cycle(n, walk) else { break head };
        let into = cycle[0];
        let total: f32 = cycle.iter().map(|&d| weight[head[d] * size + d]).sum();
        let cycle_edges: Vec<(usize, (usize, usize))> = cycle.iter().map(|&d| (d, edge[head[d] * size + d])).collect();
        for other in (0..size).filter(|&o| alive[o] && !cycle.contains(&o)) {
            let (mut out, mut out_edge) = (NEVER, (0, 0));
            let (mut inn, mut in_edge) = (NEVER, (0, 0));
            for &d in &cycle {
                let leaving = weight[d * size + other];
                if leaving > out {
                    (out, out_edge) = (leaving, edge[d * size + other]);
                }
                let entering = weight[other * size + d];
                let gain = entering + total - weight[head[d] * size + d];
                if entering > NEVER && gain > inn {
                    (inn, in_edge) = (gain, edge[other * size + d]);
                }
            }
            weight[into * size + other] = out;
            edge[into * size + other] = out_edge;
            weight[other * size + into] = inn;
            edge[other * size + into] = in_edge;
        }
        for &d in &cycle[1..] {
            alive[d] = false;
        }
        let before = component.clone();
        for c in component.iter_mut().filter(|c| cycle.contains(c)) {
            *c = into;
        }
        stack.push(Contraction { into, cycle_edges, before });
    };
    let mut result = vec![0usize; size];
    let mut real: Vec<(usize, usize)> = (0..size).map(|d| edge[chosen[d] * size + d]).collect();
    while let Some(contraction) = stack.pop() {
        let entering = real[contraction.into];
        let entry = contraction.before[entering.1];
        for &(member, inside) in &contraction.cycle_edges {
            real[member] = if member == entry { entering } else { inside };
        }
    }
    for &(h, at) in &real[1..] {
        if at > 0 {
            result[at] = h;
        }
    }
    result.remove(0);
    result
}

struct Contraction {
    into: usize,
    cycle_edges: Vec<(usize, (usize, usize))>,
    /// For every original node, the node that stood for it before.
    before: Vec<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best single-root tree by trying every assignment.
    fn brute(scores: &[f32], n: usize) -> f32 {
        let mut best = f32::NEG_INFINITY;
        let mut heads = vec![0; n];
        for code in 0..(n + 1).pow(n as u32) {
            let mut rest = code;
            for h in heads.iter_mut() {
                *h = rest % (n + 1);
                rest /= n + 1;
            }
            if heads.iter().enumerate().all(|(d, &h)| h != d + 1) && is_tree(&heads) {
                best = best.max(heads.iter().enumerate().map(|(d, &h)| scores[d * (n + 1) + h]).sum());
            }
        }
        best
    }

    #[test]
    fn equals_brute_force() {
        let mut state = 12345u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 40) % 1000) as f32 / 100.0
        };
        for round in 0..400 {
            let n = 1 + round % 5;
            let scores: Vec<f32> = (0..n * (n + 1)).map(|_| next()).collect();
            let found = heads(&scores, n);
            assert!(is_tree(&found), "{found:?}");
            let total: f32 = found.iter().enumerate().map(|(d, &h)| scores[d * (n + 1) + h]).sum();
            assert!(total + 1e-3 >= brute(&scores, n), "{found:?} is not the best tree of {scores:?}");
        }
    }
}
