import { askedOnce } from "./asked-once.ts";

/** Emergency and advice numbers of a country (content/en/numbers.yaml). */
export interface CountryNumbers {
  readonly name: string;
  /** Dialled for a medical emergency. */
  readonly call: string;
  readonly also?: readonly string[] | undefined;
  readonly advice?: readonly string[] | undefined;
  /** The advice line as the bot names it. */
  readonly line?: string | undefined;
  readonly crisis?: string | undefined;
  readonly confidence: "high" | "medium" | "low";
  readonly sources: readonly string[];
  readonly note?: string | undefined;
}

export interface NumbersContent {
  readonly numbers: Readonly<Record<string, CountryNumbers>>;
  readonly unknown: {
    readonly display: string;
    readonly mobile: string;
    readonly advice: string;
    readonly crisis: string;
  };
}

/** The numbers to name, and whether they may be dialled from a link. */
export interface Numbers {
  readonly country: string | null;
  readonly countryName: string | null;
  readonly emergency: string;
  /** For a tel: link; null when no number is known to be right. */
  readonly dial: string | null;
  readonly advice: string;
  readonly crisis: string;
}

/** Where a person may be, from what is known, surest first. */
export interface Whereabouts {
  /** ISO 3166 code that the person said. */
  readonly said: string | null;
  /** The deployment's own country. */
  readonly configured: string | null;
  /** IANA time zone of the device. */
  readonly timeZone: string | null;
  /** BCP 47 locale of the device. */
  readonly locale: string | null;
}

/** Said by the person, else the deployment's, else by time zone, else by locale; null when none of them tells. */
export function countryOf(where: Whereabouts, content: NumbersContent): string | null {
  const known = (code: string | null) => (code !== null && code in content.numbers ? code : null);
  return (
    known(where.said) ?? known(where.configured) ?? known(byTimeZone(where.timeZone, content)) ?? known(byLocale(where.locale))
  );
}

export function numbersFor(country: string | null, content: NumbersContent): Numbers {
  const found = country === null ? undefined : content.numbers[country];
  if (found === undefined || country === null) {
    const { display, mobile, advice, crisis } = content.unknown;
    return { country: null, countryName: null, emergency: `${mobile} or ${display}`, dial: null, advice, crisis };
  }
  return {
    country,
    countryName: found.name,
    emergency: found.call,
    dial: found.call,
    advice: found.line ?? content.unknown.advice,
    crisis: found.crisis ?? content.unknown.crisis,
  };
}

let zones: ReadonlyMap<string, string> | null = null;

function byTimeZone(zone: string | null, content: NumbersContent): string | null {
  if (zone === null) return null;
  zones ??= new Map(Object.keys(content.numbers).flatMap((code) => zonesOf(code).map((name): [string, string] => [name, code])));
  return zones.get(zone) ?? zones.get(canonicalZone(zone)) ?? null;
}

/** The time zones that Unicode CLDR lists for a country; the standard library carries them. */
function zonesOf(code: string): readonly string[] {
  const locale = new Intl.Locale(`und-${code}`) as Intl.Locale & { getTimeZones?: () => string[] | undefined };
  return locale.getTimeZones?.() ?? [];
}

// Intl takes longer over one name than the rest of a turn, and devices know few of them.
const canonicalZone = askedOnce((zone) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return zone;
  }
});

function byLocale(locale: string | null): string | null {
  return locale === null ? null : regionOf(locale);
}

const regionOf = askedOnce((locale) => {
  try {
    return new Intl.Locale(locale.replace("_", "-")).region ?? null;
  } catch {
    return null;
  }
});
