#!/bin/sh
# Sites and strangers, each host in a network namespace of its own, behind one router.
#
#   network.sh up NAME COLLECTOR EXPORTER RELAYS    NAME begins every namespace and is the collector's interface here;
#                                                   RELAYS is the list of addresses that hand on what others export
#   network.sh down NAME
#
# Every packet that the router takes in, and every one that it makes itself (resets, ICMP errors), is copied once to
# the interface "monitor" of the namespace "exporter", as a switch's monitor port would: iptables TEE, since not every
# kernel has tc's mirred. What goes out to Brest, behind the firewall, is copied to "brest-monitor": what is dropped on
# the way is seen by the first only.
# Hosts have a cable and a /32 each, so that the router sees what they say to each other on one site, too. A "crowd"
# is a host that has all addresses of a network.
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

crowd() { # name network first-address gateway
    host "$1" "$3" "$4"
    ip -n "$name-router" route add "$2" via "$3"
    ip -n "$name-$1" route add local "$2" dev lo
}

monitor() { # interface router-address exporter-address
    ip link add "$1" netns "$name-router" type veth peer name "$1" netns "$name-exporter"
    ip -n "$name-router" address add "$2/30" dev "$1"
    ip -n "$name-router" link set "$1" up mtu 65535
    ip -n "$name-exporter" address add "$3/30" dev "$1"
    ip -n "$name-exporter" link set "$1" up mtu 65535
    ip netns exec "$name-exporter" iptables -A INPUT -i "$1" -j DROP
}

case $action in
up)
    collector=$3
    exporter=$4
    relays=$5
    namespace router
    ip netns exec "$name-router" sysctl -qw net.ipv4.ip_forward=1
    host esx-1 10.71.1.11 10.71.1.1
    host esx-2 10.71.1.12 10.71.1.1
    host vcenter 10.71.1.2 10.71.1.1
    host vr 10.72.1.5 10.72.1.1
    host stranger 203.0.113.9 203.0.113.1
    host scanner 203.0.113.66 203.0.113.1
    crowd clients 10.71.2.0/24 10.71.2.254 10.71.2.253
    crowd servers 10.71.3.0/24 10.71.3.254 10.71.3.253
    crowd far 10.72.8.0/24 10.72.8.254 10.72.8.253
    crowd brest 10.73.8.0/24 10.73.8.254 10.73.8.253
    crowd strangers 198.51.100.0/24 198.51.100.254 198.51.100.253
    # Addresses of Lyon where nobody is: what comes for them gets no answer at all.
    ip -n "$name-router" route add blackhole 10.72.1.0/24

    namespace exporter
    monitor monitor 192.0.2.1 192.0.2.2
    monitor brest-monitor 192.0.2.5 192.0.2.6
    ip netns exec "$name-router" iptables -t mangle -A PREROUTING ! -i monitor -j TEE --gateway 192.0.2.2
    ip netns exec "$name-router" iptables -t mangle -A OUTPUT ! -o monitor -j TEE --gateway 192.0.2.2
    ip netns exec "$name-router" iptables -t mangle -A POSTROUTING -o brest -j TEE --gateway 192.0.2.6
    ip netns exec "$name-router" iptables -t mangle -A PREROUTING -i brest -j TEE --gateway 192.0.2.6

    ip link add "$name" type veth peer name export netns "$name-exporter"
    ip address add "$collector/28" dev "$name"
    ip link set "$name" up
    ip -n "$name-exporter" address add "$exporter/28" dev export
    for relay in $relays; do
        ip -n "$name-exporter" address add "$relay/28" dev export
    done
    ip -n "$name-exporter" link set export up
    ;;
down)
    for each in router esx-1 esx-2 vcenter vr stranger scanner clients servers far brest strangers exporter; do
        ip netns delete "$name-$each" 2>/dev/null || true
    done
    ip link delete "$name" 2>/dev/null || true
    ;;
esac
