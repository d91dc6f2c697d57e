import { isLoopback } from "../../loopback.ts";

/** Where Microsoft's channels take replies (Azure, US Government, China). */
const MICROSOFT_HOSTS = [
  "botframework.com",
  "botframework.us",
  "botframework.azure.cn",
  "smba.trafficmanager.net",
  "smba.infra.gcc.teams.microsoft.com",
  "smba.infra.gov.teams.microsoft.us",
  "smba.infra.dod.teams.microsoft.us",
];

/**
 * Whether replies may be posted to this address. A stranger's `serviceUrl` would make the bot call any host in its name.
 * @param local nobody is authenticated: only this machine is allowed
 */
export function isAllowedServiceUrl(serviceUrl: string, local: boolean): boolean {
  // Readers of addresses do not agree on these; a channel never sends them.
  if (/[\\\s]/.test(serviceUrl)) return false;
  const url = URL.parse(serviceUrl);
  if (url === null || url.username !== "" || url.password !== "") return false;
  if (local) return /^https?:$/.test(url.protocol) && isLoopback(url.hostname);
  if (url.protocol !== "https:" || url.port !== "") return false;
  return MICROSOFT_HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}

/** Whether a Host header names this machine: a page of another site that has its name point here does not. */
export function isThisMachine(host: string | undefined): boolean {
  const url = URL.parse(`http://${host ?? ""}`);
  return url !== null && isLoopback(url.hostname);
}
