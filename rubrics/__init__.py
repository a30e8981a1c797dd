"""Findings to scorecard: rubric, country packs and playbook files with their loader and checks."""
