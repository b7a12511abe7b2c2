import type { Portal } from '../../hubspot/portal.ts';
import { html, type Markup } from '../html.ts';

/** What was filled in, and what was wrong with it. */
export interface NewLeadForm {
  readonly values: Readonly<Record<string, string>>;
  readonly problem: string | null;
}

const COUNTRIES = [
  'United States',
  'United Kingdom',
  'Germany',
  'Austria',
  'Switzerland',
  'France',
  'Spain',
  'Netherlands',
  'Poland',
  'India',
  'Singapore',
  'Australia',
  'Japan',
  'Israel',
  'United Arab Emirates',
  'Brazil',
  'Canada',
];
const LANGUAGES = [
  ['en', 'English'],
  ['de', 'German'],
  ['fr', 'French'],
  ['es', 'Spanish'],
  ['ja', 'Japanese'],
  ['he', 'Hebrew'],
  ['ar', 'Arabic'],
  ['pt', 'Portuguese'],
] as const;
const SOURCES = [
  ['ORGANIC_SEARCH', 'Organic search'],
  ['PAID_SEARCH', 'Paid search'],
  ['PAID_SOCIAL', 'Paid social'],
  ['REFERRALS', 'Referral'],
  ['DIRECT_TRAFFIC', 'Direct'],
  ['EMAIL_MARKETING', 'E-mail'],
] as const;

const options = (
  pairs: readonly (readonly [string, string])[],
  selected: string | undefined,
): readonly Markup[] => [
  html`<option value=""></option>`,
  ...pairs.map(
    ([value, label]) =>
      html`<option value="${value}" ${value === selected ? html`selected` : ''}>${label}</option>`,
  ),
];

/** The website's form, and the same for somebody who met a person on the phone. */
export const newLeadPage = (portal: Portal, { values, problem }: NewLeadForm): Markup => {
  const text = (name: string, label: string, more: Markup = html``) =>
    html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${values[name] ?? ''}" dir="auto" ${more}></div>`;
  return html`<div class="narrow">
  <h1>New lead</h1>
  <p class="sub">Comes in as from the website of ${portal.name}: workflows enrol it, and Fairlead routes it.</p>
  ${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
  <form method="post" action="/desk/new" class="card form">
    <fieldset><legend>Person</legend><div class="pair">
      ${text('firstname', 'First name', html`autofocus`)}${text('lastname', 'Last name')}
      ${text('email', 'E-mail', html`type="email" required`)}${text('phone', 'Phone', html`type="tel"`)}
    </div></fieldset>
    <fieldset><legend>Company</legend><div class="pair">
      ${text('company', 'Company name')}${text('numberofemployees', 'Employees', html`type="number" min="1"`)}
    </div></fieldset>
    <fieldset><legend>What routing looks at</legend><div class="pair">
      <div><label for="country">Country</label><select id="country" name="country">${options(
        COUNTRIES.map((one) => [one, one] as const),
        values.country,
      )}</select></div>
      <div><label for="hs_language">Language</label><select id="hs_language" name="hs_language">${options(LANGUAGES, values.hs_language)}</select></div>
      <div><label for="hs_latest_source">Source</label><select id="hs_latest_source" name="hs_latest_source">${options(SOURCES, values.hs_latest_source)}</select></div>
      <div><label for="lifecyclestage">Stage</label><select id="lifecyclestage" name="lifecyclestage">
        <option value="lead">Lead</option><option value="marketingqualifiedlead" ${values.lifecyclestage === 'marketingqualifiedlead' ? html`selected` : ''}>Demo request (workflow waits)</option></select></div>
    </div></fieldset>
    <div><label for="message">Message</label><textarea id="message" name="message" rows="4" dir="auto">${values.message ?? ''}</textarea></div>
    <div class="actions"><button>Create lead</button><a class="quiet" href="/desk/contacts">Cancel</a></div>
  </form></div>`;
};
