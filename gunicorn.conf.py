"""How gunicorn serves the dashboard; every value is explained where it is not obvious."""

import os

from settings import read_settings

# Two workers share the cores; threads of the linear algebra would only wait for each other, and
# make permutation tests two to four times slower. Must be set before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

_settings = read_settings()
bind = f"{_settings.host}:{_settings.port}"
workers = 2
threads = 4
# The studies are read and the application is warmed once; workers inherit both.
preload_app = True
# A read-only disk has neither a place for the control socket nor for heartbeat files.
control_socket_disable = True
worker_tmp_dir = "/dev/shm"
accesslog = None
# Without the query: it holds the filters, which say whom somebody looked at.
access_log_format = '%(h)s "%(m)s %(U)s" %(s)s %(b)s %(M)sms'
loglevel = "warning"


def when_ready(server):
    """Say where the dashboard is."""
    print(f"HCC Cohort Explorer: http://{_settings.host}:{_settings.port}", flush=True)
