"""Taking an answer along: a right of its own, for a purpose that is written down (Pasal 9 ayat 3), recorded before a file exists.

Whatever makes a file wants an `Export`, and only this module constructs one (a test says so).
"""

import json
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from data_access.access.check import check
from data_access.access.gateway import gateway
from data_access.access.plan import in_baseline
from data_access.access.provenance import NOTHING, Provenance, provenance
from data_access.access.query import Query
from data_access.access.recording import event_of, fingerprint, record, refusals
from data_access.access.result import PERSONS, Protected
from data_access.access.scope import Scope, scope
from data_access.access.viewer import Viewer
from data_access.contract import Label, contract
from data_access.errors import AsnError, InvalidQuery, Refused
from data_access.settings import settings
from data_access.state import utc_now
from data_access.words import mark as _

SHORTEST, LONGEST = 10, 300
NAMED_CODES = 3


class Form(StrEnum):
    """What is taken along: a workbook, a packed CSV with its description, or a picture of the figure."""

    WORKBOOK = "xlsx"
    CSV = "csv"
    PICTURE = "png"


@dataclass(frozen=True)
class Export:
    """One recorded permission to make one file of these answers, or of what was computed from them (`subject` names it).

    `number` is that of its audit record, `at` its time; `known` is what the manifests tell of the first answer.
    """

    results: tuple[Protected, ...] = field(hash=False)
    form: Form
    purpose: str
    account: str
    role: Label
    at: datetime
    number: int
    known: Provenance = NOTHING
    subject: str = ""

    @property
    def stem(self) -> str:
        """The name of the file without its ending; see `stem`."""
        return "_".join(filter(None, (_slug(self.subject), stem(self.results[0]))))


def exported(viewer: Viewer, results: tuple[Protected, ...], *, purpose: str, form: Form, subject: str = "") -> Export:
    """The permission to make a file of the answers, recorded with its purpose; the first answer names the file.

    Raises Refused (no right, an answer out of today's reach, a release no longer served), InvalidQuery (no purpose) or
    Misconfigured (the audit cannot be written); a refusal is recorded too.
    """
    asked = [result.query for result in results]
    question = asked[0] if len(set(asked)) == 1 else f"[{','.join(asked)}]"
    told = json.dumps({"form": str(form), "purpose": purpose[: LONGEST + 1]})
    event = event_of(viewer, "export", question)
    with refusals(settings(), event, detail=told):
        reach, *_others = [check_may_export(viewer, result) for result in results]
        stated = check_purpose(purpose)
    allowed = event(
        decision="allowed",
        reason=reach.grant,
        grant=reach.grant,
        release=results[0].source.release,
        rows=sum(result.frame.height for result in results),
        suppressed=sum(result.suppressed for result in results),
        result_sha256=fingerprint(settings(), "".join(result.frame.write_csv() for result in results)),
        detail=json.dumps({"form": str(form), "purpose": stated} | ({"subject": subject} if subject else {})),
    )
    now = utc_now()
    number = record(settings(), allowed)
    source = results[0].source
    known = provenance(settings(), source.dataset, source.release, source.periods)
    return Export(results, form, stated, viewer.account, viewer.role.label, now, number, known, subject)


def check_right(right: bool) -> None:
    """Refused without the right of the role to take such files along."""
    if not right:
        raise Refused("export-role", _("Peran Anda tidak mencakup unduhan. Mintalah kepada administrator bila perlu."))


def check_may_export(viewer: Viewer, result: Protected) -> Scope:
    """The viewer's scope today. Refused unless the role may export and the answer is what the viewer could still be given."""
    check_right(viewer.role.export)
    reach = scope(viewer, result.source.dataset)
    query = Query.read(result.query)
    check(query, reach)
    _check_rows(result, query, reach)
    if not result.official and result.source.release != gateway(settings()).reader().manifest.id:
        template = _("Rilis {release} tidak lagi disajikan. Muat ulang halaman, lalu unduh lagi.")
        raise Refused("export-release", template, release=result.source.release)
    return reach


def check_still(viewer: Viewer, export: Export) -> None:
    """Refused where what was permitted is no longer within the viewer's right and reach: a file is made later than it was
    asked for. The release may have changed meanwhile; the file says which one it is of. A refusal is recorded."""
    event = event_of(viewer, "export", export.results[0].query)
    with refusals(settings(), event, detail=json.dumps({"fetch": export.number})):
        check_right(viewer.role.export)
        for result in export.results:
            reach = scope(viewer, result.source.dataset)
            query = Query.read(result.query)
            check(query, reach)
            _check_rows(result, query, reach)


def may_export(viewer: Viewer, result: Protected) -> bool:
    """Whether `check_may_export` would let the viewer pass."""
    try:
        check_may_export(viewer, result)
    except AsnError:
        return False
    return True


def check_purpose(purpose: str) -> str:
    """The purpose with single spaces; InvalidQuery where it is too short, too long or holds signs that cannot be read."""
    stated = " ".join(purpose.split())
    if sum(letter.isalpha() for letter in stated) < SHORTEST:
        template = _("Tulis tujuan unduhan, paling sedikit {least} huruf.")
        raise InvalidQuery("purpose-short", template, least=SHORTEST)
    if len(stated) > LONGEST:
        template = _("Tujuan unduhan terlalu panjang: paling banyak {most} huruf.")
        raise InvalidQuery("purpose-long", template, most=LONGEST)
    if any(unicodedata.category(letter).startswith("C") for letter in stated):
        template = _("Tujuan unduhan memuat tanda yang tidak terbaca. Tulis ulang dengan huruf biasa.")
        raise InvalidQuery("purpose-signs", template)
    return stated


def stem(result: Protected) -> str:
    """What is inside, as the name of a file: pegawai-asn-menurut-provinsi_2025-11-01_rilis-0002."""
    query = Query.read(result.query)
    subject = [] if result.measure == PERSONS else [result.measure.label.id, "dari"]
    by = " dan ".join(axis.level for axis in result.axes)
    filters = [
        f"{level} {' '.join(codes) if len(codes) <= NAMED_CODES else f'{len(codes)} kode'}"
        for level, codes in query.filters.items()
    ]
    days = sorted({day.isoformat() for day in result.frame["periode"]})
    parts = [
        _slug(" ".join([*subject, result.source.label.id, *(["menurut", by] if by else [])])),
        *(_slug(one) for one in filters),
        days[0] if len(days) == 1 else f"{days[0]}--{days[-1]}" if days else "tanpa-tanggal",
        f"rilis-{_slug(result.source.release)}",
    ]
    return "_".join(parts)


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def _check_rows(result: Protected, query: Query, reach: Scope) -> None:
    """No member, and where the viewer is limited to places no cell, from outside the reach."""
    strange = any({code for code, _label in axis.members} - set(reach.members(axis.level)) for axis in result.axes)
    baseline = result.official and in_baseline(contract().datasets[query.dataset], query)
    bounded = reach.rows is None or baseline or reach.rows.level in (*query.by, *query.filters)
    if strange or not bounded:
        raise Refused("export-reach", _("Angka ini di luar jangkauan Anda sekarang. Muat ulang halaman."))
