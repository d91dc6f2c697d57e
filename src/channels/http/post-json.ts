/**
 * Posts JSON to a configured address, and follows no redirect.
 * @param within milliseconds to wait for an answer
 * @returns the status; 0 when nothing came back
 */
export async function postJson(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  within: number,
): Promise<number> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json" },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(within),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}
