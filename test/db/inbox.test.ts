import { describe, expect, test } from 'vitest';
import { AppError } from '../../server/base/app-error.ts';
import { makeNewId } from '../../server/base/ids.ts';
import { createInbox, type InboxParts } from '../../server/inbox/create-inbox.ts';
import type { InboxEvent } from '../../server/inbox/inbox-event.ts';
import type { NewInboxRow } from '../../server/inbox/inbox-store.ts';
import { createAlertStore } from '../../server/storage/alert-store.ts';
import { createInboxStore } from '../../server/storage/inbox-store.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';

const TENANT = 'ten_1';
const PATIENT = { timeout: 10_000 };
const CONNECTION = 'con_1';

const seed = (storage: Storage): Promise<void> =>
  storage.directory(async (trx) => {
    await trx.insertInto('tenant').values({ id: TENANT, name: 'Tenant' }).execute();
    await trx
      .insertInto('connection')
      .values({ id: CONNECTION, tenant_id: TENANT, vendor: 'hubspot', external_id: '1', name: 'Portal' })
      .execute();
  });

const changed = (recordId: string): InboxEvent => ({
  kind: 'record_changed',
  objectType: 'contact',
  recordId,
});

const row = (dedupe: string, payload: unknown): NewInboxRow => ({
  connectionId: CONNECTION,
  kind: 'record_changed',
  dedupe,
  payload,
});

const rowsOf = (storage: Storage) =>
  storage.directory((trx) =>
    trx
      .selectFrom('inbox')
      .select(['dedupe', 'attempts', 'done_at', 'error', 'due_at'])
      .orderBy('id')
      .execute(),
  );

/** An inbox whose use cases call `work`; resolves waits when they have been called. */
const openInbox = (storage: Storage, work: (what: string) => Promise<void>) => {
  const results: string[] = [];
  const parts: InboxParts = {
    store: createInboxStore(storage),
    alerts: createAlertStore(storage, makeNewId()),
    useCases: {
      recordChanged: ({ record }) => work(`changed ${record.recordId}`),
      ownerChangedOutside: ({ record, ownerId }) => work(`owner ${record.recordId} ${ownerId}`),
      recordGone: ({ record, mergedInto }) => work(`gone ${record.recordId} ${mergedInto}`),
      eraseLead: ({ record }) => work(`erase ${record.recordId}`),
    },
    importPeople: (_tenantId, connectionId) => work(`people ${connectionId}`),
    random: () => 0,
    onResult: (kind, result) => results.push(`${kind} ${result}`),
    onError: () => undefined,
  };
  return { inbox: createInbox(parts), results };
};

eachDatabase('the inbox', (open) => {
  const start = async (work: (what: string) => Promise<void>) => {
    const { storage } = await open();
    await seed(storage);
    return { storage, ...openInbox(storage, work) };
  };

  test('hands every kind of event to its use case and marks it done', async () => {
    const seen: string[] = [];
    const { storage, inbox, results } = await start(async (what) => void seen.push(what));
    const record = { objectType: 'contact', recordId: '7' };
    const events: InboxEvent[] = [
      changed('7'),
      { kind: 'owner_changed', ...record, ownerId: '42', at: 1 },
      { kind: 'record_gone', ...record, mergedInto: '8' },
      { kind: 'erase', ...record },
      { kind: 'people_changed' },
    ];
    await inbox.put(events.map((event, i) => row(`e${i}`, event)));
    inbox.start();
    await expect.poll(() => results.length, PATIENT).toBe(5);
    await inbox.stop();
    expect(seen.filter((what) => !what.startsWith('people'))).toEqual([
      'changed 7',
      'owner 7 42',
      'gone 7 8',
      'erase 7',
    ]);
    expect(seen).toContain(`people ${CONNECTION}`);
    expect((await rowsOf(storage)).every(({ done_at }) => done_at !== null)).toBe(true);
  });

  test('what one account pushed keeps nothing of another’s out: names of events are each account’s own', async () => {
    const seen: string[] = [];
    const { storage, inbox, results } = await start(async (what) => void seen.push(what));
    await storage.directory(async (trx) => {
      await trx.insertInto('tenant').values({ id: 'ten_2', name: 'Other' }).execute();
      await trx
        .insertInto('connection')
        .values({ id: 'con_2', tenant_id: 'ten_2', vendor: 'zoho', external_id: '2', name: 'Org' })
        .execute();
    });
    await inbox.put([{ ...row('same', changed('1')), connectionId: 'con_2' }]);
    await inbox.put([row('same', changed('2'))]);
    inbox.start();
    await expect.poll(() => results.length, PATIENT).toBe(2);
    await inbox.stop();
    expect(seen.toSorted()).toEqual(['changed 1', 'changed 2']);
  });

  test('a repeat of a known event changes nothing, even within one push', async () => {
    const seen: string[] = [];
    const { storage, inbox, results } = await start(async (what) => void seen.push(what));
    await inbox.put([row('same', changed('1')), row('same', changed('1'))]);
    await inbox.put([row('same', changed('1')), row('other', changed('2'))]);
    inbox.start();
    await expect.poll(() => results.length, PATIENT).toBe(2);
    await inbox.stop();
    expect(await rowsOf(storage)).toHaveLength(2);
    expect(seen.toSorted()).toEqual(['changed 1', 'changed 2']);
  });

  test('neighbours that say the same of one record are worked on once', async () => {
    const seen: string[] = [];
    const { inbox, results } = await start(async (what) => void seen.push(what));
    await inbox.put([row('a', changed('1')), row('b', changed('1')), row('c', changed('1'))]);
    inbox.start();
    await expect.poll(() => results.length, PATIENT).toBe(3);
    await inbox.stop();
    expect(seen).toEqual(['changed 1']);
  });

  test('a failed event is tried again, and what follows it about the same record waits', async () => {
    const seen: string[] = [];
    const { storage, inbox, results } = await start(async (what) => {
      seen.push(what);
      if (seen.length === 1) throw new AppError('read_failed', 'HubSpot did not answer.');
    });
    await inbox.put([
      row('a', changed('1')),
      row('b', { kind: 'erase', objectType: 'contact', recordId: '1' }),
    ]);
    inbox.start();
    const errors = async () => (await rowsOf(storage)).map(({ error }) => error);
    await expect.poll(errors, PATIENT).toEqual(['read_failed', 'waits_behind_another']);
    await storage.directory((trx) =>
      trx
        .updateTable('inbox')
        .set({ due_at: new Date(0) })
        .execute(),
    );
    await inbox.put([]);
    await expect
      .poll(() => results, PATIENT)
      .toEqual(['record_changed retried', 'record_changed done', 'erase done']);
    await inbox.stop();
    expect(seen).toEqual(['changed 1', 'changed 1', 'erase 1']);
    expect((await rowsOf(storage)).map(({ error }) => error)).toEqual([null, null]);
  });

  test('an event that keeps failing is parked with an alert and holds up nobody', async () => {
    const { storage, inbox, results } = await start(async (what) => {
      if (what === 'changed 1') throw new Error('no');
    });
    await inbox.put([row('bad', changed('1')), row('good', changed('2'))]);
    await storage.directory((trx) =>
      trx.updateTable('inbox').set({ attempts: 7 }).where('dedupe', '=', `${CONNECTION}/bad`).execute(),
    );
    inbox.start();
    await expect.poll(() => results.toSorted(), PATIENT).toEqual(['any parked', 'record_changed done']);
    await inbox.stop();
    const [bad] = await rowsOf(storage);
    expect(bad).toMatchObject({ error: 'failed', done_at: null });
    const alerts = await storage.withTenant(TENANT, (trx) =>
      trx.selectFrom('alert').select(['kind', 'detail']).execute(),
    );
    expect(alerts).toMatchObject([
      { kind: 'inbox_parked', detail: { code: 'failed', connection: CONNECTION } },
    ]);
  });

  test('a row nobody can read is parked at once', async () => {
    const { storage, inbox, results } = await start(async () => undefined);
    await inbox.put([row('odd', { kind: 'surprise' })]);
    inbox.start();
    await expect.poll(() => results, PATIENT).toEqual(['any parked']);
    await inbox.stop();
    expect(await rowsOf(storage)).toMatchObject([{ error: 'unreadable' }]);
  });
});

describe('two processes', () => {
  eachDatabase('the inbox', (open) => {
    test('never hold the same row', async () => {
      const { storage } = await open();
      await seed(storage);
      const store = createInboxStore(storage);
      await store.put(Array.from({ length: 30 }, (_, i) => row(`r${i}`, changed(String(i)))));
      const taken = await Promise.all([store.take(20, 60_000), store.take(20, 60_000)]);
      const ids = taken.flat().map(({ id }) => id);
      expect(new Set(ids).size).toBe(30);
      expect(ids).toHaveLength(30);
      expect(await store.take(20, 60_000)).toEqual([]);
    });
  });
});
