import { expect, test } from 'vitest';
import { isSlacks } from '../../slack/is-slacks.ts';

const user = { id: 'U1' };

test('what Slack sends is told from what it never would', () => {
  expect(isSlacks({ type: 'block_actions', user })).toBe(true);
  expect(isSlacks({ type: 'view_submission', user, view: { id: 'V1' } })).toBe(true);
  for (const type of ['view_submission', 'view_closed']) {
    expect(isSlacks({ type, user })).toBe(false);
    expect(isSlacks({ type, user, view: null })).toBe(false);
  }
  expect(isSlacks({ type: 'block_actions' })).toBe(false);
});
