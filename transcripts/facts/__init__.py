"""Call facts that come beside a recording: `manifest` (CSV), `sidecar` (JSON), `filenames` (pattern), joined
by `join`.
"""
