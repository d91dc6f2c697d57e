/** 144 random bits, fit for an address. crypto.randomUUID is not there without https. */
export function randomText(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}
