# What a task has said.

# Gives the output from an offset on until the task has ended; status 0, and its state on standard error, only then.
# The state is read before the output: what was written before the end is never missed.
follow() {
	if [ ! -d "$folder" ]; then
		reply none >&2
		exit
	fi
	exec 3<"$folder/output"
	# A seek: no block is copied.
	[ "$1" -eq 0 ] || dd bs=1 skip="$1" count=0 <&3 2>/dev/null
	idle=0 position=$1
	set -- .005 .005 .005 .01 .02 .04 .08 .15 .25
	while :; do
		look
		cat <&3 || exit 1
		case $is$alive in none* | endedno | lostno) break ;; esac
		before=$position
		while read -r key value; do
			if [ "$key" = pos: ]; then position=$value; fi
		done </proc/$$/fdinfo/3
		if [ "$before" != "$position" ]; then set -- .02 .04 .08 .15 .25; fi
		pause=$1
		if [ -e "$folder/typing" ]; then pause=.03; fi
		sleep "$pause" 2>/dev/null || sleep 1
		if [ $# -gt 1 ]; then shift; fi
		# A sign of life: where nobody listens any more, this ends.
		idle=$((idle + 1))
		if [ $((idle % 20)) -eq 0 ]; then echo >&2 || exit 1; fi
	done
	ask >&2
}

# How many bytes there are of each: most often none.
left() {
	[ -d "$folder" ] || refuse 'there is no such task'
	reply left "$(bytes_of "$folder/stdout")" "$(bytes_of "$folder/handed")"
}

# The first line says how many bytes of each follow. More than a variable can carry is of no use.
handed() {
	[ -d "$folder" ] || refuse 'there is no such task'
	limit=1048576
	stdout=$(bytes_of "$folder/stdout") values=$(bytes_of "$folder/handed")
	[ "$stdout" -lt $limit ] || stdout=$limit
	[ "$values" -lt $limit ] || values=$limit
	reply handed "$stdout" "$values"
	[ "$stdout" -eq 0 ] || head -c "$stdout" "$folder/stdout"
	[ "$values" -eq 0 ] || head -c "$values" "$folder/handed"
}

# The command may have put anything in the place of a file: a FIFO would be waited for, a device has no end.
bytes_of() {
	if [ -f "$1" ] && [ ! -L "$1" ] && [ -s "$1" ]; then echo $(($(wc -c <"$1"))); else echo 0; fi
}
