import type { IncomingMessage } from "node:http";

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/**
 * Whether the request names a host and a path that make an address. Restify puts the two together and parses them where nobody
 * catches what is thrown: a single `Host: [` would end the process.
 */
export function isReadable({ url = "", headers: { host } }: IncomingMessage): boolean {
  if (host !== undefined && !(HOST.test(host) && URL.canParse(`http://${host}`))) return false;
  return url.startsWith("/") || (/^https?:\/\//i.test(url) && URL.canParse(url));
}
