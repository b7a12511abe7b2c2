import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseYaml } from '../../server/base/parse-yaml.ts';

const mistakeOf = (text: string): string => {
  const read = parseYaml(text);
  if (read.ok) throw new Error(`${text} was read as ${JSON.stringify(read.value)}`);
  return `${read.mistakes[0]?.line}: ${read.mistakes[0]?.message}`;
};
const valueIn = (text: string): unknown => {
  const read = parseYaml(text);
  return read.ok ? read.value : read.mistakes;
};

test('a mistake is told by its line, in words for whoever wrote the text', () => {
  expect(mistakeOf('a: 1\na: 2')).toBe('2: Map keys must be unique');
  expect(mistakeOf('a: *b')).toMatch(/^1: Unresolved alias/);
  expect(mistakeOf('? [a, b]\n: c')).toBe('1: A key is a list or a mapping; write a name before the colon');
  expect(mistakeOf('a: 1\n---\nb: 2')).toBe(
    '2: The text holds several documents; keep one, and remove the lines `---` between them',
  );
});

test.each(['['.repeat(50_000), '{a: '.repeat(20_000), '- '.repeat(50_000)])(
  'nesting without end is a mistake: %.12s',
  (text) => expect(mistakeOf(text)).toMatch(/nested too deeply/),
);

test('aliases that multiply are a mistake', () => {
  const lines = Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}]`);
  expect(mistakeOf(['a0: &a0 [x]', ...lines].join('\n'))).toMatch(/repeats itself too often/);
});

test('values are what JSON could hold, whatever tags say', () => {
  expect(valueIn('1: !!binary aGk=\ntrue: !!timestamp 2026-01-01\nc: !!set {a}')).toEqual({
    1: 'aGk=',
    true: '2026-01-01',
    c: { a: null },
  });
});

test('whatever the text, there is a value or a mistake', () => {
  const piece = fc.constantFrom(
    'a',
    ': ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '&a ',
    '*a',
    '? ',
    '\n',
    ' ',
    '"',
    '|',
    '!!set ',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const read = parseYaml(text);
      expect(read.ok || read.mistakes.length > 0).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
