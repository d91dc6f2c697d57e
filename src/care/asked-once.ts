const MOST_KEPT = 1000;

/** Asks once for each text and keeps the answer, for the first thousand: what clients may think up beyond that is asked anew. */
export function askedOnce<Answer>(ask: (text: string) => Answer): (text: string) => Answer {
  const answers = new Map<string, Answer>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = ask(text);
    if (answers.size < MOST_KEPT) answers.set(text, answer);
    return answer;
  };
}
