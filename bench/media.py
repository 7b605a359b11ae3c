"""How well pictures are found again, and what a look-up costs as they become many: ``python -m bench.media``.

The pictures are drawn, not real ones. Recall is the share of altered copies within PDQ's published threshold of the
picture that they were made from. Look-ups are timed against one another in the same run: with 1,000 frames and with
100,000.
"""

from __future__ import annotations

import io
import json
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

import numpy
import pdqhash
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from sayso.ledger import Ledger
from sayso.media_types import NEAR, PLAIN, FileSays, KeyFrame, Look, MediaFile, Sighting

PICTURES = 120
LOOKED_UP = 100


def drawing(seed: int) -> Image.Image:
    chance = random.Random(seed)
    width, height = chance.choice(((1200, 800), (800, 1200), (1000, 1000), (1280, 720)))

    def colour() -> tuple[int, int, int]:
        return chance.randrange(256), chance.randrange(256), chance.randrange(256)

    image = Image.new("RGB", (width, height), colour())
    draw = ImageDraw.Draw(image)
    for _ in range(chance.randrange(8, 60)):
        x, y, size = chance.randrange(width), chance.randrange(height), chance.randrange(20, width // 2)
        shape = chance.choice((draw.ellipse, draw.rectangle))
        shape((x, y, x + size, y + int(size * chance.random()) + 1), fill=colour())
    return image.filter(ImageFilter.GaussianBlur(chance.random() * 3))


def saved(form: str, quality: int) -> Callable[[Image.Image], Image.Image]:
    def change(image: Image.Image) -> Image.Image:
        out = io.BytesIO()
        image.save(out, form, quality=quality)
        return Image.open(io.BytesIO(out.getvalue())).convert("RGB")

    return change


def cropped(share: float) -> Callable[[Image.Image], Image.Image]:
    def change(image: Image.Image) -> Image.Image:
        x, y = int(image.width * share / 2), int(image.height * share / 2)
        return image.crop((x, y, image.width - x, image.height - y))

    return change


def captioned(image: Image.Image) -> Image.Image:
    image = image.copy()
    ImageDraw.Draw(image).rectangle((0, int(0.92 * image.height), image.width, image.height), fill="black")
    return image


ALTERED: dict[str, Callable[[Image.Image], Image.Image]] = {
    "JPEG, quality 80": saved("JPEG", 80),
    "JPEG, quality 20": saved("JPEG", 20),
    "WebP, quality 50": saved("WEBP", 50),
    "half the size": lambda image: image.resize((image.width // 2, image.height // 2)),
    "a tenth of the size": lambda image: image.resize((image.width // 10, image.height // 10)),
    "grey": lambda image: image.convert("L").convert("RGB"),
    "brighter by 30 %": lambda image: ImageEnhance.Brightness(image).enhance(1.3),
    "2 % cropped": cropped(0.02),
    "5 % cropped": cropped(0.05),
    "10 % cropped": cropped(0.10),
    "20 % cropped": cropped(0.20),
    "a black bar over 8 %": captioned,
    "mirrored": lambda image: image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
}


def pdq(image: Image.Image) -> tuple[int, int]:
    image = image.copy()
    image.thumbnail((512, 512))
    bits, quality = pdqhash.compute(numpy.ascontiguousarray(numpy.asarray(image)))
    return int(numpy.packbits(bits).tobytes().hex(), 16), int(quality)


def recall() -> dict[str, float]:
    drawings = [drawing(seed) for seed in range(PICTURES)]
    originals = [pdq(image) for image in drawings]
    shown = [(image, number) for image, (number, quality) in zip(drawings, originals, strict=True) if quality >= PLAIN]
    found = {
        name: sum((pdq(alter(image))[0] ^ number).bit_count() <= NEAR for image, number in shown) / len(shown)
        for name, alter in ALTERED.items()
    }
    numbers = [number for _, number in shown]
    pairs = [(one ^ other).bit_count() for at, one in enumerate(numbers) for other in numbers[:at]]
    near = sum(bits <= NEAR for bits in pairs)
    return {**found, "different drawings": len(shown), "pairs of these": len(pairs), "of which near": near}


def looking_up() -> dict[str, float]:
    chance = random.Random(0)
    took = {}
    with tempfile.TemporaryDirectory() as folder, Ledger.open(str(Path(folder) / "sayso.db")) as ledger:
        stored: list[int] = []
        for frames in (1_000, 100_000):
            with ledger.media(writing=True) as media:
                while len(stored) < frames:
                    some = [chance.getrandbits(256) for _ in range(50)]
                    look = Look(1, 1, 1.0, _frames(some), FileSays(), None, None, None, "{}")
                    file = MediaFile(f"{len(stored):064x}", "mp4", 1, None)
                    media.add(file, look, Sighting(None, None, None, "a.mp4", "bench"))
                    stored += some
            asked = [chance.choice(stored) ^ (1 << chance.randrange(256)) for _ in range(LOOKED_UP)]
            times = []
            with ledger.media() as media:
                for number in asked:
                    started = process_time()
                    found = media.nearest(_frames([number]), but="")
                    times.append(process_time() - started)
                    assert len(found) == 1
                scan = process_time()
                for number in asked[:10]:
                    assert min((one ^ number).bit_count() for one in stored) == 1
                scan = (process_time() - scan) / 10
            took[frames] = (median(times), scan)
    few, many = took.values()
    return {
        "look-up, 100,000 frames over 1,000": many[0] / few[0],
        "comparing with all in memory, 100,000 over 1,000": many[1] / few[1],
        "comparing with all over looking up, at 100,000": many[1] / many[0],
    }


def _frames(numbers: list[int]) -> tuple[KeyFrame, ...]:
    return tuple(KeyFrame(float(n), f"{number:064x}", 100) for n, number in enumerate(numbers))


if __name__ == "__main__":
    for name, measured in (("found again", recall), ("looking up", looking_up)):
        print(json.dumps({name: measured()}, indent=2), flush=True)
