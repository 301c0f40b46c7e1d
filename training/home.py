"""Fits the weights of the choice of an agent's country (crates/knowledge/src/link/home/weights.tsv) to marked articles.

Usage: home.py FOLDER... FOLDERs hold marked articles: what `corpus/parties.py --out FOLDER` writes, and evals/world/dev; the weights are a log-linear choice among the
countries of the document and none, with one set of weights for all agents and what each group adds to it, both held small. Ten-fold
cross-validation over articles is printed for every folder, then the table is written.
"""

import argparse
import subprocess
from pathlib import Path

import numpy as np
import torch

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "crates/knowledge/src/link/home/weights.tsv"
GROUPS = ["state", "force", "armed", "people", "name"]
COMMON, OWN = 0.3, 1.0  # how small the weights of all, and what a group adds, are held


def choices(folder):
    command = ["cargo", "run", "--quiet", "--release", "-p", "demarche", "--example", "home_gold", "--", folder]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()


def read(lines, index):
    out = []
    for line in lines:
        what, *rest = line.split()
        if what == "A":
            article = rest[0]
        elif what == "M":
            out.append({"group": GROUPS.index(rest[0]), "gold": rest[1], "codes": ["-"], "rows": [[index[n] for n in rest[2:]]], "article": article})
        else:
            out[-1]["codes"].append(rest[0])
            out[-1]["rows"].append([index[n] for n in rest[1:]])
    return out


def tensors(items, features):
    rows, columns, owner, right, k = [], [], [], [], 0
    for number, item in enumerate(items):
        gold = item["codes"].index(item["gold"]) if item["gold"] in item["codes"] else 0
        for option, list_ in enumerate(item["rows"]):
            rows += [k] * (2 * len(list_))
            columns += list_ + [(1 + item["group"]) * features + f for f in list_]
            owner.append(number)
            right.append(option == gold)
            k += 1
    matrix = torch.sparse_coo_tensor(torch.tensor([rows, columns]), torch.ones(len(rows)), (k, 6 * features)).coalesce().to_sparse_csr()
    return matrix, torch.tensor(owner), torch.tensor(right)


def fit(items, features):
    matrix, owner, right = tensors(items, features)
    weights = torch.zeros(6 * features, requires_grad=True)
    held = torch.cat([torch.full((features,), COMMON), torch.full((5 * features,), OWN)])
    optimizer = torch.optim.LBFGS([weights], max_iter=120, line_search_fn="strong_wolfe", history_size=20)

    def closure():
        optimizer.zero_grad()
        scores = matrix @ weights
        top = torch.full((len(items),), -1e9).scatter_reduce(0, owner, scores.detach(), "amax")
        all_ = top + torch.log(torch.zeros(len(items)).index_add(0, owner, torch.exp(scores - top[owner])))
        loss = (all_ - scores[right]).sum() + (held * weights**2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return weights.detach()


def answers(items, weights, features, lead=0.0):
    out = []
    for item in items:
        at = lambda f: (weights[f] + weights[(1 + item["group"]) * features + f]).item()
        scores = [sum(map(at, row)) for row in item["rows"]]
        order = sorted(range(1, len(scores)), key=lambda k: (-scores[k], item["codes"][k]))
        others = [scores[0]] + [scores[k] for k in order[1:]]
        out.append(item["codes"][order[0]] if order and scores[order[0]] >= max(others) + lead else "-")
    return out


def report(name, items, found):
    right = [g == i["gold"] for g, i in zip(found, items)]
    given = [r for r, g in zip(right, found) if g != "-"]
    by = " ".join(f"{n} {100 * np.mean([r for r, i in zip(right, items) if i['group'] == k]):.1f}" for k, n in enumerate(GROUPS) if any(i["group"] == k for i in items))
    print(f"{name}: {len(items)} agents, right {100 * np.mean(right):.1f}, countries given {len(given)}, of which right {100 * np.mean(given):.1f}; {by}")


def main():
    torch.set_num_threads(1)  # small sums: threads would only wait for each other
    a = argparse.ArgumentParser()
    a.add_argument("folders", nargs="+")
    args = a.parse_args()
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    names = [l.split("\t")[0] for l in lines if not l.startswith("#")]
    index = {n: i for i, n in enumerate(names)}
    items = [item | {"folder": folder} for folder in args.folders for item in read(choices(folder), index)]
    articles = sorted({i["article"] for i in items})
    fold = {article: k % 10 for k, article in enumerate(articles)}
    found = [None] * len(items)
    for k in range(10):
        weights = fit([i for i in items if fold[i["article"]] != k], len(names))
        held = [n for n, i in enumerate(items) if fold[i["article"]] == k]
        for n, answer in zip(held, answers([items[n] for n in held], weights, len(names))):
            found[n] = answer
    for folder in args.folders:
        own = [n for n, i in enumerate(items) if i["folder"] == folder]
        report(f"{folder}, cross-validated", [items[n] for n in own], [found[n] for n in own])
    weights = fit(items, len(names))
    table = weights.view(6, -1)
    head = [l for l in lines if l.startswith("#")]
    rows = ["\t".join([n] + [str(round(100 * (table[0, i] + table[1 + g, i]).item())) for g in range(5)]) for i, n in enumerate(names)]
    TABLE.write_text("\n".join(head + rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
