"""Trains the scorer of pairs: python same.py --run DIR --base DIR --gold DIR… --out FILE

Do two triggers tell of one act? The reader says so of those that it sees together. In articles two in five that do stand
too far apart for that. So a small scorer compares what the reader made of each: a projection of either, their product,
difference and sum, and a few facts of the text. The rest of the network stays as it is.
"""
import argparse
import math
import random
import re
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

import data as D
import train as T
import words as W
from model import Base, Network, quick

WIDTH = 128
ROLES = ("actor", "recipient", "place", "time")
LEAST = 0.3   # words less likely than this play no role
POINTERS = {"the", "this", "that", "these", "those", "such"}
OTHERS = {"a", "an", "another", "other", "new", "second"}
SMALL = {"the", "a", "an", "of", "in", "on", "at", "by", "to", "and", "its", "his", "her", "their", "this", "that", "those", "these"}
FACTS = 18
SHARE = 0.5   # of the pairs of two acts that it learns from


class Pairs(nn.Module):
    """The scorer of pairs."""

    def __init__(self, width):
        super().__init__()
        self.project = nn.Linear(width, WIDTH)
        self.both = nn.Linear(3 * WIDTH + FACTS, 192)
        self.same = nn.Linear(192, 1)
        self.drop = nn.Dropout(0.3)

    def view(self, states):
        """Returns what is compared of a trigger, from the reader's state on it."""
        return F.gelu(self.project(self.drop(states)))

    def forward(self, first, second, facts):
        x = torch.cat([first * second, (first - second).abs(), first + second, facts], -1)
        return self.same(self.drop(F.gelu(self.both(self.drop(x)))))[..., 0]


class Told:
    """The triggers of a report: what the reader made of each, which acts they tell of, which others each sees, and the
    words for its roles."""

    def __init__(self, text, spans, states, acts, seen, played):
        self.text, self.spans, self.states, self.acts, self.seen, self.played = text, spans, states, acts, seen, played


def stem(words):
    return re.sub(r"(ing|ed|es|s|e)$", "", words.lower().split()[-1])


def likeness(a, b):
    """Returns whether there are two stretches, and how many of the words of the shorter the other has."""
    if a is None or b is None:
        return [0.0, 0.0]
    a, b = ({w for w in re.findall(r"\w+", x.lower()) if w not in SMALL} for x in (a, b))
    return [1.0, len(a & b) / min(len(a), len(b)) if a and b else 0.0]


def facts(told, i, j):
    """Returns what the text says of two triggers, the earlier first."""
    (_, end), (start, _) = told.spans[i], told.spans[j]
    words = [told.text[a:b] for a, b in (told.spans[i], told.spans[j])]
    before = told.text[max(0, start - 25):start].lower().split()[-3:]
    alike, points, other = stem(words[0]) == stem(words[1]), bool(POINTERS & set(before)), bool(OTHERS & set(before))
    out = [math.log1p(max(0, start - end)) / 8, alike, points, other, alike and points, len(told.spans) / 40]
    a, b = told.played[i], told.played[j]
    for role in ROLES:
        out += likeness(a.get(role), b.get(role))
    out += likeness(a.get("actor"), b.get("recipient")) + likeness(a.get("recipient"), b.get("actor"))
    return [float(x) for x in out]


def best(chances, words, text):
    """Returns the likeliest stretch of words for a role, none where none is likely enough."""
    at = max(range(len(chances)), key=chances.__getitem__, default=None)
    if at is None or chances[at] < LEAST:
        return None
    lo = hi = at
    while lo and chances[lo - 1] >= LEAST:
        lo -= 1
    while hi + 1 < len(chances) and chances[hi + 1] >= LEAST:
        hi += 1
    return text[words[lo][0]:words[hi][1]]


def read(net, doc, pieces, base, reach):
    """Reads a report's triggers."""
    report = D.Report(doc, pieces)
    acts = {}
    for event in doc["events"]:
        for span in event["spans"]:
            words = tuple(report.covered(span))
            if words:
                acts.setdefault(words, set()).add(event["id"])
    if len(acts) < 2:
        return None
    ranges = report.windows()
    windows = [T.Window(report, lo, hi, base.ends) for lo, hi in ranges]
    ids, mask = T.padded([w.ids for w in windows], base.pad), T.padded([[1] * len(w.ids) for w in windows], 0)
    todo, found = sorted(acts), {}
    with torch.no_grad(), quick():
        ground = net.ground(*net.encode(ids, mask))
        for k, (w, (lo, hi)) in enumerate(zip(windows, ranges)):
            mine = [x for x in todo if x not in found and lo <= x[0] and x[-1] < hi]
            for part in (mine[b:b + 16] for b in range(0, len(mine), 16)):
                cut = [(max(0, w.firsts[x[0] - lo] - reach), min(len(w.ids), w.lasts[x[-1] - lo] + reach)) for x in part]
                n = max(b - a for a, b in cut)
                low = torch.stack([F.pad(ground[k, a:b], (0, 0, 0, n - (b - a))) for a, b in cut])
                here, marked = torch.zeros(len(part), n), torch.zeros(len(part), n)
                for q, (x, (a, b)) in enumerate(zip(part, cut)):
                    here[q, :b - a] = 1
                    marked[q, w.firsts[x[0] - lo] - a:w.lasts[x[-1] - lo] - a] = 1
                out = net.read(low, marked, here)
                roles = torch.sigmoid(net.roles(out).float())
                for q, (x, (a, b)) in enumerate(zip(part, cut)):
                    inside = [i for i, f in enumerate(w.firsts) if a <= f < b]
                    at = torch.tensor([w.firsts[i] - a for i in inside])
                    chances = roles[q, at].T.tolist()
                    words = [report.words[lo + i] for i in inside]
                    played = {r: best(chances[D.ROLES.index(r)], words, report.text) for r in ROLES}
                    found[x] = (out[q, w.firsts[x[0] - lo] - a].float(), {lo + i for i in inside}, played)
    order = sorted(found)
    seen = {(i, j) for i, x in enumerate(order) for j, y in enumerate(order) if i != j and found[x][1] & set(y)}
    return Told(report.text, [(report.words[x[0]][0], report.words[x[-1]][1]) for x in order],
                torch.stack([found[x][0] for x in order]), [acts[x] for x in order], seen, [found[x][2] for x in order])


def pairs(told, share):
    """Returns the pairs of a report that the reader does not see together: all of one act, and a share of the others."""
    first, second, known, same = [], [], [], []
    for i in range(len(told.spans)):
        for j in range(i + 1, len(told.spans)):
            if (i, j) in told.seen or (j, i) in told.seen:
                continue
            one = bool(told.acts[i] & told.acts[j])
            if one or random.random() < share:
                first.append(i)
                second.append(j)
                known.append(facts(told, i, j))
                same.append(float(one))
    return torch.tensor(first), torch.tensor(second), torch.tensor(known), torch.tensor(same)


def measure(net, held):
    """Returns the best F1 over the pairs of some reports, and the chance from which on it is had."""
    net.eval()
    with torch.no_grad():
        said = torch.cat([torch.sigmoid(net(*(net.view(t.states)[x] for x in (i, j)), known)) for t, (i, j, known, _) in held])
    net.train()
    same = torch.cat([p[3] for _, p in held])
    hits = [(2 * ((said >= t / 50) & (same == 1)).sum().item() / max(1, (said >= t / 50).sum().item() + same.sum().item()), t / 50)
            for t in range(2, 48)]
    return "{} of {} pairs: F1 {:.3f} at {}".format(int(same.sum()), len(same), *max(hits))


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--run", required=True, help="the trained network")
    ap.add_argument("--base", required=True)
    ap.add_argument("--gold", nargs="+", required=True, help="annotated reports, of whatever annotator")
    ap.add_argument("--out", required=True)
    ap.add_argument("--start", help="begin with what was trained on another run")
    ap.add_argument("--fold", type=int, default=0, help="leave out every tenth report with this remainder")
    ap.add_argument("--epochs", type=int, default=6)
    args = ap.parse_args()
    torch.set_num_threads(2)
    random.seed(1)
    torch.manual_seed(1)
    base = Base(args.base)
    reader, settings = Network.trained(base, args.run)
    pieces, began, seen, held = W.Pieces(base.vocabulary), time.time(), [], []
    for doc in (doc for folder in args.gold for doc in D.load_gold(folder)):
        told = read(reader, doc, pieces, base, settings["reach"])
        is_held = D.is_left_out(doc["id"], args.fold)
        known = told and pairs(told, 1.0 if is_held else SHARE)
        if known and len(known[3]):
            (held if is_held else seen).append((told, known))
    print(f"{len(seen)} reports, {len(held)} left out, read in {time.time() - began:.0f} s", flush=True)
    net = Pairs(base.width)
    if args.start:
        net.load_state_dict(torch.load(args.start))
        print(f"before: {measure(net, held)}", flush=True)
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.05)
    for epoch in range(args.epochs):
        random.shuffle(seen)
        total = 0.0
        for k in range(0, len(seen), 16):
            optimizer.param_groups[0]["lr"] = 1e-3 * (1 - (epoch + k / len(seen)) / args.epochs)
            loss, n = 0.0, 0
            for told, (first, second, known, same) in seen[k:k + 16]:
                views = net.view(told.states)
                weight = same + (1 - same) / SHARE
                loss = loss + F.binary_cross_entropy_with_logits(net(views[first], views[second], known), same, weight, reduction="sum")
                n += len(same)
            loss = loss / n
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(seen[k:k + 16])
        told = f" {measure(net, held)}" if held else ""
        print(f"epoch {epoch + 1} {time.time() - began:.0f} s {total / len(seen):.4f}{told}", flush=True)
    torch.save(net.state_dict(), args.out)


if __name__ == "__main__":
    main()
