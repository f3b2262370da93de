"""Every operation but that of health asks for a role."""

from fastapi.routing import APIRoute

from qa.rest.application import ROUTERS
from qa.rest.roles import needs


def test_every_operation_but_health_needs_a_role() -> None:
    admitted = needs("ask").dependency.__qualname__
    open_to_all = [
        route.path
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        and admitted not in {d.dependency.__qualname__ for d in route.dependencies if d.dependency}
    ]
    assert open_to_all == ["/health"]


def test_the_role_is_asked_for_by_a_dependency_that_lets_everybody_pass() -> None:
    assert needs("admin").dependency(None) is None
