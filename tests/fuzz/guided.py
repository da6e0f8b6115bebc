"""Broken texts for one reader, guided by what the last ones reached: python -m tests.fuzz.guided NAME [options of libFuzzer].

Ends with a number other than 0, and tells the text, where the reader raises anything but a refusal.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["data_access"]):
    from data_access.errors import AsnError
    from tests.fuzz.readers import READERS


def main(name: str, options: list[str]) -> None:
    valid, read, kind = READERS[name]

    def once(data: bytes) -> None:
        try:
            found = read(data.decode("utf-8", "replace"))
        except AsnError as refusal:
            assert refusal.sentence("id")
            return
        assert isinstance(found, kind)

    with tempfile.TemporaryDirectory() as corpus:
        (Path(corpus) / "valid").write_text(valid, "utf-8")
        atheris.Setup([sys.argv[0], *options, corpus], once)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
