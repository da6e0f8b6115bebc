"""What an account and its owner may be called, and what somebody typed as such a name."""

import re

from data_access.errors import Rejected
from data_access.words import mark as _

# ASCII only: nothing in such a name changes under NFKC, and no two of them look alike because of their script.
NAME = re.compile(r"[a-z0-9][a-z0-9.-]{2,39}")
TYPED_LENGTH = 60  # longer than any name, so that a cut text never becomes the name of somebody
LONGEST_FULL_NAME = 200


def check_name(name: str) -> None:
    """Rejected if an account may not be called so."""
    if not NAME.fullmatch(name):
        template = _("Nama akun: 3 sampai 40 huruf kecil, angka, titik, atau tanda hubung; diawali huruf atau angka.")
        raise Rejected("account-name", template)


def check_full_name(full_name: str) -> None:
    """Rejected if a person may not be called so: nothing, too long, or with signs that nobody sees."""
    if not full_name.strip() or len(full_name) > LONGEST_FULL_NAME or not full_name.isprintable():
        template = _("Nama lengkap: 1 sampai {most} huruf, dalam satu baris.")
        raise Rejected("full-name", template, most=LONGEST_FULL_NAME)


def typed_name(text: str) -> str:
    """What was typed as a name, in the one form in which it is looked up, counted and kept; never raises."""
    clean = "".join(c if c.isprintable() else "?" for c in text.strip()[:TYPED_LENGTH])
    return clean.casefold()[:TYPED_LENGTH]
