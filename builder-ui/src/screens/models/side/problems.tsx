import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ScoreModel } from '@ripen/shared';
import { count } from '../../../ui/words.ts';
import styles from '../model.module.css';
import type { ModelProblem } from '../problems.ts';

/** Where a problem is looked after. */
const placeOf = ({ rule, path }: ModelProblem): { tab: string; rule: string } => {
  if (rule !== null) return { tab: '', rule };
  const [first] = path.split('.');
  return { tab: first === 'rules' || path === '' ? '' : first === 'groups' ? 'groups' : 'settings', rule: '' };
};

/** What is wrong or doubtful; each leads to its place. */
export function Problems({ model, problems }: { model: ScoreModel; problems: readonly ModelProblem[] }) {
  const navigate = useNavigate();
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return (
    <section className={styles.part} aria-label="What to look at">
      <h2 className={styles.heading}>
        What to look at
        {errors > 0 && <span className={styles.note}>{count(errors, 'thing')} to fix before publishing</span>}
      </h2>
      {problems.length === 0 ? (
        <p className={styles.inline}>
          {model.rules.length === 0 ? (
            'What is doubtful about the rules is said here, once there are some.'
          ) : (
            <>
              <IconCircleCheck size={16} aria-hidden="true" /> Nothing: the sheet is sound.
            </>
          )}
        </p>
      ) : (
        <ul className={styles.problems}>
          {problems.map((problem, index) => (
            <li key={index}>
              <UnstyledButton
                className={styles.problem}
                data-severity={problem.severity}
                onClick={() =>
                  void navigate({
                    to: '/models/$id',
                    params: { id: model.id },
                    search: (before) => ({ ...before, ...placeOf(problem) }),
                  })
                }
              >
                <IconAlertTriangle size={16} aria-label={problem.severity === 'error' ? 'Error' : 'Warning'} />
                {problem.message}
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
