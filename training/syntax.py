"""Fits the syntax heads of a trained network: python syntax.py --run DIR --base DIR --gum FILE --texts DIR… --parser FILE
--out DIR

GUM tells of few of the acts that the encoder learns to find, so heads that only saw GUM misread just the words for
those ("the army shelled", no verb). A parser, the same encoder trained on GUM and nothing else, therefore parses news
texts as well, and the heads learn from both; the encoder stays as it is, and what it knows of acts with it.
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
import train as T
import words as W
from model import Base, Network, quick

HEADS = ("pos", "relations", "starts", "below", "dependent", "governor", "arc", "governs")
# Words, and pieces, that the parser reads at once: no more than stretches of GUM have.
STRETCH, PIECES = 150, 400
SCORES = ("pos", "head", "relation", "start")


class Text:
    """A window of a text with its syntax, or a stretch of GUM."""

    def __init__(self, pieces, start):
        self.pieces, self.start = pieces, start
        n = len(pieces)
        self.pos, self.relation, self.head = [D.IGNORE] * n, [D.IGNORE] * n, [D.IGNORE] * n

    def __len__(self):
        return sum(map(len, self.pieces)) + 2


def encoded(net, batch, pad, base_ids):
    """Returns the network's lower and upper output on the words of some texts."""
    with quick():
        low, high = T.states(net, batch, pad, base_ids)
    return low.float(), high.float()


def train_parser(base, gum, pad, base_ids, to, epochs=4):
    """Trains the encoder on GUM alone."""
    net, began = Network(base, 4), time.time()
    for table in (net.word, net.position):
        table.weight.requires_grad_(False)
    named = [(k.split(".")[0], p) for k, p in net.named_parameters() if p.requires_grad]
    parts = [(2e-4, [p for k, p in named if k in ("norm", "lower", "upper")]), (2e-3, [p for k, p in named if k in HEADS])]
    optimizer = torch.optim.AdamW([{"params": ps, "lr": rate} for rate, ps in parts], weight_decay=0.01)
    net.train()
    for epoch in range(epochs):
        work = T.batches(gum, 8, 4096)
        for k, batch in enumerate(work):
            done = (epoch + k / len(work)) / epochs
            for group, (rate, _) in zip(optimizer.param_groups, parts, strict=True):
                group["lr"] = rate * min(1.0, done * epochs / 0.3) * (1 - done)
            loss = T.gum_loss(net, batch, pad, base_ids)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
        print(f"parser, epoch {epoch + 1} {time.time() - began:.0f} s {loss.item():.3f}", flush=True)
    torch.save(net.state_dict(), to)
    return net.eval()


def parse(net, report, pad, base_ids):
    """Returns part of speech, relation and head of every word of a report, and which words start sentences."""
    n = len(report.words)
    start = [i == 0 or report.sentence(report.words[i][0]) != report.sentence(report.words[i - 1][0]) for i in range(n)]
    bounds = [i for i in range(n) if start[i]] + [n]
    groups, lo = [], 0
    for a, b in zip(bounds, bounds[1:]):
        if a > lo and (b - lo > STRETCH or sum(map(len, report.pieces[lo:b])) > PIECES):
            groups.append((lo, a))
            lo = a
        while sum(map(len, report.pieces[lo:b])) > PIECES:   # a list without stops
            groups.append((lo, lo + STRETCH // 2))
            lo += STRETCH // 2
    groups.append((lo, n))
    pos, relation, head = [D.IGNORE] * n, [D.IGNORE] * n, [D.IGNORE] * n
    with torch.no_grad():
        for lo, hi in groups:
            low, high = encoded(net, [Text(report.pieces[lo:hi], None)], pad, base_ids)
            words = net.syntax(low, high)
            number = torch.tensor([sum(start[lo:i + 1]) for i in range(lo, hi)])
            arcs = net.arcs(words)[0].masked_fill(number[:, None] != number[None], -1e4)
            pos[lo:hi] = net.pos(words)[0].argmax(-1).tolist()
            relation[lo:hi] = net.relations(words)[0].argmax(-1).tolist()
            head[lo:hi] = [lo + h for h in arcs.argmax(-1).tolist()]
    return pos, relation, head, start


def news(net, folders, share, pieces, pad, base_ids):
    """Returns windows of a share of the texts in some folders, parsed."""
    out = []
    paths = sorted(p for folder in folders for p in pathlib.Path(folder).glob("*.json"))
    for path in random.sample(paths, int(len(paths) * share)):
        doc = json.loads(path.read_text(encoding="utf-8"))
        report = D.Report({"id": doc["id"], "text": doc["text"]}, pieces)
        pos, relation, head, start = parse(net, report, pad, base_ids)
        for lo, hi in D.windows(report.pieces, [i for i, s in enumerate(start) if s]):
            text = Text(report.pieces[lo:hi], [int(s) for s in start[lo:hi]])
            text.pos, text.relation = pos[lo:hi], relation[lo:hi]
            text.head = [h - lo if lo <= h < hi else D.IGNORE for h in head[lo:hi]]
            out.append(text)
    return out


def cached(net, texts, pad, base_ids):
    """Returns each text with what the frozen encoder makes of it."""
    out = []
    with torch.no_grad():
        for batch in T.batches(texts, 16, 4096):
            low, high = encoded(net, batch, pad, base_ids)
            out += [(low[i, :len(t.pieces)].bfloat16(), high[i, :len(t.pieces)].bfloat16(), t) for i, t in enumerate(batch)]
    return out


def heads(net, items):
    """Returns what the syntax heads say of some cached texts, the targets, and which places hold a word."""
    n = max(len(x[2].pieces) for x in items)
    low, high = (torch.stack([F.pad(x[k].float(), (0, 0, 0, n - len(x[k]))) for x in items]) for k in (0, 1))
    here = T.padded([[1] * len(x[2].pieces) for x in items], 0)
    target = {k: T.padded([getattr(x[2], k) for x in items], D.IGNORE) for k in SCORES}
    words = net.syntax(low, high)
    arcs = net.arcs(words).masked_fill((here == 0)[:, None], -1e4)
    said = {"pos": net.pos(words), "head": arcs, "relation": net.relations(words), "start": net.starts(words)[..., 0]}
    return said, target, here


def loss(said, target, here):
    out = F.binary_cross_entropy_with_logits(said["start"], target["start"].clamp(min=0).float(), here.float())
    for k in ("pos", "head", "relation"):
        out = out + F.cross_entropy(said[k].flatten(0, 1), target[k].flatten(), ignore_index=D.IGNORE)
    return out


def agreement(net, items):
    """Returns the shares of words that the heads read as their targets say."""
    hits, n = dict.fromkeys(SCORES, 0), dict.fromkeys(SCORES, 0)
    with torch.no_grad():
        for k in range(0, len(items), 16):
            said, target, here = heads(net, items[k:k + 16])
            for key in SCORES:
                told = (said[key] > 0).long() if key == "start" else said[key].argmax(-1)
                known = (here == 1) & (target[key] != D.IGNORE)
                hits[key] += ((told == target[key]) & known).sum().item()
                n[key] += known.sum().item()
    return " ".join(f"{k} {100 * hits[k] / max(n[k], 1):.1f}" for k in SCORES)


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--run", required=True, help="the trained network")
    ap.add_argument("--base", required=True)
    ap.add_argument("--gum", required=True)
    ap.add_argument("--gum-dev", help="a part of GUM to measure on")
    ap.add_argument("--texts", nargs="+", required=True, help="folders of news reports; only their texts are read")
    ap.add_argument("--share", type=float, default=0.25, help="of the texts")
    ap.add_argument("--parser", required=True, help="where the parser's weights are, or go to")
    ap.add_argument("--out", required=True)
    ap.add_argument("--epochs", type=int, default=8)
    args = ap.parse_args()
    torch.set_num_threads(2)
    random.seed(1)
    torch.manual_seed(1)
    base = Base(args.base)
    pieces = W.Pieces(base.vocabulary)
    base_ids, pad = base.ends, base.pad
    gum = D.load_gum(args.gum, pieces)
    if pathlib.Path(args.parser).exists():
        parser = Network(base, 4)
        parser.begin_with(torch.load(args.parser))
        parser.eval()
    else:
        parser = train_parser(base, gum, pad, base_ids, args.parser)
    net, settings = Network.trained(base, args.run)
    random.seed(1)
    torch.manual_seed(1)
    texts = news(parser, args.texts, args.share, pieces, pad, base_ids)
    assert len(texts) >= 20, "too few texts to measure on"
    told, unseen = cached(net, texts[len(texts) // 20:] + gum, pad, base_ids), cached(net, texts[:len(texts) // 20], pad, base_ids)
    seen = [("news", unseen)]
    if args.gum_dev:
        dev = D.load_gum(args.gum_dev, pieces)
        print("parser, GUM", agreement(parser, cached(parser, dev, pad, base_ids)), flush=True)
        seen.append(("GUM", cached(net, dev, pad, base_ids)))
    print("before:", "; ".join(f"{name} {agreement(net, items)}" for name, items in seen), flush=True)
    weights = [p for k, p in net.named_parameters() if k.split(".")[0] in HEADS]
    optimizer, rate = torch.optim.AdamW(weights, lr=1.5e-3, weight_decay=0.01), 1.5e-3
    for epoch in range(args.epochs):
        random.shuffle(told)
        for k in range(0, len(told), 16):
            optimizer.param_groups[0]["lr"] = rate * (1 - (epoch + k / len(told)) / args.epochs)
            step = loss(*heads(net, told[k:k + 16]))
            optimizer.zero_grad()
            step.backward()
            optimizer.step()
        print(f"epoch {epoch + 1}:", "; ".join(f"{name} {agreement(net, items)}" for name, items in seen), flush=True)
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    (out / "args.json").write_text(json.dumps(settings))
    torch.save(net.state_dict(), out / "final.pt")


if __name__ == "__main__":
    main()
