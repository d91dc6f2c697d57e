import type { Activity, ConversationReference, TurnContext } from "botbuilder";
import type { HandOffCall, Turns } from "../../turns/port.ts";
import { HandOffRefused, newsOf } from "../hand-off/hand-off.ts";
import { readTicket, ticketId } from "../hand-off/ticket.ts";
import { isRecord } from "../http/is-record.ts";
import { type CheckedActivity, deliveryOf } from "./activity-in.ts";
import type { Adapter, TeamsChannel } from "./adapter.ts";
import type { AdaptiveCard } from "./adaptive-card.ts";
import { type ClinicPress, chatLink, clinicCard, clinicPressOf, type Standing } from "./clinic-card.ts";
import { ConnectorError } from "./connector-error.ts";
import type { Delivery } from "./delivery.ts";
import { WORDS } from "./words.ts";

/** A channel of a team in Teams where clinicians take people over. */
export interface Clinic extends TeamsChannel {
  /** Seals what the cards carry. */
  readonly secret: string;
}

export interface ClinicChannelParts {
  readonly clinic: Clinic;
  readonly appId: string;
  readonly turns: Turns;
  readonly delivery: Delivery;
  readonly adapter: () => Promise<Adapter>;
  readonly now: () => number;
  /** The card could not be brought up to date. */
  readonly failed: (error: unknown) => void;
}

export interface ClinicChannel {
  /** Posts the card. @throws HandOffRefused when the channel will not take it, or the person cannot be written to */
  tell(call: HandOffCall): Promise<void>;
  /** Takes a press on such a card; false: it was something else. `run` runs the SDK's turn. */
  take(activity: CheckedActivity, run: (turn: (context: TurnContext) => Promise<void>) => Promise<unknown>): Promise<boolean>;
}

/** One go, with the pauses that Teams asks for: less than the 20 s after which another instance may take the call up. */
const TRY_FOR = 8_000;
/** These will be the same the next time. */
const REFUSALS = new Set([400, 403, 404, 413]);

export function createClinicChannel(parts: ClinicChannelParts): ClinicChannel {
  const { clinic, appId, delivery, adapter, now, failed } = parts;

  const tell = async (call: HandOffCall): Promise<void> => {
    const person = teamsPersonOf(call);
    if (person === null) throw new HandOffRefused("only somebody who writes in Teams can be written to there");
    const sdk = await adapter();
    // Without it the clinicians still have the name.
    const principal = await sdk.principalOf(appId, person).catch(() => null);
    const wanted = {
      handOff: ticketId(call, clinic.secret),
      name: person.user?.name ?? "",
      chat: principal === null ? null : chatLink(principal),
      summary: call.request.summary,
    };
    const activity = messageWith(clinicCard(wanted, { state: "wanted" }));
    try {
      await delivery.send(clinic.channel, now() + TRY_FOR, () => sdk.postToChannel(appId, clinic, activity));
    } catch (error) {
      if (error instanceof ConnectorError && REFUSALS.has(error.status)) throw new HandOffRefused(error.message);
      throw error;
    }
  };

  return {
    tell,
    take: async (activity, run) => {
      const press = activity.type === "message" ? clinicPressOf(activity.raw["value"]) : null;
      if (press === null) return false;
      if (!isHere(activity, clinic)) return true;
      const standing = await settle(parts, press, activity);
      const shown = activity.raw["replyToId"];
      if (standing === null || typeof shown !== "string") return true;
      const update = { ...messageWith(clinicCard(press.wanted, standing)), id: shown };
      await run(async (context) => {
        await context.updateActivity(update).catch(failed);
      });
      return true;
    },
  };
}

/** @returns what the card is to say now; null: as it is */
async function settle(
  { clinic, turns, now }: ClinicChannelParts,
  { wanted, state }: ClinicPress,
  activity: CheckedActivity,
): Promise<Standing | null> {
  const ticket = readTicket(wanted.handOff, clinic.secret);
  if (ticket === null) return null;
  const delivered = deliveryOf(activity) ?? `hand-off:${state}:${ticket.sequence}`;
  const news = newsOf(ticket.person, ticket.sequence, ticket.asked, state, now());
  const { heard, handOff } = await turns.inform({ ...news, activity: delivered });
  if (heard) return { state, by: nameOf(activity) };
  return handOff === null ? { state: "over" } : null;
}

/** Cards count in the channel they were posted to, and nowhere else. */
function isHere({ conversation, channelId, raw }: CheckedActivity, { channel, tenant }: Clinic): boolean {
  const own = isRecord(raw["conversation"]) ? raw["conversation"]["tenantId"] : undefined;
  const data = isRecord(raw["channelData"]) && isRecord(raw["channelData"]["tenant"]) ? raw["channelData"]["tenant"] : {};
  return channelId === "msteams" && conversation.id.split(";")[0] === channel && (own ?? data["id"]) === tenant;
}

/** Who writes in Teams; null for people of other channels. */
function teamsPersonOf({ person }: HandOffCall): Partial<ConversationReference> | null {
  const reference = person.reference === null ? null : (JSON.parse(person.reference) as Partial<ConversationReference>);
  return reference?.channelId === "msteams" ? reference : null;
}

function nameOf({ raw }: CheckedActivity): string {
  const name = isRecord(raw["from"]) ? raw["from"]["name"] : undefined;
  return typeof name === "string" ? name.slice(0, 200) : "";
}

function messageWith(content: AdaptiveCard): Partial<Activity> {
  const attachments = [{ contentType: "application/vnd.microsoft.card.adaptive", content }];
  return { type: "message", summary: WORDS.wanted, attachments };
}
