"""Judging a call: checks, conditions, scoring, rubric and playbook files."""
