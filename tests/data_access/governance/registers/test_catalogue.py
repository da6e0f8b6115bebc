"""Every register is whole: its states can be reached and left, its steps say who and why, its words exist."""

import pytest

from data_access.governance.registers.catalogue import REGISTERS
from data_access.governance.registers.model import Facts, Nothing, Register
from data_access.words import text

ALL = [pytest.param(register, id=name) for name, register in REGISTERS.items()]
DERIVED = {"penghentian": {"dianggap"}, "tim": {"lewat"}}  # by the calendar, not by a step


@pytest.mark.parametrize("register", ALL)
def test_every_state_is_reached_and_left_or_an_end(register: Register) -> None:
    steps = [step for actions in register.steps.values() for step in actions.values()]
    reached = {register.opening.to, *(step.to for step in steps if step.to)} | DERIVED.get(register.name, set())
    assert reached == set(register.states)
    assert set(register.states) == set(register.steps) | set(register.ends)
    assert not set(register.steps) & set(register.ends)


@pytest.mark.parametrize("register", ALL)
def test_an_action_states_the_same_facts_wherever_it_is_possible(register: Register) -> None:
    """What was stated is read back by the name of its action."""
    kinds: dict[str, set[type[Facts]]] = {}
    for actions in register.steps.values():
        for action, step in actions.items():
            kinds.setdefault(action, set()).add(step.facts)
    assert all(len(found) == 1 for found in kinds.values())


@pytest.mark.parametrize("register", ALL)
def test_every_step_names_its_article_and_every_fact_its_words(register: Register) -> None:
    steps = [register.opening, *(step for actions in register.steps.values() for step in actions.values())]
    for step in steps:
        assert "Pasal" in step.article
        assert step.facts is Nothing or all(info.title for info in step.facts.model_fields.values())
    words = [register.label, register.about, *register.states.values(), *(step.label for step in steps)]
    assert all(text(word, "en") for word in words)


def test_the_columns_of_the_state_hold_every_name() -> None:
    for register in REGISTERS.values():
        names = [
            register.name,
            *register.states,
            *(action for actions in register.steps.values() for action in actions),
        ]
        assert all(len(name) <= 20 for name in names)
