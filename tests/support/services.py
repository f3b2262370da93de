"""Servers on this machine that seeds are read from: an S3 service and a web server."""

import http.server
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

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
