"""Maker of the sample calls and trainer of the small demo speech model, both on espeak-ng voices."""
