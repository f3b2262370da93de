"""`archive-qa token`: create, list and revoke the API tokens of an archive."""

import argparse
import json
import sys
from collections.abc import Sequence

from index.command_name import command_name
from index.errors import run
from index.store.option import add_index_option

from .audit_log import AuditLog, audit_file
from .origins import origins
from .roles import Role
from .token import Token, now
from .token_file import TokenFile, token_file

COMMAND_LINE = "(command line)"  # who creates and revokes: whoever may write the data folder


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    options = _parser().parse_args(argv)
    tokens, audit = TokenFile(token_file(options.index)), AuditLog(audit_file(options.index))
    if options.command == "list":
        _print_list([*tokens.tokens().values()], as_json=options.json)
        return 0
    if options.command == "revoke":
        token = tokens.revoke(options.name)
        audit.note("token revoked", who=COMMAND_LINE, token=token.name)
        print(f"revoked '{token.name}': requests and sessions with it end now")
        return 0
    sites = origins(options.site)
    token, text = tokens.create(options.name, Role.of(options.role), options.expires, sites)
    audit.note("token created", who=COMMAND_LINE, token=token.name, role=token.role.word)
    print(f"token '{token.name}' ({_about(token)}); it is not shown again:", file=sys.stderr)
    print(text)
    if sites:
        print(f"publish it in the box at /embed/{token.id}", file=sys.stderr)
    return 0


def _print_list(tokens: Sequence[Token], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([described(token) for token in tokens], indent=1))
        return
    for token in tokens:
        print(f"{token.name:20} {token.id}  {_about(token)}")
    if not tokens:
        print("no tokens: archive-qa token create NAME --role ask", file=sys.stderr)


def described(token: Token) -> dict[str, object]:
    """Return what may be told of a token, as plain values; its digest is left out."""
    values = token.as_json() | {"state": token.state(now())}
    return {name: value for name, value in values.items() if name != "sha256"}


def _about(token: Token) -> str:
    expiry = f", until {token.expires:%Y-%m-%d %H:%M} UTC" if token.expires else ""
    sites = f", for pages of {', '.join(token.sites)}" if token.sites else ""
    return f"{token.role.word}, {token.state(now())}{expiry}{sites}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=command_name("token"),
        description="API tokens of an archive, for a chat with --tokens. Roles:\n"
        "  ask    ask, search, read\n"
        "  add    also add files, rebuild, change the standing questions\n"
        "  admin  also see the tokens and the audit log",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    create = commands.add_parser("create", help="make a token; its text is printed, once")
    create.add_argument("name", help="whom or what it is for")
    create.add_argument("--role", required=True, choices=[role.word for role in Role])
    create.add_argument("--expires", type=int, metavar="DAYS", help="days it is valid (for ever)")
    create.add_argument(
        "--site", nargs="+", action="extend", default=[], metavar="ORIGIN",
        help="publish it in the box (/embed) on pages of these sites, like https://news.example; "
        "it is then valid nowhere else",
    )  # fmt: skip
    listed = commands.add_parser("list", help="print all tokens, without their secrets")
    listed.add_argument("--json", action="store_true", help="print them as JSON")
    revoke = commands.add_parser("revoke", help="end a token, and all sessions with it, at once")
    revoke.add_argument("name", help="its name")
    for command in (create, listed, revoke):
        add_index_option(command)
    usages = [command.format_usage().strip() for command in (create, listed, revoke)]
    parser.epilog = "\n".join(usages)
    return parser


if __name__ == "__main__":
    sys.exit(run(main))
