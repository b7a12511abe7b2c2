import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRollingWindow } from '../../server/crm/delivery/rolling-window.ts';

const manual = () => {
  const clock = { at: 1_000_000, now: () => clock.at };
  return clock;
};

describe('a rolling window', () => {
  it('never lets more than the limit into any stretch of its length', () => {
    const limit = { calls: 10, windowMs: 1_000 };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 200 }), (gaps) => {
        const clock = manual();
        const window = createRollingWindow(limit, clock);
        const sent: number[] = [];
        for (const gap of gaps) {
          clock.at += gap;
          if (window.take(0) === 0) sent.push(clock.at);
        }
        for (const from of sent) {
          const within = sent.filter((at) => at >= from && at < from + limit.windowMs);
          expect(within.length).toBeLessThanOrEqual(limit.calls);
        }
      }),
    );
  });

  it('says how long to wait, and keeps its word', () => {
    const clock = manual();
    const window = createRollingWindow({ calls: 4, windowMs: 1_000 }, clock);
    for (let call = 0; call < 40; call++) {
      const wait = window.take(0);
      if (wait === 0) continue;
      clock.at += wait;
      expect(window.take(0)).toBe(0);
    }
    expect(clock.at - 1_000_000).toBeLessThanOrEqual(10_000);
  });

  it('lets half of the limit out at once, then spreads the rest', () => {
    const window = createRollingWindow({ calls: 100, windowMs: 10_000 }, manual());
    for (let call = 0; call < 50; call++) expect(window.take(0)).toBe(0);
    expect(window.take(0)).toBe(100);
  });

  it('keeps a reserve for those who ask for none', () => {
    const clock = manual();
    const window = createRollingWindow({ calls: 10, windowMs: 1_000 }, clock);
    let sent = 0;
    for (let tick = 0; tick < 900; tick++, clock.at++) sent += window.take(4) === 0 ? 1 : 0;
    expect(sent).toBe(6);
    expect(window.left()).toBe(4);
    expect(window.take(0)).toBe(0);
  });

  it('takes over what the vendor says, and others have used', () => {
    const clock = manual();
    const window = createRollingWindow({ calls: 100, windowMs: 10_000 }, clock);
    window.take(0);
    window.learn({ calls: 150, windowMs: 10_000, left: 20 });
    expect(window.left()).toBe(20);
    clock.at += 10_001;
    expect(window.left()).toBe(150);
  });

  it('is still for a whole window after a refusal', () => {
    const clock = manual();
    const window = createRollingWindow({ calls: 100, windowMs: 10_000 }, clock);
    window.exhaust();
    expect(window.take(0)).toBe(10_000);
    clock.at += 10_001;
    expect(window.take(0)).toBe(0);
  });
});
