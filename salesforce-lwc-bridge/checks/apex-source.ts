import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';
import { nameOf, type PackageFile } from './package-files.ts';

/** An Apex file, and what of it is code. */
export interface ApexFile {
  readonly name: string;
  readonly isTrigger: boolean;
  readonly isTest: boolean;
  readonly source: string;
  /** The source without comments, strings emptied. */
  readonly code: string;
}

const NOT_CODE = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\])*'/g;

export const apexFile = (path: string, source: string): ApexFile => {
  const code = source.replace(NOT_CODE, (match) => (match.startsWith("'") ? "''" : ''));
  return {
    name: nameOf(path),
    isTrigger: path.endsWith('.trigger'),
    isTest: /@IsTest/i.test(code),
    source,
    code,
  };
};

export const apexFiles = (files: readonly PackageFile[]): readonly ApexFile[] =>
  files.filter(({ path }) => /\.(cls|trigger)$/.test(path)).map(({ path, text }) => apexFile(path, text));

class Collector extends ApexErrorListener {
  readonly problems: string[] = [];
  override apexSyntaxError(line: number, column: number, message: string): void {
    this.problems.push(`${line}:${column} ${message}`);
  }
}

/** Syntax errors, by a parser of the whole language. */
export function syntaxProblems({ source, isTrigger }: ApexFile): readonly string[] {
  const collector = new Collector();
  const { parser } = ApexParserFactory.createLexerAndParser(source, collector);
  if (isTrigger) parser.triggerUnit();
  else parser.compilationUnit();
  return collector.problems;
}
