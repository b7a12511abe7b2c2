import { describe, expect, test } from 'vitest';
import { countOpenWork } from '../../server/crm/zoho/open-work.ts';
import { createZohoReader } from '../../server/crm/zoho/reader.ts';
import { createZohoSender } from '../../server/crm/zoho/sender.ts';
import { deliveryOf, ownerWrite } from '../support/delivery-rows.ts';
import { decisionViews } from '../support/hubspot-portal.ts';
import { zohoAtWork } from '../support/zoho-at-work.ts';
import type { TestZohoOrg } from '../support/zoho-org.ts';

const { open, ref, until, zoho } = zohoAtWork();

describe('writing', () => {
  const sender = ({ call, fields, clock }: TestZohoOrg) =>
    createZohoSender({
      call,
      fields,
      clock,
      decisionsById: decisionViews,
    });
  const give = (org: TestZohoOrg, id: string, attempts = 1) =>
    deliveryOf(ownerWrite(id, org.idOf('owner.1@example.com'), org.nobody, 'lead'), attempts);

  test('a user at the threshold is said in a sentence that says what to do; who is given instead is left to the next look', async () => {
    const org = open();
    zoho().setAutomation({ threshold: { most: 0 } }, org.domain);
    const [refused] = await sender(org).send(org.connection, [give(org, org.lead())], until());
    expect(refused).toMatchObject({ outcome: 'refused', code: 'owner_at_threshold' });
    expect((refused as { remedy: string }).remedy).toMatch(
      /assignment threshold is reached.*Raise it in Zoho CRM/,
    );
    const other = org.idOf('owner.2@example.com');
    zoho().setAutomation({ threshold: { most: 0, defaultOwnerId: other } }, org.domain);
    const kept = org.lead();
    const [instead] = await sender(org).send(org.connection, [give(org, kept)], until());
    // Zoho says no word of it in its reply; its push, or the next look, tells who has it.
    expect(instead).toEqual({ outcome: 'done' });
    expect(org.ownerOf(kept)).toBe(other);
  });

  test('our writes set off no workflow; a rule that runs all the same is not fought', async () => {
    const org = open();
    const other = org.idOf('owner.2@example.com');
    const rule = { name: 'Theirs', entries: [{ ownerId: other }], onEdit: true };
    zoho().setAutomation({ assignmentRule: rule }, org.domain);
    const quiet = org.lead({ Owner: { id: org.nobody } });
    zoho().setAutomation({ assignmentRule: null }, org.domain);
    const mine = org.lead();
    zoho().setAutomation({ assignmentRule: rule }, org.domain);
    expect(await sender(org).send(org.connection, [give(org, mine)], until())).toEqual([{ outcome: 'done' }]);
    zoho().setAutomation({ assignmentRule: { ...rule, always: true } }, org.domain);
    expect(org.ownerOf(quiet)).toBe(other);
    zoho().setAutomation({ assignmentRule: null }, org.domain);
    const theirs = org.lead();
    zoho().setAutomation({ assignmentRule: { ...rule, always: true } }, org.domain);
    expect(await sender(org).send(org.connection, [give(org, theirs)], until())).toEqual([
      { outcome: 'done' },
    ]);
    expect(org.ownerOf(theirs)).toBe(other);
  });

  test('without our fields the reason is a note, once', async () => {
    const org = open({ fairleadFields: false });
    const id = org.lead();
    zoho().setFaults([{ kind: 'reset', path: '/crm/v8/Notes', method: 'POST', times: 1 }]);
    const [first] = await sender(org).send(org.connection, [give(org, id)], until());
    expect(first?.outcome).toBe('retry');
    expect(await sender(org).send(org.connection, [give(org, id, 2)], until())).toEqual([
      { outcome: 'done' },
    ]);
    const notes = org.rows('Notes');
    expect(notes).toHaveLength(1);
    expect(String(notes[0]?.Note_Content)).toContain(`Fairlead decision dec_${id}`);
  });

  test('a locked record waits, the others do not', async () => {
    const org = open();
    const [locked, free] = [org.lead(), org.lead()];
    zoho().lock({ domain: org.domain, id: locked, locked: true });
    const results = await sender(org).send(org.connection, [give(org, locked), give(org, free)], until());
    expect(results).toEqual([
      { outcome: 'retry', afterMs: null, code: 'record_locked' },
      { outcome: 'done' },
    ]);
  });

  test('when half of the credits are used, our share ends before the day does: looking around first', async () => {
    const org = open();
    zoho().limits(org.domain).set({ credits: 100 });
    const reader = createZohoReader(org.call, org.addresses);
    const id = org.lead();
    const read = () => reader.read(org.connection, [{ ref: ref(id), sources: {} }]);
    for (let n = 0; n < 80; n++) await read();
    await expect(countOpenWork(org.call, org.connection)).rejects.toMatchObject({ code: 'rate_limited' });
    expect(await sender(org).send(org.connection, [give(org, id)], until())).toEqual([{ outcome: 'done' }]);
    expect(zoho().limits(org.domain).usage().used).toBeLessThan(90);
  });
});
