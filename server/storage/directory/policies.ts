import { sql } from 'kysely';
import type { NewPolicy, Policies, PolicyText } from '../../assignments/directory-ports.ts';
import { NO_RULES } from '../../assignments/publishing/may-publish.ts';
import type { PolicyVersion } from '../../assignments/publishing/ports.ts';
import { AppError } from '../../base/app-error.ts';
import type { Storage, Trx } from '../storage.ts';

const unknownTenant = (): AppError =>
  new AppError('unknown_tenant', 'There is no such tenant.', { status: 404 });

const changedMeanwhile = (): AppError =>
  new AppError('conflict', 'The draft was changed meanwhile: read it again, and then publish it.', {
    status: 409,
  });

/** Policy versions. The lane's row is locked while one is published, so no decision sees half of it. */
export const createPolicies = (storage: Storage): Policies => ({
  version: (tenantId, wanted) =>
    storage.withTenant(tenantId, async (trx) => {
      const row = await trx
        .selectFrom('policy')
        .select([...DESCRIBED, 'hash', 'document', 'source'])
        .where('tenant_id', '=', tenantId)
        .where('version', '=', wanted)
        .executeTakeFirst();
      return row === undefined ? null : toText(row);
    }),
  live: (tenantId) =>
    storage.withTenant(tenantId, async (trx) => {
      const row = await trx
        .selectFrom('lane')
        .innerJoin('policy', (join) =>
          join
            .onRef('policy.tenant_id', '=', 'lane.tenant_id')
            .onRef('policy.version', '=', 'lane.policy_version'),
        )
        .select(['policy.version', 'policy.hash', 'policy.document'])
        .where('lane.tenant_id', '=', tenantId)
        .executeTakeFirst();
      return row ?? null;
    }),
  history: (tenantId, limit) =>
    storage.withTenant(tenantId, async (trx) => {
      const rows = await trx
        .selectFrom('policy')
        .select(DESCRIBED)
        .where('tenant_id', '=', tenantId)
        .orderBy('version', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toVersion);
    }),
  rules: (tenantId) =>
    storage.withTenant(tenantId, async (trx) => {
      const lane = await trx
        .selectFrom('lane')
        .select('publishing')
        .where('tenant_id', '=', tenantId)
        .executeTakeFirst();
      return { ...NO_RULES, ...lane?.publishing };
    }),
  publish: (tenantId, policy) =>
    storage.withTenant(tenantId, async (trx) => {
      const version = await nextVersion(trx, tenantId);
      await insertVersion(trx, tenantId, version, policy);
      if (policy.draft !== undefined) await closeDraft(trx, tenantId, version, policy);
      return version;
    }),
});

const DESCRIBED = ['version', 'published_at', 'published_by', 'approved_by', 'note', 'restores'] as const;

interface Described {
  readonly version: number;
  readonly published_at: Date;
  readonly published_by: string;
  readonly approved_by: string | null;
  readonly note: string | null;
  readonly restores: number | null;
}

const toVersion = (row: Described): PolicyVersion => ({
  version: row.version,
  publishedAt: row.published_at.getTime(),
  by: row.published_by,
  approvedBy: row.approved_by,
  note: row.note,
  restores: row.restores,
});

const toText = (row: Described & Pick<PolicyText, 'hash' | 'document' | 'source'>): PolicyText => {
  const { hash, document, source } = row;
  return { ...toVersion(row), hash, document, source };
};

const nextVersion = async (trx: Trx, tenantId: string): Promise<number> => {
  const lane = await trx
    .updateTable('lane')
    .set(({ eb }) => ({ policy_version: eb('policy_version', '+', 1), drain_at: sql<Date>`now()` }))
    .where('tenant_id', '=', tenantId)
    .returning('policy_version')
    .executeTakeFirst();
  if (lane === undefined) throw unknownTenant();
  return lane.policy_version;
};

const insertVersion = async (
  trx: Trx,
  tenantId: string,
  version: number,
  { document, source, hash, by, at, note = null, approvedBy = null, restores = null }: VersionToInsert,
): Promise<void> => {
  await trx
    .insertInto('policy')
    .values({
      tenant_id: tenantId,
      version,
      document: JSON.stringify(document),
      source,
      hash,
      published_at: new Date(at),
      published_by: by,
      note,
      approved_by: approvedBy,
      restores,
    })
    .execute();
};

type VersionToInsert = Omit<NewPolicy, 'restores'> & { readonly restores?: number | null };

/** Of two who publish a draft one does; of one that was changed since it was read, nobody. */
const closeDraft = async (
  trx: Trx,
  tenantId: string,
  version: number,
  { draft, at }: NewPolicy,
): Promise<void> => {
  const closed = await trx
    .updateTable('policy_draft')
    .set(({ eb }) => ({
      state: 'published',
      version,
      refusal: null,
      changed_at: new Date(at),
      revision: eb('revision', '+', 1),
    }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', draft!.id)
    .where('revision', '=', draft!.revision)
    .where('state', 'in', ['open', 'scheduled'])
    .executeTakeFirst();
  if (closed.numUpdatedRows !== 1n) throw changedMeanwhile();
};
