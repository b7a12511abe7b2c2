import { beforeEach, describe, expect, test } from 'vitest';
import type { UntouchedLead } from '../../server/assignments/lane-store.ts';
import type { ConnectionInfo } from '../../server/assignments/ports.ts';
import type { Connector } from '../../server/crm/connector.ts';
import { createActivityQuestion } from '../../server/rounds/ask-first-activity.ts';

const MINUTE = 60_000;
const CONNECTION = { id: 'con_1', tenantId: 'ten_1' } as ConnectionInfo;
const T0 = Date.UTC(2026, 10, 24);

let now = T0;
let untouched: readonly UntouchedLead[] = [];
let told: string[] = [];
let asked: { readonly at: number; readonly ids: readonly string[]; readonly until: number | undefined }[] =
  [];
beforeEach(() => {
  now = T0;
  untouched = [];
  told = [];
  asked = [];
});

const lead = (id: string, since = T0): UntouchedLead => ({
  assignmentId: id,
  ref: { connectionId: CONNECTION.id, objectType: 'lead', recordId: id },
  since,
});

/** A CRM that takes so long for each question. */
const crm = (ms: number, answer: number | null = null) =>
  ({
    firstActivity: async (_, wanted, until) => {
      asked.push({ at: now, ids: wanted.map(({ ref }) => ref.recordId), until });
      now += ms;
      return wanted.map(() => answer);
    },
  }) as Partial<Connector> as Connector;

const question = () =>
  createActivityQuestion({
    store: { untouched: async () => untouched },
    useCases: {
      firstActivity: async ({ assignmentId }) => {
        told.push(assignmentId);
      },
    },
    clock: { now: () => now },
  });

describe('when leads were first worked on', () => {
  test('is asked every two minutes at first, and rarer the longer nobody does', async () => {
    const chore = question();
    untouched = [lead('one')];
    for (; now < T0 + 7 * 24 * 60 * MINUTE; now += 2 * MINUTE) await chore.run(CONNECTION, crm(0));
    const gaps = asked.slice(1).map(({ at }, index) => ({ at, gap: at - asked[index]!.at }));
    expect(gaps.filter(({ at }) => at <= T0 + 20 * MINUTE).map(({ gap }) => gap)).toEqual(
      Array.from({ length: 10 }, () => 2 * MINUTE),
    );
    for (const { at, gap } of gaps) expect(gap).toBeLessThanOrEqual((at - T0) * 0.1 + 2 * MINUTE);
    expect(asked.length).toBeLessThan(90);
  });

  test('is asked at once for a lead that another rep was given', async () => {
    const chore = question();
    untouched = [lead('one')];
    for (; now < T0 + 600 * MINUTE; now += 2 * MINUTE) await chore.run(CONNECTION, crm(0));
    const before = asked.length;
    untouched = [lead('one', now)];
    await chore.run(CONNECTION, crm(0, now));
    expect(asked.length).toBe(before + 1);
    expect(told).toEqual(['one']);
  });

  test('a slow CRM is asked within the lease, and about the rest next time', async () => {
    const chore = question();
    untouched = Array.from({ length: 500 }, (_, index) => lead(`${index}`));
    await chore.run(CONNECTION, crm(12_000));
    expect(asked.map(({ at }) => at - T0)).toEqual([0, 12_000, 24_000]);
    expect(Math.max(...asked.map(({ until }) => (until ?? Infinity) - T0))).toBeLessThan(60_000);
    now = T0 + 2 * MINUTE;
    await chore.run(CONNECTION, crm(12_000));
    // Those that nobody asked about yet go before those asked about two minutes ago.
    expect(asked[3]?.ids).toEqual(untouched.slice(300, 400).map(({ assignmentId }) => assignmentId));
    expect(new Set(asked.flatMap(({ ids }) => ids)).size).toBe(500);
  });
});
