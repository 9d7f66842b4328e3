/*
 * One question for all who ask it at the same moment: when thousands of subscribers come back at once, they ask for the
 * same keys and records. Nothing is kept: who asks after an answer came, asks anew.
 */
import { AsyncResource } from 'node:async_hooks';

/** The same function, which does not ask again while the answer to the same arguments is on its way. */
export function shareAnswers<A extends readonly string[], T>(
  ask: (...about: A) => Promise<T>,
): (...about: A) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  // The question belongs to none of the calls that wait for it: the one that asked first may leave.
  const nobody = new AsyncResource('shared question');
  return (...about) => {
    const key = JSON.stringify(about);
    const known = asked.get(key);
    if (known !== undefined) return known;
    const answer = nobody.runInAsyncScope(() => ask(...about)).finally(() => asked.delete(key));
    asked.set(key, answer);
    return answer;
  };
}
