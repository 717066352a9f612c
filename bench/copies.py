#!/usr/bin/env python3
"""Measures when a report is a copy of another (docs/design/copies.md): the rule of crates/store/src/likeness.rs, written
a second time, over reports altered as newsrooms alter them.

    bench/copies.py REPORTS.jsonl... [--seed 1]

Every line is {"id": …, "text": …}. Reports of 60 words and more are altered into copies (which should be found) and
into news (which should not), and compared with every other report of the files, too.
"""

import argparse
import collections
import hashlib
import json
import random
import re

SHINGLE, SKETCH, SHARED = 5, 32, 6
NUMBER_WORDS = set("""one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety dozen dozens hundred hundreds
    thousands""".split())
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NEWS = ["A second explosion was heard near the station later, a witness said.",
        "The opposition called the decision illegal and asked its followers to gather in front of the parliament.",
        "Both governments have since recalled their ambassadors, and flights between the capitals were cancelled.",
        "Soldiers arrested the mayor."]
STYLE = [(r"\bpercent\b", "per cent"), (r"ize\b", "ise"), (r"ized\b", "ised"), (r"\btoward\b", "towards"),
         (r"\bPresident\b", "Pres"), (r"\bdefense\b", "defence"), (r"\bsays\b", "said"), (r"\bU\.S\.", "US"),
         (r"\bUnited States\b", "US")]


class Likeness:
    def __init__(self, text):
        self.words = re.findall(r"[^\W_]+", text.lower())
        self.list = [tuple(self.words[i:i + SHINGLE]) for i in range(len(self.words) - SHINGLE + 1)]
        self.shingles = set(self.list)
        digest = lambda shingle: hashlib.sha256(" ".join(shingle).encode()).digest()
        self.sketch = set(sorted(map(digest, self.shingles))[:SKETCH])
        number = lambda w: any(c.isdigit() for c in w) and not re.fullmatch(r"(19|20)\d\d", w) or w in NUMBER_WORDS
        self.numbers = {(w, (self.words + [""])[i + 1]) for i, w in enumerate(self.words) if number(w)}
        self.numbers |= {(w.lower(), "") for w in WEEKDAYS if w.lower() in self.words}

    def contained_in(self, other):
        return len(self.shingles & other.shingles) / max(1, len(self.shingles))

    def longest_new(self, other):
        known = [False] * len(self.words)
        for i, shingle in enumerate(self.list):
            if shingle in other.shingles:
                known[i:i + SHINGLE] = [True] * SHINGLE
        longest = run = 0
        for k in known:
            run = 0 if k else run + 1
            longest = max(longest, run)
        return longest


def measures(new, old):
    """Returns share contained, longest run of new words, whether all numbers and weekdays stand there, whether sketches meet."""
    return (new.contained_in(old), new.longest_new(old), new.numbers <= old.numbers,
            len(new.sketch & old.sketch) >= SHARED)


def sentences(text):
    return re.split(r"(?<=[.!?])\s+", text.strip())


def copies(text, dice):
    parts = sentences(text)
    yield "with dateline and byline", "GENEVA (Example Wire) - " + text + "\n\nReporting by Jane Doe; editing by John Roe"
    yield "cut to three fifths", " ".join(parts[:max(2, len(parts) * 3 // 5)])
    yield "cut to a third", " ".join(parts[:max(2, len(parts) // 3)])
    styled = text
    for pattern, word in STYLE:
        styled = re.sub(pattern, word, styled)
    yield "in another house style", styled
    yield "some sentences left out", " ".join(p for p in parts if dice.random() > 0.15) or text
    words = text.split(" ")
    for i in dice.sample(range(len(words)), max(1, len(words) // 40)):
        words[i] = dice.choice(["also", "reportedly", "earlier", "local", "then"])
    yield "one word in 40 replaced", " ".join(words)


def news(text, dice):
    days = list(re.finditer("|".join(WEEKDAYS), text))
    if days:
        hit = dice.choice(days)
        yield "another weekday", text[:hit.start()] + dice.choice([d for d in WEEKDAYS if d != hit.group()]) + text[hit.end():]
    numbers = list(re.finditer(r"\b(?!(?:19|20)\d\d\b)\d+\b", text))
    if numbers:
        hit = dice.choice(numbers)
        yield "another number", text[:hit.start()] + str(int(hit.group()) + 3) + text[hit.end():]
    sentence = dice.choice(NEWS)
    yield f"a sentence more ({len(sentence.split())} words)", text + " " + sentence
    parts = sentences(text)
    parts.insert(len(parts) // 2, dice.choice(NEWS))
    yield "a sentence more, in the middle", " ".join(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", nargs="+")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    dice = random.Random(args.seed)
    reports = []
    for path in args.reports:
        with open(path, encoding="utf-8") as lines:
            reports += [json.loads(line) for line in lines]
    reports = [(r["id"], r["text"]) for r in reports if len(r["text"].split()) >= 60]
    found, wrong = collections.defaultdict(list), collections.defaultdict(list)
    likenesses = [Likeness(text) for _, text in reports]
    for (_, text), old in zip(reports, likenesses):
        for name, altered in copies(text, dice):
            found[name].append(measures(Likeness(altered), old))
        for name, altered in news(text, dice):
            wrong[name].append(measures(Likeness(altered), old))
    # Other reports are compared where they share a shingle at all.
    holders = collections.defaultdict(set)
    for n, likeness in enumerate(likenesses):
        for shingle in likeness.shingles:
            holders[shingle].add(n)
    pairs = collections.Counter()
    for numbers in holders.values():
        for a in numbers:
            for b in numbers:
                if a != b:
                    pairs[a, b] += 1
    likely = [(a, b) for (a, b), n in pairs.items() if n >= 3]
    closest = sorted(((measures(likenesses[a], likenesses[b]), reports[a][0], reports[b][0]) for a, b in likely),
                     reverse=True)
    print(f"{len(reports)} reports; {len(likely)} pairs of different ones share 3 shingles or more; the closest:")
    for (share, run, numbers, meet), a, b in closest[:8]:
        print(f"  {share:.2f} contained, {run} new words in a row, numbers {'all' if numbers else 'not all'} there: {a} in {b}")
    grid = [(t, r) for t in (0.5, 0.6, 0.7, 0.8, 0.9) for r in (6, 8, 10, 12, 15, 20, 1000)]
    is_copy = lambda m, t, r: m[3] and m[2] and m[0] >= t and m[1] <= r
    share = lambda kinds, t, r: sum(is_copy(m, t, r) for ms in kinds.values() for m in ms) / sum(map(len, kinds.values()))
    print("\nleast share, longest run: copies found, news taken for copies, other reports taken for copies")
    for t, r in grid:
        others = sum(is_copy(m, t, r) for m, _, _ in closest)
        print(f"  {t:.1f} {r:>4}: {share(found, t, r):6.1%} {share(wrong, t, r):6.1%} {others:>4}")
    print("\nby alteration, at 0.7 and 8:")
    for kinds in (found, wrong):
        for name, ms in kinds.items():
            print(f"  {sum(is_copy(m, 0.7, 8) for m in ms) / len(ms):6.1%} of {len(ms)} {name}")


if __name__ == "__main__":
    main()
