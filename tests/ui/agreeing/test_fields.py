"""How the facts of a step stand on the screen: in their order, short ones two in a row."""

import pytest

from data_access.governance.registers.catalogue import REGISTERS
from data_access.governance.registers.model import Facts
from ui.agreeing.fields import _is_short, _rows
from ui.agreeing.places import PAGE_OF, path_of

KINDS: set[type[Facts]] = {register.opening.facts for register in REGISTERS.values()} | {
    step.facts for register in REGISTERS.values() for steps in register.steps.values() for step in steps.values()
}
ORDERED = sorted(KINDS, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", ORDERED, ids=[kind.__name__ for kind in ORDERED])
def test_every_fact_has_its_place_once_and_in_order(kind: type[Facts]) -> None:
    rows = _rows(kind)
    assert [name for row in rows for name in row] == list(kind.model_fields)
    assert all(len(row) == 1 or all(_is_short(kind.model_fields[name]) for name in row) for row in rows)


def test_two_days_of_three_fields_stand_together() -> None:
    assert _rows(REGISTERS["perpanjangan"].opening.facts)[:2] == [["document"], ["first", "last"]]
    assert _rows(REGISTERS["permintaan"].opening.facts)[:2] == [["number", "dated"], ["dataset"]]


def test_every_register_has_one_page() -> None:
    held = [name for names in PAGE_OF.values() for name in names]
    assert sorted(held) == sorted(REGISTERS)
    assert path_of("kahar") == "kerja_sama/insiden"
