/** A gauge's reading at one moment. Shares are percent in use. */
export type Reading = {
	/** Undefined where it could not be read; `why` says so then. */
	value: number | undefined;
	unit: string;
	state: GaugeState;
	/** What it rests on, one line: mount and free space, names of failed units ... */
	why: string;
};
export type GaugeState = 'ok' | 'high' | 'critical' | 'unknown';
/** Readings by name: `cpu`, `mem`, `disk:/boot`, or the name of a gauge of the document. */
export type Readings = Record<string, Reading>;
