"""The English catalogue in step with the code: `python -m tests.tools.catalogue update`, or `check`, which names what is wrong.

Sentences are read with `ast`, not with Babel's reader, which on Python 3.11 passes over those inside f-strings.
"""

import ast
import sys
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
FILE = ROOT / "locale" / "en" / "LC_MESSAGES" / "messages.po"
SOURCES = ("app.py", "pages/**/*.py", "ui/**/*.py", "charts/**/*.py", "reports/**/*.py", "data_access/**/*.py")
MARKS = ("_", "mark")
SHOWING = ("t", "say", "word", "text")  # these take a literal too
HEADER = """\
# English for every Indonesian sentence of the code (msgid). Written by: python -m tests.tools.catalogue update
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


@lru_cache(maxsize=1)
def sentences() -> dict[str, list[str]]:
    """Every sentence of the code, in the order of the layers, with the files that show it."""
    found: dict[str, list[str]] = {}
    for pattern in SOURCES:
        for file in sorted(ROOT.glob(pattern)):
            place = file.relative_to(ROOT).as_posix()
            for sentence in sentences_in(file.read_text("utf-8")):
                if place not in found.setdefault(sentence, []):
                    found[sentence].append(place)
    return found


def sentences_in(source: str) -> Iterator[str]:
    """The sentences of one module as they are written: literals in a mark or in a call that shows them."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    for call in sorted(calls, key=lambda node: (node.args[0].lineno, node.args[0].col_offset)):
        literal = call.args[0]
        sentence = literal.value if isinstance(literal, ast.Constant) and _shows(call) else None
        if isinstance(sentence, str) and _has_words(sentence):
            yield sentence


def unmarkable(source: str) -> list[int]:
    """Lines on which something other than a literal stands in a mark: no catalogue can hold that."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and _name(node) in MARKS]
    return [node.lineno for node in calls if not node.args or not isinstance(node.args[0], ast.Constant)]


def _shows(call: ast.Call) -> bool:
    if _name(call) == "text":  # SQLAlchemy's `text` and a label's take one argument, ours a language too
        return len(call.args) > 1
    return _name(call) in (*MARKS, *SHOWING)


def _has_words(sentence: str) -> bool:
    """False for placeholders alone, which read the same in every language."""
    return any(words.strip() for words, *_rest in Formatter().parse(sentence))


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def placeholders(sentence: str) -> set[tuple[str, str]]:
    """Names with their format; ValueError if the braces do not close."""
    return {(name, form or "") for _words, name, form, _how in Formatter().parse(sentence) if name is not None}


def catalogue(file: Path = FILE) -> Catalog:
    if not file.exists():
        return Catalog(locale="en")
    with file.open("rb") as handle:
        return read_po(handle, locale="en")


def findings(file: Path = FILE) -> list[str]:
    """What is wrong with the catalogue, one line each; empty if it is complete."""
    wanted, held = sentences(), catalogue(file)
    english = {str(m.id): m for m in held if m.id}
    found = [
        f"no longer in the code: {sentence}" for sentence in (*(english.keys() - wanted), *map(str, held.obsolete))
    ]
    for sentence, places in wanted.items():
        message = english.get(sentence)
        if message is None or not message.string:
            found.append(f"no English: {sentence} ({', '.join(places)})")
        elif message.fuzzy:
            found.append(f"marked fuzzy: {sentence}")
        elif placeholders(sentence) != placeholders(str(message.string)):
            found.append(f"other placeholders: {sentence} -> {message.string}")
    return found


def update(file: Path = FILE) -> None:
    """Adds new sentences without English, drops those that the code no longer has, keeps all else."""
    held = catalogue(file)
    english = {str(m.id): str(m.string) for m in held if m.id and not m.fuzzy}
    fresh = Catalog(locale="en")
    for sentence, places in sentences().items():
        fresh.add(sentence, english.get(sentence, ""), locations=[(place, 0) for place in places])
    body = BytesIO()
    write_po(body, fresh, width=0, omit_header=True, include_lineno=False)
    file.write_text(HEADER + body.getvalue().decode("utf-8"), "utf-8")


def main(command: str) -> int:
    """Prints what is wrong. 1 if `check` finds anything; `update` has done its part when the file is written."""
    if command == "update":
        update()
    found = findings()
    sys.stdout.writelines(f"{line}\n" for line in [*found, f"{len(sentences())} sentences, {len(found)} findings"])
    return 1 if found and command == "check" else 0


if __name__ == "__main__":
    if sys.argv[1:] not in (["update"], ["check"]):
        sys.exit("usage: python -m tests.tools.catalogue update|check")
    sys.exit(main(sys.argv[1]))
