"""One spelling for labels: what people write differently and mean alike is found under one normal form."""

import re
import unicodedata
from functools import lru_cache

from data_access.contract import Level

# Spaces that spreadsheets bring along, and marks that cannot be seen at all.
BLANKS = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u2060\ufeff]+")
DASHES = re.compile(r"[\u2010-\u2015\u2212]")
# "Pemkab Bandung", "Pemerintah Kabupaten Bandung" and "Kab. Bandung" are one agency.
GOVERNMENT = re.compile(r"^pemerintah (?:daerah )?(provinsi |kabupaten |kota )")
AROUND = re.compile(r"\s*([/\-–|])\s*")
# Whole words that stand for one another in the names of places and offices.
SHORT = {
    "kab": "kabupaten",
    "kab.": "kabupaten",
    "prov": "provinsi",
    "prov.": "provinsi",
    "propinsi": "provinsi",
    "pemkab": "pemerintah kabupaten",
    "pemkot": "pemerintah kota",
    "pemprov": "pemerintah provinsi",
    "kep.": "kepulauan",
    "kep": "kepulauan",
    "kem.": "kementerian",
    "d.i.": "di",
    "tk.": "tk",
    "pria": "laki-laki",
    "lk": "laki-laki",
    "wanita": "perempuan",
    "pr": "perempuan",
}


def clean(text: str) -> str:
    """A cell as it was meant: no invisible marks, single spaces, no apostrophe that a spreadsheet put in front."""
    visible = BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).strip()
    return visible.lstrip("'\u2018\u2019`").strip()


@lru_cache(maxsize=100_000)
def normal(text: str) -> str:
    """The form under which spellings of one label meet: lower case, plain dashes, common abbreviations written out."""
    plain = AROUND.sub(r"\1", DASHES.sub("-", clean(text).casefold()))
    return GOVERNMENT.sub(r"\1", " ".join(SHORT.get(word, word) for word in plain.split()))


def index(level: Level) -> dict[str, str]:
    """Normal form of each code and of its labels in both languages -> code; a form that two codes share is left out.

    A label also stands with the name of its level before it: "Provinsi Aceh", "Golongan III/a".
    """
    found: dict[str, set[str]] = {}
    for code in level.codes:
        for name in (code.code, code.label.id, code.label.en):
            for form in (name, f"{level.name} {name}"):
                found.setdefault(normal(form), set()).add(code.code)
    return {form: next(iter(codes)) for form, codes in found.items() if len(codes) == 1}
