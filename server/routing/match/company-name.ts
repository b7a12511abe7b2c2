import { LAST_WORDS, LEGAL_FORMS, LONGEST_FORM } from './legal-forms.ts';

/** A name in the forms it is compared by. */
export interface Name {
  /** Folded: no case, accents or punctuation, `&` as `and`, an article in front left out. */
  readonly full: string;
  /** Without legal forms at the end; the full form where nothing would be left. */
  readonly stripped: string;
  /** Words of the stripped form, each once, in order of the alphabet. */
  readonly tokens: readonly string[];
  /** The first word of the stripped form. */
  readonly first: string;
  /** First letters of the words, where there are three or more: `ibm` of International Business Machines. */
  readonly acronym: string | null;
}

/** Letters that are no letter with an accent. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

const BEYOND_ASCII = /[^\0-\x7f]/;

/** Text without case, accents and punctuation; words are parted by one space. */
export const foldText = (text: string): string => {
  if (text === '') return '';
  const plain = BEYOND_ASCII.test(text) ? withoutAccents(text) : text.toLowerCase();
  return plain
    .replace(/[&+]/g, ' and ')
    .replace(/(?<=[a-z])\s?['’`´]\s?s\b/g, 's')
    .replace(/(?<=\b[a-z])\.(?=[a-z]\b)/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
};

const withoutAccents = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter]!);

/** Reads the name of a company or a place; null: there is none. */
export const readName = (text: string | null | undefined): Name | null => {
  const full = foldText(text ?? '').replace(/^the (?=.)|(?<=.) the$/g, '');
  if (full === '') return null;
  const words = stripForms(full.split(' '));
  return {
    full,
    stripped: words.join(' '),
    tokens: [...new Set(words)].sort(),
    first: words[0]!,
    acronym: words.length < 3 ? null : words.map((word) => word[0]).join(''),
  };
};

/** Takes legal forms off the end, the longest first, again and again (`Holding GmbH & Co. KG`), but leaves a word. */
const stripForms = (words: readonly string[]): readonly string[] => {
  if (!LAST_WORDS.has(words.at(-1)!)) return words;
  for (let many = Math.min(LONGEST_FORM, words.length - 1); many > 0; many--)
    if (LEGAL_FORMS.has(words.slice(-many).join(' '))) return stripForms(withoutAnd(words.slice(0, -many)));
  return words;
};

/** `Smith and` of Smith & Co. */
const withoutAnd = (words: readonly string[]): readonly string[] =>
  words.length > 1 && words.at(-1) === 'and' ? words.slice(0, -1) : words;
