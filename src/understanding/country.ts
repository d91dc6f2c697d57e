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
  "the us": "US",
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
/** Places of the United States, whose people name them rather than the country. Georgia is a country, too. */
const UNITED_STATES =
  "alabama,alaska,arizona,arkansas,california,colorado,connecticut,delaware,florida,hawaii,idaho,illinois,indiana,iowa,kansas,kentucky,louisiana,maryland,massachusetts,michigan,minnesota,mississippi,missouri,montana,nebraska,nevada,new hampshire,new jersey,new mexico,new york,north carolina,north dakota,ohio,oklahoma,oregon,pennsylvania,rhode island,south carolina,south dakota,tennessee,texas,utah,vermont,virginia,washington,west virginia,wisconsin,wyoming,chicago,los angeles,boston,houston,atlanta,dallas,philadelphia,seattle,miami".split(
    ",",
  );
const LEADS = /^(in|from|near|outside|country|live|based|visiting|now|im|am|its|to|the)$/;

/**
 * The country that somebody says they are in: "I'm in Ireland". A name alone counts when the country was asked for or the
 * message is hardly more than the name.
 */
export function readCountry(tokens: readonly Token[], numbers: NumbersContent["numbers"], asked: boolean): string | null {
  const names = namesOf(numbers);
  let longest = 0;
  let found: string | null = null;
  tokens.forEach(({ word }, at) => {
    for (const [parts, code] of names.get(word) ?? []) {
      if (parts.length <= longest || !parts.every((part, i) => tokens[at + i]?.word === part)) continue;
      const lead = tokens[at - 1]?.word ?? "";
      const alone = tokens.length <= parts.length + 1;
      if (!asked && !alone && !(LEADS.test(lead) && (lead === "in" || tokens.length <= 8))) continue;
      longest = parts.length;
      found = code;
    }
  });
  return found;
}

type Name = readonly [parts: readonly string[], code: string];

let cached: { readonly from: NumbersContent["numbers"]; readonly names: ReadonlyMap<string, readonly Name[]> } | null = null;

/** The names of countries by their first word. */
function namesOf(numbers: NumbersContent["numbers"]): ReadonlyMap<string, readonly Name[]> {
  if (cached?.from === numbers) return cached.names;
  const own = Object.entries(numbers).map(([code, { name }]) => [name.toLowerCase(), code] as const);
  const states = UNITED_STATES.map((name) => [name, "US"] as const);
  const all = [...Object.entries(ALSO), ...states, ...own].map(([name, code]): Name => [name.split(" "), code]);
  cached = { from: numbers, names: Map.groupBy(all, ([parts]) => parts[0] as string) };
  return cached.names;
}
