/** The load generator, a process of its own: sends signed workflow actions and prints what it measured as one line of JSON. */
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { actionBody } from '../../test/support/hubspot-action.ts';
import { signV3 } from '../../test/support/hubspot-signature.ts';
import { HUBSPOT_SECRET } from '../../test/support/world.ts';

/** One burst of requests. */
export interface LoadOrder {
  readonly url: string;
  readonly callers: number;
  readonly requests: number;
  /** Makes callback ids that no other burst has. */
  readonly name: string;
  /** A file with record ids to use in turn; unset: ids of records that need not exist. */
  readonly recordsFile?: string;
  /** What HubSpot sends along: all that the policy reads, or nothing. */
  readonly properties: Readonly<Record<string, string | null>>;
}

/** Latencies in milliseconds. */
export interface LoadResult {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

const PATH = '/hubspot/actions/assign-lead';

function requestsFor(order: LoadOrder, first: number, count: number, records: readonly string[] | null) {
  const at = Date.now();
  return Array.from({ length: count }, (_, index) => {
    const n = first + index;
    const record = records ? records[n % records.length]! : String(1_000_000_000 + n);
    const body = actionBody(`${order.name}-${n}`, record, order.properties);
    const headers = {
      'content-type': 'application/json',
      ...signV3(HUBSPOT_SECRET, 'POST', order.url + PATH, body, at),
    };
    return { method: 'POST' as const, path: PATH, headers, body };
  });
}

/** Sends distinct requests over as many connections as callers, each waiting for its answer before the next. */
async function load(order: LoadOrder): Promise<LoadResult> {
  const each = Math.ceil(order.requests / order.callers);
  const records = order.recordsFile
    ? (JSON.parse(readFileSync(order.recordsFile, 'utf8')) as string[])
    : null;
  let client = 0;
  let failed = 0;
  let first = 0;
  let last = 0;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(
      {
        url: order.url,
        connections: order.callers,
        amount: each * order.callers,
        timeout: 60,
        setupClient: (made) => made.setRequests(requestsFor(order, client++ * each, each, records)),
      },
      (error: Error | null, done) => (error ? reject(error) : resolve(done)),
    );
    run.on('response', (_client: unknown, status: number) => {
      last = performance.now();
      first ||= last;
      if (status !== 200) failed += 1;
    });
  });
  const seconds = (last - first) / 1000;
  return {
    perSecond: (each * order.callers) / seconds,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: failed + result.errors + result.timeouts,
  };
}

if (import.meta.main)
  console.log(JSON.stringify(await load(JSON.parse(process.argv[2] ?? '{}') as LoadOrder)));
