import { dateOf } from '../../availability/shifts.ts';
import type { FieldTest } from '../../conditions/condition.ts';
import { dayNumber, daysOf, type Moment, wallClock } from '../../conditions/moment.ts';
import type { FieldValue, Money } from '../../lead.ts';
import { placeOf } from '../../match-rules/literal-classes.ts';
import type { Field } from '../../policy/fields.ts';
import type { Axis, Leaf } from './axis.ts';
import { ageBetween, dateBetween, instantBetween, minuteBetween, numberBetween } from './gap-values.ts';
import { keyedAxis } from './keyed-axis.ts';
import { moneyAxis } from './money-axis.ts';
import { orderedAxis } from './ordered-axis.ts';

/** Tuesday 10:00, where nothing speaks against it. Minutes of the week. */
const TUESDAY_TEN = (24 + 10) * 60;

/** The minutes of the week, cut where time tests begin and end. */
export const timeAxis = (tests: readonly Leaf[]): Axis =>
  orderedAxis({
    constants: constantsOf(tests),
    between: minuteBetween,
    mayMiss: false,
    favourite: TUESDAY_TEN,
  });

/** One field, cut by the values that its tests name. */
export const fieldAxis = (field: Field, tests: readonly FieldTest[]): Axis => {
  switch (field.type) {
    case 'number':
      return orderedAxis({ constants: constantsOf(tests), between: numberBetween, mayMiss: true });
    case 'date':
    case 'datetime':
      return momentAxis(field.type, tests);
    case 'money':
      return moneyAxis(tests.flatMap(moneyIn));
    default:
      return keyedAxis(field, tests);
  }
};

const moneyIn = (test: FieldTest): readonly Money[] => {
  if (test.kind === 'compare') return [test.value as Money];
  return test.kind === 'between' ? [test.from as Money, test.to as Money] : [];
};

/** Dates and instants: by the calendar, or by age where only `in_last` asks. */
const momentAxis = (type: 'date' | 'datetime', tests: readonly FieldTest[]): Axis => {
  const recents = tests.filter((test) => test.kind === 'recent');
  if (recents.length === 0)
    return orderedAxis({
      constants: constantsOf(tests),
      between: type === 'date' ? dateBetween : instantBetween,
      mayMiss: true,
    });
  const days = type === 'date';
  const oldest = (milliseconds: number): number => (days ? daysOf(milliseconds) - 1 : milliseconds);
  return orderedAxis({
    constants: [0, ...recents.map(({ milliseconds }) => oldest(milliseconds))],
    between: ageBetween(days ? 'days' : 'milliseconds'),
    mayMiss: true,
    read: (test) =>
      test.kind === 'recent'
        ? { kind: 'between', field: test.field, type: 'number', from: 0, to: oldest(test.milliseconds) }
        : test,
    toValue: (age, moment) => (days ? dateAged(age as number, moment) : moment.now - (age as number)),
  });
};

const dateAged = (days: number, moment: Moment): string => dateOf(dayNumber(wallClock(moment).date) - days);

const constantsOf = (tests: readonly Leaf[]): readonly FieldValue[] =>
  tests.flatMap((test) => placeOf(test)?.constants ?? []);
