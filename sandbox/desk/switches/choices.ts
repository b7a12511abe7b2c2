import type { Fault } from '../../faults.ts';
import type { PushSettings, PushSwitches } from '../../push-switches.ts';
import type { FaultSwitch, Switches, Toggle } from '../../switches.ts';

/** A row of the page: something that has one of a few values. */
export interface Choice {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly current: string;
  /** What became of it so far; empty: nothing to tell. */
  readonly state: string;
  readonly choose: (value: string) => void;
}

const OFF = 'off';
const EVERY = 'every';

const COMMON: readonly FaultSwitch[] = [
  {
    fault: { kind: 'slow', ms: 5_000 },
    label: 'Slow answers',
    hint: 'Each answer takes five seconds longer.',
  },
  {
    fault: { kind: 'reset' },
    label: 'Lost answers',
    hint: 'The work is done, then the connection breaks: the caller cannot know.',
  },
  {
    fault: { kind: 'truncated' },
    label: 'Half answers',
    hint: 'The work is done, and the answer breaks off in the middle.',
  },
];

const same =
  (one: Fault<string>) =>
  (other: Fault<string>): boolean =>
    one.kind === other.kind && one.status === other.status && one.ms === other.ms;

const faultChoice = (faults: Switches['faults'], { fault, label, hint }: FaultSwitch): Choice => {
  const is = same(fault);
  const active = faults.list().find((entry) => is(entry.fault));
  const { times } = active?.fault ?? {};
  const struck = active?.struck ?? 0;
  const usedUp = times !== undefined && struck >= times;
  const of = times === undefined ? '' : ` of ${times}`;
  return {
    name: `fault-${fault.kind}`,
    label,
    hint,
    options: [
      [OFF, 'Off'],
      ['1', 'Next one'],
      ['10', 'Next 10'],
      [EVERY, 'Every'],
    ],
    current: !active || usedUp ? OFF : String(times ?? EVERY),
    state: active ? `struck ${struck}${of}` : '',
    choose: (value) => {
      faults.remove(is);
      if (value !== OFF) faults.add(value === EVERY ? fault : { ...fault, times: Number(value) });
    },
  };
};

/** The vendor's failures and those any vendor has. */
export const faultChoices = ({ faults, faultKinds }: Switches): readonly Choice[] =>
  [...faultKinds, ...COMMON].map((one) => faultChoice(faults, one));

const pushChoice = (
  pushes: PushSwitches,
  name: keyof PushSettings,
  words: Pick<Choice, 'label' | 'hint' | 'options'>,
): Choice => ({
  ...words,
  name: `push-${name}`,
  current: String(pushes.settings()[name]),
  state: '',
  choose: (value) => pushes.set({ [name]: JSON.parse(value) as never }),
});

const SHARES = [
  ['0', 'None'],
  ['0.25', 'A quarter'],
  ['1', 'All'],
] as const;
const OFF_ON = [
  ['false', 'Off'],
  ['true', 'On'],
] as const;

/** What can happen to pushes on their way. */
export const pushChoices = (pushes: PushSwitches): readonly Choice[] => [
  pushChoice(pushes, 'drop', { label: 'Lost', hint: 'They never arrive.', options: SHARES }),
  pushChoice(pushes, 'duplicate', { label: 'Doubled', hint: 'They arrive twice.', options: SHARES }),
  pushChoice(pushes, 'delayMs', {
    label: 'Late',
    hint: 'They arrive later than they would.',
    options: [
      ['0', 'On time'],
      ['5000', '5 s'],
      ['60000', '1 min'],
    ],
  }),
  pushChoice(pushes, 'reorder', {
    label: 'Out of order',
    hint: 'They overtake each other.',
    options: OFF_ON,
  }),
  pushChoice(pushes, 'paused', {
    label: 'Held back',
    hint: 'They are kept, and go out when this is switched off.',
    options: OFF_ON,
  }),
];

/** On or off. */
export const toggleChoice = ({ name, label, hint, on, set }: Toggle): Choice => ({
  name: `toggle-${name}`,
  label,
  hint,
  options: OFF_ON,
  current: String(on()),
  state: '',
  choose: (value) => set(value === 'true'),
});
