import type { StandIn } from '../../stand-in.ts';
import type { OneTime } from '../../switches.ts';
import { html, type Markup } from '../html.ts';
import { type Choice, faultChoices, pushChoices, toggleChoice } from './choices.ts';

/** Everything that can be chosen at a stand-in, in its groups. */
export const choiceGroups = ({
  switches,
}: StandIn): readonly {
  readonly title: string;
  readonly note: string;
  readonly choices: readonly Choice[];
}[] =>
  [
    {
      title: 'Failures',
      note: 'What the next calls meet.',
      choices: faultChoices(switches),
    },
    {
      title: 'Pushes',
      note: 'What becomes of webhooks on their way to Fairlead.',
      choices: switches.pushes ? pushChoices(switches.pushes) : [],
    },
    {
      title: 'The customer’s own settings',
      note: 'What people of this CRM may have switched on.',
      choices: switches.toggles.map(toggleChoice),
    },
  ].filter(({ choices }) => choices.length > 0);

const calm = ({ options, current }: Choice): boolean => options[0]?.[0] === current;

const choiceRow = (slug: string, choice: Choice): Markup => {
  const id = `c-${choice.name}`;
  return html`<li class="${calm(choice) ? 'switch' : 'switch on'}"><div><p class="label" id="${id}">${choice.label}${
    choice.state === '' ? '' : html` <small>${choice.state}</small>`
  }</p><p class="by">${choice.hint}</p></div>
    <form method="post" action="/desk/${slug}/switches" data-stay><input type="hidden" name="name" value="${choice.name}"><div role="group" aria-labelledby="${id}" class="segments">${choice.options.map(
      ([value, label]) =>
        html`<button name="value" value="${value}" id="${id}-${value}" aria-pressed="${String(value === choice.current)}">${label}</button>`,
    )}</div></form></li>`;
};

const onceRow = (slug: string, { name, label, hint }: OneTime): Markup =>
  html`<li class="switch"><div><p class="label" id="o-${name}-l">${label}</p><p class="by">${hint}</p></div>
    <form method="post" action="/desk/${slug}/switches" data-stay><input type="hidden" name="name" value="once-${name}"><div class="segments"><button id="o-${name}" aria-describedby="o-${name}-l">Do it now</button></div></form></li>`;

const counterCard = ({ slug, switches }: StandIn): Markup => {
  const { pushes } = switches;
  const pushCounts = pushes?.counts();
  const counts: readonly (readonly [string, number])[] = [
    ...switches.counters(),
    ...(pushes && pushCounts
      ? ([
          ['Pushes sent', pushCounts.sent],
          ['Pushes lost', pushCounts.dropped],
          ['Pushes doubled', pushCounts.duplicated],
          ['Pushes held back', pushes.held()],
        ] as const)
      : []),
  ];
  return html`<section class="card" aria-labelledby="counters-h"><h2 id="counters-h">Counted</h2>
    <dl class="counters">${counts.map(([label, count]) => html`<div><dt>${label}</dt><dd>${count.toLocaleString('en-US')}</dd></div>`)}</dl>
    <form method="post" action="/desk/${slug}/switches" data-stay><button name="name" value="reset" id="reset" class="quiet">Count from zero</button></form></section>`;
};

/** The switches of a stand-in: what stands inside `main`. */
export const switchesPage = (standIn: StandIn, said: string | null): Markup => {
  const groups = choiceGroups(standIn);
  const on = groups.flatMap(({ choices }) => choices).filter((choice) => !calm(choice)).length;
  const { slug, name, switches } = standIn;
  return html`<div class="head"><div><h1>${name} switches</h1><p class="sub">Let things go wrong, and watch what Fairlead does about it.</p></div>
    <div data-part="all-off">${
      on === 0
        ? html`<p class="sub">Everything runs as it should.</p>`
        : html`<form method="post" action="/desk/${slug}/switches" data-stay><button name="name" value="calm" id="calm">Switch all ${on} off</button></form>`
    }</div></div>
  <p class="said" role="status" data-status>${said}</p>
  <div class="switchboard" data-poll>
    <div class="column" data-part="choices">${groups.map(
      ({ title, note, choices }) =>
        html`<section class="card"><h2>${title} <small>${note}</small></h2><ul class="rows">${choices.map((one) => choiceRow(slug, one))}</ul></section>`,
    )}
      <section class="card"><h2>Once <small>Happens when pressed.</small></h2><ul class="rows">${switches.oneTimes.map((one) => onceRow(slug, one))}</ul></section>
    </div>
    <div class="column" data-part="counters">${counterCard(standIn)}</div>
  </div>`;
};
