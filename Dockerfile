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
RUN npm run build

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
COPY scripts/start.ts scripts/build-web.ts scripts/
COPY src src
COPY dialogs dialogs
COPY content content
COPY --from=build /app/web/dist web/dist
COPY --from=build /app/.cache .cache
USER node
VOLUME /data
EXPOSE 3978
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process, so that SIGTERM reaches it and open turns are finished.
CMD ["node", "scripts/start.ts"]
