import { openBrowser } from '../test/support/browser.ts';

const sb = 'http://localhost:4311',
  fl = 'http://localhost:4310';
const browser = await openBrowser();
for (const [name, width] of [
  ['wide', 1440],
  ['narrow', 390],
] as const) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
  await context.addCookies([{ name: 'desk_as', value: 'ops@harbour.example', url: `${sb}/desk` }]);
  const page = await context.newPage();
  const shot = (n: string) => page.screenshot({ path: `/tmp/look/${n}-${name}.png` });
  const jobs: [string, string][] = [
    ['index', sb],
    ['live', fl],
    ['connections', `${fl}/connections`],
  ];
  for (const crm of ['dynamics', 'zoho', 'pipedrive']) jobs.push([`${crm}-list`, `${sb}/desk/${crm}`]);
  for (const [n, url] of jobs) {
    if (process.argv[2] && !n.startsWith(process.argv[2])) continue;
    await page.goto(url);
    await page.waitForTimeout(1500);
    await shot(n);
    if (n.endsWith('-list')) {
      const href = await page.locator('tbody tr a').first().getAttribute('href');
      await page.goto(sb + href);
      await page.waitForTimeout(500);
      await shot(n.replace('list', 'record'));
    }
  }
  await context.close();
}
await browser.close();
