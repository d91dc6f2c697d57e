import { describe, expect, test } from "vitest";
import type { Polarity } from "../../src/care/labels.ts";
import { compileContent, readContentFiles } from "../../src/care/load-content.ts";
import { compileLexicon, createReader } from "../../src/understanding/reader.ts";
import { CONTENT_FOLDER } from "../support/knowledge.ts";

const content = await compileContent(readContentFiles(CONTENT_FOLDER));
const reader = createReader(content, compileLexicon(content));

/** How the message tells of the finding; null when it does not name it. */
function told(message: string, finding: string): Polarity | null {
  return reader.read(message, null).signs.findings.get(finding) ?? null;
}

type Row = readonly [message: string, finding: string];

function all(polarity: Polarity, rows: readonly Row[]): void {
  test.each(rows)("%s (%s)", (message, finding) => {
    expect(told(message, finding)).toBe(polarity);
  });
}

describe("denied", () => {
  all("negated", [
    ["no swelling, redness or numb toes", "limb-numb"],
    ["my foot is not cold at all", "limb-cold"],
    ["my calf cramps but it isn't swollen", "limb-swollen"],
    ["never had a seizure in my life", "seizure"],
    ["nowt numb in my foot, just tight", "limb-numb"],
    ["calf cramp, no fever", "fever"],
    ["chest pain no, just the calf", "chest-pain"],
    ["I don't feel confused, I only asked about my calf", "confused"],
  ]);
});

describe("looks like a denial and is none", () => {
  all("present", [
    ["no amount of rubbing helps, my foot is numb", "limb-numb"],
    ["my calf blew up for no reason, it's swollen", "limb-swollen"],
    ["my ankle is swollen out of nowhere", "limb-swollen"],
    ["it won't stop and my foot is cold", "limb-cold"],
    ["not worried but my foot is numb", "limb-numb"],
    ["nooo my foot is numb", "limb-numb"],
    ["no it's my foot that is cold", "limb-cold"],
    ["my foot is numb noo, I cannae feel it", "limb-numb"],
    ["I did not expect my calf to be swollen", "limb-swollen"],
    ["without warning my calf swelled", "limb-swollen"],
    ["nothing shifts it and my toes are numb", "limb-numb"],
    ["I don't understand why my foot is cold", "limb-cold"],
  ]);
});

describe("past", () => {
  all("past", [
    ["when I was six I had a seizure. Now my calf cramps.", "seizure"],
    ["I had chest pain years ago, it was nothing", "chest-pain"],
    ["I used to get chest pain at school", "chest-pain"],
    ["my calf swelled up in 2014", "limb-swollen"],
    ["my foot was numb, that was ten years ago", "limb-numb"],
    ["as a teenager I was confused after a match", "confused"],
    ["I had a seizure as a baby, none since", "seizure"],
    ["the swelling went down and it's gone now", "limb-swollen"],
    ["my foot was cold, then I walked and it was warm again", "limb-cold"],
    ["chest pain earlier, it passed", "chest-pain"],
  ]);
});

describe("looks past and goes on", () => {
  all("present", [
    ["16 x 500 mg paracetamol in the past 3 h for this back spasm", "overdose-told"],
    ["started indapamide a month ago and I've been getting foot cramps since", "cramp"],
    ["my calf has been swollen in the past week", "limb-swollen"],
    ["my foot's gone cold", "limb-cold"],
    ["the swelling stopped halfway up my calf", "limb-swollen"],
    ["my chest pain comes and goes, it's gone in a minute every time", "chest-pain"],
    ["I want it to stop, my foot is numb", "limb-numb"],
    ["my calf is swollen but my boss says to walk it off", "limb-swollen"],
    ["my foot is numb and it hasn't gone away", "limb-numb"],
    ["my calf is more swollen than it used to be", "limb-swollen"],
    ["when I was panicking my hands went into claws", "claw-hands"],
    ["my legs are tighter since they changed my tablets about a month ago", "tone-word"],
  ]);
});

describe("history counts however long ago it was", () => {
  all("present", [
    ["I had a clot in 2019 and my calf is swollen again", "clot-history"],
    ["I was treated for breast cancer in 2021, all clear since", "cancer-told"],
    ["had my thyroid out years ago", "calcium-surgery"],
  ]);
});

describe("somebody else's", () => {
  all("other", [
    ["mate at work tore his achilles last month, mine's just tight", "pop-snap"],
    ["Mrs next door had heat stroke, she's eating now, my calf cramped", "heat-stroke-now"],
    ["My mum had a stroke last year. My calf cramps at night.", "neuro-known"],
    ["watching a film, a chap had a seizure. My calf cramped when I jumped.", "seizure"],
    ["on our ward we had two confused gentlemen. My foot cramps after the shift.", "confused"],
    ["my horse peed like treacle, vet's been", "pan-dark"],
    ["someone's dog had a fit. My calf cramped.", "seizure"],
    ["our vet says the mare is confused. My neck is stiff.", "confused"],
  ]);
});

describe("a person who is helped now is no story", () => {
  all("present", [
    ["mum had chemo last week, temp 38.6", "cancer-told"],
    ["my husband has had that bulge for years, this evening it's swollen and he cried out", "hernia-told"],
    ["my teenager had something for vomiting and now her jaw twists", "antisick-taken"],
    ["coach says my calf is swollen", "limb-swollen"],
    ["they put me on a statin and my thighs ache", "statin"],
    ["my wife noticed my foot is cold", "limb-cold"],
    ["she cramped in both legs. She's just been sick and she was confused", "confused"],
    ["the dog bit me on the calf and it's swollen", "limb-swollen"],
    ["walking the dog when my chest went tight", "chest-tight"],
    ["I fell off my horse and my calf is swollen", "limb-swollen"],
  ]);
});

describe("only supposed", () => {
  all("hypothetical", [
    ["what do I do if someone has a seizure at the pool?", "seizure"],
    ["if a man says his pee is brown after the gym, what do you answer?", "pan-dark"],
    ["say a lad was necking statins and his pee went brown, what then? it's for the pub quiz", "pan-dark"],
    ["making a poster on heat stroke for the site, what goes on it?", "heat-stroke-now"],
    ["nobody is ill here. Numb between the legs, what does it mean?", "saddle-numb"],
    ["I study for the nurse exam. Chest pain, which nerve is it?", "chest-pain"],
    ["what if my foot goes cold?", "limb-cold"],
    ["suppose my mum got chest pain one day", "chest-pain"],
    ["signs of a seizure?", "seizure"],
  ]);
});

describe("looks supposed and is told", () => {
  all("present", [
    ["I'm outside my exam and I can't stop breathing fast", "overbreathing"],
    ["if I press my calf it is swollen", "limb-swollen"],
    ["it's as if my foot is cold", "limb-cold"],
    ["my foot is numb and cold. What is it? Is it a cramp?", "limb-numb"],
    ["my calf is swollen I suppose", "limb-swollen"],
    ["if I simply didn't wake up one of these mornings it would be a relief", "death-wish"],
    ["I teach PE and a boy in my class just collapsed, he's confused", "confused"],
  ]);
});

describe("the bare name of an illness", () => {
  test.each([
    ["rhabdo", "present"],
    ["do I have rhabdo? my pee is brown", "present"],
    ["I got rhabdo in 2015", "past"],
    ["looked after someone with rhabdo on Tuesday. My own calf cramps on nights.", "other"],
    ["nobody is ill. Which comes first in rhabdo?", "hypothetical"],
  ] as const)("%s is %s", (message, polarity) => {
    expect(told(message, "said:rhabdomyolysis")).toBe(polarity);
  });
});

test("a sign told twice keeps its most telling sense", () => {
  expect(told("my foot was numb years ago. My foot is numb now.", "limb-numb")).toBe("present");
});

describe("figures of speech are no signs", () => {
  all("other", [
    ["his jokes had us in convulsions", "seizure"],
    ["the price of the boiler gave me palpitations", "heart-racing"],
    ["I just want to die of embarrassment", "death-wish"],
    ["quit this thing, just end it", "despair"],
    ["I no longer wish to continue with this procedure", "despair"],
    ["sorry, I zoned out during your paragraph", "confused"],
  ]);
  all("present", [
    ["I just want to die", "death-wish"],
    ["he is in convulsions", "seizure"],
    ["I no longer wish to live", "despair"],
    ["coffee gave me palpitations", "heart-racing"],
    ["he zoned out and does not answer", "confused"],
  ]);
});

describe("one clause of a story beside the writer's own", () => {
  all("other", [
    ["watching a war film and the bloke keels over clutching his chest and I jumped that hard my calf cramped", "chest-tight"],
    ["our fullback popped her shoulder out in the second half. I'm just asking for me: quads a bit tight.", "bone-sign"],
  ]);
  all("hypothetical", [
    ["I'm writing a story where a chap is bitten by a snake and his leg goes numb, how long does it take?", "limb-numb"],
  ]);
  all("negated", [["leg cramp, noo swelling no fever", "limb-swollen"]]);
});

describe("a story of old runs on until the present comes", () => {
  all("past", [
    ["Last spring I tore my calf, heard it go, six weeks of physio. Today the other one cramped.", "pop-snap"],
    ["I fainted at a wedding, 2005, and my chest was tight. Now my neck is stiff.", "chest-tight"],
    ["Before ten years a snake bite me in my village. Today cramp in the leg from football.", "sting-strict"],
    ["in my twenties my calf swelled up after a fall", "limb-swollen"],
    ["back in '88 my calf swelled up after a sting", "limb-swollen"],
  ]);
  all("present", [
    ["Last spring I tore my calf. Today I felt a pop and my calf is swollen.", "limb-swollen"],
    ["I did 2000 steps in 60 minutes and my foot is numb", "limb-numb"],
    ["on it since 2017 and my foot is numb", "limb-numb"],
    ["I was in a crash in 2005, and now my foot is numb", "limb-numb"],
  ]);
});

describe("over and well", () => {
  all("past", [
    ["couldn't catch my breath for five seconds, then fine and played on", "breathless"],
    ["my hand was white after snowballing, it was pink within five minutes by the stove", "limb-pale-blue"],
    ["my foot was cold on the bike. All normal since.", "limb-cold"],
    ["ankle puffy after the flight, fine since Sunday", "limb-swollen"],
    ["his ankle was swollen on Sunday, now he's tearing round the garden", "limb-swollen"],
  ]);
  all("present", [
    ["my foot went numb, fine otherwise", "limb-numb"],
    ["my foot is numb, the other one is normal", "limb-numb"],
    ["my foot is numb. Do I need to warm up?", "limb-numb"],
    ["my foot is numb. I've stopped driving because of it.", "limb-numb"],
    ["my ankle was swollen, it went away for a bit but it came back", "limb-swollen"],
  ]);
});

describe("as it has been for years", () => {
  all("past", [
    ["my ankles are swollen by teatime, as they have been every summer", "limb-swollen"],
    ["my foot goes numb in those boots, for as long as I have worn them", "limb-numb"],
  ]);
  all("present", [
    ["my ankles are swollen every summer since I was a girl but today the left is bigger", "limb-swollen"],
    ["I've wanted to die for as long as I can remember", "death-wish"],
  ]);
});

describe("somebody else who is seen to, beside the writer", () => {
  all("other", [
    ["my nan's jaw hurts and her foot goes numb, she's on steroids for it. mine just cramped for a sec", "limb-numb"],
    ["My sister has swelling in her ankle and they are minding her. Myself, my calf seized.", "limb-swollen"],
    ["Our vicar was slurring, he is home from the stroke unit. I polished his pews and my forearms are stiff.", "speech-odd"],
    ["The lad next door had a fit, he's right as rain. It's me that's sore, from carrying him.", "seizure"],
    ["Horse got bitten by a snake and the vet's sorted her. My calf cramped.", "sting-strict"],
  ]);
  all("present", [
    ["My husband came home from hospital and now his foot is numb", "limb-numb"],
    ["my dad went to hospital with a clot. My calf is swollen just like his.", "limb-swollen"],
    ["my calf is swollen and the vet says rest it", "limb-swollen"],
  ]);
});

test("a list that an “or” ends is denied to its end", () => {
  expect(told("I've never fainted, fitted or had a seizure in my life", "seizure")).toBe("negated");
});

describe("writers and students", () => {
  all("hypothetical", [
    ["reading up on rat poison, spasms and numb feet for the course", "limb-numb"],
    ["if pee becomes brown after the gym, what it means?", "urine-dark"],
  ]);
});
