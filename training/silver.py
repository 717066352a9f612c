"""Labels texts with a trained network, for a smaller one to learn from: python silver.py --run DIR --base DIR --out FILE TEXTS...

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
from model import Base, Network
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


def label(net, doc, pieces, base_ids, reach):
    """Returns one text's words with the teacher's beliefs."""
    report = D.Report({"id": doc["id"], "text": doc["text"]}, pieces)
    starts = [i for i in range(1, len(report.words))
              if report.sentence(report.words[i][0]) != report.sentence(report.words[i - 1][0])]
    n = len(report.words)
    heads = {"types": None, "mentions": None, "sectors": None}
    triggers, seen = [], 0
    for lo, hi in D.windows(report.pieces, starts):
        window = Window(report, lo, hi, base_ids)
        ids = torch.tensor([window.ids])
        low, high = net.encode(ids, torch.ones_like(ids))
        ground, words = net.ground(low, high), high[0, window.firsts]
        for name in heads:
            p = getattr(net, name)(words).float().softmax(-1)
            if heads[name] is None:
                heads[name] = torch.zeros(n, p.shape[-1])
            heads[name][seen:hi] = p[seen - lo:]
        own = net.types(words).float().softmax(-1)
        for ws in (ws for ws in runs(own) if lo + ws[0] >= seen):
            a, b = crop(window, {"words": ws}, reach)
            marked = torch.zeros(1, b - a)
            for j in ws:
                marked[0, window.firsts[j] - a:window.lasts[j] - a] = 1
            out = net.read(ground[:, a:b], marked, torch.ones_like(marked))
            near = [j for j, f in enumerate(window.firsts) if a <= f < b]
            roles = net.roles(out)[0, [window.firsts[j] - a for j in near]].float().sigmoid()
            here = out[0, window.firsts[ws[0]] - a]
            trigger = {"words": [lo + j for j in ws], "range": (lo + near[0], lo + near[-1] + 1),
                       "roles": [(lo + near[i], r, round(roles[i, r].item(), 3)) for i, r in (roles > SMALL).nonzero().tolist()]}
            for name, squash in (("modes", torch.sigmoid), ("status", None), ("stance", None), ("when", None), ("kind", None)):
                v = getattr(net, name)(here).float()
                trigger[name] = (squash(v) if squash else v.softmax(-1)).half()
            triggers.append(trigger)
        seen = hi
    return {"id": doc["id"], "text": doc["text"], "triggers": triggers} | {k: v.half() for k, v in heads.items()}


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--run", required=True)
    ap.add_argument("--base", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--leave-out", nargs="*", default=[], help="folders of gold reports: their ids are passed over")
    ap.add_argument("--share", type=int, default=1, help="label every n-th text only")
    ap.add_argument("texts", nargs="+")
    args = ap.parse_args()
    torch.set_num_threads(2)
    settings = json.loads((pathlib.Path(args.run) / "args.json").read_text())
    base = Base(args.base)
    net = Network(base, settings["shared"])
    net.load_state_dict(torch.load(pathlib.Path(args.run) / "final.pt"))
    net.eval()
    pieces = W.Pieces(base.vocabulary)
    base_ids = [base.vocabulary.index(p) for p in (base.first, base.last)]
    began, out = time.time(), []
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for doc in texts(args.texts, gold_ids(args.leave_out)):
            if int(hashlib.sha256(doc["id"].encode()).hexdigest(), 16) % args.share:
                continue
            out.append(label(net, doc, pieces, base_ids, settings["reach"]))
            if len(out) % 500 == 0:
                print(f"{len(out)} texts {time.time() - began:.0f} s", flush=True)
    torch.save(out, args.out)
    print(f"{len(out)} texts, {sum(len(d['triggers']) for d in out)} possible triggers, {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
