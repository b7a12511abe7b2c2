import type { ActiveFault } from './fault-list.ts';
import type { Fault } from './faults.ts';
import type { PushSwitches } from './push-switches.ts';

/** A failure of the vendor's that a person can switch on. */
export interface FaultSwitch {
  /** The fault as the registry takes it, without how often it strikes. */
  readonly fault: Fault<string>;
  /** `429 Too many requests`. */
  readonly label: string;
  /** What the caller sees, in a sentence. */
  readonly hint: string;
}

/** Something that is on or off. */
export interface Toggle {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly on: () => boolean;
  readonly set: (on: boolean) => void;
}

/** Something that happens once, when its button is pressed: tokens expire, the app is removed. */
export interface OneTime {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly run: () => void;
}

/** What can be switched at a stand-in, and what it counted. Shown at /desk/<slug>/switches. */
export interface Switches {
  /** The vendor's own failures; the page adds slow, broken and cut-off answers, which any vendor has. */
  readonly faultKinds: readonly FaultSwitch[];
  readonly faults: {
    // A method, so that a registry of one vendor's kinds fits: the page sets only kinds it was given.
    add(fault: Fault<string>): void;
    remove(which: (fault: Fault<string>) => boolean): void;
    list(): readonly ActiveFault<Fault<string>>[];
  };
  /** Null: this vendor pushes nothing. */
  readonly pushes: PushSwitches | null;
  readonly toggles: readonly Toggle[];
  readonly oneTimes: readonly OneTime[];
  /** Calls, those refused by limits, and what else it counts. */
  readonly counters: () => readonly (readonly [label: string, count: number])[];
  readonly resetCounters: () => void;
}

/** A failure of that kind of the vendor's. */
export const failure = (
  kind: string,
  label: string,
  hint: string,
  more: Omit<Fault<string>, 'kind'> = {},
): FaultSwitch => ({ fault: { ...more, kind }, label, hint });

/** Answers with 503. `who`: what is down, at the start of a sentence. */
export const unavailable = (who: string): FaultSwitch =>
  failure('503', '503 Unavailable', `${who} is down for the moment.`);

/** Signs ID tokens with another key from now on. `who`: whose, at the start of a sentence. */
export const newSigningKey = (who: string, run: () => void): OneTime => ({
  name: 'rotate-key',
  label: 'Change the signing key',
  hint: `${who} proves who people are with another key; the one before stays published.`,
  run,
});

const isOn = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** Makes toggles of what the customer's own automation may do. */
export const automationToggle =
  <Automation extends object>(automation: {
    /** undefined: there is no account yet. */
    readonly now: () => Automation | undefined;
    readonly set: (change: Partial<Automation>) => void;
    readonly off: Automation;
  }) =>
  /** `on`: what the setting is while it is switched on. */
  <Name extends keyof Automation & string>(
    name: Name,
    label: string,
    hint: string,
    on: () => Automation[Name],
  ): Toggle => ({
    name,
    label,
    hint,
    on: () => isOn(automation.now()?.[name]),
    set: (wanted) =>
      automation.set({ [name]: wanted ? on() : automation.off[name] } as unknown as Partial<Automation>),
  });
