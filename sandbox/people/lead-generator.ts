/** The words leads are made of: plain data, so that another sample company needs no code. */
export interface LeadWords {
  readonly places: readonly {
    readonly country: string;
    readonly weight: number;
    readonly language: string;
    readonly states: readonly string[];
    readonly prefix: string;
    readonly names: readonly string[];
  }[];
  readonly companies: {
    readonly first: readonly string[];
    readonly second: readonly string[];
    readonly industries: readonly string[];
    /** Typical number of employees, and how common it is. */
    readonly sizes: readonly (readonly [number, number])[];
  };
  readonly titles: readonly string[];
  /** By language; `odd` holds what a form also gets. */
  readonly messages: Readonly<Record<string, readonly string[]>>;
  readonly sources: readonly (readonly [string, number])[];
}

/** A person who filled in the website's form. What they left out is absent. */
export interface GeneratedLead {
  readonly contact: Readonly<Record<string, string>>;
  /** null: a private e-mail address and no company. */
  readonly company: Readonly<Record<string, string>> | null;
}

type Random = () => number;

/** mulberry32: the same seed gives the same leads everywhere. */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

const weighted = <T>(random: Random, items: readonly (readonly [T, number])[]): T => {
  let left = random() * items.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of items) {
    left -= weight;
    if (left <= 0) return item;
  }
  return (items.at(-1) as readonly [T, number])[0];
};

/** Letters an address can be made of; names in other scripts get a made-up one. */
const addressPart = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ł/g, 'l')
    .replace(/ø/g, 'o')
    .replace(/[^a-z0-9]+/g, '.')
    .replace(/^\.+|\.+$/g, '');

const withoutBlanks = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

const newCompany = (random: Random, { companies }: LeadWords, country: string) => {
  const name = `${pick(random, companies.first)} ${pick(random, companies.second)}`;
  const size = weighted(random, companies.sizes);
  return {
    name,
    domain: `${addressPart(name).replaceAll('.', '-')}.example`,
    industry: pick(random, companies.industries),
    country,
    numberofemployees: String(Math.max(1, Math.round(size * (0.6 + random() * 0.8)))),
  };
};

const messageFor = (random: Random, { messages }: LeadWords, language: string): string =>
  random() < 0.08
    ? pick(random, messages.odd ?? [''])
    : pick(random, messages[language] ?? messages.en ?? ['']);

/** Makes leads for ever, each a little different; about one in ten leaves something important out. */
export const createLeadGenerator = (words: LeadWords, random: Random): (() => GeneratedLead) => {
  let count = 0;
  return () => {
    count++;
    const place = weighted(
      random,
      words.places.map((one) => [one, one.weight] as const),
    );
    const [firstname = '', ...rest] = pick(random, place.names).split(' ');
    const lastname = rest.join(' ');
    const company = random() < 0.9 ? newCompany(random, words, place.country) : null;
    const local = addressPart(`${firstname} ${lastname}`) || `visitor.${place.language}`;
    const blank = random();
    const contact = withoutBlanks({
      email: `${local}.${count}@${company?.domain ?? 'mail.example'}`,
      firstname,
      lastname,
      company: company && blank > 0.05 ? company.name : '',
      phone: random() < 0.7 ? `${place.prefix}${10 + Math.floor(random() * 90)}` : '',
      jobtitle: random() < 0.8 ? pick(random, words.titles) : '',
      country: blank < 0.06 ? '' : place.country,
      state: place.states.length > 0 && random() < 0.7 ? pick(random, place.states) : '',
      hs_language: blank > 0.94 ? '' : random() < 0.85 ? place.language : 'en',
      hs_latest_source: weighted(random, words.sources),
      message: messageFor(random, words, place.language),
      lifecyclestage: random() < 0.3 ? 'marketingqualifiedlead' : 'lead',
    });
    return { contact, company };
  };
};
