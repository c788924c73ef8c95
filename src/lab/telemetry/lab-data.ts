import { createEngine } from '../../engine/engine';
import type { Dataset } from '../../kusto/dataset/dataset';
import { createKusto, type Kusto } from '../../kusto/kusto';
import { createLanguage } from '../../kusto/language/language';
import { runtimeModule } from '../../kusto/runtime-module';
import { tenants } from '../directory/tenants.data';
import type { LabSettings } from '../settings';
import { createTelemetry, type TelemetrySource } from './telemetry';

/** What the lab's services share: the tenants' telemetry, and KQL over it. */
export interface LabData {
  readonly kusto: Kusto;
  /** A tenant's tables; waits while they are being made, for a minute at most, and is then undefined. */
  dataset(tenantKey: string): Promise<Dataset | undefined>;
  source(tenantKey: string): TelemetrySource | undefined;
  /** Makes what is missing or has grown old; again every hour. */
  prepare(): Promise<void>;
  stop(): Promise<void>;
}

const hourMs = 3_600_000;
const patienceMs = 60_000;

const after = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds).unref());

/** Starts the lab's engine and language; `prepare` must be called for there to be any rows. */
export const createLabData = (facts: {
  readonly settings: Pick<LabSettings, 'dataDir' | 'telemetry'>;
  readonly now?: () => Date;
  readonly progress?: (text: string) => void;
}): LabData => {
  const { settings, now = () => new Date(), progress } = facts;
  const { data, shift, events } = settings.telemetry;
  const folders = { readable: data === undefined ? [settings.dataDir] : [settings.dataDir, data], writable: [settings.dataDir] };
  const engine = createEngine({ ...folders, preludeModule: runtimeModule, lanes: { query: 2 } });
  // Writing telemetry needs none of KQL's functions, which every request would otherwise define for itself.
  const writer = createEngine({ ...folders, lanes: { query: 1, file: 2 } });
  const language = createLanguage();
  const kusto = createKusto({ engine, language });
  const common = { engine: writer, tenants, dataDir: settings.dataDir, shift, events, now };
  const telemetry = createTelemetry({ ...common, ...(data !== undefined && { data }), ...(progress && { progress }) });
  let preparing: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const prepare = (): Promise<void> => {
    preparing ??= telemetry.prepare().finally(() => (preparing = undefined));
    return preparing;
  };
  return Object.freeze({
    kusto,
    dataset: async (tenantKey: string) => {
      const known = telemetry.dataset(tenantKey);
      if (known) return known;
      await Promise.race([prepare(), after(patienceMs)]);
      return telemetry.dataset(tenantKey);
    },
    source: telemetry.source,
    prepare: async () => {
      timer ??= setInterval(
        () => void prepare().catch((error: unknown) => progress?.(`Telemetry was not refreshed: ${String(error)}`)),
        hourMs,
      ).unref();
      await Promise.all([prepare(), language.ready()]);
    },
    stop: async () => {
      clearInterval(timer);
      telemetry.stop();
      await Promise.all([engine.stop(), writer.stop(), language.stop()]);
    },
  });
};
