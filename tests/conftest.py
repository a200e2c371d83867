import pytest

import jucuo


@pytest.fixture(scope="session")
def nlp():
    """The shipped pipeline, loaded once."""
    return jucuo.load()
