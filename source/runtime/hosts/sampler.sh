# Prints raw figures for the gauges for each line MARKER WORD that it reads, until there is none; WORD is `quick`, `scan`
# (with the processes) or `all`. Reads only, needs no root. Names in it are the host's own: only the marker, a new one
# each time, tells sections apart.

section() {
	printf '%s %s\n' "$marker" "$1"
}

quick() {
	section kernel
	grep -sHE '^(cpu |Mem(Total|Available|Free):|Buffers:|Cached:|Swap(Total|Free):|pswp(in|out) |oom_kill |(some|full) avg10=|[0-9]+\.[0-9]+ [0-9]+\.[0-9]+| *[^ :]+:( *[0-9]+){12})' \
		/proc/stat /proc/meminfo /proc/vmstat /proc/loadavg /proc/uptime /proc/net/dev /proc/pressure/cpu /proc/pressure/io /proc/pressure/memory
	section cpus
	{ read -r online </sys/devices/system/cpu/online && echo "$online"; } 2>/dev/null
}

# Costs twice the rest of a quick sample where there are some hundred processes.
scan() {
	section stuck
	sed -n 's/^\([0-9][0-9]*\) (\(.*\)) \([DZ]\) .*/\1 \3 \2/p' /proc/[0-9]*/stat
}

slow() {
	section time
	echo "clock $(date +%s)"
	synchronized
	section space
	disks -k
	section inodes
	disks -i
	section mounts
	grep -vE '^[^ ]+ [^ ]+ (proc|sysfs|cgroup2?|devpts|mqueue|debugfs|tracefs|securityfs|pstore|bpf|configfs|fusectl|hugetlbfs|nsfs|binfmt_misc) ' /proc/mounts
	section fstab
	cat /etc/fstab
	section locks
	cat /proc/locks
	section lockfiles
	stat -c 'lock %i %d %n' /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock /var/cache/apt/archives/lock \
		/var/lib/rpm/.rpm.lock /usr/lib/sysimage/rpm/.rpm.lock
	for file in /run/zypp.pid /run/yum.pid /var/lib/dnf/rpmdb_lock.pid /var/cache/dnf/metadata_lock.pid /var/cache/dnf/download_lock.pid; do
		if [ -f "$file" ] && read -r pid <"$file" && [ -n "$pid" ] && [ -d "/proc/$pid" ]; then echo "pid $pid $file"; fi
	done
	section reboot
	for file in /run/reboot-required /run/reboot-needed; do
		if [ -e "$file" ]; then echo "marker $file"; fi
	done
	read -r running </proc/sys/kernel/osrelease && echo "running $running"
	for file in /boot/vmlinuz-*; do
		if [ -e "$file" ]; then echo "installed ${file#/boot/vmlinuz-}"; fi
	done
	if [ -d /run/systemd/system ]; then
		failed=$(systemctl --failed --no-legend --plain --no-pager) && section units && echo "$failed"
	fi
}

# Only local disks: a dead network file system would hold df up. busybox knows no -l.
disks() {
	table=$(df -P -l "$1")
	[ -n "$table" ] || table=$(df -P "$1")
	echo "$table"
}

synchronized() {
	if [ -e /run/systemd/timesync/synchronized ]; then
		echo 'synchronized yes'
	elif command -v chronyc >/dev/null && state=$(chronyc -c tracking); then
		# The last column is the leap status.
		case $state in *[Nn]ot?synchronised*) echo 'synchronized no' ;; *) echo 'synchronized yes' ;; esac
	elif [ -d /run/systemd/system ]; then
		echo "synchronized $(timedatectl show -p NTPSynchronized --value)"
	fi
}

LC_ALL=C
export LC_ALL
exec 2>/dev/null
while read -r marker word; do
	{
		quick
		if [ "$word" != quick ]; then scan; fi
		if [ "$word" = all ]; then slow; fi
		section end
	} </dev/null
done
