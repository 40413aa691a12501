# Prints which boot this is and how it stands; reads only. Waits up to HANDRAIL_SETTLE seconds for the start to be over:
# by itself, since `systemctl is-system-running --wait` came with systemd 240 and is of no use before there is a bus.

LC_ALL=C
export LC_ALL
echo "boot $(cat /proc/sys/kernel/random/boot_id 2>/dev/null)"
echo "kernel $(uname -r)"
test -d /run/systemd/system || exit 0
left=$HANDRAIL_SETTLE
while :; do
	state=$(systemctl is-system-running 2>/dev/null) || :
	case $state in
	running | degraded | maintenance | stopping) break ;;
	esac
	test "$left" -gt 0 || break
	left=$((left - 1))
	sleep 1
done
echo "state $state"
systemctl list-units --failed --plain --no-legend --no-pager 2>/dev/null | while read -r unit rest; do
	echo "failed $unit"
done
