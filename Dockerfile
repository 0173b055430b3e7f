# Untested here: no container engine runs where this project is built and tested. Reports are welcome.
# Two stages: the locked packages and Cotrace as a wheel, then an image without compilers and without root.
FROM debian:12-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY requirements requirements
RUN python3 -m venv /opt/cotrace \
 && /opt/cotrace/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt -r requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY scripts scripts
COPY src src
RUN /opt/cotrace/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends python3 tzdata && rm -rf /var/lib/apt/lists/* \
 && useradd --system --create-home --home-dir /var/lib/cotrace cotrace \
 && chmod 700 /var/lib/cotrace
COPY --from=build /opt/cotrace /opt/cotrace
USER cotrace
WORKDIR /var/lib/cotrace
ENV PATH=/opt/cotrace/bin:$PATH COTRACE_HOME=/var/lib/cotrace PYTHONUNBUFFERED=1
EXPOSE 8000
CMD ["cotrace", "serve", "--host", "0.0.0.0", "--port", "8000", "--no-worker"]
