"""Holds the accuracy of this build against `evals/scores`: a recorded figure may rise, not fall.

    python3 .ci/scores.py          measures, compares, and exits with 1 when a figure has fallen
    python3 .ci/scores.py --write  measures and records

The first line of a report is the command that made it. Compared are the F1 values, or shares, of the first table of every report.
Reports whose data is not there are passed over with a message.
"""

import re
import subprocess
import sys
from pathlib import Path

SCORES = Path("evals/scores")
PROGRAM = "target/release/demarche"
# Figures are printed with two digits; what is less than one item of a large test set is no fall.
SLACK = 0.05


def headline(report):
    """Row to F1 of the first table under every heading."""
    found, column, table = {}, None, 0
    for line in report.splitlines():
        cells = re.split(r"\s{2,}", line.strip())
        names = [c for cell in cells for c in cell.split()]
        if "F1" in names or "macro-F1" in names or names[-1:] == ["share"]:
            table += 1
            column = next(i for i, name in enumerate(names) if name.endswith("F1") or name == "share") - len(names)
            continue
        if not line.strip():
            column = None
        elif column is not None and len(cells) > 1 and table == 1:
            numbers = " ".join(cells[1:]).split()
            if len(numbers) >= -column:
                found[cells[0]] = float(numbers[column])
        if len(cells) == 1 and column is None and line.strip() and not re.search(r"\d", line):
            table = 0 if not found else table
    return found


def main():
    write, fallen, compared = "--write" in sys.argv, [], 0
    for path in sorted(SCORES.glob("*.txt")):
        recorded = path.read_text(encoding="utf-8")
        command = recorded.splitlines()[0]
        if not command.startswith("demarche eval "):
            continue
        missing = [w for w in command.split() if w.startswith("../") and not Path(w).exists()]
        if missing:
            print(f"{path.name}: not measured, {missing[0]} is not here")
            continue
        run = subprocess.run([PROGRAM, *command.split()[1:]], stdout=subprocess.PIPE, check=True)
        report = f"{command}\n\n{run.stdout.decode()}"
        before, now = headline(recorded), headline(report)
        if not now or (before and before.keys() - now.keys()):
            fallen.append(f"{path.name}: rows are missing: {sorted(before.keys() - now.keys()) or 'all'}")
        for row, value in now.items():
            compared += 1
            if row in before and value < before[row] - SLACK:
                fallen.append(f"{path.name}: {row} fell from {before[row]} to {value}")
            elif row in before and value > before[row] + SLACK:
                print(f"{path.name}: {row} rose from {before[row]} to {value}; record it with --write")
        if write:
            path.write_text(report, encoding="utf-8")
    print("\n".join(fallen) or f"{compared} figures hold")
    sys.exit(1 if fallen and not write else 0)


if __name__ == "__main__":
    main()
