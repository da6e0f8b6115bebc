"""The report of a half-yearly evaluation (Pasal 7) as a Word document, filled into a template that a ministry may replace.

What people have typed is only ever text: it is no part of the template, and it is escaped before it becomes XML.
"""

import io
import unicodedata
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError
from markupsafe import Markup, escape

from data_access.contract import contract
from data_access.errors import Misconfigured
from data_access.governance.evaluation_report import Closing, EvaluationReport, Published, Usage
from data_access.words import day, moment, number, text
from data_access.words import mark as _
from reports.evaluation_template import FILE
from reports.origin import PARTIES

MIME, ENDING = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"
ROLES = {"kesatu": "PIHAK KESATU", "kedua": "PIHAK KEDUA"}
BLANK = "(………………………………)"
LABELS = {
    "report": _("Laporan Evaluasi"),
    "numbers": _("Nomor perjanjian"),
    "period": _("Masa yang dievaluasi"),
    "prepared": _("Disusun pada"),
    "usage": _("Pemanfaatan data"),
    "dataset": _("Himpunan data"),
    "from_to": _("Pemilik → penerima"),
    "questions": _("Dijawab"),
    "refused": _("Ditolak"),
    "exports": _("Unduhan"),
    "accounts": _("Akun aktif"),
    "releases": _("Rilis dan ketepatan waktu"),
    "release": _("Rilis"),
    "published": _("Diterbitkan"),
    "reference_date": _("Tanggal acuan"),
    "timeliness": _("Ketepatan"),
    "quality": _("Mutu data"),
    "counts": _("Pencatatan pelaksanaan"),
    "fact": _("Uraian"),
    "value": _("Nilai"),
    "findings": _("Temuan"),
    "comments": _("Tanggapan para pihak"),
    "closing": _("Pengesahan"),
    "none": _("Tidak ada."),
    "page": _("Halaman"),
}


def _escaped(value: object) -> Markup:
    """As XML. Braces and per cent signs too, for docxtpl reads some pairs of them even after the template is filled."""
    plain = str(escape(value))
    return Markup(plain.replace("{", "&#123;").replace("}", "&#125;").replace("%", "&#37;"))  # noqa: S704 - escaped above


# A template is a ministry's own file, yet no program: it may show what it is given and reach nothing else.
ENVIRONMENT = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=_escaped)
# Whatever a template can do wrong: its archive, its XML, its syntax, or what it reckons with the facts.
BROKEN: tuple[type[Exception], ...] = (TemplateError, OpcError, LxmlError, zipfile.BadZipFile, OSError, LookupError)
BROKEN += (ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError)


def evaluation_docx(report: EvaluationReport, language: str, template: Path | None) -> bytes:
    """The report in `language`, filled into `template` or the one that comes with the product.

    Misconfigured if the template (the operator's, setting `evaluation_template`) cannot be read or filled.
    """
    made = io.BytesIO()
    file = template or FILE
    try:
        document = DocxTemplate(str(file))
        document.render(_context(report, language), ENVIRONMENT, autoescape=True)
        document.docx.core_properties.title = _clean(_heading(report, language))
        document.docx.core_properties.created = report.prepared_at
        document.save(made)
    except BROKEN as error:
        sentence = _(
            "Templat laporan evaluasi {file} tidak dapat dipakai: {cause}. Perbaiki berkasnya, atau kosongkan setelan "
            "ASN_EVALUATION_TEMPLATE agar templat bawaan dipakai."
        )
        raise Misconfigured("evaluation-template", sentence, file=file.name, cause=str(error)[:200]) from error
    return made.getvalue()


def _context(report: EvaluationReport, language: str) -> dict[str, Any]:
    """Everything that a template may show: text only."""
    shown: dict[str, Any] = _cleaned(
        {
            "label": {name: text(words, language) for name, words in LABELS.items()},
            "half_year": _half_year(report, language),
            "agreement": report.title.text(language),
            "numbers": "; ".join(report.numbers),
            "period": f"{day(report.first, language)} – {day(report.last, language)}",
            "prepared": moment(report.prepared_at, language),
            "usage": [_usage(one, language) for one in report.usage],
            "releases": [_release(one, language) for one in report.releases],
            "quality": [{"label": label, "value": value} for label, value in report.quality],
            "counts": [{"label": label, "value": number(count, language)} for label, count in report.counts],
            "findings": list(report.findings),
            "comments": [
                {"party": PARTIES[one.party], "who": one.who, "at": moment(one.at, language), "text": one.text}
                for one in report.comments
            ],
            "closings": [_closing(one, language) for one in report.closings],
        }
    )
    return shown


def _usage(one: Usage, language: str) -> dict[str, str]:
    counts = {name: getattr(one, name) for name in ("questions", "refused", "exports", "accounts")}
    names = {"dataset": _dataset(one.dataset, language), "owner": PARTIES[one.owner], "receiver": PARTIES[one.receiver]}
    return names | {name: number(count, language) for name, count in counts.items()}


def _release(one: Published, language: str) -> dict[str, str]:
    return {
        "release": one.release,
        "published": day(one.published, language),
        "dataset": _dataset(one.dataset, language),
        "reference_date": day(one.reference_date, language),
        "timeliness": _timeliness(one.late, language),
    }


def _timeliness(late: int | None, language: str) -> str:
    if late is None:
        return text(_("tanpa tenggat"), language)
    return text(_("terlambat {days} hari"), language, days=late) if late else text(_("tepat waktu"), language)


def _closing(one: Closing, language: str) -> dict[str, str]:
    return {
        "role": ROLES[one.party],
        "party": PARTIES[one.party],
        "position": one.position,
        "who": one.who or BLANK,
        "at": _moment(one.at, language),
    }


def _dataset(name: str, language: str) -> str:
    """Its label; its name where the contract no longer knows it."""
    known: Mapping[str, Any] = contract().datasets
    return known[name].label.text(language) if name in known else name


def _half_year(report: EvaluationReport, language: str) -> str:
    return text(_("Semester {half} Tahun {year}"), language, half="I" * report.half, year=str(report.year))


def _heading(report: EvaluationReport, language: str) -> str:
    return f"{text(LABELS['report'], language)} – {_half_year(report, language)}"


def _moment(at: datetime | None, language: str) -> str:
    return moment(at, language) if at else ""


def _cleaned(value: Any) -> Any:
    """Every text within, without signs that XML cannot hold."""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, dict):
        return {name: _cleaned(one) for name, one in value.items()}
    return [_cleaned(one) for one in value]


def _clean(words: str) -> str:
    """Line breaks stay; other control characters, halves of characters and what is no character go (XML 1.0, 2.2)."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(sign for sign in lines if sign == "\n" or _shown(sign))


def _shown(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cs") and ord(sign) & 0xFFFE != 0xFFFE
