"""A mapping as YAML: how it is read, written (always in one order), and changed by a few labels."""

from collections import Counter
from collections.abc import Mapping as Dict
from typing import Any

import yaml
from pydantic import ValidationError

from data_access.errors import Rejected
from data_access.intake.mapping.model import Mapping
from data_access.words import mark as _

LONGEST = 1_000_000
PROPOSED = "# Usulan: periksa setiap baris, lengkapi yang belum ada, lalu simpan.\n"


class _Words(yaml.BaseLoader):
    """Every scalar is text: to YAML the heading No is a negation and the code 05 a number. A key may not come twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _value in node.value if isinstance(key, yaml.ScalarNode)]
        twice = next((key for key, count in Counter(keys).items() if count > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"{twice} x2", node.start_mark)
        return super().construct_mapping(node, deep=deep)


def read_mapping(text: str) -> Mapping:
    """The mapping in a YAML text; Rejected, with the line or the entry that is wrong."""
    if len(text) > LONGEST:
        raise Rejected("mapping-unreadable", _("Pemetaan terlalu panjang. Hapus label yang tidak dipakai."))
    try:
        raw = yaml.load(text, Loader=_Words)  # noqa: S506 - builds texts, lists and dictionaries only
    except (yaml.YAMLError, RecursionError) as error:
        place = getattr(error, "problem_mark", None)
        template = _("Pemetaan bukan YAML yang benar di sekitar baris {row}.")
        raise Rejected("mapping-unreadable", template, row=place.line + 1 if place else 1) from error
    if not isinstance(raw, dict):
        raise Rejected("mapping-invalid", _("Pemetaan keliru pada: {entries}."), entries="-")
    try:
        return Mapping.model_validate({name: value for name, value in raw.items() if value != ""})
    except ValidationError as error:
        entries = "; ".join(_entry(dict(one)) for one in error.errors()[:5])
        raise Rejected("mapping-invalid", _("Pemetaan keliru pada: {entries}."), entries=entries) from error


def write_mapping(mapping: Mapping) -> str:
    """The same text for the same mapping; entries that say nothing are left out, a proposal says that it is one."""
    whole = mapping.model_dump(mode="json")
    told = {name: value for name, value in whole.items() if value not in ([], {}, False)}
    text = yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=1_000)
    return (PROPOSED if mapping.proposal else "") + str(text)


def with_labels(mapping: Mapping, labels: Dict[str, Dict[str, str]]) -> Mapping:
    """The mapping with more labels (by level: label -> code); Rejected if a code is not in the contract."""
    merged = {level: dict(known) for level, known in mapping.labels.items()}
    for level, more in labels.items():
        merged[level] = merged.get(level, {}) | dict(more)
    return read_mapping(write_mapping(mapping.model_copy(update={"labels": merged})))


def adopted(mapping: Mapping) -> Mapping:
    """The mapping as somebody stands by it: no proposal any more."""
    return mapping.model_copy(update={"proposal": False, "missing": ()})


def _entry(error: dict[str, Any]) -> str:
    """The place that is wrong: the entry, or what our own check says of it."""
    if error["loc"]:
        return ".".join(str(part) for part in error["loc"])
    return str(error["ctx"]["error"]) if "ctx" in error else str(error["type"])
