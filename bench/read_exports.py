"""Reads every export back with the readers that researchers use, and says so where one is not installed.

    python3 bench/read_exports.py [CASUS] [RECORDS.jsonl]

CASUS is the binary (else `casus` below target/, else on the path); RECORDS are records as `casus code --format jsonl` prints
them (else a few of our own). Exit status 1 where a reader fails or disagrees; readers that are not there are skipped.
`pip install pandas pyarrow duckdb geopandas pyogrio networkx` installs them all.
"""

import csv
import importlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = {"csv": 43, "acled": 31, "ged": 49, "gdelt": 61, "icews": 20, "polecat": 40}
TABS = {"gdelt", "icews", "polecat"}

skipped = set()


def reader(name):
    """Returns a module, None where it is not installed, which is said once."""
    try:
        return importlib.import_module(name)
    except ImportError:
        if name not in skipped:
            skipped.add(name)
            package = name.split(".")[0]
            print(f"skipped: {package} is not installed (pip install {package})")
        return None


def sample():
    """Returns records with everything that is hard to write: quotes, commas, line ends, open ranges, no place."""
    who = {"name": 'The "Front", Kesh', "country": "NGA", "sector": "REB"}
    whom = {"name": "=police\nof Rell", "country": "NGA", "sector": "COP"}
    place = {"name": "Réll", "country": "NGA", "admin1": "Borno", "lat": 11.5, "lon": 13.25, "precision": "town"}
    time = {"start": "2026-03-02", "end": "2026-03-02"}
    first = {
        "id": "r1#e1", "type": "ASSAULT", "modes": ["firearms"], "cameo": "190", "score": -9.0, "quad": 4, "status": "actual",
        "mentions": [{"start": 0, "end": 9, "text": "shot, dead"}], "actors": [who], "recipients": [whom], "places": [place],
        "time": time, "killed": {"min": 3, "max": None}, "confidence": 0.5,
    }
    second = {
        "id": "r1#e2", "type": "PROTEST", "modes": ["demo"], "cameo": "141", "score": -5.0, "quad": 4, "status": "actual",
        "actors": [{"name": "people", "country": "TCD", "sector": "CVL"}], "recipients": [whom],
    }
    record = {
        "casus": "1", "id": "r1", "title": 'Shots, "again"', "published": "2026-03-04", "publisher": "Example Wire",
        "events": [first, second],
    }
    return json.dumps(record, ensure_ascii=False) + "\n"


def export(casus, records, kind, path):
    flags = [] if kind != "bom" else ["--bom"]
    run = subprocess.run(
        [casus, "export", "--format", "csv" if kind == "bom" else kind, *flags, "-o", str(path), str(records)],
        capture_output=True, text=True, check=False,
    )
    assert run.returncode in (0, 1), run.stderr
    return path


def check_tables(casus, records, folder):
    pandas, duckdb, arrow = reader("pandas"), reader("duckdb"), reader("pyarrow.parquet")
    for kind, n_columns in COLUMNS.items():
        text = export(casus, records, kind, folder / f"{kind}.csv")
        parquet = export(casus, records, kind, folder / f"{kind}.parquet")
        delimiter = "\t" if kind in TABS else ","
        with open(text, newline="", encoding="utf-8") as file:
            quoting = csv.QUOTE_NONE if kind in TABS else csv.QUOTE_MINIMAL
            rows = list(csv.reader(file, delimiter=delimiter, quoting=quoting))
        assert all(len(row) == n_columns for row in rows), (kind, [len(row) for row in rows])
        n = len(rows) - (kind != "gdelt")
        done = ["csv"]
        if pandas:
            header = None if kind == "gdelt" else 0
            quoting = csv.QUOTE_NONE if kind in TABS else csv.QUOTE_MINIMAL
            frame = pandas.read_csv(text, sep=delimiter, header=header, quoting=quoting)
            assert frame.shape == (n, n_columns), (kind, frame.shape)
            done.append("pandas csv")
            if arrow:
                frame = pandas.read_parquet(parquet)
                assert frame.shape == (n, n_columns), (kind, frame.shape)
                done.append("pandas parquet")
        if arrow:
            assert arrow.read_table(parquet).num_rows == n, kind
            done.append("pyarrow")
        if duckdb:
            assert duckdb.sql(f"SELECT count(*) FROM '{parquet}'").fetchall()[0] == (n,), kind
            done.append("duckdb parquet")
            if kind not in TABS:
                count = duckdb.sql(f"SELECT count(*) FROM read_csv('{text}', header = true)").fetchall()[0]
                assert count == (n,), (kind, count)
                done.append("duckdb csv")
        print(f"{kind}: {n} rows, {n_columns} columns: {', '.join(done)}")
    marked = export(casus, records, "bom", folder / "bom.csv").read_bytes()
    assert marked.startswith(b"\xef\xbb\xbf") and b"\r\n" in marked


def check_types(casus, records, folder):
    arrow = reader("pyarrow.parquet")
    if arrow:
        schema = arrow.read_schema(folder / "csv.parquet")
        kinds = {name: str(schema.field(name).type) for name in ("published", "lat", "killed_min", "title")}
        assert kinds == {"published": "date32[day]", "lat": "double", "killed_min": "int64", "title": "string"}, kinds
        print("parquet: days are dates, numbers are numbers")


def check_map(casus, records, folder):
    path = export(casus, records, "geojson", folder / "events.geojson")
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    done = ["json"]
    pyogrio, geopandas = reader("pyogrio"), reader("geopandas")
    if pyogrio:
        assert pyogrio.read_info(path)["features"] == len(features)
        done.append("pyogrio")
    if geopandas:
        frame = geopandas.read_file(path)
        assert len(frame) == len(features) and frame.crs.to_epsg() == 4326
        done.append("geopandas")
    print(f"geojson: {len(features)} features: {', '.join(done)}")


def check_network(casus, records, folder):
    graph = export(casus, records, "graphml", folder / "actors.graphml")
    edges = export(casus, records, "network", folder / "actors.csv")
    with open(edges, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    networkx = reader("networkx")
    if networkx:
        read = networkx.read_graphml(graph)
        assert read.number_of_edges() == len(rows), (read.number_of_edges(), len(rows))
        assert sum(events for *_, events in read.edges(data="events")) == sum(int(row["events"]) for row in rows)
    print(f"network: {len(rows)} edges: csv{', networkx' if networkx else ''}")


def main():
    built = [ROOT / "target" / kind / "casus" for kind in ("release", "debug")]
    found = [str(path) for path in built if path.exists()]
    casus = sys.argv[1] if len(sys.argv) > 1 else (found[0] if found else shutil.which("casus"))
    if not casus:
        sys.exit("read_exports.py: no casus here\nhint: cargo build --package casus-cli, or name the binary")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        records = Path(sys.argv[2]) if len(sys.argv) > 2 else folder / "records.jsonl"
        if len(sys.argv) <= 2:
            records.write_text(sample(), encoding="utf-8")
        for check in (check_tables, check_types, check_map, check_network):
            check(casus, records, folder)
    print("all exports are read back" + (f"; not tried: {', '.join(sorted(skipped))}" if skipped else ""))


if __name__ == "__main__":
    main()
