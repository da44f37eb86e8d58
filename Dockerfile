# One image for web, worker, beat and migrate; docker-compose.yml says which command each runs.

FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
RUN python -m venv /venv
COPY requirements.txt .
# What stands below the line is for development only.
RUN sed '/^# == development ==/q' requirements.txt > production.txt \
    && /venv/bin/pip install --require-hashes -r production.txt

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=mentorship.settings
# The font that social cards are drawn with.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-dejavu-core && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin app && install -d -o app -g app /data/uploads
COPY --from=build /venv /venv
WORKDIR /app
COPY manage.py ./
COPY mentorship mentorship
COPY streams streams
COPY projects projects
COPY blog blog
COPY templates templates
COPY static static
# Hashed and compressed now, so that the web processes only read.
RUN SECRET_KEY=build ALLOWED_HOSTS=build BASE_URL=https://build DATABASE_URL=postgres://build REDIS_URL=redis://build \
    EMAIL_URL=smtp://build DEFAULT_FROM_EMAIL=build python manage.py collectstatic --noinput \
    && python -m compileall -q .
USER app
EXPOSE 8000
VOLUME /data/uploads
STOPSIGNAL SIGTERM
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "mentorship.wsgi:application"]
