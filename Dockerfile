# syntax=docker/dockerfile:1

# ── build: the locked dependencies and the program in one virtual environment ──
FROM python:3.11-slim-bookworm AS build
COPY --from=ghcr.io/astral-sh/uv:0.13 /uv /usr/local/bin/uv
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PROJECT_ENVIRONMENT=/opt/pullquote \
    UV_PYTHON_DOWNLOADS=never
WORKDIR /src
# dependencies change less often than the program, and keep a layer of their own
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-default-groups --no-install-project
COPY README.md LICENSE ./
COPY index ./index
COPY bot ./bot
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-default-groups --no-editable

# ── run: Python, that environment, and a user who owns nothing but the data ──
FROM python:3.11-slim-bookworm
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Pullquote" \
      org.opencontainers.image.description="A Discord bot that answers questions about the news with verbatim quotes." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
RUN groupadd --gid 10001 pullquote \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin pullquote \
    && install --directory --owner=10001 --group=10001 --mode=0700 /data
COPY --from=build /opt/pullquote /opt/pullquote
# the compiled search is kept with the data: a machine makes its own once, and the root file system
# may be read-only
ENV PATH=/opt/pullquote/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    NUMBA_CACHE_DIR=/data/compiled \
    PULLQUOTE_DATA_DIR=/data \
    PULLQUOTE_HEALTH_ADDRESS=127.0.0.1:8787 \
    PULLQUOTE_LOG_FORMAT=json
USER 10001:10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["pullquote", "health"]
ENTRYPOINT ["pullquote"]
CMD ["run"]
