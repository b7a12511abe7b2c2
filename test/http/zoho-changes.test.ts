import { describe, expect, test } from 'vitest';
import { createZohoChanges } from '../../server/crm/zoho/changes.ts';
import { zohoAtWork } from '../support/zoho-at-work.ts';

const { now, open, pass, zoho } = zohoAtWork();

describe('what changed', () => {
  test('changed, converted and deleted leads since the last look, with snapshots; the second look tells nothing twice', async () => {
    const org = open();
    const changes = createZohoChanges(org.call, org.addresses, 1_000);
    const look = (cursor: string | null) =>
      changes.read(org.connection, { cursor, now: now(), sources: { city: 'Lead.City' } });
    const before = await look(null);
    const [fresh, converted, deleted] = [org.lead({ City: 'Rome' }), org.lead({ Company: 'A' }), org.lead()];
    zoho().convert({ domain: org.domain, id: converted });
    zoho().remove({ domain: org.domain, id: deleted });
    const found = await look(before.cursor);
    const by = new Map(found.records.map((one) => [one.ref.recordId, one]));
    expect(by.get(fresh)?.snapshot).toMatchObject({ raw: { city: 'Rome' }, gone: null });
    expect(by.get(converted)?.snapshot?.gone).toBe('converted');
    expect(by.get(deleted)?.snapshot?.gone).toBe('missing');
    const again = await look(found.cursor);
    expect(again.records.map(({ stamp }) => stamp).toSorted()).toEqual(
      found.records.map(({ stamp }) => stamp).toSorted(),
    );
    zoho().changeOwner({ domain: org.domain, id: fresh, ownerId: org.idOf('owner.1@example.com') });
    const later = await look(again.cursor);
    expect(later.records.find(({ ref: { recordId } }) => recordId === fresh)?.stamp).not.toBe(
      by.get(fresh)?.stamp,
    );
    pass(10 * 60_000);
    const last = org.lead();
    const quiet = await look((await look(later.cursor)).cursor);
    // The latest of each is looked at again, known by its stamp.
    expect(quiet.records.map(({ ref: { recordId } }) => recordId)).toEqual([last, deleted]);
  });

  test('more than pages reach go on in the next look, none is left out', async () => {
    const org = open();
    const changes = createZohoChanges(org.call, org.addresses, 1_000);
    const first = await changes.read(org.connection, { cursor: null, now: now(), sources: {} });
    const ids = new Set<string>();
    for (let n = 0; n < 2_300; n++) {
      if (n % 500 === 0) pass(2_000);
      ids.add(org.lead());
    }
    const seen = new Set<string>();
    let { cursor } = first;
    for (let looks = 0; looks < 3; looks++) {
      const found = await changes.read(org.connection, { cursor, now: now(), sources: {} });
      for (const {
        ref: { recordId },
      } of found.records)
        seen.add(recordId);
      cursor = found.cursor;
    }
    expect([...ids].filter((id) => !seen.has(id))).toEqual([]);
  });

  test('a lead that is changed between two pages moves no other past the look', async () => {
    const org = open();
    let calls = 0;
    const moving: typeof org.call = async (to, call) => {
      const reply = await org.call(to, call);
      if (call.headers?.['if-modified-since'] !== undefined && ++calls === 1) {
        pass(1_000);
        for (const id of ids.slice(0, 5))
          zoho().changeOwner({ domain: org.domain, id, ownerId: org.idOf('owner.2@example.com') });
      }
      return reply;
    };
    const changes = createZohoChanges(moving, org.addresses, 1_000);
    const ids: string[] = [];
    const { cursor } = await createZohoChanges(org.call, org.addresses, 1_000).read(org.connection, {
      cursor: null,
      now: now(),
      sources: {},
    });
    for (let n = 0; n < 450; n++) {
      if (n % 50 === 0) pass(60_000);
      ids.push(org.lead());
    }
    pass(60_000);
    const found = await changes.read(org.connection, { cursor, now: now(), sources: {} });
    const seen = found.records.map(({ ref: { recordId } }) => recordId);
    expect(ids.filter((id) => !seen.includes(id))).toEqual([]);
    expect(new Set(seen).size).toBe(seen.length);
  });
});
