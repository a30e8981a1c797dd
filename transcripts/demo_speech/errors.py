"""The error of this package."""


class DemoSpeechError(Exception):
    """Something the person can repair: the message says what, where and what next."""
