import type { Activity, TurnContext } from "botbuilder";
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from "botbuilder";
import type { ConnectorHttp } from "./connector-http.ts";

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
}

/** @param settings by Microsoft's names: MicrosoftAppId and so on */
export function createAdapter(settings: Readonly<Record<string, string>>, httpClient: ConnectorHttp): Adapter {
  return new Adapter(
    new ConfigurationBotFrameworkAuthentication({ ...settings }, undefined, undefined, undefined, { httpClient }),
  );
}
