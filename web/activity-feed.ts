import type { ConversationCall } from "./conversation.ts";

export interface ActivityFeedParts {
  readonly call: ConversationCall;
  readonly arrived: (activities: readonly unknown[]) => void;
}

/** The activities of the conversation in sets, each with a watermark that says how far the feed has come. */
export interface ActivityFeed {
  /** Where a WebSocket brings what follows the watermark. Good for one use. */
  streamUrl(): Promise<string>;
  /** Fetches what follows the watermark. */
  fetch(): Promise<void>;
  /** @param set an activity set of Direct Line, or anything else */
  take(set: unknown): void;
}

/** A feed that begins with the first activity. */
export function createActivityFeed({ call, arrived }: ActivityFeedParts): ActivityFeed {
  let watermark = "0";

  const get = async (path: string) => await call(`${path}?watermark=${watermark}`, () => ({}));

  const take = (data: unknown): void => {
    const set = data as { activities?: unknown; watermark?: unknown };
    if (typeof set.watermark === "string" && set.watermark !== "") watermark = set.watermark;
    if (Array.isArray(set.activities)) arrived(set.activities);
  };

  return {
    streamUrl: async () => String((await get(""))["streamUrl"]),
    fetch: async () => take(await get("/activities")),
    take,
  };
}
