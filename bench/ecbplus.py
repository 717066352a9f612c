"""Measures incidents on ECB+ (Cybulska & Vossen 2014): the same event across articles, with casus's own events.

    python bench/ecbplus.py ecbplus.dev.jsonl --casus target/release/casus

ECB+ is not part of this repository. The file has an article a line: `id`, `text`, `validated_sentences` (numbers),
`events` with `start`, `end` (code points), `sent` and, where annotated, `coref`. Only mentions in validated sentences
count, as usual. A gold mention belongs to the event of casus whose words it overlaps; B-cubed is given over all gold
mentions (one that casus has no event for counts as an incident of its own) and over those that casus has an event for.
casus codes political events; most of ECB+ is about sport, films and crime, so that few of its mentions are found.
"""

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path


def b_cubed(pairs):
    """Returns precision, recall and F1 of (found, gold) cluster names, one pair a mention."""
    found, gold, both = Counter(f for f, _ in pairs), Counter(g for _, g in pairs), Counter(pairs)
    precision = sum(both[p] / found[p[0]] for p in pairs) / len(pairs)
    recall = sum(both[p] / gold[p[1]] for p in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--casus", default="casus")
    args = parser.parse_args()
    if not args.path.exists():
        print(f"ecbplus: {args.path}: not here; nothing was measured", file=sys.stderr)
        print("hint: pass the articles of ECB+ as JSON Lines; the head of this script tells their keys", file=sys.stderr)
        return 2

    articles = [json.loads(line) for line in args.path.read_text().splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        reports, db = Path(folder) / "reports.jsonl", Path(folder) / "ecbplus.gpkg"
        rows = (json.dumps({"id": a["id"], "text": a["text"]}) + "\n" for a in articles)
        reports.write_text("".join(rows))
        done = subprocess.run([args.casus, "ingest", reports, "--db", db], capture_output=True, text=True)
        print(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "")
        store = sqlite3.connect(db)
        query = """SELECT d.given_id, e.record, coalesce(i.key, e.key) FROM events e
                   JOIN documents d ON d.id = e.document_id
                   LEFT JOIN incident_events ie ON ie.event_id = e.id LEFT JOIN incidents i ON i.id = ie.incident_id"""
        told = {}
        for document, record, incident in store.execute(query):
            for mention in json.loads(record)["mentions"]:
                told.setdefault(document, []).append((mention["start"], mention["end"], incident))

    every, with_event = [], []
    for article in articles:
        validated = set(article["validated_sentences"])
        for event in article["events"]:
            if event["sent"] not in validated or event["start"] is None:
                continue
            own = f"{article['id']} {event['id']}"
            gold = event.get("coref") or own
            here = [i for s, e, i in told.get(article["id"], []) if s < event["end"] and event["start"] < e]
            every.append((here[0] if here else own, gold))
            if here:
                with_event.append(every[-1])
    print(f"{len(articles)} articles, {len(every)} gold mentions, {len(with_event)} of them in events of casus")
    for name, pairs in [("all gold mentions", every), ("those in events of casus", with_event)]:
        if pairs:
            precision, recall, f1 = (100 * x for x in b_cubed(pairs))
            print(f"B-cubed, {name}: precision {precision:.1f}  recall {recall:.1f}  F1 {f1:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
