#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own: a temporary folder, reached by a socket only, gone when it ends.
# The command finds its address in TEMPLE_TEST_POSTGRES. Where none is installed, says so and leaves with 0.
#   tests/on_postgres.sh .venv/bin/python -m pytest -m store
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || echo none/initdb)")
if [ ! -x "$bin/initdb" ]; then
    echo "· aquí no hay PostgreSQL (paquete «postgresql»): las pruebas del almacén corrieron solo con SQLite"
    exit 0
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/temple-pg-XXXXXX")
as=()
if [ "$(id -u)" = 0 ]; then # the server refuses to run as root
    chown postgres "$folder"
    as=(runuser -u postgres --)
fi
server() { (cd "$folder" && "${as[@]}" "$bin/$@"); }
end() {
    server pg_ctl -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap end EXIT
trap "exit 143" INT TERM

# it lives as long as one run: nothing needs to outlast a power cut
quick="-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0"
quick="$quick -c shared_buffers=256MB -c max_wal_size=8GB -c checkpoint_timeout=1h -c jit=off -c max_connections=200"
server initdb -D "$folder/data" -U postgres --auth=trust --no-sync --locale=C.UTF-8 --encoding=UTF8 >"$folder/log" 2>&1 &&
    server pg_ctl -D "$folder/data" -w -l "$folder/data/log" -o "-k $folder -c listen_addresses= $quick" start >>"$folder/log" 2>&1 ||
    { cat "$folder/log" >&2; exit 1; }
TEMPLE_TEST_POSTGRES="postgresql+psycopg://postgres@/postgres?host=$folder" "$@"
