"""Connecting to a Ray cluster, or starting one on this machine.

Ray moves functions, passages and vectors by pickle: whoever can reach a cluster can run code on it,
so a cluster needs a network that is trusted. What seed files hold is never unpickled.
"""

import ipaddress
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from index.errors import ArchiveError, requires_extra

from .ray import RayEngine

ADDRESS = re.compile(r"auto|ray://[^/@\s]+|local:([1-9]\d{0,2})")
STORE = 200_000_000  # bytes of shared memory of a cluster on this machine
# the paths of sockets must be short; the folder in it is ours alone
SHORT = "/tmp" if os.path.isdir("/tmp") else None  # noqa: S108
QUIET = {"log_to_driver": False, "logging_level": "ERROR"}


@contextmanager
def cluster(address: str) -> Iterator[RayEngine]:
    """Connect to a cluster, or start one on this machine for as long as a `with` lasts.

    Args:
        address: "auto" for the cluster that this machine belongs to, "ray://host:10001", or
            "local:4" for a new one with four workers.

    Raises:
        ArchiveError: Ray is not installed, or no cluster answers.
    """
    match = ADDRESS.fullmatch(address)
    if not match:
        raise ArchiveError(
            f"there is no Ray cluster '{address}': say auto, ray://host:10001, or local:4 for four "
            "workers on this machine"
        )
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if match[1]:  # makes Ray listen on 127.0.0.1 alone, on Linux too
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    with requires_extra("cluster"):
        import ray
    if ray.is_initialized():
        raise ArchiveError("this process uses a Ray cluster already: call ray.shutdown() first")
    with TemporaryDirectory("", "archive-qa-", SHORT, ignore_cleanup_errors=True) as folder:
        try:
            _connect(ray, address, int(match[1] or 0), folder)
            yield RayEngine(ray, streams=not address.startswith("ray://"))
        finally:
            ray.shutdown()


def _connect(ray: Any, address: str, workers: int, folder: str) -> None:
    try:
        if not workers:
            ray.init(address, **QUIET)
            return
        ray.init(
            "local",
            num_cpus=workers,
            include_dashboard=False,
            object_store_memory=STORE,
            _node_ip_address="127.0.0.1",
            _temp_dir=folder,
            **QUIET,
        )
    except Exception as error:
        why = " ".join(str(error).split())
        if "authenticat" in why.lower():
            raise ArchiveError(
                f"the Ray cluster at '{address}' asks for its token ({why}): set "
                "RAY_AUTH_MODE=token, with the token in RAY_AUTH_TOKEN or in ~/.ray/auth_token"
            ) from error
        raise ArchiveError(
            f"no Ray cluster answers at '{address}' ({why}): start one with  ray start --head  or "
            "say --ray local:2 for two workers on this machine"
        ) from error
    if not ipaddress.ip_address(ray.util.get_node_ip_address()).is_loopback:
        raise ArchiveError(
            "Ray was imported before, so that it would listen on all networks: build in a process "
            "of its own, or set RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER=0 first"
        )
