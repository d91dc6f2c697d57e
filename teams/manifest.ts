import type { TeamsManifestV1D22 } from "@microsoft/app-manifest";
import type { PackageOptions } from "./options.ts";

type Manifest = TeamsManifestV1D22.TeamsManifestV1D22;

export const COLOR_ICON = "color.png";
export const OUTLINE_ICON = "outline.png";
export const ACCENT = "#0B6E4F";

/** The manifest of the Teams app, of a version that every client of today knows. */
export function manifestOf(options: PackageOptions): Manifest {
  const { appId, catalogId, domain, developer, website, privacy, terms, version, scopes } = options;
  return {
    $schema: "https://developer.microsoft.com/json-schemas/teams/v1.22/MicrosoftTeams.schema.json",
    manifestVersion: "1.22",
    version,
    id: catalogId,
    developer: { name: developer, websiteUrl: website, privacyUrl: privacy, termsOfUseUrl: terms },
    name: { short: "Unknot", full: "Unknot: help with a muscle cramp" },
    description: {
      short: "Walks you through a muscle cramp, step by step, and says when to get help.",
      full: [
        "Unknot is a bot, not a doctor. Tell it which muscle is cramping. It checks that it is safe to go on, then leads you through stopping, stretching, massage and rest, with a countdown for each hold.",
        "It asks about warning signs first. When one shows, or the pain is severe, it stops and tells you where to get help and which number to call.",
        'Write to it in a private chat. It keeps what it needs for the chat and deletes it when you say "forget me". In an emergency call your emergency number first.',
      ].join("\n\n"),
    },
    icons: { color: COLOR_ICON, outline: OUTLINE_ICON },
    accentColor: ACCENT,
    bots: [{ botId: appId, scopes: [...scopes], supportsFiles: false, isNotificationOnly: false }],
    permissions: ["identity", "messageTeamMembers"],
    validDomains: [domain],
    defaultInstallScope: scopes[0] ?? "personal",
  };
}
