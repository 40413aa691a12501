import type {Package} from './lab-packages.ts';
import type {Advisory} from './lab-rpms.ts';
import {rpmVersion} from './rpm-version.ts';

/** The updateinfo.xml of a repository: which advisory each of these packages belongs to. */
export function updateInfo(advisories: Advisory[], packages: Package[]): string {
	const updates = advisories.map(advisory => update(advisory, packages));
	return `<?xml version="1.0" encoding="UTF-8"?>\n<updates>\n${updates.join('')}</updates>\n`;
}

function update({id, type, severity, cves, suggests, packages: names}: Advisory, packages: Package[]): string {
	const references = cves.map(
		cve => `<reference href="https://example.com/${cve}" id="${cve}" type="cve" title="${cve}"/>\n`,
	);
	const about = packages.filter(({name}) => names.includes(name));
	return `<update from="lab@example.com" status="final" type="${type}" version="1">
<id>${id}</id>
<title>${names[0]} update</title>
<severity>${severity}</severity>
<release>The lab</release>
<issued date="2026-11-03 08:00:00"/>
<updated date="2026-11-03 08:00:00"/>
<description>An update of ${names.join(', ')}.</description>
<references>
${references.join('')}</references>
<pkglist><collection short="lab"><name>The lab</name>
${about.map(each => packageOf(each, suggests)).join('')}</collection></pkglist>
</update>
`;
}

function packageOf({name, version}: Package, suggests: Advisory['suggests']): string {
	const {epoch, number, release, file} = rpmVersion(version);
	return `<package name="${name}" version="${number}" release="${release}" epoch="${epoch}" arch="noarch" src="lab-1.0-1.src.rpm">
<filename>${name}-${file}.noarch.rpm</filename>
${suggests ? `<${suggests}_suggested>True</${suggests}_suggested>\n` : ''}</package>
`;
}
