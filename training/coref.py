"""Fits the weights of the last coreference sieve (crates/language/src/coref/weights.tsv) to GUM's train file.

Usage: coref.py TRAIN.conllu [rounds]. For each mention the model chooses an antecedent or a new entity; the loss is the
log-likelihood of all right choices together (Durrett and Klein 2013), one set of weights a group of mentions. What the
sieve sees hangs on what it decided before, so the fit is repeated a few times with the new weights.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np
import torch

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "crates/language/src/coref/weights.tsv"
L2 = 0.5
# Entities are joined a little more readily than likelihood asks: both CoNLL averages on the dev file rise.
NEW = -0.5


def choices(train):
    command = ["cargo", "run", "--quiet", "--release", "-p", "demarche-language", "--example", "coref_gold", "--", train, "choices"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()


def read(lines, index, groups):
    data = {group: [] for group in groups}
    for line in lines:
        what, *rest = line.split()
        if what == "M":
            current = ([[index[name] for name in rest[2:]]], [int(rest[1])])
            data[rest[0]].append(current)
        else:
            current[0].append([index[name] for name in rest[1:]])
            current[1].append(int(rest[0]))
    return data


def fit(examples, features):
    rows, columns, owner, right = [], [], [], []
    for number, (options, labels) in enumerate(examples):
        if not any(labels):
            labels[0] = 1  # the antecedent is out of reach: a new entity is the best left
        for option, label in zip(options, labels):
            rows += [len(owner)] * len(option)
            columns += option
            owner.append(number)
            right.append(bool(label))
    ones = torch.ones(len(rows))
    matrix = torch.sparse_coo_tensor(torch.tensor([rows, columns]), ones, (len(owner), features)).coalesce().to_sparse_csr()
    owner, right, count = torch.tensor(owner), torch.tensor(right), len(examples)
    weights = torch.zeros(features, requires_grad=True)

    def log_sum(scores):
        top = torch.full((count,), -1e9).scatter_reduce(0, owner, scores.detach(), "amax")
        return top + torch.log(torch.zeros(count).index_add(0, owner, torch.exp(scores - top[owner])) + 1e-30)

    optimizer = torch.optim.LBFGS([weights], max_iter=150, line_search_fn="strong_wolfe", history_size=20)

    def closure():
        optimizer.zero_grad()
        scores = (matrix @ weights.unsqueeze(1)).squeeze(1)
        loss = (log_sum(scores) - log_sum(scores.masked_fill(~right, -1e9))).sum() + L2 * (weights * weights).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return weights.detach().numpy()


def main():
    train, rounds = str(Path(sys.argv[1]).resolve()), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    torch.set_num_threads(1)
    for _ in range(rounds):
        lines = TABLE.read_text().splitlines()
        comments = [line for line in lines if line.startswith("#")]
        names = [line.split("\t")[0] for line in lines if not line.startswith("#")]
        groups = comments[-1].split("\t")[1:]
        data = read(choices(train), {name: i for i, name in enumerate(names)}, groups)
        table = np.zeros((len(names), len(groups)), int)
        for column, group in enumerate(groups):
            table[:, column] = np.round(100 * fit(data[group], len(names)))
        table[names.index("New")] += round(100 * NEW)
        rows = [name + "\t" + "\t".join(map(str, row)) for name, row in zip(names, table)]
        TABLE.write_text("\n".join(comments + rows) + "\n")


if __name__ == "__main__":
    main()
