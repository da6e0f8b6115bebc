"""PDF: read by pyHanko, and every object of every revision searched for what acts or carries another file."""

import io
import re
from collections.abc import Iterator

from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.generic import ArrayObject, DecryptedObjectProxy, DictionaryObject, NameObject, PdfObject
from pyhanko.pdf_utils.misc import PdfDecodeLimitError
from pyhanko.pdf_utils.reader import PdfFileReader

from data_access.errors import AsnError
from data_access.governance.attachments import refusals

KIND = "PDF"
MOST_OBJECTS = 150_000  # 4 s; a report of 3000 pages has 30 000
# Names that stand in a PDF only where something is to be run, sent, fetched or unpacked (ISO 32000-2, 7.11.4 and 12.6.4).
ACTING = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/RichMedia", "/RichMediaExecute"}
    | {"/Movie", "/XFA", "/EmbeddedFile", "/EmbeddedFiles", "/FileAttachment"}
)
SCRIPT, ACTION = "/JS", "/S"
# In plain bytes, for readers that repair a file and then find objects which no table lists; only names long enough not to
# occur by chance.
PLAIN = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z0-9])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def check_pdf(name: str, content: bytes) -> None:
    """Rejected if it is no PDF, is locked, would swell, or holds scripts, commands or files."""
    try:
        reader = opened(name, content)
        acts = PLAIN.search(ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), content)) or any(
            _acts(one) for one in _objects(name, reader)
        )
        if not acts:
            reader.root["/Pages"]["/Count"]  # a catalogue without pages is no document
    except AsnError:
        raise
    except PdfDecodeLimitError as error:
        raise refusals.swells(name) from error
    except Exception as error:  # a parser of hostile bytes may fail in any way
        raise refusals.broken(name, KIND) from error
    if acts:
        raise refusals.active(name)


def opened(name: str, content: bytes) -> PdfFileReader:
    """The reader of a PDF that opens without a password; Rejected if it needs one. pyHanko's errors go on."""
    # Not strict: small faults of scanners and old office programs are no reason to send a signed letter back.
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    if reader.encrypted and reader.decrypt("").status == AuthStatus.FAILED:
        raise refusals.locked(name)
    return reader


def _objects(name: str, reader: PdfFileReader) -> Iterator[PdfObject]:
    """Everything that a table lists in any revision, also what a later revision replaces."""
    left = MOST_OBJECTS
    yield reader.trailer.flatten()
    for revision in range(reader.xrefs.total_revisions):
        references = reader.xrefs.explicit_refs_in_revision(revision)
        left -= len(references)
        if left < 0:
            raise refusals.swells(name)
        for reference in references:
            yield reader.get_object(reference, revision=revision, transparent_decrypt=False)


def _acts(found: PdfObject) -> bool:
    """Whether the object, without what it refers to, holds a name that acts."""
    waiting: list[object] = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DecryptedObjectProxy):  # names are never encrypted
            one = one.raw_object
        if isinstance(one, NameObject) and one in ACTING:
            return True
        if isinstance(one, DictionaryObject):
            if SCRIPT in one and ACTION in one:
                return True
            waiting += [*one.keys(), *dict.values(one)]
        elif isinstance(one, ArrayObject):
            waiting += list.__iter__(one)
    return False
