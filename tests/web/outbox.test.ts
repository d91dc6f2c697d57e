import { describe, expect, it } from "vitest";
import { openOutbox, type Pending, toRetry } from "../../web/outbox.ts";
import { memoryShelf } from "../support/memory-shelf.ts";

const typed = (clientId: string): Pending => ({ clientId, text: clientId, value: null, at: 0, state: "waiting" });

describe("the outbox", () => {
  it("sends again after a reload what is fresh, and leaves to the person what is old", () => {
    const place = memoryShelf();
    const box = openOutbox(place, 0);
    box.add({ clientId: "old", text: "done", value: null, at: 0, state: "sending" });
    box.add({ clientId: "new", text: "help", value: null, at: 590_000, state: "sent" });
    const again = openOutbox(place, 600_000);
    expect(again.all.map(({ clientId, state }) => [clientId, state])).toEqual([
      ["old", "failed"],
      ["new", "waiting"],
    ]);
    expect(toRetry(again.all, 600_000)).toEqual([]);
    again.remove(["old", "new"]);
    expect(openOutbox(place, 0).all).toEqual([]);
  });

  it("is shared by two tabs: what one does with its messages leaves those of the other as they are", () => {
    const place = memoryShelf();
    const [one, other] = [openOutbox(place, 0), openOutbox(place, 0)];
    one.add(typed("a"));
    other.add(typed("b"));
    one.add(typed("c"));
    other.update("b", "refused");
    one.remove(["a"]);
    expect(openOutbox(place, 0).all.map(({ clientId, state }) => [clientId, state])).toEqual([
      ["b", "refused"],
      ["c", "waiting"],
    ]);
    expect(one.all.map(({ clientId }) => clientId)).toEqual(["c"]);
    expect(other.all.map(({ clientId }) => clientId)).toEqual(["b"]);
  });

  it("does not bring back what another tab has seen arrive", () => {
    const place = memoryShelf();
    const one = openOutbox(place, 0);
    one.add(typed("a"));
    const other = openOutbox(place, 0);
    other.remove(["a"]);
    one.update("a", "sent");
    expect(openOutbox(place, 0).all).toEqual([]);
    expect(one.all).toHaveLength(1);
  });

  it("clears away what a closed tab has left there, once it has arrived", () => {
    const place = memoryShelf();
    const open = openOutbox(place, 0);
    openOutbox(place, 0).add(typed("a"));
    open.remove(["a"]);
    expect(openOutbox(place, 0).all).toEqual([]);
  });

  it("gives back what was taken out, and takes out what was pressed", () => {
    const place = memoryShelf();
    const [one, other] = [openOutbox(place, 0), openOutbox(place, 0)];
    other.add(typed("b"));
    one.add(typed("a"));
    one.add({ ...typed("pressed"), value: { choice: "yes", question: "q" } });
    one.removeAnswers();
    expect(one.take("a")?.clientId).toBe("a");
    expect(one.take("a")).toBe(null);
    expect(openOutbox(place, 0).all.map(({ clientId }) => clientId)).toEqual(["b"]);
  });

  it("begins empty where something else stands in its place", () => {
    for (const spoilt of ["{nonsense", "7", '[{"text":"no id"}]']) {
      const place = memoryShelf();
      place.write(spoilt);
      const box = openOutbox(place, 0);
      expect(box.all).toEqual([]);
      box.add(typed("a"));
      expect(openOutbox(place, 0).all).toHaveLength(1);
    }
  });
});
