"""The fixed colour of each category, so that PNS or women look the same on every page."""

from charts.colour import along
from charts.theme import Theme
from data_access.access.result import Axis

HUES = {
    "status": {"PNS": "teal", "CPNS": "sky", "PPPK": "amber", "PPPK-PW": "brick"},
    "jenis_kelamin": {"L": "teal", "P": "amber"},
    "kelompok_instansi": {"pusat": "navy", "daerah": "teal"},
    "jenis_instansi": {
        "kementerian": "navy",
        "lembaga": "sky",
        "provinsi": "amber",
        "kabupaten": "teal",
        "kota": "plum",
    },
    "kelompok_jabatan": {
        "guru": "teal",
        "dosen": "navy",
        "nakes": "amber",
        "teknis": "sky",
        "penyuluh": "brick",
        "lainnya": "grey",
    },
    "sifat_jabatan": {"manajerial": "amber", "non-manajerial": "teal"},
}


def fixed(level: str, look: Theme) -> dict[str, str]:
    """Code -> colour for a level with colours of its own; empty for any other level."""
    return {code: look.hues[hue] for code, hue in HUES.get(level, {}).items()}


def colours(axis: Axis, look: Theme) -> dict[str, str]:
    """Code -> colour of every member: its fixed one, else a step of the brand scale (ordered) or the hues in turn."""
    known = fixed(axis.level, look)
    codes = [code for code, _ in axis.members]
    if axis.ordered:
        # The palest quarter of the scale would not reach 3 : 1 against the page.
        steps = {code: along(look.sequential, 0.5 + 0.5 * i / max(len(codes) - 1, 1)) for i, code in enumerate(codes)}
        return steps | {code: known[code] for code in codes if code in known}
    hues = list(look.hues.values())
    return {code: known.get(code, hues[i % len(hues)]) for i, code in enumerate(codes)}
