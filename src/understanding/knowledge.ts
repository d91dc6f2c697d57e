import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { Content, ContentFiles } from "../care/content.ts";
import { compileContent } from "../care/load-content.ts";
import { SecondOpinion } from "./bayes.ts";
import type { Classifier } from "./classifier.ts";
import { readDictionary } from "./dictionary.ts";
import { FeatureSpace } from "./features.ts";
import { type Models, trainModels } from "./models.ts";
import type { CompiledBook } from "./phrase-book.ts";
import { compileLexicon, createReader } from "./reader.ts";
import type { SecondNet } from "./second-net.ts";
import { createUnderstand, type Understand } from "./understand.ts";

/** Everything that the bot knows: its content, and the function that reads messages by it. */
export interface Knowledge {
  readonly content: Content;
  readonly understand: Understand;
  /** Every word of the lexicon. */
  readonly lexicon: ReadonlySet<string>;
}

/**
 * Compiles the content and trains the models: some ten seconds, once for each version of the content.
 * @throws UserError content-invalid
 */
export async function buildKnowledge(files: ContentFiles): Promise<Buffer> {
  const content = await compileContent(files);
  const book = compileLexicon(content);
  const models = trainModels(content, createReader(content, book), readDictionary());
  return serialize(saved(content, book, models));
}

/** @param bytes what `buildKnowledge` gave */
export function openKnowledge(bytes: Buffer): Knowledge {
  const { content, book, models } = deserialize(bytes) as Saved;
  const restored = { ...models, ...restoredModels(models) };
  const reader = createReader(content, book);
  return { content, understand: createUnderstand(content, restored, reader), lexicon: reader.vocabulary };
}

/** The kept knowledge of this very content, code and Node version; null when there is none. */
export function readKnowledge(files: ContentFiles, cacheFolder: string): Buffer | null {
  try {
    return readFileSync(join(cacheFolder, fileNameOf(files)));
  } catch {
    return null;
  }
}

/**
 * Keeps knowledge for the next start and removes that of older content. Readers never see half a file.
 * @throws Error of the file system
 */
export function keepKnowledge(files: ContentFiles, cacheFolder: string, bytes: Buffer): void {
  mkdirSync(cacheFolder, { recursive: true });
  const name = fileNameOf(files);
  const draft = join(cacheFolder, `${name}.${randomUUID()}`);
  writeFileSync(draft, bytes);
  renameSync(draft, join(cacheFolder, name));
  const old = readdirSync(cacheFolder).filter((one) => /^knowledge-[0-9a-f]+\.bin$/.test(one) && one !== name);
  for (const one of old) rmSync(join(cacheFolder, one), { force: true });
}

function fileNameOf(files: ContentFiles): string {
  const sum = createHash("sha256").update(files.trainingVersion).update(process.version);
  for (const folder of [import.meta.dirname, join(import.meta.dirname, "..", "care")]) {
    for (const name of readdirSync(folder).sort()) sum.update(readFileSync(join(folder, name)));
  }
  return `knowledge-${sum.digest("hex").slice(0, 16)}.bin`;
}

type SavedClassifier = Omit<Classifier, "space"> & { readonly space: ReturnType<FeatureSpace["save"]> };
type TrainedPart = "intents" | "secondNet" | "answers" | "secondOpinion";

interface Saved {
  readonly content: Content;
  readonly book: CompiledBook;
  readonly models: Omit<Models, TrainedPart> & {
    readonly intents: SavedClassifier;
    readonly secondNet: Omit<SecondNet, "urgency"> & { readonly urgency: SavedClassifier };
    readonly answers: SavedClassifier;
    readonly secondOpinion: unknown;
  };
}

function saved(content: Content, book: CompiledBook, models: Models): Saved {
  const classifier = ({ space, model }: Classifier): SavedClassifier => ({ space: space.save(), model });
  return {
    // What the models were trained from has done its work.
    content: { ...content, intents: [], triage: [] },
    book,
    models: {
      ...models,
      intents: classifier(models.intents),
      secondNet: { ...models.secondNet, urgency: classifier(models.secondNet.urgency) },
      answers: classifier(models.answers),
      secondOpinion: models.secondOpinion.save(),
    },
  };
}

function restoredModels(models: Saved["models"]): Pick<Models, TrainedPart> {
  const classifier = ({ space, model }: SavedClassifier): Classifier => ({
    space: new FeatureSpace(space.featureOf, space.rarity),
    model,
  });
  return {
    intents: classifier(models.intents),
    secondNet: { ...models.secondNet, urgency: classifier(models.secondNet.urgency) },
    answers: classifier(models.answers),
    secondOpinion: SecondOpinion.restore(models.secondOpinion),
  };
}
