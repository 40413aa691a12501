# The lock on a host that a run changes: a folder, made by mkdir, with a file that says whose it is.
# $1 is take, break, give or who; $2 the length of what comes on standard input: lines RUN, OWNER, SINCE, and for `break`
# the run whose lock is to go, where it is known.

reply() {
	printf '%s\n' "$*"
}

# Prints the first lines of the owner's file, which anybody may have written; waits a moment for one that is being made.
owner_of() {
	tries=0
	while [ -d "$lock" ] && [ ! -s "$lock/owner" ] && [ $tries -lt 20 ]; do
		sleep 0.1 2>/dev/null || sleep 1
		tries=$((tries + 1))
	done
	# Not a pipe, which would hold the reader up.
	if [ ! -L "$lock" ] && [ ! -L "$lock/owner" ] && [ -f "$lock/owner" ]; then
		head -c 4096 "$lock/owner" 2>/dev/null | head -n 3
	fi
}

is_ours() {
	[ -O "$lock" ] && [ "$(owner_of | head -n 1)" = "$run" ]
}

take() {
	if why=$(mkdir "$lock" 2>&1); then
		if printf '%s\n%s\n%s\n' "$run" "$owner" "$since" >"$lock/owner"; then
			reply taken
		else
			rm -rf "$lock"
			reply "refused $lock cannot be written"
		fi
	elif [ ! -d "$lock" ] && [ ! -e "$lock" ] && [ ! -L "$lock" ]; then
		reply "refused $lock cannot be made (${why##*: })"
	elif is_ours; then
		reply taken
	else
		reply owned
		owner_of
	fi
}

# Removes by renaming: of two that try, one finds nothing.
remove() {
	grave=$lock.$$
	rm -rf "$grave"
	mv "$lock" "$grave" 2>/dev/null && rm -rf "$grave"
}

lock=${HANDRAIL_LOCK:-/var/tmp/handrail.lock}
umask 022
export LC_ALL=C
text=$(dd iflag=fullblock bs="$2" count=1 2>/dev/null || dd bs=1 count="$2" 2>/dev/null)
{
	read -r run
	read -r owner
	read -r since
	read -r other
} <<END
$text
END
case $1 in
take) take ;;
who)
	if [ -d "$lock" ]; then
		reply owned
		owner_of
	else
		reply free
	fi
	;;
break)
	if [ -z "$other" ] || [ "$(owner_of | head -n 1)" = "$other" ]; then remove; fi
	take
	;;
give)
	if is_ours; then remove; fi
	reply given
	;;
esac
