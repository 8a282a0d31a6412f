import { usesOf, type Definitions, type Problem } from '@ripen/shared';

/** What was to be published would not hold together with the rest; nothing was published. */
export class InvalidDefinitionsError extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super(
      problems.length === 1 ? 'One problem prevents publishing.' : `${problems.length} problems prevent publishing.`,
    );
    this.name = 'InvalidDefinitionsError';
    this.problems = problems;
  }
}

/** Throws InvalidDefinitionsError with all others in force that name a segment or an automation. */
export const refuseUsed = (definitions: Definitions, kind: 'segment' | 'automation', id: string): void => {
  const uses = usesOf(definitions, kind, id).filter((use) => use.kind !== kind || use.id !== id);
  if (uses.length === 0) return;
  const users = [
    ...new Set(
      uses.map(
        (use) => `the ${use.kind.replaceAll('_', ' ')} "${use.name}"${use.part ? ` (${use.part.toLowerCase()})` : ''}`,
      ),
    ),
  ];
  const all = users.length === 1 ? users[0] : `${users.slice(0, -1).join(', ')} and ${users.at(-1) ?? ''}`;
  throw new InvalidDefinitionsError([
    {
      code: kind === 'segment' ? 'unknown_segment' : 'unknown_automation',
      severity: 'error',
      document: { kind, id },
      path: '',
      message: `The ${kind} "${nameIn(definitions, kind, id)}" is used by ${all}. Take it out there first.`,
    },
  ]);
};

const nameIn = (definitions: Definitions, kind: 'segment' | 'automation', id: string): string => {
  const named =
    kind === 'segment' ? definitions.segments : definitions.automations.map(({ graph }) => graph).toReversed();
  return named.find((one) => one.id === id)?.name ?? id;
};
