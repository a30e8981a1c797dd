#!/usr/bin/env bash
# Renews one hash-pinned requirements file (bootstrap, app or dev) for Python 3.11 to 3.13, with no registry address in it.
set -euo pipefail
cd "$(dirname "$0")"
compile() {
    .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$@"
}
case "${1:?bootstrap, app or dev}" in
    bootstrap) compile requirements-bootstrap.in -o requirements-bootstrap.txt ;;
    app) compile pyproject.toml --extra postgres -o requirements.txt ;;
    dev) compile pyproject.toml --group dev -o requirements-dev.txt ;;
    *) echo "lock.sh: bootstrap, app or dev, not '$1'" >&2; exit 2 ;;
esac
