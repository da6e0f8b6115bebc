"""What somebody stated, checked field by field; the first fault is told with the name of its field."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from data_access.errors import Rejected
from data_access.governance.registers.model import FactsOf, named
from data_access.words import mark as _

TOO_SHORT = ("string_too_short", "missing", "date_type", "date_from_datetime_parsing", "datetime_type", "too_short")
UNFIT = _("{field}: isian ini tidak dapat dipakai.")
EMPTY = _("Isi dahulu: {field}.")
SHORT = _("{field}: tulis paling sedikit {least} huruf.")
LONG = _("{field}: terlalu panjang, paling banyak {most} huruf.")


def stated(kind: type[FactsOf], given: Mapping[str, Any]) -> FactsOf:
    """The facts; Rejected with the name of the first field that is missing or unfit."""
    try:
        return kind.model_validate(dict(given))
    except ValidationError as error:
        fault = error.errors()[0]
        name = str(fault["loc"][0])
        title = kind.model_fields[name].title if name in kind.model_fields else name
        raise _rejected(title, fault) from error


def _rejected(title: str | None, fault: ErrorDetails) -> Rejected:
    limits = fault.get("ctx", {})
    given = fault.get("input")
    empty = not (given.strip() if isinstance(given, str) else given)
    if fault["type"] in TOO_SHORT and (empty or "min_length" not in limits):
        return Rejected("fact-missing", EMPTY, field=named(title))
    if fault["type"] == "string_too_short":
        return Rejected("fact-short", SHORT, field=named(title), least=limits["min_length"])
    if fault["type"] == "string_too_long":
        return Rejected("fact-long", LONG, field=named(title), most=limits["max_length"])
    return Rejected("fact-unfit", UNFIT, field=named(title))
