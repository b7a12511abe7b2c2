import { expect, test } from 'vitest';
import { makeNewId } from '../../server/base/ids.ts';

test('ids say what they name and sort by the moment they were made', () => {
  let at = Date.parse('2026-11-24T15:00:00Z');
  const newId = makeNewId(() => at++);
  const ids = Array.from({ length: 2_000 }, () => newId('dec'));
  expect(ids.every((id) => /^dec_[0-9a-hjkmnp-tv-z]{26}$/.test(id))).toBe(true);
  expect(ids.toSorted()).toEqual(ids);
});

test('no two ids of one moment are the same', () => {
  const newId = makeNewId(() => 0);
  expect(new Set(Array.from({ length: 5_000 }, () => newId('led'))).size).toBe(5_000);
});

test('every random bit is in the id', () => {
  const withBytes = (byte: number) =>
    makeNewId(
      () => 0,
      (size) => Buffer.alloc(size, byte),
    )('asg');
  expect(withBytes(0)).toBe(`asg_${'0'.repeat(26)}`);
  expect(withBytes(255)).toBe(`asg_${'0'.repeat(10)}${'z'.repeat(16)}`);
});
