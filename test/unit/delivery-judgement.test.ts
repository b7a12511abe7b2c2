import { describe, expect, it } from 'vitest';
import { classifyOwnerEvent, ECHO_WINDOW_MS } from '../../server/assignments/classify-owner-event.ts';
import type { Delivery } from '../../server/assignments/ports.ts';
import { backoff } from '../../server/crm/delivery/backoff.ts';
import { judgeResult } from '../../server/crm/delivery/judge-result.ts';
import { DELIVERY_DEFAULTS as OPTIONS } from '../../server/crm/delivery/options.ts';

const NOW = 1_000_000_000;
const delivery = (changed: Partial<Delivery> = {}): Delivery =>
  ({
    kind: 'slack_alert',
    body: { alertId: 'alr_1' },
    id: 'dlv_1',
    tenantId: 'ten_1',
    connectionId: 'con_1',
    assignmentId: null,
    version: 1,
    key: 'k',
    attempts: 1,
    failures: 0,
    createdAt: NOW,
    ...changed,
  }) as Delivery;

const retry = (code: string, afterMs: number | null = null) => ({ outcome: 'retry', code, afterMs }) as const;
const judge = (one: Delivery, result: Parameters<typeof judgeResult>[1], random = 0.5) =>
  judgeResult(one, result, NOW, OPTIONS, () => random);

describe('what becomes of a delivery', () => {
  it('done, overtaken and refused end it', () => {
    expect(judge(delivery(), { outcome: 'done' })).toMatchObject({ state: 'done' });
    expect(judge(delivery(), { outcome: 'overtaken', ownerId: '7' })).toMatchObject({
      state: 'overtaken',
      detail: { ownerId: '7' },
    });
    const refusal = { outcome: 'refused', code: 'x', remedy: 'Do y.' } as const;
    expect(judge(delivery(), refusal)).toMatchObject({ state: 'refused', code: 'x', remedy: 'Do y.' });
  });

  it('a failure of its own counts, and the eighth is the last, with a remedy', () => {
    expect(judge(delivery({ failures: 6 }), retry('odd'))).toMatchObject({ state: 'pending', failures: 7 });
    const last = judge(delivery({ failures: 7 }), retry('odd'));
    expect(last).toMatchObject({ state: 'refused', code: 'odd' });
    expect(last.remedy).toContain('8 times');
  });

  it("a failure of the connection's does not count, however often, for a day", () => {
    const tried = delivery({ failures: 7, attempts: 500 });
    expect(judge(tried, retry('vendor_unavailable'))).toMatchObject({ state: 'pending', failures: 7 });
    const old = delivery({ createdAt: NOW - OPTIONS.maxAgeMs });
    expect(judge(old, retry('vendor_unavailable'))).toMatchObject({ state: 'refused' });
  });

  it('waits as long as the vendor asks, or longer', () => {
    expect(judge(delivery(), retry('odd', 60_000)).dueAt).toBe(NOW + 60_000);
    expect(judge(delivery({ failures: 5 }), retry('odd', 10)).dueAt).toBe(NOW + 32_000);
  });
});

describe('backoff', () => {
  const steps = { baseMs: 1_000, capMs: 300_000 };
  it('doubles up to its cap and takes anything below, at random', () => {
    expect([1, 2, 3, 20, 1000].map((n) => backoff(n, steps, () => 0.999999))).toEqual([
      1999, 3999, 7999, 299_999, 299_999,
    ]);
    expect(backoff(8, steps, () => 0)).toBe(0);
  });
});

describe('echo or choice', () => {
  const intent = { ownerId: '1', writtenAt: NOW, endedAt: NOW + 500 };
  it('an owner we wrote, about then, is our echo', () => {
    for (const at of [NOW - ECHO_WINDOW_MS, NOW, NOW + 500 + ECHO_WINDOW_MS])
      expect(classifyOwnerEvent([intent], '1', at)).toBe('echo');
  });
  it('another owner, another time, or nobody is a choice', () => {
    expect(classifyOwnerEvent([intent], '2', NOW)).toBe('outside');
    expect(classifyOwnerEvent([intent], null, NOW)).toBe('outside');
    expect(classifyOwnerEvent([intent], '1', NOW - ECHO_WINDOW_MS - 1)).toBe('outside');
    expect(classifyOwnerEvent([intent], '1', NOW + 501 + ECHO_WINDOW_MS)).toBe('outside');
  });
  it('while a write is under way its echo may come at any time', () => {
    expect(classifyOwnerEvent([{ ...intent, endedAt: null }], '1', NOW + 86_400_000)).toBe('echo');
  });
});
