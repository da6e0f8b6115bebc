"""A real nginx with the configuration of `deploy`, moved to free ports; certificates made on the spot."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CONFIGURATION = ROOT / "deploy" / "nginx" / "asn.conf"
NAME = "dasbor.contoh.go.id"
PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin"
AROUND = """
daemon off;
user root;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/asn.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """Its two ports on 127.0.0.1, and the certificate that it shows."""

    plain: int
    tls: int
    certificate: Path

    @property
    def base(self) -> str:
        return f"https://{NAME}:{self.tls}"


def needed(program: str) -> str:
    """Where the program is; without it the test is skipped, on the CI machine it fails."""
    found = shutil.which(program, path=PLACES)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{program} is missing on the CI machine: the proxy was not tested")
        pytest.skip(f"PROXY NOT TESTED: {program} is missing")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def proxy(folder: Path, app_port: int) -> Iterator[Proxy]:
    """A running proxy before the app on this port; ended by its number."""
    nginx = needed("nginx")
    made = Proxy(free_port(), free_port(), _certificate(folder))
    text = CONFIGURATION.read_text("utf-8")
    for old, new in {
        "listen 80": f"listen 127.0.0.1:{made.plain}",
        "listen 443": f"listen 127.0.0.1:{made.tls}",
        "127.0.0.1:8501": f"127.0.0.1:{app_port}",
        "/etc/asn/tls": str(folder),
    }.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "asn.conf").write_text(text)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
    command = [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr, tried.stderr
    with (folder / "nginx.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(made.tls, server, folder / "nginx.log")
            yield made
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(port: int, server: "subprocess.Popen[bytes]", log: Path, *, within: float = 60) -> None:
    """Until something listens on the port."""
    end = time.monotonic() + within
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"nothing listens on {port}:\n{log.read_text()}")


def _certificate(folder: Path) -> Path:
    subprocess.run(
        [
            needed("openssl"),
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-subj",
            f"/CN={NAME}",
            "-addext",
            f"subjectAltName=DNS:{NAME}",
            "-keyout",
            str(folder / "privkey.pem"),
            "-out",
            str(folder / "fullchain.pem"),
        ],
        check=True,
        capture_output=True,
    )
    return folder / "fullchain.pem"
