import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Projects whose files take longest: minutes for the first, seconds for the last. */
const longest = ['faults', 'bench', 'ui', 'e2e', 'stack', 'law', 'workflows', 'integration'];

/** Of files that may run beside each other, those of the longest projects begin first, so that no long one is left alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project }: TestSpecification): number => longest.indexOf(project.name) + 1 || longest.length + 1;
    // The sort is stable: within a project Vitest's own order stays, what took longest the last time or else the largest file first.
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
