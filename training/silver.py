"""Labels texts with trained networks, for a smaller one to learn from: python silver.py --run DIR --base DIR --out FILE TEXTS...

TEXTS are JSON Lines with `id` and `text`. What is kept is what the teacher believes, as probabilities, not its
decisions: a student learns more from them (Hinton et al. 2015). Labels belong to words, so that teacher and student
may cut words into different pieces.
"""
import argparse
import hashlib
import json
import pathlib
import time

import torch

import data as D
import words as W
from model import Base, Network, quick
from train import Window, crop

LEAST = 0.15   # below this belief in any type a word is not looked at as a trigger
SMALL = 0.02   # role beliefs below this are taken for none


def texts(paths, leave_out):
    """Yields the texts that no gold report holds."""
    for path in paths:
        for line in open(path, encoding="utf-8"):
            doc = json.loads(line)
            if doc["id"] not in leave_out and doc["text"].strip():
                yield doc


def gold_ids(folders):
    return {json.loads(p.read_text(encoding="utf-8"))["id"] for f in folders for p in pathlib.Path(f).glob("*.json")}


def runs(types):
    """Returns the stretches of neighbouring words that may be triggers of one type."""
    out = []
    for j, row in enumerate(types):
        kind = row[1:].argmax().item()
        if 1 - row[0].item() < LEAST:
            continue
        if out and out[-1][0][-1] == j - 1 and out[-1][1] == kind:
            out[-1][0].append(j)
        else:
            out.append(([j], kind))
    return [words for words, _ in out]


class Teacher:
    """A trained network with its own way of cutting words into pieces."""

    def __init__(self, run, base):
        base = Base(base)
        self.net, settings = Network.trained(base, run)
        self.pieces, self.ends, self.reach = W.Pieces(base.vocabulary), base.ends, settings["reach"]

    def look(self, doc):
        """Reads a text and returns what it believes of every word: by head, a row a word."""
        report = D.Report({"id": doc["id"], "text": doc["text"]}, self.pieces)
        self.n, self.windows, seen, heads = len(report.words), [], 0, {}
        for lo, hi in report.windows():
            window = Window(report, lo, hi, self.ends)
            ids = torch.tensor([window.ids])
            low, high = self.net.encode(ids, torch.ones_like(ids))
            words = high[0, window.firsts]
            for name in ("types", "mentions", "sectors"):
                p = getattr(self.net, name)(words).float().softmax(-1)
                heads.setdefault(name, torch.zeros(self.n, p.shape[-1]))[seen:hi] = p[seen - lo:]
            self.windows.append((lo, seen, hi, window, self.net.ground(low, high)))
            seen = hi
        return heads

    def read(self, words):
        """Returns what it believes of the words around a trigger, and of the trigger: the range of words that it sees,
        roles by word, and the rest by head."""
        lo, _, hi, window, ground = next(w for w in self.windows if w[1] <= words[0] < w[2])
        words = [w - lo for w in words if w < hi]
        a, b = crop(window, {"words": words}, self.reach)
        marked = torch.zeros(1, b - a)
        for j in words:
            marked[0, window.firsts[j] - a:window.lasts[j] - a] = 1
        out = self.net.read(ground[:, a:b], marked, torch.ones_like(marked))
        near = [j for j, f in enumerate(window.firsts) if a <= f < b]
        roles = torch.zeros(self.n, len(D.ROLES))
        roles[lo + near[0]:lo + near[-1] + 1] = self.net.roles(out)[0, [window.firsts[j] - a for j in near]].float().sigmoid()
        here = out[0, window.firsts[words[0]] - a]
        beliefs = {"modes": self.net.modes(here).float().sigmoid()}
        for name in ("status", "stance", "when", "kind"):
            beliefs[name] = getattr(self.net, name)(here).float().softmax(-1)
        return (lo + near[0], lo + near[-1] + 1), roles, beliefs


# Roles for which labels are many; a big teacher that has read them seldom is better at these than at the others.
FREQUENT = ("actor", "recipient", "place", "time")


def trusted(pairs):
    """Returns what each teacher's word on each role weighs, from its share (0 to 1) in frequent and in other roles."""
    return [torch.tensor([frequent if role in FREQUENT else other for role in D.ROLES]) for frequent, other in pairs]


def mean(values):
    return torch.stack(values).mean(0)


def label(teachers, trust, doc):
    """Returns one text's words with the mean of the teachers' beliefs; in roles their words weigh as `trusted` says."""
    looks = [teacher.look(doc) for teacher in teachers]
    heads = {name: mean([look[name] for look in looks]) for name in looks[0]}
    triggers = []
    for words in runs(heads["types"]):
        ranges, roles, beliefs = zip(*(teacher.read(words) for teacher in teachers))
        lo, hi = max(r[0] for r in ranges), min(r[1] for r in ranges)
        roles = sum(weight * role for weight, role in zip(trust, roles, strict=True))[lo:hi]
        seen = [(lo + i, r, round(roles[i, r].item(), 3)) for i, r in (roles > SMALL).nonzero().tolist()]
        triggers.append({"words": words, "range": (lo, hi), "roles": seen} |
                        {name: mean([b[name] for b in beliefs]).half() for name in beliefs[0]})
    labels = {"id": doc["id"], "text": doc["text"], "dated": doc.get("dated", True), "triggers": triggers}
    return labels | {k: v.half() for k, v in heads.items()}


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--run", action="append", required=True, help="a teacher; the beliefs of several are averaged")
    ap.add_argument("--base", action="append", required=True, help="its base weights, in the same order")
    ap.add_argument("--trust", action="append", type=float, nargs=2, metavar=("FREQUENT", "OTHER"),
                    help="what its word weighs in frequent and in other roles (0 to 1, over all teachers 1 each; an equal share)")
    ap.add_argument("--out", required=True)
    ap.add_argument("--leave-out", nargs="*", default=[], help="folders of gold reports: their ids are passed over")
    ap.add_argument("--share", type=int, default=1, help="label every n-th text only")
    ap.add_argument("texts", nargs="+")
    args = ap.parse_args()
    torch.set_num_threads(2)
    teachers = [Teacher(run, base) for run, base in zip(args.run, args.base, strict=True)]
    trust = trusted(args.trust or [(1 / len(teachers), 1 / len(teachers))] * len(teachers))
    began, out = time.time(), []
    with torch.inference_mode(), quick():
        for doc in texts(args.texts, gold_ids(args.leave_out)):
            if int(hashlib.sha256(doc["id"].encode()).hexdigest(), 16) % args.share:
                continue
            out.append(label(teachers, trust, doc))
            if len(out) % 500 == 0:
                print(f"{len(out)} texts {time.time() - began:.0f} s", flush=True)
    torch.save(out, args.out)
    print(f"{len(out)} texts, {sum(len(d['triggers']) for d in out)} possible triggers, {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
