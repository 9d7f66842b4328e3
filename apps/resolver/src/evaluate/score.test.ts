import { expect, test } from 'vitest';
import { failuresOf } from './failures.ts';
import { generatePopulation } from './generate.ts';
import { type Answer, precisionOf, recallOf, scoreOf, scoresByStratum } from './score.ts';
import { type Truth, truthsOf } from './truth.ts';

const [identity] = generatePopulation({ seed: 1, people: 50 }).identities;

function truth(said: Partial<Truth> & { own?: string[] }): Truth {
  if (identity === undefined) throw new Error('a population has identities');
  const { own = [], holders = [], isDecidable = false, isMisled = false } = said;
  const onceAlone = said.onceAlone ?? new Set();
  return { identity, ownRecords: new Set(own), holders, onceAlone, isDecidable, isMisled };
}

const linked = (recordId: string, inReview = false): Answer => ({ status: 'linked', recordId, inReview });
const ambiguous: Answer = { status: 'ambiguous', recordId: null, inReview: false };
const unlinked: Answer = { status: 'unlinked', recordId: null, inReview: false };

test('a link is right when it is one of the person’s records, and wrong in three ways', () => {
  const score = scoreOf(
    [
      truth({ own: ['1', '2'], isDecidable: true }),
      truth({ own: ['1'] }),
      truth({ own: [] }),
      truth({ own: ['3'] }),
      truth({ isMisled: true }),
      truth({ own: ['4'] }),
      truth({ own: ['5'], isDecidable: true }),
      truth({ own: ['6', '7'] }),
    ],
    [
      linked('2'),
      linked('9'),
      linked('9'),
      linked('9', true),
      linked('9'),
      ambiguous,
      unlinked,
      linked('6', true),
    ],
  );
  expect(score).toEqual({
    identities: 8,
    withRecord: 6,
    decidable: 2,
    right: 2,
    rightInReview: 1,
    rightDecidable: 1,
    ambiguous: 1,
    wrong: 2,
    wrongInReview: 1,
    wrongInCrm: 1,
  });
  expect(precisionOf(score)).toEqual({ unasked: 1 / 3, withReview: 2 / 5, withCrmErrors: 2 / 6 });
  expect(recallOf(score)).toEqual({ ofAll: 2 / 6, ofDecidable: 1 / 2 });
});

test('a link in review counts as asked about only where its record was once the only one', () => {
  const shared = truth({ holders: ['1', '2'], onceAlone: new Set(['2']) });
  expect(scoreOf([shared], [linked('2', true)])).toMatchObject({ wrong: 0, wrongInReview: 1 });
  expect(scoreOf([shared], [linked('1', true)])).toMatchObject({ wrong: 1, wrongInReview: 0 });
});

test('the scores of the strata add up to the whole', () => {
  const truths = truthsOf(generatePopulation({ seed: 2, people: 100 }));
  const answers = truths.map(({ holders }) => (holders[0] === undefined ? unlinked : linked(holders[0])));
  const whole = scoreOf(truths, answers);
  const parts = [...scoresByStratum(truths, answers).values()];
  for (const key of ['identities', 'right', 'wrong', 'wrongInCrm', 'decidable', 'withRecord'] as const) {
    expect([key, parts.reduce((sum, part) => sum + part[key], 0)]).toEqual([key, whole[key]]);
  }
});

test('a rule that links strangers, forgets, guesses, or takes two for one is caught', () => {
  const resolved = { identityId: 0, participantIds: ['p1'], status: 'linked' as const, contested: false };
  const right = truth({ own: ['1'], holders: ['1'], isDecidable: true });
  expect(failuresOf([right], [{ ...resolved, recordId: '1' }])).toEqual([]);
  expect(failuresOf([right], [{ ...resolved, recordId: '2' }])[0]).toContain('wrongly linked to 2');
  expect(failuresOf([right], [{ ...resolved, status: 'unlinked', recordId: null }])[0]).toContain(
    '1 alone holds it',
  );
  expect(failuresOf([right], [{ ...resolved, participantIds: [], recordId: null }])[0]).toContain('nobody');
  expect(failuresOf([truth({ own: ['1'] })], [{ ...resolved, contested: true, recordId: '2' }])).toEqual([]);
  const shared = truth({ holders: ['1', '2'], onceAlone: new Set(['2']) });
  const inReview = { ...resolved, contested: true };
  expect(failuresOf([shared], [{ ...inReview, recordId: '2' }])).toEqual([]);
  expect(failuresOf([shared], [{ ...inReview, recordId: '1' }])[0]).toContain('a guess');
  expect(failuresOf([truth({ isMisled: true })], [{ ...resolved, recordId: '2' }])).toEqual([]);
  const same = { ...resolved, recordId: '1' };
  expect(failuresOf([right, right], [same, { ...same, identityId: 1 }])[0]).toContain('one participant');
});
