"""YAML from files that somebody may have written: plain values, or ValueError, whatever is wrong with the text.

PyYAML alone raises many kinds of errors: RecursionError for deep nesting, AttributeError and others for odd tags.
"""

from typing import Any

import yaml


def loaded(text: str | bytes) -> Any:
    """What the text says, in plain values; ValueError if it is no YAML that can be read."""
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ArithmeticError, LookupError, AttributeError, TypeError) as error:
        raise ValueError("not readable as YAML") from error
