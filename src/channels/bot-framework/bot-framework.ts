import type { Activity, ConversationReference } from "botbuilder";
import type { BotFrameworkConfig } from "../../config.ts";
import type { Handled, Turns } from "../../turns/port.ts";
import { type Call, HttpError, type Route, readJson, sendJson } from "../http/http.ts";
import { type CheckedActivity, checkActivity, conversationKey, settingOf, whatOf } from "./activity-in.ts";
import { activityOf } from "./activity-out.ts";
import type { Adapter } from "./adapter.ts";
import { isAllowedServiceUrl } from "./outbound-hosts.ts";

export const CHANNEL = "bot-framework";

export interface BotFrameworkParts {
  readonly turns: Turns;
  readonly config: BotFrameworkConfig;
  readonly now: () => number;
}

/**
 * `POST /api/messages`: Teams and every other channel of Azure. The SDK is loaded at the first call or soon after the start,
 * since it takes half a second.
 */
export function createBotFramework({ turns, config, now }: BotFrameworkParts): {
  routes: readonly Route[];
  load: () => Promise<unknown>;
} {
  const local = config.app === null;
  let loading: Promise<Adapter> | null = null;
  const load = (): Promise<Adapter> => {
    loading ??= Promise.all([import("./adapter.ts"), import("./connector-http.ts")]).then(
      ([{ createAdapter }, { createConnectorHttp }]) =>
        createAdapter(
          config.settings,
          createConnectorHttp((url) => isAllowedServiceUrl(url, local)),
        ),
    );
    return loading;
  };

  turns.connect(CHANNEL, async ({ reference }, replies) => {
    if (reference === null) throw new Error("no conversation reference is known");
    const adapter = await load();
    const to = JSON.parse(reference) as ConversationReference;
    await adapter.continueConversationAsync(config.app?.id ?? "", to, async (context) => {
      await context.sendActivities(replies.map(({ reply }) => activityOf(reply, to.channelId)));
    });
  });

  const messages = async (call: Call): Promise<void> => {
    const activity = checkActivity(await readJson(call.request));
    checkServiceUrl(activity, local);
    const adapter = await load();
    const sent = activity.raw as unknown as Activity;
    const caller = await authenticate(adapter, sent, call.request.headers.authorization ?? "");
    const answer = await adapter.run(caller, sent, async (context) => {
      const handled = await handle(activity);
      if (handled === null) return;
      const replies =
        handled.repeated && !activity.expectsReplies ? handled.replies.filter(({ pending }) => pending) : handled.replies;
      if (replies.length === 0) return;
      await context.sendActivities(replies.map(({ reply }) => activityOf(reply, activity.channelId)));
      if (handled.kept) await turns.acknowledge(conversationKey(activity), replies);
    });
    if (answer === undefined || answer === null) call.response.writeHead(200, { "Content-Length": 0 }).end();
    else sendJson(call.response, answer.status, answer.body ?? {});
  };

  const handle = async (activity: CheckedActivity): Promise<Handled | null> => {
    const what = whatOf(activity);
    if (what === null) return null;
    return await turns.handle({
      conversation: conversationKey(activity),
      channel: CHANNEL,
      activity: activity.id === null ? null : `${activity.type}:${activity.id}`,
      what,
      reference: activity.expectsReplies ? null : JSON.stringify(referenceOf(activity)),
      echo: null,
      mustDeliver: !activity.expectsReplies,
      at: now(),
      ...settingOf(activity),
    });
  };

  return { routes: [{ method: "POST", path: "/api/messages", handle: messages, cors: false }], load };
}

/** Without an app id nobody is authenticated: then replies go back in the answer, or to this machine, and nowhere else. */
function checkServiceUrl({ serviceUrl, expectsReplies }: CheckedActivity, local: boolean): void {
  if (serviceUrl === null) {
    if (local && expectsReplies) return;
    throw new HttpError(400, "MissingProperty", 'The activity needs a "serviceUrl".');
  }
  if (local && expectsReplies) return;
  if (!isAllowedServiceUrl(serviceUrl, local))
    throw new HttpError(403, "ServiceUrlRefused", "Replies are not sent to this serviceUrl.");
}

/** @throws HttpError 401 for a caller that is not Microsoft's, 503 when its keys cannot be fetched; nothing of the inside */
async function authenticate(adapter: Adapter, activity: Activity, header: string) {
  try {
    return await adapter.authenticate(activity, header);
  } catch (error) {
    if (isUnreachable(error))
      throw new HttpError(503, "ServiceUnavailable", "The keys to check the token cannot be reached.", { "Retry-After": "5" });
    throw new HttpError(401, "Unauthorized", "The request is not authorized.");
  }
}

/** The SDK fetches Microsoft's keys when a token names one it does not know yet; that may fail for its own reasons. */
function isUnreachable(error: unknown): boolean {
  const text = error instanceof Error ? `${error.name} ${error.message}` : "";
  return /FetchError|ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|ECONNRESET|Failed to load openID|socket hang up/i.test(text);
}

function referenceOf({ raw }: CheckedActivity): Partial<ConversationReference> {
  const { id, from, recipient, conversation, channelId, serviceUrl, locale } = raw as unknown as Activity;
  return {
    ...(id === undefined ? {} : { activityId: id }),
    user: from,
    bot: recipient,
    conversation,
    channelId,
    serviceUrl,
    ...(locale === undefined ? {} : { locale }),
  };
}
