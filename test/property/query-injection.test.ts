import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFilter } from '../../sandbox/dynamics/odata/parse-filter.ts';
import { parseQuery as parseSoql } from '../../sandbox/salesforce/soql/parse-query.ts';
import { parseQuery as parseCoql } from '../../sandbox/zoho/coql/parse-query.ts';
import type { ConnectionInfo } from '../../server/assignments/ports.ts';
import type { RecordRef } from '../../server/assignments/types.ts';
import type { CallDynamics } from '../../server/crm/dynamics/client.ts';
import { convertLeads as qualify } from '../../server/crm/dynamics/convert.ts';
import { fillLead as fillDynamics } from '../../server/crm/dynamics/fill.ts';
import { findLeads as findDynamics } from '../../server/crm/dynamics/find-leads.ts';
import { firstActivity as firstOfDynamics } from '../../server/crm/dynamics/first-activity.ts';
import { nativeDecisions } from '../../server/crm/dynamics/native-decisions.ts';
import { ownerBind } from '../../server/crm/dynamics/owners.ts';
import { createDynamicsReader } from '../../server/crm/dynamics/reader.ts';
import { makeTasks as makeDynamicsTasks } from '../../server/crm/dynamics/tasks.ts';
import type { CallHubspot } from '../../server/crm/hubspot/client.ts';
import { PATHS as HUBSPOT } from '../../server/crm/hubspot/facts.ts';
import { findCompanies } from '../../server/crm/hubspot/find-companies.ts';
import { findContacts } from '../../server/crm/hubspot/find-people.ts';
import { toLongId } from '../../server/crm/long-id.ts';
import type { CallPipedrive } from '../../server/crm/pipedrive/client.ts';
import { findLeads as findPipedrive, search } from '../../server/crm/pipedrive/entry/find.ts';
import { PATHS as PIPEDRIVE } from '../../server/crm/pipedrive/facts.ts';
import { readMany } from '../../server/crm/pipedrive/read-many.ts';
import type { CallSalesforce } from '../../server/crm/salesforce/client.ts';
import { fillLead as fillSalesforce } from '../../server/crm/salesforce/entry/fill-lead.ts';
import { findPeople as findSalesforce } from '../../server/crm/salesforce/entry/find-people.ts';
import { matchAccounts } from '../../server/crm/salesforce/entry/match-accounts.ts';
import { PATHS as SALESFORCE } from '../../server/crm/salesforce/facts.ts';
import { firstActivity as firstOfSalesforce } from '../../server/crm/salesforce/first-activity.ts';
import { queryByIds } from '../../server/crm/salesforce/query.ts';
import { createSalesforceReader } from '../../server/crm/salesforce/reader.ts';
import { makeTasks as makeSalesforceTasks } from '../../server/crm/salesforce/tasks.ts';
import type { CallZoho } from '../../server/crm/zoho/client.ts';
import { PATHS as ZOHO } from '../../server/crm/zoho/facts.ts';
import { findPeople as findZoho } from '../../server/crm/zoho/find-people.ts';
import { queryRows as askCoql, listed as listedInCoql } from '../../server/crm/zoho/query.ts';
import { readRecords } from '../../server/crm/zoho/read-records.ts';
import { field } from '../../server/routing/policy/fields.ts';
import { hostileEmail, hostileText } from '../support/attack/query-values.ts';

const CONNECTION = {
  id: 'con_1',
  externalId: 'x',
  tenantId: 'ten_1',
  settings: {},
} as unknown as ConnectionInfo;
const UNTIL = 4e12;
const LEAD = toLongId('00Q000000000001') ?? '';
const ref = (recordId: string): RecordRef => ({ connectionId: 'con_1', objectType: 'lead', recordId });
const decision = { id: 'dec_1', reason: 'x', decidedAt: '2026-11-24T15:00:00Z', rule: null, pool: null };
const task = (recordId: string, subject: string) => ({
  deliveryId: 'del_1',
  record: ref(recordId),
  decision,
  ownerId: 'x',
  words: { subject, text: subject, mark: subject },
  mayExist: true,
});

/** What a query asks with every text in it taken out, and those texts. */
const taken = (query: unknown, isText: (key: string, value: object) => string | null) => {
  const texts: string[] = [];
  const shape = JSON.stringify(query, function (this: object, key, value: unknown) {
    if (key === 'at') return undefined;
    const text = isText(key, this);
    if (text === null) return value;
    texts.push(text);
    return '?';
  });
  return { shape, texts };
};

const soql = (text: string) =>
  taken(parseSoql(text), (key, holder) => {
    const literal = holder as { kind?: string; value?: unknown };
    return key === 'value' && literal.kind === 'string' ? String(literal.value) : null;
  });
const coql = (text: string) =>
  taken(parseCoql(text), (key, holder) => {
    const value = (holder as Record<string, unknown>)[key];
    return typeof value === 'string' && (key === 'value' || Array.isArray(holder)) ? value : null;
  });
const odata = (text: string) =>
  taken(parseFilter(text), (key, holder) => {
    const value = (holder as Record<string, unknown>)[key];
    const { kind } = holder as { kind?: string };
    const isLiteral = Array.isArray(holder) || (key === 'text' && (kind === 'string' || kind === 'guid'));
    return typeof value === 'string' && isLiteral ? value : null;
  });

interface Sent {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly text?: { readonly content?: string };
}

/** Runs a question against a CRM that has nothing, and tells what was sent. */
const sentBy = async <Call>(
  body: unknown,
  ask: (call: Call) => Promise<unknown>,
): Promise<readonly Sent[]> => {
  const sent: Sent[] = [];
  const headers = new Headers();
  const call = (_: unknown, one: Sent) => {
    sent.push(one);
    return Promise.resolve({ status: 200, body, headers, text: '', blocked: false });
  };
  await ask(call as Call);
  return sent;
};

/** The queries of a run, composite ones too. */
const soqlOf = (sent: readonly Sent[]): readonly string[] =>
  sent.flatMap(({ query, body }) => {
    const parts = (body as { compositeRequest?: readonly { url: string }[] } | undefined)?.compositeRequest;
    return [
      ...(query?.q === undefined ? [] : [query.q]),
      ...(parts ?? []).map(({ url }) => new URL(url, 'https://org.example').searchParams.get('q') ?? ''),
    ];
  });

const person = (email: string | null, phone: string | null) => ({ email, phone });
const NOTHING = { records: [], done: true, compositeResponse: [], value: [], data: [] };
const runs = { numRuns: 150 };

interface Question<Call> {
  readonly values: fc.Arbitrary<string>;
  readonly benign: string;
  readonly ask: (call: Call, value: string) => Promise<unknown>;
}

const spaced = (text: string): string => text.replace(/\p{Cc}/gu, ' ');
/** How a value may be asked for, and what stands in our own questions. */
const forms = (value: string): readonly string[] =>
  [value, value.trim(), value.toLowerCase(), value.trim().toLowerCase(), 'Standard'].map(spaced);

/** Whatever the value: the same question as with a harmless one, or none; and every text in it is the value's own. */
const holds = async <Call>(
  { values, benign, ask }: Question<Call>,
  queries: (sent: readonly Sent[]) => readonly string[],
  parse: (query: string) => { readonly shape: string; readonly texts: readonly string[] },
) => {
  const shapeOf = async (value: string) => {
    const asked = queries(await sentBy<Call>(NOTHING, (call) => ask(call, value)));
    // Vendors refuse a line end inside a text, and with it the question for everybody else.
    for (const query of asked) expect(query).not.toMatch(/\p{Cc}/u);
    return asked.map(parse);
  };
  const usual = await shapeOf(benign);
  expect(usual.length).toBeGreaterThan(0);
  await fc.assert(
    fc.asyncProperty(values, async (value) => {
      for (const { shape, texts } of await shapeOf(value)) {
        expect(usual.map((one) => one.shape)).toContain(shape);
        for (const text of texts) expect(forms(value)).toContain(spaced(text));
      }
    }),
    runs,
  );
};

describe('SOQL', () => {
  const addresses = { instance: () => 'https://org.example' } as never;
  const readVisible = (
    _: unknown,
    _api: unknown,
    fields: readonly string[],
    read: (some: readonly string[]) => unknown,
  ) => read(fields);
  const writable = new Map([['Company', { length: 0, createable: true }]]);
  const packaged = { writable: () => Promise.resolve(writable) } as never;
  const ways = (call: CallSalesforce) => ({ call, connection: CONNECTION, until: UNTIL, packaged });
  const questions: Readonly<Record<string, Question<CallSalesforce>>> = {
    'the lead of an e-mail address': {
      values: hostileEmail,
      benign: 'dana@example.com',
      ask: (call, value) => findSalesforce(call, CONNECTION, [person(value, null)]),
    },
    'records by id': {
      values: hostileText,
      benign: LEAD,
      ask: (call, value) =>
        queryByIds(call, CONNECTION, [value], {
          soql: (ids) => `SELECT Id FROM Lead WHERE Id IN ${ids}`,
          purpose: 'read',
        }),
    },
    'a record to decide on': {
      values: hostileText,
      benign: LEAD,
      ask: (call, value) =>
        createSalesforceReader(call, addresses, readVisible as never).read(CONNECTION, [
          { ref: ref(value), sources: {} },
        ]),
    },
    'the first activity': {
      values: hostileText,
      benign: LEAD,
      ask: (call, value) => firstOfSalesforce(call, CONNECTION, [{ ref: ref(value), since: 0 }]),
    },
    'a task by its subject': {
      values: hostileText,
      benign: 'Call back',
      ask: (call, value) => makeSalesforceTasks([task(value, value)] as never, ways(call)),
    },
    'a lead to fill': {
      values: hostileText,
      benign: LEAD,
      ask: (call, value) => fillSalesforce(ref(value), { 'lead.Company': value }, ways(call)),
    },
  };
  test.each(Object.entries(questions))('%s stays in its literal', async (_, question) => {
    await holds(question, soqlOf, soql);
  });

  test('a phone number and a domain are matched by digits and names alone', async () => {
    await fc.assert(
      fc.asyncProperty(hostileEmail, hostileText, async (email, phone) => {
        const sent = await sentBy<CallSalesforce>(NOTHING, async (call) => {
          await findSalesforce(call, CONNECTION, [person(null, `${phone}4155550100`)]);
          await matchAccounts([{ email }], ways(call));
        });
        for (const { shape, texts } of soqlOf(sent).map(soql)) {
          const pattern = shape.includes('"name":"Lead"') ? /^%(\d%?)+$/ : /^%([^'"\\%_\s()]|\\[%_])+%$/;
          for (const text of texts) expect(text).toMatch(pattern);
        }
      }),
      runs,
    );
  });

  test('a source is refused by the policy, or names one field', async () => {
    const names = async (source: string): Promise<readonly string[]> => {
      const [sent] = soqlOf(
        await sentBy<CallSalesforce>(NOTHING, (call) =>
          createSalesforceReader(call, addresses, readVisible as never).read(CONNECTION, [
            { ref: ref(LEAD), sources: { x: source } },
          ]),
        ),
      );
      const { select, from } = parseSoql(sent ?? '');
      expect(from.name).toBe('Lead');
      return select.map((item) => (item.kind === 'field' ? item.path.names.join('.') : item.kind));
    };
    const usual = await names('Lead.Id');
    await fc.assert(
      fc.asyncProperty(fc.oneof(hostileText, fc.stringMatching(/^X\w{0,8}$/)), async (text) => {
        const source = `Lead.${text}`;
        // Pipedrive's keys may begin with a digit: Salesforce says that it has no such field.
        if (/^\d/.test(text) || !field.safeParse({ type: 'text', salesforce: source }).success) return;
        expect(await names(source)).toEqual([...new Set([...usual, text])]);
      }),
      runs,
    );
    for (const source of [
      'Lead.Id FROM User',
      'Lead.(SELECT Id FROM Tasks)',
      'Lead.constructor',
      'constructor.x',
    ])
      expect(field.safeParse({ type: 'text', salesforce: source }).success).toBe(false);
    expect(await names('Lead.Account__r.Industry')).toContain('Account__r.Industry');
  });
});

describe('COQL', () => {
  const queriesOf = (sent: readonly Sent[]) =>
    sent.map(({ body }) => (body as { select_query: string }).select_query);
  const questions: Readonly<Record<string, Question<CallZoho>>> = {
    'a person by e-mail': {
      values: hostileEmail,
      benign: 'dana@example.com',
      ask: (call, value) => findZoho(call, CONNECTION, [person(value, null)]),
    },
    'a person by phone': {
      values: hostileText,
      benign: '+1 415 555 0100',
      ask: (call, value) => findZoho(call, CONNECTION, [person(null, value)]),
    },
    'what has our key': {
      values: hostileText,
      benign: 'key_1',
      ask: (call, value) =>
        askCoql(call, CONNECTION, {
          query: `select id from Leads where Fairlead_Key in ${listedInCoql([value])}`,
          purpose: 'delivery',
        }),
    },
  };
  test.each(Object.entries(questions))('%s stays in its literal', async (_, question) => {
    await holds(question, queriesOf, coql);
  });

  test('records are asked for by numbers', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (id) => {
        const reading = {
          module: 'Leads',
          ids: [id, '5000000001'],
          fields: ['Owner'],
          purpose: 'read',
        } as const;
        const [sent] = await sentBy<CallZoho>(NOTHING, (call) => readRecords(call, CONNECTION, reading));
        expect(sent?.query?.ids).toMatch(/^\d+(,\d+)*$/);
      }),
      runs,
    );
  });
});

describe('OData', () => {
  const GUID = '11111111-2222-4333-8444-555555555555';
  const addresses = { environment: () => 'https://org.example' } as never;
  const filtersOf = (sent: readonly Sent[]) =>
    sent.flatMap(({ query }) => (query?.$filter === undefined ? [] : [query.$filter]));
  const since = 0;
  const questions: Readonly<Record<string, Question<CallDynamics>>> = {
    'a lead by e-mail': {
      values: hostileEmail,
      benign: 'dana@example.com',
      ask: (call, value) => findDynamics(call, CONNECTION, [person(value, null)]),
    },
    'a lead by phone': {
      values: hostileText,
      benign: '+1 415 555 0100',
      ask: (call, value) => findDynamics(call, CONNECTION, [person(null, value)]),
    },
    'a record to decide on': {
      values: hostileText,
      benign: GUID,
      ask: (call, value) =>
        createDynamicsReader(call, addresses).read(CONNECTION, [{ ref: ref(value), sources: {} }]),
    },
    'the first activity': {
      values: hostileText,
      benign: GUID,
      ask: (call, value) => firstOfDynamics(call, CONNECTION, [{ ref: ref(value), since }]),
    },
    'native decisions': {
      values: hostileText,
      benign: GUID,
      ask: (call, value) => nativeDecisions(call, CONNECTION, [{ ref: ref(value), since }]),
    },
  };
  test.each(Object.entries(questions))('%s stays in its literal', async (_, question) => {
    await holds(question, filtersOf, odata);
  });

  test('keys of paths are GUIDs, whatever the id', async () => {
    const columns = { of: () => Promise.resolve(new Map([['companyname', { type: 'String' }]])) } as never;
    const KEYED =
      /^(leads|tasks)\([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\)(\/Microsoft\.Dynamics\.CRM\.QualifyLead)?$/;
    await fc.assert(
      fc.asyncProperty(hostileText, async (id) => {
        const sent = await sentBy<CallDynamics>({ value: [], '@odata.etag': 'W/1' }, async (call) => {
          const ways = { call, connection: CONNECTION, until: UNTIL, columns };
          await qualify([{ ref: ref(id), ownerId: id }], ways);
          await fillDynamics(ref(id), { 'lead.companyname': id }, ways);
        });
        const paths = sent.map(({ path }) => path).filter((path) => path.startsWith('lead'));
        expect(paths.length).toBeGreaterThan(0);
        for (const path of paths) expect(path).toMatch(KEYED);
        for (const { query } of sent)
          if (query?.$filter !== undefined)
            expect(query.$filter).toMatch(/^_originatingleadid_value eq [0-9a-f-]{36}$/);
        expect(ownerBind(id)).toMatch(/^\/(teams|systemusers)\([0-9a-f-]{36}\)$/);
      }),
      runs,
    );
  });

  test('a batch has as many parts as requests, whatever they say', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const said = `${text}\r\n--batch_x--\r\nDELETE /api/data/v9.2/leads HTTP/1.1\r\n\r\n`;
        const [sent] = await sentBy<CallDynamics>(undefined, (call) =>
          makeDynamicsTasks([task(said, said)] as never, { call, connection: CONNECTION, until: UNTIL }),
        );
        const lines = sent?.text?.content?.split('\r\n') ?? [];
        expect(lines.filter((line) => / HTTP\/1\.1$/.test(line))).toEqual([
          expect.stringMatching(/^PATCH \/api\/data\/v9\.2\/tasks\([0-9a-f-]{36}\)\?tag=\w+ HTTP\/1\.1$/),
        ]);
        expect(lines.filter((line) => line.startsWith('--'))).toHaveLength(2);
      }),
      runs,
    );
  });
});

describe('HubSpot’s searches', () => {
  test('values stand among values, of one filter', async () => {
    await fc.assert(
      fc.asyncProperty(hostileEmail, hostileText, async (email, phone) => {
        const sent = await sentBy<CallHubspot>({ results: [], total: 0 }, async (call) => {
          await findContacts([person(email, null), person(null, phone)], { call, connection: CONNECTION });
          await findCompanies([phone], { call, connection: CONNECTION, until: UNTIL });
        });
        for (const { path, body } of sent) {
          expect(path).toMatch(/^\/crm\/objects\/2026-03\/(contacts|companies)\/(batch\/read|search)$/);
          if (!path.endsWith('search')) continue;
          const { filterGroups } = body as { filterGroups: { filters: Record<string, unknown>[] }[] };
          expect(filterGroups).toHaveLength(1);
          expect(filterGroups[0]?.filters).toHaveLength(1);
          expect(filterGroups[0]?.filters[0]).toMatchObject({ operator: 'IN' });
        }
      }),
      runs,
    );
  });
});

describe('Pipedrive’s searches', () => {
  test('a term is one parameter, and the match stays exact', async () => {
    await fc.assert(
      fc.asyncProperty(hostileEmail, hostileText, async (email, text) => {
        const sent = await sentBy<CallPipedrive>({ data: { items: [] } }, async (call) => {
          const looks = { call, connection: CONNECTION };
          await findPipedrive([person(email, null), person(null, text)], looks);
          await search(PIPEDRIVE.searchOrganizations, 'name', text, looks);
        });
        for (const { query } of sent) {
          const url = new URL(`https://x.example/?${new URLSearchParams(query)}`);
          expect([...url.searchParams.keys()]).toEqual(['term', 'fields', 'exact_match', 'limit']);
          expect(url.searchParams.get('exact_match')).toBe('true');
        }
      }),
      runs,
    );
  });

  test('lists of ids hold numbers alone', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (id) => {
        const ids = [id, ...Array.from({ length: 12 }, (_, n) => String(n + 1))];
        const sent = await sentBy<CallPipedrive>({ data: [] }, (call) =>
          readMany(CONNECTION, 'person', ids, { call, purpose: 'read' }),
        );
        expect(sent).toHaveLength(1);
        expect(sent[0]?.query?.ids).toMatch(/^\d+(,\d+)*$/);
      }),
      runs,
    );
  });
});

describe('paths', () => {
  const PATHS: Readonly<Record<string, (id: string) => string>> = {
    'a record of HubSpot': (id) => HUBSPOT.object('contact', id),
    'a kind of record of HubSpot': (id) => HUBSPOT.batchRead(id),
    'properties of HubSpot': (id) => HUBSPOT.properties(id),
    'a row of Salesforce': (id) => SALESFORCE.row('Lead', id),
    'a description of Salesforce': (id) => SALESFORCE.describe(id),
    'a related list of Zoho': (id) => ZOHO.related('Leads', id, 'Notes'),
    'a timeline of Zoho': (id) => ZOHO.timeline('Leads', id),
    'a conversion of Zoho': (id) => ZOHO.convert(id),
    'a territory of Zoho': (id) => ZOHO.territoryUsers(id),
    'a lead of Pipedrive': (id) => PIPEDRIVE.lead(id),
    'a person of Pipedrive': (id) => PIPEDRIVE.person(id),
    'an organisation of Pipedrive': (id) => PIPEDRIVE.organization(id),
    'a deal of Pipedrive': (id) => PIPEDRIVE.deal(id),
    'a conversion of Pipedrive': (id) => PIPEDRIVE.conversion(id, id),
  };
  test.each(Object.entries(PATHS))('%s: an id is one segment of it', (_, pathOf) => {
    const usual = pathOf('1').split('/');
    fc.assert(
      fc.property(hostileText, (id) => {
        const url = new URL(`https://x.example${pathOf(id)}`);
        expect({ host: url.host, search: url.search, hash: url.hash }).toEqual({
          host: 'x.example',
          search: '',
          hash: '',
        });
        const parts = url.pathname.split('/');
        expect(parts).toHaveLength(usual.length);
        parts.forEach((part, at) => {
          if (usual[at] === '1') expect([id, `%2E${id}`]).toContain(decodeURIComponent(part));
          else expect(part).toBe(usual[at]);
        });
      }),
      { numRuns: 400 },
    );
  });
});
