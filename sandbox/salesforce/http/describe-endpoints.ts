import { fieldsOf, OBJECTS, objectNamed } from '../schema/objects.ts';
import type { Endpoint } from './api-call.ts';
import { objectDescription, objectSummary } from './describe.ts';
import { objectOf } from './object-of.ts';

const RESOURCES = ['sobjects', 'query', 'queryAll', 'composite', 'limits', 'tooling', 'search'];

/** What the org and its objects are. */
export const describeEndpoints: readonly Endpoint[] = [
  {
    kind: 'resources',
    method: 'GET',
    path: /^\/?$/,
    run: ({ api, session, version }) => ({
      status: 200,
      body: {
        ...Object.fromEntries(RESOURCES.map((name) => [name, `/services/data/v${version}/${name}`])),
        identity: `${api.loginUrl()}/id/${session.orgId}/${session.userId}`,
      },
    }),
  },
  {
    kind: 'describeGlobal',
    method: 'GET',
    path: /^\/sobjects\/?$/,
    run: ({ api, version }) => ({
      status: 200,
      body: {
        encoding: 'UTF-8',
        maxBatchSize: 200,
        sobjects: OBJECTS.filter((object) => objectNamed(object.name, api.org)).map((object) =>
          objectSummary(object, version),
        ),
      },
    }),
  },
  {
    kind: 'describe',
    method: 'GET',
    path: /^\/sobjects\/(?<object>\w+)\/describe\/?$/,
    run: ({ api, version }, { object = '' }) => ({
      status: 200,
      body: objectDescription(api.org, objectOf(api.org, object), version),
    }),
  },
  {
    kind: 'describe',
    method: 'GET',
    path: /^\/sobjects\/(?<object>\w+)\/?$/,
    run: ({ api, version }, { object: name = '' }) => {
      const object = objectOf(api.org, name);
      return {
        status: 200,
        body: {
          objectDescribe: { ...objectSummary(object, version), fieldCount: fieldsOf(object, api.org).length },
          recentItems: [],
        },
      };
    },
  },
  {
    kind: 'limits',
    method: 'GET',
    path: /^\/limits\/?$/,
    run: ({ api }) => {
      const { used, max } = api.limits.usage();
      const whole = (limit: number) => ({ Max: limit, Remaining: limit });
      return {
        status: 200,
        body: {
          DailyApiRequests: { Max: max, Remaining: Math.max(0, max - used) },
          ConcurrentAsyncGetReportInstances: whole(200),
          DailyAsyncApexExecutions: whole(250_000),
          DailyBulkV2QueryJobs: whole(10_000),
          DailyBulkApiBatches: whole(15_000),
          HourlyPublishedPlatformEvents: whole(50_000),
          DataStorageMB: whole(1024),
        },
      };
    },
  },
];
