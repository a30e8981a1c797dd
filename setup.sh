#!/usr/bin/env bash
# Prepares everything Temple needs in this folder: a virtual environment in .venv and, where asked, the test tools.
#   ./setup.sh          what the application needs
#   ./setup.sh dev      and what its tests need (pytest, ruff, mypy, a browser, PostgreSQL)
# TEMPLE_WHEELS=FOLDER ./setup.sh takes the libraries from that folder and asks no network (docs/server.md).
# TEMPLE_PYTHON=/usr/bin/python3 ./setup.sh takes that Python.
# A second run finds the stamp it left and ends at once.
set -euo pipefail
cd "$(dirname "$0")"
want=${1:-app}
locks="requirements-bootstrap.txt requirements.txt pyproject.toml setup.sh"
[ "$want" = dev ] && locks="$locks requirements-dev.txt"

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
say() { printf '· %s\n' "$*"; }
stop() { printf '\n✕ %s\n' "$*" >&2; exit 1; }

# apt where we are root, else a sentence that names what is missing.
need_packages() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "instalo del sistema: $*"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
            >"$logs/apt" 2>&1 || { tail -5 "$logs/apt" >&2; stop "apt no pudo instalar: $*"; }
    else
        stop "faltan paquetes del sistema: $*. Instálelos (por ejemplo: sudo apt-get install $*) y repita la orden."
    fi
}

usable() { "$1" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }
real() { "$1" -c 'import os, sys; print(os.path.realpath(sys.executable))'; }

# Prints the first folder above a path that not every account may enter, or nothing.
closed_above() {
    local path=$1 closed=""
    while [ "$path" != / ] && [ "$path" != . ]; do
        path=$(dirname "$path")
        [ -n "$(find "$path" -maxdepth 0 -perm -o=x)" ] || closed=$path
    done
    printf '%s' "$closed"
}

# Set up by root where others can look, Temple is run by another account (docs/server.md): so is its Python.
shared=""
[ "$want" != app ] || [ "$(id -u)" != 0 ] || [ -n "$(closed_above "$PWD/.")" ] || shared=yes

# The first Python that serves; where others are to run it, the first that they can enter, if there is one.
find_python() {
    local first="" path
    [ -z "${TEMPLE_PYTHON:-}" ] || { usable "$TEMPLE_PYTHON" && printf '%s' "$TEMPLE_PYTHON"; return; }
    while read -r path; do
        usable "$path" || continue
        [ -n "$first" ] || first=$path
        [ -n "$shared" ] && [ -n "$(closed_above "$(real "$path")")" ] && continue
        [ "$path" = "$first" ] || "$path" -c 'import ensurepip, venv' 2>/dev/null || continue
        first=$path
        break
    done < <(type -aP python3.11 python3.12 python3.13 python3)
    [ -n "$first" ] && printf '%s' "$first"
}

if [ "$want" = dev ]; then
    missing=""
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing="chromium"
    ldconfig -p | grep -q libespeak-ng || missing="$missing libespeak-ng1"
    # the tests of the store run on PostgreSQL too; without it, and without root, they say that they did not
    [ "$(id -u)" != 0 ] || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
    [ -z "$missing" ] || need_packages $missing
fi

stamp=".venv/.ready-$want"
digest=$(cat $locks | sha256sum | cut -d' ' -f1)
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$digest $PWD" ] && exit 0

if ! python=$(find_python); then
    [ -z "${TEMPLE_PYTHON:-}" ] || stop "TEMPLE_PYTHON: $TEMPLE_PYTHON no es Python 3.11, 3.12 ni 3.13."
    need_packages python3 python3-venv
    python=$(find_python) || stop "hace falta Python 3.11, 3.12 o 3.13."
fi
"$python" -c 'import ensurepip, venv' 2>/dev/null || need_packages python3-venv

started=$SECONDS
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c '' 2>/dev/null || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    say "creo el entorno .venv ($("$python" --version), $python)"
    rm -rf .venv
    "$python" -m venv .venv
fi
pip() { .venv/bin/python -m pip --quiet --disable-pip-version-check "$@"; }
from=()
if [ -n "${TEMPLE_WHEELS:-}" ]; then
    [ -d "$TEMPLE_WHEELS" ] || stop "TEMPLE_WHEELS: $TEMPLE_WHEELS no es una carpeta. Vea docs/server.md."
    from=(--no-index --find-links "$TEMPLE_WHEELS")
    say "instalo las bibliotecas de $TEMPLE_WHEELS, sin internet"
else
    say "descargo las bibliotecas (unos 500 MB la primera vez)"
fi
pip install "${from[@]}" --require-hashes -r requirements-bootstrap.txt
lock=requirements.txt
[ "$want" = dev ] && lock=requirements-dev.txt
# uv is several times faster; pip is the one that knows a company's own package mirror, so it has the second word.
.venv/bin/uv pip install --quiet --python .venv/bin/python "${from[@]}" --require-hashes -r $lock 2>"$logs/uv" ||
    pip install "${from[@]}" --require-hashes -r $lock
pip install --no-deps --no-build-isolation --editable .
printf '%s' "$digest $PWD" >"$stamp"
[ "$want" = dev ] && printf '%s' "$(cat requirements-bootstrap.txt requirements.txt pyproject.toml setup.sh | sha256sum | cut -d' ' -f1) $PWD" >.venv/.ready-app
say "listo en $((SECONDS - started)) s"
closed=""
[ -z "$shared" ] || closed=$(closed_above "$(real .venv/bin/python)")
[ -z "$closed" ] || cat >&2 <<END

! Solo root puede usar este Temple: su Python es $(real .venv/bin/python), y a $closed no entra otra cuenta.
  Un servicio con su propio usuario (temple) no arrancaría («Permission denied», 203/EXEC).
  Instale un Python del sistema (apt-get install python3 python3-venv) y repita:
    rm -rf .venv && TEMPLE_PYTHON=/usr/bin/python3 ./setup.sh
END
