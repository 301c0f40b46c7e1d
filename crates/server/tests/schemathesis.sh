#!/usr/bin/env bash
# Holds the API against its own description: no 5xx, and no answer that is not described. Needs Python 3 and the program.
#
#     crates/server/tests/schemathesis.sh [OPTION...]     options go to `schemathesis run`, such as -n 200 or --seed 1
#
# DEMARCHE_BIN: the program; DEMARCHE_STORE: a store that is copied instead of making the demo.
set -euo pipefail

cd "$(dirname "$0")/../../.."

program="${DEMARCHE_BIN:-target/release/demarche}"
tools="target/schemathesis"
wanted="crates/server/tests/schemathesis.txt"
token="a-token-for-tests"

if ! cmp -s "$wanted" "$tools/schemathesis.txt"; then
    rm -rf "$tools"
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check -r "$wanted"
    cp "$wanted" "$tools/schemathesis.txt"
fi

scratch="$(mktemp -d)"
server=""
finish() {
    [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" || true; }
    rm -rf "$scratch"
}
trap finish EXIT

# The store is changed by what is asked, so it is never somebody's own.
if [ -n "${DEMARCHE_STORE:-}" ]; then cp -r "$DEMARCHE_STORE" "$scratch/demo.store"; else "$program" demo --quiet --store "$scratch/demo.store"; fi
"$program" serve --store "$scratch/demo.store" --listen 127.0.0.1:0 --token "$token" >"$scratch/address" &
server=$!
for _ in $(seq 600); do
    grep -q 'http://' "$scratch/address" && break
    kill -0 "$server" 2>/dev/null || { echo "schemathesis: the server ended" >&2; exit 1; }
    sleep 0.1
done
address="$(grep -oE 'http://[0-9.]+:[0-9]+' "$scratch/address")"

# Identifiers in paths are mostly made up; those of the store come from the answers of lists, in the stateful phase.
"$tools/bin/schemathesis" --no-color run "$address/api/openapi.json" \
    --header "Authorization: Bearer $token" \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance,unsupported_method \
    --request-timeout 30 --continue-on-failure --warnings off "$@"
