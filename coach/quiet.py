"""Logs without the words of a call: no sentence, no name, no account, whatever level they are kept at.

Messages lose long numbers, mails and long quotations. Of an error of the program its kind and its place stay,
not what it says: that may repeat what was being read. What other libraries tell at DEBUG keeps no values.
"""

from __future__ import annotations

import logging
import re
import traceback
from typing import Any

from coach.complaints import OURS

OWN = ("coach", "models", "transcripts", "nlp", "rubrics", "drills", "views")
_NUMBER = re.compile(r"\d(?:[\s.\-/_]?\d){5,}")  # six digits or more, however they are set apart
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_QUOTED = re.compile(r"«[^»]{24,}»|\"[^\"\n]{24,}\"|'[^'\n]{24,}'")  # longer than a name of a setting


def install() -> None:
    """From now on every record of this process is made without words of a call."""
    logging.setLogRecordFactory(QuietRecord)


class QuietRecord(logging.LogRecord):
    """A record that never held more than may be kept, for every handler alike."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.name.partition(".")[0] in OWN
        if self.args and not own and self.levelno <= logging.DEBUG:
            self.args = ()
        self.msg, self.args = without_words(self.getMessage()), ()
        if self.exc_info:
            error = self.exc_info[1]
            self.exc_text = without_message(error) if error is not None else None
            self.exc_info = None
        self.stack_info = None


def without_words(text: str) -> str:
    """A message with placeholders for what could give somebody away."""
    text = _MAIL.sub("[correo]", text)
    return _QUOTED.sub("«…»", _NUMBER.sub("[dato]", text))


def without_message(error: BaseException) -> str:
    """Where an error came from, without what it says; ours say it, with placeholders."""
    parts = []
    one: BaseException | None = error
    while one is not None:
        said = f": {without_words(str(one))}" if isinstance(one, OURS) else ""
        frames = traceback.StackSummary.extract(traceback.walk_tb(one.__traceback__))
        where = "".join(f'  File "{f.filename}", line {f.lineno}, in {f.name}\n' for f in frames)
        parts.append(f"{where}{type(one).__name__}{said}")
        one = one.__cause__ or one.__context__
    return "\n".join(reversed(parts))
