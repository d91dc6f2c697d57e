import { describe, expect, it } from "vitest";
import { isSigned, seal, sign, unseal } from "../../../src/channels/hand-off/signature.ts";

const SECRET = "0123456789abcdef0123456789abcdef";

describe("signatures and seals", () => {
  it("take nothing that was changed", () => {
    const headers = Object.fromEntries(
      Object.entries(sign(SECRET, "{}", 1_000_000)).map(([name, value]) => [name.toLowerCase(), value]),
    );
    expect(isSigned(SECRET, "{}", headers, 1_000_000)).toBe(true);
    expect(isSigned(SECRET, "{ }", headers, 1_000_000)).toBe(false);
    expect(isSigned(SECRET, "{}", { ...headers, "x-unknot-timestamp": "1001" }, 1_000_000)).toBe(false);
    expect(isSigned(SECRET, "{}", {}, 1_000_000)).toBe(false);
    const sealed = seal(SECRET, "text");
    expect(unseal(SECRET, sealed)).toBe("text");
    expect(unseal("x".repeat(32), sealed)).toBeNull();
    expect(unseal(SECRET, `${sealed.slice(0, -2)}AA`)).toBeNull();
    expect(seal(SECRET, "text")).toBe(sealed);
    expect(seal(SECRET, "texts").slice(0, 16)).not.toBe(sealed.slice(0, 16));
  });
});
