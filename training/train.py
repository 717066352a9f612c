"""Trains the network on gold reports and GUM: python train.py --gold DIR --gum FILE --base DIR --out DIR

Every epoch goes through all reports and a share of GUM. Checkpoints are written after each; a cut run goes on from the
last one.
"""
import argparse
import json
import pathlib
import random
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

import data as D
import words as W
from model import Base, Network, quick


HEADS_RATE, HABITS_RATE = 1e-3, 2e-4
SAVE_EVERY = 600   # seconds
# The parts of the network that are asked about one trigger at a time.
READERS = "reader mark annotates roles modes status stance when kind certain".split()


class Window:
    """A stretch of a report that fits the encoder, with the labels of its words."""

    def __init__(self, report, lo, hi, base_ids, annotator="gold"):
        self.annotator = D.ANNOTATORS.index(annotator)
        self.ids, self.firsts, self.lasts = [base_ids[0]], [], []
        for p in report.pieces[lo:hi]:
            self.firsts.append(len(self.ids))
            self.ids += p
            self.lasts.append(len(self.ids))
        self.ids.append(base_ids[1])
        cut = slice(lo, hi)
        self.types, self.mentions, self.sectors = report.types[cut], report.mentions[cut], report.sectors[cut]
        self.triggers = []
        for t in report.triggers:
            if lo <= t["words"][0] and t["words"][-1] < hi:
                self.triggers.append(t | {"words": [w - lo for w in t["words"]],
                                          "tags": {w - lo: v for w, v in t["tags"].items() if lo <= w < hi}})


def gold_windows(folders, pieces, base_ids, annotator="gold", keep=lambda name: True):
    """Returns the windows of all reports of some folders that one annotator labelled; a folder given twice counts twice."""
    read = {}
    for folder in dict.fromkeys(folders):
        reports = [D.Report(doc, pieces) for doc in D.load_gold(folder) if keep(doc["id"])]
        read[folder] = [Window(r, lo, hi, base_ids, annotator) for r in reports for lo, hi in r.windows()]
    return [window for folder in folders for window in read[folder]]


def padded(rows, value, kind=torch.long):
    n = max(map(len, rows))
    return torch.tensor([list(r) + [value] * (n - len(r)) for r in rows], dtype=kind)


def batches(items, size, pieces):
    """Returns batches of about `pieces` pieces, alike in length, in random order."""
    items = sorted(items, key=lambda x: len(x) + random.random() * 12)
    out, batch = [], []
    for x in items:
        if batch and (len(batch) >= size or (len(batch) + 1) * len(x) > pieces):
            out.append(batch)
            batch = []
        batch.append(x)
    if batch:
        out.append(batch)
    random.shuffle(out)
    return out


Window.__len__ = lambda self: len(self.ids)
D.Parsed.__len__ = D.Sided.__len__ = lambda self: sum(map(len, self.pieces)) + 2


def annotators(windows):
    return torch.tensor([w.annotator for w in windows])


def gather(x, index):
    return x.gather(1, index[..., None].expand(-1, -1, x.shape[-1]))


def rarity(windows, power):
    """Returns the weight of each type: how much rarer than the mean its triggers are, to a power."""
    counts = [1] * len(D.TYPES)
    for trigger in (t for w in windows for t in w.triggers):
        counts[trigger["type"] - 1] += 1
    mean = sum(counts) / len(counts)
    return [1.0] + [(mean / n) ** power for n in counts]


def type_targets(rows, n, rare):
    """Returns soft targets over the types and the weight of each word."""
    target, weight = torch.zeros(len(rows), n, len(D.TYPES) + 1), torch.zeros(len(rows), n)
    for i, row in enumerate(rows):
        for j, (kind, also, w) in enumerate(row):
            weight[i, j] = w * rare[kind]
            target[i, j, kind] = 1.0
            if also:
                target[i, j, kind] = 0.8
                for other in also:
                    target[i, j, other] += 0.2 / len(also)
    return target, weight


def soft_loss(logits, target, weight):
    return (-(target * logits.float().log_softmax(-1)).sum(-1) * weight).sum() / weight.sum().clamp(min=1)


def crop(window, trigger, reach):
    """Returns the range of pieces around a trigger that the reader sees."""
    a, b = window.firsts[trigger["words"][0]], window.lasts[trigger["words"][-1]]
    return max(0, a - reach), min(len(window.ids), b + reach)


def false_triggers(batch, types, n):
    """Returns the unlabelled words that the encoder takes for triggers most, and some at random, as triggers of no
    type: the reader learns to tell them from true ones."""
    chance = 1 - types.float().softmax(-1)[..., 0]
    words = [(i, j) for i, w in enumerate(batch) for j, row in enumerate(w.types) if row[0] == 0 and row[2] == 1.0]
    if not words:
        return []
    words = random.sample(words, min(len(words), 400))
    words.sort(key=lambda ij: -chance[ij].item())
    picks = words[:n] + random.sample(words, min(n // 3, len(words)))
    nothing = {"tags": {}, "weight": 1.0, "type": 0, "modes": [], "status": D.IGNORE, "stance": D.IGNORE,
               "when": D.IGNORE, "false": True}
    return [(i, nothing | {"words": [j]}) for i, j in picks]


def reader_batch(batch, low, types, args):
    """Returns the reader's input and targets for a sample of the triggers of a batch, and for some false ones."""
    picks = [(i, t) for i, w in enumerate(batch) for t in w.triggers]
    if len(picks) > args.triggers:
        picks = random.sample(picks, args.triggers)
    picks += false_triggers(batch, types.detach(), args.triggers // 4)
    if not picks:
        return None
    ranges = [crop(batch[i], t, args.reach) for i, t in picks]
    n = max(b - a for a, b in ranges)
    x = low.new_zeros(len(picks), n, low.shape[-1])
    mask, marked = torch.zeros(len(picks), n), torch.zeros(len(picks), n)
    roles, known = torch.zeros(len(picks), n, len(D.ROLES)), torch.zeros(len(picks), n, len(D.ROLES))
    at = torch.zeros(len(picks), dtype=torch.long)
    rows = []
    for k, ((i, t), (a, b)) in enumerate(zip(picks, ranges)):
        w = batch[i]
        rows.append(F.pad(low[i, a:b], (0, 0, 0, n - (b - a))))
        mask[k, :b - a] = 1
        for j in t["words"]:
            marked[k, w.firsts[j] - a:w.lasts[j] - a] = 1
        at[k] = w.firsts[t["words"][0]] - a
        for j, first in enumerate(w.firsts):
            if a <= first < b and "false" not in t:
                known[k, first - a] = t["weight"]
                for role, value in t["tags"].get(j, {}).items():
                    r = D.ROLES.index(role)
                    if value == 1:
                        roles[k, first - a, r] = 1
                    else:
                        known[k, first - a, r] = 0
    x = torch.stack(rows)
    return [t for _, t in picks], x, mask, marked, annotators(batch[i] for i, _ in picks), roles, known, at


# Acts that belong together are rare among all words, and so are the numbers: a hit counts for several misses.
POSITIVE = torch.tensor([3.0 if r in ("same", "response_to", "part_of", "about") else 2.0 if r in (
    "source", "count", "detained", "abducted", "displaced") else 1.0 for r in D.ROLES])


def reader_loss(net, out, picks, roles, known, at):
    true = max(1, sum("false" not in t for t in picks))
    loss = F.binary_cross_entropy_with_logits(net.roles(out).float(), roles, known, reduction="sum", pos_weight=POSITIVE) / true
    here = out[torch.arange(len(picks)), at]
    weight = torch.tensor([t["weight"] for t in picks])
    modes, has = torch.zeros(len(picks), len(D.MODES)), torch.zeros(len(picks), 1)
    for k, t in enumerate(picks):
        has[k] = 0.0 if "false" in t else t["weight"]
        for m in t["modes"]:
            modes[k, m] = 1
    loss = loss + F.binary_cross_entropy_with_logits(net.modes(here).float(), modes, has.expand_as(modes), reduction="sum") / true

    def one(head, key):
        y = torch.tensor([t[key] for t in picks])
        return (F.cross_entropy(head(here).float(), y, ignore_index=D.IGNORE, reduction="none") * weight).sum() / true
    return loss + one(net.status, "status") + one(net.stance, "stance") + one(net.when, "when") + one(net.kind, "type")


def gold_loss(net, batch, pad, args):
    ids = padded([w.ids for w in batch], pad)
    mask = padded([[1] * len(w.ids) for w in batch], 0)
    firsts = padded([w.firsts for w in batch], 0)
    n = firsts.shape[1]
    with quick():
        low, high = net.encode(ids, mask, annotators(batch))
        words = gather(high, firsts)
        target, weight = type_targets([w.types for w in batch], n, args.rarity)
        types = net.types(words)
        loss = 4.0 * soft_loss(types, target, weight)
        for head, rows in ((net.mentions, [w.mentions for w in batch]), (net.sectors, [w.sectors for w in batch])):
            y = padded(rows, D.IGNORE)
            loss = loss + F.cross_entropy(head(words).float().flatten(0, 1), y.flatten(), ignore_index=D.IGNORE)
        read = reader_batch(batch, net.ground(low, high), types, args)
        if read:
            picks, x, rmask, marked, who, roles, known, at = read
            out = net.read(x, marked, rmask, who)
            loss = loss + 0.3 * reader_loss(net, out, picks, roles, known, at)
    return loss


class SilverWindow:
    """A stretch of a text that a teacher labelled, with its beliefs instead of labels (silver.py)."""

    def __init__(self, report, labels, lo, hi, base_ids):
        plain = Window(report, lo, hi, base_ids, "silver")
        self.annotator, self.ids, self.firsts, self.lasts = plain.annotator, plain.ids, plain.firsts, plain.lasts
        self.types, self.mentions, self.sectors = (labels[k][lo:hi] for k in ("types", "mentions", "sectors"))
        dated = labels.get("dated", True)
        self.triggers = []
        for t in labels["triggers"]:
            if lo <= t["words"][0] and t["words"][-1] < hi:
                a, b = t["range"]
                self.triggers.append(t | {"words": [w - lo for w in t["words"]], "range": (a - lo, b - lo), "dated": dated,
                                          "roles": [(w - lo, r, p) for w, r, p in t["roles"] if lo <= w < hi]})

    __len__ = Window.__len__


def silver_windows(paths, pieces, base_ids):
    """Returns the windows of the texts that a teacher labelled."""
    out = []
    for path in paths:
        for labels in torch.load(path, weights_only=False):
            report = D.Report({"id": labels["id"], "text": labels["text"]}, pieces)
            out += [SilverWindow(report, labels, lo, hi, base_ids) for lo, hi in report.windows()]
    return out


def believed(logits, belief, weight):
    """Returns the cross-entropy against a teacher's beliefs, a mean over words by weight."""
    return (-(belief * logits.float().log_softmax(-1)).sum(-1) * weight).sum() / weight.sum().clamp(min=1)


def silver_loss(net, batch, pad, args):
    ids = padded([w.ids for w in batch], pad)
    mask = padded([[1] * len(w.ids) for w in batch], 0)
    firsts = padded([w.firsts for w in batch], 0)
    here = padded([[1] * len(w.firsts) for w in batch], 0).float()
    fill = lambda key: nn.utils.rnn.pad_sequence([getattr(w, key).float() for w in batch], batch_first=True)
    with quick():
        low, high = net.encode(ids, mask, annotators(batch))
        words = gather(high, firsts)
        types, mentions = net.types(words), fill("mentions")
        loss = 4.0 * believed(types, fill("types"), here)
        loss = loss + believed(net.mentions(words), mentions, here)
        loss = loss + believed(net.sectors(words), fill("sectors"), (mentions[..., 1] + mentions[..., 2]) * here)
        picks = [(i, t) for i, w in enumerate(batch) for t in w.triggers]
        if not picks:
            return loss
        picks = random.sample(picks, min(len(picks), args.triggers))
        ground = net.ground(low, high)
        ranges = [crop(batch[i], t, args.reach) for i, t in picks]
        n = max(b - a for a, b in ranges)
        rmask, marked, at, rows = torch.zeros(len(picks), n), torch.zeros(len(picks), n), [], []
        roles, known = torch.zeros(len(picks), n, len(D.ROLES)), torch.zeros(len(picks), n, 1)
        for k, ((i, t), (a, b)) in enumerate(zip(picks, ranges)):
            w = batch[i]
            rows.append(F.pad(ground[i, a:b], (0, 0, 0, n - (b - a))))
            rmask[k, :b - a] = 1
            for j in t["words"]:
                marked[k, w.firsts[j] - a:w.lasts[j] - a] = 1
            at.append(w.firsts[t["words"][0]] - a)
            true = 1.0 - t["kind"][0].item()   # what a word would mean as a trigger matters as far as it is one
            for j in range(max(0, t["range"][0]), min(len(w.firsts), t["range"][1])):
                if a <= w.firsts[j] < b:
                    known[k, w.firsts[j] - a] = true
            for j, r, p in t["roles"]:
                if a <= w.firsts[j] < b:
                    roles[k, w.firsts[j] - a, r] = p
        out = net.read(torch.stack(rows), marked, rmask, annotators(batch[i] for i, _ in picks))
        trigger = out[torch.arange(len(picks)), torch.tensor(at)]
        belief = lambda key: torch.stack([t[key].float() for _, t in picks])
        true = 1.0 - belief("kind")[:, 0]
        total = true.sum().clamp(min=1)
        read = (F.binary_cross_entropy_with_logits(net.roles(out).float(), roles, reduction="none") * known).sum() / total
        read = read + (F.binary_cross_entropy_with_logits(net.modes(trigger).float(), belief("modes"), reduction="none").sum(-1) * true).sum() / total
        dated = true * torch.tensor([float(t["dated"]) for _, t in picks])
        for key, weight in (("status", true), ("stance", true), ("when", dated), ("kind", torch.ones_like(true))):
            read = read + (-(belief(key) * getattr(net, key)(trigger).float().log_softmax(-1)).sum(-1) * weight).sum() / total
    return loss + 0.3 * read


def written(batch, pad, base_ids):
    """Returns the pieces of some texts, which are no padding, and where each word begins."""
    rows, firsts = [], []
    for s in batch:
        ids, first = [base_ids[0]], []
        for p in s.pieces:
            first.append(len(ids))
            ids += p
        rows.append(ids + [base_ids[1]])
        firsts.append(first)
    return padded(rows, pad), padded([[1] * len(r) for r in rows], 0), firsts


def states(net, batch, pad, base_ids):
    """Returns the lower and the upper layers' output on the first piece of every word of some texts."""
    ids, mask, firsts = written(batch, pad, base_ids)
    low, high = net.encode(ids, mask)
    firsts = padded(firsts, 0)
    return gather(low, firsts), gather(high, firsts)


def sided_loss(net, batch, pad, base_ids):
    """Returns the loss on sentences that tell one thing of an act: its places, its parties, or how certain it is."""
    picks = [(i, t) for i, s in enumerate(batch) for t in s.triggers]
    picks = random.sample(picks, min(len(picks), 24))
    ids, mask, firsts = written(batch, pad, base_ids)
    with quick():
        ground = net.ground(*net.encode(ids, mask))
        which = torch.tensor([i for i, _ in picks])
        marked = torch.zeros(len(picks), ids.shape[1])
        roles, asked = (torch.zeros(len(picks), ids.shape[1], len(D.ROLES)) for _ in range(2))
        at, certain = torch.zeros(len(picks), dtype=torch.long), torch.full((len(picks),), float("nan"))
        for k, (i, (words, told, sure)) in enumerate(picks):
            lasts = firsts[i][1:] + [len(batch[i]) - 1]
            marked[k, firsts[i][words[0]]:lasts[words[-1]]] = 1
            at[k] = firsts[i][words[0]]
            for role, where in told.items():
                asked[k, firsts[i], D.ROLES.index(role)] = 1
                roles[k, [firsts[i][w] for w in where], D.ROLES.index(role)] = 1
            if sure is not None:
                certain[k] = sure
        out = net.read(ground[which], marked, mask[which])
        said = net.roles(out).float()
        loss = (F.binary_cross_entropy_with_logits(said, roles, reduction="none") * asked).sum() / len(picks)
        known = ~certain.isnan()
        if known.any():
            sure = net.certain(out[torch.arange(len(picks)), at])[:, 0].float()
            loss = loss + F.mse_loss(sure[known], certain[known])
    return loss


def gum_loss(net, batch, pad, base_ids):
    with quick():
        words = net.syntax(*states(net, batch, pad, base_ids))
        arcs = net.arcs(words).float()
        here = padded([[1] * len(s.words) for s in batch], 0)
        arcs = arcs.masked_fill((here == 0)[:, None], -1e4)
        y = {k: padded([getattr(s, k) for s in batch], D.IGNORE) for k in ("pos", "relation", "head", "start")}
        ce = lambda logits, t: F.cross_entropy(logits.float().flatten(0, 1), t.flatten(), ignore_index=D.IGNORE)
        start = F.binary_cross_entropy_with_logits(net.starts(words).float()[..., 0], y["start"].clamp(min=0).float(), here.float())
        return ce(net.pos(words), y["pos"]) + ce(net.relations(words), y["relation"]) + ce(arcs, y["head"]) + start


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--gold", nargs="+", required=True)
    ap.add_argument("--labels", nargs="*", default=[], help="folders of public texts that others annotated (labels.py)")
    ap.add_argument("--reports", nargs="*", default=[], help="folders of reports written for training")
    ap.add_argument("--labels-share", type=float, default=1.0, help="how much of the former an epoch goes through")
    ap.add_argument("--reports-share", type=float, default=1.0, help="how much of the latter")
    ap.add_argument("--gum", required=True)
    ap.add_argument("--silver", nargs="*", default=[], help="texts that a teacher labelled (silver.py)")
    ap.add_argument("--silver-share", type=float, default=0.33, help="how much of them an epoch goes through")
    ap.add_argument("--event-places", nargs="*", default=[], help="Event Location Annotations, JSON Lines: verbs and their places")
    ap.add_argument("--factuality", nargs="*", default=[], help="factuality corpora, JSON Lines: acts and how certain each is")
    ap.add_argument("--parties", nargs="*", default=[], help="GUM, JSON Lines: verbs with subject and object as doer and sufferer")
    ap.add_argument("--start", help="a trained run to start from instead of the base weights")
    ap.add_argument("--reader-only", action="store_true", help="leave the encoder, its heads and what the reader reads as they are")
    ap.add_argument("--base", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--layers", type=int, help="how many of the base's layers are used; all by default")
    ap.add_argument("--shared", type=int, default=4, help="how many of them the word heads and the reader share")
    ap.add_argument("--epochs", type=int, default=14)
    ap.add_argument("--rate", type=float, default=1e-4)
    ap.add_argument("--pieces", type=int, default=1200)
    ap.add_argument("--batch", type=int, default=16)
    ap.add_argument("--triggers", type=int, default=24)
    ap.add_argument("--reach", type=int, default=96)
    ap.add_argument("--gum-share", type=float, default=0.25)
    ap.add_argument("--rare", type=float, default=0.0, help="weigh the triggers of a type by its rarity to this power")
    ap.add_argument("--fold", type=int, default=None, help="leave out every tenth report with this remainder")
    ap.add_argument("--mean", type=float, default=0.99, help="how much of the running mean of weights a step keeps")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=2)
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    base = Base(args.base, args.layers)
    pieces = W.Pieces(base.vocabulary)
    base_ids, pad = base.ends, base.pad
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    (out / "args.json").write_text(json.dumps(vars(args)))

    def keep(name):
        return not D.is_left_out(name, args.fold)
    annotated = {name: gold_windows(getattr(args, name), pieces, base_ids, name, keep) for name in ("gold", "labels", "reports")}
    shares = {"gold": 1.0, "labels": args.labels_share, "reports": args.reports_share}
    gold = [w for windows in annotated.values() for w in windows]
    args.rarity = rarity(gold, args.rare)
    gum = D.load_gum(args.gum, pieces)
    sided = [s for load, paths in ((D.load_event_places, args.event_places), (D.load_factuality, args.factuality), (D.load_parties, args.parties))
             for path in paths for s in load(path, pieces) if s.triggers]
    silver = silver_windows(args.silver, pieces, base_ids)
    net = Network(base, args.shared)
    if args.start:
        net.begin_with(torch.load(pathlib.Path(args.start) / "final.pt"))
    for table in (net.word, net.position):   # so little text only overfits them, and they are half of the weights
        table.weight.requires_grad_(False)
    if args.reader_only:
        for name, p in net.named_parameters():
            p.requires_grad_(name.split(".")[0] in READERS)
    # What the base weights know changes slowly, what starts from nothing fast.
    rates = {"norm": args.rate, "lower": args.rate, "upper": args.rate, "reader": args.rate, "relative": args.rate,
             "annotator": HABITS_RATE, "annotates": HABITS_RATE}
    parts = {}
    for name, p in net.named_parameters():
        if p.requires_grad:
            parts.setdefault(rates.get(name.split(".")[0], HEADS_RATE), []).append(p)
    optimizer = torch.optim.AdamW([{"params": ps, "lr": rate} for rate, ps in parts.items()], weight_decay=0.01, fused=True)
    # The weights that are kept are a running mean of the last epoch or two (Polyak & Juditsky 1992).
    mean = {n: p.detach().clone() for n, p in net.named_parameters() if p.requires_grad}
    first, done_steps, last = 0, 0, out / "last.pt"
    if last.exists():
        state = torch.load(last, weights_only=False)
        net.load_state_dict(state["net"])
        mean = state["mean"]
        optimizer.load_state_dict(state["optimizer"])
        first, done_steps = state["epoch"], state["step"]

    def save(epoch, step):
        part = last.with_suffix(".part")
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "mean": mean, "epoch": epoch, "step": step}, part)
        part.replace(last)
    began = saved = time.time()
    print(f"{len(gold)} windows, {sum(len(w.triggers) for w in gold)} triggers, {len(silver)} silver windows, {len(gum)} parsed stretches", flush=True)
    for epoch in range(first, args.epochs):
        net.train()
        random.seed(f"{args.seed} {epoch}")   # so that an epoch cut short goes on in the order in which it began
        now = [w for name, windows in annotated.items() for w in random.sample(windows, int(len(windows) * shares[name]))]
        work = [("gold", b) for b in batches(now, args.batch, args.pieces)]
        if not args.reader_only:   # nothing that reads syntax would learn from it
            work += [("gum", b) for b in batches(random.sample(gum, int(len(gum) * args.gum_share)), 16, args.pieces)]
        if sided:
            work += [("sided", b) for b in batches(random.sample(sided, len(sided) // 4), 16, args.pieces)]
        if silver:
            work += [("silver", b) for b in batches(random.sample(silver, int(len(silver) * args.silver_share)), args.batch, args.pieces)]
        random.shuffle(work)
        total = {"gold": [0.0, 0], "silver": [0.0, 0], "gum": [0.0, 0], "sided": [0.0, 0]}
        for k, (kind, batch) in enumerate(work):
            if epoch == first and k < done_steps:
                continue
            if time.time() - saved > SAVE_EVERY:
                saved = time.time()
                save(epoch, k)
                print(f"epoch {epoch + 1} {saved - began:.0f} s {k} of {len(work)} batches", flush=True)
            done = (epoch + k / len(work)) / args.epochs
            ramp = min(1.0, done * args.epochs / 0.5) * (1 - done)
            for group, rate in zip(optimizer.param_groups, parts, strict=True):
                group["lr"] = rate * ramp
            if kind == "gum":
                loss = 0.5 * gum_loss(net, batch, pad, base_ids)
            elif kind == "sided":
                loss = 0.3 * sided_loss(net, batch, pad, base_ids)
            else:
                loss = (gold_loss if kind == "gold" else silver_loss)(net, batch, pad, args)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            keep_share = min(args.mean, done * 100)
            with torch.no_grad():
                for n, p in net.named_parameters():
                    if n in mean:
                        mean[n].mul_(keep_share).add_(p, alpha=1 - keep_share)
            total[kind][0] += loss.item()
            total[kind][1] += 1
        print(f"epoch {epoch + 1} {time.time() - began:.0f} s " +
              " ".join(f"{k} {s / max(n, 1):.3f}" for k, (s, n) in total.items()), flush=True)
        save(epoch + 1, 0)
    torch.save(net.state_dict() | mean, out / "final.pt")


if __name__ == "__main__":
    main()
