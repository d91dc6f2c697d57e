import type { Activity, ConversationReference, TurnContext } from "botbuilder";
import type { BotFrameworkConfig } from "../../config.ts";
import { UserError } from "../../errors.ts";
import type { Deliver, Handled, HandOffCall, Incoming, Outgoing, Recipient, Turns } from "../../turns/port.ts";
import { type Call, HttpError, type Route, readJson, sendJson } from "../http/http.ts";
import { isRecord } from "../http/is-record.ts";
import { type CheckedActivity, checkActivity, conversationKey, deliveryOf, scopeOf, settingOf, whatOf } from "./activity-in.ts";
import { activitiesOf, type Place } from "./activity-out.ts";
import type { Adapter } from "./adapter.ts";
import { authenticate } from "./authenticate.ts";
import { type Clinic, type ClinicChannel, createClinicChannel } from "./clinic-channel.ts";
import { ConnectorError } from "./connector-error.ts";
import { createDelivery, type Pace, REAL_PACE } from "./delivery.ts";
import { isAllowedServiceUrl, isThisMachine } from "./outbound-hosts.ts";
import { createPosting, type Posting } from "./posting.ts";
import { showTyping } from "./typing.ts";

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

/** What the door to Azure works with. */
interface Door {
  readonly turns: Turns;
  readonly posting: Posting;
  readonly load: () => Promise<Adapter>;
  readonly clinicians: ClinicChannel | null;
  /** Nobody is authenticated: only this machine is served. */
  readonly local: boolean;
  readonly appId: string | null;
  readonly placeOf: (channelId: string, conversation: Parameters<typeof scopeOf>[0]) => Place;
  readonly now: () => number;
  /** The clock of deadlines. */
  readonly clock: () => number;
  readonly failed: (error: unknown) => void;
}

/**
 * `POST /api/messages`: Teams and every other channel of Azure. The SDK is loaded at the first call or soon after the start,
 * since it takes half a second.
 * @throws UserError config-invalid when the clinicians' channel is not at Microsoft
 */
export function createBotFramework(parts: BotFrameworkParts): BotFramework {
  const { turns, config, publicUrl, hub = false, clinic = null, now, failed, pace = REAL_PACE } = parts;
  const local = config.app === null;
  const appId = config.app?.id ?? null;
  const pictures = publicUrl?.startsWith("https://") === true ? `${publicUrl}/pictures` : null;
  const delivery = createDelivery(pace);
  let loading: Promise<Adapter> | null = null;
  const load = (): Promise<Adapter> => {
    loading ??= loadAdapter(config, local);
    return loading;
  };
  if (clinic !== null) checkClinic(clinic, local);
  const clinicians =
    clinic === null ? null : createClinicChannel({ clinic, appId: appId ?? "", turns, delivery, adapter: load, now, failed });
  const door: Door = {
    turns,
    posting: createPosting({ turns, delivery, failed }),
    load,
    clinicians,
    local,
    appId,
    placeOf: (channelId, conversation) => ({ channelId, scope: scopeOf(conversation), pictures, appId, hub }),
    now,
    clock: pace.now,
    failed,
  };
  turns.connect(CHANNEL, async (to, replies) => await speakUnasked(door, to, replies));
  const routes: Route[] = [
    { method: "POST", path: "/api/messages", handle: async (call) => await take(door, call), cors: false },
  ];
  return { routes, load, tellClinic: clinicians?.tell ?? null };
}

/** @throws UserError config-invalid */
function checkClinic({ serviceUrl }: Clinic, local: boolean): void {
  if (isAllowedServiceUrl(serviceUrl, local)) return;
  throw new UserError(
    "config-invalid",
    `HANDOFF_TEAMS_SERVICE_URL ${serviceUrl} is no address of Microsoft's channels, so the bot may not call it.`,
  );
}

/** Says what a timer brings, or what a crash held up. */
async function speakUnasked(
  { posting, load, local, appId, placeOf, clock }: Door,
  { conversation: key, reference }: Recipient,
  replies: readonly Outgoing[],
): ReturnType<Deliver> {
  if (reference === null) return "gone";
  const adapter = await load();
  const to = JSON.parse(reference) as ConversationReference;
  if (!isAllowedServiceUrl(to.serviceUrl, local)) return "gone";
  const place = placeOf(to.channelId, to.conversation);
  try {
    await adapter.continueConversationAsync(appId ?? "", to, async (context) => {
      // The SDK makes an id up for the occasion, which would be sent as the message that is answered.
      delete context.activity.id;
      await posting.post(context, { key, place, replies, kept: true, deadline: clock() + PROACTIVE_DEADLINE });
    });
  } catch (error) {
    if (error instanceof ConnectorError && error.isFinal) return "gone";
    throw error;
  }
  return "arrived";
}

/** Takes an activity and answers it. @throws HttpError 400, 401, 403, 503 */
async function take(door: Door, call: Call): Promise<void> {
  const deadline = door.clock() + TURN_DEADLINE;
  if (door.local && !isThisMachine(call.request.headers.host))
    throw new HttpError(403, "HostRefused", "Without MicrosoftAppId only this machine is served, by its own name.");
  const activity = checkActivity(await readJson(call.request));
  checkServiceUrl(activity, door.local);
  const adapter = await door.load();
  const sent = activity.raw as unknown as Activity;
  const caller = await authenticate(adapter, sent, call.request.headers.authorization ?? "");
  if (await door.clinicians?.take(activity, (turn) => adapter.run(caller, sent, turn))) return sendNothing(call);
  if (isFarewell(activity)) await door.turns.leave(conversationKey(activity));
  const what = whatOf(activity);
  if (what === null) return sendNothing(call);
  const answer = await adapter.run(caller, sent, (context) => reply(door, context, activity, what, deadline));
  if (answer === undefined || answer === null) sendNothing(call);
  else sendJson(call.response, answer.status, answer.body ?? {});
}

/** Runs the turn and says what it comes to: in the answer to this call where the channel wants it so, otherwise into the chat. */
async function reply(
  door: Door,
  context: TurnContext,
  activity: CheckedActivity,
  what: Incoming["what"],
  deadline: number,
): Promise<void> {
  const { expectsReplies, channelId, conversation } = activity;
  const key = conversationKey(activity);
  const place = door.placeOf(channelId, conversation);
  const running = handle(door, key, activity, what);
  // Channels of a team show no typing.
  const waits = expectsReplies || place.scope === "channel";
  const { replies, repeated, kept } = await (waits ? running : showTyping(context, running, door.failed));
  const due = repeated && !expectsReplies ? replies.filter(({ pending }) => pending) : replies;
  if (due.length === 0) return;
  if (!expectsReplies) return await door.posting.answer(context, { key, place, replies: due, kept, deadline });
  const said = activitiesOf(
    due.map((one) => one.reply),
    place,
  );
  await context.sendActivities(said.flat());
}

async function handle({ turns, now }: Door, key: string, activity: CheckedActivity, what: Incoming["what"]): Promise<Handled> {
  const { expectsReplies } = activity;
  return await turns.handle({
    conversation: key,
    channel: CHANNEL,
    activity: deliveryOf(activity),
    what,
    reference: expectsReplies ? null : JSON.stringify(referenceOf(activity)),
    echo: null,
    mustDeliver: !expectsReplies,
    at: now(),
    ...settingOf(activity),
  });
}

async function loadAdapter(config: BotFrameworkConfig, local: boolean): Promise<Adapter> {
  const { createAdapter } = await import("./adapter.ts");
  const { createConnectorHttp } = await import("./connector-http.ts");
  return createAdapter(
    config.settings,
    createConnectorHttp((url) => isAllowedServiceUrl(url, local)),
  );
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
