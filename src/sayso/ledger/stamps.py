"""Time stamps of RFC 3161: what an authority has signed, held against what it is to have stamped. No network here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.errors import SaysoError, UsageError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

MISSING = "time stamps need more than reading does: pip install 'sayso[stamp]'"
_SHA256 = "2.16.840.1.101.3.4.2.1"


class NotCheckedError(SaysoError):
    """What checks time stamps is not installed."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """When an authority says that it saw something, and how it calls itself."""

    at: str
    authority: str


@dataclass(frozen=True, slots=True)
class Roots:
    """The certificates, of a file, that an authority's must lead to: roots, and what lies between."""

    roots: tuple[Certificate, ...]
    between: tuple[Certificate, ...]

    @classmethod
    def of(cls, pem: bytes, where: str) -> Roots:
        """Those in a PEM file; one that has signed itself is a root. UsageError where there is none."""
        try:
            from cryptography.x509 import load_pem_x509_certificates
        except ImportError as error:
            raise UsageError(MISSING) from error
        try:
            listed = load_pem_x509_certificates(pem)
        except ValueError as error:
            raise UsageError(f"{where}: expected certificates as PEM: {error}") from error
        roots = tuple(one for one in listed if one.issuer == one.subject)
        if not roots:
            raise UsageError(
                f"{where}: expected the certificate of a root, which has signed itself, among {len(listed)}"
            )
        return cls(roots, tuple(one for one in listed if one not in roots))


def check_stamp(token: bytes, hashed: str, roots: Roots | None) -> Stamped:
    """What a stamp (a TimeStampResp) says, if it is one of ``hashed``, 64 hexadecimal digits: ValueError where it is
    not, or where its signature does not lead to ``roots``. NotCheckedError where the extra is not installed."""
    try:
        import rfc3161_client as tsp
    except ImportError as error:
        raise NotCheckedError(f"time stamps were not checked: {MISSING}") from error
    try:
        answer = tsp.decode_timestamp_response(token)
        imprint = answer.tst_info.message_imprint
        wanted = (_SHA256, imprint_of(hashed))
        if (imprint.hash_algorithm.dotted_string, imprint.message) != wanted:
            raise ValueError("stamps something else than the entry's hash")
        if roots is not None:
            _verifier(tsp, roots).verify(answer, wanted[1])
        return Stamped(answer.tst_info.gen_time.isoformat(), _name_of(answer))
    except tsp.VerificationError as error:
        raise ValueError(f"has a signature that does not hold: {error}") from error


def imprint_of(hashed: str) -> bytes:
    """What an authority is asked to stamp: an entry's hash is the SHA-256 itself."""
    return bytes.fromhex(hashed)


def _verifier(tsp: Any, roots: Roots) -> Any:
    builder = tsp.VerifierBuilder()
    for one in roots.roots:
        builder = builder.add_root_certificate(one)
    for one in roots.between:
        builder = builder.add_intermediate_certificate(one)
    return builder.build()


def _name_of(answer: Any) -> str:
    """The name of the certificate that signed, where the answer has it."""
    from cryptography.x509 import load_der_x509_certificate

    signers = {(one.issuer, one.serial_number) for one in answer.signed_data.signer_infos}
    for der in answer.signed_data.certificates:
        certificate = load_der_x509_certificate(der)
        if (certificate.issuer, certificate.serial_number) in signers:
            return str(certificate.subject.rfc4514_string())
    return "an authority that does not say its name"
