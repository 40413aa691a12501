/** Compares two versions as dpkg does (deb-version(7)): below, equal to or above zero. */
export function compareVersions(one: string, other: string): number {
	const [left, right] = [one, other].map(parts);
	return (
		left!.epoch - right!.epoch || compare(left!.upstream, right!.upstream) || compare(left!.revision, right!.revision)
	);
}

function parts(version: string) {
	const colon = version.indexOf(':');
	const rest = version.slice(colon + 1);
	const dash = rest.lastIndexOf('-');
	return {
		epoch: colon > 0 ? Number(version.slice(0, colon)) || 0 : 0,
		upstream: dash < 0 ? rest : rest.slice(0, dash),
		revision: dash < 0 ? '' : rest.slice(dash + 1),
	};
}

/** Runs of what is no digit and of digits in turn. */
function compare(one: string, other: string): number {
	let [left, right] = [one, other];
	while (left !== '' || right !== '') {
		const [leftText, rightText] = [/^\D*/.exec(left)![0], /^\D*/.exec(right)![0]];
		const difference = compareText(leftText, rightText);
		if (difference !== 0) return difference;
		[left, right] = [left.slice(leftText.length), right.slice(rightText.length)];
		const [leftDigits, rightDigits] = [/^\d*/.exec(left)![0], /^\d*/.exec(right)![0]];
		const number = Number(leftDigits) - Number(rightDigits);
		if (number !== 0) return number;
		[left, right] = [left.slice(leftDigits.length), right.slice(rightDigits.length)];
	}
	return 0;
}

function compareText(one: string, other: string): number {
	for (let at = 0; at < Math.max(one.length, other.length); at++) {
		const difference = rank(one[at]) - rank(other[at]);
		if (difference !== 0) return difference;
	}
	return 0;
}

/** A tilde comes before the end, the end before letters, letters before all else. */
function rank(character: string | undefined): number {
	if (character === undefined) return 0;
	if (character === '~') return -1;
	const code = character.charCodeAt(0);
	return /[A-Za-z]/.test(character) ? code : code + 256;
}
