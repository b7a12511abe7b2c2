import type { Condition } from '../conditions/condition.ts';
import type { Moment } from '../conditions/moment.ts';
import type { LeadValues } from '../lead.ts';
import { makeEntries } from './entries.ts';
import { type Layout, layOut, POSTING } from './layout.ts';
import { TIME } from './literal-classes.ts';
import type { Residuals } from './residuals.ts';
import { minuteOfWeek } from './time-of-week.ts';

/** Finds the first rule whose condition is true: its index, or -1. `now` is epoch milliseconds. */
export type RuleMatcher = (values: LeadValues, now: number) => number;

/** Entries looked at first, and by how much the window of entries grows. */
const FIRST_WINDOW = 256;
const GROWTH = 4;

/**
 * Builds an index over conditions (one per rule, in order). Each part of a rule is filed under its most telling test;
 * a lead tries only the parts filed under its own values, in rule order, and stops at the first that holds. So the
 * cost follows how many rules come near a lead, not how many there are.
 */
export const compileRules = (conditions: readonly Condition[], timezone: string): RuleMatcher => {
  const { entries, dimensions, names, residuals } = makeEntries(conditions);
  const { filed, heads, bases, scanned, program, starts } = layOut(entries, dimensions);
  const ruleOf = Int32Array.from(entries, ({ rule }) => rule);
  // One more than there are dimensions: the class that entries without checks ask for, always 0.
  const classes = new Int32Array(dimensions.length + 1);
  // The lists a lead must try: how far each is done, and where it ends.
  const at = new Int32Array(dimensions.length + 1);
  const ends = new Int32Array(dimensions.length + 1);

  /** Looks up the lead's lists; how many there are. */
  const begin = (values: LeadValues, moment: Moment): number => {
    residuals.begin(values, moment);
    let lists = 0;
    for (let d = 0; d < dimensions.length; d++) {
      const name = names[d]!;
      const valueClass = dimensions[d]!.classOf(name === TIME ? minuteOfWeek(moment) : values[name]);
      classes[d] = valueClass;
      const head = bases[d]! + 2 * valueClass;
      const from = heads[head]!;
      const end = heads[head + 1]!;
      if (from === end) continue;
      at[lists] = from;
      ends[lists++] = end;
    }
    // Last, so that a rule found by its values spares the ones that must be evaluated.
    at[lists] = scanned;
    ends[lists++] = filed.length;
    return lists;
  };

  /** Goes on through a list up to entry `before`; the first entry that holds, else `before`. */
  const goOn = (list: number, before: number): number => {
    const end = ends[list]!;
    let i = at[list]!;
    for (; i < end; i += POSTING) {
      const entry = filed[i]!;
      if (entry >= before) break;
      const valueClass = classes[filed[i + 1]!]!;
      if (valueClass < filed[i + 2]! || valueClass > filed[i + 3]!) continue;
      const from = starts[entry]!;
      if (checksHold(program, from, classes) && residualsHold(program, from, starts[entry + 1]!, residuals))
        return entry;
    }
    at[list] = i;
    return before;
  };

  return (values, now) => {
    const lists = begin(values, { now, timezone });
    // A window of rules at a time over all lists: a lead that an early rule takes never meets the late ones.
    for (let end = Math.min(FIRST_WINDOW, ruleOf.length); ; end = Math.min(end * GROWTH, ruleOf.length)) {
      let best = end;
      for (let list = 0; list < lists; list++) best = goOn(list, best);
      if (best < end) return ruleOf[best]!;
      if (end === ruleOf.length) return -1;
    }
  };
};

type Program = Layout['program'];

const checksHold = (program: Program, from: number, classes: Int32Array): boolean => {
  const end = program[from]!;
  for (let at = from + 1; at < end; ) {
    const valueClass = classes[program[at]!]!;
    const stop = program[at + 1]!;
    let i = at + 2;
    while (i < stop && valueClass > program[i + 1]!) i += 2;
    if (i === stop || valueClass < program[i]!) return false;
    at = stop;
  }
  return true;
};

const residualsHold = (program: Program, from: number, to: number, residuals: Residuals): boolean => {
  for (let i = program[from]!; i < to; i++) if (!residuals.holds(program[i]!)) return false;
  return true;
};
