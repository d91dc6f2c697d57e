import type { Activity, ConversationReference, TurnContext } from "botbuilder";
import type { BotFrameworkConfig } from "../../config.ts";
import { UserError } from "../../errors.ts";
import { createLanes } from "../../turns/lanes.ts";
import type { Handled, HandOffCall, Outgoing, Turns } from "../../turns/port.ts";
import { type Call, HttpError, type Route, readJson, sendJson } from "../http/http.ts";
import { isRecord } from "../http/is-record.ts";
import { type CheckedActivity, checkActivity, conversationKey, deliveryOf, scopeOf, settingOf, whatOf } from "./activity-in.ts";
import { activitiesOf, type Place, plainActivity, TYPING } from "./activity-out.ts";
import type { Adapter } from "./adapter.ts";
import { authenticate } from "./authenticate.ts";
import { type Clinic, createClinicChannel } from "./clinic-channel.ts";
import { ConnectorError } from "./connector-error.ts";
import { createDelivery, type Pace, REAL_PACE } from "./delivery.ts";
import { createOnce } from "./once.ts";
import { isAllowedServiceUrl, isThisMachine } from "./outbound-hosts.ts";

export const CHANNEL = "bot-framework";

export interface BotFrameworkParts {
  /** People are passed on by a hub behind the channel. */
  readonly hub?: boolean;
  /** People are passed on by a card into a channel of clinicians. */
  readonly clinic?: Clinic | null;
  readonly turns: Turns;
  readonly config: BotFrameworkConfig;
  /** Where clients reach the server; Teams fetches pictures there when it is https. */
  readonly publicUrl: string | null;
  readonly now: () => number;
  /** A message could not be delivered; the outbox tries again. */
  readonly failed: (error: unknown) => void;
  readonly pace?: Pace;
}

export interface BotFramework {
  readonly routes: readonly Route[];
  /** Loads the SDK. */
  load(): Promise<unknown>;
  /** Tells the channel of clinicians of somebody who asks for a person; null without one. */
  readonly tellClinic: ((call: HandOffCall) => Promise<void>) | null;
}

/** Teams waits 15 s for the answer and then sends the message again. */
const TURN_DEADLINE = 12_000;
/** What a timer says holds up its conversation meanwhile; later the outbox takes over. */
const PROACTIVE_DEADLINE = 5_000;
const TYPING_AFTER = 1_000;

/**
 * `POST /api/messages`: Teams and every other channel of Azure. The SDK is loaded at the first call or soon after the start,
 * since it takes half a second.
 */
export function createBotFramework(parts: BotFrameworkParts): BotFramework {
  const { turns, config, publicUrl, hub = false, clinic = null, now, failed, pace = REAL_PACE } = parts;
  const local = config.app === null;
  const appId = config.app?.id ?? null;
  const pictures = publicUrl?.startsWith("https://") === true ? `${publicUrl}/pictures` : null;
  const delivery = createDelivery(pace);
  const inThread = createLanes();
  const once = createOnce();
  let loading: Promise<Adapter> | null = null;
  const load = (): Promise<Adapter> => {
    loading ??= loadAdapter(config, local);
    return loading;
  };

  if (clinic !== null && !isAllowedServiceUrl(clinic.serviceUrl, local))
    throw new UserError(
      "config-invalid",
      `HANDOFF_TEAMS_SERVICE_URL ${clinic.serviceUrl} is no address of Microsoft's channels, so the bot may not call it.`,
    );
  const clinicians =
    clinic === null ? null : createClinicChannel({ clinic, appId: appId ?? "", turns, delivery, adapter: load, now, failed });

  /** Posts the replies in order, each acknowledged as it arrives. A reply that is under way or has arrived is not posted again. */
  const post = async (
    context: TurnContext,
    key: string,
    place: Place,
    replies: readonly Outgoing[],
    kept: boolean,
    deadline: number,
  ): Promise<void> => {
    const thread = context.activity.conversation.id;
    const messages = activitiesOf(
      replies.map(({ reply }) => reply),
      place,
    );
    await inThread(thread, async () => {
      for (const [at, one] of replies.entries()) {
        const send = async () => {
          for (const message of messages[at] ?? [])
            await delivery.send(thread, deadline, () => sendOne(context, message, plainActivity(one.reply)));
        };
        if (!kept) await send();
        else {
          await once(`${key}#${one.sequence}`, send);
          await turns.acknowledge(key, [one]);
        }
      }
    });
  };

  turns.connect(CHANNEL, async ({ conversation, reference }, replies) => {
    if (reference === null) return "gone";
    const adapter = await load();
    const to = JSON.parse(reference) as ConversationReference;
    if (!isAllowedServiceUrl(to.serviceUrl, local)) return "gone";
    const place = { channelId: to.channelId, scope: scopeOf(to.conversation), pictures, appId, hub };
    try {
      await adapter.continueConversationAsync(appId ?? "", to, async (context) => {
        // The SDK makes an id up for the occasion, which would be sent as the message that is answered.
        delete context.activity.id;
        await post(context, conversation, place, replies, true, pace.now() + PROACTIVE_DEADLINE);
      });
    } catch (error) {
      if (error instanceof ConnectorError && error.isFinal) return "gone";
      throw error;
    }
    return "arrived";
  });

  const messages = async (call: Call): Promise<void> => {
    const deadline = pace.now() + TURN_DEADLINE;
    if (local && !isThisMachine(call.request.headers.host))
      throw new HttpError(403, "HostRefused", "Without MicrosoftAppId only this machine is served, by its own name.");
    const activity = checkActivity(await readJson(call.request));
    checkServiceUrl(activity, local);
    const adapter = await load();
    const sent = activity.raw as unknown as Activity;
    const caller = await authenticate(adapter, sent, call.request.headers.authorization ?? "");
    if (await clinicians?.take(activity, (turn) => adapter.run(caller, sent, turn))) return sendNothing(call);
    const key = conversationKey(activity);
    if (isFarewell(activity)) await turns.leave(key);
    const what = whatOf(activity);
    if (what === null) return sendNothing(call);
    const answer = await adapter.run(caller, sent, async (context) => {
      const running = handle(activity, what);
      const handled = activity.expectsReplies ? await running : await showTyping(context, activity, running);
      const replies =
        handled.repeated && !activity.expectsReplies ? handled.replies.filter(({ pending }) => pending) : handled.replies;
      if (replies.length === 0) return;
      const place = { channelId: activity.channelId, scope: scopeOf(activity.conversation), pictures, appId, hub };
      if (activity.expectsReplies)
        await context.sendActivities(
          activitiesOf(
            replies.map(({ reply }) => reply),
            place,
          ).flat(),
        );
      else await deliver(context, key, place, replies, handled.kept, deadline);
    });
    if (answer === undefined || answer === null) sendNothing(call);
    else sendJson(call.response, answer.status, answer.body ?? {});
  };

  /** Whatever is not delivered now stays in the outbox. Only what could not be kept is left to the channel to send again. */
  const deliver = async (...[context, key, place, replies, kept, deadline]: Parameters<typeof post>): Promise<void> => {
    try {
      await post(context, key, place, replies, kept, deadline);
    } catch (error) {
      if (error instanceof ConnectorError && error.isFinal) {
        await turns.acknowledge(key, replies);
        await turns.leave(key);
        return;
      }
      failed(error);
      if (!kept) throw new HttpError(503, "ServiceUnavailable", "The answer could not be delivered.", { "Retry-After": "5" });
    }
  };

  const handle = async (activity: CheckedActivity, what: NonNullable<ReturnType<typeof whatOf>>): Promise<Handled> => {
    return await turns.handle({
      conversation: conversationKey(activity),
      channel: CHANNEL,
      activity: deliveryOf(activity),
      what,
      reference: activity.expectsReplies ? null : JSON.stringify(referenceOf(activity)),
      echo: null,
      mustDeliver: !activity.expectsReplies,
      at: now(),
      ...settingOf(activity),
    });
  };

  /** "Unknot is typing" for what takes more than a second. Channels of a team do not show it. */
  const showTyping = async (context: TurnContext, activity: CheckedActivity, running: Promise<Handled>): Promise<Handled> => {
    if (scopeOf(activity.conversation) === "channel") return await running;
    const late = Symbol("late");
    let timer: NodeJS.Timeout | undefined;
    const alarm = new Promise<typeof late>((resolve) => {
      timer = setTimeout(resolve, TYPING_AFTER, late);
    });
    const first = await Promise.race([running, alarm]);
    clearTimeout(timer);
    if (first !== late) return first;
    await context.sendActivity(TYPING).catch(failed);
    return await running;
  };

  const routes: Route[] = [{ method: "POST", path: "/api/messages", handle: messages, cors: false }];
  return { routes, load, tellClinic: clinicians?.tell ?? null };
}

async function loadAdapter(config: BotFrameworkConfig, local: boolean): Promise<Adapter> {
  const { createAdapter } = await import("./adapter.ts");
  const { createConnectorHttp } = await import("./connector-http.ts");
  return createAdapter(
    config.settings,
    createConnectorHttp((url) => isAllowedServiceUrl(url, local)),
  );
}

/** A card that the channel refuses must not cost the text. */
async function sendOne(context: TurnContext, message: Partial<Activity>, plain: Partial<Activity>): Promise<void> {
  try {
    await context.sendActivity(message);
  } catch (error) {
    const refused = error instanceof ConnectorError && (error.status === 400 || error.status === 413);
    if (!refused || message.attachments === undefined) throw error;
    if (message.text !== undefined) await context.sendActivity(plain);
  }
}

function sendNothing({ response }: Call): void {
  response.writeHead(200, { "Content-Length": 0 });
  response.end();
}

/** The person took the bot away. */
function isFarewell({ type, raw, bot }: CheckedActivity): boolean {
  if (type === "installationUpdate") return raw["action"] === "remove" || raw["action"] === "remove-upgrade";
  const removed = raw["membersRemoved"];
  return type === "conversationUpdate" && Array.isArray(removed) && removed.some((one) => isRecord(one) && one["id"] === bot);
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

function referenceOf({ raw }: CheckedActivity): Partial<ConversationReference> {
  const { from, recipient, conversation, channelId, serviceUrl, locale } = raw as unknown as Activity;
  return { user: from, bot: recipient, conversation, channelId, serviceUrl, ...(locale === undefined ? {} : { locale }) };
}
