import { expect, test, vi } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { type OrgService, orgServices } from '../support/org-service.ts';

const PATIENCE = { timeout: 30_000, interval: 25 };
const LONG = 90_000;
/** Looks so seldom that what is found soon was heard. */
const SELDOM = { SALESFORCE_POLL_SECONDS: '3600' };

eachDatabase('the stream of an org', (database) => {
  const start = orgServices(database);
  const streaming = (org: OrgService, streams = 1) =>
    vi.waitFor(() => expect(org.salesforce.pubsub.stats()).toMatchObject({ streams, open: 1 }), PATIENCE);
  const closed = (org: OrgService, lead: string, because: string) =>
    vi.waitFor(
      async () => expect(await org.assignment(lead)).toMatchObject({ closed_because: because }),
      PATIENCE,
    );
  const ours = (org: OrgService, lead: string) =>
    vi.waitFor(async () => {
      expect([org.idOf('anna@example.com'), org.idOf('ben@example.com')]).toContain(org.owner(lead));
      expect(await org.assignment(lead)).toMatchObject({ written: 'done' });
    }, PATIENCE);
  const routed = async (org: OrgService, count: number): Promise<readonly string[]> => {
    const leads = Array.from({ length: count }, () => org.lead());
    await Promise.all(leads.map((lead) => ours(org, lead)));
    return leads;
  };
  const giveAway = (org: OrgService, id: string): void =>
    org.salesforce.changeOwner({ id, ownerId: org.idOf('outsider@example.com'), by: 'ben@example.com' });
  /** Leads that were given and then chosen by somebody, merged, removed and converted, each known of here. */
  const livedThrough = async (org: OrgService) => {
    const leads = await routed(org, 5);
    const [chosen, merged, master, removed, converted] = leads as [string, string, string, string, string];
    giveAway(org, chosen);
    org.salesforce.merge({ id: master, mergeId: merged });
    org.salesforce.remove({ id: removed });
    org.salesforce.convert({ id: converted });
    await closed(org, chosen, 'owned_outside');
    await closed(org, merged, 'merged');
    await closed(org, removed, 'record_gone');
    await closed(org, converted, 'closed_in_crm');
    return { chosen, removed };
  };

  test(
    'brings new leads, owners people chose, merges, deletions, undeletions and conversions, with hardly a look',
    async () => {
      const org = await start({ settings: SELDOM });
      await streaming(org);
      const { chosen, removed } = await livedThrough(org);
      const before = await org.inboxRows(removed);
      org.salesforce.undelete({ id: removed });
      await vi.waitFor(
        async () => expect((await org.inboxRows(removed)).length).toBe(before.length + 1),
        PATIENCE,
      );
      // Our own writes of owners are no news: one row tells of each arrival, one of each choice.
      expect(await org.inboxRows(chosen)).toHaveLength(2);
      expect(org.salesforce.pubsub.stats()).toMatchObject({ streams: 1, schemas: 1 });
    },
    LONG,
  );

  test(
    'goes on where it was after a stop, takes repeats once, and outlives broken streams and ended sessions',
    async () => {
      const org = await start({ settings: SELDOM });
      await streaming(org);
      org.salesforce.duplicatePushes();
      const [first, second, third] = (await routed(org, 3)) as [string, string, string];
      expect(await org.inboxRows(first)).toHaveLength(1);
      await org.restart(() => giveAway(org, first));
      await closed(org, first, 'owned_outside');
      org.salesforce.pubsub.breakStreams();
      await streaming(org, 3);
      giveAway(org, second);
      await closed(org, second, 'owned_outside');
      org.salesforce.oauth.expireAll();
      giveAway(org, third);
      await closed(org, third, 'owned_outside');
    },
    LONG,
  );

  test(
    'looks where the stream cannot tell: after a gap, and where it no longer goes on from where we were',
    async () => {
      const org = await start({ settings: SELDOM });
      await streaming(org);
      const [gap, overflow, lost] = (await routed(org, 3)) as [string, string, string];
      const { pubsub } = org.salesforce;
      org.salesforce.dropPushes();
      giveAway(org, gap);
      giveAway(org, overflow);
      org.salesforce.dropPushes(0);
      pubsub.gap(org.salesforce.org(), 'GAP_UPDATE', [gap]);
      await closed(org, gap, 'owned_outside');
      pubsub.gap(org.salesforce.org(), 'GAP_OVERFLOW', []);
      await closed(org, overflow, 'owned_outside');

      const mark = `stream:${org.connection}`;
      await org.restart(async () => {
        giveAway(org, lost);
        // As if it had been stopped for longer than Salesforce keeps events.
        await org.write(`update poll_mark set cursor = 'AAAAAAAAAAE=' where connection_id = '${mark}'`);
      });
      await closed(org, lost, 'owned_outside');
      pubsub.signal();
      await vi.waitFor(async () => expect((await org.marks())[mark]).not.toBe('AAAAAAAAAAE='), PATIENCE);
    },
    LONG,
  );

  test(
    'an org that offers none is looked through as before, and the operator sees what to switch on',
    async () => {
      const org = await start();
      await org.restart(() => org.salesforce.setChangeData('off'));
      await vi.waitFor(
        async () =>
          expect(await org.alerts()).toContainEqual(
            expect.objectContaining({
              kind: 'change_stream_off',
              detail: expect.objectContaining({ text: expect.stringContaining('select Lead') }),
            }),
          ),
        PATIENCE,
      );
      const { removed } = await livedThrough(org);
      org.salesforce.undelete({ id: removed });
      // Back, it is decided no second time: the policy says never again.
      await routed(org, 1);
      expect(await org.assignment(removed)).toMatchObject({ closed_because: 'record_gone' });

      await org.restart(() => org.salesforce.setChangeData('on'));
      await vi.waitFor(async () => {
        org.salesforce.pubsub.signal();
        expect(await org.alerts()).toEqual([]);
      }, PATIENCE);
    },
    LONG,
  );

  test(
    'is held by one process at a time, and by another once that one ends',
    async () => {
      const org = await start({ settings: SELDOM });
      await streaming(org);
      await org.another();
      await routed(org, 1);
      expect(org.salesforce.pubsub.stats()).toMatchObject({ streams: 1, open: 1 });
      await org.endFirst();
      await streaming(org, 2);
      await routed(org, 1);
    },
    LONG,
  );
});
