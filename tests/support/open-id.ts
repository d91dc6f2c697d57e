import { createServer, type Server } from "node:http";
import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { listening } from "./loopback.ts";

export const APP_ID = "11111111-2222-4333-8444-555555555555";
export const TENANT_ID = "99999999-8888-4777-8666-555555555555";
const ISSUER = "https://api.botframework.com";
export const SERVICE_URL = "https://smba.trafficmanager.net/teams/";

type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];

/** Stands in for Microsoft: publishes keys, and signs tokens with them as its channels do. */
export interface OpenId {
  readonly metadataUrl: string;
  /** Settings of a bot that trusts this server instead of Microsoft. */
  readonly settings: Readonly<Record<string, string>>;
  /** A good channel token; what is given replaces its parts. */
  token(parts?: TokenParts): Promise<string>;
  /** Requests for the keys so far. */
  readonly asked: () => number;
  /** From now on the keys cannot be had: refused with a status, or never answered. */
  fail(how: 500 | "silence"): void;
  close(): Promise<void>;
}

export interface TokenParts {
  readonly audience?: string;
  readonly issuer?: string;
  readonly serviceUrl?: string | null;
  readonly keyId?: string;
  readonly key?: PrivateKey | Uint8Array;
  readonly algorithm?: string;
  /** Seconds from now. */
  readonly expires?: number;
  readonly notBefore?: number;
  readonly claims?: Readonly<Record<string, unknown>>;
}

export async function startOpenId(): Promise<OpenId> {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid: "key-1", use: "sig", alg: "RS256" };
  let failing: 500 | "silence" | null = null;
  let asked = 0;
  const server: Server = createServer((request, response) => {
    asked++;
    if (failing === "silence") return;
    if (failing !== null) {
      response.statusCode = failing;
      response.end("the inside of the key server");
      return;
    }
    const body =
      request.url === "/keys"
        ? { keys: [{ ...jwk, endorsements: ["msteams", "webchat", "directline"] }] }
        : { issuer: ISSUER, jwks_uri: `${base}/keys` };
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(body));
  });
  const base = await listening(server);
  const metadataUrl = `${base}/openid`;
  return {
    metadataUrl,
    settings: {
      MicrosoftAppType: "SingleTenant",
      MicrosoftAppId: APP_ID,
      MicrosoftAppPassword: "not-a-real-password",
      MicrosoftAppTenantId: TENANT_ID,
      ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${TENANT_ID}`,
      ToChannelFromBotOAuthScope: "https://api.botframework.com",
      ToBotFromChannelTokenIssuer: ISSUER,
      OAuthUrl: "https://api.botframework.com",
      ToBotFromChannelOpenIdMetadataUrl: metadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: metadataUrl,
    },
    token: async (parts = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const { serviceUrl = SERVICE_URL, keyId = "key-1", key = privateKey, algorithm = "RS256", claims = {} } = parts;
      const body = { ...(serviceUrl === null ? {} : { serviceurl: serviceUrl }), ...claims };
      return await new SignJWT(body)
        .setProtectedHeader({ alg: algorithm, kid: keyId, typ: "JWT" })
        .setAudience(parts.audience ?? APP_ID)
        .setIssuer(parts.issuer ?? ISSUER)
        .setNotBefore(now + (parts.notBefore ?? -60))
        .setExpirationTime(now + (parts.expires ?? 3600))
        .sign(key);
    },
    asked: () => asked,
    fail: (how) => {
      failing = how;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A key pair that nobody knows. */
export async function strangersKey(): Promise<PrivateKey> {
  return (await generateKeyPair("RS256")).privateKey;
}

/** What an attacker can know: the public key, used as the secret of HS256. */
export async function publicKeyBytes(openId: OpenId): Promise<Uint8Array> {
  const keys = (await (await fetch(openId.metadataUrl.replace("/openid", "/keys"))).json()) as { keys: JWK[] };
  return new TextEncoder().encode(JSON.stringify(keys.keys[0]));
}

/** `alg: none`: a header, a body and no signature. */
export function unsigned(token: string): string {
  const [, body] = token.split(".");
  return `${Buffer.from(JSON.stringify({ alg: "none", typ: "JWT", kid: "key-1" })).toString("base64url")}.${body}.`;
}
