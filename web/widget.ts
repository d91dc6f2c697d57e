import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { paint } from "./accent.ts";
import { type Alarm, createAlarm } from "./alarm.ts";
import { type Chat, createChat } from "./chat.ts";
import type { ChatState } from "./chat-state.ts";
import { createHostEvents } from "./host.ts";
import type { Pending } from "./outbox.ts";
import { createFollow } from "./scroll.ts";
import { type Shelf, shelfAt } from "./shelf.ts";
import { answers as answersStyle } from "./styles/answers.ts";
import { clock as clockStyle } from "./styles/clock.ts";
import { frame } from "./styles/frame.ts";
import { littleRoom } from "./styles/little-room.ts";
import { talk } from "./styles/talk.ts";
import { tokens } from "./styles/tokens.ts";
import { createTicker } from "./ticker.ts";
import { type Standing, standingOf } from "./transcript.ts";
import { composer } from "./views/composer.ts";
import { dock } from "./views/dock.ts";
import { advice, header, launcher, offlineCard } from "./views/frame.ts";
import { transcript } from "./views/transcript.ts";
import { WORDS } from "./words.ts";

/** Where this script came from: the server, unless the `endpoint` attribute names another. */
const HOME =
  document.currentScript instanceof HTMLScriptElement ? new URL(".", document.currentScript.src).href : location.origin;

/**
 * The chat, as `<unknot-chat>`. Attributes: `endpoint` (the server), `accent` (any CSS colour), `language` (such as "en-GB";
 * the emergency number follows it), `position` ("right" or "left"), `theme` ("light" or "dark"), `inline` (no launcher), `open`.
 * Events: `unknot-escalated` with { disposition, emergencyNumber }, `unknot-ended` with { disposition }.
 */
export class UnknotChat extends LitElement {
  static override readonly styles = [tokens, frame, talk, answersStyle, clockStyle, littleRoom];
  static override readonly properties = {
    endpoint: { type: String },
    accent: { type: String },
    language: { type: String },
    inline: { type: Boolean, reflect: true },
    open: { type: Boolean, reflect: true },
    talk: { state: true },
  };

  declare endpoint: string | null;
  declare accent: string | null;
  declare language: string | null;
  declare inline: boolean;
  declare open: boolean;
  /** The state of the conversation; null before it is opened. */
  declare protected talk: ChatState | null;

  #chat: Chat | null = null;
  #alarm: Alarm = createAlarm(shelfAt(() => localStorage, "unknot:alarm"));
  #draft: Shelf = shelfAt(() => sessionStorage, "unknot:draft");
  #wasOpen: Shelf = shelfAt(() => sessionStorage, "unknot:open");
  #hostEvents = createHostEvents(shelfAt(() => sessionStorage, "unknot:told"));
  #follow = createFollow();
  #ticker = createTicker({
    clock: () => standingOf(this.talk?.messages ?? []).clock,
    serverNow: () => Date.now() + (this.talk?.offset ?? 0),
    changed: () => this.requestUpdate(),
    over: () => this.#alarm.ring(),
  });
  #text = this.#draft.read() ?? "";
  #ticked: readonly string[] = [];
  #place: string | null = null;
  #seen = 0;
  #unread = false;
  /** Until the element leaves the page. */
  #attached = new AbortController();

  constructor() {
    super();
    this.endpoint = null;
    this.accent = null;
    this.language = null;
    this.inline = false;
    this.open = false;
    this.talk = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#attached = new AbortController();
    const { signal } = this.#attached;
    for (const name of ["online", "focus", "pageshow"]) window.addEventListener(name, this.#wake, { signal });
    window.addEventListener("offline", this.#redraw, { signal });
    document.addEventListener("visibilitychange", this.#wake, { signal });
    if (this.#wasOpen.read() === "yes") this.open = true;
    if (this.inline || this.open) this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#attached.abort();
    this.#ticker.stop();
    this.#chat?.stop();
    this.#chat = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("accent")) paint(this, this.accent);
    if ((changed.has("open") || changed.has("inline")) && (this.open || this.inline)) this.#begin();
    if (changed.has("open")) this.#wasOpen.write(this.open ? "yes" : "no");
  }

  protected override updated(): void {
    const count = this.talk?.messages.length ?? 0;
    const all = count + (this.talk?.pending.length ?? 0);
    const scroller = this.#find(".scroller");
    if (scroller === null || all === this.#seen) return;
    const lines = this.renderRoot.querySelectorAll<HTMLElement>(".line");
    // While a countdown runs, what to do is more important than what was said before it.
    const first = this.#ticker.countdown === null ? Math.min(this.#seen, lines.length - 1) : lines.length - 1;
    this.#follow.to(scroller, lines[first] ?? null);
    this.#seen = all;
  }

  protected override render(): TemplateResult {
    if (!this.inline && !this.open) return launcher(this.#unread, () => void this.#show());
    const talk = this.talk;
    const standing = standingOf(talk?.messages ?? []);
    const number = standing.emergencyNumber ?? talk?.emergencyNumber ?? null;
    const isOffline = talk?.connection === "offline" || !navigator.onLine;
    const connection = isOffline ? "offline" : (talk?.connection ?? "connecting");
    return html`<section
      class="panel ${this.inline ? "" : "floating"} ${standing.disposition ?? ""}"
      role=${this.inline ? "region" : "dialog"}
      aria-label=${WORDS.panel}
      lang="en"
      tabindex="-1"
      @keydown=${this.#onKey}
    >
      ${header({ connection, emergencyNumber: number, close: this.inline ? null : this.#close })}
      ${advice(standing.disposition, number)}
      <div class="scroller" tabindex="0" role="group" aria-label=${WORDS.log}>
        ${talk?.lostEarlier === true ? html`<p class="note">${WORDS.lostEarlier}</p>` : nothing}
        ${transcript({
          messages: talk?.messages ?? [],
          pending: talk?.pending ?? [],
          endpoint: this.#home(),
          retry: (pending) => this.#retry(pending),
          settled: () => this.#settle(),
        })}
        ${this.#isWaiting() ? html`<div class="typing" role="status" aria-label=${WORDS.answering}><i></i><i></i><i></i></div>` : nothing}
        ${isOffline ? offlineCard(number, standing.disposition) : nothing} ${this.#dock(standing)}
      </div>
      <p class="hidden" role="status">${this.#ticker.isEnding ? WORDS.lastSeconds : ""}</p>
      ${composer({
        draft: this.#text,
        write: (text) => this.#write(text),
        send: () => this.#sendDraft(),
        say: (text) => this.#say(text),
      })}
    </section>`;
  }

  #dock(standing: Standing): TemplateResult {
    const redraw = (change: () => void) => {
      change();
      this.requestUpdate();
    };
    return dock({
      standing,
      isOpen: (this.talk?.pending.length ?? 0) === 0,
      clock: this.#ticker.countdown,
      alarm: { ...this.#alarm, set: (what) => redraw(() => this.#alarm.set(what)) },
      map: {
        chosen: this.#place,
        choose: (name) => void this.#choosePlace(name),
        send: (name) => this.#say(name),
      },
      ticked: this.#ticked,
      tick: (value, on) =>
        redraw(() => {
          this.#ticked = on ? [...this.#ticked, value] : this.#ticked.filter((one) => one !== value);
        }),
      press: (question, text, value) => this.#send(text, { choice: value, question: question.question }),
    });
  }

  async #choosePlace(name: string | null): Promise<void> {
    this.#place = name;
    this.requestUpdate();
    await this.updateComplete;
    this.#find(".map .main")?.scrollIntoView({ block: "nearest" });
  }

  /** A message of the person is with the server, and nothing came back yet. */
  #isWaiting(): boolean {
    return this.talk?.pending.some(({ state }) => state === "sending" || state === "sent") === true;
  }

  #begin(): void {
    if (this.#chat !== null) return;
    this.#chat = createChat({
      endpoint: this.#home(),
      locale: () => this.language ?? navigator.language,
      changed: (state) => this.#took(state),
    });
    this.talk = this.#chat.state;
    this.#chat.start();
  }

  #home(): string {
    return (this.endpoint ?? HOME).replace(/\/+$/, "");
  }

  #took(state: ChatState): void {
    const before = this.talk?.messages.length ?? 0;
    this.talk = state;
    if (state.messages.length !== before) {
      this.#ticked = [];
      this.#place = null;
      this.#unread ||= !this.inline && !this.open && state.messages.length > before;
      if (state.messages.length < before) this.#seen = 0;
      for (const { name, detail } of this.#hostEvents(state.messages, standingOf(state.messages))) {
        this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
      }
    }
    this.#ticker.look();
  }

  #say(text: string): void {
    this.#send(text, null);
  }

  #send(text: string, value: { choice: string; question: string | null } | null): void {
    this.#chat?.send(text, value);
    // The pressed button goes away: focus stays near, where the next answers will be.
    this.#find(".answers")?.focus({ preventScroll: true });
  }

  #write(text: string): void {
    this.#text = text;
    this.#draft.write(text);
    this.requestUpdate();
  }

  #sendDraft(): void {
    const text = this.#text.trim();
    if (text === "") return;
    this.#write("");
    this.#chat?.send(text, null);
  }

  #retry({ clientId, state }: Pending): void {
    if (state === "failed") {
      this.#chat?.retry(clientId);
      return;
    }
    const text = this.#chat?.discard(clientId)?.text ?? "";
    this.#write(this.#text === "" ? text : `${this.#text}\n${text}`);
    this.#find("textarea")?.focus();
  }

  #settle(): void {
    const scroller = this.#find(".scroller");
    if (scroller !== null) this.#follow.again(scroller);
  }

  #find(selector: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(selector);
  }

  #wake = (): void => {
    if (!document.hidden) this.#chat?.wake();
    this.#redraw();
  };

  #redraw = (): void => this.requestUpdate();

  #show = async (): Promise<void> => {
    this.open = true;
    this.#unread = false;
    this.#seen = 0;
    await this.updateComplete;
    this.#find(".panel")?.focus();
  };

  #close = async (): Promise<void> => {
    this.open = false;
    await this.updateComplete;
    this.#find(".launcher")?.focus();
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || this.inline) return;
    event.stopPropagation();
    void this.#close();
  };
}

if (customElements.get("unknot-chat") === undefined) customElements.define("unknot-chat", UnknotChat);
