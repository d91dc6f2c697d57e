/** The few words of the cards themselves; all advice is content. */
export const WORDS = {
  call: (number: string) => `Call ${number}`,
  sendTicked: "Send what I ticked",
  openPrivateChat: "Open a private chat",
  wanted: "Somebody asks for a person",
  wantedHow: "They agreed to have you told this and no more. “I take it” tells them so, and keeps the bot quiet until “Done”.",
  chatWith: (name: string) => `Chat with ${name}`,
  take: "I take it",
  done: "Done",
  cannot: "Cannot take it",
  taken: (by: string) => `Taken by ${by}.`,
  completed: (by: string) => `Done, by ${by}. The bot is there for them again.`,
  untaken: (by: string) => `Not taken, by ${by}. They were told, with the numbers to call.`,
  over: "Over: nobody took it in time, or they went on with the bot.",
} as const;
