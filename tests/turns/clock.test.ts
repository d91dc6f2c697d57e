import { expect, test } from "vitest";
import { steadyClock } from "../../src/turns/clock.ts";

function machine() {
  let wall = 1_000_000;
  let steady = 500;
  const clock = steadyClock(
    () => wall,
    () => steady,
  );
  return {
    clock,
    pass: (milliseconds: number) => {
      wall += milliseconds;
      steady += milliseconds;
    },
    set: (change: number) => {
      wall += change;
    },
  };
}

test("the clock follows the machine's", () => {
  const { clock, pass } = machine();
  pass(250.5);
  expect(clock()).toBe(1_000_250.5);
});

test("set back by an hour, it goes on at its own pace, so that no countdown waits an hour", () => {
  const { clock, pass, set } = machine();
  pass(1000);
  expect(clock()).toBe(1_001_000);
  set(-3_600_000);
  expect(clock()).toBe(1_001_000);
  pass(30_000);
  expect(clock()).toBe(1_031_000);
});

test("set forward, it follows at once, and it never goes back however often it is read", () => {
  const { clock, pass, set } = machine();
  set(3_600_000);
  const later = clock();
  expect(later).toBe(4_600_000);
  set(-3_600_000);
  let last = later;
  for (let reading = 0; reading < 1000; reading++) {
    pass(0.3);
    const now = clock();
    expect(now).toBeGreaterThanOrEqual(last);
    last = now;
  }
  expect(last).toBeGreaterThanOrEqual(4_600_299);
});
