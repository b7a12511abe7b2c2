import { type Selectable, sql } from 'kysely';
import type { Role } from '../../base/roles.ts';
import type { Schema } from '../schema.ts';
import type { Storage, Trx } from '../storage.ts';
import { inMs, inUse } from './ends-by-itself.ts';
import { hashSecret, newSecret } from './secrets.ts';

/** Who signed in: a person, or (null) a browser on the service's own machine. */
interface SessionPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

export interface NewSession {
  readonly tenantId: string;
  readonly subject: string;
  readonly role: Role;
  readonly personId: string | null;
  /** What the browser says it is. */
  readonly agent: string | null;
}

export interface SessionHolder {
  readonly tenantId: string;
  readonly subject: string;
  readonly role: Role;
  readonly person: SessionPerson | null;
  /** When they proved who they are. Milliseconds since 1970. */
  readonly provenAt: number;
}

/** Browsers signed in to the console. Only hashes are stored, so a session can be ended and never be read back. */
export interface Sessions {
  /** Returns the token that the browser keeps. */
  readonly open: (session: NewSession, lastsMs: number) => Promise<string>;
  /**
   * Opens one for somebody with a role, as it is now; null: they have none. `provenAt`: when they proved who they are,
   * in milliseconds since 1970; null: now, which it is never later than.
   */
  readonly openFor: (
    personId: string,
    agent: string | null,
    lastsMs: number,
    provenAt?: number | null,
  ) => Promise<string | null>;
  /** null: unknown, over, not used for hours, or the person's role is another since. */
  readonly find: (token: string) => Promise<SessionHolder | null>;
  readonly end: (token: string) => Promise<void>;
  readonly endAllOf: (personId: string) => Promise<void>;
}

const insert = async (
  trx: Trx,
  session: NewSession,
  lastsMs: number,
  provenAt: number | null = null,
): Promise<string> => {
  const token = newSecret('fs_');
  await trx.deleteFrom('session').where('expires_at', '<=', sql<Date>`now()`).execute();
  await trx
    .insertInto('session')
    .values({
      hash: hashSecret(token),
      tenant_id: session.tenantId,
      subject: session.subject,
      role: session.role,
      person_id: session.personId,
      agent: session.agent?.slice(0, 300) ?? null,
      expires_at: inMs(lastsMs),
      proven_at: provenAt === null ? sql<Date>`now()` : sql<Date>`least(now(), ${new Date(provenAt)})`,
    })
    .execute();
  return token;
};

const openFor: (storage: Storage) => Sessions['openFor'] =
  (storage) => (personId, agent, lastsMs, provenAt) =>
    storage.directory(async (trx) => {
      const person = await trx
        .selectFrom('person')
        .select(['tenant_id', 'role'])
        .where('id', '=', personId)
        .where('role', 'is not', null)
        // A role that changes now waits: the session would begin with the old one.
        .forShare()
        .executeTakeFirst();
      if (person === undefined) return null;
      const { tenant_id: tenantId, role } = person;
      const subject = `person:${personId}`;
      return insert(trx, { tenantId, subject, role: role as Role, personId, agent }, lastsMs, provenAt);
    });

type Row = Pick<
  Selectable<Schema['session']>,
  'tenant_id' | 'subject' | 'role' | 'person_id' | 'proven_at'
> & {
  readonly name: string | null;
  readonly email: string | null;
};

const toHolder = ({
  tenant_id: tenantId,
  subject,
  role,
  person_id: id,
  proven_at: provenAt,
  name,
  email,
}: Row): SessionHolder => ({
  tenantId,
  subject,
  role: role as Role,
  person: id === null ? null : { id, name: name ?? '', email },
  provenAt: provenAt.getTime(),
});

const find: (storage: Storage) => Sessions['find'] = (storage) => (token) =>
  storage.directory(async (trx) => {
    const hash = hashSecret(token);
    const row = await trx
      .selectFrom('session')
      .leftJoin('person', 'person.id', 'session.person_id')
      .select(['session.tenant_id', 'session.subject', 'session.role', 'session.person_id'])
      .select(['session.proven_at', 'person.name', 'person.email'])
      .select(sql<boolean>`session.seen_at < now() - interval '1 minute'`.as('stale'))
      .where('session.hash', '=', hash)
      .where('session.expires_at', '>', sql<Date>`now()`)
      .where(inUse)
      .where(sql<boolean>`(session.person_id is null or person.role = session.role)`)
      .executeTakeFirst();
    if (row === undefined) return null;
    if (row.stale)
      await trx.updateTable('session').set({ seen_at: sql<Date>`now()` }).where('hash', '=', hash).execute();
    return toHolder(row);
  });

export const createSessions = (storage: Storage): Sessions => ({
  open: (session, lastsMs) => storage.directory((trx) => insert(trx, session, lastsMs)),
  openFor: openFor(storage),
  find: find(storage),
  end: async (token) => {
    await storage.directory((trx) =>
      trx.deleteFrom('session').where('hash', '=', hashSecret(token)).execute(),
    );
  },
  endAllOf: async (personId) => {
    await storage.directory((trx) => trx.deleteFrom('session').where('person_id', '=', personId).execute());
  },
});
