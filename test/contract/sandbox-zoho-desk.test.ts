import { expect, test } from 'vitest';
import { sandboxZohoForAllTests } from '../support/sandbox-zoho-org.ts';

const world = sandboxZohoForAllTests();

test('the desk shows the leads and their story; a record’s address leads there; its switches are on a page', async () => {
  const id = world().lead({ Email: 'desk@b.co', Company: 'Engines' });
  world().zoho.recordActivity({ id, kind: 'call' });
  const page = async (path: string) => (await fetch(`${world().url}${path}`)).text();
  expect(await page('/desk/zoho')).toContain('desk@b.co');
  const there = await fetch(`${world().installed.apiDomain}/crm/org1/tab/Leads/${id}`, {
    redirect: 'manual',
  });
  expect(there.headers.get('location')).toBe(`/desk/zoho/${id}`);
  expect(await page(`/desk/zoho/${id}`)).toContain('Log a call');
  expect(await page('/desk/zoho/switches')).toContain('Assignment threshold');
});
