import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds wrong on a page or in a frame of it, one line each; frames in it are looked at by themselves. */
export async function accessibilityProblems(page: Page | Frame): Promise<readonly string[]> {
  // Not as a script of the page, which its own policy may refuse.
  await page.evaluate(`${readFileSync(AXE, 'utf8')};0`);
  return page.evaluate(async () => {
    type Found = { violations: { id: string; nodes: { html: string }[] }[] };
    type Axe = { run: (options: { iframes: boolean }) => Promise<Found> };
    const { violations } = await (window as unknown as { axe: Axe }).axe.run({ iframes: false });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
  });
}
