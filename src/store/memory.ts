import type {
  AuditEntry,
  Change,
  Chat,
  KeptMessage,
  KeptTimer,
  Limits,
  Loaded,
  Store,
  StoredConversation,
  Unsent,
} from "./store.ts";

interface Kept {
  conversation: StoredConversation;
  messages: KeptMessage[];
  timers: Map<string, KeptTimer & { claimedUntil: number }>;
  claimedUntil: number;
}

type Conversations = Map<string, Kept>;

/** Keeps everything in memory: for the terminal and as the measure for the others. */
export function createMemoryStore(): Store {
  const conversations: Conversations = new Map();
  const chats = new Map<string, Chat>();
  const audit: AuditEntry[] = [];

  return {
    shared: false,
    load: async (key, activity) => loaded(conversations.get(key), activity),
    commit: async (change) => {
      const kept = conversations.get(change.conversation);
      if ((kept?.conversation.version ?? 0) !== change.basedOn) return false;
      conversations.set(change.conversation, changed(kept, change));
      if (change.forget) forgetChats(chats, change.conversation);
      audit.push(...change.audit);
      return true;
    },
    transcript: async (key, after, limit) =>
      (conversations.get(key)?.messages ?? []).filter(({ sequence }) => sequence > after).slice(0, limit),
    claimDue: async (now, lease, limit) => claimDue(conversations, now, lease, limit),
    nextDue: async () => nextDue(conversations),
    claimUnsent: async (before, now, lease, limit) => claimUnsent(conversations, before, now, lease, limit),
    acknowledge: async (key, sequences) => acknowledge(conversations.get(key), sequences),
    saveChat: async (chat) => {
      chats.set(chat.id, chat);
    },
    rotateResume: async (oldHash, newHash, now) => rotateResume(chats, oldHash, newHash, now),
    auditSince: async (at, limit) => audit.filter((entry) => entry.at >= at).slice(0, limit),
    sweep: async (limits) => {
      for (const key of sweepConversations(conversations, limits)) forgetChats(chats, key);
      audit.splice(0, audit.filter(({ at }) => at < limits.audit).length);
      return false;
    },
    onSaidElsewhere: () => {},
    check: async () => {},
    close: async () => {},
  };
}

/** The last this many messages are kept; a terminal shows them once. */
const MOST_MESSAGES = 200;

function loaded(kept: Kept | undefined, activity: string | null): Loaded {
  if (kept === undefined) return { conversation: null, handled: null };
  const same = activity === null ? [] : kept.messages.filter((message) => message.activity === activity);
  return { conversation: kept.conversation, handled: same.length === 0 ? null : same };
}

function changed(kept: Kept | undefined, change: Change): Kept {
  const { state, sequence, channel, address, at } = change;
  const conversation = { version: change.basedOn + 1, sequence, state, channel, address, at };
  const before = kept === undefined || change.forget ? [] : kept.messages;
  const timers =
    change.timers === null
      ? (kept?.timers ?? new Map())
      : new Map(change.timers.map((timer) => [timer.id, { ...timer, claimedUntil: 0 }]));
  return { conversation, messages: [...before, ...change.messages].slice(-MOST_MESSAGES), timers, claimedUntil: 0 };
}

function claimDue(conversations: Conversations, now: number, lease: number, limit: number): string[] {
  const due: string[] = [];
  for (const [key, { timers }] of conversations) {
    const ready = [...timers.values()].filter((timer) => timer.at <= now && timer.claimedUntil <= now);
    if (ready.length === 0) continue;
    for (const timer of ready) timers.set(timer.id, { ...timer, claimedUntil: now + lease });
    due.push(key);
    if (due.length === limit) break;
  }
  return due;
}

function nextDue(conversations: Conversations): number | null {
  let next: number | null = null;
  for (const { timers } of conversations.values()) {
    for (const { at } of timers.values()) next = next === null || at < next ? at : next;
  }
  return next;
}

function claimUnsent(conversations: Conversations, before: number, now: number, lease: number, limit: number): Unsent[] {
  const isLate = ({ pending, at }: KeptMessage) => pending && at <= before;
  return [...conversations]
    .filter(([, kept]) => kept.claimedUntil <= now && kept.messages.some(isLate))
    .slice(0, limit)
    .map(([key, kept]) => {
      kept.claimedUntil = now + lease;
      const { channel, address } = kept.conversation;
      return { conversation: key, channel, address, messages: kept.messages.filter(({ pending }) => pending) };
    });
}

function acknowledge(kept: Kept | undefined, sequences: readonly number[]): void {
  if (kept === undefined) return;
  kept.messages = kept.messages.map((one) =>
    one.pending && sequences.includes(one.sequence) ? { ...one, body: "", pending: false } : one,
  );
  const forgotten = kept.conversation.state === null;
  if (forgotten && !kept.messages.some(({ pending }) => pending)) kept.conversation = { ...kept.conversation, address: "" };
}

function rotateResume(chats: Map<string, Chat>, oldHash: string, newHash: string, now: number): Chat | null {
  const chat = [...chats.values()].find(({ resume }) => resume === oldHash);
  if (chat === undefined) return null;
  const renewed = { ...chat, resume: newHash, at: now };
  chats.set(chat.id, renewed);
  return renewed;
}

/** @returns the conversations that went as a whole */
function sweepConversations(conversations: Conversations, limits: Limits): string[] {
  const gone: string[] = [];
  for (const [key, kept] of conversations) {
    kept.messages = kept.messages.filter(({ at }) => at >= limits.messages);
    if (!isOver(kept.conversation, limits)) continue;
    conversations.delete(key);
    gone.push(key);
  }
  return gone;
}

function isOver({ state, at }: StoredConversation, limits: Limits): boolean {
  return at < limits.conversations || (state === null && at < limits.messages);
}

function forgetChats(chats: Map<string, Chat>, conversation: string): void {
  for (const chat of chats.values()) if (chat.conversation === conversation) chats.delete(chat.id);
}
