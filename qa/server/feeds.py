"""`/feeds/NAME.atom`: the news of standing questions, for feed readers.

The guard covers it like every other address: with `--auth`, a feed reader needs a user's password.
"""

import hashlib

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from index.errors import StorageError
from qa.standing.atom import CONTENT_TYPE, atom
from qa.standing.book import FEED_NAME, Book
from qa.standing.news import has_feed, latest_news

MAX_ENTRIES = 100  # the latest


def feed_route(book: Book) -> Route:
    """Return the route of all feeds of an archive."""

    def feed(request: Request) -> Response:
        name = request.path_params["name"]
        try:
            if not FEED_NAME.fullmatch(name) or not has_feed(book, name):
                return PlainTextResponse("there is no such feed\n", 404)
            news = latest_news(book, name, MAX_ENTRIES)
        except StorageError:
            return PlainTextResponse("the standing questions cannot be read\n", 503)
        text = atom(name, book.database.file.stem, news)
        tag = f'"{hashlib.blake2b(text, digest_size=16).hexdigest()}"'
        headers = {"etag": tag, "cache-control": "private, no-cache"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(text, headers={**headers, "content-type": CONTENT_TYPE})

    return Route("/feeds/{name}.atom", feed)
