import { expect, test, vi } from 'vitest';
import { ALL_SCOPES } from '../../sandbox/hubspot/create-hubspot.ts';
import type { Clock } from '../../server/base/clock.ts';
import { createReasonFields } from '../../server/crm/hubspot/reason-fields.ts';
import { createHubspotSender } from '../../server/crm/hubspot/sender.ts';
import { eachDatabase } from '../support/databases.ts';
import { ownerWrite, queue, states } from '../support/delivery-rows.ts';
import { deliveryRuns, PATIENCE, settled } from '../support/delivery-runs.ts';
import { decisionViews, openBlocker, openPortal, type TestPortal } from '../support/hubspot-portal.ts';

const { sandbox, start } = deliveryRuns();

/** A portal as delivery sees it. */
const accountOf = ({ call, connection }: TestPortal) => ({
  connection,
  sender: (clock: Clock) =>
    createHubspotSender({
      call,
      reasonFields: createReasonFields(call),
      decisionsById: decisionViews,
      clock,
    }),
});

const owner = (portal: TestPortal, id: string) => portal.record(id).properties.hubspot_owner_id ?? null;
const notesOf = (portal: TestPortal) => [...portal.hubspot.portal(portal.portalId).records.notes.values()];

eachDatabase('delivery to HubSpot alone', (open) => {
  test('where the account allows no properties the reason becomes one note', async () => {
    const { storage } = await open();
    const portal = openPortal(sandbox(), {
      scopes: ALL_SCOPES.filter((scope) => !scope.startsWith('crm.schemas')),
    });
    const id = portal.contact();
    sandbox().hubspot.setFaults([{ kind: 'reset', path: 'notes/batch/create', times: 1 }]);
    await queue(storage, ownerWrite(id, '1001'), { id: 'dlv_1', at: Date.now() });
    const { runner } = start(storage, accountOf(portal));
    runner.start();
    await settled(storage, ['dlv_1']);
    expect(owner(portal, id)).toBe('1001');
    const notes = notesOf(portal);
    expect(notes.map(({ properties }) => properties.hs_note_body)).toEqual([
      expect.stringContaining(`Fairlead decision dec_${id}`),
    ]);
  });

  test('a blocked workflow goes on; a callback HubSpot does not know yet is tried again for a minute', async () => {
    const { storage } = await open();
    const blocker = await openBlocker();
    sandbox().pointAt(blocker.url);
    const portal = openPortal(sandbox());
    const action = {
      kind: 'custom_action',
      name: 'Assign',
      definitionId: 1,
      version: 1,
      path: '/x',
      properties: [],
      inputFields: {},
    } as const;
    portal.hubspot.workflows.define(portal.portalId, [
      {
        id: 7,
        name: 'Route',
        active: true,
        objectType: 'contacts',
        enrolOn: { property: 'lifecyclestage' },
        where: [],
        actions: [action],
      },
    ]);
    const run = portal.hubspot.workflows.enrol(portal.portalId, 7, portal.contact());
    await vi.waitFor(() => expect(run?.steps[0]?.state).toBe('blocked'), PATIENCE);
    const callbackId = run?.steps[0]?.callbackId ?? '';
    let now = Date.now();
    const callback = (id: string) =>
      ({ kind: 'callback', body: { callbackId: id, decisionId: 'dec_1' } }) as const;
    await queue(storage, callback(callbackId), { id: 'known', at: now });
    await queue(storage, callback('ap-unknown'), { id: 'unknown', at: now });
    const { runner } = start(storage, accountOf(portal), { now: () => now });
    runner.start();
    await settled(storage, ['known']);
    expect(run?.steps[0]).toMatchObject({
      state: 'succeeded',
      outputs: { outcome: 'assigned', rep: 'dana', decision: 'dec_1' },
    });
    await vi.waitFor(async () =>
      expect((await states(storage)).unknown).toMatchObject({ state: 'pending', code: 'callback_unknown' }),
    );
    now += 61_000;
    expect((await settled(storage, ['unknown'])).unknown).toMatchObject({
      state: 'refused',
      code: 'callback_unknown',
    });
    await runner.stop();
    await blocker.close();
  });
});
