"""On which page each register stands, in the order of its tabs."""

PAGE_OF = {
    "perjanjian": ("perpanjangan", "penghentian", "adendum", "tim", "perselisihan"),
    "permintaan": ("permintaan", "pengungkapan", "pendampingan"),
    "evaluasi": ("evaluasi", "koordinasi", "keputusan"),
    "korespondensi": ("surat", "alamat"),
    "insiden": ("insiden", "kahar"),
}


def path_of(register: str) -> str:
    """The page of a register, below `pages/`."""
    return next(f"kerja_sama/{page}" for page, held in PAGE_OF.items() if register in held)
