"""Raster images: looked at before they are decoded, then written anew, so that nothing but pixels is kept."""

from io import BytesIO

from PIL import Image, ImageOps

from mentorship.common.rendering.errors import RenderError

MOST_PIXELS = 40_000_000
WIDEST = 1_600
TALLEST = 6_400
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF"}
UNREADABLE = "The image cannot be read."
TOO_LARGE = "The image has more than 40 megapixels."

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
        # In place and only where needed: each copy of 40 megapixels is a third of the memory there is.
        if image.width > WIDEST or image.height > TALLEST:
            image.thumbnail((WIDEST, TALLEST))
        ImageOps.exif_transpose(image, in_place=True)
        if content_type == "image/jpeg":
            return content_type, _saved(_in_mode(image, ("RGB", "L"), "RGB"), "JPEG", quality=88)
        image = _in_mode(image, ("1", "L", "LA", "P", "RGB", "RGBA"), "RGBA")
        return "image/png", _saved(image, "PNG", compress_level=4)
    except MemoryError:
        raise
    except Exception:
        raise RenderError(UNREADABLE) from None


def _in_mode(image: Image.Image, kept: tuple[str, ...], other: str) -> Image.Image:
    return image if image.mode in kept else image.convert(other)


def _saved(image: Image.Image, form: str, **options: int) -> bytes:
    transparency = image.info.get("transparency")
    image.info = {} if transparency is None else {"transparency": transparency}
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()
