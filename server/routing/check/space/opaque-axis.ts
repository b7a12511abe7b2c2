import type { Axis } from './axis.ts';
import { finiteAxis } from './finite-axis.ts';

/** A test that is not taken apart: it may be true, false or unknown whatever the rest of the lead is. */
export const opaqueAxis = (): Axis =>
  finiteAxis({ top: 2, valueAt: () => undefined, split: () => ({ isTrue: [0, 0], isFalse: [1, 1] }) });
