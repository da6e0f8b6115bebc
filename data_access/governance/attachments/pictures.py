"""Pictures (PNG, JPEG): decoded once, so that a broken or a monstrous one is found before somebody opens it."""

import io
import warnings

from PIL import Image

from data_access.governance.attachments import refusals

MOST_PIXELS = 50_000_000  # 150 MB of memory; a page scanned at 600 dpi has 35 million


def check_picture(name: str, content: bytes) -> None:
    """Rejected if the picture is broken, cut off or larger than `MOST_PIXELS`."""
    kind = "PNG" if content.startswith(b"\x89PNG") else "JPEG"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is stricter
            with Image.open(io.BytesIO(content), formats=(kind,)) as picture:
                too_large = picture.width * picture.height > MOST_PIXELS
                if not too_large:
                    picture.load()
    except Image.DecompressionBombError as error:
        raise refusals.swells(name) from error
    except Exception as error:  # a decoder of hostile bytes may fail in any way
        raise refusals.broken(name, kind) from error
    if too_large:
        raise refusals.swells(name)
