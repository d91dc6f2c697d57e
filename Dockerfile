# syntax=docker/dockerfile:1

# Builds what the server shows and knows: the page with its widget, and the models learned from the content.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY scripts scripts
COPY src src
COPY dialogs dialogs
COPY content content
COPY web web
RUN npm run build && chown -R node .cache
# Started once, so that what is compiled is kept too; Node keeps it for each user apart, and lets nobody else read it.
USER node
RUN DATA_DIR=/tmp timeout --preserve-status 10 node --max-semi-space-size=8 --heap-growing-percent=60 scripts/start.js

# The packages that the server needs. Node itself comes from the image, not from the optional packages.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3978 \
    DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY scripts/start.js scripts/build-web.ts scripts/backup.ts scripts/
COPY src src
COPY dialogs dialogs
COPY content content
COPY --from=build /app/web/dist web/dist
COPY --from=build --chown=node:node /app/.cache .cache
USER node
VOLUME /data
EXPOSE 3978
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process, so that SIGTERM reaches it and open turns are finished.
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=60", "scripts/start.js"]
