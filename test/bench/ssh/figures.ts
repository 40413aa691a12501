/** What was measured beside what, and what it should be. */
export type Figure = {
	what: string;
	/** The two sides, in words. */
	ours: string;
	peer: string;
	/** What is compared with the goal, where there is one, both in `unit`: `times` is a ratio to the peer. */
	is: number;
	goal?: number;
	unit: 'times' | 'ms' | 'MiB';
};

export const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

export function figuresTable(title: string, figures: Figure[]): string {
	const row = (cells: string[]) =>
		cells
			.map((cell, at) => cell.padEnd(widths[at]!))
			.join('')
			.trimEnd();
	const widths = [44, 22, 26, 14, 14, 6];
	const lines = figures.map(({what, ours, peer, is, goal, unit}) => {
		const verdict = goal === undefined ? ['', ''] : [`${goal} ${unit}`, is <= goal ? 'met' : 'MISSED'];
		return row([what, ours, peer, `${is.toFixed(2)} ${unit}`, ...verdict]);
	});
	return [title, row(['', 'handrail', 'peer', 'is', 'goal', '']), ...lines, ''].join('\n');
}
