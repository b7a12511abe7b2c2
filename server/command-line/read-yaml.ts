import { readFile } from 'node:fs/promises';
import { parseYaml, type YamlRead } from '../base/parse-yaml.ts';
import { unusableIn } from '../base/plain-data.ts';
import { BadInput, badInput } from './bad-input.ts';
import { asBadInput } from './file-errors.ts';

/** A YAML or JSON file, read. */
export type YamlFile = Omit<YamlRead, 'ok'>;

/** Reads a YAML file; JSON is YAML too. Throws BadInput with the line of each mistake in the form. */
export const readYaml = async (file: string): Promise<YamlFile> => {
  const text = await readFile(file).then(
    (bytes) => decode(bytes, file),
    (error: unknown) => {
      throw asBadInput(error, file);
    },
  );
  const yaml = parseYaml(text);
  if (!yaml.ok)
    throw new BadInput(yaml.mistakes.map(({ line, message }) => ({ file, line, reason: message })));
  const [unusable] = unusableIn(yaml.value);
  if (unusable !== undefined) throw badInput(file, null, `${unusable.field} ${unusable.message}`);
  return yaml;
};

const decode = (bytes: Buffer, file: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badInput(file, null, 'is not text in UTF-8; save it as UTF-8');
  }
};
