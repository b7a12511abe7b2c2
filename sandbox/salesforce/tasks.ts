import { type Org, tableOf } from './org.ts';
import type { Row } from './types.ts';

/** Tasks about a lead or contact, oldest first. */
export const tasksOf = (org: Org, whoId: string): readonly Row[] =>
  [...tableOf(org, 'Task').values()].filter((task) => task.WhoId === whoId && !task.IsDeleted);

export const openTasksOf = (org: Org, whoId: string): readonly Row[] =>
  tasksOf(org, whoId).filter((task) => !task.IsClosed);
