import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openStorage } from '../../server/storage/open-storage.ts';

/** The user that tests connect as: the owner of its database, no superuser, as an operator would set it up. */
const OWNER = 'fairlead_owner';

const withDatabase = (url: string, database: string): URL => {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed;
};

/** Runs one statement in the database that a URL names. */
export const execute = async (url: string, text: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text).finally(() => client.end());
};

const ownersUrl = (url: string, database: string): string => {
  const changed = withDatabase(url, database);
  changed.username = OWNER;
  changed.password = OWNER;
  return changed.href;
};

/** A name for a database that no other run has. */
const newName = (): string => `fairlead_test_${randomBytes(6).toString('hex')}`;

const makeOwner = `do $$ begin
  create role ${OWNER} login createdb createrole password '${OWNER}';
exception when duplicate_object or unique_violation then null; end $$`;

/** Makes a migrated database to clone, and gives its owner's URL. */
export const prepareTemplate = async (adminUrl: string): Promise<string> => {
  await execute(adminUrl, makeOwner);
  const name = newName();
  await execute(adminUrl, `create database ${name} owner ${OWNER}`);
  const url = ownersUrl(adminUrl, name);
  const storage = await openStorage({ databaseUrl: url });
  await storage.close();
  return url;
};

/** A database of one's own, cloned from the template; `drop` ends it. */
export interface Clone {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** An empty database, or a clone of the template that `templateUrl` names. */
export const cloneDatabase = async (templateUrl: string, empty = false): Promise<Clone> => {
  const name = newName();
  const admin = withDatabase(templateUrl, 'postgres').href;
  const template = empty ? 'template1' : new URL(templateUrl).pathname.slice(1);
  await execute(admin, `create database ${name} template ${template}`);
  return {
    url: withDatabase(templateUrl, name).href,
    drop: () => dropDatabase(admin, name),
  };
};

/** What PostgreSQL says when an autovacuum worker, which only a superuser may end, is in the database; and while it is. */
const IN_USE = new Set(['42501', '55006']);
const PATIENCE_MS = 30_000;

/** Drops a database with whoever is connected to it; a vacuum that is at it is waited for. */
const dropDatabase = async (adminUrl: string, name: string): Promise<void> => {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await execute(adminUrl, `drop database if exists ${name} with (force)`);
    } catch (error) {
      if (!IN_USE.has((error as { code?: string }).code ?? '') || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
};
