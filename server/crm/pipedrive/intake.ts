import type { ConnectionInfo } from '../../assignments/ports.ts';
import { OBJECT_TYPES, type ObjectType, USUAL_INTAKE } from './facts.ts';

/**
 * The kinds of records that may enter by themselves: `intake` of the connection's settings, else leads. A lead comes
 * with a person and may become a deal: were all taken in, one enquiry would be routed three times.
 */
export const intakeOf = ({ settings }: Pick<ConnectionInfo, 'settings'>): readonly ObjectType[] => {
  const { intake } = settings;
  if (!Array.isArray(intake)) return USUAL_INTAKE;
  return OBJECT_TYPES.filter((name) => intake.includes(name));
};
