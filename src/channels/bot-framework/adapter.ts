import type { Activity, ConversationParameters, ConversationReference, TurnContext } from "botbuilder";
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, TeamsInfo } from "botbuilder";
import type { ConnectorHttp } from "./connector-http.ts";

/** Where a channel of a team is. */
export interface TeamsChannel {
  readonly channel: string;
  readonly serviceUrl: string;
  readonly tenant: string;
}

/** Who calls, as the SDK found out. */
export type Caller = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication["authenticateRequest"]>>;

/**
 * The SDK's adapter with its two halves apart: who calls, and the turn. The SDK's own `process` answers a wrong key with 500
 * and the text of the inner error.
 */
export class Adapter extends CloudAdapter {
  /** @throws whatever the SDK throws: the caller tells a wrong token from unreachable keys */
  async authenticate(activity: Activity, header: string): Promise<Caller> {
    return await this.botFrameworkAuthentication.authenticateRequest(activity, header);
  }

  /** Runs the turn; what it says goes out over the connector, or is gathered when the activity expects the replies. */
  async run(caller: Caller, activity: Activity, turn: (context: TurnContext) => Promise<void>) {
    return await this.processActivity(caller, activity, turn);
  }

  /**
   * Begins a thread in a channel of a team.
   * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
   */
  async postToChannel(appId: string, { channel, serviceUrl, tenant }: TeamsChannel, activity: Partial<Activity>): Promise<void> {
    const parameters: Partial<ConversationParameters> = {
      isGroup: true,
      tenantId: tenant,
      bot: { id: `28:${appId}`, name: "Unknot" },
      channelData: { channel: { id: channel }, tenant: { id: tenant } },
      activity: activity as Activity,
    };
    // The default audience: the SDK's types want one all the same.
    const audience = undefined as unknown as string;
    await this.createConversationAsync(
      appId,
      "msteams",
      serviceUrl,
      audience,
      parameters as ConversationParameters,
      async () => {},
    );
  }

  /** The name by which a person of Teams can be written to; null when Teams does not tell. */
  async principalOf(appId: string, person: Partial<ConversationReference>): Promise<string | null> {
    let principal: string | null = null;
    await this.continueConversationAsync(appId, person, async (context) => {
      const member = await TeamsInfo.getMember(context, person.user?.id ?? "");
      principal = member.userPrincipalName ?? null;
    });
    return principal;
  }
}

/** @param settings by Microsoft's names: MicrosoftAppId and so on */
export function createAdapter(settings: Readonly<Record<string, string>>, httpClient: ConnectorHttp): Adapter {
  return new Adapter(
    new ConfigurationBotFrameworkAuthentication({ ...settings }, undefined, undefined, undefined, { httpClient }),
  );
}
