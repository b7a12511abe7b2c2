/** One thing wrong with what the command was given. `line` counts from 1; null: the whole file, or no file at all. */
export interface InputProblem {
  /** As the caller named it; null: an argument of the command. */
  readonly file: string | null;
  readonly line: number | null;
  readonly reason: string;
}

/** The command was given something it cannot work with. Nothing was done; each problem says the remedy. */
export class BadInput extends Error {
  readonly problems: readonly InputProblem[];
  /** How many problems there are, where not all are kept. */
  readonly count: number;

  constructor(problems: readonly InputProblem[], count = problems.length) {
    super(problems[0]?.reason ?? 'Bad input');
    this.name = 'BadInput';
    this.problems = problems;
    this.count = count;
  }
}

/** A single problem, to throw. */
export const badInput = (file: string | null, line: number | null, reason: string): BadInput =>
  new BadInput([{ file, line, reason }]);

/** `leads.csv:7: …`, which editors and terminals make a link of. */
export const problemText = ({ file, line, reason }: InputProblem): string =>
  [file === null ? 'fairlead' : line === null ? file : `${file}:${line}`, reason].join(': ');
