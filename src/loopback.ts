const LOOPBACK = ["127.0.0.1", "::1", "[::1]", "localhost"];

/**
 * Whether a host can be reached from this machine alone.
 * @param host without its port, as HOST has it ("::1") or as an address does ("[::1]")
 */
export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host);
}
