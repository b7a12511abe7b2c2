import { expect, test } from 'vitest';
import type { CandidateView, DecisionView } from '../../server/assignments/views.ts';
import { reasonWithOthers } from '../../server/crm/reason-with-others.ts';

const candidate = (name: string, code: string, detail = '', pool = 'Enterprise'): CandidateView => ({
  rep: name.toLowerCase(),
  name,
  code,
  detail,
  pool,
});
const decision = (candidates: readonly CandidateView[]) =>
  ({ reason: 'Dana was next.', candidates }) as unknown as DecisionView;

test('a line for everybody else, none for whoever was chosen', () => {
  const others = [
    candidate('Dana', 'chosen', 'next in turn'),
    candidate('Sam', 'off_hours', 'back at 09:00 London'),
    candidate('Jo', 'at_capacity'),
  ];
  expect(reasonWithOthers(decision(others), 1000).split('\n')).toEqual([
    'Dana was next.',
    '',
    'Who else, and why not:',
    '• Sam: back at 09:00 London',
    '• Jo: at capacity',
  ]);
  expect(reasonWithOthers(decision(others.slice(0, 1)), 1000)).toBe('Dana was next.');
});

test('of several pools each is named, as somebody may be in both', () => {
  const text = reasonWithOthers(
    decision([
      candidate('Sam', 'off_hours', 'off', 'Mid-market'),
      candidate('Sam', 'outranked', 'owed less', 'Everyone'),
    ]),
    1000,
  );
  expect(text).toContain('• Sam (Mid-market): off\n• Sam (Everyone): owed less');
});

test('a pool of hundreds does not fill the field', () => {
  const many = Array.from({ length: 300 }, (_, index) =>
    candidate(`Rep ${index}`, 'off_hours', 'x'.repeat(50)),
  );
  const text = reasonWithOthers(decision(many), 32_000);
  expect(text.split('\n')).toHaveLength(3 + 25 + 1);
  expect(text).toContain('275 more');
  expect(reasonWithOthers(decision(many), 100)).toHaveLength(100);
});
