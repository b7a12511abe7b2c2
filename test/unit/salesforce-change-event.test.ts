import avro from 'avsc';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import type { Heard } from '../../server/crm/connector.ts';
import { decodeChange, parseSchema } from '../../server/crm/salesforce/stream/change-event.ts';
import { createSalesforceStream } from '../../server/crm/salesforce/stream/create-salesforce-stream.ts';
import { openSalesforceOrg } from '../support/salesforce-org.ts';

const texts = { type: 'array', items: 'string' };
const optional = (type: unknown) => ['null', type];
const SCHEMA = {
  type: 'record',
  name: 'LeadChangeEvent',
  fields: [
    {
      name: 'ChangeEventHeader',
      type: {
        type: 'record',
        name: 'ChangeEventHeader',
        fields: [
          { name: 'recordIds', type: texts },
          { name: 'changeType', type: 'string' },
          { name: 'changeOrigin', type: 'string' },
          { name: 'transactionKey', type: 'string' },
          { name: 'sequenceNumber', type: 'int' },
          { name: 'commitNumber', type: 'long' },
          { name: 'nulledFields', type: texts },
          { name: 'diffFields', type: texts },
          { name: 'changedFields', type: texts },
        ],
      },
    },
    {
      name: 'Name',
      type: optional({
        type: 'record',
        name: 'PersonName',
        fields: ['Salutation', 'FirstName', 'LastName'].map((name) => ({ name, type: optional('string') })),
      }),
    },
    ...['Company', 'Email', 'OwnerId'].map((name) => ({ name, type: optional('string') })),
  ],
};

/** Numbers beyond what JavaScript counts exactly do occur in events. */
const long = avro.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: () => 0,
});

const event = (header: Record<string, unknown>): Buffer => {
  const none = { Name: null, Company: null, Email: null, OwnerId: null };
  const type = avro.Type.forSchema(SCHEMA as never, {
    wrapUnions: false,
    typeHook: (schema) => (schema === 'long' ? long : undefined),
  });
  return type.toBuffer({
    ChangeEventHeader: {
      recordIds: ['00QSb0000000001MAA'],
      changeType: 'UPDATE',
      changeOrigin: '',
      transactionKey: 'tx',
      sequenceNumber: 1,
      commitNumber: 9_007_199_254_740_993n,
      nulledFields: [],
      diffFields: [],
      changedFields: [],
      ...header,
    },
    ...none,
  });
};
const decode = (header: Record<string, unknown>) =>
  decodeChange(parseSchema(JSON.stringify(SCHEMA)), event(header));

describe('a change event', () => {
  test.each([
    // Bits from the lowest: header, Name, Company, Email, OwnerId.
    [['0x10'], [], ['OwnerId']],
    [['0x0C'], ['0x04'], ['Company', 'Email', 'Company']],
    [['1-0x06'], [], ['FirstName', 'LastName']],
    [['0x10', '1-0x04'], [], ['OwnerId', 'LastName']],
    [[], [], []],
    // A schema with more fields than this one, no bitmap, a part of what has none: any field may have changed.
    [['0x20'], [], null],
    [['OwnerId'], [], null],
    [['2-0x01'], [], null],
  ])('%j, emptied %j: %j', (changedFields, nulledFields, fields) => {
    expect(decode({ changedFields, nulledFields })).toMatchObject({ kind: 'changed', fields, key: 'tx/1' });
  });

  test('that is no update names no fields; a gap says that something changed, an overflow not even what', () => {
    expect(decode({ changeType: 'DELETE', changedFields: ['0x10'] })).toMatchObject({ fields: null });
    expect(decode({ changeType: 'GAP_UPDATE' })).toMatchObject({ kind: 'gap', fields: null });
    expect(decode({ changeType: 'GAP_OVERFLOW', recordIds: [] })).toMatchObject({ kind: 'overflow' });
  });
});

describe('a stream', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createSandbox({ port: 0 });
  });
  afterAll(() => sandbox.close());

  const listen = (options: { silenceMs?: number; cursor?: string; token?: string; stopAfter?: number }) => {
    const org = openSalesforceOrg(sandbox);
    const tokens = {
      get: async () => options.token ?? org.installed.accessToken,
      refused: async () => void refused.push(1),
    };
    const refused: number[] = [];
    const heard: Heard[] = [];
    const opened = Promise.withResolvers<void>();
    const stopping = new AbortController();
    const stream = createSalesforceStream({
      url: sandbox.salesforce.pubsub.url(),
      addresses: org.addresses,
      tokens,
      ...(options.silenceMs !== undefined && { silenceMs: options.silenceMs }),
    });
    const end = stream.listen(org.connection, {
      cursor: options.cursor ?? null,
      sources: async () => ({ country: 'Lead.Country' }),
      onOpen: () => opened.resolve(),
      keep: async (batch) => {
        heard.push(batch);
        const events = heard.reduce((sum, one) => sum + one.events, 0);
        if (options.stopAfter !== undefined && events >= options.stopAfter) stopping.abort();
      },
      signal: stopping.signal,
    });
    return { org, end, heard, refused, opened: opened.promise };
  };

  test('passes over what nobody reads and what we wrote, asks for more as it goes, and stops when told', async () => {
    const MANY = 250;
    const { org, end, heard, opened } = listen({ stopAfter: MANY + 3 });
    await opened;
    const { domain, salesforce } = org;
    // Heard only once the stream stands on the other side too.
    await expect.poll(() => sandbox.salesforce.pubsub.stats().open).toBeGreaterThan(0);
    const first = org.lead();
    for (let made = 1; made < MANY; made++) org.lead();
    salesforce.update({ domain, id: first, values: { Rating: 'Hot' } });
    salesforce.update({ domain, id: first, values: { Country: 'FR' } });
    const ours = await org.call(org.connection, {
      method: 'PATCH',
      path: `/sobjects/Lead/${first}`,
      body: { Country: 'DE' },
      purpose: 'read',
    });
    expect(ours.status).toBe(204);
    expect(await end).toEqual({ kind: 'stopped' });
    const records = heard.flatMap((batch) => batch.records.map(({ ref }) => ref.recordId));
    expect(records).toHaveLength(MANY + 1);
    expect(records.at(-1)).toBe(first);
  });

  test('that gives no sign of life counts as broken', async () => {
    expect(await listen({ silenceMs: 200 }).end).toMatchObject({
      kind: 'broken',
      error: { code: 'timeout' },
    });
  });

  test('tells a refused token, and a place that Salesforce no longer knows', async () => {
    const refusedToken = listen({ token: 'wrong' });
    expect(await refusedToken.end).toMatchObject({ kind: 'broken' });
    expect(refusedToken.refused).toHaveLength(1);
    expect(await listen({ cursor: 'AAAAAAAAAAE=' }).end).toEqual({ kind: 'cursor_lost' });
  });
});
