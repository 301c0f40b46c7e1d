//! The assignment problem: pair rows with columns one to one for the largest total.

/// The largest total weight of a one-to-one pairing. Weights are at least 0, so leaving a row alone
/// costs nothing. Kuhn-Munkres by shortest augmenting paths with potentials, O(rows² · columns).
pub(super) fn best_total(weights: &[Vec<f64>]) -> f64 {
    let rows = weights.len();
    let columns = weights.first().map_or(0, Vec::len);
    if rows == 0 || columns == 0 {
        return 0.0;
    }
    if rows > columns {
        let turned: Vec<Vec<f64>> = (0..columns).map(|c| weights.iter().map(|row| row[c]).collect()).collect();
        return best_total(&turned);
    }
    // Index 0 of every array is a sentinel; rows and columns count from 1. Costs are negated weights.
    let mut row_potential = vec![0.0; rows + 1];
    let mut column_potential = vec![0.0; columns + 1];
    let mut row_of = vec![0usize; columns + 1];
    for row in 1..=rows {
        let mut previous = vec![0usize; columns + 1];
        let mut distance = vec![f64::INFINITY; columns + 1];
        let mut done = vec![false; columns + 1];
        let mut column = 0;
        row_of[0] = row;
        loop {
            done[column] = true;
            let current = row_of[column];
            let mut nearest = 0;
            let mut step = f64::INFINITY;
            for c in 1..=columns {
                if done[c] {
                    continue;
                }
                let reduced = -weights[current - 1][c - 1] - row_potential[current] - column_potential[c];
                if reduced < distance[c] {
                    distance[c] = reduced;
                    previous[c] = column;
                }
                if distance[c] < step {
                    step = distance[c];
                    nearest = c;
                }
            }
            for c in 0..=columns {
                if done[c] {
                    row_potential[row_of[c]] += step;
                    column_potential[c] -= step;
                } else {
                    distance[c] -= step;
                }
            }
            column = nearest;
            if row_of[column] == 0 {
                break;
            }
        }
        while column != 0 {
            row_of[column] = row_of[previous[column]];
            column = previous[column];
        }
    }
    (1..=columns).filter(|&c| row_of[c] != 0).map(|c| weights[row_of[c] - 1][c - 1]).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tries every pairing.
    fn by_trial(weights: &[Vec<f64>], row: usize, used: &mut Vec<bool>) -> f64 {
        if row == weights.len() {
            return 0.0;
        }
        let mut best = by_trial(weights, row + 1, used);
        for column in 0..used.len() {
            if !used[column] {
                used[column] = true;
                best = f64::max(best, weights[row][column] + by_trial(weights, row + 1, used));
                used[column] = false;
            }
        }
        best
    }

    #[test]
    fn agrees_with_trial_of_every_pairing() {
        let mut state = 1u32;
        for size in 1..6 {
            for columns in 1..6 {
                let weights: Vec<Vec<f64>> = (0..size)
                    .map(|_| {
                        (0..columns)
                            .map(|_| {
                                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                                f64::from(state >> 24) / 256.0
                            })
                            .collect()
                    })
                    .collect();
                let expected = by_trial(&weights, 0, &mut vec![false; columns]);
                assert!((best_total(&weights) - expected).abs() < 1e-9, "{weights:?}");
            }
        }
    }
}
