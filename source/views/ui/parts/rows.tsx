import {Box, Text} from 'ink';
import {createContext, memo, useContext} from 'react';
import {type Row, rowWidth} from '../../../core/text/row.ts';
import {looksOf} from './looks.ts';

export const Looks = createContext(looksOf(false));

/** A whole screen of rows, each on a line of its own: exactly as tall as the terminal, so that nothing scrolls. */
export function Rows({rows, columns, height}: {rows: Row[]; columns: number; height: number}) {
	return (
		<Box flexDirection="column" width={columns} height={height} overflow="hidden">
			{Array.from({length: height}, (_, at) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a line of the screen is its place
				<Line key={at} row={rows[at] ?? []} />
			))}
		</Box>
	);
}

const Line = memo(
	function Line({row}: {row: Row}) {
		const looks = useContext(Looks);
		return (
			<Box height={1} flexShrink={0}>
				<Text wrap="truncate-end">
					{rowWidth(row) === 0
						? ' '
						: row.map((span, at) => (
								// biome-ignore lint/suspicious/noArrayIndexKey: spans have no name
								<Text key={at} {...looks(span)}>
									{span.text}
								</Text>
							))}
				</Text>
			</Box>
		);
	},
	(before, after) => isSame(before.row, after.row),
);

/** Rows are made anew at every tick; most of them say the same. */
function isSame(one: Row, other: Row): boolean {
	return (
		one.length === other.length &&
		one.every((span, at) => {
			const twin = other[at]!;
			return (
				span.text === twin.text &&
				span.colour === twin.colour &&
				span.background === twin.background &&
				span.bold === twin.bold &&
				span.inverse === twin.inverse
			);
		})
	);
}
