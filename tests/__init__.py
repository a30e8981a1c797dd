"""Tests mirror the packages; `dialogue.py` builds the small calls they read."""
