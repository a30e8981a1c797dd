"""Transcript to findings: what is there, never whether it is good."""
