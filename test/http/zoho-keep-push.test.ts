import { describe, expect, test } from 'vitest';
import { createPushKeeper } from '../../server/crm/zoho/keep-push.ts';
import { CONNECTION } from '../support/delivery-rows.ts';
import { zohoAtWork } from '../support/zoho-at-work.ts';
import type { TestZohoOrg } from '../support/zoho-org.ts';

const { now, open, pass, zoho } = zohoAtWork();
const HOUR = 3_600_000;

describe('keeping Zoho notifying', () => {
  const SECRET = 's'.repeat(43);
  const keeper = ({ call, clock }: TestZohoOrg, origin = 'https://leads.example.com') =>
    createPushKeeper(call, { clock, push: { origin: () => origin, secretOf: () => SECRET } }).keep;
  const channel = ({ zoho, org }: TestZohoOrg) => zoho.channels.alive(org);

  test('one channel, made once, renewed before it lapses, mended when the address changes, made again when it is gone', async () => {
    const org = open();
    const writes = () => {
      const { byKind } = zoho().stats();
      return [byKind['watch.enable'] ?? 0, byKind['watch.replace'] ?? 0];
    };
    zoho().resetStats();
    await keeper(org)(org.connection);
    await keeper(org)(org.connection);
    expect(writes()).toEqual([1, 0]);
    const [made] = channel(org);
    expect(made).toMatchObject({
      events: ['Leads.create', 'Leads.edit', 'Leads.delete'],
      notifyUrl: `https://leads.example.com/zoho/notifications?connection=${CONNECTION.id}`,
      token: SECRET,
      withValues: true,
    });
    expect(made!.expiresAt - now()).toBeGreaterThan(6.5 * 24 * HOUR);
    pass(4 * 24 * HOUR);
    await keeper(org)(org.connection);
    expect(writes()).toEqual([1, 1]);
    expect(channel(org)[0]!.expiresAt - now()).toBeGreaterThan(6.5 * 24 * HOUR);
    await keeper(org, 'https://other.example.com')(org.connection);
    expect(channel(org)[0]!.notifyUrl).toContain('other.example.com');
    zoho().channels.expire(org.org);
    await keeper(org)(org.connection);
    expect([writes()[0], channel(org).length]).toEqual([2, 1]);
  });

  test('a refusal is thrown with what to do', async () => {
    const org = open({ scopes: ['ZohoCRM.modules.ALL'] });
    await expect(keeper(org)(org.connection)).rejects.toThrow(
      /allows Fairlead too little.*Connect the org again/,
    );
  });
});
