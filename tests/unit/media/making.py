"""Pictures and videos for tests, all of them drawn here; and certificates that sign some."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import av
import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image, ImageDraw


def drawing(seed: int, width: int = 640, height: int = 480) -> Image.Image:
    """A picture of many shapes, another one for each seed."""
    chance = random.Random(seed)

    def colour() -> tuple[int, int, int]:
        return chance.randrange(256), chance.randrange(256), chance.randrange(256)

    image = Image.new("RGB", (width, height), colour())
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y, size = chance.randrange(width), chance.randrange(height), chance.randrange(20, width // 3)
        shape = chance.choice((draw.ellipse, draw.rectangle))
        shape((x, y, x + size, y + int(size * chance.random()) + 1), fill=colour())
    return image


def encoded(image: Image.Image, form: str = "JPEG", **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def picture(seed: int, form: str = "JPEG", **more: Any) -> bytes:
    return encoded(drawing(seed), form, **more)


def with_exif(seed: int = 1, **more: Any) -> bytes:
    """A picture that says when, where and with what it was taken: off an invented coast."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = "Harbour", "Harbour M2", more.get("software", "Darkroom 3")
    exif[0x013B] = more.get("author", "Mara Lind")
    exif.get_ifd(0x8769).update({0x9003: "2031:05:04 10:11:12", 0x9011: "+02:00"})
    exif.get_ifd(0x8825).update(
        {1: "S", 2: more.get("lat", (35.0, 30.0, 36.0)), 3: "E", 4: more.get("lon", (36.0, 15.0, 0.0))}
    )
    return picture(seed, exif=exif.tobytes())


def video(seeds: range | list[int], form: str = "mp4", codec: str = "libx264", seconds: int = 2, **notes: str) -> bytes:
    """A video in which each drawing is shown for ``seconds``."""
    out = io.BytesIO()
    with av.open(out, "w", format=form) as container:
        container.metadata.update(notes)
        stream: Any = container.add_stream(codec, rate=4)
        stream.width, stream.height, stream.gop_size = 320, 240, 4
        stream.pix_fmt = "yuv422p" if codec == "huffyuv" else "yuv420p"
        for seed in seeds:
            image = drawing(seed, 320, 240)
            for _ in range(4 * seconds):
                container.mux(stream.encode(av.VideoFrame.from_image(image)))
        container.mux(stream.encode())
    return out.getvalue()


@dataclass(frozen=True)
class Signing:
    """A root certificate (PEM), and what signs in its name."""

    root: str
    signer: c2pa.Signer


def signing(name: str = "Harbour Camera 7") -> Signing:
    """A chain of certificates of one's own making."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate("Harbour Root", root_key, None, root_key)
    leaf = _certificate(name, key, root, root_key)
    pem = [one.public_bytes(serialization.Encoding.PEM) for one in (leaf, root)]
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    info = c2pa.C2paSignerInfo(alg=b"es256", sign_cert=b"".join(pem), private_key=secret, ta_url=None)
    return Signing(pem[1].decode(), c2pa.Signer.from_info(info))


def _certificate(name: str, key: Any, issuer: x509.Certificate | None, signed_with: Any) -> x509.Certificate:
    called = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Harbour"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )
    now, root = datetime.now(UTC), issuer is None
    made = x509.CertificateBuilder(
        issuer.subject if issuer else called,
        called,
        key.public_key(),
        x509.random_serial_number(),
        now - timedelta(days=1),
        now + timedelta(days=30),
    )
    made = made.add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only"), False
    )
    usage |= {"digital_signature": True, "key_cert_sign": root, "crl_sign": root, "decipher_only": False}
    made = made.add_extension(x509.KeyUsage(**usage), critical=True)
    made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    by = x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_with.public_key())
    made = made.add_extension(by, critical=False)
    if not root:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    return made.sign(signed_with, hashes.SHA256())


def signed(
    data: bytes, by: Signing, mime: Literal["image/jpeg", "video/mp4"] = "image/jpeg", remote: str | None = None
) -> bytes:
    """The file with a C2PA manifest; or (``remote``) with nothing but the address of one."""
    settings = {
        "verify": {"verify_after_sign": False, "remote_manifest_fetch": False},
        "builder": {"thumbnail": {"enabled": False}},
    }
    origin = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
    actions = {"actions": [{"action": "c2pa.created", "digitalSourceType": origin}]}
    manifest = {
        "claim_generator_info": [{"name": "Harbour Firmware", "version": "7"}],
        "title": "a drawing",
        "assertions": [{"label": "c2pa.actions", "data": actions}],
    }
    out = io.BytesIO()
    with c2pa.Builder(manifest, c2pa.Context.from_dict(settings)) as builder:
        if remote is not None:
            builder.set_remote_url(remote)
            builder.set_no_embed()
        builder.sign(by.signer, mime, io.BytesIO(data), out)
    return out.getvalue()
