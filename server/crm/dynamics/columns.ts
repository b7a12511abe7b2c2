import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import type { CallDynamics, Environment } from './client.ts';
import { REASON_COLUMNS } from './facts.ts';
import { readBody } from './query.ts';

/** A table's columns and what each holds, asked once an hour per process. */
export interface Columns {
  /** Column → Dataverse's attribute type (`String`, `Picklist`, …). Throws AppError `crm_read_failed`. */
  readonly of: (
    environment: Environment,
    table: string,
    until?: number,
  ) => Promise<ReadonlyMap<string, string>>;
  /** Whether the table has every column for the reason. */
  readonly forReason: (environment: Environment, table: string, until: number) => Promise<boolean>;
  /** A column was not there after all: look again next time. */
  readonly forget: (environment: Environment) => void;
}

const ASK_AGAIN_MS = 3_600_000;

const attributes = z.object({
  value: z.array(z.object({ LogicalName: z.string(), AttributeType: z.string() })),
});

export const createColumns = (call: CallDynamics, clock: Clock): Columns => {
  const known = new Map<string, { readonly columns: ReadonlyMap<string, string>; readonly until: number }>();
  const of: Columns['of'] = async (environment, table, until) => {
    const key = `${environment.id} ${table}`;
    const before = known.get(key);
    if (before !== undefined && clock.now() < before.until) return before.columns;
    const reply = await call(environment, {
      method: 'GET',
      path: `EntityDefinitions(LogicalName='${table}')/Attributes`,
      query: { $select: 'LogicalName,AttributeType' },
      purpose: 'delivery',
      ...(until !== undefined && { until }),
    });
    const columns = new Map(
      readBody(attributes, reply).value.map(({ LogicalName, AttributeType }) => [LogicalName, AttributeType]),
    );
    known.set(key, { columns, until: clock.now() + ASK_AGAIN_MS });
    return columns;
  };
  return {
    of,
    forReason: async (environment, table, until) => {
      const columns = await of(environment, table, until);
      return Object.values(REASON_COLUMNS).every((name) => columns.has(name));
    },
    forget: (environment) => {
      for (const key of known.keys()) if (key.startsWith(`${environment.id} `)) known.delete(key);
    },
  };
};
