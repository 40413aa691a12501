# Prints what can be seen after a task of which nobody knows how it ended; reads only, needs no root and no package manager.
# $HANDRAIL_MARKER marks the sections, $HANDRAIL_TASK is the name of the task's folder. What is quick comes first: whoever
# asked waits only so long, and takes what came.

section() {
	printf '%s %s\n' "$HANDRAIL_MARKER" "$1"
}

has() {
	command -v "$1" >/dev/null
}

find_folder() {
	case ${XDG_STATE_HOME-} in
	/*) folder=$XDG_STATE_HOME/handrail/tasks/$HANDRAIL_TASK ;;
	*) folder=${HOME-}/.local/state/handrail/tasks/$HANDRAIL_TASK ;;
	esac
	[ -d "$folder" ] || folder=/var/tmp/handrail-$(id -u)/$HANDRAIL_TASK
}

boot() {
	boot_then='' boot_now=''
	read -r _ _ boot_then <"$folder/pid"
	read -r boot_now </proc/sys/kernel/random/boot_id
	if [ -z "$boot_then" ] || [ -z "$boot_now" ]; then
		echo unknown
	elif [ "$boot_then" = "$boot_now" ]; then
		echo same
	else
		echo another
	fi
	sed -n 's/^btime //p' /proc/stat
}

# Those of its process group and session; and those that left these, which still have its environment.
processes() {
	if [ ! -d "$folder" ]; then
		echo unknown
		return
	fi
	group='' since=''
	read -r group since <"$folder/group"
	# A leader of another start time leads another group.
	if [ -n "$group" ] && stat=$(cat "/proc/$group/stat"); then
		set -- ${stat##*) }
		[ "${20}" = "$since" ] || group=
	fi
	{
		[ -z "$group" ] || grep -lsE "^[0-9]+ \(.*\) [^ZX] [0-9]+ ($group [0-9]+|[0-9]+ $group) " /proc/[0-9]*/stat
		grep -lszxF "HANDRAIL_OUTPUT=$folder/handed" /proc/[0-9]*/environ
	} | sed 's|^/proc/||; s|/.*||' | sort -nu | head -n 20 | while read -r pid; do
		line=$(tr '\0\n' '  ' <"/proc/$pid/cmdline" | head -c 160)
		[ -n "$line" ] || read -r line <"/proc/$pid/comm"
		[ -z "$line" ] || printf '%s %s %s\n' "$pid" "$(stat -c %U "/proc/$pid")" "$line"
	done
}

# By the names that the kernel has, of 15 characters. A service of unattended-upgrades only waits for the shutdown.
tools() {
	grep -sxE '(apt|apt-get|aptitude|dpkg|dnf|dnf-3|dnf5|yum|rpm|zypper|Zypp-main|packagekitd|unattended-upgr)' /proc/[0-9]*/comm |
		head -n 20 | while IFS=: read -r file name; do
		pid=${file#/proc/}
		pid=${pid%/comm}
		case $(tr '\0' ' ' <"/proc/$pid/cmdline") in *unattended-upgrade-shutdown*) continue ;; esac
		echo "$pid $name"
	done
}

# Files that dpkg names with digits alone are updates that it has not yet put into its database, as apt looks for them.
dpkg_state() {
	database=${DPKG_ADMINDIR:-/var/lib/dpkg}
	updates=
	for file in "$database"/updates/*; do
		case ${file##*/} in '' | *[!0-9]*) ;; *) updates=yes ;; esac
	done
	[ -z "$updates" ] || echo interrupted
	if said=$(dpkg --audit); then
		echo audited
		echo "$said" | head -n 12
	else
		# Who is not root may not see then whether a dpkg holds the lock: what it last noted of each package can be read.
		echo listed
		awk '/^Package: / { name = $2 } /^Status: / { state[name] = $4 }
			END { for (name in state) if (state[name] !~ /^(installed|config-files|not-installed)$/) print name, state[name] }' \
			"$database/status" "$database"/updates/[0-9]* | sort | head -n 12
	fi
}

LC_ALL=C
export LC_ALL
exec 2>/dev/null
find_folder
section boot
boot
section processes
processes
section tools
tools
if has dpkg && [ -d "${DPKG_ADMINDIR:-/var/lib/dpkg}" ]; then
	section dpkg
	dpkg_state
fi
if [ -e /var/log/apt/history.log ]; then
	section apt
	if [ -r /var/log/apt/history.log ]; then
		echo readable
		tail -n 40 /var/log/apt/history.log | grep -E '^(Start|End)-Date: '
	fi
fi
if has rpm && { has dnf || has yum || has zypper; }; then
	section rpm
	said=$(rpm -q rpm 2>&1 >/dev/null | head -n 1)
	echo "answered $said"
fi
if has dnf || has yum; then
	section dnf
	program=yum
	if has dnf; then program='dnf -C'; fi
	$program -q history list | grep -E '^ *[0-9]+ *\|' | head -n 1
fi
section end
