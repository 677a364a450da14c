FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY fixtures fixtures
COPY migrations migrations
COPY src src
COPY scripts scripts
# Leaves V8's code cache for this very Node in dist.
RUN npm run build

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund \
 # better-sqlite3 carries its sources and the binaries of every platform; only this platform's binary runs here.
 && cd node_modules/better-sqlite3 && rm -rf deps src \
 && find prebuilds -name '*.node' ! -name "linux-$(node -p process.arch).node" -delete

FROM node:24-slim
# Signals reach the process itself, and nothing is written unless DATA_DIR says where.
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json LICENSE ./
COPY fixtures fixtures
COPY migrations migrations
COPY openapi.yaml ./
COPY docs/api docs/api
COPY --from=build /app/dist dist
# A volume mounted here belongs to the user that runs.
RUN install --directory --owner=1000 --group=1000 /data
# The user `node`, as a number: Kubernetes' runAsNonRoot refuses a name.
USER 1000:1000
STOPSIGNAL SIGTERM
EXPOSE 8080
# bash asks in 2 ms of processor time, where a Node process takes 100 ms. A long interval would delay the first check, and
# --start-interval is unknown to Docker before 25 and to the buildah of Debian 12.
HEALTHCHECK --interval=2s --timeout=3s --start-period=5s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/$HOST/${PORT:-8080} && printf 'GET /_emulator/health HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["node", "/app/dist/bin.cjs"]
