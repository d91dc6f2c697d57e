import restify from "restify";
import { type WebSocket, WebSocketServer } from "ws";

/** The floor of what a bot on this server can do: restify that reads JSON, answers it, and puts it on a socket, and no bot. */
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
const sockets = new Map<string, WebSocket>();
server.post("/api/messages", (request, response, next) => {
  const activity = request.body as { readonly text?: string; readonly conversation?: { readonly id?: string } };
  sockets.get(activity.conversation?.id ?? "")?.send(JSON.stringify({ activities: [{ type: "message", text: activity.text }] }));
  response.send(200, { activities: [{ type: "message", text: activity.text }] });
  next();
});
server.get("/healthz", (_request, response, next) => {
  response.send(200, { status: "ok" });
  next();
});
const streams = new WebSocketServer({ noServer: true });
server.server.on("upgrade", (request, socket, head) => {
  streams.handleUpgrade(request, socket, head, (stream) => sockets.set(String(request.url).slice(1), stream));
});
server.listen(Number(process.env["PORT"]), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
