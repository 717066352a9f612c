"""Trains the reader of mentions: python whose.py --run DIR --base DIR --gold DIR… --countries FILE --out FILE

"He", "they", "the army", "gunmen": who, and whose? This reader is a copy of the reader of triggers that looks at the text
once for every such mention instead, and says, word by word, which words name the same somebody and which tell of what
country he is. Beside that it learns the mention's sector and whether it belongs to one country at all; what it says of
these is not used, for the encoder says it as well (EXPERIMENTS.md). The rest of the network stays as it is.
"""
import argparse
import pathlib
import random
import re
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

import data as D
import train as T
import words as W
from model import Base, Layer, Network, quick

# Bodies of no one country, and those of whom nobody can say.
SCOPES = ("state", "IGO", "NGO", "MNC", "---")


class Whose(nn.Module):
    """The reader of mentions."""

    def __init__(self, net):
        super().__init__()
        d, base = net.base.width, net.base
        self.reader = nn.ModuleList(Layer(d, base.heads, base.inner, base.eps) for _ in net.reader)
        self.reader.load_state_dict(net.reader.state_dict())
        self.mark = nn.Parameter((net.mark + net.annotates.weight[0]).detach().clone())
        self.words = nn.Linear(d, 2)   # home, same
        nn.init.constant_(self.words.bias, -3.0)
        self.sectors, self.scopes = nn.Linear(d, len(D.SECTORS)), nn.Linear(d, len(SCOPES))

    def forward(self, low, marked, mask):
        bias = ((1.0 - mask.float()) * -1e4)[:, None, None, :]
        x = low + marked[..., None].to(low.dtype) * self.mark.to(low.dtype)
        for layer in self.reader:
            x = layer(x, bias)
        return self.words(x), self.sectors(x), self.scopes(x)


def lexicon(path):
    """Returns a pattern of all names, adjectives and seats of countries, and which country each is."""
    meant = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, *columns = line.split("\t")
            for at, column in enumerate(columns):
                for form in column.split("|"):
                    if form and form[0].isupper():
                        meant.setdefault(form, code)
                        if at == 2:   # adjectives, which are peoples too
                            meant.setdefault(form + "s", code)
    meant |= {"US": "USA", "U.S.": "USA", "UK": "GBR", "U.K.": "GBR", "America": "USA", "American": "USA"}
    pattern = "|".join(re.escape(f) for f in sorted(meant, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), meant


class Told:
    """A mention in a window, with what the reader should say of it."""

    def __init__(self, window, words, home, same, known, sector, scope, country):
        self.window, self.words, self.home, self.same, self.known = window, words, home, same, known
        self.sector, self.scope, self.country = sector, scope, country


def told(doc, report, lo, hi, window, names):
    """Returns the mentions of a window whose words name no country, and all words of the window that do."""
    pattern, meant = names
    text = doc["text"]
    named = [(m.span(), meant[m.group()]) for m in pattern.finditer(text)]
    lexical = [s for s, _ in named]
    named += [(s, p.get("country")) for e in doc["events"] for p in e.get("places", []) for s in p["spans"]]
    spans = {k: D.whole_names(e["spans"]) for k, e in doc["entities"].items()}
    for key, entity in doc["entities"].items():
        named += [(s, (entity.get("code") or "---")[:3]) for s in spans[key] if text[s[0]].isupper() and s[1] - s[0] < 60]
    overlap = lambda a, b: a[0] < b[1] and b[0] < a[1]
    inside = lambda s: [w - lo for w in report.covered(s) if lo <= w < hi]
    who = []
    for key, entity in doc["entities"].items():
        code = (entity.get("code") or "---").split()
        who.append((spans[key], code[0], D.SECTORS.index(code[1]) if len(code) > 1 and code[1] in D.SECTORS else 0))
    places = {}
    for event in doc["events"]:
        for place in event.get("places", []):
            places.setdefault((tuple(place["spans"]), place.get("country") or "---"), None)
    who += [(list(spans), country, D.IGNORE) for spans, country in places]
    out = []
    for mentions, country, sector in who:
        for span in mentions:
            words = report.covered(span)
            if not len(words) or words[0] < lo or words[-1] >= hi or any(overlap(span, s) for s in lexical):
                continue
            same = {w for s in mentions if s != span for w in inside(s)}
            home, known = set(), set(range(hi - lo)) - {w - lo for w in words}
            for s, c in named:
                if not overlap(s, span) and c == country:
                    home |= set(inside(s))
            out.append(Told(window, [w - lo for w in words], home, same, known, sector,
                            SCOPES.index(country) if country in SCOPES else 0, country))
    countries = {}
    for s, c in named:
        for w in inside(s):
            countries.setdefault(w, c)
    return out, countries


def grounds(net, windows, pad):
    """Adds to each window what the frozen network makes of it."""
    order = sorted(windows, key=len)
    with torch.no_grad(), quick():
        for k in range(0, len(order), 8):
            batch = order[k:k + 8]
            ids, mask = T.padded([w.ids for w in batch], pad), T.padded([[1] * len(w.ids) for w in batch], 0)
            ground = net.ground(*net.encode(ids, mask)).bfloat16()
            for i, w in enumerate(batch):
                w.ground = ground[i, :len(w.ids)].clone()


def batch_of(items, reach):
    """Returns the reader's input and targets for some mentions."""
    cut = []
    for t in items:
        w = t.window
        a, b = w.firsts[t.words[0]], w.lasts[t.words[-1]]
        cut.append((max(0, a - reach), min(len(w.ids), b + reach), a, b))
    n = max(hi - lo for lo, hi, _, _ in cut)
    rows, mask, marked = [], torch.zeros(len(items), n), torch.zeros(len(items), n)
    target, known, at = torch.zeros(len(items), n, 2), torch.zeros(len(items), n), []
    for k, (t, (lo, hi, a, b)) in enumerate(zip(items, cut)):
        rows.append(F.pad(t.window.ground[lo:hi], (0, 0, 0, n - (hi - lo))))
        mask[k, :hi - lo] = 1
        marked[k, a - lo:b - lo] = 1
        at.append(a - lo)
        for w, first in enumerate(t.window.firsts):
            if lo <= first < hi and w in t.known:
                known[k, first - lo] = 1
                target[k, first - lo, 0], target[k, first - lo, 1] = w in t.home, w in t.same
    return torch.stack(rows), marked, mask, target, known, torch.tensor(at)


def loss_of(net, items, reach):
    low, marked, mask, target, known, at = batch_of(items, reach)
    with quick():
        said, sectors, scopes = net(low, marked, mask)
    rows = torch.arange(len(items))
    out = F.binary_cross_entropy_with_logits(said.float(), target, known[..., None].expand_as(target), reduction="sum") / len(items)
    sector = F.cross_entropy(sectors[rows, at].float(), torch.tensor([t.sector for t in items]), ignore_index=D.IGNORE, reduction="sum")
    out = out + sector / len(items)
    return out + F.cross_entropy(scopes[rows, at].float(), torch.tensor([t.scope for t in items]))


def measure(net, items, reach):
    """Returns how often the likeliest country among those that the words name is right, and the sector."""
    net.eval()
    right = asked = sectors_right = scopes_right = best_same = same_asked = places = places_right = 0
    with torch.no_grad():
        for k in range(0, len(items), 16):
            part = items[k:k + 16]
            low, marked, mask, target, known, at = batch_of(part, reach)
            said, sectors, scopes = net(low.float(), marked, mask)
            for i, t in enumerate(part):
                sectors_right += sectors[i, at[i]].argmax().item() == t.sector
                scopes_right += scopes[i, at[i]].argmax().item() == t.scope
                lo = t.window.firsts[t.words[0]] - at[i].item()
                chance = {}
                for w, c in t.window.countries.items():
                    j = t.window.firsts[w] - lo
                    if 0 <= j < mask[i].sum() and w in t.known:
                        chance[c] = max(chance.get(c, -99), said[i, j, 0].item())
                if t.scope == 0 and t.country in chance:
                    hit = max(chance, key=chance.get) == t.country
                    if t.sector == D.IGNORE:
                        places, places_right = places + 1, places_right + hit
                    else:
                        asked, right = asked + 1, right + hit
                if target[i, :, 1].any():
                    same_asked += 1
                    best_same += target[i, (said[i, :, 1] - 99 * (1 - known[i])).argmax(), 1].item()
    net.train()
    share = lambda a, b: f"{100 * a / max(b, 1):.1f} of {b}"
    people = sum(t.sector != D.IGNORE for t in items)
    return f"country {share(right, asked)}, of places {share(places_right, places)}, sector {share(sectors_right, people)}, scope {share(scopes_right, len(items))}, same {share(best_same, same_asked)}"


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--run", required=True, help="the trained network")
    ap.add_argument("--base", required=True)
    ap.add_argument("--gold", nargs="+", required=True, help="annotated reports, of whatever annotator")
    ap.add_argument("--countries", required=True, help="data/actors/countries.tsv")
    ap.add_argument("--out", required=True)
    ap.add_argument("--start", help="begin with what was trained on another run")
    ap.add_argument("--fold", type=int, default=0, help="leave out every tenth report with this remainder")
    ap.add_argument("--epochs", type=int, default=3)
    ap.add_argument("--rate", type=float, default=2e-4)
    ap.add_argument("--reach", type=int, default=128)
    ap.add_argument("--each", type=int, default=4, help="mentions of a window in an epoch")
    args = ap.parse_args()
    torch.set_num_threads(2)
    random.seed(1)
    torch.manual_seed(1)
    base = Base(args.base)
    pieces = W.Pieces(base.vocabulary)
    names = lexicon(pathlib.Path(args.countries))
    seen, held = [], []
    for folder in args.gold:
        for doc in D.load_gold(folder):
            report = D.Report(doc, pieces)
            for lo, hi in report.windows():
                window = T.Window(report, lo, hi, base.ends)
                window.told, window.countries = told(doc, report, lo, hi, window, names)
                if window.told:
                    (held if D.is_left_out(doc["id"], args.fold) else seen).append(window)
    net, _ = Network.trained(base, args.run)
    began = time.time()
    grounds(net, seen + held, base.pad)
    print(f"{len(seen)} windows, {sum(len(w.told) for w in seen)} mentions, {len(held)} left out; read in {time.time() - began:.0f} s", flush=True)
    whose = Whose(net)
    check = [t for w in held for t in w.told][::3]
    if args.start:
        whose.load_state_dict(torch.load(args.start)["reader"])
        print(f"before: {measure(whose, check, args.reach)}", flush=True)
    fresh = [p for k, p in whose.named_parameters() if not k.startswith(("reader", "mark"))]
    old = [p for k, p in whose.named_parameters() if k.startswith(("reader", "mark"))]
    optimizer = torch.optim.AdamW([{"params": old, "lr": args.rate}, {"params": fresh, "lr": 1e-3}], weight_decay=0.01)
    whose.train()
    for epoch in range(args.epochs):
        items = [t for w in seen for t in random.sample(w.told, min(args.each, len(w.told)))]
        items.sort(key=lambda t: min(len(t.window), 2 * args.reach) + random.random() * 20)
        work = [items[k:k + 24] for k in range(0, len(items), 24)]
        random.shuffle(work)
        total = 0.0
        for k, part in enumerate(work):
            done = (epoch + k / len(work)) / args.epochs
            for group, rate in zip(optimizer.param_groups, (args.rate, 1e-3), strict=True):
                group["lr"] = rate * min(1.0, done * args.epochs / 0.3) * (1 - done)
            loss = loss_of(whose, part, args.reach)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(whose.parameters(), 1.0)
            optimizer.step()
            total += loss.item()
            if k % 200 == 0:
                print(f"{k} of {len(work)} {time.time() - began:.0f} s {total / (k + 1):.3f}", flush=True)
        print(f"epoch {epoch + 1} {time.time() - began:.0f} s {total / len(work):.3f} {measure(whose, check, args.reach)}", flush=True)
        torch.save({"reader": whose.state_dict(), "reach": args.reach}, args.out)


if __name__ == "__main__":
    main()
