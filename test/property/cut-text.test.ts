import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutText } from '../../server/routing/render/cut-text.ts';
import { plainLine } from '../../server/routing/render/plain-line.ts';

const HARD = ['👩‍👩‍👧‍👦', '🇩🇪', '👍🏽', 'é', 'e\u0301', '한', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'a', ' ', '\n', '𝒳', 'क्षि', '\r\n'];
const texts = fc
  .array(fc.oneof(fc.constantFrom(...HARD), fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 30 })
  .map((parts) => parts.join(''));
const segments = (text: string) => [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment);

test('what is cut is the most of the beginning that fits, ends between characters, and is well-formed', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 80 }), (text, most) => {
      const cut = cutText(text, most);
      expect(text.startsWith(cut)).toBe(true);
      expect(cut.length).toBeLessThanOrEqual(most);
      expect(cut.isWellFormed()).toBe(true);
      const whole = segments(text);
      const fitting: string[] = [];
      for (const one of whole) {
        if (fitting.join('').length + one.length > most) break;
        fitting.push(one);
      }
      if (fitting.length > 0) expect(cut).toBe(fitting.join(''));
      // The first alone is too long: what fits of it, by code points.
      else expect([...cut]).toEqual([...text].slice(0, [...cut].length));
    }),
  );
});

test('something is left of a text whose first character is too long, and a line keeps to its length', () => {
  const piled = `Z${'\u0301'.repeat(5_000)}`;
  expect(cutText(piled, 80)).toHaveLength(80);
  expect(cutText('👩‍👩‍👧‍👦', 3)).toBe('👩\u200d');
  expect(plainLine('👍🏽'.repeat(100), 10)).toBe('👍🏽👍🏽…');
});

/** Texts of ours and of programs, in letters and digits: ids, digests, dates, addresses' parts. */
const NO_HUMAN_TEXT =
  /toISOString|digest\(|decidedAt\.slice|hex\.slice|id\.slice|line\.slice|source\.slice|\.property\.slice/;

test('no connector cuts a text in another way', () => {
  const folder = join(import.meta.dirname, '../../server/crm');
  const cuts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => /\.(slice|substring|substr)\(0, /.test(line) && !NO_HUMAN_TEXT.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
  // Each of these takes some of a list.
  expect(cuts.filter((cut) => !/(others|inputs|words|pieces|whole)\.slice\(0, /.test(cut))).toEqual([]);
});
