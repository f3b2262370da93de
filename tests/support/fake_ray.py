"""A stand-in for Ray: tasks run in this process when their results are asked for."""

import inspect
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any


class WorkerCrashedError(Exception):
    """A worker died."""


class RayTaskError(Exception):
    """A task raised `cause`."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause


class NeverError(Exception):
    """Raised by nothing here."""


class FakeRay:
    """What `RayEngine` uses of the module `ray`, with `cpus` workers on one machine."""

    exceptions = SimpleNamespace(
        WorkerCrashedError=WorkerCrashedError,
        RayTaskError=RayTaskError,
        OutOfMemoryError=NeverError,
        NodeDiedError=NeverError,
        ObjectLostError=NeverError,
    )

    def __init__(self, cpus: int = 2, dies: Callable[..., bool] = lambda *given: False) -> None:
        self.cpus, self.dies = cpus, dies
        self.options: dict[str, Any] = {}
        self.events: list[str] = []

    def nodes(self) -> list[dict[str, Any]]:
        small = {"Alive": True, "Resources": {"CPU": 8.0, "memory": 10.0}}  # too little memory
        gone = {"Alive": False, "Resources": {"CPU": 9.0, "memory": 1e12}}
        return [{"Alive": True, "Resources": {"CPU": self.cpus, "memory": 1e12}}, small, gone]

    def put(self, value: Any) -> Any:
        return value

    def remote(self, **options: Any) -> Callable[..., SimpleNamespace]:
        self.options = options

        def wrap(function: Callable[..., Any]) -> SimpleNamespace:
            return SimpleNamespace(remote=lambda *given: self._submit(function, given))

        return wrap

    def _submit(self, function: Callable[..., Any], given: tuple[Any, ...]) -> Any:
        self.events.append("submit")

        def run() -> Any:
            if self.dies(*given):
                raise WorkerCrashedError("a worker died")
            try:
                return function(*given)
            except Exception as error:
                raise RayTaskError(error) from error

        return self._stream(run) if inspect.isgeneratorfunction(function) else run

    def _stream(self, run: Callable[[], Iterator[Any]]) -> Iterator[Callable[[], Any]]:
        """References to what a task yields; what it raises is raised by the last of them."""
        try:
            for value in run():
                yield lambda value=value: value  # type: ignore[misc]
        except Exception as raised:
            error = raised if isinstance(raised, WorkerCrashedError) else RayTaskError(raised)

            def fail() -> None:
                raise error

            yield fail

    def get(self, reference: Callable[[], Any]) -> Any:
        self.events.append("get")
        return reference()
