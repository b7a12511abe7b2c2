import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRollingWindow } from '../../server/crm/delivery/rolling-window.ts';

const manual = () => {
  const clock = { at: 1_000_000, now: () => clock.at };
  return clock;
};

/** A window whose calls are over as soon as they go out. */
const instant = (...given: Parameters<typeof createRollingWindow>) => {
  const window = createRollingWindow(...given);
  return {
    ...window,
    take: (reserve: number): number => {
      const wait = window.take(reserve);
      if (wait === 0) window.end();
      return wait;
    },
  };
};

describe('a rolling window', () => {
  it('never lets more than the limit into any stretch of its length, whenever the vendor counts a call', () => {
    const limit = { calls: 10, windowMs: 1_000 };
    const call = fc.record({
      gap: fc.integer({ min: 0, max: 300 }),
      lasts: fc.integer({ min: 0, max: 2_500 }),
      counted: fc.double({ min: 0, max: 1, noNaN: true }),
      reserve: fc.constantFrom(0, 3, 6),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 200 }), (calls) => {
        const clock = manual();
        const window = createRollingWindow(limit, clock);
        const seen: number[] = [];
        let underWay: number[] = [];
        for (const { gap, lasts, counted, reserve } of calls) {
          const until = clock.at + gap;
          for (const end of underWay.filter((at) => at <= until).sort((a, b) => a - b)) {
            clock.at = end;
            window.end();
          }
          underWay = underWay.filter((at) => at > until);
          clock.at = until;
          if (window.take(reserve) > 0) continue;
          seen.push(clock.at + counted * lasts);
          underWay.push(clock.at + lasts);
        }
        for (const from of seen) {
          const within = seen.filter((at) => at >= from && at < from + limit.windowMs);
          expect(within.length).toBeLessThanOrEqual(limit.calls);
        }
      }),
    );
  });

  it('says how long to wait, and keeps its word', () => {
    const clock = manual();
    const window = instant({ calls: 4, windowMs: 1_000 }, clock);
    for (let call = 0; call < 40; call++) {
      const wait = window.take(0);
      if (wait === 0) continue;
      clock.at += wait;
      expect(window.take(0)).toBe(0);
    }
    expect(clock.at - 1_000_000).toBeLessThanOrEqual(10_000);
  });

  it('lets half of the limit out at once, then spreads the rest', () => {
    const window = instant({ calls: 100, windowMs: 10_000 }, manual());
    for (let call = 0; call < 50; call++) expect(window.take(0)).toBe(0);
    expect(window.take(0)).toBe(100);
  });

  it('keeps a reserve for those who ask for none, and spreads the others', () => {
    const clock = manual();
    const window = instant({ calls: 10, windowMs: 1_000 }, clock);
    expect(window.take(0)).toBe(0);
    let sent = 0;
    for (let tick = 0; tick < 900; tick++, clock.at++) sent += window.take(4) === 0 ? 1 : 0;
    expect(sent).toBe(5);
    expect(window.left()).toBe(4);
    expect(window.take(0)).toBe(0);
  });

  it('keeps a fifth of the reserve, and spreads nothing, while nobody asks for it', () => {
    const clock = manual();
    const window = instant({ calls: 10, windowMs: 1_000 }, clock);
    for (let call = 0; call < 9; call++) expect(window.take(4)).toBe(0);
    expect(window.take(4)).toBe(1_000);
    expect(window.take(0)).toBeGreaterThan(0);
    clock.at += 1_000;
    expect(window.take(0)).toBe(0);
  });

  it('takes over what the vendor says, and others have used', () => {
    const clock = manual();
    const window = instant({ calls: 100, windowMs: 10_000 }, clock);
    window.take(0);
    window.learn({ calls: 150, windowMs: 10_000, left: 20 });
    expect(window.left()).toBe(20);
    clock.at += 10_001;
    expect(window.left()).toBe(150);
  });

  it('is still for a whole window after a refusal', () => {
    const clock = manual();
    const window = instant({ calls: 100, windowMs: 10_000 }, clock);
    window.exhaust();
    expect(window.take(0)).toBe(10_000);
    clock.at += 10_001;
    expect(window.take(0)).toBe(0);
  });
});
