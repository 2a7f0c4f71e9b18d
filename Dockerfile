# One image for web, worker and beat: docker-compose.yml says which command each runs.
FROM node:24.19.0-slim AS pages
WORKDIR /handhold/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
COPY backend/protocol/ ../backend/protocol/
RUN npm run build

FROM python:3.13.18-slim AS packages
COPY deploy/requirements.txt /requirements.txt
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --requirement /requirements.txt

FROM python:3.13.18-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /handhold
COPY --from=packages /venv /venv
COPY manage.py ./
COPY scripts/run scripts/run
COPY backend/ backend/
COPY --from=pages /handhold/frontend/dist/ frontend/dist/
RUN python -m whitenoise.compress --quiet frontend/dist \
  && python -m compileall -q backend && useradd --system --no-create-home --uid 10001 handhold \
  && install --directory --owner handhold --mode 700 /photos
ENV PHOTOS_FOLDER=/photos
USER handhold
EXPOSE 8000
ENV LISTEN=0.0.0.0:8000
CMD ["scripts/run", "web"]
