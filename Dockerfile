# One image for every app; docker-compose.yml chooses which one a container runs.

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The workspace with the embedded binaries stays out: here PostgreSQL is a service and ffmpeg comes from Debian.
RUN npm ci --omit=dev --workspaces=false --no-audit --no-fund

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --workspaces=false --no-audit --no-fund
COPY .swcrc ./
COPY apps ./apps
COPY libs ./libs
COPY migrations ./migrations
COPY scripts ./scripts
RUN node scripts/build.mjs && find dist -name '*.map' -delete && rm -rf dist/apps/standalone dist/libs/testing

FROM node:24-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends bubblewrap ffmpeg tini util-linux \
  && rm -rf /var/lib/apt/lists/* \
  && install -d -o node -g node /data /media \
  && install -d -o node -g node -m 700 /secrets
WORKDIR /app
COPY package.json LICENSE* ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# `docker compose exec api stillflow doctor`, and the like.
COPY scripts/stillflow /usr/local/bin/
USER node
# One arena: glibc would keep freed memory apart for every thread, 100 MB more in a busy worker.
ENV NODE_ENV=production \
  MALLOC_ARENA_MAX=1 \
  HOST=0.0.0.0 \
  PORT=8080 \
  HEALTH_PORT=8081 \
  DRAIN_SECONDS=5 \
  SHUTDOWN_GRACE_SECONDS=20 \
  STILLFLOW_DATA_DIR=/data \
  STORAGE_URL=file:/media
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HEALTH_PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# ffmpeg's children need an init that reaps them.
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/apps/api/src/main.js"]
