"""Chooses a model's thresholds on reports that it has not seen: python tune.py --casus BINARY --model DIR --gold DIR...

Coordinate descent: each threshold in turn is moved as long as the objective grows, in rounds. The objective is the mean
of the F1 figures that `casus eval` prints, whole records and events counting most. The thresholds are written back to
the model's folder. Gold that a model is later measured on must not be given here.
"""
import argparse
import json
import math
import pathlib
import subprocess

WEIGHTS = {"events": 3.0, "actors": 1.0, "recipients": 1.0, "places": 0.7, "time": 0.7, "numbers": 0.5, "sources": 0.5,
           "links": 0.7, "record": 3.0}
STEPS = (0.1, 0.05)
# The figures do not punish a mode or a day too many, so tuning would name every mode and date every act.
BY_HAND = {"mode", "best_mode", "publication", "confidence_slope", "confidence_shift"}


def figures(casus, model, gold, *more):
    out = subprocess.run([casus, "eval", gold, "--run", "--json", "--model", model, *more], capture_output=True, text=True)
    return json.loads(out.stdout)


def objective(casus, model, golds):
    total = 0.0
    for gold in golds:
        rows = figures(casus, model, gold)
        total += sum(w * rows[k]["f1"] for k, w in WEIGHTS.items())
    return total / len(golds) / sum(WEIGHTS.values())


def calibrated(args, now):
    """Fits slope and shift of the log odds (Platt 1999) to which records are right, by Newton's method."""
    raw = dict(now, confidence_slope=1.0, confidence_shift=0.0)
    (pathlib.Path(args.model) / "thresholds.json").write_text(json.dumps(raw, indent=1) + "\n")
    pairs = [p for g in args.gold for p in figures(args.casus, args.model, g, "--confidence")["confidence"]]
    odds = [(math.log(c / (1 - c)), right) for c, right in ((min(0.999, max(0.001, c)), r) for c, r in pairs)]
    slope, shift = 1.0, 0.0
    for _ in range(50):
        g0 = g1 = h00 = h01 = h11 = 1e-9
        for x, right in odds:
            p = 1 / (1 + math.exp(-(slope * x + shift)))
            w, e = p * (1 - p), p - right
            g0, g1, h00, h01, h11 = g0 + e * x, g1 + e, h00 + w * x * x, h01 + w * x, h11 + w
        det = h00 * h11 - h01 * h01
        slope, shift = slope - (h11 * g0 - h01 * g1) / det, shift - (h00 * g1 - h01 * g0) / det
    return dict(now, confidence_slope=round(slope, 3), confidence_shift=round(shift, 3))


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--casus", required=True)
    ap.add_argument("--model", required=True)
    ap.add_argument("--gold", nargs="+", required=True)
    args = ap.parse_args()
    path = pathlib.Path(args.model) / "thresholds.json"
    now = json.loads(path.read_text())

    def measure(values):
        path.write_text(json.dumps(values, indent=1) + "\n")
        return objective(args.casus, args.model, args.gold)
    best = measure(now)
    print(f"start {best:.2f}", flush=True)
    for step in STEPS:
        for key in (k for k in now if k not in BY_HAND):
            for direction in (step, -step):
                while True:
                    trial = dict(now, **{key: round(min(0.95, max(0.0, now[key] + direction)), 3)})
                    if trial == now:
                        break
                    got = measure(trial)
                    if got <= best + 0.005:
                        break
                    best, now = got, trial
                    print(f"{best:.2f} {key} {now[key]}", flush=True)
    now = calibrated(args, now)
    path.write_text(json.dumps(now, indent=1) + "\n")


if __name__ == "__main__":
    main()
