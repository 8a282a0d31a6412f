import { Switch } from '@mantine/core';
import { scannerAgents, type ScannerSettings } from '@ripen/shared';
import { EventPicker, NumberField, type FieldErrors } from '../../fields/index.ts';
import { PropertyPicker } from '../../fields/known-pickers.tsx';
import styles from './catalogue.module.css';

const firstSent = { event: 'email_sent', by: 'emailId', withinSeconds: 5 };
const firstLinks = { property: 'url', atLeast: 3, withinSeconds: 10 };

/** How what programs do that look at mail is told from what people do. */
export function ScannerForm(given: {
  type: string;
  scanners: ScannerSettings | undefined;
  errors: FieldErrors;
  onChange: (scanners: ScannerSettings | undefined) => void;
}) {
  const { scanners, errors, onChange } = given;
  return (
    <>
      <Switch
        label="Tell scanners from people"
        description="Programs open messages and follow links to look for harm. What they do is marked, and earns and starts nothing."
        checked={scanners !== undefined}
        onChange={(event) =>
          onChange(event.currentTarget.checked ? { agent: 'userAgent', sent: firstSent } : undefined)
        }
      />
      {scanners && (
        <div className={styles.inner}>
          <PropertyPicker
            label="Which program it was"
            description="The property with the name of browser or program."
            event={given.type}
            value={scanners.agent}
            error={errors.at('agent')}
            onChange={(agent) => onChange({ ...scanners, agent })}
          />
          <p className={styles.small}>Known scanners say one of: {scannerAgents.join(', ')}.</p>
          <Sent {...given} scanners={scanners} />
          <Links {...given} scanners={scanners} />
        </div>
      )}
    </>
  );
}

interface PartProps {
  type: string;
  scanners: ScannerSettings;
  errors: FieldErrors;
  onChange: (scanners: ScannerSettings) => void;
}

/** Sooner after the sending than anybody reads. */
function Sent({ scanners, errors, onChange }: PartProps) {
  const { sent, ...rest } = scanners;
  return (
    <>
      <Switch
        label="Right after the message was sent"
        checked={sent !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? { ...rest, sent: firstSent } : rest)}
      />
      {sent && (
        <div className={styles.inner}>
          <NumberField
            label="Within"
            unit="seconds"
            unitWidth={72}
            min={0}
            value={sent.withinSeconds}
            error={errors.at('sent.withinSeconds')}
            // The schema says when it is missing.
            onChange={(withinSeconds) =>
              onChange({ ...rest, sent: { ...sent, withinSeconds: withinSeconds as number } })
            }
          />
          <EventPicker
            label="The sending"
            value={sent.event}
            error={errors.at('sent.event')}
            onChange={(event) => onChange({ ...rest, sent: { ...sent, event } })}
          />
          <PropertyPicker
            label="Which message it was"
            description="The property that both have."
            event={sent.event}
            value={sent.by}
            error={errors.at('sent.by')}
            onChange={(by) => onChange({ ...rest, sent: { ...sent, by } })}
          />
        </div>
      )}
    </>
  );
}

/** More links at once than anybody follows. */
function Links({ type, scanners, errors, onChange }: PartProps) {
  const { links, ...rest } = scanners;
  return (
    <>
      <Switch
        label="Many links at once"
        checked={links !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? { ...rest, links: firstLinks } : rest)}
      />
      {links && (
        <div className={styles.inner}>
          <NumberField
            label="At least"
            unit="links"
            min={2}
            value={links.atLeast}
            error={errors.at('links.atLeast')}
            onChange={(atLeast) => onChange({ ...rest, links: { ...links, atLeast: atLeast as number } })} // As above.
          />
          <NumberField
            label="Within"
            unit="seconds"
            unitWidth={72}
            min={0}
            value={links.withinSeconds}
            error={errors.at('links.withinSeconds')}
            onChange={(withinSeconds) =>
              onChange({ ...rest, links: { ...links, withinSeconds: withinSeconds as number } })
            } // As above.
          />
          <PropertyPicker
            label="The link"
            event={type}
            value={links.property}
            error={errors.at('links.property')}
            onChange={(property) => onChange({ ...rest, links: { ...links, property } })}
          />
        </div>
      )}
    </>
  );
}
