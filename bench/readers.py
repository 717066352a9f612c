#!/usr/bin/env python3
"""Opens a store with the programs that people have, and checks that they see what is there.

    bench/readers.py casus.gpkg

Python's sqlite3 always; pyogrio and geopandas (GDAL inside), ogrinfo and R sf where they are installed, and where not,
that is said. Exit status 0 where every reader that is there sees the same, 2 where one does not.
"""

import shutil
import sqlite3
import subprocess
import sys

FEATURES = ["events", "events_flat", "incidents", "incidents_flat", "places"]
ATTRIBUTES = ["documents", "mentions", "participants", "event_places", "sources", "links", "weapons", "actors",
              "incident_events", "problems", "reviews", "runs", "dyads_by_month"]

faults = []


def check(what, right):
    if not right:
        faults.append(what)
        print(f"FAULT: {what}", file=sys.stderr)


def by_sqlite(path):
    """Reads what makes a GeoPackage, and returns the number of rows of each layer."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    one = lambda sql: connection.execute(sql).fetchone()[0]
    check("application_id is GPKG", one("PRAGMA application_id") == 0x47504B47)
    check("user_version is that of GeoPackage 1.3", one("PRAGMA user_version") == 10300)
    check("integrity", one("PRAGMA integrity_check") == "ok")
    check("foreign keys", connection.execute("PRAGMA foreign_key_check").fetchall() == [])
    listed = dict(connection.execute("SELECT table_name, data_type FROM gpkg_contents"))
    check("layers", listed == {**dict.fromkeys(FEATURES, "features"), **dict.fromkeys(ATTRIBUTES, "attributes")})
    for table in ("events", "incidents", "places"):
        placed = one(f"SELECT count(*) FROM {table} WHERE geom IS NOT NULL")
        check(f"{table}: R*Tree", placed == one(f"SELECT count(*) FROM rtree_{table}_geom"))
        # 32-bit floats of the R*Tree are rounded outwards, so a point lies within its box.
        outside = one(f"""SELECT count(*) FROM {table} t JOIN rtree_{table}_geom r ON r.id = t.id
                          WHERE t.lon NOT BETWEEN r.minx AND r.maxx OR t.lat NOT BETWEEN r.miny AND r.maxy""")
        check(f"{table}: boxes hold their points", outside == 0)
    check("full text of documents", one("SELECT count(*) FROM documents_text WHERE documents_text MATCH 'the'") >= 0)
    print(f"sqlite3 {sqlite3.sqlite_version}: {one('SELECT count(*) FROM events')} events, "
          f"{one('SELECT count(*) FROM dyads_by_month')} dyads by month")
    return {layer: one(f"SELECT count(*) FROM {layer}") for layer in FEATURES + ATTRIBUTES}


def by_pyogrio(path, counts):
    try:
        import pyogrio
    except ImportError:
        print("pyogrio: not installed, so not tried (pip install pyogrio)")
        return
    layers = dict(pyogrio.list_layers(path))
    check("pyogrio: layers", layers == {**dict.fromkeys(FEATURES, "Point"), **dict.fromkeys(ATTRIBUTES, None)})
    for layer, n in counts.items():
        seen = pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"]
        check(f"pyogrio: {layer}: {seen} rows, not {n}", seen == n)
    print(f"pyogrio {pyogrio.__version__} with GDAL {'.'.join(map(str, pyogrio.__gdal_version__))}: "
          f"{len(layers)} layers")


def by_geopandas(path, counts):
    try:
        import geopandas
    except ImportError:
        print("geopandas: not installed, so not tried (pip install geopandas)")
        return
    events = geopandas.read_file(path, layer="events_flat", fid_as_index=True)
    check("geopandas: rows", len(events) == counts["events_flat"])
    check("geopandas: reference system", events.crs.to_epsg() == 4326)
    placed = events[events.geometry.notna()]
    check("geopandas: points", (placed.geometry.x == placed.lon).all() and (placed.geometry.y == placed.lat).all())
    check("geopandas: days", str(events.start_date.dtype).startswith("datetime"))
    people = geopandas.read_file(path, layer="participants")
    # A view gives an event a row; those that it leaves out have participants still.
    check("geopandas: join", set(events.index) <= set(geopandas.read_file(path, layer="events", fid_as_index=True).index))
    check("geopandas: participants", len(people) == counts["participants"])
    print(f"geopandas {geopandas.__version__}: {len(events)} events, {len(placed)} with a point")


def by_ogrinfo(path, counts):
    if shutil.which("ogrinfo") is None:
        print("ogrinfo: not installed, so not tried (apt install gdal-bin)")
        return
    for layer, n in counts.items():
        said = subprocess.run(["ogrinfo", "-ro", "-so", path, layer], capture_output=True, text=True, check=False)
        check(f"ogrinfo: {layer}: {said.stderr}", f"Feature Count: {n}\n" in said.stdout and not said.stderr)
    print(subprocess.run(["ogrinfo", "--version"], capture_output=True, text=True, check=True).stdout.strip())


def by_r(path, counts):
    script = f"suppressMessages(library(sf)); x <- st_read('{path}', 'events_flat', quiet = TRUE); cat(nrow(x))"
    if shutil.which("Rscript") is None:
        print("R: not installed, so not tried")
        return
    said = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=False)
    if "there is no package" in said.stderr:
        print("R: no package sf, so not tried (install.packages('sf'))")
        return
    check(f"R sf: {said.stderr}", said.stdout.strip() == str(counts["events_flat"]))
    print("R sf: events_flat")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    path = sys.argv[1]
    counts = by_sqlite(path)
    for reader in (by_pyogrio, by_geopandas, by_ogrinfo, by_r):
        reader(path, counts)
    sys.exit(2 if faults else 0)


if __name__ == "__main__":
    main()
