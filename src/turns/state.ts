import { CONVERSATION_VERSION, type Conversation, newConversation } from "../../dialogs/conversation.ts";

/** Raised when a kept state cannot be used: of a newer version, or damaged. */
export type KeptState = { readonly conversation: Conversation; readonly unreadable: boolean };

/** Reads a kept state. An unreadable one gives a new conversation and says so; it never throws. */
export function readState(json: string | null): KeptState {
  if (json === null) return { conversation: newConversation(), unreadable: false };
  try {
    const state = JSON.parse(json) as Partial<Conversation> | null;
    if (state !== null && state.version === CONVERSATION_VERSION) {
      return { conversation: state as Conversation, unreadable: false };
    }
  } catch {
    // Falls through: damaged like one of an unknown version.
  }
  return { conversation: newConversation(), unreadable: true };
}
