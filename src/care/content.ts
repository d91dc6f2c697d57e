import type { z } from "zod";
import type { DecisionTable } from "./decide.ts";
import type { Disposition, Intent } from "./labels.ts";
import type { FlagRule } from "./red-flags.ts";
import type * as schema from "./schema.ts";
import type * as lexicon from "./schema-lexicon.ts";

type File<S extends z.ZodType> = z.infer<S>;

export type AreaContent = File<typeof schema.areaFile>;
export type Stretch = AreaContent["stretches"][number];
export type Exercise = NonNullable<AreaContent["exercises"]>[number];
export type FlagContent = File<typeof schema.flagsFile>["flags"][number] & FlagRule;
export type CardsContent = File<typeof schema.cardsFile>;
export type CardName = keyof CardsContent["cards"];
export type CardLine = NonNullable<CardsContent["cards"][CardName]>[number];
export type DecisionsContent = Omit<File<typeof schema.decisionsFile>, "rows" | "raise" | "columns"> & DecisionTable;
export type StepsContent = File<typeof schema.stepsFile>;
export type AnswerContent = File<typeof schema.answersFile>["answers"][number];
export type PopulationContent = File<typeof schema.populationsFile>["populations"][number];
export type SourceContent = File<typeof schema.sourcesFile>["sources"][string];

/** Everything under content/<language>, validated. Plain data, kept in the cache as it is. */
export interface Content {
  readonly language: string;
  /** Changes with every byte of the content but the training sentences; the audit names it. */
  readonly version: string;
  readonly lexicon: {
    readonly grammar: File<typeof lexicon.grammarFile>;
    readonly groups: Readonly<Record<string, readonly string[]>>;
    readonly concepts: File<typeof lexicon.conceptsFile>["concepts"];
    /** Findings that are no signs: who the person is, what came before. */
    readonly circumstances: readonly string[];
    readonly body: File<typeof lexicon.bodyFile>;
    readonly pain: File<typeof lexicon.painFile>["pain"];
    readonly topics: Readonly<Record<string, readonly string[]>>;
    readonly languages: File<typeof lexicon.languagesFile>;
  };
  readonly areas: Readonly<Record<string, AreaContent>>;
  readonly flags: readonly FlagContent[];
  readonly cards: CardsContent;
  readonly decisions: DecisionsContent;
  readonly steps: StepsContent;
  readonly answers: readonly AnswerContent[];
  readonly populations: readonly PopulationContent[];
  readonly numbers: File<typeof schema.numbersFile>;
  readonly sources: Readonly<Record<string, SourceContent>>;
  readonly reviews: File<typeof schema.signOffFile>["reviews"];
  readonly intents: readonly Example<Intent>[];
  readonly triage: readonly TriageExample[];
}

export interface Example<Label extends string> {
  readonly text: string;
  readonly label: Label;
}

export interface TriageExample {
  readonly text: string;
  readonly about: string;
  readonly disposition: Disposition;
}

/** The files of one language, in a fixed order, with their bytes. */
export interface ContentFiles {
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Of everything, training sentences too: what the trained models belong to. */
  readonly trainingVersion: string;
  /** Of what a clinician reviews: all but the training sentences and the signatures. */
  readonly version: string;
}

/** A registered clinician has signed this version of the content. */
export function isReviewed(content: Content): boolean {
  return content.reviews.some((review) => review.content === content.version);
}
