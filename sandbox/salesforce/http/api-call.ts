import type { ApiLimits } from '../api-limits.ts';
import type { BulkJobs } from '../bulk/create-bulk-jobs.ts';
import type { Session } from '../oauth/app.ts';
import type { Org } from '../org.ts';
import type { Transaction } from '../rows/transaction.ts';
import type { WriteContext } from '../rows/write-context.ts';
import type { Cursors } from '../soql/cursors.ts';
import type { Stats } from '../stats.ts';

/** What the endpoints of one org share. */
export interface OrgApi {
  readonly org: Org;
  readonly limits: ApiLimits;
  readonly cursors: Cursors;
  readonly stats: Stats;
  readonly bulk: BulkJobs;
  readonly rowFault: (objectType: string, id: string | null) => void;
  /** Where the org's API is: stands in `identity`. */
  readonly loginUrl: () => string;
}

/** A request of the REST API, from outside or from within a composite. */
export interface ApiRequest {
  readonly method: string;
  /** What follows /services/data/v67.0, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A request with everything an endpoint needs to answer it. */
export interface ApiCall extends ApiRequest {
  readonly api: OrgApi;
  readonly session: Session;
  /** Such as 67.0. */
  readonly version: string;
  readonly tx: Transaction;
  /** How its writes are meant. */
  readonly write: WriteContext;
}

export interface ApiReply {
  readonly status: number;
  /** Absent: no content. */
  readonly body?: unknown;
  /** A body of text/csv in place of JSON. */
  readonly csv?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One endpoint. `kind` names it in the statistics; groups of `path` become parameters. */
export interface Endpoint {
  readonly kind: string;
  readonly method: string;
  readonly path: RegExp;
  readonly run: (call: ApiCall, params: Readonly<Record<string, string>>) => ApiReply;
}
