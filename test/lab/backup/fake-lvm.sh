# fake-lvm.sh: stands for lvs, lvcreate and lvconvert by what they are called, and prints what LVM 2.03.16 printed.
# /lvm/volumes: lv_dm_path vg_name lv_name lv_attr lv_size vg_free; /lvm/snapshots: vg_name lv_name origin lv_attr data_percent
set -eu
cd /lvm
# Merged ones are gone, with the next boot.
snapshots() {
	if [ ! -e merging ] || [ "$(cat merging)" = "$(cat /proc/sys/kernel/random/boot_id)" ]; then cat snapshots; fi
}
echo "${0##*/} $*" >>calls
case "${0##*/} $*" in
lvs*vg_free) sed 's/^/  /' volumes ;;
lvs*lv_size) awk '{ print "  " $1 "  " $2 " " $3 " " $4 " " $5 }' volumes ;;
lvs*origin,*) snapshots | awk '{ print "  " $1 "  " $2 " " $3 "  " $4 " 100.00m " $5 }' ;;
lvs*lv_name,data_percent) snapshots | awk '{ printf "  %-40s %s\n", $2, $5 }' ;;
lvs*data_percent) snapshots | awk '{ printf "  %-40s %s %s\n", $2, $4, $5 }' ;;
lvs*) snapshots | grep -F " ${1#*/} " ;;
lvcreate*)
	echo "${6%%/*} $3 ${6#*/} swi-a-s--- 0.01" >>snapshots
	echo "  Logical volume \"$3\" created."
	;;
lvconvert*)
	grep -qF " ${2#*/} " snapshots
	cat /proc/sys/kernel/random/boot_id >merging
	echo '  Delaying merge since origin is open.'
	echo "  Merging of snapshot $2 will occur on next activation of ${2%%-*}."
	;;
esac
