/** Imports run one way: content ← care ← understanding ← dialogs ← turns ← channels ← server ← main (docs/architecture.md). */
const layers = [
  { name: "care", path: "^src/care/" },
  { name: "understanding", path: "^src/understanding/" },
  { name: "dialogs", path: "^dialogs/" },
  { name: "store", path: "^src/store/" },
  { name: "turns", path: "^src/turns/" },
  { name: "channels", path: "^src/channels/" },
  { name: "server", path: "^src/server\\.ts$" },
  { name: "telemetry", path: "^src/telemetry/" },
  { name: "composition", path: "^src/(main|open-channels|chat|understand|load|learn|observe|environment)\\.ts$" },
];
/** What anything may use. */
const ground = "^src/(errors|config|setting-reader|hand-off-settings|loopback|request-id)\\.ts$";

const oneWay = layers.flatMap((layer, at) => {
  const above = layers.slice(at + 1).map(({ path }) => path);
  return above.length === 0
    ? []
    : [
        {
          name: `${layer.name}-looks-up`,
          comment: `${layer.name} must not import what stands above it: move the shared part down, or pass it in.`,
          severity: "error",
          from: { path: layer.path },
          to: { path: above.join("|") },
        },
      ];
});

const only = (name, packages, folders, comment) => ({
  name,
  comment,
  severity: "error",
  from: { pathNot: folders },
  to: { path: `node_modules/(${packages})(/|$)` },
});

export default {
  forbidden: [
    ...oneWay,
    { name: "ground-is-below", comment: "src/errors.ts, src/loopback.ts, src/request-id.ts, the settings and their reader import nothing but each other.", severity: "error", from: { path: ground }, to: { path: "^(src|dialogs)/", pathNot: ground } },
    { name: "conversation-is-pure", comment: "dialogs/ takes no clock, no file and no network: pass it in.", severity: "error", from: { path: "^dialogs/" }, to: { dependencyTypes: ["core", "npm"] } },
    { name: "content-is-data", comment: "dialogs and understanding see content as src/care loaded it.", severity: "error", from: { path: "^(dialogs|src/understanding)/" }, to: { path: "^content/" } },
    only("sdk-at-the-door", "botbuilder[^/]*|botframework-[^/]*", "^(src/channels/bot-framework/|tests/|bench/|scripts/)", "The Bot Framework SDK stays in src/channels/bot-framework."),
    only("natural-in-understanding", "natural", "^(src/understanding/|bench/)", "natural is used by src/understanding alone."),
    only("restify-in-server", "restify", "^(src/server\\.ts|bench/)", "restify is used by src/server.ts alone; channels give it plain routes."),
    only("drivers-in-store", "pg", "^(src/store/|tests/|bench/)", "Database drivers are used by src/store alone."),
    { name: "require-in-understanding", comment: "createRequire is for the parts of natural and the word list, which cannot be imported without the whole; import everything else. The start asks for the cache of compiled code.", severity: "error", from: { pathNot: "^(src/understanding/|scripts/start[.]js$|tests/|bench/)" }, to: { path: "^(node:)?module$" } },
    { name: "no-cycles", comment: "Two files that need each other are one file, or need a third.", severity: "error", from: { path: "^(src|dialogs)/" }, to: { circular: true, dependencyTypesNot: ["type-only"] } },
    { name: "no-dev-in-product", comment: "Development packages are not there in production.", severity: "error", from: { path: "^(src|dialogs)/" }, to: { dependencyTypes: ["npm-dev"] } },
    { name: "nothing-dangling", comment: "The import leads nowhere.", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^web/dist" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
};
