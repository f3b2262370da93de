"""A news site on this machine: what it answers is set by tests, what it is asked for is noted."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PARAGRAPH = "The keeper of the lighthouse counted nine ships before noon and wrote them down. "


@dataclass
class Reply:
    """What the site answers to a path."""

    body: bytes | str = ""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: Callable[[Any], None] | None = None  # writes to the connection itself


@dataclass
class Asked:
    """A request that came."""

    path: str
    headers: dict[str, str]


class Site:
    """A running site; `replies` maps paths to answers, of several the next in turn."""

    def __init__(self, port: int, name: str = "127.0.0.1") -> None:
        self.address = f"http://{name}:{port}"
        self.replies: dict[str, Reply | list[Reply]] = {}
        self.asked: list[Asked] = []
        self.busy, self.most_at_once = 0, 0
        self.lock = threading.Lock()

    @property
    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def page(self, path: str, text: str = PARAGRAPH * 4, head: str = "", **more: Any) -> None:
        """Put a page of one paragraph on the site."""
        title = path.strip("/").replace("-", " ").title()
        self.replies[path] = Reply(
            f"<html><head><title>{title}</title>{head}</head>"
            f"<body><article><h1>{title}</h1><p>{text}</p></article></body></html>",
            **more,
        )

    def rss(self, path: str, *items: str, **more: Any) -> str:
        """Put a feed on the site, of paths or whole <item> elements; return its address."""
        body = "".join(
            item if item.startswith("<") else f"<item><link>{self.address}{item}</link></item>"
            for item in items
        )
        self.replies[path] = Reply(
            f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
            f"<title>The Harbour Gazette</title>{body}</channel></rss>",
            "application/rss+xml",
            **more,
        )
        return self.address + path

    def reply(self, path: str) -> Reply:
        found = self.replies.get(path, Reply("nothing here", status=404))
        if isinstance(found, Reply):
            return found
        return found.pop(0) if len(found) > 1 else found[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        site = self.site
        with site.lock:
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.asked.append(Asked(self.path, headers))
            site.busy += 1
            site.most_at_once = max(site.most_at_once, site.busy)
            reply = site.reply(self.path)
        try:
            if reply.raw:
                self.close_connection = True
                reply.raw(self.wfile)
            else:
                self._send(reply)
        except OSError:
            self.close_connection = True  # the client has gone
        finally:
            with site.lock:
                site.busy -= 1

    def _send(self, reply: Reply) -> None:
        tag = reply.headers.get("ETag")
        status = 304 if tag and self.headers.get("If-None-Match") == tag else reply.status
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        body = b"" if status == 304 else body
        self.send_response(status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if body and reply.kind:
            self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Print nothing."""


@contextmanager
def serve_site(name: str = "127.0.0.1") -> Iterator[Site]:
    """Run a site; `name` is the host in its addresses."""
    handler = type("Handler", (_Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        handler.site = site = Site(server.server_address[1], name)  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
