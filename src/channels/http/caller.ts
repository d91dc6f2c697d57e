import type { IncomingMessage } from "node:http";
import { isIP, isIPv6 } from "node:net";

/** Who is at the other end of a request. */
export interface Caller {
  /** The client's address, behind the trusted proxies. */
  readonly address: string;
  /** A program on this machine itself, with no proxy between. */
  readonly local: boolean;
}

/**
 * @param trustProxy how many proxies stand in front: the last of them tells the client's address. What stands further to the
 *   left in X-Forwarded-For is the client's own claim.
 */
export function callerOf(request: IncomingMessage, trustProxy: number): Caller {
  const socket = plain(request.socket.remoteAddress ?? "");
  const forwarded = request.headers["x-forwarded-for"];
  const hops = forwarded === undefined || trustProxy === 0 ? [] : String(forwarded).split(",");
  const told = withoutPort((hops.at(-trustProxy) ?? "").trim());
  return {
    address: isIP(told) === 0 ? socket : plain(told),
    local: forwarded === undefined && (socket === "127.0.0.1" || socket === "::1"),
  };
}

/** Whoever has an IPv6 address has a whole /64 of them: they count as one. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [left = "", right = ""] = address.split("%")[0]?.split("::") ?? [];
  const head = left === "" ? [] : left.split(":");
  const tail = right === "" ? [] : right.split(":");
  const groups = address.includes("::") ? [...head, ...Array<string>(8 - head.length - tail.length).fill("0"), ...tail] : head;
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

/** An IPv4 address as a socket of IPv6 has it: "::ffff:192.0.2.1". */
function plain(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

/** Azure's front end writes "192.0.2.1:54321" and "[2001:db8::1]:54321". */
function withoutPort(address: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(address)?.[1] ?? address;
}
