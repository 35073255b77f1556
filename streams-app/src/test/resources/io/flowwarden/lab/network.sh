#!/bin/sh
# Two sites and a stranger, each host in a network namespace of its own, behind one router.
#
#   network.sh up NAME COLLECTOR EXPORTER     NAME begins every namespace and is the collector's interface here
#   network.sh down NAME
#
# Every packet that the router takes in, and every one that it makes itself (resets, ICMP errors), is copied once to
# the namespace "exporter", as a switch's monitor port would: iptables TEE, since not every kernel has tc's mirred.
# Hosts have a cable and a /32 each, so that the router sees what they say to each other on one site, too.
set -eu
export PATH="/usr/sbin:/sbin:$PATH"
action=$1
name=$2

namespace() {
    ip netns add "$name-$1"
    ip netns exec "$name-$1" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 || true
    ip -n "$name-$1" link set lo up
}

host() { # name address gateway
    namespace "$1"
    ip link add "$1" netns "$name-router" type veth peer name eth0 netns "$name-$1"
    ip -n "$name-router" address add "$3/32" dev "$1"
    ip -n "$name-router" link set "$1" up
    ip -n "$name-router" route add "$2" dev "$1"
    ip -n "$name-$1" address add "$2/32" dev eth0
    ip -n "$name-$1" link set eth0 up
    ip -n "$name-$1" route add "$3" dev eth0
    ip -n "$name-$1" route add default via "$3"
}

case $action in
up)
    collector=$3
    exporter=$4
    namespace router
    ip netns exec "$name-router" sysctl -qw net.ipv4.ip_forward=1
    host esx-1 10.71.1.11 10.71.1.1
    host esx-2 10.71.1.12 10.71.1.1
    host vcenter 10.71.1.2 10.71.1.1
    host vr 10.72.1.5 10.72.1.1
    host stranger 203.0.113.9 203.0.113.1
    host scanner 203.0.113.66 203.0.113.1
    # Addresses of Lyon where nobody is: what comes for them gets no answer at all.
    ip -n "$name-router" route add blackhole 10.72.1.0/24

    namespace exporter
    ip link add monitor netns "$name-router" type veth peer name monitor netns "$name-exporter"
    ip -n "$name-router" address add 192.0.2.1/30 dev monitor
    ip -n "$name-router" link set monitor up mtu 65535
    ip -n "$name-exporter" address add 192.0.2.2/30 dev monitor
    ip -n "$name-exporter" link set monitor up mtu 65535
    ip netns exec "$name-exporter" iptables -A INPUT -i monitor -j DROP
    ip netns exec "$name-router" iptables -t mangle -A PREROUTING ! -i monitor -j TEE --gateway 192.0.2.2
    ip netns exec "$name-router" iptables -t mangle -A OUTPUT ! -o monitor -j TEE --gateway 192.0.2.2

    ip link add "$name" type veth peer name export netns "$name-exporter"
    ip address add "$collector/30" dev "$name"
    ip link set "$name" up
    ip -n "$name-exporter" address add "$exporter/30" dev export
    ip -n "$name-exporter" link set export up
    ;;
down)
    for each in router esx-1 esx-2 vcenter vr stranger scanner exporter; do
        ip netns delete "$name-$each" 2>/dev/null || true
    done
    ip link delete "$name" 2>/dev/null || true
    ;;
esac
