import { expect, test } from 'vitest';
import { AT_ONCE, gatherMs } from '../../server/inbox/gather-ms.ts';

test('who comes alone waits for nothing; in a rush rows wait for company, and never long', () => {
  expect([0, 1, 2, 11, 50, AT_ONCE - 1].map(gatherMs)).toEqual([0, 0, 20, 200, 400, 400]);
});

test('a full look is followed by the next at once', () => expect(gatherMs(AT_ONCE)).toBe(0));
