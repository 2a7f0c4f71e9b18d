"""The walks look at the demonstration as it was made: no test before them has changed what is on its screens."""

from collections.abc import Iterator

import pytest

from tests.demonstration import demonstration, folder_of_the_run, made_once
from tests.faults.site import Site


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demonstration of its own for each walk."""
    made = made_once(folder_of_the_run(tmp_path_factory))
    with demonstration(tmp_path_factory.mktemp("clinic"), made=made) as site:
        yield site
