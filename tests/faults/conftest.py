"""One site for all fault tests; each test finds it whole, with nobody but the web running."""

import json
import sys
from collections.abc import Iterator

import pytest

from tests.faults.site import Site
from tests.faults.web import Person


@pytest.fixture(scope="session")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    try:
        site.run("scripts/run", "migrate")
        site.start_web()
        yield site
    finally:
        site.stop()


@pytest.fixture(scope="session")
def cast(running_site: Site) -> dict[str, Person]:
    """Everybody by the first part of their address: joan, priya, okafor, ada, nurse0.., maria, walter, patient0.."""
    told = json.loads(running_site.run(sys.executable, "-m", "tests.faults.cast"))
    return {one["email"].split("@")[0]: Person(**one) for one in told}


@pytest.fixture
def empty_site(running_site: Site, cast: dict[str, Person], request: pytest.FixtureRequest) -> Iterator[Site]:
    """The site before the first log. What a test broke is mended after it."""
    failed = request.session.testsfailed
    yield running_site
    if request.session.testsfailed > failed:
        print(running_site.last_words())
        running_site.end("worker", "beat")
    running_site.clear()


@pytest.fixture
def site(empty_site: Site) -> Site:
    """The site with nobody at work: the web alone runs."""
    empty_site.stop_working()
    return empty_site


@pytest.fixture
def working_site(empty_site: Site) -> Site:
    """The site with worker and beat."""
    empty_site.start_working()
    return empty_site


@pytest.fixture
def maria(cast: dict[str, Person]) -> Person:
    return cast["maria"]


@pytest.fixture
def walter(cast: dict[str, Person]) -> Person:
    return cast["walter"]


@pytest.fixture
def joan(cast: dict[str, Person]) -> Person:
    return cast["joan"]
