"""Fits the weights by which incidents are linked (data/rules/incident_weights.tsv).

    casus eval --incidents golden/incidents/fit --pairs > pairs.jsonl
    python training/incidents.py pairs.jsonl --out data/rules/incident_weights.tsv

Logistic regression with an L2 penalty on labelled pairs: does a pair of tellings speak of one incident? The penalty is
chosen by leaving whole families out (five parts). Families under golden/incidents/measure are never read here.

The threshold `join` is set apart: with --casus PROGRAM and --families DIR, the families of each part are linked with the
weights that were fitted to the other parts, with several thresholds; the highest within half a point of the
best B-cubed F1 is written.
"""

import argparse
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

# What cannot speak the other way, lest few pairs teach nonsense: +1 for, -1 against.
SIGNS = {
    "type.akin": -1, "mode.same": 1, "mode.other": -1, "status.planned": -1, "status.other": -1, "day.same": 1,
    "day.overlap": 1, "day.assumed.same": 1, "day.assumed.apart": -1, "day.next": -1, "day.apart": -1, "published.apart": -1, "place.same": 1, "place.within": 1,
    "place.near": -1, "place.apart": -1, "place.abroad": -1, "actor.same": 1, "actor.alike": 1, "actor.other": -1,
    "speaker.same": 1, "speaker.other": -1, "recipient.same": 1, "recipient.alike": 1, "recipient.other": -1,
    "toll.same": 1, "toll.raised": 1, "toll.other": -1, "weapon.same": 1, "weapon.other": -1, "trigger.same": 1,
    "words.sentence": 1, "words.shared": 1, "words.report": 1, "report.same": -1,
}
PENALTIES = [0.3, 1.0, 3.0, 10.0]
JOINS = [-1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5]


def fit(x, y, penalty, low, high):
    """Returns weights by projected gradient descent with momentum; the base (column 0) is not penalised."""
    w = np.zeros(x.shape[1])
    step = 4.0 / (np.square(x).sum(1).max() + penalty / len(y))
    ahead = w.copy()
    for n in range(4000):
        p = 1 / (1 + np.exp(-np.clip(x @ ahead, -30, 30)))
        gradient = x.T @ (p - y) / len(y)
        gradient[1:] += penalty * ahead[1:] / len(y)
        new = np.clip(ahead - step * gradient, low, high)
        ahead = new + (n / (n + 3)) * (new - w)
        w = new
    return w


def loss(x, y, w):
    p = np.clip(1 / (1 + np.exp(-np.clip(x @ w, -30, 30))), 1e-9, 1 - 1e-9)
    return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))


def table(names, weights, join, note):
    rows = [f"# feature\tlog-odds; what each feature is: crates/coder/src/incidents/feature.rs.\n# {note}\njoin\t{join:g}\n"]
    rows += [f"{name}\t{weight:.2f}\n" for name, weight in zip(names, weights)]
    return "".join(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--casus", help="the program, to choose the threshold with")
    parser.add_argument("--families", help="the families that the pairs come from")
    args = parser.parse_args()

    pairs = [json.loads(line) for line in args.pairs.read_text().splitlines()]
    names = ["base"] + sorted({"day.unknown", "place.unknown", "parties.swapped", *SIGNS})
    column = {name: at for at, name in enumerate(names)}
    x = np.zeros((len(pairs), len(names)))
    for row, pair in enumerate(pairs):
        for name, value in pair["features"].items():
            x[row, column[name]] = value
    y = np.array([float(pair["same"]) for pair in pairs])
    families = [pair["events"][0].split(":")[0] for pair in pairs]
    part = np.array([sorted(set(families)).index(f) % 5 for f in families])
    low = np.array([0.0 if SIGNS.get(n) == 1 else -np.inf for n in names])
    high = np.array([0.0 if SIGNS.get(n) == -1 else np.inf for n in names])

    held_out = {}
    for penalty in PENALTIES:
        held_out[penalty] = sum(
            loss(x[part == k], y[part == k], fit(x[part != k], y[part != k], penalty, low, high)) for k in range(5)
        )
        print(f"penalty {penalty}: held-out log loss {held_out[penalty] / len(y):.4f}")
    penalty = min(held_out, key=held_out.get)
    weights = fit(x, y, penalty, low, high)
    right = np.mean((x @ weights > 0) == (y > 0))
    print(f"{len(pairs)} pairs, {int(y.sum())} of one incident; penalty {penalty}; {100 * right:.1f} % right on the same")

    note = f"Fitted by training/incidents.py to {len(pairs)} pairs, {int(y.sum())} of them of one incident."
    best = (0.0, 0.0)
    if args.casus:
        reached = {join: [] for join in JOINS}
        for k in range(5):
            own = fit(x[part != k], y[part != k], penalty, low, high)
            with tempfile.TemporaryDirectory() as folder:
                for at, family in enumerate(sorted(set(families))):
                    if at % 5 == k:
                        shutil.copy(Path(args.families) / f"{family}.md", folder)
                for join in JOINS:
                    trial = Path(folder) / "weights.tsv"
                    trial.write_text(table(names, own, join, note))
                    out = subprocess.run(
                        [args.casus, "eval", "--incidents", folder, "--weights", str(trial), "--json"],
                        check=True, capture_output=True, text=True,
                    )
                    figures = json.loads(out.stdout)
                    reached[join] += [figures["own_events"]["f1"]] * figures["labelled"]
        for join, f1 in reached.items():
            print(f"join {join:5}: held-out B-cubed F1 {100 * np.mean(f1):.1f}")
            best = max(best, (np.mean(f1), join))
        # Of thresholds within half a point, the highest: it makes the smallest blocks, and linking costs their square.
        best = max((join, np.mean(f1)) for join, f1 in reached.items() if np.mean(f1) >= best[0] - 0.005)[::-1]
    args.out.write_text(table(names, weights, best[1], note))


if __name__ == "__main__":
    main()
