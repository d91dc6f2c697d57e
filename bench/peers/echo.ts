import { ActivityTypes, CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from "botbuilder";
import restify from "restify";

/** The peer of the web bench: Microsoft's echo bot with no state at all, as its samples write it. */
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
server.post("/api/messages", async (request, response) => {
  await adapter.process(request, response, async (context: TurnContext) => {
    if (context.activity.type === ActivityTypes.Message) await context.sendActivity(`Echo: ${context.activity.text}`);
  });
});
server.get("/healthz", (_request, response, next) => {
  response.send(200, { status: "ok" });
  next();
});
server.listen(Number(process.env["PORT"]), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
