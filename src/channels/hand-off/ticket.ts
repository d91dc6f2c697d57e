import type { HandOffEvent } from "../../../dialogs/event.ts";
import type { HandOffCall, Person } from "../../turns/port.ts";
import { seal, unseal } from "./signature.ts";

/** All that is needed to speak to the person later. */
export interface Ticket {
  readonly sequence: string;
  readonly person: Person;
  /** When the person agreed; null in tickets of older versions. */
  readonly asked: number | null;
}

export const STATES: readonly HandOffEvent["state"][] = ["accepted", "failed", "completed"];

/** Names a hand-off to the clinic, the same each time: "7.kT0…". The ticket travels sealed inside it and tells nothing. */
export function ticketId({ sequence, at, person }: HandOffCall, secret: string): string {
  return `${sequence}.${seal(secret, JSON.stringify({ ...person, asked: at }))}`;
}

/** @returns null when it is not one of ours */
export function readTicket(id: string, secret: string): Ticket | null {
  const [sequence = "", sealed = ""] = id.split(".");
  const text = unseal(secret, sealed);
  if (text === null) return null;
  const { asked, ...person } = JSON.parse(text) as Person & { asked?: number };
  return { sequence, person, asked: asked ?? null };
}
