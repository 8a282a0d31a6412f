import { IconCode, IconFileImport, IconSitemap, IconTargetArrow, IconUserPlus, type Icon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Permission } from '@ripen/shared';
import { may } from '../../api/session.ts';
import { usePerson } from '../../app/signed-in.ts';
import styles from './home.module.css';

interface Step {
  href: string;
  icon: Icon;
  title: string;
  text: string;
  permission: Permission;
}

/** What is to be done, and what for. */
export const StepWords = ({ title, text }: { title: string; text: string }) => (
  <span>
    <strong>{title}</strong>
    <br />
    <span className={styles.soft}>{text}</span>
  </span>
);

const steps: readonly Step[] = [
  {
    href: '/models',
    icon: IconTargetArrow,
    title: 'Say what counts',
    text: 'A score model gives points for who somebody is and what they do.',
    permission: 'definitions:write',
  },
  {
    href: '/automations',
    icon: IconSitemap,
    title: 'Draw an automation',
    text: 'When something happens: add points, wait, move the stage, hand over to sales.',
    permission: 'definitions:write',
  },
  {
    href: '/contacts?import=new',
    icon: IconFileImport,
    title: 'Import contacts and events',
    text: 'From a CSV file, with a preview before anything is written.',
    permission: 'imports:write',
  },
  {
    href: '/settings/keys',
    icon: IconCode,
    title: 'Send events',
    text: "Segment's and RudderStack's SDKs work as they are: set the host and a write key.",
    permission: 'admin',
  },
  {
    href: '/settings/people',
    icon: IconUserPlus,
    title: 'Bring your colleagues in',
    text: 'Marketers draw, sales people work on leads.',
    permission: 'admin',
  },
];

/** What to do next, for those who may. `done`: the steps that were taken. */
export function NextSteps({ title = 'What to do next', done = [] }: { title?: string; done?: readonly string[] }) {
  const person = usePerson();
  const allowed = steps.filter(({ href, permission }) => may(person, permission) && !done.includes(href));
  if (allowed.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{title}</h2>
      <ul className={styles.steps}>
        {allowed.map((step) => (
          <li key={step.href}>
            <Link to={step.href} className={styles.step}>
              <step.icon size={20} stroke={1.7} aria-hidden="true" />
              <StepWords title={step.title} text={step.text} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
