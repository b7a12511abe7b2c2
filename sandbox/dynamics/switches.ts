import {
  automationToggle,
  failure,
  newSigningKey,
  type Switches,
  type Toggle,
  unavailable,
} from '../switches.ts';
import { NO_AUTOMATION } from './automation.ts';
import type { DynamicsSandbox } from './create-dynamics.ts';
import type { Environment } from './environment.ts';
import { personOf } from './seed.ts';

/** undefined: there is no environment yet. */
const first = (dynamics: DynamicsSandbox): Environment | undefined => dynamics.environments()[0];

const anyPerson = (dynamics: DynamicsSandbox): string | null => {
  const environment = first(dynamics);
  return (environment && personOf(environment)?.id) ?? null;
};

const togglesOf = (dynamics: DynamicsSandbox): readonly Toggle[] => {
  const toggle = automationToggle({
    now: () => first(dynamics)?.automation,
    set: (change) => {
      if (first(dynamics)) dynamics.setAutomation(change);
    },
    off: NO_AUTOMATION,
  });
  return [
    toggle(
      'assignmentRules',
      'Assignment rules of Sales',
      'Soon after a lead was created, the environment’s own rule gives it to one person.',
      () => {
        const ownerId = anyPerson(dynamics);
        return ownerId === null ? [] : [{ name: 'Everything to one', ownerId }];
      },
    ),
    toggle(
      'keepsOwner',
      'A plug-in keeps owners',
      'Whatever owner is written, a plug-in puts one person there in the same save.',
      () => anyPerson(dynamics),
    ),
    {
      name: 'solution',
      label: 'Fairlead’s columns',
      hint: 'Off: the columns for the reason are not there, and it goes into a note.',
      on: () => first(dynamics)?.installed.solution ?? false,
      set: (on) => {
        if (first(dynamics)) dynamics.setInstalled({ solution: on });
      },
    },
  ];
};

/** What a person can switch at the Dynamics 365 stand-in. */
export const dynamicsSwitches = (dynamics: DynamicsSandbox): Switches => ({
  faultKinds: [
    failure(
      '429',
      '429 Too many requests',
      'The service protection limit of 6000 requests in five minutes, with a Retry-After.',
    ),
    unavailable('The environment'),
    failure('500', '500 Error', 'An unexpected error of Dataverse’s own.'),
    failure('token_expired', 'Token expired', '401, although the token is young.'),
    failure('row', 'Refused rows', 'A plug-in refuses single writes, in batches too.'),
  ],
  faults: dynamics.faults,
  pushes: dynamics.pushes.switches,
  toggles: togglesOf(dynamics),
  oneTimes: [
    {
      name: 'expire',
      label: 'Let the tokens expire',
      hint: 'The next call is answered with 401; a new token helps.',
      run: () => dynamics.entra.expireAll(),
    },
    {
      name: 'revoke',
      label: 'Remove the app',
      hint: 'Entra gives no more tokens, until an administrator agrees again.',
      run: () => {
        if (first(dynamics)) dynamics.revoke();
      },
    },
    newSigningKey('Entra', dynamics.idTokens.rotate),
    {
      name: 'new-window',
      label: 'Start a new window',
      hint: 'The five minutes of the service protection limits begin anew.',
      run: () => {
        if (first(dynamics)) dynamics.limits().reset();
      },
    },
  ],
  counters: () => {
    const { requests, rateLimited, tokens, parts } = dynamics.stats();
    return [
      ['Requests', requests],
      ['Refused by limits', rateLimited],
      ['Operations, in batches too', Object.values(parts).reduce((sum, count) => sum + count, 0)],
      ['Tokens given', tokens],
    ];
  },
  resetCounters: dynamics.resetStats,
});
