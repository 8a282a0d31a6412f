import { automationSchema, validate, type Automation, type Definitions, type Problem } from '@ripen/shared';

/** Something to look at; `node` is a node's id, or undefined when it is about the automation as a whole. */
export type DocumentProblem = Pick<Problem, 'severity' | 'message' | 'node' | 'path'>;

/** What is wrong or doubtful in a draft among everything else that is in force. Errors come first. */
export const problemsOf = (document: Automation, others: Definitions): DocumentProblem[] => {
  const read = automationSchema.safeParse(document);
  if (!read.success) return read.error.issues.slice(0, 100).map((issue) => unfinished(document, issue));
  const all = validate({
    ...others,
    automations: [
      ...others.automations.filter(({ graph }) => graph.id !== document.id),
      { version: 1, live: true, graph: read.data },
    ],
  });
  return all
    .filter((problem) => problem.document.kind === 'automation' && problem.document.id === document.id)
    .sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1));
};

const unfinished = (document: Automation, issue: { path: PropertyKey[]; message: string }): DocumentProblem => {
  const [first, index, ...rest] = issue.path.map(String);
  const base = { severity: 'error' as const };
  if (first === 'nodes' && index !== undefined) {
    const node = document.nodes[Number(index)];
    // Of a long path the last word says what is empty.
    const where = rest.filter((part) => part !== 'settings' && !/^\d+$/.test(part)).at(-1) ?? '';
    return {
      ...base,
      ...(node ? { node: node.id } : {}),
      path: rest.join('.'),
      message: where === '' ? 'Something in its settings is missing.' : `Fill in ${where.replaceAll('_', ' ')}.`,
    };
  }
  if (first === 'triggers')
    return {
      ...base,
      path: issue.path.join('.'),
      message: index === undefined ? 'Choose what starts it.' : 'A trigger is not filled in.',
    };
  if (first === 'name') return { ...base, path: 'name', message: 'Give the automation a name.' };
  return { ...base, path: issue.path.join('.'), message: `${issue.path.join('.')}: ${issue.message}` };
};
