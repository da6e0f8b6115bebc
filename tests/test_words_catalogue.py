"""Every sentence of the code has English with the same placeholders, and every label of the policy files both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data_access.access.roles import roles
from data_access.contract import contract
from data_access.governance.agreement import EXAMPLE, TEMPLATE, register
from data_access.words import text
from tests.tools import catalogue

SAME = {
    "BKN",
    "KemenPANRB",
    "PNS",
    "PPPK",
    "Data",
    "No.",
    "{label}, {when}.",
    "{name}: {now}",
    "No. {number}: {title}, {day}",
    "Excel",
    "CSV",
    "median {value}",
    "BUP {first}–{last}",
}  # written alike in both languages

MODULE = """
PLAIN = _("polos")
shown = f"**{t(_('di dalam f-string'))}**"
joined = text(_("dua " "bagian"), language)
literal = text("langsung {day}", "en", day=today)
output.say("diucapkan")
version = connection.scalar(text("SELECT 1"))
label.text("id")
output.say("  {line}", line=line)
t(SOMETHING)
"""


class Fact:
    """Stands for any fact in any format."""

    def __format__(self, form: str) -> str:
        return "fact"


def test_the_catalogue_is_complete() -> None:
    assert catalogue.findings() == []


def test_sentences_are_read_wherever_they_are_shown() -> None:
    found = ["polos", "di dalam f-string", "dua bagian", "langsung {day}", "diucapkan"]
    assert list(catalogue.sentences_in(MODULE)) == found


def test_only_literals_stand_in_a_mark() -> None:
    assert catalogue.unmarkable("x = _(f'{name} hilang')\n_('ada')\n") == [1]
    files = [file for pattern in catalogue.SOURCES for file in catalogue.ROOT.glob(pattern)]
    assert {file.name: lines for file in files if (lines := catalogue.unmarkable(file.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    ("entry", "finding"),
    [
        ('msgid "Keluar"\nmsgstr ""', "no English: Keluar"),
        ('#, fuzzy\nmsgid "Keluar"\nmsgstr "Sign out"', "marked fuzzy: Keluar"),
        ('msgid "Rilis {release}"\nmsgstr "Release {id}"', "other placeholders: Rilis {release}"),
        ('msgid "Tak lagi dipakai"\nmsgstr "Gone"', "no longer in the code: Tak lagi dipakai"),
        ('#~ msgid "Pernah ada"\n#~ msgstr "Gone"', "no longer in the code: Pernah ada"),
    ],
)
def test_a_faulty_entry_is_found(tmp_path: Path, entry: str, finding: str) -> None:
    file = tmp_path / "messages.po"
    file.write_text(catalogue.HEADER + entry + "\n", "utf-8")
    assert any(line.startswith(finding) for line in catalogue.findings(file))


def test_an_update_keeps_the_english_and_drops_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "messages.po"
    file.write_text(catalogue.FILE.read_text("utf-8") + '\nmsgid "Tak lagi dipakai"\nmsgstr "Gone"\n', "utf-8")
    catalogue.update(file)
    once = file.read_text("utf-8")
    catalogue.update(file)
    assert file.read_text("utf-8") == once
    assert catalogue.findings(file) == []


def test_the_screen_shows_what_the_catalogue_says() -> None:
    english = {str(m.id): str(m.string) for m in catalogue.catalogue() if m.id}
    assert {sentence: text(sentence, "en") for sentence in english} == english
    assert {sentence for sentence in english if sentence == english[sentence]} <= SAME


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_sentence_takes_its_facts(language: str) -> None:
    for sentence in catalogue.sentences():
        names = [name for name, _form in catalogue.placeholders(sentence)]
        shown = text(sentence, language, **dict.fromkeys(names, Fact()))
        assert shown.count("fact") >= len(names), sentence


def test_every_label_has_both_languages() -> None:
    values = [contract(), roles(), register(EXAMPLE), register(TEMPLATE)]
    labels = [label for value in values for label in _labels(value.model_dump())]
    assert len(labels) > 500
    assert [label for label in labels if not (label["id"].strip() and label["en"].strip())] == []


def _labels(value: object) -> Iterator[dict[str, str]]:
    """Every label within dumped models: whatever has just the keys `id` and `en`."""
    if isinstance(value, dict):
        if value.keys() == {"id", "en"}:
            yield value
        for inner in value.values():
            yield from _labels(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _labels(inner)
