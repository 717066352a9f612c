#!/usr/bin/env python3
"""Kills `casus ingest` at random moments and checks that nothing is lost and nothing doubled.

    bench/kill.py REPORTS.jsonl --casus target/release/casus --kills 20 [--reports 300] [--jobs 2] [--seed 1]

Ingests the reports once without a kill, at one thread and at --jobs; then again into another store, killed (SIGKILL)
--kills times at random moments and at last left to end. All rows of the three stores must be equal, but for moments
and runs. Exit status 0 where they are, 2 where not.
"""

import argparse
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

# What a run notes of itself differs from run to run.
LEFT_OUT_TABLES = {"runs", "casus_schema", "gpkg_contents", "sqlite_sequence", "sqlite_stat1", "sqlite_stat4"}
LEFT_OUT_COLUMNS = {"run_id", "added", "made"}


def rows(path):
    """Returns every table's rows, in the order of their keys."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    found = {}
    for (table,) in names.fetchall():
        if table in LEFT_OUT_TABLES or "_text_" in table or table.startswith("rtree_") and table.count("_") > 2:
            continue
        if table.endswith("_text"):
            continue
        columns = [c[1] for c in connection.execute(f"PRAGMA table_info('{table}')") if c[1] not in LEFT_OUT_COLUMNS]
        found[table] = connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2").fetchall()
    for text in ("documents_text", "events_text"):
        connection.execute(f"SELECT count(*) FROM {text} WHERE {text} MATCH 'the'").fetchone()
        found[text] = connection.execute(f"SELECT rowid FROM {text} WHERE {text} MATCH 'the' ORDER BY rowid").fetchall()
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], path
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == [], path
    return found


def count(path):
    if not os.path.exists(path):
        return 0
    try:
        return sqlite3.connect(path).execute("SELECT count(*) FROM documents").fetchone()[0]
    except sqlite3.OperationalError:
        return 0  # killed before the tables were made


def same(name, one, two):
    """Says where two stores differ; returns whether they do not."""
    equal = True
    for table in sorted(set(one) | set(two)):
        a, b = one.get(table), two.get(table)
        if a != b:
            equal = False
            print(f"{name}: {table}: {len(a or [])} rows and {len(b or [])}, or rows that differ", file=sys.stderr)
            for pair in [(x, y) for x, y in zip(a or [], b or []) if x != y][:3]:
                print(f"  {pair[0]}\n  {pair[1]}", file=sys.stderr)
    return equal


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports")
    parser.add_argument("--casus", default="target/release/casus")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--reports", dest="at_most", type=int, help="take only the first so many reports")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    dice = random.Random(args.seed)
    folder = tempfile.mkdtemp(prefix="casus-kill-")
    source = os.path.join(folder, "reports.jsonl")
    with open(args.reports, encoding="utf-8") as lines, open(source, "w", encoding="utf-8") as out:
        for n, line in enumerate(lines):
            if args.at_most is not None and n >= args.at_most:
                break
            out.write(line)

    def ingest(store, jobs):
        command = [args.casus, "ingest", source, "--db", os.path.join(folder, store), "--jobs", str(jobs)]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def whole(store, jobs):
        begun = time.monotonic()
        process = ingest(store, jobs)
        said = process.communicate()[1].decode()
        if process.returncode not in (0, 2):
            sys.exit(f"bench/kill.py: casus ended with {process.returncode}: {said}")
        print(f"{store}: {said.strip().splitlines()[-1]} ({time.monotonic() - begun:.1f} s)")
        return time.monotonic() - begun

    whole("one.gpkg", 1)
    taken = whole("many.gpkg", args.jobs)
    many = os.path.join(folder, "many.gpkg")
    killed = os.path.join(folder, "killed.gpkg")
    kills = 0
    held = []
    while kills < args.kills:
        process = ingest("killed.gpkg", args.jobs)
        time.sleep(dice.uniform(0.0, 1.5 * taken / args.kills + 0.6))
        if process.poll() is None:
            process.kill()
            kills += 1
        process.communicate()
        held.append(count(killed))
        if held[-1] == count(many) and process.returncode == 0:
            print(f"bench/kill.py: it ended before it was killed {args.kills} times; give more reports")
            break
    print(f"killed {kills} times; documents after each: {' '.join(map(str, held))}")
    whole("killed.gpkg", args.jobs)
    reference = rows(os.path.join(folder, "one.gpkg"))
    equal = same("1 thread and many", reference, rows(many))
    equal &= same("not killed and killed", reference, rows(killed))
    total = {table: len(found) for table, found in reference.items()}
    print(f"{'equal' if equal else 'DIFFERENT'}: {total['documents']} documents, {total['events']} events, "
          f"{sum(total.values())} rows in {len(total)} tables")
    shutil.rmtree(folder)
    sys.exit(0 if equal else 2)


if __name__ == "__main__":
    main()
