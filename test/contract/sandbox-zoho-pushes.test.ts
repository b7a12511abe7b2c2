import { describe, expect, test } from 'vitest';
import { openReceiver } from '../support/receiver.ts';
import { openSandboxZoho, START, sandboxZohoForAllTests } from '../support/sandbox-zoho-org.ts';

const world = sandboxZohoForAllTests();

describe('notifications', () => {
  test('a channel lives an hour without a time or with one beyond a week; a longer token is refused with 202', async () => {
    const watch = async (changes: object) => {
      const asked = {
        channel_id: '77',
        events: ['Leads.create'],
        notify_url: 'https://x.example/z',
        token: 't',
        ...changes,
      };
      const { status, reply } = await world().call('POST', '/crm/v8/actions/watch', { watch: [asked] });
      return {
        status,
        ends: Date.parse(reply.watch[0].details.events?.[0]?.channel_expiry),
        code: reply.watch[0].code,
      };
    };
    const days = (n: number) => ({ channel_expiry: new Date(START + n * 86_400_000).toISOString() });
    expect((await watch({})).ends).toBe(START + 3_600_000);
    expect((await watch(days(8))).ends).toBe(START + 3_600_000);
    expect((await watch(days(6))).ends).toBe(START + 6 * 86_400_000);
    expect(await watch({ token: 'x'.repeat(51) })).toMatchObject({ status: 202, code: 'INVALID_DATA' });
    expect(await watch({ events: ['Leads.update'] })).toMatchObject({ status: 202, code: 'INVALID_DATA' });
  });

  test('ids and the token are pushed, no values; edits are called updates; an expired channel is silent', async () => {
    const own = await openSandboxZoho();
    const receiver = await openReceiver();
    const asked = {
      channel_id: '78',
      events: ['Leads.create', 'Leads.edit', 'Leads.delete'],
      notify_url: `${receiver.url}/z?c=1`,
      token: 'secret',
    };
    await own.call('POST', '/crm/v8/actions/watch', { watch: [asked] });
    const id = own.lead({ Email: 'secret@person.example' });
    own.scheduler.advance(100);
    own.zoho.update({ id, values: { City: 'Rome' } });
    own.scheduler.advance(100);
    own.zoho.remove({ id });
    own.scheduler.advance(100);
    const received = await receiver.until(3);
    const bodies = received.map(({ body }) => body as Record<string, unknown>);
    expect(bodies.every(({ token: sent, ids }) => sent === 'secret' && String(ids) === id)).toBe(true);
    expect(bodies.every(({ query_params }) => JSON.stringify(query_params) === '{"c":"1"}')).toBe(true);
    expect(JSON.stringify(bodies)).not.toContain('person.example');
    own.scheduler.advance(3_600_000);
    own.lead();
    own.scheduler.advance(100);
    await expect.poll(() => own.zoho.pushes.idle()).toBe(true);
    expect(receiver.received.length).toBe(3);
    await receiver.close();
    await own.close();
  });
});
