"""Sentences of exported files, written in both languages where they are used."""

from __future__ import annotations

from dataclasses import dataclass

from coach.written import Language
from nlp.labels import name_of
from rubrics.types import Criterion


@dataclass(frozen=True, slots=True)
class Speak:
    """Says the Spanish or the English sentence, with values in their places."""

    language: Language

    def __call__(self, spanish: str, english: str, **values: object) -> str:
        text = english if self.language == "en" else spanish
        return text.format(**values) if values else text

    def label(self, one: Criterion) -> str:
        return one.label_en if self.language == "en" and one.label_en else one.label

    def help(self, one: Criterion) -> str:
        return one.help_en if self.language == "en" and one.help_en else one.help

    def objection(self, name: str) -> str:
        return name_of(name, self.language)
