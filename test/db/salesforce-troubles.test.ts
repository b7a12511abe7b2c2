import { expect, test, vi } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { ORG_POLICY, type OrgService, orgServices } from '../support/org-service.ts';

const PATIENCE = { timeout: 30_000, interval: 50 };
const LONG = 90_000;

eachDatabase('an admin of an org', (database) => {
  const start = orgServices(database);
  const told = (org: OrgService, kind: string, text: RegExp) =>
    vi.waitFor(
      async () =>
        expect(await org.alerts()).toContainEqual(
          expect.objectContaining({
            kind,
            detail: expect.objectContaining({ text: expect.stringMatching(text) }),
          }),
        ),
      PATIENCE,
    );
  const calm = (org: OrgService) => vi.waitFor(async () => expect(await org.alerts()).toEqual([]), PATIENCE);

  test(
    'is told that the edition or the user shows no leads, and of a field that was deleted; leads go on',
    async () => {
      const org = await start({
        policy: {
          ...ORG_POLICY,
          fields: { ...ORG_POLICY.fields, language: { type: 'text', salesforce: 'Lead.Language__c' } },
        },
      });
      org.salesforce.hide('Lead');
      await told(org, 'crm_unreadable', /no such object.*permission set.*editions without Leads/);
      org.salesforce.hide('Lead', false);
      await calm(org);
      // A field that is gone stops no lead.
      org.salesforce.hide('Lead.Language__c');
      await told(org, 'field_hidden', /Lead\.Language__c.*correct the policy/);
      const lead = org.lead();
      await vi.waitFor(
        async () => expect(await org.assignment(lead)).toMatchObject({ written: 'done' }),
        PATIENCE,
      );
    },
    LONG,
  );

  test(
    'is told what to do where somebody who left, or a queue for other records, is to own a lead; it stays where it is',
    async () => {
      const org = await start({
        policy: {
          ...ORG_POLICY,
          queues: [{ id: 'cases', name: 'Cases', salesforce: 'Cases' }],
          rules: [
            {
              id: 'queued',
              name: 'Queued',
              when: { field: 'country', op: 'eq', value: 'FR' },
              then: [{ queue: 'cases' }],
            },
          ],
        },
      });
      for (const rep of ['anna', 'ben'])
        org.salesforce.update({
          objectType: 'User',
          id: org.idOf(`${rep}@example.com`),
          values: { IsActive: false },
        });
      const lead = org.lead();
      const before = org.owner(lead);
      await told(org, 'write_refused', /inactive.*activate them in Salesforce.*stays with whoever has it/);
      expect(org.owner(lead)).toBe(before);
      expect(await org.assignment(lead)).toMatchObject({ written: 'refused', closed_at: null });
    },
    LONG,
  );

  test(
    'is told of wrong credentials of the app and of scopes that lack the API, by what to set',
    async () => {
      const org = await start();
      await org.restartWith({ SALESFORCE_CLIENT_SECRET: 'wrong' }, () => org.salesforce.oauth.expireAll());
      await told(org, 'app_refused', /SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET/);
      await org.restartWith({});
      await calm(org);
      await org.reconnect(['refresh_token', 'id']);
      org.salesforce.oauth.expireAll();
      await told(org, 'crm_unreadable', /scopes.*api.*connect again/i);
    },
    LONG,
  );
});
