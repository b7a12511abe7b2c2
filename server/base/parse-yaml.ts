import { type Document, LineCounter, parseDocument } from 'yaml';

/** A mistake in the form of a text; `line` from 1. */
export interface YamlMistake {
  readonly line: number;
  readonly message: string;
}

/** A text that was read; `parsed` and `lines` tell where in it something stands. */
export interface YamlRead {
  readonly ok: true;
  readonly value: unknown;
  readonly parsed: Document.Parsed;
  readonly lines: LineCounter;
}

/** Aliases of one text, at most: what stands for more than this is written to exhaust whoever reads it. */
const MOST_ALIASES = 100;

/** What JSON could say too: keys are texts, and no tag makes a set, a date or bytes of a value. */
const PLAIN = { stringKeys: true, resolveKnownTags: false } as const;

/** Reads one YAML text; JSON is YAML too. Its value is what JSON could hold, except that an alias may name its own parent. */
export const parseYaml = (
  text: string,
): YamlRead | { readonly ok: false; readonly mistakes: readonly YamlMistake[] } => {
  const lines = new LineCounter();
  try {
    const parsed = parseDocument(text, { ...PLAIN, lineCounter: lines });
    if (parsed.errors.length > 0) return { ok: false, mistakes: parsed.errors.map(toMistake) };
    return { ok: true, value: parsed.toJS({ maxAliasCount: MOST_ALIASES }), parsed, lines };
  } catch (error) {
    // An alias of nothing, or aliases without end.
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
    const isUnresolved = error.message.startsWith('Unresolved');
    return { ok: false, mistakes: [{ line: 1, message: isUnresolved ? error.message : TOO_MUCH }] };
  }
};

const TOO_MUCH = 'The text is nested too deeply, or repeats itself too often; write it out plainly';
/** Where the parser speaks to programmers. */
const SAID: Readonly<Record<string, string>> = {
  RESOURCE_EXHAUSTION: TOO_MUCH,
  NON_STRING_KEY: 'A key is a list or a mapping; write a name before the colon',
  MULTIPLE_DOCS: 'The text holds several documents; keep one, and remove the lines `---` between them',
};

/** The parser's message without the picture of the place. */
const toMistake = ({ code, message, linePos }: Document.Parsed['errors'][number]): YamlMistake => ({
  line: linePos?.[0].line ?? 1,
  message:
    SAID[code] ??
    message
      .split('\n')[0]!
      .replace(/ at line \d+, column \d+:?$/, '')
      .replace(/:$/, ''),
});
