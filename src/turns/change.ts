import type { Conversation } from "../../dialogs/conversation.ts";
import type { Setting } from "../../dialogs/event.ts";
import type { Response } from "../../dialogs/finish.ts";
import type { Reply } from "../../dialogs/reply.ts";
import { isEscalation } from "../care/labels.ts";
import type { AuditEntry, Change, KeptMessage, StoredConversation } from "../store/store.ts";
import { type Computed, settingOf } from "./compute.ts";
import type { HandOffCall, Incoming, Outgoing, Person } from "./port.ts";
import { readState } from "./state.ts";

/** What is kept beside the state, so that a timer can speak later. */
export interface Address {
  readonly setting: Setting;
  /** The channel's own. */
  readonly reference: string | null;
}

/** How a channel keeps what is said. */
export interface Keeping {
  /** It shows a transcript, so what is said stays for a while and counts as delivered. */
  readonly transcript: boolean;
}

/** How a turn is kept. */
export interface TurnKeeping extends Keeping {
  /** Somebody passes people on: their wish is kept until it was told. */
  readonly passesOn: boolean;
}

export function addressOf({ address }: Pick<StoredConversation, "address">): Address | null {
  return address === "" ? null : (JSON.parse(address) as Address);
}

/** What a turn changes. Of a forget-me nothing stays but its own answer, and where to send that until it arrived. */
export function changeOf(
  incoming: Incoming,
  stored: StoredConversation | null,
  turn: Computed,
  contentVersion: string,
  { transcript, passesOn }: TurnKeeping,
): Change {
  const { conversation, channel, activity, at, mustDeliver, echo } = incoming;
  const first = (stored?.sequence ?? 0) + 1;
  const known = stored === null ? null : addressOf(stored);
  const address: Address = { setting: settingOf(incoming), reference: incoming.reference ?? known?.reference ?? null };
  const own: KeptMessage = {
    sequence: first,
    from: "user",
    activity,
    body: turn.forget ? "" : (echo?.(first) ?? ""),
    pending: false,
    at,
  };
  const isKept = transcript || mustDeliver || activity !== null;
  const replies = isKept ? keptReplies(turn.replies, first, activity, mustDeliver, at) : [];
  const calls = passesOn ? callsOf(incoming, turn.replies, first + turn.replies.length) : [];
  const wake = wakeTimes(turn.conversation, address.setting);
  const same = sameTimes(wakeTimes(turn.before, known?.setting ?? address.setting), wake) && turn.setAside === null;
  return {
    conversation,
    basedOn: stored?.version ?? 0,
    sequence: first + turn.replies.length + calls.length,
    state: turn.forget ? null : JSON.stringify(turn.conversation),
    channel,
    address: turn.forget && !mustDeliver ? "" : JSON.stringify(address),
    messages: [...(own.activity === null && own.body === "" ? [] : [own]), ...replies, ...calls],
    timers: turn.forget ? [] : same ? null : wake,
    audit: auditOf(turn.before, turn.conversation, contentVersion, at),
    setAside: turn.forget ? null : turn.setAside,
    forget: turn.forget,
    announce: transcript,
    at,
  };
}

/** What a timer that fired changes. */
export function changeOfTimer(
  conversation: string,
  stored: StoredConversation,
  before: Conversation,
  response: Response,
  contentVersion: string,
  { mustDeliver, transcript, at }: Keeping & { readonly mustDeliver: boolean; readonly at: number },
): Change {
  const { setting } = addressOf(stored) ?? {};
  return {
    ...unchanged(conversation, stored, at),
    sequence: stored.sequence + response.replies.length,
    state: JSON.stringify(response.conversation),
    messages: mustDeliver || transcript ? keptReplies(response.replies, stored.sequence, null, mustDeliver, at) : [],
    timers: setting === undefined ? [] : wakeTimes(response.conversation, setting),
    audit: auditOf(before, response.conversation, contentVersion, at),
    announce: transcript,
  };
}

/** Nobody can be spoken to: the conversation is not woken any more, and its due timers speak first in its next turn. */
export function changeToSleep(conversation: string, stored: StoredConversation): Change {
  return { ...unchanged(conversation, stored, stored.at), timers: [] };
}

/** Woken though nothing is due, because a turn came before it or a timer had nothing to say: woken again when it should be. */
export function changeToWake(conversation: string, stored: StoredConversation): Change {
  const { setting } = addressOf(stored) ?? {};
  const timers = setting === undefined ? [] : wakeTimes(readState(stored.state).conversation, setting);
  return { ...unchanged(conversation, stored, stored.at), timers };
}

/** Nothing is to be said any more; what is known stays until it expires. */
export function changeToLeave(conversation: string, stored: StoredConversation): Change {
  const address = addressOf(stored);
  const nowhere: Address | null = address === null ? null : { ...address, reference: null };
  return { ...changeToSleep(conversation, stored), address: nowhere === null ? "" : JSON.stringify(nowhere) };
}

function unchanged(conversation: string, { version, sequence, state, channel, address }: StoredConversation, at: number): Change {
  return {
    conversation,
    basedOn: version,
    sequence,
    state,
    channel,
    address,
    messages: [],
    timers: null,
    audit: [],
    setAside: null,
    forget: false,
    announce: false,
    at,
  };
}

export function numbered(replies: readonly Reply[], after: number, at: number, pending: boolean): Outgoing[] {
  return replies.map((reply, index) => ({ sequence: after + index + 1, at, reply, pending }));
}

/** The replies among what was kept; those that arrived have no words any more. */
export function outgoingOf(messages: readonly KeptMessage[]): Outgoing[] {
  return messages
    .filter(({ from, body }) => from === "bot" && body !== "")
    .map(({ sequence, at, body, pending }) => ({ sequence, at, reply: JSON.parse(body) as Reply, pending }));
}

/** What is kept of a wish to be passed on. */
interface KeptCall {
  readonly person: Person;
  readonly request: HandOffCall["request"];
}

function callsOf(incoming: Incoming, replies: readonly Reply[], after: number): KeptMessage[] {
  const { conversation, channel, reference, mustDeliver, locale, timeZone, scope, reach, at } = incoming;
  const person = { conversation, channel, reference, mustDeliver, locale, timeZone, scope, reach };
  return replies
    .flatMap(({ handOff }) => (handOff === undefined ? [] : [handOff]))
    .map((request, index) => {
      const body = JSON.stringify({ person, request } satisfies KeptCall);
      return { sequence: after + index + 1, from: "clinic", activity: null, body, pending: true, at };
    });
}

/** The wishes among what was kept of which nobody has been told yet. */
export function handOffCallsOf(messages: readonly KeptMessage[]): HandOffCall[] {
  return messages
    .filter(({ from, pending }) => from === "clinic" && pending)
    .map(({ sequence, at, body }) => ({ sequence, at, ...(JSON.parse(body) as KeptCall) }));
}

function keptReplies(
  replies: readonly Reply[],
  after: number,
  activity: string | null,
  pending: boolean,
  at: number,
): KeptMessage[] {
  return numbered(replies, after, at, pending).map(({ sequence, reply }) => ({
    sequence,
    from: "bot",
    activity,
    body: JSON.stringify(reply),
    pending,
    at,
  }));
}

/** When to wake the conversation. Where nothing can be said unasked, never. */
function wakeTimes({ timers }: Conversation, { reach }: Setting): Conversation["timers"] {
  return reach === "none" ? [] : timers;
}

function sameTimes(before: Conversation["timers"], after: Conversation["timers"]): boolean {
  return (
    before.length === after.length && before.every(({ id, at }, index) => id === after[index]?.id && at === after[index]?.at)
  );
}

/** A line for every escalation and every change of its level. */
function auditOf(before: Conversation, after: Conversation, contentVersion: string, at: number): AuditEntry[] {
  const { episode } = after;
  if (episode === null || !isEscalation(episode.disposition)) return [];
  const known = before.episode?.id === episode.id ? before.episode : null;
  if (known !== null && known.disposition === episode.disposition && known.row === episode.row) return [];
  return [
    {
      at,
      contentVersion,
      disposition: episode.disposition ?? "",
      row: episode.row ?? "",
      flags: episode.flags.map(({ id }) => id),
    },
  ];
}
