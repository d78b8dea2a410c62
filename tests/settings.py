"""The product's settings over a house of the tests' own: a temporary folder with fresh keys, thrown away at the end.

The database is SQLite, or with XIEZUO_TEST_POSTGRES (postgresql://user@host:port/name) a database on that server whose
name starts with `name`; each run makes its own and drops it.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from scripts.messages import compile_stale
from xiezuo.common.keys import write_new_keys

HOUSE = Path(tempfile.mkdtemp(prefix="xiezuo-test-"))
atexit.register(shutil.rmtree, HOUSE, ignore_errors=True)
write_new_keys(HOUSE)
for name in [name for name in os.environ if name.startswith("XIEZUO_") and "TEST" not in name]:
    del os.environ[name]
os.environ["XIEZUO_HOUSE"] = str(HOUSE)
compile_stale()

SERVER = os.environ.get("XIEZUO_TEST_POSTGRES", "")
if SERVER:
    SERVER, _, prefix = SERVER.rpartition("/") if SERVER.count("/") > 2 else (SERVER, "", "")
    run = os.environ.get("XIEZUO_TEST_RUN", str(os.getpid()))
    os.environ["XIEZUO_DATABASE"] = f"{SERVER}/{prefix or 'xiezuo'}_test_{run}"

from xiezuo.config.settings import *  # noqa: E402, F403
from xiezuo.config.settings import DATABASES, INSTALLED_APPS  # noqa: E402

if SERVER:
    DATABASES["default"]["TEST"] = {"NAME": DATABASES["default"]["NAME"]}
# Django would read every table once to copy it; no test asks for that, and some tables are behind the wall.
TEST_NON_SERIALIZED_APPS = [app for app in INSTALLED_APPS if app.startswith("xiezuo.")]
# Strong password hashes are slow on purpose; tests log in often.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
