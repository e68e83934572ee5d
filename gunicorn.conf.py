"""How gunicorn serves the dashboard; every value is explained where it is not obvious."""

import contextlib
import ctypes
import gc
import importlib
import logging
import os
import sys
import threading

import gunicorn.util

from settings import read_settings

# Two workers share the cores; threads of the linear algebra would only wait for each other, and
# make permutation tests two to four times slower. Must be set before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Memory that one thread has freed is otherwise kept for that thread: with 24 a worker grew to half
# as much again. Two such stores are enough where one thread computes at a time, and what is free at
# the end of a store goes back to the system.
_M_ARENA_MAX, _M_MMAP_THRESHOLD, _M_TRIM_THRESHOLD = -8, -3, -1
with contextlib.suppress(AttributeError):  # Other C libraries than glibc have no such stores.
    _mallopt = ctypes.CDLL(None).mallopt
    _mallopt(_M_ARENA_MAX, 2)
    # Only together: with the last alone every array would go back to the system, which is slow.
    _mallopt(_M_MMAP_THRESHOLD, 32 * 2**20)
    _mallopt(_M_TRIM_THRESHOLD, 16 * 2**20)


def _or_exit(make, *given):
    """What is made of the settings; without it there is one sentence and no server."""
    try:
        return make(*given)
    except ValueError as error:
        sys.exit(f"The server does not start. {error}")


_settings = _or_exit(read_settings)

# numpy comes with them.
from callbacks.server import wire  # noqa: E402
from callbacks.server.settled import settle  # noqa: E402

_or_exit(settle, _settings)

bind = _settings.bind
# Two of these in one request were not both written by the proxy.
_named = (_settings.auth_header, _settings.groups_header, _settings.purpose_header)
_once = frozenset(name.upper() for name in _named if name)
workers = 2
# Collects requests without threads, so that who sends slowly waits alone.
worker_class = "callbacks.server.worker.PatientWorker"
# Mostly they wait: for a slow reader to take its answer, or for the one that computes. With four,
# whoever asked for something small stood behind those who asked for something large.
threads = 24
# The studies are read and the application is warmed once; workers inherit both.
preload_app = True
# A read-only disk has neither a place for the control socket nor for heartbeat files.
control_socket_disable = True
worker_tmp_dir = "/dev/shm"
# The longest link that a page reads has 4000 characters, and twice that when it is escaped.
limit_request_line = 8190
limit_request_fields = 64
limit_request_field_size = 8190
# A proxy's headers say who asks (see callbacks/server/access.py) and nothing about the path.
forwarder_headers = ""
accesslog = None
# Without the query: it holds the filters, which say whom somebody looked at.
access_log_format = '%(h)s "%(m)s %(U)s" %(s)s %(b)s %(M)sms'
loglevel = "warning"


logging.getLogger("gunicorn.error").addFilter(wire.Counted())
gunicorn.util.write_error = wire.write_error


def when_ready(server):
    """Say where the dashboard is; what is loaded by now, workers share and never search again."""
    gc.collect()
    gc.freeze()
    print(f"HCC Cohort Explorer: http://{_settings.bind}{_settings.url_prefix}", flush=True)


def post_worker_init(worker):
    """Bound the waiting for the ends of connections, and load the second witness.

    Its import takes most of a second, and now nobody waits for it.
    """
    wire.close_elsewhere()
    threading.Thread(target=importlib.import_module, args=("lifelines",), daemon=True).start()


def worker_exit(server, worker):
    """Say of refused sign-ins what is not said yet; a worker that never was ready has none."""
    if getattr(worker, "wsgi", None) is not None:
        worker.wsgi.extensions["refusals"].flush(everything=True)


def pre_request(worker, request):
    """The head of a request was read."""
    wire.once(request, _once)
