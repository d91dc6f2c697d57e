/** What the channel's connector answered instead of taking a message. It holds no words of the message. */
export class ConnectorError extends Error {
  /** HTTP status; 0 when nothing came back. */
  readonly status: number;
  /** The channel's own code, such as "BotDisabledByAdmin", or the network's. */
  readonly code: string | null;
  /** How long the channel asks to wait, in milliseconds. */
  readonly retryAfter: number | null;

  constructor(status: number, code: string | null, retryAfter: number | null) {
    super(`the channel answered ${status === 0 ? "nothing" : status}${code === null ? "" : ` (${code})`}`);
    this.name = "ConnectorError";
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** The person or an administrator shut the bot out: nothing will arrive any more. */
  get isFinal(): boolean {
    return this.status === 404 || (this.status === 403 && FINAL.has(this.code ?? ""));
  }

  /** Trying again later may help. */
  get isPassing(): boolean {
    return PASSING.has(this.status) || (this.status === 0 && this.code !== "HostRefused");
  }
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages */
const FINAL = new Set([
  "BotNotInConversationRoster",
  "BotDisabledByAdmin",
  "ConversationBlockedByUser",
  "MessageWritesBlocked",
  "ForbiddenOperationException",
]);
/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit and two that a channel in trouble gives. */
const PASSING = new Set([408, 412, 429, 500, 502, 503, 504]);
