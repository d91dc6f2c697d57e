import { joined } from "../../src/care/said.ts";
import { isDone, markDone, type Step } from "../flow.ts";
import { allows } from "./progress.ts";

/** Small easy movements against stiffness, once it has eased. */
export const gentleMovement: Step = {
  name: "gentle-movement",
  needed: (turn, episode) =>
    !isDone(episode, "gentle-movement") && !episode.stopped && turn.area?.muscle === true && allows(turn, episode, "movement"),
  enter: (turn, episode) => {
    const { area } = turn;
    if (area === null) return;
    markDone(episode, "gentle-movement");
    const choices = turn.choices("done", "hurts", "skip");
    turn.ask(
      joined("", area.gentle, turn.messageText("move-next")),
      { id: "movement", ask: "done", choices },
      { step: "gentle-movement", key: `gentle:${area.id}`, sources: area.sources },
    );
  },
};
