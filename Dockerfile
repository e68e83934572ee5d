# HCC Cohort Explorer for an internal server:
#   docker build -t hcc-cohort-explorer .
#   docker run --read-only -p 8050:8050 -v /path/to/studies:/studies:ro hcc-cohort-explorer
FROM python:3.11-slim

WORKDIR /app
COPY requirements.lock .
RUN pip install --no-cache-dir --no-compile --require-hashes -r requirements.lock

COPY app.py settings.py gunicorn.conf.py ./
COPY analysis analysis
COPY assets assets
COPY callbacks callbacks
COPY data data
COPY layouts layouts

# Nothing is written at run time: neither bytecode nor logs nor a control socket.
ENV HOST=0.0.0.0 PORT=8050 STUDIES_DIR=/studies PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
RUN mkdir /studies
USER 65534:65534
EXPOSE 8050
HEALTHCHECK CMD ["python", "-c", "import os, urllib.request as u; assert u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz').read() == b'OK'"]
CMD ["gunicorn", "app:server"]
