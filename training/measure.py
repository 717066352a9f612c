"""Measures a trained run word by word on held-out reports: python measure.py --run DIR --base DIR --gold DIR… --fold N

Says what the network itself has learnt, before the coder decides anything: F1 of words as triggers (of the right type, of
any), of words in each role where the true trigger is marked, and how often mode, status and dating are right. Quick, and
the same for every shape of network, so that runs can be compared.
"""
import argparse

import torch

import data as D
import train as T
import words as W
from model import Base, Network, quick

TRIGGER, ROLE = 0.5, 0.4   # from which probability a word counts
ROLES = ("actor", "recipient", "place", "time", "source", "killed", "same", "response_to")


class Count:
    """Hits, false alarms and misses."""

    def __init__(self):
        self.hit, self.false, self.missed = 0, 0, 0

    def add(self, said, true):
        self.hit += int((said & true).sum())
        self.false += int((said & ~true).sum())
        self.missed += int((true & ~said).sum())

    def f1(self):
        return 200 * self.hit / max(1, 2 * self.hit + self.false + self.missed)


def measure(net, windows, pad, reach):
    """Returns the figures by name: F1, or the share that is right."""
    net.eval()
    found = {name: Count() for name in ("triggers", "untyped", *ROLES)}
    right = {name: [0, 0] for name in ("modes", "status", "when")}
    with torch.no_grad(), quick():
        for batch in (windows[k:k + 8] for k in range(0, len(windows), 8)):
            ids, mask = T.padded([w.ids for w in batch], pad), T.padded([[1] * len(w.ids) for w in batch], 0)
            low, high = net.encode(ids, mask)
            ground, types = net.ground(low, high), net.types(high).float().softmax(-1)
            for i, w in enumerate(batch):
                firsts = torch.tensor(w.firsts)
                chance = types[i, firsts]
                kinds = torch.tensor([row[0] for row in w.types])
                optional = torch.tensor([row[2] < 1 for row in w.types])
                said = (chance[:, 0] < 1 - TRIGGER) & ~optional
                guess = chance[:, 1:].argmax(-1) + 1
                found["untyped"].add(said, (kinds > 0) & ~optional)
                for kind in range(1, len(D.TYPES) + 1):
                    found["triggers"].add(said & (guess == kind), (kinds == kind) & ~optional)
                for t in w.triggers:
                    a, b = T.crop(w, t, reach)
                    marked = torch.zeros(1, b - a)
                    marked[0, w.firsts[t["words"][0]] - a:w.lasts[t["words"][-1]] - a] = 1
                    out = net.read(ground[i:i + 1, a:b], marked, torch.ones(1, b - a))[0]
                    seen = [j for j, first in enumerate(w.firsts) if a <= first < b]
                    roles = torch.sigmoid(net.roles(out[[w.firsts[j] - a for j in seen]]).float())
                    for role in ROLES:
                        tags = [t["tags"].get(j, {}).get(role, 0) for j in seen]
                        known = torch.tensor([x != D.IGNORE for x in tags])
                        said = roles[:, D.ROLES.index(role)] >= ROLE
                        found[role].add(said & known, torch.tensor([x == 1 for x in tags]))
                    here = out[w.firsts[t["words"][0]] - a]
                    if t["modes"]:
                        right["modes"][0] += net.modes(here).argmax().item() in t["modes"]
                        right["modes"][1] += 1
                    for name in ("status", "when"):
                        if t[name] != D.IGNORE:
                            right[name][0] += getattr(net, name)(here).argmax().item() == t[name]
                            right[name][1] += 1
    return {k: v.f1() for k, v in found.items()} | {k: 100 * a / max(1, n) for k, (a, n) in right.items()}


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--run", required=True)
    ap.add_argument("--base", required=True)
    ap.add_argument("--gold", nargs="+", required=True)
    ap.add_argument("--fold", type=int, required=True, help="measure on every tenth report with this remainder")
    args = ap.parse_args()
    torch.set_num_threads(2)
    base = Base(args.base)
    net, settings = Network.trained(base, args.run)
    windows = T.gold_windows(args.gold, W.Pieces(base.vocabulary), base.ends, keep=lambda name: D.is_left_out(name, args.fold))
    figures = measure(net, windows, base.pad, settings["reach"])
    print(f"{len(windows)} windows", " ".join(f"{k} {v:.1f}" for k, v in figures.items()), sep="\t")


if __name__ == "__main__":
    main()
