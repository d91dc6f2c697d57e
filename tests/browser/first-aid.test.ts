import { describe, expect, it } from "vitest";
import { eventually, expectAccessible, hears, openPhone, press, say } from "../support/person.ts";
import { setStage } from "../support/stage.ts";

const stage = setStage("for the file");

describe("somebody with a cramp", { timeout: 60_000 }, () => {
  it("is led from the first visit to relief by tapping alone", async () => {
    const { context, page, problems } = await openPhone(stage.browser);
    await page.goto(stage.bot.address);
    await page.evaluate(
      `addEventListener("unknot-ended", ({ detail }) => { window.ended = [...(window.ended ?? []), detail]; })`,
    );
    await hears(page, "I am not a doctor");
    await hears(page, "Where is the cramp?");
    expect(await page.getByRole("link", { name: "Emergency: call 999" }).getAttribute("href")).toBe("tel:999");
    await expectAccessible(page, "welcome with the body map");

    await page.getByRole("radio", { name: "left calf" }).tap();
    await expectAccessible(page, "a place is chosen");
    await press(page, "It is here: left calf");
    await hears(page, "Stop now and sit or lie");
    await expectAccessible(page, "safety check");

    await press(page, "None of these");
    await page.getByRole("timer").waitFor();
    await page.getByRole("img", { name: /towel/ }).waitFor();
    await expectAccessible(page, "countdown");

    await press(page, "Pause");
    await hears(page, "Paused.");
    await eventually(() => page.locator(".seconds").textContent()).toMatch(/^(29|30).*Paused/s);
    await expectAccessible(page, "paused countdown");
    await press(page, "Go on");
    await hears(page, "Going on.");

    stage.bot.advance(31);
    await hears(page, "Time is up.");
    expect(await page.getByRole("timer").count()).toBe(0);
    await expectAccessible(page, "pain scale");
    await press(page, "2 out of 10");
    await hears(page, "Lift your toes");
    await press(page, "Done");
    await hears(page, "That was it: stop, a stretch, rest.");
    expect(await page.evaluate("window.ended")).toEqual([{ disposition: "self-care" }]);
    await press(page, "No thanks");
    await eventually(() => page.locator(".line.pending").count()).toBe(0);
    await expectAccessible(page, "the end");
    expect(problems).toEqual([]);
    await context.close();
  });

  it("ticks two signs of the safety check and is sent to help", async () => {
    const { context, page } = await openPhone(stage.browser);
    await page.goto(stage.bot.address);
    await hears(page, "Where is the cramp?");
    await say(page, "my right calf is cramping");
    await page.getByRole("checkbox", { name: /cold, pale, blue/ }).check();
    await page.getByRole("checkbox", { name: /swollen, hot/ }).check();
    expect(await page.getByRole("button", { name: "None of these" }).count()).toBe(0);
    await press(page, "Send the 2 ticked lines");
    await page.locator(".line.user", { hasText: /cold, pale.*swollen/ }).waitFor();
    await hears(page, "This needs emergency help now");
    await page.getByRole("alert").getByRole("link", { name: "Emergency: call 999" }).waitFor();
    await expectAccessible(page, "after ticking");
    await context.close();
  });

  it("is sent to an ambulance when the pain is severe and the chest hurts, and cannot miss it", async () => {
    const { context, page } = await openPhone(stage.browser);
    await page.goto(stage.bot.address);
    await page.evaluate(
      `addEventListener("unknot-escalated", ({ detail }) => { window.told = [...(window.told ?? []), detail]; })`,
    );
    await hears(page, "Where is the cramp?");
    await say(page, "crushing chest pain down my left arm, 10/10");
    const alert = page.getByRole("alert");
    await alert.getByText("Emergency: get help now").waitFor();
    const call = alert.getByRole("link", { name: "Emergency: call 999" });
    expect(await call.getAttribute("href")).toBe("tel:999");
    const { height = 0, width = 0 } = (await call.boundingBox()) ?? {};
    expect(height).toBeGreaterThanOrEqual(56);
    expect(width).toBeGreaterThan(300);
    expect(await call.isVisible()).toBe(true);
    await expectAccessible(page, "emergency");
    expect(await page.evaluate("window.told")).toEqual([{ disposition: "emergency-now", emergencyNumber: "999" }]);
    expect(await page.locator(".map").count()).toBe(0);

    await page.reload();
    await page.getByRole("alert").getByRole("link", { name: "Emergency: call 999" }).waitFor();
    await context.close();
  });

  it("is told at once to get help when it says that the pain is severe in the middle of a stretch", async () => {
    const { context, page } = await openPhone(stage.browser);
    await page.goto(stage.bot.address);
    await hears(page, "Where is the cramp?");
    await say(page, "calf cramp");
    await press(page, "None of these");
    await page.getByRole("timer").waitFor();
    await say(page, "this is unbearable, 10 out of 10");
    await page.getByRole("alert").getByText("Get medical advice today").waitFor();
    await expectAccessible(page, "urgent");
    await context.close();
  });
});

describe("somebody who uses the keyboard alone", { timeout: 60_000 }, () => {
  it("gets from the place to the pain scale without a pointer, and focus is never lost", async () => {
    const { context, page } = await openPhone(stage.browser, { hasTouch: false, viewport: { width: 900, height: 800 } });
    await page.goto(stage.bot.address);
    await hears(page, "Where is the cramp?");
    const focused = () => page.evaluate("document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label')");
    const tabTo = async (label: string) => {
      for (let presses = 0; presses < 30; presses++) {
        if ((await focused()) === label) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`Tab never reaches ${label}`);
    };
    await tabTo("eyelid");
    for (let presses = 0; presses < 40 && (await focused()) !== "left shin"; presses++) await page.keyboard.press("ArrowRight");
    expect(await page.getByRole("radio", { name: "left shin" }).getAttribute("aria-checked")).toBe("true");
    const outline = await page.evaluate(
      "getComputedStyle(document.querySelector('unknot-chat').shadowRoot.activeElement).stroke",
    );
    expect(outline).toBe("rgb(10, 88, 202)");
    await page.getByRole("button", { name: "It is here: left shin" }).focus();
    await page.keyboard.press("Enter");
    await hears(page, "One check before");
    expect(await focused()).toBe("Answers");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    expect(await page.getByRole("checkbox").first().isChecked()).toBe(true);
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "None of these" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("timer").waitFor();
    expect(await focused()).toBe("Answers");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page
      .getByRole("button", { name: /out of 10/ })
      .first()
      .waitFor();
    await context.close();
  });

  it("finds every place in the list of names as well", async () => {
    const { context, page } = await openPhone(stage.browser);
    await page.goto(stage.bot.address);
    await hears(page, "Where is the cramp?");
    const names = await page.getByRole("radio").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
    const listed = await page.getByRole("option").evaluateAll((all) => all.map((one) => one.getAttribute("value")));
    expect(names.length).toBeGreaterThan(35);
    expect(names.filter((name) => !listed.includes(name))).toEqual([]);
    await page.getByLabel("Choose by name").selectOption("right hand");
    await press(page, "It is here: right hand");
    await hears(page, "One check before");
    await context.close();
  });
});

describe("somebody who wants to be forgotten", { timeout: 60_000 }, () => {
  it("has everything deleted, on the screen too, and can begin again", async () => {
    const { context, page } = await openPhone(stage.browser);
    await page.goto(stage.bot.address);
    await hears(page, "Where is the cramp?");
    await say(page, "my left calf is cramping");
    await hears(page, "One check before");
    await say(page, "delete my data");
    await page.locator(".answers button").first().waitFor();
    await press(page, /^Delete|forget/i);
    await eventually(() => page.locator(".line", { hasText: "my left calf is cramping" }).count()).toBe(0);
    await eventually(() => page.locator(".line.bot").count()).toBeGreaterThan(0);
    await say(page, "foot cramp");
    await hears(page, "One check before");
    await context.close();
  });
});

describe("a screen reader", { timeout: 60_000 }, () => {
  it("hears new lines in order, the person's marked as theirs, and the last seconds of a countdown", async () => {
    const { context, page } = await openPhone(stage.browser);
    await page.clock.install();
    await page.goto(stage.bot.address);
    await hears(page, "Where is the cramp?");
    const log = page.getByRole("log");
    expect(await log.getAttribute("aria-live")).toBe("polite");
    await say(page, "calf cramp");
    await press(page, "None of these");
    await page.getByRole("timer").waitFor();
    const lines = await log.locator(".line").allTextContents();
    const tidy = lines.map((line) => line.replace(/\s+/g, " ").trim());
    expect(tidy[0]).toMatch(/^Unknot: I am Unknot/);
    expect(tidy.filter((line) => line.startsWith("You:"))).toEqual(["You: calf cramp", "You: None of these"]);
    expect(tidy.findIndex((line) => line.includes("One check"))).toBeLessThan(tidy.indexOf("You: None of these"));
    const seconds = page.locator("p.hidden[role=status]");
    expect(await seconds.textContent()).toBe("");
    await page.clock.fastForward(21_000);
    await eventually(() => seconds.textContent()).toBe("10 seconds left");
    await context.close();
  });
});
