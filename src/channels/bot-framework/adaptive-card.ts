/**
 * The part of Adaptive Cards that Teams shows on a phone: 1.2 there, whatever the desktop can do.
 * https://adaptivecards.io/explorer; tests hold every card to these types and to the schema's required parts.
 */
export interface AdaptiveCard {
  readonly type: "AdaptiveCard";
  readonly $schema: "http://adaptivecards.io/schemas/adaptive-card.json";
  readonly version: "1.2";
  readonly lang: "en";
  /** Shown by a client that cannot show the card. */
  readonly fallbackText: string;
  readonly speak: string;
  readonly body: readonly CardElement[];
  readonly actions: readonly CardAction[];
}

export type CardElement = TextBlock | Picture | Toggle | Container | ColumnSet;

interface TextBlock {
  readonly type: "TextBlock";
  readonly text: string;
  readonly wrap: true;
  readonly horizontalAlignment?: "center";
}

interface Picture {
  readonly type: "Image";
  readonly url: string;
  readonly altText: string;
  readonly size: "stretch";
}

interface Toggle {
  readonly type: "Input.Toggle";
  readonly id: string;
  readonly title: string;
  readonly value: "false";
  readonly wrap: true;
}

/** A wide button whose label may take several lines. */
interface Container {
  readonly type: "Container";
  readonly style: "emphasis";
  readonly items: readonly TextBlock[];
  readonly selectAction: SubmitAction;
}

interface ColumnSet {
  readonly type: "ColumnSet";
  readonly columns: readonly Column[];
}

interface Column {
  readonly type: "Column";
  readonly width: "stretch";
  readonly style: "emphasis";
  readonly items: readonly TextBlock[];
  readonly selectAction: SubmitAction;
}

export type CardAction = SubmitAction | OpenUrlAction;

export interface SubmitAction {
  readonly type: "Action.Submit";
  readonly title: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface OpenUrlAction {
  readonly type: "Action.OpenUrl";
  readonly title: string;
  readonly url: string;
}
