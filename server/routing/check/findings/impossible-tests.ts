import { fold } from '../../conditions/compare-values.ts';
import type { FieldTest } from '../../conditions/condition.ts';
import type { Fields } from '../../policy/fields.ts';
import type { Finding } from '../finding.ts';
import { isImpossible } from '../space/impossible-pattern.ts';
import { leavesOf } from '../space/make-space.ts';
import type { Subject } from '../subject.ts';
import { NO_WITNESS } from '../witness.ts';
import { named } from '../words.ts';

/** Tests that no value of their field's type can pass, in whatever rule they stand. */
export const findImpossibleTests = ({ compiled }: Subject): readonly Finding[] => {
  const { rules, fields } = compiled.policy;
  return rules.flatMap((rule) =>
    leavesOf(rule.when).flatMap((test): readonly Finding[] => {
      const why = 'type' in test ? whyImpossible(test, fields) : null;
      if (why === null) return [];
      const message = `${named(rule)} asks for what cannot be: ${why}.`;
      return [{ severity: 'warning', code: 'impossible_type', rules: [rule.id], message, ...NO_WITNESS }];
    }),
  );
};

/** How the values of a type are kept, where a test may miss it. */
const KEPT: Readonly<Partial<Record<FieldTest['type'], string>>> = {
  phone: 'phone numbers are kept like +14155550123',
  email: 'e-mail addresses are kept like name@example.com',
  url: 'web addresses are kept like https://example.com',
};

const whyImpossible = (test: FieldTest, fields: Fields): string | null => {
  if (test.kind === 'text') {
    if (!isImpossible(test.type, { op: test.op, needle: fold(test.value) })) return null;
    return `no ${test.field} ${test.op.replace('_', ' ')} ${test.value}, ${KEPT[test.type]}`;
  }
  if (test.kind !== 'fields' || (test.op !== 'eq' && test.op !== 'in')) return null;
  const [own, other] = [fields[test.field]?.of, fields[test.other]?.of];
  if (!own || !other) return null;
  const words = new Set(other.map(fold));
  return own.some((word) => words.has(fold(word)))
    ? null
    : `${test.field} and ${test.other} have no value in common`;
};
