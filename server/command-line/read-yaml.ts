import { readFile } from 'node:fs/promises';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { BadInput, badInput } from './bad-input.ts';
import { asBadInput } from './file-errors.ts';

/** A YAML or JSON file, read; `parsed` and `lines` tell where in it something stands. */
export interface YamlFile {
  readonly value: unknown;
  readonly parsed: Document.Parsed;
  readonly lines: LineCounter;
}

/** Reads a YAML file; JSON is YAML too. Throws BadInput with the line of each mistake in the form. */
export const readYaml = async (file: string): Promise<YamlFile> => {
  const text = await readFile(file).then(
    (bytes) => decode(bytes, file),
    (error: unknown) => {
      throw asBadInput(error, file);
    },
  );
  const lines = new LineCounter();
  try {
    const parsed = parseDocument(text, { lineCounter: lines });
    if (parsed.errors.length === 0) return { value: parsed.toJS({ maxAliasCount: 100 }), parsed, lines };
    throw new BadInput(
      parsed.errors.map(({ message, linePos }) => ({
        file,
        line: linePos?.[0].line ?? null,
        reason: firstSentence(message),
      })),
    );
  } catch (error) {
    // Too many aliases, or nested deeper than the stack.
    if (error instanceof ReferenceError || error instanceof RangeError)
      throw badInput(file, null, 'is nested too deeply, or repeats itself too often; write it out plainly');
    throw error;
  }
};

const decode = (bytes: Buffer, file: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badInput(file, null, 'is not text in UTF-8; save it as UTF-8');
  }
};

/** The parser's message without the picture of the place. */
const firstSentence = (message: string): string =>
  message
    .split('\n')[0]!
    .replace(/ at line \d+, column \d+:?$/, '')
    .replace(/:$/, '');
