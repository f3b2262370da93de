"""What qa/server/DEPLOYING.md shows, tried: nginx before a real chat, and the systemd unit."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import sync_playwright

from qa.benchmarks.page.serving import free_port, run_chat
from qa.benchmarks.page.start import CHROMIUM

ROOT = Path(__file__).parent.parent.parent
HOST = "news.example"


def block(kind: str) -> str:
    """The only code block of this kind in the page."""
    text = (ROOT / "qa/server/DEPLOYING.md").read_text(encoding="utf-8")
    [found] = re.findall(rf"^```{kind}\n(.*?)^```", text, flags=re.M | re.S)
    return str(found)


@contextmanager
def nginx(folder: Path, chat: str) -> Iterator[int]:
    """Run the documented server before `chat`; yield its port."""
    port = free_port()
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={HOST}",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    server = block("nginx")
    for old, new in [
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/etc/ssl/news.example.pem", str(certificate)),
        ("/etc/ssl/news.example.key", str(key)),
        ("http://127.0.0.1:7860", chat),
    ]:
        assert old in server
        server = server.replace(old, new)
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"pid {folder}/pid;\nerror_log {folder}/error.log;\ndaemon off;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{server}}}\n"
    )
    process = subprocess.Popen(["nginx", "-c", config])
    try:
        while process.poll() is None:
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", port)):
                    break
            time.sleep(0.05)
        assert process.poll() is None, (folder / "error.log").read_text()
        yield port
    finally:
        process.terminate()
        process.wait()


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(not shutil.which("nginx"), reason="needs nginx")
def test_a_browser_asks_through_the_proxy(tmp_path: Path, real_index: Path) -> None:
    options = ["--index", str(real_index), "--read-only", "--name", HOST]
    with run_chat(tmp_path, options) as chat, nginx(tmp_path, chat.address) as port:
        other = {"Host": "elsewhere.example"}
        refused = httpx.get(f"https://127.0.0.1:{port}/", headers=other, verify=False)
        assert refused.status_code == 403
        with sync_playwright() as tools:
            browser = tools.chromium.launch(
                executable_path=CHROMIUM,
                args=[
                    "--no-sandbox",
                    "--disable-gpu",
                    f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
                ],
            )
            page = browser.new_page(ignore_https_errors=True, locale="en-GB")
            page.set_default_timeout(120_000)
            page.goto(f"https://{HOST}:{port}/")
            page.get_by_role("textbox").first.fill("Which golfer signed the golf bag?")
            page.keyboard.press("Enter")
            page.get_by_text("Hideki Matsuyama").first.wait_for()
            browser.close()
        assert chat.tracebacks() == 0


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "archive-qa.service"
    text = block("ini")
    program = "/opt/archive-qa/bin/archive-qa"
    assert program in text  # not installed there: systemd-analyze would complain
    unit.write_text(text.replace(program, "/bin/true"))
    done = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False
    )
    complaints = [line for line in done.stderr.splitlines() if "archive-qa.service" in line]
    assert complaints == []
