"""Averages the weights of runs that began alike (Wortsman et al. 2022): python average.py RUN SHARE RUN SHARE… OUT"""
import pathlib
import shutil
import sys

import torch


def main(runs, shares, out):
    assert runs and abs(sum(shares) - 1) < 1e-6, "shares must sum to 1"
    weights = [torch.load(pathlib.Path(run) / "final.pt") for run in runs]
    mean = {k: sum(share * w[k] for share, w in zip(shares, weights, strict=True)) for k in weights[-1]}
    pathlib.Path(out).mkdir(parents=True, exist_ok=True)
    torch.save(mean, pathlib.Path(out) / "final.pt")
    shutil.copy(pathlib.Path(runs[-1]) / "args.json", out)


if __name__ == "__main__":
    main(sys.argv[1:-1:2], [float(share) for share in sys.argv[2:-1:2]], sys.argv[-1])
