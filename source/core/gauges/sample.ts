/** What the sampling script printed: text by section, as it was. */
export type Sample = {sections: Record<string, string>};

/** Cuts a script's output at the lines that begin with the marker; only the script knows it. */
export function sectionsOf(output: string, marker: string): Record<string, string> {
	const sections: [string, string][] = [];
	let name: string | undefined;
	let lines: string[] = [];
	const close = () => {
		if (name !== undefined) sections.push([name, lines.join('\n')]);
	};
	for (const line of output.split('\n')) {
		if (line.startsWith(`${marker} `)) {
			close();
			name = line.slice(marker.length + 1);
			lines = [];
		} else lines.push(line);
	}
	close();
	return Object.assign(Object.create(null), Object.fromEntries(sections));
}

/** The lines of a section that are not empty; undefined where the host printed no such section. */
export function linesOf(sample: Sample | undefined, section: string): string[] | undefined {
	return sample?.sections[section]?.split('\n').filter(line => line !== '');
}

/** A number of a host; undefined where it is none. */
export function numberIn(text: string | undefined): number | undefined {
	return text !== undefined && /^-?\d{1,18}(?:\.\d{1,9})?$/.test(text) ? Number(text) : undefined;
}
