"""Measures whether an event gets its own place among those that its sentence names.

    python bench/event_places.py event_location.dev.jsonl --casus target/release/casus

The sentences are not part of this repository. The file has one a line: `text` and `spans`, each with `start`, `end` (code
points) and `label`: one VERB and the LOCATION of what it tells, if any. A sentence may stand on several lines with a verb
each. Counted are the verbs with a location that lie in a mention of an event of casus: right is an event one of whose places
touches the location. Verbs that tell no political act ("patrolled", "filmed") have no event of casus and are only counted;
those without a location are not judged, for most of them have one that nobody marked.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path


def touch(a, b):
    return a["start"] < b["end"] and b["start"] < a["end"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--casus", default="casus")
    args = parser.parse_args()
    if not args.path.exists():
        print(f"event_places: {args.path}: not here; nothing was measured", file=sys.stderr)
        print("hint: pass sentences as JSON Lines; the head of this script tells their keys", file=sys.stderr)
        return 2

    verbs = {}
    for row in map(json.loads, args.path.read_text().splitlines()):
        verbs.setdefault(row["text"], []).append(row["spans"])
    with tempfile.TemporaryDirectory() as folder:
        sentences = Path(folder) / "sentences.jsonl"
        # Some day after all of them; no place hangs on it.
        rows = (json.dumps({"id": str(n), "text": text, "published": "2020-06-17"}) for n, text in enumerate(verbs))
        sentences.write_text("\n".join(rows))
        command = [args.casus, "code", sentences, "--format", "jsonl"]
        coded = subprocess.run(command, capture_output=True, text=True).stdout
    records = {record["id"]: record for record in map(json.loads, coded.splitlines())}

    count = Counter()
    for n, spans in enumerate(verbs.values()):
        for of_verb in spans:
            verb = next((s for s in of_verb if s["label"] == "VERB"), None)
            places = [s for s in of_verb if s["label"] == "LOCATION" and s["end"] > s["start"]]
            if verb is None or not places:
                count["no location"] += 1
                continue
            event = next((e for e in records[str(n)]["events"] if any(touch(m, verb) for m in e["mentions"])), None)
            if event is None:
                count["no event"] += 1
                continue
            found = [place["span"] for place in event["places"] if place.get("span")]
            right = any(touch(a, b) for a in found for b in places)
            count["right" if right else "another place" if found else "no place"] += 1
    judged = count["right"] + count["another place"] + count["no place"]
    print(f"{sum(count.values())} verbs: {count['no location']} without a location, {count['no event']} without an event")
    print(f"{judged} events: {count['right']} at the right place ({100 * count['right'] / max(judged, 1):.1f} %), "
          f"{count['another place']} at another, {count['no place']} at none")
    return 0


if __name__ == "__main__":
    sys.exit(main())
