import type { OffDuty } from './duty.ts';

/** Whose turn it is: the members of a pool around its list from the turn's first on, of whom `size` are on call. */
export interface Rota {
  readonly around: readonly string[];
  readonly size: number;
}

/** Who is off duty at a moment, once those on call who are not there are stood in for. */
export interface DutyNow {
  readonly off: ReadonlyMap<string, OffDuty> | null;
  /** For whom somebody stands in, by the stand-in. */
  readonly standIns: ReadonlyMap<string, string>;
  /** Who was asked to stand in, in order: those who do, and those who are not there either. */
  readonly asked: ReadonlySet<string>;
}

const NOBODY: ReadonlyMap<string, string> = new Map();
const NONE: ReadonlySet<string> = new Set();

/**
 * For each one on call who is not there, the next around the list who is stands in. Who is asked and not there either
 * is no longer off duty, so that they say their own reason, and when it ends the lead is looked at again; whose ramp
 * gives them nothing stays off duty. `there`: whether a rep takes leads at the moment, however many they have.
 */
export const dutyNow = (
  { off, rota }: { readonly off: ReadonlyMap<string, OffDuty> | null; readonly rota: Rota | null },
  there: (rep: string) => boolean,
): DutyNow => {
  if (off === null || rota === null) return { off, standIns: NOBODY, asked: NONE };
  const ramping = (rep: string): boolean => off.get(rep)?.duty === 'ramp';
  const gone = rota.around.slice(0, rota.size).filter((rep) => ramping(rep) || !there(rep));
  const standIns = new Map<string, string>();
  const asked = new Set<string>();
  for (const rep of rota.around.slice(rota.size)) {
    if (standIns.size === gone.length) break;
    if (ramping(rep)) continue;
    asked.add(rep);
    if (there(rep)) standIns.set(rep, gone[standIns.size]!);
  }
  if (asked.size === 0) return { off, standIns: NOBODY, asked: NONE };
  return { off: new Map([...off].filter(([rep]) => !asked.has(rep))), standIns, asked };
};
