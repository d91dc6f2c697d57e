import type { NumbersContent } from "../care/countries.ts";
import type { Token } from "./tokens.ts";

/** Other names that people use, beside the ones in numbers.yaml. */
const ALSO: Readonly<Record<string, string>> = {
  uk: "GB",
  britain: "GB",
  "great britain": "GB",
  england: "GB",
  scotland: "GB",
  wales: "GB",
  "northern ireland": "GB",
  london: "GB",
  usa: "US",
  america: "US",
  "the states": "US",
  eire: "IE",
  "republic of ireland": "IE",
  dublin: "IE",
  holland: "NL",
  oz: "AU",
  aus: "AU",
  uae: "AE",
  dubai: "AE",
  korea: "KR",
  czechia: "CZ",
  "czech republic": "CZ",
  türkiye: "TR",
  turkiye: "TR",
  nz: "NZ",
  bosnia: "BA",
};
const LEADS = /^(in|from|near|outside|country|live|based|visiting|now|im|am|its|to|the)$/;

/**
 * The country that somebody says they are in: "I'm in Ireland". A name alone counts when the country was asked for or the
 * message is hardly more than the name.
 */
export function readCountry(tokens: readonly Token[], numbers: NumbersContent["numbers"], asked: boolean): string | null {
  const words = tokens.map((token) => token.word);
  for (const [name, code] of namesOf(numbers)) {
    const parts = name.split(" ");
    for (let at = 0; at + parts.length <= words.length; at++) {
      if (!parts.every((part, i) => words[at + i] === part)) continue;
      const lead = words[at - 1] ?? "";
      if (asked || words.length <= parts.length + 1 || (LEADS.test(lead) && (lead === "in" || words.length <= 8))) return code;
    }
  }
  return null;
}

let cached: { readonly from: NumbersContent["numbers"]; readonly names: readonly (readonly [string, string])[] } | null = null;

function namesOf(numbers: NumbersContent["numbers"]): readonly (readonly [string, string])[] {
  if (cached?.from !== numbers) {
    const own = Object.entries(numbers).map(([code, { name }]): [string, string] => [name.toLowerCase(), code]);
    cached = { from: numbers, names: [...Object.entries(ALSO), ...own].sort((a, b) => b[0].length - a[0].length) };
  }
  return cached.names;
}
