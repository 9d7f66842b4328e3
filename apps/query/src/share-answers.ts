/*
 * One question for all who ask it at the same moment: when thousands of subscribers come back at once, they ask for the
 * same keys and records. Nothing is kept: who asks after an answer came, asks anew.
 */

/** The same function, which does not ask again while the answer to the same arguments is on its way. */
export function shareAnswers<A extends readonly string[], T>(
  ask: (...about: A) => Promise<T>,
): (...about: A) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (...about) => {
    const key = JSON.stringify(about);
    const known = asked.get(key);
    if (known !== undefined) return known;
    const answer = ask(...about).finally(() => asked.delete(key));
    asked.set(key, answer);
    return answer;
  };
}
