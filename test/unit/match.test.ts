import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { relateNames } from '../../server/routing/match/close-names.ts';
import { readName } from '../../server/routing/match/company-name.ts';
import { compareProfiles } from '../../server/routing/match/compare-profiles.ts';
import { companyDomain, readDomain } from '../../server/routing/match/domain-class.ts';
import { disposableDomains, freeMailDomains } from '../../server/routing/match/domain-lists.ts';
import { readEmailAddress } from '../../server/routing/match/email.ts';
import { jaroWinkler } from '../../server/routing/match/jaro-winkler.ts';
import { createMatcher } from '../../server/routing/match/matcher.ts';
import { readPhoneNumber } from '../../server/routing/match/phone.ts';
import { type Given, readProfile } from '../../server/routing/match/profile.ts';

const code = (a: Given, b: Given, of: 'company' | 'person' = 'company') =>
  compareProfiles(readProfile(a), readProfile(b), of).code;

describe('addresses', () => {
  test('are trimmed and lower-cased, their domain in ASCII; sub-addressing counts for comparing only', () => {
    expect(readEmailAddress(' Dana+Fair@Bücher.example ')).toEqual({
      address: 'dana+fair@xn--bcher-kva.example',
      comparable: 'dana@xn--bcher-kva.example',
      domain: 'xn--bcher-kva.example',
    });
    for (const none of ['', 'dana', 'dana@', '@acme.com', 'a b@acme.com', 'dana@acme', null])
      expect(readEmailAddress(none)).toBeNull();
  });

  test.each([
    ['dana@mail.acme.co.uk', 'acme.co.uk', 'corporate'],
    ['https://www.acme.com/jobs?x=1', 'acme.com', 'corporate'],
    ['acme.github.io', 'acme.github.io', 'corporate'],
    ['github.io', 'github.io', 'private_suffix'],
    ['dana@gmail.com', 'gmail.com', 'free_mail'],
    ['dana@hey.com', 'hey.com', 'free_mail'],
    ['x@privaterelay.appleid.com', 'appleid.com', 'free_mail'],
    ['dana@duck.com', 'duck.com', 'free_mail'],
    ['dana@fastmail.com', 'fastmail.com', 'free_mail'],
    ['dana@tutanota.com', 'tutanota.com', 'free_mail'],
    ['dana@10minutemail.com', '10minutemail.com', 'disposable'],
  ])('%s is of %s, which is %s', (text, name, kind) => {
    expect(readDomain(text)).toEqual({ name, class: kind });
    expect(companyDomain(text)).toBe(kind === 'corporate' ? name : null);
  });

  test.each(['dana@acme\u202emoc.com', 'dana@\u0085.example', 'acme\u00a0co.com'])(
    '%j names no host',
    (text) => expect(readDomain(text)).toBeNull(),
  );

  test('two of a mail provider never match by domain', () => {
    for (const host of ['gmail.com', 'hey.com', 'duck.com', '10minutemail.com', 'web.de'])
      expect(code({ email: `a@${host}` }, { email: `b@${host}` })).toBe('NOTHING_SHARED');
    expect(code({ email: 'a@acme.com' }, { websites: ['www.acme.com'] })).toBe('DOMAIN_EXACT');
  });

  test('nobody of any listed provider has a company by it', () => {
    const listed = [...freeMailDomains(), ...disposableDomains()];
    expect(listed.length).toBeGreaterThan(70_000);
    expect(listed.filter((domain) => companyDomain(`a@${domain}`) !== null)).toEqual([]);
  });

  test('phones are compared with their country, extensions aside', () => {
    expect(readPhoneNumber('404/262 -7379', 'US')).toBe('+14042627379');
    expect(readPhoneNumber('0044 20 7946 0018')).toBe('+442079460018');
    expect(readPhoneNumber('020 7946 0018 ext. 12')).toBe('02079460018');
    expect(readPhoneNumber('12345')).toBeNull();
    expect(code({ phone: '020 7946 0018' }, { phone: '+44 20 7946 0018' })).toBe('PHONE_EXACT');
  });
});

describe('names', () => {
  test.each([
    ['Acme, Inc.', 'ACME Incorporated', 'exact'],
    ['Müller & Söhne GmbH & Co. KG', 'Muller and Sohne', 'exact'],
    ['The Palm', 'Palm The', 'exact'],
    ['Hotel Bel-Air', 'Bel-Air Hotel', 'exact'],
    ['Żabka Sp. z o.o.', 'Zabka', 'exact'],
    ['Ørsted A/S', 'Orsted', 'exact'],
    ['International Business Machines', 'IBM', 'close'],
    ['Northwind Traders', 'Northwnd Traders', 'close'],
    ['Acme Steel', 'Acme', 'close'],
    ['Acme Steel', 'Acme Foods', 'different'],
    ['Limited', 'Ltd', 'different'],
  ])('%s and %s: %s', (a, b, relation) => {
    expect(relateNames(readName(a), readName(b))).toBe(relation);
    expect(relateNames(readName(b), readName(a))).toBe(relation);
  });

  test('legal forms are stripped at the end only', () => {
    expect(readName('Limited Brands LLC')?.stripped).toBe('limited brands');
    expect(readName('AG Barr plc')?.stripped).toBe('ag barr');
    expect(readName('GmbH')?.stripped).toBe('gmbh');
  });

  test('being alike is mutual, at most 1, and 1 for equals', () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const alike = jaroWinkler(a, b);
        expect(alike).toBeCloseTo(jaroWinkler(b, a), 10);
        expect(alike >= 0 && alike <= 1).toBe(true);
        expect(jaroWinkler(a, a)).toBe(1);
      }),
    );
    expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.961, 3);
    expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 3);
  });
});

test('a name that is close needs something that supports it; the same number under two names goes to a person', () => {
  const palm = {
    name: 'The Palm',
    phone: '+14155550123',
    address: '9001 Santa Monica Blvd.',
    city: 'Los Angeles',
  };
  expect(code(palm, { name: 'Palm Steakhouse' })).toBe('NAME_CLOSE');
  expect(code(palm, { name: 'Palm Steakhouse', phone: '+1 415 555 0123' })).toBe('NAME_CLOSE+PHONE');
  expect(code(palm, { name: 'Palm Grill', address: '9001 Santa Monica Boulevard' })).toBe(
    'NAME_CLOSE+ADDRESS',
  );
  expect(code(palm, { name: 'Chez Nous', phone: '+1 415 555 0123' })).toBe('PHONE_SHARED');
  expect(code(palm, { name: 'Palm', address: '837 Second Ave.', city: 'New York' })).toBe(
    'NAME_EXACT_ELSEWHERE',
  );
  expect(code({ name: 'Acme', country: 'US' }, { name: 'Acme', country: 'DE' })).toBe('NAME_EXACT_ELSEWHERE');
});

test('a person is not known by name or employer alone, and by both they are', () => {
  const of = 'person' as const;
  expect(code({ name: 'Ann Lee' }, { name: 'Ann Lee' }, of)).toBe('NAME_ONLY');
  expect(code({ name: 'Ann Lee', email: 'al@acme.com' }, { name: 'Bo Ray', email: 'bo@acme.com' }, of)).toBe(
    'NOTHING_SHARED',
  );
  expect(
    code({ name: 'Ann Lee', email: 'al@acme.com' }, { name: 'Lee, Ann', email: 'ann@acme.com' }, of),
  ).toBe('NAME_CLOSE+DOMAIN');
  expect(code({ email: 'al+x@acme.com' }, { email: 'AL@acme.com' }, of)).toBe('EMAIL_EXACT');
});

describe('among several', () => {
  const matcher = (...known: readonly (Given & { readonly id: string })[]) =>
    createMatcher(
      known.map(({ id, ...given }) => ({ id, profile: readProfile(given) })),
      'company',
    );
  const acme = [
    { id: 'us', name: 'Acme Inc.', country: 'US' },
    { id: 'de', name: 'Acme GmbH', country: 'DE' },
    { id: 'site', name: 'Acme Holdings', websites: ['acme.com'] },
  ] as const;

  test('the stronger code wins, then the full name, then the country', () => {
    const { match } = matcher(...acme);
    expect(match(readProfile({ name: 'Acme', email: 'x@acme.com' }))).toEqual({
      verdict: 'match',
      code: 'DOMAIN_EXACT',
      id: 'site',
    });
    expect(match(readProfile({ name: 'ACME GmbH' }))).toEqual({
      verdict: 'match',
      code: 'NAME_EXACT',
      id: 'de',
    });
    expect(match(readProfile({ name: 'Acme', country: 'US' }))).toEqual({
      verdict: 'match',
      code: 'NAME_EXACT',
      id: 'us',
    });
  });

  test('nobody guesses between equals', () => {
    expect(matcher(...acme).match(readProfile({ name: 'Acme' }))).toEqual({
      verdict: 'review',
      code: 'AMBIGUOUS_2',
      ids: ['de', 'us'],
    });
    expect(matcher(...acme).match(readProfile({ name: 'Globex' }))).toEqual({
      verdict: 'none',
      code: 'NO_MATCH',
    });
  });

  test('the order in which they are known changes nothing', () => {
    const names = fc.array(
      fc.constantFrom('Acme', 'Acme Inc', 'Acme GmbH', 'Acme Steel', 'Globex', 'Globex Ltd'),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(names, fc.constantFrom('Acme', 'Acme Ltd', 'Globex', 'Globx'), (all, asked) => {
        const known = all.map((name, i) => ({ id: `${i}`, name }));
        const profile = readProfile({ name: asked });
        expect(matcher(...known.toReversed()).match(profile)).toEqual(matcher(...known).match(profile));
      }),
    );
  });

  test('what every candidate shares is found through the index as by comparing all', () => {
    const domain = fc.constantFrom('acme.com', 'globex.com', 'gmail.com');
    const given = fc.record({
      name: fc.constantFrom('Acme Inc', 'Acme', 'Globex', 'Initech'),
      websites: fc.array(domain, { maxLength: 1 }),
    });
    fc.assert(
      fc.property(fc.array(given, { maxLength: 12 }), given, (all, asked) => {
        const profile = readProfile(asked);
        const found = matcher(...all.map((one, i) => ({ id: `${i}`, ...one }))).candidates(profile);
        const matching = all.flatMap((one, i) =>
          compareProfiles(profile, readProfile(one), 'company').verdict === 'match' ? [i] : [],
        );
        expect(found).toEqual(expect.arrayContaining(matching));
      }),
    );
  });
});
