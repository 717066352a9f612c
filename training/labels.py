"""Joins labels to the texts they belong to: python labels.py join LABELS... --texts FILE... --to DIR

`labels/` holds what people read in texts that are not ours to give out: offsets and codes, no words. Whoever has the
texts (JSON Lines with `id` and `text`; where they are had says labels/README.md) gets gold reports from them, one file
each, for `train.py --gold`. `split GOLD... --out FILE` makes such labels from gold reports.
"""
import argparse
import hashlib
import json
import pathlib
import re

from data import find_quote

# A text may have been taken as it was, without the white space around it, or with each run of it as one space.
FORMS = (str, str.strip, lambda text: re.sub(r"\s+", " ", text).strip())

# Of which day a text is; `dated` is false where that day is invented.
DAY = ("id", "published", "dated")


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def quote(text, start, end):
    """Returns a quote that stands for these characters and no others: with as much around them as that needs."""
    if find_quote(text, text[start:end]) == [(start, end)]:
        return text[start:end]
    for more in range(0, len(text), 8):
        left, right = text[max(0, start - more):start], text[end:end + more]
        found = f"{left}[[{text[start:end]}]]{right}"
        if find_quote(text, found) == [(start, end)]:
            return found
    raise ValueError(f"{text[start:end]!r} cannot be told from others")


def split(report):
    """Returns a gold report's labels, without its words."""
    text = report["text"]

    def spans(quotes):
        return sorted({s for q in quotes for s in find_quote(text, q)})
    entities = {key: {"code": e["code"], "mentions": spans(e["mentions"])} for key, e in report["entities"].items()}
    events = []
    for event in report["events"]:
        event = event | {"mentions": [find_quote(text, q)[0] for q in event["mentions"]]}
        if event.get("places"):
            event["places"] = [{"country": p["country"], "mentions": spans([p["text"]])} for p in event["places"]]
        events.append(event)
    return {key: report[key] for key in DAY if key in report} | {"length": len(text), "digest": digest(text),
                                                                 "entities": entities, "events": events}


def join(labels, text):
    """Returns the gold report of labels and their text; None where it is another text."""
    text = next((t for t in (form(text)[:labels["length"]] for form in FORMS) if digest(t) == labels["digest"]), None)
    if text is None:
        return None
    words = lambda spans: [quote(text, *s) for s in spans]
    entities = {key: {"name": text[slice(*e["mentions"][0])], "code": e["code"], "mentions": words(e["mentions"])}
                for key, e in labels["entities"].items()}
    events = []
    for event in labels["events"]:
        event = event | {"mentions": words(event["mentions"])}
        if event.get("places"):
            event["places"] = [{"text": words(p["mentions"])[0], "country": p["country"]} for p in event["places"]]
        events.append(event)
    return {key: labels[key] for key in DAY if key in labels} | {"text": text, "entities": entities, "events": events}


def lines(paths):
    for path in paths:
        for line in open(path, encoding="utf-8"):
            yield json.loads(line)


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    act = ap.add_subparsers(dest="act", required=True)
    joins = act.add_parser("join")
    joins.add_argument("labels", nargs="+")
    joins.add_argument("--texts", nargs="+", required=True)
    joins.add_argument("--to", type=pathlib.Path, required=True)
    splits = act.add_parser("split")
    splits.add_argument("gold", nargs="+")
    splits.add_argument("--out", required=True)
    args = ap.parse_args()
    if args.act == "split":
        reports = [json.loads(p.read_text(encoding="utf-8")) for folder in args.gold for p in sorted(pathlib.Path(folder).glob("*.json"))]
        with open(args.out, "w", encoding="utf-8") as out:
            out.writelines(json.dumps(split(r), ensure_ascii=False, separators=(",", ":")) + "\n" for r in reports)
        print(f"{len(reports)} reports")
        return
    args.to.mkdir(parents=True, exist_ok=True)
    wanted = {labels["id"]: labels for labels in lines(args.labels)}
    done = set()
    for doc in lines(args.texts):
        labels = wanted.get(doc["id"])
        report = labels and doc["id"] not in done and join(labels, doc["text"])
        if report:
            done.add(doc["id"])
            path = args.to / (re.sub(r"[^\w.-]", "_", doc["id"]) + ".json")
            path.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"{len(done)} of {len(wanted)} reports have their text")


if __name__ == "__main__":
    main()
