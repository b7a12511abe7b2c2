import { dateTimeText } from '../dates.ts';
import { invalidModule } from '../errors.ts';
import type { Org } from '../org.ts';
import { type ModuleDef, moduleNamed } from '../schema/modules.ts';
import type { Actor, RowChange } from '../types.ts';

/** One write of records: who does it, and what it may set off. */
export interface WriteContext {
  readonly org: Org;
  readonly actor: Actor;
  /** Whether the org's workflows run on it (`trigger`). */
  readonly workflows: boolean;
  /** What it changed so far: told when it is over. */
  readonly changes: RowChange[];
  /** Throws where a fault refuses this row. */
  readonly rowFault: (module: string, id: string | null) => void;
}

/** Runs writes and tells of them afterwards. */
export const inContext = <T>(given: Omit<WriteContext, 'changes'>, work: (context: WriteContext) => T): T => {
  const context: WriteContext = { ...given, changes: [] };
  try {
    return work(context);
  } finally {
    if (context.changes.length > 0) given.org.emit(context.changes);
  }
};

export const knownModule = (org: Org, name: string): ModuleDef => {
  const found = moduleNamed(name, org);
  if (!found) throw invalidModule();
  return found;
};

export const nowText = (org: Org): string => dateTimeText(org.now(), org.timezone);

export const noteChange = (
  { org, actor, changes }: WriteContext,
  change: Pick<RowChange, 'module' | 'id' | 'operation' | 'fields'>,
): void => void changes.push({ ...change, at: org.now(), actor });
