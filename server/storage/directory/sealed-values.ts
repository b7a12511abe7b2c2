import { sql } from 'kysely';
import { grantContext } from '../../installs/grants.ts';
import { installContext, parkedContext } from '../../installs/oauth/install-store.ts';
import { type SealedStore, type SealedValue, secretContext } from '../../installs/sealed-store.ts';
import { signInContext } from '../../installs/sign-in/people-book.ts';
import type { Storage, Trx } from '../storage.ts';

type Place = SealedValue['place'];

interface Row {
  readonly key: string;
  readonly tenant: string | null;
  readonly sealed: string;
}

/** Where seals stand, and what each belongs to. What is over is left alone: it is cleared away soon. */
const PLACES = {
  connection: {
    key: 'id',
    column: 'tokens',
    tenant: 'tenant_id',
    standing: 'tokens is not null',
    context: ({ key, tenant }: Row) => grantContext({ id: key, tenantId: tenant! }),
  },
  install: {
    key: 'hash',
    column: 'details',
    tenant: 'tenant_id',
    standing: 'expires_at > now()',
    context: ({ key, tenant }: Row) => installContext(tenant!, key),
  },
  parked_install: {
    key: 'hash',
    column: 'account',
    tenant: 'null',
    standing: 'expires_at > now()',
    context: ({ key }: Row) => parkedContext(key),
  },
  sign_in: {
    key: 'hash',
    column: 'details',
    tenant: 'null',
    standing: 'expires_at > now()',
    context: ({ key }: Row) => signInContext(key),
  },
  sealed_secret: {
    key: 'name',
    column: 'sealed',
    tenant: 'null',
    standing: 'true',
    context: ({ key }: Row) => secretContext(key),
  },
} as const satisfies Readonly<
  Record<
    Place,
    {
      readonly key: string;
      readonly column: string;
      readonly tenant: string;
      readonly standing: string;
      readonly context: (row: Row) => SealedValue['context'];
    }
  >
>;
const NAMES = Object.keys(PLACES) as readonly Place[];
const PAGE = 200;

export const createSealedStore = (storage: Storage): SealedStore => ({
  count: async () => {
    const each = await Promise.all(NAMES.map((place) => storage.directory((trx) => countOf(trx, place))));
    return each.reduce((sum, one) => sum + one, 0);
  },
  headers: async () => {
    const each = await Promise.all(NAMES.map((place) => storage.directory((trx) => headersOf(trx, place))));
    return each.flat();
  },
  pages: async function* () {
    for (const place of NAMES) yield* pagesOf(storage, place);
  },
  replace: ({ place, key, sealed: from }, to) =>
    storage.directory(async (trx) => {
      const { key: id, column } = PLACES[place];
      const changed = await sql`update ${sql.table(place)} set ${sql.ref(column)} = ${to}
        where ${sql.ref(id)} = ${key} and ${sql.ref(column)} = ${from}`.execute(trx);
      return changed.numAffectedRows === 1n;
    }),
  drop: ({ place, key, sealed }) =>
    storage.directory(async (trx) => {
      const { key: id, column } = PLACES[place];
      const here = sql`${sql.ref(id)} = ${key} and ${sql.ref(column)} = ${sealed}`;
      const given = sql`update connection set tokens = null, token_expires_at = null,
        status = case status when 'active' then 'needs_reconnecting' else status end where ${here}`;
      await (place === 'connection' ? given : sql`delete from ${sql.table(place)} where ${here}`).execute(
        trx,
      );
    }),
  secret: async (name) => {
    const found = (trx: Trx) =>
      trx.selectFrom('sealed_secret').select('sealed').where('name', '=', name).executeTakeFirst();
    return (await storage.directory(found))?.sealed ?? null;
  },
  putSecret: async (name, sealed) => {
    await storage.directory((trx) =>
      trx
        .insertInto('sealed_secret')
        .values({ name, sealed })
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
  },
});

const countOf = async (trx: Trx, place: Place): Promise<number> => {
  const counted = sql<{
    n: number;
  }>`select count(*) as n from ${sql.table(place)} where ${sql.raw(PLACES[place].standing)}`;
  return (await counted.execute(trx)).rows[0]!.n;
};

const headersOf = async (trx: Trx, place: Place): Promise<readonly string[]> => {
  const { column, standing } = PLACES[place];
  const headers = sql<{ header: string }>`select split_part(${sql.ref(column)}, '.', 1) as header
    from ${sql.table(place)} where ${sql.raw(standing)}`;
  return (await headers.execute(trx)).rows.map(({ header }) => header);
};

async function* pagesOf(storage: Storage, place: Place): AsyncIterable<readonly SealedValue[]> {
  const { key, column, tenant, standing, context } = PLACES[place];
  for (let after: string | null = ''; after !== null; ) {
    const from: string = after;
    const page = sql<Row>`select ${sql.ref(key)} as key, ${sql.raw(tenant)} as tenant, ${sql.ref(column)} as sealed
      from ${sql.table(place)} where ${sql.raw(standing)} and ${sql.ref(key)} > ${from}
      order by ${sql.ref(key)} limit ${PAGE}`;
    const { rows } = await storage.directory((trx) => page.execute(trx));
    yield rows.map((row) => ({ place, key: row.key, context: context(row), sealed: row.sealed }));
    after = rows.length < PAGE ? null : rows.at(-1)!.key;
  }
}
