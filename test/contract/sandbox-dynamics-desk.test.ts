import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type OpenEnvironment, openEnvironment } from '../support/sandbox-environment.ts';

let env: OpenEnvironment;
afterEach(() => env.close());

const page = async (path: string) => (await fetch(`${env.url}/desk/dynamics${path}`)).text();
const send = (path: string, form: Readonly<Record<string, string>>) =>
  fetch(`${env.url}/desk/dynamics${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
  });

test('leads stand in a list and on pages with owner, tasks and decision; people change them', async () => {
  env = await openEnvironment();
  const id = env.lead({ firstname: 'Ada', emailaddress1: 'ada@example.com', fairlead_decision: 'dec_1' });
  expect(await page('')).toContain('ada@example.com');
  expect(await page('?q=nobody')).not.toContain('ada@example.com');
  await send(`/${id}/owner`, { ownerId: env.idOf('Inbound holding') });
  await send(`/${id}`, { address1_country: 'GB', numberofemployees: '12' });
  await env.call('POST', 'tasks', {
    subject: 'Ring Ada & Ben',
    'regardingobjectid_lead_task@odata.bind': `/leads(${id})`,
  });
  const text = await page(`/${id}`);
  for (const part of ['Owner changed to', 'Inbound holding', 'Ring Ada &amp; Ben', 'dec_1'])
    expect(text).toContain(part);
  expect(env.dynamics.record({ id }).values).toMatchObject({ address1_country: 'GB', numberofemployees: 12 });
  const refused = await send(`/${id}/owner`, { ownerId: env.idOf('grace@example.com') });
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('disabled')]);
  const opened = await fetch(`${env.installed.url}/main.aspx?pagetype=entityrecord&etn=lead&id=${id}`);
  expect(opened.url).toContain(`/desk/dynamics/${id}`);
});

test('records, consent, change tracking and settings outlive a restart', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'fairlead-dynamics-'));
  try {
    env = await openEnvironment({ dataDir });
    const [kept, gone] = [env.lead(), env.lead()];
    env.dynamics.setInstalled({ solution: false });
    const { body } = await env.call('GET', 'leads?$select=subject', undefined, {
      prefer: 'odata.track-changes',
    });
    env.dynamics.remove({ id: gone });
    await env.close();
    env = await openEnvironment({ dataDir });
    expect(env.dynamics.record({ id: kept }).values.subject).toBe('Interested');
    expect(env.dynamics.environment().installed.solution).toBe(false);
    const link = new URL(body['@odata.deltaLink']);
    const delta = await env.call('GET', `leads${link.search}`);
    expect(delta.body.value).toEqual([expect.objectContaining({ id: gone, reason: 'deleted' })]);
    expect((await env.token({})).status).toBe(200);
  } finally {
    await rm(dataDir, { recursive: true });
  }
});
