"""Servers on this machine that seeds are read from: S3, one like Google's, a web server."""

import http.server
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import pytest


@contextmanager
def s3_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Run an S3 service that s3fs finds by the environment; yield a client of it."""
    import boto3
    import s3fs
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    reset = urllib.request.Request(f"http://{host}:{port}/moto-api/reset", method="POST")
    urllib.request.urlopen(reset).close()  # servers of one process share their buckets
    settings = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    client = boto3.client("s3")
    try:
        yield client
    finally:
        client.close()
        server.stop()
        s3fs.S3FileSystem.clear_instance_cache()


@contextmanager
def google_storage(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run a service like Google's that gcsfs finds by the environment; yield its address.

    It knows no gRPC, by which gcsfs would ask for the kind of a bucket: that is off, as it has to
    be before the import.
    """
    monkeypatch.setenv("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false")
    import fsspec.config
    import gcsfs
    from gcp_storage_emulator.server import create_server

    # or credentials are looked for in the network
    monkeypatch.setitem(fsspec.config.conf, "gs", {"token": "anon"})
    with create_server("127.0.0.1", 0, in_memory=True, default_bucket="bucket") as server:
        address = f"http://127.0.0.1:{server._api._httpd.server_port}"
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", address)
        gcsfs.GCSFileSystem.clear_instance_cache()
        yield address
        gcsfs.GCSFileSystem.clear_instance_cache()


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of either service, called "bucket"."""

    scheme: Literal["s3", "gs"]
    service: Any  # a client of S3, the address of Google's

    @property
    def seeds(self) -> str:
        return f"{self.scheme}://bucket/articles"

    def put(self, name: str, content: bytes) -> None:
        if self.scheme == "s3":
            self.service.put_object(Bucket="bucket", Key=name, Body=content)
        else:
            self._ask("POST", f"upload/storage/v1/b/bucket/o?uploadType=media&name={name}", content)

    def delete(self, name: str) -> None:
        if self.scheme == "s3":
            self.service.delete_object(Bucket="bucket", Key=name)
        else:
            self._ask("DELETE", f"storage/v1/b/bucket/o/{urllib.parse.quote(name, safe='')}")

    def _ask(self, method: str, path: str, content: bytes | None = None) -> None:
        request = urllib.request.Request(f"{self.service}/{path}", content, method=method)
        urllib.request.urlopen(request).close()


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, notes what is asked for, and redirects as it is told."""

    requested: list[str]
    redirects: dict[str, str]
    endless: dict[str, bytes]

    def do_GET(self) -> None:
        self.requested.append(self.path)
        if piece := self.endless.get(self.path):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            with suppress(OSError):  # until nobody reads on
                while True:
                    self.wfile.write(piece)
            return
        if target := self.redirects.get(self.path):
            self.send_response(302)
            self.send_header("Location", target)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *args: object) -> None:
        """Print nothing."""


@contextmanager
def web_server(folder: Path) -> Iterator[tuple[str, type[Handler]]]:
    """Serve a folder; yield its address and the handler, which knows what was requested."""
    handler = type("Noted", (Handler,), {"requested": [], "redirects": {}, "endless": {}})
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(handler, directory=str(folder))
    ) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", handler
        finally:
            server.shutdown()
            thread.join()
