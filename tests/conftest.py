"""What holds for every test."""

import os

from hypothesis import settings

# A machine that judges a change judges it by the same examples each time; people meet new ones with every run.
settings.register_profile("the same for everyone", derandomize=True)
if os.environ.get("CI") == "true":
    settings.load_profile("the same for everyone")
