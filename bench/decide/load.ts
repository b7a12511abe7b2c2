import autocannon from 'autocannon';
import { signV3 } from '../../test/support/hubspot-signature.ts';

/** One burst of signed workflow actions. Latencies in milliseconds. */
export interface LoadResult {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

export interface Load {
  readonly url: string;
  readonly secret: string;
  readonly portalId: number;
  readonly callers: number;
  readonly requests: number;
  /** The body of request number `n`, over the whole run. */
  readonly body: (n: number) => string;
  readonly firstNumber: number;
}

const PATH = '/hubspot/actions/assign-lead';

/** Sends `requests` distinct signed requests over `callers` connections, each waiting for its answer before the next. */
export async function load(options: Load): Promise<LoadResult> {
  const each = Math.ceil(options.requests / options.callers);
  const at = Date.now();
  let client = 0;
  const makeRequests = () => {
    const first = options.firstNumber + client++ * each;
    return Array.from({ length: each }, (_, index) => {
      const body = options.body(first + index);
      const headers = {
        'content-type': 'application/json',
        ...signV3(options.secret, 'POST', options.url + PATH, body, at),
      };
      return { method: 'POST' as const, path: PATH, headers, body };
    });
  };
  let failed = 0;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(
      {
        url: options.url,
        connections: options.callers,
        amount: each * options.callers,
        timeout: 60,
        setupClient: (made) => made.setRequests(makeRequests()),
      },
      (error: Error | null, done) => (error ? reject(error) : resolve(done)),
    );
    run.on('response', (_client: unknown, status: number) => {
      if (status !== 200) failed += 1;
    });
  });
  return {
    perSecond: (each * options.callers) / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: failed + result.errors + result.timeouts,
  };
}
