import type { SavedFiles, SavedPart } from '../saved-files.ts';
import type { Account } from './account.ts';
import type { Automation } from './automation.ts';
import type { PipedriveSandbox } from './create-pipedrive.ts';
import type { SavedGrants } from './oauth/create-oauth.ts';
import { OBJECT_NAMES, type ObjectName, type Row } from './types.ts';
import type { Webhook } from './webhooks/webhook.ts';

interface SavedApp {
  readonly grants: SavedGrants;
  readonly companies: readonly {
    readonly domain: string;
    readonly numbers: readonly (readonly [string, number])[];
    readonly automation: Automation;
    readonly webhooks: readonly Webhook[];
  }[];
}

const dumpApp = (pipedrive: PipedriveSandbox): SavedApp => ({
  grants: pipedrive.oauth.dump(),
  companies: pipedrive.accounts().map(({ domain, numbers, automation, webhooks }) => ({
    domain,
    numbers: [...numbers],
    automation,
    webhooks: [...webhooks.values()],
  })),
});

const restoreApp = (pipedrive: PipedriveSandbox, saved: SavedApp): void => {
  pipedrive.oauth.restore(saved.grants);
  for (const { domain, numbers, automation, webhooks } of saved.companies) {
    const account = pipedrive.accounts().find((one) => one.domain === domain);
    if (!account) continue;
    account.automation = automation;
    for (const [kind, n] of numbers) account.numbers.set(kind, Math.max(n, account.numbers.get(kind) ?? 0));
    for (const webhook of webhooks) account.webhooks.set(webhook.view.id, webhook);
  }
};

const partOf = (account: Account, object: ObjectName): SavedPart => ({
  name: `pipedrive-${account.domain}-${object}`,
  dump: () => [...account.tables[object].values()],
});

/** Takes up what was saved of these companies and keeps it saved from now on. The companies must exist. */
export const keepPipedriveSaved = async (pipedrive: PipedriveSandbox, files: SavedFiles): Promise<void> => {
  const app: SavedPart = { name: 'pipedrive-app', dump: () => dumpApp(pipedrive) };
  for (const account of pipedrive.accounts())
    for (const object of OBJECT_NAMES) {
      const saved = (await files.load(partOf(account, object).name)) as readonly Row[] | null;
      for (const row of saved ?? []) account.tables[object].set(String(row.id), row);
    }
  const savedApp = (await files.load(app.name)) as SavedApp | null;
  if (savedApp) restoreApp(pipedrive, savedApp);
  pipedrive.onChange((account, { object }) => {
    files.touched(partOf(account, object));
    files.touched(app);
  });
  pipedrive.oauth.onGrant(() => files.touched(app));
  pipedrive.onWrite(() => files.touched(app));
};
