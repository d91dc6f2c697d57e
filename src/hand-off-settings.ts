import { isLoopback } from "./loopback.ts";
import type { SettingReader } from "./setting-reader.ts";

/** Who takes a person who wants a human. Null: the bot names the number to call. */
export interface HandOffConfig {
  readonly to: HandOffHub | HandOffWebhook | HandOffChannel;
  /** After so long without an answer the person is told that nobody has taken it. */
  readonly waitSeconds: number;
}

/** The channel's own, told by handoff.initiate. */
export interface HandOffHub {
  readonly kind: "hub";
}

/** A clinic's own system, which gets a signed call. */
export interface HandOffWebhook {
  readonly kind: "webhook";
  readonly url: string;
  readonly secret: string;
}

/** A channel of a team in Teams, where clinicians get a card. */
export interface HandOffChannel {
  readonly kind: "teams";
  /** Id of the channel: "19:…@thread.tacv2". */
  readonly channel: string;
  readonly serviceUrl: string;
  readonly tenant: string;
}

/** Reads the settings of the hand-off; what is wrong with them, the reader is told. */
export function handOffOf(reader: SettingReader): HandOffConfig | null {
  const how = reader.oneOf("HANDOFF", ["off", "hub", "webhook", "teams"], "off");
  const webhook = webhookOf(reader, how === "webhook");
  const channel = clinicChannelOf(reader, how === "teams");
  const waitSeconds = reader.whole("HANDOFF_WAIT_SECONDS", 120, 10, 3600);
  const to = how === "hub" ? ({ kind: "hub" } as const) : how === "webhook" ? webhook : how === "teams" ? channel : null;
  return to === null ? null : { to, waitSeconds };
}

function webhookOf(reader: SettingReader, wanted: boolean): HandOffWebhook | null {
  const url = reader.url("HANDOFF_WEBHOOK_URL");
  const secret = reader.secret("HANDOFF_WEBHOOK_SECRET");
  if (!wanted) return null;
  if (url === null || secret === null) {
    reader.wrong("HANDOFF=webhook needs HANDOFF_WEBHOOK_URL and HANDOFF_WEBHOOK_SECRET.");
    return null;
  }
  if (!isPrivate(url)) reader.wrong(`HANDOFF_WEBHOOK_URL must begin with https://, since health facts go there, not "${url}".`);
  return { kind: "webhook", url, secret };
}

function clinicChannelOf(reader: SettingReader, wanted: boolean): HandOffChannel | null {
  const channel = reader.text("HANDOFF_TEAMS_CHANNEL");
  const serviceUrl = reader.url("HANDOFF_TEAMS_SERVICE_URL") ?? "https://smba.trafficmanager.net/teams";
  const tenant = reader.text("HANDOFF_TEAMS_TENANT") ?? reader.text("MicrosoftAppTenantId");
  if (!wanted) return null;
  if (reader.text("BOT_FRAMEWORK") === "off") reader.wrong("HANDOFF=teams goes through Teams: BOT_FRAMEWORK may not be off.");
  if (channel === null || tenant === null) {
    reader.wrong("HANDOFF=teams needs HANDOFF_TEAMS_CHANNEL and HANDOFF_TEAMS_TENANT.");
    return null;
  }
  if (!/^19:[^\s;]+$/.test(channel))
    reader.wrong(`HANDOFF_TEAMS_CHANNEL must be the id of a channel such as 19:abc@thread.tacv2, not "${channel}".`);
  if (!isPrivate(serviceUrl))
    reader.wrong(`HANDOFF_TEAMS_SERVICE_URL must begin with https://, since health facts go there, not "${serviceUrl}".`);
  return { kind: "teams", channel, serviceUrl: `${serviceUrl}/`, tenant };
}

/** Nobody on the way reads along. */
function isPrivate(url: string): boolean {
  return url.startsWith("https://") || isLoopback(new URL(url).hostname);
}
