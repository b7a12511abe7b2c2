/**
 * Asks for each key one at a time. Whoever asks while an answer is under way gets the next one, together with everybody
 * else who waits for it: it was begun after they asked, so nobody is told what was before their own doing.
 */
export const oneAtATime = <Answer>(
  ask: (key: string) => Promise<Answer>,
): ((key: string) => Promise<Answer>) => {
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<Answer>>();
  const begin = (key: string): Promise<Answer> => {
    const answer = ask(key);
    const end = (): void => {
      running.delete(key);
    };
    running.set(key, answer.then(end, end));
    return answer;
  };
  return (key) => {
    const before = running.get(key);
    const next = waiting.get(key);
    if (next !== undefined) return next;
    if (before === undefined) return begin(key);
    const after = before.then(() => {
      waiting.delete(key);
      return begin(key);
    });
    waiting.set(key, after);
    return after;
  };
};
