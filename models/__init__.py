"""Trained artefacts with their loader and model cards; knows nobody above it."""
