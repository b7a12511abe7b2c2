import { expect, test } from 'vitest';
import { oneAtATime } from '../../server/base/one-at-a-time.ts';

test('one question at a time for a key; whoever asks meanwhile shares one that begins after they asked', async () => {
  const asked: {
    readonly key: string;
    readonly answer: (told: number) => void;
    readonly fail: () => void;
  }[] = [];
  const ask = oneAtATime(
    (key) =>
      new Promise<number>((answer, reject) => {
        asked.push({ key, answer, fail: () => reject(new Error('no')) });
      }),
  );
  const first = ask('a');
  const later = [ask('a'), ask('a'), ask('a')];
  const other = ask('b');
  expect(asked.map(({ key }) => key)).toEqual(['a', 'b']);
  asked[0]!.answer(1);
  asked[1]!.answer(9);
  expect([await first, await other]).toEqual([1, 9]);
  await expect.poll(() => asked.length).toBe(3);
  const next = ask('a');
  asked[2]!.fail();
  for (const one of later) await expect(one).rejects.toThrow('no');
  await expect.poll(() => asked.length).toBe(4);
  asked[3]!.answer(2);
  expect(await next).toBe(2);
  const last = ask('a');
  expect(asked).toHaveLength(5);
  asked[4]!.answer(3);
  expect(await last).toBe(3);
});
