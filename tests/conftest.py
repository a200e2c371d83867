import pytest
from hypothesis import HealthCheck, settings

import jucuo

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")  # a busy machine is no fault of the code


@pytest.fixture(scope="session")
def nlp():
    """The shipped pipeline, loaded once."""
    return jucuo.load()
