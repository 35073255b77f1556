/** Flow logs of clouds: AWS VPC, version 2 to the newest, by header line or documented order. */
package io.flowwarden.decode.cloud;
