"""A time-stamping authority of our own: openssl answers, with certificates that it made for itself."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

_CONFIG = """\
[ca]
distinguished_name = ca_name
x509_extensions = ca_ext
prompt = no
[ca_name]
CN = Root of Kestavia
[ca_ext]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[signer]
distinguished_name = signer_name
prompt = no
[signer_name]
CN = Clock of Kestavia
[signer_ext]
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = tsa_clock
[tsa_clock]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
"""


class Authority:
    """An authority whose certificates and keys are in ``folder``; ``root`` is what it is to be checked by."""

    def __init__(self, folder: Path) -> None:
        if shutil.which("openssl") is None:
            pytest.skip("openssl, which answers as an authority, is not installed")
        self._folder = folder
        self._config = folder / "openssl.cnf"
        self._config.write_text(_CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        self.root = folder / "ca.pem"
        new = ("req", "-newkey", "rsa:2048", "-nodes", "-config", self._config)
        self._run(*new, "-x509", "-days", "2", "-section", "ca", "-keyout", folder / "ca.key", "-out", self.root)
        self._run(*new, "-section", "signer", "-keyout", folder / "tsa.key", "-out", folder / "tsa.csr")
        signing = ("x509", "-req", "-in", folder / "tsa.csr", "-CA", self.root, "-CAkey", folder / "ca.key")
        ending = ("-days", "2", "-extfile", self._config, "-extensions", "signer_ext", "-out", folder / "tsa.pem")
        self._run(*signing, "-CAcreateserial", *ending)

    def answer(self, query: bytes) -> bytes:
        """The TimeStampResp to a TimeStampReq."""
        asked, answered = self._folder / "query.tsq", self._folder / "answer.tsr"
        asked.write_bytes(query)
        self._run(
            "ts", "-reply", "-config", self._config, "-section", "tsa_clock", "-queryfile", asked, "-out", answered
        )
        return answered.read_bytes()

    def stamp(self, hashed: str) -> bytes:
        """The answer to one who wants a hash stamped."""
        asked = self._folder / "own.tsq"
        self._run("ts", "-query", "-digest", hashed, "-sha256", "-cert", "-out", asked)
        return self.answer(asked.read_bytes())

    def _run(self, *arguments: str | Path) -> None:
        done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr


@contextmanager
def serving(answer: Callable[[bytes], tuple[int, bytes]]) -> Iterator[str]:
    """A server on this machine that answers each request so; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, data = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:9/")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsr"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
