import { expect, test } from 'vitest';
import { createAuditLog } from '../../server/assignments/audit/audit-log.ts';
import { createPublishing } from '../../server/assignments/publishing/create-publishing.ts';
import { simulatePolicy } from '../../server/assignments/simulate-policy.ts';
import { policyTexts } from '../../server/compose/policy-texts.ts';
import { createAlertStore } from '../../server/storage/alert-store.ts';
import { createAuditStore } from '../../server/storage/audit-store.ts';
import { createApiKeys } from '../../server/storage/directory/api-keys.ts';
import { createLaneSettings } from '../../server/storage/directory/lane-settings.ts';
import { createPolicies } from '../../server/storage/directory/policies.ts';
import { createPolicyDrafts } from '../../server/storage/directory/policy-drafts.ts';
import { createReps } from '../../server/storage/directory/reps.ts';
import { createTenants } from '../../server/storage/directory/tenants.ts';
import { createPastDecisions } from '../../server/storage/queries/create-past-decisions.ts';
import { eachDatabase } from '../support/databases.ts';
import { runHere } from '../support/run-here.ts';

const NOW = Date.parse('2026-11-24T15:00:00Z');
const TENANT = 'ten_1';
const text = (name: string): string =>
  `fairlead: 1\nname: ${name}\nqueues: [{id: q, name: Q}]\nfallback: [{queue: q}]\n`;

eachDatabase('policies on their way', (open) => {
  const opened = async (prove: Parameters<typeof createPublishing>[0]['prove'] = async () => []) => {
    const { storage } = await open();
    await createTenants(storage).create({ id: TENANT, name: 'Lane' });
    let made = 0;
    let at = NOW;
    const newId = (prefix: string): string => `${prefix}_${++made}`;
    const policies = createPolicies(storage);
    const drafts = createPolicyDrafts(storage);
    const parts = {
      policies,
      drafts,
      reps: createReps(storage),
      holders: createApiKeys(storage, newId),
      settings: createLaneSettings(storage),
      alerts: createAlertStore(storage, newId),
      audit: createAuditLog(createAuditStore(storage)),
      jobs: { wakeTenant: async () => undefined },
      crms: async () => [],
      texts: policyTexts,
      onPublished: () => undefined,
      now: () => at,
      newId,
      prove,
      simulate: simulatePolicy({
        policies,
        reps: createReps(storage),
        past: createPastDecisions(storage),
        run: runHere,
        now: () => at,
      }),
    };
    const { publishing, publishDue } = createPublishing(parts);
    const by = { tenantId: TENANT, by: 'key:a' };
    const draft = (name: string) => publishing.save({ ...by, id: null, text: text(name), note: null });
    return { publishing, publishDue, policies, drafts, by, draft, set: (next: number) => (at = next) };
  };

  test('of two processes that find a draft due one publishes it, and in the order of their moments', async () => {
    const { publishing, publishDue, policies, by, draft, set } = await opened();
    for (const [name, minutes] of [
      ['Second', 2],
      ['First', 1],
      ['Later', 9],
    ] as const) {
      const { id } = await draft(name);
      await publishing.publish({ ...by, id, at: NOW + minutes * 60_000, revision: null });
    }
    set(NOW + 3 * 60_000);
    await Promise.all([publishDue(TENANT, NOW + 180_000), publishDue(TENANT, NOW + 180_000)]);
    const documents = await Promise.all([1, 2, 3].map((version) => policies.version(TENANT, version)));
    expect(documents.map((found) => (found?.document as { name: string } | undefined)?.name)).toEqual([
      'First',
      'Second',
      undefined,
    ]);
    expect((await publishing.overview(TENANT)).drafts.map(({ state }) => state)).toEqual(['scheduled']);
  });

  test('a draft that somebody changed meanwhile is not published, nor is anything of it stored', async () => {
    const { publishing, policies, drafts, by, draft } = await opened();
    const { id } = await draft('One');
    const read = (await drafts.find(TENANT, id))!;
    await publishing.save({ ...by, by: 'key:b', id, text: text('Two'), note: null });
    await expect(
      policies.publish(TENANT, { document: {}, source: null, hash: 'h', by: 'x', at: NOW, draft: read }),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect(await publishing.overview(TENANT)).toMatchObject({ live: null, versions: [] });
    expect((await publishing.publish({ ...by, id, at: null, revision: null })).version).toBe(1);
  });

  test('warnings of the check keep a policy back where the tenant says so, errors always', async () => {
    let severity: 'warning' | 'error' | 'info' = 'warning';
    const { publishing, by, draft } = await opened(async () => [
      { severity, code: 'gap', field: '/fallback/0', path: ['fallback', 0], message: 'leaves a gap' },
    ]);
    const { id, findings } = await draft('One');
    expect(findings).toMatchObject([{ severity: 'warning', code: 'gap', line: 4 }]);
    await publishing.setRules({ ...by, rules: { cleanCheck: true } });
    expect((await publishing.draft(TENANT, id))?.needs).toEqual(['clean_check']);
    const publish = () => publishing.publish({ ...by, id, at: null, revision: null });
    await expect(publish()).rejects.toMatchObject({ code: 'check_not_clean', status: 422 });
    severity = 'error';
    await expect(publish()).rejects.toMatchObject({ code: 'invalid_policy' });
    severity = 'info';
    expect((await publish()).state).toBe('published');
  });

  test('an approval is of what was read: when somebody writes at the same moment, one of the two is refused', async () => {
    const { publishing, by, draft } = await opened();
    await publishing.setRules({ ...by, rules: { approvals: 1 } });
    const { id, revision } = await draft('One');
    await Promise.allSettled([
      publishing.approve({ ...by, by: 'key:b', id, revision }),
      publishing.save({ ...by, id, text: text('Two'), note: null }),
    ]);
    const now = (await publishing.draft(TENANT, id))!;
    expect(now.text === text('One') ? 'key:b' : null).toBe(now.approvedBy);
    await expect(publishing.publish({ ...by, id, at: null, revision })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});
