# HCC Cohort Explorer for an internal server; docs/operations.md says how it is run.
#   docker build -t hcc-cohort-explorer .
#
# The base image is named by its tag, which its publisher moves with every security update. Name
# the one you have examined by its digest:
#   docker build --build-arg PYTHON=python@sha256:… -t hcc-cohort-explorer .
#
# Studies in PostgreSQL or behind Spark Connect need a library more (docs/warehouse.md):
#   docker build --build-arg LOCK=requirements-postgres.lock -t hcc-cohort-explorer .
ARG PYTHON=python:3.11-slim

# ---- The libraries: the only step that needs a package index.
FROM ${PYTHON} AS libraries
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
ARG LOCK=requirements.lock
COPY ${LOCK} /requirements.lock
# Every file is compared with the hash in the lock.
RUN python -m venv /opt/libraries \
    && /opt/libraries/bin/pip install --no-compile --require-hashes \
        -r /requirements.lock
# A third of it is never read: what lifelines draws with, and what builds; plotly's classes of traces
# and its copies of the drawing library (figures are plain tables here, and the browser has its own);
# what lxml has beside its parser; the dialects of databases that are not asked; what statsmodels has
# beside generalised linear models; tests; sources and headers in C, stubs for editors, maps for
# debuggers of scripts. The texts of licences stay. python-pptx asks for Pillow when it is loaded, and
# needs it for pictures only, which no slide has: three empty files stand in its place. Compiled now,
# because nothing can be written later and compiling at each start would take seconds.
RUN /opt/libraries/bin/pip uninstall --quiet --yes \
        contourpy cycler fonttools kiwisolver matplotlib pillow pyparsing setuptools pip \
    && cd /opt/libraries/lib/python3.*/site-packages \
    && rm -r plotly/express plotly/figure_factory plotly/graph_objs/*/ plotly/labextension \
        plotly/matplotlylib plotly/package_data plotly/validators \
        lxml/html lxml/includes lxml/isoschematron \
        sqlglot/executor \
        statsmodels/datasets statsmodels/discrete statsmodels/distributions statsmodels/duration \
        statsmodels/gam statsmodels/imputation statsmodels/miscmodels \
        statsmodels/multivariate statsmodels/nonparametric statsmodels/othermod \
        statsmodels/robust statsmodels/sandbox statsmodels/treatment statsmodels/tsa \
    && mkdir PIL && touch PIL/__init__.py PIL/Image.py PIL/ImageFont.py \
    && find sqlglot -regextype posix-extended \
        -regex 'sqlglot/(dialects|generators|parsers|typing)/.*\.py' \
        ! -regex '.*/(__init__|base|dialect|duckdb|hive|postgres|spark2?)\.py' -delete \
    && find /opt/libraries -type d -name tests -prune -exec rm -rf {} + \
    && find /opt/libraries/lib -type f -regextype posix-extended \
        -regex '.*\.(a|c|cpp|h|hpp|map|pxd|pxi|pyi|pyx)' -delete \
    && python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/libraries

# ---- The dashboard.
FROM ${PYTHON}
LABEL org.opencontainers.image.title="HCC Cohort Explorer"
WORKDIR /app
COPY --from=libraries /opt/libraries /opt/libraries
COPY app.py settings.py gunicorn.conf.py ./
COPY analysis analysis
COPY assets assets
COPY callbacks callbacks
COPY data data
COPY layouts layouts
RUN python -m compileall -q --invalidation-mode unchecked-hash . && mkdir /studies

# Nothing is written at run time: neither bytecode nor logs nor a control socket.
ENV PATH=/opt/libraries/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 PORT=8050 STUDIES_DIR=/studies
# A number and not a name, so that an orchestrator can see that it is not root; all files belong to
# root and cannot be changed by it.
USER 10001:10001
EXPOSE 8050
STOPSIGNAL SIGTERM
# The body is compared: any path of a web page answers something.
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \
    CMD ["python", "-c", "import http.client, os, sys; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); c.request('GET', '/healthz'); sys.exit(c.getresponse().read() != b'OK')"]
CMD ["gunicorn", "app:server"]
