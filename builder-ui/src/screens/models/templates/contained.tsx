import { Points } from '../../../ui/marks.tsx';
import { number } from '../../../ui/words.ts';
import { describeDecay, describeReset, describeRule, ruleCounts } from '../words.ts';
import { daysWords } from '../../../fields/index.ts';
import type { Contents } from './contents.ts';
import styles from './templates.module.css';

/** The parts of a template: rules with their points, thresholds, automations, who gets the leads. */
export function Contained({ contents }: { contents: Contents }) {
  const { models, lifecycle, automations, queues, names } = contents;
  return (
    <>
      {lifecycle && (
        <section aria-label="Thresholds">
          <h3 className={styles.sub}>Thresholds</h3>
          <ul className={styles.stages}>
            {lifecycle.stages.map(({ id, name, threshold }) => (
              <li key={id}>
                {name} <b>{threshold === undefined ? 'by hand' : number(threshold)}</b>
              </li>
            ))}
          </ul>
        </section>
      )}
      {models.map((model) => (
        <section key={model.id} aria-label={`Rules of ${model.name}`}>
          <h3 className={styles.sub}>{model.name}</h3>
          <table className={styles.rules}>
            <tbody>
              {model.rules.map((rule) => (
                <tr key={rule.id}>
                  <td className={styles.points}>
                    <Points value={rule.points} />
                  </td>
                  <th scope="row">
                    {rule.name}
                    <span>{describeRule(rule, names)}</span>
                  </th>
                  <td className={styles.counts}>{ruleCounts(rule)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={styles.settings}>{fadingWords(model)}</p>
        </section>
      ))}
      <section aria-label="Automations">
        <h3 className={styles.sub}>Automations</h3>
        <ul className={styles.automations}>
          {automations.map(({ id, name, description }) => (
            <li key={id}>
              <b>{name}</b> {description}
            </li>
          ))}
        </ul>
        {queues.length > 0 && (
          <p className={styles.settings}>
            Leads go to {queues.map(({ name }) => `“${name}”`).join(' and ')}: say under Settings who works there.
          </p>
        )}
      </section>
    </>
  );
}

const fadingWords = ({ decay, reset, halfLifeDays, windowDays, bands }: Contents['models'][number]): string => {
  const said = [
    decay && `Decay: ${describeDecay(decay)}`,
    halfLifeDays !== undefined && `Half of the behaviour points is left after ${daysWords(halfLifeDays)}`,
    windowDays !== undefined && `Behaviour points expire after ${daysWords(windowDays)}`,
    reset && `The count ${describeReset(reset)}`,
    bands && `Bands: ${bands.map(({ name, from }) => `${name} from ${number(from)}`).join(', ')}`,
  ].filter((words) => typeof words === 'string');
  return said.length === 0 ? '' : `${said.join('. ')}.`;
};
