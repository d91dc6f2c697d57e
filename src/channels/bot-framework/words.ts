/** The few words of the cards themselves; all advice is content. */
export const WORDS = {
  call: (number: string) => `Call ${number}`,
  sendTicked: "Send what I ticked",
  openPrivateChat: "Open a private chat",
} as const;
