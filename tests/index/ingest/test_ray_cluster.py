"""Which clusters can be named, how one is started, and what is said when none answers."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from index.errors import ArchiveError
from index.ingest.ray_cluster import cluster


class Recorded:
    """The module `ray`, as far as connecting uses it."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.initialised = False
        self.error: Exception | None = None
        self.util = SimpleNamespace(get_node_ip_address=lambda: address)
        names = ("WorkerCrashedError", "OutOfMemoryError", "NodeDiedError", "ObjectLostError")
        self.exceptions = SimpleNamespace(**dict.fromkeys(names, ValueError))

    def is_initialized(self) -> bool:
        return self.initialised

    def init(self, address: str, **options: Any) -> None:
        self.calls.append((address, options))
        if self.error:
            raise self.error

    def shutdown(self) -> None:
        self.calls.append(("shutdown",))

    def remote(self, **options: Any) -> Any:
        return lambda function: function


@pytest.fixture
def ray(monkeypatch: pytest.MonkeyPatch) -> Recorded:
    recorded = Recorded()
    monkeypatch.setitem(sys.modules, "ray", recorded)
    for name in ("RAY_USAGE_STATS_ENABLED", "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"):
        monkeypatch.setenv(name, "1")  # restored afterwards
    return recorded


def test_a_cluster_on_this_machine_listens_to_it_alone(ray: Recorded) -> None:
    import os

    with cluster("local:3"):
        assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"
        assert os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] == "0"
        ((address, options),) = ray.calls
        assert Path(options["_temp_dir"]).stat().st_mode & 0o777 == 0o700
    assert (address, options["num_cpus"], options["include_dashboard"]) == ("local", 3, False)
    assert options["_node_ip_address"] == "127.0.0.1"
    assert ray.calls[-1] == ("shutdown",)
    assert not Path(options["_temp_dir"]).exists()


@pytest.mark.parametrize(
    ("address", "streams"), [("auto", True), ("ray://head.example:10001", False)]
)
def test_a_running_cluster_is_joined(ray: Recorded, address: str, streams: bool) -> None:
    with cluster(address) as engine:
        assert engine._streams is streams
    assert ray.calls[0][0] == address
    assert "num_cpus" not in ray.calls[0][1]


@pytest.mark.parametrize("address", ["", "local", "local:0", "local:-1", "http://a", "10.0.0.1"])
def test_other_names_are_refused(ray: Recorded, address: str) -> None:
    with (
        pytest.raises(ArchiveError, match="say auto, ray://host:10001, or local:4"),
        cluster(address),
    ):
        pass
    assert ray.calls == []


def test_a_cluster_that_does_not_answer_is_named(ray: Recorded) -> None:
    ray.error = ConnectionError("ray client\nconnection timeout")
    expected = r"no Ray cluster answers at 'ray://a:1' \(ray client connection timeout\): start one"
    with pytest.raises(ArchiveError, match=expected), cluster("ray://a:1"):
        pass
    assert ray.calls[-1] == ("shutdown",)


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ArchiveError, match=r"pip install 'archive-qa\[cluster\]'"), cluster("auto"):
        pass


def test_a_process_that_uses_ray_already_is_told(ray: Recorded) -> None:
    ray.initialised = True
    with pytest.raises(ArchiveError, match=r"call ray.shutdown\(\) first"), cluster("local:2"):
        pass


def test_a_cluster_that_would_listen_on_the_network_is_ended(ray: Recorded) -> None:
    ray.util = Recorded("192.0.2.7").util
    with pytest.raises(ArchiveError, match="listen on all networks"), cluster("local:2"):
        pass
    assert ray.calls[-1] == ("shutdown",)


@pytest.mark.parametrize(
    "said",
    [
        "Token authentication is enabled but no authentication token was found",
        "status = StatusCode.UNAUTHENTICATED\ndetails = invalid token",
    ],
)
def test_a_token_that_is_missing_is_said_to_be_missing(ray: Recorded, said: str) -> None:
    ray.error = ConnectionError(said)
    asks = pytest.raises(ArchiveError, match=r"asks for its token.*set RAY_AUTH_MODE=token")
    with asks as raised, cluster("ray://host:10001"):
        pass
    assert "ray start" not in str(raised.value)
