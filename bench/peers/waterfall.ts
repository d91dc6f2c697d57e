import { createRequire } from "node:module";
import { join } from "node:path";
import type { StatePropertyAccessor, TurnContext } from "botbuilder";
import restify from "restify";

/**
 * A bot as Microsoft's core-bot sample has it: a waterfall of prompts on botbuilder-dialogs, its state in memory. The packages
 * come from the folder DIALOGS, since this project does not use botbuilder-dialogs.
 */
interface Step {
  readonly context: TurnContext;
  readonly result: unknown;
  prompt(dialog: string, options: { readonly prompt: string }): Promise<unknown>;
  endDialog(result?: unknown): Promise<unknown>;
}

interface DialogSet {
  add(dialog: unknown): void;
  createContext(context: TurnContext): Promise<{
    continueDialog(): Promise<{ readonly status: string }>;
    beginDialog(id: string): Promise<unknown>;
  }>;
}

interface Dialogs {
  readonly DialogSet: new (state: StatePropertyAccessor) => DialogSet;
  readonly TextPrompt: new (id: string) => unknown;
  readonly WaterfallDialog: new (id: string, steps: readonly ((step: Step) => Promise<unknown>)[]) => unknown;
}

const load = createRequire(join(process.env["DIALOGS"] ?? ".", "any.js"));
const { CloudAdapter, ConfigurationBotFrameworkAuthentication, ConversationState, MemoryStorage, UserState } = load(
  "botbuilder",
) as typeof import("botbuilder");
const { DialogSet, TextPrompt, WaterfallDialog } = load("botbuilder-dialogs") as Dialogs;

const storage = new MemoryStorage();
const conversationState = new ConversationState(storage);
const userState = new UserState(storage);
const dialogs = new DialogSet(conversationState.createProperty("dialogs"));
const ask = (text: string) => async (step: Step) => await step.prompt("text", { prompt: text });
dialogs.add(new TextPrompt("text"));
dialogs.add(
  new WaterfallDialog("main", [
    ask("Where is the cramp?"),
    ask("Is any of these true: swelling, numbness, a fall?"),
    ask("How bad is it from 0 to 10?"),
    async (step) => {
      await step.context.sendActivity("Stretch it gently for thirty seconds.");
      return await step.endDialog();
    },
  ]),
);

const server = restify.createServer();
server.use(restify.plugins.bodyParser());
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
server.post("/api/messages", async (request, response) => {
  await adapter.process(request, response, async (context: TurnContext) => {
    const dialog = await dialogs.createContext(context);
    const { status } = await dialog.continueDialog();
    if (status === "empty" || status === "complete") await dialog.beginDialog("main");
    await conversationState.saveChanges(context, false);
    await userState.saveChanges(context, false);
  });
});
server.get("/healthz", (_request, response, next) => {
  response.send(200, { status: "ok" });
  next();
});
server.listen(Number(process.env["PORT"]), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
