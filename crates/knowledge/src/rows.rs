//! Reading tab-separated tables: comment lines begin with `#`, the first other line names the columns.

use crate::KnowledgeError;

/// Calls `each` with the line number and the wanted cells of every row, in the order of `columns`.
pub(crate) fn read<'t, const N: usize>(
    table: &'static str,
    text: &'t str,
    columns: [&'static str; N],
    mut each: impl FnMut(usize, [&'t str; N]) -> Result<(), KnowledgeError>,
) -> Result<(), KnowledgeError> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let (_, header) = lines.next().ok_or(KnowledgeError::Empty { table })?;
    let names: Vec<&str> = header.split('\t').collect();
    let mut wanted = [0; N];
    for (slot, column) in wanted.iter_mut().zip(columns) {
        *slot = names.iter().position(|n| *n == column).ok_or(KnowledgeError::Column { table, column })?;
    }
    let mut cells = Vec::with_capacity(names.len());
    for (index, line) in lines {
        cells.clear();
        cells.extend(line.split('\t'));
        if cells.len() != names.len() {
            return Err(KnowledgeError::Cells { table, line: index + 1, found: cells.len(), expected: names.len() });
        }
        each(index + 1, wanted.map(|at| cells[at]))?;
    }
    Ok(())
}
