import { describe, expect, it } from "vitest";
import { isAllowedServiceUrl, isThisMachine } from "../../../src/channels/bot-framework/outbound-hosts.ts";

describe("where replies may go", () => {
  it.each([
    "https://smba.trafficmanager.net/teams/",
    "https://smba.trafficmanager.net/emea/v3/conversations",
    "https://directline.botframework.com/",
    "https://webchat.botframework.com/",
    "https://slack.botframework.com/",
    "https://directline.botframework.us/",
    "https://directline.botframework.azure.cn/",
    "https://smba.infra.gcc.teams.microsoft.com/teams",
    "https://smba.infra.gov.teams.microsoft.us/",
    "https://smba.infra.dod.teams.microsoft.us/",
  ])("to Microsoft's %s", (url) => {
    expect(isAllowedServiceUrl(url, false)).toBe(true);
  });

  it.each([
    "https://evilbotframework.com/",
    "https://botframework.com.evil.example/",
    "https://smba.trafficmanager.net.evil.example/",
    "https://evil.trafficmanager.net/",
    "https://trafficmanager.net/",
    "https://xsmba.trafficmanager.net/",
    "https://smba.trafficmanager.net@evil.example/",
    "https://user:secret@smba.trafficmanager.net/",
    "https://user@smba.trafficmanager.net/",
    "https://smba.trafficmanager.net:8443/",
    "http://smba.trafficmanager.net/",
    "http://smba.trafficmanager.net:443/",
    "ftp://smba.trafficmanager.net/",
    "file:///etc/passwd",
    "//smba.trafficmanager.net/",
    "smba.trafficmanager.net",
    "https://smba.trafficmanager.net\\@evil.example/",
    "https://smba.trafficmanager.net%2eevil.example/",
    "https://botframework.com./",
    "https://ѕmba.trafficmanager.net/",
    "https://169.254.169.254/metadata/instance",
    "http://169.254.169.254/latest/meta-data/",
    "https://[fe80::1]/",
    "https://[::ffff:169.254.169.254]/",
    "https://127.0.0.1/",
    "http://127.0.0.1:3978/",
    "https://localhost/",
    "https://10.0.0.1/",
    "https://2852039166/",
    "",
    "not an address",
  ])("not to %s", (url) => {
    expect(isAllowedServiceUrl(url, false)).toBe(false);
  });

  it.each(["http://127.0.0.1:56150/", "http://localhost:56150", "http://[::1]:56150/_connector"])(
    "to this machine's %s while nobody is authenticated",
    (url) => {
      expect(isAllowedServiceUrl(url, true)).toBe(true);
    },
  );

  it.each([
    "https://smba.trafficmanager.net/teams/",
    "http://localhost.evil.example/",
    "http://127.0.0.1.evil.example/",
    "http://user:secret@127.0.0.1/",
    "http://169.254.169.254/",
    "http://0.0.0.0/",
    "http://192.168.0.10/",
    "http://[::ffff:10.0.0.1]/",
    "ftp://127.0.0.1/",
  ])("not to %s while nobody is authenticated", (url) => {
    expect(isAllowedServiceUrl(url, true)).toBe(false);
  });

  it.each([
    ["127.0.0.1:3978", true],
    ["localhost", true],
    ["[::1]:3978", true],
    ["bot.example", false],
    ["127.0.0.1.rebind.example:3978", false],
    ["", false],
    [undefined, false],
  ])("tells whether the Host header %s names this machine", (host, own) => {
    expect(isThisMachine(host)).toBe(own);
  });
});
