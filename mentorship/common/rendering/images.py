"""Raster images: looked at before they are decoded, then written anew, so that nothing but pixels is kept."""

import json
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.sandbox import run_bounded

MOST_PIXELS = 40_000_000
LARGEST_PICTURE = 20_000_000
WIDEST = 1_600
TALLEST = 6_400
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
UNREADABLE = "The image cannot be read."
TOO_LARGE = "The image has more than 40 megapixels."
NONE_OF_OURS = "This is not a PNG, JPEG, GIF or WebP image."
DRAWING = "SVG drawings are not shown in posts; save the drawing as PNG."
_BEGINNINGS = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
}

# We count pixels ourselves, before decoding; Pillow's own limit only warns up to twice its number.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def open_image(data: bytes, content_type: str) -> Image.Image:
    """Return the image, not yet decoded. Raises RenderError if it is none, of another type, or too large."""
    try:
        image = Image.open(BytesIO(data), formats=[FORMATS[content_type]])
    except Image.DecompressionBombError:
        raise RenderError(TOO_LARGE) from None
    except Exception:
        # Pillow's decoders raise OSError, SyntaxError, ValueError, struct.error and more on broken files.
        raise RenderError(UNREADABLE) from None
    if image.width * image.height > MOST_PIXELS:
        raise RenderError(TOO_LARGE)
    return image


def check_image(data: bytes, content_type: str) -> None:
    """Raise RenderError unless `data` is a whole image of this type. Reads it through but keeps no pixels."""
    try:
        open_image(data, content_type).verify()
    except RenderError:
        raise
    except Exception:
        raise RenderError(UNREADABLE) from None


def written_anew(data: bytes, content_type: str) -> tuple[str, bytes]:
    """Decode and encode again: no metadata, no trailing bytes, at most 1,600 by 6,400 pixels.

    Returns the content type and the new bytes: JPEG stays JPEG, all else becomes PNG. To be called in the
    killable process. Raises RenderError.
    """
    image = open_image(data, content_type)
    try:
        _shrink(image)
        ImageOps.exif_transpose(image, in_place=True)
        if content_type == "image/jpeg":
            return content_type, _saved(_in_mode(image, ("RGB", "L"), "RGB"), "JPEG", quality=88)
        image = _in_mode(image, ("1", "L", "LA", "P", "RGB", "RGBA"), "RGBA")
        return "image/png", _saved(image, "PNG", compress_level=4)
    except MemoryError:
        raise
    except Exception:
        raise RenderError(UNREADABLE) from None


@dataclass(frozen=True)
class Picture:
    """An image as it is kept for the web: WebP."""

    width: int
    height: int
    data: bytes


def type_of(data: bytes) -> str:
    """The content type by how the content begins. Raises RenderError for what is none of ours."""
    for content_type, beginnings in _BEGINNINGS.items():
        if data.startswith(beginnings):
            return content_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    raise RenderError(DRAWING if b"<svg" in data[:2000].lower() else NONE_OF_OURS)


def for_the_web(data: bytes) -> Picture:
    """`data` decoded and written anew as WebP in the killable process. Raises RenderError in words."""
    type_of(data)
    answer = run_bounded(f"{__name__}:picture_bytes", data, what="image", largest_answer=LARGEST_PICTURE)
    head, _, written = answer.partition(b"\n")
    width, height = json.loads(head)
    return Picture(width, height, written)


def picture_bytes(data: bytes) -> bytes:
    """What the killable process calls: an image in; a line of JSON with width and height, and the new bytes out."""
    content_type = type_of(data)
    image = open_image(data, content_type)
    try:
        _shrink(image)
        ImageOps.exif_transpose(image, in_place=True)
        _shrink(image)  # one that lay on its side
        image = _in_mode(image, ("RGB", "RGBA"), "RGBA" if image.has_transparency_data else "RGB")
        # Lossless for what was drawn, with its letters and thin lines; lossy for photographs.
        drawn = content_type in ("image/png", "image/gif")
        written = _saved(image, "WEBP", lossless=drawn, quality=80 if drawn else 85, method=2 if drawn else 4)
    except MemoryError:
        raise
    except Exception:
        raise RenderError(UNREADABLE) from None
    return json.dumps(image.size).encode() + b"\n" + written


def _shrink(image: Image.Image) -> None:
    """In place and only where needed: each copy of 40 megapixels is a third of the memory there is."""
    if image.width > WIDEST or image.height > TALLEST:
        image.thumbnail((WIDEST, TALLEST))


def _in_mode(image: Image.Image, kept: tuple[str, ...], other: str) -> Image.Image:
    return image if image.mode in kept else image.convert(other)


def _saved(image: Image.Image, form: str, **options: int) -> bytes:
    transparency = image.info.get("transparency")
    image.info = {} if transparency is None else {"transparency": transparency}
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
