import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DeliveryResult, RecordReader } from '../../server/assignments/ports.ts';
import { AppError } from '../../server/base/app-error.ts';
import type { Entered, EntryWays } from '../../server/crm/connector.ts';
import { parseSource } from '../../server/crm/sources.ts';

/** A record of the stand-in. It keeps no two apart for us: neither by our key nor by who the person is. */
export interface CrmRecord {
  readonly id: string;
  readonly key: string | null;
  readonly fields: Record<string, string>;
  ownerId: string | null;
  converted: boolean;
  /** Searches see it. */
  indexed: boolean;
}

type Operation = 'find' | 'create' | 'fill' | 'convert';

/** A CRM over HTTP, with what a test needs to trouble it. */
export interface EntryCrm {
  readonly url: string;
  readonly records: CrmRecord[];
  readonly calls: Record<Operation, number>;
  /** The next calls fail so: `lost` does the work and drops the connection, `down` answers 503, else a refusal. */
  readonly faults: Partial<Record<Operation, ('lost' | 'down')[]>>;
  /** Owners it refuses, as one does whose user was deactivated. */
  readonly inactive: Set<string>;
  /** Fields that a record must have. */
  readonly required: Set<string>;
  /** Told of each record as it is made, before the caller is answered. */
  onCreate: (record: CrmRecord) => Promise<void>;
  /** New records are found by searches at once. */
  indexes: boolean;
  readonly add: (fields: Readonly<Record<string, string>>, ownerId?: string | null) => CrmRecord;
  readonly close: () => Promise<void>;
}

const BATCH = 50;

export const openEntryCrm = async (): Promise<EntryCrm> => {
  const server = createServer((request, response) => {
    handle(crm, request, response).catch((error: unknown) => {
      response.writeHead(400).end(String(error));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const crm: EntryCrm = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    records: [],
    calls: { find: 0, create: 0, fill: 0, convert: 0 },
    faults: {},
    inactive: new Set(),
    required: new Set(['Email']),
    onCreate: async () => undefined,
    indexes: true,
    add: (fields, ownerId = null) => {
      const record = newRecord(null, { ...fields }, ownerId, true);
      crm.records.push(record);
      return record;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return crm;
};

const newRecord = (
  key: string | null,
  fields: Record<string, string>,
  ownerId: string | null,
  indexed: boolean,
): CrmRecord => ({ id: `00Q${randomUUID()}`, key, fields, ownerId, converted: false, indexed });

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? null : JSON.parse(Buffer.concat(chunks).toString());
};

const handle = async (crm: EntryCrm, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const [, operation, id] = (request.url ?? '').split('/');
  const body = await bodyOf(request);
  if (operation === 'records') return reply(response, crm.records.find((record) => record.id === id) ?? null);
  const known = operation as Operation;
  crm.calls[known]++;
  const fault = crm.faults[known]?.shift();
  if (fault === 'down') {
    response.writeHead(503).end();
    return;
  }
  const answer = await OPERATIONS[known](crm, body as never);
  if (fault === 'lost') response.destroy();
  else reply(response, answer);
};

const reply = (response: ServerResponse, body: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

interface New {
  readonly key: string;
  readonly fields: Record<string, string>;
  readonly ownerId: string | null;
}

const OPERATIONS: { readonly [Name in Operation]: (crm: EntryCrm, body: never) => Promise<unknown> } = {
  find: async (crm, people: readonly { email: string | null; phone: string | null; key?: string }[]) => {
    if (people.length > BATCH) throw new Error('too many');
    return people.map(({ email, phone, key }) => {
      const found = crm.records.find((record) =>
        key === undefined
          ? record.indexed &&
            !record.converted &&
            (email === null
              ? record.fields.Phone === phone
              : record.fields.Email?.toLowerCase() === email.toLowerCase())
          : record.key === key,
      );
      return found?.id ?? null;
    });
  },
  create: async (crm, records: readonly New[]) => {
    if (records.length > BATCH) throw new Error('too many');
    const made = records.map(({ key, fields, ownerId }) => {
      const lacking = [...crm.required].find((name) => !fields[name]);
      if (lacking !== undefined) return { error: 'REQUIRED_FIELD_MISSING', field: lacking };
      if (ownerId !== null && crm.inactive.has(ownerId)) return { error: 'INACTIVE_OWNER', field: 'OwnerId' };
      const record = newRecord(key, fields, ownerId, crm.indexes);
      crm.records.push(record);
      return { id: record.id };
    });
    for (const one of made) if ('id' in one) await crm.onCreate(crm.records.find(({ id }) => id === one.id)!);
    return made;
  },
  fill: async (crm, { id, values }: { id: string; values: Record<string, string> }) => {
    const record = crm.records.find((one) => one.id === id)!;
    for (const [name, value] of Object.entries(values)) record.fields[name] ??= value;
    return {};
  },
  convert: async (crm, leads: readonly { id: string; ownerId: string }[]) =>
    leads.map(({ id, ownerId }) => {
      const record = crm.records.find((one) => one.id === id)!;
      if (record.converted) return { error: 'ALREADY_CONVERTED' };
      Object.assign(record, { converted: true, ownerId });
      return {};
    }),
};

const call = async <T>(crm: Pick<EntryCrm, 'url'>, path: string, body?: unknown): Promise<T> => {
  const answer = await fetch(`${crm.url}/${path}`, {
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  }).catch(() => null);
  if (answer === null || answer.status === 503)
    throw new AppError('vendor_unavailable', 'The CRM does not answer.', { status: 503, retryable: true });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as T;
};

/** How leads enter the stand-in: over its HTTP, in its batches. */
export const entryWays = (crm: EntryCrm): EntryWays => ({
  objectType: 'lead',
  batchLimit: BATCH,
  find: async (connection, people) => {
    const ids = await call<(string | null)[]>(crm, 'find', people);
    return ids.map((id) =>
      id === null ? null : { connectionId: connection.id, objectType: 'lead', recordId: id },
    );
  },
  create: async (connection, records) => {
    const known = await call<(string | null)[]>(
      crm,
      'find',
      records.map(({ key, mayExist }) => ({ email: null, phone: null, key: mayExist ? key : 'none' })),
    );
    const ref = (recordId: string) => ({ connectionId: connection.id, objectType: 'lead', recordId });
    const fresh = records.filter((_, index) => known[index] === null);
    const made = await call<{ id?: string; error?: string; field?: string }[]>(
      crm,
      'create',
      fresh.map(({ key, person, values, ownerId }) => ({
        key,
        ownerId,
        fields: {
          ...(person.name && { LastName: person.name }),
          ...(person.email && { Email: person.email }),
          ...(person.phone && { Phone: person.phone }),
          ...Object.fromEntries(
            Object.entries(values).map(([source, value]) => [parseSource(source)!.property, value]),
          ),
        },
      })),
    );
    return records.map((record, index): Entered => {
      const id = known[index];
      if (id) return { kind: 'entered', ref: ref(id), existed: true };
      const { id: newId, error, field } = made[fresh.indexOf(record)]!;
      if (newId) return { kind: 'entered', ref: ref(newId), existed: false };
      const remedy = `it refused ${field} (${error}). Give the lead a ${field}, then send it again.`;
      return { kind: 'failed', result: { outcome: 'refused', code: 'rejected', remedy } };
    });
  },
  fill: async (_connection, { recordId }, values): Promise<DeliveryResult> => {
    const named = Object.entries(values).map(([source, value]) => [parseSource(source)!.property, value]);
    await call(crm, 'fill', { id: recordId, values: Object.fromEntries(named) });
    return { outcome: 'done' };
  },
  convert: async (_connection, leads) => {
    const body = leads.map(({ ref, ownerId }) => ({ id: ref.recordId, ownerId }));
    const answers = await call<{ error?: string }[]>(crm, 'convert', body);
    return answers.map(({ error }) =>
      error === undefined
        ? { outcome: 'done' }
        : { outcome: 'refused', code: 'rejected', remedy: `Look at the lead: ${error}.` },
    );
  },
});

/** Reads the stand-in's records. */
export const entryReader = (crm: EntryCrm): RecordReader => ({
  read: async (ref, sources) => {
    const record = await call<CrmRecord | null>(crm, `records/${ref.recordId}`);
    const field = (name: string) => record?.fields[name] ?? null;
    return {
      ref,
      raw: Object.fromEntries(
        Object.entries(sources).map(([name, source]) => [name, field(parseSource(source)!.property)]),
      ),
      person: {
        name: field('LastName'),
        company: null,
        email: field('Email'),
        phone: field('Phone'),
        source: null,
        message: null,
        url: `${crm.url}/${ref.recordId}`,
      },
      ownerId: record?.ownerId ?? null,
      gone: record === null ? 'missing' : record.converted ? 'converted' : null,
    };
  },
});
