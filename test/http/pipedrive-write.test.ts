import { describe, expect, test } from 'vitest';
import type { Delivery, DeliveryBody } from '../../server/assignments/ports.ts';
import { deliveryOf } from '../support/delivery-rows.ts';
import { decisionView, decisionViews } from '../support/hubspot-portal.ts';
import { openPipedriveCompany, type TestCompany } from '../support/pipedrive-company.ts';
import { sandboxForAllTests } from '../support/sandbox-for-all-tests.ts';

const sandbox = sandboxForAllTests();

const soon = () => Date.now() + 20_000;

describe('writing', () => {
  const sender = (company: TestCompany) =>
    company.connector.sender({
      decisionsById: decisionViews,
      clock: { now: Date.now },
    });

  const ownerWrite = (company: TestCompany, id: string, ownerId: string, decisionId = 'dec_1') =>
    deliveryOf({
      kind: 'owner_write',
      body: { record: company.ref(id), ownerId, decisionId, expectedOwnerId: company.nobody },
    });

  const send = (company: TestCompany, ...deliveries: Delivery[]) =>
    sender(company).send(company.connection, deliveries, soon());

  test('an owner and one pinned note; a later decision is written over it', async () => {
    const company = openPipedriveCompany(sandbox());
    const id = company.lead();
    expect(await send(company, ownerWrite(company, id, company.owner('1')))).toEqual([{ outcome: 'done' }]);
    const again = deliveryOf({
      kind: 'reason_write',
      body: { record: company.ref(id), decisionId: 'dec_2' },
    });
    expect(await send(company, again)).toEqual([{ outcome: 'done' }]);
    expect(String(company.record(id).owner_id)).toBe(company.owner('1'));
    expect(company.rows('note')).toMatchObject([
      { lead_id: id, pinned_to_lead_flag: true, content: expect.stringContaining('Fairlead decision dec_2') },
    ]);
  });

  test('a lead costs what its page says: 22 tokens of the day, and 20 more where it may have a note', async () => {
    const company = openPipedriveCompany(sandbox());
    for (const [triedBefore, tokens] of [
      [false, 2 + 10 + 10],
      [true, 2 + 10 + 20 + 10],
    ] as const) {
      const id = company.lead();
      sandbox().pipedrive.resetStats();
      await send(company, { ...ownerWrite(company, id, company.owner('1')), triedBefore });
      expect(sandbox().pipedrive.stats().tokens).toBe(tokens);
      expect(company.rows('note').filter(({ lead_id: of }) => of === id)).toHaveLength(1);
    }
  });

  test('a person’s choice stays; a lead that is gone needs nothing; an inactive owner is named', async () => {
    const company = openPipedriveCompany(sandbox());
    const { domain, pipedrive } = company;
    const [chosen, gone, refused] = [company.lead(), company.lead(), company.lead()];
    pipedrive.changeOwner({ domain, id: chosen, ownerId: company.owner('3') });
    pipedrive.remove({ domain, id: gone });
    const inactive = String(pipedrive.userId('owner.9@example.com', domain));
    const results = await send(
      company,
      ownerWrite(company, chosen, company.owner('1')),
      ownerWrite(company, gone, company.owner('1')),
      ownerWrite(company, refused, inactive),
    );
    expect(results).toMatchObject([
      { outcome: 'overtaken', ownerId: company.owner('3') },
      { outcome: 'refused', code: 'record_gone' },
      { outcome: 'refused', code: 'owner_inactive', remedy: expect.stringContaining('is not active') },
    ]);
    expect(company.rows('note')).toHaveLength(0);
  });

  test('the reply that never came: the next try finds the owner standing and adds the note once', async () => {
    const company = openPipedriveCompany(sandbox());
    const id = company.lead();
    sandbox().pipedrive.setFaults([{ kind: 'reset', method: 'PATCH', times: 1 }]);
    const write = ownerWrite(company, id, company.owner('2'));
    expect(await send(company, write)).toMatchObject([{ outcome: 'retry' }]);
    sandbox().pipedrive.setFaults([{ kind: 'reset', method: 'POST', path: '/notes', times: 1 }]);
    expect(await send(company, write)).toMatchObject([{ outcome: 'retry' }]);
    expect(await send(company, write)).toEqual([{ outcome: 'done' }]);
    expect(String(company.record(id).owner_id)).toBe(company.owner('2'));
    expect(company.rows('note')).toHaveLength(1);
  });

  test('the reason goes into the custom field too, where the connection names one', async () => {
    const company = openPipedriveCompany(sandbox());
    const reasonField = 'a'.repeat(40);
    const connection = { ...company.connection, settings: { ...company.connection.settings, reasonField } };
    const id = company.lead();
    const write = ownerWrite(company, id, company.owner('1'));
    await sender(company).send(connection, [write], soon());
    expect(company.record(id)[reasonField]).toBe(`${decisionView('dec_1').reason} (dec_1)`);
    sandbox().pipedrive.resetStats();
    await sender(company).send(connection, [write], soon());
    expect(sandbox().pipedrive.stats().byKind['PATCH v1/leads/{id}']).toBeUndefined();
  });

  test('a task is made once, whatever became of the reply', async () => {
    const company = openPipedriveCompany(sandbox());
    const id = company.lead();
    const body: DeliveryBody = {
      kind: 'task',
      body: {
        record: company.ref(id),
        ownerId: company.owner('1'),
        decisionId: 'dec_1',
        dueOn: '2026-11-25',
      },
    };
    sandbox().pipedrive.setFaults([{ kind: 'reset', path: '/activities', times: 1 }]);
    expect(await send(company, deliveryOf(body))).toMatchObject([{ outcome: 'retry' }]);
    expect(await send(company, deliveryOf(body, 2))).toEqual([{ outcome: 'done' }]);
    expect(company.rows('activity')).toMatchObject([
      {
        lead_id: id,
        owner_id: Number(company.owner('1')),
        type: 'task',
        due_date: '2026-11-25',
        done: false,
      },
    ]);
  });
});
