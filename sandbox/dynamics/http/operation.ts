import type { Environment } from '../environment.ts';
import type { DynamicsFaults } from '../faults.ts';
import type { ProtectionLimits } from '../protection-limits.ts';
import type { Stats } from '../stats.ts';
import type { Actor } from '../types.ts';
import type { Pages } from './pages.ts';

/** What an environment's endpoints work with. */
export interface EnvironmentApi {
  readonly environment: Environment;
  readonly limits: ProtectionLimits;
  readonly pages: Pages;
  readonly stats: Stats;
  readonly faults: DynamicsFaults;
  /** Its address: `https://contoso.crm.dynamics.com`. */
  readonly url: () => string;
}

/** One operation of the Web API, alone or as a part of a batch. */
export interface Operation {
  readonly method: string;
  /** Below `/api/data/v9.2/`, decoded. */
  readonly path: string;
  readonly search: URLSearchParams;
  readonly header: (name: string) => string;
  readonly body: string;
  readonly actor: Actor;
  readonly api: EnvironmentApi;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Where the Web API lives in an environment. */
export const API_PATH = '/api/data/v9.2';
