"""Averages the weights of runs that began alike (`train.py --start`) and saw their batches in other orders (`--seed`).

    python average.py --out runs/model runs/seed-7 runs/seed-8 runs/seed-9

The mean of such weights is a better model than each of them, at the cost of one (Wortsman et al., ICML 2022).
"""

import argparse, json, os

import torch


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--out", required=True)
    a.add_argument("runs", nargs="+")
    args = a.parse_args()
    labels = [json.load(open(f"{run}/vocab.json")) for run in args.runs]
    if any(other != labels[0] for other in labels):
        raise SystemExit("these runs have other labels than one another")
    mean = torch.load(f"{args.runs[0]}/ema.pt", map_location="cpu")
    for run in args.runs[1:]:
        for name, value in torch.load(f"{run}/ema.pt", map_location="cpu").items():
            mean[name] += value
    os.makedirs(args.out, exist_ok=True)
    torch.save({name: value / len(args.runs) for name, value in mean.items()}, f"{args.out}/ema.pt")
    json.dump(labels[0], open(f"{args.out}/vocab.json", "w"), ensure_ascii=False)


if __name__ == "__main__":
    main()
